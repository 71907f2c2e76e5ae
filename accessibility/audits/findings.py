"""What engines say of a page, before it is compared and stored."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..rules import Severity
from .doubles import without_doubles


@dataclass(frozen=True, slots=True)
class Found:
    """One complaint about one place. `message` and `remedy` are worded in "en" and "th"."""

    rule: str
    severity: Severity
    criterion: str
    engine: str
    engine_version: str
    selector: str
    excerpt: str
    message: Mapping[str, str]
    remedy: Mapping[str, str]


@dataclass(slots=True)
class Look:
    """What one or several engines made of a page.

    engines: those that ran to their end: [{"name": "axe-core", "version": "4.14.1"}, …]
    not_checked: check → reason, see `coverage`
    left_to_people: what an engine cannot decide, see `PageAudit.left_to_people`
    failure: why the page, or a part of it, could not be looked at, in English; "" otherwise
    transcript: what a screen reader says: [{"text": "…", "lang": "th", "selector": "…"}, …]
    html: the page as it was served, by which places that several engines name are compared
    """

    found: list[Found] = field(default_factory=list)
    engines: list[dict[str, str]] = field(default_factory=list)
    not_checked: dict[str, str] = field(default_factory=dict)
    left_to_people: list[dict[str, Any]] = field(default_factory=list)
    failure: str = ""
    transcript: list[dict[str, Any]] = field(default_factory=list)
    html: str = ""

    def add(self, other: "Look") -> None:
        """Take over what another engine says of the same page; what both say counts once."""
        known = {(item.rule, item.excerpt) for item in self.found}
        found = [item for item in other.found if (item.rule, item.excerpt) not in known]
        self.found += without_doubles(found, self.found, self.html)
        self.engines += other.engines
        self.not_checked |= other.not_checked
        self.left_to_people += other.left_to_people
        self.failure = self.failure or other.failure
        self.transcript = self.transcript or other.transcript


def fingerprints(found: Iterable[Found]) -> list[str]:
    """Of each finding, what is the same for the same complaint about the same thing next time.

    The place may move and its neighbours change: what counts is the thing itself, and the how
    many-th of its kind it is.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    made = []
    for item in found:
        key = (item.engine, item.rule, item.excerpt or item.selector)
        made.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest())
        seen[key] += 1
    return made


def wording(texts: Mapping[str, str], language: str) -> str:
    """A stored text in a language, in English where there is no other."""
    return texts.get(language) or texts.get("en", "")


def without_repetition(found: Sequence[Found]) -> list[Found]:
    """The findings, each rule at each place once."""
    return list({(item.engine, item.rule, item.selector): item for item in found}.values())
