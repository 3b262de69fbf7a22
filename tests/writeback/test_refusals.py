"""A store that refuses, is away, or never holds still while somebody saves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.store.base import CannotWriteError, NotAsSeenError, RefusedError
from services.writeback.save import NotNowError, save
from services.writeback.wants import WHOLE_ROW, Fate
from tests.writeback.office import Sheet, added, desk, pressed, saved, usual, want

WRITTEN, ALREADY = Fate("written"), Fate("already")


class Refusing(Sheet):
    """A store that refuses, and may have written all the same."""

    failures: list[tuple[Exception, bool]]

    def write(self, *words: object) -> None:
        if self.failures:
            failure, after = self.failures.pop(0)
            if after:
                super().write(*words)  # type: ignore[arg-type]
            raise failure
        super().write(*words)  # type: ignore[arg-type]


def refusing(*failures: tuple[Exception, bool]) -> Refusing:
    sheet = Refusing.of(usual())
    assert isinstance(sheet, Refusing)
    sheet.failures = list(failures)
    return sheet


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.writeback.save.PAUSE_SECONDS", 0.0)


def test_an_answer_that_was_lost_is_looked_for_in_the_sheet(tmp_path: Path) -> None:
    sheet = refusing((RefusedError("google_away"), True))
    book = sheet.book
    fates = saved(desk(sheet, tmp_path), book, *added("n1", "D9", "H1", "F1", 1))
    assert set(fates) == {ALREADY}
    assert [row[0] for row in sheet.rows] == ["D1", "D2", "D3", "D4", "D5", "D9"]


def test_a_workbook_that_never_holds_still_is_said_and_the_same_press_works_later(
    tmp_path: Path,
) -> None:
    sheet = refusing(*[(NotAsSeenError(), False)] * 5)
    book, at = sheet.book, desk(sheet, tmp_path)
    press = pressed(book, want(book, 1, "fund_id", "F2"))
    with pytest.raises(NotNowError, match="ยังไม่ได้บันทึก"):
        save(at, book, press)
    assert save(at, book, press) == (WRITTEN,)
    assert len(at.journal.saves()) == 1


def test_a_cell_the_workbooks_form_forbids_goes_to_the_inbox_and_the_others_are_written(
    tmp_path: Path,
) -> None:
    sheet = refusing((CannotWriteError(obstacle="merged", position=(1, 2)), False))
    book = sheet.book
    wants = want(book, 1, "fund_id", "F2"), want(book, 2, "fund_id", "F3")
    assert saved(desk(sheet, tmp_path), book, *wants) == (Fate("clash", "refused"), WRITTEN)
    assert [row[2] for row in sheet.rows[:2]] == ["F1", "F3"]


def test_many_forbidden_cells_hold_up_no_other(tmp_path: Path) -> None:
    sheet = refusing(
        *((CannotWriteError(obstacle="merged", position=(1, n)), False) for n in (1, 2, 3, 4)),
        *((CannotWriteError(obstacle="merged", position=(2, n)), False) for n in (1, 2, 3, 4)),
    )
    book = sheet.book
    codes = ("household_id", "fund_id", "outstanding", "contract_no")
    wants = [want(book, row, code, "x") for row in (1, 2) for code in codes]
    fates = saved(desk(sheet, tmp_path), book, *wants, want(book, 3, "fund_id", "F3"))
    assert fates == (*[Fate("clash", "refused")] * 8, WRITTEN)
    assert sheet.rows[2][2] == "F3"


def test_a_row_of_which_one_cell_is_forbidden_is_not_half_removed(tmp_path: Path) -> None:
    sheet = refusing((CannotWriteError(obstacle="merged", position=(1, 2)), False))
    book, before = sheet.book, sheet.rows
    fates = saved(desk(sheet, tmp_path), book, want(book, 1, WHOLE_ROW, ""))
    assert fates == (Fate("clash", "refused"),)
    assert sheet.rows == before


def test_a_workbook_of_a_form_nobody_can_write_changes_nothing(tmp_path: Path) -> None:
    sheet = refusing((CannotWriteError(obstacle="odd_sheet"), False))
    book, before = sheet.book, sheet.rows
    fates = saved(desk(sheet, tmp_path), book, want(book, 1, "fund_id", "F2"))
    assert fates == (Fate("clash", "refused"),)
    assert sheet.rows == before


def test_a_draft_that_was_changed_before_it_could_be_written_leaves_no_old_wish(
    tmp_path: Path,
) -> None:
    sheet = refusing(*[(NotAsSeenError(), False)] * 5)
    book, at = sheet.book, desk(sheet, tmp_path)
    first = replace(pressed(book, want(book, 1, "fund_id", "F2")), id="draft.one")
    second = replace(pressed(book, want(book, 1, "fund_id", "F3")), id="draft.two")
    with pytest.raises(NotNowError):
        save(at, book, first)
    assert save(at, book, second) == (WRITTEN,)
    assert at.journal.cut_off() == ()
    assert at.journal.conflicts() == ()
    assert sheet.rows[0][2] == "F3"
