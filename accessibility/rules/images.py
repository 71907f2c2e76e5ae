"""Images and their text alternatives (WCAG 1.1.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from urllib.parse import unquote

from .dom import Document, Element, in_order
from .model import Example, Problem, Text, rule
from .names import name
from .writing import has_word, length, words

LONGEST_ALTERNATIVE = 200
_LONGEST_FILE_NAME = 255

_FILE_NAME = re.compile(
    r"(?:\S+ ){0,6}\S+\.(?:jpe?g|png|gif|svg|webp|avif|bmp|tiff?|heic)(?:\?\S*| ?\(\d+\))?"
    # What cameras, telephones and messengers call their pictures.
    r"|(?:img(?:[_ -]?e)?|dsc[nf]?|fb_img|received_|messageimage_|mvi_|line_album_\S*_"
    r"|whatsapp image)[_ -]*\d[\w .:()-]*"
    # Words that people write too: what follows must be a date and a time alone.
    r"|(?:image|picture|pict|photo|scan|screen ?shot)[_ -]*\d{4}-?\d\d-?\d\d[\d_ .:()-]*"
    r"(?:at [\d.: ]+)?(?:[ap]m)?(?:_[a-z]+)?"
    r"|[ps]_*\d{7,}|(?:19|20|25)\d{6}_\d{4,}|unnamed(?: ?\(\d+\))?"
    r"|[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{20,}|\d+_\d+_[\d_n]+|photo-\d{10,}-[0-9a-f]+"
    # A time in seconds or milliseconds since 1970.
    r"|1\d{9}(?:\d{3})?"
    # "news_photo_1": a name that somebody has on a network may have one line, or no number.
    r"|(?=\S*_)(?=\S*\d)[^\s_@:/-]+(?:[_-]+[^\s_@:/-]+){2,}",
    re.I,
)
#: What is written like a file name, though it may be a word: "nhrc_thailand", "ISO-8859-1". Words
#: with a hyphen are left out: "covid-19", "SARS-CoV-2", "face-to-face".
_LIKE_A_FILE_NAME = re.compile(
    r"[^\s_]+(?:_+[^\s_]+)+"
    r"|(?=\S*\d{3})(?=\S*[^\W\d_])[^\s-]+(?:-+[^\s-]+){2,}"
    r"|(?!\S*-(?:a|and|by|de|for|in|la|of|on|out|the|to|up)-)[a-z]+(?:-+[a-z0-9]+){2,}"
    r"|[a-z]+(?:-+[a-z0-9]+){4,}"
)
#: What Django adds to the name of a file when there is one of that name.
_ADDED_BY_STORAGE = re.compile(r"_[a-z0-9]{7}$", re.I)
#: Wagtail shortens names of files; so much of them always remains.
_LEAST_KEPT = 20


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    """The text's letters, digits and marks in lower case: no spaces and no signs."""
    return "".join(sign for sign in text.casefold() if unicodedata.category(sign)[0] in "LNM")


@lru_cache(maxsize=1024)
def _said(text: str) -> tuple[str, str]:
    """What a text says, with and without a credit at its end."""
    return _bare(text), _bare(_CREDIT.sub("", text))


