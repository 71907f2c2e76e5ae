"""/.well-known/security.txt is right, or is not there (RFC 9116)."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from abnf.grammars import rfc3339, rfc3986, rfc5322, rfc5646
from abnf.grammars.misc import load_grammar_rules
from abnf.parser import ParseError, Rule
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from accessibility.checks import check_security_txt
from accessibility.models import SecurityTxt
from accessibility.models.security_txt import (
    validate_contact,
    validate_key,
    validate_web_address,
)
from accessibility.security_txt.document import unsigned_text
from tests import factories

from .gate import say_in_english

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"
LISTING = "/admin/accessibility/security-txt/"
VALIDATORS = [validate_contact, validate_key, validate_web_address]


@load_grammar_rules(
    [
        ("date-time", rfc3339.Rule("date-time")),
        ("uri", rfc3986.Rule("URI")),
        ("lang-tag", rfc5646.Rule("Language-Tag")),
        ("field-name", rfc5322.Rule("field-name")),
        ("unstructured", rfc5322.Rule("unstructured")),
    ]
)
class Grammar(Rule):
    """The grammar of RFC 9116, 5; that of a signed text for files without other letters than ASCII.

    Two of its sentences are said by `read` instead, since they make it ambiguous: that a file has
    a Contact, one Expires and at most one Preferred-Languages.
    """

    grammar = [
        "unsigned = 1*line",
        "line = [ (field / comment) ] eol",
        "eol = *WSP [CR] LF",
        "field = ack-field / can-field / contact-field / encryption-field / hiring-field"
        " / policy-field / expires-field / lang-field",
        'fs = ":"',
        'comment = "#" *(WSP / VCHAR / %x80-FFFFF)',
        'ack-field = "Acknowledgments" fs SP uri',
        'can-field = "Canonical" fs SP uri',
        'contact-field = "Contact" fs SP uri',
        'expires-field = "Expires" fs SP date-time',
        'encryption-field = "Encryption" fs SP uri',
        'hiring-field = "Hiring" fs SP uri',
        'lang-field = "Preferred-Languages" fs SP lang-values',
        'policy-field = "Policy" fs SP uri',
        'lang-values = lang-tag *(*WSP "," *WSP lang-tag)',
        "signed = cleartext-header 1*hash-header CRLF cleartext signature",
        'cleartext-header = %s"-----BEGIN PGP SIGNED MESSAGE-----" CRLF',
        'hash-header = %s"Hash: " token *("," token) CRLF',
        "cleartext = *((line-dash / line-nodash) [CR] LF)",
        'line-dash = "- -" *(VCHAR / WSP)',
        "line-nodash = [(%x20-2C / %x2E-7E) *(VCHAR / WSP)]",
        "signature = armor-header armor-keys CRLF signature-data armor-tail",
        'armor-header = %s"-----BEGIN PGP SIGNATURE-----" CRLF',
        'armor-keys = *(token ": " *(VCHAR / WSP) CRLF)',
        'armor-tail = %s"-----END PGP SIGNATURE-----" CRLF',
        'signature-data = 1*(1*(ALPHA / DIGIT / "=" / "+" / "/") CRLF)',
        'token = 1*(ALPHA / DIGIT / "-")',
    ]


def read(text: str) -> list[tuple[str, str]]:
    """The fields of a file, which must be one by the grammar. Raises ParseError."""
    # Line by line: the rule of the whole is nothing but lines.
    for line in text.splitlines(keepends=True):
        Grammar("line").parse_all(line)
    fields = [tuple(line.split(": ", 1)) for line in text.splitlines()]
    names = [name for name, _value in fields]
    assert names.count("Contact") >= 1
    assert names.count("Expires") == 1
    assert names.count("Preferred-Languages") <= 1
    return fields


def read_signed(text: str) -> list[tuple[str, str]]:
    """The fields of a signed file. Raises ParseError."""
    Grammar("signed").parse_all(text)
    cleartext = text.split("\r\n\r\n", 1)[1].split("-----BEGIN PGP SIGNATURE-----")[0]
    return read(re.sub(r"^- ", "", cleartext, flags=re.MULTILINE))


@pytest.fixture
def record(bilingual_site) -> SecurityTxt:
    return SecurityTxt.objects.create(
        site=bilingual_site.site, contacts="mailto:security@example.org\ntel:+66-2-000-1000"
    )


@pytest.fixture
def policies(bilingual_site):
    """The security policy in both languages, at addresses of their alphabet."""
    thai = factories.PolicyPageFactory(
        parent=bilingual_site.home, kind="security", slug="นโยบายความมั่นคงปลอดภัย"
    )
    english = factories.translate(
        thai, slug="security-policy", title="Security policy", office="IT", body="<p>Text.</p>"
    )
    return thai, english


def served(client) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


# --- What is served ---------------------------------------------------------------------------


def test_the_fingerprint_of_a_key_may_be_written_as_gpg_shows_it(record):
    record.encryption = "OPENPGP4FPR:5F2DE5521C63A801AB59CCB603D49DE44B29100F"
    record.full_clean()


def test_it_is_a_file_by_the_grammar_with_all_its_fields(client, record, policies):
    record.encryption = "openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f"
    record.acknowledgments = "https://www.example.org/thanks"
    record.hiring = "https://www.example.org/jobs"
    record.full_clean()
    record.save()
    fields = read(served(client))
    assert [name for name, _value in fields] == [
        "Contact",
        "Contact",
        "Expires",
        "Encryption",
        "Acknowledgments",
        "Preferred-Languages",
        "Canonical",
        "Policy",
        "Policy",
        "Hiring",
    ]


def test_the_grammar_of_the_test_finds_faults():
    for line in ("Contact: security\r\n", "Expires: tomorrow\r\n", "Policy:https://a.b\r\n"):
        with pytest.raises(ParseError):
            read(line)


def test_contacts_keep_their_order(client, record):
    contacts = [value for name, value in read(served(client)) if name == "Contact"]
    assert contacts == ["mailto:security@example.org", "tel:+66-2-000-1000"]


def test_it_says_where_it_stands_and_which_languages_are_read(client, record):
    fields = dict(read(served(client)))
    assert fields["Canonical"] == "https://localhost/.well-known/security.txt"
    assert fields["Preferred-Languages"] == ", ".join(
        Locale.objects.order_by("pk").values_list("language_code", flat=True)
    )


def test_it_links_the_security_policy_in_each_language(client, record, policies):
    links = [value for name, value in read(served(client)) if name == "Policy"]
    assert links[1] == "https://localhost/en/security-policy/"
    assert links[0].startswith("https://localhost/th/%E0%B8%99")
    policies[0].unpublish()
    assert [v for n, v in read(served(client)) if n == "Policy"] == links[1:]


def test_it_is_plain_text_that_caches_may_keep_for_an_hour(client, record):
    response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert client.head(ADDRESS).status_code == 200
    assert client.post(ADDRESS).status_code == 405


def test_no_cache_keeps_it_beyond_its_end(client, record):
    SecurityTxt.objects.update(expires=timezone.now() + timedelta(seconds=90))
    kept = client.get(ADDRESS).headers["Cache-Control"]
    assert int(kept.partition("max-age=")[2]) <= 90


def test_the_old_address_leads_there_without_a_language(client, record):
    response = client.get("/security.txt")
    assert (response.status_code, response.url) == (301, ADDRESS)


def test_it_costs_few_queries(client, record, policies, django_assert_max_num_queries):
    client.get(ADDRESS)
    with django_assert_max_num_queries(6):
        client.get(ADDRESS)


# --- What is not served -----------------------------------------------------------------------


def test_a_site_without_one_says_so_in_plain_text(client, bilingual_site):
    response = client.get(ADDRESS)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "broken",
    [
        {"expires": timezone.now() - timedelta(minutes=1)},
        {"contacts": ""},
        {"contacts": "security@example.org"},
    ],
)
def test_what_is_expired_or_incomplete_is_not_served(client, record, moderator, broken):
    SecurityTxt.objects.update(**broken)
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    "contact",
    [
        "security@example.org",
        "mailto:",
        "mailto:nobody",
        "mailto:ความปลอดภัย@example.org",
        "http://example.org/report",
        "https://",
        "https://example.org/แจ้ง",
        "tel:02000",
        "tel:+66 2 000",
        "javascript:alert(1)",
        "mailto:a@example.org\rPolicy: https://evil.example/",
        'https://www.example.org/{a}|"<>',
        r"https://www.example.org/a\b^",
        "https://www.example.org/50%",
        "https://www.example.org/[a]",
        "https://www.example.org/#a#b",
        "https://a|b@www.example.org/",
        "mailto:a%b@example.org",
        'mailto:"a\x01b"@example.org',
        "mailto:%22a%01b%22@example.org",
        "mailto:a@example.org?subject",
        "mailto:a@example.org,",
        "tel:+66-2-000-1000;ext=",
    ],
)
def test_other_contacts_are_refused_with_examples(record, contact):
    record.contacts = contact
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert "mailto:security@example.org" in refusal.value.message_dict["contacts"][0]


@pytest.mark.parametrize(
    "contact",
    [
        "HTTPS://www.example.org",
        "https://www.example.org:8443/a%20b;c=(d)?e=/?f#g",
        "https://[2001:db8::1]/report",
        "mailto:security@example.org?subject=x",
        "mailto:a%25b@example.org,c+d@example.org?subject=a%20b&body=",
        "tel:+66-2-000-1000;ext=5",
        "tel:+(66)2.000.1000;phone-context=example.org",
    ],
)
def test_every_address_of_the_grammar_is_taken(client, record, contact):
    record.contacts = contact
    record.full_clean()
    record.save()
    assert ("Contact", contact) in read(served(client))


#: Good addresses as far as they go, and what makes them bad, or not.
BEGINNINGS = st.sampled_from(
    ["https://a.example", "https://a.example/", "mailto:a", "tel:+66", "dns:a", "dns:", ""]
)
MIDDLES = st.text("/?#[]@:!$&'()*+,;=-._~aF4%^|{}<>\"\\ \n\x01ก", max_size=4)
ENDS = st.sampled_from(["", "@b.example", "@b.example?a=b", "41", ";ext=5", "?type=OPENPGPKEY"])
ADDRESSES = st.tuples(BEGINNINGS, MIDDLES, ENDS).map("".join)


@given(ADDRESSES, st.sampled_from(VALIDATORS))
def test_what_is_taken_is_an_address_by_the_grammar(text, validate):
    try:
        validate(text)
    except ValidationError:
        return
    rfc3986.Rule("URI").parse_all(text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("encryption", "my key"),
        ("encryption", 'dns:"<>?type=OPENPGPKEY'),
        ("encryption", "dns:example.org"),
        ("acknowledgments", "http://example.org/"),
        ("hiring", "https://example.org/งาน"),
        ("expires", timezone.now() - timedelta(days=1)),
    ],
)
def test_other_values_are_refused_at_their_field(record, field, value):
    setattr(record, field, value)
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert field in refusal.value.message_dict


# --- The signature ----------------------------------------------------------------------------


def signed(text: str) -> str:
    """A text as `gpg --clearsign` writes it. Its signature is not one."""
    lines = [f"- {line}" if line.startswith("-") else line for line in text.splitlines()]
    return "\n".join(
        [
            "-----BEGIN PGP SIGNED MESSAGE-----",
            "Hash: SHA512",
            "",
            *lines,
            "-----BEGIN PGP SIGNATURE-----",
            "",
            "iHUEARYKAB0WIQSsP2kEdoKDVFpSg6u3rK+YCkjapwUCY9qRaQAKCRC3rK+YCkja",
            "=abcd",
            "-----END PGP SIGNATURE-----",
            "",
        ]
    )


def test_a_signed_text_is_served_as_it_was_signed(client, record):
    SecurityTxt.objects.update(signature=signed(unsigned_text(record)))
    text = served(client)
    assert text.startswith("-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\nContact:")
    assert unsigned_text(record) in text


@pytest.mark.parametrize("around", ["", " ", "\n \n", "\r\n\t"])
def test_a_signed_file_is_one_by_the_grammar_whatever_space_was_pasted_with_it(
    client, record, policies, around
):
    text = unsigned_text(record)
    SecurityTxt.objects.update(signature=f"{around}{signed(text)}{around}")
    assert read_signed(served(client)) == read(text)


def test_a_signature_whose_comment_is_no_ascii_is_not_served(client, record):
    text = signed(unsigned_text(record))
    head = "-----BEGIN PGP SIGNATURE-----\n"
    SecurityTxt.objects.update(signature=text.replace(head, f"{head}Comment: ลายมือชื่อ\n"))
    read(served(client))


@pytest.mark.parametrize(
    "change", [{"contacts": "mailto:other@example.org"}, {"signature": "-----BEGIN PGP"}]
)
def test_a_signature_of_something_else_is_not_served(client, record, administrator, change):
    SecurityTxt.objects.update(**{"signature": signed(unsigned_text(record)), **change})
    text = served(client)
    assert "PGP" not in text
    read(text)
    say_in_english(administrator)
    client.force_login(administrator)
    html = client.get(f"{LISTING}edit/{record.pk}/").content.decode()
    assert "served unsigned" in html


# --- The admin --------------------------------------------------------------------------------


@pytest.fixture
def admin(client, administrator):
    say_in_english(administrator)
    client.force_login(administrator)
    return client


def test_an_administrator_sets_it_up(admin, bilingual_site):
    tomorrow = timezone.localtime() + timedelta(days=1)
    response = admin.post(
        f"{LISTING}new/",
        {
            "site": bilingual_site.site.pk,
            "contacts": " https://www.example.org/report \r\n\r\n",
            "expires": f"{tomorrow:%Y-%m-%d %H:%M}",
        },
    )
    assert response.status_code == 302
    assert read(served(admin))[0] == ("Contact", "https://www.example.org/report")


def test_an_expiry_in_the_past_is_refused(admin, record):
    response = admin.post(
        f"{LISTING}edit/{record.pk}/",
        {"site": record.site_id, "contacts": record.contacts, "expires": "2020-01-01 00:00"},
    )
    assert "This moment is past." in response.content.decode()


def test_the_editor_sees_the_file_and_why_it_is_not_served(admin, record):
    html = admin.get(f"{LISTING}edit/{record.pk}/").content.decode()
    assert "Contact: mailto:security@example.org" in html
    assert "There is no published website security policy" in html
    SecurityTxt.objects.update(expires=timezone.now() - timedelta(days=1))
    html = admin.get(f"{LISTING}edit/{record.pk}/").content.decode()
    assert "The file is not served:" in html
    assert "This moment is past." in html


def test_the_first_page_of_the_admin_warns_well_before_the_end(admin, record, settings):
    settings.ACCESSIBILITY_REVIEW_REMINDER = 14
    assert "security.txt – localhost" not in admin.get("/admin/").content.decode()
    SecurityTxt.objects.update(expires=timezone.now() + timedelta(days=13))
    assert "security.txt – localhost" in admin.get("/admin/").content.decode()
    SecurityTxt.objects.update(expires=timezone.now() - timedelta(days=1))
    assert "expired" in admin.get("/admin/").content.decode()


def test_the_link_to_the_file_works_where_https_is_not_set_up(admin, record):
    record.site.port = 8000
    record.site.save()
    html = admin.get(f"{LISTING}edit/{record.pk}/").content.decode()
    link = 'href="{}://localhost:8000/.well-known/security.txt"'
    assert link.format("http") in html
    assert "Canonical: https://localhost:8000/" in html
    html = admin.get(f"{LISTING}edit/{record.pk}/", secure=True).content.decode()
    assert link.format("https") in html


def test_the_first_page_of_the_admin_names_a_site_without_one(admin, bilingual_site, moderator):
    html = admin.get("/admin/").content.decode()
    assert f'href="{LISTING}new/">security.txt – localhost</a>' in html
    SecurityTxt.objects.create(site=bilingual_site.site, contacts="mailto:security@example.org")
    assert "security.txt – localhost" not in admin.get("/admin/").content.decode()
    SecurityTxt.objects.all().delete()
    admin.force_login(moderator)
    assert "security.txt – localhost" not in admin.get("/admin/").content.decode()


def test_editors_without_the_permission_neither_see_nor_change_it(client, record, moderator):
    say_in_english(moderator)
    SecurityTxt.objects.update(expires=timezone.now() + timedelta(days=3))
    client.force_login(moderator)
    assert "security.txt" not in client.get("/admin/").content.decode()
    for path in ("", "new/", f"edit/{record.pk}/", f"delete/{record.pk}/"):
        response = client.post(f"{LISTING}{path}", {"contacts": "mailto:evil@example.org"})
        assert response.status_code in (302, 405)
    record.refresh_from_db()
    assert "evil" not in record.contacts


# --- The system check -------------------------------------------------------------------------


def warnings(**options) -> str:
    output = StringIO()
    call_command("check", stdout=output, stderr=output, **options)
    return output.getvalue()


def test_a_check_of_the_database_warns_of_the_end(record):
    assert "security.txt" not in warnings(databases=["default"])
    SecurityTxt.objects.update(expires=timezone.now() + timedelta(days=20))
    assert "expires soon" in warnings(databases=["default"])
    SecurityTxt.objects.update(expires=timezone.now() - timedelta(days=1))
    assert "has expired and is not served" in warnings(databases=["default"])


def test_checks_without_a_database_ask_none(record, django_assert_num_queries):
    SecurityTxt.objects.update(expires=timezone.now() - timedelta(days=1))
    with django_assert_num_queries(0):
        assert check_security_txt(None, databases=[]) == []
