"""One page that fails does not stop the scheduled run, and does not lose its schedule."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from newsroom.models import NewsArticlePage
from tests import factories

from .gate import SENTENCE, save_draft, say_in_english, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate")]


def schedule(article, minutes: int = 60, **values) -> Revision:
    """Let the newest draft be due since so many minutes."""
    page = save_draft(article, **values)
    due = timezone.now() - timedelta(minutes=minutes)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=due)
    return Revision.objects.get(pk=page.latest_revision_id)


@pytest.fixture
def owner(editor):
    say_in_english(editor)
    return editor


@pytest.fixture
def new_article(bilingual_site, owner):
    def make(**values):
        return factories.NewsArticlePageFactory(
            parent=bilingual_site.news,
            category=bilingual_site.category,
            **{"live": False, "owner": owner, **values},
        )

    return make


@pytest.fixture
def refused(new_article):
    """Due first, and refused."""
    return schedule(new_article(title="ประกาศที่ต้องแก้ไข"), minutes=90, introduction=SENTENCE)


@pytest.fixture
def fault():
    """A fault of the program, whenever an article of this title is saved."""

    def fail(sender, instance, **kwargs):
        if isinstance(instance, NewsArticlePage) and instance.live and "เสีย" in instance.title:
            raise RuntimeError("broken")

    pre_save.connect(fail)
    yield
    pre_save.disconnect(fail)


def test_the_others_go_out(refused, new_article):
    other = new_article()
    schedule(other, minutes=30)
    call_command("publish_scheduled")
    assert stored(other).live


def test_what_is_refused_keeps_its_schedule(refused):
    due = refused.approved_go_live_at
    call_command("publish_scheduled")
    refused.refresh_from_db()
    assert refused.approved_go_live_at == due
    assert not stored(refused.content_object).live


def test_the_owner_is_told_once_in_their_language(refused, owner):
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert message.subject == "“ประกาศที่ต้องแก้ไข” was not published as scheduled"
    assert "WCAG 3.1.2" in message.body
    assert f"“{SENTENCE}” is not in the language" in message.body


def test_the_mail_leads_to_the_page_s_editor(refused, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://www.prac.example"
    call_command("publish_scheduled")
    path = reverse("wagtailadmin_pages:edit", args=[refused.object_id])
    assert f"https://www.prac.example{path}" in mail.outbox[0].body


def test_who_may_publish_the_page_is_told_where_nobody_else_can_be_reached(
    new_article, moderator, translator, administrator
):
    factories.UserFactory(role="moderator", is_active=False)
    factories.UserFactory(role="moderator", email="")
    schedule(new_article(owner=None), introduction=SENTENCE)
    call_command("publish_scheduled")
    [message] = mail.outbox
    assert message.to == [moderator.email]


def test_an_administrator_is_told_where_nobody_else_may_publish_the_page(
    new_article, administrator
):
    schedule(new_article(owner=None), introduction=SENTENCE)
    call_command("publish_scheduled")
    [message] = mail.outbox
    assert message.to == [administrator.email]


def test_the_refusal_stands_in_the_history_of_the_page(refused):
    call_command("publish_scheduled")
    entry = PageLogEntry.objects.get(action="accessibility.fail_schedule")
    assert entry.revision == refused
    assert "WCAG 3.1.2" in entry.comment


@pytest.fixture
def chief(client, administrator):
    say_in_english(administrator)
    client.force_login(administrator)
    return client


def test_the_status_panel_counts_the_errors_and_leads_to_the_decision(refused, chief):
    call_command("publish_scheduled")
    html = chief.get(reverse("wagtailadmin_pages:edit", args=[refused.object_id])).content.decode()
    assert "Not published as scheduled. Accessibility: 1 error" in html
    assert reverse("accessibility_gate:override", args=[refused.object_id]) in html


def test_the_status_panel_leads_nowhere_where_the_reason_is_another(new_article, fault, chief):
    revision = schedule(new_article(title="หน้าเสีย"))
    with pytest.raises(CommandError):
        call_command("publish_scheduled", stderr=io.StringIO())
    html = chief.get(reverse("wagtailadmin_pages:edit", args=[revision.object_id])).content.decode()
    assert "Not published as scheduled" in html
    assert reverse("accessibility_gate:override", args=[revision.object_id]) not in html


def test_what_was_refused_when_it_was_due_can_be_published_all_the_same(refused, chief):
    call_command("publish_scheduled")
    url = reverse("accessibility_gate:override", args=[refused.object_id])
    content = chief.get(url).context["form"]["content"].value()
    reason = "The flood warning cannot wait; it is mended on Monday."
    chief.post(url, {"reason": reason, "content": content})
    page = stored(refused.content_object)
    assert page.live
    assert page.introduction == SENTENCE
    assert page.scheduled_revision is None


def test_refusals_of_other_plugins_are_told_as_well(new_article):
    def refuse(sender, instance, **kwargs):
        if isinstance(instance, NewsArticlePage) and instance.live:
            raise ValidationError("Not before noon.")

    revision = schedule(new_article())
    pre_save.connect(refuse)
    try:
        call_command("publish_scheduled")
    finally:
        pre_save.disconnect(refuse)
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    assert "Not before noon." in mail.outbox[0].body


def test_a_fault_of_the_program_stops_no_other_page_and_is_reported(new_article, fault, caplog):
    broken = schedule(new_article(title="หน้าเสีย"), minutes=90)
    other = new_article()
    schedule(other)
    with pytest.raises(CommandError, match="1 of what was due failed"):
        call_command("publish_scheduled")
    broken.refresh_from_db()
    assert broken.approved_go_live_at
    assert stored(other).live
    assert "RuntimeError: broken" in caplog.text


def test_the_owner_is_told_of_a_fault_of_the_program_once(new_article, fault, owner):
    schedule(new_article(title="หน้าเสีย"))
    for _run in range(2):
        with pytest.raises(CommandError):
            call_command("publish_scheduled", stderr=io.StringIO())
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert "Something went wrong in the program." in message.body
    assert "broken" not in message.body
    entry = PageLogEntry.objects.get(action="accessibility.fail_schedule")
    assert entry.comment == "Something went wrong in the program."


def test_another_reason_is_told_as_well(new_article, fault):
    revision = schedule(new_article(title="หน้าเสีย"))
    with pytest.raises(CommandError):
        call_command("publish_scheduled", stderr=io.StringIO())
    revision.content["introduction"] = SENTENCE
    revision.save()
    call_command("publish_scheduled", stderr=io.StringIO())
    assert "WCAG 3.1.2" in mail.outbox[1].body


def test_a_mail_server_that_is_away_stops_no_other_page(refused, new_article, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    other = new_article()
    schedule(other)
    call_command("publish_scheduled")
    assert stored(other).live


def test_what_has_expired_is_unpublished(new_article):
    article = new_article()
    article.save_revision().publish()
    NewsArticlePage.objects.filter(pk=article.pk).update(
        expire_at=timezone.now() - timedelta(hours=1)
    )
    call_command("publish_scheduled")
    assert not stored(article).live
    assert stored(article).expired


def test_a_dry_run_changes_nothing(new_article, capsys):
    article = new_article()
    schedule(article)
    call_command("publish_scheduled", "--dryrun")
    assert article.title in capsys.readouterr().out
    assert not stored(article).live


def test_the_older_name_of_the_command_is_as_safe(refused, new_article):
    other = new_article()
    schedule(other)
    call_command("publish_scheduled_pages")
    assert stored(other).live


def test_what_cannot_be_unpublished_stops_no_other(new_article, bilingual_site):
    held, expiring = new_article(), new_article()
    for article in (held, expiring):
        article.save_revision().publish()
    past = timezone.now() - timedelta(hours=1)
    NewsArticlePage.objects.filter(pk__in=[held.pk, expiring.pk]).update(expire_at=past)

    def hold(sender, instance, **kwargs):
        if isinstance(instance, Page) and instance.pk == held.pk and not instance.live:
            raise ValidationError("This page is held.")

    pre_save.connect(hold)
    try:
        with pytest.raises(CommandError):
            call_command("publish_scheduled", stderr=io.StringIO())
    finally:
        pre_save.disconnect(hold)
    assert stored(held).live
    assert stored(expiring).expired
