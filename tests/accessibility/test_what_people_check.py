"""The table of what machines check and what people must: it says what the code does."""

import re
from pathlib import Path

from accessibility.audits.browser.rules import BROWSER_RULES
from accessibility.rules import RULES
from accessibility.wcag import CRITERIA

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "what-people-check.md"
AXE = ROOT / "accessibility" / "vendor" / "axe-core" / "axe.min.js"

ENGINES = {
    "content rules": {rule.criterion for rule in RULES},
    "browser checks": {rule.criterion for rule in BROWSER_RULES.values()},
    # axe tags its rules with the digits of their criteria: wcag111, wcag1412.
    "axe-core": {
        f"{digits[0]}.{digits[1]}.{digits[2:]}"
        for digits in re.findall(r'"wcag(\d{3,4})"', AXE.read_text(encoding="utf-8"))
    },
}


def table() -> str:
    """The rows for levels A and AA, as they must stand in the documentation."""
    rows = []
    for criterion in CRITERIA.values():
        if criterion.level != "AAA":
            engines = [name for name, numbers in ENGINES.items() if criterion.number in numbers]
            found = ", ".join(engines) or "– people alone"
            rows.append(f"| {criterion.number} {criterion.name.en} | {criterion.level} | {found} |")
    return "\n".join(rows)


def test_the_table_says_which_criteria_machines_look_at_and_which_are_left_to_people():
    rows = "\n".join(re.findall(r"^\| \d.*\|$", DOCS.read_text(encoding="utf-8"), re.M))
    assert rows == table(), f"Put these rows into {DOCS.name}:\n{table()}"


def test_the_number_of_criteria_left_to_people_alone_is_told():
    alone = table().count("people alone")
    asked = len(table().splitlines())
    assert f"{asked - alone} of the {asked} criteria" in DOCS.read_text(encoding="utf-8")
