"""Which criteria a check of the audits looks at, and so which suffer when it is not made."""

import pytest

from accessibility.audits.coverage import CHECKS
from accessibility.audits.criteria import criteria_of, machine_criteria


@pytest.mark.parametrize(
    ("check", "looks_at"),
    [
        ("content-rules", "1.1.1"),
        ("axe", "1.4.3"),
        ("rendered-language", "3.1.2"),
        ("reflow", "1.4.10"),
        ("image-alt-missing", "1.1.1"),
    ],
)
def test_a_check_and_a_single_rule_look_at_their_criteria(check, looks_at):
    assert looks_at in criteria_of(check)
    assert looks_at in machine_criteria()


@pytest.mark.parametrize("check", ["transcript", "scripts-off", "a-rule-of-yesterday"])
def test_what_goes_beyond_wcag_and_what_is_unknown_look_at_none(check):
    assert criteria_of(check) == frozenset()


def test_a_check_that_was_left_out_whole_is_more_than_a_rule():
    assert criteria_of("reflow") == {"1.4.10"}
    assert len(criteria_of("content-rules")) > 20
    assert all(isinstance(criteria_of(check), frozenset) for check in CHECKS)


def test_what_only_people_can_judge_no_check_looks_at():
    assert "2.4.5" not in machine_criteria()
