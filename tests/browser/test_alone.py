"""`accessibility` alone in a project of somebody else: what only a browser shows."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.adopter import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: A Thai sentence on an English page, which an English voice would read (WCAG 3.1.2).
UNMARKED = "ขอเชิญประชาชนร่วมแสดงความคิดเห็นต่อร่างรายงานประจำปี"
# The panel shows what a preview on the server says: a slow machine needs its time.
PATIENCE = 60_000


@pytest.fixture
def visit(chromium, adopters_site):
    """Open a page of that site as a new reader; a script error fails the test."""
    contexts, faults = [], []

    def open_page(path: str, **options) -> Page:
        context = chromium.new_context(base_url=adopters_site.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def editor_page(visit, adopters_site) -> Page:
    """The home page in the editor."""
    number = adopters_site.evaluate(
        "from home.models import HomePage; answer = HomePage.objects.get().pk"
    )
    page = visit(f"/admin/login/?next=/admin/pages/{number}/edit/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/edit/")
    return page


def test_the_panel_says_what_a_screen_reader_does_and_what_the_rules_find(editor_page):
    editor_page.click('[data-side-panel-toggle="screen-reader"]')
    phrases = editor_page.locator("#screen-reader-transcript [data-phrase]")
    expect(phrases.filter(has_text="heading level 1")).to_contain_text("Home", timeout=PATIENCE)
    editor_page.locator('[contenteditable="true"][role="textbox"]').last.click()
    # At the pace of a person: what stands in the form two seconds after it was opened is no change
    # to Wagtail, which shows no preview of it.
    editor_page.keyboard.type(UNMARKED, delay=60)
    expect(phrases.filter(has_text=UNMARKED)).to_have_count(1, timeout=PATIENCE)
    issues = editor_page.locator("#screen-reader-transcript .screen-reader__issue")
    expect(issues.filter(has_text="WCAG 3.1.2")).to_have_count(1, timeout=PATIENCE)

    publish = editor_page.locator('[name="action-publish"]')
    if not publish.is_visible():
        editor_page.click("[data-w-dropdown-target=toggle] >> nth=-1")
    publish.click()
    expect(editor_page.locator("form").get_by_text("WCAG 3.1.2").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_plus_makes_the_text_larger(visit, scripts):
    page = visit("/", java_script_enabled=scripts)
    page.click("text=A+")
    expect(page.locator("html")).to_have_css("font-size", "20px")
    expect(page.locator("#text-size")).to_have_css("display", re.compile("."))
    page.goto("/accessibility/preferences/")
    expect(page.locator("[name=text_size][value='125']")).to_be_checked()


def test_the_preferences_page_has_no_barrier(visit, axe):
    page = visit("/accessibility/preferences/")
    page.check("[name=theme][value=contrast-dark]")
    page.click("text=Save >> nth=0")
    expect(page.locator("#saved")).to_be_focused()
    assert axe(page) == []
