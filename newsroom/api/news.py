"""The news endpoints of Wagtail's API v3: a listing for front ends, and one whole article."""

from typing import Annotated
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import Path, Query, Router
from selectolax.lexbor import LexborHTMLParser
from wagtail.api.v3.auth import AllowAnonymous
from wagtail.api.v3.errors import ProblemDetail, as_validation_error

from localization.languages import bcp47
from newsroom.models import NewsArticlePage, NewsCategory

from . import representations
from .http import MAX_NUMBER
from .parameters import Cursor, NewsParameters, NoParameters
from .queries import Facts, Visible, article, facts, listing, prefetch_lead_images
from .schemas import Alternate, NewsArticle, NewsItem, NewsList

router = Router(tags=["news"])


@router.get(
    "/",
    response={200: NewsList, 422: ProblemDetail},
    url_name="news_list",
    operation_id="news_list",
    summary="List articles",
    description="Articles that anybody may read, newest first.",
    auth=AllowAnonymous(),
)
def list_news(
    request: HttpRequest,
    response: HttpResponse,
    wanted: Annotated[NewsParameters, Query()],
) -> NewsList:
    visible = Visible(request)
    articles = listing(visible, wanted)
    if not articles and wanted.category:
        _refuse_unknown_category(wanted)
    page, more = articles[: wanted.limit], len(articles) > wanted.limit
    prefetch_lead_images(page)
    known = facts(visible, page)
    items = [_item(each, known, request) for each in page]
    if languages := {item["language"] for item in items}:
        response["Content-Language"] = ", ".join(sorted(languages))
    if not more:
        return NewsList(items=items, next=None, cursor=None)
    cursor = Cursor(page[-1].publication_date, page[-1].pk).encode()
    query = {name: value for name, value in request.GET.items() if name != "cursor"}
    return NewsList(
        items=items,
        next=representations.absolute_url(
            f"{request.path}?{urlencode(query | {'cursor': cursor})}", request
        ),
        cursor=cursor,
    )


@router.get(
    "/{news_id}/",
    response={200: NewsArticle, 404: ProblemDetail, 422: ProblemDetail},
    url_name="news_article",
    operation_id="news_article",
    summary="One article",
    description="An article that anybody may read, whole: as HTML and in parts.",
    auth=AllowAnonymous(),
)
def get_news(
    request: HttpRequest,
    response: HttpResponse,
    news_id: Annotated[int, Path(ge=1, le=MAX_NUMBER, description="`id` of the article")],
) -> NewsArticle:
    NoParameters.model_validate({}, context={"request": request})
    visible = Visible(request)
    found = article(visible, news_id)
    if found is None:
        raise Http404(f"There is no article {news_id} that anybody may read.")
    # All of them: the templates of the body use sizes of their own.
    prefetch_related_objects(found.get_pictures(), "renditions")
    known = facts(visible, [found])
    item = _item(found, known, request)
    response["Content-Language"] = item["language"]
    context = {"request": request, "page": found}
    # Links lead to pages of the active language, and templates speak it.
    with override(item["language"].lower()):
        html = "".join(str(block.render(context)) for block in found.body)
        body, contacts, attachments = (
            stream.stream_block.get_api_representation(stream, context)
            for stream in (found.body, found.contact, found.attachments)
        )
    return NewsArticle(
        **item,
        body_html=_with_absolute_urls(html, request),
        body=body,
        contact=contacts[0]["value"] if contacts else None,
        attachments=[block["value"] for block in attachments if block["value"]],
        related=[
            representations.reference(other, request)
            for other in found.get_related_articles()
            if not other.path.startswith(tuple(visible.private))
        ],
        alternates=_alternates(found, known, request),
        site_url=representations.absolute_url(
            f"/api/v3/site/?{urlencode({'language': item['language']})}", request
        ),
    )


def _item(page: NewsArticlePage, known: Facts, request: HttpRequest) -> NewsItem:
    edition = known.editions[page.pk]
    return NewsItem(
        id=page.pk,
        title=page.title,
        language=edition.language,
        url=representations.page_url(page, request),
        api_url=representations.api_url(page, request),
        publication_date=page.publication_date,
        updated_at=page.last_published_at,
        event_date=page.event_date,
        event_time=page.event_time,
        category=representations.category(page.category, request),
        tags=known.tags[page.pk],
        introduction=page.introduction,
        lead_image=representations.lead_image(page, request),
        pinned=page.pinned,
        correction=representations.correction(page),
        edition=representations.edition_facts(edition, request),
        translations=[
            representations.translation(other, request)
            for other in known.translations[page.translation_key]
            if other.pk != page.pk
        ],
        views=known.views[page.pk],
    )


def _alternates(page: NewsArticlePage, known: Facts, request: HttpRequest) -> list[Alternate]:
    """Return every language of the article; x-default is the site's first language, or else any."""
    by_language = {
        relative.locale.language_code: representations.page_url(relative, request)
        for relative in known.translations[page.translation_key]
    }
    alternates = [Alternate(hreflang=bcp47(code), href=url) for code, url in by_language.items()]
    default = by_language.get(settings.LANGUAGE_CODE) or next(iter(by_language.values()), None)
    if default:
        alternates.append(Alternate(hreflang="x-default", href=default))
    return alternates


def _refuse_unknown_category(wanted: NewsParameters) -> None:
    categories = NewsCategory.objects.order_by("locale_id", "slug")
    if wanted.language:
        categories = categories.filter(locale__language_code=wanted.language)
    slugs = list(categories.values_list("slug", flat=True))
    if wanted.category not in slugs:
        raise as_validation_error(
            ValueError(),
            f"category={wanted.category!r} is not allowed: there are " + ", ".join(slugs),
            loc=("query", "category"),
        )


def _with_absolute_urls(html: str, request: HttpRequest) -> str:
    """Return `html` for another site: addresses of this one get their scheme and host."""
    tree = LexborHTMLParser(html)
    for node in tree.css("[href], [src], [srcset]"):
        for name in ("href", "src"):
            value = node.attributes.get(name) or ""
            if value.startswith("/") and not value.startswith("//"):
                node.attrs[name] = representations.absolute_url(value, request)
        if srcset := node.attributes.get("srcset"):
            node.attrs["srcset"] = ", ".join(
                representations.absolute_url(candidate.strip(), request)
                for candidate in srcset.split(", ")
            )
    return (tree.body.inner_html or "").strip() if tree.body else ""
