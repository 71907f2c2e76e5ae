"""Each check of an audit finds what was planted for it, in a real Chromium, and nothing else."""

from collections.abc import Iterator

import pytest

from accessibility.audits.browser.browsers import Browsers
from accessibility.audits.content_rules import look_by_rules
from accessibility.audits.findings import Look
from accessibility.audits.served import Reply

from .conftest import CHROMIUM

pytestmark = pytest.mark.browser

SITE = "http://audited.test"
GOOD = """<!doctype html>
<html lang="th"><head><meta charset="utf-8"><title>ข่าวประชาสัมพันธ์</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
  body {{ font: 1rem/1.8 sans-serif; color: #111; background: #fff; margin: 1rem; }}
  a:focus-visible, button:focus-visible, input:focus-visible {{ outline: 3px solid #00f; }}
  button, input {{ min-height: 44px; min-width: 44px; font: inherit; }}
  {css}
</style>{head}</head>
<body>
<header><nav aria-label="หลัก"><p>ไปที่ <a href="/th/">หน้าแรก</a> หรือ
<a href="/th/news/">ข่าวทั้งหมด</a></p></nav></header>
<main id="main"><h1>ผลการประชุมประจำเดือน</h1>
<p>ที่ประชุมมีมติเห็นชอบแผนงานประจำปี อ่านได้ใน <a href="/th/plan/">แผนงานประจำปี</a> ของสำนักงาน</p>
{body}
</main></body></html>"""

#: What is planted: the rule that has to find it, then style sheet, content and head of the page.
PLANTED = {
    "a picture without alternative (axe)": ("image-alt", "", '<img src="/a.png">', ""),
    "a target of 12 pixels (axe)": (
        "target-size",
        ".tiny { min-height: 0; min-width: 0; width: 12px; height: 12px; padding: 0; border: 0; }",
        '<button class="tiny" aria-label="ก"></button>'
        '<button class="tiny" aria-label="ข"></button>',
        "",
    ),
    "a box of 700 pixels": (
        "reflow",
        ".wide { width: 700px; }",
        '<p class="wide">ตารางกว้าง</p>',
        "",
    ),
    "a bar that fills a window at 400 %": (
        "reflow",
        ".bar { position: sticky; top: 0; height: 200px; background: #fff; }",
        '<p class="bar">เมนู</p>',
        "",
    ),
    "a box that cuts off wider lines": (
        "text-spacing",
        ".box { font-family: monospace; width: 20ch; white-space: nowrap; overflow: hidden; }",
        '<p class="box" lang="en">Twenty letters fit.</p>',
        "",
    ),
    "spacing that cannot be changed": (
        "text-spacing",
        "",
        '<p style="line-height: 1 !important">ระยะบรรทัดที่ปรับไม่ได้</p>',
        "",
    ),
    "text in pixels": ("text-resize", ".px { font-size: 16px; }", '<p class="px">ตัวหนังสือ</p>', ""),
    "a box that is too low for larger text, which runs over what follows": (
        "text-resize",
        ".low { height: 60px; width: 300px; } .low + p { margin: 0; }",
        '<div class="low">ยื่นคำขอได้ที่ศูนย์บริการประชาชนทุกวันทำการ</div><p>ปิดทำการในวันหยุดราชการ</p>',
        "",
    ),
    "a box that is too low for wider text, which runs over what follows": (
        "text-spacing",
        ".low { font-family: monospace; width: 20ch; height: 1.8em; } .low + p { margin: 0; }",
        '<div class="low" lang="en">Twenty letters, fit.</div><p lang="en">The next sentence.</p>',
        "",
    ),
    "no outline": (
        "focus-visible",
        ".bare:focus-visible { outline: none; }",
        '<p>อ่าน <a class="bare" href="/th/a/">ระเบียบวาระ</a> ของที่ประชุม</p>',
        "",
    ),
    "a bar over what has the focus": (
        "focus-obscured",
        ".cover { position: fixed; inset: auto 0 0 0; height: 60px; background: #fff; } "
        "main { min-height: 200vh; } .last { position: fixed; bottom: 5px; left: 5px; }",
        '<p class="last"><a href="/th/a/">ลิงก์ที่ถูกบัง</a></p><p class="cover">แถบ</p>',
        "",
    ),
    "buttons in reverse": (
        "focus-order",
        ".row { display: flex; flex-direction: row-reverse; justify-content: start; }",
        '<div class="row"><button>ขั้นที่หนึ่ง</button><button>ขั้นที่สอง</button></div>',
        "",
    ),
    "a field that does not let go": (
        "keyboard-trap",
        "",
        '<p><label>ชื่อ <input id="trap"></label></p><p><button>ส่ง</button></p><script>'
        "document.getElementById('trap').addEventListener('keydown', (event) => {"
        "if (event.key === 'Tab') event.preventDefault(); });</script>",
        "",
    ),
    "a part that is left only backwards": (
        "keyboard-trap",
        "",
        '<p><button id="one">หนึ่ง</button></p><p><button id="two">สอง</button></p>'
        '<p><button>สาม</button></p><script>document.getElementById("two")'
        ".addEventListener('blur', () => document.getElementById('one').focus());</script>",
        "",
    ),
    "a target of 30 pixels": (
        "target-size-44",
        ".small { min-height: 0; min-width: 0; width: 30px; height: 30px; margin: 20px; }",
        '<button class="small">ก</button>',
        "",
    ),
    "Thai words that a script wrote into an English part": (
        "language-unmarked",
        "",
        '<div lang="en"><p>The office is open on working days.</p><p id="late">Loading</p></div>'
        "<script>document.getElementById('late').textContent = "
        "'สำนักงานเปิดทำการทุกวันราชการ ไม่เว้นวันหยุด';</script>",
        "",
    ),
    "content that only a script writes": (
        "scripts-off",
        "",
        '<div id="app"></div><script>document.getElementById("app").innerHTML = '
        "'<p>' + 'มติที่ประชุมเรื่องงบประมาณประจำปีและแผนงานของสำนักงาน'.repeat(9) + '</p>';</script>",
        "",
    ),
    "a symbol that forced colours take away": (
        "forced-colours",
        ".sign { width: 48px; height: 48px; background: #111; border: 0; "
        "mask: linear-gradient(#000, #000) center / 20px 20px no-repeat; }",
        '<p><button class="sign" aria-label="ค้นหา"></button></p>',
        "",
    ),
    "a focus that is only a shadow": (
        "forced-colours",
        ".shadow:focus-visible { outline: none; box-shadow: 0 0 0 4px #00f; }",
        '<p>อ่าน <a class="shadow" href="/th/a/">ระเบียบวาระ</a> ของที่ประชุม</p>',
        "",
    ),
}

