"""Languages: which voice a screen reader takes (WCAG 3.1.1 and 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import Document, Element
from .model import Example, Problem, Text, rule
from .writing import Extent, foreign_parts, words

#: RFC 5646: language, extended language, script, region, variants, extensions, private use.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+|i-[a-z]{3,8}",
    re.I,
)
#: ISO 639-1. Codes of three letters are too many to list, and are checked by their form alone.
_TWO_LETTERS = words(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_SPOKEN_ATTRIBUTES = ("alt", "aria-label", "title", "placeholder")


def is_language_tag(tag: str) -> bool:
    """Whether the text has the form of a BCP 47 tag, and a language that may exist."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    language = (match["language"] or "").lower()
    return len(language) != 2 or language in _TWO_LETTERS


@rule(
    "page-lang-missing",
    criterion="3.1.1",
    severity="error",
    name=Text(en="Page without language", th="หน้าเว็บไม่ระบุภาษา"),
    message=Text(
        en="The page does not say its language, so a screen reader may take the wrong voice.",
        th="หน้าเว็บไม่ระบุภาษา โปรแกรมอ่านหน้าจออาจใช้เสียงผิดภาษา",
    ),
    remedy=Text(
        en='Write the language on the html element: lang="en".',
        th='ระบุภาษาที่องค์ประกอบ html เช่น lang="th"',
    ),
    passes=('<!doctype html><html lang="th"><body>ข่าว', "<p>ส่วนหนึ่งของหน้า</p>"),
    fails=("<!doctype html><html><body>ข่าว", '<!doctype html><html lang=" "><body>ข่าว'),
)
def page_lang_missing(document: Document) -> Iterator[Problem]:
    if document.page and not document.root.get("lang"):
        yield Problem(document.root)


@rule(
    "page-lang-invalid",
    criterion="3.1.1",
    severity="error",
    name=Text(en="Page in an unknown language", th="รหัสภาษาของหน้าไม่ถูกต้อง"),
    message=Text(
        en="“{lang}” is no language tag (BCP 47).",
        th="“{lang}” ไม่ใช่รหัสภาษาตามมาตรฐาน BCP 47",
    ),
    remedy=Text(
        en="Write the code of the language, such as th or en.",
        th="ใช้รหัสภาษาที่ถูกต้อง เช่น th หรือ en",
    ),
    passes=('<!doctype html><html lang="th-TH"><body>ข่าว', '<!doctype html><html lang="nod">'),
    fails=('<!doctype html><html lang="thai"><body>ข่าว', '<!doctype html><html lang="th_TH">'),
)
def page_lang_invalid(document: Document) -> Iterator[Problem]:
    lang = document.root.get("lang")
    if lang and not is_language_tag(lang):
        yield Problem(document.root, {"lang": lang})


@rule(
    "part-lang-invalid",
    criterion="3.1.2",
    severity="error",
    name=Text(en="Part in an unknown language", th="รหัสภาษาของข้อความไม่ถูกต้อง"),
    message=Text(
        en="“{lang}” is no language tag (BCP 47).",
        th="“{lang}” ไม่ใช่รหัสภาษาตามมาตรฐาน BCP 47",
    ),
    remedy=Text(
        en="Write the code of the language, such as th or en.",
        th="ใช้รหัสภาษาที่ถูกต้อง เช่น th หรือ en",
    ),
    passes=(
        '<p lang="en-GB">Human rights</p><p lang="zh-Hant-TW">人權</p><p lang="x-private">abc</p>',
        '<p lang="">abc</p>',
    ),
    fails=(
        '<p lang="english">Human rights</p>',
        '<p lang="xx">Human rights</p>',
        '<p lang="en_GB">Human rights</p>',
    ),
)
def part_lang_invalid(document: Document) -> Iterator[Problem]:
    for element in document.having("lang"):
        lang = element.get("lang")
        if lang and element.parent is not None and not is_language_tag(lang):
            yield Problem(element, {"lang": lang})


