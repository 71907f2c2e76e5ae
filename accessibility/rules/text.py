"""Running text: capitals, justification, underlines, emoji, drawings made of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import Document, Element, in_order
from .model import Example, Problem, Text, rule
from .writing import length

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Four or more words in a row that are written in capitals only.
#: Lengths are bounded, so that no text takes the square of its length.
_SHOUT = re.compile(r"[A-Z][A-Z'’]{0,30}(?:[ :;!–-]{1,5}[A-Z][A-Z'’]{0,30}){3,}\b")
_CODE = ("pre", "code", "kbd", "samp", "var")

_SINGLE_EMOJI = (
    "[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
    "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*"
)
#: Joined ones (families, professions) and flags of two letters are one emoji.
_EMOJI = f"(?:{_SINGLE_EMOJI}(?:\u200d{_SINGLE_EMOJI}){{0,8}}+)"
_EMOJI_RUN = re.compile(f"{_EMOJI}(?:\\s*{_EMOJI}){{2,}}")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")

#: A line ruled with characters. Dots and underscores are the blanks of a form.
_RULED = re.compile(r"([=*~#+^<>|/\\\u2500-\u25ff★☆-])\1{5,}")
_DRAWN = re.compile(r"[^\w\s.,:;'\"()“”‘’?!\u0e00-\u0e7f\u2026]")
#: Patterns begin with a set of characters: a search that does is some ten times as fast.
_SPACED_LETTERS = re.compile(r"[A-Zก-ฮ](?:[ \u00a0]+[A-Zก-ฮ]){3,}(?!\S)")


def in_capitals(element: Element) -> bool:
    """Whether all of a short text is in capitals, and is more than acronyms."""
    text = element.text
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if element.style.get("text-transform") == "uppercase":
        return len(words) >= 3 and text.isascii()
    if not words or not all(map(str.isupper, words)):
        return False
    return (
        (len(words) >= 2 and letters >= 10 and max(map(len, words)) >= 6)
        or (len(words) >= 3 and letters >= 12)
        or letters >= 9
    )


@rule(
    "text-capitals",
    criterion="3.1.5",
    severity="advice",
    name=Text(en="Text in capitals", th="ข้อความเป็นตัวพิมพ์ใหญ่ทั้งหมด"),
    message=Text(
        en="“{text}” is in capitals, which is slow to read and may be spelt out.",
        th="“{text}” เป็นตัวพิมพ์ใหญ่ทั้งหมด อ่านได้ช้า และโปรแกรมอ่านหน้าจออาจสะกดทีละตัว",
    ),
    remedy=Text(
        en="Write it in sentence case; mark importance with strong.",
        th="เขียนด้วยตัวพิมพ์เล็กตามปกติ หากต้องการเน้นให้ใช้ตัวหนา (strong)",
    ),
    passes=(
        Example("<p>NHRC, OHCHR, UNESCO and UNICEF published a PDF on WCAG 2.2 AA.</p>", "en"),
        "<p>ตามมาตรฐาน WCAG และ TWCAG ของ NECTEC</p>",
    ),
    fails=(
        Example("<p>DO NOT ENTER THIS BUILDING after six.</p>", "en"),
        Example('<p style="text-transform:uppercase">Please read this notice first</p>', "en"),
    ),
)
def text_capitals(document: Document) -> Iterator[Problem]:
    for run in document.runs:
        element = run.element
        shouted = _SHOUT.search(run.text)
        styled = element.style.get("text-transform") == "uppercase"
        if not (shouted or styled) or _in_heading(element) or _in_code(element):
            continue
        if shouted and sum(map(str.isalpha, shouted[0])) >= 14:
            yield Problem(element, {"text": shouted[0]})
        elif styled and (run.text.isascii() and len(_WORD.findall(run.text)) >= 4):
            yield Problem(element, {"text": run.text})


@rule(
    "text-justified",
    criterion="1.4.8",
    severity="advice",
    name=Text(en="Justified text", th="ข้อความจัดชิดขอบทั้งสองด้าน"),
    message=Text(
        en="Justified lines have gaps of uneven width, which hinder readers with dyslexia.",
        th="ข้อความที่จัดชิดขอบทั้งสองด้านมีช่องว่างไม่สม่ำเสมอ ทำให้ผู้มีภาวะบกพร่องในการอ่านอ่านได้ยาก",
    ),
    remedy=Text(en="Align the text to its start.", th="จัดข้อความชิดซ้าย"),
    passes=('<p style="text-align:left">ข้อความ</p>', "<p>ข้อความ</p>"),
    fails=(
        '<p style="text-align: justify">ข้อความ</p>',
        '<p align="justify">ข้อความ</p>',
        "<style>p { text-align: justify }</style><p>ข้อความ</p>",
    ),
)
def text_justified(document: Document) -> Iterator[Problem]:
    for element in in_order([*document.having("align"), *document.styled]):
        if element.get("align").lower() == "justify" or (
            element.style.get("text-align") == "justify"
        ):
            yield Problem(element)


@rule(
    "text-underlined",
    criterion="1.3.1",
    severity="advice",
    name=Text(en="Underlined text that is no link", th="ข้อความขีดเส้นใต้ที่ไม่ใช่ลิงก์"),
    message=Text(
        en="“{text}” is underlined and leads nowhere: readers take it for a link.",
        th="“{text}” ขีดเส้นใต้แต่ไม่ใช่ลิงก์ ผู้อ่านอาจเข้าใจว่ากดได้",
    ),
    remedy=Text(
        en="Stress it with strong or em instead of an underline.",
        th="เน้นข้อความด้วยตัวหนา (strong) หรือตัวเอน (em) แทนการขีดเส้นใต้",
    ),
    passes=(
        '<p><a href="/th/news/"><u>ข่าวทั้งหมดของสำนักงาน</u></a></p>',
        "<p><strong>ด่วน</strong></p>",
        '<p style="text-decoration:none">ด่วน</p>',
    ),
    fails=("<p><u>ด่วน</u></p>", '<p><span style="text-decoration: underline">ด่วน</span></p>'),
)
def text_underlined(document: Document) -> Iterator[Problem]:
    for element in in_order([*document.all("u"), *document.styled]):
        line = element.style.get("text-decoration", "") + element.style.get(
            "text-decoration-line", ""
        )
        if (element.tag == "u" or "underline" in line) and element.text:
            linked = element.tag == "a" or element.closest("a") or element.inside("a")
            if not linked and element.tag not in ("abbr", "ins", "button", "summary"):
                yield Problem(element, {"text": element.text})


@rule(
    "text-emoji-run",
    criterion="1.1.1",
    severity="advice",
    name=Text(en="Row of emoji", th="อีโมจิเรียงกันหลายตัว"),
    message=Text(
        en="{count} emoji in a row are read out one by one by their long names.",
        th="อีโมจิ {count} ตัวเรียงกัน โปรแกรมอ่านหน้าจอจะอ่านชื่อยาว ๆ ทีละตัว",
    ),
    remedy=Text(
        en="Keep one at most, at the end of the sentence, and say the thing in words.",
        th="ใช้ไม่เกินหนึ่งตัว วางไว้ท้ายประโยค และสื่อความหมายด้วยถ้อยคำ",
    ),
    passes=("<p>ขอแสดงความยินดี 🎉</p>", "<p>ครอบครัว 👨‍👩‍👧 และธง 🇹🇭🇱🇦</p>"),
    fails=("<p>ขอแสดงความยินดี 🎉🎉🎉</p>", "<p>ข่าวดี 🔥 ⭐ ❤️ 👍🏽</p>"),
)
def text_emoji_run(document: Document) -> Iterator[Problem]:
    for run in document.runs:
        match = _EMOJI_RUN.search(_FLAG_LETTERS.sub("", run.text))
        if match:
            count = len(re.findall(_EMOJI, match[0]))
            yield Problem(run.element, {"count": count}, excerpt=match[0])


@rule(
    "text-drawn",
    criterion="1.1.1",
    severity="warning",
    name=Text(en="Picture or line made of characters", th="ภาพหรือเส้นที่สร้างจากตัวอักขระ"),
    message=Text(
        en="A drawing made of characters is read out sign by sign.",
        th="ภาพที่วาดด้วยตัวอักขระจะถูกอ่านออกเสียงทีละเครื่องหมาย",
    ),
    remedy=Text(
        en="Use an image with an alternative, or a real divider; or give the drawing role=img and "
        "a name (aria-label).",
        th="ใช้รูปภาพที่มีข้อความทดแทน หรือใช้เส้นคั่นของระบบ หรือกำหนด role=img พร้อมชื่อ (aria-label)",
    ),
    passes=(
        "<p>ชื่อ ............................ นามสกุล ______________</p>",
        "<pre>if a == b:\n    print(a)\nreturn a</pre>",
        '<pre role="img" aria-label="แมว"> /\\_/\\ \n( o.o )\n &gt; ^ &lt; </pre>',
        "<p>“สิทธิมนุษยชน” (ก) – (ข) ฯลฯ … ๆ ๑/๒๕๖๗</p>",
    ),
    fails=(
        "<pre> /\\_/\\ \n( o.o )\n &gt; ^ &lt; </pre>",
        "<p>ข่าวเด่น<br>==========</p>",
        "<p>★★★★★★★★ ประกาศ ★★★★★★★★</p>",
    ),
)
def text_drawn(document: Document) -> Iterator[Problem]:
    for run in document.runs:
        ruled = _RULED.search(run.text)
        if ruled and not _in_code(run.element) and run.element.role != "img":
            yield Problem(run.element, excerpt=ruled[0])
    for element in document.all("pre"):
        if element.role != "img" and not element.inside("code", "samp", "kbd"):
            drawing = "".join(child for child in element.children if isinstance(child, str))
            lines = [line for line in drawing.splitlines() if line.strip()]
            signs = len(_DRAWN.findall(drawing))
            if len(lines) >= 3 and signs * 2 >= len("".join(drawing.split())):
                yield Problem(element)


@rule(
    "text-letter-spaced",
    criterion="1.3.2",
    severity="warning",
    name=Text(en="Letters set apart by spaces", th="เว้นวรรคระหว่างตัวอักษร"),
    message=Text(
        en="“{text}” is read letter by letter.",
        th="“{text}” จะถูกอ่านทีละตัวอักษร",
    ),
    remedy=Text(
        en="Write the word together; a style sheet can set its letters wider.",
        th="เขียนเป็นคำติดกัน หากต้องการระยะห่างระหว่างตัวอักษรให้กำหนดในสไตล์ชีต",
    ),
    passes=("<p>ประกาศ วรรค ก ข ค</p>", Example("<p>J. R. R. Tolkien, vitamin A B C</p>", "en")),
    fails=("<p>ป ร ก า ศ ม ต ค</p><p>ก ส ม ช</p>", Example("<p>N E W S</p>", "en")),
)
def text_letter_spaced(document: Document) -> Iterator[Problem]:
    for run in document.runs:
        for match in _SPACED_LETTERS.finditer(run.text):
            if match.start() == 0 or run.text[match.start() - 1].isspace():
                yield Problem(run.element, {"text": match[0]})
                break


@rule(
    "direction-mismatch",
    criterion="1.3.2",
    severity="warning",
    name=Text(en="Wrong direction of writing", th="ทิศทางการเขียนไม่ตรงกับอักษร"),
    message=Text(
        en="The direction “{direction}” does not fit the letters of the text.",
        th="ทิศทางการเขียน “{direction}” ไม่ตรงกับอักษรของข้อความ",
    ),
    remedy=Text(
        en="Remove dir, or set it to the direction in which the language is written.",
        th="ลบแอตทริบิวต์ dir หรือกำหนดให้ตรงกับทิศทางการเขียนของภาษานั้น",
    ),
    passes=(
        '<p dir="ltr">ข้อความภาษาไทย</p>',
        Example('<p dir="rtl">حقوق الإنسان</p>', "ar"),
        '<p dir="auto">ข้อความ</p><p dir="rtl">123</p>',
    ),
    fails=(
        '<p dir="rtl">ข้อความภาษาไทย</p>',
        Example('<p dir="ltr">حقوق الإنسان</p>', "ar"),
        "<p>ข้อความ \u202eกลับทิศ</p>",
    ),
)
def direction_mismatch(document: Document) -> Iterator[Problem]:
    for element in document.having("dir"):
        direction = element.get("dir").lower()
        if direction in ("ltr", "rtl"):
            leftward = len(re.findall("[\u0590-\u08ff]", element.text))
            letters = length(re.sub(r"[\W\d_]", "", element.text))
            if letters and (leftward * 2 < letters) == (direction == "rtl"):
                yield Problem(element, {"direction": direction})
    for run in document.runs:
        # U+202D and U+202E order letters by force, whatever they are.
        if re.search("[\u202d\u202e]", run.text):
            yield Problem(run.element, {"direction": "U+202E"})


def _in_heading(element: Element) -> bool:
    return any(part.heading_level for part in (element, *element.ancestors))


def _in_code(element: Element) -> bool:
    return element.tag in _CODE or element.closest(*_CODE) is not None
