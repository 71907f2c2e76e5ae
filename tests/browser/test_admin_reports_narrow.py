"""On a phone of 320 pixels, in Thai, nothing of what we add to the admin is cut off."""

import json

import pytest

from tests.server import Server

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 320, "height": 640}}
#: Elements of `selector` with text beyond the window, or beyond a box that cuts it off.
CUT = """
(selector) => [...document.querySelectorAll(selector)].filter((element) => {
  const { left, right } = element.getBoundingClientRect();
  const isWider = element.scrollWidth > element.clientWidth + 1;
  return left < 0 || right > 320 || isWider || element.scrollHeight > element.clientHeight + 1;
}).map((element) => element.outerHTML.slice(0, 200))
"""


@pytest.fixture(scope="module")
def planted(site: Server) -> dict[str, int]:
    code = "import json; from tests.browser.planted import plant; print(json.dumps(plant()))"
    ids = json.loads(site.manage("shell", "-c", code).stdout.strip().splitlines()[-1])
    site.manage(
        "shell",
        "-c",
        "from wagtail.users.models import UserProfile; UserProfile.objects"
        ".filter(user__username='admin').update(preferred_language='th')",
    )
    return ids


def test_pages_that_need_you_fit_into_their_panel(planted, sign_in):
    page = sign_in("admin", **PHONE)
    assert page.locator(".accessibility-needed td").count() > 0
    assert page.evaluate(CUT, ".accessibility-needed, .accessibility-needed td") == []


def test_the_button_that_publishes_despite_errors_shows_all_its_words(planted, sign_in):
    page = sign_in("admin", f"/admin/accessibility/override/{planted['refused']}/", **PHONE)
    button = ".button.serious"
    assert page.locator(button).count() == 1
    assert page.evaluate(CUT, button) == []


@pytest.mark.parametrize("report", ["overrides", "policies", "findings", "findings/left-to-people"])
def test_a_wide_table_scrolls_in_its_own_frame_that_the_keyboard_reaches(planted, sign_in, report):
    page = sign_in("admin", f"/admin/accessibility/{report}/", **PHONE)
    frame = page.locator("main .accessibility-table")
    assert frame.get_attribute("tabindex") == "0"
    assert frame.get_attribute("aria-label")
    widths = "frame => [frame.getBoundingClientRect().right, frame.scrollWidth - frame.clientWidth]"
    right, hidden = frame.evaluate(widths)
    assert right <= 320
    assert hidden > 0
    assert frame.evaluate("frame => getComputedStyle(frame).overflowX") == "auto"


def test_the_newest_day_of_the_trend_is_in_sight(planted, sign_in):
    page = sign_in("admin", "/admin/accessibility/findings/trend/", **PHONE)
    mark = page.locator(".accessibility-chart__drawing .accessibility-chart__mark--errors").last
    box = mark.bounding_box()
    assert box
    assert 0 <= box["x"] <= 320
