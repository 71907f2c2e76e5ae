"""A reader comes to the site: with a keyboard, without scripts, on a small screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from .keyboard import tab_to

pytestmark = pytest.mark.browser

STORY = "เตรียมพร้อมก่อนน้ำมา: ลงทะเบียนขอความช่วยเหลือพิเศษล่วงหน้าได้แล้ว"
STORY_IN_ENGLISH = "Before the water comes: register now if you will need special help"


def root_size(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


def test_a_keyboard_is_enough_to_read_resize_and_change_language(visit):
    page = visit("/th/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#content")
    page.keyboard.press("Enter")
    tab_to(page, STORY)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(STORY)

    before = root_size(page)
    tab_to(page, "A+")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="125")).to_be_attached()
    assert root_size(page) == before * 1.25
    expect(page.locator(":focus")).to_contain_text("A+")

    page.reload()
    assert root_size(page) == before * 1.25
    tab_to(page, "English")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(STORY_IN_ENGLISH)
    assert page.locator("html").get_attribute("lang") == "en"
    assert root_size(page) == before * 1.25


def test_without_scripts_nothing_is_missing(visit):
    page = visit("/th/", java_script_enabled=False)
    assert "JavaScript" not in page.content().replace("text/javascript", "")
    page.get_by_role("link", name=STORY).first.click()
    expect(page.locator("h1")).to_have_text(STORY)
    height = page.locator("h1").bounding_box()["height"]
    address = page.url
    page.get_by_role("button", name=re.compile(r"^A\+")).click()
    assert page.url.split("#")[0] == address
    assert page.locator("h1").bounding_box()["height"] > height
    page.get_by_role("link", name="English").first.click()
    expect(page.locator("h1")).to_have_text(STORY_IN_ENGLISH)
    page.get_by_label("Search words").first.fill("wheelchair")
    page.get_by_role("button", name="Search").first.click()
    expect(page.get_by_role("link", name=STORY_IN_ENGLISH)).to_be_visible()


def test_the_html_is_the_same_for_every_reader_and_sets_no_cookie(visit):
    page = visit("/th/")
    plain = page.request.get("/th/").text()
    page.get_by_role("button", name=re.compile(r"^A\+")).click()
    expect(page.get_by_role("status").filter(has_text="125")).to_be_attached()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["preferences"]
    answer = page.request.get("/th/")
    assert answer.text() == plain
    assert "Cookie" not in answer.headers.get("vary", "")
    assert "set-cookie" not in answer.headers
    assert "public" in answer.headers["cache-control"]


def test_a_page_that_is_not_translated_says_so_before_and_after_the_click(visit):
    page = visit("/th/")
    page.goto(page.get_by_role("link", name="ข่าวและประกาศ").first.get_attribute("href"))
    page.goto(f"{page.url}?page=2")
    for link in page.locator("main article a, main li h2 a, main li h3 a").all():
        page.goto(link.get_attribute("href"))
        switch = page.locator("[hreflang=en]").first
        if "not yet translated" in switch.inner_text():
            break
        page.go_back()
    switch.click()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("h1")).to_have_text("News")


def test_an_english_address_of_a_thai_original_is_honest(visit):
    page = visit("/en/news/")
    notice = page.get_by_text(re.compile(r"more articles are not yet translated"))
    expect(notice).to_be_visible()
    address = page.request.get("/api/v3/news/?language=en&untranslated=include&limit=100").json()
    untranslated = next(
        item for item in address["items"] if item["edition"]["state"] == "untranslated"
    )
    page.goto(untranslated["url"])
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("h1").evaluate("e => e.closest('[lang]').lang") == "th"
    expect(page.get_by_text("This page is not yet translated")).to_be_visible()


def test_a_translation_older_than_its_original_says_so(visit):
    page = visit("/en/")
    items = page.request.get("/api/v3/news/?language=en&limit=100").json()["items"]
    older = [item for item in items if item["edition"]["state"] == "older"]
    assert len(older) == 3
    page.goto(older[0]["url"])
    notice = page.locator("main").get_by_text(re.compile("original", re.I)).first
    expect(notice).to_be_visible()


def test_dates_are_read_in_the_readers_calendar(visit):
    page = visit("/th/")
    time = page.locator("time").first
    assert re.search(r"256\d", time.inner_text())
    assert time.get_attribute("datetime").startswith("202")
    page.goto("/en/")
    assert re.search(r"\d+ \w+ 202\d", page.locator("time").first.inner_text())


@pytest.mark.parametrize(
    ("path", "words", "found"),
    [("/th/", "น้ำท่วม", "น้ำ"), ("/th/", "รถเข็น", "รถเข็น"), ("/en/", "complaint", "omplaint")],
)
def test_search_finds_words_inside_unspaced_text(visit, path, words, found):
    page = visit(f"{path}search/?q={words}")
    expect(page.locator("main")).to_contain_text(found)
    assert page.locator("main li, main article").count() > 0


@pytest.mark.parametrize("q", ['"', "`", "\0", "a " * 500, "' OR 1=1 --", "NEAR(", "*", "ก" * 5000])
def test_no_query_breaks_the_search(visit, q):
    page = visit("/th/")
    assert page.request.get("/th/search/", params={"q": q, "page": "9" * 30}).status in {200, 404}


@pytest.mark.parametrize("width", [320, 256])
def test_nothing_runs_out_of_a_narrow_screen(visit, width):
    page = visit("/th/", viewport={"width": width, "height": 640})
    for path in ("/th/", "/en/", page.get_by_role("link", name=STORY).first.get_attribute("href")):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
