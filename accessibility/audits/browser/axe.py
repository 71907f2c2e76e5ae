"""axe-core in a page: its violations worded in English and Thai."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ...rules import Severity
from ..coverage import AXE
from ..findings import Found, Look

if TYPE_CHECKING:
    from playwright.async_api import Page

TAGS = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
]
#: Of each rule that it leaves to people, so many places are told.
MOST_PLACES = 10
_CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})")
# By tag, rules that are off by default run as well: target-size is one of them.
_RUN = """
async ([options, locale, most]) => {
  if (locale) axe.configure({ locale });
  else axe.reset();
  const { violations, incomplete, testEngine } = await axe.run(document, options);
  const places = (nodes) => nodes.map(({ target, html, failureSummary }) => ({
    selector: target.flat().join(" "), html, summary: failureSummary,
  }));
  return {
    version: testEngine.version,
    review: incomplete.map(({ id, tags, nodes }) => ({
      id, tags, count: nodes.length, nodes: places(nodes.slice(0, most)),
    })),
    violations: violations.map(({ id, tags, help, nodes }) => ({
      id, tags, help, nodes: places(nodes),
    })),
  };
}
"""


@cache
def _source() -> str:
    return (files("accessibility") / "vendor/axe-core/axe.min.js").read_text("utf-8")


@cache
def axe_criteria() -> frozenset[str]:
    """The success criteria that its rules are about, by their tags: "wcag1412" is 1.4.12."""
    return frozenset(".".join(digits) for digits in _CRITERION.findall(_source()))


@cache
def _thai() -> dict[str, Any]:
    return json.loads(
        (files("accessibility") / "static/accessibility/axe-th.json").read_text("utf-8")
    )


async def look_by_axe(page: "Page") -> Look:
    """What axe-core finds at WCAG 2.2 A and AA, and against best practice; target size included.

    Rules that it leaves to a person stand in `not_checked`, their places in `left_to_people`.
    """
    await page.evaluate(_source())
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations", "incomplete"],
    }
    english = await page.evaluate(_RUN, [options, None, MOST_PLACES])
    failed = [violation["id"] for violation in english["violations"]]
    thai: dict[tuple[str, str], tuple[str, str]] = {}
    if failed:
        options["runOnly"] = {"type": "rule", "values": failed}
        for violation in (await page.evaluate(_RUN, [options, _thai(), 0]))["violations"]:
            for node in violation["nodes"]:
                thai[violation["id"], node["selector"]] = violation["help"], node["summary"]
    version = english["version"]
    look = Look(
        engines=[{"name": AXE, "version": version}],
        not_checked={rule["id"]: "needs-person" for rule in english["review"]},
        left_to_people=[_left_to_people(rule) for rule in english["review"]],
    )
    for violation in english["violations"]:
        criterion = _criterion(violation["tags"])
        for node in violation["nodes"]:
            wording = (violation["help"], node["summary"])
            in_thai = thai.get((violation["id"], node["selector"]), wording)
            look.found.append(
                Found(
                    rule=violation["id"],
                    severity=_severity(violation["tags"]),
                    criterion=criterion,
                    engine=AXE,
                    engine_version=version,
                    selector=node["selector"],
                    excerpt=_excerpt(node),
                    message={"en": wording[0], "th": in_thai[0]},
                    remedy={"en": wording[1], "th": in_thai[1]},
                )
            )
    return look


def _left_to_people(rule: dict[str, Any]) -> dict[str, Any]:
    return {
        "rule": rule["id"],
        "criterion": _criterion(rule["tags"]),
        "count": rule["count"],
        "places": [
            {"selector": node["selector"], "excerpt": _excerpt(node)} for node in rule["nodes"]
        ],
    }


def _excerpt(node: dict[str, str]) -> str:
    return " ".join(node["html"].split())[:160]


def _criterion(tags: list[str]) -> str:
    """The first success criterion among the tags of a rule: "wcag1412" is 1.4.12."""
    for tag in tags:
        if match := _CRITERION.fullmatch(tag):
            return ".".join(match.groups())
    return ""


def _severity(tags: list[str]) -> Severity:
    return "advice" if "best-practice" in tags else "error"
