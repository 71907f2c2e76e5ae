"""How pictures, documents, categories and articles look in the API.

The blocks use this too, so it knows no page model.
"""

import mimetypes
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.api.utils import get_base_url
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from localization.freshness import Edition
from localization.languages import bcp47
from newsroom import conf

from .schemas import (
    ArticleReference,
    Attachment,
    Category,
    Contact,
    Correction,
    EditionFacts,
    LeadImage,
    Picture,
    Rendition,
    Translation,
)


def absolute_url(path: str, request: HttpRequest | None = None) -> str:
    """Return `path` with scheme and host: the address at which the asker reached this site.

    ALLOWED_HOSTS says which hosts those can be; WAGTAILAPI_BASE_URL stands for all of them.
    """
    if path.startswith(("https://", "http://")):
        return path
    if base_url := get_base_url():
        return base_url + path
    if request is not None:
        return f"{request.scheme}://{request.get_host()}{path}"
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def page_url(page: Page, request: HttpRequest | None = None) -> str:
    return absolute_url(page.get_url(request) or "/", request)


def media_type(filename: str) -> str:
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"


def picture(
    image: Any, *, alternative: str, decorative: bool, request: HttpRequest | None = None
) -> Picture:
    return Picture(
        id=image.pk,
        url=absolute_url(image.file.url, request),
        width=image.width,
        height=image.height,
        alternative="" if decorative else alternative,
        decorative=decorative,
        renditions=_renditions(image, request),
    )


def _renditions(image: Any, request: HttpRequest | None) -> list[Rendition]:
    """Return the smaller pictures; none where the original cannot be read."""
    specs = conf.api_renditions()
    try:
        made = image.get_renditions(*specs)
    except SourceImageIOError:
        return []
    return [
        Rendition(
            url=absolute_url(made[spec].url, request),
            width=made[spec].width,
            height=made[spec].height,
            type=media_type(made[spec].file.name),
        )
        for spec in specs
    ]


def lead_image(article: Any, request: HttpRequest | None = None) -> LeadImage | None:
    if article.lead_image is None:
        return None
    return LeadImage(
        **picture(
            article.lead_image,
            alternative=article.lead_image_alt,
            decorative=article.lead_image_decorative,
            request=request,
        ),
        caption=article.lead_image_caption,
        credit=article.lead_image_credit,
    )


def attachment(document: Any, title: str = "", request: HttpRequest | None = None) -> Attachment:
    return Attachment(
        id=document.pk,
        title=title or document.title,
        url=absolute_url(document.url, request),
        filename=document.filename,
        type=media_type(document.filename),
        size=document.get_file_size(),
        # A site's own document model may not know it.
        language=bcp47(getattr(document, "language", "")),
    )


def contact(value: Mapping[str, str | None]) -> Contact:
    """`value` of a contact block; what was left empty in it may be None."""
    return Contact(**{name: value[name] or "" for name in Contact.__annotations__})  # type: ignore[typeddict-item]


def category(category: Any, request: HttpRequest | None = None) -> Category:
    code = category.locale.language_code
    return Category(
        id=category.pk,
        name=category.name,
        slug=category.slug,
        language=bcp47(code),
        feed_url=absolute_url(reverse("news_category_feed", args=[code, category.slug]), request),
    )


def correction(article: Any) -> Correction | None:
    if not article.correction:
        return None
    return Correction(date=article.correction_date, reason=article.correction)


def edition_facts(edition: Edition, request: HttpRequest | None = None) -> EditionFacts:
    source = edition.source_page
    return EditionFacts(
        state=edition.state,
        language=edition.language,
        locale=edition.locale,
        source_url=page_url(source, request) if source else None,
        source_updated_at=edition.source_updated_at,
        translated_at=edition.translated_at,
    )


def api_url(page: Page, request: HttpRequest | None = None) -> str:
    return absolute_url(reverse("wagtailapi_v3:news_article", args=[page.pk]), request)


def translation(page: Page, request: HttpRequest | None = None) -> Translation:
    return Translation(
        id=page.pk,
        language=bcp47(page.locale.language_code),
        title=page.title,
        url=page_url(page, request),
        api_url=api_url(page, request),
    )


def reference(article: Any, request: HttpRequest | None = None) -> ArticleReference:
    """`article` with the locales of its own and of what it is an alias of."""
    origin = article.alias_of or article
    return ArticleReference(
        id=article.pk,
        title=article.title,
        language=bcp47(origin.locale.language_code),
        publication_date=article.publication_date,
        url=page_url(article, request),
        api_url=api_url(article, request),
    )
