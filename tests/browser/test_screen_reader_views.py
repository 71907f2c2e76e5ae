"""The views of the screen-reader panel, and where a chosen phrase leads, in both editors."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from .panel import PATIENCE, an_article, ask, open_panel, phrases

pytestmark = pytest.mark.browser

#: An article with a picture, headings and a table.
ARTICLE = "สถิติเรื่องร้องเรียนเก้าเดือนแรกปี-2568"
ENGLISH = "complaint-statistics-first-nine-months-2025"


@pytest.fixture
def editor_page(sign_in, site) -> Page:
    number = ask(site, f"type=newsroom.NewsArticlePage&locale=th&slug={quote(ARTICLE)}")
    return open_panel(sign_in("admin", f"/admin/pages/{number}/edit/"))


def preview(page: Page, selector: str) -> Locator:
    return page.frame_locator("#w-preview-iframe").locator(selector)


def view(page: Page, name: str) -> list[str]:
    """The phrases of a view, opened by its tab, each as one line."""
    page.click(f"#screen-reader-tab-{name}")
    expect(phrases(page, name).first).to_be_visible()
    return [" ".join(text.split()) for text in phrases(page, name).all_inner_texts()]


def expect_status(page: Page, words: str) -> None:
    expect(page.locator("[data-screen-reader] [data-status]")).to_have_text(words)


def focused(page: Page, expression: str):
    return page.evaluate(f"(element => {expression})(document.activeElement)")


def test_the_headings_view_is_the_outline_of_the_page(editor_page):
    outline = preview(editor_page, "h1, h2, h3, h4").evaluate_all(
        "all => all.filter(heading => heading.checkVisibility())"
        ".map(heading => [heading.localName[1], heading.innerText.trim()])"
    )
    assert len(outline) > 4
    said = view(editor_page, "headings")
    assert len(said) == len(outline)
    for (level, text), phrase in zip(outline, said, strict=True):
        assert phrase.startswith(f"หัวเรื่องระดับ {level} {text[:40]}")


def test_the_landmarks_view_lists_the_parts_of_the_page(editor_page):
    said = view(editor_page, "landmarks")
    navigations = preview(editor_page, "nav").count()
    assert navigations > 1
    assert sum("การนำทาง" in phrase or "นำทาง" in phrase for phrase in said) == navigations
    assert sum("ส่วนเนื้อหาหลัก" in phrase for phrase in said) == 1
    # Two of one kind are told apart by their names.
    assert len(set(said)) == len(said)


def test_the_links_view_says_where_each_link_of_the_page_leads(editor_page):
    links = preview(editor_page, "a[href]").evaluate_all(
        "all => all.filter(link => link.checkVisibility() && !link.closest('[aria-hidden=true]'))"
        ".length"
    )
    said = view(editor_page, "links")
    assert len(said) == links
    assert all(phrase.startswith("ลิงก์ ") and len(phrase) > len("ลิงก์ th ") for phrase in said)


def test_each_phrase_shows_the_language_in_which_it_is_read(editor_page):
    heading = phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1")
    expect(heading.locator(".screen-reader__lang")).to_have_text("th")
    english = phrases(editor_page).filter(has_text="English").first
    expect(english.locator(".screen-reader__lang")).to_have_text("en")


def test_what_concerns_the_whole_page_stands_above_the_phrases(sign_in, site):
    page = sign_in("admin")
    page.goto(f"/admin/pages/{an_article(site, 'th')}/edit/")
    # As in a template that forgot it. Heard before the panel hears of the preview.
    page.evaluate(
        """() => document.addEventListener("w-preview:loaded", () => {
          document.getElementById("w-preview-iframe").contentDocument.title = "";
        })"""
    )
    open_panel(page)
    transcript = page.locator("#screen-reader-transcript [data-content]")
    heading = transcript.locator("h4")
    expect(heading).to_have_text("The whole page", timeout=PATIENCE)
    expect(transcript.locator("h4 + .screen-reader__issue")).to_contain_text("(WCAG 2.4.2)")
    counter = '[data-side-panel-toggle="screen-reader"] [data-side-panel-toggle-counter]'
    expect(page.locator(counter)).to_have_text("1")


def test_a_picture_leads_to_its_chooser(editor_page):
    alternative = preview(editor_page, "main figure img").first.get_attribute("alt")
    phrases(editor_page).filter(has_text=alternative).first.press("Enter")
    assert focused(
        editor_page, "Boolean(element.closest('[data-field]')?.querySelector('#id_lead_image'))"
    )
    expect_status(editor_page, "Shown in the preview. Now in the field “Lead picture”.")
    marked = preview(editor_page, "[data-accessibility-place]")
    expect(marked).to_have_count(1)
    assert marked.evaluate("element => Boolean(element.closest('figure'))")


def test_a_cell_of_a_table_leads_to_its_cell_in_the_form(editor_page):
    phrases(editor_page).filter(has_text="1,085").first.press("Enter")
    assert focused(editor_page, "element.value") == "1,085"
    assert "table-cell" in focused(editor_page, "element.name")


def test_a_cell_that_is_too_short_to_be_sought_leads_to_its_table(editor_page):
    number = preview(editor_page, "td").filter(has_text="58").first
    editor_page.locator("[name*=table-cell]").filter(visible=True).evaluate_all(
        "all => all.find(field => field.value === '58').setAttribute('data-of-this-test', '')"
    )
    editor_page.fill("[data-of-this-test]", "7")
    expect(number).to_have_count(0, timeout=PATIENCE)
    phrases(editor_page).filter(has_text=re.compile(r"\b7\b")).filter(
        has_text="วันเฉลี่ยที่ใช้"
    ).first.press("Enter")
    assert focused(editor_page, "element.name").endswith("table-caption")


def test_a_template_that_names_its_blocks_leads_to_them_exactly(editor_page):
    table = editor_page.locator("[data-contentpath]:has([name*=table-caption])").last
    id = table.get_attribute("data-contentpath")
    preview(editor_page, ".table").evaluate(
        "(element, id) => element.setAttribute('data-block-id', id)", id
    )
    phrases(editor_page).filter(has_text="1,085").first.press("Enter")
    assert focused(editor_page, "element.closest('[data-contentpath]').dataset.contentpath") == id


def test_what_stands_around_the_content_is_said_to_have_no_field(editor_page):
    footer = preview(editor_page, "footer a").last.inner_text()
    phrases(editor_page).filter(has_text=footer).last.press("Enter")
    expect_status(editor_page, "Shown in the preview. No field of this form holds it.")
    # The focus stays where one reads on.
    assert footer in focused(editor_page, "element.textContent")


# --- The translator's editor ----------------------------------------------------------------------


@pytest.fixture
def translator_page(sign_in, site) -> Page:
    number = ask(site, f"type=newsroom.NewsArticlePage&locale=en&slug={ENGLISH}")
    page = sign_in("translator", f"/admin/pages/{number}/edit/")
    return open_panel(page)


def translated_preview(page: Page, selector: str) -> Locator:
    return page.frame_locator("[data-frames] iframe").locator(selector)


def test_a_saved_segment_is_read_at_once_and_shown_as_a_change(translator_page):
    page = translator_page
    page.get_by_role("button", name="แก้ไข", exact=True).first.click()
    page.keyboard.press("End")
    page.keyboard.type(" in short")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    heading = phrases(page).filter(has_text="heading level 1")
    expect(heading).to_contain_text("in short", timeout=PATIENCE)
    page.click("#screen-reader-tab-changes")
    change = page.locator("#screen-reader-changes li").filter(has_text="heading level 1")
    expect(change.locator("ins")).to_have_text(re.compile("in short"), timeout=PATIENCE)


def test_a_chosen_phrase_is_marked_in_the_translator_s_preview_and_leads_to_its_segment(
    translator_page,
):
    page = translator_page
    words = translated_preview(page, "main h2").first.inner_text()
    phrases(page).filter(has_text=words).first.press("Enter")
    marked = translated_preview(page, "[data-accessibility-place]")
    expect(marked).to_have_count(1)
    expect(marked).to_have_text(words)
    segment = "element.closest('.js-translation-editor li')?.textContent"
    assert words in focused(page, segment)
