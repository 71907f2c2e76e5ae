"""Old audits: what they found is kept until somebody lets it go."""

from ..models import Audit, PageAudit


def forget_old_audits(keep: int) -> None:
    """Forget what is older than the newest audits by the command, of which so many are kept.

    Counted are those that came to their end. Looks after publication count for nothing, as there
    are many of them: they go with the audits of their time, so that the trend has no holes. What
    always stays is the newest look at each page, and an audit that can still be resumed.
    """
    finished = Audit.objects.filter(ended_at__isnull=False)
    for oldest_kept in finished.filter(trigger=Audit.Trigger.COMMAND)[keep - 1 : keep]:
        old = finished.filter(started_at__lt=oldest_kept.started_at)
        PageAudit.objects.filter(is_newest=False, audit__in=old).delete()
        old.filter(page_audits=None).delete()
