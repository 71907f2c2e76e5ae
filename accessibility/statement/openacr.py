"""A statement as an OpenACR report, for those who compare products and sites by machine.

The format is that of https://github.com/GSA/openacr, schema openacr-0.1.0, with its catalogue of
the VPAT 2.5, WCAG edition, for WCAG 2.2. Its words are English, whatever the statement's are.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from ..models import AccessibilityStatementPage, KnownProblem
from ..wcag import CRITERIA, Criterion
from .claim import Claim

CATALOG = "2.5-edition-wcag-2.2-en"
CHAPTERS = {
    "success_criteria_level_a": "A",
    "success_criteria_level_aa": "AA",
    "success_criteria_level_aaa": "AAA",
}


def openacr(page: AccessibilityStatementPage) -> dict[str, Any]:
    """Return the report as the schema describes it."""
    with override("en"):
        site = page.get_site()
        assessment = page.assessment
        contact = {
            "name": page.office,
            "email": page.feedback_email,
            "website": site.root_url if site else "",
        }
        if page.feedback_telephone:
            contact["phone"] = page.feedback_telephone
        return {
            "title": f"{page.scope} Accessibility Conformance Report",
            "product": {
                "name": page.scope,
                "version": page.version,
                "description": f"Pages in the language “{page.text_locale.language_code}”",
            },
            "author": contact,
            "vendor": contact,
            "report_date": page.effective_date.isoformat(),
            "last_modified_date": assessment.today.isoformat(),
            "notes": " ".join([f"{page.effective_claim.label}.", *assessment.limits()]),
            "evaluation_methods_used": _methods(page),
            "repository": page.full_url or "",
            "feedback": f"mailto:{page.feedback_email}",
            "catalog": CATALOG,
            "chapters": {chapter: _chapter(page, level) for chapter, level in CHAPTERS.items()},
        }


def _methods(page: AccessibilityStatementPage) -> str:
    known = page.assessment.evidence
    engines = ", ".join(f"{name} {' '.join(of)}" for name, of in known.engines.items()) or "none"
    methods = [
        f"Automated: {known.pages} of {page.assessment.looks.public} public pages. "
        f"Engines: {engines}."
    ]
    if page.review_by_people_date:
        methods.append(
            f"By people, {page.review_by_people_date.isoformat()}: {page.review_by_people}"
        )
    return " ".join(methods)


def _chapter(page: AccessibilityStatementPage, level: str) -> dict[str, Any]:
    if level == "AAA":
        return {"notes": "Level AAA is not part of the claim.", "disabled": True, "criteria": []}
    chapter: dict[str, Any] = {
        "criteria": [
            {"num": criterion.number, "components": [_web(page, criterion)]}
            for criterion in CRITERIA.values()
            if criterion.level == level
        ]
    }
    if not _is_evaluated(page):
        chapter["notes"] = (
            "Where no adherence is given, machines have found nothing and people have not looked."
        )
    return chapter


def _is_evaluated(page: AccessibilityStatementPage) -> bool:
    """Whether silence on a criterion means that it is met: machines alone cannot say so."""
    return page.assessment.is_reviewed and page.effective_claim in (Claim.FULL, Claim.PARTIAL)


def _web(page: AccessibilityStatementPage, criterion: Criterion) -> dict[str, Any]:
    # The term "not-evaluated" is kept for level AAA, so what nobody has evaluated has none.
    component: dict[str, Any] = {"name": "web"}
    if notes := list(_notes(page, criterion)):
        component["adherence"] = {"level": "partially-supports", "notes": " ".join(notes)}
    elif _is_evaluated(page):
        component["adherence"] = {"level": "supports", "notes": ""}
    return component


def _notes(page: AccessibilityStatementPage, criterion: Criterion) -> Iterator[str]:
    for found in page.assessment.failed_criteria:
        if found.criterion == criterion.number:
            yield f"The newest audits found {found.findings['error']} errors."
    for problem in page.assessment.problems:
        if problem.criterion == criterion.number:
            yield _problem(problem)


def _problem(problem: KnownProblem) -> str:
    parts = [f"{problem.title}."]
    if problem.reason != KnownProblem.Reason.NON_COMPLIANCE:
        parts.append(f"{problem.get_reason_display()}: {problem.reason_detail}")
    if problem.workaround:
        parts.append(f"Workaround: {problem.workaround}")
    if problem.planned_date:
        parts.append(f"To be mended by {problem.planned_date.isoformat()}.")
    return " ".join(parts)
