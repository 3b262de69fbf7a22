"""Cells written into a spreadsheet while people sort, insert, delete and type in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.settings import BANGKOK
from services.store.base import NotAsSeenError, Position, RawTab, RefusedError, Writing, Written
from services.store.google_http import GoogleHTTP
from services.store.google_sheets import GoogleSheets
from services.store.google_write import take, write
from tests.support.google.books import OFFICE, add_workbook
from tests.support.google.client import LocalGoogle
from tests.support.sheets import tab

YEAR = 2565
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=BANGKOK)
EDITOR = "district@office.example"
DEBTS = tab(
    "ลูกหนี้",
    """
    | เลขที่ | คงเหลือ | หมายเหตุ |
    | D1    | 100    | ก       |
    | D2    | 200    | ข       |
    | D3    | 300    | ค       |
    """,
)


class Sheet:
    """One spreadsheet: as the product reads it, and as a person of the district acts in it."""

    def __init__(self, google: LocalGoogle, http: GoogleHTTP) -> None:
        self.google, self.http = google, http
        self.id = add_workbook(google, "เมืองพะเยา", (DEBTS,))
        google.share(self.id, EDITOR, "writer")

    def read(self) -> RawTab:
        store = GoogleSheets(self.http, {YEAR: {"5601": self.id}})
        book = store.read(store.workbooks(YEAR)[0], YEAR)
        assert book is not None
        return book.tabs[0]

    def number(self) -> int:
        return int((self.read().url or "").rpartition("=")[2])

    def request(self, *requests: Any) -> dict[str, Any]:
        path = f"/v4/spreadsheets/{self.id}:batchUpdate"
        return {"method": "POST", "path": path, "query": None, "body": {"requests": requests}}

    def left(self) -> dict[str, Any]:
        """What of ours lies in the spreadsheet."""
        fields = "developerMetadata,sheets(protectedRanges,data(rowMetadata,columnMetadata))"
        path = f"/v4/spreadsheets/{self.id}"
        _, told = self.google.act(OFFICE, "GET", path, {"fields": fields})
        return {
            "writer": told.get("developerMetadata", []),
            "locks": [one for sheet in told["sheets"] for one in sheet.get("protectedRanges", [])],
        }


@pytest.fixture
def sheet(google: LocalGoogle, http: GoogleHTTP) -> Sheet:
    return Sheet(google, http)


def wanted(sheet: Sheet, value: str | int | Decimal = "ใหม่") -> list[Writing]:
    """D2's balance, from 200."""
    return [Writing(sheet.read(), {(2, 1): value}, rows=(0,))]


def rows(sheet: Sheet) -> list[list[object]]:
    return [list(row) for row in sheet.read().rows]


@pytest.mark.parametrize(
    "value", ["=1+1", "+66", "-1", "@x", "00123", "1/2", '=HYPERLINK("x")', "", 250, Decimal("2.5")]
)
def test_a_value_comes_back_as_it_was_written(sheet: Sheet, value: str | int | Decimal) -> None:
    write(sheet.http, sheet.id, wanted(sheet, value), NOW)
    assert rows(sheet)[2][1] == (value if isinstance(value, str) else float(value))
    assert [row[1] for row in rows(sheet)][1::2] == ["100", "300"]
    assert sheet.left() == {"writer": [], "locks": []}


def test_several_cells_are_one_write_of_three_calls(sheet: Sheet) -> None:
    cells: dict[Position, Written] = {(1, 2): "x", (3, 1): 5, (5, 0): "D9"}
    asked = [Writing(sheet.read(), cells, rows=(0,))]
    sheet.google.forget_calls()
    write(sheet.http, sheet.id, asked, NOW)
    assert len(sheet.google.calls()) == 3
    assert rows(sheet)[1][2] == "x"
    assert rows(sheet)[3][1] == 5
    assert rows(sheet)[5][0] == "D9"


def lines(sheet: Sheet, dimension: str, first: int) -> dict[str, Any]:
    at = {"sheetId": sheet.number(), "dimension": dimension}
    return {**at, "startIndex": first, "endIndex": first + 1}


