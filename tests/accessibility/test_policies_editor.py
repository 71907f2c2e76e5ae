"""What editors are asked before a policy goes out, and what they see of all policies."""

import csv
import io
from datetime import date

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import rich_text

from accessibility.models import PolicyPage
from tests import factories

from .gate import say_in_english
from .policies import days_from_now, policy_form, publish

pytestmark = pytest.mark.django_db

REPORT = "/admin/accessibility/policies/"


@pytest.fixture
def policy(bilingual_site, editor) -> PolicyPage:
    return factories.PolicyPageFactory(
        parent=bilingual_site.home,
        slug="policy",
        owner=editor,
        version="1.0",
        effective_date=date(2024, 3, 1),
        body="<p>ข้อความของฉบับแรก</p>",
    )


@pytest.fixture
def moderator(moderator):
    say_in_english(moderator)
    return moderator


@pytest.fixture
def submit(client, moderator, policy):
    """Press a button of the editor; returns the errors of the form by field, {} when it is done."""
    client.force_login(moderator)

    def press(action: str = "action-publish", **values) -> dict[str, list[str]]:
        address = reverse("wagtailadmin_pages:edit", args=[policy.pk])
        response = client.post(address, policy_form(policy, **values) | {action: "1"})
        if response.status_code == 302:
            return {}
        return response.context["form"].errors

    return press


def stored(policy) -> PolicyPage:
    return PolicyPage.objects.get(pk=policy.pk)


# --- Publishing -------------------------------------------------------------------------------


def test_a_new_text_asks_for_a_new_version(submit, policy):
    errors = submit(body=rich_text("<p>ข้อความใหม่</p>"))
    assert "Give it a new number" in errors["version"][0]
    assert stored(policy).body == "<p>ข้อความของฉบับแรก</p>"


def test_a_new_text_with_a_new_version_goes_out(submit, policy):
    new = {"version": "1.1", "effective_date": "2025-01-01"}
    assert submit(body=rich_text("<p>ข้อความใหม่</p>"), **new) == {}
    assert "ข้อความใหม่" in stored(policy).body


def test_a_correction_keeps_the_version(submit, policy):
    assert submit(body=rich_text("<p>ข้อความของฉบับแรก ๆ</p>"), is_correction="on") == {}
    assert stored(policy).policy_versions.get().corrected_at


def test_what_only_the_editor_adds_is_no_new_text(submit, policy):
    # Draftail numbers paragraphs.
    assert submit(body=rich_text('<p data-block-key="a1b2c">ข้อความของฉบับแรก</p>')) == {}


def test_another_day_of_review_is_no_new_text(submit, policy):
    assert submit(review_date="2031-01-01") == {}


def test_a_draft_is_asked_nothing(submit, policy):
    assert submit("action-save", body=rich_text("<p>ร่าง</p>")) == {}


def test_a_number_is_given_once(submit, policy):
    publish(policy, version="2.0", effective_date=date(2025, 1, 1), body="<p>ฉบับที่สอง</p>")
    errors = submit(version="1.0", effective_date="2025-02-01")
    assert errors["version"] == ["There has been a version 1.0 before. Give a number that is new."]


def test_a_new_version_begins_after_the_one_in_force(submit, policy):
    errors = submit(version="2.0", effective_date="2024-03-01")
    assert "Version 1.0 is in force since" in errors["effective_date"][0]


def test_a_review_comes_after_the_beginning(submit, policy):
    assert "must be later" in submit(review_date="2024-01-01")["review_date"][0]


@pytest.mark.parametrize("version", ["1/2", "1 0", "..", "ฉบับที่-๑"])
def test_a_version_is_a_part_of_an_address(submit, version):
    assert submit(version=version).keys() == {"version"}


# --- The report -------------------------------------------------------------------------------


@pytest.fixture
def translation(policy) -> PolicyPage:
    return factories.translate(
        policy, slug="policy", title="Website policy", office="IT", body="<p>The first text.</p>"
    )


def rows(client) -> dict[str, str]:
    """The export of the report: its translations column by title."""
    response = client.get(REPORT, {"export": "csv"})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row["Title"]: row["Translations"] for row in csv.DictReader(io.StringIO(text))}


def test_the_report_says_which_translations_are_missing(client, moderator, policy):
    client.force_login(moderator)
    assert rows(client) == {policy.title: "th: original; en: missing"}
    factories.alias(policy)
    assert rows(client) == {policy.title: "th: original; en: missing"}


