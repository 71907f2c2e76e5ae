"""The page as a whole: title, landmarks, ids, zoom, the order in which things are met."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import Document, Element, in_order
from .model import Example, Problem, Text, rule
from .names import name
from .writing import says_something, words

_VAGUE_TITLES = words(
    "untitled|untitled document|document|new page|page|home|index|title|test|"
    "หน้าแรก|ไม่มีชื่อ|หน้าใหม่|เอกสาร|ทดสอบ",
    "|",
)
#: The file or the address of the page.
_NO_TITLE = re.compile(r"(?:https?://|www\.)\S+|[\w.%-]+\.(?:html?|php|aspx?|jsp)(?:\?\S*)?", re.I)
#: Begins where a word begins, so that no text takes the square of its length.
_SETTING = re.compile(r"(?<![\w-])([\w-]+)\s*=\s*([^\s,;]+)")
_LEADS_TO_IDS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for")


@rule(
    "page-title-missing",
    criterion="2.4.2",
    severity="error",
    name=Text(en="Page without title", th="หน้าเว็บไม่มีชื่อ"),
    message=Text(
        en="The page has no title: its tab, its bookmark and its first announcement are nameless.",
        th="หน้าเว็บไม่มีชื่อ (title) แท็บและบุ๊กมาร์กจึงไม่บอกว่าเป็นหน้าอะไร",
    ),
    remedy=Text(
        en="Write a title that says page and site.",
        th="เขียนชื่อหน้าที่บอกทั้งเรื่องของหน้าและชื่อเว็บไซต์",
    ),
    passes=("<!doctype html><title>ข่าว | สำนักงาน คสข.</title>", "<p>ส่วนหนึ่งของหน้า</p>"),
    fails=(
        "<!doctype html><body>ข่าว",
        "<!doctype html><title> </title><body>ข่าว",
        "<!doctype html><body><svg><title>ตรา</title></svg>",
    ),
)
def page_title_missing(document: Document) -> Iterator[Problem]:
    if document.page and not any(title.own_text for title in _titles(document)):
        yield Problem(document.root)


@rule(
    "page-title-vague",
    criterion="2.4.2",
    severity="warning",
    name=Text(en="Page title that says nothing", th="ชื่อหน้าเว็บไม่บอกอะไร"),
    message=Text(en="“{title}” would fit any page.", th="“{title}” ใช้กับหน้าใดก็ได้ จึงไม่บอกอะไร"),
    remedy=Text(
        en="Write a title that says page and site.",
        th="เขียนชื่อหน้าที่บอกทั้งเรื่องของหน้าและชื่อเว็บไซต์",
    ),
    passes=(
        "<!doctype html><title>หน้าแรก | สำนักงาน คสข.</title>",
        "<!doctype html><title></title>",
    ),
    fails=(
        "<!doctype html><title>Untitled document</title>",
        "<!doctype html><title>-</title>",
        "<!doctype html><title>index.html</title>",
        "<!doctype html><title>https://www.prac.example</title>",
    ),
)
def page_title_vague(document: Document) -> Iterator[Problem]:
    for title in _titles(document):
        text = title.own_text
        vague = text.casefold() in _VAGUE_TITLES or _NO_TITLE.fullmatch(text)
        if document.page and text and (vague or not says_something(text)):
            yield Problem(title, {"title": text})


def _titles(document: Document) -> list[Element]:
    return [
        title
        for title in document.by_tag.get("title", ())
        if title.parent is not None and title.parent.tag == "head"
    ]


@rule(
    "landmark-main-missing",
    criterion="2.4.1",
    severity="warning",
    name=Text(en="Page without main part", th="หน้าเว็บไม่มีส่วนเนื้อหาหลัก"),
    message=Text(
        en="No main landmark: nobody can jump to the content.",
        th="ไม่มีส่วนเนื้อหาหลัก (main) ให้ข้ามไปยังเนื้อหาได้",
    ),
    remedy=Text(
        en="Put the content into one main element.",
        th="วางเนื้อหาไว้ในองค์ประกอบ main หนึ่งแห่ง",
    ),
    passes=("<!doctype html><body><main>ข่าว</main>", '<!doctype html><div role="main">ข่าว</div>'),
    fails=("<!doctype html><body><p>ข่าว</p>",),
)
def landmark_main_missing(document: Document) -> Iterator[Problem]:
    if document.page and not _mains(document):
        yield Problem(document.body)


@rule(
    "landmark-main-several",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Several main parts", th="มีส่วนเนื้อหาหลักหลายแห่ง"),
    message=Text(
        en="This is a second main landmark; a page has one.",
        th="ส่วนนี้เป็น main แห่งที่สอง แต่ละหน้าควรมีเพียงแห่งเดียว",
    ),
    remedy=Text(
        en="Keep one main element and make the others sections.",
        th="คง main ไว้แห่งเดียว ส่วนอื่นให้ใช้ section",
    ),
    passes=("<main>ข่าว</main><main hidden>ร่าง</main>",),
    fails=("<main>ข่าว</main><main>ข่าว</main>",),
)
def landmark_main_several(document: Document) -> Iterator[Problem]:
    for main in _mains(document)[1:]:
        yield Problem(main)


def _mains(document: Document) -> list[Element]:
    return [
        element
        for element in in_order([*document.all("main"), *document.having("role")])
        if element.role == "main" or (element.tag == "main" and not element.role)
    ]


@rule(
    "landmark-nav-same-name",
    criterion="1.3.1",
    severity="advice",
    name=Text(en="Navigations that cannot be told apart", th="ส่วนนำทางที่ชื่อไม่ต่างกัน"),
    message=Text(
        en="This navigation has the same name as another one, or both have none.",
        th="ส่วนนำทางนี้ใช้ชื่อเดียวกับส่วนนำทางอื่น หรือไม่มีชื่อทั้งสองส่วน",
    ),
    remedy=Text(
        en="Name each by aria-label: “Main”, “Breadcrumb”.",
        th="ตั้งชื่อแต่ละแห่งด้วย aria-label เช่น “เมนูหลัก” “ตำแหน่งหน้าปัจจุบัน”",
    ),
    passes=('<nav aria-label="เมนูหลัก">ก</nav><nav aria-label="ท้ายหน้า">ข</nav>',),
    fails=(
        "<nav>ก</nav><nav>ข</nav>",
        '<nav aria-label="เมนู">ก</nav><nav aria-label="เมนู">ข</nav>',
    ),
)
def landmark_nav_same_name(document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for nav in document.all("nav"):
        label = name(nav)
        if label in seen:
            yield Problem(nav)
        seen.add(label)


@rule(
    "page-zoom-forbidden",
    criterion="1.4.4",
    severity="error",
    name=Text(en="Zoom forbidden", th="หน้าเว็บไม่ยอมให้ขยาย"),
    message=Text(
        en="“{setting}” keeps readers from enlarging the page.",
        th="“{setting}” ทำให้ผู้อ่านขยายหน้าจอไม่ได้",
    ),
    remedy=Text(
        en="Write only width=device-width, initial-scale=1.",
        th="ใช้เพียง width=device-width, initial-scale=1",
    ),
    passes=(
        '<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=5">',
        '<meta name="viewport" content="maximum-scale=-1, user-scalable=yes, maximum-scale=big">',
    ),
    fails=(
        '<meta name="viewport" content="width=device-width, user-scalable=no">',
        '<meta name="viewport" content="width=device-width; maximum-scale=1.0">',
    ),
)
def page_zoom_forbidden(document: Document) -> Iterator[Problem]:
    for meta in document.by_tag.get("meta", ()):
        if meta.get("name").lower() == "viewport":
            settings = dict(_SETTING.findall(meta.get("content").lower()))
            if settings.get("user-scalable") in ("no", "0"):
                yield Problem(meta, {"setting": f"user-scalable={settings['user-scalable']}"})
            scale = settings.get("maximum-scale", "")
            if re.fullmatch(r"\d+(\.\d+)?", scale) and float(scale[:9]) < 2:
                yield Problem(meta, {"setting": f"maximum-scale={scale}"})


@rule(
    "id-duplicate-referenced",
    criterion="1.3.1",
    severity="error",
    name=Text(en="Ambiguous id", th="id ซ้ำที่มีการอ้างถึง"),
    message=Text(
        en="The id “{id}” occurs {count} times, and a label or description refers to it.",
        th="id “{id}” ซ้ำกัน {count} แห่ง และมีป้ายกำกับหรือคำอธิบายอ้างถึง",
    ),
    remedy=Text(en="Give each element an id of its own.", th="กำหนด id ของแต่ละองค์ประกอบให้ไม่ซ้ำกัน"),
    passes=('<label for="a">ชื่อ</label><input id="a" autocomplete="name">',),
    fails=('<label for="a">ชื่อ</label><input id="a"><input id="a">',),
)
def id_duplicate_referenced(document: Document) -> Iterator[Problem]:
    yield from _duplicates(document, referenced=True)


@rule(
    "id-duplicate",
    criterion="4.1.2",
    severity="warning",
    name=Text(en="Duplicate id", th="id ซ้ำ"),
    message=Text(
        en="The id “{id}” occurs {count} times: links and scripts find only the first.",
        th="id “{id}” ซ้ำกัน {count} แห่ง ลิงก์และสคริปต์จะพบเพียงแห่งแรก",
    ),
    remedy=Text(en="Give each element an id of its own.", th="กำหนด id ของแต่ละองค์ประกอบให้ไม่ซ้ำกัน"),
    passes=('<p id="a">ก</p><p id="b">ข</p>',),
    fails=('<p id="a">ก</p><p id="a">ข</p>',),
)
def id_duplicate(document: Document) -> Iterator[Problem]:
    yield from _duplicates(document, referenced=False)


def _duplicates(document: Document, *, referenced: bool) -> Iterator[Problem]:
    if len(document.ids) == sum(document.id_count.values()):
        return
    targets = {
        id
        for element in document.elements
        for attribute in _LEADS_TO_IDS
        if attribute in element.attributes
        for id in element.attributes[attribute].split()
    }
    counts: dict[str, list[Element]] = {}
    for element in document.elements:
        id = element.attributes.get("id")
        if id:
            counts.setdefault(id, []).append(element)
    for id, elements in counts.items():
        if len(elements) > 1 and (id in targets) == referenced:
            yield Problem(elements[1], {"id": id, "count": len(elements)})


@rule(
    "tabindex-positive",
    criterion="2.4.3",
    severity="warning",
    name=Text(en="Forced tab order", th="ลำดับการกดแท็บถูกบังคับ"),
    message=Text(
        en="tabindex {tabindex} takes this out of the reading order, before all of the page.",
        th="tabindex {tabindex} ทำให้ลำดับการกดแท็บต่างจากลำดับการอ่านของทั้งหน้า",
    ),
    remedy=Text(
        en="Remove tabindex, and write the page in the order in which it is to be used.",
        th="ลบ tabindex แล้วจัดลำดับในหน้าตามลำดับการใช้งาน",
    ),
    passes=('<div tabindex="-1">ก</div><div role="button" tabindex="0">ข</div>',),
    fails=('<button tabindex="3">ส่งคำร้อง</button>',),
)
def tabindex_positive(document: Document) -> Iterator[Problem]:
    for element in document.having("tabindex"):
        value = element.get("tabindex")
        if re.fullmatch(r"\+?0*[1-9]\d*", value):
            yield Problem(element, {"tabindex": value})


@rule(
    "order-visual",
    criterion="1.3.2",
    severity="warning",
    name=Text(en="Order seen differs from order read", th="ลำดับที่เห็นต่างจากลำดับที่อ่าน"),
    message=Text(
        en="“{setting}” shows this in another order than it is read in.",
        th="“{setting}” ทำให้ลำดับที่เห็นต่างจากลำดับที่โปรแกรมอ่านหน้าจออ่าน",
    ),
    remedy=Text(
        en="Write the content in the order in which it is to be read, without reordering it.",
        th="จัดเนื้อหาตามลำดับที่ต้องการให้อ่าน โดยไม่ใช้สไตล์สลับลำดับ",
    ),
    passes=(
        '<div style="display:flex;flex-direction:column"><p style="order:0">ก</p></div>',
        '<div><p style="order: 2">ก</p></div>',
        '<div style="flex-wrap:wrap-reverse"><p>ก</p><p>ข</p></div>',
        "<div style=\"display:grid;grid-template-areas:'a a' 'b c'\"><p style=\"grid-area:a\">ก</p>"
        '<p style="grid-area:b">ข</p><p style="grid-area:c">ค</p></div>',
        '<div style="display:grid"><p style="grid-row:1;grid-column:2">ก</p><p>ข</p>'
        '<p style="grid-row:2;grid-column:1">ค</p></div>',
    ),
    fails=(
        '<div style="display:flex; flex-direction: row-reverse"><p>ก</p><p>ข</p></div>',
        '<div style="display:flex"><p style="order: 2">ก</p><p style="order:-1">ข</p></div>',
        "<style>.row { display: flex; flex-flow: column-reverse }</style>"
        "<div class=row><p>ก</p><p>ข</p></div>",
        "<div style=\"display:grid;grid-template-areas:'b' 'a'\"><p style=\"grid-area:a\">ก</p>"
        '<p style="grid-area:b">ข</p></div>',
        '<div style="display:grid"><p style="grid-row:2">ก</p><p style="grid-row:1">ข</p></div>',
        '<div style="display:grid"><p style="grid-area:1/2">ก</p>'
        '<p style="grid-area:1/1">ข</p></div>',
        Example('<div style="display:flex;flex-wrap:wrap-reverse"><p>a</p><p>b</p></div>', "en"),
    ),
)
def order_visual(document: Document) -> Iterator[Problem]:
    for element in document.styled:
        style = element.style
        if _arranges(element, "flex") and len(element.element_children) > 1:
            for setting in ("flex-direction", "flex-flow", "flex-wrap"):
                if "reverse" in style.get(setting, ""):
                    yield Problem(element, {"setting": f"{setting}: {style[setting]}"})
        if _arranges(element, "grid"):
            yield from _misplaced(element)
        arranged = element.parent is not None and _arranges(element.parent, "flex", "grid")
        if arranged and re.fullmatch(r"-?0*[1-9]\d*", style.get("order", "")):
            yield Problem(element, {"setting": f"order: {style['order']}"})


def _arranges(element: Element, *kinds: str) -> bool:
    return any(kind in element.style.get("display", "") for kind in kinds)


def _misplaced(grid: Element) -> Iterator[Problem]:
    """The first child of a grid that is placed before one that is read before it."""
    template = grid.style.get("grid-template-areas") or grid.style.get("grid-template", "")
    areas = [
        area for row in re.findall("\"[^\"]*\"|'[^']*'", template) for area in row[1:-1].split()
    ]
    last = (0, 0)
    for child in grid.element_children:
        place = _place(child, areas)
        if place is not None and place < last:
            by = next(by for by in ("grid-row-start", "grid-row", "grid-area") if by in child.style)
            yield Problem(child, {"setting": f"{by}: {child.style[by]}"})
            return
        last = place or last


def _place(child: Element, areas: list[str]) -> tuple[int, int] | None:
    """Row and column of a grid where a child is put, or its area's place; None where it flows."""
    area = child.style.get("grid-area", "")
    if area in areas:
        return (areas.index(area), 0)
    lines = [*area.split("/"), "", ""]
    row = child.style.get("grid-row-start") or child.style.get("grid-row") or lines[0]
    column = child.style.get("grid-column-start") or child.style.get("grid-column") or lines[1]
    row_line, column_line = (re.match(r"\s*(\d{1,4})\s*(?:/|$)", line) for line in (row, column))
    if row_line is None:
        return None
    return (int(row_line[1]), int(column_line[1]) if column_line else 0)


@rule(
    "accesskey-duplicate",
    criterion="2.1.1",
    severity="warning",
    name=Text(en="Duplicate access key", th="ปุ่มลัดซ้ำ"),
    message=Text(
        en="The access key “{key}” is taken already.",
        th="ปุ่มลัด “{key}” ถูกใช้แล้วในหน้านี้",
    ),
    remedy=Text(en="Choose another key, or none.", th="เลือกปุ่มลัดอื่น หรือไม่กำหนดปุ่มลัด"),
    passes=('<a href="/th/a/" accesskey="1">ข่าวเด่น</a><a href="/th/b/" accesskey="2">ประกาศ</a>',),
    fails=('<a href="/th/a/" accesskey="1">ข่าวเด่น</a><a href="/th/b/" accesskey="1">ประกาศ</a>',),
)
def accesskey_duplicate(document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in document.having("accesskey"):
        for key in element.get("accesskey").lower().split():
            if key in seen:
                yield Problem(element, {"key": key})
            seen.add(key)
