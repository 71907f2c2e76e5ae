"""The screen-reader panel of an editor, for the tests that look at it."""

import json
import re
import urllib.request

from playwright.sync_api import Locator, Page, expect

from tests.server import Server

# The panel shows what a preview on the server says: a slow machine needs its time.
PATIENCE = 60_000


def ask(site: Server, query: str) -> int:
    """The id of the first page that the API gives."""
    with urllib.request.urlopen(f"{site.url}/api/v2/pages/?order=id&limit=1&{query}") as answer:
        return json.load(answer)["items"][0]["id"]


def an_article(site: Server, locale: str) -> int:
    return ask(site, f"type=newsroom.NewsArticlePage&locale={locale}")


def open_panel(page: Page) -> Page:
    page.click('[data-side-panel-toggle="screen-reader"]')
    expect(phrases(page).first).to_be_visible(timeout=PATIENCE)
    # Says how many phrases and issues there are once the rules have answered.
    expect(page.locator("[data-screen-reader] [data-status]")).to_have_text(
        re.compile(r"^\d+ "), timeout=PATIENCE
    )
    return page


def phrases(page: Page, view: str = "transcript") -> Locator:
    return page.locator(f"#screen-reader-{view} [data-phrase]")


def wait_until_edits_are_watched(page: Page) -> None:
    """Wagtail takes what stands in the form two seconds after it was opened for its beginning."""
    page.evaluate(
        """() => new Promise((resolve) => {
          const look = () =>
            window.wagtail.app.queryController("w-unsaved")?.initialFormData
              ? resolve()
              : setTimeout(look, 50);
          look();
        })"""
    )
