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
    # As in a template that forgot it. Heard before the panel hears of the preview, whose findings
    # Wagtail's checks may have asked for already.
    page.evaluate(
        """() => document.addEventListener("w-preview:loaded", () => {
          const { contentDocument } = document.getElementById("w-preview-iframe");
          contentDocument.title = "";
          delete contentDocument.accessibilityFindings;
        })"""
    )
    open_panel(page)
    transcript = page.locator("#screen-reader-transcript [data-content]")
    heading = transcript.locator("h4")
    expect(heading).to_have_text("The whole page", timeout=PATIENCE)
    expect(transcript.locator("h4 + .screen-reader__issue")).to_contain_text("(WCAG 2.4.2)")
    counter = '[data-side-panel-toggle="screen-reader"] [data-side-panel-toggle-counter]'
    expect(page.locator(counter)).to_have_text("1")


def test_a_picture_leads_to_the_field_of_its_alternative(editor_page):
    alternative = preview(editor_page, "main figure img").first.get_attribute("alt")
    phrases(editor_page).filter(has_text=alternative).first.press("Enter")
    assert focused(editor_page, "element.id") == "id_lead_image_alt"
    expect_status(
        editor_page,
        "Shown in the preview. Now in the field “Alternative of the lead image”.",
    )
    marked = preview(editor_page, "[data-accessibility-place]")
    expect(marked).to_have_count(1)
    assert marked.evaluate("element => Boolean(element.closest('figure'))")


def test_a_picture_whose_alternative_is_written_elsewhere_leads_to_its_chooser(editor_page):
    # As of pictures in the body, whose description belongs to the picture.
    editor_page.fill("#id_lead_image_alt", "")
    phrases(editor_page).filter(has_text="เจ้าหน้าที่สามคน").first.press("Enter")
    assert focused(editor_page, "Boolean(element.closest('.image-chooser'))")


def test_a_chosen_thing_of_another_kind_leads_to_its_chooser_by_its_name(editor_page):
    phrases(editor_page).filter(has_text="เรื่องร้องเรียนและการคุ้มครองสิทธิ").first.press("Enter")
    assert focused(editor_page, "Boolean(element.closest('#id_category-chooser'))")
    expect_status(editor_page, "Shown in the preview. Now in the field “Category”.")


def test_a_cell_of_a_table_leads_to_its_cell_in_the_form(editor_page):
    phrases(editor_page).filter(has_text="1,085").first.press("Enter")
    assert focused(editor_page, "element.value") == "1,085"
    assert "table-cell" in focused(editor_page, "element.name")
    expect_status(editor_page, "Shown in the preview. Now in the field “Table”.")


def test_a_cell_of_one_letter_leads_to_its_cell_as_well(editor_page):
    editor_page.locator("[name$=table-cell-0-2]").fill("7")
    cell = phrases(editor_page).filter(has_text=re.compile(r"วันเฉลี่ยที่ใช้: 7\b"))
    expect(cell).to_have_count(1, timeout=PATIENCE)
    cell.press("Enter")
    assert focused(editor_page, "element.name").endswith("table-cell-0-2")


def test_a_template_that_names_its_blocks_leads_to_them_exactly(editor_page):
    table = editor_page.locator("[data-contentpath]:has([name*=table-caption])").last
    id = table.get_attribute("data-contentpath")
    preview(editor_page, ".table").evaluate(
        "(element, id) => element.setAttribute('data-block-id', id)", id
    )
    phrases(editor_page).filter(has_text="หัวคอลัมน์ จำนวนเรื่อง").first.press("Enter")
    inside = "element.closest(`[data-contentpath='${id}']`) !== null"
    assert editor_page.evaluate(
        f"(id) => {{ const element = document.activeElement; return {inside} }}", id
    )


def test_words_of_the_menu_that_stand_in_the_text_by_chance_lead_nowhere(editor_page):
    phrases(editor_page).filter(has_text="ลิงก์ หน้าแรก").first.press("Enter")
    expect_status(editor_page, "Shown in the preview. No field of this form holds it.")


def test_what_stands_around_the_content_is_said_to_have_no_field(editor_page):
    footer = preview(editor_page, "footer a").last.inner_text()
    phrases(editor_page).filter(has_text=footer).last.press("Enter")
    expect_status(editor_page, "Shown in the preview. No field of this form holds it.")
    # The focus stays where one reads on.
    assert footer in focused(editor_page, "element.textContent")


def test_a_chosen_phrase_stays_chosen_while_one_mends_it(editor_page):
    heading = phrases(editor_page).filter(has_text="จำนวนและความรวดเร็ว")
    heading.press("Enter")
    editor_page.keyboard.press("End")
    editor_page.keyboard.type(" ใหม่")
    renewed = phrases(editor_page).filter(has_text="จำนวนและความรวดเร็ว ใหม่")
    expect(renewed).to_have_attribute("aria-current", "true", timeout=PATIENCE)
    marked = preview(editor_page, "[data-accessibility-place]")
    expect(marked).to_have_text("จำนวนและความรวดเร็ว ใหม่")


