"""What the newest looks prove is summed up for statements and reports."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accessibility.audits.evidence import evidence, newest_page_audits
from accessibility.audits.pages import auditable_pages
from accessibility.models import Audit, AuditFinding, PageAudit

pytestmark = pytest.mark.django_db

AXE = {"name": "axe-core", "version": "4.14.1"}


def look_at(page, *found: tuple[str, str, str], **values) -> PageAudit:
    """Store a newest look at a page with findings: rule, severity, criterion."""
    audit, _made = Audit.objects.get_or_create(trigger=Audit.Trigger.COMMAND)
    look = PageAudit.objects.create(
        audit=audit, page=page, locale=page.locale, url=page.full_url, **values
    )
    for number, (rule, severity, criterion) in enumerate(found):
        AuditFinding.objects.create(
            page_audit=look,
            rule=rule,
            severity=severity,
            criterion=criterion,
            engine="axe-core",
            engine_version="4.14.1",
            selector="main",
            fingerprint=f"{rule}-{number}",
            state=AuditFinding.State.NEW,
        )
    return look


def test_evidence_counts_pages_findings_engines_and_what_was_not_checked(bilingual_site):
    site = bilingual_site
    day = timezone.now() - datetime.timedelta(days=1)
    look_at(
        site.home,
        ("image-alt", "error", "1.1.1"),
        ("region", "advice", ""),
        checked_at=day,
        engines=[AXE],
    )
    look_at(
        site.news,
        ("image-alt", "error", "1.1.1"),
        ("image-alt-vague", "warning", "1.1.1"),
        ("reflow", "error", "1.4.10"),
        engines=[AXE, {"name": "axe-core", "version": "4.15.0"}],
        not_checked={"reflow": "no-browser"},
        failure="the browser died",
    )
    found = evidence(site.home.locale)
    assert (found.pages, found.failures) == (2, 1)
    assert found.oldest == day < found.newest
    assert found.engines == {"axe-core": ("4.14.1", "4.15.0")}
    assert found.findings == {"error": 3, "warning": 1, "advice": 1}
    assert found.not_checked == {"reflow": {"no-browser": 1}}
    assert [criterion.criterion for criterion in found.criteria] == ["", "1.1.1", "1.4.10"]
    pictures = found.criteria[1]
    assert pictures.findings == {"error": 2, "warning": 1}
    assert pictures.rules == ("image-alt", "image-alt-vague")
    assert {page.pk for page in pictures.pages} == {site.home.pk, site.news.pk}


def test_pages_that_nobody_has_looked_at_are_counted(bilingual_site):
    before = evidence()
    assert before.pages == 0
    assert (before.oldest, before.newest, before.criteria) == (None, None, ())
    look_at(bilingual_site.home)
    assert evidence().never_audited == before.never_audited - 1


def test_pages_that_are_no_longer_public_prove_nothing(bilingual_site):
    index = bilingual_site.news
    look_at(index, ("image-alt", "error", "1.1.1"))
    assert newest_page_audits(auditable_pages(index.locale)).count() == 1
    assert newest_page_audits(auditable_pages(bilingual_site.home_en.locale)).count() == 0
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert evidence().findings == {}
    assert newest_page_audits(auditable_pages()).count() == 0


def test_evidence_asks_the_database_five_times(bilingual_site, django_assert_num_queries):
    for page in (bilingual_site.home, bilingual_site.news, bilingual_site.home_en):
        look_at(page, ("image-alt", "error", "1.1.1"), ("reflow", "error", "1.4.10"))
    with django_assert_num_queries(5):
        evidence()
