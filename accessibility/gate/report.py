"""The report of what was published despite accessibility errors."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.models import Locale

from ..models import GateOverride
from ..reports.base import ACTIONS, AccessibilityReportView
from ..reports.columns import PageTitleColumn


def _users(request: HttpRequest) -> QuerySet[Any]:
    users = GateOverride.objects.values("user")
    return get_user_model().objects.filter(pk__in=users).order_by("pk")


class OverrideFilterSet(WagtailFilterSet):
    ended_at = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[("in_force", _("In force")), ("ended", _("Ended"))],
    )
    page__locale = django_filters.ModelChoiceFilter(
        label=_("Locale"), queryset=lambda request: Locale.objects.all()
    )
    user = django_filters.ModelChoiceFilter(label=_("User"), queryset=_users)
    created_at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = GateOverride
        fields = ["ended_at", "page__locale", "user", "created_at"]

    def filter_state(
        self, queryset: QuerySet[GateOverride], name: str, value: str
    ) -> QuerySet[GateOverride]:
        return queryset.filter(ended_at__isnull=value == "in_force")


class OverrideReportView(AccessibilityReportView):
    """Lists the decisions on pages that the user may edit or publish."""

    model = GateOverride
    page_title = _("Published despite accessibility errors")
    header_icon = "warning"
    results_template_name = "accessibility/admin/table_report_results.html"
    index_url_name = "accessibility_gate:overrides"
    index_results_url_name = "accessibility_gate:overrides_results"
    filterset_class = OverrideFilterSet
    columns = [
        PageTitleColumn("page", label=_("Page"), get_page=lambda override: override.page),
        Column("locale", label=_("Locale"), accessor="page.locale"),
        Column("errors", label=_("Errors"), accessor=lambda override: len(override.findings)),
        Column("reason", label=_("Reason"), classname="accessibility-reason"),
        UserColumn("user", label=_("User")),
        DateColumn("created_at", label=_("Date")),
        DateColumn("ended_at", label=_("Ended")),
    ]
    list_export = [
        "page.get_admin_display_title",
        "page.locale.language_code",
        "rules",
        "reason",
        "user",
        "created_at",
        "ended_at",
    ]
    export_headings = {
        "page.get_admin_display_title": _("Page"),
        "page.locale.language_code": _("Locale"),
        "rules": _("Errors"),
        "reason": _("Reason"),
        "user": _("User"),
        "created_at": _("Date"),
        "ended_at": _("Ended"),
    }

    def get_filename(self) -> str:
        return "accessibility-overrides"

    def get_base_queryset(self) -> QuerySet[GateOverride]:
        pages = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ACTIONS
        )
        return GateOverride.objects.filter(page__in=pages).select_related(
            "page__locale", "page__latest_revision", "user__wagtail_userprofile"
        )
