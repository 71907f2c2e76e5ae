"""A rule that raises, this site's own or ours, counts as not checked and breaks nothing else."""

import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail import hooks

from accessibility.models import PageAudit
from accessibility.rules import Problem, Text, rule
from accessibility.ruleset import HOOK, site_rules
from tests import factories

from .gate import INTRODUCTION, save_draft, stored

NO_ALT = '<img src="a.jpg">'


@rule(
    "our-own",
    criterion="3.1.5",
    severity="error",
    name=Text(en="Ours", th="ของเรา"),
    message=Text(en="Ours.", th="ของเรา"),
    remedy=Text(en="Ours.", th="ของเรา"),
    passes=("<p>ข่าว</p>",),
    fails=("<hr>",),
)
def our_own(document):
    yield Problem(document.by_tag["hr"][0])


@pytest.fixture(autouse=True)
def _failing_rule():
    site_rules.cache_clear()
    with hooks.register_temporarily(HOOK, lambda rules: rules.with_rule(our_own)):
        yield
    site_rules.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("gate")
def test_a_page_is_published_all_the_same(bilingual_site):
    page = factories.NewsArticlePageFactory(parent=bilingual_site.news)
    draft = save_draft(page, introduction=INTRODUCTION)
    draft.get_latest_revision().publish()
    assert stored(page).introduction == INTRODUCTION


def test_check_html_tells_what_the_others_find_and_which_was_not_checked(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(NO_ALT)
    for format in ("text", "json", "sarif"):
        out = io.StringIO()
        with pytest.raises(SystemExit, match="1"):
            call_command("check_html", path, "--message-lang=en", "--format", format, stdout=out)
        assert "image-alt-missing" in out.getvalue()
        assert "This rule could not be checked" in out.getvalue()


@pytest.mark.django_db
def test_the_editor_s_checker_is_answered(client, editor):
    client.force_login(editor)
    answer = client.post(
        reverse("accessibility_admin:check"),
        json.dumps({"html": NO_ALT, "lang": "th"}),
        content_type="application/json",
    )
    found = {item["rule"]: item["severity"] for item in answer.json()["findings"]}
    assert found == {"image-alt-missing": "error", "our-own": "advice"}


@pytest.mark.django_db
def test_an_audit_counts_it_as_a_check_that_was_not_made(bilingual_site):
    call_command("audit_accessibility", "--no-browser", stdout=io.StringIO())
    newest = PageAudit.objects.newest().get(page=bilingual_site.home.pk)
    assert newest.not_checked["our-own"] == "error"
    assert not newest.findings.filter(rule="our-own").exists()
