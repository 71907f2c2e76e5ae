"""The report of what the newest look at each page has found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, MultipleUserFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.models import Locale, get_page_content_types
from wagtail.query import PageQuerySet

from ..models import AuditFinding
from ..models.audits import Severity
from ..ruleset import silenced_rules
from .base import AccessibilityReportView, owner_name, pages_of
from .columns import PageColumn
from .reach import reach
from .wording import rule_name, rule_names, wording

#: How grave: for ordering, as the words do not sort so.
RANK = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.ADVICE: 3}
PAGE = "page_audit__page"


def newest_findings() -> QuerySet[AuditFinding]:
    """What the last look at each page found."""
    return AuditFinding.objects.filter(page_audit__is_newest=True)


def _chosen_page(request: HttpRequest) -> PageQuerySet:
    pk = request.GET.get(PAGE, "")
    return pages_of(request.user).filter(pk=pk if pk.isdecimal() else None)


def _pages(request: HttpRequest) -> PageQuerySet:
    """Those that the report is about: the chosen page, or all of the user's."""
    return _chosen_page(request) if request.GET.get(PAGE) else pages_of(request.user)


def _rules() -> list[tuple[str, str]]:
    names = rule_names()
    ids = newest_findings().order_by().values_list("rule", flat=True).distinct()
    return sorted(((id, rule_name(id, names)) for id in ids), key=lambda choice: choice[1])


def _criteria() -> list[tuple[str, str]]:
    found = newest_findings().order_by().values_list("criterion", flat=True).distinct()
    numbers = sorted(filter(None, found), key=lambda number: [int(n) for n in number.split(".")])
    return [(number, f"WCAG {number}") for number in numbers]


def _owners(request: HttpRequest) -> QuerySet[Any]:
    owners = newest_findings().values(f"{PAGE}__owner")
    return get_user_model().objects.filter(pk__in=owners).order_by("pk")


