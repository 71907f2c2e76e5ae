"""The rules that a browser checks: criterion, severity and wording, as content rules have them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...rules import Severity, Text


@dataclass(frozen=True, slots=True)
class BrowserRule:
    """A rule and its wording. `message` may name values that its check returns."""

    id: str
    criterion: str
    severity: Severity
    name: Text
    message: Text
    remedy: Text


def _by_id(rules: Iterable[BrowserRule]) -> dict[str, BrowserRule]:
    return {rule.id: rule for rule in rules}


BROWSER_RULES = _by_id(
    (
        BrowserRule(
            "reflow",
            "1.4.10",
            "error",
            Text(en="Too wide for a narrow window", th="กว้างเกินหน้าต่างแคบ"),
            Text(
                en="At a width of 320 pixels, which is a zoom of 400 %, this sticks out, is cut "
                "off or leaves no room to read.",
                th="เมื่อหน้าต่างกว้าง 320 พิกเซล ซึ่งเท่ากับการขยาย 400 % ส่วนนี้ล้นออกไป ถูกตัด "
                "หรือบังจนไม่เหลือที่อ่าน",
            ),
            Text(
                en="Let it wrap and shrink: no fixed widths, and pictures at most as wide as the "
                "window.",
                th="ให้เนื้อหาตัดบรรทัดและหดได้ ไม่กำหนดความกว้างตายตัว และไม่ให้รูปภาพกว้างกว่าหน้าต่าง",
            ),
        ),
        BrowserRule(
            "text-spacing",
            "1.4.12",
            "error",
            Text(en="Text spacing cannot be changed", th="ปรับระยะห่างของข้อความไม่ได้"),
            Text(
                en="With the text spacing that readers may set, this is cut off, runs over what "
                "follows, or stays as it was.",
                th="เมื่อผู้อ่านปรับระยะห่างของข้อความตามมาตรฐาน ส่วนนี้ถูกตัด ทับข้อความถัดไป หรือไม่เปลี่ยนตาม",
            ),
            Text(
                en="Give boxes no fixed height, and set no spacing with !important.",
                th="ไม่กำหนดความสูงตายตัวให้กล่อง และไม่กำหนดระยะห่างด้วย !important",
            ),
        ),
        BrowserRule(
            "text-resize",
            "1.4.4",
            "error",
            Text(en="Text does not grow", th="ข้อความไม่ขยายตาม"),
            Text(
                en="With text at 200 % this stays small, is cut off, or runs over what follows.",
                th="เมื่อขยายข้อความเป็น 200 % ส่วนนี้ยังเล็กเท่าเดิม ถูกตัด หรือทับข้อความถัดไป",
            ),
            Text(
                en="Set sizes of text and boxes in rem or em, not in pixels.",
                th="กำหนดขนาดข้อความและกล่องด้วย rem หรือ em ไม่ใช้พิกเซล",
            ),
        ),
        BrowserRule(
            "focus-visible",
            "2.4.7",
            "error",
            Text(en="Focus not visible", th="มองไม่เห็นโฟกัส"),
            Text(
                en="Nothing shows that this has the keyboard's focus.",
                th="ไม่มีสิ่งใดแสดงว่าส่วนนี้ได้รับโฟกัสของแป้นพิมพ์",
            ),
            Text(
                en="Give it an outline in :focus-visible.",
                th="กำหนดเส้นกรอบ (outline) ให้ส่วนนี้ใน :focus-visible",
            ),
        ),
        BrowserRule(
            "focus-obscured",
            "2.4.11",
            "error",
            Text(en="Focus covered", th="โฟกัสถูกบัง"),
            Text(
                en="When this has the keyboard's focus, something else covers all of it.",
                th="เมื่อส่วนนี้ได้รับโฟกัสของแป้นพิมพ์ มีส่วนอื่นบังอยู่ทั้งหมด",
            ),
            Text(
                en="Leave room for bars that stay in place, with scroll-padding.",
                th="เผื่อที่ให้แถบที่ตรึงอยู่กับหน้าต่างด้วย scroll-padding",
            ),
        ),
        BrowserRule(
            "focus-order",
            "2.4.3",
            "warning",
            Text(en="Tab jumps back", th="ลำดับโฟกัสย้อนกลับ"),
            Text(
                en="Tab comes here after “{before}”, although this stands before it.",
                th="ปุ่ม Tab มาถึงส่วนนี้หลังจาก “{before}” ทั้งที่ส่วนนี้อยู่ก่อน",
            ),
            Text(
                en="Write the elements in the order in which they are seen, without tabindex.",
                th="เขียนองค์ประกอบตามลำดับที่มองเห็น และไม่ใช้ tabindex",
            ),
        ),
        BrowserRule(
            "keyboard-trap",
            "2.1.2",
            "error",
            Text(en="Keyboard trap", th="แป้นพิมพ์ติดอยู่ในส่วนนี้"),
            Text(
                en="The Tab key does not lead on from here.",
                th="ปุ่ม Tab ออกจากส่วนนี้ไม่ได้",
            ),
            Text(
                en="Do not stop the key Tab, and do not take the focus back.",
                th="ไม่ดักปุ่ม Tab และไม่ดึงโฟกัสกลับมา",
            ),
        ),
        BrowserRule(
            "target-size-44",
            "2.5.5",
            "advice",
            Text(en="Small target", th="เป้าหมายเล็ก"),
            Text(
                en="{width} by {height} pixels are hard to hit with a finger.",
                th="ขนาด {width} × {height} พิกเซล แตะด้วยนิ้วได้ยาก",
            ),
            Text(en="Make it 44 by 44 pixels.", th="ขยายให้ได้ 44 × 44 พิกเซล"),
        ),
        BrowserRule(
            "scripts-off",
            "",
            "warning",
            Text(en="Content needs scripts", th="เนื้อหาต้องใช้สคริปต์"),
            Text(
                en="Without scripts, {percent} % of the main part are missing.",
                th="หากไม่มีสคริปต์ เนื้อหาหลักหายไป {percent} %",
            ),
            Text(
                en="Let the server send the content, and the scripts only improve it.",
                th="ให้เซิร์ฟเวอร์ส่งเนื้อหามาให้ครบ และใช้สคริปต์เพียงเพื่อเสริม",
            ),
        ),
        BrowserRule(
            "forced-colours",
            "1.4.11",
            "warning",
            Text(en="Lost in forced colours", th="หายไปเมื่อระบบกำหนดสี"),
            Text(
                en="With the system's own colours (high contrast), this or its focus cannot be "
                "seen.",
                th="เมื่อใช้สีของระบบ (ความเปรียบต่างสูง) จะมองไม่เห็นส่วนนี้หรือโฟกัสของส่วนนี้",
            ),
            Text(
                en="Draw it with text, an image, a border or an outline, not with a background or "
                "a shadow alone.",
                th="แสดงด้วยข้อความ รูปภาพ เส้นขอบ หรือเส้นกรอบ ไม่ใช้เพียงพื้นหลังหรือเงา",
            ),
        ),
    )
)
