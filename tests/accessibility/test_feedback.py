"""Readers tell of barriers without scripts, cookies or puzzles, and no message is lost."""

import csv
import io
import logging
import re
import time
from datetime import date, timedelta

import openpyxl
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.contrib.auth.models import User
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from openpyxl.cell import Cell

from accessibility.feedback.forms import FeedbackForm
from accessibility.feedback.views import add_working_days
from accessibility.models import FeedbackMessage
from tests import factories
from tests.server import free_port

from .gate import say_in_english
from .statements import in_english, text_of

FORM = "/accessibility/feedback/"

pytestmark = pytest.mark.django_db


class PastSigner(signing.TimestampSigner):
    """Signs as the form did some seconds ago."""

    def __init__(self, seconds: int) -> None:
        super().__init__(salt="accessibility.feedback.form")
        self.seconds = seconds

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - self.seconds)


def fields(seconds=30, **values):
    """What a browser sends, so many seconds after the form was made."""
    return {
        "lang": "th",
        "issued": PastSigner(seconds).sign("form"),
        "subject": "",
        "message": "ฟังตารางในหน้านี้ด้วยโปรแกรมอ่านหน้าจอไม่ได้",
        "page": "",
        "email": "",
        **values,
    }


def send(client, headers=None, **values):
    return client.post(FORM, fields(**values), headers=headers or {})


@pytest.fixture
def statement(bilingual_site):
    return factories.AccessibilityStatementPageFactory(parent=bilingual_site.home)


class Inbox(Message):
    def __init__(self) -> None:
        super().__init__()
        self.mails = []

    def handle_message(self, message) -> None:
        self.mails.append(message)

    def to(self, address: str):
        return [mail for mail in self.mails if mail["To"] == address]


@pytest.fixture
def inbox(settings):
    """A real SMTP server on this machine, and what it has received."""
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield inbox
    server.stop()


def body(mail) -> str:
    return mail.get_payload(decode=True).decode()


# --- Sending ----------------------------------------------------------------------------------


def test_a_message_is_stored_and_the_reader_told_its_number_and_the_deadline(client, statement):
    response = send(client, page="http://testserver/th/news/", email="reader@example.org")
    assert response.status_code == 303
    assert not response.cookies
    stored = FeedbackMessage.objects.get()
    assert stored.message == "ฟังตารางในหน้านี้ด้วยโปรแกรมอ่านหน้าจอไม่ได้"
    assert stored.page_url == "http://testserver/th/news/"
    assert stored.email == "reader@example.org"
    assert (stored.language, stored.state) == ("th", "open")
    assert stored.due_date == add_working_days(timezone.localdate(), 10)
    assert response["Location"].endswith("#sent")
    sent = client.get(response["Location"])
    status = text_of(sent.text).split('role="status"')[1]
    assert stored.reference in status
    assert f'<time datetime="{stored.due_date}">' in status
    assert str(stored.due_date.year + 543) in status
    assert sent["Cache-Control"] == "private, no-cache"
    assert "<title>ส่งแล้ว" in sent.text


def test_only_the_message_is_needed(client, bilingual_site):
    assert send(client).status_code == 303
    assert FeedbackMessage.objects.get().email == ""


def test_no_cookie_and_no_token_is_asked_for(bilingual_site):
    client = Client(enforce_csrf_checks=True)
    response = send(client)
    assert response.status_code == 303
    assert not client.cookies


def test_the_deadline_is_a_setting(client, settings, statement):
    settings.ACCESSIBILITY_FEEDBACK_DEADLINE = 3
    assert "within 3 working days" in client.get(FORM, {"lang": "en"}).text
    send(client)
    assert FeedbackMessage.objects.get().due_date == add_working_days(timezone.localdate(), 3)
    assert "ภายใน 3 วันทำการ" in text_of(client.get(statement.url).text)


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_saturdays_and_sundays_are_no_working_days(day, days, due):
    assert add_working_days(day, days) == due


