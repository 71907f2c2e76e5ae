"""The reference of the content rules says what the rules are."""

from __future__ import annotations

import re
from pathlib import Path

from accessibility.rules import RULES, check

DOCS = (Path(__file__).parents[2] / "docs" / "content-rules.md").read_text(encoding="utf-8")


def test_every_rule_is_in_the_reference_with_its_criterion_and_severity() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` (\S.*?) \| ([\d.]+) \| (\w+) \| (.+?)\. ", DOCS, re.M)
    assert sorted(rows) == sorted(
        (rule.id, rule.name.th, rule.criterion, rule.severity, rule.name.en) for rule in RULES
    )


def test_the_example_of_a_rule_in_the_reference_works() -> None:
    source = next(
        code for code in re.findall(r"```python\n(.*?)```", DOCS, re.S) if "our_rules" in code
    )
    defined: dict = {}
    # Only the functions: the hook itself is not to be registered for the other tests.
    exec(source.replace('@hooks.register("register_accessibility_rules")', ""), defined)
    rules = defined["our_rules"](RULES)
    added = rules.rules["ministry-short-name"]
    for example in added.fails:
        assert added.id in [finding.rule for finding in check(example.html, "th", rules=rules)]
    for example in added.passes:
        assert check(example.html, "th", rules=rules) == []
    assert "link-new-window-unsaid" in rules.silenced
