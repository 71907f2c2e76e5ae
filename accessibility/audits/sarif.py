"""Audits as SARIF 2.1.0 (OASIS): what was found, what was not checked, what could not be had."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..models import AuditFinding, PageAudit
from ..rules import Severity
from ..ruleset import site_rules
from ..sarif import LEVELS, described_rule, log, logical_location, run
from .browser.rules import BROWSER_RULES
from .coverage import AXE, reason
from .findings import wording

#: Why a check is left out on purpose, or left to people; other reasons are worth a warning.
_INTENDED = ("not-asked", "needs-person", "silenced")


def audit_sarif_log(page_audits: Iterable[PageAudit], message_lang: str) -> dict[str, Any]:
    """A SARIF log of an audit: a run of the audit itself, and one for each version of each engine.

    The first run has no results: its invocation says which pages could not be looked at, and which
    checks were not made on which pages. The file of a result is the address of the page, its place
    the selector; no line is named, as none is known of what a browser shows.
    """
    lang = "th" if message_lang == "th" else "en"
    looks = list(page_audits)
    engines: dict[tuple[str, str], _Engine] = defaultdict(_Engine)
    for look in looks:
        for engine in look.engines:
            engines[engine["name"], engine["version"]]
        for finding in look.findings.all():
            engines[finding.engine, finding.engine_version].add(finding, look.url, lang)
    invocation = {"executionSuccessful": not any(look.failure for look in looks)}
    return log(
        [
            _own_run(looks, invocation, lang),
            *(
                run(
                    _driver(name, number, lang) | {"rules": [*engine.rules.values()]},
                    engine.results,
                    invocations=[invocation],
                )
                for (name, number), engine in engines.items()
            ),
        ]
    )


def _driver(name: str, number: str, lang: str) -> dict[str, Any]:
    return {"name": name, "version": number, "language": lang}


# --- What engines found -------------------------------------------------------------------------


@dataclass(slots=True)
class _Engine:
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: list[dict[str, Any]] = field(default_factory=list)

    def add(self, finding: AuditFinding, uri: str, lang: str) -> None:
        severity = cast(Severity, finding.severity)
        self.rules.setdefault(
            finding.rule,
            described_rule(finding.rule, finding.criterion, severity, *_rule_texts(finding, lang)),
        )
        is_new = finding.state == AuditFinding.State.NEW
        message = f"{wording(finding.message, lang)} {wording(finding.remedy, lang)}"
        self.results.append(
            {
                "ruleId": finding.rule,
                "ruleIndex": list(self.rules).index(finding.rule),
                "level": LEVELS[severity],
                "message": {"text": message},
                "locations": [
                    {**_at(uri), "logicalLocations": [logical_location(finding.selector)]}
                ],
                "partialFingerprints": {"accessibilityFinding/v1": finding.fingerprint},
                "baselineState": "new" if is_new else "unchanged",
                "properties": {"criterion": finding.criterion, "excerpt": finding.excerpt},
            }
        )


def _rule_texts(finding: AuditFinding, lang: str) -> tuple[str, str]:
    """What a rule is called, and how it is obeyed; axe-core says both with each finding."""
    rule = BROWSER_RULES.get(finding.rule) or site_rules().rules.get(finding.rule)
    if rule is None or finding.engine == AXE:
        return wording(finding.message, lang), wording(finding.remedy, lang)
    return rule.name.in_language(lang), rule.remedy.in_language(lang)


def _at(uri: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri}}}


# --- What nobody looked at ----------------------------------------------------------------------


def _own_run(looks: list[PageAudit], invocation: dict[str, Any], lang: str) -> dict[str, Any]:
    with override(lang):
        kinds = [
            {"id": "page-failed", "shortDescription": {"text": _("Page not looked at")}},
            {"id": "check-not-made", "shortDescription": {"text": _("Check not made")}},
        ]
        notifications = [*_failures(looks), *_checks_not_made(looks, lang)]
    return run(
        _driver("wagtail-sala", version("wagtail-sala"), lang) | {"notifications": kinds},
        [],
        invocations=[{**invocation, "toolExecutionNotifications": notifications}],
    )


def _failures(looks: Iterable[PageAudit]) -> Iterator[dict[str, Any]]:
    for look in looks:
        if look.failure:
            yield {
                "descriptor": {"id": "page-failed", "index": 0},
                "level": "error",
                "message": {"text": look.failure},
                "locations": [_at(look.url)],
            }


def _checks_not_made(looks: Iterable[PageAudit], lang: str) -> Iterator[dict[str, Any]]:
    pages: dict[tuple[str, str], list[str]] = defaultdict(list)
    for look in looks:
        for missing in look.not_checked.items():
            pages[missing].append(look.url)
    for (check, code), urls in sorted(pages.items()):
        text = _("%(check)s was not checked: %(reason)s")
        yield {
            "descriptor": {"id": "check-not-made", "index": 1},
            "level": "note" if code in _INTENDED else "warning",
            "message": {"text": text % {"check": check, "reason": reason(code, lang)}},
            "locations": [_at(url) for url in urls],
            "properties": {"check": check, "reason": code},
        }
