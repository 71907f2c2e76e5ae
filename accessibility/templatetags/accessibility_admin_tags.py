"""Tags for this plugin's templates in Wagtail's admin."""

import re
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.models import Page

from ..audits.coverage import WITHOUT_BROWSER, unchecked
from ..gate.status import gate_status as _gate_status
from ..models import PageAudit

register = template.Library()
_THAI, _LATIN = re.compile("[\u0e00-\u0e7f]"), re.compile("[A-Za-z]")
_QUOTATION = re.compile("“([^”]+)”")


@register.simple_tag(takes_context=True)
def gate_status(context: Context, page: Page) -> dict[str, Any]:
    """How a page stands at the gate; see `gate.status.gate_status`."""
    return _gate_status(page, context["request"].user)


@register.simple_tag
def last_check(page: Page) -> PageAudit | None:
    """The newest look at a page with the numbers of `errors` and `warnings`; one query."""
    return PageAudit.objects.newest().filter(page=page.pk).with_counts().first()


@register.filter
def in_part(look: PageAudit) -> str:
    """That not every check of a look was made; "" where each was."""
    reasons = set(unchecked(look.not_checked).values())
    if reasons & WITHOUT_BROWSER:
        return gettext("In part: without a browser")
    return gettext("In part: not every check could be made") if reasons else ""


@register.filter
def language_of(quoted: str, language: str) -> str:
    """The language that a quotation from a page of this language is in.

    What the rules quote is often what the page has not marked: English in Thai, or Thai in English.
    """
    if _THAI.search(quoted):
        return "th"
    return "en" if language == "th" and _LATIN.search(quoted) else language


@register.filter
def quoting(message: str, language: str) -> SafeString:
    """A finding's message, with what it quotes from a page in its own language (WCAG 3.1.2)."""
    # Every second part stands between quotation marks.
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html('“<span lang="{}">{}</span>”', language_of(part, language), part)
                if number % 2
                else part,
            )
            for number, part in enumerate(_QUOTATION.split(message))
        ),
    )
