"""The report of all policies: what is in force, what is due for review, what is translated."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from ..reports.columns import PageTitleColumn
from ..reports.exports import SafeExportMixin
from .reviews import editable_policies
from .translations import translation_states

ACTIONS: list[str] = ["change", "publish"]


class PolicyFilterSet(WagtailFilterSet):
    locale = django_filters.ModelChoiceFilter(
        label=_("Locale"), queryset=lambda request: Locale.objects.all()
    )

    class Meta:
        model = Page
        fields = ["locale"]


class DayColumn(Column):
    """A day, not the time since then."""

    cell_template_name = "accessibility/admin/day_cell.html"


class ReviewColumn(DayColumn):
    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["is_overdue"] = instance.live and instance.review_date < timezone.localdate()
        return context


class TranslationsColumn(Column):
    cell_template_name = "accessibility/admin/translations_cell.html"


class PolicyReportView(SafeExportMixin, ReportView):
    """Lists the policies that the user may edit or publish."""

    model = Page
    page_title = _("Policies")
    header_icon = "doc-full-inverse"
    results_template_name = "accessibility/admin/table_report_results.html"
    index_url_name = "accessibility_policies:report"
    index_results_url_name = "accessibility_policies:report_results"
    filterset_class = PolicyFilterSet
    any_permission_required = ACTIONS
    permission_policy = policy_registry.get_by_type(Page)
    default_ordering = "path"
    columns = [
        PageTitleColumn("title", label=_("Title")),
        Column("kind", label=_("Kind"), accessor="kind_label"),
        Column("locale", label=_("Locale"), accessor="locale"),
        Column("version", label=_("Version"), accessor="version"),
        DayColumn("effective_date", label=_("In force since")),
        ReviewColumn("review_date", label=_("Next review")),
        TranslationsColumn("translations", label=_("Translations"), accessor="translation_states"),
    ]
    list_export = [
        "title",
        "kind_label",
        "locale.language_code",
        "version",
        "effective_date",
        "review_date",
        "translation_summary",
    ]
    export_headings = {
        "title": _("Title"),
        "kind_label": _("Kind"),
        "locale.language_code": _("Locale"),
        "version": _("Version"),
        "effective_date": _("In force since"),
        "review_date": _("Next review"),
        "translation_summary": _("Translations"),
    }

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["media"] += forms.Media(css={"all": ["accessibility/reports/reports.css"]})
        return context

    def get_filename(self) -> str:
        return "policies"

    def get_base_queryset(self) -> QuerySet[Page]:
        pages = editable_policies(self.request.user).prefetch_related("locale")
        return pages.order_by("path").specific()

    def decorate_paginated_queryset(self, object_list: QuerySet[Page]) -> QuerySet[Page]:
        # The table holds the same objects.
        states = translation_states(object_list)
        for page in object_list:
            page.translation_states = states[page.translation_key]
            page.translation_summary = "; ".join(map(str, page.translation_states))
        return object_list


class PolicyReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, ACTIONS)
