"""Links: whether one knows that they open documents and new windows (WCAG 2.4.4, 3.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from urllib.parse import unquote, urlsplit

from .dom import BLOCKS, Document, Element, squeeze
from .model import Example, Problem, Text, rule
from .names import description, name

TYPES = "pdf|doc[xm]?|xls[xm]?|pptx?|ppsx?|odt|ods|odp|csv|zip|rar|7z|rtf|epub|mp[34]"
_DOCUMENT = re.compile(rf"\.({TYPES})$", re.I)
_DOCUMENT_ASKED_FOR = re.compile(
    rf"(?:^|&)(?:file|filename|name|doc|document|path|attachment|download)=[^&]*\.({TYPES})(?:&|$)",
    re.I,
)
_DOCUMENT_TYPES = {
    "application/pdf": "PDF",
    "application/msword": "DOC",
    "application/vnd.ms-excel": "XLS",
    "application/vnd.ms-powerpoint": "PPT",
    "application/zip": "ZIP",
    "application/epub+zip": "EPUB",
    "text/csv": "CSV",
}


def _program(name: str) -> str:
    # "In other word" and "Excel at work" name no type.
    after = r"(?=\s*(?:$|[\d,;)\]:|–—-]|(?i:files?|documents?)\b))"
    return rf"(?:ไฟล์|เอกสาร)\s?{name}|\b{name}{after}"


#: What a type is called besides its own letters, by the first three of these.
_OTHER_NAMES = {
    "PDF": "พีดีเอฟ",
    "DOC": _program("Word") + "|(?:ไฟล์|เอกสาร)เวิร์ด",
    "XLS": _program("Excel") + r"|(?i:\bspreadsheet)|เอ็กเซล|เอกเซล",
    "PPT": _program("PowerPoint") + "|พาวเวอร์พอยต์",
    "PPS": _program("PowerPoint") + "|พาวเวอร์พอยต์",
    "ODT": r"(?i:\bopendocument)",
    "ODS": r"(?i:\bopendocument|\bspreadsheet)",
    "ODP": r"(?i:\bopendocument)",
    "MP3": r"(?i:\baudio)|เสียง",
    "MP4": r"(?i:\bvideo)|วิดีโอ|วีดิโอ|วีดิทัศน์|วิดีทัศน์|คลิป",
}
_SAYS_SIZE = re.compile(
    r"[\d๐-๙]\s*(?:[kmg]i?b(?![a-z])|(?:kilo|mega|giga)?bytes?\b|pages?\b|(?:min|minutes?)\b"
    r"|(?:กิโล|เมกะ|กิกะ)?ไบต์|หน้า|นาที)",
    re.I,
)
#: "A new window of opportunity" and "หน้าใหม่ของประวัติศาสตร์" are not said of a browser.
_SAYS_NEW_WINDOW = re.compile(
    r"(?:new|another|separate) (?:browser )?(?:window|tab)(?! (?:for|into|of|on|to)\b)"
    r"|external (?:link|site|website|page)|\((?:external|ภายนอก)\)"
    r"|(?:(?:หน้าต่าง|แท็บ|แทบ)\s?(?:เบราว์เซอร์)?|(?:เปิด\S{0,6}|[(\[])(?:หน้า|เพจ)\s?(?:เบราว์เซอร์)?)"
    r"\s?(?:ใหม่|อื่น)(?!ของ|แห่ง|ๆ)"
    r"|(?:ลิงก์|ลิงค์|เว็บไซต์|เว็บ)ภายนอก",
    re.I,
)
_SAME_WINDOW = frozenset(("", "_self", "_parent", "_top"))
_SCRIPT_OPENS_WINDOW = re.compile(r"\bwindow\.open\((?![^;]{0,500}['\"]_(?:self|parent|top)['\"])")
#: A remark that begins right after a link belongs to it: in brackets, after a dash, or when it
#: begins with the type or the size of a file.
_REMARK = re.compile(
    rf"\([^()]*|\[[^\[\]]*|(?:[–—:|·,-]|ไฟล์|ขนาด|(?:{TYPES})\b|[\d๐-๙.]+\s?[kmg]b\b).{{0,60}}",
    re.I,
)


@rule(
    "link-document-unsaid",
    criterion="2.4.4",
    severity="warning",
    name=Text(en="Document link without type and size", th="ลิงก์เอกสารไม่บอกชนิดและขนาดไฟล์"),
    message=Text(
        en="This link opens a {type} file and does not say both its type and its size.",
        th="ลิงก์นี้เปิดไฟล์ {type} แต่ไม่ได้บอกชนิดและขนาดไฟล์ไว้ให้ครบ",
    ),
    remedy=Text(
        en="Add type and size to the link text: “({type}, 1.2 MB)”.",
        th="เพิ่มชนิดและขนาดไฟล์ในข้อความลิงก์ เช่น “({type}, 1.2 MB)”",
    ),
    passes=(
        '<a href="/media/report.pdf">รายงานประจำปี 2567 (PDF, 1.2 MB)</a>',
        '<a href="/media/report.pdf">รายงานประจำปี 2567</a> (PDF 1.2 เมกะไบต์)',
        '<a href="/media/report.pdf">รายงานประจำปี 2567</a> [<b>PDF</b>, 1.2 MB]',
        '<a href="/media/report.pdf">รายงานประจำปี 2567</a> – PDF, 1.2 MB',
        '<a href="/media/report.pdf">รายงานประจำปี 2567</a> <span>PDF 1.2 MB</span>',
        '<b><a href="/media/report.pdf">รายงานประจำปี 2567</a></b> (พีดีเอฟ ๑๒ หน้า)',
        '<a href="/media/report.docx">คำร้อง (Word, 90 KB)</a>',
        '<a href="/media/report.pdf">ประกาศ</a> ไฟล์ PDF ขนาด 350 KB',
        '<a href="/media/report.pdf">ประกาศ (PDF)</a> 350 KB',
        '<table><tr><td>1<td><a href="/media/report.pdf">ประกาศ</a><td>PDF<td>350 KB</table>',
        '<dl><dt><a href="/media/report.pdf">ประกาศ</a></dt><dd>PDF, 350 KB</dd></dl>',
        Example('<a href="/media/report.pdf">Annual report (PDF, 1.2 megabytes)</a>', "en"),
        '<a href="/media/hearing.mp4">วิดีโอการประชุม 25 นาที</a> <a href="/robots.txt">ข้อกำหนด</a>',
        '<a href="/media/data.xls">ตารางสรุป (Excel, 90 KB)</a>',
        '<a href="/media/form.docx">แบบคำร้อง (ไฟล์ Word ขนาด 90 KB)</a>',
        '<a href="/th/pdf-guide/">วิธีเปิดไฟล์</a> <a href="https://[x/a.pdf">รายงาน</a>',
        '<a href="/th/export/" download>ข้อมูลคำร้อง</a>',
        '<a href="/th/search/?q=report.pdf">ผลการค้นหา</a>',
    ),
    fails=(
        '<a href="/media/report.pdf">รายงานประจำปี 2567</a>',
        '<a href="/media/%E0%B8%A3.XLSX?v=2">ตารางสรุป</a> ฉบับล่าสุด',
        '<a href="/media/report.pdf">รายงานประจำปี 2567 (PDF)</a>',
        '<a href="/media/report.pdf">รายงานประจำปี 2567 (1.2 MB)</a>',
        '<a href="/media/1/" download="report.pdf">รายงานประจำปี 2567</a>',
        '<a href="/media/hearing.mp3" download>เสียงการประชุม</a>',
        '<a href="/media/1/" type="application/pdf">รายงานประจำปี 2567</a>',
        '<a href="/get?file=report.pdf&amp;v=2">รายงานประจำปี 2567</a>',
        '<a href="/r.pdf">รายงานประจำปี</a><br>(PDF, 1.2 MB)',
        '<table><tr><td><a href="/a.pdf">ไทย</a><td><a href="/b.pdf">อังกฤษ</a><td>PDF 1 MB</table>',
        '<dl><dt><a href="/a.pdf">ประกาศ</a></dt><dd><a href="/b.pdf">คำสั่ง (PDF 1 MB)</a></dl>',
        '<dl><dt><a href="/a.pdf">ประกาศ</a></dt></dl>',
        '<a href="/media/hearing.mp3">การประชุม</a>',
        '<a href="/media/form.docm">แบบฟอร์ม</a>',
        '<a href="/media/data.xls">ตารางสรุป (XLSX, 90 KB)</a>',
        Example('<a href="/media/1.docx">In other word (2 MB)</a>', "en"),
        Example('<a href="/media/1.xlsx">Excel at work (2 MB)</a>', "en"),
    ),
)
def link_document_unsaid(document: Document) -> Iterator[Problem]:
    for link in document.links:
        kind = document_type(link)
        if kind:
            beside = (_remark_after(link), _entry_around(link))
            said = " ".join((name(link), description(link), *beside))
            if not _says_type(said, kind) or not _SAYS_SIZE.search(said):
                yield Problem(link, {"type": kind})


def document_type(link: Element) -> str:
    """The type of the file that a link opens, as its name is written; "" for a page."""
    try:
        parts = urlsplit(link.get("href"))
    except ValueError:
        return ""
    path = unquote(parts.path)
    found = _DOCUMENT.search(path) or _DOCUMENT_ASKED_FOR.search(unquote(parts.query))
    if not found and "download" in link.attributes:
        found = re.search(r"\.([a-z0-9]{2,5})$", link.get("download") or path, re.I)
    return found[1].upper() if found else _DOCUMENT_TYPES.get(link.get("type").lower(), "")


def _says_type(said: str, kind: str) -> bool:
    """Whether a text names the type: by its letters ("XLSX" is not "XLS") or by another name."""
    letters = rf"(?<![A-Za-z\d])(?i:{re.escape(kind)})(?![A-Za-z])"
    other = _OTHER_NAMES.get(kind[:3])
    return re.search(f"{letters}|{other}" if other else letters, said) is not None


def _entry_around(link: Element) -> str:
    """The row of a table, or the details of a term, that are about this link alone."""
    row = link.closest("tr")
    if row is not None:
        return row.text if len(row.inside("a")) == 1 else ""
    term = link.closest("dt")
    details = term.sibling(1) if term is not None else None
    if details is None or details.tag != "dd" or details.inside("a"):
        return ""
    return details.text


def _remark_after(link: Element) -> str:
    """What belongs to a link though it follows it: a remark in brackets, after a dash, or apart."""
    inner = link
    following: list[Element | str] = []
    while not following and inner.parent is not None and inner.tag not in BLOCKS:
        following = inner.parent.children[inner.place + 1 : inner.place + 7]
        inner = inner.parent
    line = list(takewhile(_goes_on, following))
    first = next((part for part in line if not isinstance(part, str) or part.strip()), "")
    if isinstance(first, Element):
        return first.text
    text = squeeze("".join(part if isinstance(part, str) else part.text for part in line))
    remark = _REMARK.match(text)
    return remark[0] if remark else ""


def _goes_on(part: Element | str) -> bool:
    return isinstance(part, str) or (part.tag != "a" and part.tag not in BLOCKS)


@rule(
    "link-new-window-unsaid",
    criterion="3.2.5",
    severity="warning",
    name=Text(en="New window unsaid", th="ลิงก์เปิดหน้าต่างใหม่โดยไม่บอก"),
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
        '<a href="https://example.org/" target="_blank">รายงาน</a> (เปิดในแท็บใหม่)',
        '<a href="https://example.org/" target="_blank">รายงาน (เว็บไซต์ภายนอก)</a>',
        Example('<a href="/" target="_blank" title="Opens in a new tab">Report</a>', "en"),
        '<base target="_blank"><a href="/th/a/" target="_self">รายงาน</a>',
        Example('<a href="/" target="_blank">Report (opens in a separate window)</a>', "en"),
        '<a href="/th/a/" target="_blank">รายงาน (เปิดในหน้าต่างอื่น)</a>',
        '<a href="/th/a/" target="_blank">รายงาน (เปิดหน้าใหม่)</a>',
        '<a href="/th/a/" target="_blank">รายงาน <i title="เปิดในหน้าต่างใหม่"></i></a>',
        '<a href="/th/a/" target="map">แผนที่</a><iframe name="map" title="แผนที่"></iframe>',
        """<a href="/th/a/" onclick="window.open(this.href, '_self')">รายงาน</a>""",
    ),
    fails=(
        '<a href="https://example.org/" target="_blank">รายงาน</a>',
        '<a href="https://example.org/" target="_blank">นโยบายภายนอกประเทศ</a>',
        Example('<a href="https://example.org/" target="_blank">External affairs</a>', "en"),
        '<base target="_blank"><a href="/th/a/">รายงาน</a>',
        Example('<a href="/" target="_blank">A new window of opportunity</a>', "en"),
        '<a href="/th/a/" target="_blank">เขียนหน้าใหม่ของประวัติศาสตร์</a>',
        '<a href="/th/a/" target="_blank">ผู้บริหารหน้าใหม่</a>',
        '<a href="/th/a/" onclick="window.open(this.href); return false">รายงาน</a>',
        '<a href="https://example.org/" target="_blank"></a>',
    ),
)
def link_new_window_unsaid(document: Document) -> Iterator[Problem]:
    bases = (base.get("target") for base in document.by_tag.get("base", ()))
    usual = next(filter(None, bases), "")
    frames = {frame.get("name") for frame in document.all("iframe", "frame")}
    for link in document.links:
        target = link.get("target") or usual
        elsewhere = target.lower() not in _SAME_WINDOW and target not in frames
        if elsewhere or _SCRIPT_OPENS_WINDOW.search(link.get("onclick")):
            titles = (inner.get("title") for inner in link.descendants if inner.exposed)
            said = (name(link), description(link), link.text, *titles, _remark_after(link))
            if not _SAYS_NEW_WINDOW.search(" ".join(said)):
                yield Problem(link, {"text": name(link) or link.get("href")})
