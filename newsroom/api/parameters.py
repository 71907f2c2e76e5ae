"""What a query to the news endpoints may hold. Everything else is refused, and never ignored.

Faults are answered with 422 and problem details (RFC 9457) that name the value and what is allowed.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal, NamedTuple

from django.conf import settings
from django.utils import timezone
from ninja import Schema
from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from localization.languages import bcp47

FIRST_YEAR, LAST_YEAR = 1900, 2200
MAX_LIMIT = 100


def fault(message: str) -> PydanticCustomError:
    # Not a literal, as pydantic's type would have it: there is no context to fill in.
    return PydanticCustomError("not_allowed", message)  # type: ignore[arg-type]


class Cursor(NamedTuple):
    """Where a page of a listing ended: the last article's date and primary key."""

    publication_date: datetime
    pk: int

    def encode(self) -> str:
        text = f"{self.publication_date.isoformat()} {self.pk}"
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Return what `encode` has written. Anything else is refused."""
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            moment, pk = urlsafe_b64decode(padded).decode("ascii").split(" ")
            cursor = cls(datetime.fromisoformat(moment), int(pk))
            # Databases compare in UTC, where the first and last days of all time do not exist.
            cursor.publication_date.astimezone(UTC)
        except (ValueError, OverflowError):
            cursor = None
        if cursor is None or cursor.encode() != text or not 0 < cursor.pk < 2**63:
            raise fault("take it as it stands in `cursor` or `next` of the page before")
        return cursor


def known_language(code: str) -> str:
    """Return the language code as Django writes it, whatever its case."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    if code.lower() not in codes:
        raise fault("the languages here are " + ", ".join(map(bcp47, codes)))
    return code.lower()


def gregorian(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        reason = f"years are Gregorian, from {FIRST_YEAR} to {LAST_YEAR}"
        if FIRST_YEAR <= year - 543 <= LAST_YEAR:
            reason += f" ({year} of the Buddhist era is {year - 543})"
        raise fault(reason)
    return year


def first_moment(text: str) -> datetime:
    return _moment(text, time.min)


def last_moment(text: str) -> datetime:
    """Return the moment; of a bare date, the last one of its day."""
    return _moment(text, time.max)


def _moment(text: str, time_of_date: time) -> datetime:
    try:
        value = datetime.fromisoformat(text)
        if len(text) == len("2025-01-31"):
            value = datetime.combine(value, time_of_date)
    except ValueError:
        value = None
    if value is None or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise fault(
            "give a date such as 2025-01-31 or a time such as 2025-01-31T09:00:00+07:00, "
            f"from {FIRST_YEAR} to {LAST_YEAR}"
        )
    return value if timezone.is_aware(value) else timezone.make_aware(value)


def readable(read: Callable[[str], object]) -> Callable[[str | None], str | None]:
    """Return a validator that leaves a text as it is, if `read` can read it."""

    def validate(text: str | None) -> str | None:
        if text is not None:
            read(text)
        return text

    return validate


class Parameters(Schema):
    """Refuses what it does not know, and what is given twice."""

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, data: Any, info: ValidationInfo) -> Any:
        query = (info.context or {})["request"].GET
        for name in query:
            if name not in cls.model_fields:
                known = ", ".join(cls.model_fields) or "none"
                raise fault(f"{name!r} is no parameter here; there are: {known}")
            if len(query.getlist(name)) > 1:
                raise fault(f"{name!r} is given {len(query.getlist(name))} times: give it once")
        return data

    @field_validator("*", mode="wrap")
    @classmethod
    def name_the_value(cls, value: Any, read: Callable[[Any], Any], info: ValidationInfo) -> Any:
        try:
            return read(value)
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise fault(f"{info.field_name}={value!r} is not allowed: {reason}") from error


class NoParameters(Parameters):
    """For endpoints that take none."""


LanguageParameter = Annotated[str, Field(max_length=20), AfterValidator(known_language)]


class NewsParameters(Parameters):
    language: Annotated[
        LanguageParameter | None,
        Field(description="Only articles of this language (BCP 47)", examples=["th"]),
    ] = None
    category: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=120,
            description="Only articles of the category with this slug",
            examples=["announcements"],
        ),
    ] = None
    tag: Annotated[
        str | None,
        Field(min_length=1, max_length=100, description="Only articles with this tag"),
    ] = None
    year: Annotated[
        int | None,
        AfterValidator(lambda year: year and gregorian(year)),
        Field(description="Of publication, Gregorian, in the site's time zone", examples=[2025]),
    ] = None
    month: Annotated[int | None, Field(ge=1, le=12, description="Of that year", examples=[2])] = (
        None
    )
    since: Annotated[
        str | None,
        AfterValidator(readable(first_moment)),
        Field(
            max_length=40,
            description="Published then or later: a date, or a time in ISO 8601",
            examples=["2025-01-31"],
        ),
    ] = None
    until: Annotated[
        str | None,
        AfterValidator(readable(last_moment)),
        Field(
            max_length=40,
            description="Published then or earlier; a date means its whole day",
            examples=["2025-12-31"],
        ),
    ] = None
    q: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=200,
            description="Words that the article must have, anywhere; the first 20 count. Of the "
            "500 articles that fit best, newest first",
            examples=["น้ำท่วม"],
        ),
    ] = None
    pinned: Annotated[
        Literal["true", "false"] | None,
        Field(description="Only pinned articles, or only the others"),
    ] = None
    untranslated: Annotated[
        Literal["exclude", "include"],
        Field(
            description="`include` adds articles that stand at an address of a language they are "
            "not translated to; `language` then says what their text is in"
        ),
    ] = "exclude"
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="Articles on one page")] = 20
    cursor: Annotated[
        str | None,
        AfterValidator(readable(Cursor.decode)),
        Field(max_length=200, description="From `cursor` of the page before"),
    ] = None

    @model_validator(mode="after")
    def fit_together(self) -> "NewsParameters":
        if self.month and not self.year:
            raise fault("`month` needs `year` too")
        start, end = self.period()
        if start and end and start > end:
            raise fault(f"nothing lies between since={self.since!r} and until={self.until!r}")
        return self

    def period(self) -> tuple[datetime | None, datetime | None]:
        """The first and last moment that `since` and `until` allow."""
        return (
            first_moment(self.since) if self.since else None,
            last_moment(self.until) if self.until else None,
        )

    def calendar(self) -> tuple[datetime, datetime] | None:
        """The first moment of `year` and `month`, and the first one after."""
        if not self.year:
            return None
        start = datetime(self.year, self.month or 1, 1)
        if self.month and self.month < 12:
            end = start.replace(month=self.month + 1)
        else:
            end = datetime(self.year + 1, 1, 1)
        return timezone.make_aware(start), timezone.make_aware(end)
