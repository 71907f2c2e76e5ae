from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from .. import conf
from ..measures.blocks import MeasuresBlock
from ..measures.panel import MeasuresPanel
from ..policies.forms import PolicyPageForm
from .policy_versions import History, Period, PolicyVersion

VALIDITY_PANELS = [
    FieldRowPanel([FieldPanel("version"), FieldPanel("effective_date"), FieldPanel("review_date")]),
    FieldPanel("is_correction"),
]


class AbstractPolicyPage(RoutablePageMixin, Page):
    """What every policy has: who answers for it, its version, and since when it is in force.

    Readers see the version that is in force today, and find each earlier one, and the one to
    come, at `versions/1-0/` below the page.
    """

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
        _("version"),
        max_length=30,
        help_text=_("For example 2.0; changed with each new wording."),
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9.-]*[A-Za-z0-9][A-Za-z0-9.-]*\Z",
                _("Write a version with letters, digits, dots and hyphens only, such as 2.0."),
            )
        ],
    )
    effective_date = models.DateField(_("in force since"))
    review_date = models.DateField(_("next review"))
    body = RichTextField(
        _("text"),
        features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "language"],
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel([FieldPanel("office"), *VALIDITY_PANELS], heading=_("Validity")),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("body"),
        index.SearchField("segmented_text"),
    ]
    api_fields = [
        APIField("kind"),
        APIField("office"),
        APIField("version"),
        APIField("effective_date"),
        APIField("review_date"),
        APIField("body"),
        APIField("versions"),
    ]

    base_form_class = PolicyPageForm
    template = "accessibility/policy_page.html"

    #: Of a version out of the archive: what `facts_of_today` gave when it was published.
    facts_then: dict[str, Any] = {}

    class Meta:
        abstract = True

    @property
    def kind_label(self) -> str:
        """What readers and editors call this kind of policy."""
        return str(self.Kind(self.kind).label if self.kind else self._meta.verbose_name)

    def segmented_text(self) -> str:
        """The words of the policy for search, where the site says how its text is segmented."""
        segment = conf.search_segmenter()
        return segment(f"{self.title} {get_text_for_indexing(self.body)}") if segment else ""

    def binding_text(self) -> tuple[object, ...]:
        """What may not change without a new version, unless it is a mere correction."""
        return self.title, self.office, self.effective_date, get_text_for_indexing(self.body)

    def facts_of_today(self) -> dict[str, Any]:
        """What the page shows besides its fields, as JSON to be kept with the version."""
        return {}

    @property
    def newest_version(self) -> PolicyVersion | None:
        """The version that was published last, which this page shows when it is in force."""
        return self.policy_versions.order_by("-published_at", "-pk").first()

    @property
    def history(self) -> History:
        """Which version of this policy is in force today, and which others there are."""
        return History.of(self)

    @property
    def versions(self) -> list[dict[str, Any]]:
        """All published versions for the API, the newest first."""
        return [
            {
                "version": period.version,
                "effective_date": period.since.isoformat(),
                "ended_date": period.until.isoformat() if period.until else None,
                "state": period.state,
                "html_url": self._at_version(self.full_url or "", period),
            }
            for period in self.history.periods
        ]

    def version_url(self, period: Period, request: HttpRequest | None = None) -> str:
        """The address of a version: this page's own for the one that is in force."""
        return self._at_version(self.get_url(request) or "", period)

    def _at_version(self, url: str, period: Period) -> str:
        if period.state == "in force":
            return url
        return url + self.reverse_subpage("policy_version", args=[period.slug])

    @path("")
    def policy_in_force(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the version that is in force; where none is yet, the one to come."""
        history = self.history
        if getattr(request, "is_preview", False) or history.in_force is None:
            return self.render(request, context_overrides={"history": history})
        return self._render_period(request, history, history.in_force)

    @path("versions/<slug:slug>/")
    def policy_version(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Serve a version that is not in force, marked as such."""
        history = self.history
        period = history.find(slug)
        if period is None:
            raise Http404
        if period.state == "in force":
            return HttpResponseRedirect(self.get_url(request) or "/")
        response = self._render_period(request, history, period, is_archive=True)
        # Search engines lead to what is in force.
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _render_period(
        self, request: HttpRequest, history: History, period: Period, is_archive: bool = False
    ) -> HttpResponseBase:
        page = self if period.is_newest and not is_archive else period.page(self)
        return page.render(
            request,
            context_overrides={"history": history, "period": period, "is_archive": is_archive},
        )


class PolicyPage(AbstractPolicyPage):
    """A policy of the body that runs the site. Every footer links the newest of each kind."""

    measures = StreamField(
        MeasuresBlock(),
        blank=True,
        verbose_name=_("technical measures"),
        help_text=_(
            "Shown below the text with what this server really does, and refused where what you "
            "state here is not so."
        ),
    )

    content_panels = [
        *AbstractPolicyPage.content_panels,
        MultiFieldPanel([MeasuresPanel(), FieldPanel("measures")], heading=_("Technical measures")),
    ]
    api_fields = [*AbstractPolicyPage.api_fields, APIField("measures")]

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
