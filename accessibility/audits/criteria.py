"""Which success criteria of WCAG the checks of audits are about."""

from ..ruleset import site_rules
from .browser.axe import axe_criteria
from .browser.rules import BROWSER_RULES
from .coverage import AXE_CHECK, CHECKS, LANGUAGE_CHECK, RULES_CHECK


def criteria_of(check: str) -> frozenset[str]:
    """The criteria that a check looks at, by number.

    Takes the id of a check, or of a single rule as it stands in `PageAudit.not_checked`. Empty for
    what goes beyond WCAG, and for a rule that this site has no longer.
    """
    rules = site_rules().rules
    if check == RULES_CHECK:
        criteria = {rule.criterion for rule in rules.values()}
    elif check == AXE_CHECK:
        criteria = set(axe_criteria())
    elif check == LANGUAGE_CHECK:
        criteria = {"3.1.2"}
    elif check in BROWSER_RULES:
        criteria = {BROWSER_RULES[check].criterion}
    else:
        criteria = {rules[check].criterion} if check in rules else set()
    return frozenset(criteria - {""})


def machine_criteria() -> frozenset[str]:
    """The criteria that some check looks at; all others are for people alone."""
    return frozenset().union(*map(criteria_of, CHECKS))
