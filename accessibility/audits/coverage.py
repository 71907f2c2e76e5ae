"""What machines check, and why a check may be missing."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from .browser.rules import BROWSER_RULES

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


def check_of(engine: str, rule: str) -> str:
    """The check that a finding comes from, as it is named in `PageAudit.not_checked`."""
    if engine == CONTENT_RULES:
        return RULES_CHECK
    if engine == AXE:
        return AXE_CHECK
    return rule if rule in BROWSER_RULES else LANGUAGE_CHECK
