"""Audits that were begun by the command and not finished: interrupted, or still at work."""

from datetime import timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from ..models import Audit

#: An audit at work stores a look more often than this: a page has a minute.
LONGEST_PAUSE = timedelta(minutes=2)


def unfinished_audits() -> QuerySet[Audit]:
    """The newest first."""
    return Audit.objects.filter(trigger=Audit.Trigger.COMMAND, ended_at=None)


def may_be_at_work(audit: Audit) -> bool:
    """Whether another process may be making an audit, by the last that it has stored."""
    last_look = audit.page_audits.aggregate(last=Max("checked_at"))["last"]
    return timezone.now() - (last_look or audit.started_at) < LONGEST_PAUSE
