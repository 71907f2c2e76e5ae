"""What a statement may claim: never more than the newest audits and the register prove.

The grades are those of Decision (EU) 2018/1523 and of WCAG-EM, step 5.b. Machines find a part of
the barriers only, so full conformance also needs a review by people.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale, Site

from .. import conf
from ..audits.criteria import criteria_of, machine_criteria
from ..audits.evidence import Evidence, Look, evidence
from ..models.audits import Severity
from ..models.problems import KnownProblem
from ..wcag import CRITERIA
from .wording import listed

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
    """What is known of the pages of one language of a site on one day.

    unchecked: criterion → number of public pages on which not every machine check of it was made
    problems: the open ones of the register; review_date: of the last review by people
    """

    evidence: Evidence
    looks: Looks
    unchecked: Mapping[str, int]
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
    def open_criteria(self) -> "tuple[CriterionEvidence, ...]":
        """What the newest audits found errors against, or warnings at level A or AA."""
        error = Severity.ERROR.value
        return tuple(
            found
            for found in self.evidence.criteria
            if found.findings.get(error) or _warnings(found)
        )

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
        if doubted := [found for found in self.evidence.criteria if _warnings(found)]:
            count = sum(map(_warnings, doubted))
            yield ngettext(
                "The newest audits found %(count)d warning against criteria of level A or AA: "
                "%(criteria)s.",
                "The newest audits found %(count)d warnings against criteria of level A or AA: "
                "%(criteria)s.",
                count,
            ) % {"count": count, "criteria": listed(found.criterion for found in doubted)}
        if self.problems:
            yield ngettext(
                "The register holds %(count)d open problem.",
                "The register holds %(count)d open problems.",
                len(self.problems),
            ) % {"count": len(self.problems)}
        if not self.is_reviewed:
            yield _("No review by people within the last year is recorded.")


def _warnings(found: "CriterionEvidence") -> int:
    """Warnings against a criterion of the claim. Good practice and level AAA are no part of it."""
    criterion = CRITERIA.get(found.criterion)
    if criterion is None or criterion.level == "AAA":
        return 0
    return found.findings.get(Severity.WARNING.value, 0)


def assess(
    locale: Locale,
    review_date: date | None,
    today: date | None = None,
    just_published: int | None = None,
    site: Site | None = None,
) -> Assessment:
    """Weigh what is known of the public pages of a language: about eight queries.

    The page of the id `just_published` is judged by the look before, as its own is to come.
    Without a site the pages of all sites count. The register has none: all sites share it.
    """
    today = today or timezone.localdate()
    summary = evidence(locale, site)
    recent = _recent(summary, just_published)
    public = summary.pages + summary.never_audited
    return Assessment(
        evidence=summary,
        looks=Looks(
            public=public,
            recent=len(recent),
            with_errors=sum(look.has_errors for look in recent),
            incomplete=sum(bool(_missing_checks(look)) for look in recent),
        ),
        unchecked=_unchecked(recent, public - len(recent)),
        problems=tuple(KnownProblem.objects.open().of_locale(locale)),
        review_date=review_date,
        today=today,
    )


def _recent(summary: Evidence, just_published: int | None) -> list[Look]:
    oldest = timezone.now() - timedelta(days=conf.audit_max_age())
    return [
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


def _missing_checks(look: Look) -> list[str]:
    """The checks that were not made, but for those that a review by people makes up for."""
    return [check for check, reason in look.not_checked.items() if reason != NEEDS_PERSON]


def _unchecked(recent: Iterable[Look], others: int) -> dict[str, int]:
    """Count pages by criterion. On the `others` no check counts."""
    pages = Counter(dict.fromkeys(machine_criteria(), others))
    for look in recent:
        pages.update(frozenset().union(*map(criteria_of, _missing_checks(look))))
    return {criterion: count for criterion, count in pages.items() if count}
