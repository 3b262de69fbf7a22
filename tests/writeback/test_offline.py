"""A district's workbook goes away, is edited with a spreadsheet program, and comes back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from services.history.carried import BASE_TAB, Carried, carried
from services.present.offline import offline_workbook
from services.store.base import RawTab
from services.writeback.offline import CannotReturnError, Returned, returned
from services.writeback.recorded import Recorded
from services.writeback.save import Desk, foreseen, save
from services.writeback.wants import WHOLE_ROW
from sheets_schema.loader import programme
from tests.support.files import write_workbook
from tests.writeback.office import DISTRICT, YEAR, Rows, Sheet, changed, debts, desk, usual

WHO = "kanya@office.example"


def many() -> RawTab:
    """Forty debts, no row with an id."""
    rows: Rows = [[f"D{n}", f"H{n}", "F1", float(n * 1000), f"0{n}", ""] for n in range(1, 41)]
    return debts(rows)


class Away:
    """A desk, and the workbook that was taken away from it."""

    def __init__(self, folder: Path, tab: RawTab) -> None:
        self.sheet = Sheet.of(tab)
        at = desk(self.sheet, folder)
        self.desk: Desk = desk(Recorded(self.sheet, folder, at.now), folder)
        self.file = offline_workbook(self.desk.read(), programme(YEAR), DISTRICT)
        self.book = openpyxl.load_workbook(BytesIO(self.file))
        tab_ = self.book["ลูกหนี้"]
        assert isinstance(tab_, Worksheet)
        self.tab = tab_

    def saved(self) -> bytes:
        made = BytesIO()
        self.book.save(made)
        return made.getvalue()

    def back(self) -> Returned:
        return returned(self.desk, self.saved())

    def merged(self) -> dict[str, int]:
        """How many wants ended how."""
        back = self.back()
        states = [fate.state for fate in save(self.desk, back.base, back.save(self.desk, WHO))]
        return {state: states.count(state) for state in set(states)}


@pytest.fixture
def away(tmp_path: Path) -> Away:
    return Away(tmp_path, usual())


def test_what_goes_away_and_comes_back_untouched_changes_nothing(away: Away) -> None:
    assert returned(away.desk, away.file).wants == ()
    assert away.back().wants == ()
    assert away.book[BASE_TAB].sheet_state == "hidden"
    assert away.tab.column_dimensions["F"].hidden


def test_thirty_edits_against_ten_merge_but_for_the_two_that_clash(tmp_path: Path) -> None:
    away = Away(tmp_path, many())
    for row in range(2, 32):
        away.tab.cell(row, 4).value = 500 + row
    rows = [list(row) for row in away.sheet.book.tabs[0].rows]
    for row in (1, 2):  # two of the ten typed online are in cells that were edited offline
        rows[row][3] = 1.0
    for row in range(33, 41):
        rows[row][4] = "พิมพ์ในชีต"
    away.sheet.type(RawTab("ลูกหนี้", rows))
    back = away.back()
    states = [fate.state for fate in foreseen(away.desk, back.base, back.wants)]
    assert (states.count("written"), states.count("clash")) == (28, 2)
    assert away.merged() == {"written": 28, "clash": 2}
    assert len(away.desk.journal.conflicts()) == 2
    before = away.sheet.rows
    assert away.merged() == {"written": 28, "clash": 2}  # told again, done once
    assert away.sheet.rows == before
    assert len(away.desk.journal.conflicts()) == 2
    assert [row[4] for row in before[32:]] == ["พิมพ์ในชีต"] * 8
    assert [row[3] for row in before[2:30]] == [float(500 + row) for row in range(4, 32)]


def test_rows_added_removed_and_sorted_offline_are_understood(away: Away) -> None:
    rows = [[cell.value for cell in row] for row in away.tab.iter_rows(min_row=2)]
    kept = [*reversed(rows[:3]), rows[4], ["D9", "H1", "F1", "12.50", "=1+1", None]]
    away.tab.delete_rows(2, 10)
    for row in kept:
        away.tab.append([None if cell is None else str(cell) for cell in row])
    away.tab.cell(6, 5).data_type = "s"  # the text, as somebody typed it
    wants = away.back().wants
    assert {want.column for want in wants if want.row == 4} == {WHOLE_ROW}
    away.merged()
    now = away.sheet.rows
    assert [row[0] for row in now] == ["D1", "D2", "D3", "", "D5", "D9"]
    assert now[5][1:5] == ["H1", "F1", 12.5, "=1+1"]


def test_columns_that_were_moved_or_renamed_meanwhile_are_found(away: Away) -> None:
    away.tab.cell(2, 3).value = "F7"
    turned = [list(reversed(row)) for row in usual().rows]
    turned[0][2] = "หนี้คงเหลือ"
    away.sheet.type(RawTab("ลูกหนี้", turned))
    assert away.merged() == {"written": 1}
    assert away.sheet.rows[0] == ["id1", "01", 1000.0, "F7", "H1", "D1"]


def test_a_row_copied_offline_is_left_alone_and_said(away: Away) -> None:
    for column in range(1, 7):
        away.tab.cell(7, column).value = away.tab.cell(2, column).value
    back = away.back()
    assert back.unclear == (("ลูกหนี้", 2), ("ลูกหนี้", 7))
    assert back.wants == ()


def test_a_note_typed_between_rows_removes_none_of_those_below(away: Away) -> None:
    away.tab.insert_rows(3)
    away.tab.cell(3, 1).value = "หมายเหตุ ตรวจแล้ว"
    away.tab.cell(6, 3).value = "F7"
    back = away.back()
    assert back.wants == ()
    assert back.unclear == tuple(("ลูกหนี้", row) for row in (4, 5, 6, 7))


def test_two_new_rows_of_one_key_stay_two(away: Away) -> None:
    away.tab.append(["D9", "H9", "F1", "900"])
    away.tab.append(["D9", "H10", "F1", "950", "077"])
    away.merged()
    assert [row[:5] for row in away.sheet.rows[5:]] == [
        ["D9", "H9", "F1", 900.0, ""],
        ["D9", "H10", "F1", 950.0, "077"],
    ]


def test_what_a_file_cannot_hold_exactly_is_no_change(tmp_path: Path) -> None:
    tab = changed(changed(usual(), 1, 3, 10.299999999999999), 2, 4, "ก" * 40_000)
    away = Away(tmp_path, tab)
    assert returned(away.desk, away.file).wants == ()


def test_a_tab_or_header_that_was_renamed_is_said(away: Away) -> None:
    away.tab["C1"] = "กองทุนของเรา"
    away.tab.cell(2, 3).value = "F7"
    assert away.back().missing == ("ลูกหนี้ · รหัสกองทุนเจ้าหนี้",)
    away.tab["A1"] = away.tab["B1"] = away.tab["D1"] = "อะไรก็ได้"
    assert away.back().missing == ("ลูกหนี้",)


def test_the_offices_titles_and_totals_stay_at_home(tmp_path: Path) -> None:
    held = changed(usual(), 1, 4, "").rows  # a blank stays one
    rows: Rows = [["ทะเบียน", *[""] * 5], *map(list, held), ["รวม", "", "", 15000.0, "", ""]]
    away = Away(tmp_path, RawTab("ลูกหนี้", rows))
    assert away.tab.max_row == 6
    away.tab.cell(2, 3).value = "F7"
    assert away.merged() == {"written": 1}
    assert away.sheet.rows[1][2] == "F7"


def test_a_file_of_something_else_is_refused_with_its_reason(away: Away, tmp_path: Path) -> None:
    other = write_workbook(tmp_path / "other.xlsx", [usual()]).read_bytes()
    for data, why in ((other, "ไม่ได้ดาวน์โหลดจากหน้านี้"), (b"PK", "ดาวน์โหลดสมุดงานใหม่")):
        with pytest.raises(CannotReturnError, match=why):
            returned(away.desk, data)
    for mark, why in (
        (Carried(YEAR, "5602", "x"), "ปีหรืออำเภออื่น"),
        (Carried(2560, DISTRICT, "x"), "ปีหรืออำเภออื่น"),
        (Carried(YEAR, DISTRICT, "x"), "ไม่มีข้อมูลตั้งต้น"),
    ):
        tabs = [usual(), RawTab(BASE_TAB, [[*row, ""][:2] for row in mark.rows()])]
        data = write_workbook(tmp_path / "mark.xlsx", tabs).read_bytes()
        with pytest.raises(CannotReturnError, match=why):
            returned(away.desk, data)


def test_a_mark_somebody_changed_is_none() -> None:
    assert carried([RawTab(BASE_TAB, [["", "สอง"], ["", "5601"], ["", "x"]])]) is None
    assert carried([RawTab(BASE_TAB, [["ห้ามแก้"]]), RawTab("อื่น", [])]) is None


def test_a_register_that_is_gone_on_either_side_is_no_change(away: Away) -> None:
    away.tab["A1"] = "อะไรก็ได้"
    assert away.back().wants == ()
    away.sheet.type(changed(usual(), 0, 0, "อะไรก็ได้"))
    assert "ลูกหนี้" not in openpyxl.load_workbook(
        BytesIO(offline_workbook(away.desk.read(), programme(YEAR), DISTRICT))
    )