_PLACEHOLDERS = words(
    """
    image img picture photo photograph pic graphic icon logo banner alt alternative text alttext
    alttag placeholder untitled spacer blank null none undefined todo tbd test thumbnail thumb cover
    imagehere insertimage decorative screenshot scan default poster infographic infographics
    untitleddesign imagedescription photodescription picturedescription
    ภาพ รูป รูปภาพ ภาพถ่าย ภาพประกอบ รูปประกอบ รูปถ่าย ภาพข่าว ภาพประกอบข่าว ไอคอน โลโก้ แบนเนอร์
    ไม่มี ไม่มีชื่อ ไม่มีคำอธิบาย ทดสอบ ข้อความทดแทน ข้อความแทนรูปภาพ คำอธิบายภาพ คำบรรยายภาพ ภาพปก
    ภาพกิจกรรม รูปกิจกรรม ภาพบรรยากาศ ภาพประชาสัมพันธ์ โปสเตอร์ อินโฟกราฟิก
    ไม่มีข้อความทดแทน ไม่มีข้อความแสดงแทน ไม่มีคำอธิบายภาพ ข้อความแสดงแทน ข้อความแทนรูป ข้อความแทนภาพ
    คำอธิบายรูปภาพ คำอธิบายรูป คำบรรยายรูปภาพ ใส่คำอธิบายภาพ ใส่คำอธิบายรูปภาพ รูปข่าว รูปประกอบข่าว
    ภาพประกอบบทความ รูปประกอบบทความ ภาพหน้าปก รูปหน้าปก รูปปก
    """
)
#: Words that begin with "ภาพ" and name the thing itself, or what kind of picture it is.
_WORDS_OF_PICTURES = (
    "รวม|ลักษณ์|ยนตร์|เขียน|วาด|พิมพ์|พจน์|สลัก|จิตรกรรม|สามมิติ|เคลื่อนไหว|ล้อ|ร่าง|ปะติด|ฝัน|นิ่ง|กราฟิก|"
    "หลอน|จำ(?!นวน)|ลวง|ขยาย|แกะสลัก|ฉาย|สีน้ำ|ขาวดำ|เหมือน|มุมสูง|อนาคต|แทน|ตัดขวาง|ตัวอย่าง|ประวัติศาสตร์|"
    "ถ่าย(?:จาก)?(?:ดาวเทียม|ทางอากาศ|เอกซเรย์)"
)
_PREFIX = re.compile(
    r"(?:this is )?(?:(?:an?|the)\s+)?(?:image|picture|photo|photograph|graphic|pic|screenshot)"
    r"\s+(?:of|showing)\b.*"
    r"|this (?:image|picture|photo|photograph|graphic) (?:shows|is)\b.*"
    r"|(?:image|picture|photo|photograph)\s*:.*"
    rf"|ภาพ(?!{_WORDS_OF_PICTURES})\S.*|(?:รูปภาพ|ภาพประกอบ|รูปประกอบ|รูปถ่าย)\S.*"
    r"|รูป(?:ของ|แสดง|นี้|ประธาน|การ|กิจกรรม|คณะ|ผู้|เจ้าหน้าที่|นาย|นาง|\s*:).*|(?:รูปภาพ|ภาพถ่าย|ภาพ)\s.*",
    re.I | re.S,
)
#: Who made a picture, at the end of its caption. One sign before it suffices: more would be tried
#: from every sign of a row of them.
_CREDIT = re.compile(
    r"[\s(\[/|](?:(?:ขอบคุณ)?(?:ภาพ|รูป)|เครดิต(?:ภาพ)?|ที่มา|photo|image|picture|credit|source)"
    r"(?:\s?(?:จาก|โดย|by|credit))?\s?:.*|©.*",
    re.I | re.S,
)


def _is_file_name(image: Element, alternative: str) -> bool:
    if len(alternative) > _LONGEST_FILE_NAME:
        return False
    if _FILE_NAME.fullmatch(alternative):
        return True
    return bool(_LIKE_A_FILE_NAME.fullmatch(alternative)) and _names_its_file(image, alternative)


def _names_its_file(image: Element, alternative: str) -> bool:
    """Whether an alternative is the name of the image's file, from which Wagtail takes titles."""
    path = re.split(r"[?#]", image.get("src"))[0]
    # What follows the first dot says of a rendition how it was made: ".2e16d0ba.width-800.jpg".
    stem = unquote(path).rpartition("/")[2].partition(".")[0]
    stored, stated = _bare(stem), _bare(alternative)
    return stated in (stored, _bare(_ADDED_BY_STORAGE.sub("", stem))) or (
        len(stored) >= _LEAST_KEPT and stated.startswith(stored)
    )


def _is_placeholder(alternative: str) -> bool:
    # "Image 3" and "ภาพที่ 3" say no more than "image".
    bare = _bare(re.sub(r"ที่(?=\s*\d)|\d", "", alternative))
    return bare in _PLACEHOLDERS or alternative.casefold() == "n/a"


def _images(document: Document) -> list[tuple[Element, str]]:
    """Images with a written alternative, and that alternative."""
    found = document.all("img", "area", "input", "svg")
    return [
        (image, alternative)
        for image in found
        if image.tag != "input" or image.get("type").lower() == "image"
        if (alternative := name(image))
    ]


