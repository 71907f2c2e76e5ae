"""The state of a page at the gate, on the status panel of the editors.

Wagtail has no hook for that panel; it is the one that wagtail-localize's editor shows as well.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.models import Page, PageLogEntry

from ..models import GateOverride
from .judgement import summary
from .log_entries import REFUSE, WARN
from .permissions import may_override

TEMPLATE = "accessibility/admin/gate_status.html"

_upstream_status_templates = PageStatusSidePanel.get_status_templates


def install() -> None:
    """Add ours to what the status panel shows. Called once."""
    PageStatusSidePanel.get_status_templates = _status_templates


def _status_templates(self: PageStatusSidePanel, context: dict[str, Any]) -> list[str]:
    templates = _upstream_status_templates(self, context)
    return [*templates, TEMPLATE] if self.object.pk else templates


def gate_status(page: Page, user: AbstractBaseUser) -> dict[str, Any]:
    """What the template of the status panel shows: two queries.

    override: the newest that is in force; entry: the newest refusal or warning that publishing
    has not overtaken; may_override: whether this user may publish all the same
    """
    override = GateOverride.objects.in_force().filter(page=page.pk).select_related("user").first()
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action__in=(REFUSE, WARN))
        .order_by("-timestamp", "-pk")
        .first()
    )
    if entry and entry.action == REFUSE and page.last_published_at:
        entry = entry if entry.timestamp > page.last_published_at else None
    return {
        "override": override,
        "entry": entry,
        "summary": summary(entry.data.get("counts", {})) if entry else "",
        "may_override": bool(entry) and may_override(user, page),
    }
