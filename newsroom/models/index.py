import datetime

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from .articles import NewsArticlePage
from .categories import NewsCategory


class AbstractNewsIndexPage(RoutablePageMixin, Page):
    """The listing of all articles below it, with an archive by month and by category."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = [APIField("introduction")]

    article_model = NewsArticlePage
    page_size = 20
    template = "newsroom/news_index_page.html"

    class Meta:
        abstract = True

    def get_articles(self):
        """Live, public articles below this page, newest first."""
        return (
            self.article_model.objects.child_of(self)
            .live()
            .public()
            .order_by("-publication_date", "-pk")
        )


class NewsIndexPage(AbstractNewsIndexPage):
    subpage_types = ["newsroom.NewsArticlePage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")
