"""What a statement may claim: never more than the newest audits and the register prove.

The grades are those of Decision (EU) 2018/1523 and of WCAG-EM, step 5.b. Machines find a part of
the barriers only, so full conformance also needs a review by people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale

from .. import conf
from ..audits.evidence import Evidence, evidence
from ..models.audits import Severity
from ..models.problems import KnownProblem

if TYPE_CHECKING:
    from ..audits.evidence import CriterionEvidence

#: Days for which a review by people counts; the EU's directive asks for a yearly one.
REVIEW_COUNTS_FOR = 365
#: What an audit leaves to people, and so to their review.
NEEDS_PERSON = "needs-person"


class Claim(models.TextChoices):
    """How far a site conforms, from best to worst."""

    FULL = "full", gettext_lazy("Fully conformant")
    PARTIAL = "partial", gettext_lazy("Partially conformant")
    NOT_ASSESSED = "not-assessed", gettext_lazy("Not yet assessed")
    NONE = "none", gettext_lazy("Not conformant")


def weaker(first: Claim, second: Claim) -> Claim:
    """The one that says less of the two."""
    return max(first, second, key=list(Claim).index)


class Looks(NamedTuple):
    """Numbers of pages by what is known of them.

    public: of the language; recent: looked at since they were last published, and not too long
    ago; with_errors and incomplete: of the recent ones, those with errors and those on which not
    every check could be made
    """

    public: int
    recent: int
    with_errors: int
    incomplete: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of the pages of one language on one day.

    problems: the open ones of the register; review_date: of the last review by people
    """

    evidence: Evidence
    looks: Looks
    problems: tuple[KnownProblem, ...]
    review_date: date | None
    today: date

    @property
    def allowed(self) -> Claim:
        """The best that may be claimed."""
        # What holds for less than half of the pages says nothing of the site.
        if self.looks.recent * 2 < self.looks.public or not self.looks.recent:
            return Claim.NOT_ASSESSED
        if self.looks.with_errors * 2 > self.looks.recent:
            return Claim.NONE
        return Claim.PARTIAL if self.limits() else Claim.FULL

    @property
    def is_reviewed(self) -> bool:
        """Whether people have reviewed the site within the last year."""
        oldest = self.today - timedelta(days=REVIEW_COUNTS_FOR)
        return self.review_date is not None and oldest <= self.review_date <= self.today

    @property
    def failed_criteria(self) -> "tuple[CriterionEvidence, ...]":
        """The criteria that the newest audits found errors against."""
        error = Severity.ERROR.value
        return tuple(found for found in self.evidence.criteria if found.findings.get(error))

    def limits(self) -> list[str]:
        """Why no more may be claimed, each reason a sentence in the active language."""
        return list(self._limits())

    def _limits(self) -> Iterator[str]:
        looks = self.looks
        if missing := looks.public - looks.recent:
            yield ngettext(
                "%(count)d of %(all)d pages has not been audited since it was last published, or "
                "not within the last %(days)d days.",
                "%(count)d of %(all)d pages have not been audited since they were last published, "
                "or not within the last %(days)d days.",
                missing,
            ) % {"count": missing, "all": looks.public, "days": conf.audit_max_age()}
        if not looks.public:
            yield _("There are no public pages in this language.")
        if looks.incomplete:
            yield ngettext(
                "On %(count)d page not every check could be made.",
                "On %(count)d pages not every check could be made.",
                looks.incomplete,
            ) % {"count": looks.incomplete}
        if looks.with_errors:
            yield ngettext(
                "The newest audits found errors on %(count)d page.",
                "The newest audits found errors on %(count)d pages.",
                looks.with_errors,
            ) % {"count": looks.with_errors}
        if self.problems:
            yield ngettext(
                "The register holds %(count)d open problem.",
                "The register holds %(count)d open problems.",
                len(self.problems),
            ) % {"count": len(self.problems)}
        if not self.is_reviewed:
            yield _("No review by people within the last year is recorded.")


def assess(
    locale: Locale,
    review_date: date | None,
    today: date | None = None,
    just_published: int | None = None,
) -> Assessment:
    """Weigh what is known of the public pages of a language: about eight queries.

    The page of the id `just_published` is judged by the look before, as its own is to come.
    """
    today = today or timezone.localdate()
    summary = evidence(locale)
    return Assessment(
        evidence=summary,
        looks=_looks(summary, just_published),
        problems=tuple(KnownProblem.objects.open().of_locale(locale)),
        review_date=review_date,
        today=today,
    )


def _looks(summary: Evidence, just_published: int | None) -> Looks:
    oldest = timezone.now() - timedelta(days=conf.audit_max_age())
    recent = [
        look
        for look in summary.looks
        if not look.failure
        and look.checked_at >= oldest
        and (
            look.page == just_published
            or look.published_at is None
            or look.checked_at >= look.published_at
        )
    ]
    return Looks(
        public=summary.pages + summary.never_audited,
        recent=len(recent),
        with_errors=sum(look.has_errors for look in recent),
        incomplete=sum(
            any(reason != NEEDS_PERSON for reason in look.not_checked.values()) for look in recent
        ),
    )
