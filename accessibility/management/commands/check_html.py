"""Run the content rules on any HTML: a file, a page of the web, a pipe."""

from __future__ import annotations

import codecs
import json
import re
import sys
from argparse import ArgumentParser
from collections import Counter
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from django.core.management.base import BaseCommand, CommandError
from django.utils.encoding import iri_to_uri

from accessibility.conf import MESSAGE_LANGUAGES, message_language
from accessibility.rules import SEVERITIES, Finding
from accessibility.rules.language import is_language_tag
from accessibility.ruleset import site_rules
from accessibility.sarif import sarif_log

MOST_BYTES = 5_000_000
MOST_SECONDS = 20

#: Where a page names its own charset: in its first 1024 bytes (HTML, "prescan a byte stream").
_META_CHARSET = re.compile(rb"""<meta\s[^>]*charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
#: What goes before all that is stated (HTML, "BOM sniff").
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
#: A tag, a doctype or a comment; plain text and a picture's bytes hold none.
_TAG = re.compile(r"<[A-Za-z/!?]")
#: Names of charsets that mean another one on the web (Encoding Standard).
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8-sig"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874", "dos-874"), "cp874"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
}


class Command(BaseCommand):
    help = (
        "Check HTML for barriers by the content rules of this site. Exits with 1 when there are "
        "findings of the severity given by --fail-on or a graver one, with 2 when the input cannot "
        "be checked."
    )
    # It reads no model: neither database nor system checks are needed.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="a file, an address (http or https), or - for a pipe")
        parser.add_argument(
            "--lang", default="", help="language of text whose HTML names none, such as th"
        )
        parser.add_argument(
            "--message-lang", choices=MESSAGE_LANGUAGES, help="language of the messages"
        )
        parser.add_argument("--format", choices=("text", "json", "sarif"), default="text")
        parser.add_argument("--fail-on", choices=SEVERITIES, default="error")

    def handle(self, *args: Any, **options: Any) -> None:
        lang, source = options["lang"], options["source"]
        if lang and not is_language_tag(lang):
            raise _unusable(f"“{lang}” is no language tag (BCP 47). Use one such as th or en-GB.")
        html = _read(source)
        message_lang = options["message_lang"] or message_language()
        rules = site_rules()
        findings = rules.check(html, lang, message_lang=message_lang)
        if options["format"] == "json":
            shown = [finding.as_dict() for finding in findings]
            self._write_json(shown)
        elif options["format"] == "sarif":
            self._write_json(sarif_log(findings, rules, _uri(source), html, message_lang))
        else:
            self._write_text(findings)
        grave = SEVERITIES[: SEVERITIES.index(options["fail_on"]) + 1]
        if any(finding.severity in grave for finding in findings):
            sys.exit(1)

    def _write_json(self, value: object) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))

    def _write_text(self, findings: list[Finding]) -> None:
        for finding in findings:
            self.stdout.write(
                f"{finding.severity} {finding.rule} (WCAG {finding.criterion})\n"
                f"  {finding.selector}\n  {finding.excerpt}\n"
                f"  {finding.message}\n  {finding.remedy}\n"
            )
        counts = Counter(finding.severity for finding in findings)
        self.stdout.write(", ".join(f"{severity}: {counts[severity]}" for severity in SEVERITIES))


def _uri(source: str) -> str:
    """The source as a URI reference; a pipe has a name of its own."""
    if "://" in source:
        return source
    return "stdin.html" if source == "-" else quote(Path(source).as_posix())


def _read(source: str) -> str:
    """The HTML of a source; CommandError with one sentence when it cannot be had."""
    if source == "-":
        return _decoded(sys.stdin.buffer.read(MOST_BYTES + 1), "The pipe")
    scheme = source.partition("://")[0].lower() if "://" in source else ""
    if scheme in ("http", "https"):
        return _fetched(source)
    if scheme:
        raise _unusable(f"“{source}” is no address of the web. Use http or https, a file, or -.")
    path = Path(source)
    try:
        with path.open("rb") as file:
            return _decoded(file.read(MOST_BYTES + 1), f"“{source}”")
    except FileNotFoundError:
        raise _unusable(
            f"There is no file “{source}”. Give a file, an address that begins with http:// or "
            "https://, or -."
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _unusable(f"“{source}” cannot be read: {reason}. Give an HTML file.") from None


def _fetched(address: str) -> str:
    end = monotonic() + MOST_SECONDS
    headers = {"Accept": "text/html", "User-Agent": "wagtail-sala check_html"}
    try:
        # The scheme has been checked: no file of this machine is read through urlopen.
        request = Request(_ascii(address), headers=headers)  # noqa: S310
        with urlopen(request, timeout=MOST_SECONDS) as response:  # noqa: S310
            kind = response.headers.get_content_type()
            charset = response.headers.get_content_charset()
            if kind not in ("text/html", "application/xhtml+xml"):
                raise _unusable(f"“{address}” is {kind}. Give the address of an HTML page.")
            data = b""
            while len(data) <= MOST_BYTES and (part := response.read1(65_536)):
                data += part
                if monotonic() > end:
                    raise TimeoutError
            if response.length and len(data) <= MOST_BYTES:
                raise IncompleteRead(data, response.length)
    except HTTPError as error:
        error.close()
        raise _unusable(
            f"“{address}” answered {error.code} {error.reason}. Give a page that answers 200."
        ) from None
    except TimeoutError:
        raise _unusable(
            f"“{address}” took longer than {MOST_SECONDS} seconds. Try again, or save it to a file."
        ) from None
    except (URLError, OSError, ValueError, HTTPException) as error:
        reason = " ".join(str(getattr(error, "reason", error)).split())
        raise _unusable(f"“{address}” cannot be reached: {reason}. Check the address.") from None
    return _decoded(data, f"“{address}”", charset)


def _ascii(address: str) -> str:
    """The address as it is sent: a name of a host by IDNA, a path in UTF-8 with percent signs."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not host.isascii():
        port = f":{parts.port}" if parts.port else ""
        parts = parts._replace(netloc=host.encode("idna").decode() + port)
    return iri_to_uri(parts.geturl())


def _decoded(data: bytes, name: str, charset: str | None = None) -> str:
    """HTML as text: by its byte order mark or the charset stated of it or in it, else as UTF-8."""
    if len(data) > MOST_BYTES:
        raise _unusable(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Check a part of it, or one page."
        )
    marked = (codec for mark, codec in _BYTE_ORDER_MARKS.items() if data.startswith(mark))
    stated = next(marked, None) or charset or _stated_within(data) or "utf-8"
    try:
        html = data.decode(_CODECS.get(stated.lower(), stated))
    except (UnicodeDecodeError, LookupError):
        raise _unusable(
            f"{name} is not {stated.upper()} text. Give HTML, saved as UTF-8."
        ) from None
    if not _TAG.search(html):
        raise _unusable(f"{name} holds no HTML: no tag is in it. Give a page or a fragment.")
    return html


def _stated_within(data: bytes) -> str | None:
    found = _META_CHARSET.search(_COMMENT.sub(b"", data[:1024]))
    if found is None:
        return None
    name = found[1].decode()
    # What could be read to find this is not UTF-16 (HTML, "prescan a byte stream").
    return "utf-8" if name.lower().startswith("utf-16") else name


def _unusable(message: str) -> CommandError:
    return CommandError(message, returncode=2)
