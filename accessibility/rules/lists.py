"""Lists: how many items there are, and which one is being read (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import Document, Element, squeeze
from .model import Problem, Text, rule

#: "-5" is a number.
_BULLET = re.compile(r"(?![-–—]\d)[-–—•●○▪■◦‣·*✓✔➢➤►]\s*(?=\S)")
_NUMBER = re.compile(r"\(?([0-9๐-๙]{1,2})(?:[.)](?![0-9๐-๙])|\s*[-–]\s)")
_LETTER = re.compile(r"\(?([a-zกขคงจฉชซ])(?:\)|\.(?=\s))")
_LETTERS = ("abcdefgh", "กขคงจฉชซ")
_TRANSPARENT = frozenset(("script", "template", "style", "noscript"))


def _marker(line: str) -> tuple[str, int]:
    """The kind of mark a line begins with and its number; ("", 0) for none."""
    if match := _NUMBER.match(line):
        return "number", int(match[1])
    if match := _LETTER.match(line):
        series = next(letters for letters in _LETTERS if match[1] in letters)
        return series, series.index(match[1]) + 1
    match = _BULLET.match(line)
    return (match[0].strip(), 0) if match else ("", 0)


def _continues(previous: tuple[str, int], marker: tuple[str, int]) -> bool:
    if not marker[0] or marker[0] != previous[0]:
        return False
    return marker[1] == 0 or marker[1] == previous[1] + 1


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
    ),
    fails=(
        "<p>1) ข้อแรก</p><p>2) ข้อสอง</p><p>3) ข้อสาม</p>",
        "<p>๑. ข้อแรก</p><p>๒. ข้อสอง</p>",
        "<p>- ข้อแรก<br><br>- ข้อสอง<br></p>",
        "<p>• ข้อแรก</p><p>•ข้อสอง</p>",
        "<p>(ก) ข้อแรก</p><p>(ข) ข้อสอง</p>",
        "<div>a) first<br>b) second</div>",
    ),
)
def list_by_hand(document: Document) -> Iterator[Problem]:
    previous: tuple[str, int] = ("", 0)
    first: tuple[Element, str] | None = None
    reported: Element | None = None
    for element, line in _lines(document):
        marker = _marker(line)
        if first is not None and _continues(previous, marker):
            if reported is not first[0]:
                reported = first[0]
                yield Problem(first[0], {"first": first[1]}, excerpt=first[0].text)
        else:
            first = (element, line[:12].split()[0]) if marker[0] else None
        previous = marker


def _lines(document: Document) -> Iterator[tuple[Element, str]]:
    """The lines of paragraphs, in order: those that br breaks, and whole paragraphs."""
    last: Element | None = None
    for element in document.all("p", "div"):
        if not element.text or (element.tag == "div" and not element.own_text):
            continue
        place = (element.parent, element.position - 1)
        if last is None or place != (last.parent, last.position):
            # Only paragraphs that follow each other make a list together.
            yield element, ""
        last = element
        line: list[str] = []
        for child in element.children:
            if isinstance(child, Element) and child.tag == "br":
                if text := squeeze("".join(line)):
                    yield element, text
                line = []
            else:
                line.append(child if isinstance(child, str) else child.text)
        if text := squeeze("".join(line)):
            yield element, text


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
