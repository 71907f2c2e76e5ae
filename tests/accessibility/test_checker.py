"""Wagtail's checker carries the content rules; what its script asks for is guarded and bounded."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.admin.userbar import AccessibilityItem, AdminItem, ContentCheckerItem
from wagtail.users.models import UserProfile

from accessibility.axe_rules import COVERED, COVERED_WHOLLY
from accessibility.editor import views
from accessibility.editor.checker import ContentRulesItem, axe_locale, use_content_rules
from accessibility.ruleset import site_rules
from tests import factories

CHECK = "/admin/accessibility/check/"


def check(client, html, lang="", **headers):
    return client.post(
        CHECK, json.dumps({"html": html, "lang": lang}), content_type="application/json", **headers
    )


@pytest.fixture
def configuration(administrator):
    request = RequestFactory().get("/")
    request.user = administrator
    with translation.override("en"):
        return ContentRulesItem(in_editor=True).get_axe_configuration(request)


def test_wagtail_s_checker_is_ours_in_the_page_editor(client, administrator, bilingual_site):
    client.force_login(administrator)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[bilingual_site.news.pk]))
    assert '"image-alt-missing"' in response.content.decode()


def test_the_user_bar_of_a_page_brings_the_content_rules(client, administrator, bilingual_site):
    client.force_login(administrator)
    page = client.get(bilingual_site.home.url).content.decode()
    assert "accessibility/checker/content-rules.js" in page
    assert 'id="accessibility-content-rules"' in page


def test_a_reader_s_page_has_nothing_of_the_checker(client, bilingual_site):
    page = client.get(bilingual_site.home.url).content.decode()
    assert "content-rules" not in page


def test_every_rule_of_the_site_is_an_axe_rule_with_the_same_id_and_wording(configuration):
    rules = {rule["id"] for rule in configuration["spec"]["rules"]}
    for rule in site_rules():
        assert rule.id in rules
        assert rule.id in configuration["options"]["runOnly"]
        assert configuration["messages"][rule.id]["error_name"] == rule.name.en


def test_the_wording_follows_the_language_of_the_admin(administrator):
    with translation.override("th"):
        messages = ContentRulesItem().get_axe_messages(None)
    assert messages["image-alt-missing"]["error_name"] == "รูปภาพไม่มีข้อความทดแทน"
    # A rule of axe itself, from the Thai locale that we bring.
    assert (
        messages["color-contrast"]["error_name"]
        == axe_locale("th")["rules"]["color-contrast"]["help"]
    )


def test_no_message_shows_the_place_of_a_value(configuration):
    for message in configuration["messages"].values():
        if isinstance(message, dict):
            assert "{" not in str(message["help_text"])


def test_one_fault_is_one_complaint(configuration):
    assert not COVERED_WHOLLY.keys() & set(configuration["options"]["runOnly"])
    assert "empty-meta-description" in configuration["options"]["runOnly"]


def test_what_axe_finds_as_well_is_told_by_rules_that_there_are():
    rules = set(site_rules().rules)
    assert all(ours and ours <= rules for ours in COVERED.values())
    assert COVERED.keys() - axe_locale("th")["rules"].keys() == {"alt-text-quality"}


def test_a_checker_that_a_site_has_made_stays():
    class Own(ContentCheckerItem):
        pass

    items = [AdminItem(), Own()]
    use_content_rules(items)
    assert type(items[1]) is Own


def test_only_the_checker_is_replaced():
    items = [AdminItem(), AccessibilityItem(in_editor=True)]
    use_content_rules(items)
    assert type(items[0]) is AdminItem
    assert type(items[1]) is ContentRulesItem
    assert items[1].in_editor


def test_findings_are_those_of_the_rules(client, editor):
    client.force_login(editor)
    response = check(client, '<p><img src="a.jpg"></p>', "th")
    [finding] = response.json()["findings"]
    assert finding["rule"] == "image-alt-missing"
    assert finding["lang"] == "th"
    assert finding["selector"]


@pytest.mark.parametrize(("language", "words"), [("th", "รูปภาพ"), ("en", "image")])
def test_messages_come_in_the_language_of_the_editor_s_admin(client, editor, language, words):
    UserProfile.objects.create(user=editor, preferred_language=language)
    client.force_login(editor)
    [finding] = check(client, '<img src="a.jpg">').json()["findings"]
    assert words in finding["message"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"html": 1}', '{"lang": "th"}', '{"html": "", "lang": 1}']
)
def test_what_is_no_question_is_answered_with_400_and_an_example(client, editor, body):
    client.force_login(editor)
    response = client.post(CHECK, body, content_type="application/json")
    assert response.status_code == 400
    assert "th" in response.json()["error"]


def test_a_page_that_is_too_long_is_refused_with_the_limit(client, editor, settings):
    client.force_login(editor)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    response = check(client, "x" * (views.LONGEST_HTML + 1))
    assert response.status_code == 413
    assert "2,000,000" in response.json()["error"]


def test_a_request_over_django_s_limit_is_refused_in_the_same_way(client, editor, settings):
    client.force_login(editor)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert check(client, "x" * 2000).status_code == 413


def test_checking_is_for_those_who_may_use_the_admin(client, db):
    assert check(client, "<p>").status_code == 302
    assert check(client, "<p>", HTTP_X_REQUESTED_WITH="XMLHttpRequest").status_code == 403
    client.force_login(factories.UserFactory())
    assert check(client, "<p>", HTTP_X_REQUESTED_WITH="XMLHttpRequest").status_code == 403


def test_checking_needs_the_token_against_forged_requests(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert check(client, "<p>").status_code == 403


def test_nothing_is_checked_by_get(client, editor):
    client.force_login(editor)
    assert client.get(CHECK).status_code == 405


def published(client, page):
    return client.get(reverse("accessibility_admin:published", args=[page.pk]))


def test_the_published_version_is_shown_even_when_there_is_a_draft(
    client, administrator, bilingual_site
):
    client.force_login(administrator)
    page = factories.NewsArticlePageFactory(parent=bilingual_site.news, title="ฉบับเผยแพร่")
    page.title = "ฉบับร่าง"
    page.save_revision()
    response = published(client, page)
    assert "ฉบับเผยแพร่" in response.content.decode()
    assert "ฉบับร่าง" not in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_page_that_is_not_published_has_no_published_version(
    client, administrator, bilingual_site
):
    client.force_login(administrator)
    page = factories.NewsArticlePageFactory(parent=bilingual_site.news, live=False)
    assert published(client, page).status_code == 404


def test_the_published_version_is_for_those_who_may_edit_the_page(client, bilingual_site):
    page = factories.NewsArticlePageFactory(parent=bilingual_site.news)
    sign_in = published(client, page)
    assert sign_in.status_code == 302
    assert "/login/" in sign_in["Location"]
    person = factories.UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    refused = published(client, page)
    assert refused.status_code == 302
    assert refused["Location"] == reverse("wagtailadmin_home")
