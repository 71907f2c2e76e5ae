"""Tables: cells whose headers can be heard (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import Document, Element
from .model import Problem, Text, rule
from .names import content, name
from .writing import length

#: Characters that a value in a cell has at most; more is prose.
LONGEST_VALUE = 120

_UNDECLARED = ("presentation", "none")


def _own(table: Element, *tags: str) -> list[Element]:
    """The table's parts, without those of a table inside it."""
    if not table.inside("table"):
        return table.inside(*tags)
    parts: list[Element] = []
    at, elements = table.order + 1, table.document.elements
    while at < table.end:
        part = elements[at]
        if part.tag in tags:
            parts.append(part)
        at = part.end if part.tag == "table" else part.order + 1
    return parts


def _tables(document: Document) -> Iterator[Element]:
    """The tables of data: neither declared as layout nor looking like it."""
    for table in document.all("table"):
        if table.role not in _UNDECLARED and not _looks_like_layout(table):
            yield table


def _looks_like_layout(table: Element) -> bool:
    """Whether a table only arranges things: one row or column, or sections, pictures and prose."""
    if _own(table, "caption", "thead") or _headers(table):
        return False
    cells = _own(table, "td")
    arranged = table.inside("table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "nav", "section")
    return bool(arranged) or not _has_columns(table) or 2 * sum(map(_is_piece, cells)) >= len(cells)


def _is_piece(cell: Element) -> bool:
    """Whether a cell holds a piece of a page rather than a value."""
    parts = cell.inside("img", "picture", "svg", "video", "iframe", "p", "ul", "ol")
    return (
        any(part.tag != "p" for part in parts)
        or len(parts) > 1
        or length(cell.text) > LONGEST_VALUE
    )


def _headers(table: Element) -> list[Element]:
    """The cells that head a row or column; one alone, as wide as the table, is its title."""
    headers = [cell for cell in _own(table, "th", "td") if _is_header(cell)]
    return [] if len(headers) == 1 and _is_title(headers[0], table) else headers


def _is_header(cell: Element) -> bool:
    return cell.tag == "th" or cell.role in ("columnheader", "rowheader")


def _is_title(cell: Element, table: Element) -> bool:
    """Whether the cell spans all columns, above more than the one row that it may head."""
    rows = [sum(map(_columns, row.element_children)) for row in _own(table, "tr")]
    return len(rows) > 2 and _columns(cell) == max(rows) > 1


def _columns(cell: Element) -> int:
    """How many columns the cell spans."""
    stated = cell.get("colspan")
    return int(stated) if re.fullmatch("[1-9][0-9]{0,2}", stated) else 1


def _has_columns(table: Element) -> bool:
    """Whether there are at least two rows and two columns."""
    rows = [len(row.element_children) for row in _own(table, "tr")]
    return len(rows) >= 2 and max(rows) >= 2


@rule(
    "table-headers-missing",
    criterion="1.3.1",
    severity="error",
    name=Text(en="Table without headers", th="ตารางไม่มีเซลล์หัวตาราง"),
    message=Text(
        en="No cell of this table heads a row or column: values are read without saying what they "
        "are.",
        th="ตารางนี้ไม่มีเซลล์ที่เป็นหัวแถวหรือหัวคอลัมน์ ข้อมูลจะถูกอ่านโดยไม่บอกว่าเป็นค่าของอะไร",
    ),
    remedy=Text(
        en="Mark the row or column that says what the values are as headers (th); make a title of "
        "the table its caption.",
        th="กำหนดแถวหรือคอลัมน์ที่บอกว่าข้อมูลคืออะไรให้เป็นหัวตาราง (th) "
        "หากเป็นชื่อของทั้งตารางให้ใช้ชื่อตาราง (caption)",
    ),
    passes=(
        "<table><caption>คำร้อง</caption><tr><th>ปี<th>จำนวน<tr><td>2567<td>812</table>",
        '<table><tr><td role="columnheader">ปี<td role="columnheader">จำนวน<tr><td>1<td>2</table>',
        "<table role=presentation><tr><td>ก<td>ข<tr><td>ค<td>ง</table>",
        '<table><tr><td><img src="a.jpg" alt="ก"><td><p>ข่าว'
        '<tr><td><p>ข่าว<td><img src="b.jpg" alt="ข"></table>',
        "<table><tr><th colspan=2>วันแรก<tr><td>9.00<td>พิธีเปิด"
        "<tr><th colspan=2>วันที่สอง<tr><td>9.00<td>เสวนา</table>",
        "<table><tr><th colspan=2>ผู้ให้สัมภาษณ์<tr><td>สมชาย<td>สมหญิง</table>",
        '<table><tr><th colspan=2>ภาพกิจกรรม<tr><td><img src="a.jpg" alt="ก">'
        '<td><img src="b.jpg" alt="ข"><tr><td>ก<td>ข</table>',
        "<table><tr><td>ก<th colspan=2>ผล<tr><td>ข<td>1<td>2<tr><td>ค<td>3<td>4</table>",
        "<table><tr><th>คำร้อง<tr><td>812<tr><td>813</table>",
    ),
    fails=(
        "<table><tr><td>ปี<td>จำนวน<tr><td>2567<td>812</table>",
        "<table><tr><td><p>ปี</p><td><p>จำนวน</p><tr><td><p>2567</p><td><p>812</p></table>",
        '<table><tr><td>ภาพ<td>ชื่อ<td>ตำแหน่ง<tr><td><img src="a.jpg" alt="ก"><td>ก<td>ข</table>',
        "<table><tr><th colspan=3>ตารางกำหนดการ<tr><td>วันที่<td>กิจกรรม<td>ที่"
        "<tr><td>1<td>เสวนา<td>สงขลา</table>",
    ),
)
def table_headers_missing(document: Document) -> Iterator[Problem]:
    for table in _tables(document):
        if not _headers(table):
            yield Problem(table)


@rule(
    "table-caption-missing",
    criterion="1.3.1",
    severity="advice",
    name=Text(en="Table without caption", th="ตารางไม่มีชื่อตาราง"),
    message=Text(
        en="Nothing says what this table is about before one enters it.",
        th="ไม่มีชื่อตารางที่บอกก่อนเข้าไปอ่านว่าตารางนี้เกี่ยวกับเรื่องใด",
    ),
    remedy=Text(
        en="Write a caption, such as “Complaints by year”.",
        th="กำหนดชื่อตาราง (caption) เช่น “จำนวนคำร้องรายปี”",
    ),
    passes=(
        "<table><caption>คำร้อง</caption><tr><th>ปี<th>จำนวน<tr><td>2567<td>812</table>",
        "<figure><table><tr><th>ปี<th>จำนวน<tr><td>2567<td>812</table>"
        "<figcaption>จำนวนคำร้องรายปี</figcaption></figure>",
        '<table aria-label="คำร้อง"><tr><th>ปี<th>จำนวน<tr><td>2567<td>812</table>',
    ),
    fails=("<table><tr><th>ปี<th>จำนวน<tr><td>2567<td>812</table>",),
)
def table_caption_missing(document: Document) -> Iterator[Problem]:
    for table in _tables(document):
        figure = table.closest("figure")
        if not name(table) and not (figure is not None and name(figure)):
            yield Problem(table)


@rule(
    "table-header-empty",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Empty header cell", th="เซลล์หัวตารางว่าง"),
    message=Text(
        en="This header cell says nothing about its row or column.",
        th="เซลล์หัวตารางนี้ว่าง จึงไม่บอกว่าแถวหรือคอลัมน์นี้คืออะไร",
    ),
    remedy=Text(
        en="Write what the row or column holds; make an empty corner an ordinary cell (td).",
        th="ระบุว่าแถวหรือคอลัมน์นี้เป็นข้อมูลใด หากเป็นมุมว่างให้ใช้เซลล์ธรรมดา (td)",
    ),
    passes=(
        "<table><caption>ก</caption><tr><td><th>จำนวน<tr><th>2567<td>812</table>",
        "<table><caption>ก</caption><tr><th>#<th>%<tr><th>1<td>812</table>",
    ),
    fails=(
        "<table><caption>ก</caption><tr><th><th>จำนวน<tr><th>2567<td>812</table>",
        "<table><caption>ก</caption><tr><th>-<th>จำนวน<tr><th>2567<td>812</table>",
    ),
)
def table_header_empty(document: Document) -> Iterator[Problem]:
    for header in document.all("th"):
        # A dash stands for a cell that has nothing to say; "#" and "%" do say something.
        if not name(header).strip("-–—_.…· "):
            yield Problem(header)


@rule(
    "table-for-layout",
    criterion="1.3.2",
    severity="warning",
    name=Text(en="Table used for layout", th="ตารางที่ใช้จัดหน้า"),
    message=Text(
        en="This table only arranges things; it is announced with rows and columns all the same.",
        th="ตารางนี้ใช้จัดวางเนื้อหาเท่านั้น แต่โปรแกรมอ่านหน้าจอยังบอกแถวและคอลัมน์",
    ),
    remedy=Text(
        en="Use columns of the page or paragraphs; data needs a header row or column.",
        th="ใช้คอลัมน์ของหน้าหรือย่อหน้าแทน หากเป็นข้อมูลให้กำหนดแถวหรือคอลัมน์หัวตาราง",
    ),
    passes=(
        "<table><caption>คำร้อง</caption><tr><th>ปี<th>จำนวน<tr><td>2567<td>812</table>",
        "<table><tr><td>ปี<td>จำนวน<tr><td>2567<td>812</table>",
        "<table role=none><tr><td>ก</table>",
    ),
    fails=(
        "<table><tr><td>เมนู<td>เนื้อหา</table>",
        "<table><tr><td>ก<tr><td>ข</table>",
        "<table><tr><td><h2>ข่าว</h2><td>ก<tr><td>ข<td>ค</table>",
        "<table><tr><td><table><tr><th>ก</table><td>ข</table>",
        "<table></table>",
        "<table><tr><td><p>ก<p>ข<td><p>ค<p>ง<tr><td>ก<td>ข</table>",
        f"<table><tr><td>{'ที่ประชุมเห็นชอบ' * 20}<td>ก<tr><td>ข<td>{'ที่ประชุมเห็นชอบ' * 20}</table>",
    ),
)
def table_for_layout(document: Document) -> Iterator[Problem]:
    for table in document.all("table"):
        if table.role not in _UNDECLARED and _looks_like_layout(table):
            yield Problem(table)


@rule(
    "table-layout-with-headers",
    criterion="1.3.1",
    severity="error",
    name=Text(en="Data table declared as layout", th="ตารางข้อมูลที่กำหนดว่าใช้จัดหน้า"),
    message=Text(
        en="The table is declared as mere layout (role “{role}”), yet has headers or a caption.",
        th="ตารางนี้กำหนดว่าใช้จัดหน้า (role “{role}”) แต่มีหัวตารางหรือชื่อตาราง",
    ),
    remedy=Text(
        en="Remove the role if it holds data; else remove headers and caption.",
        th="หากเป็นข้อมูลให้ลบ role ออก หากใช้จัดหน้าให้ลบหัวตารางและชื่อตาราง",
    ),
    passes=("<table role=presentation><tr><td>ก<td>ข</table>",),
    fails=("<table role=presentation><tr><th>ปี<th>จำนวน<tr><td>2567<td>812</table>",),
)
def table_layout_with_headers(document: Document) -> Iterator[Problem]:
    for table in document.all("table"):
        if table.role in _UNDECLARED and _own(table, "th", "caption"):
            yield Problem(table, {"role": table.role})


@rule(
    "table-heading",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Heading in a table", th="หัวเรื่องอยู่ในตาราง"),
    message=Text(
        en="The heading “{text}” stands in a table cell and breaks the page's outline.",
        th="หัวเรื่อง “{text}” อยู่ในเซลล์ตาราง ทำให้โครงสร้างหัวเรื่องของหน้าผิดไป",
    ),
    remedy=Text(
        en="Put it before the table; mark what names a row or column as header cell (th).",
        th="ย้ายไปไว้ก่อนตาราง หากเป็นชื่อแถวหรือคอลัมน์ให้ใช้เซลล์หัวตาราง (th)",
    ),
    passes=("<h2>คำร้อง</h2><table><caption>ก</caption><tr><th>ปี<tr><td>2567</table>",),
    fails=("<table><caption>ก</caption><tr><th><h3>ปี</h3><tr><td>2567</table>",),
)
def table_heading(document: Document) -> Iterator[Problem]:
    for heading in document.headings:
        table = heading.closest("table")
        # A caption may be a heading, and a table that only lays out holds the page itself.
        if table and not heading.closest("caption") and table.role not in _UNDECLARED:
            yield Problem(heading, {"text": content(heading)})


@rule(
    "table-scope-invalid",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Invalid scope", th="scope ไม่ถูกต้อง"),
    message=Text(
        en="scope=“{scope}” on a {tag} cell ties no header to any cell.",
        th="scope=“{scope}” ในเซลล์ {tag} ไม่ได้เชื่อมหัวตารางกับเซลล์ใด",
    ),
    remedy=Text(
        en="Use scope on th only, with col, row, colgroup or rowgroup.",
        th="ใช้ scope กับ th เท่านั้น โดยมีค่าเป็น col, row, colgroup หรือ rowgroup",
    ),
    passes=("<table><caption>ก</caption><tr><th scope=col>ปี<tr><td>2567</table>",),
    fails=(
        "<table><caption>ก</caption><tr><th scope=column>ปี<tr><td>2567</table>",
        "<table><caption>ก</caption><tr><td scope=col>ปี<th>ก<tr><td>2567</table>",
    ),
)
def table_scope_invalid(document: Document) -> Iterator[Problem]:
    for cell in document.all("th", "td"):
        scope = cell.get("scope").lower()
        if scope and (cell.tag == "td" or scope not in ("col", "row", "colgroup", "rowgroup")):
            yield Problem(cell, {"scope": scope, "tag": cell.tag})
