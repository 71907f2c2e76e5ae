"""The little of CSS that can be judged from HTML alone: inline style and `<style>`.

No engine: pseudo-classes, media queries and external sheets are left to a browser. What is not
understood is left out, so that a rule keeps silent rather than guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

#: What is left open is open to the end, as browsers take it. Patterns begin where a word begins, so
#: that no sheet takes the square of its length.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_DECLARATION = re.compile(
    r"""(?<![-\w])([-\w]+)\s*:\s*((?:[^;"'(]|"[^"]*"?|'[^']*'?|\([^)]*\)?)*)"""
)
#: Selectors of names, ids, classes, attributes and combinators: nothing that depends on a state.
_MATCHABLE = re.compile(r"""(?::root|[\w\s.#>+~*\[\]="'-])+""")
_NESTED = re.compile(r"(?<![^;{}])[^;{}]*\{[^{}]*\}")
_GROUPS = ("@layer", "@supports")
#: What a selector may say beside names: a state, a part, or a condition on the element.
_PSEUDO = re.compile(r"::?[\w-]+(?:\([^()]*\))?")
#: States beside the one in which an element is first met, and parts that are not behind its text.
_PASSING = re.compile(r":(?:hover|active|visited|link|any-link)\b|::(?!before|after|first)")
#: A page's own sheet has some hundred rules; a pasted framework is left to a browser.
_MOST_RULES = 1000
_DEEPEST = 8
#: Matching takes the depth of the document to the power of a selector's steps.
_MOST_STEPS = 4

#: Specificity, then place in the sheet: the greater wins.
Weight = tuple[tuple[int, int, int], int]


@dataclass(frozen=True, slots=True)
class StyleRule:
    """One selector and its block. `origin` is the order of the style element it stands in.

    always: whether it holds in every window
    """

    origin: int
    selector: str
    block: dict[str, str]
    always: bool = True


@lru_cache(maxsize=512)
def declarations(css: str) -> dict[str, str]:
    """The declarations of a block by property, both in lower case, without `!important`."""
    return {
        name.lower(): value.lower().replace("!important", "").strip()
        for name, value in _DECLARATION.findall(_COMMENT.sub("", css))
    }


def style_rules(css: str, origin: int) -> Iterator[StyleRule]:
    """The rules of a sheet that always hold: those in @media and its like are passed over."""
    return (rule for rule in _all_rules(css, origin, 0, always=True) if rule.always)


def conditional_rules(css: str, origin: int) -> Iterator[StyleRule]:
    """The rules that hold at times: in some windows, in a state, for a part of an element.

    Their selectors are without the condition. What is for print alone is passed over.
    """
    for rule in _all_rules(css, origin, 0, always=True):
        selector = _PSEUDO.sub("", rule.selector.replace(":root", "html"))
        at_times = not rule.always or selector != rule.selector.replace(":root", "html")
        if at_times and not _PASSING.search(rule.selector):
            yield replace(rule, selector=selector.strip(" >+~") or "*")


def _all_rules(css: str, origin: int, depth: int, *, always: bool) -> Iterator[StyleRule]:
    css = _COMMENT.sub("", css)
    start = 0
    while (opened := css.find("{", start)) != -1:
        prelude = css[start:opened].rpartition(";")[2].strip()
        open_blocks, closed = 1, opened + 1
        while closed < len(css) and open_blocks:
            open_blocks += {"{": 1, "}": -1}.get(css[closed], 0)
            closed += 1
        body = css[opened + 1 : closed - 1]
        in_some_windows = prelude.startswith(("@media", "@container")) and "print" not in prelude
        if (in_some_windows or prelude.startswith(_GROUPS)) and depth < _DEEPEST:
            holds = always and not in_some_windows
            yield from _all_rules(body, origin, depth + 1, always=holds)
        elif not prelude.startswith("@"):
            block = declarations(_NESTED.sub("", body))
            for selector in prelude.split(","):
                yield StyleRule(origin, selector.strip(), block, always)
        start = closed


def matchable(rules: list[StyleRule]) -> Iterator[tuple[Weight, str, dict[str, str]]]:
    """The rules whose selector can be matched without a browser, each with its weight."""
    for place, rule in enumerate(rules[:_MOST_RULES]):
        selector = rule.selector
        steps = len(re.findall(r"[\s>+~]+", selector))
        if steps <= _MOST_STEPS and _MATCHABLE.fullmatch(selector):
            bare = re.sub(r"\[[^\[\]]*\]", "[", selector)
            specificity = (
                bare.count("#"),
                sum(bare.count(mark) for mark in (".", "[", ":")),
                len(re.findall(r"(?:^|[\s>+~])[a-zA-Z]", bare)),
            )
            yield (specificity, place), selector, rule.block


def pixels(value: str) -> float | None:
    """A length in CSS pixels, or None where it depends on something else."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)(px|pt)?", value)
    if match is None:
        return None
    number = float(match[1])
    return number * 4 / 3 if match[2] == "pt" else number
