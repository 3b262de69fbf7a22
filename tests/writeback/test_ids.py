"""A row keeps its id wherever it goes; a copy gets its own; ids left behind go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.normalise.locate import ROW_ID
from services.store.base import CannotWriteError, NotAsSeenError, RawTab
from services.writeback import ids
from services.writeback.ids import Troubles, mended, troubles
from services.writeback.recorded import Recorded
from services.writeback.save import Desk, NotNowError
from tests.writeback.office import Rows, Sheet, debts, desk, usual


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.writeback.ids.PAUSE_SECONDS", 0.0)


@pytest.fixture
def sheet() -> Sheet:
    return Sheet.of(usual())


@pytest.fixture
def at(sheet: Sheet, tmp_path: Path) -> Desk:
    plain = desk(sheet, tmp_path)
    recorded = desk(Recorded(sheet, tmp_path, plain.now), tmp_path)
    recorded.read()
    return recorded


def body() -> Rows:
    return [list(row) for row in usual().rows[1:]]


def named(sheet: Sheet) -> dict[str, str]:
    """Key -> id."""
    return {str(row[0]): str(row[5]) for row in sheet.rows}


def test_nothing_is_the_matter_with_a_register_as_it_was_laid_out(at: Desk, sheet: Sheet) -> None:
    assert troubles(at) == []
    assert mended(at) == 0
    assert sheet.rows == body()


def test_rows_that_people_added_get_ids_and_the_others_keep_theirs(at: Desk, sheet: Sheet) -> None:
    sheet.type(debts([*body(), ["D8", "H1", "F1", 1.0, "", ""], ["D9", "H1", "F1", 1.0, "", ""]]))
    assert troubles(at) == [Troubles("debts", 2, 0, 0, 0)]
    assert mended(at) == 2
    known = named(sheet)
    assert [known[f"D{n}"] for n in range(1, 6)] == [f"id{n}" for n in range(1, 6)]
    assert len(set(known.values())) == 7
    assert troubles(at) == []


def test_a_copied_row_gets_an_id_of_its_own_and_the_original_keeps_its(
    at: Desk, sheet: Sheet
) -> None:
    rows = body()
    sheet.type(debts([["D9", *rows[1][1:]], *rows, list(rows[2])]))  # one copy was given a key
    assert troubles(at) == [Troubles("debts", 0, 2, 0, 0)]
    assert mended(at) == 2
    assert named(sheet)["D2"] == "id2"
    assert next(row[5] for row in sheet.rows if row[0] == "D3") == "id3"
    assert len({row[5] for row in sheet.rows}) == 7


def test_ids_left_behind_by_a_sort_go_back_to_their_keys(at: Desk, sheet: Sheet) -> None:
    rows = body()
    sorted_ = [[*row[:5], own[5]] for row, own in zip(reversed(rows), rows, strict=True)]
    sheet.type(debts(sorted_))
    at.read()
    assert troubles(at) == [Troubles("debts", 0, 0, 4, 0)]
    assert mended(at) == 4
    assert named(sheet) == {f"D{n}": f"id{n}" for n in range(1, 6)}


def test_a_key_that_was_corrected_keeps_its_id(at: Desk, sheet: Sheet) -> None:
    rows = body()
    rows[1][0] = "D22"
    sheet.type(debts(rows))
    assert troubles(at) == []


def test_of_copies_nobody_has_seen_before_no_one_is_preferred(at: Desk, sheet: Sheet) -> None:
    sheet.type(debts([*body(), ["D8", "", "", "", "", "x"], ["D9", "", "", "", "", "x"]]))
    assert troubles(at) == [Troubles("debts", 0, 1, 0, 2)]
    assert mended(at) == 0


def test_a_register_without_ids_or_without_a_key_is_left_alone(at: Desk, sheet: Sheet) -> None:
    for rows in (usual(ids=False).rows, [["x", *usual().rows[0][1:5], ROW_ID], *body()]):
        sheet.type(RawTab("ลูกหนี้", rows))
        assert troubles(at) == []
        at.read()
    sheet.type(RawTab("บันทึก", [["ก"]]))
    at.read()
    assert mended(at) == 0
    sheet.type(usual())
    assert troubles(at) == []  # readings without the register tell nothing of it


def test_a_workbook_that_moves_is_looked_at_again_and_one_that_refuses_is_said(
    at: Desk, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.type(debts([[*row[:5], ""] for row in body()]))
    sheet.meanwhile = [debts([[*row[:5], ""] for row in reversed(body())])]
    assert mended(at) == 5
    sheet.type(debts([[*row[:5], ""] for row in body()]))
    for failure in (NotAsSeenError(), CannotWriteError(obstacle="merged", position=(1, 5))):

        def refused(*_: object, failure: Exception = failure) -> None:
            raise failure

        monkeypatch.setattr(Sheet, "write", refused)
        with pytest.raises(NotNowError):
            mended(at)


def test_only_the_last_readings_are_followed(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "READINGS_LOOKED_AT", 1)
    history = at.journal.history / f"history/{at.journal.year}/{at.journal.district}"
    (history / "000000.json.gz").write_bytes(b"spoilt")
    assert troubles(at) == []