@rule(
    "image-alt-missing",
    criterion="1.1.1",
    severity="error",
    name=Text(en="Image without alternative", th="รูปภาพไม่มีข้อความทดแทน"),
    message=Text(
        en="This image has no alternative: whoever cannot see it learns nothing of it.",
        th="รูปภาพนี้ไม่มีข้อความทดแทน ผู้ที่มองไม่เห็นจะไม่ทราบว่าเป็นภาพอะไร",
    ),
    remedy=Text(
        en="Say what the image tells here: in alt, or where there is none in aria-label or in the "
        "title of an svg. For mere decoration write an empty alt.",
        th="ระบุสิ่งที่ภาพสื่อในที่นี้ไว้ใน alt หรือใน aria-label หรือ title ของ svg หากองค์ประกอบนั้นไม่มี alt "
        "หากเป็นภาพตกแต่งให้ใส่ alt ว่าง",
    ),
    passes=(
        '<img src="a.jpg" alt="ประธาน คสข. มอบรายงานแก่นายกรัฐมนตรี">',
        '<img src="line.png" alt=""><img src="b.png" role="presentation">',
        '<svg aria-hidden="true"></svg><svg role="img"><title>ตราสำนักงาน</title></svg>',
    ),
    fails=(
        '<img src="a.jpg">',
        '<svg role="img"><path d="M0 0"/></svg>',
        '<map name="m"><area href="/th/" shape="rect" coords="0,0,9,9"></map>',
        '<span role="img">★</span>',
        '<object data="chart.svg" type="image/svg+xml"></object>',
    ),
)
def image_alt_missing(document: Document) -> Iterator[Problem]:
    images = document.all("img", "area", "object")
    drawn = [image for image in document.having("role") if image.role == "img"]
    for image in in_order([*images, *drawn]):
        if image.role in ("presentation", "none") or name(image):
            continue
        unnamed = (
            (image.tag == "img" and "alt" not in image.attributes)
            or (image.tag == "area" and "href" in image.attributes)
            or (image.tag == "object" and "data" in image.attributes and not image.text)
            or (image.role == "img" and image.tag != "img")
        )
        if unnamed:
            yield Problem(image)


