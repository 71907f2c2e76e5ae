"""Old audits: what they found is kept until somebody lets it go."""

from ..models import Audit, PageAudit


def forget_old_audits(keep: int) -> None:
    """Delete all but the newest audits. The newest look at a page stays, however old it is."""
    kept = list(Audit.objects.values_list("pk", flat=True)[:keep])
    PageAudit.objects.filter(is_newest=False).exclude(audit__in=kept).delete()
    Audit.objects.exclude(pk__in=kept).filter(page_audits=None, ended_at__isnull=False).delete()
