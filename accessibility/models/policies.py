from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class AbstractPolicyPage(Page):
    """What every policy has: who answers for it, its version, and since when it is in force."""

    class Kind(models.TextChoices):
        WEBSITE = "website", _("Website policy")
        SECURITY = "security", _("Website security policy")
        PRIVACY = "privacy", _("Privacy policy")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, db_index=True)
    office = models.CharField(
        _("responsible office"),
        max_length=255,
        help_text=_("The office that answers for this policy."),
    )
    version = models.CharField(
        _("version"), max_length=30, help_text=_("For example 2.0; changed with each new wording.")
    )
    effective_date = models.DateField(_("in force since"))
    review_date = models.DateField(_("next review"))
    body = RichTextField(
        _("text"),
        features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"],
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldPanel("office"),
                FieldRowPanel(
                    [
                        FieldPanel("version"),
                        FieldPanel("effective_date"),
                        FieldPanel("review_date"),
                    ]
                ),
            ],
            heading=_("Validity"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    api_fields = [
        APIField("kind"),
        APIField("office"),
        APIField("version"),
        APIField("effective_date"),
        APIField("review_date"),
        APIField("body"),
    ]

    template = "accessibility/policy_page.html"

    class Meta:
        abstract = True


class PolicyPage(AbstractPolicyPage):
    """A policy of the body that runs the site. Every footer links the newest of each kind."""

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
