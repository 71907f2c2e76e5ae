"""The text of security.txt, as RFC 9116 has it."""

import re
from collections.abc import Iterator
from datetime import UTC

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from ..models import AbstractPolicyPage, PolicyPage, SecurityTxt

PATH = "/.well-known/security.txt"

# RFC 9580, 7: a signed text, its lines dash-escaped, and the signature below it.
_SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n"
    r"(?:Hash: [A-Za-z0-9-]+(?:,[A-Za-z0-9-]+)*\n)+"
    r"\n"
    r"(?P<text>.*?)\n"
    r"-----BEGIN PGP SIGNATURE-----\n"
    r"(?:[A-Za-z]+: [\t -~]*\n)*"
    r"\n"
    r"(?:[A-Za-z0-9+/=]+\n)+"
    r"-----END PGP SIGNATURE-----\n\Z",
    re.DOTALL,
)


def unsigned_text(record: SecurityTxt) -> str:
    """The fields in lines that end with CRLF (RFC 9116, 2.2). About three queries."""
    return "".join(f"{name}: {value}\r\n" for name, value in _fields(record))


def document(record: SecurityTxt) -> str:
    """What is served: the signed text while it says the same as the fields, or else the fields."""
    if record.signature and not signature_problems(record):
        return _normalised(record.signature).replace("\n", "\r\n")
    return unsigned_text(record)


def problems(record: SecurityTxt) -> list[str]:
    """Why the file is not served, a sentence each: empty when it is."""
    try:
        record.full_clean(validate_unique=False, exclude=["signature"])
    except ValidationError as error:
        return [
            f"{record._meta.get_field(name).verbose_name}: {message}"  # type: ignore[union-attr]
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def warnings(record: SecurityTxt, days: int) -> list[str]:
    """What should be done about a file that is served, a sentence each.

    days: how long before it expires one is reminded
    """
    found = []
    if record.expires_within(days):
        found.append(_("It expires soon. Check it and give it a new day."))
    if not record.expires_within(366):
        found.append(
            _("It expires in more than a year; whoever reads it may not trust what is so old.")
        )
    if not any(name == "Policy" for name, value in _fields(record)):
        found.append(
            _("There is no published website security policy, so that the file links none.")
        )
    if record.signature:
        found += signature_problems(record)
    return found


def signature_problems(record: SecurityTxt) -> list[str]:
    """Why the signed text is not served: empty when it is. The signature itself is not verified."""
    signed = _SIGNED.match(_normalised(record.signature))
    if signed is None:
        return [
            _(
                "The signed text is no whole OpenPGP message, from “-----BEGIN PGP SIGNED "
                "MESSAGE-----” to “-----END PGP SIGNATURE-----”. The file is served unsigned."
            )
        ]
    # RFC 9580, 7.2: lines that begin with a dash are escaped with "- ".
    text = re.sub(r"^- ", "", signed["text"], flags=re.MULTILINE)
    if text.strip() != unsigned_text(record).replace("\r\n", "\n").strip():
        return [
            _(
                "The signed text does not say what the file says now. Sign it anew. The file is "
                "served unsigned until then."
            )
        ]
    return []


def address(site: Site, scheme: str = "https") -> str:
    """The canonical address of the file: HTTPS is required (RFC 9116, 3).

    scheme: for a site that is served otherwise while it is tried out
    """
    return _origin(site, scheme) + PATH


def _origin(site: Site, scheme: str = "https") -> str:
    port = "" if site.port in (80, 443) else f":{site.port}"
    return f"{scheme}://{site.hostname}{port}"


def _normalised(text: str) -> str:
    # What is copied brings along space before it and behind.
    lines = text.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _fields(record: SecurityTxt) -> Iterator[tuple[str, str]]:
    site = record.site
    for contact in record.contact_list:
        yield "Contact", contact
    yield "Expires", record.expires.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if record.encryption:
        yield "Encryption", record.encryption
    if record.acknowledgments:
        yield "Acknowledgments", record.acknowledgments
    # The languages of the site: its editors read them.
    languages = [locale.language_code for locale in Locale.objects.order_by("pk")]
    yield "Preferred-Languages", ", ".join(languages)
    yield "Canonical", address(site)
    for path in _policy_paths(site):
        yield "Policy", _origin(site) + path
    if record.hiring:
        yield "Hiring", record.hiring


def _policy_paths(site: Site) -> Iterator[str]:
    """The security policies of the site that everybody can read, one for each language."""
    policies = (
        PolicyPage.objects.filter(kind=AbstractPolicyPage.Kind.SECURITY, alias_of=None)
        .live()
        .public()
    )
    page: Page
    for page in policies.order_by("locale_id", "path"):
        parts = page.get_url_parts()
        if parts and parts[0] == site.pk:
            yield parts[2]
