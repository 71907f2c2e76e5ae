"""The accessibility statement, which writes itself from audits and the register of problems."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from ..statement.claim import Assessment, Claim, assess, weaker
from ..statement.forms import StatementForm
from ..statement.panels import EvidencePanel
from ..statement.translations import own_fields
from .policies import VALIDITY_PANELS, AbstractPolicyPage
from .problems import KnownProblem


class AccessibilityStatementPage(AbstractPolicyPage):
    """A policy whose facts come from the newest audits of its pages and the known problems.

    Its pages are those of its language and its site.

    Editors write what no machine knows: scope, law, contacts, and their review by people. The
    claim is never better than the evidence of the day on which it is read.
    """

    class Wording(models.TextChoices):
        EU = "eu", _("European Union: model statement of Decision (EU) 2018/1523")
        UK = "uk", _("United Kingdom: sample statement of the government")
        THAILAND = "th", _("Thailand: with TWCAG and มอก. 2565-2555")

    # The footer knows it by its type.
    kind = None  # type: ignore[assignment]

    wording = models.CharField(
        _("model"),
        max_length=10,
        choices=Wording.choices,
        default=Wording.EU,
        help_text=_("The order and the wording of the parts that are written by themselves."),
    )
    body = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "ol", "ul", "link", "document-link", "language"],
        help_text=_("In your own words: who runs the site, and what readers can expect of it."),
    )
    scope = models.CharField(
        _("scope"),
        max_length=500,
        help_text=_("What the statement is about, for example “the website www.example.org”."),
    )
    law = models.CharField(
        _("law"),
        max_length=500,
        blank=True,
        help_text=_("The law or regulation that asks for accessibility, by its full name."),
    )
    claim = models.CharField(
        _("claim"),
        max_length=20,
        blank=True,
        choices=Claim.choices,
        help_text=_("Left empty, as good as the evidence allows. You can claim less, never more."),
    )
    review_by_people_date = models.DateField(
        _("reviewed by people on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which people finished a review of the whole site by hand and with "
            "assistive technology. Full conformance cannot be claimed without one."
        ),
    )
    review_by_people = models.TextField(
        _("how people reviewed it"),
        blank=True,
        help_text=_("Who reviewed which pages, by which method and with which software."),
    )
    feedback_email = models.EmailField(
        _("e-mail for feedback"),
        help_text=_("Shown to readers; messages of the feedback form are sent there."),
    )
    feedback_telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    feedback_address = models.TextField(_("postal address"), blank=True)
    enforcement = RichTextField(
        _("if readers are not satisfied"),
        features=["bold", "ol", "ul", "link", "language"],
        help_text=_("Whom they can turn to when the answer does not satisfy them, and how."),
    )

    content_panels = [
        *Page.content_panels,
        EvidencePanel(heading=_("What the evidence allows")),
        MultiFieldPanel(
            [
                FieldPanel("claim"),
                FieldPanel("review_by_people_date"),
                FieldPanel("review_by_people"),
            ],
            heading=_("Conformance"),
        ),
        MultiFieldPanel(
            [FieldPanel("wording"), FieldPanel("body"), FieldPanel("scope"), FieldPanel("law")],
            heading=_("Text"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("office"),
                FieldPanel("feedback_email"),
                FieldPanel("feedback_telephone"),
                FieldPanel("feedback_address"),
                FieldPanel("enforcement"),
            ],
            heading=_("Feedback and enforcement"),
        ),
        MultiFieldPanel(VALIDITY_PANELS, heading=_("Validity")),
    ]
    search_fields = [*AbstractPolicyPage.search_fields, index.SearchField("scope")]
    api_fields = [
        APIField("office"),
        APIField("version"),
        APIField("effective_date"),
        APIField("review_date"),
        APIField("body"),
        APIField("wording"),
        APIField("scope"),
        APIField("law"),
        APIField("effective_claim"),
        APIField("review_by_people_date"),
        APIField("review_by_people"),
        APIField("feedback_email"),
        APIField("feedback_telephone"),
        APIField("feedback_address"),
        APIField("enforcement"),
        APIField("versions"),
    ]

    # Whoever looked at the pages of one language has not looked at those of another.
    exclude_fields_in_copy = ["review_by_people_date", "review_by_people"]
    override_translatable_fields = own_fields(*exclude_fields_in_copy)

    base_form_class = StatementForm
    template = "accessibility/statement_page.html"

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def binding_text(self) -> tuple[object, ...]:
        return (
            *super().binding_text(),
            get_text_for_indexing(self.enforcement),
            self.scope,
            self.law,
            self.wording,
            self.claim,
            self.review_by_people_date,
            self.review_by_people,
        )

    def facts_of_today(self) -> dict[str, Any]:
        """The claim and what it rests on, in the language of the statement."""
        assessment = assess(
            self.text_locale,
            self.review_by_people_date,
            just_published=self.pk,
            site=self.get_site(),
        )
        known = assessment.evidence
        with override(self.text_language):
            limits = assessment.limits()
        return {
            "day": assessment.today,
            "claim": weaker(Claim(self.claim or Claim.FULL), assessment.allowed),
            "limits": limits,
            "problems": [
                {"title": problem.title, "language": problem.locale.language_code}
                for problem in assessment.problems
            ],
            "pages": known.pages,
            "public_pages": assessment.looks.public,
            "newest": known.newest,
            "engines": [{"label": engine.label, "pages": engine.pages} for engine in known.engines],
        }

    @property
    def claim_then(self) -> Claim | None:
        """Of a version out of the archive: what it claimed when it was published."""
        return Claim(self.facts_then["claim"]) if self.facts_then else None

    @property
    def text_locale(self) -> Locale:
        """The language that the statement is written in, and whose pages it is about."""
        return self.alias_of.locale if self.alias_of_id else self.locale

    @property
    def text_language(self) -> str:
        return self.text_locale.language_code

    @cached_property
    def assessment(self) -> Assessment:
        """What the evidence allows today: about eight queries, made once for this object."""
        return assess(self.text_locale, self.review_by_people_date, site=self.get_site())

    @property
    def prepared_on(self) -> date:
        """The day on which the statement was first published; of a draft, today."""
        return timezone.localdate(self.first_published_at)

    @property
    def reviewed_on(self) -> date:
        """The day on which its words were published last, with the evidence before one's eyes."""
        return timezone.localdate(self.last_published_at)

    @property
    def effective_claim(self) -> Claim:
        """What the statement says today: the editor's claim, or less where less is proven."""
        allowed = self.assessment.allowed
        return weaker(Claim(self.claim or Claim.FULL), allowed)

    @property
    def problems_by_reason(self) -> list[KnownProblem]:
        """The open problems in the order in which the model statements name their reasons."""
        order = KnownProblem.Reason.values
        return sorted(self.assessment.problems, key=lambda problem: order.index(problem.reason))

    @property
    def wording_template(self) -> str:
        return f"accessibility/statement/{self.wording}.html"