def test_the_export_speaks_the_language_of_the_admin(client, moderator, policy):
    client.force_login(moderator)
    headings, row = (
        client.get(REPORT, {"export": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    )
    assert headings.startswith("Title,Kind,")
    assert ",Website policy," in row


def test_it_says_which_are_up_to_date_and_which_are_older(client, moderator, policy, translation):
    client.force_login(moderator)
    assert rows(client)["Website policy"] == "th: original; en: up to date"
    publish(policy, version="2.0", effective_date=date(2025, 1, 1), body="<p>ฉบับที่สอง</p>")
    assert rows(client)["Website policy"] == "th: original; en: older than the original"
    translation.unpublish()
    assert rows(client)["Website policy"] == "th: original; en: draft"


def test_it_shows_what_is_in_force_and_marks_what_is_overdue(client, moderator, policy):
    publish(policy, review_date=days_from_now(-1))
    client.force_login(moderator)
    html = client.get(REPORT).content.decode()
    assert "Website policy" in html
    assert "March 1, 2024" in html
    assert "overdue" in html


def test_it_lists_only_what_one_may_edit(client, translator, policy, translation):
    say_in_english(translator)
    client.force_login(translator)
    assert rows(client).keys() == {"Website policy"}


def test_nobody_else_gets_in(client, policy):
    assert client.get(REPORT).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(REPORT).status_code == 302


def test_more_policies_cost_no_more_queries(
    client, moderator, policy, translation, bilingual_site, django_assert_num_queries
):
    client.force_login(moderator)
    client.get(REPORT)
    with CaptureQueriesContext(connection) as queries:
        client.get(REPORT)
        few = len(queries)
    for number in range(5):
        more = factories.PolicyPageFactory(parent=bilingual_site.home, title=f"นโยบายที่ {number}")
        factories.translate(more, slug=f"p{number}", title=f"Policy {number}", body="<p>Text.</p>")
    with django_assert_num_queries(few):
        client.get(REPORT)


# --- Reminders --------------------------------------------------------------------------------


def test_the_first_page_of_the_admin_lists_reviews_that_are_near(client, moderator, policy):
    client.force_login(moderator)
    assert "Policies to review" not in client.get("/admin/").content.decode()
    publish(policy, review_date=days_from_now(29))
    html = client.get("/admin/").content.decode()
    assert "Policies to review" in html
    assert "overdue" not in html
    publish(policy, review_date=days_from_now(-1))
    assert "overdue" in client.get("/admin/").content.decode()


def test_it_lists_none_to_those_who_may_not_edit_them(client, translator, policy):
    say_in_english(translator)
    publish(policy, review_date=days_from_now(-1))
    client.force_login(translator)
    assert "Policies to review" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(("days", "reminded"), [(10, True), (11, False)])
def test_the_setting_says_how_early(settings, policy, moderator, days, reminded):
    settings.ACCESSIBILITY_REVIEW_REMINDER = 10
    publish(policy, review_date=days_from_now(days))
    call_command("remind_policy_reviews", verbosity=0)
    assert bool(mail.outbox) is reminded


def test_owner_and_publishers_are_told_in_their_language_once(policy, editor, moderator):
    publish(policy, review_date=days_from_now(5))
    call_command("remind_policy_reviews", verbosity=0)
    call_command("remind_policy_reviews", verbosity=0)
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert len(mail.outbox) == 2
    assert subjects == {
        "editor@example.org": "นโยบายที่ต้องทบทวน",
        "moderator@example.org": "Policies to review",
    }
    text = next(message.body for message in mail.outbox if message.to == [moderator.email])
    assert f"/admin/pages/{policy.pk}/edit/" in text
    assert "version 1.0: by" in text
    assert PageLogEntry.objects.filter(page=policy.pk, action__contains="remind").count() == 1


def test_they_are_told_again_when_it_is_overdue(policy, moderator):
    publish(policy, review_date=days_from_now(0))
    call_command("remind_policy_reviews", verbosity=0)
    mail.outbox.clear()
    PolicyPage.objects.update(review_date=timezone.localdate().replace(year=2020, day=1))
    call_command("remind_policy_reviews", verbosity=0)
    assert any("overdue since" in message.body for message in mail.outbox)


def test_a_new_day_of_review_is_a_new_reminder(policy, moderator):
    for days in (3, 4):
        mail.outbox.clear()
        publish(policy, review_date=days_from_now(days))
        call_command("remind_policy_reviews", verbosity=0)
        assert mail.outbox


class Mailbox:
    """Keeps what an SMTP server is given."""

    def __init__(self) -> None:
        self.recipients: list[str] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def test_mail_goes_out_by_the_next_run_when_the_server_was_away(
    policy, moderator, settings, free_tcp_port
):
    publish(policy, review_date=days_from_now(5))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_tcp_port
    with pytest.raises(CommandError, match="2 reminders could not be sent"):
        call_command("remind_policy_reviews", verbosity=0)
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_tcp_port)
    server.start()
    try:
        call_command("remind_policy_reviews", verbosity=0)
    finally:
        server.stop()
    assert sorted(mailbox.recipients) == ["editor@example.org", "moderator@example.org"]
