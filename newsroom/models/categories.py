from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index


class NewsCategory(index.Indexed, TranslatableMixin, models.Model):
    """What an article is about: each has a listing and a feed of its own in every language."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(
        _("slug"),
        max_length=120,
        help_text=_("The name in the address: letters, digits and hyphens, Thai letters too."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("Shown above the listing.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="news_category_slug_per_locale",
                violation_error_message=_("Another category of this language has this slug."),
            )
        ]

    def __str__(self) -> str:
        return self.name
