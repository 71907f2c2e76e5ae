"""From a raw entry to a checked one. All that is wrong with an entry is said at once."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages, get_supported_content_language_variant

from localization import thai
from newsroom.audience.counts import MAX_TOTAL
from newsroom.models import ImportedArticle, NewsArticlePage, NewsCategory

from .body import PARTS, Part, Picture, read_picture

T = TypeVar("T")

MAX_TITLE: int = NewsArticlePage._meta.get_field("title").max_length  # type: ignore[union-attr,assignment]
MAX_CATEGORY: int = NewsCategory._meta.get_field("name").max_length  # type: ignore[union-attr,assignment]
MAX_SOURCE_ID: int = ImportedArticle._meta.get_field("source_id").max_length  # type: ignore[union-attr,assignment]
MAX_HEADING = 255
MAX_ALTERNATIVE = 255
MAX_SRC = 255
# An event of the year 2400 is a year of the Buddhist era that was not converted.
FIRST_UNLIKELY_YEAR = 2400

FIELDS = (
    "source_id",
    "source_language",
    "category",
    "title",
    "event_date",
    "event_date_as_printed",
    "views",
    "body",
    "site",
)
SITE_FIELDS = ("visitors_total", "visitors_today", "copyright_year", "social")
# What describes the old site, and is set up here in other ways.
SITE_FIELDS_PASSED_OVER = ("languages", "badges", "policies")
SOCIAL_PLATFORMS = ("facebook", "instagram", "line", "mastodon", "tiktok", "x", "youtube")

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field. `field` is a path such as "body[2].text"."""

    field: str
    value: Any
    allowed: str

    def __str__(self) -> str:
        if self.value is _MISSING:
            return _("%(field)s is missing: %(allowed)s") % {
                "field": self.field,
                "allowed": self.allowed,
            }
        return _("%(field)s: %(value)s is not allowed: %(allowed)s") % {
            "field": self.field,
            "value": Truncator(ascii_safe(repr(self.value))).chars(80),
            "allowed": self.allowed,
        }


class EntryError(ValueError):
    """An entry is refused as a whole, for the reasons in `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SiteData:
    """What an entry says of the whole site. `owners` is keyed by language code."""

    visitors_total: int | None = None
    visitors_today: int | None = None
    owners: Mapping[str, str] = field(default_factory=dict)
    copyright_year: int | None = None
    social: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    source_id: str
    language: str
    category: Mapping[str, str]
    title: str
    event_date: date
    event_time: time | None
    views: int | None
    parts: tuple[Part, ...]
    site: SiteData | None


class Check:
    """Takes fields one by one, and keeps what is wrong with them.

    A reader is a function that returns the clean value, or raises ValueError with what is allowed.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def field(
        self,
        path: str,
        value: Any,
        read: Callable[[Any], T],
    ) -> T | None:
        try:
            return read(value)
        except ValueError as error:
            self.problems.append(Problem(path, value, str(error)))
            return None

    def names(self, path: str, value: Mapping[str, Any], allowed: Collection[str]) -> None:
        for name in value:
            if name not in allowed:
                self.problems.append(
                    Problem(
                        f"{path}{ascii_safe(name)}",
                        value[name],
                        _("there is no such field; give one of: %(names)s.")
                        % {"names": ", ".join(allowed)},
                    )
                )


