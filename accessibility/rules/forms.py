"""Forms: what each field asks for, and what each button does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dom import Document, Element, in_order
from .model import Problem, Text, rule
from .names import BUTTON_TYPES, content, labels, name
from .writing import words

_UNASKED = frozenset((*BUTTON_TYPES, "hidden"))
#: An abbreviation, whose full form the name may say: FB, กสม., มี.ค.
_SHORT_FORM = re.compile(
    r"\b[A-Z]{2,5}\b|(?<![ก-์])(?:[ก-ฮ]{1,5}\.|[ก-์]{1,4}\.[ก-์]{1,4}\.)(?:[ก-์]{1,4}\.){0,4}"
)
_SPOKEN_CONTROLS = ("a", "button", "summary")

#: Tokens of autocomplete (HTML, "Autofill").
_FIELDS = words(
    "name honorific-prefix given-name additional-name family-name honorific-suffix nickname "
    "username new-password current-password one-time-code organization-title organization "
    "street-address address-line1 address-line2 address-line3 address-level4 address-level3 "
    "address-level2 address-level1 country country-name postal-code cc-name cc-given-name "
    "cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type "
    "transaction-currency transaction-amount language bday bday-day bday-month bday-year sex url "
    "photo tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix "
    "tel-local-suffix tel-extension email impp webauthn on off"
)
_DETAILS = words("shipping billing home work mobile fax pager")
#: What plainly asks for something about the reader: type, or the name of the field.
_OBVIOUS = (
    ("email", re.compile(r"e-?mail|email_?address", re.I)),
    ("tel", re.compile(r"tel|phone|mobile|telephone|phone_?number", re.I)),
    ("given-name", re.compile(r"first_?name|given_?name", re.I)),
    ("family-name", re.compile(r"last_?name|family_?name|surname", re.I)),
    ("name", re.compile(r"full_?name|your_?name", re.I)),
    ("postal-code", re.compile(r"postal_?code|post_?code|zip_?code|zip", re.I)),
)


def _fields(document: Document) -> Iterator[Element]:
    """The fields that ask the reader for something."""
    for field in document.all("input", "select", "textarea"):
        if field.tag != "input" or field.get("type").lower() not in _UNASKED:
            yield field


def _lettering(text: str) -> str:
    """What is spoken of a text: letters and digits without spaces, in lower case."""
    return re.sub(r"[^\w\u0e00-\u0e7f+]|_", "", text.casefold())


@rule(
    "field-label-missing",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Field without label", th="ช่องกรอกไม่มีป้ายกำกับ"),
    message=Text(
        en="Nothing says what this field asks for.",
        th="ไม่มีป้ายกำกับบอกว่าช่องนี้ให้กรอกอะไร",
    ),
    remedy=Text(
        en="Write a label element that points at the field by its id.",
        th="เพิ่มป้ายกำกับ (label) ที่อ้างถึง id ของช่องนี้",
    ),
    passes=(
        '<label for="q">ค้นหา</label><input id="q" type="search">',
        '<label>ค้นหา <input type="search"></label>',
        '<input type="search" aria-label="ค้นหา"><input type="hidden" name="t">',
    ),
    fails=('<input type="text" name="q">', "<select><option>ทุกหมวด</option></select>"),
)
def field_label_missing(document: Document) -> Iterator[Problem]:
    for field in _fields(document):
        if not name(field):
            yield Problem(field)


@rule(
    "field-label-placeholder",
    criterion="3.3.2",
    severity="warning",
    name=Text(en="Placeholder in place of a label", th="ช่องกรอกมีเพียงข้อความตัวอย่างแทนป้ายกำกับ"),
    message=Text(
        en="Only the placeholder “{placeholder}” says what to write, and it goes as one types.",
        th="มีเพียงข้อความตัวอย่าง “{placeholder}” บอกว่าให้กรอกอะไร และจะหายไปเมื่อเริ่มพิมพ์",
    ),
    remedy=Text(
        en="Write a visible label, and keep the placeholder for an example.",
        th="เพิ่มป้ายกำกับที่มองเห็นได้ และใช้ข้อความตัวอย่างเฉพาะสำหรับตัวอย่างการกรอก",
    ),
    passes=('<label for="q">ค้นหา</label><input id="q" placeholder="เช่น คำร้อง">',),
    fails=('<input type="search" placeholder="ค้นหา">',),
)
def field_label_placeholder(document: Document) -> Iterator[Problem]:
    for field in _fields(document):
        placeholder = field.get("placeholder")
        stated = ("aria-label", "aria-labelledby", "title")
        if placeholder and not labels(field) and not any(map(field.get, stated)):
            yield Problem(field, {"placeholder": placeholder})


@rule(
    "button-name-missing",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Button without name", th="ปุ่มไม่มีชื่อ"),
    message=Text(en="Nothing says what this button does.", th="ไม่มีข้อความบอกว่าปุ่มนี้ทำอะไร"),
    remedy=Text(
        en="Write a text into it, an alternative for its image, or aria-label.",
        th="ใส่ข้อความในปุ่ม ข้อความทดแทนของรูปภาพในปุ่ม หรือ aria-label",
    ),
    passes=(
        "<button>ส่งคำร้อง</button><input type=submit>",
        '<button aria-label="ปิด">×</button><details><summary>คำถาม</summary>ตอบ</details>',
    ),
    fails=(
        "<button></button>",
        '<button><img src="search.svg" alt=""></button>',
        '<input type="image" src="go.png">',
        '<input type="button">',
        '<div role="button" tabindex="0"></div>',
    ),
)
def button_name_missing(document: Document) -> Iterator[Problem]:
    for element in in_order(
        [*document.all("button", "summary", "input"), *document.having("role")]
    ):
        is_button = (
            element.tag in ("button", "summary")
            or element.role == "button"
            or (element.tag == "input" and element.get("type").lower() in BUTTON_TYPES)
        )
        if is_button and not name(element):
            yield Problem(element)


@rule(
    "group-name-missing",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Choices without a question", th="กลุ่มตัวเลือกไม่มีคำถามกำกับ"),
    message=Text(
        en="Nothing says what the choices “{name}” are about.",
        th="ไม่มีข้อความบอกว่าตัวเลือกในกลุ่ม “{name}” เกี่ยวกับอะไร",
    ),
    remedy=Text(
        en="Put the choices into a fieldset with a legend.",
        th="วางตัวเลือกไว้ใน fieldset ที่มี legend",
    ),
    passes=(
        "<fieldset><legend>ภาษา</legend><label><input type=radio name=l>ไทย</label>"
        "<label><input type=radio name=l>อังกฤษ</label></fieldset>",
        '<div role="radiogroup" aria-label="ภาษา"><label><input type=radio name=l>ไทย</label>'
        "<label><input type=radio name=l>อังกฤษ</label></div>",
        "<label><input type=radio name=l>ไทย</label><label><input type=radio>อื่น ๆ</label>",
    ),
    fails=(
        "<label><input type=radio name=l>ไทย</label><label><input type=radio name=l>อังกฤษ</label>",
        "<fieldset><label><input type=radio name=l>ไทย</label>"
        "<label><input type=radio name=l>อังกฤษ</label></fieldset>",
    ),
)
def group_name_missing(document: Document) -> Iterator[Problem]:
    groups: dict[tuple[Element | None, str], list[Element]] = {}
    for field in document.all("input"):
        if field.get("type").lower() == "radio" and field.get("name"):
            groups.setdefault((field.closest("form"), field.get("name")), []).append(field)
    for (_, group), fields in groups.items():
        around = [
            part
            for part in fields[0].ancestors
            if part.tag == "fieldset" or part.role in ("radiogroup", "group")
        ]
        if len(fields) > 1 and not any(map(name, around)):
            yield Problem(fields[0], {"name": group})


@rule(
    "label-in-name",
    criterion="2.5.3",
    severity="error",
    name=Text(en="Visible text missing from the name", th="ชื่อไม่มีข้อความที่มองเห็น"),
    message=Text(
        en="The name “{name}” lacks the visible text “{text}”: speech control does not find it.",
        th="ชื่อ “{name}” ไม่มีข้อความที่มองเห็น “{text}” ผู้ใช้คำสั่งเสียงจึงเรียกไม่ได้",
    ),
    remedy=Text(
        en="Begin the name (aria-label) with the visible text, or remove it.",
        th="ให้ชื่อ (aria-label) ขึ้นต้นด้วยข้อความที่มองเห็น หรือลบ aria-label ออก",
    ),
    passes=(
        '<button aria-label="A+ เพิ่มขนาดตัวอักษร">A+</button>',
        '<button aria-label="ปิด">×</button><button aria-label="ปิด">x</button>',
        '<button aria-label="ปิด"><i aria-hidden="true">close</i></button>',
        '<a href="/th/r/" aria-label="อ่านต่อ: รายงานประจำปี">อ่านต่อ</a>',
        '<a href="?p=2" aria-label="ไปหน้าที่ 2">หน้า 2</a>',
        '<a href="/th/" aria-label="คณะกรรมการสิทธิมนุษยชนแห่งชาติ">กสม.</a>',
    ),
    fails=(
        '<button aria-label="เพิ่มขนาดตัวอักษร">A+</button>',
        '<a href="/th/r/" aria-label="รายงานประจำปี">ข่าวล่าสุด</a>',
        '<a href="/th/r/" aria-label="พระราชบัญญัติคุ้มครองแรงงาน">พ.ร.บ. ล่าสุด</a>',
        '<a href="/th/r/" aria-label="รายงานประจำปี">ข่าวล่าสุด.</a>',
    ),
)
def label_in_name(document: Document) -> Iterator[Problem]:
    for element, said, text in _unsaid(document):
        if not _is_said(_SHORT_FORM.sub("", text), said):
            yield Problem(element, {"name": said, "text": text})


@rule(
    "label-in-name-short",
    criterion="2.5.3",
    severity="warning",
    name=Text(en="Visible short form missing from the name", th="ชื่อไม่มีคำย่อที่มองเห็น"),
    message=Text(
        en="The name “{name}” lacks the visible “{text}”: who says it may not be understood.",
        th="ชื่อ “{name}” ไม่มีคำย่อที่มองเห็น “{text}” ผู้ใช้คำสั่งเสียงอาจเรียกไม่ได้",
    ),
    remedy=Text(
        en="Begin the name (aria-label) with the short form, or write it out where it is seen.",
        th="ให้ชื่อ (aria-label) ขึ้นต้นด้วยคำย่อ หรือเขียนคำเต็มในส่วนที่มองเห็น",
    ),
    passes=(
        '<a href="https://fb.example/" aria-label="FB ของสำนักงาน">FB</a>',
        '<a href="/th/" aria-label="กสม. คณะกรรมการสิทธิมนุษยชนแห่งชาติ">กสม.</a>',
    ),
    fails=(
        '<a href="https://fb.example/" aria-label="Facebook ของสำนักงาน">FB</a>',
        '<a href="/th/" aria-label="คณะกรรมการสิทธิมนุษยชนแห่งชาติ">กสม.</a>',
        '<a href="?m=3" aria-label="มีนาคม 2567">มี.ค. 67</a>',
        '<a href="/th/l/" aria-label="พระราชบัญญัติคุ้มครองแรงงาน">พ.ร.บ. คุ้มครองแรงงาน</a>',
        '<a href="/th/l/" aria-label="พระราชบัญญัติคุ้มครองแรงงาน">พ.ร.บ.คุ้มครองแรงงาน</a>',
    ),
)
def label_in_name_short(document: Document) -> Iterator[Problem]:
    for element, said, text in _unsaid(document):
        if _is_said(_SHORT_FORM.sub("", text), said):
            yield Problem(element, {"name": said, "text": text})


def _unsaid(document: Document) -> Iterator[tuple[Element, str, str]]:
    """The controls whose name lacks a word that is seen: element, name, and visible text."""
    for element in document.having("aria-label", "aria-labelledby"):
        if element.tag in _SPOKEN_CONTROLS or element.role in ("button", "link"):
            # Of an icon's ligature or drawing nobody would say the name.
            text = "" if element.inside("img", "svg") else content(element)
            # One letter is mostly a sign: x for close, i for information.
            if len(_lettering(text)) > 1 and not _is_said(text, name(element)):
                yield element, name(element), text


def _is_said(text: str, name: str) -> bool:
    """Whether every word of the text is in the name."""
    said = _lettering(name)
    return all(_lettering(word) in said for word in text.split())


@rule(
    "field-autocomplete-missing",
    criterion="1.3.5",
    severity="advice",
    name=Text(en="Field could fill itself", th="ช่องข้อมูลส่วนตัวไม่รองรับการกรอกอัตโนมัติ"),
    message=Text(
        en="This field asks for something about the reader that the browser could fill in.",
        th="ช่องนี้ถามข้อมูลของผู้กรอก ซึ่งเบราว์เซอร์ช่วยกรอกให้ได้",
    ),
    remedy=Text(
        en='Add autocomplete="{token}".',
        th='เพิ่ม autocomplete="{token}"',
    ),
    passes=(
        '<label>อีเมล <input type="email" autocomplete="email"></label>',
        '<label>ค้นหา <input name="q"></label><label>ข้อความ <textarea></textarea></label>',
    ),
    fails=(
        '<label>อีเมล <input type="email" name="contact"></label>',
        '<label>ชื่อ <input name="first_name"></label>',
        '<label>โทรศัพท์ <input id="id_phone"></label>',
    ),
)
def field_autocomplete_missing(document: Document) -> Iterator[Problem]:
    for field in document.all("input"):
        kind = field.get("type").lower()
        if kind in ("", "text", "email", "tel") and "autocomplete" not in field.attributes:
            stated = (kind, field.get("name"), field.get("id").removeprefix("id_"))
            for token, pattern in _OBVIOUS:
                if any(map(pattern.fullmatch, stated)):
                    yield Problem(field, {"token": token})
                    break


@rule(
    "field-autocomplete-invalid",
    criterion="1.3.5",
    severity="error",
    name=Text(en="Unknown autocomplete", th="ค่า autocomplete ไม่ถูกต้อง"),
    message=Text(
        en="“{autocomplete}” is no purpose of a field that browsers know.",
        th="“{autocomplete}” ไม่ใช่ค่าที่เบราว์เซอร์รู้จัก",
    ),
    remedy=Text(
        en="Use a token of the HTML standard, such as name, email or tel.",
        th="ใช้ค่าตามมาตรฐาน HTML เช่น name, email หรือ tel",
    ),
    passes=(
        '<label>โทร <input autocomplete="section-a shipping home tel"></label>',
        '<label>อีเมล <input autocomplete="off"></label><label>ก <input autocomplete></label>',
    ),
    fails=('<label>อีเมล <input autocomplete="e-mail"></label>',),
)
def field_autocomplete_invalid(document: Document) -> Iterator[Problem]:
    for field in _fields(document):
        tokens = field.get("autocomplete").lower().split()
        rest = [token for token in tokens if not token.startswith("section-")]
        if tokens and not (rest and rest[-1] in _FIELDS and _DETAILS.union(_FIELDS) >= set(rest)):
            yield Problem(field, {"autocomplete": field.get("autocomplete")})


@rule(
    "field-change-submits",
    criterion="3.2.2",
    severity="warning",
    name=Text(en="Choosing already acts", th="ช่องเลือกที่เปลี่ยนหน้าทันที"),
    message=Text(
        en="Choosing a value at once leaves the page or sends the form.",
        th="เมื่อเลือกค่า หน้าเว็บจะเปลี่ยนหรือส่งแบบฟอร์มทันทีโดยไม่ได้สั่ง",
    ),
    remedy=Text(
        en="Add a button that does it, and remove the script.",
        th="เพิ่มปุ่มยืนยัน แล้วลบสคริปต์ที่ทำงานทันทีเมื่อเลือก",
    ),
    passes=('<label>ปี <select onchange="show()"><option>2567</option></select></label>',),
    fails=('<label>ปี <select onchange="this.form.submit()"><option>2567</select></label>',),
)
def field_change_submits(document: Document) -> Iterator[Problem]:
    for field in _fields(document):
        if re.search(r"submit\(|location|window\.open", field.get("onchange")):
            yield Problem(field)
