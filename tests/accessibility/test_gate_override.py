"""Those who may, publish a page despite its errors: with a reason, on record, and only once."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision
from wagtail.rich_text import RichText
from wagtail.users.models import UserProfile

from accessibility.gate.refusal import InaccessiblePageError
from accessibility.models import GateOverride
from tests import factories

from .gate import (
    REASON,
    SENTENCE,
    article_form,
    bearer,
    override,
    override_url,
    save_draft,
    say_in_english,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate")]

ITEM = 'name="action-accessibility-override"'


def permit(user) -> None:
    group = Group.objects.create(name="May override")
    group.permissions.add(Permission.objects.get(codename="override_gate"))
    user.groups.add(group)
    say_in_english(user)


@pytest.fixture
def draft(bilingual_site):
    """A live article, whose newest draft has an error."""
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category
    )
    return save_draft(article, introduction=SENTENCE)


@pytest.fixture
def chief(client, moderator):
    """A moderator who may override the gate, signed in."""
    permit(moderator)
    client.force_login(moderator)
    return client


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def overridden(chief, draft):
    override(chief, draft)
    return stored(draft)


# --- Giving it


def test_the_page_goes_out(overridden):
    assert overridden.live
    assert overridden.introduction == SENTENCE


def test_the_errors_are_shown_before(chief, draft):
    html = chief.get(override_url(draft)).content.decode()
    assert "This page has 1 accessibility error" in html
    assert "mark their language with the language button of the toolbar" in html


@pytest.mark.parametrize("reason", ["", "ok", " " * 40, "x" * 1001])
def test_a_reason_is_required(chief, draft, reason):
    response = override(chief, draft, reason=reason)
    assert response.context["form"].errors["reason"]
    assert stored(draft).introduction != SENTENCE
    assert not GateOverride.objects.exists()


def test_what_is_quoted_from_the_page_is_marked_with_its_own_language(chief, draft):
    html = chief.get(override_url(draft)).content.decode()
    assert f'“<span lang="en">{SENTENCE}</span>” is not in the language' in html
    assert f'<code lang="en">{SENTENCE}</code>' in html


def test_a_page_that_is_not_complete_is_completed_first(chief, draft):
    body = [("text", RichText("<p>ข้อความ</p>")), ("image", {"image": None})]
    save_draft(draft, introduction=SENTENCE, body=body)
    html = chief.get(override_url(draft), follow=True).content.decode()
    assert "cannot be published yet" in html
    assert "Body, part 2: “Image” is not complete, or wrong." in html
    assert not GateOverride.objects.exists()
    assert stored(draft).introduction != SENTENCE


def test_what_was_changed_while_reading_must_be_read_again(chief, draft):
    content = chief.get(override_url(draft)).context["form"]["content"].value()
    save_draft(draft, introduction=f"{SENTENCE} {SENTENCE}")
    response = chief.post(override_url(draft), {"reason": REASON, "content": content})
    assert "Read its errors again" in response.content.decode()
    assert not GateOverride.objects.exists()
    override(chief, draft)
    assert GateOverride.objects.exists()


def test_a_page_without_errors_needs_none(chief, draft):
    save_draft(draft, introduction="ไม่มีข้อผิดพลาด")
    response = chief.get(override_url(draft), follow=True)
    assert "has no accessibility errors" in response.content.decode()


def test_the_item_of_the_menu_saves_the_draft_and_asks_for_the_reason(chief, draft):
    assert ITEM in chief.get(edit_url(draft)).content.decode()
    form = article_form(
        draft, introduction=SENTENCE, title="เรื่องด่วน", **{"action-accessibility-override": "1"}
    )
    response = chief.post(edit_url(draft), form)
    assert response.headers["Location"] == override_url(draft)
    assert stored(draft).get_latest_revision_as_object().title == "เรื่องด่วน"


def test_a_new_page_can_go_the_same_way(chief, draft):
    parent = draft.get_parent()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticlepage", parent.pk])
    assert ITEM in chief.get(url).content.decode()
    form = article_form(
        draft, introduction=SENTENCE, slug="new", **{"action-accessibility-override": "1"}
    )
    new = parent.get_children().order_by("-pk").first
    response = chief.post(url, form)
    assert response.headers["Location"] == override_url(new())
    override(chief, new())
    assert new().live


def test_the_form_says_that_there_is_a_way_out_to_those_who_may_take_it(client, chief, draft):
    form = article_form(draft, introduction=SENTENCE, **{"action-publish": "1"})
    assert "You may publish it all the same" in chief.post(edit_url(draft), form).content.decode()
    other = factories.UserFactory(role="moderator")
    say_in_english(other)
    client.force_login(other)
    assert "all the same" not in client.post(edit_url(draft), form).content.decode()


def test_markup_in_the_title_stays_text(chief, draft):
    save_draft(draft, introduction=SENTENCE, title="<script>alert(1)</script>")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    html = chief.post(f"{url}?id={draft.pk}", follow=True).content.decode()
    assert "was not published" in html
    assert "<script>alert(1)" not in html


def test_who_was_refused_in_bulk_is_led_there(chief, draft):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    html = chief.post(f"{url}?id={draft.pk}", follow=True).content.decode()
    assert override_url(draft) in html


def test_the_status_panel_leads_there_after_a_refusal(chief, draft):
    form = article_form(draft, introduction=SENTENCE, **{"action-publish": "1"})
    chief.post(edit_url(draft), form)
    assert f'href="{override_url(draft)}"' in chief.get(edit_url(draft)).content.decode()


def test_a_scheduled_page_goes_out_when_it_is_due(chief, draft):
    due = timezone.now() + timedelta(days=1)
    save_draft(draft, introduction=SENTENCE, go_live_at=due)
    response = override(chief, draft)
    assert "is scheduled, despite its accessibility errors" in response.content.decode()
    revision = stored(draft).scheduled_revision
    assert revision
    revision.content["go_live_at"] = None
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(hours=1), content=revision.content
    )
    call_command("publish_scheduled")
    assert stored(draft).introduction == SENTENCE


# --- The record


def test_it_stands_in_the_audit_log_with_its_reason(overridden, moderator):
    entry = PageLogEntry.objects.get(action="accessibility.override")
    assert entry.user == moderator
    assert entry.revision_id == overridden.live_revision_id
    assert entry.comment == REASON
    with translation.override("en"):
        assert "Accessibility: 1 error" in entry.message


def test_it_is_kept_with_everything_that_was_decided(overridden, moderator):
    given = GateOverride.objects.get()
    assert (given.page_id, given.revision_id) == (overridden.pk, overridden.live_revision_id)
    assert (given.user, given.reason) == (moderator, REASON)
    assert [finding["rule"] for finding in given.findings] == ["language-unmarked"]


def test_the_status_panel_shows_it(overridden, chief):
    html = chief.get(edit_url(overridden)).content.decode()
    assert "Published despite accessibility errors" in html
    assert REASON in html


# --- What it covers


def test_the_same_content_may_be_published_again(overridden):
    overridden.save_revision().publish()
    assert GateOverride.objects.in_force().exists()


def test_it_ends_when_other_content_goes_live(overridden):
    save_draft(overridden, introduction="แก้ไขแล้ว").get_latest_revision().publish()
    assert not GateOverride.objects.in_force().exists()
    page = save_draft(overridden, introduction=SENTENCE)
    with pytest.raises(InaccessiblePageError):
        page.get_latest_revision().publish()


def test_it_ends_when_another_title_for_search_engines_goes_live(overridden):
    # What is published has the same error still, so somebody has to decide again.
    page = save_draft(overridden, seo_title="ประกาศ")
    with pytest.raises(InaccessiblePageError):
        page.get_latest_revision().publish()


def test_it_ends_when_the_page_is_unpublished(overridden):
    overridden.unpublish()
    assert not GateOverride.objects.in_force().exists()


def test_a_draft_does_not_end_it(overridden):
    save_draft(overridden, introduction="ฉบับร่าง")
    assert GateOverride.objects.in_force().exists()


def test_it_does_not_cover_other_errors(overridden):
    page = save_draft(overridden, introduction=f"{SENTENCE} {SENTENCE}")
    with pytest.raises(InaccessiblePageError):
        page.get_latest_revision().publish()


def test_it_does_not_cover_a_copy(overridden):
    with pytest.raises(InaccessiblePageError):
        overridden.copy(update_attrs={"slug": "copy"}, keep_live=True)


def test_the_api_gives_none(draft, client, moderator):
    permit(moderator)
    response = client.post(f"/api/v3/pages/{draft.pk}/actions/publish/", headers=bearer(moderator))
    assert response.status_code == 422
    assert not GateOverride.objects.exists()


# --- Who may


def refused(client, page) -> bool:
    """Whether the view sends one away, for reading and for deciding."""
    response = client.get(override_url(page))
    assert response.status_code == client.post(override_url(page), {"reason": REASON}).status_code
    return response.status_code == 302 and override_url(page) not in response.headers["Location"]


def test_somebody_who_is_not_signed_in_may_not(client, draft):
    response = client.post(override_url(draft), {"reason": REASON})
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))
    assert not GateOverride.objects.exists()


def test_who_may_publish_may_not_for_that_alone(client, draft, moderator):
    client.force_login(moderator)
    assert refused(client, draft)
    assert ITEM not in client.get(edit_url(draft)).content.decode()
    assert stored(draft).introduction != SENTENCE


def test_who_may_not_publish_may_not(client, draft, editor):
    permit(editor)
    client.force_login(editor)
    assert refused(client, draft)
    assert ITEM not in client.get(edit_url(draft)).content.decode()


def test_a_translator_may_in_their_own_language_only(client, draft, translator, bilingual_site):
    permit(translator)
    client.force_login(translator)
    assert refused(client, draft)
    english = factories.translate(
        draft,
        introduction="In English",
        title="Title",
        category=bilingual_site.category_en,
        body=[("text", RichText("<p>At any office</p>"))],
    )
    save_draft(english, introduction="ประชาชนทุกคนมีสิทธิยื่นคำขอได้ที่สำนักงานทุกแห่งทั่วประเทศ")
    override(client, english)
    assert "ประชาชน" in stored(english).introduction


def test_a_locked_page_stays_as_it_is(chief, draft, administrator):
    page = stored(draft)
    page.locked, page.locked_by = True, administrator
    page.save()
    assert chief.get(override_url(draft)).headers["Location"] == edit_url(draft)


def test_where_the_gate_does_not_block_there_is_nothing_to_override(chief, draft, settings):
    settings.ACCESSIBILITY_GATE = "warn"
    assert refused(chief, draft)


def test_the_permission_is_offered_in_the_form_of_groups(client, administrator):
    say_in_english(administrator)
    client.force_login(administrator)
    html = client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Can publish despite accessibility errors" in html


def test_the_permission_is_named_in_thai_too(client, administrator):
    UserProfile.objects.create(user=administrator, preferred_language="th")
    client.force_login(administrator)
    html = client.get(reverse("wagtailusers_groups:add")).text
    assert "เผยแพร่ทั้งที่มีข้อผิดพลาดด้านการเข้าถึงได้" in html
    assert "Can publish despite" not in html
    assert "Can submit" not in html


# --- The report


def report(client, **query) -> str:
    return client.get(reverse("accessibility_gate:overrides"), query).content.decode()


def test_the_report_lists_them(overridden, chief):
    html = report(chief)
    assert overridden.title in html
    assert REASON in html


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ({"ended_at": "in_force"}, True),
        ({"ended_at": "ended"}, False),
        ({"created_at_from": "2999-01-01"}, False),
    ],
)
def test_the_report_is_filtered(overridden, chief, query, listed):
    assert (REASON in report(chief, **query)) == listed


def test_the_report_is_filtered_by_locale_and_user(overridden, chief, thai, english, moderator):
    assert REASON in report(chief, page__locale=thai.pk, user=moderator.pk)
    assert REASON not in report(chief, page__locale=english.pk)


def test_the_report_is_exported_as_csv(overridden, chief):
    response = chief.get(reverse("accessibility_gate:overrides"), {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")))
    assert (row["Reason"], row["User"], row["Ended"]) == (REASON, "moderator", "")
    assert row["Locale"] == "th"


def test_the_report_is_exported_as_xlsx(overridden, chief):
    response = chief.get(reverse("accessibility_gate:overrides"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    headings, row = sheet.iter_rows(values_only=True)
    assert row[headings.index("Reason")] == REASON


def test_the_report_shows_only_pages_that_one_may_edit(overridden, client, translator):
    say_in_english(translator)
    client.force_login(translator)
    assert REASON not in report(client)


def test_the_report_is_for_those_who_work_with_pages(overridden, client):
    person = factories.UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    assert client.get(reverse("accessibility_gate:overrides")).status_code == 302
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("accessibility_gate:overrides") not in home


def test_the_report_takes_as_many_queries_for_many(
    overridden, chief, moderator, django_assert_max_num_queries
):
    given = GateOverride.objects.get()
    for _number in range(20):
        given.pk = None
        given.save(force_insert=True)
    report(chief)
    with django_assert_max_num_queries(40):
        report(chief)


def test_pages_that_list_it_can_be_published_all_the_same(overridden, bilingual_site, client):
    for page in (bilingual_site.news.specific, bilingual_site.home.specific):
        assert SENTENCE in client.get(page.url).content.decode()
        page.save_revision().publish()


def test_its_item_is_not_offered_for_new_pages_where_the_gate_does_not_block(
    chief, bilingual_site, settings
):
    address = reverse(
        "wagtailadmin_pages:add", args=["newsroom", "newsarticlepage", bilingual_site.news.pk]
    )
    assert ITEM in chief.get(address).content.decode()
    settings.ACCESSIBILITY_GATE = "warn"
    assert ITEM not in chief.get(address).content.decode()


# --- A page whose schedule was refused


@pytest.fixture
def overdue(draft):
    """Scheduled, as its editor sees it, and refused when it was due."""
    due = timezone.now() - timedelta(hours=1)
    page = save_draft(draft, introduction=SENTENCE, go_live_at=due)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=due)
    call_command("publish_scheduled", stderr=io.StringIO())
    return stored(page)


def test_the_status_panel_shows_a_refused_schedule_with_its_counts(chief, overdue):
    html = chief.get(edit_url(overdue)).content.decode()
    assert "Not published as scheduled. Accessibility: 1 error" in html
    assert f'href="{override_url(overdue)}"' in html


def test_the_status_panel_leads_only_those_there_who_may(client, overdue):
    other = factories.UserFactory(role="moderator")
    say_in_english(other)
    client.force_login(other)
    html = client.get(edit_url(overdue)).content.decode()
    assert "Not published as scheduled. Accessibility: 1 error" in html
    assert override_url(overdue) not in html


def test_a_schedule_that_failed_for_another_reason_leads_nowhere(chief, overdue):
    PageLogEntry.objects.filter(page=overdue.pk).update(data={"messages": ["Not before noon."]})
    html = chief.get(edit_url(overdue)).content.decode()
    assert "Not published as scheduled" in html
    assert override_url(overdue) not in html


def test_a_page_whose_schedule_was_refused_goes_out_at_once(chief, overdue):
    assert overdue.get_lock(), "it is still scheduled"
    response = override(chief, overdue)
    assert "is published, despite its accessibility errors" in response.content.decode()
    page = stored(overdue)
    assert page.introduction == SENTENCE
    assert page.live_revision_id == overdue.scheduled_revision.pk
    assert page.scheduled_revision is None
    html = chief.get(edit_url(page)).content.decode()
    assert "Not published as scheduled" not in html


@pytest.fixture
def waiting(draft, settings):
    """Scheduled before its errors were errors."""
    settings.ACCESSIBILITY_GATE = "off"
    page = save_draft(draft, introduction=SENTENCE, go_live_at=timezone.now() + timedelta(days=1))
    page.get_latest_revision().publish()
    settings.ACCESSIBILITY_GATE = "block"
    return stored(page)


def test_a_page_that_is_not_due_yet_stays_scheduled(chief, waiting):
    response = override(chief, waiting)
    assert "is scheduled, despite its accessibility errors" in response.content.decode()
    page = stored(waiting)
    assert page.scheduled_revision == waiting.scheduled_revision
    assert page.introduction != SENTENCE
    assert GateOverride.objects.in_force().exists()


def test_a_decision_that_schedules_a_page_takes_the_refusal_from_its_panel(chief, waiting):
    log(instance=waiting, action="accessibility.refuse", data={"counts": {"error": 1}})
    assert "Publication refused" in chief.get(edit_url(waiting)).content.decode()
    override(chief, waiting)
    assert "Publication refused" not in chief.get(edit_url(waiting)).content.decode()


def test_a_page_that_somebody_has_locked_stays_as_it_is_when_it_is_scheduled(
    chief, overdue, administrator
):
    page = stored(overdue)
    page.locked, page.locked_by = True, administrator
    page.save()
    assert chief.get(override_url(page)).headers["Location"] == edit_url(page)


def test_a_schedule_of_an_older_draft_is_not_lost_unseen(chief, overdue):
    newest = save_draft(overdue, introduction=f"{SENTENCE} {SENTENCE}", go_live_at=None)
    assert chief.get(override_url(newest)).headers["Location"] == edit_url(newest)
    assert newest.scheduled_revision