def parse_entry(raw: Any, *, folder: Path, default_source_id: str) -> Entry:
    """Return the checked entry. Files that it names lie in `folder`. Raises EntryError."""
    check = Check()
    raw = check.field(_("entry"), raw, read_object)
    if raw is None:
        raise EntryError(check.problems)
    check.names("", raw, FIELDS)

    def required(name: str, read: Callable[[Any], T]) -> T | None:
        return check.field(name, raw.get(name, _MISSING), read)

    def optional(name: str, read: Callable[[Any], T]) -> T | None:
        return check.field(name, raw[name], read) if name in raw else None

    source_id = optional("source_id", lambda value: read_line(value, MAX_SOURCE_ID))
    language = required("source_language", read_language)
    category = _read_category(check, raw.get("category", _MISSING), language)
    title = required("title", lambda value: read_line(value, MAX_TITLE))
    event = required("event_date", read_event_date)
    if event:
        optional("event_date_as_printed", lambda value: read_printed_date(value, event[0]))
    views = optional("views", read_total)
    parts = _read_body(check, raw.get("body", _MISSING), folder)
    site = _read_site(check, raw["site"]) if "site" in raw else None
    if check.problems or language is None or title is None or event is None:
        raise EntryError(check.problems)
    return Entry(
        source_id=source_id or default_source_id,
        language=language,
        category=category,
        title=title,
        event_date=event[0],
        event_time=event[1],
        views=views,
        parts=tuple(parts),
        site=site,
    )


# --- Parts of an entry ------------------------------------------------------------------------


def _read_category(check: Check, value: Any, language: str | None) -> dict[str, str]:
    names = check.field("category", value, read_object)
    if names is None:
        return {}
    category = {}
    for code, name in names.items():
        known = check.field(f"category.{ascii_safe(code)}", code, read_language)
        text = check.field(
            f"category.{ascii_safe(code)}", name, lambda value: read_line(value, MAX_CATEGORY)
        )
        if known and text:
            category[known] = text
    if language and language not in category and len(category) == len(names):
        check.problems.append(
            Problem(f"category.{language}", _MISSING, _("give its name in the source language."))
        )
    return category


def _read_body(check: Check, value: Any, folder: Path) -> list[Part]:
    parts = []
    for number, item in enumerate(check.field("body", value, read_list) or []):
        path = f"body[{number}]"
        raw = check.field(path, item, read_object)
        if raw is None:
            continue
        kind = check.field(f"{path}.type", raw.get("type", _MISSING), read_part_type)
        if kind is None:
            continue
        check.names(f"{path}.", raw, PARTS[kind])
        read = _read_image if kind == "image" else _read_words
        parts.append(read(check, path, kind, raw, folder))
    return parts


def _read_words(check: Check, path: str, kind: str, raw: dict[str, Any], folder: Path) -> Part:
    read = read_heading if kind == "heading" else read_text
    return Part(kind, check.field(f"{path}.text", raw.get("text", _MISSING), read) or "")


def _read_image(check: Check, path: str, kind: str, raw: dict[str, Any], folder: Path) -> Part:
    alternative = check.field(f"{path}.alt", raw.get("alt", _MISSING), read_alternative) or ""

    def read(value: Any) -> Picture:
        return read_picture(read_line(value, MAX_SRC), alternative, folder)

    picture = check.field(f"{path}.src", raw.get("src", _MISSING), read)
    return Part(kind, alternative, picture)


def _read_site(check: Check, value: Any) -> SiteData | None:
    raw = check.field("site", value, read_object)
    if raw is None:
        return None
    languages = list(get_content_languages())
    owners = {f"owner_{code}": code for code in languages}
    passed_over = [
        name for name in raw if name in SITE_FIELDS_PASSED_OVER or name.startswith("policies_")
    ]
    check.names("site.", raw, (*SITE_FIELDS, *owners, *passed_over))

    def optional(name: str, read: Callable[[Any], T]) -> T | None:
        return check.field(f"site.{name}", raw[name], read) if name in raw else None

    total = optional("visitors_total", read_total)
    today = optional("visitors_today", read_total)
    if today is not None and (total is None or today > total):
        check.problems.append(
            Problem(
                "site.visitors_today",
                today,
                _("it is part of visitors_total, so give that too, and not less."),
            )
        )
    names = {
        code: optional(name, lambda value: read_line(value, 255)) for name, code in owners.items()
    }
    social = optional("social", read_list) or []
    for number, platform in enumerate(social):
        check.field(f"site.social[{number}]", platform, read_platform)
    return SiteData(
        visitors_total=total,
        visitors_today=today,
        owners={code: name for code, name in names.items() if name},
        copyright_year=optional("copyright_year", read_year),
        social=tuple(social),
        passed_over=tuple(passed_over),
    )


