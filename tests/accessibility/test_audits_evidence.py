"""What the newest looks prove is summed up for statements and reports."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from accessibility.audits.evidence import EngineEvidence, evidence, newest_page_audits
from accessibility.audits.pages import auditable_pages
from accessibility.models import Audit, AuditFinding, PageAudit
from tests import factories

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
    assert found.engines == (EngineEvidence("axe-core", ("4.14.1", "4.15.0"), pages=2),)
    assert found.engines[0].label == "axe-core 4.14.1 / 4.15.0"
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


def test_an_engine_is_counted_on_the_pages_that_it_has_seen_alone(bilingual_site):
    rules = {"name": "Sala content rules", "version": "1.0"}
    look_at(bilingual_site.home, engines=[rules, AXE])
    look_at(bilingual_site.news, engines=[rules])
    pages = {engine.name: engine.pages for engine in evidence().engines}
    assert pages == {"Sala content rules": 2, "axe-core": 1}


def test_a_site_is_judged_by_its_own_pages(bilingual_site):
    """Of two sites, one within the other, each has its pages in every language."""
    inner = factories.ContentPageFactory(parent=bilingual_site.home)
    below = factories.ContentPageFactory(parent=inner)
    site = Site.objects.create(hostname="inner.example.org", root_page=inner)
    outer = set(auditable_pages(site=bilingual_site.site).values_list("pk", flat=True))
    assert {bilingual_site.home.pk, bilingual_site.news_en.pk} <= outer
    assert not {inner.pk, below.pk} & outer
    assert set(auditable_pages(site=site).values_list("pk", flat=True)) == {inner.pk, below.pk}
    look_at(below, ("image-alt", "error", "1.1.1"))
    assert evidence(site=site).findings == {"error": 1}
    assert evidence(site=bilingual_site.site).findings == {}


def test_evidence_asks_the_database_five_times(bilingual_site, django_assert_num_queries):
    for page in (bilingual_site.home, bilingual_site.news, bilingual_site.home_en):
        look_at(page, ("image-alt", "error", "1.1.1"), ("reflow", "error", "1.4.10"))
    with django_assert_num_queries(5):
        evidence()
