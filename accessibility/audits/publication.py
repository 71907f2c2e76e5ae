"""Audits of what has just been published, in the background, where tasks of this site run."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.models import Page

from .. import conf
from ..models import Audit
from .browser.browsers import missing_browser
from .pages import auditable_pages
from .run import audit_pages, started_browsers
from .served import ServedSite

logger = logging.getLogger(__name__)


def audit_on_publish(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Have a page audited once it is really published (page_published)."""
    # Scheduling sends the signal as well, and then the page is not live.
    if instance.live and conf.audit_on_publish():
        transaction.on_commit(partial(_enqueue, instance.pk), robust=True)


def _enqueue(page_id: int) -> None:
    # Without a worker the task runs while the editor waits, who is spared the browser.
    in_background = not isinstance(audit_published_page.get_backend(), ImmediateBackend)
    audit_published_page.enqueue(page_id, with_browser=in_background)


@task()
def audit_published_page(page_id: int, with_browser: bool) -> None:
    """Audit one page, if it is still public: by the rules, and by a browser where there is one."""
    page = auditable_pages().filter(pk=page_id).select_related("locale").first()
    if page is None:
        return
    reason = missing_browser() if with_browser else "no-worker"
    audit = Audit.objects.create(trigger=Audit.Trigger.PUBLICATION, scope={"page": page_id})
    try:
        site = ServedSite()
        if reason:
            list(audit_pages(audit, [page], site, no_browser=reason))
        else:
            with started_browsers(site, workers=1) as browsers:
                list(audit_pages(audit, [page], site, browsers))
    except Exception:
        # Task backends keep the error to themselves.
        logger.exception("The audit of page %s after its publication failed.", page_id)
        raise
    finally:
        Audit.objects.filter(pk=audit.pk).update(ended_at=timezone.now())
