"""We obey our own rules: the checks of an audit find nothing on what we add to the admin."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from accessibility.audits.browser.axe import look_by_axe
from accessibility.audits.browser.look import look_at_open_page, prepare
from accessibility.audits.findings import Found
from tests.server import Server

from .chromium import CHROMIUM, FLAGS
from .conftest import PASSWORD

pytestmark = pytest.mark.browser

# The panels ask the server for a preview: a slow machine needs its time.
expect.set_options(timeout=60_000)


async def as_it_opens(page: Page) -> None:
    """Nothing has to be done to see it."""


async def open_status(page: Page) -> None:
    await page.click('[data-side-panel-toggle="status"]')
    await expect(page.locator('[data-side-panel="status"]')).to_be_visible()


async def open_screen_reader(page: Page) -> None:
    await page.click('[data-side-panel-toggle="screen-reader"]')
    await expect(page.locator("#screen-reader-transcript [data-phrase]").first).to_be_visible()


async def publish(page: Page) -> None:
    await page.wait_for_load_state("networkidle")  # the editor's controllers are modules
    await page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    await page.locator("[name=action-publish]").last.click()
    await expect(page.locator(".messages .error")).to_be_visible()
    # It fades in, some moments after it is there.
    for part in (".messages", ".messages > ul", ".messages .error"):
        await expect(page.locator(part).first).to_have_css("opacity", "1")


async def open_filters(page: Page) -> None:
    await page.click("#filters-drilldown [data-w-dropdown-target=toggle]")
    await expect(page.locator(".w-drilldown__menu")).to_be_visible()


async def open_details(page: Page) -> None:
    for summary in await page.locator(".accessibility-reach summary").all():
        await summary.click()


@dataclass(frozen=True, slots=True)
class View:
    """What we add to the admin: where it is, what is ours on it, and how it is opened.

    `address` names pages that `planted` has prepared; `ours` is a CSS selector that must be there.
    """

    name: str
    address: str
    ours: str
    open: Callable[[Page], Awaitable[None]] = as_it_opens


REPORTS = "/admin/accessibility/findings/"
SNIPPETS = "/admin/snippets/"
EDITOR = "/admin/pages/{article}/edit/"
PANEL = "[data-side-panel=screen-reader]"
VIEWS = [
    View("dashboard", "/admin/", "#pages-that-need-you-section, #due-reviews-section"),
    View("findings", REPORTS, "main", open_details),
    View("filters of findings", REPORTS, ".w-drilldown__menu", open_filters),
    View("findings of a page", f"{REPORTS}?page_audit__page={{article}}", "main", open_details),
    View("no findings", f"{REPORTS}?q=zzzz", "main"),
    View("left to people", f"{REPORTS}left-to-people/", "main"),
    View("translations beside their source", f"{REPORTS}translations/", "main"),
    View("trend", f"{REPORTS}trend/", "main"),
    View("overrides", "/admin/accessibility/overrides/", "main"),
    View("override", "/admin/accessibility/override/{refused}/", "main"),
    View("refusal", "/admin/pages/{refused}/edit/", ".messages", publish),
    View("screen reader", EDITOR, PANEL, open_screen_reader),
    View(
        "screen reader of a translator",
        "/admin/pages/{translation}/edit/",
        PANEL,
        open_screen_reader,
    ),
    View("status", EDITOR, "section:has(#status-sidebar-last-check)", open_status),
    View(
        "status after an override",
        "/admin/pages/{overridden}/edit/",
        "section:has(#status-sidebar-accessibility)",
        open_status,
    ),
    View("articles", "/admin/news_articles/", "#listing-results"),
    View("categories", f"{SNIPPETS}newsroom/newscategory/", "#listing-results"),
    View("site identity", f"{SNIPPETS}home/siteidentity/", "#listing-results"),
    View("policies", "/admin/accessibility/policies/", "main"),
    View("policy", "/admin/pages/{policy}/edit/", "[data-field]:has([name=office])"),
    View("security.txt", "/admin/accessibility/security-txt/new/", "main form"),
    View("known problems", f"{SNIPPETS}accessibility/knownproblem/", "#listing-results"),
    View("known problem", f"{SNIPPETS}accessibility/knownproblem/add/", "main form"),
    View("feedback", "/admin/accessibility/feedback/", "#listing-results"),
]

#: Wagtail 8.0's own failings, which its pages have without us as well: the beginning of the rule's
#: name, part of the page, why.
WAGTAIL = [
    ("landmark-unique", "form[role=search]", "the menu and the header each have a search"),
    ("landmark-unique", ".w-panel--nested", "blocks of one kind have one name"),
    ("aria-allowed-role", "h2[role=alert]", "the number of matches"),
    ("label-content-name-mismatch", ".w-slim-header-action-button", "the number of filters"),
    ("target-size", "th a.label", "links that order a table"),
    ("aria-input-field-name", ".public-DraftEditor-content", "rich text is not named"),
    ("label", "[name*=-table-cell-]", "cells of a table block are not named"),
    ("label-content-name-mismatch", ".page-status-tag", "its Thai says something else"),
    ("link-in-text-block", "#listing-results a[href*='/add/']", "adding to an empty list"),
    ("page-has-heading-one", "html:has(form[action*='/snippets/'])", "a new snippet"),
    ("page-has-heading-one", "html:has(.js-translation-editor)", "wagtail-localize's editor"),
    ("color-contrast", ".js-translation-editor h3", "wagtail-localize's names of fields"),
    ("label", ".js-translation-editor [type=file]", "wagtail-localize's upload of PO files"),
    ("", ".xdsoft_datetimepicker", "the picker of dates, which opens when its field has the focus"),
    ("region", "[data-tippy-root]", "hints, which lie beside the landmarks"),
    (
        "language",
        ".w-slim-header, h1, #header-title, option",
        "titles and names of sites in Wagtail's frame",
    ),
    ("language", "#listing-results > ul", "filters in force, which name pages"),
    ("language", "#listing-results > table, #page-reorder-form", "Wagtail's own columns"),
    # Not Wagtail's, but of no language that could be told.
    ("language", "code, td:has(.accessibility-place), details li", "HTML of a page and its places"),
    ("language", "td:has(> strong), [aria-labelledby=errors], .messages", "what a finding quotes"),
    ("language", "span[lang]", "what a finding quotes, which may be in the wrong language"),
    ("language", ".accessibility-reason", "what a person has written, in a language of their own"),
    ("language", "section:has(#status-sidebar-accessibility)", "a reason, likewise"),
]

#: axe-core is asked about whole views, the other checks about what lies in `ours`.
IS_OURS = """
([rule, selector, engine, ours, wagtail]) => {
  const element = document.querySelector(selector);
  // A part of the rule's name stands for all rules that begin so.
  if (wagtail.some(([id, part]) => rule.startsWith(id) && element?.closest(part))) return false;
  return engine === "axe-core" || !element || element.closest(ours) !== null;
}
"""


#: Names of languages stand in themselves everywhere: proper names (WCAG 3.1.2).
NAMES_OF_LANGUAGES = ("ภาษาไทย", "ภาษาไทย:")
#: Colours that are still fading are nobody's colours.
SETTLE = """
async () => {
  // What has been changed begins to fade with the next frame.
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
  for (const animation of document.getAnimations()) {
    if (animation.effect.getComputedTiming().endTime < Infinity) animation.finish();
  }
}
"""

STICKING_OUT = """
(ours) => {
  // Its header, its fields, and its tables where they are its own.
  const WAGTAIL = ".w-slim-header, .w-field, #listing-results > table, #page-reorder-form";
  const { isSeen, place } = accessibilityAudit;
  const isInScroller = (element) => {
    for (let step = element.parentElement; step.localName !== "main" && step !== document.body; ) {
      if (/auto|scroll/.test(getComputedStyle(step).overflowX)) return true;
      step = step.parentElement;
    }
    return false;
  };
  return [...document.querySelectorAll(ours)]
    .flatMap((part) => [...part.querySelectorAll(":not(svg *)")])
    .filter(isSeen)
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .filter((element) => !isInScroller(element) && !element.closest(WAGTAIL))
    .slice(0, 5)
    .map((element) => place(element));
}
"""


@pytest.fixture(scope="module")
def planted(site: Server) -> dict[str, int]:
    code = "import json; from tests.browser.planted import plant; print(json.dumps(plant()))"
    return json.loads(site.manage("shell", "-c", code).stdout.strip().splitlines()[-1])


def speak(site: Server, language: str) -> None:
    site.manage(
        *("shell", "-c"),
        "from wagtail.users.models import UserProfile; UserProfile.objects"
        f".filter(user__username='admin').update(preferred_language='{language}')",
    )


async def look_at_views(
    address: str, planted: dict[str, int], language: str
) -> dict[str, list[str]]:
    """What is found on each view, and is not Wagtail's own: {view: [finding, …]}."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await sign_in(browser, address)
        assert await page.locator("html").get_attribute("lang") == language
        faults = {}
        for view in VIEWS:
            # The editor remembers which side panel was open.
            await page.evaluate("localStorage.clear()")
            await page.goto(view.address.format(**planted))
            await view.open(page)
            await expect(page.locator(view.ours).first, view.name).to_be_attached()
            await page.evaluate(SETTLE)
            look = await look_at_open_page(browser, page, language)
            assert {*look.not_checked.values()} <= {"needs-person"}, (view.name, look.not_checked)
            await page.emulate_media(color_scheme="dark")
            await page.evaluate(SETTLE)
            look.add(await look_by_axe(page))
            await page.emulate_media(color_scheme="light")
            found = [line async for line in ours(page, view, look.found)]
            if found := found + await sticking_out(page, view):
                faults[view.name] = found
        await browser.close()
    return faults


