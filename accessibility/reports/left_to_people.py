"""The report of what no machine can decide: the places that people must look at themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, MultipleUserFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.models import Locale, get_page_content_types

from ..audits.coverage import AXE_CHECK
from ..models import PageAudit
from .base import AccessibilityReportView, owner_name, pages_of
from .columns import CheckedColumn, PageColumn
from .wording import rule_name, rule_names


def newest_left() -> QuerySet[PageAudit]:
    """The last look at each page on which something is left to people."""
    return PageAudit.objects.newest().exclude(left_to_people=[])


@dataclass(frozen=True, slots=True)
class Left:
    """One rule that is left to people on one page.

    count: at how many places; places: a few of them, [{"selector": "…", "excerpt": "…"}, …]
    """

    look: PageAudit
    rule: str
    rule_name: str
    criterion: str
    count: int
    places: list[dict[str, str]]

    @property
    def selector(self) -> str:
        return self.places[0]["selector"] if self.places else ""

    @property
    def excerpt(self) -> str:
        return self.places[0].get("excerpt", "") if self.places else ""

    @property
    def owner_name(self) -> str:
        return owner_name(self.look.page)


def _rules() -> list[tuple[str, str]]:
    names = rule_names()
    kept = newest_left().values_list("left_to_people", flat=True)
    ids = {item["rule"] for left in kept.iterator() for item in left}
    return sorted(((id, rule_name(id, names)) for id in ids), key=lambda choice: choice[1])


def _owners(request: HttpRequest) -> QuerySet[Any]:
    owners = newest_left().values("page__owner")
    return get_user_model().objects.filter(pk__in=owners).order_by("pk")


class LeftToPeopleFilterSet(WagtailFilterSet):
    rule = django_filters.ChoiceFilter(label=_("Rule"), method="filter_rule", choices=_rules)
    locale = django_filters.ModelChoiceFilter(
        label=_("Locale"), queryset=lambda request: Locale.objects.all()
    )
    page__content_type = ContentTypeFilter(
        label=_("Page type"), queryset=lambda request: get_page_content_types(False)
    )
    page__owner = MultipleUserFilter(
        label=_("Page owner"), queryset=_owners, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = PageAudit
        fields: list[str] = []

    def filter_rule(
        self, queryset: QuerySet[PageAudit], name: str, rule: str
    ) -> QuerySet[PageAudit]:
        # SQLite cannot ask whether JSON contains something. As text, both databases write it so,
        # and quotation marks inside of excerpts are escaped.
        text = Cast("left_to_people", TextField())
        return queryset.annotate(left=text).filter(left__contains=f'"rule": "{rule}"')


class LeftColumn(Column):
    """The rule, with its criterion and the number of places."""

    cell_template_name = "accessibility/admin/left_to_people_cell.html"


class PlacesColumn(Column):
    """Some of the places: CSS selectors, and the HTML there."""

    cell_template_name = "accessibility/admin/left_to_people_places_cell.html"


class LeftToPeopleReportView(AccessibilityReportView):
    """Lists what is left to people on pages that the user may edit or publish."""

    model = PageAudit
    page_title = _("Left to people")
    header_icon = "screen-reader"
    template_name = "accessibility/admin/left_to_people_report.html"
    results_template_name = "accessibility/admin/left_to_people_report_results.html"
    index_url_name = "accessibility_reports:left_to_people"
    index_results_url_name = "accessibility_reports:left_to_people_results"
    filterset_class = LeftToPeopleFilterSet
    is_searchable = True
    search_fields = ["page__title"]
    default_ordering = "page__title"
    columns = [
        PageColumn(
            "page",
            label=_("Page"),
            get_page=lambda left: left.look.page,
            sort_key="page__title",
            width="24%",
        ),
        LocaleColumn(label=_("Locale"), accessor="look.locale", sort_key="locale"),
        LeftColumn("rule_name", label=_("Rule"), width="22%"),
        PlacesColumn("places", label=_("Place"), width="32%"),
        Column("owner_name", label=_("Page owner")),
        CheckedColumn(
            "checked_at", label=_("Checked"), accessor="look.checked_at", sort_key="checked_at"
        ),
    ]
    export_headings = {
        "look.page.get_admin_display_title": _("Page"),
        "look.url": _("Address"),
        "look.locale.language_code": _("Locale"),
        "look.page.page_type_display_name": _("Page type"),
        "rule_name": _("Rule"),
        "rule": _("Id of the rule"),
        "criterion": _("Success criterion"),
        "count": _("Number of places"),
        "selector": _("Place"),
        "excerpt": _("Excerpt"),
        "owner_name": _("Page owner"),
        "look.checked_at": _("Checked"),
    }
    list_export = list(export_headings)

    def get_filename(self) -> str:
        return "accessibility-left-to-people"

    def get_base_queryset(self) -> QuerySet[PageAudit]:
        return (
            newest_left()
            .filter(page__in=pages_of(self.request.user))
            .select_related("locale", "page__latest_revision", "page__locale", "page__owner")
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # It is axe that leaves something to people. Where it was not there, nobody knows.
        looks = PageAudit.objects.newest().filter(page__in=pages_of(self.request.user))
        unknown = looks.filter(not_checked__has_key=AXE_CHECK).count()
        return {**super().get_context_data(*args, **kwargs), "unknown": unknown}

    def order_queryset(self, queryset: Any) -> Any:
        return queryset.order_by(self.ordering, "page__title", "pk")

    def get_table(self, object_list: Iterable[PageAudit]) -> Any:
        return super().get_table(list(self.rows(object_list)))

    def as_spreadsheet(self, queryset: Iterable[PageAudit], spreadsheet_format: str) -> Any:
        """One line for each place, so that people can note beside it what they have seen."""
        lines = [
            replace(left, places=[place])
            for left in self.rows(queryset)
            for place in left.places or [{"selector": ""}]
        ]
        return super().as_spreadsheet(lines, spreadsheet_format)

    def rows(self, looks: Iterable[PageAudit]) -> Iterator[Left]:
        """The rules that are left to people, page by page: all, or only the chosen one."""
        chosen = self.filters.form.cleaned_data.get("rule")
        for look in looks:
            for item in look.left_to_people:
                if chosen in ("", None, item["rule"]):
                    yield Left(
                        look,
                        item["rule"],
                        rule_name(item["rule"], self.rule_names),
                        item.get("criterion", ""),
                        item["count"],
                        item["places"],
                    )

    @cached_property
    def rule_names(self) -> dict[str, str]:
        return rule_names()
