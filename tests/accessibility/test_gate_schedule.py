"""One page that fails does not stop the scheduled run, and does not lose its schedule."""

import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile

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
            live=False,
            owner=owner,
            **values,
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


def test_the_refusal_stands_in_the_history_of_the_page(refused):
    call_command("publish_scheduled")
    entry = PageLogEntry.objects.get(action="accessibility.fail_schedule")
    assert entry.revision == refused
    assert "WCAG 3.1.2" in entry.comment


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


def test_a_profile_that_cannot_be_read_stops_nothing(refused, new_article, monkeypatch):
    def fail(user):
        raise RuntimeError("no profile")

    other = new_article()
    schedule(other)
    monkeypatch.setattr(UserProfile, "get_for_user", fail)
    call_command("publish_scheduled", stderr=io.StringIO())
    assert stored(other).live
    assert not stored(refused.content_object).live


# --- What has expired


@contextmanager
def raised_when_unpublished(article, error: Exception):
    def fail(sender, instance, **kwargs):
        if isinstance(instance, Page) and instance.pk == article.pk and not instance.live:
            raise error

    pre_save.connect(fail)
    yield article
    pre_save.disconnect(fail)


@pytest.fixture
def held(new_article):
    """Expired, and refused by another plugin when it is to be unpublished."""
    article = expired(new_article(title="ประกาศที่ต้องคงไว้"))
    with raised_when_unpublished(article, ValidationError("This page is held.")):
        yield article


@pytest.fixture
def stuck(new_article):
    """Expired, and a fault of the program when it is to be unpublished."""
    article = expired(new_article(title="หน้าค้าง"))
    with raised_when_unpublished(article, RuntimeError("broken")):
        yield article


def expired(article):
    article.save_revision().publish()
    past = timezone.now() - timedelta(hours=1)
    NewsArticlePage.objects.filter(pk=article.pk).update(expire_at=past)
    return stored(article)


def test_what_cannot_be_unpublished_stops_no_other(held, stuck, new_article):
    expiring = expired(new_article())
    run_with_faults()
    assert stored(held).live
    assert stored(stuck).live
    assert stored(expiring).expired


