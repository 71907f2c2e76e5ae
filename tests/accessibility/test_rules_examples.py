"""Every rule keeps its word on its own examples, in both languages."""

from __future__ import annotations

import re
import string

import pytest

from accessibility.rules import RULES, SEVERITIES, Example, Rule, check

EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def _examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), _examples("fails"))
def test_a_rule_complains_about_its_failing_example(rule: Rule, example: Example) -> None:
    findings = [f for f in check(example.html, example.lang) if f.rule == rule.id]
    assert findings
    assert all(f.severity == rule.severity for f in findings)
    assert all(f.criterion == rule.criterion for f in findings)


@pytest.mark.parametrize(("rule", "example"), _examples("passes"))
def test_a_rule_accepts_its_passing_example(rule: Rule, example: Example) -> None:
    assert rule.id not in [f.rule for f in check(example.html, example.lang)]


@EACH_RULE
def test_a_rule_says_which_criterion_it_serves_and_how_grave_it_is(rule: Rule) -> None:
    assert re.fullmatch(r"[1-4]\.[1-5]\.\d{1,2}", rule.criterion)
    assert rule.severity in SEVERITIES
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.id)
    assert rule.passes
    assert rule.fails


@EACH_RULE
def test_a_rule_speaks_thai_and_english(rule: Rule) -> None:
    for text in (rule.name, rule.message, rule.remedy):
        assert not re.search("[ก-๙]", text.en)
        assert re.search("[ก-๙]", text.th)
        assert _values(text.en) == _values(text.th)


def _values(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@EACH_RULE
def test_messages_are_filled_with_what_was_found(rule: Rule) -> None:
    for example in rule.fails:
        for lang, script in (("th", "[ก-๙]"), ("en", "[a-z]")):
            for finding in check(example.html, example.lang, message_lang=lang):
                assert "{" not in finding.message + finding.remedy
                assert re.search(script, finding.message)
