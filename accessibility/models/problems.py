"""The register of known problems: barriers that the office knows of, which no audit need find."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Locale, Orderable, Page, TranslatableMixin
from wagtail.search import index

from ..wcag import CRITERIA, Criterion


def criterion_choices() -> list[tuple[str, str]]:
    """Every success criterion of WCAG 2.2, named in the active language."""
    language = get_language() or "en"
    return [
        (number, f"{number} {criterion.name.in_language(language)} ({criterion.level})")
        for number, criterion in CRITERIA.items()
    ]


class Hindered(models.TextChoices):
    """Whom a barrier hinders: the functional performance statements of EN 301 549, clause 4.2."""

    NO_VISION = "no-vision", _("People who cannot see")
    LOW_VISION = "low-vision", _("People with low vision")
    NO_COLOUR = "no-colour", _("People who cannot tell colours apart")
    NO_HEARING = "no-hearing", _("People who cannot hear")
    LOW_HEARING = "low-hearing", _("People who are hard of hearing")
    NO_SPEECH = "no-speech", _("People who cannot speak")
    MANIPULATION = "manipulation", _("People with limited strength or use of their hands")
    REACH = "reach", _("People with limited reach")
    SEIZURES = "seizures", _("People who may have seizures from flashing")
    COGNITION = "cognition", _("People with cognitive, language or learning difficulties")


class HinderedField(models.JSONField):
    """A list of values of Hindered."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=self.help_text,
            required=not self.blank,
            choices=Hindered.choices,
            widget=forms.CheckboxSelectMultiple,
        )


class KnownProblemQuerySet(models.QuerySet["KnownProblem"]):
    def open(self) -> "KnownProblemQuerySet":
        return self.filter(state=KnownProblem.State.OPEN)

    def of_locale(self, locale: Locale) -> list["KnownProblem"]:
        """Each problem once: in this language, or in the one it is written in. Two queries.

        A problem that nobody has translated is a problem all the same.
        """
        problems: dict[Any, KnownProblem] = {}
        affected = Prefetch("affected_pages", AffectedPage.objects.select_related("page__locale"))
        for problem in self.select_related("locale").prefetch_related(affected):
            if problem.locale_id == locale.pk or problem.translation_key not in problems:
                problems[problem.translation_key] = problem
        return sorted(problems.values(), key=KnownProblem.sort_key)


class KnownProblem(index.Indexed, TranslatableMixin, ClusterableModel):
    """One barrier: what, whom it hinders, why it is there, the way round it, and until when.

    Every statement of its language tells of those that are open.
    """

    class Reason(models.TextChoices):
        """The three reasons of the EU's model statement, Decision (EU) 2018/1523, annex."""

        NON_COMPLIANCE = "non-compliance", _("Does not meet the standard")
        BURDEN = "burden", _("Disproportionate burden")
        EXEMPT = "exempt", _("Outside the scope of the law")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SOLVED = "solved", _("Solved")

    title = models.CharField(
        _("problem"),
        max_length=255,
        help_text=_("In plain words, for example “Scanned PDF files hold no text”."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("Where it is met, and what it means for readers.")
    )
    hindered = HinderedField(_("whom it hinders"), default=list)
    criterion = models.CharField(
        _("WCAG criterion"),
        max_length=10,
        blank=True,
        choices=criterion_choices,
        help_text=_("Left empty for what goes beyond WCAG 2.2."),
    )
    reason = models.CharField(
        _("reason"), max_length=20, choices=Reason.choices, default=Reason.NON_COMPLIANCE
    )
    reason_detail = models.TextField(
        _("explanation of the reason"),
        blank=True,
        help_text=_("A burden or an exemption must be explained: what was assessed, which law."),
    )
    workaround = models.TextField(
        _("way round it"), blank=True, help_text=_("How readers get what they need until then.")
    )
    planned_date = models.DateField(_("will be mended by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True
    )

    objects = KnownProblemQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("description"),
        FieldPanel("hindered"),
        FieldPanel("criterion"),
        MultiFieldPanel([FieldPanel("reason"), FieldPanel("reason_detail")], heading=_("Reason")),
        MultiFieldPanel(
            [
                FieldPanel("workaround"),
                FieldRowPanel([FieldPanel("planned_date"), FieldPanel("state")]),
            ],
            heading=_("What is done about it"),
        ),
        MultipleChooserPanel(
            "affected_pages", label=_("Pages affected"), chooser_field_name="page"
        ),
    ]
    search_fields = [
        index.SearchField("title"),
        index.SearchField("description"),
        index.AutocompleteField("title"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("known accessibility problem")
        verbose_name_plural = _("known accessibility problems")
        ordering = ["state", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        errors = {}
        if unknown := sorted(set(map(str, self.hindered)) - set(Hindered.values)):
            errors["hindered"] = _("%(unknown)s is nobody we know of. Choose of: %(allowed)s.") % {
                "unknown": ", ".join(unknown),
                "allowed": ", ".join(Hindered.values),
            }
        if self.reason != self.Reason.NON_COMPLIANCE and not self.reason_detail.strip():
            errors["reason_detail"] = _(
                "“%(reason)s” must be explained to readers: say what was assessed, or which law "
                "exempts this content."
            ) % {"reason": self.get_reason_display()}
        if errors:
            raise ValidationError(errors)

    def sort_key(self) -> tuple[tuple[int, ...], int]:
        """The order of WCAG, and what goes beyond it last."""
        number = tuple(map(int, self.criterion.split("."))) if self.criterion else (9,)
        return number, self.pk

    @property
    def wcag(self) -> Criterion | None:
        return CRITERIA.get(self.criterion)

    @property
    def hindered_labels(self) -> list[str]:
        """Whom it hinders, in the active language."""
        return [str(label) for value, label in Hindered.choices if value in self.hindered]

    @property
    def live_pages(self) -> list[Page]:
        return [affected.page for affected in self.affected_pages.all() if affected.page.live]


class AffectedPage(Orderable):
    """A page on which a known problem is met."""

    problem = ParentalKey(KnownProblem, on_delete=models.CASCADE, related_name="affected_pages")
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )

    panels = [FieldPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("page affected")
        verbose_name_plural = _("pages affected")
