"""Tags for templates: dates, numbers and languages, as the reader's language writes them."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urljoin

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from localization import conf, languages, thai
from localization.freshness import edition

register = template.Library()


def _reader_is_thai() -> bool:
    return (get_language() or "").split("-")[0] == "th"


def _digits() -> thai.Digits:
    return "thai" if conf.thai_digits() else "arabic"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _date_text(value: date) -> str:
    if _reader_is_thai():
        return thai.thai_date(value, digits=_digits())
    # Django's English puts the month first, which international readers take for American.
    return date_format(value, "j F Y" if get_language() == "en" else "DATE_FORMAT")


@register.simple_tag
def local_date(value: date | datetime | None) -> SafeString | str:
    """<time> with the date as the reader's language writes it; Buddhist era in Thai."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _local(value)
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", _date_text(value))


@register.simple_tag
def local_datetime(value: datetime | None) -> SafeString | str:
    """<time> with date and time of day, in the current time zone."""
    if value is None:
        return ""
    local = _local(value)
    if _reader_is_thai():
        text = thai.thai_datetime(local, digits=_digits())
    else:
        text = f"{_date_text(local)}, {date_format(local, 'H:i')}"
    iso = local.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', iso, text)


@register.simple_tag
def local_month(value: date) -> str:
    """The month and year of an archive: "กุมภาพันธ์ 2567", "February 2024"."""
    if _reader_is_thai():
        return thai.thai_month(value, digits=_digits())
    return date_format(value, "F Y" if get_language() == "en" else "YEAR_MONTH_FORMAT")


@register.filter
def local_year(year: int) -> str:
    """A year as the reader counts it: 2024 is 2567 in Thai."""
    if not _reader_is_thai():
        return str(year)
    text = str(thai.buddhist_year(year))
    return thai.to_thai_digits(text) if conf.thai_digits() else text


@register.filter
def local_number(value: float) -> str:
    """A number grouped as the reader's language groups it, in the reader's digits."""
    text = number_format(value, use_l10n=True, force_grouping=True)
    if _reader_is_thai() and conf.thai_digits():
        return thai.to_thai_digits(text)
    return text


@register.filter
def native_name(code: str) -> str:
    """The name of a language in that language."""
    return languages.native_name(code)


@register.filter
def bcp47(code: str) -> str:
    """A language code of Django as an HTML lang attribute wants it."""
    return languages.bcp47(code)


@register.simple_tag
def content_language(page: Page) -> str:
    """BCP 47 tag of the text that is really on `page`, for its lang attribute (WCAG 3.1.1)."""
    return edition(page).language


@register.simple_tag(name="edition")
def edition_tag(page: Page) -> Any:
    """The Edition of `page`: {% edition page as edition %}{{ edition.state }}."""
    return edition(page)


@register.inclusion_tag("localization/language_switch.html", takes_context=True)
def language_switch(context: Context, page: Page | None = None) -> dict[str, Any]:
    """Links to the same page in every language; without a page, to the same view."""
    request: HttpRequest = context["request"]
    page = page or context.get("page")
    choices = (
        languages.choices_for_page(page, request)
        if isinstance(page, Page) and page.path
        else languages.choices_for_view(request)
    )
    return {"choices": choices}


@register.inclusion_tag("localization/edition_notice.html", takes_context=True)
def edition_notice(context: Context, page: Page) -> dict[str, Any]:
    """What a reader should know: that a page is not translated, or older than its original."""
    found = edition(page)
    original = found.source_page
    language = bcp47_of(original) if original else found.language
    return {
        "edition": found,
        "source_language": languages.translated_name(language),
        "source_lang": language,
        "source_url": found.source_url(context.get("request")),
        "source_title": original.title if original else "",
    }


def bcp47_of(page: Page) -> str:
    return languages.bcp47(page.locale.language_code)


@register.simple_tag(takes_context=True)
def alternate_links(context: Context, page: Page) -> SafeString:
    """<link rel="alternate" hreflang> for each language that `page` can really be read in.

    x-default is the site's first language. Nothing where there is only one language; nothing on
    an untranslated page, which is not its own address (see canonical_link); and nothing on what a
    page serves below its address or as further pages, which its translations need not have.
    """
    pages = languages.alternates(page)
    if len(pages) < 2 or not edition(page).is_genuine or _path_below(context, page):
        return SafeString("")
    links = [(code, relative.full_url) for code, relative in pages.items()]
    default = pages.get(languages.bcp47(settings.LANGUAGE_CODE))
    if default:
        links.append(("x-default", default.full_url))
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', links)


@register.simple_tag(takes_context=True)
def canonical_link(context: Context, page: Page) -> SafeString:
    """<link rel="canonical">: the original for an untranslated page, else the page itself.

    Archives and further pages of a listing are each their own.
    """
    found = edition(page)
    if found.is_genuine:
        url = urljoin(page.full_url, _path_below(context, page))
    else:
        url = (found.source_page or page).full_url
    return format_html('<link rel="canonical" href="{}">', url)


def _path_below(context: Context, page: Page) -> str:
    """Return what of the requested address is not the page's own: "2024/02/?page=2"."""
    request: HttpRequest | None = context.get("request")
    own = page.get_url(request)
    requested = quote(request.path) if request and own else ""
    if not own or not requested.startswith(own):
        return ""  # as in a preview
    number = request.GET.get("page", "") if request else ""
    query = f"?page={number}" if number.isascii() and number.isdecimal() and number != "1" else ""
    return requested.removeprefix(own) + query
