"""A statement as an OpenACR report, for those who compare products and sites by machine.

The format is that of https://github.com/GSA/openacr, schema openacr-0.1.0, with its catalogue of
the VPAT 2.5, WCAG edition, for WCAG 2.2. Its words are English, whatever the statement's are.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from ..models import AccessibilityStatementPage, KnownProblem
from ..wcag import CRITERIA
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
            "report_date": page.reviewed_on.isoformat(),
            "last_modified_date": assessment.today.isoformat(),
            "notes": " ".join(_report_notes(page)),
            "evaluation_methods_used": _methods(page),
            "repository": page.full_url or "",
            "feedback": f"mailto:{page.feedback_email}",
            "catalog": CATALOG,
            "chapters": {chapter: _chapter(page, level) for chapter, level in CHAPTERS.items()},
        }


def _report_notes(page: AccessibilityStatementPage) -> Iterator[str]:
    yield f"{page.effective_claim.label}."
    yield from page.assessment.limits()
    if beyond := list(_notes(page, "")):
        yield "Beyond WCAG:"
        yield from beyond


def _methods(page: AccessibilityStatementPage) -> str:
    known, public = page.assessment.evidence, page.assessment.looks.public
    engines = (f"{engine.label} on {engine.pages} of {public} pages" for engine in known.engines)
    methods = [
        f"Automated: {known.pages} of {public} public pages. "
        f"Engines: {'; '.join(engines) or 'none'}."
    ]
    if page.review_by_people_date:
        methods.append(
            f"By people, {page.review_by_people_date.isoformat()}: {page.review_by_people}"
        )
    return " ".join(methods)


def _chapter(page: AccessibilityStatementPage, level: str) -> dict[str, Any]:
    numbers = [number for number, criterion in CRITERIA.items() if criterion.level == level]
    if level == "AAA":
        known = [f"{number}: {note}" for number in numbers for note in _notes(page, number)]
        notes = " ".join(["Level AAA is not part of the claim.", *known])
        return {"notes": notes, "disabled": True, "criteria": []}
    chapter: dict[str, Any] = {
        "criteria": [{"num": number, "components": [_web(page, number)]} for number in numbers]
    }
    if notes := " ".join(_why_no_adherence(page, numbers)):
        chapter["notes"] = notes
    return chapter


def _is_evaluated(page: AccessibilityStatementPage) -> bool:
    """Whether silence on a criterion means that it is met: machines alone cannot say so."""
    return page.assessment.is_reviewed and page.effective_claim in (Claim.FULL, Claim.PARTIAL)


def _why_no_adherence(page: AccessibilityStatementPage, numbers: list[str]) -> Iterator[str]:
    """Of a chapter with these criteria. Without a level the format has no notes on a criterion."""
    if not _is_evaluated(page):
        yield "Where no adherence is given, machines have found nothing and people have not looked."
    by_count = defaultdict(list)
    for number in numbers:
        if count := page.assessment.unchecked.get(number):
            by_count[count].append(number)
    for count, unchecked in sorted(by_count.items()):
        yield f"{_not_made(page, count)} for {', '.join(unchecked)}."
    if by_count:
        yield "A review by people does not make up for them: no such criterion is called supported."


def _not_made(page: AccessibilityStatementPage, count: int) -> str:
    return f"On {count} of {page.assessment.looks.public} pages not every machine check was made"


def _web(page: AccessibilityStatementPage, number: str) -> dict[str, Any]:
    # The term "not-evaluated" is kept for level AAA, so what nobody has evaluated has none.
    component: dict[str, Any] = {"name": "web"}
    unchecked = page.assessment.unchecked.get(number)
    if notes := list(_notes(page, number)):
        if unchecked:
            notes.append(f"{_not_made(page, unchecked)}.")
        component["adherence"] = {"level": "partially-supports", "notes": " ".join(notes)}
    elif _is_evaluated(page) and not unchecked:
        component["adherence"] = {"level": "supports", "notes": ""}
    return component


def _notes(page: AccessibilityStatementPage, number: str) -> Iterator[str]:
    """What is known against a criterion, or with "" against what goes beyond WCAG."""
    for found in page.assessment.open_criteria:
        if found.criterion == number:
            counts = (_count(found.findings.get(word, 0), word) for word in ("error", "warning"))
            yield f"The newest audits found {' and '.join(filter(None, counts))}."
    for problem in page.assessment.problems:
        if problem.criterion == number:
            yield _problem(problem)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""


def _problem(problem: KnownProblem) -> str:
    parts = [f"{problem.title}."]
    if problem.reason != KnownProblem.Reason.NON_COMPLIANCE:
        parts.append(f"{problem.get_reason_display()}: {problem.reason_detail}")
    if problem.workaround:
        parts.append(f"Workaround: {problem.workaround}")
    if problem.planned_date:
        parts.append(f"To be mended by {problem.planned_date.isoformat()}.")
    return " ".join(parts)
