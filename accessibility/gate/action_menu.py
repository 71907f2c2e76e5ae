"""The item "Publish despite accessibility errors" in the editor's menu of actions."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from .. import conf
from .permissions import may_override, may_override_below

ACTION = "action-accessibility-override"


class OverrideMenuItem(ActionMenuItem):
    """Saves the draft, as every action that Wagtail does not know, and then leads to the reason."""

    label = gettext_lazy("Publish despite accessibility errors")
    name = ACTION
    icon_name = "warning"
    order = 90

    def is_shown(self, context: dict[str, Any]) -> bool:
        if not super().is_shown(context):
            return False
        user = context["request"].user
        if context["view"] == "create":
            kind = context["request"].resolver_match.kwargs
            model = apps.get_model(kind["content_type_app_name"], kind["content_type_model_name"])
            return conf.gate_mode(model) == "block" and may_override_below(
                user, context["parent_page"]
            )
        return may_override(user, context["page"])


def ask_for_reason(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Go on to the reason once the draft is saved, where that item was chosen."""
    if request.method == "POST" and request.POST.get(ACTION):
        return redirect("accessibility_gate:override", page.pk)
    return None