class FindingFilterSet(WagtailFilterSet):
    #: Offered only to those who come from a page: a list of all pages would be too long.
    page_audit__page = django_filters.ModelChoiceFilter(label=_("Page"), queryset=_chosen_page)
    severity = django_filters.MultipleChoiceFilter(
        label=_("Severity"), choices=Severity.choices, widget=forms.CheckboxSelectMultiple
    )
    page_audit__locale = django_filters.ModelChoiceFilter(
        label=_("Locale"), queryset=lambda request: Locale.objects.all()
    )
    page_audit__page__content_type = ContentTypeFilter(
        label=_("Page type"), queryset=lambda request: get_page_content_types(False)
    )
    rule = django_filters.ChoiceFilter(label=_("Rule"), choices=_rules)
    criterion = django_filters.ChoiceFilter(label=_("Success criterion"), choices=_criteria)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=AuditFinding.State.choices,
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    age = django_filters.ChoiceFilter(
        label=_("First found"),
        method="filter_age",
        empty_label=_("All"),
        widget=forms.RadioSelect,
        choices=[
            ("7", _("More than 7 days ago")),
            ("30", _("More than 30 days ago")),
            ("90", _("More than 90 days ago")),
        ],
    )
    page_audit__page__owner = MultipleUserFilter(
        label=_("Page owner"), queryset=_owners, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AuditFinding
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if not (data and data.get(PAGE)):
            del self.filters[PAGE]

    def filter_age(
        self, queryset: QuerySet[AuditFinding], name: str, days: str
    ) -> QuerySet[AuditFinding]:
        return queryset.filter(first_found_at__lt=timezone.now() - timedelta(days=int(days)))


class FindingReportView(AccessibilityReportView):
    """Lists the findings on pages that the user may edit or publish."""

    model = AuditFinding
    page_title = _("Accessibility")
    header_icon = "screen-reader"
    template_name = "accessibility/admin/finding_report.html"
    results_template_name = "accessibility/admin/finding_report_results.html"
    index_url_name = "accessibility_reports:findings"
    index_results_url_name = "accessibility_reports:findings_results"
    filterset_class = FindingFilterSet
    is_searchable = True
    search_fields = [f"{PAGE}__title", "rule"]
    default_ordering = "rank"
    verbose_name_plural = _("accessibility findings")
    export_headings = {
        "page_audit.page.get_admin_display_title": _("Page"),
        "page_audit.url": _("Address"),
        "page_audit.locale.language_code": _("Locale"),
        "page_audit.page.page_type_display_name": _("Page type"),
        "rule_name": _("Rule"),
        "rule": _("Id of the rule"),
        "criterion": _("Success criterion"),
        "get_severity_display": _("Severity"),
        "get_state_display": _("State"),
        "message_text": _("Message"),
        "remedy_text": _("How to mend it"),
        "selector": _("Place"),
        "excerpt": _("Excerpt"),
        "owner_name": _("Page owner"),
        "first_found_at": _("First found"),
        "page_audit.checked_at": _("Checked"),
        "page_audit.revision_id": _("Revision"),
        "engine": _("Engine"),
        "engine_version": _("Version"),
    }
    list_export = list(export_headings)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            SeverityColumn(
                "severity", label=_("Severity"), accessor="get_severity_display", sort_key="rank"
            ),
            PageColumn(
                "page",
                label=_("Page"),
                get_page=lambda finding: finding.page_audit.page,
                sort_key=f"{PAGE}__title",
                width="20%",
            ),
            LocaleColumn(
                label=_("Locale"), accessor="page_audit.locale", sort_key="page_audit__locale"
            ),
            FindingColumn("rule", label=_("Rule"), sort_key="rule", width="34%"),
            PlaceColumn("selector", label=_("Place"), width="20%"),
            Column("owner_name", label=_("Page owner")),
            FirstFoundColumn("first_found_at", label=_("First found"), sort_key="first_found_at"),
        ]

    @cached_property
    def rule_names(self) -> dict[str, str]:
        return rule_names()

    def get_filename(self) -> str:
        return "accessibility-findings"

    def get_base_queryset(self) -> QuerySet[AuditFinding]:
        return (
            newest_findings()
            .filter(page_audit__page__in=pages_of(self.request.user))
            .annotate(rank=Case(*(When(severity=s, then=Value(r)) for s, r in RANK.items())))
            .select_related(
                "page_audit__locale",
                f"{PAGE}__latest_revision",
                f"{PAGE}__locale",
                f"{PAGE}__owner",
            )
        )

    def order_queryset(self, queryset: Any) -> Any:
        return queryset.order_by(self.ordering, "rank", f"{PAGE}__title", PAGE, "pk")

    def get_table(self, object_list: Any) -> Any:
        return super().get_table([self.in_words(finding) for finding in object_list])

    def to_row_dict(self, item: AuditFinding) -> dict[str, Any]:
        return super().to_row_dict(self.in_words(item))

    def in_words(self, finding: AuditFinding) -> Any:
        """The finding with its texts in the language of the admin, and its owner as people say."""
        row: Any = finding
        row.rule_name = rule_name(finding.rule, self.rule_names)
        row.message_text = wording(finding.message)
        row.remedy_text = wording(finding.remedy)
        row.owner_name = owner_name(finding.page_audit.page)
        return row

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only:
            context["reach"] = reach(_pages(self.request), self.rule_names)
            context["is_of_a_page"] = bool(self.request.GET.get(PAGE))
            context["silenced"] = [
                (rule_name(rule.id, self.rule_names), rule)
                for rule in silenced_rules()
                if rule.in_force
            ]
        return context


class SeverityColumn(Column):
    cell_template_name = "accessibility/admin/finding_severity_cell.html"


class FindingColumn(Column):
    """What is wrong, and how to mend it."""

    cell_template_name = "accessibility/admin/finding_cell.html"


class PlaceColumn(Column):
    """Where it is on the page: a CSS selector, and the HTML there."""

    cell_template_name = "accessibility/admin/finding_place_cell.html"


class FirstFoundColumn(Column):
    """When it was found first, whether it is new, and the engine that found it last."""

    cell_template_name = "accessibility/admin/finding_first_found_cell.html"
