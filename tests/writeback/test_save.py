"""What somebody saves on the page reaches the sheet once, and costs nobody a typed value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from services.normalise.locate import ROW_ID
from services.store.base import RawTab
from services.writeback.save import save
from services.writeback.wants import WHOLE_ROW, Fate
from tests.writeback.office import (
    CODES,
    HEADERS,
    Rows,
    Sheet,
    added,
    changed,
    debts,
    desk,
    pressed,
    saved,
    usual,
    want,
)

WRITTEN, ALREADY = Fate("written"), Fate("already")
OUTSTANDING = CODES.index("outstanding")


def test_a_corrected_cell_is_written_and_the_rest_stays(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book, before = sheet.book, sheet.rows
    assert saved(desk(sheet, tmp_path), book, want(book, 2, "outstanding", 1500)) == (WRITTEN,)
    before[1][OUTSTANDING] = 1500.0
    assert sheet.rows == before


def test_another_cell_typed_meanwhile_is_kept_beside_ours(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    sheet.meanwhile = [changed(usual(), 2, 4, "99/2565")]
    assert saved(desk(sheet, tmp_path), book, want(book, 2, "outstanding", 1500)) == (WRITTEN,)
    assert sheet.rows[1][OUTSTANDING:5] == [1500.0, "99/2565"]


def test_the_same_cell_typed_meanwhile_keeps_the_sheets_value_and_both_are_in_the_inbox(
    tmp_path: Path,
) -> None:
    sheet = Sheet.of(usual())
    book, at = sheet.book, desk(sheet, tmp_path)
    sheet.meanwhile = [changed(usual(), 2, OUTSTANDING, 777.0)]
    fates = saved(at, book, want(book, 2, "outstanding", Decimal("1500.50")))
    assert fates == (Fate("clash", "changed", "777"),)
    assert sheet.rows[1][OUTSTANDING] == 777.0
    (conflict,) = at.journal.conflicts()
    assert (conflict.want.seen, conflict.want.new, conflict.fate.theirs) == (
        "2000",
        Decimal("1500.50"),
        "777",
    )


def test_rows_that_were_sorted_meanwhile_are_found_by_their_ids(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    header, *rows = usual().rows
    sheet.type(RawTab("ลูกหนี้", [header, *reversed(rows)]))
    assert saved(desk(sheet, tmp_path), book, want(book, 1, "fund_id", "F9")) == (WRITTEN,)
    assert [row[2] for row in sheet.rows] == ["F1"] * 4 + ["F9"]


def test_a_row_sorted_away_from_its_id_is_left_alone(tmp_path: Path) -> None:
    """Two debts of the same amount: by the id alone the wrong one would be written."""
    rows: Rows = [["D1", "H1", "F1", 500.0, "", "a"], ["D2", "H2", "F1", 500.0, "", "b"]]
    sheet = Sheet.of(debts(rows))
    book = sheet.book
    sheet.type(debts([[*rows[1][:5], "a"], [*rows[0][:5], "b"]]))
    fates = saved(desk(sheet, tmp_path), book, want(book, 1, "outstanding", 1))
    assert fates == (Fate("clash", "moved"),)
    assert [row[3] for row in sheet.rows] == [500.0, 500.0]


def test_a_row_without_an_id_gets_one_with_its_first_edit(tmp_path: Path) -> None:
    rows: Rows = [[*row[:5], ""] for row in usual().rows[1:]]
    sheet = Sheet.of(debts(rows))
    book = sheet.book
    assert saved(desk(sheet, tmp_path), book, want(book, 3, "fund_id", "F2")) == (WRITTEN,)
    ids = [row[5] for row in sheet.rows]
    assert [bool(one) for one in ids] == [False, False, True, False, False]


def test_a_tab_without_ids_is_edited_all_the_same(tmp_path: Path) -> None:
    sheet = Sheet.of(usual(ids=False))
    book = sheet.book
    assert saved(desk(sheet, tmp_path), book, want(book, 3, "fund_id", "F2")) == (WRITTEN,)
    assert sheet.rows[2] == ["D3", "H3", "F2", 3000.0, "03"]


def test_without_ids_a_row_is_found_by_its_key_and_a_clash_in_it_is_one(tmp_path: Path) -> None:
    sheet = Sheet.of(usual(ids=False))
    book = sheet.book
    header, *rows = changed(usual(ids=False), 3, 2, "F7").rows
    sheet.type(RawTab("ลูกหนี้", [header, *reversed(rows)]))
    wants = want(book, 3, "fund_id", "F2"), want(book, 3, "contract_no", "9")
    fates = saved(desk(sheet, tmp_path), book, *wants)
    assert fates == (Fate("clash", "changed", "F7"), WRITTEN)
    assert sheet.rows[2] == ["D3", "H3", "F7", 3000.0, "9"]


def test_a_new_row_goes_below_the_others_once_however_often_it_is_sent(tmp_path: Path) -> None:
    for ids in (True, False):
        sheet = Sheet.of(usual(ids=ids))
        book, at = sheet.book, desk(sheet, tmp_path / str(ids))
        new = added("fresh", "D9", "H1", "F1", Decimal("12.50"))
        assert set(saved(at, book, *new)) == {WRITTEN}
        assert set(saved(at, book, *new)) == {ALREADY}
        assert sheet.rows[5:] == [["D9", "H1", "F1", 12.5, "", *(["fresh"] if ids else [])]]


def test_new_rows_stand_above_the_total_and_wait_where_there_is_no_room(tmp_path: Path) -> None:
    rows: Rows = [*map(list, usual().rows[1:3]), [""] * 6, ["รวม", "", "", 3000.0, "", ""]]
    sheet = Sheet.of(debts(rows))
    book = sheet.book
    wants = [*added("n1", "D8", "H1", "F1", 1), *added("n2", "D9", "H1", "F1", 2)]
    fates = saved(desk(sheet, tmp_path), book, *wants)
    assert fates == (*[WRITTEN] * 4, *[Fate("clash", "no_room")] * 4)
    assert [row[0] for row in sheet.rows] == ["D1", "D2", "D8", "รวม"]


def test_a_removed_row_is_emptied_and_no_row_moves(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book, at = sheet.book, desk(sheet, tmp_path)
    assert saved(at, book, want(book, 2, WHOLE_ROW, "")) == (WRITTEN,)
    assert [row[0] for row in sheet.rows] == ["D1", "", "D3", "D4", "D5"]
    assert saved(at, book, want(book, 2, WHOLE_ROW, "")) == (ALREADY,)


def test_a_row_that_was_changed_meanwhile_is_not_removed(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    sheet.meanwhile = [changed(usual(), 2, 4, "ใหม่")]
    fates = saved(desk(sheet, tmp_path), book, want(book, 2, WHOLE_ROW, ""))
    assert fates == (Fate("clash", "changed", "D2 · H2 · F1 · 2000 · ใหม่"),)
    assert sheet.rows[1][0] == "D2"


def test_a_row_that_is_there_twice_is_neither_removed_nor_edited(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    sheet.type(debts([*usual().rows[1:], usual().rows[2]]))
    wants = want(book, 2, WHOLE_ROW, ""), want(book, 2, "fund_id", "F2")
    assert saved(desk(sheet, tmp_path), book, *wants) == (Fate("clash", "doubled"),) * 2


def test_a_new_row_whose_id_was_copied_meanwhile_is_left_to_a_person(tmp_path: Path) -> None:
    twice = [["D9", "H1", "", "", "", "n1"]] * 2
    sheet = Sheet.of(debts([*usual().rows[1:], *twice]))
    fates = saved(desk(sheet, tmp_path), sheet.book, *added("n1", "D9", "H1", "F1"))
    assert fates == (Fate("clash", "doubled"),) * 3


def test_a_new_row_takes_what_the_sheet_has_room_for(tmp_path: Path) -> None:
    """A column that is gone, one the office works out, one somebody filled: each its own fate."""
    began: Rows = [[*HEADERS[:4], ROW_ID], *([*row[:4], row[5]] for row in usual().rows[1:])]
    rows: Rows = [*began, ["D9", "", "F7", "", "n1"]]
    tab = RawTab("ลูกหนี้", rows, formulas=lambda: frozenset({(6, 3)}))
    sheet = Sheet.of(tab)
    fates = saved(desk(sheet, tmp_path), sheet.book, *added("n1", "D9", "H1", "F1", 5, "1/2565"))
    assert fates == (
        Fate("already"),
        Fate("written"),
        Fate("clash", "changed", "F7"),
        Fate("clash", "formula", ""),
        Fate("clash", "gone"),
    )


def test_a_nameless_new_row_waits_where_nothing_could_tell_it_was_added(tmp_path: Path) -> None:
    """With a column of ids it is known again; without one and without a key it never is."""
    wants = [replace(one, key="") for one in added("n1", "", "H1")[1:]]
    sheet = Sheet.of(usual(ids=False))
    assert saved(desk(sheet, tmp_path / "a"), sheet.book, *wants) == (Fate("clash", "no_key"),)
    sheet = Sheet.of(usual())
    assert saved(desk(sheet, tmp_path / "b"), sheet.book, *wants) == (WRITTEN,)
    assert sheet.rows[5] == ["", "H1", "", "", "", "n1"]


def test_without_ids_a_new_row_is_never_poured_into_one_of_the_same_key(tmp_path: Path) -> None:
    sheet = Sheet.of(usual(ids=False))
    sheet.type(changed(usual(ids=False), 3, 4, ""))
    before = sheet.rows
    fates = saved(desk(sheet, tmp_path), sheet.book, *added("n1", "D3", "H3", "F1", 3000, "099"))
    assert set(fates) == {Fate("clash", "doubled")}
    assert sheet.rows == before


def test_ids_that_were_two_rows_when_seen_lead_to_no_wrong_row(tmp_path: Path) -> None:
    """A copy of D3 with another amount is edited; its id is mended meanwhile."""
    copied: Rows = [*map(list, usual().rows[1:]), ["D3", "H3", "F1", 9999.0, "03", "id3"]]
    sheet = Sheet.of(debts(copied))
    book = sheet.book
    sheet.type(debts([*copied[:5], [*copied[5][:5], "fresh"]]))
    assert saved(desk(sheet, tmp_path), book, want(book, 6, "contract_no", "9")) == (WRITTEN,)
    assert [row[4] for row in sheet.rows] == ["01", "02", "03", "04", "05", "9"]


def test_blank_keys_sorted_away_from_their_ids_are_told_apart_by_all_they_hold(
    tmp_path: Path,
) -> None:
    rows: Rows = [["", "H1", "F1", 5.0, "", "a"], ["", "H2", "F1", 6.0, "", "b"]]
    sheet = Sheet.of(debts(rows))
    book = sheet.book
    sheet.type(debts([[*rows[1][:5], "a"], [*rows[0][:5], "b"]]))
    fates = saved(desk(sheet, tmp_path), book, want(book, 1, "contract_no", "9"))
    assert fates == (Fate("clash", "moved"),)


def test_a_key_that_was_corrected_alike_by_both_is_no_surprise(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    sheet.type(changed(usual(), 1, 0, "D9"))
    wants = want(book, 1, "debt_id", "D9"), want(book, 1, "outstanding", 7)
    assert saved(desk(sheet, tmp_path), book, *wants) == (ALREADY, WRITTEN)


def test_a_new_row_of_a_tab_that_lost_its_key_says_so_of_the_key_alone(tmp_path: Path) -> None:
    rows = [["เลขที่ของเรา", *HEADERS[1:]], *(row[:5] for row in usual().rows[1:])]
    sheet = Sheet.of(RawTab("ลูกหนี้", rows))
    fates = saved(desk(sheet, tmp_path), sheet.book, *added("n1", "D9", "H1"))
    assert fates == (Fate("clash", "gone"), Fate("clash", "gone"))


def test_a_column_that_was_not_there_when_seen_is_gone(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    one = replace(want(book, 1, "fund_id", "F2"), column="principal")
    assert saved(desk(sheet, tmp_path), book, one) == (Fate("clash", "gone"),)


def test_the_same_press_twice_is_one_change(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book, at = sheet.book, desk(sheet, tmp_path)
    press = pressed(book, want(book, 1, "fund_id", "F2"))
    first = save(at, book, press)
    sheet.type(usual())  # somebody types the old value again: the press is not done anew
    assert save(at, book, press) == first == (WRITTEN,)
    assert sheet.rows[0][2] == "F1"
    assert len(at.journal.saves()) == 1


def test_a_column_that_moved_is_found_by_its_header(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    sheet.type(RawTab("ลูกหนี้", [list(reversed(row)) for row in usual().rows]))
    assert saved(desk(sheet, tmp_path), book, want(book, 1, "fund_id", "F2")) == (WRITTEN,)
    assert sheet.rows[0] == ["id1", "01", 1000.0, "F2", "H1", "D1"]


def test_what_somebody_typed_meanwhile_just_as_we_wanted_it_is_done(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    sheet.type(changed(usual(), 2, 2, "F9"))
    assert saved(desk(sheet, tmp_path), book, want(book, 2, "fund_id", "F9")) == (ALREADY,)


def test_two_wishes_for_one_cell_are_not_both_granted(tmp_path: Path) -> None:
    """Corrected and removed at once, or meant for two rows that are one by now."""
    sheet = Sheet.of(usual())
    book = sheet.book
    wants = want(book, 2, "fund_id", "F9"), want(book, 2, WHOLE_ROW, "")
    assert saved(desk(sheet, tmp_path), book, *wants) == (WRITTEN, Fate("clash", "doubled"))
    assert sheet.rows[1][:3] == ["D2", "H2", "F9"]


def test_a_register_that_is_gone_is_a_conflict_and_no_error(tmp_path: Path) -> None:
    sheet = Sheet.of(usual())
    book = sheet.book
    sheet.type(RawTab("บันทึก", [["อื่น"]]))
    fates = saved(desk(sheet, tmp_path), book, want(book, 1, "fund_id", "F2"))
    assert fates == (Fate("clash", "gone"),)


def test_a_formula_of_the_office_is_never_overwritten(tmp_path: Path) -> None:
    tab = usual()
    sheet = Sheet.of(RawTab(tab.name, tab.rows, formulas=lambda: frozenset({(1, OUTSTANDING)})))
    book = sheet.book
    fates = saved(desk(sheet, tmp_path), book, want(book, 1, "outstanding", 5))
    assert fates == (Fate("clash", "formula", "1000"),)
