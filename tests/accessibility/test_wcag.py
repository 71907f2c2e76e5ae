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


def test_en_301_549_has_a_clause_for_what_wcag_2_1_asks_at_levels_a_and_aa():
    assert CRITERIA["1.1.1"].en_301_549 == "9.1.1.1"
    assert CRITERIA["1.4.10"].en_301_549 == "9.1.4.10"
    clauses = [criterion.en_301_549 for criterion in CRITERIA.values() if criterion.en_301_549]
    # WCAG 2.1 has 50 criteria of A and AA. 4.1.1, of clause 9.4.1.1, is none of WCAG 2.2.
    assert len(clauses) == 49


def test_en_301_549_has_none_for_level_aaa_and_for_what_wcag_2_2_has_added():
    for number in ("1.2.6", "2.4.9", "2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"):
        assert CRITERIA[number].en_301_549 == ""


def test_twcag_has_what_wcag_2_0_asks():
    assert CRITERIA["1.4.3"].twcag == "1.4.3"
    assert CRITERIA["1.4.10"].twcag == ""