#: What else is wrong with what was planted.
ALSO = {
    "a target of 12 pixels (axe)": {"target-size-44", "forced-colours"},
    "a bar over what has the focus": {"target-size-44"},
    "a part that is left only backwards": {"focus-visible"},
    "Thai words that a script wrote into an English part": {"scripts-off"},
}


def page(css: str = "", body: str = "", head: str = "") -> str:
    return GOOD.format(css=css, body=body, head=head)


class Pages:
    """A site of pages in memory."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}

    def get(self, url: str) -> Reply:
        html = self.pages.get(url)
        if html is None:
            return Reply(404)
        return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())


@pytest.fixture(scope="module")
def look() -> Iterator:
    """Look at a page of this HTML: `look(html)`."""
    site = Pages()
    with Browsers(CHROMIUM, site.get, largest_text="preferences=1.text_size-200") as browsers:

        def look_at(html: str) -> Look:
            url = f"{SITE}/{len(site.pages)}/"
            site.pages[url] = html
            return browsers.look(url, "th").result()

        yield look_at


def rules(look: Look) -> set[str]:
    return {found.rule for found in look.found}


def test_a_good_page_gives_nothing_and_every_check_is_made(look):
    seen = look(page())
    assert seen.found == []
    assert seen.failure == ""
    assert seen.not_checked == {}
    assert {engine["name"] for engine in seen.engines} == {
        "Chromium",
        "axe-core",
        "virtual-screen-reader",
    }
    assert all(engine["version"] for engine in seen.engines)


def test_the_transcript_says_the_page_in_order(look):
    said = [phrase["text"] for phrase in look(page()).transcript]
    assert said[0] == "หน้าเว็บ ข่าวประชาสัมพันธ์"
    heading = next(phrase for phrase in said if "ผลการประชุมประจำเดือน" in phrase)
    link = next(phrase for phrase in said if "ข่าวทั้งหมด" in phrase)
    assert heading != "ผลการประชุมประจำเดือน"
    assert said.index(link) < said.index(heading)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_failure_is_found_and_nothing_else(look, planted):
    rule, css, body, head = PLANTED[planted]
    seen = look(page(css, body, head))
    assert seen.failure == ""
    assert rules(seen) == {rule} | ALSO.get(planted, set())
    finding = next(found for found in seen.found if found.rule == rule)
    assert finding.selector
    assert finding.message["en"] != finding.message["th"]


def test_a_frame_that_is_larger_than_the_window_is_not_covered_by_a_bar_at_its_top(look):
    css = """
      .bar { position: sticky; top: 0; height: 60px; margin: 0; background: #fff; z-index: 1; }
      .frame { height: 3000px; width: 2000px; } .frame:focus { outline: 3px solid #00f; }
      .scroller { overflow-x: auto; }
    """
    body = (
        '<p class="bar">แถบ</p><div class="scroller"><div class="frame" tabindex="0" role="group" '
        'aria-label="ตาราง"><p>ข้อมูล</p></div></div>'
    )
    assert "focus-obscured" not in rules(look(page(css, body)))


def test_text_that_runs_out_of_its_box_over_no_other_text_is_no_fault(look):
    css = """
      .low { height: 60px; width: 300px; margin-bottom: 400px; }
      .menu { position: relative; height: 44px; }
      .menu ul { position: absolute; top: 20px; margin: 0; background: #fff; z-index: 1; }
      h2 { line-height: 1; height: 1em; margin: 0; }
    """
    body = (
        '<div class="low">ยื่นคำขอได้ที่ศูนย์บริการประชาชนทุกวันทำการ</div><p>ปิดทำการในวันหยุดราชการ</p>'
        '<div class="menu"><ul><li>ข้อแรกของเมนู</li><li>ข้อที่สองของเมนู</li></ul></div>'
        "<p>ข้อความใต้เมนู</p><h2>ผู้ใหญ่ใจดี</h2><p>ญัตติที่ปรึกษา</p>"
    )
    assert look(page(css, body)).found == []


def test_what_axe_cannot_decide_is_left_to_people_with_its_place(look):
    css = ".on { background: linear-gradient(#fff, #111); color: #777; }"
    many = "".join(f'<p class="on">ข้อความที่ {number} บนภาพ</p>' for number in range(12))
    seen = look(page(css, many))
    assert seen.found == []
    assert seen.not_checked == {"color-contrast": "needs-person"}
    (left,) = seen.left_to_people
    assert (left["rule"], left["criterion"], left["count"]) == ("color-contrast", "1.4.3", 12)
    assert len(left["places"]) == 10
    first = left["places"][0]
    assert first["selector"]
    assert first["excerpt"] == '<p class="on">ข้อความที่ 0 บนภาพ</p>'


def test_an_empty_link_counts_once_though_two_engines_find_it(look):
    html = page(body='<p>อ่าน <a href="/th/a/"></a> และ <a href="/th/b/"><span></span></a></p>')
    seen = look_by_rules(html, "th")
    seen.add(look(html))
    faults = [found for found in seen.found if found.rule in ("link-name-missing", "link-name")]
    assert [found.rule for found in faults] == ["link-name-missing"] * 2


def test_text_that_the_site_itself_cannot_enlarge_is_found(look):
    css = ":root { font-size: 100% }"
    script = (
        "<script>if (document.cookie.includes('text_size-200'))"
        "document.documentElement.style.fontSize = '200%';</script>"
    )
    assert look(page(css, head=script)).found == []
    small = "p { font-size: 1rem } :root[style] p { font-size: .5rem }"
    assert "text-resize" in rules(look(page(small, head=script)))
