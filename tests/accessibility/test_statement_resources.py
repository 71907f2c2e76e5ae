"""The statement for machines: JSON, OpenACR and Wagtail's APIs say what the page says."""

from datetime import timedelta

import pytest
import yaml
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accessibility.wcag import CRITERIA
from tests import factories

from .statements import ENGINES, audit, audit_all, in_english

JSON = "/accessibility/statement.json"
OPENACR = "/accessibility/statement.openacr.yaml"

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(bilingual_site):
    return factories.AccessibilityStatementPageFactory(parent=bilingual_site.home)


@pytest.fixture
def evidence(thai):
    factories.KnownProblemFactory()
    audit_all(thai, errors=["1.4.3"])


def test_json_tells_claim_problems_evidence_and_feedback(client, statement, evidence):
    facts = client.get(JSON, {"lang": "th"}).json()
    assert facts["claim"] == "none"
    assert facts["standard"] == "WCAG 2.2 AA"
    assert facts["url"] == statement.full_url
    [problem] = facts["problems"]
    assert problem["criterion"] == {
        "number": "1.1.1",
        "name": "เนื้อหาที่ไม่ใช่ข้อความ",
        "level": "A",
        "en_301_549": "9.1.1.1",
        "twcag": "1.1.1",
    }
    assert problem["hinders"] == ["no-vision"]
    assert facts["evidence"]["pages_with_errors"] == 3
    assert facts["evidence"]["found"][0]["errors"] == 3
    assert facts["evidence"]["engines"][0] == {
        "name": "axe-core",
        "versions": ["4.14.1"],
        "pages": 3,
    }
    assert facts["feedback"]["form_url"] == "http://testserver/accessibility/feedback/?lang=th"
    assert facts["feedback"]["deadline_working_days"] == 10


def test_each_language_has_its_own(client, statement, evidence):
    english = in_english(statement)
    facts = client.get(JSON, {"lang": "en"})
    assert facts.json()["title"] == english.title
    assert facts.json()["claim"] == "not-assessed"
    assert facts["Content-Language"] == "en"
    assert facts.json()["limits"][0].startswith("3 of 3 pages have not been audited")


