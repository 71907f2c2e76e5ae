"""Links: whether one knows where each leads before following it (WCAG 2.4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from .dom import Document, Element
from .model import Example, Problem, Text, rule
from .names import description, name
from .writing import words

#: Link texts that say nothing without the text around them, without spaces and signs.
_VAGUE = words(
    "clickhere|click|here|clickthis|clickthislink|readmore|read|readon|more|morehere|learnmore|"
    "findoutmore|moreinfo|moreinformation|info|details|moredetails|viewdetails|seedetails|seemore|"
    "viewmore|view|continue|continuereading|fullstory|this|thislink|thispage|link|go|seehere|"
    "download|downloadhere|open|"
    "คลิก|คลิกที่นี่|คลิกตรงนี้|คลิกเลย|คลิกดู|คลิกอ่าน|คลิกอ่านต่อ|คลิกเพื่ออ่านต่อ|คลิกลิงก์|คลิกลิงค์|"
    "กดที่นี่|กดเลย|กดดู|กดลิงก์|กดลิงค์|ที่นี่|ตรงนี้|นี่|อ่าน|อ่านต่อ|อ่านต่อที่นี่|อ่านเพิ่ม|อ่านเพิ่มเติม|"
    "อ่านรายละเอียด|อ่านรายละเอียดเพิ่มเติม|อ่านทั้งหมด|รายละเอียด|รายละเอียดเพิ่มเติม|ดูรายละเอียด|"
    "ดูรายละเอียดเพิ่มเติม|ดู|ดูเพิ่ม|ดูเพิ่มเติม|เพิ่มเติม|ข้อมูลเพิ่มเติม|ดูข้อมูล|ดูข้อมูลเพิ่มเติม|ต่อ|"
    "ลิงก์|ลิงค์|ลิงก์นี้|ลิงค์นี้|ตามลิงก์|ตามลิงก์นี้|ตามลิงค์นี้|หน้านี้|เว็บไซต์นี้|ดาวน์โหลด|ดาวน์โหลดที่นี่|"
    "คลิกดาวน์โหลด|คลิกเพื่อดาวน์โหลด|เปิด|เปิดดู",
    "|",
)
_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)\S+", re.I)
_DOCUMENT = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|csv|zip|rar|7z|rtf|epub)$", re.I)
_SAYS_TYPE = re.compile(
    r"\b(?:pdf|docx?|word|xlsx?|excel|pptx?|powerpoint|odt|ods|odp|csv|zip|rar|7z|rtf|epub|"
    r"opendocument|spreadsheet)(?![a-z])",
    re.I,
)
_SAYS_SIZE = re.compile(
    r"[\d๐-๙]\s*(?:[kmg]i?b\b|bytes?\b|pages?\b|ไบต์|กิโลไบต์|เมกะไบต์|กิกะไบต์|หน้า)", re.I
)
_SAYS_NEW_WINDOW = re.compile(
    r"new (?:browser )?(?:window|tab)|another (?:window|tab)|external"
    r"|(?:หน้าต่าง|แท็บ|แทบ|หน้า|เพจ)\s*(?:เบราว์เซอร์)?\s*ใหม่|ภายนอก",
    re.I,
)
_SAME_WINDOW = frozenset(("", "_self", "_parent", "_top"))


def _is_vague(text: str) -> bool:
    # "Read more (PDF, 2 MB) »" is as vague as "read more".
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text.casefold())
    return re.sub(r"[\s\u200b]|[^\w\u0e00-\u0e7f]", "", bare) in _VAGUE


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
    fails=('<a href="/th/news/"></a>', '<a href="/th/news/"><span aria-hidden="true">→</span></a>'),
)
def link_name_missing(document: Document) -> Iterator[Problem]:
    for link in document.links:
        if link.tag == "a" and not name(link) and not link.inside("img", "svg"):
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
        if link.tag == "a" and not name(link) and link.inside("img", "svg"):
            yield Problem(link)


@rule(
    "link-text-address",
    criterion="2.4.4",
    severity="warning",
    name=Text(en="Address as link text", th="ใช้ที่อยู่เว็บเป็นข้อความลิงก์"),
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
    ),
    fails=(
        '<a href="https://www.prac.example/news/1">https://www.prac.example/news/1</a>',
        '<a href="https://www.prac.example/">www.prac.example</a>',
    ),
)
def link_text_address(document: Document) -> Iterator[Problem]:
    for link in document.links:
        text = name(link)
        if _ADDRESS.fullmatch(text):
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
    ),
    fails=(
        '<a href="/th/r/">คลิกที่นี่</a>',
        '<a href="/th/r/">อ่านต่อ »</a>',
        '<p>ดาวน์โหลดได้<a href="/th/r/">ที่นี่</a></p>',
        '<a href="/th/r/">รายละเอียด</a>',
        '<a href="/r.pdf">ดาวน์โหลด (PDF, 2 MB)</a>',
        Example('<a href="/en/r/">Click here</a>', "en"),
        Example('<a href="/en/r/">Read more…</a>', "en"),
    ),
)
def link_text_vague(document: Document) -> Iterator[Problem]:
    for link in document.links:
        text = name(link)
        if _is_vague(text):
            described = description(link)
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
        if text and not _is_vague(text) and not _ADDRESS.fullmatch(text):
            key = (text.casefold(), description(link))
            by_text.setdefault(key, {}).setdefault(_place(link), link)
    for places in by_text.values():
        for link in list(places.values())[1:]:
            yield Problem(link, {"text": name(link), "count": len(places)})


@rule(
    "link-document-unsaid",
    criterion="2.4.4",
    severity="warning",
    name=Text(en="Document link without type and size", th="ลิงก์เอกสารไม่บอกชนิดและขนาดไฟล์"),
    message=Text(
        en="This link opens a {type} file without saying so.",
        th="ลิงก์นี้เปิดไฟล์ {type} โดยไม่ได้บอกไว้",
    ),
    remedy=Text(
        en="Add type and size to the link text: “({type}, 1.2 MB)”.",
        th="เพิ่มชนิดและขนาดไฟล์ในข้อความลิงก์ เช่น “({type}, 1.2 MB)”",
    ),
    passes=(
        '<a href="/media/report.pdf">รายงานประจำปี 2567 (PDF, 1.2 MB)</a>',
        '<a href="/media/report.pdf">รายงานประจำปี 2567</a> (PDF 1.2 เมกะไบต์)',
        '<a href="/th/pdf-guide/">วิธีเปิดไฟล์</a> <a href="https://[x/a.pdf">รายงาน</a>',
    ),
    fails=(
        '<a href="/media/report.pdf">รายงานประจำปี 2567</a>',
        '<a href="/media/%E0%B8%A3.XLSX?v=2">ตารางสรุป</a> ฉบับล่าสุด',
    ),
)
def link_document_unsaid(document: Document) -> Iterator[Problem]:
    for link in document.links:
        try:
            path = unquote(urlsplit(link.get("href")).path)
        except ValueError:
            continue
        kind = _DOCUMENT.search(path)
        said = " ".join((name(link), description(link), _text_after(link)))
        if kind and not _SAYS_TYPE.search(said) and not _SAYS_SIZE.search(said):
            yield Problem(link, {"type": kind[1].upper()})


def _text_after(link: Element) -> str:
    """A bracket that follows right after the link, which belongs to it."""
    siblings = link.parent.children if link.parent is not None else []
    after = siblings[siblings.index(link) + 1 :]
    text = " ".join(part if isinstance(part, str) else part.text for part in after[:2]).strip()
    return text.partition(")")[0] if text.startswith("(") else ""


@rule(
    "link-new-window-unsaid",
    criterion="3.2.5",
    severity="warning",
    name=Text(en="New window unsaid", th="ไม่บอกว่าเปิดหน้าต่างใหม่"),
    message=Text(
        en="“{text}” opens a new window without saying so: the way back is lost.",
        th="“{text}” เปิดหน้าต่างใหม่โดยไม่บอก ผู้ใช้จะกลับหน้าเดิมด้วยปุ่มย้อนกลับไม่ได้",
    ),
    remedy=Text(
        en="Remove target, or add “(opens in a new window)” to the link text.",
        th="ลบ target ออก หรือเพิ่ม “(เปิดในหน้าต่างใหม่)” ในข้อความลิงก์",
    ),
    passes=(
        '<a href="/th/a/" target="_self">รายงาน</a>',
        '<a href="https://example.org/" target="_blank">รายงาน (เปิดในหน้าต่างใหม่)</a>',
        '<a href="https://example.org/" target="_blank">รายงาน'
        '<img src="x.svg" alt="เปิดแท็บใหม่"></a>',
        Example('<a href="/" target="_blank" title="Opens in a new tab">Report</a>', "en"),
    ),
    fails=('<a href="https://example.org/" target="_blank">รายงาน</a>',),
)
def link_new_window_unsaid(document: Document) -> Iterator[Problem]:
    for link in document.links:
        if link.get("target").lower() not in _SAME_WINDOW:
            said = f"{name(link)} {description(link)} {link.text}"
            if not _SAYS_NEW_WINDOW.search(said):
                yield Problem(link, {"text": name(link)})


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
