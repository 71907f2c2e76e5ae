"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the source."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from .rules import Finding, RuleSet, Severity

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}


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
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Sala content rules",
                        "semanticVersion": version("wagtail-sala"),
                        "language": "th" if message_lang == "th" else "en",
                        "rules": [
                            {
                                "id": rule.id,
                                "name": "".join(map(str.title, rule.id.split("-"))),
                                "shortDescription": {"text": rule.name.in_language(message_lang)},
                                "help": {"text": rule.remedy.in_language(message_lang)},
                                "defaultConfiguration": {"level": _LEVELS[rules.severity(rule.id)]},
                                "properties": {"tags": ["accessibility", f"WCAG {rule.criterion}"]},
                            }
                            for rule in described
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": finding.rule,
                        "ruleIndex": index[finding.rule],
                        "level": _LEVELS[finding.severity],
                        "message": {"text": f"{finding.message} {finding.remedy}"},
                        "locations": [_location(finding, uri, source)],
                        "properties": {"criterion": finding.criterion, "lang": finding.lang},
                    }
                    for finding in used
                ],
            }
        ],
    }


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
        "logicalLocations": [{"fullyQualifiedName": finding.selector, "kind": "element"}],
    }


def _offset(finding: Finding, source: str) -> int | None:
    """Where the excerpt begins in the source; None where that is not certain."""
    tag = finding.excerpt.partition(">")[0]
    if not tag or source.count(tag) != 1:
        return None
    return source.index(tag)
