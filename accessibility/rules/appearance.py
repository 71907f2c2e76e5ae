"""What looks can tell from HTML alone: colours, focus, width and spacing in its own styles.

Computed looks are the matter of a browser; here only what the page itself declares is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .colours import Colour, colour, contrast
from .dom import Document, Element
from .model import Problem, Text, rule
from .styles import pixels
from .writing import words

#: CSS width of the narrowest window that content must fit without scrolling sideways (1.4.10).
NARROWEST = 320
#: Two-dimensional content, and what scales by itself.
_MAY_BE_WIDE = words(
    "table thead tbody tfoot tr td th col colgroup img picture video audio canvas svg iframe "
    "object embed pre code math html body"
)
_OWN_COLOURS = words("a button input select textarea option mark")
#: What else may show focus or a link, when the outline or the underline is gone.
_OTHER_MARKS = ("border", "box-shadow", "background", "outline", "font-weight", "text-shadow")


@rule(
    "colour-contrast",
    criterion="1.4.3",
    severity="error",
    name=Text(en="Weak contrast", th="สีตัวอักษรตัดกับพื้นหลังไม่พอ"),
    message=Text(
        en="The contrast of text and background is {ratio}:1; at least {needed}:1 is needed.",
        th="ค่าความต่างของสีตัวอักษรกับพื้นหลังคือ {ratio}:1 ต้องไม่น้อยกว่า {needed}:1",
    ),
    remedy=Text(
        en="Choose a darker text or a lighter background, or leave the colours to the site.",
        th="เลือกสีตัวอักษรให้เข้มขึ้นหรือพื้นหลังให้อ่อนลง หรือใช้สีของเว็บไซต์",
    ),
    passes=(
        '<p style="color:#333;background-color:#fff">ข่าว</p>',
        '<p style="color:#999">พื้นหลังของเว็บไซต์เป็นสีใดไม่ทราบจากส่วนนี้</p>',
        '<p style="color:#777;background:#fff;font-size:24px">ข่าว</p>',
        '<p style="color:#eee;background:url(a.jpg)">ข่าว</p>',
        '<p style="color:rgb(var(--a));background:white">ข่าว</p>',
        "<!doctype html><style>.x{color:#999}</style><p>ข่าว</p><a href=/th/>ข่าวเด่น</a>",
        "<!doctype html><link rel=stylesheet href=/s.css><p style=color:#999>ข่าว</p>",
        '<!doctype html><style>@import "s.css"</style><p style=color:#999>ข่าว</p>',
    ),
    fails=(
        '<p style="color:#999;background-color:#fff">ข่าว</p>',
        '<div style="background:yellow;color:rgb(255, 255, 255)">ข่าว</div>',
        "<!doctype html><style>.x { color: #aaa }</style><p class=x>ข่าว</p>",
        '<!doctype html><div style="color:silver"><p>ข่าว</p></div>',
        '<h2 style="color:#aaa;background:#fff">ข่าว</h2>',
        '<p style="color:gray;background:#ddd;font-weight:bold;font-size:19px">ข่าว</p>',
    ),
)
def colour_contrast(document: Document) -> Iterator[Problem]:
    for element, text, background in _painted(document):
        needed = 3 if _is_large(element) else 4.5
        ratio = contrast(text, background)
        if ratio < needed:
            # Cut, not rounded: 4.49 is not 4.5.
            yield Problem(element, {"ratio": int(ratio * 100) / 100, "needed": needed})


def _painted(document: Document) -> Iterator[tuple[Element, Colour, Colour]]:
    """The elements with text whose colours of text and background are known."""
    if not document.styled:
        return
    default = ("black", "white") if document.styles_complete else ("", "")
    painted: dict[int, tuple[str, str]] = {}
    for element in document.elements:
        text, background = default
        if element.parent is not None and document.styles_complete:
            text, background = painted[element.parent.order]
        if element.tag in _OWN_COLOURS:
            text = ""
        text = element.style.get("color", text)
        background = _background(element) or background
        painted[element.order] = (text, background)
        if (text, background) != default and element.exposed and element.own_text:
            colours = colour(text), colour(background)
            if colours[0] and colours[1]:
                yield element, colours[0], colours[1]


def _background(element: Element) -> str:
    """The declared background, "" for none."""
    style = element.style
    image = style.get("background-image", "")
    stated = style.get("background-color") or style.get("background", "")
    return image or ("" if stated in ("none", "transparent", "inherit") else stated)


def _is_large(element: Element) -> bool:
    size = pixels(element.style.get("font-size", ""))
    if size is None:
        return element.tag in ("h1", "h2") and "font-size" not in element.style
    bold = element.style.get("font-weight", "") in ("bold", "bolder", "700", "800", "900")
    return size >= 24 or (bold and size >= 18.66)


@rule(
    "link-colour-only",
    criterion="1.4.1",
    severity="warning",
    name=Text(en="Link told by colour alone", th="แยกลิงก์จากข้อความด้วยสีอย่างเดียว"),
    message=Text(
        en="The link “{text}” has no underline: in running text only its colour tells it.",
        th="ลิงก์ “{text}” ไม่มีเส้นใต้ มีเพียงสีที่ต่างจากข้อความรอบข้าง",
    ),
    remedy=Text(
        en="Leave links in running text underlined.",
        th="คงเส้นใต้ของลิงก์ที่อยู่ในเนื้อความไว้",
    ),
    passes=(
        '<p>อ่าน<a href="/th/r/">รายงานประจำปี</a>ได้แล้ว</p>',
        '<nav><a href="/th/r/" style="text-decoration:none">รายงานประจำปี</a></nav>',
        '<p>อ่าน<a href="/r/" style="text-decoration:none;border-bottom:1px solid">รายงาน</a></p>',
    ),
    fails=(
        '<p>อ่าน<a href="/th/r/" style="text-decoration:none">รายงานประจำปี</a>ได้แล้ว</p>',
        "<style>a { color: #05c; text-decoration: none }</style>"
        '<p>อ่าน<a href="/th/r/">รายงานประจำปี</a>ได้แล้ว</p>',
    ),
)
def link_colour_only(document: Document) -> Iterator[Problem]:
    for link in document.links:
        style = link.style
        line = style.get("text-decoration") or style.get("text-decoration-line")
        around = link.closest("p", "li", "dd", "td", "blockquote", "figcaption")
        marked = any(name.startswith(_OTHER_MARKS) for name in style)
        if line == "none" and not marked and around and around.own_text and link.text:
            yield Problem(link, {"text": link.text})


@rule(
    "focus-outline-removed",
    criterion="2.4.7",
    severity="warning",
    name=Text(en="Focus made invisible", th="ลบกรอบแสดงโฟกัส"),
    message=Text(
        en="“{selector}” has no outline: keyboard users do not see where they are.",
        th="“{selector}” ไม่มีกรอบแสดงโฟกัส ผู้ใช้แป้นพิมพ์จะไม่เห็นว่าอยู่ที่ใด",
    ),
    remedy=Text(
        en="Remove outline: none, or give :focus-visible a clear outline of its own.",
        th="ลบ outline: none หรือกำหนดกรอบที่เห็นชัดให้ :focus-visible",
    ),
    passes=(
        "<style>a:focus { outline: none; box-shadow: 0 0 0 3px }</style>",
        "<style>:focus:not(:focus-visible) { outline: 0 } p { outline: none }</style>",
        "<style>a { outline: none } :focus-visible { outline: 3px solid }</style>",
        "<style>@media print { a:focus { outline: none } }</style><p>ก</p>",
        '<p style="outline:none">ก</p><main tabindex="-1" style="outline:none">ข</main>',
    ),
    fails=(
        "<style>*:focus { outline: none }</style><p>ก</p>",
        "<style>@layer base { @charset 'x'; a:focus { outline: none } }</style><p>ก</p>",
        "<style>a, button { outline: 0 }</style><p>ก</p>",
        '<a href="/th/" style="outline: none">หน้าแรก</a>',
    ),
)
def focus_outline_removed(document: Document) -> Iterator[Problem]:
    rules = document.style_rules
    if not any(":focus" in rule.selector and _shows_focus(rule.block) for rule in rules):
        for rule in rules:
            focusable = re.search(
                r":focus(?!-within)|(^|[\s>+~])(\*|a|button|input|select|textarea)$", rule.selector
            )
            if focusable and ":not(" not in rule.selector and _hides_focus(rule.block):
                sheet = document.elements[rule.origin]
                yield Problem(sheet, {"selector": rule.selector}, excerpt=rule.selector)
    for element in document.all("a", "button", "input", "select", "textarea", "summary"):
        if _hides_focus(element.inline_style):
            yield Problem(element, {"selector": element.tag})


def _hides_focus(block: dict[str, str]) -> bool:
    gone = block.get("outline", block.get("outline-style", block.get("outline-width", "")))
    return gone in ("none", "0", "0px") and not _shows_focus(block)


def _shows_focus(block: dict[str, str]) -> bool:
    return any(
        name.startswith(_OTHER_MARKS) and value not in ("none", "0", "0px")
        for name, value in block.items()
    )


@rule(
    "reflow-fixed-width",
    criterion="1.4.10",
    severity="warning",
    name=Text(en="Fixed width", th="กำหนดความกว้างตายตัว"),
    message=Text(
        en="A width of {width} pixels makes readers of enlarged text scroll sideways.",
        th="ความกว้าง {width} พิกเซลทำให้ผู้ที่ขยายหน้าจอต้องเลื่อนซ้ายขวาเพื่ออ่าน",
    ),
    remedy=Text(
        en="Remove the width, or make it a max-width.",
        th="ลบความกว้างออก หรือใช้ max-width แทน",
    ),
    passes=(
        '<div style="width:300px">ก</div><div style="max-width:900px">ข</div>',
        '<div style="width:900px;max-width:100%">ก</div><table style="width:900px"></table>',
        '<div style="overflow-x:auto"><div style="width:900px">ก</div></div>',
        '<div style="width:50%">ก</div>',
    ),
    fails=(
        '<div style="width: 900px">ก</div>',
        '<p style="min-width: 600px">ก</p>',
        "<style>.wide { width: 1200px }</style><div class=wide>ก</div>",
    ),
)
def reflow_fixed_width(document: Document) -> Iterator[Problem]:
    for element in document.styled:
        style = element.style
        if element.tag in _MAY_BE_WIDE:
            continue
        narrowest = pixels(style.get("min-width", "")) or 0
        wide = 0 if "max-width" in style else pixels(style.get("width", "")) or 0
        width = max(narrowest, wide)
        if width > NARROWEST and not any(map(_scrolls, (element, *element.ancestors))):
            yield Problem(element, {"width": round(width)})


def _scrolls(element: Element) -> bool:
    overflow = element.style.get("overflow-x") or element.style.get("overflow", "")
    return any(word in ("auto", "scroll") for word in overflow.split())


@rule(
    "text-clipped",
    criterion="1.4.12",
    severity="warning",
    name=Text(en="Text cut off when it grows", th="ข้อความถูกตัดเมื่อขยาย"),
    message=Text(
        en="A height of {height} with hidden overflow cuts text off once it is enlarged or spaced.",
        th="ความสูง {height} ที่ซ่อนส่วนเกินจะตัดข้อความเมื่อขยายหรือเพิ่มระยะห่าง",
    ),
    remedy=Text(
        en="Use min-height, and let the box grow with its text.",
        th="ใช้ min-height เพื่อให้กล่องขยายตามข้อความ",
    ),
    passes=(
        '<div style="min-height:40px;overflow:hidden">ก</div>',
        '<div style="height:40px;overflow:hidden"><img src="a.jpg" alt=""></div>',
        '<span style="position:absolute;height:1px;width:1px;overflow:hidden">ก</span>',
    ),
    fails=('<div style="height: 40px; overflow: hidden">ข่าว</div>',),
)
def text_clipped(document: Document) -> Iterator[Problem]:
    for element in document.styled:
        style = element.style
        height = style.get("height", style.get("max-height", ""))
        # A box of one pixel hides text from sight on purpose.
        cut = {style.get("overflow"), style.get("overflow-y")} & {"hidden", "clip"}
        if cut and (pixels(height) or 0) > 2 and element.text:
            yield Problem(element, {"height": height})


@rule(
    "text-spacing-fixed",
    criterion="1.4.12",
    severity="error",
    name=Text(en="Spacing that cannot be changed", th="ระยะห่างข้อความที่ผู้อ่านปรับไม่ได้"),
    message=Text(
        en="“{setting}” keeps readers from setting the spacing they need.",
        th="“{setting}” ทำให้ผู้อ่านปรับระยะห่างตามที่ต้องการไม่ได้",
    ),
    remedy=Text(en="Remove !important.", th="ลบ !important ออก"),
    passes=('<p style="line-height:1.8;color:#000!important">ข่าว</p>',),
    fails=('<p style="line-height: 1.2 !important">ข่าว</p>',),
)
def text_spacing_fixed(document: Document) -> Iterator[Problem]:
    for element in document.having("style"):
        fixed = re.search(
            r"(?:line-height|letter-spacing|word-spacing)\s*:[^;]*!\s*important",
            element.get("style"),
            re.I,
        )
        if fixed and element.text:
            yield Problem(element, {"setting": fixed[0]})
