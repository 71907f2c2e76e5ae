import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from localization.freshness import genuine, untranslated
from localization.languages import choices_for_page
from localization.search import segmented_text
from localization.templatetags.localization_tags import local_month, local_year

from .articles import NewsArticlePage
from .categories import NewsCategory


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a month of one, with the number of its articles and the months of a year."""

    start: datetime.date
    count: int
    url: str
    months: list["Period"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CategoryCount:
    category: NewsCategory
    count: int
    url: str


class AbstractNewsIndexPage(RoutablePageMixin, Page):
    """The listing of all articles below it, with an archive by month and by category.

    Only what can really be read in the language of the index is listed; how many articles wait
    for their translation is said beside.
    """

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("segmented_text"),
    ]
    api_fields = [APIField("introduction")]

    article_model = NewsArticlePage
    page_size = 20
    template = "newsroom/news_index_page.html"

    class Meta:
        abstract = True

    def segmented_text(self) -> str:
        return segmented_text(self, "title", "introduction")

    def get_articles(self) -> QuerySet:
        """Live, public articles below this page, newest first."""
        return self._public_articles.order_by("-publication_date", "-pk")

    @cached_property
    def _public_articles(self) -> QuerySet:
        # Which pages are public costs a query, so it is asked once.
        return self.article_model.objects.child_of(self).live().public()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find an article with all that its page shows in one query; the rest as Wagtail does."""
        if len(path_components) == 1 and not path_components[0].isdecimal():
            article = (
                self.article_model.objects.child_of(self)
                .filter(slug=path_components[0])
                .select_related("locale", "category__locale", "lead_image")
                .first()
            )
            if article:
                return article.route(request, [])
        return super().route(request, path_components)

    def get_category_url(self, category: NewsCategory, request: HttpRequest | None = None) -> str:
        return f"{self.get_url(request)}category/{quote(category.slug)}/"

    # --- Views: /, /2024/, /2024/02/, /category/<slug>/

    @path("")
    def all_articles(self, request: HttpRequest) -> HttpResponse:
        if slug := request.GET.get("category"):
            return HttpResponseRedirect(self.get_category_url(self._category_or_404(slug), request))
        if tag := request.GET.get("tag"):
            # PostgreSQL refuses a NUL in any value.
            named = {"tags__name": tag.replace("\0", "")[:100]}
            heading = gettext("%(title)s: “%(tag)s”") % {"title": self.title, "tag": tag[:100]}
            return self._list(
                request, genuine(self.get_articles()).filter(**named), heading=heading, tag=tag
            )
        articles = genuine(self.get_articles()).order_by("-pinned", "-publication_date", "-pk")
        return self._list(
            request, articles, lambda facet: True, heading=self.title, pinned_above=True
        )

    @re_path(r"^(?P<year>[1-9][0-9]{3})/(?:(?P<month>0[1-9]|1[0-2])/)?$")
    def archive(self, request: HttpRequest, year: str, month: str | None = None) -> HttpResponse:
        """A year or a month, of the Gregorian calendar in every language."""
        within = {"publication_date__year": int(year)}
        if month:
            within["publication_date__month"] = int(month)
        start = datetime.date(int(year), int(month or 1), 1)
        return self._list(
            request,
            genuine(self.get_articles()).filter(**within),
            lambda facet: (
                facet["month"].year == start.year and month in (None, f"{facet['month']:%m}")
            ),
            suffix=f"{year}/{month}/" if month else f"{year}/",
            heading=f"{self.title}, {local_month(start) if month else local_year(start.year)}",
            period=start,
        )

    @path("category/<str:slug>/")
    def category(self, request: HttpRequest, slug: str) -> HttpResponse:
        category = self._category_or_404(slug)
        articles = genuine(self.get_articles()).filter(
            category__translation_key=category.translation_key
        )
        return self._list(
            request,
            articles,
            lambda facet: facet["category__translation_key"] == category.translation_key,
            suffix=f"category/{quote(category.slug)}/",
            heading=category.name,
            category=category,
            feed_url=reverse(
                "news_category_feed",
                kwargs={"language": get_language(), "slug": category.slug},
            ),
        )

    # --- What the views are made of

    def _list(
        self,
        request: HttpRequest,
        articles: QuerySet,
        is_listed: Callable[[dict[str, Any]], bool] | None = None,
        suffix: str = "",
        **context: Any,
    ) -> HttpResponse:
        """Answer with a page of `articles`; `is_listed` tells which facets are theirs."""
        facets = self._facets()
        waiting = sum(facet["number"] for facet in facets if facet["waiting"])
        facets = [facet for facet in facets if not facet["waiting"]]
        total = sum(facet["number"] for facet in facets)
        paginator = Paginator(
            articles.select_related("locale", "category__locale", "lead_image").prefetch_related(
                "lead_image__renditions"
            ),
            self.page_size,
        )
        if is_listed:
            # The facets have counted the articles already.
            paginator.count = sum(facet["number"] for facet in facets if is_listed(facet))
        try:
            page_of_articles = paginator.page(request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404(str(error)) from error
        if "period" in context and not paginator.count:
            raise Http404("There are no articles of this time.")
        return self.render(
            request,
            context_overrides={
                "articles": page_of_articles,
                "page_range": paginator.get_elided_page_range(page_of_articles.number),
                "total": total,
                "archive": self._archive(facets, request),
                "categories": self._category_counts(facets, request),
                "waiting": waiting,
                "language_choices": self._language_choices(
                    request, suffix, context.get("category")
                ),
                "index_url": self.get_url(request),
                "listing_url": self.get_url(request) + suffix,
                "feed_url": reverse("news_feed", kwargs={"language": get_language()}),
                **context,
            },
        )

    def _facets(self) -> list[dict[str, Any]]:
        """Numbers of articles by month and category, in one query.

        "waiting" are those that stand here in their original language only.
        """
        itself = self.article_model.objects.filter(pk=OuterRef("pk"))
        return list(
            self.get_articles()
            .order_by()
            .annotate(month=TruncMonth("publication_date"), waiting=Exists(untranslated(itself)))
            .values("month", "category__translation_key", "waiting")
            .annotate(number=Count("pk"))
        )

    def _archive(self, facets: Iterable[dict[str, Any]], request: HttpRequest) -> list[Period]:
        url = self.get_url(request)
        months: dict[datetime.date, int] = {}
        for facet in facets:
            start = facet["month"].date()
            months[start] = months.get(start, 0) + facet["number"]
        years: dict[int, list[Period]] = {}
        for start in sorted(months, reverse=True):
            month = Period(start, months[start], f"{url}{start:%Y/%m}/")
            years.setdefault(start.year, []).append(month)
        return [
            Period(
                datetime.date(year, 1, 1),
                sum(month.count for month in periods),
                f"{url}{year}/",
                periods,
            )
            for year, periods in years.items()
        ]

    def _category_counts(
        self, facets: Iterable[dict[str, Any]], request: HttpRequest
    ) -> list[CategoryCount]:
        counts: dict[Any, int] = {}
        for facet in facets:
            key = facet["category__translation_key"]
            counts[key] = counts.get(key, 0) + facet["number"]
        return [
            CategoryCount(
                category, counts[category.translation_key], self.get_category_url(category, request)
            )
            for category in self._categories
            if category.translation_key in counts
        ]

    @cached_property
    def _categories(self) -> list[NewsCategory]:
        return list(NewsCategory.objects.filter(locale_id=self.locale_id))

    def _category_or_404(self, slug: str) -> NewsCategory:
        # Compared here and not in the database, which may refuse what stands in an address.
        for category in self._categories:
            if category.slug == slug:
                return category
        raise Http404(f"There is no category {slug!r} in this language.")

    def _language_choices(
        self, request: HttpRequest, suffix: str, category: NewsCategory | None
    ) -> list[Any]:
        """The same listing in every language that has it."""
        suffixes: dict[str, str] = {}
        if category:
            suffixes = {
                relative.locale.language_code.lower(): f"category/{quote(relative.slug)}/"
                for relative in category.get_translations().select_related("locale")
            }
        return [
            choice
            if choice.is_current or not choice.is_same_page
            else replace(
                choice,
                url=choice.url + (suffixes.get(choice.code.lower(), "") if category else suffix),
            )
            for choice in choices_for_page(self, request)
        ]


class NewsIndexPage(AbstractNewsIndexPage):
    subpage_types = ["newsroom.NewsArticlePage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")
