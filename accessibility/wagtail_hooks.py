"""Where the plugin meets Wagtail's admin. What it does stands in the modules that are called."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import BaseItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from .editor import language_style
from .editor.checker import use_content_rules
from .editor.side_panel import editor_js
from .feedback.viewset import FeedbackPermissionPolicy, FeedbackViewSet
from .gate import log_entries
from .gate.action_menu import OverrideMenuItem, ask_for_reason
from .gate.permissions import override_permissions
from .models import FeedbackMessage
from .policies import reminders
from .policies.dashboard import DueReviewsPanel
from .policies.report import PolicyReportMenuItem
from .reports.base import ReportMenuItem
from .reports.dashboard import PagesThatNeedYouPanel
from .security_txt.viewset import SecurityTxtViewSet
from .statement.viewset import KnownProblemViewSet


@hooks.register("register_admin_urls")
def register_editor_urls() -> list[URLPattern | URLResolver]:
    return [path("accessibility/", include("accessibility.editor.urls"))]


@hooks.register("construct_wagtail_userbar")
def use_content_rules_in_checker(request: HttpRequest, items: list[BaseItem], page: Any) -> None:
    use_content_rules(items)


@hooks.register("insert_editor_js")
def insert_screen_reader_panel() -> str:
    return editor_js()


@hooks.register("register_rich_text_features")
def register_language_feature(features: FeatureRegistry) -> None:
    language_style.register(features)


@hooks.register("register_icons")
def register_screen_reader_icon(icons: list[str]) -> list[str]:
    return [*icons, "accessibility/icons/screen-reader.svg"]


# --- The gate -----------------------------------------------------------------------------------


@hooks.register("register_admin_urls")
def register_gate_urls() -> list[URLPattern | URLResolver]:
    return [path("accessibility/", include("accessibility.gate.urls"))]


@hooks.register("register_permissions")
def register_override_permission() -> QuerySet[Permission]:
    return override_permissions()


@hooks.register("register_log_actions")
def register_gate_log_actions(actions: LogActionRegistry) -> None:
    log_entries.register_log_actions(actions)


@hooks.register("register_page_action_menu_item")
def register_override_action() -> ActionMenuItem:
    return OverrideMenuItem()


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def ask_for_reason_of_override(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask_for_reason(request, page)


@hooks.register("register_reports_menu_item")
def register_override_report() -> MenuItem:
    return ReportMenuItem(
        _("Published despite accessibility errors"),
        reverse("accessibility_gate:overrides"),
        name="accessibility-overrides",
        icon_name="warning",
        order=1300,
    )


# --- Policies and security.txt ------------------------------------------------------------------


@hooks.register("register_admin_urls")
def register_policy_urls() -> list[URLPattern | URLResolver]:
    return [path("accessibility/", include("accessibility.policies.urls"))]


@hooks.register("register_log_actions")
def register_policy_log_actions(actions: LogActionRegistry) -> None:
    reminders.register_log_actions(actions)


@hooks.register("register_reports_menu_item")
def register_policy_report() -> MenuItem:
    return PolicyReportMenuItem(
        _("Policies"),
        reverse("accessibility_policies:report"),
        name="accessibility-policies",
        icon_name="doc-full-inverse",
        order=1310,
    )


@hooks.register("construct_homepage_panels")
def add_due_reviews(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(DueReviewsPanel())


@hooks.register("register_admin_viewset")
def register_security_txt() -> ViewSet:
    return SecurityTxtViewSet()


# --- Reports ------------------------------------------------------------------------------------


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern | URLResolver]:
    return [path("accessibility/findings/", include("accessibility.reports.urls"))]


@hooks.register("register_reports_menu_item")
def register_accessibility_report() -> MenuItem:
    return ReportMenuItem(
        _("Accessibility"),
        reverse("accessibility_reports:findings"),
        name="accessibility",
        icon_name="screen-reader",
        order=1200,
    )


@hooks.register("construct_homepage_panels")
def add_pages_that_need_you(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(PagesThatNeedYouPanel())


# --- The statement and its feedback ---------------------------------------------------------------

register_snippet(KnownProblemViewSet)
register_permission_policy(FeedbackMessage, FeedbackPermissionPolicy(FeedbackMessage))


@hooks.register("register_admin_viewset")
def register_feedback() -> ViewSet:
    return FeedbackViewSet()
