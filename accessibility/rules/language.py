"""Languages: which voice a screen reader takes (WCAG 3.1.1 and 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .dom import Document, Element
from .model import Example, Problem, Text, rule
from .writing import FORMER_CODES, SHORT_CODES, Extent, foreign_parts, language_code, words

#: RFC 5646: language, extended language, script, region, variants, extensions, private use; and
#: the tags from before that have another form.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:(?P<region>[a-z]{2})|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+|i-[a-z]{3,8}|"
    r"en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)",
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
#: ISO 3166-1, and what the registry of BCP 47 has besides, now or once. The United Kingdom is GB.
_REGIONS = words(
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br "
    "bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz "
    "ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw "
    "gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky "
    "kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv "
    "mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py "
    "qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg "
    "th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm "
    "zw "
    "aa ac cp cq dg ea eu ez ic ta un xk zz "
    "an bu cs dd fx nt su tp yd yu zr"
)
_NAMES = {
    "ar": Text(en="Arabic", th="ภาษาอาหรับ"),
    "de": Text(en="German", th="ภาษาเยอรมัน"),
    "en": Text(en="English", th="ภาษาอังกฤษ"),
    "es": Text(en="Spanish", th="ภาษาสเปน"),
    "fr": Text(en="French", th="ภาษาฝรั่งเศส"),
    "id": Text(en="Indonesian", th="ภาษาอินโดนีเซีย"),
    "ja": Text(en="Japanese", th="ภาษาญี่ปุ่น"),
    "km": Text(en="Khmer", th="ภาษาเขมร"),
    "ko": Text(en="Korean", th="ภาษาเกาหลี"),
    "lo": Text(en="Lao", th="ภาษาลาว"),
    "ms": Text(en="Malay", th="ภาษามลายู"),
    "my": Text(en="Burmese", th="ภาษาเมียนมา"),
    "ru": Text(en="Russian", th="ภาษารัสเซีย"),
    "th": Text(en="Thai", th="ภาษาไทย"),
    "vi": Text(en="Vietnamese", th="ภาษาเวียดนาม"),
    "zh": Text(en="Chinese", th="ภาษาจีน"),
}
_SPOKEN_ATTRIBUTES = ("alt", "aria-label", "title", "placeholder")


def is_language_tag(tag: str) -> bool:
    """Whether the text has the form of a BCP 47 tag, and a language that may exist."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    language, region = (match["language"] or "").lower(), (match["region"] or "").lower()
    if len(language) == 2:
        known = language in _TWO_LETTERS or language in FORMER_CODES
    else:
        known = language not in SHORT_CODES
    return known and (not region or region in _REGIONS)


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language as a message names it: `{lang:en}` is "Thai (th)", `{lang:th}` "ภาษาไทย (th)"."""

    tag: str

    def __format__(self, message_lang: str) -> str:
        known = _NAMES.get(language_code(self.tag))
        return f"{known.in_language(message_lang)} ({self.tag})" if known else self.tag


@rule(
    "page-lang-missing",
    criterion="3.1.1",
    severity="error",
    name=Text(en="Page without language", th="หน้าเว็บไม่ระบุภาษา"),
    message=Text(
        en="The page does not say its language, so a screen reader may take the wrong voice.",
        th="หน้าเว็บไม่ระบุภาษา โปรแกรมอ่านหน้าจอจึงอาจอ่านด้วยเสียงของภาษาอื่น",
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
        en="Write the code of the language, such as th (Thai) or en (English).",
        th="ใช้รหัสภาษาที่ถูกต้อง เช่น th (ภาษาไทย) หรือ en (ภาษาอังกฤษ)",
    ),
    passes=(
        '<!doctype html><html lang="th-TH"><body>ข่าว',
        '<!doctype html><html lang="nod">',
        '<!doctype html><html lang="iw">',
    ),
    fails=(
        '<!doctype html><html lang="thai"><body>ข่าว',
        '<!doctype html><html lang="th_TH">',
        '<!doctype html><html lang="tha">',
    ),
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
        en="Write the code of the language, such as th (Thai) or en (English).",
        th="ใช้รหัสภาษาที่ถูกต้อง เช่น th (ภาษาไทย) หรือ en (ภาษาอังกฤษ)",
    ),
    passes=(
        '<p lang="en-GB">Human rights</p><p lang="zh-Hant-TW">人權</p><p lang="x-private">abc</p>',
        '<p lang="">abc</p>',
        '<p lang="iw">שלום</p><p lang="in">Hak asasi</p><p lang="en-GB-oed">Human rights</p>',
        '<p lang="sgn-BE-FR">…</p><p lang="de-DD">Menschenrechte</p>',
    ),
    fails=(
        '<p lang="english">Human rights</p>',
        '<p lang="xx">Human rights</p>',
        '<p lang="en_GB">Human rights</p>',
        '<p lang="eng">Human rights</p>',
        '<p lang="en-UK">Human rights</p>',
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
        en="“{text}” is not in the language of its place, {lang:en}, and is read in the wrong "
        "voice or not at all.",
        th="“{text}” ไม่ใช่ภาษาของส่วนนี้ คือ{lang:th} จึงอาจถูกอ่านด้วยเสียงของภาษาอื่นหรือไม่ถูกอ่านเลย",
    ),
    remedy=Text(
        en="Select the words and mark their language with the language button of the toolbar "
        "(in HTML: the attribute lang). In a field without toolbar, write in the page's language.",
        th="เลือกข้อความนั้น แล้วกำหนดภาษาด้วยปุ่มภาษาของข้อความบนแถบเครื่องมือ (ใน HTML คือแอตทริบิวต์ lang) "
        "หากช่องนั้นไม่มีแถบเครื่องมือ ให้เขียนเป็นภาษาของหน้า",
    ),
    passes=(
        "<p>ตามปฏิญญา Universal Declaration of Human Rights (UDHR) ขององค์การสหประชาชาติ</p>",
        '<p>คำขวัญคือ <span lang="en">all human beings are born free and equal in dignity</span></p>',
        "<p>กติกา (International Covenant on Civil and Political Rights) มาตรา 14</p>",
        Example('<p>The motto is <span lang="th">สิทธิมนุษยชนเป็นของทุกคน ไม่ว่าใคร</span>.</p>', "en"),
        Example("<p>The office (สำนักงานคณะกรรมการส่งเสริมสิทธิและการเข้าถึง) is open.</p>", "en"),
        Example("<p>ข้อความ the commission has published its annual report here</p>", ""),
        "<p>Office of the High Commissioner for Human Rights and the Rule of Law in Asia</p>",
        "<p>CEDAW CRC CRPD ICCPR ICESCR CERD</p>",
        Example("<p>The commission has published its annual report on human rights.</p>", "eng"),
        Example("<p>ועדת זכויות האדם פרסמה היום את הדוח השנתי שלה</p>", "iw"),
        "<pre>this is the text of a program that is not to be read as prose by any of us</pre>",
    ),
    fails=(
        "<p>The commission has published its annual report on human rights.</p>",
        "<p>THE COMMISSION HAS PUBLISHED ITS ANNUAL REPORT</p>",
        "<p>กรรมการกล่าวว่า This Is the First Report That We Have Published in This Year</p>",
        Example("<p>The commission has published its annual report on human rights.</p>", "tha"),
        "<p>กรรมการกล่าวว่า the commission has published its report in the evening of that day</p>",
        Example("<p>The motto is สิทธิมนุษยชนเป็นของทุกคน ไม่ว่าใครก็ตาม ทุกหนทุกแห่ง.</p>", "en"),
        Example('<img src="a.jpg" alt="ประธานกรรมการสิทธิมนุษยชนแห่งชาติมอบรายงานประจำปี">', "en"),
        '<svg role="img"><title>The number of complaints has grown in this year</title></svg>',
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
        en="“{text}” is not in the language of its place, {lang:en}. Names may stay as they are.",
        th="“{text}” ไม่ใช่ภาษาของส่วนนี้ คือ{lang:th} หากเป็นชื่อเฉพาะไม่จำเป็นต้องแก้ไข",
    ),
    remedy=Text(
        en="Unless it is a name, select the words and mark their language with the language "
        "button of the toolbar (in HTML: the attribute lang).",
        th="หากไม่ใช่ชื่อเฉพาะ ให้เลือกข้อความนั้น แล้วกำหนดภาษาด้วยปุ่มภาษาของข้อความบนแถบเครื่องมือ "
        "(ใน HTML คือแอตทริบิวต์ lang)",
    ),
    passes=(
        "<p>ส่งอีเมลไปที่ help@prac.example หรือ Facebook Live ผ่านแอป LINE</p>",
        "<p>ระบบ open data และ machine learning</p><p>National Human Rights Commission</p>",
        "<p>ภาพยนตร์เรื่อง We Need to Talk About Kevin ฉายวันนี้</p>",
        "<h2>National Human Rights Commission of Thailand</h2><h3>US Embassy</h3>",
        "<h2>แถลงการณ์ Office of the United Nations High Commissioner for Human Rights</h2>",
        "<p>ตามที่ Office of the United Nations High Commissioner for Human Rights แจ้ง</p>",
        "<ul><li>Guide to the Rights of the Child</li><li>Ministry of Labour</li></ul>",
        '<svg role="img" translate="no"><title>latest news from parliament</title></svg>',
        '<svg role="img"><title>ผังอาคาร</title><text>latest news from parliament</text></svg>',
        Example('<p><a href="/th/" lang="th" hreflang="th">ไทย</a> costs ฿ 500</p>', "en"),
        Example('<p lang="sr-Latn">Ljudska prava</p><p>π ≈ 3.14</p>', "sr"),
    ),
    fails=(
        "<p>latest news from parliament</p>",
        "<p>You Have the Right to Know</p>",
        "<h2>Statement on the Situation of Migrant Workers</h2>",
        "<h2><a href='/a/'>NHRC Statement on the Death of a Worker</a></h2>",
        "<p>Contact us</p>",
        "<p><a href='/a/'>About Us</a></p>",
        '<svg role="img"><title>latest news from parliament</title></svg>',
        Example('<svg role="img"><title>Plan</title><desc>ผังอาคาร</desc></svg>', "en"),
        Example('<p><a href="/th/">ภาษาไทย</a></p>', "en"),
        Example('<p lang="th-Latn">สวัสดีครับ</p><p lang="zh-Hant">คน สวัสดี</p>', "th"),
    ),
)
def language_phrase_unmarked(document: Document) -> Iterator[Problem]:
    yield from _foreign(document, "phrase")
    for problem in _foreign(document, "title"):
        place = problem.element
        # Elsewhere it is rather the name of an office or of a publication.
        if any(element.heading_level for element in (place, *place.ancestors)):
            yield problem


def _foreign(document: Document, wanted: Extent) -> Iterator[Problem]:
    for element, text, whole in _spoken(document):
        for extent, part in foreign_parts(text, element.lang, whole):
            if extent == wanted:
                yield Problem(
                    element, {"text": part, "lang": LanguageName(element.lang)}, excerpt=part
                )


def _spoken(document: Document) -> Iterator[tuple[Element, str, bool]]:
    """Everything that is spoken, with its element, and whether it is all of its block."""
    for title in document.by_tag.get("title", ())[:1]:
        if title.parent is not None and title.parent.tag == "head":
            yield title, title.text or title.own_text, True
    for run in document.runs:
        if run.element.prose:
            yield run.element, run.text, run.whole
    for label in document.all("title", "desc"):
        # Of a drawing only its alternative is prose.
        translated = all(part.get("translate") != "no" for part in (label, *label.ancestors))
        if label.closest("svg") and translated:
            yield label, label.text, True
    for attribute in _SPOKEN_ATTRIBUTES:
        for element in document.having(attribute):
            if element.prose:
                yield element, element.get(attribute), True
