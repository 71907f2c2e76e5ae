"""ARIA: what is promised to assistive technology, and whether it can be kept (WCAG 4.1.2)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from .dom import Document, Element, in_order
from .model import Example, Problem, Text, rule
from .writing import words

#: WAI-ARIA 1.2 and 1.3, with the roles of DPUB-ARIA ("doc-…") and Graphics ARIA checked by prefix.
_ROLES = words(
    "alert alertdialog application article associationlist associationlistitemkey "
    "associationlistitemvalue banner blockquote button caption cell checkbox code columnheader "
    "combobox comment complementary contentinfo definition deletion dialog directory document "
    "emphasis feed figure form generic grid gridcell group heading image img insertion link list "
    "listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox "
    "menuitemradio meter navigation none note option paragraph presentation progressbar radio "
    "radiogroup region row rowgroup rowheader scrollbar search searchbox sectionfooter "
    "sectionheader separator slider spinbutton status strong subscript suggestion superscript "
    "switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid "
    "treeitem"
)
_ATTRIBUTES = words(
    "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked "
    "colcount colindex colindextext colspan controls current describedby description details "
    "disabled dropeffect errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts "
    "label labelledby level live modal multiline multiselectable orientation owns placeholder "
    "posinset pressed readonly relevant required roledescription rowcount rowindex rowindextext "
    "rowspan selected setsize sort valuemax valuemin valuenow valuetext actions"
)
#: The state without which a role cannot be told ("required states" in ARIA 1.2).
_NEEDED = {
    "checkbox": "aria-checked",
    "combobox": "aria-expanded",
    "heading": "aria-level",
    "menuitemcheckbox": "aria-checked",
    "menuitemradio": "aria-checked",
    "meter": "aria-valuenow",
    "radio": "aria-checked",
    "scrollbar": "aria-valuenow",
    "slider": "aria-valuenow",
    "switch": "aria-checked",
}
#: Elements that have the state by themselves.
_NATIVE = frozenset(("input", "select", "meter", "h1", "h2", "h3", "h4", "h5", "h6", "textarea"))
_REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-owns",
    "aria-errormessage",
    "headers",
    "for",
)


def _is_interactive(element: Element) -> bool:
    return (
        element.tag in ("button", "select", "textarea", "summary", "iframe")
        or (element.tag in ("a", "area") and "href" in element.attributes)
        or (element.tag == "input" and element.get("type").lower() != "hidden")
        or (element.tag in ("audio", "video") and "controls" in element.attributes)
    )


def _is_focusable(element: Element) -> bool:
    tabindex = element.get("tabindex")
    if re.fullmatch(r"-\d+", tabindex) or "disabled" in element.attributes:
        return False
    return _is_interactive(element) or bool(re.fullmatch(r"\+?\d+", tabindex))


@rule(
    "aria-role-invalid",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Unknown role", th="role ไม่ถูกต้อง"),
    message=Text(en="“{role}” is no role of ARIA.", th="“{role}” ไม่ใช่ role ของ ARIA"),
    remedy=Text(
        en="Use the HTML element made for the purpose, or a role of WAI-ARIA.",
        th="ใช้องค์ประกอบ HTML ที่ตรงกับหน้าที่ หรือใช้ role ตาม WAI-ARIA",
    ),
    passes=(
        '<div role="region" aria-label="ข่าว">ก</div><p role="doc-tip">ก</p><p role="">ข</p>',
        '<span role="text">ก</span>',
    ),
    fails=('<div role="buton" tabindex="0">ส่ง</div>',),
)
def aria_role_invalid(document: Document) -> Iterator[Problem]:
    for element in document.having("role"):
        roles = element.get("role").lower().split()
        known = [r for r in roles if r in _ROLES or r.startswith(("doc-", "graphics-"))]
        # Of several roles a browser takes the first one it knows.
        if roles and not known and roles != ["text"]:
            yield Problem(element, {"role": element.get("role")})


@rule(
    "aria-role-text",
    criterion="4.1.2",
    severity="warning",
    name=Text(en="Role that only some know", th="role ที่รองรับเพียงบางโปรแกรม"),
    message=Text(
        en="The role “text” is not in ARIA: only some screen readers know it.",
        th="role “text” ไม่อยู่ในมาตรฐาน ARIA มีโปรแกรมอ่านหน้าจอเพียงบางโปรแกรมที่รองรับ",
    ),
    remedy=Text(
        en="Remove it, and look whether the text is read well without it.",
        th="ลบออก แล้วตรวจสอบว่าโปรแกรมอ่านหน้าจออ่านข้อความได้ดีโดยไม่มี role นี้",
    ),
    passes=('<span role="img" aria-label="ดาว">★</span>', '<p role="text note">ก</p>'),
    fails=('<span role="text">คำร้อง 812 เรื่อง</span>',),
)
def aria_role_text(document: Document) -> Iterator[Problem]:
    for element in document.having("role"):
        if element.get("role").lower() == "text":
            yield Problem(element)


@rule(
    "aria-attribute-unknown",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Unknown ARIA attribute", th="แอตทริบิวต์ ARIA ไม่ถูกต้อง"),
    message=Text(
        en="“{attribute}” is no attribute of ARIA, and says nothing to anybody.",
        th="“{attribute}” ไม่ใช่แอตทริบิวต์ของ ARIA จึงไม่มีผลใด ๆ",
    ),
    remedy=Text(en="Correct its spelling or remove it.", th="แก้ตัวสะกดหรือลบออก"),
    passes=('<nav aria-label="เมนูหลัก">ก</nav>',),
    fails=('<nav aria-lable="เมนูหลัก">ก</nav>',),
)
def aria_attribute_unknown(document: Document) -> Iterator[Problem]:
    for attribute in document.by_attribute:
        if attribute.startswith("aria-") and attribute[5:] not in _ATTRIBUTES:
            for element in document.having(attribute):
                yield Problem(element, {"attribute": attribute})


@rule(
    "aria-state-missing",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Role without its state", th="role ไม่มีสถานะที่จำเป็น"),
    message=Text(
        en="The role “{role}” needs {attribute}: without it nobody hears its state.",
        th="role “{role}” ต้องมี {attribute} มิฉะนั้นผู้ฟังจะไม่ทราบสถานะ",
    ),
    remedy=Text(
        en="Add {attribute} and keep it up to date, or use the HTML element.",
        th="เพิ่ม {attribute} และปรับให้ตรงกับสถานะจริง หรือใช้องค์ประกอบ HTML แทน",
    ),
    passes=(
        '<div role="switch" aria-checked="false" tabindex="0">แจ้งเตือน</div>',
        '<label><input type="checkbox" role="switch">แจ้งเตือน</label>',
    ),
    fails=('<div role="checkbox" tabindex="0">ยอมรับ</div>', '<div role="heading">ข่าว</div>'),
)
def aria_state_missing(document: Document) -> Iterator[Problem]:
    for element in document.having("role"):
        needed = _NEEDED.get(element.role)
        if needed and needed not in element.attributes and element.tag not in _NATIVE:
            yield Problem(element, {"role": element.role, "attribute": needed})


@rule(
    "aria-reference-broken",
    criterion="1.3.1",
    severity="warning",
    name=Text(en="Reference to a missing id", th="การอ้างถึง id ที่ไม่มีอยู่"),
    message=Text(
        en="{attribute} refers to “{id}”, which is not on this page.",
        th="{attribute} อ้างถึง “{id}” ซึ่งไม่มีในหน้านี้",
    ),
    remedy=Text(
        en="Give the element that is meant this id, or remove the reference.",
        th="กำหนด id นี้ให้องค์ประกอบที่ต้องการ หรือลบการอ้างถึง",
    ),
    passes=(
        '<!doctype html><p id="a">ก</p><section aria-labelledby="a">ข</section>',
        '<section aria-labelledby="a">ส่วนหนึ่งของหน้า</section>',
        '<!doctype html><label for="b">ก</label><input id="b">',
    ),
    fails=(
        '<!doctype html><section aria-labelledby="a">ข</section>',
        '<!doctype html><label for="b">ก</label><input aria-label="ก">',
    ),
)
def aria_reference_broken(document: Document) -> Iterator[Problem]:
    # In a fragment what is meant may be elsewhere on its page.
    for attribute in _REFERENCES if document.page else ():
        for element in document.having(attribute):
            missing = [id for id in element.get(attribute).split() if id not in document.ids]
            if missing:
                yield Problem(element, {"attribute": attribute, "id": missing[0]})


@rule(
    "aria-hidden-focusable",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Focus on something hidden", th="ส่วนที่รับโฟกัสแต่ซ่อนจากโปรแกรมอ่านหน้าจอ"),
    message=Text(
        en="The keyboard reaches this, and a screen reader says nothing: it is aria-hidden.",
        th="ใช้แป้นพิมพ์เข้าถึงส่วนนี้ได้ แต่โปรแกรมอ่านหน้าจอไม่อ่าน เพราะกำหนด aria-hidden",
    ),
    remedy=Text(
        en="Remove aria-hidden, or take it out of the tab order (tabindex -1, or hidden).",
        th="ลบ aria-hidden หรือนำออกจากลำดับการกดแท็บ (tabindex -1 หรือ hidden)",
    ),
    passes=(
        '<p aria-hidden="true">ก</p><a href="/th/" aria-hidden="true" tabindex="-1">ข</a>',
        '<div aria-hidden="true"><button disabled>ก</button></div>',
    ),
    fails=(
        '<div aria-hidden="true"><a href="/th/">ก</a></div>',
        '<p aria-hidden="true" tabindex="0">ก</p>',
    ),
)
def aria_hidden_focusable(document: Document) -> Iterator[Problem]:
    for element in document.elements:
        if element.rendered and not element.exposed and _is_focusable(element):
            yield Problem(element)


@rule(
    "aria-hidden-body",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Whole page hidden", th="ทั้งหน้าถูกซ่อนจากโปรแกรมอ่านหน้าจอ"),
    message=Text(
        en="The body is aria-hidden: a screen reader finds an empty page.",
        th="body กำหนด aria-hidden โปรแกรมอ่านหน้าจอจะพบหน้าว่าง",
    ),
    remedy=Text(en="Remove aria-hidden from the body.", th="ลบ aria-hidden ออกจาก body"),
    passes=("<!doctype html><body><p>ข่าว</p>",),
    fails=('<!doctype html><body aria-hidden="true"><p>ข่าว</p>',),
)
def aria_hidden_body(document: Document) -> Iterator[Problem]:
    if document.body.get("aria-hidden") == "true":
        yield Problem(document.body)


@rule(
    "control-nested",
    criterion="4.1.2",
    severity="error",
    name=Text(en="Control inside a control", th="ส่วนควบคุมซ้อนกัน"),
    message=Text(
        en="<{tag}> stands inside <{outer}>: only one of them can be reached.",
        th="<{tag}> อยู่ภายใน <{outer}> จึงใช้งานได้เพียงอย่างเดียว",
    ),
    remedy=Text(en="Put them side by side.", th="วางแยกกันคนละส่วน"),
    passes=('<p><a href="/th/">ก</a> <button>ข</button></p>', "<label>ก <input></label>"),
    fails=(
        '<a href="/th/">ก <button>ข</button></a>',
        '<div role="button" tabindex="0">ก <a href="/th/">ข</a></div>',
        '<button>ก <span tabindex="0">ข</span></button>',
    ),
)
def control_nested(document: Document) -> Iterator[Problem]:
    by_role = ("button", "link", "checkbox", "switch", "radio")
    controls = [part for part in document.having("role") if part.role in by_role]
    outers = in_order([*document.links, *document.all("button"), *controls])
    orders = {outer.order for outer in outers}
    for outer in outers:
        at = outer.order + 1
        while at < outer.end:
            inner = document.elements[at]
            if inner.exposed and _is_focusable(inner):
                yield Problem(inner, {"tag": inner.tag, "outer": outer.tag})
            # What lies in a control inside is told of that one.
            at = inner.end if at in orders else at + 1


@rule(
    "control-pointer-only",
    criterion="2.1.1",
    severity="error",
    name=Text(en="Control for the mouse only", th="ส่วนควบคุมที่ใช้ได้เฉพาะเมาส์"),
    message=Text(
        en="<{tag}> acts on a click, and neither the keyboard nor a screen reader finds it.",
        th="<{tag}> ทำงานเมื่อคลิก แต่ใช้แป้นพิมพ์หรือโปรแกรมอ่านหน้าจอเข้าถึงไม่ได้",
    ),
    remedy=Text(en="Use a button, or a link.", th="ใช้ปุ่ม (button) หรือลิงก์แทน"),
    passes=(
        '<button onclick="go()">เปิด</button><label onclick="go()">ก <input></label>',
        '<span role="button" tabindex="0" onclick="go()">เปิด</span>',
        '<div onclick="go()"><a href="/th/a/">เปิด</a></div>',
        '<button><span onclick="go()">เปิด</span></button><body onclick="close()">',
    ),
    fails=(
        '<div onclick="go()">เปิด</div>',
        Example('<img src="a.png" alt="Open the menu" onclick="go()">', "en"),
    ),
)
def control_pointer_only(document: Document) -> Iterator[Problem]:
    clicked = [
        element
        for element in document.having("onclick")
        if element.tag not in ("a", "body", "html", "label")
    ]
    focusable = [element for element in document.elements if clicked and _is_focusable(element)]
    orders = [element.order for element in focusable]
    ends = list(accumulate((element.end for element in focusable), max))
    for element in clicked:
        next_one = bisect_left(orders, element.order)
        inside = next_one < len(orders) and orders[next_one] < element.end
        around = next_one > 0 and ends[next_one - 1] > element.order
        # The click may come from a control inside or around, which the keyboard reaches.
        if not inside and not around:
            yield Problem(element, {"tag": element.tag})
