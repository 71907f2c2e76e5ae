"""The register of feedback in the admin."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..models import FeedbackMessage
from ..reports.exports import SafeExportMixin
from ..templatetags.accessibility_tags import reader_date


class FeedbackPermissionPolicy(ModelPermissionPolicy):
    """Messages come from readers: nobody adds one in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def _due(message: FeedbackMessage) -> str:
    # Wagtail's column for dates takes one that is to come for "just now".
    return reader_date(message.due_date)


def _state(message: FeedbackMessage) -> str:
    return gettext("Overdue") if message.is_overdue else message.get_state_display()


class FeedbackFilterSet(WagtailFilterSet):
    created_at = django_filters.DateFromToRangeFilter(
        label=_("Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = FeedbackMessage
        fields = ("state", "language", "created_at")


class FeedbackIndexView(SafeExportMixin, IndexView):
    """The list of messages, and what is exported of it."""

    export_headings = {"get_state_display": _("State")}


class FeedbackViewSet(ModelViewSet):
    """Messages are read and marked as answered; what readers wrote stays as they wrote it."""

    model = FeedbackMessage
    index_view_class = FeedbackIndexView
    name = "accessibility_feedback"
    url_prefix = "accessibility/feedback"
    icon = "comment"
    menu_label = _("Accessibility feedback")
    menu_hook = "register_reports_menu_item"
    menu_order = 1320
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = [
        "reference",
        Column("message", label=_("Message"), accessor=lambda message: message.message[:120]),
        "page_url",
        "language",
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        Column("due_date", label=_("To be answered by"), accessor=_due, sort_key="due_date"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=_state,
            sort_key="state",
            primary=lambda message: message.is_overdue,
        ),
    ]
    filterset_class = FeedbackFilterSet
    search_fields = ["reference", "message", "page_url"]
    list_export = [
        "reference",
        "message",
        "page_url",
        "email",
        "language",
        "created_at",
        "due_date",
        "get_state_display",
        "note",
    ]
    export_filename = "accessibility-feedback"
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("message", read_only=True),
                FieldPanel("page_url", read_only=True),
                FieldPanel("email", read_only=True),
                FieldPanel("language", read_only=True),
                FieldPanel("created_at", read_only=True),
                FieldPanel("due_date", read_only=True),
            ],
            heading=_("What the reader wrote"),
        ),
        MultiFieldPanel([FieldPanel("state"), FieldPanel("note")], heading=_("Answer")),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FeedbackMessage]:
        return FeedbackMessage.objects.all()
