"""What looks can tell from HTML alone: colours, focus, width and spacing in its own styles.

Computed looks are the matter of a browser; here only what the page itself declares is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .colours import Colour, colour, contrast
from .dom import Document, Element
from .model import Problem, Text, rule
from .styles import pixels
from .writing import has_word, words

#: CSS width of the narrowest window that content must fit without scrolling sideways (1.4.10).
NARROWEST = 320
#: Two-dimensional content, and what scales by itself.
_MAY_BE_WIDE = words(
    "table thead tbody tfoot tr td th col colgroup img picture video audio canvas svg iframe "
    "object embed pre code math html body"
)
_OWN_COLOURS = words("a button input select textarea option mark")
_OWN_BACKGROUND = words("button input select textarea option mark")
_PAINT = frozenset(("color", "background", "background-color", "background-image"))
#: Sizes of letters: in pixels where a browser begins with 16, of headings by what is around them.
_SIZES = {
    "xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24,
    "xx-large": 32, "xxx-large": 48,
}  # fmt: skip
_HEADING_SIZES = {"h1": 2, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83}
_BOLD = ("bold", "bolder", "700", "800", "900")
_BOLD_TAGS = words("b strong th h1 h2 h3 h4 h5 h6")
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
        '<p style="color:#777;background:#fff;font-size:1.5em">ข่าว</p>',
        '<p style="color:#777;background:#fff;font-size:150%">ข่าว</p>',
        '<p style="color:#777;background:#fff;font-size:1.5rem">ข่าว</p>',
        '<p style="color:#777;background:#fff;font-size:x-large">ข่าว</p>',
        '<p style="color:#777;background:#fff;font:bold 24px Sarabun">ข่าว</p>',
        '<p style="color:#777;background:#fff;font-size:calc(1rem + 2vw)">ข่าว</p>',
        '<div style="font-size:24px"><p style="color:#777;background:#fff">ข่าว</p></div>',
        '<h4 style="color:#777;background:#fff">ข่าว</h4>',
        '<p class="lead" style="color:#777;background:#fff">ข่าว</p>',
        '<div style="font-size:2vw"><p style="color:#777;background:#fff">ข่าว</p></div>',
        '<b style="font-size:2vw"><i style="color:#777;background:#fff;font-size:1em">ข่าว</i></b>',
        "<!doctype html><style>h3{color:#777}</style><h3>ข่าว</h3>",
        '<button disabled style="color:#999;background:#fff">ส่ง</button>',
        '<a href="/" aria-disabled="true" style="color:#999;background:#fff"><b>ส่ง</b></a>',
        "<!doctype html><style>p{color:#fff}p::before{background:#000}</style><p>ข่าว</p>",
        "<!doctype html><style>p{color:#fff}@media screen{p{background:#000}}</style><p>ข่าว</p>",
        "<!doctype html><style>a{color:#fff}a:focus{background:#000}</style><a href=/>ข้าม</a>",
        "<!doctype html><style>b{position:absolute;color:#fff}</style><p><b>บนภาพ</b></p>",
        "<!doctype html><style>p{color:#ddd}</style><p>|</p>",
        '<!doctype html><style>@import "s.css"</style><p style=color:#999>ข่าว</p>',
    ),
    fails=(
        '<p style="color:#999;background-color:#fff">ข่าว</p>',
        '<div style="background:yellow;color:rgb(255, 255, 255)">ข่าว</div>',
        "<!doctype html><style>.x { color: #aaa }</style><p class=x>ข่าว</p>",
        '<!doctype html><div style="color:silver"><p>ข่าว</p></div>',
        '<h2 style="color:#aaa;background:#fff">ข่าว</h2>',
        '<p style="color:gray;background:#ddd;font-weight:bold;font-size:19px">ข่าว</p>',
        '<p style="color:#777;background:#fff;font-size:0.9em">ข่าว</p>',
        '<p style="color:#777;background:#fff;font-size:small">ข่าว</p>',
        "<!doctype html><style>h4{color:#777}</style><h4>ข่าว</h4>",
        "<!doctype html><style>p{color:#aaa}p:hover,::selection{color:#000}</style><p>ข่าว</p>",
        "<!doctype html><style>p{color:#aaa}@media print{p{color:#000}}</style><p>ข่าว</p>",
    ),
)
def colour_contrast(document: Document) -> Iterator[Problem]:
    for element, text, background, is_large in _painted(document):
        needed = 3 if is_large else 4.5
        ratio = contrast(text, background)
        if ratio < needed:
            # Cut, not rounded: 4.49 is not 4.5.
            yield Problem(element, {"ratio": int(ratio * 100) / 100, "needed": needed})


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands down: its colours ("" for unknown) and its letters.

    size: in CSS pixels, None where it is not known
    exempt: whether it is a control that is disabled, or is painted in another way at times
    """

    text: str
    background: str
    size: float | None
    bold: bool = False
    exempt: bool = False

    @property
    def may_be_large(self) -> bool:
        """Whether it is large text, or of a size that is not known."""
        return self.size is None or self.size >= 24 or (self.bold and self.size >= 18.66)


