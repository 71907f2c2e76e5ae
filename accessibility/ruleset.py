"""The rules of this site: ours, as the hook `register_accessibility_rules` has changed them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from wagtail import hooks

from .rules import RULES, RuleSet

HOOK = "register_accessibility_rules"


@cache
def site_rules() -> RuleSet:
    """The rules in force on this site, collected once in each process.

    A function registered for the hook takes a RuleSet and returns one. Raises TypeError when it
    returns anything else, and ValueError for an unknown rule, a wrong severity or date.
    """
    ruleset = RULES
    for function in hooks.get_hooks(HOOK):
        changed = function(ruleset)
        if not isinstance(changed, RuleSet):
            raise TypeError(
                f"The {HOOK} hook {function.__module__}.{function.__qualname__} returned "
                f"{changed!r}. It must return the RuleSet, such as: "
                "return rules.regrade('heading-too-long', 'warning')."
            )
        ruleset = changed
    return ruleset


@dataclass(frozen=True, slots=True)
class SilencedRule:
    """A rule that says nothing: why, until when (that day included), and whether still so."""

    id: str
    reason: str
    until: datetime.date
    in_force: bool


def silenced_rules(today: datetime.date | None = None) -> list[SilencedRule]:
    """Every silenced rule of this site with its reason and date, for reports; by id."""
    day = today or datetime.date.today()
    return [
        SilencedRule(id, silence.reason, silence.until, in_force=day <= silence.until)
        for id, silence in sorted(site_rules().silenced.items())
    ]
