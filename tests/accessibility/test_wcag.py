"""The table of success criteria, held to what https://www.w3.org/TR/WCAG22/ says of itself."""

from collections import Counter

from accessibility.wcag import CRITERIA, PRINCIPLES


def test_there_are_31_criteria_at_level_a_24_at_aa_and_31_at_aaa():
    assert Counter(criterion.level for criterion in CRITERIA.values()) == {
        "A": 31,
        "AA": 24,
        "AAA": 31,
    }


def test_wcag_2_2_brought_nine_criteria_and_2_1_seventeen():
    since = Counter(criterion.since for criterion in CRITERIA.values())
    # Of the 61 of WCAG 2.0 one is gone: 4.1.1 Parsing.
    assert since == {"2.0": 60, "2.1": 17, "2.2": 9}
    assert "4.1.1" not in CRITERIA


def test_they_stand_in_the_order_of_the_recommendation():
    numbers = [tuple(map(int, number.split("."))) for number in CRITERIA]
    assert numbers == sorted(numbers)
    assert {number[0] for number in CRITERIA} == set(PRINCIPLES)


def test_en_301_549_has_a_clause_for_what_wcag_2_1_asks():
    assert CRITERIA["1.1.1"].en_301_549 == "9.1.1.1"
    assert CRITERIA["1.4.10"].en_301_549 == "9.1.4.10"
    assert CRITERIA["2.5.8"].en_301_549 == ""


def test_twcag_has_what_wcag_2_0_asks():
    assert CRITERIA["1.4.3"].twcag == "1.4.3"
    assert CRITERIA["1.4.10"].twcag == ""