def _painted(document: Document) -> Iterator[tuple[Element, Colour, Colour, bool]]:
    """The elements with text whose colours are known, and whether the text may be large."""
    if not document.styled:
        return
    default = _Look(*(("black", "white") if document.styles_complete else ("", "")), size=16)
    looks: dict[int, _Look] = {}
    for element in document.elements:
        around = looks[element.parent.order] if element.parent is not None else default
        look = looks[element.order] = _look(element, around)
        stated = (look.text, look.background) != (default.text, default.background)
        if stated and not look.exempt and element.exposed and has_word(element.own_text):
            colours = colour(look.text), colour(look.background)
            if colours[0] and colours[1]:
                yield element, colours[0], colours[1], look.may_be_large


def _look(element: Element, around: _Look) -> _Look:
    style, complete = element.style, element.document.styles_complete
    # In a fragment the colours of what is around are not known.
    inherited = around if complete else replace(around, text="", background="")
    text = "" if element.tag in _OWN_COLOURS else inherited.text
    # Behind a box that lies on others, and in a field, is not what is around it.
    lies_above = style.get("position") in ("absolute", "fixed") or element.tag in _OWN_BACKGROUND
    weight = style.get("font-weight", "")
    return _Look(
        text=style.get("color", text),
        background=_background(element) or ("" if lies_above else inherited.background),
        size=_size(element, around),
        bold=weight in _BOLD if weight else around.bold or element.tag in _BOLD_TAGS,
        exempt=around.exempt
        or "disabled" in element.attributes
        or element.get("aria-disabled") == "true"
        or not _PAINT.isdisjoint(element.document.at_times.get(element.order, ())),
    )


def _size(element: Element, around: _Look) -> float | None:
    """The size of an element's letters, None where a sheet that is not here may decide."""
    style, complete = element.style, element.document.styles_complete
    by_the_site = "class" in element.attributes or element.heading_level
    if "font" in style:
        return None
    stated = style.get("font-size", "")
    if not stated:
        if around.size is None or (by_the_site and not complete):
            return None
        return around.size * _HEADING_SIZES.get(element.tag, 1)
    if stated in _SIZES:
        return _SIZES[stated]
    relative = re.fullmatch(r"(\d*\.?\d+)(em|rem|%)", stated)
    base = 16 if "rem" in stated else around.size
    if relative and base is not None:
        return base * float(relative[1]) / (100 if relative[2] == "%" else 1)
    return pixels(stated)


def _background(element: Element) -> str:
    """The declared background, "" for none."""
    style = element.style
    image = style.get("background-image", "")
    stated = style.get("background-color") or style.get("background", "")
    return image or ("" if stated in ("none", "transparent", "inherit") else stated)


@rule(
    "link-colour-only",
    criterion="1.4.1",
    severity="warning",
    name=Text(en="Link told by colour alone", th="ลิงก์ที่ต่างจากข้อความด้วยสีอย่างเดียว"),
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
    name=Text(en="Focus made invisible", th="กรอบแสดงโฟกัสถูกนำออก"),
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
    name=Text(en="Fixed width", th="ความกว้างที่กำหนดตายตัว"),
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
            r"(?:line-height|letter-spacing|word-spacing)\s*:[^;:]*!\s*important",
            element.get("style"),
            re.I,
        )
        if fixed and element.text:
            yield Problem(element, {"setting": fixed[0]})
