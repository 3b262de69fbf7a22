"""What the product relies on at Google, fact by fact, and how far anybody has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Worth = str | float | bool | Sequence["Worth"] | None
"""What JSON can say; a refusal is the text «refused: » and Google's words."""

ANCHORS = "mmedum/google-sheets-mcp: docs/architecture.md, scripts/spikes/metadata.go (2026-09)"
OPERATIONS = "explicit metadataId, seen live (2026-09-29)"
RECORDED = "gspread's recordings (2023-07 to 2026-03)"
GUIDE = "Google's guides and API reference"
UNSEEN = None
"""No source: the local server guesses, and a run settles it."""

LIKE_FORMULAS = ["=1+1", "+66000000000", "-1", "@x"]
LIKE_NUMBERS = ["00123", "1/2", "'0123", "๑๒๓"]
THAI = ["น้ำใจที่ตำบลแม่ใจ", "บรรทัดแรก\nบรรทัดสอง", "🌾👩‍🌾"]
DAY = "2022-07-19"
OLD, NEW = "เดิม", "ใหม่"
NO_FIELD = (
    "refused: Invalid JSON payload received. "
    "Unknown name \"noSuchRequest\" at 'requests[0]': Cannot find field."
)
SAME_ID = (
    "refused: Invalid requests[0].createDeveloperMetadata: Cannot add developer metadata "
    "with ID [N] because developer metadata with that ID already exists."
)


@dataclass(frozen=True)
class Fact:
    """A question to Google. `expected` is what we rely on; None: only told, nothing expected.

    `source` says who has seen Google do so, or where Google says it.
    """

    id: str
    question: str
    expected: Worth
    source: str | None

    @property
    def known(self) -> bool:
        """Whether anybody has seen it; otherwise a run settles it."""
        return self.source is not None


