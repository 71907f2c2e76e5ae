"""Audits as data for other programs: JSON of our own, and EARL of the W3C."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from django.utils.text import slugify

from ..models import Audit, AuditFinding, PageAudit
from ..wcag import CRITERIA
from .browser.rules import BROWSER_RULES
from .coverage import passed, reason
from .findings import wording

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
                "left_to_people": look.left_to_people,
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
    again. A check that was made and found nothing is `passed`; one that could not be made is
    `untested`, and `cantTell` where it takes a person. No test has two outcomes on one page.
    """
    graph = _Graph()
    for look in page_audits:
        graph.add(look, message_lang)
    return {
        "@context": _EARL_CONTEXT,
        "@graph": [*graph.assertors.values(), *graph.tests.values(), *graph.assertions],
    }


@dataclass(slots=True)
class _Graph:
    """What an EARL report is made of; assertors and tests by their ids."""

    assertors: dict[str, dict[str, Any]] = field(default_factory=dict)
    tests: dict[str, dict[str, Any]] = field(default_factory=dict)
    assertions: list[dict[str, Any]] = field(default_factory=list)

    def add(self, look: PageAudit, lang: str) -> None:
        for engine in look.engines:
            self.assertor(engine["name"], engine["version"])
        told = self.add_findings(look, lang)
        for check, engine, number in passed(look):
            self.add_assertion(look, (engine, number), check, {"outcome": "earl:passed"})
        for check, code in look.not_checked.items():
            if check in told:
                continue
            outcome = "earl:cantTell" if code == "needs-person" else "earl:untested"
            result = {"outcome": outcome, "info": reason(code, lang)}
            self.add_assertion(look, ("wagtail-sala", version("wagtail-sala")), check, result)

    def add_findings(self, look: PageAudit, lang: str) -> set[str]:
        """Assert what was found. Returns the rules, whose outcome is said with this."""
        findings = look.findings.all()
        failed = {item.rule for item in findings if item.state != AuditFinding.State.UNCHECKED}
        for finding in findings:
            checked = finding.state != AuditFinding.State.UNCHECKED
            # The same rule may have failed elsewhere on the page, by another check.
            if checked or finding.rule not in failed:
                result = {
                    "outcome": "earl:failed" if checked else "earl:cantTell",
                    "info": wording(finding.message, lang),
                    "pointer": {
                        "@type": "ptr:CSSSelectorPointer",
                        "ptr:expression": finding.selector,
                    },
                }
                engine = (finding.engine, finding.engine_version)
                self.add_assertion(look, engine, finding.rule, result, finding.criterion)
        return {finding.rule for finding in findings}

    def add_assertion(
        self,
        look: PageAudit,
        engine: tuple[str, str],
        test: str,
        result: Mapping[str, Any],
        criterion: str = "",
    ) -> None:
        self.assertions.append(
            {
                "@type": "earl:Assertion",
                "assertedBy": self.assertor(*engine),
                "subject": {
                    "@id": look.url,
                    "@type": "earl:TestSubject",
                    "title": look.page.title,
                },
                "test": self.test(test, criterion),
                "mode": "earl:automatic",
                "result": {
                    "@type": "earl:TestResult",
                    "date": look.checked_at.isoformat(),
                    **result,
                },
            }
        )

    def assertor(self, name: str, number: str) -> str:
        id = f"urn:assertor:{slugify(name)}:{number}"
        software = ["earl:Assertor", "earl:Software"]
        self.assertors.setdefault(
            id, {"@id": id, "@type": software, "title": name, "hasVersion": number}
        )
        return id

    def test(self, rule: str, criterion: str) -> str:
        """A rule is a test case of its criterion, and of best practice where it has none."""
        id = f"urn:rule:{rule}"
        test = self.tests.setdefault(id, {"@id": id, "@type": "earl:TestCase", "title": rule})
        if rule in BROWSER_RULES:
            criterion = BROWSER_RULES[rule].criterion
        if criterion in CRITERIA:
            requirement = f"{WCAG}#{slugify(CRITERIA[criterion].name.en)}"
            title = f"WCAG 2.2 {criterion}"
            self.tests.setdefault(
                requirement,
                {"@id": requirement, "@type": "earl:TestRequirement", "title": title},
            )
            test["isPartOf"] = requirement
        return id
