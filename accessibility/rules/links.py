"""Links: whether one knows where each leads before following it (WCAG 2.4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from .destinations import TYPES, document_type
from .dom import Document, Element
from .model import Example, Problem, Text, rule
from .names import description, name
from .writing import has_word, says_something, words

#: English words of which a link text says nothing alone, and those that may stand beside them.
_EMPTY_WORDS = words(
    "click here read more details detail info view see continue go download open link links this "
    "website webpage site page article document attachment full below"
)
_FILLING_WORDS = words(
    "a all an and any at button by can continue file find following for from further get in "
    "information it its just learn me now of on or our out pdf please post press reading show "
    "story tap text that the there to via visit word you your"
)
#: "Register" says what happens; "register here" stands amid the text that says for what.
_DEEDS = words(
    "access apply book browse check donate enrol enroll join listen log order register respond "
    "rsvp sign subscribe submit up vote watch online"
)
_POINTING_WORDS = words("here below link")
#: What is made of such words and is a place all the same.
_ENGLISH_NAMES = words(
    "on this page|in this page|on this site|on this website|open information|site information|"
    "website information",
    "|",
)
_THAI_SPELLINGS = (
    ("คลิ๊ก", "คลิก"),
    ("คลิ้ก", "คลิก"),
    ("ลิงค์", "ลิงก์"),
    ("ลิ้งค์", "ลิงก์"),
    ("ลิ้งก์", "ลิงก์"),
    ("ดาวโหลด", "ดาวน์โหลด"),
    ("เว็ปไซต์", "เว็บไซต์"),
    ("เว็บไซท์", "เว็บไซต์"),
)
#: The Thai of "please click to see more details here": verb, thing, more, place, particle.
_VERBS = (
    "(?:(?:คลิก|กด|แตะ|อ่าน|ดู|ชม|เข้าชม|เข้าสู่|เข้า|เปิด|ไป|ดาวน์โหลด|โหลด|ตาม"
    # "ศึกษาต่อ" is to study at a university.
    "|ศึกษา(?=รายละเอียด|ข้อมูล|เอกสาร|เพิ่มเติม))(?:เพื่อ|และ|หรือ|แล้ว|ที่)?)"
)
_THAI_DEEDS = (
    "(?:(?:ลงทะเบียน|สมัคร|ลงชื่อ|กรอก|ส่ง|จอง|รับชม|รับฟัง|ฟัง|พบ|ค้นหา|ติดตาม|ตรวจสอบ|เช็[กค]|ศึกษา|เข้าร่วม)"
    "(?:ออนไลน์|เข้าร่วม)?)"
)
_BY = "(?:ได้|จาก|ตาม|ทาง|ที่|ผ่าน|ดัง)*"
_HERE = f"{_BY}(?:ที่นี่|ตรงนี้|ลิงก์นี้)"
_THAI_VAGUE = re.compile(
    "(?:กรุณา|โปรด|เชิญ|สามารถ)?"
    f"(?:(?:คลิก|กด|แตะ){_HERE}เพื่อ{_THAI_DEEDS}?)?{_VERBS}*(?:{_THAI_DEEDS}(?={_HERE}))?"
    "(?:รายละเอียดทั้งหมด|ทั้งหมด|"
    "(?:รายละเอียดข่าว|รายละเอียด|ข้อมูล|เอกสารแนบ|เอกสาร|ไฟล์แนบ|ไฟล์|ลิงก์|เว็บไซต์|เว็บ|หน้าเว็บ|หน้า|บทความ"
    "|ข่าวต่อ|ข่าวฉบับเต็ม|ปุ่ม)?"
    "(?:เพิ่มเติม|เพิ่ม|ต่อ|ฉบับเต็ม)*)"
    f"(?:{_VERBS}*{_BY}(?:ที่นี่|ตรงนี้|นี่|นี้|เอกสารแนบ|ไฟล์แนบ|ลิงก์(?:นี้)?|แนบ(?:มา|ท้าย)?)|คลิก|กด)?"
    "(?:เลย|ค่ะ|คะ|ครับ|นะ|จ้า)*"
)
#: What has that form and names something all the same, if little.
_THAI_NAMES = words(
    "ข้อมูล|เอกสาร|ไฟล์|เว็บ|หน้า|บทความ|ปุ่ม|ทั้งหมด|เพิ่ม|ไป|ชม|เลย|ตาม|เข้า|เข้าชม",
    "|",
)
_LONGEST_VAGUE = 60
#: Whose website? Within a site this is a topic.
_WEBSITE = words("website site เว็บไซต์ เว็บ")

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: "facebook.com/prac" is an address; "prac.example" is a name that can be said.
_ADDRESS = re.compile(
    r"(?:(?:เว็บไซต์|เว็บ|ลิงก์|ลิงค์|ที่มา|ดูที่|website|web|link|url|source|see|visit)\s?:?\s?)?"
    r"[(<\[]?(?:(?:https?://|ftp://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*)",
    re.I,
)
#: "PDF, 2 MB", of whatever document.
_TYPE_ALONE = re.compile(
    rf"\W?(?:ไฟล์|เอกสาร)?\s?(?:{TYPES})"
    r"(?:\W{1,3}[\d.]{1,8}\s?(?:[kmg]i?b|\S{0,4}ไบต์|หน้า))?\W?",
    re.I,
)


def _is_vague(text: str) -> bool:
    """Whether a link text is nothing but words such as "please click here for more details"."""
    # "Read more (PDF, 2 MB) »" is as vague as "read more", and "[Read more]" too.
    outside = _BRACKETED.sub("", text)
    bare = (outside if has_word(outside) else text).casefold()
    if len(bare) > _LONGEST_VAGUE:
        return False
    english = re.findall(r"[a-z]+", bare)
    thai = re.sub(r"[\s\u200b]|[^\w\u0e00-\u0e7f]|[a-z]", "", bare)
    for spelling, right in _THAI_SPELLINGS:
        thai = thai.replace(spelling, right)
    known = _EMPTY_WORDS | _FILLING_WORDS
    if not _POINTING_WORDS.isdisjoint(english):
        known |= _DEEDS
    if not known.issuperset(english) or not _THAI_VAGUE.fullmatch(thai):
        return False
    if " ".join(english) in _ENGLISH_NAMES:
        return False
    return thai not in _THAI_NAMES | {""} or not _EMPTY_WORDS.isdisjoint(english)


def _says_nothing(link: Element) -> bool:
    text = name(link)
    # Where it opens no document, a type of document is a topic.
    return _is_vague(text) or bool(_TYPE_ALONE.fullmatch(text) and document_type(link))


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(re.sub(r"(?<=\S)\s*[(\[][^()\[\]]*[)\]]$", "", text)) is not None


def _place(link: Element) -> str:
    """Where a link leads, so that two addresses of one place compare equal."""
    href = link.get("href")
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    host = parts.netloc.lower().removeprefix("www.")
    return "".join((host, parts.path.rstrip("/"), "?", parts.query, "#", parts.fragment))


@rule(
    "link-name-missing",
    criterion="2.4.4",
    severity="error",
    name=Text(en="Link without text", th="ลิงก์ไม่มีข้อความ"),
    message=Text(
        en="This link has no text: it is announced as “link” or by its address.",
        th="ลิงก์นี้ไม่มีข้อความ โปรแกรมอ่านหน้าจอจะอ่านเพียงคำว่า “ลิงก์” หรืออ่านที่อยู่เว็บ",
    ),
    remedy=Text(
        en="Write where it leads, or remove the link.",
        th="เขียนข้อความบอกปลายทาง หรือลบลิงก์ออก",
    ),
    passes=(
        '<a href="/th/news/">ข่าวทั้งหมดของสำนักงาน</a>',
        '<a href="/th/" aria-label="หน้าแรก"></a><a id="top"></a>',
    ),
    fails=(
        '<a href="/th/news/"></a>',
        '<a href="/th/news/"><span aria-hidden="true">→</span></a>',
        '<a href="/th/news/">.</a>',
        '<a href="/th/news/">&#8203;</a>',
    ),
)
def link_name_missing(document: Document) -> Iterator[Problem]:
    for link in document.links:
        if link.tag == "a" and not says_something(name(link)) and not link.inside("img", "svg"):
            yield Problem(link)


@rule(
    "link-image-name-missing",
    criterion="2.4.4",
    severity="error",
    name=Text(en="Linked image without name", th="รูปภาพที่เป็นลิงก์ไม่มีชื่อ"),
    message=Text(
        en="Only an image is in this link, and nothing says where it leads.",
        th="ลิงก์นี้มีเพียงรูปภาพ และไม่มีข้อความบอกปลายทาง",
    ),
    remedy=Text(
        en="Write the destination into the image's alternative.",
        th="เขียนปลายทางของลิงก์ไว้ในข้อความทดแทนของรูปภาพ",
    ),
    passes=(
        '<a href="/th/"><img src="logo.png" alt="หน้าแรก สำนักงาน คสข."></a>',
        '<a href="/th/"><img src="home.png" alt=""> หน้าแรก</a>',
    ),
    fails=(
        '<a href="/th/"><img src="logo.png" alt=""></a>',
        '<a href="/th/"><svg><path d="M0 0"/></svg></a>',
    ),
)
def link_image_name_missing(document: Document) -> Iterator[Problem]:
    for link in document.links:
        if link.tag == "a" and not says_something(name(link)) and link.inside("img", "svg"):
            yield Problem(link)


@rule(
    "link-text-address",
    criterion="2.4.4",
    severity="warning",
    name=Text(en="Address as link text", th="ข้อความลิงก์เป็นที่อยู่เว็บ"),
    message=Text(
        en="The address “{text}” is read out sign by sign.",
        th="ที่อยู่เว็บ “{text}” จะถูกอ่านออกเสียงทีละเครื่องหมาย",
    ),
    remedy=Text(
        en="Write the name of the page or organisation instead.",
        th="เขียนชื่อหน้าเว็บหรือชื่อหน่วยงานแทน",
    ),
    passes=(
        '<a href="https://www.prac.example/">สำนักงาน คสข.</a>',
        '<a href="mailto:help@prac.example">help@prac.example</a> <a href="https://prac.example">prac.example</a>',
        Example('<a href="/en/a/">9 a.m./p.m.</a> <a href="/th/b/">พ.ศ./ค.ศ.</a>', "en"),
        '<a href="https://x.th/">เว็บไซต์ prac.example</a>',
    ),
    fails=(
        '<a href="https://www.prac.example/news/1">https://www.prac.example/news/1</a>',
        '<a href="https://www.prac.example/">www.prac.example</a>',
        '<a href="https://facebook.com/prac">facebook.com/prac</a>',
        '<a href="https://bit.ly/3abc">bit.ly/3abc</a>',
        '<a href="https://nhrc.or.th/">nhrc.or.th/</a>',
        '<a href="https://nhrc.or.th/ข่าว">nhrc.or.th/ข่าว</a>',
        '<a href="https://x.th/a">เว็บไซต์ https://x.th/a</a>',
        '<a href="https://example.go.th/news/1">(example.go.th/news/1)</a>',
        '<a href="https://a.example/1" target="_blank">https://a.example/1 (เปิดหน้าต่างใหม่)</a>',
    ),
)
def link_text_address(document: Document) -> Iterator[Problem]:
    for link in document.links:
        text = name(link)
        if _is_address(text):
            yield Problem(link, {"text": text})


@rule(
    "link-text-vague",
    criterion="2.4.4",
    severity="warning",
    name=Text(en="Link text that says nothing", th="ข้อความลิงก์ไม่บอกปลายทาง"),
    message=Text(
        en="“{text}” does not say where the link leads. Many read links from a list, one by one.",
        th="“{text}” ไม่บอกปลายทางของลิงก์ ผู้ใช้โปรแกรมอ่านหน้าจอมักฟังเฉพาะรายการลิงก์",
    ),
    remedy=Text(
        en="Name the destination: “Read the 2024 annual report”.",
        th="ระบุปลายทาง เช่น “อ่านรายงานประจำปี 2567”",
    ),
    passes=(
        '<a href="/th/r/">อ่านรายงานประจำปี 2567</a>',
        '<a href="/th/r/">รายละเอียดการรับสมัครพนักงาน</a>',
        '<a href="/th/r/">อ่านต่อ<span class="visually-hidden">: รายงานประจำปี 2567</span></a>',
        '<a href="/th/r/" aria-label="อ่านต่อ: รายงานประจำปี 2567">อ่านต่อ</a>',
        '<h3 id="t">รายงาน</h3><a href="/th/r/" aria-describedby="t">อ่านต่อ</a>',
        '<a href="#content">ไปที่เนื้อหา</a> <a href="/th/tags/website/">เว็บไซต์</a>',
        '<a href="/a/">ลงทะเบียน</a> <a href="/b/">ศึกษาต่อ</a> <a href="/c/">ดาวน์โหลดรายงานได้ที่นี่</a> '
        '<a href="/d/">ตรวจสอบข้อมูล</a> <a href="/th/tags/pdf/">PDF</a> <a href="/f/">รวมลิงก์</a>',
        '<nav><a href="/a/">เอกสาร</a> <a href="/b/">ข้อมูลเปิด</a> <a href="/c/">ทั้งหมด</a> '
        '<a href="/d/">ดูเอกสารทั้งหมด</a> <a href="/e/">เข้าสู่ระบบ</a> <a href="/f/">เพิ่มข้อมูล</a></nav>',
        Example(
            '<a href="/a/">Documents</a> <a href="/b/">About</a> <a href="/c/">All</a> '
            '<a href="#i">On this page</a> '
            '<a href="/d/">About this website</a> <a href="/e/">Open data</a> '
            '<a href="/f/">2</a> <a href="/g/">View all reports</a> '
            '<a href="/h/">Open Information</a> <a href="/i/">Register</a> <a href="/j/">Apply</a> '
            '<a href="/k/">Sign up for the course here</a>',
            "en",
        ),
    ),
    fails=(
        '<a href="/th/r/">คลิกที่นี่</a>',
        '<a href="/th/r/">อ่านต่อ »</a>',
        '<p>ดาวน์โหลดได้<a href="/th/r/">ที่นี่</a></p>',
        '<a href="/th/r/">รายละเอียด</a>',
        '<a href="/r.pdf">ดาวน์โหลด (PDF, 2 MB)</a>',
        '<a href="/th/r/">[อ่านต่อ]</a>',
        '<a href="/th/r/">(คลิกที่นี่)</a>',
        '<a href="/th/r/">คลิ๊กที่นี่</a>',
        '<a href="/th/r/">คลิกดูรายละเอียด</a>',
        '<a href="/th/r/">คลิกเพื่อดูรายละเอียด</a>',
        '<a href="/th/r/">รายละเอียดเพิ่มเติมคลิกที่นี่</a>',
        '<a href="/th/r/">ดูที่นี่</a>',
        '<a href="/th/r/">กดตรงนี้</a>',
        '<a href="/th/r/">คลิกค่ะ</a>',
        '<p>อ่าน<a href="/th/r/">ได้ที่นี่</a></p>',
        '<a href="/r.pdf">ดาวน์โหลดเอกสาร</a>',
        '<a href="/r.pdf">เอกสารแนบ</a>',
        '<a href="/r.pdf">ดาวน์โหลด PDF</a>',
        '<a href="/th/r/">ดูทั้งหมด</a>',
        '<a href="/th/r/" title="รายงานประจำปี 2567">อ่านต่อ</a>',
        '<a href="/th/r/">ลงทะเบียนที่นี่</a>',
        '<a href="/th/r/">สมัครที่นี่</a>',
        '<a href="/th/r/">รับชมได้ที่นี่</a>',
        '<a href="/th/r/">พบได้ที่นี่</a>',
        '<a href="/th/r/">กดที่นี่เพื่อดาวน์โหลด</a>',
        '<a href="/th/r/">คลิกที่นี่เพื่อลงทะเบียน</a>',
        '<a href="/th/r/">ที่ลิงก์นี้</a>',
        '<a href="/th/r/">รายละเอียดดังแนบ</a>',
        '<a href="/th/r/">อ่านข่าวฉบับเต็ม</a>',
        '<a href="/th/r/">ฉบับเต็ม</a>',
        '<a href="/th/r/">รายละเอียดข่าว</a>',
        '<a href="/th/r/">ศึกษารายละเอียด</a>',
        '<a href="/r.pdf">PDF</a>',
        '<a href="/r.pdf">(ไฟล์ PDF, 2 MB)</a>',
        Example('<a href="/en/r/">Click here</a>', "en"),
        Example('<a href="/en/r/">Register here</a>', "en"),
        Example('<a href="/en/r/">Apply here</a>', "en"),
        Example('<a href="/en/r/">Watch here</a>', "en"),
        Example('<a href="/en/r/">Check here</a>', "en"),
        Example('<a href="/en/r/">Sign up here</a>', "en"),
        Example('<a href="/en/r/">Click below</a>', "en"),
        Example('<a href="/en/r/">via this link</a>', "en"),
        Example('<a href="/en/r/">the following link</a>', "en"),
        Example('<a href="/en/r/">Full text</a>', "en"),
        Example('<a href="/en/r/">[Read more]</a>', "en"),
        Example('<a href="/en/r/">Click here to read more</a>', "en"),
        Example('<a href="/en/r/">See more details</a>', "en"),
        Example('<a href="/en/r/">Read article</a>', "en"),
        Example('<p>Find <a href="/en/r/">details here</a></p>', "en"),
        Example('<a href="/en/r/">View all</a>', "en"),
        '<a href="https://a.example/">เว็บไซต์</a>',
        Example('<a href="https://a.example/">Website</a>', "en"),
        Example('<a href="/en/r/">Read more…</a>', "en"),
    ),
)
def link_text_vague(document: Document) -> Iterator[Problem]:
    for link in document.links:
        text = name(link)
        if text.casefold() in _WEBSITE and not re.match("(?:https?:)?//", link.get("href"), re.I):
            continue
        if _says_nothing(link):
            # A title is for a pointer that rests: a list of links does not have it.
            said = "aria-describedby" in link.attributes or "aria-description" in link.attributes
            described = description(link) if said else ""
            if not described or _is_vague(described):
                yield Problem(link, {"text": text})


@rule(
    "link-text-ambiguous",
    criterion="2.4.9",
    severity="warning",
    name=Text(en="Same link text, different places", th="ข้อความลิงก์เดียวกันไปคนละที่"),
    message=Text(
        en="“{text}” leads to {count} different places.",
        th="“{text}” เป็นลิงก์ไปยังปลายทางที่ต่างกัน {count} แห่ง",
    ),
    remedy=Text(
        en="Say in each link what sets its destination apart.",
        th="เขียนข้อความลิงก์แต่ละแห่งให้บอกความแตกต่างของปลายทาง",
    ),
    passes=(
        '<a href="/th/a/">รายงานปี 2566</a> <a href="/th/b/">รายงานปี 2567</a>',
        '<a href="/th/a/">รายงาน</a> <a href="/th/a">รายงาน</a> <a href="/th/a/">รายงานฉบับเต็ม</a>',
        '<h3 id="a">ก</h3><a href="/a/" aria-describedby="a">รายงาน</a>'
        '<h3 id="b">ข</h3><a href="/b/" aria-describedby="b">รายงาน</a>',
    ),
    fails=(
        '<a href="/th/a/">รายงาน</a> <a href="/th/b/">รายงาน</a>',
        '<a href="http://[">รายงาน</a> <a href="/th/b/">รายงาน</a>',
    ),
)
def link_text_ambiguous(document: Document) -> Iterator[Problem]:
    by_text: dict[tuple[str, str], dict[str, Element]] = {}
    for link in document.links:
        text = name(link)
        if text and not _says_nothing(link) and not _is_address(text):
            key = (text.casefold(), description(link))
            by_text.setdefault(key, {}).setdefault(_place(link), link)
    for places in by_text.values():
        for link in list(places.values())[1:]:
            yield Problem(link, {"text": name(link), "count": len(places)})


@rule(
    "link-destination-missing",
    criterion="2.1.1",
    severity="warning",
    name=Text(en="Link without destination", th="ลิงก์ไม่มีปลายทาง"),
    message=Text(
        en="This link has no address: the keyboard does not reach it, or it does nothing.",
        th="ลิงก์นี้ไม่มีที่อยู่ปลายทาง ใช้แป้นพิมพ์เข้าถึงไม่ได้หรือกดแล้วไม่เกิดผล",
    ),
    remedy=Text(
        en="Give it an address; for an action use a button.",
        th="ใส่ที่อยู่ปลายทาง หากเป็นการสั่งงานให้ใช้ปุ่ม (button)",
    ),
    passes=('<a href="#a">ก</a><a id="a" name="a"></a>', '<button type="button">เปิดเมนู</button>'),
    fails=(
        '<a href="javascript:void(0)">เปิดเมนู</a>',
        '<a onclick="open()">เปิดเมนู</a>',
        '<a href="">เปิดเมนู</a>',
    ),
)
def link_destination_missing(document: Document) -> Iterator[Problem]:
    for link in document.all("a"):
        href = link.get("href").lower()
        if "href" in link.attributes:
            broken = not href or href.startswith("javascript:")
        else:
            broken = "onclick" in link.attributes and "tabindex" not in link.attributes
        if broken:
            yield Problem(link)


@rule(
    "link-anchor-missing",
    criterion="2.4.1",
    severity="warning",
    name=Text(en="Link to a place that is not there", th="ลิงก์ไปยังตำแหน่งที่ไม่มีในหน้า"),
    message=Text(
        en="Nothing on this page has the id “{target}” that the link leads to.",
        th="ไม่มีตำแหน่งใดในหน้านี้ที่มี id “{target}” ตามที่ลิงก์ระบุ",
    ),
    remedy=Text(
        en="Give the destination that id, or correct the link.",
        th="กำหนด id ให้ตำแหน่งปลายทาง หรือแก้ไขลิงก์",
    ),
    passes=(
        '<!doctype html><body><a href="#content">ข้ามไปยังเนื้อหา</a><main id="content"></main>',
        '<!doctype html><body><a href="#top">ขึ้นบน</a><a href="#n">ก</a><a name="n"></a>',
        '<!doctype html><body><a href="#เนื้อหา">ก</a><p id="เนื้อหา">ข</p>',
        '<a href="#content">ข้ามไปยังเนื้อหา</a>',
    ),
    fails=('<!doctype html><body><a href="#content">ข้ามไปยังเนื้อหา</a><main></main>',),
)
def link_anchor_missing(document: Document) -> Iterator[Problem]:
    # In a fragment the place may be elsewhere on its page.
    anchors = {anchor.get("name") for anchor in document.by_tag.get("a", ())}
    for link in document.links if document.page else ():
        href = link.get("href")
        target = unquote(href[1:])
        # HTML itself takes "#" and "#top" for the top of the page.
        found = target in document.ids or target in anchors or target.lower() in ("", "top")
        if href.startswith("#") and not found:
            yield Problem(link, {"target": target})