@rule(
    "image-alt-file-name",
    criterion="1.1.1",
    severity="error",
    name=Text(en="File name as alternative", th="ข้อความทดแทนเป็นชื่อไฟล์"),
    message=Text(
        en="The alternative “{alt}” is a file name and tells nothing of the image.",
        th="ข้อความทดแทน “{alt}” เป็นชื่อไฟล์ ไม่ได้บอกว่าเป็นภาพอะไร",
    ),
    remedy=Text(
        en="Say what the image shows and why it is here.",
        th="ระบุว่าภาพแสดงสิ่งใด และเกี่ยวข้องกับเนื้อหาอย่างไร",
    ),
    passes=(
        '<img src="a.jpg" alt="การประชุมครั้งที่ 5/2567">',
        Example('<img src="a.jpg" alt="Photo 2 Chairperson hands over the report">', "en"),
        Example('<img src="a.jpg" alt="Image 3 shows voters queueing at dawn">', "en"),
        Example('<img src="a.jpg" alt="Scan 3 of the 1932 constitution">', "en"),
        Example('<img src="a.jpg" alt="Pic 4 students"><img alt="Received 3 awards">', "en"),
        Example('<img src="a.jpg" alt="P1"><img src="b.jpg" alt="2024-2025">', "en"),
        Example('<img src="map.png" alt="map"><img src="covid-19.jpg" alt="COVID-19">', "en"),
        Example('<img src="g-20.png" alt="G-20"><img src="asean-eu.png" alt="ASEAN-EU">', "en"),
        Example('<img src="sars-cov-2.jpg" alt="SARS-CoV-2">', "en"),
        Example('<img src="face-to-face.svg" alt="face-to-face">', "en"),
        Example('<img src="qr.png" alt="nhrc_thailand"><img alt="02-141-3800">', "en"),
        Example('<img src="" alt="annual-report-cover">', "en"),
        '<img src="ksm.png" alt="กสม"><img src="a.jpg" alt="เด็ก-สตรี-คนพิการ">',
        '<img src="prachum_ksm.jpg" alt="ประชุม กสม. ครั้งที่ 5-2567">',
        f'<img src="a.jpg" alt="{"ที่ประชุมมีมติเห็นชอบ" * 15}.jpg">',
    ),
    fails=(
        '<img src="a.jpg" alt="20240214_093012">',
        '<img src="a.jpg" alt="S__12345678">',
        '<img src="a.jpg" alt="P1010023">',
        '<img src="a.jpg" alt="IMG-20240214-WA0012">',
        '<img src="a.jpg" alt="WhatsApp Image 2024-02-14 at 10.15.30 AM">',
        '<img src="a.jpg" alt="LINE_ALBUM_กิจกรรม_240214_1">',
        '<img src="a.jpg" alt="Screenshot_20240214-101530_Chrome">',
        '<img src="a.jpg" alt="my photo.jpeg">',
        '<img src="a.jpg" alt="ข่าว ประชุม 14 กพ.jpg">',
        '<img src="a.jpg" alt="รูป 1.jpg">',
        '<img src="a.jpg" alt="unnamed">',
        '<img src="a.jpg" alt="IMG_20240214_093012">',
        '<img src="a.jpg" alt="ข่าวที่1.jpg">',
        '<img src="a.jpg" alt="DSC 0042">',
        '<img src="a.jpg" alt="426541237_812345678_n">',
        '<img src="/i/nhrc-meeting-2567.width-800.jpg" alt="nhrc-meeting-2567">',
        '<img src="/i/Staff_Photo_aB3dE9x.2e16d0ba.fill-800x600.jpg?v=2" alt="staff_photo">',
        '<img src="/i/annual-meeting-of-the-commi.width-800.format-webp.webp" '
        'alt="annual-meeting-of-the-commission">',
        '<img src="wheelchair-ramp-photo.original.jpg" alt="wheelchair-ramp-photo">',
        '<input type="image" src="go_button.png" alt="go_button">',
        '<img src="a.jpg" alt="news_photo_1">',
        '<img src="a.jpg" alt="ประชุม_กสม_2567">',
        '<img src="a.jpg" alt="header-banner-final_v2">',
        '<img src="a.jpg" alt="IMG_E1234">',
        '<img src="a.jpg" alt="cover-2567.png?v=2">',
        '<img src="a.jpg" alt="picture1.png (1)">',
        '<img src="a.jpg" alt="photo-1503023345310-bd7c1de61c7d">',
        '<img src="a.jpg" alt="1707900000000">',
    ),
)
def image_alt_file_name(document: Document) -> Iterator[Problem]:
    for image, alternative in _images(document):
        if _is_file_name(image, alternative):
            yield Problem(image, {"alt": alternative})


@rule(
    "image-alt-placeholder",
    criterion="1.1.1",
    severity="error",
    name=Text(en="Placeholder as alternative", th="ข้อความทดแทนไม่มีความหมาย"),
    message=Text(
        en="The alternative “{alt}” would fit any image.",
        th="ข้อความทดแทน “{alt}” ใช้กับภาพใดก็ได้ จึงไม่บอกอะไร",
    ),
    remedy=Text(
        en="Say what this image shows; for mere decoration write an empty alt.",
        th="ระบุว่าภาพนี้แสดงสิ่งใด หากเป็นภาพตกแต่งให้ใส่ alt ว่าง",
    ),
    passes=(
        '<img src="a.jpg" alt="ภาพยนตร์ที่ได้รับรางวัลสิทธิมนุษยชน">',
        '<img src="a.jpg" alt="โลโก้สำนักงานคณะกรรมการส่งเสริมสิทธิและการเข้าถึง">',
        '<img src="a.jpg" alt="ภาพหน้าปกรายงานประจำปี 2567">',
    ),
    fails=(
        '<img src="a.jpg" alt="รูปภาพ">',
        '<img src="a.jpg" alt="ภาพประกอบที่ 1">',
        Example('<img src="a.jpg" alt="Image 3">', "en"),
        Example('<img src="a.jpg" alt="alt text">', "en"),
        Example('<img src="a.jpg" alt="n/a">', "en"),
        Example('<img src="a.jpg" alt="Infographic">', "en"),
        Example('<img src="a.jpg" alt="Poster">', "en"),
        '<img src="a.jpg" alt="ภาพกิจกรรม">',
        '<img src="a.jpg" alt="ไม่มี">',
        '<img src="a.jpg" alt="ภาพบรรยากาศ">',
        '<img src="a.jpg" alt="ภาพประชาสัมพันธ์ ๒">',
        '<img src="a.jpg" alt="ไม่มีข้อความทดแทน">',
        '<img src="a.jpg" alt="ใส่คำอธิบายภาพ">',
        '<img src="a.jpg" alt="ข้อความแสดงแทน">',
        '<img src="a.jpg" alt="รูปประกอบข่าว">',
        '<img src="a.jpg" alt="ภาพประกอบบทความ">',
        '<img src="a.jpg" alt="ภาพหน้าปก">',
        Example('<img src="a.jpg" alt="Image description">', "en"),
        Example('<img src="a.jpg" alt="Untitled design (3)">', "en"),
    ),
)
def image_alt_placeholder(document: Document) -> Iterator[Problem]:
    for image, alternative in _images(document):
        if _is_placeholder(alternative) and not _is_file_name(image, alternative):
            yield Problem(image, {"alt": alternative})


