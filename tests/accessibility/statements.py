"""What the tests of the statement have in common: audits as the engines would have stored them."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from accessibility.audits.pages import auditable_pages
from accessibility.models import PageAudit
from tests import factories

ENGINES = [{"name": "axe-core", "version": "4.14.1"}, {"name": "rules", "version": "0.1.0"}]


def audit(page, *, errors=(), warnings=(), days_ago=0, **look) -> PageAudit:
    """Store the newest look at a page. `errors` and `warnings` are numbers of criteria."""
    checked_at = timezone.now() - timedelta(days=days_ago)
    PageAudit.objects.filter(page=page.pk).update(is_newest=False, checked_at=checked_at)
    look = {"engines": ENGINES} | look
    stored = factories.PageAuditFactory(page=page, checked_at=checked_at, **look)
    for severity, criteria in (("error", errors), ("warning", warnings)):
        for criterion in criteria:
            factories.AuditFindingFactory(page_audit=stored, severity=severity, criterion=criterion)
    return stored


def audit_all(locale, **look) -> list[Page]:
    """Store the same look at every public page of a language."""
    pages = list(auditable_pages(locale))
    for page in pages:
        audit(page, **look)
    return pages


def in_english(statement):
    """The statement in English, published."""
    return factories.translate(
        statement,
        slug="statement",
        title="Accessibility statement",
        office="The Accessibility Department",
        scope="this site",
        body="<p>Everybody should be able to use this site.</p>",
        enforcement="<p>Ask the Commission.</p>",
    )


def text_of(html: str) -> str:
    """The main part of a page with its white space made one."""
    return " ".join(html.split("<main")[1].split("</main>")[0].split())
