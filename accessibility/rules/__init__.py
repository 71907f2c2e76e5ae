"""Content rules: HTML in, findings out. The public door; no Django and no Wagtail behind it.

>>> from accessibility.rules import check
>>> [finding.rule for finding in check('<img src="a.jpg">', "en")]
['image-alt-missing']
"""

from __future__ import annotations

from . import (
    appearance,
    aria,
    destinations,
    forms,
    headings,
    images,
    language,
    links,
    lists,
    media,
    page,
    tables,
    text,
)
from .dom import Document, Element
from .model import SEVERITIES, Example, Finding, FindingDict, Problem, Rule, Severity, Text, rule
from .ruleset import RuleSet, Silence

__all__ = [
    "RULES",
    "SEVERITIES",
    "Document",
    "Element",
    "Example",
    "Finding",
    "FindingDict",
    "Problem",
    "Rule",
    "RuleSet",
    "Severity",
    "Silence",
    "Text",
    "check",
    "rule",
]

_TOPICS = (
    page,
    language,
    headings,
    text,
    links,
    destinations,
    images,
    tables,
    lists,
    media,
    forms,
    aria,
    appearance,
)

#: Every rule that comes with the package, by topic.
RULES = RuleSet.of(
    value for topic in _TOPICS for value in vars(topic).values() if isinstance(value, Rule)
)


def check(
    html: str,
    lang: str = "",
    *,
    page: bool | None = None,
    message_lang: str = "en",
    rules: RuleSet = RULES,
) -> list[Finding]:
    """What the rules find in HTML, in document order.

    `lang` is the language of the text where the HTML itself does not say it (BCP 47, "" for
    unknown). `page` says whether this is a whole page; without it a doctype, a tag html, head or
    body, or a title or charset at the beginning decides, and rules about pages leave fragments
    alone. `message_lang` "th" gives messages in Thai, anything else in English. Any text is
    accepted, nothing is raised.
    """
    return rules.check(html, lang, page=page, message_lang=message_lang)
