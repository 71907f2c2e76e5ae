"""Lists: how many items there are, and which one is being read (WCAG 1.3.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from .dom import BLOCKS, Document, Element, squeeze
from .model import Example, Problem, Text, rule
from .writing import length, words

#: "-5" is a number, "***" a divider, and "*ข้อความ" a footnote. Word's bullets are signs of its own
#: fonts (private characters) and an "o".
_BULLET = re.compile(
    r"(?![-–—]\d|\*\S|o\S)([-–—o\uf0a7\uf0b7\uf0d8\uf0fc⁃•●○▪■◆◇◼◦‣·*✓✔✅☑❖✦✧✪★☆⭐➢➤►▶▸→⇒➔➜➡👉☞📌🔹🔸🔷🔶🔵🔴🟢])(?!\1)\ufe0f?\s*(?=\S)"
)
#: "1.5" is a number too, and "5 - 7" a range.
_NUMBER = re.compile(
    r"\(?([0๐]?[1-9๑-๙]|[1-9๑-๙][0-9๐-๙])"
    r"(?:(?:\.|\s?\))(?![0-9๐-๙])|\ufe0f?\u20e3|(?:/|\s*[-–])\s+(?![0-9๐-๙]))"
)
_DECIMAL = re.compile(r"([1-9๑-๙][0-9๐-๙]?)\.([1-9๑-๙][0-9๐-๙]?)[.)]?\s")
#: Longer ones are the clauses of a regulation, which are paragraphs.
LONGEST_CLAUSE = 60
_CLAUSE = re.compile(r"ข้อ(?:ที่)?\s?([1-9๑-๙][0-9๐-๙]?)(?:[.):]|\s)")
_CIRCLED = re.compile("[①-⑳❶-❿]")
_LETTER = re.compile(r"\(?([A-Za-zก-ฮ]|[ivxIVX]{2,5})(?:\)|\.(?=\s))")
_SERIES = {
    "a": tuple("abcdefghijklmnopqrstuvwxyz"),
    "i": ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
    # Thai lists pass over two letters that no word has any more.
    "ก": tuple("กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
}
#: "A. Smith and C. Lee": an initial is no letter of a list.
_NAME = re.compile(r"[A-Z]\.(?:\s+(?:[A-Z][\w'’.-]*|and|&),?)+$")
#: Lines of a dialogue begin with a dash, too.
_DASHES = frozenset("–—")
_SPEECH = re.compile(r"[?!”\"]$|(?:ครับ|ค่ะ|คะ|จ้ะ|จ๊ะ)[.…]?$|^[–—]\s*(?:สวัสดี|hello\b)", re.I)
_TRANSPARENT = frozenset(("script", "template", "style", "noscript"))
#: What lines can lie in. Headings, cells and items of lists are told apart by what they are.
_HOLDERS = ("p", "div", "body", "main", "article", "section", "aside", "blockquote")
_FORMATTING = words("b br em font i span strong u")
_CELLS = ("td", "th", "li", "dd", "figcaption")


def _marks(line: str) -> dict[str, int]:
    """Each kind of mark that a line may begin with and its number; 0 where the mark has none.

    "i)" is the ninth letter, or the first roman number.
    """
    if match := _NUMBER.match(line):
        return {"1": int(match[1])}
    if match := _CIRCLED.match(line):
        return {"①": int(unicodedata.numeric(match[0]))}
    if match := _LETTER.match(line):
        mark = match[1].lower()
        return {kind: all.index(mark) + 1 for kind, all in _SERIES.items() if mark in all}
    if match := _DECIMAL.match(line):
        return {f"{int(match[1])}.": int(match[2])}
    if (match := _CLAUSE.match(line)) and length(line) <= LONGEST_CLAUSE:
        return {"ข้อ": int(match[1])}
    match = _BULLET.match(line)
    if match is None or (match[1] in _DASHES and _SPEECH.search(line)):
        return {}
    return {match[1]: 0}


def _begins(kind: str, number: int) -> bool:
    # A part of a list may begin with any number, but "n. Smith" and "v. the State" are no items,
    # nor is "1.5 million".
    return number == 1 or not (kind in _SERIES or kind.endswith("."))


def _enough(kinds: Iterable[str], line: str) -> int:
    """How many lines make a list: three of such as a dialogue, amounts or authors have as well."""
    doubtful = all(kind in _DASHES or kind.endswith(".") for kind in kinds) or _NAME.match(line)
    return 3 if doubtful else 2


@rule(
    "list-by-hand",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="List made by hand", th="รายการที่พิมพ์เครื่องหมายเอง"),
    message=Text(
        en="Lines that begin with “{first}” look like a list and are none: nobody hears how many "
        "items there are.",
        th="บรรทัดที่ขึ้นต้นด้วย “{first}” ดูเหมือนรายการแต่ไม่ใช่ ผู้ฟังจะไม่ทราบว่ามีกี่ข้อ",
    ),
    remedy=Text(
        en="Use the editor's numbered or bulleted list, and delete the typed marks.",
        th="ใช้ปุ่มรายการลำดับเลขหรือรายการสัญลักษณ์ของโปรแกรมแก้ไข แล้วลบเครื่องหมายที่พิมพ์เอง",
    ),
    passes=(
        "<ol><li>ข้อแรก</li><li>ข้อสอง</li></ol>",
        "<p>1.5 ล้านบาท</p><p>2.5 ล้านบาท</p>",
        "<p>ก.พ. 2567</p><p>ข.ส.มก. รายงาน</p>",
        "<p>- ข้อเดียว</p><p>ข้อความ</p>",
        "<p>-5 องศา</p><p>-7 องศา</p>",
        "<p>1. มาตรา</p><p>4. มาตรา</p>",
        Example("<p>p. 12</p><p>q. v.</p><p>r. Smith</p>", "en"),
        Example("<p>A. Smith<br>B. Jones</p><p>A. Smith and C. Lee<br>B. Jones, D. Roy</p>", "en"),
        "<p>1.1 ล้านบาท</p><p>1.2 ล้านบาท</p>",
        "<p>1/ 2567</p><p>2/ 2567</p>",
        "<p>1) ก</p><hr><p>2) ข</p><p><img src='a.jpg' alt='ตรา'></p><p>3) ค</p>",
        "<p>ข้อ ๑ ระเบียบนี้เรียกว่า “ระเบียบสำนักงาน คสข. ว่าด้วยการรับคำร้อง พ.ศ. ๒๕๖๗”</p>"
        "<p>ข้อ ๒ ระเบียบนี้ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศในราชกิจจานุเบกษาเป็นต้นไป</p>",
        "<p>5 - 7 ธันวาคม 2569 ที่สงขลา</p><p>6 – 8 มกราคม 2570 ที่ระยอง</p>",
        "<p>– สวัสดีครับ มีอะไรให้ช่วย<br>– ขอยื่นคำร้องค่ะ<br>– เชิญที่โต๊ะสองครับ</p>",
        "<p>* ข้อมูลถึงเดือนมิถุนายน<br>** ไม่รวมคำร้องที่ถอน<br>*** ประมาณการ</p>",
        "<p>*สงวนสิทธิ์<br>*ไม่มีค่าใช้จ่าย</p>",
        "<ul><li>1) ข้อแรก</li><li>2) ข้อสอง</li></ul>",
        "<h2>1. บทนำ</h2><p>ความ</p><h2>2. วิธีการ</h2><p>ความ</p>",
    ),
    fails=(
        "<p>1) ข้อแรก</p><p>2) ข้อสอง</p><p>3) ข้อสาม</p>",
        "<p>๑. ข้อแรก</p><p>๒. ข้อสอง</p>",
        "<p>- ข้อแรก<br><br>- ข้อสอง<br></p>",
        "<p>• ข้อแรก</p><p>•ข้อสอง</p>",
        "<p>(ก) ข้อแรก</p><p>(ข) ข้อสอง</p>",
        "<div>a) first<br>b) second</div>",
        "<p><b>1) ก<br>2) ข</b></p>",
        "1) ข้อแรก<br>2) ข้อสอง",
        "<table><tr><td>1) ข้อแรก<br>2) ข้อสอง</td></tr></table>",
        "<ul><li>เอกสารที่ใช้<br>๑. บัตรประชาชน<br>๒. คำร้อง</li><li>อื่น ๆ</li></ul>",
        "<blockquote>- ข้อแรก<br>- ข้อสอง</blockquote>",
        "<p>✅ ข้อแรก</p><p>✅ ข้อสอง</p>",
        "<p>👉 ข้อแรก<br>👉 ข้อสอง</p>",
        "<p>▶️ ข้อแรก<br>▶️ ข้อสอง</p>",
        "<p>① ข้อแรก<br>② ข้อสอง</p>",
        "<p>1️⃣ ข้อแรก<br>2️⃣ ข้อสอง</p>",
        "<p>– ข้อแรก<br>– ข้อสอง<br>– ข้อสาม</p>",
        "<p>(1) ข้อแรก</p><p></p><p>(2) ข้อสอง</p>",
        "<p>- ข้อแรก</p><p><br></p><br><div>&nbsp;</div><p>- ข้อสอง</p>",
        "<p>\uf0b7 ข้อแรก</p><p>\uf0b7 ข้อสอง</p>",
        "<p>⁃ ข้อแรก<br>⁃ ข้อสอง</p>",
        "<p>o ข้อแรก<br>o ข้อสอง</p>",
        "<p>1.1 ข้อแรก</p><p>1.2 ข้อสอง</p><p>1.3 ข้อสาม</p>",
        "<p>ข้อ 1. ยื่นคำร้อง</p><p>ข้อ 2. รับเลขที่</p>",
        "<p>1 ) ข้อแรก<br>2 ) ข้อสอง</p>",
        "<p>1/ ข้อแรก<br>2/ ข้อสอง</p>",
        Example("<p>A. The first<br>B. The second</p>", "en"),
        Example("<p>A. Introduction<br>B. Methods<br>C. Results</p>", "en"),
        Example("<p>(i) the first</p><p>(ii) the second</p>", "en"),
    ),
)
def list_by_hand(document: Document) -> Iterator[Problem]:
    open_marks: dict[str, int] = {}
    count = 0
    first: tuple[Element, str] = (document.root, "")
    reported: Element | None = None
    for element, line in _lines(document):
        marks = _marks(line)
        going_on = {
            kind: number
            for kind, number in marks.items()
            if kind in open_marks and number in (0, open_marks[kind] + 1)
        }
        if going_on:
            count += 1
        else:
            first, count = (element, line), 1
            going_on = {kind: number for kind, number in marks.items() if _begins(kind, number)}
        open_marks = going_on
        enough = open_marks and count >= _enough(open_marks, line)
        if enough and first[0] is not reported:
            reported = first[0]
            yield Problem(first[0], {"first": first[1][:12].split()[0]}, excerpt=first[1])


def _lines(document: Document) -> Iterator[tuple[Element, str]]:
    """The lines of text in order: those that br breaks, and whole paragraphs.

    An empty line stands between what makes no list together.
    """
    last: Element | None = None
    for element in document.all(*_HOLDERS, *_CELLS):
        lines = [line for line in map(squeeze, _lines_of(element)) if line]
        if lines:
            follows = element.tag in ("p", "div") and _before(element) is last
            for line in lines if follows else ["", *lines]:
                yield element, line
            last = element


def _before(element: Element) -> Element | str | None:
    """What stands before an element, without empty lines; None where nothing does."""
    for item in element.beside(-1):
        if isinstance(item, str) or not _is_empty_line(item):
            return item
    return None


def _is_empty_line(element: Element) -> bool:
    return element.tag == "br" or (
        element.tag in ("p", "div")
        and not element.text
        and all(inner.tag in _FORMATTING for inner in element.descendants)
    )


def _lines_of(element: Element) -> Iterator[str]:
    """The lines that lie in the element itself, broken by br and by the blocks inside it."""
    line: list[str] = []
    stack = element.children[::-1]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            line.append(item)
        elif item.tag in BLOCKS:
            yield "".join(line)
            line = []
        elif item.exposed:
            stack.extend(item.children[::-1])
    yield "".join(line)


@rule(
    "list-single-item",
    criterion="1.3.1",
    severity="advice",
    name=Text(en="List of one item", th="รายการที่มีข้อเดียว"),
    message=Text(
        en="A list of one item is announced as a list without being one.",
        th="รายการที่มีข้อเดียวถูกประกาศว่าเป็นรายการโดยไม่จำเป็น",
    ),
    remedy=Text(en="Write it as a paragraph.", th="เขียนเป็นย่อหน้าธรรมดา"),
    passes=(
        "<ul><li>ก</li><li>ข</li></ul>",
        '<ul class="tags"><li>สิทธิเด็ก</li></ul><nav><ol><li>หน้าแรก</li></ol></nav>',
    ),
    fails=("<ul><li>ข้อเดียว</li></ul>",),
)
def list_single_item(document: Document) -> Iterator[Problem]:
    for element in document.all("ul", "ol"):
        # A list of a template holds as many items as there are; an editor's carries no class.
        made_by_template = {"class", "id", "role", "aria-label", "aria-labelledby"} & set(
            element.attributes
        )
        if not made_by_template and not element.closest("nav"):
            items = element.element_children
            if len(items) == 1 and items[0].tag == "li":
                yield Problem(element)


@rule(
    "list-empty",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Empty list", th="รายการว่าง"),
    message=Text(en="This list has no items.", th="รายการนี้ไม่มีข้อใดเลย"),
    remedy=Text(en="Fill the list or delete it.", th="เพิ่มข้อในรายการ หรือลบรายการนี้"),
    passes=("<ul><li>ก</li><li>ข</li></ul>", '<ul role="listbox"></ul>'),
    fails=("<ul></ul>", "<ol>\n</ol>", "<ul><li></li><li> </li></ul>"),
)
def list_empty(document: Document) -> Iterator[Problem]:
    for element in document.all("ul", "ol"):
        if not element.role and not element.text and not element.inside("img", "input", "svg"):
            yield Problem(element)


@rule(
    "list-structure",
    criterion="1.3.1",
    severity="error",
    name=Text(en="Broken list structure", th="โครงสร้างรายการไม่ถูกต้อง"),
    message=Text(
        en="<{tag}> stands directly in <{parent}>: the items are not counted rightly.",
        th="<{tag}> อยู่ใน <{parent}> โดยตรง ทำให้จำนวนข้อในรายการไม่ถูกต้อง",
    ),
    remedy=Text(
        en="Put items (li) into a list (ul, ol), and everything else into an item.",
        th="ให้ข้อ (li) อยู่ในรายการ (ul หรือ ol) และให้เนื้อหาอื่นอยู่ภายในข้อ",
    ),
    passes=(
        "<ul><li>ก<ul><li>ข</li><li>ค</li></ul></li><li>ง</li></ul><menu><li>จ</li></menu>",
        "<dl><dt>ก</dt><dd>ข</dd><div><dt>ค</dt><dd>ง</dd></div></dl>",
        '<ul role="tablist"><a role="tab" href="#a">ก</a></ul>'
        '<p role="list"><b role="listitem">ก</b>',
    ),
    fails=(
        "<ul><p>ก</p><li>ข</li></ul>",
        "<li>ก</li>",
        "<ul><li>ก</li><ul><li>ข</li></ul></ul>",
        "<dl><p>ก</p></dl>",
        "<dt>ก</dt>",
    ),
)
def list_structure(document: Document) -> Iterator[Problem]:
    for element in document.all("ul", "ol"):
        if element.role in ("", "list"):
            for child in element.element_children:
                if child.tag not in ("li", *_TRANSPARENT) and child.role != "listitem":
                    yield Problem(child, {"tag": child.tag, "parent": element.tag})
    for element in document.all("dl"):
        for child in element.element_children:
            if child.tag not in ("dt", "dd", "div", *_TRANSPARENT):
                yield Problem(child, {"tag": child.tag, "parent": "dl"})
    for item in document.all("li", "dt", "dd"):
        parent = item.parent or document.root
        homes = ("ul", "ol", "menu") if item.tag == "li" else ("dl", "div")
        if parent.tag not in homes and parent.role != "list" and not item.role:
            yield Problem(item, {"tag": item.tag, "parent": parent.tag})
