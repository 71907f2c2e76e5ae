"""Tags and filters of the newsroom's templates."""

import re
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import TranslatableMixin
from wagtail.rich_text import RichText

from localization.languages import bcp47, translated_name

register = template.Library()

# Wagtail writes these tags itself, so their shape is known.
_DOCUMENT_LINK = re.compile(r'(<a [^>]*linktype="document"[^>]*>)(.*?)</a>', re.S)
_ID = re.compile(r'\bid="(\d+)"')
_THAI = re.compile("[\u0e01-\u0e2e]")


@register.filter
def document_facts(document: Any) -> str:
    """Type, size and language of a document: "PDF, 1.2 MB, in Thai" (WCAG 2.4.4)."""
    facts = [document.file_extension.upper()]
    size = document.get_file_size()
    if size is not None:
        facts.append(filesizeformat(size))
    if language := getattr(document, "language", ""):
        facts.append(_("in %(language)s") % {"language": translated_name(language)})
    return ", ".join(facts)


@register.filter
def with_document_facts(value: RichText | str) -> str:
    """Rich text as it is stored, with type, size and language in the text of document links.

    One query, and only where there is such a link. Goes before Wagtail's `richtext`.
    """
    source = value.source if isinstance(value, RichText) else value
    keys = [key for link in _DOCUMENT_LINK.finditer(source) for key in _ID.findall(link[1])]
    if not keys:
        return source
    documents = get_document_model().objects.in_bulk(map(int, keys))

    def with_facts(link: re.Match[str]) -> str:
        key = _ID.search(link[1])
        document = documents.get(int(key[1])) if key else None
        facts = f" ({escape(document_facts(document))})" if document else ""
        return f"{link[1]}{link[2]}{facts}</a>"

    return _DOCUMENT_LINK.sub(with_facts, source)


@register.filter
def foreign_language(value: TranslatableMixin | str) -> str:
    """The tag of the language that a page, a category or a word is in, or "" if the reader's own.

    A bare word, such as a tag, is judged by its script.
    """
    if isinstance(value, TranslatableMixin):
        origin = getattr(value, "alias_of", None) or value
        language = origin.locale.language_code
    else:
        language = "th" if _THAI.search(str(value)) else get_language()
    return bcp47(language) if language and language != get_language() else ""


@register.filter
def element_id(text: str) -> str:
    """An id for the element that says `text`: the same wherever the page is made."""
    return f"t{crc32(text.encode()):x}"


@register.filter
def picture_alternative(image: Any) -> str:
    """The alternative that the article gives a picture; "" for a decorative one (WCAG 1.1.1)."""
    return "" if image.decorative else image.contextual_alt_text or ""


@register.filter
def telephone(number: str) -> str:
    """A number as a tel: address wants it (RFC 3966): digits and a leading plus only."""
    return "".join(c for c in number if c.isdigit() or c == "+")


@register.filter
def host(url: str) -> str:
    """The host of an address, so that a link says where it leads."""
    return urlsplit(url).hostname or url
