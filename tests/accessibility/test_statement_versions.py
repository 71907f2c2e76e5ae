"""The archive keeps what a statement claimed, and a new claim is a new version."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from accessibility.models import PolicyVersion
from accessibility.statement.claim import Claim, assess
from tests import factories

from .policies import days_from_now, publish
from .statements import audit, audit_all, in_english, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(bilingual_site, thai):
    """A statement of version 1.0, published again when every page had been audited."""
    page = factories.AccessibilityStatementPageFactory(
        parent=bilingual_site.home,
        slug="statement",
        version="1.0",
        effective_date=date(2024, 3, 1),
        scope="เว็บไซต์นี้",
        review_by_people_date=timezone.localdate() - timedelta(days=7),
        review_by_people="ผู้ตรวจห้าคน ใช้โปรแกรมอ่านหน้าจอ",
    )
    factories.KnownProblemFactory(locale=thai, title="ไฟล์สแกนไม่มีข้อความ")
    audit_all(thai)
    return publish(page)


@pytest.fixture
def second(statement):
    return publish(statement, version="2.0", effective_date=date(2025, 6, 15), scope="ทุกเว็บไซต์")


def archived(client, path="/th/statement/versions/1-0/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return text_of(response.content.decode())


def test_an_earlier_version_says_what_it_claimed_and_why_no_more(client, second):
    text = archived(client)
    assert "เป็นไปตามมาตรฐานบางส่วน" in text
    assert "ทะเบียนมีปัญหาที่ยังไม่ได้แก้ไข" in text
    assert "ไฟล์สแกนไม่มีข้อความ" in text
    assert "axe-core 4.14.1" in text
    assert "ผู้ตรวจห้าคน" in text
    assert "เว็บไซต์นี้" in text
    assert "ทุกเว็บไซต์" not in text


def test_an_earlier_version_says_how_many_pages_each_engine_had_seen(client, second):
    assert "ตรวจแล้ว 3 หน้าจาก 3 หน้า" in archived(client)


def test_a_version_that_kept_only_the_names_of_its_engines_tells_them(client, second):
    for version in PolicyVersion.objects.filter(version="1.0"):
        version.facts["engines"] = ["axe-core 4.13.0"]
        version.save()
    assert '<span lang="en">axe-core 4.13.0</span>' in archived(client)


def test_what_the_audits_say_today_does_not_change_what_was_claimed(client, second, thai):
    then = archived(client)
    audit_all(thai, errors=["1.1.1"])
    assert archived(client) == then


def test_english_readers_read_what_the_english_version_claimed(client, statement, english):
    page = in_english(statement)
    audit_all(english)
    publish(publish(page), version="2.0", effective_date=date(2025, 6, 15))
    text = archived(client, "/en/statement/versions/1-0/")
    assert "Partially conformant" in text
    assert "The register holds 1 open problem." in text
    assert "What this version claimed on" in text


def test_publishing_does_not_make_the_evidence_worse(statement, thai):
    """Its own page waits for its audit in the moment in which it is published."""
    (version,) = PolicyVersion.objects.filter(page=statement)
    assert version.facts["limits"] == ["ทะเบียนมีปัญหาที่ยังไม่ได้แก้ไข 1 รายการ"]
    day = statement.review_by_people_date
    assert assess(thai, day).looks.recent == assess(thai, day).looks.public - 1
    assert assess(thai, day, just_published=statement.pk).looks.recent == version.facts["pages"]


def test_a_page_that_failed_then_counts_all_the_same(statement, thai):
    audit(statement, errors=["1.1.1"])
    publish(statement)
    (version,) = PolicyVersion.objects.filter(page=statement)
    assert any("ข้อผิดพลาด" in limit for limit in version.facts["limits"])


def test_a_version_whose_facts_were_not_kept_says_so(client, second):
    PolicyVersion.objects.filter(version="1.0").update(facts={})
    text = archived(client)
    assert "ไม่ได้เก็บ" in text
    assert "เว็บไซต์นี้" in text


@pytest.mark.parametrize(
    "change",
    [
        {"claim": Claim.NONE},
        {"wording": "uk"},
        {"review_by_people_date": None},
        {"review_by_people": "ผู้ตรวจสิบคน"},
        {"scope": "อีกเว็บไซต์หนึ่ง"},
        {"law": "พระราชบัญญัติ"},
    ],
)
def test_what_it_says_is_bound_to_its_version(statement, change):
    for name, value in change.items():
        setattr(statement, name, value)
    known = statement.newest_version
    assert known.content_page(statement).binding_text() != statement.binding_text()


def test_the_page_in_force_writes_itself_as_before(client, second):
    text = archived(client, "/th/statement/")
    assert "ทุกเว็บไซต์" in text
    assert "ประกาศไว้เมื่อ" not in text


def test_a_statement_to_come_shows_what_it_claimed_when_it_was_published(client, second):
    publish(second, version="3.0", effective_date=days_from_now(10))
    assert "เป็นไปตามมาตรฐานบางส่วน" in archived(client, "/th/statement/versions/3-0/")


def test_statements_published_before_there_was_an_archive_begin_it(statement):
    PolicyVersion.objects.all().delete()
    migration = import_module("accessibility.migrations.0007_policy_version_facts")
    migration.keep_live_statements(apps, None)
    (version,) = PolicyVersion.objects.filter(page=statement)
    assert version.content_page(statement).binding_text() == statement.binding_text()
