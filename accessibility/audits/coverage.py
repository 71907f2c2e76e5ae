"""What machines check, and why a check may be missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..axe_rules import COVERED
from .browser.rules import BROWSER_RULES

if TYPE_CHECKING:
    from ..models import PageAudit

#: Names of the engines, as they stand in findings.
CONTENT_RULES = "Sala content rules"
AXE = "axe-core"
BROWSER = "Chromium"
SCREEN_READER = "virtual-screen-reader"

#: Checks that are no rules of their own: sets of rules, and the transcript.
RULES_CHECK = "content-rules"
AXE_CHECK = "axe"
LANGUAGE_CHECK = "rendered-language"
TRANSCRIPT_CHECK = "transcript"

BROWSER_CHECKS = (AXE_CHECK, TRANSCRIPT_CHECK, LANGUAGE_CHECK, *BROWSER_RULES)
CHECKS = (RULES_CHECK, *BROWSER_CHECKS)

#: Content rules that judge what scripts have made of the page as well.
LANGUAGE_RULES = ("language-unmarked", "language-phrase-unmarked", "part-lang-invalid")
#: What a check finds is left out where the content rules have found it: rules that both have.
_SHARED_RULES = {LANGUAGE_CHECK: LANGUAGE_RULES, AXE_CHECK: frozenset().union(*COVERED.values())}
_ENGINES = {RULES_CHECK: CONTENT_RULES, AXE_CHECK: AXE, TRANSCRIPT_CHECK: SCREEN_READER}

#: Why a check was not made, by the code that stands in `PageAudit.not_checked`.
REASONS = {
    "no-browser": _("no Chromium is configured (ACCESSIBILITY_CHROMIUM)"),
    "no-playwright": _("Playwright is not installed (the extra “audit” of the package)"),
    "not-asked": _("the browser was left out (--no-browser)"),
    "no-worker": _("there is no worker for tasks in the background, where a browser could run"),
    "not-served": _("the page could not be had"),
    "browser-died": _("the browser stopped"),
    "timeout": _("the page took too long"),
    "error": _("the check itself failed, see the log"),
    "needs-person": _("a person must decide"),
    "silenced": _("this site has silenced the rule"),
}


#: What checks are called that are no rules of their own.
CHECK_NAMES = {
    RULES_CHECK: _("Content rules"),
    AXE_CHECK: AXE,
    LANGUAGE_CHECK: _("Language of each text, after scripts"),
    TRANSCRIPT_CHECK: _("Transcript of a screen reader"),
}
#: The reasons that come to the same: no browser looked at the page.
WITHOUT_BROWSER = frozenset(("no-browser", "no-playwright", "not-asked", "no-worker"))
NEEDS_PERSON = "needs-person"


def unchecked(not_checked: Mapping[str, str]) -> dict[str, str]:
    """Of `PageAudit.not_checked`, what a machine could have checked."""
    return {check: reason for check, reason in not_checked.items() if reason != NEEDS_PERSON}


def reason(code: str, language: str) -> str:
    """Why a check was not made, in words."""
    with override(language):
        return str(REASONS.get(code, code))


def check_of(engine: str, rule: str) -> str:
    """The check that a finding comes from, as it is named in `PageAudit.not_checked`."""
    if engine == CONTENT_RULES:
        return RULES_CHECK
    if engine == AXE:
        return AXE_CHECK
    return rule if rule in BROWSER_RULES else LANGUAGE_CHECK


def passed(look: PageAudit) -> Iterator[tuple[str, str, str]]:
    """The checks that were made on a page and found nothing: check, engine, version.

    The transcript is none of them, as it judges nothing.
    """
    versions = {engine["name"]: engine["version"] for engine in look.engines}
    findings = look.findings.all()
    faulty = {check_of(finding.engine, finding.rule) for finding in findings}
    rules = {finding.rule for finding in findings}
    for check in CHECKS:
        engine = _ENGINES.get(check, BROWSER)
        if check == TRANSCRIPT_CHECK or engine not in versions:
            continue
        if check in look.not_checked or check in faulty:
            continue
        if rules.isdisjoint(_SHARED_RULES.get(check, ())):
            yield check, engine, versions[engine]
