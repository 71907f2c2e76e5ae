"""A set of rules that a site makes its own: rules added, silenced for a while, graded anew."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from .dom import Document
from .model import SEVERITIES, Example, Finding, Rule, Severity

logger = logging.getLogger(__name__)

#: A silence is for a defect that is being mended: it may be renewed, but not forgotten.
LONGEST_SILENCE = datetime.timedelta(days=366)

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
#: How many success criteria each guideline of WCAG 2.2 has.
_CRITERIA = {
    "1.1": 1, "1.2": 9, "1.3": 6, "1.4": 13, "2.1": 4, "2.2": 6, "2.3": 3, "2.4": 13, "2.5": 8,
    "3.1": 6, "3.2": 6, "3.3": 9, "4.1": 3,
}  # fmt: skip


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
        """A set of rules whose examples their own tests try."""
        ruleset = cls()
        for rule in rules:
            ruleset = ruleset._with(rule)
        return ruleset

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def with_rule(self, rule: Rule) -> RuleSet:
        """The set with one more rule, whose id must be new.

        Its failing examples are tried, so that a wrong message is known now and not when somebody
        publishes.
        """
        _valid(rule)
        for example in rule.fails:
            _tried(rule, example)
        return self._with(rule)

    def _with(self, rule: Rule) -> RuleSet:
        if rule.id in self.rules:
            raise ValueError(
                f"There is a rule “{rule.id}” already. Give yours another id, or silence the other."
            )
        return replace(self, rules=MappingProxyType({**self.rules, rule.id: rule}))

    def silence(self, id: str, *, reason: str, until: datetime.date) -> RuleSet:
        """The set in which a rule says nothing up to and including a day."""
        self._known(id)
        if not isinstance(reason, str) or not reason.strip():
            raise ValueError(
                f"The rule “{id}” is silenced without a reason. Write one: it stands in reports."
            )
        if isinstance(until, datetime.datetime) or not isinstance(until, datetime.date):
            raise ValueError(
                f"“{until!r}” is no date on which “{id}” speaks again. Use datetime.date(…)."
            )
        latest = datetime.date.today() + LONGEST_SILENCE
        if until > latest:
            raise ValueError(
                f"“{id}” would be silent until {until}, which is too long: at most a year, now "
                f"until {latest}. Renew it then, or regrade the rule to “advice”."
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
            for pair in self._found(rule, document, message_lang)
        ]
        return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]

    def _found(
        self, rule: Rule, document: Document, message_lang: str
    ) -> list[tuple[int, Finding]]:
        """What a rule finds; a rule that raises must not keep the others from being checked."""
        try:
            return list(rule.findings(document, self.severity(rule.id), message_lang))
        except Exception:
            logger.exception("The rule “%s” failed, and has checked nothing.", rule.id)
            return [(document.body.order, rule.not_checked(document, message_lang))]

    def catalogue(self) -> list[dict[str, Any]]:
        """The rules as plain data with this set's severities, for JSON."""
        return [{**rule.as_dict(), "severity": self.severity(rule.id)} for rule in self]

    def _known(self, id: str) -> None:
        if id not in self.rules:
            near = get_close_matches(str(id), self.rules, n=3) or sorted(self.rules)
            raise ValueError(
                f"There is no rule “{id}”. Use the id of a rule, such as: {', '.join(near)}."
            )


def _severity_error(severity: object) -> str:
    return f"“{severity}” is no severity. Use one of: {', '.join(SEVERITIES)}."


def _valid(rule: object) -> None:
    if not isinstance(rule, Rule):
        raise TypeError(
            f"{rule!r} is no rule. Write @rule(…) above the function, and give what it makes."
        )
    if not _ID.fullmatch(str(rule.id)):
        raise ValueError(
            f"“{rule.id}” is no id of a rule. Use small letters, digits and hyphens, such as "
            "“ministry-short-name”."
        )
    if rule.severity not in SEVERITIES:
        raise ValueError(_severity_error(rule.severity))
    guideline, _, number = str(rule.criterion).rpartition(".")
    if number not in map(str, range(1, _CRITERIA.get(guideline, 0) + 1)):
        raise ValueError(
            f"“{rule.criterion}”, the criterion of “{rule.id}”, is no success criterion of WCAG "
            "2.2. Use the number of one, such as 1.1.1."
        )
    if not rule.fails or not rule.passes:
        raise ValueError(
            f"The rule “{rule.id}” has no examples that pass or none that fail. Give at least one "
            "of each in passes and fails."
        )


def _tried(rule: Rule, example: Example) -> None:
    """Raise ValueError unless the rule finds something in its failing example, and can say it."""
    document = Document(example.html, example.lang)
    try:
        found = [list(rule.findings(document, rule.severity, lang)) for lang in ("en", "th")]
    except Exception as error:
        raise ValueError(
            f"The rule “{rule.id}” fails on its failing example “{example.html}”: {error!r}. Let "
            "message and remedy name values of the Problem only, such as {text}; write a brace "
            "itself twice."
        ) from error
    if not found[0]:
        raise ValueError(
            f"The rule “{rule.id}” finds nothing in its failing example “{example.html}”. Give one "
            "that it complains about, or mend its check."
        )