def acts(sheet: Sheet) -> dict[str, list[Any]]:
    """What a person may do meanwhile."""
    number = sheet.number()

    def typed(row: int, column: int, text: str) -> Any:
        start = {"sheetId": number, "rowIndex": row, "columnIndex": column}
        told = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
        return {"updateCells": {"start": start, "rows": told, "fields": "userEnteredValue"}}

    everything = {"sheetId": number, "startRowIndex": 1, "startColumnIndex": 0}
    order = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    return {
        "types into the same cell": [typed(2, 1, "ของเขา")],
        "types into another cell of the row": [typed(2, 2, "ของเขา")],
        "types into another row": [typed(3, 2, "ของเขา")],
        "inserts a row above": [{"insertDimension": {"range": lines(sheet, "ROWS", 1)}}],
        "inserts a column before": [{"insertDimension": {"range": lines(sheet, "COLUMNS", 0)}}],
        "deletes the row": [{"deleteDimension": {"range": lines(sheet, "ROWS", 2)}}],
        "deletes the row above": [{"deleteDimension": {"range": lines(sheet, "ROWS", 1)}}],
        "moves the column": [
            {
                "moveDimension": {
                    "source": lines(sheet, "COLUMNS", 1),
                    "destinationIndex": 0,
                }
            }
        ],
        "sorts": [{"sortRange": {"range": everything, "sortSpecs": order}}],
        "deletes the tab": [
            {"addSheet": {"properties": {"title": "อื่น"}}},
            {"deleteSheet": {"sheetId": number}},
        ],
    }


ALL = (
    "types into the same cell",
    "types into another cell of the row",
    "types into another row",
    "inserts a row above",
    "inserts a column before",
    "deletes the row",
    "deletes the row above",
    "moves the column",
    "sorts",
    "deletes the tab",
)


@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize("what", ALL)
def test_whatever_an_editor_does_in_any_gap_nothing_of_theirs_is_lost(
    sheet: Sheet, what: str, before: int
) -> None:
    """The sheet is in the end as if one of the two had acted after the other."""
    asked, does = wanted(sheet), sheet.request(*acts(sheet)[what])
    sheet.google.script([{"before": before, "actor": EDITOR, "do": [does], "may_be_refused": True}])
    try:
        write(sheet.http, sheet.id, asked, NOW)
    except (NotAsSeenError, RefusedError):
        written = False
    else:
        written = True
    after = rows(sheet)
    told = [text for row in after for text in row]
    assert told.count("ใหม่") == written
    for row in after:  # ours stands in D2's row and in no other
        assert "ใหม่" not in row or ("D2" in row and "200" not in row)
    if what.startswith("types"):
        refused = before > 1 and what == "types into the same cell"
        assert ("ของเขา" in told) is not refused  # who is refused is told so, and nothing is lost
    assert sheet.left()["locks"] == []
    assert sheet.left()["writer"] == []


def test_two_of_our_writers_never_write_at_once(sheet: Sheet) -> None:
    asked = wanted(sheet)
    held, _ = take(sheet.http, sheet.id, asked, NOW)
    with pytest.raises(NotAsSeenError):
        write(sheet.http, sheet.id, asked, NOW)
    sheet.http.update(sheet.id, list(held.given_back()))
    write(sheet.http, sheet.id, asked, NOW)
    assert rows(sheet)[2][1] == "ใหม่"


def test_what_a_dead_writer_held_is_given_back_and_no_lock_of_the_offices(sheet: Sheet) -> None:
    where = {"sheetId": sheet.number(), "startRowIndex": 0, "endRowIndex": 1}
    lock = {"protectedRange": {"range": where, "description": "หัวตาราง", "warningOnly": True}}
    sheet.google.act(OFFICE, **sheet.request({"addProtectedRange": lock}))
    asked = wanted(sheet)
    held, _ = take(sheet.http, sheet.id, asked, NOW)
    later = NOW + timedelta(minutes=4)
    with pytest.raises(NotAsSeenError):
        write(sheet.http, sheet.id, asked, later)
    assert [lock["description"] for lock in sheet.left()["locks"]] == ["หัวตาราง"]
    assert sheet.left()["writer"] == []
    write(sheet.http, sheet.id, asked, later)
    with pytest.raises(RefusedError):  # the dead one wakes up: its locks are gone
        sheet.http.update(sheet.id, [*held.only_if_held(), *held.given_back()])


def test_a_formula_of_the_office_is_never_overwritten(sheet: Sheet) -> None:
    start = {"sheetId": sheet.number(), "rowIndex": 2, "columnIndex": 1}
    told = [{"values": [{"userEnteredValue": {"formulaValue": "=100+100"}}]}]
    does = sheet.request(
        {"updateCells": {"start": start, "rows": told, "fields": "userEnteredValue"}}
    )
    sheet.google.act(EDITOR, **does)
    with pytest.raises(NotAsSeenError):
        write(sheet.http, sheet.id, wanted(sheet), NOW)
    assert rows(sheet)[2][1] == 200
