"""Audits as data for other programs: JSON of our own, and EARL of the W3C."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import slugify

from ..models import Audit, AuditFinding, PageAudit
from ..wcag import CRITERIA
from .coverage import REASONS

#: What a screen reader says of pages, by the id of their look; only in the run that heard it.
Transcripts = dict[int, list[dict[str, Any]]]

EARL = "http://www.w3.org/ns/earl#"
_EARL_CONTEXT = {
    "earl": EARL,
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "ptr": "http://www.w3.org/2009/pointers#",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "result": "earl:result",
    "pointer": "earl:pointer",
    "info": "earl:info",
    "date": {"@id": "dct:date", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    "title": "dct:title",
    "hasVersion": "dct:hasVersion",
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
}
WCAG = "https://www.w3.org/TR/WCAG22/"


def audit_json(
    audit: Audit, page_audits: Iterable[PageAudit], transcripts: Transcripts
) -> dict[str, Any]:
    """One audit, with everything that is stored of it; docs/audits.md describes the shape."""
    return {
        "audit": {
            "id": audit.pk,
            "trigger": audit.trigger,
            "scope": audit.scope,
            "started_at": audit.started_at.isoformat(),
            "ended_at": audit.ended_at and audit.ended_at.isoformat(),
        },
        "pages": [
            {
                "page": look.page_id,
                "title": look.page.title,
                "url": look.url,
                "locale": look.locale.language_code,
                "revision": look.revision_id,
                "checked_at": look.checked_at.isoformat(),
                "engines": look.engines,
                "not_checked": look.not_checked,
                "failure": look.failure,
                "findings": [_finding_json(finding) for finding in look.findings.all()],
                "mended": look.mended,
                "transcript": transcripts.get(look.pk),
            }
            for look in page_audits
        ],
    }


def _finding_json(finding: AuditFinding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "criterion": finding.criterion,
        "engine": finding.engine,
        "engine_version": finding.engine_version,
        "selector": finding.selector,
        "excerpt": finding.excerpt,
        "message": finding.message,
        "remedy": finding.remedy,
        "fingerprint": finding.fingerprint,
        "state": finding.state,
        "first_found_at": finding.first_found_at.isoformat(),
    }


def audit_earl(page_audits: Iterable[PageAudit], message_lang: str) -> dict[str, Any]:
    """One audit as EARL 1.0 in JSON-LD: who asserts what of which page, by which test.

    A finding is `failed` with a pointer to its place, or `cantTell` where it was not checked
    again; a check that could not be made is `untested`, and `cantTell` where it takes a person.
    """
    assertors: dict[str, dict[str, Any]] = {}
    tests: dict[str, dict[str, Any]] = {}
    assertions: list[dict[str, Any]] = []
    for look in page_audits:
        for engine in look.engines:
            _assertor(assertors, engine["name"], engine["version"])
        assertions += _assertions(look, assertors, tests, message_lang)
    return {
        "@context": _EARL_CONTEXT,
        "@graph": [*assertors.values(), *tests.values(), *assertions],
    }


def _assertions(
    look: PageAudit,
    assertors: dict[str, dict[str, Any]],
    tests: dict[str, dict[str, Any]],
    message_lang: str,
) -> Iterator[dict[str, Any]]:
    subject = {"@id": look.url, "@type": "earl:TestSubject", "title": look.page.title}
    for finding in look.findings.all():
        checked = finding.state != AuditFinding.State.UNCHECKED
        yield {
            "@type": "earl:Assertion",
            "assertedBy": _assertor(assertors, finding.engine, finding.engine_version),
            "subject": subject,
            "test": _test(tests, finding.rule, finding.criterion),
            "mode": "earl:automatic",
            "result": {
                "@type": "earl:TestResult",
                "outcome": "earl:failed" if checked else "earl:cantTell",
                "date": look.checked_at.isoformat(),
                "info": finding.message.get(message_lang, ""),
                "pointer": {"@type": "ptr:CSSSelectorPointer", "ptr:expression": finding.selector},
            },
        }
    for check, reason in look.not_checked.items():
        yield {
            "@type": "earl:Assertion",
            "assertedBy": _assertor(assertors, "wagtail-sala", ""),
            "subject": subject,
            "test": _test(tests, check, ""),
            "mode": "earl:automatic",
            "result": {
                "@type": "earl:TestResult",
                "outcome": "earl:cantTell" if reason == "needs-person" else "earl:untested",
                "date": look.checked_at.isoformat(),
                "info": str(REASONS.get(reason, reason)),
            },
        }


def _assertor(assertors: dict[str, dict[str, Any]], name: str, version: str) -> str:
    id = f"urn:assertor:{slugify(name)}:{version}".rstrip(":")
    assertors.setdefault(
        id,
        {
            "@id": id,
            "@type": ["earl:Assertor", "earl:Software"],
            "title": name,
            "hasVersion": version,
        },
    )
    return id


def _test(tests: dict[str, dict[str, Any]], rule: str, criterion: str) -> str:
    """A rule is a test case of its criterion, and of best practice where it has none."""
    id = f"urn:rule:{rule}"
    test = tests.setdefault(id, {"@id": id, "@type": "earl:TestCase", "title": rule})
    if criterion in CRITERIA:
        requirement = f"{WCAG}#{slugify(CRITERIA[criterion].name.en)}"
        tests.setdefault(
            requirement,
            {"@id": requirement, "@type": "earl:TestRequirement", "title": f"WCAG 2.2 {criterion}"},
        )
        test["isPartOf"] = requirement
    return id