# --- Errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("message", "", "Say what the problem is."),
        ("message", "   ", "Say what the problem is."),
        ("message", "a" * 5001, "The message has 5001 characters; at most 5000 can be sent."),
        ("page", "https://evil.example/", "is no address of this site: these begin with http://"),
        ("page", "javascript:alert(1)", "is no address of this site"),
        ("page", "/" + "a" * 2001, "The address is too long."),
        ("email", "reader", "Write an e-mail address as name@example.org"),
        (
            "email",
            f"a@{('b' * 60 + '.') * 5}example",
            "Write an e-mail address as name@example.org",
        ),
        ("email", "a@example.org\nBcc: b@example.org", "Write an e-mail address"),
    ],
)
def test_an_error_stands_at_its_field_and_in_the_summary_and_nothing_is_lost(
    client, bilingual_site, name, value, message
):
    values = {"message": "The table cannot be heard", "lang": "en", name: value}
    response = send(client, **values)
    assert response.status_code == 422
    assert FeedbackMessage.objects.count() == 0
    html = response.text
    assert "<title>Error:" in html
    summary = html.split('role="alert"')[1].split("</div>")[0]
    assert f'<a href="#{name}">' in summary
    assert message in summary
    control = re.search(rf'<(?:input|textarea)[^>]* name="{name}"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in control
    assert f'aria-describedby="{name}-error {name}-hint"' in control
    assert f'id="{name}-error"' in html
    if name != "message":
        assert "The table cannot be heard" in html


def test_what_is_refused_is_shown_as_text(client, bilingual_site):
    html = send(client, page="<script>alert(1)</script>", message="<b>", lang="en").text
    assert "<script>alert" not in html
    assert "&lt;b&gt;" in html


# --- People and machines ----------------------------------------------------------------------


def test_a_field_that_only_machines_see_stops_them_but_no_person(client, bilingual_site):
    response = send(client, subject="Buy now", lang="en")
    assert response.status_code == 422
    assert FeedbackMessage.objects.count() == 0
    assert "for machines only" in response.text
    assert "Buy now" not in response.text
    hidden = response.text.split("<div hidden>")[1].split("</div>")[0]
    assert 'name="subject" value=""' in hidden


@pytest.mark.parametrize("seconds", [0, 1, 25 * 60 * 60])
def test_a_form_that_comes_back_at_once_or_after_a_day_is_shown_again_with_its_text(
    client, bilingual_site, seconds
):
    response = send(client, seconds=seconds)
    assert response.status_code == 422
    assert "ฟังตารางในหน้านี้" in response.text
    assert FeedbackMessage.objects.count() == 0


@pytest.mark.parametrize("issued", ["", "form", "form:1abc:x", "\x00"])
def test_a_form_that_this_site_has_not_made_is_shown_again(client, bilingual_site, issued):
    assert send(client, issued=issued).status_code == 422
    assert FeedbackMessage.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_origin_cannot_send(client, bilingual_site, headers):
    assert send(client, headers).status_code == 403
    assert FeedbackMessage.objects.count() == 0


def test_too_many_messages_from_one_network_are_asked_to_come_later(
    client, settings, bilingual_site
):
    settings.ACCESSIBILITY_FEEDBACK_LIMIT = 2
    assert [send(client).status_code for _ in range(3)] == [303, 303, 429]
    response = send(client, lang="en")
    assert response["Retry-After"] == "3600"
    assert "ฟังตารางในหน้านี้" in response.text
    other = client.post(FORM, fields(), REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 303


def test_all_readers_together_cannot_send_more_than_the_office_can_read(
    client, settings, bilingual_site
):
    settings.ACCESSIBILITY_FEEDBACK_LIMIT_ALL = 2
    for _ in range(2):
        assert send(client).status_code == 303
        # Another process has another cache.
        cache.clear()
    response = send(client, lang="en")
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "within the last hour" in response.text
    assert "ฟังตารางในหน้านี้" in response.text
    assert FeedbackMessage.objects.count() == 2
    FeedbackMessage.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert send(client).status_code == 303


def test_behind_a_trusted_proxy_its_readers_are_told_apart(client, settings, bilingual_site):
    settings.ACCESSIBILITY_FEEDBACK_LIMIT = 1
    settings.ACCESSIBILITY_TRUSTED_PROXIES = 1
    found = [
        send(client, {"X-Forwarded-For": f"198.51.100.9, {address}"}).status_code
        for address in ("2001:db8::1", "2001:db8:0:1::1", "2001:db8::2")
    ]
    assert found == [303, 303, 429]


def test_no_address_of_a_reader_is_kept(client, bilingual_site):
    send(client)
    stored = FeedbackMessage.objects.values().get()
    assert not any("127.0.0.1" in str(value) for value in stored.values())


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client, method):
    assert getattr(client, method)(FORM).status_code == 405


# --- The form ---------------------------------------------------------------------------------


def test_the_form_is_the_same_for_all_readers(client, statement):
    response = client.get(FORM, {"lang": "en"})
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.get("Vary", "")
    with_cookies = Client()
    with_cookies.cookies["preferences"] = "1.theme-dark"
    issued = r'name="issued" value="[^"]+"'
    again = with_cookies.get(FORM, {"lang": "en"}).text
    assert re.sub(issued, "", again) == re.sub(issued, "", response.text)
    assert not response.cookies


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ({"lang": "th"}, {"Accept-Language": "en"}, "th"),
        ({"page": "/en/news/"}, {"Accept-Language": "th"}, "en"),
        ({}, {"Accept-Language": "en"}, "en"),
        ({"lang": "xx"}, {}, "th"),
    ],
)
def test_the_form_speaks_the_readers_language(client, statement, query, headers, language):
    response = client.get(FORM, query, headers=headers)
    assert response["Content-Language"] == language
    heading = {"th": "แจ้งปัญหาการเข้าถึง", "en": "Accessibility feedback"}[language]
    assert f"<h1>{heading}</h1>" in response.text


