import datetime
from typing import Any
from urllib.parse import quote

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.blocks import PageChooserBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from localization.search import segmented_text
from localization.thai import collation_key
from newsroom.api.fields import (
    CategoryField,
    EditionField,
    LeadImageField,
    RelatedArticlesField,
    TranslationsField,
)
from newsroom.blocks import AttachmentsBlock, BodyBlock, ContactsBlock
from newsroom.forms import NewsArticleForm


class RelatedArticlesBlock(StreamBlock):
    article = PageChooserBlock(page_type="newsroom.NewsArticlePage", label=_("Article"))


class AbstractNewsArticlePage(Page):
    """A news article in one language.

    Embargo and expiry are Wagtail's own scheduling (`go_live_at`, `expire_at`).
    """

    publication_date = models.DateTimeField(
        _("publication date"),
        default=timezone.now,
        db_index=True,
        help_text=_("Readers see it, and listings are sorted by it."),
    )
    event_date = models.DateField(
        _("date of the event"), null=True, blank=True, help_text=_("When it happened or will.")
    )
    event_time = models.TimeField(_("time of the event"), null=True, blank=True)
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("One or two sentences; listings, feeds and shared links show them."),
    )
    category = models.ForeignKey(
        "newsroom.NewsCategory",
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("alternative of the lead image"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it (WCAG 1.1.1)."),
    )
    lead_image_decorative = models.BooleanField(
        _("the lead image is decorative"),
        default=False,
        help_text=_("It tells nothing that the text does not: screen readers pass it over."),
    )
    lead_image_caption = models.CharField(_("caption"), max_length=500, blank=True)
    lead_image_credit = models.CharField(_("credit"), max_length=255, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    contact = StreamField(ContactsBlock(max_num=1), blank=True, verbose_name=_("contact"))
    attachments = StreamField(AttachmentsBlock(), blank=True, verbose_name=_("attachments"))
    related_articles = StreamField(
        RelatedArticlesBlock(max_num=6), blank=True, verbose_name=_("related articles")
    )
    pinned = models.BooleanField(
        _("pinned"), default=False, help_text=_("Stands above the others in the listing.")
    )
    correction_date = models.DateField(_("corrected on"), null=True, blank=True)
    correction = models.TextField(
        _("because"),
        blank=True,
        help_text=_("What was wrong and what is right now; readers, feeds and the API show it."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("publication_date")]),
        FieldRowPanel([FieldPanel("event_date"), FieldPanel("event_time")]),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_decorative"),
                FieldPanel("lead_image_caption"),
                FieldPanel("lead_image_credit"),
            ],
            heading=_("Lead image"),
        ),
        FieldPanel("body"),
        FieldPanel("contact"),
        FieldPanel("attachments"),
        FieldPanel("related_articles"),
        MultiFieldPanel(
            [FieldPanel("correction_date"), FieldPanel("correction")],
            heading=_("Correction notice"),
        ),
    ]
    promote_panels = [FieldPanel("pinned"), *Page.promote_panels]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        # Thai writes no spaces between words: a search finds only what was taken apart before.
        index.SearchField("segmented_text"),
        index.FilterField("publication_date"),
        index.FilterField("category"),
        index.FilterField("pinned"),
    ]
    api_fields = [
        APIField("introduction", writable=True),
        APIField("publication_date", writable=True),
        APIField("event_date", writable=True),
        APIField("event_time", writable=True),
        # Named twice: written by primary key, and read with all that a reader is told.
        APIField("category", writable=True),
        APIField("category", serializer=CategoryField()),
        APIField("lead_image", writable=True),
        APIField("lead_image", serializer=LeadImageField()),
        APIField("lead_image_alt", writable=True),
        APIField("lead_image_decorative", writable=True),
        APIField("lead_image_caption", writable=True),
        APIField("lead_image_credit", writable=True),
        APIField("body", writable=True),
        APIField("contact", writable=True),
        APIField("attachments", writable=True),
        APIField("related_articles", writable=True),
        APIField("related_articles", serializer=RelatedArticlesField()),
        APIField("pinned", writable=True),
        APIField("correction_date", writable=True),
        APIField("correction", writable=True),
        APIField("edition", serializer=EditionField()),
        APIField("translations", serializer=TranslationsField()),
    ]
    override_translatable_fields = [
        SynchronizedField("publication_date", overridable=False),
        SynchronizedField("pinned", overridable=False),
        SynchronizedField("lead_image_decorative", overridable=False),
    ]

    base_form_class = NewsArticleForm
    template = "newsroom/news_article_page.html"

    class Meta:
        abstract = True

    def segmented_text(self) -> str:
        return segmented_text(self, "title", "introduction", "body")

    @property
    def event_datetime(self) -> datetime.datetime | None:
        """Date and time of the event in the site's time zone, where both are known."""
        if not self.event_date or not self.event_time:
            return None
        return timezone.make_aware(datetime.datetime.combine(self.event_date, self.event_time))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # One query for the renditions of all pictures, however many there are.
        prefetch_related_objects(self.get_pictures(), "renditions")
        index_url = (self.get_url(request) or "/").rstrip("/").rpartition("/")[0] + "/"
        own_category = self.category.locale_id == self.locale_id
        return {
            **super().get_context(request, *args, **kwargs),
            "index_url": index_url,
            "category_url": f"{index_url}category/{quote(self.category.slug)}/"
            if own_category
            else "",
            "related_articles": self.get_related_articles(),
        }

    def get_pictures(self) -> list[AbstractImage]:
        """The lead image and those of the body, in order."""
        found = [self.lead_image]
        for block in self.body:
            if block.block_type == "image":
                found.append(block.value["image"])
            elif block.block_type == "gallery":
                found += [picture["image"] for picture in block.value["items"]]
        return [picture for picture in found if picture]

    def get_related_articles(self) -> list[Page]:
        """The related articles that readers may see, in the editor's order.

        Each is in the language of this article where it has been translated, however late.
        """
        chosen = [block["value"] for block in self.related_articles.raw_data]
        # As `public()` has it, without a query of its own.
        restrictions = PageViewRestriction.objects.annotate(
            inside=ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        ).filter(inside__startswith=F("page__path"))
        articles = type(self).objects
        keys = articles.filter(pk__in=chosen).values("translation_key")
        known = (
            articles.live()
            .filter(~Exists(restrictions))
            .filter(Q(pk__in=chosen) | Q(translation_key__in=keys, locale=self.locale_id))
            .select_related("locale", "alias_of__locale")
            .in_bulk()
        )
        translated = {
            page.translation_key: page
            for page in known.values()
            if page.locale_id == self.locale_id and not page.alias_of
        }
        shown = [known[pk] for pk in chosen if pk in known]
        return list(dict.fromkeys(translated.get(page.translation_key, page) for page in shown))