@rule(
    "language-unmarked",
    criterion="3.1.2",
    severity="error",
    name=Text(en="Other language unmarked", th="ข้อความต่างภาษาไม่ได้ระบุภาษา"),
    message=Text(
        en="“{text}” is not in the language of its place ({lang}), and is read in the wrong voice "
        "or not at all.",
        th="“{text}” ไม่ใช่ภาษาของส่วนนี้ ({lang}) จึงอาจถูกอ่านผิดเสียงหรือไม่ถูกอ่านเลย",
    ),
    remedy=Text(
        en="Mark the part with its language (lang).",
        th="ระบุภาษาของข้อความส่วนนี้ด้วยแอตทริบิวต์ lang",
    ),
    passes=(
        "<p>ตามปฏิญญา Universal Declaration of Human Rights (UDHR) ขององค์การสหประชาชาติ</p>",
        '<p>คำขวัญคือ <span lang="en">all human beings are born free and equal in dignity</span></p>',
        "<p>กติกา (International Covenant on Civil and Political Rights) มาตรา 14</p>",
        Example('<p>The motto is <span lang="th">สิทธิมนุษยชนเป็นของทุกคน ไม่ว่าใคร</span>.</p>', "en"),
        Example("<p>The office (สำนักงานคณะกรรมการส่งเสริมสิทธิและการเข้าถึง) is open.</p>", "en"),
        Example("<p>ข้อความ the commission has published its annual report here</p>", ""),
        "<pre>this is the text of a program that is not to be read as prose by any of us</pre>",
    ),
    fails=(
        "<p>The commission has published its annual report on human rights.</p>",
        "<p>กรรมการกล่าวว่า the commission has published its report in the evening of that day</p>",
        Example("<p>The motto is สิทธิมนุษยชนเป็นของทุกคน ไม่ว่าใครก็ตาม ทุกหนทุกแห่ง.</p>", "en"),
        Example('<img src="a.jpg" alt="ประธานกรรมการสิทธิมนุษยชนแห่งชาติมอบรายงานประจำปี">', "en"),
        Example("<p>人權委員會今天發表年度報告</p>", "en"),
    ),
)
def language_unmarked(document: Document) -> Iterator[Problem]:
    yield from _foreign(document, "sentence")


@rule(
    "language-phrase-unmarked",
    criterion="3.1.2",
    severity="warning",
    name=Text(en="Short phrase of another language unmarked", th="วลีต่างภาษาไม่ได้ระบุภาษา"),
    message=Text(
        en="“{text}” is not in the language of its place ({lang}). Names may stay as they are.",
        th="“{text}” ไม่ใช่ภาษาของส่วนนี้ ({lang}) หากเป็นชื่อเฉพาะไม่จำเป็นต้องแก้ไข",
    ),
    remedy=Text(
        en="Mark the phrase with its language (lang), unless it is a name.",
        th="ระบุภาษาของวลีด้วยแอตทริบิวต์ lang เว้นแต่เป็นชื่อเฉพาะ",
    ),
    passes=(
        "<p>ส่งอีเมลไปที่ help@prac.example หรือ Facebook Live ผ่านแอป LINE</p>",
        "<p>ระบบ open data และ machine learning</p><p>National Human Rights Commission</p>",
        Example('<p><a href="/th/" lang="th" hreflang="th">ไทย</a> costs ฿ 500</p>', "en"),
        Example('<p lang="sr-Latn">Ljudska prava</p><p>π ≈ 3.14</p>', "sr"),
    ),
    fails=(
        "<p>latest news from parliament</p>",
        Example('<p><a href="/th/">ภาษาไทย</a></p>', "en"),
        Example('<p lang="th-Latn">สวัสดีครับ</p><p lang="zh-Hant">คน สวัสดี</p>', "th"),
    ),
)
def language_phrase_unmarked(document: Document) -> Iterator[Problem]:
    yield from _foreign(document, "phrase")


def _foreign(document: Document, wanted: Extent) -> Iterator[Problem]:
    for element, text, whole in _spoken(document):
        for extent, part in foreign_parts(text, element.lang, whole):
            if extent == wanted:
                yield Problem(element, {"text": part, "lang": element.lang}, excerpt=part)


def _spoken(document: Document) -> Iterator[tuple[Element, str, bool]]:
    """Everything that is spoken, with its element, and whether it is all of its block."""
    for title in document.by_tag.get("title", ())[:1]:
        if title.parent is not None and title.parent.tag == "head":
            yield title, title.text or title.own_text, True
    for run in document.runs:
        if run.element.prose:
            yield run.element, run.text, run.whole
    for attribute in _SPOKEN_ATTRIBUTES:
        for element in document.having(attribute):
            if element.prose:
                yield element, element.get(attribute), True
