"""What was wanted and what became of it is never forgotten, and a conflict waits for a person."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from services.store.base import RawWorkbook
from services.writeback.journal import CannotKeepError, Journal
from services.writeback.save import Desk, NotNowError, save
from services.writeback.settle import NotFoundError, keep_theirs, look_after_cut_off, take_ours
from services.writeback.shown import ours, place_of, theirs, why
from services.writeback.wants import WHOLE_ROW, Fate
from sheets_schema.loader import registers
from tests.writeback.office import (
    DISTRICT,
    YEAR,
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

WRITTEN = Fate("written")
TYPED = changed(usual(), 2, 3, 777.0)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.writeback.save.PAUSE_SECONDS", 0.0)


@pytest.fixture
def sheet() -> Sheet:
    return Sheet.of(usual())


@pytest.fixture
def at(sheet: Sheet, tmp_path: Path) -> Desk:
    return desk(sheet, tmp_path)


def clashed(at: Desk, sheet: Sheet) -> None:
    """Somebody types 777 where 1500 was wanted."""
    book = sheet.book
    sheet.type(TYPED)
    assert saved(at, book, want(book, 2, "outstanding", 1500)) == (Fate("clash", "changed", "777"),)


def test_a_conflict_says_both_values_and_where(at: Desk, sheet: Sheet) -> None:
    clashed(at, sheet)
    (one,) = at.journal.conflicts()
    assert (ours(one.want), theirs(one.fate)) == ("1500", "777")
    assert place_of(one.want, registers()) == ("ลูกหนี้", "D2", "หนี้คงเหลือ (บาท)")
    assert why(one.fate).startswith("มีผู้แก้ช่องนี้ในชีต")
    assert one.save.who == "kanya@office.example"
    assert one.save.known_at is not None


def test_the_sheets_value_may_stay(at: Desk, sheet: Sheet) -> None:
    clashed(at, sheet)
    (one,) = at.journal.conflicts()
    keep_theirs(at, one, "kanya@office.example")
    assert at.journal.conflicts() == ()
    assert sheet.rows[1][3] == 777.0


def test_what_was_typed_may_win_if_the_sheet_still_says_what_was_shown(
    at: Desk, sheet: Sheet
) -> None:
    clashed(at, sheet)
    (one,) = at.journal.conflicts()
    assert take_ours(at, one, "kanya@office.example") == WRITTEN
    assert sheet.rows[1][3] == 1500.0
    assert at.journal.conflicts() == ()


def test_a_sheet_changed_once_more_is_a_conflict_anew(at: Desk, sheet: Sheet) -> None:
    clashed(at, sheet)
    (one,) = at.journal.conflicts()
    sheet.type(changed(usual(), 2, 3, 888.0))
    assert take_ours(at, one, "kanya@office.example") == Fate("clash", "changed", "888")
    (anew,) = at.journal.conflicts()
    assert (anew.fate.theirs, sheet.rows[1][3]) == ("888", 888.0)


def test_a_removal_may_win_too(at: Desk, sheet: Sheet) -> None:
    book = sheet.book
    sheet.type(TYPED)
    saved(at, book, want(book, 2, WHOLE_ROW, ""))
    (one,) = at.journal.conflicts()
    assert ours(one.want) == "ลบทั้งแถว"
    assert take_ours(at, one, "") == WRITTEN
    assert sheet.rows[1] == [""] * 6


def test_a_new_row_that_found_no_room_is_added_once_there_is_some(tmp_path: Path) -> None:
    total = ["รวม", "", "", "", "", ""]
    sheet = Sheet.of(debts([*usual().rows[1:], total]))
    at = desk(sheet, tmp_path)
    saved(at, sheet.book, *added("n1", "D9", "H1"))
    first, second = at.journal.conflicts()
    sheet.type(debts([*usual().rows[1:], [""] * 6, total]))
    assert take_ours(at, second, "") == WRITTEN  # the row comes whole
    assert sheet.rows[5] == ["D9", "H1", "", "", "", "n1"]
    assert at.journal.conflicts() == ()
    assert take_ours(at, first, "") == Fate("already")


def test_what_nobody_was_shown_is_not_overwritten(at: Desk, sheet: Sheet) -> None:
    """The row was gone when it clashed; by now it is back, with something else typed."""
    book = sheet.book
    sheet.type(debts([usual().rows[1], *usual().rows[3:]]))
    saved(at, book, want(book, 2, "outstanding", 2222), want(book, 2, WHOLE_ROW, ""))
    cell, row = at.journal.conflicts()[0], at.journal.conflicts()[-1]
    sheet.type(changed(usual(), 2, 3, 7777.0))
    assert take_ours(at, cell, "") == Fate("clash", "changed", "7777")
    assert sheet.rows[1][3] == 7777.0
    if row.want.column == WHOLE_ROW:
        assert take_ours(at, row, "") == Fate("clash", "changed", "D2 · H2 · F1 · 7777 · 02")
    assert sheet.rows[1][0] == "D2"


@pytest.mark.parametrize("gone", [[], [*usual().rows[1:], usual().rows[2]]])
def test_a_row_that_is_gone_or_there_twice_is_left_to_the_sheet(
    gone: list[list[str]], at: Desk, sheet: Sheet
) -> None:
    clashed(at, sheet)
    (one,) = at.journal.conflicts()
    sheet.type(debts(gone))
    with pytest.raises(NotFoundError, match="คงค่าในชีต"):
        take_ours(at, one, "")
    sheet.type()
    with pytest.raises(NotFoundError):
        take_ours(at, one, "")
    assert at.journal.conflicts() == (one,)


def test_a_save_that_was_cut_off_before_it_wrote_goes_to_the_inbox(at: Desk, sheet: Sheet) -> None:
    book = sheet.book
    at.journal.means(pressed(book, want(book, 1, "fund_id", "F2"), want(book, 2, "fund_id", "F3")))
    sheet.type(changed(usual(), 1, 2, "F2"))  # of the two, the first had been written
    look_after_cut_off(at, every=True)
    (one,) = at.journal.conflicts()
    assert (one.want.new, one.fate) == ("F3", Fate("clash", "cut_off", "F1"))
    assert at.journal.cut_off() == ()
    assert [row[2] for row in sheet.rows[:2]] == ["F2", "F1"]


def test_a_save_that_may_still_be_at_work_is_left_alone(at: Desk, sheet: Sheet) -> None:
    book = sheet.book
    at.journal.means(pressed(book, want(book, 1, "fund_id", "F2")))
    look_after_cut_off(at)
    assert len(at.journal.cut_off()) == 1
    assert at.journal.conflicts() == ()
    later = Desk(at.store, at.journal, at.programme, lambda: at.now() + timedelta(hours=1))
    look_after_cut_off(later)
    assert at.journal.cut_off() == ()
    look_after_cut_off(later)  # nothing is left to look after


def test_of_a_save_that_was_cut_off_new_rows_are_looked_for_and_lost_rows_asked_about(
    at: Desk, sheet: Sheet
) -> None:
    book = sheet.book
    written, lost = added("n1", "D9"), added("n2", "D8")
    other = want(book, 3, WHOLE_ROW, ""), want(book, 4, "fund_id", "F9")
    at.journal.means(pressed(book, *written, *lost, *other))
    sheet.type(debts([*usual().rows[1:4], ["D9", "", "", "", "", "n1"]]))
    look_after_cut_off(at, every=True)
    waiting = {(one.want.key, one.fate.why, one.fate.theirs) for one in at.journal.conflicts()}
    assert waiting == {
        ("D8", "cut_off", None),
        ("D3", "cut_off", "D3 · H3 · F1 · 3000 · 03"),
        ("D4", "cut_off", None),
    }


def test_a_line_that_was_cut_off_hides_no_other(at: Desk, sheet: Sheet) -> None:
    clashed(at, sheet)
    with at.journal.place.open("ab") as file:
        file.write('{"save": "ครึ่ง'.encode() + b"\n[]\n" + b'{"fates": [], "save": "none"')
    book = sheet.book
    saved(at, book, want(book, 1, "fund_id", "F\u20289"))
    assert len(at.journal.saves()) == 2
    assert len(at.journal.conflicts()) == 1
    assert sheet.rows[0][2] == "F\u20289"


def test_where_nothing_can_be_written_down_nothing_is_written_at_all(
    at: Desk, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "/secret/place")

    book, before = sheet.book, sheet.rows
    for name in ("append", "own_folder"):
        with monkeypatch.context() as patch:
            patch.setattr(f"services.writeback.journal.{name}", full)
            with pytest.raises(CannotKeepError, match="แจ้งผู้ดูแล") as raised:
                saved(at, book, want(book, 1, "fund_id", "F2"))
            assert "secret" not in str(raised.value)
    assert sheet.rows == before


def test_the_journal_is_its_users_only(at: Desk, sheet: Sheet) -> None:
    clashed(at, sheet)
    place = at.journal.place
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert {stat.S_IMODE(one.stat().st_mode) for one in (place.parent, place.parent.parent)} == {
        0o700
    }


def test_a_district_that_has_no_workbook_or_none_that_can_be_read_is_said(
    sheet: Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = sheet.book
    here = desk(sheet, tmp_path)
    nowhere = Desk(sheet, Journal(tmp_path, YEAR, "5602"), here.programme, here.now)
    with pytest.raises(NotNowError, match="ยังไม่ได้บันทึก"):
        saved(nowhere, book, want(book, 1, "fund_id", "F2"))
    broken = RawWorkbook(book.ref, "x", (), "half_written")
    monkeypatch.setattr(Sheet, "read", lambda *_: broken)
    with pytest.raises(NotNowError, match="บันทึก"):
        saved(desk(sheet, tmp_path), book, want(book, 1, "fund_id", "F2"))


def test_eight_people_save_fifty_edits_each_and_every_one_has_its_fate(tmp_path: Path) -> None:
    rows: Rows = [[f"D{n}", f"H{n}", "F1", 0.0, "", f"id{n}"] for n in range(60)]
    sheet = Sheet.of(debts(rows))
    book = sheet.book

    def work(person: int) -> None:
        at = desk(sheet, tmp_path)
        for number in range(50):
            row = 1 + (number + person) % 60 if person % 2 else number + 1
            press = pressed(book, want(book, row, "outstanding", person * 1000 + number + 1))
            save(at, book, press)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    journal = Journal(tmp_path, YEAR, DISTRICT)
    found = journal.saves()
    assert len(found) == 400
    states = [fate.state for one in found.values() for fate in one.fates or ()]
    assert len(states) == 400
    assert states.count("written") + states.count("already") == 400 - len(journal.conflicts())
    assert states.count("written") == sum(row[3] != 0.0 for row in sheet.rows)