@rule(
    "image-alt-punctuation",
    criterion="1.1.1",
    severity="error",
    name=Text(en="Alternative without a word", th="ข้อความทดแทนไม่มีถ้อยคำ"),
    message=Text(
        en="The alternative “{alt}” holds no word.",
        th="ข้อความทดแทน “{alt}” ไม่มีถ้อยคำใด",
    ),
    remedy=Text(
        en="Say what the image shows; for mere decoration write an empty alt, without a space.",
        th="ระบุว่าภาพแสดงสิ่งใด หากเป็นภาพตกแต่งให้ใส่ alt ว่างโดยไม่มีช่องว่าง",
    ),
    passes=('<img src="a.jpg" alt="">', '<img src="a.jpg" alt="แมว"><img src="b.jpg">'),
    fails=(
        '<img src="a.jpg" alt=".">',
        '<img src="a.jpg" alt=" ">',
        '<img src="a" alt="—***">',
        '<input type="image" src="go.png" alt="-">',
    ),
)
def image_alt_punctuation(document: Document) -> Iterator[Problem]:
    for image in document.all("img", "area", "input"):
        alternative = image.attributes.get("alt", "")
        if alternative and not has_word(alternative):
            yield Problem(image, {"alt": alternative})


@rule(
    "image-alt-says-image",
    criterion="1.1.1",
    severity="advice",
    name=Text(en="Alternative begins with “image of”", th="ข้อความทดแทนขึ้นต้นว่า “รูปภาพ”"),
    message=Text(
        en="“{alt}”: a screen reader already says that this is an image.",
        th="“{alt}” โปรแกรมอ่านหน้าจอบอกอยู่แล้วว่าเป็นรูปภาพ",
    ),
    remedy=Text(
        en="Begin with what the image shows.",
        th="เริ่มต้นด้วยสิ่งที่ภาพแสดงได้เลย",
    ),
    passes=(
        '<img src="a.jpg" alt="ภาพยนตร์สั้นเรื่องสิทธิเด็ก">',
        '<img src="a.jpg" alt="ภาพถ่ายดาวเทียมแสดงพื้นที่น้ำท่วม"><img src="b.jpg" alt="ภาพรวมงบประมาณ">',
        '<img src="a.jpg" alt="รูปปั้นพระแม่ธรณี"><img src="b.jpg" alt="รูปแบบการยื่นคำร้อง">',
        '<img src="a.jpg" alt="ภาพลักษณ์องค์กร"><img src="b.jpg" alt="ภาพเขียนสีผาแต้ม">',
        '<img src="a.jpg" alt="ภาพกิจกรรม">',
    ),
    fails=(
        '<img src="a.jpg" alt="รูปภาพการประชุม">',
        '<img src="a.jpg" alt="ภาพแสดงขั้นตอนการร้องเรียน">',
        '<img src="a.jpg" alt="ภาพ การลงพื้นที่">',
        '<img src="a.jpg" alt="ภาพการประชุมคณะกรรมการ">',
        '<img src="a.jpg" alt="รูปประธานกล่าวเปิดงาน">',
        '<img src="a.jpg" alt="ภาพถ่ายการประชุม">',
        '<img src="a.jpg" alt="ภาพนี้แสดงขั้นตอนการร้องเรียน">',
        Example('<img src="a.jpg" alt="Photo: the chairperson">', "en"),
        Example('<img src="a.jpg" alt="This is a picture of the office">', "en"),
        Example('<img src="a.jpg" alt="a screenshot of the form">', "en"),
        Example('<img src="a.jpg" alt="This image shows the office">', "en"),
        Example('<img src="a.jpg" alt="A photo of the chairperson">', "en"),
    ),
)
def image_alt_says_image(document: Document) -> Iterator[Problem]:
    for image, alternative in _images(document):
        begins = image.tag != "svg" and _PREFIX.fullmatch(alternative)
        if begins and not _is_placeholder(alternative):
            yield Problem(image, {"alt": alternative})


