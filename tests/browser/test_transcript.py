"""What the transcript says of a page, in Chromium, and that axe speaks Thai."""

import json

import pytest

from tests.server import ROOT

pytestmark = pytest.mark.browser

MODULE = "/static/accessibility/screen_reader/transcript.js"
READ = """async ([module, html, css, lang, language]) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.documentElement.lang = lang;
  document.title = "ทดลอง";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.body.replaceChildren(...page.body.childNodes);
  document.adoptedStyleSheets = [sheet];
  const { transcript } = await import(module);
  return transcript(document.body, language ? { language } : {});
}"""


@pytest.fixture
def read(visit):
    """Read HTML aloud: `read("<h2>ข่าว</h2>")` gives the phrases after the page's title."""
    page = visit("/th/")

    def run(html, css="", lang="th", language=""):
        return page.evaluate(READ, [MODULE, html, css, lang, language])[1:]

    return run


@pytest.fixture
def said(read):
    return lambda *arguments, **options: [phrase["text"] for phrase in read(*arguments, **options)]


def test_a_thai_page_is_announced_with_thai_role_words(said):
    assert said(
        """<header><nav aria-label="หลัก"><ul>
          <li><a href="/a" aria-current="page">หน้าแรก</a></li><li><a href="/b">ข่าว</a></li>
        </ul></nav></header>
        <main><h1>ประกาศ</h1><img src="x.png" alt="แผนที่"><h2>รายละเอียด</h2></main>"""
    ) == [
        "ส่วนหัวของหน้า",
        "ส่วนนำทาง หลัก",
        "รายการ 2 ข้อ",
        "ลิงก์ หน้าแรก, หน้าปัจจุบัน",
        "ลิงก์ ข่าว",
        "ส่วนเนื้อหาหลัก",
        "หัวเรื่องระดับ 1 ประกาศ",
        "รูปภาพ แผนที่",
        "หัวเรื่องระดับ 2 รายละเอียด",
    ]


def test_the_page_s_language_chooses_the_role_words_unless_another_is_asked_for(said):
    assert said("<h2>News</h2>", lang="en-GB") == ["heading level 2 News"]
    assert said("<h2>Berita</h2>", lang="ms") == ["heading level 2 Berita"]
    assert said("<h2>News</h2>", lang="en", language="th") == ["หัวเรื่องระดับ 2 News"]


def test_each_phrase_tells_its_language_and_a_name_in_two_languages_its_parts(read):
    english, heading = read('<p lang="en">Terms</p><h2>ข่าว <span lang="en">Thailand</span></h2>')
    assert english["lang"] == "en"
    assert heading["parts"] == [
        {"text": "ข่าว ", "lang": "th"},
        {"text": "Thailand", "lang": "en"},
    ]


def test_a_paragraph_is_one_phrase_until_a_link_comes(said):
    assert said("<p>คำขอ<strong>ด่วน</strong> ยื่นที่ <a href='/x'>สำนักงาน</a> ได้</p>") == [
        "คำขอด่วน ยื่นที่",
        "ลิงก์ สำนักงาน",
        "ได้",
    ]


def test_words_of_a_heading_with_a_link_are_said_once(said):
    assert said("<h3><a href='/x'>ข่าว</a></h3>") == ["หัวเรื่องระดับ 3", "ลิงก์ ข่าว"]


def test_what_is_folded_away_is_not_said(said):
    assert said(
        """<details><summary>เพิ่มเติม</summary><p>ซ่อนอยู่</p></details>
        <details open><summary>เปิดแล้ว</summary><p>เห็น</p></details>
        <div class="unseen">ซ่อน</div><p hidden>ซ่อน</p><p aria-hidden="true">ซ่อน</p>""",
        css=".unseen { content-visibility: hidden }",
    ) == [
        "ปุ่มเปิดปิดรายละเอียด เพิ่มเติม, ยุบอยู่",
        "ปุ่มเปิดปิดรายละเอียด เปิดแล้ว, ขยายอยู่",
        "เห็น",
    ]


def test_a_collapsed_list_says_only_what_is_chosen(said):
    assert said(
        "<select aria-label='ภาษา'><option>ไทย<option selected>อังกฤษ<option>มลายู</select>"
    ) == ["กล่องเลือกรายการ ภาษา, อังกฤษ"]


