"""Which articles the news endpoints show, and what is read along with them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site

from localization.freshness import Edition, editions, genuine
from localization.search import search_query
from newsroom import conf
from newsroom.audience import views_of
from newsroom.models import NewsArticlePage, NewsArticleTag

from .parameters import Cursor, NewsParameters

MOST_FOUND = 500  # articles of a search that can be paged through

PageT = TypeVar("PageT", bound=Page)


class Visible:
    """What anybody may read on the site that was asked: live and in no private part of the tree.

    Sessions and tokens change nothing, so that answers may lie in shared caches.
    """

    def __init__(self, request: HttpRequest) -> None:
        site = Site.find_for_request(request)
        self.roots = [
            path.root_path for path in Site.get_site_root_paths() if site and path[0] == site.pk
        ]
        self.private = list(PageViewRestriction.objects.values_list("page__path", flat=True))

    def filter(self, pages: QuerySet[PageT]) -> QuerySet[PageT]:
        if not self.roots:
            return pages.none()
        within = Q()
        for root in self.roots:
            within |= Q(url_path__startswith=root)
        hidden = Q()
        for path in self.private:
            hidden |= Q(path__startswith=path)
        pages = pages.filter(within, live=True)
        return pages.exclude(hidden) if hidden else pages


def listing(visible: Visible, wanted: NewsParameters) -> list[NewsArticlePage]:
    """Return the articles that `wanted` describes, newest first, and one more if there is one.

    The cursor is a place in the index on the publication date (keyset paging), so the thousandth
    page costs what the first one does.
    """
    articles = visible.filter(NewsArticlePage.objects.defer_streamfields())
    if wanted.untranslated == "exclude":
        articles = genuine(articles)
    if wanted.language:
        articles = in_locale(articles, wanted.language)
    if wanted.category:
        articles = articles.filter(category__slug=wanted.category)
    if wanted.tag:
        tagged = NewsArticleTag.objects.filter(tag__name=wanted.tag)
        articles = articles.filter(pk__in=tagged.values("content_object"))
    if wanted.pinned:
        articles = articles.filter(pinned=wanted.pinned == "true")
    if calendar := wanted.calendar():
        articles = articles.filter(
            publication_date__gte=calendar[0], publication_date__lt=calendar[1]
        )
    start, end = wanted.period()
    if start:
        articles = articles.filter(publication_date__gte=start)
    if end:
        articles = articles.filter(publication_date__lte=end)
    if wanted.q:
        articles = articles.filter(pk__in=found_by_search(wanted.q, wanted.language))
    if wanted.cursor:
        last = Cursor.decode(wanted.cursor)
        articles = articles.filter(
            Q(publication_date__lt=last.publication_date)
            | Q(publication_date=last.publication_date, pk__lt=last.pk),
            # The same again for the index, which an "or" hides.
            publication_date__lte=last.publication_date,
        )
    return list(
        articles.order_by("-publication_date", "-pk").select_related(
            "locale", "category__locale", "lead_image"
        )[: wanted.limit + 1]
    )


def in_locale(pages: QuerySet[PageT], language_code: str) -> QuerySet[PageT]:
    """Keep the pages of one language.

    The sum hides the index on the locale from SQLite, which would rather sort half of all
    articles than walk the index on the date until there are enough.
    """
    locale = Locale.objects.filter(language_code=language_code).values("pk")
    return pages.alias(locale_number=F("locale_id") + 0).filter(locale_number=locale[:1])


def found_by_search(text: str, language: str | None) -> list[int]:
    """Return the primary keys of the articles that have all the words of `text`, best first."""
    articles = NewsArticlePage.objects.live()
    if language:
        articles = articles.filter(locale__in=Locale.objects.filter(language_code=language))
    found = articles.search(search_query(text))[:MOST_FOUND]
    return [article.pk for article in found]


def article(visible: Visible, pk: int) -> NewsArticlePage | None:
    return (
        visible.filter(NewsArticlePage.objects.filter(pk=pk))
        .select_related("locale", "category__locale", "lead_image")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in other tables, read at once for all articles of an answer."""

    editions: dict[int, Edition]
    translations: dict[UUID, list[Page]]
    tags: dict[int, list[str]]
    views: dict[int, int]


def prefetch_lead_images(articles: Sequence[NewsArticlePage]) -> None:
    """Have the renditions of all lead images ready in memory, in one query."""
    pictures = [article.lead_image for article in articles if article.lead_image]
    renditions = get_image_model().get_rendition_model().objects
    wanted = renditions.filter(filter_spec__in=conf.api_renditions())
    prefetch_related_objects(
        pictures, Prefetch("renditions", wanted, to_attr="prefetched_renditions")
    )


def facts(visible: Visible, articles: Sequence[NewsArticlePage]) -> Facts:
    """Return what is known of `articles`, in six queries."""
    translations = defaultdict(list)
    relatives = visible.filter(
        Page.objects.filter(translation_key__in={article.translation_key for article in articles})
    )
    for relative in (
        genuine(relatives)
        .select_related("locale")
        .only("title", "url_path", "translation_key", "locale__language_code")
        .order_by("locale_id")
    ):
        translations[relative.translation_key].append(relative)
    tags = defaultdict(list)
    for pk, name in (
        NewsArticleTag.objects.filter(content_object__in=[article.pk for article in articles])
        .order_by("tag__name")
        .values_list("content_object_id", "tag__name")
    ):
        tags[pk].append(name)
    return Facts(editions(articles), translations, tags, views_of(articles))
