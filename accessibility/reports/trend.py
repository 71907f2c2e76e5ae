"""How the number of findings has changed: what was known at the end of each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.models import Locale

from ..models import PageAudit
from ..models.audits import PageAuditQuerySet
from .base import AccessibilityReportView, pages_of
from .chart import Chart, draw


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that ends today: its points, and the days from one to the next."""

    points: int
    step: int

    def days(self) -> list[date]:
        """The day of each point, oldest first."""
        today = timezone.localdate()
        return [today - timedelta(days=self.step * n) for n in reversed(range(self.points))]


PERIODS = {"days": Period(30, 1), "weeks": Period(12, 7), "year": Period(13, 28)}
DEFAULT_PERIOD = "days"


@dataclass(frozen=True, slots=True)
class Point:
    """What was known of the pages of one locale at the end of a day.

    pages: how many had been looked at; errors, warnings: found by the last look at each of them;
    mended: findings that looks since the point before did not find any more
    """

    day: date
    locale: str
    pages: int
    errors: int
    warnings: int
    mended: int


def trend(looks: PageAuditQuerySet, period: Period) -> list[Point]:
    """The points of a period for each locale, oldest first; one query.

    A look that came to nothing leaves what was known as it is. A locale begins with its first look.
    """
    days = period.days()
    start = _start(days[0] - timedelta(days=period.step - 1))
    succeeded = PageAudit.objects.filter(failure="")
    before = succeeded.filter(page=OuterRef("page"), checked_at__lt=start)
    rows = (
        looks.filter(failure="")
        .filter(Q(checked_at__gte=start) | Q(pk=Subquery(before.newest_first().values("pk")[:1])))
        .with_counts()
        .order_by("locale__language_code", "checked_at", "pk")
        .values_list(
            "locale", "locale__language_code", "page", "checked_at", "errors", "warnings", "mended"
        )
    )
    return [
        point
        for (_pk, language_code), of_locale in groupby(rows, key=lambda row: row[:2])
        for point in _points(_locale_name(language_code), [row[2:] for row in of_locale], days)
    ]


def _points(locale: str, looks: list[tuple[Any, ...]], days: list[date]) -> Iterator[Point]:
    known: dict[int, tuple[int, int]] = {}
    mended: dict[date, int] = defaultdict(int)
    following = iter(looks)
    look = next(following, None)
    for previous, day in zip([None, *days], days, strict=False):
        while look and look[1] < _start(day + timedelta(days=1)):
            page, checked_at, errors, warnings, gone = look
            known[page] = (errors, warnings)
            # What was mended before the first point belongs to no point.
            if previous or checked_at >= _start(day):
                mended[day] += len(gone)
            look = next(following, None)
        if known:
            yield Point(
                day=day,
                locale=locale,
                pages=len(known),
                errors=sum(errors for errors, _warnings in known.values()),
                warnings=sum(warnings for _errors, warnings in known.values()),
                mended=mended[day],
            )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _locale_name(language_code: str) -> str:
    return Locale(language_code=language_code).get_display_name()


class TrendFilterSet(WagtailFilterSet):
    locale = django_filters.ModelChoiceFilter(
        label=_("Locale"), queryset=lambda request: Locale.objects.all()
    )
    period = django_filters.ChoiceFilter(
        label=_("Period"),
        method="filter_period",
        empty_label=_("30 days, by day"),
        widget=forms.RadioSelect,
        choices=[("weeks", _("12 weeks, by week")), ("year", _("One year, by four weeks"))],
    )

    class Meta:
        model = PageAudit
        fields: list[str] = []

    def filter_period(
        self, queryset: QuerySet[PageAudit], name: str, value: str
    ) -> QuerySet[PageAudit]:
        # It chooses points, not looks.
        return queryset


class TrendReportView(AccessibilityReportView):
    """The trend on pages that the user may edit or publish, as charts and as a table."""

    model = PageAudit
    page_title = _("Trend of accessibility")
    header_icon = "screen-reader"
    results_template_name = "accessibility/admin/trend_report_results.html"
    index_url_name = "accessibility_reports:trend"
    index_results_url_name = "accessibility_reports:trend_results"
    filterset_class = TrendFilterSet
    paginate_by = None
    columns = [
        Column("day", label=_("Date")),
        Column("locale", label=_("Locale")),
        NumberColumn("pages", label=_("Pages looked at")),
        NumberColumn("errors", label=_("Errors")),
        NumberColumn("warnings", label=_("Warnings")),
        NumberColumn("mended", label=_("Mended")),
    ]
    export_headings = {column.name: column.label for column in columns}
    list_export = list(export_headings)

    def get_filename(self) -> str:
        return "accessibility-trend"

    def get_base_queryset(self) -> PageAuditQuerySet:
        return PageAudit.objects.filter(page__in=pages_of(self.request.user))

    @cached_property
    def period(self) -> Period:
        chosen = self.filters.form.cleaned_data.get("period") if self.filters.is_valid() else None
        return PERIODS[chosen or DEFAULT_PERIOD]

    def get_filtered_queryset(self) -> Any:
        return trend(self.get_queryset(), self.period)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["charts"] = self.charts()
        return context

    def charts(self) -> list[Chart]:
        """One for each locale, all to the same scale."""
        points: list[Point] = self.object_list
        most = max((max(p.errors, p.warnings, p.mended) for p in points), default=0)
        by_locale = groupby(points, key=lambda point: point.locale)
        return [draw(locale, list(found), self.period.days(), most) for locale, found in by_locale]
