"""The success criteria of WCAG 2.2, and the same in EN 301 549 and in Thailand's TWCAG.

Plain Python. Source of numbers, levels and English names: https://www.w3.org/TR/WCAG22/. EN 301 549
V3.2.1 takes levels A and AA of WCAG 2.1 over as its clauses 9.1 to 9.4, number for number. Level
AAA stands in its clause 9.5, which asks for nothing; what WCAG 2.2 has added is not in it yet.
TWCAG 2010 and the Thai standard มอก. 2565-2555 take WCAG 2.0 over in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .rules.model import Text

Level = Literal["A", "AA", "AAA"]

#: The four principles, by the first digit of a criterion's number; Thai as TWCAG 2010 has it.
PRINCIPLES: Mapping[str, Text] = {
    "1": Text("Perceivable", "รับรู้ได้"),
    "2": Text("Operable", "ใช้งานได้"),
    "3": Text("Understandable", "เข้าใจได้"),
    "4": Text("Robust", "คงทนต่อการเปลี่ยนแปลง"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion. `since` is the version of WCAG that brought it: "2.0", "2.1", "2.2"."""

    number: str
    level: Level
    since: str
    name: Text

    @property
    def en_301_549(self) -> str:
        """The clause of EN 301 549 V3.2.1 that asks for the same; "" where none does."""
        return f"9.{self.number}" if self.since != "2.2" and self.level != "AAA" else ""

    @property
    def twcag(self) -> str:
        """The number in TWCAG 2010 and มอก. 2565-2555; "" where they ask for nothing like it."""
        return self.number if self.since == "2.0" else ""

    @property
    def principle(self) -> Text:
        return PRINCIPLES[self.number[0]]


def _table(text: str) -> dict[str, Criterion]:
    criteria = {}
    for line in text.strip().splitlines():
        number, level, since, en, th = (cell.strip() for cell in line.split("|"))
        criteria[number] = Criterion(number, level, since, Text(en, th))  # type: ignore[arg-type]
    return criteria


