"""The state of a page at the gate, on the status panel of the editors.

Wagtail has no hook for that panel; it is the one that wagtail-localize's editor shows as well.
"""

from typing import Any

from django.contrib.auth.models import AbstractUser
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.models import Page, PageLogEntry

from ..models import GateOverride
from .log_entries import FAIL_SCHEDULE, REFUSE, WARN
from .permissions import may_override

TEMPLATE = "accessibility/admin/gate_status.html"

_upstream_status_templates = PageStatusSidePanel.get_status_templates


def install() -> None:
    """Add ours to what the status panel shows. Called once."""
    PageStatusSidePanel.get_status_templates = _status_templates


def _status_templates(self: PageStatusSidePanel, context: dict[str, Any]) -> list[str]:
    templates = _upstream_status_templates(self, context)
    return [*templates, TEMPLATE] if self.object.pk else templates


def gate_status(page: Page, user: AbstractUser) -> dict[str, Any]:
    """What the template of the status panel shows: two queries.

    override: the newest that is in force; entry: the newest refusal, failure or warning that
    publishing has not overtaken; may_override: whether this user may publish all the same
    """
    override = GateOverride.objects.in_force().filter(page=page.pk).select_related("user").first()
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action__in=(REFUSE, FAIL_SCHEDULE, WARN))
        .order_by("-timestamp", "-pk")
        .first()
    )
    published = page.last_published_at
    if entry and entry.action != WARN and published and published > entry.timestamp:
        entry = None
    return {
        "override": override,
        "entry": entry,
        "may_override": bool(entry) and may_override(user, page),
    }