def test_date_and_file_fields_are_told_from_text_fields(said):
    assert said(
        "<input aria-label='ชื่อ' required><input type='date' aria-label='วันที่'>"
        "<input type='file' aria-label='เอกสาร'><input type='checkbox' aria-label='ตกลง'>"
    ) == [
        "ช่องกรอกข้อความ ชื่อ, ต้องกรอก",
        "ช่องวันที่ วันที่",
        "ช่องเลือกไฟล์ เอกสาร",
        "ช่องทำเครื่องหมาย ตกลง, ยังไม่ได้เลือก",
    ]


def test_a_cell_is_said_with_the_header_of_its_column(said):
    assert said(
        """<table><caption>คำร้อง</caption><tr><th>ปี</th><th>จำนวน</th></tr>
        <tr><th scope="row">2568</th><td>12</td></tr></table>"""
    ) == [
        "ตาราง 2 แถว 2 คอลัมน์ คำร้อง",
        "หัวคอลัมน์ ปี",
        "หัวคอลัมน์ จำนวน",
        "หัวแถว 2568",
        "จำนวน: 12",
    ]


def test_a_figure_is_named_by_its_caption(said):
    assert said(
        "<figure><img src='x.png' alt='ฝูงชน'><figcaption>วันเปิดงาน</figcaption></figure>"
    ) == ["ภาพประกอบ วันเปิดงาน", "รูปภาพ ฝูงชน", "วันเปิดงาน"]


def test_a_picture_without_alternative_is_said_by_its_file(said):
    assert said("<img src='/media/IMG_2568.jpg'>") == ["รูปภาพ IMG_2568.jpg"]
    assert said("<p>ก</p><img src='/media/line.png' alt=''>") == ["ก"]


def test_numbers_of_a_list_are_said_as_they_stand(said):
    assert said("<ol start='3'><li>ยื่นคำขอ<li>รอผล</ol>") == [
        "รายการ 2 ข้อ",
        "3. ยื่นคำขอ",
        "4. รอผล",
    ]


def test_words_that_only_the_style_sheet_has_are_said(said):
    assert said(
        "<p class='new'>ประกาศ</p><p class='sign'>ต่อ</p>",
        css=".new::before { content: 'ใหม่ ' } .sign::after { content: '→' }",
    ) == ["ใหม่ ประกาศ", "ต่อ"]


def test_media_and_frames_are_said_even_without_a_name(said):
    assert said("<video controls></video><iframe title='แผนที่'></iframe><iframe></iframe>") == [
        "วิดีโอ",
        "กรอบเนื้อหาฝัง แผนที่",
        "กรอบเนื้อหาฝัง",
    ]


def test_every_selector_finds_its_element(visit):
    page = visit("/th/")
    lost = page.evaluate(
        """async (module) => {
          const { transcript } = await import(module);
          const phrases = await transcript(document.body);
          return [phrases.length, phrases.filter((p) => !document.querySelector(p.selector))];
        }""",
        MODULE,
    )
    assert lost[0] > 20
    assert lost[1] == []


def test_two_readings_of_a_page_are_the_same(visit):
    page = visit("/en/")
    same = page.evaluate(
        """async (module) => {
          const { transcript } = await import(module);
          const read = async () => JSON.stringify(await transcript(document.body));
          return (await read()) === (await read());
        }""",
        MODULE,
    )
    assert same


def test_axe_speaks_thai_about_every_rule_that_it_has(visit, axe_source):
    page = visit("/th/")
    locale = json.loads((ROOT / "accessibility/static/accessibility/axe-th.json").read_text())
    page.evaluate(axe_source)
    english = page.evaluate(
        """locale => {
          axe.configure({ locale });
          return axe.getRules().map(({ ruleId, help }) => [ruleId, help]);
        }""",
        locale,
    )
    assert len(english) > 90
    thai = range(0x0E00, 0x0E80)
    assert [id for id, help in english if not any(ord(sign) in thai for sign in help)] == []


def test_axe_explains_a_failure_in_thai(visit, axe_source):
    page = visit("/th/")
    locale = json.loads((ROOT / "accessibility/static/accessibility/axe-th.json").read_text())
    page.evaluate(axe_source)
    summary = page.evaluate(
        """async (locale) => {
          axe.configure({ locale });
          document.body.innerHTML = '<main><img src="x.png"></main>';
          const { violations } = await axe.run({ runOnly: ["image-alt"] });
          return violations[0].nodes[0].failureSummary;
        }""",
        locale,
    )
    assert "แก้ไขอย่างน้อยหนึ่งข้อต่อไปนี้" in summary
    assert "ไม่มีแอตทริบิวต์ alt" in summary
    assert "Element" not in summary
