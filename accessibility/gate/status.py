"""The state of a page at the gate, for the status panel of the editors."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from wagtail.models import Page, PageLogEntry

from ..models import GateOverride
from .log_entries import FAIL_SCHEDULE, REFUSE, WARN
from .permissions import may_override


def gate_status(page: Page, user: AbstractUser) -> dict[str, Any]:
    """What the template of the status panel shows: two queries.

    override: the newest that is in force; entry: the newest refusal, failure or warning, unless
    publishing or an override has overtaken it; may_override: whether this user may publish all
    the same
    """
    override = GateOverride.objects.in_force().filter(page=page.pk).select_related("user").first()
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action__in=(REFUSE, FAIL_SCHEDULE, WARN))
        .order_by("-timestamp", "-pk")
        .first()
    )
    if entry and _is_overtaken(entry, page, override):
        entry = None
    return {
        "override": override,
        "entry": entry,
        # What has no counts was not stopped by the gate: an override would not help.
        "may_override": entry is not None and "counts" in entry.data and may_override(user, page),
    }


def _is_overtaken(entry: PageLogEntry, page: Page, override: GateOverride | None) -> bool:
    """Whether the page has been published since then, or scheduled by a decision."""
    if entry.action == WARN and "is_converted" not in entry.data:
        return False  # it is logged before or after the publication that it is about
    later = [page.last_published_at, override.created_at if override else None]
    return any(moment and moment > entry.timestamp for moment in later)
