"""Atom feeds (RFC 4287): one for each language, and one for each of its categories.

Only what is really in the language of the feed stands in it.
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import format_html, linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe
from wagtail.images.models import SourceImageIOError
from wagtail.models import Locale, Site

from localization.freshness import genuine
from localization.languages import bcp47
from localization.templatetags.localization_tags import local_date
from newsroom import conf
from newsroom.api.queries import Visible, in_locale
from newsroom.api.representations import absolute_url, media_type, page_url
from newsroom.models import NewsArticlePage, NewsCategory, NewsIndexPage

MAX_AGE = 300  # seconds that a shared cache may give a feed on
LENGTH = 30  # articles in a feed

# XML 1.0 cannot hold them, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@require_safe
@conditional_page
def news_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The newest articles of one language."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    locale = locales.get(language)
    if locale is None:
        return _not_found(
            f"There is no feed in {language!r}. There are:",
            [reverse("news_feed", args=[code]) for code in locales],
        )
    return _respond(request, locale)


@require_safe
@conditional_page
def news_category_feed(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The newest articles of one category."""
    categories = NewsCategory.objects.select_related("locale")
    # Compared here and not in the database, which may refuse what stands in an address.
    known = {(each.locale.language_code, each.slug): each for each in categories}
    category = known.get((language, slug))
    if category is None:
        return _not_found(
            f"There is no category {slug!r} in {language!r}. There are:",
            [reverse("news_category_feed", args=key) for key in sorted(known)],
        )
    return _respond(request, category.locale, category)


def _not_found(message: str, addresses: list[str]) -> HttpResponse:
    return HttpResponseNotFound(
        "\n".join([message, *addresses, ""]), content_type="text/plain; charset=utf-8"
    )


def _respond(
    request: HttpRequest, locale: Locale, category: NewsCategory | None = None
) -> HttpResponse:
    visible = Visible(request)
    articles = genuine(
        in_locale(
            visible.filter(NewsArticlePage.objects.defer_streamfields()), locale.language_code
        )
    )
    if category:
        articles = articles.filter(category=category)
    indexes = genuine(visible.filter(NewsIndexPage.objects.filter(locale=locale)))
    with override(locale.language_code):
        feed = _feed(request, locale, category, indexes.order_by("path").first())
        for article in articles.order_by("-publication_date", "-pk").select_related(
            "locale", "category", "lead_image"
        )[:LENGTH]:
            feed.add_item(**_entry(request, article))
    response = HttpResponse(content_type=feed.content_type)
    response["Content-Language"] = bcp47(locale.language_code)
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    feed.write(response, "utf-8")
    return response


class NewsAtomFeed(Atom1Feed):
    """Django's, with labels of categories, and a date that stays when there are no articles."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["founded"]

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for term, label in item["terms"].items():
            handler.addQuickElement("category", "", {"term": term, "label": label})


def _feed(
    request: HttpRequest,
    locale: Locale,
    category: NewsCategory | None,
    index: NewsIndexPage | None,
) -> NewsAtomFeed:
    site = Site.find_for_request(request)
    name = conf.publisher(locale.language_code) or site.site_name or site.hostname
    # The address may change with the host; this does not.
    subject = f"{locale.language_code} {category.translation_key if category else ''}"
    link = page_url(index, request) if index else absolute_url(f"/{locale.language_code}/", request)
    return NewsAtomFeed(
        title=" – ".join(
            filter(None, [category and category.name, index.title if index else _("News")])
        )
        + f" – {name}",
        subtitle=category.description if category else index and index.introduction,
        link=f"{link}category/{quote(category.slug)}/" if category and index else link,
        description="",
        language=bcp47(locale.language_code),
        author_name=name,
        feed_url=absolute_url(request.path, request),
        feed_guid=uuid5(site.root_page.translation_key, subject).urn,
        founded=site.root_page.first_published_at or site.root_page.latest_revision_created_at,
    )


def _entry(request: HttpRequest, article: NewsArticlePage) -> dict[str, Any]:
    terms = {article.category.slug: article.category.name}
    if article.correction:
        # For machines; people read it in the summary.
        terms["corrected"] = _("Corrected")
    return {
        "title": _NOT_XML.sub("", article.title),
        "link": page_url(article, request),
        "description": _NOT_XML.sub("", _summary(article)),
        # The address may change with the slug; this does not.
        "unique_id": uuid5(article.translation_key, article.locale.language_code).urn,
        "pubdate": article.publication_date,
        "updateddate": article.last_published_at or article.publication_date,
        "enclosures": _enclosures(request, article.lead_image),
        "terms": terms,
    }


def _summary(article: NewsArticlePage) -> str:
    summary = linebreaks(article.introduction, autoescape=True) if article.introduction else ""
    if article.correction:
        summary += format_html(
            "<p><strong>{} {}</strong> {}</p>",
            _("Corrected on"),
            local_date(article.correction_date),
            article.correction,
        )
    return summary


def _enclosures(request: HttpRequest, image: Any | None) -> list[Enclosure]:
    """Return the picture of an article; nothing where it has none or its file cannot be read."""
    if image is None:
        return []
    try:
        length = image.get_file_size()
    except SourceImageIOError:
        return []
    url, mime_type = absolute_url(image.file.url, request), media_type(image.file.name)
    return [Enclosure(url=url, length=str(length), mime_type=mime_type)]
