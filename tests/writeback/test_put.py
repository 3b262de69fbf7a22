"""Putting notes meets workbooks that are away, moving, or of a form that takes none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from services.cells import Cells
from services.issues import Findings, Issue, each
from services.store.base import CannotWriteError, NotAsSeenError, RawWorkbook, RefusedError
from services.writeback.feedback import LIST, CannotNoteError, Put, put
from services.writeback.save import NotNowError
from tests.writeback.office import DISTRICT, Sheet, desk, usual


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.writeback.feedback.PAUSE_SECONDS", 0.0)


def found(_book: RawWorkbook) -> Iterable[Issue]:
    cell = Cells.one("ลูกหนี้", 3, 2)
    batch = Findings("unreadable_value", "debts", "outstanding", cell, values=["หกพัน"])
    return list(each([batch], DISTRICT, "5601 ก.xlsx"))


def nothing(_book: RawWorkbook) -> Iterable[Issue]:
    return []


class Failing(Sheet):
    """Refuses notes, as often as there are failures."""

    def annotate(self, *words: object) -> object:  # type: ignore[override]
        if self.failures:
            raise self.failures.pop(0)
        return super().annotate(*words)  # type: ignore[arg-type]

    failures: list[Exception]


def failing(*failures: Exception) -> Failing:
    sheet = Failing.of(usual())
    assert isinstance(sheet, Failing)
    sheet.failures = list(failures)
    return sheet


def test_a_note_and_the_list_are_put_once_and_taken_away_again(tmp_path: Path) -> None:
    sheet = failing()
    at = desk(sheet, tmp_path)
    assert put(at, found) == Put(2, 0)
    assert put(at, found) == Put(0, 0)
    assert [tab.name for tab in sheet.book.tabs] == ["ลูกหนี้", LIST]
    assert put(at, nothing).changed == 2
    assert len(sheet.book.tabs[1].rows) == 1


def test_where_nothing_was_ever_found_no_list_is_made(tmp_path: Path) -> None:
    sheet = failing()
    assert put(desk(sheet, tmp_path), nothing) == Put(0, 0)
    assert [tab.name for tab in sheet.book.tabs] == ["ลูกหนี้"]


def test_a_workbook_that_moves_is_looked_at_again(tmp_path: Path) -> None:
    sheet = failing(NotAsSeenError(), RefusedError("quota"))
    assert put(desk(sheet, tmp_path), found) == Put(2, 0)


def test_one_that_never_holds_still_or_is_away_is_said(tmp_path: Path) -> None:
    for failure in (NotAsSeenError(), RefusedError("google_away")):
        with pytest.raises(NotNowError, match="ยังไม่ได้บันทึก"):
            put(desk(failing(*[failure] * 9), tmp_path), found)


def test_a_form_that_takes_no_notes_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    sheet = failing(CannotWriteError(obstacle="odd_notes"))
    with pytest.raises(CannotNoteError, match="จึงไม่ได้เขียน"):
        put(desk(sheet, tmp_path), found)
    assert [tab.name for tab in sheet.book.tabs] == ["ลูกหนี้"]
