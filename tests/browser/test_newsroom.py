"""An article: written in Thai, approved, translated segment by segment, read, fetched."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TITLE = "ประกาศรับฟังความเห็นต่อคู่มือฉบับใหม่"
LISTING = re.compile(r"/admin/pages/\d+/$")
ALTERNATIVE = "เจ้าหน้าที่มอบแผ่นพับให้ประชาชน"
# In the order of the article, as the translator meets them.
ENGLISH = [
    "Comments invited on the new manual",
    "You can comment in two ways",
    "By post",
    "By e-mail",
    "An officer hands out leaflets",
    "Dates of the consultation",
    "Date",
    "1 December 2026",
]


def choose(page: Page, action: str) -> None:
    """Choose an action of the menu below the editor, and wait until it is done."""
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator(f"[name={action}]").last.click()
    page.wait_for_url(LISTING)


def write_article(page: Page) -> None:
    """Write the article with a list, a picture and a table, as an editor does."""
    page.wait_for_load_state("networkidle")  # the editor's controllers are modules
    # As fast as people type: what stands in the form two seconds after it was opened is no change
    # to Wagtail, which would not save it by itself.
    page.locator("[name=title]").press_sequentially(TITLE, delay=100)
    page.keyboard.press("Tab")
    expect(page.locator("[name=slug]")).not_to_have_value("")
    page.locator("[id*=category]").get_by_role("button", name="เลือก").first.click()
    page.get_by_role("dialog").get_by_role("link", name="ประกาศ", exact=True).click()
    # From here on Wagtail saves by itself, and the address is that of the new page.
    page.wait_for_url("**/edit/**", wait_until="commit", timeout=60_000)
    body = page.locator("[data-contentpath=body]").first

    def add(block: str) -> None:
        body.locator(".c-sf-add-button").last.click()
        page.get_by_role("option", name=block).first.click()

    add("ข้อความ")
    body.locator("[contenteditable=true]").last.click()
    page.keyboard.type("ประชาชนเสนอความเห็นได้สองทาง")
    page.keyboard.press("Enter")
    page.keyboard.type("1. ")
    page.keyboard.type("ส่งทางไปรษณีย์")
    page.keyboard.press("Enter")
    page.keyboard.type("ส่งทางอีเมล")
    add("รูปภาพ")
    body.get_by_role("button", name="เลือกรูปภาพ").first.click()
    page.get_by_role("dialog").locator("a:has(img)").first.click()
    body.locator("[name$=alt_text]").fill(ALTERNATIVE)
    add("ตาราง")
    table = body.locator(".typed-table-block").last
    table.locator("[name$=table-caption]").fill("กำหนดการรับฟังความเห็น")
    table.locator("[data-append-column]").click()
    table.get_by_role("button", name="ข้อความ").click()
    table.locator("input[name*=heading]").first.fill("วันที่")
    table.locator("input[name*=cell-0-0]").fill("1 ธันวาคม 2569")


def translate(page: Page, texts: list[str]) -> None:
    """Translate the next segments that are still in Thai, one after the other."""
    for text in texts:
        page.get_by_role("button", name="Translate", exact=True).first.click()
        page.keyboard.type(text)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text(text, exact=True).first).to_be_visible()


def articles(page: Page, language: str) -> dict[str, dict]:
    """What the API lists first in a language, by title."""
    answer = page.request.get(
        f"/api/v3/news/?language={language}&limit=5", fail_on_status_code=True
    )
    return {item["title"]: item for item in answer.json()["items"]}


def test_an_article_goes_from_the_editor_through_the_translator_to_readers_and_the_api(
    sign_in, visit
):
    editor = sign_in("editor")
    index = visit("/th/").request.get("/api/v2/pages/?type=newsroom.NewsIndexPage&locale=th").json()
    editor.goto(f"/admin/pages/add/newsroom/newsarticlepage/{index['items'][0]['id']}/")
    write_article(editor)
    choose(editor, "action-submit")

    moderator = sign_in("moderator")
    moderator.get_by_role("link", name=TITLE).first.click()
    moderator.locator("footer [data-w-dropdown-target=toggle]").last.click()
    moderator.locator("footer [data-workflow-action-name=approve]").first.click()
    moderator.wait_for_url(LISTING)

    reader = visit("/th/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.locator("ol li").filter(has_text="ส่งทางอีเมล")).to_be_visible()
    expect(reader.get_by_alt_text(ALTERNATIVE)).to_be_attached()
    expect(reader.get_by_role("table", name="กำหนดการรับฟังความเห็น")).to_be_visible()
    original = articles(reader, "th")[TITLE]
    assert TITLE not in articles(reader, "en")

    translator = sign_in("translator")
    pages = reader.request.get("/api/v3/news/?language=en&untranslated=include&limit=5").json()
    alias = next(item for item in pages["items"] if item["title"] == TITLE)
    translator.goto(f"/admin/pages/{alias['id']}/edit/")
    translator.get_by_text("Translate this page").click()
    translator.locator("main input[type=submit]").click()
    translate(translator, ENGLISH[:3])
    translator.get_by_role("button", name="Publish in English").click()
    expect(translator.locator(".messages")).to_contain_text("5 texts of the original are not")
    assert TITLE not in articles(reader, "en"), "half a translation went live"
    translate(translator, ENGLISH[3:])
    translator.get_by_role("button", name="Publish in English").click()
    expect(translator.locator(".messages")).to_contain_text(
        "is published in English", timeout=30_000
    )

    reader.reload()  # what the browser keeps for a minute still says that there is no English
    reader.get_by_role("link", name="English").first.click()
    expect(reader.locator("h1")).to_have_text(ENGLISH[0])
    assert "/comments-invited-on-the-new-manual/" in reader.url
    expect(reader.get_by_alt_text("An officer hands out leaflets")).to_be_attached()
    expect(reader.get_by_role("table", name="Dates of the consultation")).to_be_visible()

    translated = articles(reader, "en")[ENGLISH[0]]
    assert translated["edition"]["state"] == "translation"
    assert original["id"] != translated["id"]
    detail = reader.request.get(f"/api/v3/news/{translated['id']}/").json()
    assert "By e-mail" in str(detail)
