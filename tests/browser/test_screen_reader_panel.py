"""The screen-reader panel of both editors, and the content rules in Wagtail's checks panel."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from .panel import (
    PATIENCE,
    an_article,
    ask,
    open_panel,
    phrases,
    wait_until_edits_are_watched,
)

pytestmark = pytest.mark.browser

SHOUTED = "ประกาศสำคัญ THIS NOTICE CONCERNS ALL OF YOU WITHOUT ANY EXCEPTION"
VIEWS = ("transcript", "headings", "landmarks", "links", "changes")


@pytest.fixture
def editor_page(sign_in, site) -> Page:
    """A Thai article in an editor whose admin is in English, with the panel open."""
    number = an_article(site, "th")
    page = sign_in("admin", f"/admin/pages/{number}/edit/")
    wait_until_edits_are_watched(page)
    return open_panel(page)


def test_an_editor_reads_what_is_announced_in_the_page_s_language(editor_page):
    title = editor_page.input_value("#id_title")
    expect(phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1")).to_contain_text(title)
    expect(phrases(editor_page).filter(has_text="ส่วนเนื้อหาหลัก")).to_have_count(1)
    name = phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1").locator("[lang=th]").last
    expect(name).to_have_text(title)


def test_the_preview_is_shown_beside_and_another_panel_takes_their_place(editor_page):
    expect(editor_page.locator("#w-preview-iframe")).to_be_visible()
    editor_page.click('[data-side-panel-toggle="status"]')
    expect(editor_page.locator("[data-screen-reader]")).to_be_hidden()
    expect(editor_page.locator("#w-preview-iframe")).to_be_hidden()


def test_the_transcript_renews_as_one_types_and_leaves_the_focus_alone(editor_page):
    field = editor_page.locator("#id_title")
    field.focus()
    field.press("End")
    editor_page.keyboard.type(" ฉบับแก้ไข")
    heading = phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1")
    expect(heading).to_contain_text("ฉบับแก้ไข", timeout=PATIENCE)
    expect(field).to_be_focused()


def test_what_is_typed_while_wagtail_saves_is_read_as_well(editor_page):
    # At the last moment: Wagtail then takes the form, with the second text, for the one it saved.
    editor_page.evaluate(
        """() => document.addEventListener(
          "w-autosave:success",
          () => { document.querySelector("#id_title").value = "ข่าวหลัง"; },
          { capture: true, once: true },
        )"""
    )
    editor_page.fill("#id_title", "ข่าวแรก")
    heading = phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1")
    expect(heading).to_contain_text("ข่าวหลัง", timeout=PATIENCE)


def test_what_is_typed_before_wagtail_watches_is_read_as_well(editor_page):
    # As it does two seconds after the editor was opened, whatever stands in the form.
    editor_page.evaluate(
        """() => {
          document.querySelector("#id_title").value = "ข่าวด่วน";
          window.wagtail.app.queryController("w-unsaved").setInitialFormData();
        }"""
    )
    heading = phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1")
    expect(heading).to_contain_text("ข่าวด่วน", timeout=PATIENCE)


def test_choosing_a_phrase_goes_to_its_field_and_marks_its_place_in_the_preview(editor_page):
    heading = phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1")
    heading.press("Enter")
    expect(editor_page.locator("#id_title")).to_be_focused()
    expect(heading).to_have_attribute("aria-current", "true")
    marked = editor_page.frame_locator("#w-preview-iframe").locator("[data-accessibility-place]")
    expect(marked).to_have_count(1)
    expect(marked).to_have_text(editor_page.input_value("#id_title"))
    expect(marked).to_be_in_viewport()


def test_a_paragraph_leads_to_the_paragraph_in_the_rich_text(editor_page):
    frame = editor_page.frame_locator("#w-preview-iframe")
    words = frame.locator("p[data-block-key]").first.inner_text()
    phrases(editor_page).filter(has_text=words[:30]).first.click()
    focused = editor_page.evaluate("document.activeElement.textContent")
    assert words[:30] in focused
    assert editor_page.evaluate("document.activeElement.isContentEditable")


def test_a_complaint_stands_at_its_phrase_and_in_wagtail_s_checks(editor_page):
    editor_page.fill("#id_introduction", SHOUTED)
    phrase = editor_page.locator("#screen-reader-transcript li").filter(has_text="WITHOUT ANY")
    issue = phrase.locator(".screen-reader__issue").first
    expect(issue).to_be_visible(timeout=PATIENCE)
    expect(issue).to_contain_text("WCAG")
    editor_page.click('[data-side-panel-toggle="checks"]')
    row = editor_page.locator("[data-checks-panel] [data-content-checker-row]")
    expect(row.filter(has_text="Text in capitals")).not_to_have_count(0, timeout=PATIENCE)


def test_rules_that_cannot_be_asked_are_not_taken_for_a_clean_page(sign_in, site):
    page = sign_in("admin")
    page.route("**/admin/accessibility/check/", lambda route: route.abort())
    page.goto(f"/admin/pages/{an_article(site, 'th')}/edit/")
    page.click('[data-side-panel-toggle="screen-reader"]')
    status = page.locator("[data-screen-reader] [data-status]")
    expect(status).to_contain_text("could not be checked", timeout=PATIENCE)
    page.click('[data-side-panel-toggle="checks"]')
    row = page.locator("[data-checks-panel] [data-content-checker-row]")
    expect(row.filter(has_text="could not be checked")).to_have_count(1, timeout=PATIENCE)


def test_views_are_chosen_by_the_arrow_keys(editor_page):
    editor_page.locator("#screen-reader-tab-transcript").focus()
    editor_page.keyboard.press("ArrowRight")
    expect(editor_page.locator("#screen-reader-tab-headings")).to_be_focused()
    headings = editor_page.locator("#screen-reader-headings [data-phrase]")
    expect(headings.first).to_be_visible()
    expect(headings.filter(has_not_text="หัวเรื่อง")).to_have_count(0)
    editor_page.keyboard.press("End")
    expect(editor_page.locator("#screen-reader-tab-changes")).to_be_focused()
    editor_page.keyboard.press("ArrowRight")
    expect(editor_page.locator("#screen-reader-tab-transcript")).to_be_focused()


def test_changes_since_publication_are_marked_with_more_than_colour(editor_page):
    editor_page.locator("#id_title").press("End")
    editor_page.keyboard.type(" เพิ่มเติม")
    expect(
        phrases(editor_page).filter(has_text="หัวเรื่องระดับ 1").filter(has_text="เพิ่มเติม")
    ).to_have_count(1, timeout=PATIENCE)
    editor_page.click("#screen-reader-tab-changes")
    change = editor_page.locator("#screen-reader-changes li").filter(has_text="หัวเรื่องระดับ 1")
    expect(change.locator("ins")).to_have_text(re.compile("เพิ่มเติม"), timeout=PATIENCE)
    expect(change).to_contain_text("Changed:")


def test_a_new_page_says_that_it_has_not_been_published(sign_in, site):
    index = ask(site, "type=newsroom.NewsIndexPage&locale=th")
    page = sign_in("admin", f"/admin/pages/add/newsroom/newsarticlepage/{index}/")
    page.fill("#id_title", "ข่าวใหม่")
    open_panel(page)
    page.click("#screen-reader-tab-changes")
    expect(page.locator("#screen-reader-changes")).to_contain_text("not been published yet")


def test_the_translator_s_editor_has_the_panel_in_the_language_of_the_translation(sign_in, site):
    page = sign_in("translator", f"/admin/pages/{an_article(site, 'en')}/edit/")
    expect(page.locator(".js-translation-editor")).to_have_count(1)
    open_panel(page)
    heading = phrases(page).filter(has_text="heading level 1")
    expect(heading).to_have_count(1)
    heading.click()
    assert page.evaluate("Boolean(document.activeElement.closest('.js-translation-editor'))")


def test_a_translation_that_nobody_touched_has_not_changed_since_it_was_published(sign_in, site):
    number = an_article(site, "en")
    with urllib.request.urlopen(f"{site.url}/api/v2/pages/{number}/") as answer:
        assert json.load(answer)["tags"], "an article without tags proves nothing"
    page = open_panel(sign_in("translator", f"/admin/pages/{number}/edit/"))
    page.click("#screen-reader-tab-changes")
    expect(page.locator("#screen-reader-changes")).to_contain_text(
        "Nothing has changed", timeout=PATIENCE
    )


def test_an_editor_without_preview_has_no_panel(sign_in):
    page = sign_in("admin", "/admin/snippets/newsroom/newscategory/")
    links = page.locator("main a[href*='/edit/']")
    addresses = {link.get_attribute("href").split("?")[0] for link in links.all()}
    # The original in Wagtail's editor, and a translation in that of wagtail-localize.
    for address in sorted(addresses)[:2]:
        page.goto(address)
        expect(page.locator('[data-side-panel-toggle="status"]')).to_have_count(1)
        expect(page.locator('[data-side-panel-toggle="screen-reader"]')).to_have_count(0)


@pytest.mark.parametrize("username", ["admin", "editor"], ids=["English admin", "Thai admin"])
def test_the_panel_has_no_barrier_of_its_own(sign_in, site, axe_source, username):
    page = sign_in(username, f"/admin/pages/{an_article(site, 'th')}/edit/")
    page.click('[data-side-panel-toggle="screen-reader"]')
    expect(phrases(page).first).to_be_visible(timeout=PATIENCE)
    page.evaluate(axe_source)
    for view in VIEWS:
        page.click(f"#screen-reader-tab-{view}")
        expect(page.locator(f"#screen-reader-{view} [data-content] > *").first).to_be_attached(
            timeout=PATIENCE
        )
        found = page.evaluate(
            """async () => {
              const { violations } = await axe.run("[data-side-panel=screen-reader]", {
                iframes: false,
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
              });
              return violations.map(({ id, nodes }) => [id, nodes[0].html]);
            }"""
        )
        assert found == []
