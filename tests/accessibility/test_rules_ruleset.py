"""A site makes the rules its own: it adds, silences for a while, and grades anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from wagtail import hooks

from accessibility.rules import RULES, Document, Example, Problem, Rule, RuleSet, Text, rule
from accessibility.rules.model import NotChecked
from accessibility.ruleset import HOOK, silenced_rules, site_rules
from accessibility.wcag import CRITERIA

TODAY = datetime.date(2026, 11, 23)
NO_ALT = '<img src="a.jpg">'


@rule(
    "ministry-name",
    criterion="3.1.5",
    severity="advice",
    name=Text(en="Short name of a ministry", th="ชื่อย่อกระทรวง"),
    message=Text(en="“{text}” is short.", th="“{text}” เป็นชื่อย่อ"),
    remedy=Text(en="Write it out.", th="เขียนชื่อเต็ม"),
    passes=("<p>กระทรวงยุติธรรม</p>",),
    fails=("<p>ยธ.</p>",),
)
def ministry_name(document: Document) -> Iterator[Problem]:
    for run in document.runs:
        if "ยธ." in run.text:
            yield Problem(run.element, {"text": "ยธ."})


@pytest.fixture
def fresh_rules() -> Iterator[None]:
    site_rules.cache_clear()
    yield
    site_rules.cache_clear()


def test_an_added_rule_finds_like_the_others() -> None:
    rules = RULES.with_rule(ministry_name)
    (finding,) = rules.check("<p>ยธ. แถลง</p>", "th", message_lang="th")
    assert (finding.rule, finding.message) == ("ministry-name", "“ยธ.” เป็นชื่อย่อ")
    assert "ministry-name" not in RULES.rules


def test_a_silenced_rule_speaks_again_after_its_date() -> None:
    rules = RULES.silence("image-alt-missing", reason="Archive is being mended", until=TODAY)
    assert rules.check(NO_ALT, "th", today=TODAY) == []
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert [f.rule for f in rules.check(NO_ALT, "th", today=tomorrow)] == ["image-alt-missing"]


def test_a_regraded_rule_has_its_new_severity_in_findings_and_catalogue() -> None:
    rules = RULES.regrade("image-alt-missing", "warning")
    assert rules.check(NO_ALT, "th")[0].severity == "warning"
    graded = {entry["id"]: entry["severity"] for entry in rules.catalogue()}
    assert graded["image-alt-missing"] == "warning"
    assert graded["heading-empty"] == "error"


def test_the_catalogue_carries_wording_and_examples_as_plain_data() -> None:
    entry = next(entry for entry in RULES.catalogue() if entry["id"] == "link-text-vague")
    assert entry["criterion"] == "2.4.4"
    assert set(entry["message"]) == set(entry["remedy"]) == set(entry["name"]) == {"en", "th"}
    assert {"html": '<a href="/th/r/">คลิกที่นี่</a>', "lang": "th"} in entry["fails"]


def _ministry(**changes: Any) -> Rule:
    """The rule above with something changed."""
    return replace(ministry_name, **changes)


def _says(message: str) -> Rule:
    return _ministry(message=Text(en=message, th=message))


def _raises(document: Document) -> Iterator[Problem]:
    raise LookupError("no ministries")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda: RULES.with_rule(next(iter(RULES))),
            "There is a rule “page-title-missing” already",
        ),
        (
            lambda: RULES.with_rule(_ministry(severity="fatal")),
            "“fatal” is no severity. Use one of",
        ),
        (lambda: RULES.with_rule(_ministry(id="My Rule!")), "“My Rule!” is no id of a rule"),
        (
            lambda: RULES.with_rule(_ministry(criterion="9.9.9")),
            "“9.9.9”, the criterion of “ministry-name”, is no success criterion of WCAG 2.2",
        ),
        (lambda: RULES.with_rule(_ministry(criterion="1.4.14")), "such as 1.1.1"),
        (lambda: RULES.with_rule(_ministry(fails=())), "has no examples that pass or none that"),
        (lambda: RULES.with_rule(_ministry(passes=())), "has no examples that pass or none that"),
        (
            lambda: RULES.with_rule(_ministry(fails=(Example("<p>กระทรวง</p>"),))),
            "“ministry-name” finds nothing in its failing example “<p>กระทรวง</p>”",
        ),
        (lambda: RULES.with_rule(_says("{name} is short.")), "fails on its failing example"),
        (lambda: RULES.with_rule(_says("{ is short.")), "write a brace itself twice"),
        (lambda: RULES.with_rule(_ministry(check=_raises)), "LookupError('no ministries')"),
        (lambda: RULES.regrade("image-alt-missing", "grave"), "“grave” is no severity"),
        (lambda: RULES.regrade("image-alt-mising", "error"), "such as: image-alt-missing"),
        (
            lambda: RULES.regrade("?", "error"),
            "There is no rule “?”. Use the id of a rule, such as",
        ),
        (
            lambda: RULES.silence("heading-empty", reason=" ", until=TODAY),
            "“heading-empty” is silenced without a reason",
        ),
        (
            lambda: RULES.silence("heading-empty", reason=None, until=TODAY),  # type: ignore[arg-type]
            "“heading-empty” is silenced without a reason",
        ),
        (
            lambda: RULES.silence("heading-empty", reason="a", until=datetime.date(2999, 12, 31)),
            "“heading-empty” would be silent until 2999-12-31, which is too long: at most a year",
        ),
        (
            lambda: RULES.silence("heading-empty", reason="a", until="2027-01-01"),
            "“'2027-01-01'” is no date",
        ),
        (
            lambda: RULES.silence("heading-empty", reason="a", until=datetime.datetime(2027, 1, 1)),
            "is no date on which “heading-empty” speaks again",
        ),
    ],
)
def test_a_wrong_change_is_refused_with_what_is_allowed(change, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        change()
    assert said in str(caught.value)


def test_a_function_that_was_not_made_a_rule_is_refused_with_what_makes_one() -> None:
    with pytest.raises(TypeError, match=r"is no rule\. Write @rule\(…\) above the function"):
        RULES.with_rule(_raises)  # type: ignore[arg-type]


def test_every_criterion_of_wcag_is_accepted() -> None:
    for number in CRITERIA:
        RULES.with_rule(_ministry(criterion=number))


def _fails_on_books(document: Document) -> Iterator[Problem]:
    yield from ministry_name.check(document)
    if "หนังสือ" in document.body.text:
        raise LookupError("no books")


def test_a_rule_that_fails_is_logged_and_does_not_keep_the_others_from_being_checked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rules = RULES.with_rule(_ministry(check=_fails_on_books))
    found = rules.check(f"<p>ยธ. มีหนังสือ</p>{NO_ALT}", "th", message_lang="en")
    assert [(f.rule, f.severity) for f in found] == [
        ("ministry-name", "advice"),
        ("image-alt-missing", "error"),
    ]
    assert isinstance(found[0], NotChecked)
    assert found[0].message.startswith("This rule could not be checked")
    assert (found[0].selector, found[0].lang) == ("body", "th")
    assert "The rule “ministry-name” failed" in caplog.text
    assert "LookupError: no books" in caplog.text


def test_the_hook_changes_the_rules_of_the_site(fresh_rules: None) -> None:
    def ours(rules: RuleSet) -> RuleSet:
        return rules.with_rule(ministry_name).silence(
            "heading-too-long", reason="Titles of laws", until=TODAY
        )

    with hooks.register_temporarily(HOOK, ours):
        assert "ministry-name" in site_rules().rules
        assert site_rules() is site_rules()
        (silenced,) = silenced_rules(today=TODAY)
        assert (silenced.id, silenced.reason) == ("heading-too-long", "Titles of laws")
        assert silenced.in_force
        (lapsed,) = silenced_rules()
        assert lapsed.in_force == (datetime.date.today() <= TODAY)


def test_a_hook_that_returns_no_rules_is_named(fresh_rules: None) -> None:
    def forgetful(rules: RuleSet) -> None:
        rules.regrade("heading-empty", "warning")

    with (
        hooks.register_temporarily(HOOK, forgetful),
        pytest.raises(TypeError, match=r"forgetful returned None\. It must return the RuleSet"),
    ):
        site_rules()
