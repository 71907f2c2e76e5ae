"""Every kind of page, in both languages and in every way it may be looked at, by axe-core."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

VIEWS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
}
DOUBLE = {"name": "preferences", "value": "1.text_size-200"}


def every_kind(page: Page) -> list[str]:
    """One address of every kind of page, in both languages."""
    found = []
    for language in ("th", "en"):
        news = page.request.get(f"/api/v3/news/?language={language}&limit=100").json()["items"]
        with_blocks = sorted(
            news, key=lambda item: len(page.request.get(item["url"]).text()), reverse=True
        )
        page.goto(f"/{language}/")
        links = page.evaluate("[...document.querySelectorAll('nav a, footer a')].map(a => a.href)")
        site = page.url.split(f"/{language}/")[0]
        found += [
            f"/{language}/",
            *(item["url"] for item in with_blocks[:3]),
            *(link for link in links if link.startswith(f"{site}/{language}/")),
            f"/{language}/search/?q=a",
            f"/{language}/search/?q=zzzz",
            f"/{language}/none/",
            f"/accessibility/preferences/?lang={language}",
        ]
        index = page.request.get(f"/api/v3/news/?language={language}&limit=1").json()["items"][0]
        listing = index["url"].rstrip("/").rsplit("/", 1)[0] + "/"
        found += [listing, f"{listing}?page=2", f"{listing}2026/", f"{listing}2026/03/"]
        page.goto(listing)
        found.append(page.locator("main a[href*='/category/']").first.get_attribute("href"))
    untranslated = page.request.get(
        "/api/v3/news/?language=en&untranslated=include&limit=100"
    ).json()["items"]
    found.append(next(i["url"] for i in untranslated if i["edition"]["state"] == "untranslated"))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_any_kind_of_page(visit, axe, view):
    page = visit("/th/", **VIEWS[view])
    addresses = every_kind(page)
    assert len(addresses) > 30
    faults = {}
    for address in addresses:
        page.goto(address)
        if found := axe(page):
            faults[address] = found
    assert not faults, faults


def test_axe_finds_nothing_at_200_percent_text(visit, axe):
    page = visit("/th/")
    page.context.add_cookies([{**DOUBLE, "url": page.url.removesuffix("th/")}])
    faults = {}
    for address in every_kind(page):
        page.goto(address)
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 30
        if found := axe(page):
            faults[address] = found
    assert not faults, faults


@pytest.mark.parametrize("theme", ["contrast-light", "contrast-dark"])
def test_high_contrast_is_seven_to_one_on_every_kind_of_page(visit, axe_source, theme):
    page = visit("/th/")
    cookie = {"name": "preferences", "value": f"1.theme-{theme}"}
    page.context.add_cookies([{**cookie, "url": page.url.removesuffix("th/")}])
    # WCAG 1.4.6, level AAA.
    options = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
    faults = {}
    for address in every_kind(page):
        page.goto(address)
        assert theme in page.evaluate("document.cookie")
        page.evaluate(axe_source)
        result = page.evaluate("options => axe.run(document, options)", options)
        assert result["passes"], address
        if result["violations"]:
            faults[address] = result["violations"][0]["nodes"][0]["failureSummary"]
    assert not faults, faults