def test_the_form_names_other_ways_to_reach_the_office(client, statement):
    text = text_of(client.get(FORM, {"lang": "th"}).text)
    assert "mailto:access@example.org" in text
    assert "0 2000 1200" in text


def test_labels_and_hints_belong_to_their_fields(client, statement):
    html = client.get(FORM, {"lang": "en"}).text
    for name in FeedbackForm.visible:
        assert f'<label class="feedback__label" for="{name}">' in html
        control = re.search(rf'<(?:input|textarea)[^>]* name="{name}"[^>]*>', html)[0]
        assert f'id="{name}"' in control
        assert f'aria-describedby="{name}-hint"' in control
        assert ("required" in control) == (name == "message")


@pytest.mark.parametrize("sent", ["", "C7HJ-4KXW", "C7HJ-4KXW:forged", "\x00"])
def test_nobody_looks_up_what_others_have_sent(client, statement, sent):
    response = client.get(FORM, {"lang": "en", "sent": sent})
    assert response.status_code == 200
    assert "has arrived" not in response.text


# --- Mails ------------------------------------------------------------------------------------


def test_the_office_and_the_reader_get_a_mail(
    client, statement, inbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, page="/th/news/", email="reader@example.org")
    stored = FeedbackMessage.objects.get()
    [office] = inbox.to("access@example.org")
    assert stored.message in body(office)
    assert "http://testserver/th/news/" in body(office)
    assert f"/admin/accessibility/feedback/edit/{stored.pk}/" in body(office)
    assert office["Reply-To"] == "reader@example.org"
    [reader] = inbox.to("reader@example.org")
    assert reader["Reply-To"] == "access@example.org"
    assert reader["Auto-Submitted"] == "auto-generated"
    assert stored.reference in body(reader)
    assert str(stored.due_date.year + 543) in body(reader)
    assert "<time" not in body(reader)