class NewsArticleTag(TaggedItemBase):
    content_object = ParentalKey(
        "newsroom.NewsArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class NewsArticlePage(AbstractNewsArticlePage):
    tags = ClusterTaggableManager(through=NewsArticleTag, blank=True, verbose_name=_("tags"))

    promote_panels = [FieldPanel("tags"), *AbstractNewsArticlePage.promote_panels]
    search_fields = [
        *AbstractNewsArticlePage.search_fields,
        index.RelatedFields("tags", [index.SearchField("name")]),
    ]
    api_fields = [*AbstractNewsArticlePage.api_fields, APIField("tags", writable=True)]
    override_translatable_fields = [
        *AbstractNewsArticlePage.override_translatable_fields,
        # Words of one language. A translation begins with the original's and keeps its own, which
        # synchronised fields would take away at the next publication, and in every preview.
        BaseTranslatableField("tags"),
        BaseTranslatableField("tagged_items"),
    ]

    parent_page_types = ["newsroom.NewsIndexPage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        tags = sorted((tag.name for tag in self.tags.all()), key=collation_key)
        return super().get_context(request, *args, **kwargs) | {"tags": tags}

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")
        indexes = [
            # The newest of one category, without sorting the others.
            models.Index(fields=["category", "-publication_date"], name="news_by_category_and_date")
        ]