#: By number, in the order of the recommendation. 4.1.1 Parsing is no criterion of WCAG 2.2.
CRITERIA: Mapping[str, Criterion] = _table(
    """
    1.1.1 | A | 2.0 | Non-text Content | เนื้อหาที่ไม่ใช่ข้อความ
    1.2.1 | A | 2.0 | Audio-only and Video-only (Prerecorded) | สื่อเฉพาะเสียงและสื่อเฉพาะภาพที่บันทึกไว้
    1.2.2 | A | 2.0 | Captions (Prerecorded) | คำบรรยายแทนเสียงของสื่อที่บันทึกไว้
    1.2.3 | A | 2.0 | Audio Description or Media Alternative (Prerecorded) | เสียงบรรยายหรือสื่อทดแทน
    1.2.4 | AA | 2.0 | Captions (Live) | คำบรรยายแทนเสียงของการถ่ายทอดสด
    1.2.5 | AA | 2.0 | Audio Description (Prerecorded) | เสียงบรรยายภาพของสื่อที่บันทึกไว้
    1.2.6 | AAA | 2.0 | Sign Language (Prerecorded) | ภาษามือของสื่อที่บันทึกไว้
    1.2.7 | AAA | 2.0 | Extended Audio Description (Prerecorded) | เสียงบรรยายภาพแบบขยายเวลา (บันทึกไว้)
    1.2.8 | AAA | 2.0 | Media Alternative (Prerecorded) | สื่อทดแทนของสื่อที่บันทึกไว้
    1.2.9 | AAA | 2.0 | Audio-only (Live) | การถ่ายทอดสดเฉพาะเสียง
    1.3.1 | A | 2.0 | Info and Relationships | ข้อมูลและความสัมพันธ์
    1.3.2 | A | 2.0 | Meaningful Sequence | ลำดับที่มีความหมาย
    1.3.3 | A | 2.0 | Sensory Characteristics | ลักษณะที่รับรู้ด้วยประสาทสัมผัส
    1.3.4 | AA | 2.1 | Orientation | แนวการวางจอ
    1.3.5 | AA | 2.1 | Identify Input Purpose | การระบุจุดประสงค์ของช่องกรอก
    1.3.6 | AAA | 2.1 | Identify Purpose | การระบุจุดประสงค์
    1.4.1 | A | 2.0 | Use of Color | การใช้สี
    1.4.2 | A | 2.0 | Audio Control | การควบคุมเสียง
    1.4.3 | AA | 2.0 | Contrast (Minimum) | ความเปรียบต่างขั้นต่ำ
    1.4.4 | AA | 2.0 | Resize Text | การปรับขนาดตัวอักษร
    1.4.5 | AA | 2.0 | Images of Text | ภาพของตัวอักษร
    1.4.6 | AAA | 2.0 | Contrast (Enhanced) | ความเปรียบต่างขั้นสูง
    1.4.7 | AAA | 2.0 | Low or No Background Audio | เสียงพื้นหลังเบาหรือไม่มี
    1.4.8 | AAA | 2.0 | Visual Presentation | การนำเสนอที่มองเห็น
    1.4.9 | AAA | 2.0 | Images of Text (No Exception) | ภาพของตัวอักษรโดยไม่มีข้อยกเว้น
    1.4.10 | AA | 2.1 | Reflow | การจัดเรียงเนื้อหาใหม่ตามความกว้างจอ
    1.4.11 | AA | 2.1 | Non-text Contrast | ความเปรียบต่างของสิ่งที่ไม่ใช่ข้อความ
    1.4.12 | AA | 2.1 | Text Spacing | ระยะห่างของข้อความ
    1.4.13 | AA | 2.1 | Content on Hover or Focus | เนื้อหาที่ปรากฏเมื่อชี้หรือโฟกัส
    2.1.1 | A | 2.0 | Keyboard | แป้นพิมพ์
    2.1.2 | A | 2.0 | No Keyboard Trap | ไม่มีกับดักแป้นพิมพ์
    2.1.3 | AAA | 2.0 | Keyboard (No Exception) | แป้นพิมพ์โดยไม่มีข้อยกเว้น
    2.1.4 | A | 2.1 | Character Key Shortcuts | ปุ่มลัดที่เป็นตัวอักษร
    2.2.1 | A | 2.0 | Timing Adjustable | การปรับเวลา
    2.2.2 | A | 2.0 | Pause, Stop, Hide | การพัก หยุด หรือซ่อน
    2.2.3 | AAA | 2.0 | No Timing | ไม่จำกัดเวลา
    2.2.4 | AAA | 2.0 | Interruptions | การขัดจังหวะ
    2.2.5 | AAA | 2.0 | Re-authenticating | การยืนยันตัวตนซ้ำ
    2.2.6 | AAA | 2.1 | Timeouts | การหมดเวลา
    2.3.1 | A | 2.0 | Three Flashes or Below Threshold | การกะพริบไม่เกินสามครั้งหรือต่ำกว่าเกณฑ์
    2.3.2 | AAA | 2.0 | Three Flashes | การกะพริบไม่เกินสามครั้ง
    2.3.3 | AAA | 2.1 | Animation from Interactions | การเคลื่อนไหวที่เกิดจากการโต้ตอบ
    2.4.1 | A | 2.0 | Bypass Blocks | การข้ามส่วนที่ซ้ำกัน
    2.4.2 | A | 2.0 | Page Titled | ชื่อหน้า
    2.4.3 | A | 2.0 | Focus Order | ลำดับของโฟกัส
    2.4.4 | A | 2.0 | Link Purpose (In Context) | จุดประสงค์ของลิงก์ตามบริบท
    2.4.5 | AA | 2.0 | Multiple Ways | การเข้าถึงหน้าได้หลายทาง
    2.4.6 | AA | 2.0 | Headings and Labels | หัวเรื่องและป้ายกำกับ
    2.4.7 | AA | 2.0 | Focus Visible | โฟกัสที่มองเห็นได้
    2.4.8 | AAA | 2.0 | Location | ตำแหน่งปัจจุบันในเว็บไซต์
    2.4.9 | AAA | 2.0 | Link Purpose (Link Only) | จุดประสงค์ของลิงก์จากข้อความลิงก์
    2.4.10 | AAA | 2.0 | Section Headings | หัวเรื่องของแต่ละส่วน
    2.4.11 | AA | 2.2 | Focus Not Obscured (Minimum) | โฟกัสไม่ถูกบัง ขั้นต่ำ
    2.4.12 | AAA | 2.2 | Focus Not Obscured (Enhanced) | โฟกัสไม่ถูกบัง ขั้นสูง
    2.4.13 | AAA | 2.2 | Focus Appearance | ลักษณะของโฟกัส
    2.5.1 | A | 2.1 | Pointer Gestures | ท่าทางของตัวชี้
    2.5.2 | A | 2.1 | Pointer Cancellation | การยกเลิกการชี้
    2.5.3 | A | 2.1 | Label in Name | ป้ายกำกับที่อยู่ในชื่อ
    2.5.4 | A | 2.1 | Motion Actuation | การสั่งงานด้วยการเคลื่อนไหว
    2.5.5 | AAA | 2.1 | Target Size (Enhanced) | ขนาดของเป้าหมาย ขั้นสูง
    2.5.6 | AAA | 2.1 | Concurrent Input Mechanisms | การป้อนข้อมูลหลายวิธีพร้อมกัน
    2.5.7 | AA | 2.2 | Dragging Movements | การลาก
    2.5.8 | AA | 2.2 | Target Size (Minimum) | ขนาดของเป้าหมาย ขั้นต่ำ
    3.1.1 | A | 2.0 | Language of Page | ภาษาของหน้า
    3.1.2 | AA | 2.0 | Language of Parts | ภาษาของส่วนต่าง ๆ
    3.1.3 | AAA | 2.0 | Unusual Words | คำที่ไม่คุ้นเคย
    3.1.4 | AAA | 2.0 | Abbreviations | คำย่อ
    3.1.5 | AAA | 2.0 | Reading Level | ระดับการอ่าน
    3.1.6 | AAA | 2.0 | Pronunciation | การออกเสียง
    3.2.1 | A | 2.0 | On Focus | เมื่อได้รับโฟกัส
    3.2.2 | A | 2.0 | On Input | เมื่อป้อนข้อมูล
    3.2.3 | AA | 2.0 | Consistent Navigation | การนำทางที่สม่ำเสมอ
    3.2.4 | AA | 2.0 | Consistent Identification | การระบุชื่อที่สม่ำเสมอ
    3.2.5 | AAA | 2.0 | Change on Request | การเปลี่ยนแปลงเมื่อร้องขอ
    3.2.6 | A | 2.2 | Consistent Help | ความช่วยเหลือที่สม่ำเสมอ
    3.3.1 | A | 2.0 | Error Identification | การระบุข้อผิดพลาด
    3.3.2 | A | 2.0 | Labels or Instructions | ป้ายกำกับหรือคำแนะนำ
    3.3.3 | AA | 2.0 | Error Suggestion | การแนะนำวิธีแก้ข้อผิดพลาด
    3.3.4 | AA | 2.0 | Error Prevention (Legal, Financial, Data) | การป้องกันข้อผิดพลาดที่มีผลสำคัญ
    3.3.5 | AAA | 2.0 | Help | ความช่วยเหลือ
    3.3.6 | AAA | 2.0 | Error Prevention (All) | การป้องกันข้อผิดพลาดทั้งหมด
    3.3.7 | A | 2.2 | Redundant Entry | การกรอกข้อมูลซ้ำ
    3.3.8 | AA | 2.2 | Accessible Authentication (Minimum) | การยืนยันตัวตนที่เข้าถึงได้ ขั้นต่ำ
    3.3.9 | AAA | 2.2 | Accessible Authentication (Enhanced) | การยืนยันตัวตนที่เข้าถึงได้ ขั้นสูง
    4.1.2 | A | 2.0 | Name, Role, Value | ชื่อ บทบาท และค่า
    4.1.3 | AA | 2.1 | Status Messages | ข้อความแจ้งสถานะ
    """
)
