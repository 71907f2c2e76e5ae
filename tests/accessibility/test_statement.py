"""The statement claims what is proven, says where it comes from, and never more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import Site
from wagtail_localize.operations import translate_object

from accessibility.checks import check_statement
from accessibility.models import AccessibilityStatementPage, AffectedPage, KnownProblem
from accessibility.statement.claim import Claim
from accessibility.statement.translations import own_fields
from accessibility.statement.wording import in_sentence, listed
from tests import factories

from .statements import ENGINES, audit, audit_all, in_english, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(bilingual_site):
    return factories.AccessibilityStatementPageFactory(parent=bilingual_site.home)


@pytest.fixture
def reviewed(bilingual_site):
    """A statement with a review by people of last week."""
    return factories.AccessibilityStatementPageFactory(
        parent=bilingual_site.home,
        review_by_people_date=timezone.localdate() - timedelta(days=7),
        review_by_people="ผู้ตรวจห้าคน ใช้โปรแกรมอ่านหน้าจอ",
    )


def again(page) -> AccessibilityStatementPage:
    """The page as the next reader gets it."""
    return AccessibilityStatementPage.objects.get(pk=page.pk)


def claim(page) -> Claim:
    return again(page).effective_claim


# --- The claim --------------------------------------------------------------------------------


def test_without_audits_nothing_is_claimed(statement):
    assert claim(statement) == Claim.NOT_ASSESSED


def test_full_conformance_needs_audits_of_all_pages_and_a_review_by_people(reviewed, thai):
    audit_all(thai)
    assert claim(reviewed) == Claim.FULL
    assert again(reviewed).assessment.limits() == []


def test_machines_alone_never_prove_full_conformance(statement, thai):
    audit_all(thai)
    assert claim(statement) == Claim.PARTIAL


@pytest.mark.parametrize("age", [366, 1000, -1])
def test_a_review_older_than_a_year_or_yet_to_come_counts_for_nothing(reviewed, thai, age):
    audit_all(thai)
    reviewed.review_by_people_date = timezone.localdate() - timedelta(days=age)
    reviewed.save()
    assert claim(reviewed) == Claim.PARTIAL


@pytest.mark.parametrize(
    "look",
    [
        {"errors": ["1.1.1"]},
        {"not_checked": {"reflow": "no-browser"}},
        {"failure": "the browser died"},
        {"days_ago": 91},
    ],
)
def test_one_page_is_enough_to_lose_full_conformance(reviewed, thai, look):
    audit_all(thai)
    audit(reviewed, **look)
    assert claim(reviewed) == Claim.PARTIAL


def test_a_page_that_was_published_after_its_audit_is_not_audited(reviewed, thai):
    audit_all(thai)
    reviewed.save_revision().publish()
    assert claim(reviewed) == Claim.PARTIAL
    assert "1 of 3 pages has not been audited" in " ".join(limits_in_english(reviewed))


def limits_in_english(page):
    with override("en"):
        return again(page).assessment.limits()


def test_what_machines_leave_to_people_is_settled_by_their_review(reviewed, thai):
    audit_all(thai, not_checked={"axe": "needs-person"})
    assert claim(reviewed) == Claim.FULL


def test_an_open_warning_at_level_a_or_aa_ends_full_conformance(reviewed, thai):
    audit_all(thai, warnings=["2.4.3", "3.1.2"])
    assert claim(reviewed) == Claim.PARTIAL
    assert limits_in_english(reviewed) == [
        "The newest audits found 6 warnings against criteria of level A or AA: 2.4.3 and 3.1.2."
    ]


def test_warnings_against_level_aaa_and_good_practice_do_not(reviewed, thai):
    audit_all(thai, warnings=["2.4.9", ""])
    assert claim(reviewed) == Claim.FULL


def test_readers_are_told_of_warnings_beside_the_errors(client, reviewed, thai):
    audit_all(thai, warnings=["2.4.3"])
    text = text_of(client.get(reviewed.url).text)
    assert "2.4.3 ลำดับของโฟกัส (ระดับ A EN 301 549: 9.2.4.3 และ TWCAG: 2.4.3)" in text
    assert "<td>0</td><td>3</td>" in text
    assert "จำนวน 3 รายการ ได้แก่เกณฑ์ข้อ 2.4.3" in text


def test_an_open_problem_of_the_register_ends_full_conformance_and_a_solved_one_does_not(
    reviewed, thai
):
    audit_all(thai)
    problem = factories.KnownProblemFactory()
    assert claim(reviewed) == Claim.PARTIAL
    problem.state = KnownProblem.State.SOLVED
    problem.save()
    assert claim(reviewed) == Claim.FULL


def test_errors_on_most_pages_mean_not_conformant(reviewed, thai):
    audit_all(thai, errors=["1.1.1"])
    assert claim(reviewed) == Claim.NONE


def test_audits_of_less_than_half_of_the_pages_prove_nothing(reviewed, bilingual_site):
    audit(bilingual_site.home)
    assert claim(reviewed) == Claim.NOT_ASSESSED


def test_each_language_is_judged_by_its_own_pages(reviewed, bilingual_site, thai, english):
    audit_all(thai)
    audit_all(english, errors=["1.1.1"])
    translated = in_english(reviewed)
    audit(translated, errors=["1.1.1"])
    assert claim(reviewed) == Claim.FULL
    assert claim(translated) == Claim.NONE


def test_each_site_is_judged_by_its_own_pages(reviewed, thai):
    audit_all(thai)
    other = factories.HomePageFactory(slug="other")
    Site.objects.create(hostname="other.example.org", root_page=other)
    there = factories.AccessibilityStatementPageFactory(parent=other)
    assert claim(reviewed) == Claim.FULL
    assert claim(there) == Claim.NOT_ASSESSED
    assert again(there).assessment.looks.public == 2


@pytest.mark.parametrize("with_localize", [True, False])
def test_a_translation_does_not_take_over_that_people_have_looked(
    reviewed, english, with_localize, django_capture_on_commit_callbacks
):
    if with_localize:
        with django_capture_on_commit_callbacks(execute=True):
            translate_object(reviewed, [english])
    else:
        in_english(reviewed)
    translated = reviewed.get_translation(english).specific
    assert (translated.review_by_people_date, translated.review_by_people) == (None, "")


def test_a_translation_keeps_the_review_of_its_own_pages_when_it_is_synchronised(
    reviewed, english, django_capture_on_commit_callbacks
):
    own = date(2026, 2, 2)
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(reviewed, [english])
    translated = reviewed.get_translation(english).specific
    translated.review_by_people_date, translated.review_by_people = own, "Two people"
    translated.save()
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(reviewed, [english])
    newest = reviewed.get_translation(english).get_latest_revision_as_object()
    assert (newest.review_by_people_date, newest.review_by_people) == (own, "Two people")


def test_the_plugin_needs_no_wagtail_localize():
    apps.set_available_apps(["accessibility"])
    try:
        assert own_fields("review_by_people") == []
    finally:
        apps.unset_available_apps()


def test_an_editor_may_claim_less_and_the_evidence_may_fall_below_the_claim(reviewed, thai):
    audit_all(thai)
    reviewed.claim = Claim.PARTIAL
    reviewed.save()
    assert claim(reviewed) == Claim.PARTIAL
    audit_all(thai, errors=["1.1.1"])
    assert claim(reviewed) == Claim.NONE


def test_a_claim_that_was_once_published_sinks_with_the_evidence(reviewed, thai, client):
    audit_all(thai)
    reviewed.claim = Claim.FULL
    reviewed.save()
    audit(reviewed, errors=["1.1.1"])
    with override("th"):
        text = text_of(client.get(reviewed.url).text)
    assert "เป็นไปตามมาตรฐานบางส่วน" in text


# --- The page ---------------------------------------------------------------------------------


def test_the_page_tells_claim_reasons_problems_audit_feedback_and_enforcement(
    client, statement, thai
):
    factories.KnownProblemFactory(planned_date=date(2027, 6, 30), description="ก่อนปี 2564")
    audit_all(thai)
    audit(statement, errors=["1.4.3"])
    text = text_of(client.get(statement.url).text)
    for expected in (
        "เป็นไปตามมาตรฐานบางส่วน",
        "เอกสาร PDF ที่สแกนไม่มีข้อความ",
        "ขอฉบับที่อ่านได้ที่ศูนย์รับเรื่อง",
        "1.1.1 เนื้อหาที่ไม่ใช่ข้อความ (ระดับ A EN 301 549: 9.1.1.1 และ TWCAG: 1.1.1)",
        "1.4.3 ความเปรียบต่างขั้นต่ำ",
        '<time datetime="2027-06-30">30 มิถุนายน 2570</time>',
        "axe-core 4.14.1",
        "access@example.org",
        "/accessibility/feedback/?lang=th",
        "/accessibility/statement.json?lang=th",
        "ขอให้คณะกรรมการทบทวนได้ภายใน 30 วัน",
    ):
        assert expected in text, expected


@pytest.mark.parametrize("wording", AccessibilityStatementPage.Wording.values)
@pytest.mark.parametrize("language", ["th", "en"])
def test_each_model_is_whole_in_each_language(
    client, statement, bilingual_site, thai, english, wording, language
):
    page = in_english(statement) if language == "en" else statement
    page.wording = wording
    page.law = "พระราชบัญญัติตัวอย่าง" if language == "th" else "the Example Act"
    page.save()
    audit_all({"th": thai, "en": english}[language])
    text = text_of(client.get(page.url).text)
    assert page.law in text
    assert page.enforcement in text
    headings = {"eu": ("Compliance status", "สถานะ"), "uk": ("How accessible it is", "ได้เพียงใด")}
    expected = headings.get(wording, ("Conformance with the standard", "การปฏิบัติตามมาตรฐาน"))
    assert expected[language == "th"] in text
    if language == "th":
        assert "This statement" not in text
        assert "audit" not in text


@pytest.mark.parametrize("wording", AccessibilityStatementPage.Wording.values)
def test_each_model_says_when_the_statement_was_prepared_and_last_reviewed(
    client, statement, bilingual_site, wording
):
    page = in_english(statement)
    page.wording = wording
    page.effective_date = date(2026, 3, 2)
    page.first_published_at = datetime(2024, 5, 6, 12, tzinfo=UTC)
    page.last_published_at = datetime(2026, 2, 20, 12, tzinfo=UTC)
    page.save()
    text = strip_tags(text_of(client.get(page.url).text))
    assert "This statement was prepared on 6 May 2024." in text
    assert "The statement was last reviewed on 20 February 2026." in text
    assert "It will be reviewed again by 1 January 2030 at the latest." in text


def test_a_clause_that_en_301_549_does_not_have_is_not_named(client, statement):
    factories.KnownProblemFactory(criterion="1.2.6")
    text = text_of(client.get(in_english(statement).url).text)
    assert "1.2.6 Sign Language (Prerecorded) (level AAA and TWCAG: 1.2.6)" in text


@pytest.mark.parametrize(
    ("language", "seen"),
    [("en", "</span> on 1 of 3 pages"), ("th", "</span> ตรวจแล้ว 1 หน้าจาก 3 หน้า")],
)
def test_each_engine_is_named_with_the_pages_that_it_has_seen(
    client, statement, thai, english, language, seen
):
    page = in_english(statement) if language == "en" else statement
    audit_all({"th": thai, "en": english}[language], engines=ENGINES[1:])
    audit(page)
    text = text_of(client.get(page.url).text)
    assert f'<span lang="en">axe-core 4.14.1{seen}' in text


def test_thai_sentences_have_no_full_stop_and_no_stray_spaces(client, statement, thai):
    statement.wording = "th"
    statement.office = "สำนักส่งเสริมการเข้าถึง"
    statement.save()
    audit_all(thai)
    text = text_of(client.get(statement.url).text)
    assert "เป็นไปตามมาตรฐานบางส่วน</strong>" in text
    assert "สำนักส่งเสริมการเข้าถึงต้องการให้ทุกคน" in text
    assert f"ใช้{statement.scope}ได้" in text


def test_in_thai_words_of_other_scripts_are_set_apart_by_spaces():
    with override("th"):
        assert in_sentence("เว็บไซต์นี้") == "เว็บไซต์นี้"
        assert in_sentence("เว็บไซต์ www.example.org") == "เว็บไซต์ www.example.org "
    with override("en"):
        assert in_sentence("this site") == "this site"


def test_a_list_is_written_as_its_language_writes_it():
    with override("en"):
        assert listed(["1.1.1", "2.4.3", "3.1.2"]) == "1.1.1, 2.4.3 and 3.1.2"
    with override("th"):
        assert listed(["1.1.1", "2.4.3", "3.1.2"]) == "1.1.1 2.4.3 และ 3.1.2"
        assert listed(["1.1.1"]) == "1.1.1"


def test_the_british_model_does_not_call_the_site_faultless_that_audits_found_errors_on(
    client, statement, thai
):
    statement.wording = "uk"
    statement.save()
    audit_all(thai, errors=["1.1.1"])
    text = text_of(client.get(statement.url).text)
    assert "เราไม่ทราบว่ามีปัญหา" not in text
    assert "ดังที่ระบุไว้ด้านล่าง" in text


def test_a_problem_that_is_not_translated_is_told_all_the_same_in_its_language(
    client, statement, bilingual_site
):
    translated = in_english(statement)
    problem = factories.KnownProblemFactory()
    text = text_of(client.get(translated.url).text)
    assert f'<h4 id="problem-{problem.pk}">{problem.title}</h4>' in text
    assert '<div lang="th">' in text
    english = factories.translate(problem, title="Scanned PDF files hold no text")
    text = text_of(client.get(translated.url).text)
    assert english.title in text
    assert problem.title not in text


def test_a_solved_problem_is_told_no_more(client, statement):
    problem = factories.KnownProblemFactory(state=KnownProblem.State.SOLVED)
    assert problem.title not in client.get(statement.url).text


def test_the_page_names_the_pages_that_a_problem_is_met_on(client, statement, bilingual_site):
    problem = factories.KnownProblemFactory()
    AffectedPage.objects.create(problem=problem, page=bilingual_site.news)
    text = text_of(client.get(statement.url).text)
    assert f'<a href="{bilingual_site.news.url}">{bilingual_site.news.title}</a>' in text


def test_the_statement_takes_at_most_twenty_queries(
    client, statement, thai, django_assert_max_num_queries
):
    for _ in range(3):
        AffectedPage.objects.create(problem=factories.KnownProblemFactory(), page=statement)
    audit_all(thai, errors=["1.1.1", "1.4.3"])
    client.get(statement.url)
    with django_assert_max_num_queries(20):
        client.get(statement.url)


def test_the_gate_lets_the_statement_out(gate, statement, thai):
    factories.KnownProblemFactory(description="พบในเอกสารก่อนปี 2564")
    audit_all(thai, errors=["1.1.1"])
    statement.save_revision().publish()


def test_the_footer_links_the_statement(client, statement, bilingual_site):
    footer = client.get(bilingual_site.home.url).text.split("<footer")[1]
    assert f'href="{statement.url}"' in footer


# --- In the editor ----------------------------------------------------------------------------


def form(page, **values):
    return {
        "title": page.title,
        "slug": page.slug,
        "claim": "",
        "review_by_people_date": "",
        "review_by_people": "",
        "wording": page.wording,
        "body": '{"blocks": [], "entityMap": {}}',
        "scope": page.scope,
        "law": "",
        "office": page.office,
        "feedback_email": page.feedback_email,
        "feedback_telephone": "",
        "feedback_address": "",
        "enforcement": (
            '{"blocks": [{"key": "a", "text": "ขอให้ทบทวน", "type": "unstyled", "depth": 0, '
            '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
        ),
        "version": "1.1",
        "effective_date": "2026-02-01",
        "review_date": "2030-01-01",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **values,
    }


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_editor_sees_what_may_be_claimed_and_why_no_more(
    client, administrator, statement, thai
):
    audit_all(thai)
    factories.KnownProblemFactory()
    client.force_login(administrator)
    with override("en"):
        html = client.get(edit_url(statement), headers={"Accept-Language": "en"}).text
    assert "Partially conformant" in html
    assert "The register holds 1 open problem." in html
    assert "No review by people within the last year is recorded." in html


def test_who_begins_a_statement_sees_it_too(client, administrator, bilingual_site, thai):
    audit_all(thai)
    client.force_login(administrator)
    at = ("accessibility", "accessibilitystatementpage", bilingual_site.home.pk)
    html = client.get(
        reverse("wagtailadmin_pages:add", args=at), headers={"Accept-Language": "en"}
    ).text
    assert "2 of 2 public pages were looked at" in html


def test_an_editor_cannot_publish_more_than_is_proven(client, administrator, statement, thai):
    audit_all(thai)
    client.force_login(administrator)
    response = client.post(
        edit_url(statement),
        form(statement, claim="full", **{"action-publish": "1"}),
        headers={"Accept-Language": "en"},
    )
    assert response.status_code == 200
    [error] = response.context["form"].errors["claim"]
    assert "“Fully conformant” is more than the evidence allows" in error
    assert "“Partially conformant”" in error
    assert "No review by people" in error


def test_an_editor_hears_of_the_version_and_of_the_claim_in_one_round(
    client, administrator, statement
):
    client.force_login(administrator)
    values = form(statement, claim="full", version=statement.version, office="")
    response = client.post(edit_url(statement), values | {"action-publish": "1"})
    assert {"claim", "office"} <= response.context["form"].errors.keys()
    values["office"] = statement.office
    response = client.post(edit_url(statement), values | {"action-publish": "1"})
    assert {"claim", "version"} <= response.context["form"].errors.keys()


@pytest.mark.parametrize("value", ["", "partial", "none"])
def test_an_editor_publishes_as_much_or_less(client, administrator, statement, thai, value):
    audit_all(thai)
    client.force_login(administrator)
    response = client.post(
        edit_url(statement), form(statement, claim=value, **{"action-publish": "1"})
    )
    assert response.status_code == 302, response.context["form"].errors
    assert again(statement).claim == value


def test_a_draft_may_claim_anything(client, administrator, statement):
    client.force_login(administrator)
    response = client.post(edit_url(statement), form(statement, claim="full"))
    assert response.status_code == 302, response.context["form"].errors


def test_a_review_says_how_it_was_made(client, administrator, statement):
    client.force_login(administrator)
    response = client.post(
        edit_url(statement),
        form(statement, review_by_people_date="2026-03-01", **{"action-publish": "1"}),
    )
    assert "review_by_people" in response.context["form"].errors


# --- Settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["10", 0, -1, 2.5, None, True])
@pytest.mark.parametrize("name", ["ACCESSIBILITY_AUDIT_MAX_AGE", "ACCESSIBILITY_FEEDBACK_DEADLINE"])
def test_a_wrong_number_is_named_by_the_system_check(settings, name, value):
    setattr(settings, name, value)
    [error] = check_statement(None)
    assert error.id == "accessibility.E020"
    assert f"{name} is {value!r}" in error.msg


def test_the_defaults_pass_the_system_check():
    assert check_statement(None) == []
