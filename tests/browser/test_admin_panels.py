"""We obey our own rules: axe-core finds nothing on what we add to the admin."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.server import Server

from .conftest import AXE_TAGS

pytestmark = pytest.mark.browser

# The panels ask the server for a preview: a slow machine needs its time.
PATIENCE = 60_000


def as_it_opens(page: Page) -> None:
    """Nothing has to be done to see it."""


def open_status(page: Page) -> None:
    page.click('[data-side-panel-toggle="status"]')
    expect(page.locator('[data-side-panel="status"]')).to_be_visible()


def open_screen_reader(page: Page) -> None:
    page.click('[data-side-panel-toggle="screen-reader"]')
    expect(page.locator("#screen-reader-transcript [data-phrase]").first).to_be_visible(
        timeout=PATIENCE
    )


def publish(page: Page) -> None:
    page.wait_for_load_state("networkidle")  # the editor's controllers are modules
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("[name=action-publish]").last.click()
    expect(page.locator(".messages .error")).to_be_visible(timeout=PATIENCE)


def open_filters(page: Page) -> None:
    page.click("#filters-drilldown [data-w-dropdown-target=toggle]")
    expect(page.locator(".w-drilldown__menu")).to_be_visible()


def open_failures(page: Page) -> None:
    page.click(".accessibility-failed summary")


@dataclass(frozen=True, slots=True)
class View:
    """What we add to the admin: where it is, what is ours on it, and how it is opened.

    `address` names pages that `planted` has prepared; `ours` is a CSS selector that must be there.
    """

    name: str
    address: str
    ours: str
    open: Callable[[Page], None] = as_it_opens


REPORTS = "/admin/accessibility/findings/"
SNIPPETS = "/admin/snippets/"
VIEWS = [
    View("dashboard", "/admin/", "#pages-that-need-you-section"),
    View("findings", REPORTS, ".accessibility-table", open_failures),
    View("filters of findings", REPORTS, ".w-drilldown__menu", open_filters),
    View("findings of a page", f"{REPORTS}?page_audit__page={{article}}", ".accessibility-reports"),
    View("no findings", f"{REPORTS}?q=zzzz", ".accessibility-reports"),
    View("translations beside their source", f"{REPORTS}translations/", ".accessibility-table"),
    View("trend", f"{REPORTS}trend/", ".accessibility-chart__drawing"),
    View("overrides", "/admin/accessibility/overrides/", "table.listing"),
    View("override", "/admin/accessibility/override/{refused}/", "#errors"),
    View("refusal", "/admin/pages/{refused}/edit/", ".messages .error", publish),
    View(
        "screen reader", "/admin/pages/{article}/edit/", "[data-screen-reader]", open_screen_reader
    ),
    View(
        "screen reader of a translator",
        "/admin/pages/{translation}/edit/",
        "[data-screen-reader]",
        open_screen_reader,
    ),
    View("status", "/admin/pages/{article}/edit/", "#status-sidebar-last-check", open_status),
    View(
        "status after an override",
        "/admin/pages/{overridden}/edit/",
        "#status-sidebar-accessibility",
        open_status,
    ),
    View("articles", "/admin/news_articles/", "table.listing"),
    View("categories", f"{SNIPPETS}newsroom/newscategory/", "table.listing"),
    View("site identity", f"{SNIPPETS}home/siteidentity/", "table.listing"),
    View("policies", "/admin/accessibility/policies/", "table.listing"),
    View("policy", "/admin/pages/{policy}/edit/", "[name=office]"),
    View("security.txt", "/admin/accessibility/security-txt/new/", "main form"),
    View("known problems", f"{SNIPPETS}accessibility/knownproblem/", "#listing-results"),
    View("known problem", f"{SNIPPETS}accessibility/knownproblem/add/", "[name=criterion]"),
    View("feedback", "/admin/accessibility/feedback/", "#listing-results"),
]

#: Wagtail 8.0's own failings, which its pages have without us as well: rule, part of the page, why.
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
]

RUN = """
async ([tags, wagtail]) => {
  // Colours that are still fading are nobody's colours.
  for (const animation of document.getAnimations()) {
    if (animation.effect.getComputedTiming().endTime < Infinity) animation.finish();
  }
  const { violations } = await axe.run(document, {
    elementRef: true,
    iframes: false,
    runOnly: { type: "tag", values: tags },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(
        ({ element }) =>
          !wagtail.some(([rule, part]) => rule === id && element.closest(part))
      )
      .map(({ html, target, failureSummary }) =>
        [id, target.join(" "), html.slice(0, 160), failureSummary].join(" | ")
      )
  );
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


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_on_what_we_add(sign_in, site, planted, axe_source, language):
    speak(site, language)
    page = sign_in("admin")
    assert page.locator("html").get_attribute("lang") == language
    wagtail = [[rule, part] for rule, part, _reason in WAGTAIL]
    faults = {}
    for view in VIEWS:
        # The editor remembers which side panel was open.
        page.evaluate("localStorage.clear()")
        page.goto(view.address.format(**planted))
        view.open(page)
        expect(page.locator(view.ours).first, view.name).to_be_attached()
        page.evaluate(axe_source)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if found := page.evaluate(RUN, [AXE_TAGS, wagtail]):
                faults[f"{view.name}, {scheme}"] = found
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)
