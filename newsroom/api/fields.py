"""Fields of the page APIs, v2 and v3, that say more than the database column does."""

from typing import Any

from django.http import HttpRequest
from rest_framework.fields import Field
from wagtail.models import Page

from localization.freshness import edition
from localization.languages import alternates

from . import representations
from .schemas import ArticleReference, Category, EditionFacts, LeadImage, Translation


class ReadOnlyField(Field):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    @property
    def request(self) -> HttpRequest | None:
        # Wagtail's v3 binds the field to no serializer, so there it has none.
        return self.context.get("request")


class PageField(ReadOnlyField):
    """Given the page itself."""

    def __init__(self) -> None:
        super().__init__(source="*")


class CategoryField(ReadOnlyField):
    def to_representation(self, category: Any) -> Category:
        return representations.category(category, self.request)


class LeadImageField(PageField):
    def to_representation(self, page: Any) -> LeadImage | None:
        return representations.lead_image(page, self.request)


class EditionField(PageField):
    def to_representation(self, page: Page) -> EditionFacts:
        return representations.edition_facts(edition(page), self.request)


class TranslationsField(PageField):
    def to_representation(self, page: Page) -> list[Translation]:
        return [
            representations.translation(other, self.request)
            for language, other in sorted(alternates(page).items())
            if other.pk != page.pk
        ]


class RelatedArticlesField(PageField):
    def to_representation(self, page: Any) -> list[ArticleReference]:
        return [
            representations.reference(article, request=self.request)
            for article in page.get_related_articles()
        ]