@pytest.mark.parametrize("address", [JSON, OPENACR])
def test_scripts_of_any_origin_may_ask_whether_it_has_changed(client, address):
    answer = client.options(address)
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [JSON, OPENACR])
def test_any_origin_may_read_it_and_keep_it(client, statement, address):
    response = client.get(address, {"lang": "th"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == "ETag"
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    again = client.get(address, {"lang": "th"}, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    factories.KnownProblemFactory()
    changed = client.get(address, {"lang": "th"}, headers={"If-None-Match": response["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("address", [JSON, OPENACR])
def test_an_unknown_language_is_refused_with_those_there_are(client, statement, address):
    response = client.get(address, {"lang": "fr"})
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "'fr' is no language of this site: th, en."


@pytest.mark.parametrize("address", [JSON, OPENACR])
def test_without_a_statement_there_is_nothing(client, bilingual_site, address):
    assert client.get(address, {"lang": "th"}).status_code == 404


@pytest.mark.parametrize("address", [JSON, OPENACR])
def test_a_draft_and_a_private_statement_are_not_given_out(client, statement, address):
    PageViewRestriction.objects.create(page=statement, restriction_type="login")
    assert client.get(address, {"lang": "th"}).status_code == 404
    PageViewRestriction.objects.all().delete()
    statement.unpublish()
    assert client.get(address, {"lang": "th"}).status_code == 404


def test_a_statement_that_is_not_in_force_yet_is_not_given_out(client, bilingual_site):
    tomorrow = timezone.localdate() + timedelta(days=1)
    statement = factories.AccessibilityStatementPageFactory(
        parent=bilingual_site.home, effective_date=tomorrow
    )
    assert client.get(JSON, {"lang": "th"}).status_code == 404
    statement.effective_date = timezone.localdate()
    statement.save_revision().publish()
    assert client.get(JSON, {"lang": "th"}).status_code == 200


def test_until_the_next_version_is_in_force_the_one_before_it_is_given_out(client, statement):
    statement.version = "2.0"
    statement.effective_date = timezone.localdate() + timedelta(days=1)
    statement.scope = "เว็บไซต์ใหม่"
    statement.save_revision().publish()
    facts = client.get(JSON, {"lang": "th"}).json()
    assert (facts["version"], facts["scope"]) == ("1.0", "เว็บไซต์ของสำนักงานทดสอบ")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nobody_changes_it(client, statement, method):
    assert getattr(client, method)(JSON).status_code == 405


# --- OpenACR ----------------------------------------------------------------------------------

# What the published schema, openacr-0.1.0, and its catalogue of WCAG 2.2 ask of a report.
TEXTS = {
    "title",
    "report_date",
    "last_modified_date",
    "notes",
    "evaluation_methods_used",
    "repository",
    "feedback",
    "catalog",
}
OBJECTS = {"product", "author", "vendor", "chapters"}
CONTACT = {"name", "company_name", "address", "email", "phone", "website"}
TERMS = {"supports", "partially-supports", "does-not-support", "not-applicable", "not-evaluated"}
LEVELS = {
    "success_criteria_level_a": "A",
    "success_criteria_level_aa": "AA",
    "success_criteria_level_aaa": "AAA",
}


def report(client, language="th"):
    response = client.get(OPENACR, {"lang": language})
    assert response["Content-Type"] == "application/yaml"
    return yaml.safe_load(response.content)


def adherence(found, number):
    """The level of a criterion in a report, or None where there is none."""
    for chapter in found["chapters"].values():
        for criterion in chapter["criteria"]:
            if criterion["num"] == number:
                return criterion["components"][0].get("adherence", {}).get("level")
    raise AssertionError(number)


def test_the_report_has_the_fields_of_the_schema_and_no_other(client, statement, evidence):
    found = report(client)
    assert set(found) <= TEXTS | OBJECTS
    assert {"title", "product", "author"} <= set(found)
    # Dates are strings, which YAML would take for dates without quotation marks.
    assert all(isinstance(found[name], str) for name in TEXTS)
    assert found["product"]["name"]
    for contact in (found["author"], found["vendor"]):
        assert set(contact) <= CONTACT
        assert contact["email"] == "access@example.org"
    assert found["catalog"] == "2.5-edition-wcag-2.2-en"
    assert set(found["chapters"]) == set(LEVELS)


def test_every_criterion_of_a_and_aa_stands_in_its_chapter(client, statement, evidence):
    found = report(client)
    for chapter, level in LEVELS.items():
        numbers = [criterion["num"] for criterion in found["chapters"][chapter]["criteria"]]
        expected = [n for n, criterion in CRITERIA.items() if criterion.level == level != "AAA"]
        assert numbers == expected
        for criterion in found["chapters"][chapter]["criteria"]:
            for component in criterion["components"]:
                assert component["name"] == "web"
                assert component.get("adherence", {}).get("level", "supports") in TERMS
    assert found["chapters"]["success_criteria_level_aaa"]["disabled"] is True


def test_problems_and_findings_are_told_and_silence_of_machines_is_no_support(
    client, statement, evidence
):
    found = report(client)
    assert adherence(found, "1.1.1") == "partially-supports"
    assert adherence(found, "1.4.3") == "partially-supports"
    assert adherence(found, "2.1.1") is None


@pytest.fixture
def reviewed(statement):
    statement.review_by_people_date = timezone.localdate()
    statement.review_by_people = "ผู้ตรวจห้าคน"
    statement.save()
    return statement


def test_a_review_by_people_makes_silence_support(client, reviewed, thai):
    factories.KnownProblemFactory()
    audit_all(thai)
    found = report(client)
    assert adherence(found, "1.1.1") == "partially-supports"
    assert adherence(found, "2.1.1") == "supports"
    assert "ผู้ตรวจห้าคน" in found["evaluation_methods_used"]


def notes_on(found, number) -> str:
    """The notes on a criterion in a report."""
    for chapter in found["chapters"].values():
        for criterion in chapter["criteria"]:
            if criterion["num"] == number:
                return criterion["components"][0]["adherence"]["notes"]
    raise AssertionError(number)


@pytest.mark.parametrize("number", ["3.1.2", "2.4.3"])
def test_a_warning_is_no_support_whoever_has_looked(client, reviewed, thai, number):
    audit_all(thai)
    audit(reviewed, warnings=[number])
    found = report(client)
    assert adherence(found, number) == "partially-supports"
    assert notes_on(found, number) == "The newest audits found 1 warning."
    assert f"1 warning against criteria of level A or AA: {number}." in found["notes"]


def test_people_make_up_for_no_check_that_a_machine_has_left_out(client, reviewed, thai):
    audit_all(thai)
    left_out = {"reflow": "no-browser", "axe": "no-browser", "text-resize": "needs-person"}
    audit(reviewed, not_checked=left_out, warnings=["1.4.12"])
    found = report(client)
    assert adherence(found, "1.4.10") is None
    assert adherence(found, "1.1.1") is None
    notes = found["chapters"]["success_criteria_level_aa"]["notes"]
    assert "On 1 of 3 pages not every machine check was made for" in notes
    assert "1.4.10" in notes
    assert notes_on(found, "1.4.12") == (
        "The newest audits found 1 warning. On 1 of 3 pages not every machine check was made."
    )
    # What only people can judge, they have judged.
    assert adherence(found, "2.4.5") == "supports"


def test_where_machines_leave_a_rule_to_people_their_review_counts(client, reviewed, thai):
    audit_all(thai, not_checked={"color-contrast": "needs-person"})
    assert adherence(report(client), "1.4.3") == "supports"


def test_a_page_that_no_machine_has_seen_takes_the_support_from_what_machines_see(
    client, reviewed, bilingual_site
):
    audit(reviewed)
    audit(bilingual_site.home)
    found = report(client)
    assert adherence(found, "1.1.1") is None
    notes = found["chapters"]["success_criteria_level_a"]["notes"]
    assert "On 1 of 3 pages" in notes
    assert "1.1.1" in notes


def test_problems_beyond_levels_a_and_aa_are_told_in_notes(client, statement):
    factories.KnownProblemFactory(title="ไม่มีภาษามือ", criterion="1.2.6")
    factories.KnownProblemFactory(title="ภาษาราชการอ่านยาก", criterion="")
    found = report(client)
    assert "1.2.6: ไม่มีภาษามือ." in found["chapters"]["success_criteria_level_aaa"]["notes"]
    assert "Beyond WCAG: ภาษาราชการอ่านยาก." in found["notes"]


def test_each_engine_is_named_with_the_pages_that_it_has_seen(client, statement, thai):
    audit_all(thai, engines=ENGINES[1:])
    audit(statement)
    methods = report(client)["evaluation_methods_used"]
    assert "Engines: axe-core 4.14.1 on 1 of 3 pages; rules 0.1.0 on 3 of 3 pages." in methods
    [axe, rules] = client.get(JSON, {"lang": "th"}).json()["evidence"]["engines"]
    assert (axe["pages"], rules["pages"]) == (1, 3)


def test_the_report_is_dated_by_the_day_on_which_its_words_were_published(client, statement):
    assert report(client)["report_date"] == timezone.localdate().isoformat()
    assert statement.effective_date < timezone.localdate()


# --- Wagtail's APIs ---------------------------------------------------------------------------


def test_version_2_tells_the_claim_of_today(client, statement, thai):
    audit_all(thai)
    response = client.get(f"/api/v2/pages/{statement.pk}/")
    assert response.json()["effective_claim"] == "partial"
    assert response.json()["feedback_email"] == "access@example.org"


def test_version_3_gives_the_same_as_json(client, statement, evidence):
    given = client.get("/api/v3/accessibility/statement/", {"language": "th"})
    assert given.status_code == 200
    assert given.json() == client.get(JSON, {"lang": "th"}).json()
    assert given["Content-Language"] == "th"


def test_version_3_knows_no_statement_in_a_language_without_one(client, statement):
    assert client.get("/api/v3/accessibility/statement/", {"language": "en"}).status_code == 404


def test_the_data_takes_few_queries(client, statement, evidence, django_assert_max_num_queries):
    client.get(JSON, {"lang": "th"})
    with django_assert_max_num_queries(16):
        client.get(JSON, {"lang": "th"})
