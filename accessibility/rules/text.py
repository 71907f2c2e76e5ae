"""Running text: capitals, justification, underlines, emoji, drawings made of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .dom import Document, Element, in_order
from .model import Example, Problem, Text, rule
from .writing import has_word, length, words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Words that tell a cry from a row of acronyms. "US", "WHO", "IT" and "AIDS" are acronyms, too.
_COMMON_WORDS = words(
    "A ABOUT ACCESS ACT ALERT ALL AN AND ANNUAL APPLY ARE AS AT BE BOOK BREAKING BY CALL CHILD "
    "CLICK CLOSED CONTACT COURT DATE DAY DO DOWN EVENT EVENTS FIRST FOR FORM FORMS FORUM FREE "
    "FROM GUIDE HAS HAVE HELP HERE HOME HOW HUMAN IF IN IS JOBS JOIN LAND LAST LATEST LAW LAWS "
    "LEARN LEGAL LIST LIVE MEDIA MEETING MORE MUST NATION NEW NEWS NEXT NO NOT NOTE NOTES NOTICE "
    "NOW OF OFFICE ON ONLY OPEN OR OUR OUT PART PEOPLE PHOTO PHOTOS PLAN PLEASE POLICY PRESS "
    "PUBLIC READ REPORT RIGHT RIGHTS SAFE SEE SHALL SIGN STAFF STATE STOP STORY SUMMARY TEAM THE "
    "THEIR THESE THIS TO TODAY UNTIL UP UPDATE URGENT VIDEO VISIT VOTE WARNING WAS WE WEEK WHAT "
    "WHEN WHERE WHICH WHY WILL WITH WOMEN WORK WORLD YEAR YES YOU YOUR YOUTH"
)
#: Three or more words in a row that are written in capitals only.
#: Lengths are bounded, so that no text takes the square of its length.
_SHOUT = re.compile(r"[A-Z][A-Z'’]{0,30}(?:[ :;,!–-]{1,5}[A-Z][A-Z'’]{0,30}){2,}\b")
_ROMAN = re.compile("X{0,3}(?:IX|IV|V?I{0,3})")
_CODE = ("pre", "code", "kbd", "samp", "var")

#: Signs that are emoji of themselves, those that a selector makes emoji, keycaps, flags.
_SINGLE_EMOJI = (
    "(?:[\u231a\u231b\u23e9-\u23f3\u2600-\u27bf\u2b50\u2b55"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
    "|[\u203c\u2049\u2139\u2194-\u21aa\u23f8-\u23fa\u25b6\u25c0]\ufe0f"
    "|[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2})"
    "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*"
)
#: Joined ones (families, professions) are one emoji.
_EMOJI = f"(?:{_SINGLE_EMOJI}(?:\u200d{_SINGLE_EMOJI}){{0,8}}+)"
_EMOJI_RUN = re.compile(f"{_EMOJI}(?:\\s*{_EMOJI}){{2,}}")

#: A line ruled with characters, alone or by turns. Dots and underscores are the blanks of a form,
#: and full blocks hide what is not to be read.
_RULING = r"=*~#+^<>|/\\\u2500-\u2587\u2589-\u25ff★☆ฯ-"
_RULED = re.compile(rf"([{_RULING}])([{_RULING}])(?:\1\2){{2,}}")
#: Faces of characters.
_FACE = re.compile(
    r"\\_\(.{1,5}\)_/|\(╯.{1,6}\)|ಠ_+ಠ|[•◕][ᴥ‿ᴗ][•◕]|\^[_.-]\^|>[_.]<|(?<!\w)T_T(?!\w)"
)
#: What lines in a paragraph are drawn with; prices and sums have other signs as well.
_STROKE = re.compile(r"[/\\|_<>^~=+*#{}`-]")
_DRAWN = re.compile(r"[^\w\s.,:;'\"()“”‘’?!\u0e00-\u0e7f\u2026]")
#: A capital, or what Thai sets between two spaces of its own: a letter with its marks, or a vowel.
_LETTER = "[A-Zก-ฮะาำเแโใไ]"
_MARKS = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*"
#: Patterns begin with a set of characters: a search that does is some ten times as fast.
_SPACED_LETTERS = re.compile(
    rf"{_LETTER}(?<!\S.){_MARKS}(?:[ \u00a0]+{_LETTER}{_MARKS}){{2,}}(?!\S)"
)

#: A Thai letter with a vowel, which may be a word.
_SYLLABLE = re.compile("[\u0e31\u0e34-\u0e3a]")
#: A vowel alone, or a letter with no more than a tone, which is none.
_NO_WORD = re.compile("[ะาำเแโใไ]|[ก-ฮ][\u0e48-\u0e4b]")


def _is_shouted(capitals: list[str]) -> bool:
    """Whether words in capitals are words, and not acronyms."""
    known = sum(word in _COMMON_WORDS or len(word) >= 7 for word in capitals)
    return known * 2 >= len(capitals)


def in_capitals(element: Element) -> bool:
    """Whether all of a short text is in capitals, and is more than acronyms."""
    text = element.text
    found = [word for word in _WORD.findall(text) if not _ROMAN.fullmatch(word)]
    letters = sum(map(len, found))
    if element.style.get("text-transform") == "uppercase":
        return len(found) >= 3 and text.isascii()
    if not found or not all(map(str.isupper, found)):
        return False
    if len(found) == 1:
        return letters >= 9 or (letters >= 6 and found[0] in _COMMON_WORDS)
    return letters >= 6 and _is_shouted(found)


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
        Example("<p>Thailand is a party to CEDAW, CRC, CRPD, ICCPR, ICESCR.</p>", "en"),
        Example("<p>CEDAW CRC CRPD ICCPR ICESCR</p>", "en"),
        "<p>ตามมาตรฐาน WCAG และ TWCAG ของ NECTEC</p>",
    ),
    fails=(
        Example("<p>DO NOT ENTER THIS BUILDING after six.</p>", "en"),
        Example("<p>PLEASE READ THIS.</p>", "en"),
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
        if shouted and len(shouted[0]) >= 14 and _is_shouted(_WORD.findall(shouted[0])):
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
        '<p><u>“<a href="/th/r/"><b>รายงาน</b></a>”, <a href="/th/n/">ข่าว</a></u></p>',
        "<p><strong>ด่วน</strong></p>",
        '<p style="text-decoration:none">ด่วน</p>',
    ),
    fails=(
        "<p><u>ด่วน</u></p>",
        '<p><span style="text-decoration: underline">ด่วน</span></p>',
        '<p><u>อ่าน<a href="/th/r/">รายงานประจำปี</a>ฉบับเต็ม</u></p>',
    ),
)
def text_underlined(document: Document) -> Iterator[Problem]:
    for element in in_order([*document.all("u"), *document.styled]):
        line = element.style.get("text-decoration", "") + element.style.get(
            "text-decoration-line", ""
        )
        if (element.tag == "u" or "underline" in line) and element.text:
            linked = element.tag == "a" or element.closest("a") or _is_all_link(element)
            if not linked and element.tag not in ("abbr", "ins", "button", "summary"):
                yield Problem(element, {"text": element.text})


def _is_all_link(element: Element) -> bool:
    """Whether there are links inside, and no words beside them."""
    return bool(element.inside("a")) and not any(
        inner.rendered and has_word(inner.own_text) and inner.tag != "a" and not inner.closest("a")
        for inner in (element, *element.descendants)
    )


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
    fails=(
        "<p>ขอแสดงความยินดี 🎉🎉🎉</p>",
        "<p>ข่าวดี 🔥 ⭐ ❤️ 👍🏽</p>",
        "<p>⏰⌚⌛</p>",
        "<p>▶️ ℹ️ ‼️</p>",
        "<p>1️⃣2️⃣3️⃣</p>",
        "<p>🇹🇭🇱🇦🇻🇳</p>",
    ),
)
def text_emoji_run(document: Document) -> Iterator[Problem]:
    for run in document.runs:
        match = _EMOJI_RUN.search(run.text)
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
        "<p>$ 50<br>€ 60<br>£ 70</p><p>1 + 1<br>= 2<br>x &gt; 2</p><p>👍👍<br>✓<br>✗</p>",
        '<p role="img" aria-label="แมว"> /\\_/\\ <br>( o.o )<br> &gt; ^ &lt; </p>',
        "<p>------</p><p>ผู้ร้อง ██████ ยื่นคำร้อง</p>",
    ),
    fails=(
        "<pre> /\\_/\\ \n( o.o )\n &gt; ^ &lt; </pre>",
        "<p> /\\_/\\ <br>( o.o )<br> &gt; ^ &lt; </p>",
        "<p>ขอบคุณ (^_^)</p>",
        "<p>ข่าวเด่น<br>==========</p>",
        "<p>★★★★★★★★ ประกาศ ★★★★★★★★</p>",
        "<p>~*~*~*~</p>",
        "<p>ฯฯฯฯฯฯ</p>",
        "<p>ไม่ทราบ ¯\\_(ツ)_/¯</p>",
    ),
)
def text_drawn(document: Document) -> Iterator[Problem]:
    drawings = {element for element in document.all("p", "div") if _is_drawing(element)}
    for element in drawings:
        if element.role != "img":
            yield Problem(element)
    for run in document.runs:
        ruled = _RULED.search(run.text) or _FACE.search(run.text)
        # A line of hyphens alone is passed over by a voice.
        if (
            ruled
            and run.text.strip("-")
            and not _in_code(run.element)
            and run.element.role != "img"
            and run.element not in drawings
        ):
            yield Problem(run.element, excerpt=ruled[0])
    for element in document.all("pre"):
        if element.role != "img" and not element.inside("code", "samp", "kbd"):
            drawing = "".join(child for child in element.children if isinstance(child, str))
            lines = [line for line in drawing.splitlines() if line.strip()]
            signs = len(_DRAWN.findall(drawing))
            if len(lines) >= 3 and signs * 2 >= len("".join(drawing.split())):
                yield Problem(element)


def _is_drawing(paragraph: Element) -> bool:
    """Whether at least three lines that br breaks are made of strokes for the better part."""
    breaks = sum(child.tag == "br" for child in paragraph.element_children)
    if breaks < 2:
        return False
    drawing = "".join(paragraph.own_text.split())
    strokes = _STROKE.findall(drawing)
    return len(drawing) >= 10 and len(strokes) * 2 >= len(drawing) and len(set(strokes)) >= 3


@rule(
    "text-letter-spaced",
    criterion="1.3.2",
    severity="warning",
    name=Text(en="Letters set apart by spaces", th="ตัวอักษรในคำถูกแยกด้วยวรรค"),
    message=Text(
        en="“{text}” is read letter by letter.",
        th="“{text}” จะถูกอ่านทีละตัวอักษร",
    ),
    remedy=Text(
        en="Write the word together; a style sheet can set its letters wider.",
        th="เขียนเป็นคำติดกัน หากต้องการระยะห่างระหว่างตัวอักษรให้กำหนดในสไตล์ชีต",
    ),
    passes=(
        "<p>ประกาศ วรรค ก ข ค ง จ</p>",
        "<p>มี ที่ ดี มี ปี ดี</p>",
        "<p>ณ ที่ นี้ ข้อ ก ค ง และสระ ะ า ำ</p>",
        Example("<p>J. R. R. Tolkien, vitamin A B C, grades A B C D</p>", "en"),
    ),
    fails=(
        "<p>ป ร ะ ก า ศ</p>",
        "<p>ข่ า ว ด่ ว น วันนี้</p>",
        "<p>เ รื่ อ ง เ ด่ น</p>",
        "<p>ก ส ม ช</p>",
        "<p>ข่ า ว</p>",
        "<p>ด่ ว น</p>",
        "<p>คำสั่ง ศ า ล ปกครอง</p>",
        Example("<p>N E W S</p>", "en"),
    ),
)
def text_letter_spaced(document: Document) -> Iterator[Problem]:
    for run in document.runs:
        for match in _SPACED_LETTERS.finditer(run.text):
            if _is_spelt(match[0].split()):
                yield Problem(run.element, {"text": match[0]})
                break


def _is_spelt(clusters: list[str]) -> bool:
    """Whether letters set apart make a word: no alphabet, and no row of the shortest words."""
    if len(clusters) == 3 and not any(map(_NO_WORD.fullmatch, clusters)):
        return False
    alone = [cluster for cluster in clusters if not _SYLLABLE.search(cluster)]
    alphabet = all(before < after for before, after in pairwise(clusters))
    return len(alone) * 2 >= len(clusters) and not alphabet


@rule(
    "direction-mismatch",
    criterion="1.3.2",
    severity="warning",
    name=Text(en="Wrong direction of writing", th="ทิศทางการเขียนไม่ตรงกับอักษร"),
    message=Text(
        en="“{direction}” runs the text against the direction in which its letters are written.",
        th="“{direction}” ทำให้ข้อความเรียงสวนทางกับทิศทางการเขียนของอักษร",
    ),
    remedy=Text(
        en="Remove it: the attribute dir, or the invisible character in the text. Text of another "
        "direction needs only its language, or the dir of its language.",
        th="ลบออก ทั้งแอตทริบิวต์ dir และอักขระที่มองไม่เห็นในข้อความ "
        "หากเป็นภาษาที่เขียนอีกทิศทางหนึ่ง ให้ระบุภาษาหรือกำหนด dir ให้ตรงกับภาษานั้น",
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
        "<p>ข้อความ \u202dบังคับทิศ</p>",
    ),
)
def direction_mismatch(document: Document) -> Iterator[Problem]:
    for element in document.having("dir"):
        direction = element.get("dir").lower()
        if direction in ("ltr", "rtl"):
            leftward = len(re.findall("[\u0590-\u08ff]", element.text))
            letters = length(re.sub(r"[\W\d_]", "", element.text))
            if letters and (leftward * 2 < letters) == (direction == "rtl"):
                yield Problem(element, {"direction": f"dir={direction}"})
    for run in document.runs:
        # U+202D and U+202E order letters by force, whatever they are.
        forced = re.search("[\u202d\u202e]", run.text)
        if forced:
            yield Problem(run.element, {"direction": f"U+{ord(forced[0]):04X}"})


def _in_heading(element: Element) -> bool:
    return any(part.heading_level for part in (element, *element.ancestors))


def _in_code(element: Element) -> bool:
    return element.tag in _CODE or element.closest(*_CODE) is not None
