"""What the reports on accessibility have in common: who may read them, and how one gets about."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from .exports import SafeExportMixin

#: Those who may do one of these with a page may read what was found on it.
ACTIONS: list[str] = ["change", "publish"]
#: Every report, by the name of its address, in the order in which they are offered.
REPORTS = (
    ("accessibility_reports:findings", _("Findings")),
    ("accessibility_reports:left_to_people", _("Left to people")),
    ("accessibility_reports:translations", _("Translations")),
    ("accessibility_reports:trend", _("Trend")),
    ("accessibility_gate:overrides", _("Published despite accessibility errors")),
)


def pages_of(user: AbstractUser | AnonymousUser) -> PageQuerySet:
    """The pages that the user may edit or publish, and that readers can see."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(user, ACTIONS).live()


def may_read_reports(user: AbstractUser | AnonymousUser) -> bool:
    """Whether there are pages whose reports the user may read."""
    return policy_registry.get_by_type(Page).user_has_any_permission(user, ACTIONS)


def owner_name(page: Page) -> str:
    """The owner of a page as people say it, "" where there is none."""
    return get_user_display_name(page.owner) if page.owner else ""


@dataclass(frozen=True, slots=True)
class ReportLink:
    url: str
    title: str
    is_current: bool


class AccessibilityReportView(SafeExportMixin, ReportView):
    """A report with links to the others, for those who may edit or publish some page."""

    template_name = "accessibility/admin/report.html"
    any_permission_required = ACTIONS
    permission_policy = policy_registry.get_by_type(Page)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["reports"] = [
            ReportLink(reverse(name), str(title), name == self.index_url_name)
            for name, title in REPORTS
        ]
        context["media"] += forms.Media(css={"all": ["accessibility/reports/reports.css"]})
        return context


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_reports(request.user)