# --- Readers of one value ---------------------------------------------------------------------


def ascii_safe(text: str) -> str:
    """Return `text` so that any terminal and file takes it: lone surrogates as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def read_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise ValueError(_("give an object with fields."))
    return value


def read_list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError(_("give an array with at least one item."))
    return value


def read_text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("give a text that is not empty."))
    for character in value:
        # Neither a database nor XML feeds take NUL, lone surrogates and the like.
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t":
            raise ValueError(
                _("take away the control character U+%(code)04X.") % {"code": ord(character)}
            )
    return value.strip()


def read_line(value: Any, max_length: int) -> str:
    text = " ".join(read_text(value).split())
    if len(text) > max_length:
        raise ValueError(
            _("give at most %(allowed)s characters; these are %(count)s, and are never cut.")
            % {"allowed": max_length, "count": len(text)}
        )
    return text


def read_heading(value: Any) -> str:
    return read_line(value, MAX_HEADING)


def read_alternative(value: Any) -> str:
    return read_line(value, MAX_ALTERNATIVE)


def read_language(value: Any) -> str:
    languages = get_content_languages()
    if isinstance(value, str):
        try:
            return get_supported_content_language_variant(value.lower())
        except LookupError:
            pass
    raise ValueError(_("give one of: %(codes)s.") % {"codes": ", ".join(languages)})


def read_part_type(value: Any) -> str:
    if not isinstance(value, str) or value not in PARTS:
        raise ValueError(_("give one of: %(names)s.") % {"names": ", ".join(PARTS)})
    return value


def read_platform(value: Any) -> str:
    if not isinstance(value, str) or value not in SOCIAL_PLATFORMS:
        raise ValueError(_("give one of: %(names)s.") % {"names": ", ".join(SOCIAL_PLATFORMS)})
    return value


def read_total(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_TOTAL:
        raise ValueError(_("give a whole number from 0 to %(limit)s.") % {"limit": MAX_TOTAL})
    return value


def read_year(value: Any) -> int:
    this_year = timezone.localdate().year
    if not isinstance(value, int) or isinstance(value, bool) or not 1900 <= value <= this_year:
        raise ValueError(
            _("give a year of the Gregorian calendar from 1900 to %(year)s.") % {"year": this_year}
        )
    return value


def read_event_date(value: Any) -> tuple[date, time | None]:
    """Return day and time of an ISO 8601 date or date-time, in the time zone of the site."""
    allowed = _("give an ISO 8601 date or date-time such as 2024-02-14 or 2024-02-14T10:00.")
    if not isinstance(value, str):
        raise ValueError(allowed)
    try:
        day, moment = date.fromisoformat(value), None
    except ValueError:
        try:
            moment = datetime.fromisoformat(value)
            if timezone.is_aware(moment):
                moment = timezone.localtime(moment)
        except (ValueError, OverflowError):
            raise ValueError(allowed) from None
        day = moment.date()
    if day.year >= FIRST_UNLIKELY_YEAR:
        raise ValueError(
            _("the year is of the Buddhist era; give the Gregorian year, %(year)s.")
            % {"year": thai.gregorian_year(day.year)}
        )
    return day, moment.time().replace(second=0, microsecond=0) if moment else None


def read_printed_date(value: Any, event_date: date) -> str:
    text = read_line(value, 100)
    try:
        printed = thai.parse_thai_date(text)
    except ValueError:
        printed = None
    if printed != event_date:
        raise ValueError(
            _("it must agree with event_date, %(iso)s, and so be %(thai)s.")
            % {"iso": event_date.isoformat(), "thai": thai.thai_date(event_date)}
        )
    return text
