"""What is set wrongly is named, with what is allowed."""

import pytest
from django.core.checks import run_checks
from django.core.management import get_commands


def messages(id: str) -> list[str]:
    return [f"{found.msg} {found.hint}" for found in run_checks() if found.id == id]


@pytest.mark.parametrize(
    "setting",
    ["block", "warn", "off", {"*": "warn"}, {"newsroom.NewsArticlePage": "off", "*": "block"}],
)
def test_a_good_gate_is_accepted(settings, setting):
    settings.ACCESSIBILITY_GATE = setting
    assert not [found for found in run_checks() if found.id.startswith("accessibility.E")]


@pytest.mark.parametrize("setting", ["stop", None, True, {"*": "stop"}, ["block"]])
def test_an_unknown_mode_is_named(settings, setting):
    settings.ACCESSIBILITY_GATE = setting
    [message] = messages("accessibility.E001")
    assert repr(setting) in message
    assert '"block", "warn", "off"' in message


@pytest.mark.parametrize("label", ["news.Missing", "newsroom.NewsCategory", "article", 5])
def test_what_is_no_type_of_page_is_named(settings, label):
    settings.ACCESSIBILITY_GATE = {label: "off"}
    [message] = messages("accessibility.E002")
    assert repr(label) in message


@pytest.mark.parametrize("selector", ["main[", "", None])
def test_what_is_no_selector_is_named(settings, selector):
    settings.ACCESSIBILITY_GATE_CONTENT = selector
    [message] = messages("accessibility.E003")
    assert repr(selector) in message


def test_a_command_that_stops_at_the_first_failure_is_named(monkeypatch):
    assert not messages("accessibility.W002")
    monkeypatch.setitem(get_commands(), "publish_scheduled", "wagtail")
    [message] = messages("accessibility.W002")
    assert "before the wagtail apps" in message


def test_missing_middleware_is_named(settings):
    assert not messages("accessibility.W001")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "GateMiddleware" not in name]
    [message] = messages("accessibility.W001")
    assert "after MessageMiddleware" in message
