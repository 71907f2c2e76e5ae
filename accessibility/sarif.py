"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the source."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from .rules import Finding, RuleSet, Severity

if TYPE_CHECKING:
    from .models import AuditFinding, PageAudit

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}


def sarif_log(
    findings: Iterable[Finding], rules: RuleSet, uri: str, source: str, message_lang: str
) -> dict[str, Any]:
    """A SARIF log of one run over one file or address.

    `source` is the HTML itself: a finding's region is the line of its start tag, where the tag is
    written there only once; the selector is always in the logical location.
    """
    used = list(findings)
    described = [rule for rule in rules if rule.id in {finding.rule for finding in used}]
    index = {rule.id: place for place, rule in enumerate(described)}
    driver = {
        "name": "Sala content rules",
        "semanticVersion": version("wagtail-sala"),
        "language": "th" if message_lang == "th" else "en",
        "rules": [
            {
                "id": rule.id,
                "name": _name(rule.id),
                "shortDescription": {"text": rule.name.in_language(message_lang)},
                "help": {"text": rule.remedy.in_language(message_lang)},
                "defaultConfiguration": {"level": LEVELS[rules.severity(rule.id)]},
                "properties": {"tags": _tags(rule.criterion)},
            }
            for rule in described
        ],
    }
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": index[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": f"{finding.message} {finding.remedy}"},
            "locations": [_location(finding, uri, source)],
            "properties": {"criterion": finding.criterion, "lang": finding.lang},
        }
        for finding in used
    ]
    return _log([_run(driver, results)])


def audit_sarif_log(page_audits: Iterable[PageAudit], message_lang: str) -> dict[str, Any]:
    """A SARIF log of an audit: one run for each version of each engine that found something.

    The file of a result is the address of the page, its place the selector.
    """
    lang = "th" if message_lang == "th" else "en"
    runs: dict[tuple[str, str], tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]] = {}
    for look in page_audits:
        for engine in look.engines:
            runs.setdefault((engine["name"], engine["version"]), ({}, []))
        for finding in look.findings.all():
            rules, results = runs.setdefault((finding.engine, finding.engine_version), ({}, []))
            rules.setdefault(
                finding.rule,
                {
                    "id": finding.rule,
                    "name": _name(finding.rule),
                    "properties": {"tags": _tags(finding.criterion)},
                },
            )
            results.append(_audit_result(finding, look.url, list(rules).index(finding.rule), lang))
    return _log(
        _run(
            {"name": name, "version": number, "language": lang, "rules": [*rules.values()]}, results
        )
        for (name, number), (rules, results) in runs.items()
    )


def _audit_result(finding: AuditFinding, uri: str, index: int, lang: str) -> dict[str, Any]:
    is_new = finding.state == finding.State.NEW
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[cast(Severity, finding.severity)],
        "message": {"text": f"{finding.message.get(lang)} {finding.remedy.get(lang)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri},
                    "region": {"startLine": 1, "snippet": {"text": finding.excerpt}},
                },
                "logicalLocations": [_logical(finding.selector)],
            }
        ],
        "partialFingerprints": {"accessibilityFinding/v1": finding.fingerprint},
        "baselineState": "new" if is_new else "unchanged",
        "properties": {"criterion": finding.criterion},
    }


def _log(runs: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [*runs]}


def _run(driver: dict[str, Any], results: list[dict[str, Any]]) -> dict[str, Any]:
    return {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}


def _name(rule: str) -> str:
    return "".join(map(str.title, rule.split("-")))


def _tags(criterion: str) -> list[str]:
    return ["accessibility", f"WCAG {criterion}" if criterion else "best practice"]


def _logical(selector: str) -> dict[str, str]:
    return {"fullyQualifiedName": selector, "kind": "element"}


def _location(finding: Finding, uri: str, source: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    start = _offset(finding, source)
    if start is not None:
        physical["region"] = {
            "startLine": source.count("\n", 0, start) + 1,
            "startColumn": start - source.rfind("\n", 0, start),
            "snippet": {"text": finding.excerpt},
        }
    return {
        "physicalLocation": physical,
        "logicalLocations": [_logical(finding.selector)],
    }


def _offset(finding: Finding, source: str) -> int | None:
    """Where the excerpt begins in the source; None where that is not certain."""
    tag = finding.excerpt.partition(">")[0]
    if not tag or source.count(tag) != 1:
        return None
    return source.index(tag)
