"""The engine that needs no browser: the content rules, on the HTML as it is served."""

from importlib.metadata import version

from ..rules import Finding
from ..rules.model import NotChecked
from ..ruleset import silenced_rules, site_rules
from .coverage import BROWSER, CONTENT_RULES, LANGUAGE_RULES
from .findings import Found, Look


def look_by_rules(html: str, language: str) -> Look:
    """What this site's rules find in a page, header and footer included.

    A rule that is silenced or that failed has checked nothing: it proves neither conformance nor
    that something is mended.
    """
    own_version = version("wagtail-sala")
    found, failed = _judged(html, language)
    return Look(
        found=[_found(*worded, CONTENT_RULES, own_version) for worded in found],
        engines=[{"name": CONTENT_RULES, "version": own_version}],
        not_checked={
            **{rule.id: "silenced" for rule in silenced_rules() if rule.in_force},
            **dict.fromkeys(sorted(failed), "error"),
        },
        html=html,
    )


def rendered_language(html: str, language: str, browser_version: str) -> list[Found]:
    """Text in the wrong language in what a browser has made of the page (WCAG 3.1.2)."""
    found, _failed = _judged(html, language)
    return [
        _found(finding, in_thai, BROWSER, browser_version)
        for finding, in_thai in found
        if finding.rule in LANGUAGE_RULES
    ]


def _judged(html: str, language: str) -> tuple[list[tuple[Finding, Finding]], set[str]]:
    """The findings, each in English and in Thai, and the ids of rules that failed."""
    rules = site_rules()
    english = rules.check(html, language, page=True, message_lang="en")
    thai = rules.check(html, language, page=True, message_lang="th") if english else []
    failed = {finding.rule for finding in english + thai if isinstance(finding, NotChecked)}
    kept = ([item for item in found if item.rule not in failed] for found in (english, thai))
    return list(zip(*kept, strict=True)), failed


def _found(finding: Finding, in_thai: Finding, name: str, version: str) -> Found:
    return Found(
        rule=finding.rule,
        severity=finding.severity,
        criterion=finding.criterion,
        engine=name,
        engine_version=version,
        selector=finding.selector,
        excerpt=finding.excerpt,
        message={"en": finding.message, "th": in_thai.message},
        remedy={"en": finding.remedy, "th": in_thai.remedy},
    )
