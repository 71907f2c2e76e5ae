"""What a statement may claim: never more than the newest audits and the register prove.

The grades are those of Decision (EU) 2018/1523 and of WCAG-EM, step 5.b. Machines find a part of
the barriers only, so full conformance also needs a review by people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale

from .. import conf
from ..audits.evidence import Evidence, evidence, newest_page_audits
from ..models.audits import AuditFinding, Severity
from ..models.problems import KnownProblem

if TYPE_CHECKING:
    from ..audits.evidence import CriterionEvidence

#: Days for which a review by people counts; the EU's directive asks for a yearly one.
REVIEW_COUNTS_FOR = 365


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
        return Claim.PARTIAL if any(self.limits()) else Claim.FULL

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

    def limits(self) -> Iterator[str]:
        """Why no more may be claimed, each reason a sentence in the active language."""
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


def assess(locale: Locale, review_date: date | None, today: date | None = None) -> Assessment:
    """Weigh what is known of the public pages of a language: about ten queries."""
    today = today or timezone.localdate()
    summary = evidence(locale)
    return Assessment(
        evidence=summary,
        looks=_looks(locale, summary),
        problems=tuple(KnownProblem.objects.open().of_locale(locale)),
        review_date=review_date,
        today=today,
    )


def _looks(locale: Locale, summary: Evidence) -> Looks:
    oldest = timezone.now() - timedelta(days=conf.audit_max_age())
    errors = AuditFinding.objects.filter(page_audit=OuterRef("pk"), severity=Severity.ERROR)
    recent = with_errors = incomplete = 0
    for checked, published, failure, not_checked, has_errors in newest_page_audits(
        locale
    ).values_list(
        "checked_at", "page__last_published_at", "failure", "not_checked", Exists(errors)
    ):
        if failure or checked < oldest or (published and checked < published):
            continue
        recent += 1
        with_errors += has_errors
        incomplete += bool(not_checked)
    return Looks(summary.pages + summary.never_audited, recent, with_errors, incomplete)
