"""The dashboard tells people which of their pages need them."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests import factories

from .gate import say_in_english

pytestmark = pytest.mark.django_db

HEADING = "Pages that need you"


@pytest.fixture
def person(client, editor):
    """An editor with an English admin, signed in."""
    say_in_english(editor)
    client.force_login(editor)
    return editor


@pytest.fixture
def new_article(bilingual_site):
    """Make an article with so many errors: `new_article("Title", errors=2, owner=person)`."""

    def make(title, errors=0, **values):
        page = factories.NewsArticlePageFactory(
            parent=bilingual_site.news, category=bilingual_site.category, title=title, **values
        )
        factories.PageAuditFactory(page=page, findings=["image-alt-missing"] * errors)
        return page

    return make


def dashboard(client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_one_s_own_pages_come_first_and_then_the_worst(client, person, new_article):
    new_article("ของคนอื่น มาก", errors=5)
    new_article("ของตนเอง น้อย", errors=1, owner=person)
    new_article("ของตนเอง มาก", errors=2, owner=person)
    new_article("ของคนอื่น น้อย", errors=3)
    html = dashboard(client)
    assert HEADING in html
    places = [
        html.index(title)
        for title in ("ของตนเอง มาก", "ของตนเอง น้อย", "ของคนอื่น มาก", "ของคนอื่น น้อย")
    ]
    assert places == sorted(places)


def test_a_page_leads_to_its_editor_and_to_its_findings(client, person, new_article):
    page = new_article("น้ำท่วม", errors=2, owner=person)
    html = dashboard(client)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    findings = reverse("accessibility_reports:findings")
    assert f"{findings}?page_audit__page={page.pk}" in html
    assert "2 errors, 0 warnings" in html


def test_pages_with_warnings_alone_do_not_need_anybody(client, person, new_article):
    page = new_article("มีแต่คำเตือน", owner=person)
    look = page.accessibility_audits.get()
    factories.AuditFindingFactory(page_audit=look, severity="warning")
    html = dashboard(client)
    assert "No page needs you" in html
    assert "มีแต่คำเตือน" not in html


def test_what_a_newer_look_did_not_find_is_done(client, person, new_article):
    page = new_article("แก้แล้ว", errors=2, owner=person)
    factories.PageAuditFactory(page=page)
    assert "No page needs you" in dashboard(client)


def test_the_list_is_short_and_says_that_there_are_more(client, person, new_article):
    for number in range(6):
        new_article(f"หน้า {number}", errors=1, owner=person)
    html = dashboard(client)
    assert html.count("1 error, 0 warnings") == 5
    assert "More pages need you" in html


def test_where_nothing_was_looked_at_nothing_is_said(client, person, bilingual_site):
    assert HEADING not in dashboard(client)


def test_pages_that_one_may_not_edit_are_not_shown(client, translator, new_article):
    new_article("น้ำท่วม", errors=2)
    say_in_english(translator)
    client.force_login(translator)
    assert HEADING not in dashboard(client)


def test_who_works_with_no_pages_has_no_panel(client, new_article):
    new_article("น้ำท่วม", errors=2)
    person = factories.UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    say_in_english(person)
    client.force_login(person)
    assert HEADING not in dashboard(client)


def test_it_takes_one_query_for_many_pages(client, person, new_article, django_assert_num_queries):
    from accessibility.reports.dashboard import looks_with_errors

    for number in range(6):
        new_article(f"หน้า {number}", errors=1, owner=person)
    client.get(reverse("wagtailadmin_home"))
    # The permissions of a user are asked for once, and kept with the user.
    list(looks_with_errors(person))
    with django_assert_num_queries(1):
        for look in looks_with_errors(person):
            str((look.page.get_admin_display_title(), look.page.locale))
