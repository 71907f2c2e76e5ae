"""Every choice of the preferences leaves zoom and a reader's own style sheet their work."""

import json
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from accessibility.preferences import PREFERENCES
from tests.server import ROOT, Server

pytestmark = pytest.mark.browser

CHECKS = ROOT / "accessibility" / "audits" / "browser"
#: A window of 1280 by 1024 pixels at a zoom of 400 %.
ZOOMED = {"width": 320, "height": 256}
SINGLE = [
    f"{preference.name}-{value}" for preference in PREFERENCES for value in preference.values[1:]
]
TOGETHER = [
    "text_size-200.letter_spacing-wider",
    "text_size-200.typeface-plain",
    # The last value of each is the one that asks most of a page.
    ".".join(f"{preference.name}-{preference.values[-1]}" for preference in PREFERENCES),
]

#: What readers with low vision set for all pages, by an extension or their browser. Here it is one
#: more style sheet of the page, which is the harder case: the readers' own outranks every rule of
#: the page, this one loses to an !important of the site in a layer or with a narrower selector.
OWN_STYLES = """
  * { color: rgb(255, 255, 0) !important; background: rgb(0, 0, 64) !important;
      font-family: monospace !important; font-size: 21px !important; }
"""
FOREIGN_STYLES = """
  css => {
    accessibilityAudit.style(css);
    const wrong = accessibilityAudit.textElements().filter((element) => {
      const style = getComputedStyle(element);
      return style.color !== "rgb(255, 255, 0)" || style.backgroundColor !== "rgb(0, 0, 64)" ||
        style.fontFamily !== "monospace" || style.fontSize !== "21px";
    });
    accessibilityAudit.style("");
    return wrong.map((element) => accessibilityAudit.place(element));
  }
"""


@pytest.fixture(scope="module")
def paths(site: Server) -> list[str]:
    """Home, the first article and the preferences page, in both languages."""
    found = []
    for language in ("th", "en"):
        query = f"type=newsroom.NewsArticlePage&locale={language}&order=id&limit=1"
        with urllib.request.urlopen(f"{site.url}/api/v2/pages/?{query}") as answer:
            address = json.load(answer)["items"][0]["meta"]["html_url"]
        article = urlsplit(address).path
        found += [f"/{language}/", article, f"/accessibility/preferences/?lang={language}"]
    return found


@pytest.mark.parametrize("choices", [*SINGLE, *TOGETHER])
def test_a_choice_fits_into_a_window_at_400_percent_and_obeys_the_readers_own_styles(
    visit, paths, choices
):
    cookie = {"name": "preferences", "value": f"1.{choices}", "domain": "localhost", "path": "/"}
    page = visit(
        "/robots.txt",
        viewport=ZOOMED,
        device_scale_factor=4,
        storage_state={"cookies": [cookie], "origins": []},
    )
    page.add_init_script(path=CHECKS / "common.js")
    faults = {}
    for path in paths:
        page.goto(path)
        faults[path] = look(page)
    assert not any(faults.values()), json.dumps(faults, ensure_ascii=False, indent=1)


def look(page: Page) -> dict[str, list[dict]]:
    """The places that fail, by what they fail; nothing is left out where there are none."""
    for script in ("text.js", "narrow.js"):
        page.evaluate((CHECKS / script).read_text())
    found = {
        "zoom (WCAG 1.4.10)": page.evaluate("accessibilityAudit.reflow()"),
        "text spacing (1.4.12)": page.evaluate("accessibilityAudit.spacing()"),
        "own styles": page.evaluate(FOREIGN_STYLES, OWN_STYLES),
    }
    return {failed: places for failed, places in found.items() if places}
