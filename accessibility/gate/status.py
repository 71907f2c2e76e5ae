"""The state of a page at the gate, for the status panel of the editors."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from wagtail.models import Page, PageLogEntry

from ..models import GateOverride
from .log_entries import FAIL_SCHEDULE, REFUSE, WARN
from .permissions import may_override


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
        "may_override": entry is not None and "counts" in entry.data and may_override(user, page),
    }
