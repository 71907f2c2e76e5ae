"""A set of rules that a site makes its own: rules added, silenced for a while, graded anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from .dom import Document
from .model import SEVERITIES, Finding, Rule, Severity


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a rule says nothing, and the last day on which it does not."""

    reason: str
    until: datetime.date


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules with a site's decisions about them. Every change gives a new set.

    Raises ValueError naming the value, what is allowed, and the remedy.
    """

    rules: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    silenced: Mapping[str, Silence] = field(default_factory=lambda: MappingProxyType({}))
    regraded: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> RuleSet:
        ruleset = cls()
        for rule in rules:
            ruleset = ruleset.with_rule(rule)
        return ruleset

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def with_rule(self, rule: Rule) -> RuleSet:
        """The set with one more rule, whose id must be new."""
        if rule.id in self.rules:
            raise ValueError(
                f"There is a rule “{rule.id}” already. Give yours another id, or silence the other."
            )
        if rule.severity not in SEVERITIES:
            raise ValueError(_severity_error(rule.severity))
        return replace(self, rules=MappingProxyType({**self.rules, rule.id: rule}))

    def silence(self, id: str, *, reason: str, until: datetime.date) -> RuleSet:
        """The set in which a rule says nothing up to and including a day."""
        self._known(id)
        if not reason.strip():
            raise ValueError(
                f"The rule “{id}” is silenced without a reason. Write one: it stands in reports."
            )
        if isinstance(until, datetime.datetime) or not isinstance(until, datetime.date):
            raise ValueError(
                f"“{until!r}” is no date on which “{id}” speaks again. Use datetime.date(…)."
            )
        silence = Silence(reason.strip(), until)
        return replace(self, silenced=MappingProxyType({**self.silenced, id: silence}))

    def regrade(self, id: str, severity: Severity) -> RuleSet:
        """The set in which a rule's findings have another severity."""
        self._known(id)
        if severity not in SEVERITIES:
            raise ValueError(_severity_error(severity))
        return replace(self, regraded=MappingProxyType({**self.regraded, id: severity}))

    def severity(self, id: str) -> Severity:
        """The severity of a rule's findings here."""
        return self.regraded.get(id, self.rules[id].severity)

    def is_silent(self, id: str, today: datetime.date) -> bool:
        return id in self.silenced and today <= self.silenced[id].until

    def check(
        self,
        html: str,
        lang: str = "",
        *,
        page: bool | None = None,
        message_lang: str = "en",
        today: datetime.date | None = None,
    ) -> list[Finding]:
        """What these rules find in HTML, in document order; see `accessibility.rules.check`."""
        document = Document(html, lang, page)
        day = today or datetime.date.today()
        found = [
            pair
            for rule in self
            if not self.is_silent(rule.id, day)
            for pair in rule.findings(document, self.severity(rule.id), message_lang)
        ]
        return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]

    def catalogue(self) -> list[dict[str, Any]]:
        """The rules as plain data with this set's severities, for JSON."""
        return [{**rule.as_dict(), "severity": self.severity(rule.id)} for rule in self]

    def _known(self, id: str) -> None:
        if id not in self.rules:
            near = get_close_matches(id, self.rules, n=3) or sorted(self.rules)
            raise ValueError(
                f"There is no rule “{id}”. Use the id of a rule, such as: {', '.join(near)}."
            )


def _severity_error(severity: object) -> str:
    return f"“{severity}” is no severity. Use one of: {', '.join(SEVERITIES)}."
