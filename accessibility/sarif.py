"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the source."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from .rules import Finding, RuleSet, Severity

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
            described_rule(
                rule.id,
                rule.criterion,
                rules.severity(rule.id),
                rule.name.in_language(message_lang),
                rule.remedy.in_language(message_lang),
            )
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
    return log([run(driver, results)])


# --- What every log of ours has ------------------------------------------------------------------


def log(runs: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A log of these runs: `sarifLog` in the specification."""
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [*runs]}


def run(driver: dict[str, Any], results: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """One run of one tool; `more` are further properties of it."""
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        **more,
    }


def described_rule(
    id: str, criterion: str, severity: Severity, name: str, remedy: str
) -> dict[str, Any]:
    """A rule as the log explains it: `reportingDescriptor` in the specification."""
    return {
        "id": id,
        "name": "".join(map(str.title, id.split("-"))),
        "shortDescription": {"text": name},
        "help": {"text": remedy},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "tags": ["accessibility", f"WCAG {criterion}" if criterion else "best practice"]
        },
    }


def logical_location(selector: str) -> dict[str, str]:
    """The place of a finding, by its CSS selector."""
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
        "logicalLocations": [logical_location(finding.selector)],
    }


def _offset(finding: Finding, source: str) -> int | None:
    """Where the excerpt begins in the source; None where that is not certain."""
    tag = finding.excerpt.partition(">")[0]
    if not tag or source.count(tag) != 1:
        return None
    return source.index(tag)
