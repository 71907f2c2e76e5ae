"""A translation beside its source: what one has, and the other has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, LocaleColumn, Table
from wagtail.models import Locale, Page

from ..models import AuditFinding, PageAudit
from ..models.audits import Severity
from .base import AccessibilityReportView, pages_of
from .columns import CheckedColumn
from .findings import newest_findings
from .wording import rule_name, rule_names

#: Advice does not tell a translation from its source.
COMPARED = [Severity.ERROR, Severity.WARNING]


def originals() -> QuerySet[Page]:
    """Live pages with content of their own: an alias shows its source's."""
    return Page.objects.filter(live=True, alias_of=None)


def _others(**lookup: Any) -> QuerySet[Page]:
    """Pages with content of their own that are editions of the page of the outer query."""
    return originals().filter(translation_key=OuterRef("translation_key"), **lookup)


def _only_in_translation() -> Exists:
    """Whether a translation of the page of the outer query breaks a rule that the page keeps."""
    compared = newest_findings().filter(severity__in=COMPARED)
    page = OuterRef(OuterRef("pk"))
    in_source = compared.filter(page_audit__page=page, rule=OuterRef("rule"))
    return Exists(
        compared.filter(
            page_audit__page__translation_key=OuterRef("translation_key"),
            page_audit__page__alias_of=None,
            page_audit__page__live=True,
        )
        .exclude(page_audit__page=OuterRef("pk"))
        .filter(~Exists(in_source))
    )


@dataclass(frozen=True, slots=True)
class Edition:
    """A page in one language, with what the last look at it found.

    source: whether the others are translations of it; look: None where there was none yet;
    only_here: names of the rules that a translation breaks, and its source does not; may_edit:
    whether the user may follow it to its editor
    """

    page: Page
    source: bool
    look: Any
    only_here: list[str]
    may_edit: bool

    @property
    def title(self) -> str:
        return self.page.get_admin_display_title()

    @property
    def errors(self) -> int | None:
        return None if self.unknown else self.look.errors

    @property
    def warnings(self) -> int | None:
        return None if self.unknown else self.look.warnings

    @property
    def unknown(self) -> bool:
        return not self.look or bool(self.look.failure)

    @property
    def checked_at(self) -> Any:
        return self.look and self.look.checked_at


