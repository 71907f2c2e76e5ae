"""Headings: the outline by which a screen reader's user walks through a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import BLOCKS, HEADINGS, Document, Element
from .model import Example, Problem, Text, rule
from .names import name
from .text import in_capitals
from .writing import has_word, length, says_something

LONGEST_HEADING = 200
LONGEST_BOLD_LINE = 90

#: What may follow a line that was made bold to serve as its heading.
_BODY = frozenset(("p", "ul", "ol", "dl", "table", "figure", "blockquote", "div"))
#: Where a line of bold letters stands that is no paragraph of its own.
_HOLDERS = ("p", "div", "body", "main", "article", "section")
_DATE = (
    r"(?:[0-9๐-๙]{1,2}\s(?:[ก-๙]{1,3}\.[คพย]\.|[ก-๙]{4,8}(?:คม|ยน|พันธ์)|[A-Z][a-z]{2,8})"
    r"\s(?:พ\.ศ\.\s?)?[0-9๐-๙]{4}|[A-Z][a-z]{2,8}\s[0-9]{1,2},?\s[0-9]{4})"
)
#: A date, after the name of a place at most.
_DATELINE = re.compile(rf"[^0-9๐-๙]{{0,20}}{_DATE}\)?$")
#: A signature, whom to call, a credit, a stamp, a saying: what is bold here names no section.
_NO_SECTION = re.compile(
    r"(?:นาย(?!ก|จ้าง)|นางสาว|นาง(?!ก)|น\.ส\.|ดร\.|ศ\.|รศ\.|ผศ\.|พล\.|พ\.ต\.|โทร|สายด่วน|"
    r"(?:ว่าที่\s?)?(?:พล|พัน|ร้อย|นาวา|เรือ)(?:ตำรวจ|เรือ|อากาศ)?(?:เอก|โท|ตรี)\s?[ก-๙]|"
    r"(?:รอง|ผู้ช่วย)?ศาสตราจารย์\s|ม\.[รลจ]\.|หม่อม(?:ราชวงศ์|หลวง|เจ้า)|"
    r"คุณ(?!ภาพ|สมบัติ|ธรรม|ค่า|ลักษณะ|วุฒิ|ประโยชน์|รู้)[ก-๙]{2,20}\s[ก-๙]{2,25}$|"
    r"(?:Mr|Ms|Mrs|Dr|Prof|Tel|Phone|Call(?! for)|Hotline)\b|"
    r"(?:แหล่ง)?(?:ที่มา|ข้อมูล)\s?:\s?\S|(?:ข่าว|ภาพ)\s?[:/]\s?\S|เครดิตภาพ|ภาพโดย|ภาพและข่าว|"
    r"(?:Sources?|Photos?|Image|Credits?)(?::\s?\S|\sby\b)|"
    r"(?:for immediate release|press release|embargoed\b.*|ด่วน(?:ที่สุด|มาก)?|ลับ(?:ที่สุด|มาก)?|"
    r"เผยแพร่ทันที|ข่าวประชาสัมพันธ์|ข่าวแจก)$|"
    r"[“\"«][^”\"»]*[”\"»]$)",
    re.I,
)
#: Characters from which a line below a bold one is text, and not a post or a place.
LEAST_BODY = 60
_CONTACT = re.compile(r"ถนน|แขวง|ตำบล|เลขที่|หมู่ที่|โทร|อีเมล|@|\b(?:Road|Street|Tel|Phone)\b")
#: Of the sizes of the element font, those of headings.
_LARGE = re.compile(r"[567]|\+[2-4]")
_NOT_A_SECTION = ("li", "td", "th", "figcaption", "blockquote", "caption", "dd", "dt", "button")


@rule(
    "heading-empty",
    criterion="2.4.6",
    severity="error",
    name=Text(en="Empty heading", th="หัวเรื่องว่าง"),
    message=Text(
        en="This level {level} heading says nothing.",
        th="หัวเรื่องระดับ {level} นี้ไม่มีข้อความ",
    ),
    remedy=Text(
        en="Write a heading, or delete it. For space between paragraphs nothing is needed.",
        th="เขียนข้อความหัวเรื่อง หรือลบออก หากต้องการเว้นระยะระหว่างย่อหน้า ไม่ต้องใช้หัวเรื่องว่าง",
    ),
    passes=("<h2>ผลการประชุม</h2>", '<h2><img src="logo.png" alt="สำนักงาน คสข."></h2>'),
    fails=(
        "<h2></h2>",
        "<h3>&nbsp;<br></h3>",
        '<h2><img src="line.png" alt=""></h2>',
        "<h2>-</h2>",
        "<h2>***</h2>",
        "<h2>&#8203;</h2>",
    ),
)
def heading_empty(document: Document) -> Iterator[Problem]:
    for heading in document.headings:
        if not says_something(name(heading)):
            yield Problem(heading, {"level": heading.heading_level})


@rule(
    "heading-level-skipped",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Skipped heading level", th="ระดับหัวเรื่องข้ามขั้น"),
    message=Text(
        en="The heading level jumps from {previous} to {level}.",
        th="ระดับหัวเรื่องข้ามจาก {previous} ไป {level}",
    ),
    remedy=Text(
        en="Use level {expected} here. Choose a level for the outline, never for its size.",
        th="ใช้หัวเรื่องระดับ {expected} ตรงนี้ เลือกระดับตามโครงสร้างเนื้อหา ไม่ใช่ตามขนาดตัวอักษร",
    ),
    passes=(
        "<h2>ผลการประชุม</h2><h3>วาระที่ 1</h3><h2>การดำเนินงานต่อไป</h2>",
        "<h4>ตอนย่อยของหน้าที่มีหัวเรื่องอยู่แล้ว</h4>",
    ),
    fails=(
        "<h2>ผลการประชุม</h2><h4>วาระที่ 1</h4>",
        "<!doctype html><body><h3>ผลการประชุม</h3>",
        '<h2>ผล</h2><div role="heading" aria-level="5">วาระที่ 1</div>',
    ),
)
def heading_level_skipped(document: Document) -> Iterator[Problem]:
    # A fragment goes on under a heading of its page's template, which is not to be seen here.
    previous = 1 if document.page else 6
    for heading in document.headings:
        level = heading.heading_level
        if level > previous + 1:
            values = {"previous": previous, "level": level, "expected": previous + 1}
            yield Problem(heading, values)
        previous = level


@rule(
    "heading-too-long",
    criterion="2.4.6",
    severity="advice",
    name=Text(en="Long heading", th="หัวเรื่องยาวเกินไป"),
    message=Text(
        en="This heading has {length} characters; listeners lose the thread after about {longest}.",
        th="หัวเรื่องนี้ยาว {length} ตัวอักษร ผู้ฟังจะจับใจความได้ยากเมื่อเกินประมาณ {longest} ตัวอักษร",
    ),
    remedy=Text(
        en="Shorten it to what the section is about; move the rest into the first paragraph.",
        th="ย่อให้เหลือเฉพาะสาระสำคัญ แล้วย้ายรายละเอียดไปไว้ในย่อหน้าแรก",
    ),
    passes=(
        "<h1>คสข. เผยผลการตรวจสอบกรณีร้องเรียนว่าโรงงานในจังหวัดระยองปล่อยน้ำเสียลงคลองสาธารณะ "
        "แนะหน่วยงานที่เกี่ยวข้องเร่งเยียวยาประชาชน</h1>",
    ),
    fails=(f"<h2>{'ผลการประชุมคณะกรรมการส่งเสริมสิทธิและการเข้าถึง' * 8}</h2>",),
)
def heading_too_long(document: Document) -> Iterator[Problem]:
    for heading in document.headings:
        text = heading.text
        size = length(text) if len(text) > LONGEST_HEADING else 0
        if size > LONGEST_HEADING:
            yield Problem(heading, {"length": size, "longest": LONGEST_HEADING})


@rule(
    "heading-capitals",
    criterion="3.1.5",
    severity="advice",
    name=Text(en="Heading in capitals", th="หัวเรื่องเป็นตัวพิมพ์ใหญ่ทั้งหมด"),
    message=Text(
        en="The whole heading is in capitals, which is slow to read and may be spelt out.",
        th="หัวเรื่องเป็นตัวพิมพ์ใหญ่ทั้งหมด อ่านได้ช้า และโปรแกรมอ่านหน้าจออาจสะกดทีละตัว",
    ),
    remedy=Text(
        en="Write it in sentence case.",
        th="เขียนด้วยตัวพิมพ์เล็ก และใช้ตัวพิมพ์ใหญ่เฉพาะตัวแรกและชื่อเฉพาะ",
    ),
    passes=(
        Example("<h2>WCAG 2.2</h2><h2>NHRC</h2>", "en"),
        "<h2>รายงานของ UNESCO และ UNHCR ต่อ NHRC</h2>",
        Example("<h2>NHRC and UNESCO sign an agreement</h2>", "en"),
        Example("<h2>PART II</h2><h2>CHAPTER IV</h2><h2>III</h2>", "en"),
        Example("<h2>NEWS</h2><h2>ASEAN AICHR</h2><h2>CEDAW CRC CRPD ICCPR ICESCR</h2>", "en"),
    ),
    fails=(
        Example("<h2>ANNUAL REPORT ON HUMAN RIGHTS</h2>", "en"),
        Example("<h2>LATEST NEWS</h2>", "en"),
        Example("<h2>INTRODUCTION</h2>", "en"),
        Example("<h2>CONTACT</h2>", "en"),
        Example("<h2>FORUM ON LAND</h2>", "en"),
        Example("<h2>ABOUT US</h2>", "en"),
        Example("<h2>PLEASE READ THIS</h2>", "en"),
        Example("<h2>BREAKING NEWS</h2>", "en"),
        Example("<h2>IMPORTANT NOTICE</h2>", "en"),
        Example('<h2 style="text-transform: uppercase">Annual report on rights</h2>', "en"),
    ),
)
def heading_capitals(document: Document) -> Iterator[Problem]:
    for heading in document.headings:
        if in_capitals(heading):
            yield Problem(heading)


@rule(
    "heading-look-alike",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Bold paragraph posing as heading", th="ย่อหน้าตัวหนาที่ใช้แทนหัวเรื่อง"),
    message=Text(
        en="“{text}” looks like a heading and is a paragraph: no outline lists it.",
        th="“{text}” ดูเหมือนหัวเรื่องแต่เป็นเพียงย่อหน้าตัวหนา จึงไม่ปรากฏในโครงสร้างหัวเรื่อง",
    ),
    remedy=Text(
        en="Make it a heading of the fitting level, or write it into the paragraph.",
        th="เปลี่ยนเป็นหัวเรื่องในระดับที่เหมาะสม หรือรวมไว้ในย่อหน้าถัดไป",
    ),
    passes=(
        "<h2>ผลการประชุม</h2><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>ที่ประชุมมีมติเห็นชอบ</b> ตามที่เสนอ</p><p>และให้รายงานผล</p>",
        "<p><strong>โปรดส่งเอกสารภายในวันที่ 30 พฤศจิกายน 2569.</strong></p><p>ขอบคุณ</p>",
        "<p><b>ติดต่อสอบถาม</b></p>",
        "<p><b>นายสมชาย ใจดี</b></p><p><b>ประธานกรรมการ</b></p>",
        "<p><b>ศูนย์ราชการ อาคารบี</b></p><p><b>ถนนแจ้งวัฒนะ</b></p>",
        '<p><b>ดู<a href="/th/r/">รายงานประจำปี</a></b></p><p>ซึ่งเผยแพร่แล้ว</p>',
        "<p><b>***</b></p><p>ข้อความ</p>",
        "<p><strong>นายสมชาย ใจดี</strong><br>ประธานกรรมการ</p><p>5 มิถุนายน 2567</p>",
        "<p><b>นางสาวอารี ใจงาม</b></p><p>ผู้อำนวยการสำนักงาน</p>",
        "<p><b>โทร. 1300</b></p><p>ทุกวัน ตลอด 24 ชั่วโมง</p>",
        "<ul><li><p><b>ข้อแรก</b></p><p>ความ</p></li><li>ข้อสอง</li></ul>",
        "<p><b>กรุงเทพฯ, 5 มิถุนายน 2567</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>เผยแพร่วันที่ ๕ มิ.ย. ๒๕๖๗</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        Example("<p><b>Bangkok, 5 June 2024</b></p><p>The commission decides.</p>", "en"),
        Example("<p><b>Ann Lee</b><br>Director of the Bureau of International Affairs</p>", "en"),
        Example("<p><b>For immediate release</b></p><p>The commission decides.</p>", "en"),
        Example("<p><b>Photo: A. Smith</b></p><p>The commission decides.</p>", "en"),
        "<p><b>ด่วนที่สุด</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>“สิทธิมนุษยชนเป็นของทุกคน”</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>ที่มา: กรมสุขภาพจิต</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>ภาพ/ข่าว สำนักงาน คสข.</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>พลตำรวจเอก สมชาย ใจดี</b></p><p>ประธานกรรมการ</p>",
        "<p><b>ศาสตราจารย์ ดร. อารี ใจงาม</b></p><p>กรรมการ</p><p><b>ม.ร.ว.สมชาย ใจดี</b></p><p>ก</p>",
        "<p><b>คุณอารี ใจงาม</b></p><p>ผู้ประสานงาน</p>",
        "<p><b>สำนักงาน คสข.</b></p><p>5 มิถุนายน 2567</p>",
        "<p><b>สำนักงาน คสข.</b><br>อาคารราชการ ชั้น 6 ถนนสายหนึ่ง แขวงสอง เขตสาม กรุงเทพฯ 10999</p>",
        "<p><b>หัวหน้าคณะทำงาน</b><br>สำนักกฎหมาย</p><figcaption><b>ก</b><br>ข</figcaption>",
        "<p>ก<b>ผล</b><br>ที่ประชุมมีมติเห็นชอบให้สำนักงานรายงานผลการดำเนินงานภายในสามสิบวัน</p>",
        "<p><b>ด่านหนึ่ง</b></p><p><b>ด่านสอง</b></p><p><b>ด่านสาม</b></p>",
    ),
    fails=(
        "<p><b>ผลการประชุม</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><strong>เอกสารแนบ</strong><br></p><ul><li>ก</li><li>ข</li></ul>",
        "<p><em><strong>ผลการประชุม</strong></em></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p> <span><b>ผลการประชุม</b></span> </p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>ผล</b><b>การประชุม</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        Example("<p><b>What happens next?</b></p><p>The commission decides.</p>", "en"),
        "<p><strong>ผลการประชุม</strong><br>ที่ประชุมมีมติเห็นชอบให้สำนักงาน<b>รายงานผล</b>การดำเนินงาน"
        "ต่อคณะกรรมการภายในสามสิบวัน<br>และเผยแพร่</p>",
        "<div><b>ผลการประชุม</b><br><br>ที่ประชุมมีมติเห็นชอบให้สำนักงานรายงานผลการดำเนินงานต่อคณะกรรมการ"
        "ภายในสามสิบวัน</div>",
        "<strong>ผลการประชุม</strong><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>รายงานปี 2567</b></p><p><b>ผลการประชุม</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>คุณภาพชีวิต ของผู้สูงอายุ</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><b>“สิทธิ” และ “หน้าที่”</b></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        "<p><font size=6>ผลการประชุม</font></p><p>ที่ประชุมมีมติเห็นชอบ</p>",
        '<p style="font-weight: 700">ผลการประชุม</p><p>ที่ประชุมมีมติเห็นชอบ</p>',
        '<div style="font-size: 24px">ผลการประชุม</div><p>ที่ประชุมมีมติเห็นชอบ</p>',
    ),
)
def heading_look_alike(document: Document) -> Iterator[Problem]:
    for line in document.all("p", "div", "b", "strong"):
        if line.tag in ("p", "div"):
            found = _is_bold_line(line) and _heads(line)
        else:
            found = _is_first_line(line) and _is_bold_line(line)
        if found and not line.closest(*_NOT_A_SECTION):
            yield Problem(line, {"text": line.text})


def _heads(line: Element) -> bool:
    """Whether text follows a bold line, or follows a second one. More of them are a poster."""
    following = _body_after(line)
    if following is not None and _is_bold_line(following):
        following = _body_after(following)
        return following is not None and not _is_bold_line(following)
    return following is not None


def _body_after(line: Element) -> Element | None:
    """What a line may be the heading of. The name of an office above a date is a signature."""
    following = line.sibling(1)
    if following is None or following.tag not in _BODY or not following.exposed:
        return None
    return None if _DATELINE.match(following.text) else following


def _is_first_line(bold: Element) -> bool:
    """Whether bold letters begin their place as a line, above its text or above a paragraph."""
    if bold.parent is None or bold.parent.tag not in _HOLDERS:
        return False
    before, after = (next(bold.beside(step), None) for step in (-1, 1))
    if before is not None and not (isinstance(before, Element) and before.tag in _BODY | HEADINGS):
        return False
    if isinstance(after, Element) and after.tag == "br":
        below = _text_below(after)
        return length(below) >= LEAST_BODY and not _CONTACT.search(below)
    return bold.parent.tag != "p" and _heads(bold)


def _text_below(br: Element) -> str:
    """The next line with text after a br."""
    line: list[str] = []
    for item in br.beside(1):
        if isinstance(item, str):
            line.append(item)
        elif item.tag not in BLOCKS:
            line.append(item.text)
        elif line or item.tag != "br":
            break
    return "".join(line)


def _is_bold_line(paragraph: Element) -> bool:
    """Whether a short line without a full stop is set in bold or large letters as a whole."""
    if not _is_bold_throughout(paragraph):
        return False
    text = paragraph.text
    if not has_word(text) or length(text) > LONGEST_BOLD_LINE:
        return False
    if re.search(r"[.!;,…]$|ฯลฯ$", text) or _NO_SECTION.match(text) or _DATELINE.match(text):
        return False
    return not paragraph.inside("a", "img", "p", "div", "ul", "ol", "table", "input", "button")


def _is_bold_throughout(paragraph: Element) -> bool:
    """Whether there is nothing in ordinary letters in the paragraph, nor a block of its own."""
    stack: list[Element | str] = [paragraph]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            if item.strip():
                return False
        elif item.tag in BLOCKS and item.tag != "br" and item is not paragraph:
            return False
        elif item.rendered and item.tag not in ("b", "strong") and not _styled_as_heading(item):
            stack.extend(item.children)
    return True


def _styled_as_heading(element: Element) -> bool:
    if element.tag == "font" and _LARGE.fullmatch(element.get("size")):
        return True
    if "style" not in element.attributes:
        return False
    style = element.inline_style
    if style.get("font-weight", "") in ("bold", "bolder", "600", "700", "800", "900"):
        return True
    size = re.fullmatch(r"([\d.]+)(px|pt|em|rem|%)", style.get("font-size", ""))
    body_size = {"px": 16.0, "pt": 12.0, "em": 1.0, "rem": 1.0, "%": 100.0}
    return size is not None and float(size[1].strip(".") or 0) >= 1.25 * body_size[size[2]]


@rule(
    "heading-first-missing",
    criterion="2.4.6",
    severity="warning",
    name=Text(en="Page without a first heading", th="หน้าไม่มีหัวเรื่องระดับ 1"),
    message=Text(
        en="No level 1 heading says what this page is about.",
        th="ไม่มีหัวเรื่องระดับ 1 ที่บอกว่าหน้านี้เกี่ยวกับอะไร",
    ),
    remedy=Text(
        en="Make the page's title a level 1 heading (h1).",
        th="กำหนดให้ชื่อหน้าเป็นหัวเรื่องระดับ 1 (h1)",
    ),
    passes=("<!doctype html><body><h1>ข่าว</h1>", "<h2>ส่วนหนึ่งของหน้า</h2>"),
    fails=("<!doctype html><body><h2>ข่าว</h2>",),
)
def heading_first_missing(document: Document) -> Iterator[Problem]:
    if document.page and all(heading.heading_level != 1 for heading in document.headings):
        yield Problem(document.body)
