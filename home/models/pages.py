from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.url_routing import RouteResult

from localization.freshness import genuine
from localization.search import segmented_text
from newsroom.audience.counts import sum_of_views
from newsroom.blocks import BodyBlock
from newsroom.models import NewsArticlePage, NewsCategory, NewsIndexPage


class CategoriesBlock(StreamBlock):
    category = SnippetChooserBlock("newsroom.NewsCategory", label=_("Category"))


class HomePage(Page):
    """The front door of one language."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences on who we are.")
    )
    lead_story = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("lead story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Left empty, the newest pinned article leads, or else the newest."),
    )
    latest_heading = models.CharField(_("heading of the latest news"), max_length=120, blank=True)
    latest_count = models.PositiveSmallIntegerField(
        _("number of latest news"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    categories = StreamField(
        CategoriesBlock(),
        blank=True,
        verbose_name=_("categories"),
        help_text=_("Left empty, all categories are shown."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("further content"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        PageChooserPanel("lead_story", "newsroom.NewsArticlePage"),
        MultiFieldPanel(
            [FieldPanel("latest_heading"), FieldPanel("latest_count")], heading=_("Latest news")
        ),
        FieldPanel("categories"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("segmented_text"),
    ]
    api_fields = [
        APIField("introduction"),
        APIField("lead_story"),
        APIField("latest_heading"),
        APIField("latest_count"),
        APIField("categories"),
        APIField("body"),
    ]

    template = "home/home_page.html"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find an article, or the newsroom, in one query; the rest as Wagtail does."""
        if len(path_components) == 2 and not path_components[1].isdecimal():
            article = (
                NewsArticlePage.objects.filter(
                    url_path=f"{self.url_path}{'/'.join(path_components)}/"
                )
                .select_related("locale", "category__locale", "lead_image")
                .annotate(number_of_views=sum_of_views())
                .first()
            )
            if article:
                return article.route(request, [])
        if path_components:
            indexes = NewsIndexPage.objects.child_of(self).filter(slug=path_components[0])
            if news_index := indexes.first():
                return news_index.route(request, path_components[1:])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        lead_story, latest = self._lead_and_latest()
        news_index = (
            NewsIndexPage.objects.live().descendant_of(self).order_by("depth", "path").first()
        )
        return {
            **super().get_context(request, *args, **kwargs),
            "lead_story": lead_story,
            "latest": latest,
            "news_index": news_index,
            "categories": self._categories(news_index, request) if news_index else [],
        }

    def _lead_and_latest(self) -> tuple[NewsArticlePage | None, list[NewsArticlePage]]:
        """The lead story and the latest others, of what can be read in this language."""
        # `public()` asks the database, so both use what it found.
        articles = (
            genuine(NewsArticlePage.objects.live().public().descendant_of(self))
            .select_related("locale", "category__locale", "lead_image")
            .prefetch_related("lead_image__renditions")
        )
        # The editor's choice comes first, then what is pinned, then what is new.
        chosen = Case(When(pk=self.lead_story_id, then=0), When(pinned=True, then=1), default=2)
        lead_story = articles.order_by(chosen, "-publication_date", "-pk").first()
        if lead_story is None:
            return None, []
        latest = articles.exclude(pk=lead_story.pk).order_by("-publication_date", "-pk")
        return lead_story, list(latest[: self.latest_count])

    def _categories(self, news_index: NewsIndexPage, request: HttpRequest) -> list[dict[str, Any]]:
        """The categories that the editor chose, or all of this language, with their listings."""
        categories = [block.value for block in self.categories if block.value]
        if not categories:
            categories = list(NewsCategory.objects.filter(locale_id=self.locale_id))
        return [
            {"category": category, "url": news_index.get_category_url(category, request)}
            for category in categories
        ]

    def segmented_text(self) -> str:
        return segmented_text(self, "title", "introduction", "body")

    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class ContentPage(Page):
    """A plain page: about us, contact, how to complain."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("segmented_text"),
    ]
    api_fields = [APIField("introduction"), APIField("body")]

    template = "home/content_page.html"

    def segmented_text(self) -> str:
        return segmented_text(self, "title", "introduction", "body")

    parent_page_types = ["home.HomePage", "home.ContentPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