def test_the_focus_stays_on_a_change_while_the_preview_renews(editor_page):
    editor_page.fill("#id_introduction", "บทนำใหม่ที่สั้นกว่าเดิม")
    editor_page.click("#screen-reader-tab-changes")
    change = phrases(editor_page, "changes").filter(has_text="บทนำใหม่")
    expect(change).to_have_count(1, timeout=PATIENCE)
    change.focus()
    editor_page.evaluate(
        """() => {
          const field = document.querySelector("#id_introduction");
          field.value += " อีกครั้ง";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    expect(phrases(editor_page, "changes").filter(has_text="อีกครั้ง")).to_be_focused(timeout=PATIENCE)


def test_words_in_another_language_are_a_change(sign_in, site):
    page = sign_in("admin")
    page.goto(f"/admin/pages/{an_article(site, 'th')}/edit/")
    page.evaluate(
        """() => document.addEventListener("w-preview:loaded", () => {
          const { contentDocument } = document.getElementById("w-preview-iframe");
          contentDocument.querySelector("h1").lang = "en";
        })"""
    )
    open_panel(page)
    page.click("#screen-reader-tab-changes")
    change = page.locator("#screen-reader-changes li").filter(has_text="หัวเรื่องระดับ 1")
    expect(change.locator("del")).to_have_text("th", timeout=PATIENCE)
    expect(change.locator("ins")).to_have_text("en")


def test_a_published_version_that_cannot_be_read_is_not_called_unpublished(sign_in, site):
    page = sign_in("admin")
    page.route("**/admin/accessibility/published/**", lambda route: route.abort())
    page.goto(f"/admin/pages/{an_article(site, 'th')}/edit/")
    open_panel(page)
    page.click("#screen-reader-tab-changes")
    expect(page.locator("#screen-reader-changes")).to_contain_text(
        "could not be read", timeout=PATIENCE
    )
    page.unroute("**/admin/accessibility/published/**")
    page.click("#screen-reader-tab-links")
    page.click("#screen-reader-tab-changes")
    expect(page.locator("#screen-reader-changes")).to_contain_text(
        "Nothing has changed", timeout=PATIENCE
    )


@pytest.mark.parametrize("width", [390, 700])
def test_in_a_narrow_window_a_chosen_phrase_leads_to_a_field_that_is_seen(sign_in, site, width):
    number = ask(site, f"type=newsroom.NewsArticlePage&locale=th&slug={quote(ARTICLE)}")
    size = {"width": width, "height": 800}
    page = open_panel(sign_in("admin", f"/admin/pages/{number}/edit/", viewport=size))
    heading = phrases(page).filter(has_text="จำนวนและความรวดเร็ว")
    heading.press("Enter")
    assert focused(page, "element.value").startswith("จำนวนและความรวดเร็ว")
    seen = """element => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2) === element;
    }"""
    expect(page.locator("[data-screen-reader]")).to_be_hidden()
    assert page.evaluate(f"({seen})(document.activeElement)")
    # Opened again, it stands where one left it.
    page.click('[data-side-panel-toggle="screen-reader"]')
    expect(heading).to_have_attribute("aria-current", "true")


def test_with_the_system_s_colours_the_chosen_tab_and_phrase_are_told_apart(sign_in, site):
    number = an_article(site, "th")
    page = open_panel(sign_in("admin", f"/admin/pages/{number}/edit/", forced_colors="active"))
    line = "element => getComputedStyle(element).borderBottomColor"
    chosen = page.locator("#screen-reader-tab-transcript").evaluate(line)
    assert chosen != page.locator("#screen-reader-tab-links").evaluate(line)
    heading = phrases(page).filter(has_text="หัวเรื่องระดับ 1")
    heading.press("Enter")
    width = "element => getComputedStyle(element).borderInlineStartWidth"
    assert heading.evaluate(width) == "3px"


def test_the_keyboard_goes_through_the_panel_and_out_of_it(editor_page):
    page = editor_page
    # From the last stop before the panel: its toggle lies far above the form.
    page.locator("#screen-reader-tab-transcript").focus()
    inside = "Boolean(element.closest('[data-side-panel=screen-reader]'))"
    heard = []
    for _press in range(phrases(page).count() + 5):
        page.keyboard.press("Tab")
        if not focused(page, inside):
            break
        heard.append(focused(page, "element.dataset.phrase ?? element.id"))
    else:
        raise AssertionError("the panel does not let the keyboard go on")
    view, *numbers = heard
    assert view == "screen-reader-transcript"
    assert numbers == [str(number) for number in range(phrases(page).count())]
    page.keyboard.press("Shift+Tab")
    assert focused(page, "element.dataset.phrase") == numbers[-1]


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
    page.get_by_role("button", name="Edit", exact=True).first.click()
    page.keyboard.press("End")
    page.keyboard.type(" in short")
    page.get_by_role("button", name="Save", exact=True).click()
    heading = phrases(page).filter(has_text="heading level 1")
    expect(heading).to_contain_text("in short", timeout=PATIENCE)
    page.click("#screen-reader-tab-changes")
    change = page.locator("#screen-reader-changes li").filter(has_text="heading level 1")
    expect(change.locator("ins")).to_have_text(re.compile("in short"), timeout=PATIENCE)


def test_a_chosen_phrase_is_marked_in_the_translator_s_preview_and_leads_to_its_segment(
    translator_page,
):
    page = translator_page
    words = translated_preview(page, ".prose h2").first.inner_text()
    phrases(page).filter(has_text=words).first.press("Enter")
    marked = translated_preview(page, "[data-accessibility-place]")
    expect(marked).to_have_count(1)
    expect(marked).to_have_text(words)
    segment = "element.closest('.js-translation-editor li:has(p)')?.textContent"
    assert words in focused(page, segment)
