"""A statement as data: one shape for the plugin's JSON and for Wagtail's API v3."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict  # pydantic needs it before Python 3.12

from ..models import AccessibilityStatementPage, KnownProblem
from ..wcag import CRITERIA

Day = Annotated[str, Field(description="ISO 8601, Gregorian", examples=["2026-03-02"])]


class CriterionFacts(TypedDict):
    """A success criterion of WCAG 2.2."""

    number: Annotated[str, Field(examples=["1.1.1"])]
    name: Annotated[str, Field(description="In the language of the statement")]
    level: Literal["A", "AA", "AAA"]
    en_301_549: Annotated[str, Field(description="Clause of EN 301 549 V3.2.1, or empty")]
    twcag: Annotated[str, Field(description="Number in Thailand's TWCAG 2010, or empty")]


class ProblemFacts(TypedDict):
    """A known problem that is not solved yet."""

    title: str
    language: Annotated[str, Field(description="Of the words: a code of the site's languages")]
    description: str
    hinders: Annotated[list[str], Field(description="Functional performance, EN 301 549, 4.2")]
    criterion: Annotated[
        CriterionFacts | None, Field(description="None for what goes beyond WCAG 2.2")
    ]
    reason: Literal["non-compliance", "burden", "exempt"]
    reason_detail: str
    workaround: str
    planned_date: Day | None


class FoundFacts(TypedDict):
    """A criterion that the newest audits found errors or, at level A or AA, warnings against."""

    criterion: Annotated[CriterionFacts | None, Field(description="None for good practice")]
    errors: int
    warnings: int


class EngineFacts(TypedDict):
    """What looked at the pages."""

    name: Annotated[str, Field(examples=["axe-core"])]
    versions: list[str]
    pages: Annotated[int, Field(description="On which it ran to its end")]


class EvidenceFacts(TypedDict):
    """What the newest audits looked at."""

    public_pages: int
    audited_pages: int
    recent_pages: Annotated[int, Field(description="Audited since published, and not long ago")]
    pages_with_errors: Annotated[int, Field(description="Of the recent ones")]
    incomplete_pages: Annotated[int, Field(description="On which not every check could be made")]
    oldest: Annotated[str | None, Field(description="Moment of the oldest look, ISO 8601")]
    newest: Annotated[str | None, Field(description="Moment of the newest look, ISO 8601")]
    engines: list[EngineFacts]
    found: list[FoundFacts]


class FeedbackFacts(TypedDict):
    """How to reach the office."""

    office: str
    email: str
    telephone: str
    address: str
    deadline_working_days: int
    form_url: str


class StatementFacts(TypedDict):
    """An accessibility statement. Its claim is never better than the evidence of today."""

    language: Annotated[str, Field(examples=["th"])]
    title: str
    url: str
    scope: str
    law: str
    standard: Literal["WCAG 2.2 AA"]
    claim: Literal["full", "partial", "not-assessed", "none"]
    limits: Annotated[list[str], Field(description="Why no more is claimed")]
    version: str
    effective_date: Day
    prepared_date: Annotated[Day, Field(description="When it was first published")]
    last_review_date: Annotated[Day, Field(description="When it was published last")]
    review_date: Annotated[Day, Field(description="Of the next review")]
    review_by_people_date: Day | None
    problems: list[ProblemFacts]
    evidence: EvidenceFacts
    feedback: FeedbackFacts
    openacr_url: Annotated[str, Field(description="The same as OpenACR in YAML")]


def statement_facts(
    page: AccessibilityStatementPage, *, deadline: int, form_url: str, openacr_url: str
) -> StatementFacts:
    """Return what a statement says. Words are in the active language, texts in the page's own."""
    assessment = page.assessment
    known, looks = assessment.evidence, assessment.looks
    language = page.text_locale.language_code
    return StatementFacts(
        language=language,
        title=page.title,
        url=page.full_url or "",
        scope=page.scope,
        law=page.law,
        standard="WCAG 2.2 AA",
        claim=page.effective_claim.value,  # type: ignore[typeddict-item]
        limits=assessment.limits(),
        version=page.version,
        effective_date=page.effective_date.isoformat(),
        prepared_date=page.prepared_on.isoformat(),
        last_review_date=page.reviewed_on.isoformat(),
        review_date=page.review_date.isoformat(),
        review_by_people_date=(
            page.review_by_people_date.isoformat() if page.review_by_people_date else None
        ),
        problems=[_problem(problem, language) for problem in assessment.problems],
        evidence=EvidenceFacts(
            public_pages=looks.public,
            audited_pages=known.pages,
            recent_pages=looks.recent,
            pages_with_errors=looks.with_errors,
            incomplete_pages=looks.incomplete,
            oldest=known.oldest.isoformat() if known.oldest else None,
            newest=known.newest.isoformat() if known.newest else None,
            engines=[
                EngineFacts(name=engine.name, versions=list(engine.versions), pages=engine.pages)
                for engine in known.engines
            ],
            found=[
                FoundFacts(
                    criterion=criterion_facts(found.criterion, language),
                    errors=found.findings.get("error", 0),
                    warnings=found.findings.get("warning", 0),
                )
                for found in assessment.open_criteria
            ],
        ),
        feedback=FeedbackFacts(
            office=page.office,
            email=page.feedback_email,
            telephone=page.feedback_telephone,
            address=page.feedback_address,
            deadline_working_days=deadline,
            form_url=form_url,
        ),
        openacr_url=openacr_url,
    )


def criterion_facts(number: str, language: str) -> CriterionFacts | None:
    criterion = CRITERIA.get(number)
    if criterion is None:
        return None
    return CriterionFacts(
        number=criterion.number,
        name=criterion.name.in_language(language),
        level=criterion.level,
        en_301_549=criterion.en_301_549,
        twcag=criterion.twcag,
    )


def _problem(problem: KnownProblem, language: str) -> ProblemFacts:
    return ProblemFacts(
        title=problem.title,
        language=problem.locale.language_code,
        description=problem.description,
        hinders=list(problem.hindered),
        criterion=criterion_facts(problem.criterion, language),
        reason=problem.reason,  # type: ignore[typeddict-item]
        reason_detail=problem.reason_detail,
        workaround=problem.workaround,
        planned_date=problem.planned_date.isoformat() if problem.planned_date else None,
    )
