"""Readers see the policy that is in force, find each earlier one, and are told of the next."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from accessibility.models import PolicyPage, PolicyVersion
from tests import factories

from .policies import days_from_now, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(bilingual_site) -> PolicyPage:
    return factories.PolicyPageFactory(
        parent=bilingual_site.home,
        slug="policy",
        title="นโยบายเว็บไซต์",
        version="1.0",
        effective_date=date(2024, 3, 1),
        body="<p>ข้อความของฉบับแรก</p>",
    )


@pytest.fixture
def second(policy) -> PolicyPage:
    """The policy with a second version in force."""
    return publish(
        policy,
        version="2.0",
        effective_date=date(2025, 6, 15),
        body="<p>ข้อความของฉบับที่สอง</p>",
        office="สำนักบริหารกลาง",
    )


def read(client, path: str = "/th/policy/", **kwargs) -> str:
    response = client.get(path, **kwargs)
    assert response.status_code == 200, response
    # As a reader sees it: without tags.
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", response.content.decode()))


def test_a_new_version_takes_the_place_of_the_one_before(client, second):
    text = read(client)
    assert "ข้อความของฉบับที่สอง" in text
    assert "ข้อความของฉบับแรก" not in text


def test_the_earlier_version_has_an_address_and_says_when_it_was_in_force(client, second):
    text = read(client, "/th/policy/versions/1-0/")
    assert "ข้อความของฉบับแรก" in text
    assert "ศูนย์เทคโนโลยีสารสนเทศ" in text
    assert "ฉบับนี้สิ้นผลใช้บังคับแล้ว" in text
    assert "ตั้งแต่ 1 มีนาคม 2567 ถึง 14 มิถุนายน 2568" in text


def test_english_readers_find_their_versions_in_their_calendar(client, policy):
    english = factories.translate(
        policy, slug="policy", title="Website policy", office="IT", body="<p>The first text.</p>"
    )
    publish(english, version="2.0", effective_date=date(2025, 6, 15), body="<p>The second.</p>")
    text = read(client, "/en/policy/versions/1-0/")
    assert "The first text." in text
    assert "This version is no longer in force" in text
    assert "from 1 March 2024 to 14 June 2025" in text
    assert "Earlier versions" in read(client, "/en/policy/")


def test_the_page_lists_its_earlier_versions(client, second):
    html = client.get("/th/policy/").content.decode()
    assert 'href="/th/policy/versions/1-0/"' in html
    assert "versions/2-0/" not in html


def test_search_engines_are_kept_from_what_is_not_in_force(client, second):
    response = client.get("/th/policy/versions/1-0/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    # Nor is it said to be the same as the page.
    assert 'rel="canonical"' not in response.content.decode()
    assert "X-Robots-Tag" not in client.get("/th/policy/").headers


def test_the_address_of_the_version_in_force_leads_to_the_page(client, second):
    response = client.get("/th/policy/versions/2-0/")
    assert (response.status_code, response.url) == (302, "/th/policy/")


@pytest.mark.parametrize("version", ["3-0", "1", "x" * 200])
def test_there_are_no_other_versions(client, second, version):
    assert client.get(f"/th/policy/versions/{version}/").status_code == 404


def test_a_version_to_come_is_announced_while_the_one_in_force_stays(client, second):
    publish(second, version="3.0", effective_date=days_from_now(10), body="<p>ฉบับที่สาม</p>")
    text = read(client)
    assert "ข้อความของฉบับที่สอง" in text
    assert "ฉบับ 3.0 จะมีผลใช้บังคับในวันที่" in text
    coming = read(client, "/th/policy/versions/3-0/")
    assert "ฉบับที่สาม" in coming
    assert "ฉบับนี้ยังไม่มีผลใช้บังคับ" in coming


def test_its_day_comes_without_anybody_publishing(client, second):
    publish(second, version="3.0", effective_date=days_from_now(10), body="<p>ฉบับที่สาม</p>")
    PolicyVersion.objects.filter(version="3.0").update(effective_date=days_from_now(0))
    assert "ฉบับที่สาม" in read(client)
    assert "ข้อความของฉบับที่สอง" in read(client, "/th/policy/versions/2-0/")


def test_the_footer_keeps_a_policy_whose_next_version_is_to_come(client, second):
    publish(second, version="3.0", effective_date=days_from_now(10))
    assert 'href="/th/policy/"' in client.get("/th/").content.decode()


def test_a_policy_that_has_never_been_in_force_says_so(client, bilingual_site):
    factories.PolicyPageFactory(
        parent=bilingual_site.home, slug="policy", effective_date=days_from_now(3)
    )
    assert "ฉบับนี้ยังไม่มีผลใช้บังคับ" in read(client)


def test_what_is_replaced_before_its_day_was_never_a_version(client, second):
    third = publish(second, version="3.0", effective_date=days_from_now(10))
    publish(third, version="3.1", effective_date=days_from_now(10), body="<p>ฉบับใหม่กว่า</p>")
    assert client.get("/th/policy/versions/3-0/").status_code == 404
    assert "ฉบับใหม่กว่า" in read(client, "/th/policy/versions/3-1/")


def test_a_correction_keeps_the_version_and_tells_its_day(client, second):
    publish(second, body="<p>ข้อความของฉบับที่สอง แก้คำผิดแล้ว</p>")
    text = read(client)
    assert "แก้คำผิดแล้ว" in text
    assert "แก้ไขคำผิดเมื่อ" in text
    assert [version.version for version in PolicyVersion.objects.all()] == ["2.0", "1.0"]


def test_publishing_again_without_a_change_is_no_correction(client, second):
    publish(second)
    assert "แก้ไขคำผิดเมื่อ" not in read(client)


def test_the_archive_outlives_old_revisions(client, second):
    call_command("purge_revisions", verbosity=0)
    assert Revision.objects.filter(object_id=str(second.pk)).count() == 1
    assert "ข้อความของฉบับแรก" in read(client, "/th/policy/versions/1-0/")


def test_a_draft_is_no_version(client, second):
    second.version = "9.0"
    second.save_revision()
    assert client.get("/th/policy/versions/9-0/").status_code == 404


def test_the_preview_shows_the_draft(client, editor, second):
    third = publish(second, version="3.0", effective_date=days_from_now(10), body="<p>ร่าง</p>")
    response = third.make_preview_request(original_request=None)
    assert "ร่าง" in response.render().content.decode()


def test_an_untranslated_page_shows_the_history_of_its_original(client, second):
    factories.alias(second)
    text = read(client, "/en/policy/")
    assert "ข้อความของฉบับที่สอง" in text
    assert "Version 1.0" in text
    assert "ข้อความของฉบับแรก" in read(client, "/en/policy/versions/1-0/")


def test_the_api_tells_all_versions(client, second):
    publish(second, version="3.0", effective_date=days_from_now(10))
    for address in (f"/api/v2/pages/{second.pk}/", f"/api/v3/pages/{second.pk}/"):
        versions = client.get(address).json()["versions"]
        assert [(v["version"], v["state"]) for v in versions] == [
            ("3.0", "to come"),
            ("2.0", "in force"),
            ("1.0", "ended"),
        ]
        assert versions[2]["effective_date"] == "2024-03-01"
        assert versions[2]["ended_date"] == "2025-06-14"
        assert versions[2]["html_url"] == "http://localhost/th/policy/versions/1-0/"
        assert versions[1]["html_url"] == "http://localhost/th/policy/"


def test_the_number_of_versions_costs_no_queries(client, second, django_assert_num_queries):
    client.get("/th/policy/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/th/policy/")
        few = len(queries)
    page = second
    for year in range(10):
        page = publish(page, version=f"3.{year}", effective_date=date(2025, 7, 1 + year))
    client.get("/th/policy/")
    with django_assert_num_queries(few):
        client.get("/th/policy/")
