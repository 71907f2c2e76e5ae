"""How a refusal is worded, for forms, messages, mails and the API."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from selectolax.lexbor import LexborHTMLParser
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.utils.forms import FormValidationError

from ..rules import Finding
from .judgement import Judgement, Place

CODE = "inaccessible"
#: More at once help nobody; what is left comes when these are mended.
NAMED_ERRORS = 10


class InaccessiblePageError(FormValidationError):
    """A page was not published, because there are accessibility errors in its content.

    page: the page as it would have been; judgement: what was found
    loc_errors: the messages by field and block, which API v3 answers as `loc`
    """

    def __init__(self, page: Page, judgement: Judgement) -> None:
        self.page = page
        self.judgement = judgement
        messages = [headline(page, judgement)]
        located: dict[tuple[str | int, ...], list[tuple[str, str]]] = {
            (NON_FIELD_ERRORS,): [(messages[0], CODE)]
        }
        for message, place in worded_errors(judgement):
            messages.append(told_at(page, place, message))
            located.setdefault(_path(place), []).append((message, CODE))
        # No keys of fields: wagtail-localize would take them for faults of single translations,
        # and publish the original in place of those at the next click.
        ValidationError.__init__(self, {NON_FIELD_ERRORS: messages})
        self.loc_errors = list(located.items())


def told_at(page: Page, place: Place | None, message: str) -> str:
    """What is wrong as it is told outside of the form: with the name of its field."""
    if place is None:
        return message
    values = {"field": capfirst(page._meta.get_field(place.field).verbose_name), "message": message}
    if place.block is None:
        return _("%(field)s: %(message)s") % values
    return _("%(field)s, part %(number)d: %(message)s") % {**values, "number": place.block + 1}


def headline(page: Page, judgement: Judgement) -> str:
    """That the page was not published, and how many errors are the reason."""
    count = len(judgement.errors)
    return ngettext(
        "“%(title)s” was not published: its content has %(count)d accessibility error. "
        "Mend it, then publish again.",
        "“%(title)s” was not published: its content has %(count)d accessibility errors. "
        "Mend them, then publish again.",
        count,
    ) % {"title": page.title, "count": count}


def warning(page: Page, judgement: Judgement) -> str:
    """That the page was published with errors, where the gate only warns."""
    count = len(judgement.errors)
    return ngettext(
        "“%(title)s” was published with %(count)d accessibility error. Please mend it.",
        "“%(title)s” was published with %(count)d accessibility errors. Please mend them.",
        count,
    ) % {"title": page.title, "count": count}


def way_out() -> str:
    """What those who may override the gate can do."""
    return _(
        "You may publish it all the same, with a reason: choose “Publish despite accessibility "
        "errors” in the menu of actions."
    )


def worded_errors(judgement: Judgement) -> Iterator[tuple[str, Place | None]]:
    """The first errors, each with the place in the form where it can be mended, if known."""
    for number, error in enumerate(judgement.errors[:NAMED_ERRORS]):
        yield worded(error), judgement.places.get(number)
    rest = len(judgement.errors) - NAMED_ERRORS
    if rest > 0:
        more = ngettext("and %(rest)d more error", "and %(rest)d more errors", rest)
        yield more % {"rest": rest}, None


def worded(error: Finding) -> str:
    """What is wrong, where, and how to mend it."""
    excerpt = _as_seen(error.excerpt)
    if excerpt in error.message:
        text = _("%(message)s %(remedy)s (WCAG %(criterion)s)")
    else:
        text = _("%(message)s %(remedy)s (WCAG %(criterion)s) Here: %(excerpt)s")
    return text % {
        "message": error.message,
        "excerpt": excerpt,
        "remedy": error.remedy,
        "criterion": error.criterion,
    }


def _as_seen(excerpt: str) -> str:
    """The words of an element, or the file of an image: editors have not written its markup."""
    if not excerpt.startswith("<"):
        return excerpt
    # Where a start tag was cut, within an attribute, the parser needs its end.
    element = LexborHTMLParser(excerpt.replace("…>", '…">', 1)).css_first("body *")
    if element is None:
        return excerpt
    attributes = element.attributes
    address = attributes.get("src") or attributes.get("href") or ""
    words = element.text().strip() or attributes.get("alt") or attributes.get("title")
    return words or unquote(urlsplit(address).path.rpartition("/")[2]) or excerpt


def _path(place: Place | None) -> tuple[str | int, ...]:
    if place is None:
        return (NON_FIELD_ERRORS,)
    return (place.field,) if place.block is None else (place.field, place.block)


def error_list(texts: Iterable[str]) -> SafeString:
    """Sentences as the detail of one of Wagtail's messages."""
    items = format_html_join("\n", "<li>{}</li>", ((text,) for text in texts))
    return format_html('<ul class="errorlist">{}</ul>', items)


def override_button(page: Page) -> tuple[str, str, bool]:
    """The way out for those who may take it, as a button of Wagtail's messages."""
    url = reverse("accessibility_gate:override", args=[page.pk])
    return messages.button(url, _("Publish despite accessibility errors"))