async def sign_in(browser: Browser, address: str) -> Page:
    context = await browser.new_context(
        base_url=address, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    await prepare(context)
    page = await context.new_page()
    await page.goto("/admin/login/")
    await page.fill("[name=username]", "admin")
    await page.fill("[name=password]", PASSWORD)
    await page.click("[type=submit]")
    await page.wait_for_url("**/admin/")
    return page


async def sticking_out(page: Page, view: View) -> list[str]:
    """What is ours and lies beyond a window of 320 pixels, where Wagtail's <main> cuts it off."""
    await page.set_viewport_size({"width": 320, "height": 640})
    places = await page.evaluate(STICKING_OUT, view.ours)
    await page.set_viewport_size({"width": 1280, "height": 900})
    return [f"reflow | {place['selector']} | {place['excerpt']}" for place in places]


async def ours(page: Page, view: View, found: list[Found]) -> AsyncIterator[str]:
    """A line for each finding that is none of Wagtail's own. Advice goes beyond level AA."""
    wagtail = [[rule, part] for rule, part, _reason in WAGTAIL]
    for item in found:
        place = [item.rule, item.selector, item.engine, view.ours, wagtail]
        if item.rule == "target-size-44" or item.excerpt.strip() in NAMES_OF_LANGUAGES:
            continue
        if await page.evaluate(IS_OURS, place):
            yield f"{item.rule} | {item.selector} | {item.excerpt} | {item.remedy['en']}"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_check_of_an_audit_finds_nothing_on_what_we_add(site, planted, language):
    speak(site, language)
    looking = look_at_views(site.url, planted, language)
    # Another test of this process may have Playwright's loop in the main thread.
    with ThreadPoolExecutor(1) as thread:
        faults = thread.submit(asyncio.run, looking).result()
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)
