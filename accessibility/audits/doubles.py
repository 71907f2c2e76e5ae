"""One fault that two engines complain of counts once, in the wording of the content rules.

The engines write selectors in ways of their own, and scripts may have changed what axe-core saw. So
compared is what both selectors find in the page as it was served, with what axe-core shows of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING, TypeVar

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ..axe_rules import AROUND, COVERED, OF_THE_PAGE
from ..rules import SEVERITIES
from .coverage import AXE, CONTENT_RULES

if TYPE_CHECKING:
    from ..models import AuditFinding
    from .findings import Found

Item = TypeVar("Item", "Found", "AuditFinding")

#: What tells one element from its like, and scripts seldom change.
_IDENTITY = re.compile(r'\s(id|href|src|name|for)="([^"]*)"')


def without_doubles(found: Iterable[Item], ours: Iterable[Found], html: str) -> list[Item]:
    """The findings without those of axe-core that a content rule makes of the same element.

    ours: what other engines found; html: the page as it was served. Where it is not certain that
    both mean the same element, and where the content rule is less grave, both findings stay.
    """
    rules = [item for item in ours if item.engine == CONTENT_RULES]
    page = LexborHTMLParser(html.encode("utf-8", "replace"))
    return [item for item in found if item.engine != AXE or not _is_said(item, rules, page)]


def _is_said(item: Item, ours: Iterable[Found], page: LexborHTMLParser) -> bool:
    rules = COVERED.get(item.rule, frozenset())
    alike = [other for other in ours if other.rule in rules and _is_as_grave(other, item)]
    if item.rule in OF_THE_PAGE:
        return bool(alike)
    place = _element(page, item.selector) if alike else None
    if place is None or not _looks_like(place, item.excerpt):
        return False
    return any(place.mem_id in _places(page, other, item.rule in AROUND) for other in alike)


def _is_as_grave(item: Found, other: Found | AuditFinding) -> bool:
    grave = list[str](SEVERITIES).index
    return grave(item.severity) <= grave(other.severity)


def _places(page: LexborHTMLParser, item: Found, with_ancestors: bool) -> set[int]:
    """The element of a finding, and where it is asked for all around it."""
    places = set()
    element = _element(page, item.selector)
    while element is not None:
        places.add(element.mem_id)
        element = element.parent if with_ancestors else None
    return places


def _element(page: LexborHTMLParser, selector: str) -> LexborNode | None:
    """The one element that the selector finds; None where it finds several or none."""
    try:
        found = page.css(selector)
    except SelectolaxError:
        return None
    return found[0] if len(found) == 1 else None


def _looks_like(element: LexborNode, excerpt: str) -> bool:
    """Whether it may be the element that the excerpt shows, whose values axe-core may have cut."""
    tag = excerpt.partition(">")[0]
    return bool(re.match(rf"<{element.tag}\b", tag, re.I)) and all(
        " ".join((element.attributes.get(name) or "").split()).startswith(
            unescape(value).removesuffix("...").strip()
        )
        for name, value in _IDENTITY.findall(tag)
    )