class TranslationFilterSet(WagtailFilterSet):
    difference = django_filters.ChoiceFilter(
        label=_("Difference"),
        method="filter_difference",
        empty_label=_("All"),
        widget=forms.RadioSelect,
        choices=[("only", _("The translation breaks a rule that its source keeps"))],
    )
    into = django_filters.ModelChoiceFilter(
        label=_("Translated into"),
        method="filter_into",
        queryset=lambda request: Locale.objects.all(),
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def filter_difference(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        return queryset.filter(_only_in_translation())

    def filter_into(self, queryset: QuerySet[Page], name: str, locale: Locale) -> QuerySet[Page]:
        return queryset.filter(Exists(_others(locale=locale, pk__gt=OuterRef("pk"))))


class EditionTable(Table):
    def get_row_classname(self, instance: Edition) -> str:
        return "edition-source" if instance.source else "edition-translation"


class EditionColumn(BaseColumn):
    """The page, how it stands to the others, and a link to its editor."""

    cell_template_name = "accessibility/admin/edition_cell.html"


class CountColumn(Column):
    """A number of findings of a severity, which leads to them."""

    cell_template_name = "accessibility/admin/edition_count_cell.html"

    def __init__(self, name: str, severity: Severity, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.severity = severity


class OnlyHereColumn(Column):
    cell_template_name = "accessibility/admin/edition_only_here_cell.html"


class TranslationReportView(AccessibilityReportView):
    """Lists source pages and their translations, where the user may edit or publish one."""

    model = Page
    page_title = _("Translations beside their source")
    header_icon = "screen-reader"
    results_template_name = "accessibility/admin/translation_report_results.html"
    index_url_name = "accessibility_reports:translations"
    index_results_url_name = "accessibility_reports:translations_results"
    filterset_class = TranslationFilterSet
    is_searchable = True
    search_fields = ["title"]
    # A page has an index for searching, but only the column is needed here.
    search_backend_name = ""
    default_ordering = ["-all_errors", "title", "pk"]
    paginate_by = 20
    columns = [
        EditionColumn("title", label=_("Page"), width="38%"),
        LocaleColumn(label=_("Locale"), accessor="page.locale", sort_key=None),
        CountColumn("errors", Severity.ERROR, label=_("Errors")),
        CountColumn("warnings", Severity.WARNING, label=_("Warnings")),
        OnlyHereColumn("only_here", label=_("In the translation only"), width="28%"),
        CheckedColumn("checked_at", label=_("Checked")),
    ]
    export_headings = {
        "title": _("Page"),
        "page.locale.language_code": _("Locale"),
        "source": _("Source"),
        "errors": _("Errors"),
        "warnings": _("Warnings"),
        "only_here": _("In the translation only"),
        "checked_at": _("Checked"),
    }
    list_export = list(export_headings)

    def get_filename(self) -> str:
        return "accessibility-translations"

    def get_base_queryset(self) -> QuerySet[Page]:
        """The source pages: the edition that was there first."""
        mine = pages_of(self.request.user).filter(alias_of=None)
        errors = (
            newest_findings()
            .filter(
                severity=Severity.ERROR,
                page_audit__page__translation_key=OuterRef("translation_key"),
                page_audit__page__alias_of=None,
                page_audit__page__live=True,
            )
            .order_by()
            .values("page_audit__page__translation_key")
            .annotate(number=Count("pk"))
            .values("number")
        )
        looked_at = PageAudit.objects.newest().filter(
            page__translation_key=OuterRef("translation_key")
        )
        return (
            originals()
            .filter(translation_key__in=mine.order_by().values("translation_key"))
            .filter(
                Exists(_others(pk__gt=OuterRef("pk"))),
                ~Exists(_others(pk__lt=OuterRef("pk"))),
                Exists(looked_at),
            )
            .annotate(all_errors=Coalesce(Subquery(errors), 0, output_field=IntegerField()))
        )

    def get_table(self, object_list: Iterable[Page]) -> EditionTable:
        kwargs = self.get_table_kwargs()
        return EditionTable(self.columns, self.editions(object_list), **kwargs)

    def as_spreadsheet(self, queryset: Iterable[Page], spreadsheet_format: str) -> Any:
        return super().as_spreadsheet(self.editions(queryset), spreadsheet_format)

    def editions(self, sources: Iterable[Page]) -> list[Edition]:
        """Each source page and the editions made from it, in order; four queries."""
        keys = [page.translation_key for page in sources]
        pages = list(
            originals()
            .filter(translation_key__in=keys)
            .select_related("locale", "latest_revision")
            .order_by("pk")
        )
        looks = {
            look.page_id: look
            for look in PageAudit.objects.newest().filter(page__in=pages).with_counts()
        }
        mine = set(
            pages_of(self.request.user)
            .filter(pk__in=[page.pk for page in pages])
            .values_list("pk", flat=True)
        )
        rules = self._rules(pages)
        names = rule_names()
        of_key: dict[Any, list[Page]] = defaultdict(list)
        for page in pages:
            of_key[page.translation_key].append(page)
        return [
            Edition(
                page=page,
                source=page is of_key[key][0],
                look=looks.get(page.pk),
                only_here=sorted(
                    rule_name(id, names) for id in rules[page.pk] - rules[of_key[key][0].pk]
                ),
                may_edit=page.pk in mine,
            )
            for key in keys
            for page in of_key[key]
        ]

    @staticmethod
    def _rules(pages: list[Page]) -> dict[int, set[str]]:
        broken: dict[int, set[str]] = defaultdict(set)
        found = AuditFinding.objects.filter(
            Q(page_audit__page__in=pages), page_audit__is_newest=True, severity__in=COMPARED
        )
        for page, rule in found.order_by().values_list("page_audit__page", "rule").distinct():
            broken[page].add(rule)
        return broken
