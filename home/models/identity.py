from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, StreamBlock, StructBlock, URLBlock
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin


class SocialLinkBlock(StructBlock):
    platform = ChoiceBlock(
        choices=[
            ("facebook", "Facebook"),
            ("instagram", "Instagram"),
            ("line", "LINE"),
            ("mastodon", "Mastodon"),
            ("tiktok", "TikTok"),
            ("x", "X"),
            ("youtube", "YouTube"),
        ],
        label=_("Platform"),
    )
    name = CharBlock(
        max_length=100,
        label=_("Name of the account"),
        help_text=_("Readers hear this as the link, for example “PRAC on YouTube”."),
    )
    url = URLBlock(label=_("Address"))

    class Meta:
        icon = "site"
        label = _("Social link")


class SocialLinksBlock(StreamBlock):
    link = SocialLinkBlock()


class SiteIdentity(TranslatableMixin, models.Model):
    """Who publishes the site: one for each language. The header, footer, feeds and API read it."""

    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(
        _("short name"), max_length=60, help_text=_("Shown where space is scarce.")
    )
    tagline = models.CharField(_("tagline"), max_length=255, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=255, blank=True)
    copyright_owner = models.CharField(_("copyright owner"), max_length=255)
    first_year = models.PositiveSmallIntegerField(
        _("first year of copyright"),
        help_text=_("In the Gregorian calendar; Thai readers see the Buddhist era."),
    )
    social_links = StreamField(SocialLinksBlock(), blank=True, verbose_name=_("social links"))

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("tagline")]),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("email")]),
                FieldPanel("opening_hours"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("copyright_owner"), FieldPanel("first_year")])],
            heading=_("Copyright"),
        ),
        FieldPanel("social_links"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site identity")
        verbose_name_plural = _("site identities")
        constraints = [
            models.UniqueConstraint(
                fields=["locale"],
                name="one_site_identity_per_locale",
                violation_error_message=_("This language has its site identity already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


def publisher_name(language_code: str) -> str:
    """The name of the publisher in a language; "" if the site has none in it."""
    identity = SiteIdentity.objects.filter(locale__language_code=language_code).first()
    return identity.name if identity else ""
