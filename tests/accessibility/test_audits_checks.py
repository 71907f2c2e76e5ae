"""System checks name what would keep audits from a browser."""

import pytest

from accessibility import checks


def ids() -> list[str]:
    return [str(message.id) for message in checks.check_audits(None)]


def test_no_browser_and_a_real_program_are_accepted(settings):
    assert ids() == []
    settings.ACCESSIBILITY_CHROMIUM = "/bin/sh"
    assert ids() == []


@pytest.mark.parametrize("path", ["/nowhere/chromium", "/etc"])
def test_what_cannot_be_run_is_named(settings, path):
    settings.ACCESSIBILITY_CHROMIUM = path
    assert ids() == ["accessibility.E010"]


def test_a_browser_that_nothing_drives_is_named(settings, monkeypatch):
    settings.ACCESSIBILITY_CHROMIUM = "/bin/sh"
    monkeypatch.setattr(checks, "find_spec", lambda name: None)
    assert ids() == ["accessibility.W010"]
