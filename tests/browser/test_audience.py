"""A view is counted in a real browser, with scripts and without, and leaves nothing behind."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# Chromium in a test says that it is headless, which is a robot.
READER = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)


STORY = "เตรียมพร้อมก่อนน้ำมา: ลงทะเบียนขอความช่วยเหลือพิเศษล่วงหน้าได้แล้ว"


def visit_home(visit, **options):
    page = visit("/th/", **options)
    page.wait_for_load_state("networkidle")  # its own beacon has been answered
    return page


def open_story(page):
    page.get_by_role("link", name=STORY).first.click()
    expect(page.locator("h1")).to_have_text(STORY)


def test_a_reader_sees_the_counts_with_the_own_view_in_them_and_gets_no_cookie(visit):
    page = visit_home(visit, user_agent=READER)
    with page.expect_response("**/audience/view/") as answered:
        open_story(page)
    answer = answered.value.json()
    assert answer["counted"] is True
    assert int(re.search(r"[\d,]+", answer["views"])[0].replace(",", "")) >= 1
    for name in ("views", "visitors_total", "visitors_today"):
        expect(page.locator(f"[data-audience={name}]").first).to_have_text(answer[name])
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_reader_without_scripts_is_counted_by_a_picture_and_sees_the_counts(visit):
    page = visit_home(visit, user_agent=READER, java_script_enabled=False)
    with page.expect_response("**/audience/view.gif*") as answered:
        open_story(page)
    assert answered.value.status == 200
    assert answered.value.headers["content-type"] == "image/gif"
    expect(page.locator("[data-audience=views]").first).to_have_text(re.compile(r"\d"))
    expect(page.locator("[data-audience=visitors_total]").first).to_have_text(re.compile(r"\d"))
    assert page.context.cookies() == []


def test_a_robot_reads_the_same_page_and_is_not_counted(visit):
    page = visit_home(visit)
    with page.expect_response("**/audience/view/") as answered:
        open_story(page)
    assert answered.value.json()["counted"] is False


def test_a_tab_in_the_background_counts_when_it_is_first_looked_at(visit):
    page = visit_home(visit, user_agent=READER)
    page.add_init_script(
        "Object.defineProperty(document, 'visibilityState', {get: () => window.shown || 'hidden'})"
    )
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    open_story(page)
    page.wait_for_load_state("networkidle")
    assert not [url for url in sent if "/audience/" in url]
    with page.expect_response("**/audience/view/"):
        page.evaluate(
            "window.shown = 'visible'; document.dispatchEvent(new Event('visibilitychange'))"
        )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert len([url for url in sent if "/audience/" in url]) == 1