@rule(
    "image-alt-repeats",
    criterion="1.1.1",
    severity="warning",
    name=Text(en="Alternative repeats what stands beside it", th="ข้อความทดแทนซ้ำกับข้อความข้างเคียง"),
    message=Text(
        en="The alternative “{alt}” is said twice: the text beside the image says the same.",
        th="ข้อความทดแทน “{alt}” ซ้ำกับข้อความข้างรูปภาพ จึงถูกอ่านสองครั้ง",
    ),
    remedy=Text(
        en="Say in alt what the text does not; if there is nothing to add, write an empty alt.",
        th="เขียน alt ให้บอกสิ่งที่ข้อความข้างเคียงไม่ได้บอก หากไม่มีอะไรเพิ่มเติมให้ใส่ alt ว่าง",
    ),
    passes=(
        '<figure><img src="a.jpg" alt="ประธานยืน"><figcaption>พิธีมอบรายงาน</figcaption></figure>',
        '<a href="/th/a/"><img src="a.jpg" alt="">พิธีมอบรายงาน</a>',
        '<p><img src="a.jpg" alt="พิธีมอบรายงาน"></p><p>เมื่อวันที่ 14 กุมภาพันธ์ 2567</p>',
        '<p>พิธี</p><img src="a.jpg" alt="พิธี"> เริ่มแล้ว',
        '<p>รายงานปี 2567</p><img src="a.jpg" alt="รายงานปี 2568">',
        '<p>ทำนาข้าวปลาแห้ง</p><img src="a.jpg" alt="ทำนาขาวปลาแห้ง">',
        '<p>รายงานประจำปี (ฉบับย่อ)</p><img src="a.jpg" alt="รายงานประจำปี">',
    ),
    fails=(
        '<figure><img src="a.jpg" alt="พิธีมอบรายงาน"><figcaption>พิธีมอบรายงาน</figcaption></figure>',
        '<a href="/th/a/"><img src="a.jpg" alt="พิธีมอบรายงาน"> พิธีมอบรายงาน</a>',
        '<p><img src="a.jpg" alt="พิธีมอบรายงาน"></p><p>พิธีมอบรายงาน</p>',
        '<p>พิธีมอบรายงาน</p><img src="a.jpg" alt="พิธีมอบรายงาน">',
        '<figure><img src="a.jpg" alt="พิธีมอบรายงาน">'
        "<figcaption>พิธีมอบรายงาน (ภาพ: สำนักงาน)</figcaption></figure>",
        Example(
            '<img src="a.jpg" alt="The new office"><p>The new office. Photo by: A. B.</p>', "en"
        ),
    ),
)
def image_alt_repeats(document: Document) -> Iterator[Problem]:
    for image in document.all("img", "svg"):
        alternative = _bare(name(image))
        texts = _neighbouring_texts(image)
        if length(alternative) > 3 and any(alternative in _said(text) for text in texts):
            yield Problem(image, {"alt": name(image)})


def _neighbouring_texts(image: Element) -> Iterator[str]:
    figure = image.closest("figure")
    if figure is not None:
        yield from (caption.text for caption in figure.inside("figcaption"))
    link = image.closest("a", "button")
    if link is not None:
        yield link.text
    around: Element = image
    # An image alone in its paragraph or picture stands beside that element's neighbours.
    while around.parent is not None and not around.parent.text and around.parent.tag != "body":
        around = around.parent
    for step in (-1, 1):
        neighbour = around.sibling(step)
        if neighbour is not None and neighbour.exposed:
            yield neighbour.text
    yield (around.parent or around).own_text


