"""Wagtail's own checker, with our content rules in it and its messages in Thai.

Wagtail runs axe over the preview and over the page with its user bar. The content rules run on the
server, where the gate and the audits run them as well; `checker/content-rules.js` asks for their
findings, marks the elements, and one axe rule for each content rule reports what is marked. So an
editor sees one list, with the ids and the wording of the rules.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from wagtail.admin.userbar import BaseItem, ContentCheckerItem

from ..axe_rules import COVERED_WHOLLY
from ..ruleset import site_rules

#: The axe check of every content rule, and the attribute that it looks for.
CHECK = "accessibility-content-rule"
ATTRIBUTE = "data-accessibility-findings"
#: Reported when the findings could not be fetched: silence would pass for "all is well".
UNCHECKED = "content-rules-unchecked"

IMPACT = {"error": "serious", "warning": "moderate", "advice": "minor"}
LOCALES = Path(__file__).resolve().parent.parent / "static" / "accessibility"


@cache
def axe_locale(language: str) -> dict[str, Any]:
    """The locale of axe-core that we bring for a language, in the form of `axe.configure`.

    Empty where we bring none: axe then speaks English.
    """
    path = LOCALES / f"axe-{language}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _without_values(text: str) -> str:
    """A wording for the rule as a whole, which has no values to name."""
    return re.sub(r"\{\w+\}", "…", text)


class ContentRulesItem(ContentCheckerItem):
    """The checker of Wagtail's user bar and checks panel, with the content rules of this site.

    A site that has a checker of its own inherits from this class instead of Wagtail's.
    """

    template_name = "accessibility/admin/content_checker.html"

    @cached_property
    def media(self) -> forms.Media:
        script = forms.Script(static("accessibility/checker/content-rules.js"), type="module")
        return forms.Media(js=[script])  # type: ignore[list-item]

    def get_axe_run_only(self, request: HttpRequest | None) -> list[str] | None:
        selection = super().get_axe_run_only(request)
        if not selection:
            return selection
        # One fault is one complaint.
        kept = [id for id in selection if id not in COVERED_WHOLLY]
        return [*kept, *(rule.id for rule in site_rules()), UNCHECKED]

    def get_axe_custom_rules(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        rules = site_rules()
        impacts = {rule.id: IMPACT[rules.severity(rule.id)] for rule in rules}
        return super().get_axe_custom_rules(request) + [
            {
                "id": id,
                "impact": impact,
                "selector": f'[{ATTRIBUTE}~="{id}"]',
                "excludeHidden": False,
                "tags": ["best-practice", CHECK],
                "any": [CHECK],
                "enabled": True,
            }
            for id, impact in {**impacts, UNCHECKED: "moderate"}.items()
        ]

    def get_axe_custom_checks(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        return [*super().get_axe_custom_checks(request), {"id": CHECK}]

    def get_axe_messages(self, request: HttpRequest | None) -> dict[str, Any]:
        language = _language()
        translated = {
            id: {"error_name": texts["help"], "help_text": texts["description"]}
            for id, texts in axe_locale(language).get("rules", {}).items()
        }
        ours = {
            rule.id: {
                "error_name": rule.name.in_language(language),
                "help_text": _without_values(rule.remedy.in_language(language)),
            }
            for rule in site_rules()
        }
        unchecked = {
            "error_name": gettext("The content rules could not be checked"),
            "help_text": gettext("Reload the page. If this stays, tell your administrator."),
        }
        return {**super().get_axe_messages(request), **translated, **ours, UNCHECKED: unchecked}

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        request = parent_context.get("request")
        if request:
            context["content_rules"] = {
                "url": reverse("accessibility_admin:check"),
                "csrfToken": get_token(request),
                "check": CHECK,
                "attribute": ATTRIBUTE,
                "unchecked": UNCHECKED,
            }
        return context


def use_content_rules(items: list[BaseItem]) -> None:
    """Put ours in the place of Wagtail's checker; one that a site has made stays as it is."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and item.__module__ == "wagtail.admin.userbar":
            items[place] = ContentRulesItem(in_editor=item.in_editor)
