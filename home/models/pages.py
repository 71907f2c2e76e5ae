from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.blocks import SnippetChooserBlock

from newsroom.blocks import BodyBlock


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
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = [
        APIField("introduction"),
        APIField("lead_story"),
        APIField("latest_heading"),
        APIField("latest_count"),
        APIField("categories"),
        APIField("body"),
    ]

    template = "home/home_page.html"
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
    ]
    api_fields = [APIField("introduction"), APIField("body")]

    template = "home/content_page.html"
    parent_page_types = ["home.HomePage", "home.ContentPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