@rule(
    "image-alt-too-long",
    criterion="1.1.1",
    severity="advice",
    name=Text(en="Long alternative", th="ข้อความทดแทนยาวเกินไป"),
    message=Text(
        en="The alternative has {length} characters and is read in one breath.",
        th="ข้อความทดแทนยาว {length} ตัวอักษร และจะถูกอ่านรวดเดียวโดยหยุดหรือย้อนฟังไม่ได้",
    ),
    remedy=Text(
        en="Keep to {longest} characters; put the rest into a caption or the text.",
        th="เขียนให้ไม่เกิน {longest} ตัวอักษร ส่วนที่เหลือให้ไว้ในคำบรรยายภาพหรือในเนื้อหา",
    ),
    passes=(f'<img src="a.jpg" alt="{"ที่ประชุมมีมติเห็นชอบ" * 10}">',),
    fails=(
        f'<img src="a.jpg" alt="{"ที่ประชุมมีมติเห็นชอบ" * 15}">',
        Example(f'<img src="a.jpg" alt="{"The meeting agreed. " * 15}">', "en"),
    ),
)
def image_alt_too_long(document: Document) -> Iterator[Problem]:
    for image, alternative in _images(document):
        size = length(alternative) if len(alternative) > LONGEST_ALTERNATIVE else 0
        if size > LONGEST_ALTERNATIVE:
            yield Problem(image, {"length": size, "longest": LONGEST_ALTERNATIVE})


@rule(
    "image-alt-same",
    criterion="1.1.1",
    severity="advice",
    name=Text(en="Same alternative on a row of images", th="รูปภาพที่อยู่ติดกันใช้ข้อความทดแทนเดียวกัน"),
    message=Text(
        en="{count} different images in a row share the alternative “{alt}”.",
        th="รูปภาพต่างกัน {count} ภาพที่อยู่ติดกันใช้ข้อความทดแทนเดียวกันว่า “{alt}”",
    ),
    remedy=Text(
        en="Say of each image what sets it apart from the others.",
        th="ระบุในข้อความทดแทนของแต่ละภาพว่าแตกต่างจากภาพอื่นอย่างไร",
    ),
    passes=('<img src="a.jpg" alt="ผู้แทนภาคเหนือ"><img src="b.jpg" alt="ผู้แทนภาคใต้">',),
    fails=(
        '<img src="a.jpg" alt="ผู้แทนภูมิภาค"><img src="b.jpg" alt="ผู้แทนภูมิภาค">'
        '<img src="c.jpg" alt="ผู้แทนภูมิภาค">',
    ),
)
def image_alt_same(document: Document) -> Iterator[Problem]:
    for alternative, group in groupby(document.all("img"), name):
        images = list(group)
        if alternative and len({image.get("src") for image in images}) >= 3:
            yield Problem(images[1], {"count": len(images), "alt": alternative})


@rule(
    "image-map-server",
    criterion="2.1.1",
    severity="error",
    name=Text(en="Server-side image map", th="แผนที่รูปภาพฝั่งเซิร์ฟเวอร์"),
    message=Text(
        en="The places in this image can be chosen with a pointer only.",
        th="ตำแหน่งในรูปภาพนี้เลือกได้ด้วยเมาส์เท่านั้น",
    ),
    remedy=Text(
        en="Write a list of links, or a map with area elements that have alternatives.",
        th="ใช้รายการลิงก์ หรือแผนที่รูปภาพ (map) ที่แต่ละ area มีข้อความทดแทน",
    ),
    passes=('<img src="map.png" usemap="#m" alt="แผนที่สำนักงานในภูมิภาค">',),
    fails=('<a href="/map"><img src="map.png" ismap alt="แผนที่สำนักงาน"></a>',),
)
def image_map_server(document: Document) -> Iterator[Problem]:
    for image in document.all("img"):
        if "ismap" in image.attributes and image.closest("a"):
            yield Problem(image)