FACTS = (
    # --- Drive ---
    Fact("drive_lists_the_sheet", "รายการแฟ้มของ Drive มีสเปรดชีตนี้หรือไม่",
         expected=True, source=GUIDE),
    Fact("drive_seconds_until_told", "Drive บอกว่ามีการแก้ไขหลังแก้กี่วินาที", None, UNSEEN),
    # --- cells ---
    Fact("raw_like_formulas", "ข้อความคล้ายสูตรที่เขียนแบบ RAW อ่านกลับมาเหมือนเดิมหรือไม่",
         LIKE_FORMULAS, ANCHORS),
    Fact("raw_like_numbers", "ข้อความคล้ายตัวเลขหรือวันที่ที่เขียนแบบ RAW อ่านกลับมาเหมือนเดิมหรือไม่",
         LIKE_NUMBERS, ANCHORS),
    Fact("raw_thai", "วรรณยุกต์ สระอำ การขึ้นบรรทัด และอีโมจิ อ่านกลับมาเหมือนเดิมหรือไม่", THAI, GUIDE),
    Fact("raw_makes_no_formula", "การเขียนแบบ RAW ทำให้เกิดสูตรกี่ช่อง", 0, ANCHORS),
    Fact("number_is_read", "ตัวเลขอ่านได้เป็นตัวเลขหรือไม่", 1234.5, GUIDE),
    Fact("percent_is_read", "ร้อยละอ่านได้พร้อมรูปแบบที่แสดงหรือไม่", [0.06, "0%"], GUIDE),
    Fact("date_is_read", "ช่องรูปแบบวันที่อ่านได้เป็นวันที่หรือไม่", DAY, GUIDE),
    Fact("error_is_read", "สูตรที่ผิดพลาดอ่านได้เป็นข้อผิดพลาดหรือไม่",
         ["formula_error", "#DIV/0!"], GUIDE),
    Fact("tick_is_read", "ช่องทำเครื่องหมายอ่านได้เป็น TRUE หรือไม่", "TRUE", GUIDE),
    Fact("formula_is_read", "ผลของสูตรอ่านได้ และรู้ว่าเป็นสูตรหรือไม่", [2.0, True], GUIDE),
    Fact("rows_come_ragged", "ช่องว่างท้ายแถวถูกตัด และแถวว่างเป็นรายการว่างหรือไม่",
         [[], ["b"], ["", "", "d"]], RECORDED),
    Fact("null_leaves_a_cell", "null ไม่แตะช่องเดิม และไม่ถูกนับหรือไม่",
         [1, ["a", "x", "c"]], RECORDED),
    Fact("unknown_tab_spoils_the_write", "เขียนหลายช่วงที่มีชื่อแท็บผิดหนึ่งช่วง ช่วงที่ถูกเป็นอย่างไร", OLD, UNSEEN),
    Fact("overfull_range_spoils_the_write", "เขียนหลายช่วงที่ค่าเกินช่วงหนึ่งช่วง ช่วงที่ถูกเป็นอย่างไร",
         OLD, UNSEEN),
    # --- rows ---
    Fact("append_goes_below_all", "appendCells ต่อใต้แถวสุดท้ายที่คอลัมน์ A แม้มีแถวว่างคั่นหรือไม่",
         [["a", "", "b"], [], ["", "", "c"], ["=1+1", "d"]], GUIDE),
    Fact("anchor_is_read", "อ่านแถวผ่านหมุดของแถวได้หรือไม่ (แถวที่ และค่า)", [1, ["c", "x"]], ANCHORS),
    Fact("anchor_is_written", "เขียนแถวผ่านหมุดได้ และนับเฉพาะช่องที่เขียนหรือไม่",
         [1, [1, ["c", "y"]]], ANCHORS),
    Fact("anchor_follows_an_insertion", "แทรกแถวด้านบน หมุดตามแถวไปหรือไม่", [2, ["c", "y"]], ANCHORS),
    Fact("anchor_follows_a_sort", "เรียงลำดับ หมุดตามแถวไปหรือไม่", [3, ["c", "y"]], ANCHORS),
    Fact("anchor_follows_a_move", "ย้ายแถว หมุดตามแถวไปหรือไม่", [1, ["c", "y"]], ANCHORS),
    Fact("anchor_goes_with_its_row", "ลบแถว แล้วเหลือหมุดกี่ตัว", 0, ANCHORS),
    Fact("write_without_a_match", "เขียนผ่านหมุดที่ไม่มีแล้ว เขียนได้กี่ช่อง หรือถูกปฏิเสธ", 0, UNSEEN),
    Fact("read_without_a_match", "อ่านผ่านหมุดที่ไม่มีแล้ว ได้กี่ช่วง หรือถูกปฏิเสธ", 0, UNSEEN),
    # --- rules ---
    Fact("batch_is_whole_or_nothing", "ชุดคำสั่งที่มีข้อผิดหนึ่งข้อ ไม่ทำข้ออื่นเลยหรือไม่", [[OLD]], GUIDE),
    Fact("same_id_is_refused", "metadataId ที่มีอยู่แล้วถูกปฏิเสธด้วยถ้อยคำเดิมหรือไม่", SAME_ID, OPERATIONS),
    Fact("same_id_refuses_its_batch", "metadataId ซ้ำทำให้แถวในชุดเดียวกันไม่ถูกเขียนหรือไม่",
         [[NEW]], OPERATIONS),
    Fact("unknown_field_is_refused", "คำสั่งที่ไม่มีอยู่ถูกปฏิเสธด้วยถ้อยคำเดิมหรือไม่", NO_FIELD, RECORDED),
    Fact("new_condition_comes_first", "กฎสีที่ใส่ลำดับ 0 ทีหลัง อยู่ก่อนกฎเดิมหรือไม่",
         ["=2=2", "=1=1"], UNSEEN),
    Fact("strict_list_and_the_api", "API เขียนค่านอกรายการลงช่องที่บังคับเลือกจากรายการได้หรือไม่",
         [["นอกรายการ"]], UNSEEN),
    Fact("warning_lets_the_api_write", "API เขียนช่องที่ป้องกันแบบเตือนเท่านั้นได้กี่ช่อง หรือถูกปฏิเสธ", 1, GUIDE),
)  # fmt: skip