def test_the_owner_is_told_once_of_what_was_not_unpublished(held, owner, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.org"
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert message.subject == "“ประกาศที่ต้องคงไว้” was not unpublished as scheduled"
    assert "It is still public" in message.body
    assert "This page is held." in message.body
    assert address_of_editor(held) in message.body.split()


def test_the_owner_is_told_of_a_fault_while_unpublishing_without_its_details(stuck, owner):
    run_with_faults()
    run_with_faults()
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert "It is still public. Something went wrong in the program" in message.body
    assert "broken" not in message.body


def test_who_expires_a_page_anew_is_told_anew(held):
    call_command("publish_scheduled")
    expired(held)
    call_command("publish_scheduled")
    assert len(mail.outbox) == 2


def test_what_went_live_without_a_revision_is_told_of_as_well(held, owner):
    NewsArticlePage.objects.filter(pk=held.pk).update(live_revision=None)
    call_command("publish_scheduled")
    assert [message.to for message in mail.outbox] == [[owner.email]]


def test_what_was_not_unpublished_stands_in_the_history_of_the_page(held):
    call_command("publish_scheduled")
    entry = PageLogEntry.objects.get(action="accessibility.fail_expiry")
    assert entry.revision == held.live_revision
    with override("en"):
        assert entry.message == "Not unpublished as scheduled"
    assert entry.comment == "This page is held."


# --- Who is told, and of what


def address_of_editor(page) -> str:
    return f"https://admin.example.org/admin/pages/{page.pk}/edit/"


def test_the_mail_leads_to_the_editor(refused, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.org"
    call_command("publish_scheduled")
    assert address_of_editor(refused.content_object) in mail.outbox[0].body.split()


@pytest.fixture
def broken(new_article, fault):
    return schedule(new_article(title="หน้าเสีย"))


def run_with_faults() -> None:
    with pytest.raises(CommandError):
        call_command("publish_scheduled", stderr=io.StringIO())


def test_the_owner_is_told_of_a_fault_of_the_program_once(broken, owner, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.org"
    run_with_faults()
    run_with_faults()
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert message.subject == "“หน้าเสีย” was not published as scheduled"
    assert "Those who operate the site find the reason in its log" in message.body
    assert address_of_editor(broken.content_object) in message.body.split()


def test_nothing_of_the_fault_itself_is_mailed(broken):
    run_with_faults()
    assert "broken" not in mail.outbox[0].body
    assert "Traceback" not in mail.outbox[0].body


def test_a_fault_of_the_program_stands_in_the_history_of_the_page(broken):
    run_with_faults()
    entry = PageLogEntry.objects.get(action="accessibility.fail_schedule")
    assert entry.revision == broken
    with override("en"):
        assert entry.message == "Not published as scheduled"
        assert entry.comment.startswith("Something went wrong in the program.")


def test_who_was_told_of_a_fault_is_told_of_a_refusal_that_follows(new_article, owner, fault):
    revision = schedule(new_article(title="หน้าเสีย"))
    run_with_faults()
    revision.content["title"], revision.content["introduction"] = "ประกาศ", SENTENCE
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    call_command("publish_scheduled")
    [_fault, refusal] = mail.outbox
    assert "WCAG 3.1.2" in refusal.body


def test_a_history_that_cannot_be_written_stops_no_other_page(refused, new_article):
    def fail(sender, instance, **kwargs):
        if instance.action == "accessibility.fail_schedule":
            raise RuntimeError("no history")

    other = new_article()
    schedule(other)
    pre_save.connect(fail, sender=PageLogEntry)
    try:
        call_command("publish_scheduled", stderr=io.StringIO())
    finally:
        pre_save.disconnect(fail, sender=PageLogEntry)
    assert stored(other).live


@pytest.fixture
def publishers(db, english):
    """Two moderators, of whom one reads English and one Thai, and somebody who may do all."""
    reader_of_english = factories.UserFactory(role="moderator", username="reads-english")
    say_in_english(reader_of_english)
    reader_of_thai = factories.UserFactory(role="moderator", username="reads-thai")
    UserProfile.objects.create(user=reader_of_thai, preferred_language="th")
    factories.UserFactory(role="administrator", username="may-do-all")
    return reader_of_english, reader_of_thai


def leave(person, **values) -> None:
    type(person).objects.filter(pk=person.pk).update(**values)


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": ""}])
def test_where_the_owner_cannot_be_reached_those_are_told_who_may_publish(
    refused, owner, publishers, translator, values
):
    leave(owner, **values)
    call_command("publish_scheduled")
    assert {address for message in mail.outbox for address in message.to} == {
        person.email for person in publishers
    }


def test_each_of_them_is_told_in_their_language(refused, owner, publishers):
    leave(owner, is_active=False)
    call_command("publish_scheduled")
    bodies = {message.to[0]: message.body for message in mail.outbox}
    english, thai = (bodies[person.email] for person in publishers)
    assert "is not in the language of its place" in english
    assert "is not in the language of its place" not in thai
    assert "โปรดยกเลิกกำหนดเวลา" in thai
    assert "WCAG 3.1.2" in thai


def test_they_are_told_of_a_fault_as_well(broken, owner, publishers):
    leave(owner, is_active=False)
    run_with_faults()
    assert len(mail.outbox) == 2


def test_where_nobody_else_may_publish_administrators_are_told(refused, owner, administrator):
    leave(owner, is_active=False)
    call_command("publish_scheduled")
    assert [message.to for message in mail.outbox] == [[administrator.email]]


def test_who_may_publish_is_not_told_where_the_owner_is(refused, owner, publishers):
    call_command("publish_scheduled")
    assert [message.to for message in mail.outbox] == [[owner.email]]