def test_without_a_statement_those_who_answer_feedback_get_the_mail(
    client, bilingual_site, inbox, moderator, editor, django_capture_on_commit_callbacks
):
    say_in_english(moderator)
    User.objects.exclude(pk__in=[moderator.pk, editor.pk]).update(email="")
    User.objects.filter(pk=moderator.pk).update(email="moderator@example.org")
    User.objects.filter(pk=editor.pk).update(email="editor@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        send(client, email="reader@example.org")
    [mail] = inbox.to("moderator@example.org")
    assert mail["Subject"].startswith("Accessibility feedback")
    assert mail["Reply-To"] == "reader@example.org"
    assert not inbox.to("editor@example.org")


def test_the_log_says_when_there_is_nobody_to_tell(
    client, bilingual_site, caplog, django_capture_on_commit_callbacks
):
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        send(client)
    assert "Nobody could be told of feedback" in caplog.text


def test_the_reader_is_answered_in_the_language_of_the_form(
    client, statement, inbox, django_capture_on_commit_callbacks
):
    english = in_english(statement)
    with django_capture_on_commit_callbacks(execute=True):
        send(client, email="reader@example.org", lang="en")
    [reader] = inbox.to("reader@example.org")
    assert "We answer by" in body(reader)
    assert english.office in body(reader)


def test_the_confirmation_repeats_nothing_that_was_written(
    client, statement, inbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, message="Visit evil.example", email="victim@example.org")
    [mail] = inbox.to("victim@example.org")
    assert "evil.example" not in mail.as_string() + body(mail)


def test_nobody_is_flooded_with_confirmations(
    client, statement, inbox, django_capture_on_commit_callbacks
):
    for _ in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            send(client, email="victim@example.org")
        # Another process has another cache.
        cache.clear()
    assert len(inbox.to("victim@example.org")) == 3
    assert FeedbackMessage.objects.count() == 5


def test_no_header_can_be_put_into_a_mail(
    client, statement, inbox, django_capture_on_commit_callbacks
):
    message = "ปัญหา\r\nBcc: other@example.org\r\n\r\nอื่น"
    with django_capture_on_commit_callbacks(execute=True):
        send(client, message=message)
    [office] = inbox.mails
    assert office["Bcc"] is None
    assert office["X-RcptTo"] == "access@example.org"


def test_a_mail_that_cannot_be_sent_loses_no_message(
    client, statement, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        response = send(client, email="reader@example.org")
    assert response.status_code == 303
    stored = FeedbackMessage.objects.get()
    assert stored.reference in caplog.text
    assert "reader@example.org" not in caplog.text


# --- In the admin -----------------------------------------------------------------------------

LISTING = "/admin/accessibility/feedback/"


@pytest.fixture
def message(db):
    return FeedbackMessage.objects.create(
        message="ฟังตารางไม่ได้",
        language="th",
        due_date=timezone.localdate() - timedelta(days=1),
    )


def test_the_office_reads_feedback_and_sees_what_is_overdue(client, administrator, message):
    client.force_login(administrator)
    html = client.get(LISTING, headers={"Accept-Language": "th"}).text
    assert message.reference in html
    assert "ฟังตารางไม่ได้" in html
    assert f"{message.due_date.year + 543}</time>" in html
    assert "เกินกำหนด" in html


def test_the_office_marks_it_as_answered_and_cannot_change_what_was_written(
    client, administrator, message
):
    client.force_login(administrator)
    response = client.post(
        f"{LISTING}edit/{message.pk}/",
        {"state": "answered", "note": "ตอบแล้ว", "message": "changed"},
    )
    assert response.status_code == 302
    message.refresh_from_db()
    assert message.state == "answered"
    assert message.message == "ฟังตารางไม่ได้"
    assert not message.is_overdue


@pytest.mark.parametrize(
    ("days", "listed"), [({"from": 0}, True), ({"from": 1}, False), ({"to": -1}, False)]
)
def test_the_office_chooses_by_the_day_on_which_messages_came(office, message, days, listed):
    query = {
        f"created_at_{end}": (timezone.localdate() + timedelta(days=days[end])).isoformat()
        for end in days
    }
    html = office.get(LISTING, query).text
    assert (message.reference in html) == listed
    assert "is greater than" not in html


@pytest.fixture
def office(client, administrator, message):
    """The office, with an English admin."""
    say_in_english(administrator)
    client.force_login(administrator)
    return client


def exported(client) -> list[dict[str, str]]:
    text = client.get(LISTING, {"export": "csv"}).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported_sheet(client) -> dict[str, Cell]:
    """The newest message as XLSX: its cells by their heading."""
    content = client.get(LISTING, {"export": "xlsx"}).getvalue()
    headings, row = list(openpyxl.load_workbook(io.BytesIO(content)).active)[:2]
    return {heading.value: cell for heading, cell in zip(headings, row, strict=True)}


def test_it_is_exported_in_the_language_of_the_admin(office, message):
    [row] = exported(office)
    assert row["Reference number"] == message.reference
    assert (row["Message"], row["State"]) == ("ฟังตารางไม่ได้", "Open")


def test_programs_that_guess_are_told_that_an_export_is_utf_8(office):
    assert office.get(LISTING, {"export": "csv"}).getvalue().startswith(b"\xef\xbb\xbfReference")


def test_what_people_paste_arrives_without_control_characters(client, bilingual_site):
    assert send(client, message="หน้า\x0b แรก\x00\n\tข้อ\x1b 2").status_code == 303
    assert FeedbackMessage.objects.get().message.split("\n") == ["หน้า แรก", "\tข้อ 2"]
    assert send(client, message="\x01").status_code == 422


def test_control_characters_that_were_stored_break_no_export(office, message):
    FeedbackMessage.objects.update(message="ฟัง\x0bตาราง\x00ไม่ได้\ufffe")
    assert exported(office)[0]["Message"] == "ฟังตารางไม่ได้"
    assert exported_sheet(office)["Message"].value == "ฟังตารางไม่ได้"


@pytest.mark.parametrize("text", ["=1+1", "+66", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x0b=1"])
def test_no_export_runs_what_a_reader_wrote(office, message, text):
    FeedbackMessage.objects.update(message=text)
    assert exported(office)[0]["Message"] == "'" + text.replace("\x0b", "")
    assert exported_sheet(office)["Message"].data_type == "s"


def test_nobody_adds_feedback_in_the_admin(client, administrator, message):
    client.force_login(administrator)
    assert client.get(f"{LISTING}new/").status_code == 302
    assert f"{LISTING}new/" not in client.get(LISTING).text


@pytest.mark.parametrize("path", ["", "edit/{pk}/", "inspect/{pk}/", "delete/{pk}/"])
@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_has_no_permission_reads_no_feedback(client, request, message, path, role):
    client.force_login(request.getfixturevalue(role))
    response = client.get(LISTING + path.format(pk=message.pk))
    assert response.status_code == 302
    assert response.url == "/admin/"
    assert "accessibility/feedback" not in client.get("/admin/reports/locked/").text


def test_who_is_not_signed_in_reads_no_feedback(client, message):
    assert client.get(LISTING).url.startswith("/admin/login/")


def test_a_moderator_answers_feedback(client, moderator, message):
    client.force_login(moderator)
    assert message.reference in client.get(LISTING).text
    assert client.get(f"{LISTING}edit/{message.pk}/").status_code == 200
