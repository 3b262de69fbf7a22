"""Notes hung on a spreadsheet's cells while people sort, insert, type and note in it."""

from __future__ import annotations

from typing import Any

import pytest

from services.store.base import Annotated, NotAsSeenError, RawWorkbook, RefusedError
from services.store.google_http import GoogleHTTP
from services.store.google_sheets import GoogleSheets
from services.store.notes import COLOUR, sealed
from tests.store.hanging import hang, hung
from tests.store.test_google_write import DEBTS, EDITOR, YEAR, Sheet, acts
from tests.support.google.books import ROBOT
from tests.support.google.client import LocalGoogle

TAB = "ลูกหนี้"
AMOUNT = (2, 1)
WANTED = {TAB: {AMOUNT: "สูงไป", (2, 2): "ว่าง", (3, 1): "สูงไป"}}


@pytest.fixture
def sheet(google: LocalGoogle, http: GoogleHTTP) -> Sheet:
    return Sheet(google, http)


@pytest.fixture
def store(sheet: Sheet) -> GoogleSheets:
    return GoogleSheets(sheet.http, {YEAR: {"5601": sheet.id}})


def read(store: GoogleSheets) -> RawWorkbook:
    book = store.read(store.workbooks(YEAR)[0], YEAR)
    assert book is not None
    return book


def annotate(store: GoogleSheets, wanted: Any) -> Annotated:
    return store.annotate(read(store), YEAR, wanted)


def test_notes_take_three_calls_and_none_but_a_look_where_nothing_changes(
    store: GoogleSheets, sheet: Sheet
) -> None:
    book = read(store)
    sheet.google.forget_calls()
    store.annotate(book, YEAR, WANTED)
    assert len(sheet.google.calls()) == 3
    sheet.google.forget_calls()
    store.annotate(book, YEAR, WANTED)
    assert [call.method for call in sheet.google.calls()] == ["GET"]
    assert sheet.left() == {"writer": [], "locks": []}


def request(kind: str, sheet: Sheet) -> Any:
    """What a person may do to notes and fills meanwhile."""
    start = {"sheetId": sheet.number(), "rowIndex": 2, "columnIndex": 1}
    rows = [{"values": [{"note": "โทรแล้ว"}]}]
    noted = {"updateCells": {"start": start, "rows": rows, "fields": "note"}}
    return [noted] if kind == "notes the cell" else acts(sheet)[kind]


@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize(
    "what",
    [
        "notes the cell",
        "types into the same cell",
        "types into another row",
        "inserts a row above",
        "inserts a column before",
        "deletes the row",
        "deletes the row above",
        "moves the column",
        "sorts",
        "deletes the tab",
    ],
)
def test_whatever_an_editor_does_in_any_gap_a_note_stands_at_its_own_cell(
    store: GoogleSheets, sheet: Sheet, what: str, before: int
) -> None:
    book, does = read(store), sheet.request(*request(what, sheet))
    sheet.google.script([{"before": before, "actor": EDITOR, "do": [does], "may_be_refused": True}])
    try:
        told = store.annotate(book, YEAR, {TAB: {AMOUNT: "สูงไป"}})
    except NotAsSeenError:
        told = Annotated(0)
    rows = sheet.read().rows if what != "deletes the tab" or before == 3 else []
    ours = [at for at, one in hung(store).get(TAB, {}).items() if one == (sealed("สูงไป"), COLOUR)]
    assert len(ours) == told.changed
    for row, column in ours:
        assert "D2" in rows[row]
        assert rows[row][column] in ("200", "ของเขา")
    if what == "notes the cell" and before < 3:
        assert ("โทรแล้ว", "") in hung(store)[TAB].values()
    assert sheet.left() == {"writer": [], "locks": []}


def test_notes_go_with_their_rows_when_people_sort_and_insert(
    store: GoogleSheets, sheet: Sheet
) -> None:
    annotate(store, {TAB: {AMOUNT: "สูงไป"}})
    for what in ("sorts", "inserts a row above"):
        sheet.google.act(EDITOR, **sheet.request(*acts(sheet)[what]))
    rows = sheet.read().rows
    at = (next(number for number, row in enumerate(rows) if row[0] == "D2"), 1)
    assert hung(store) == {TAB: {at: (sealed("สูงไป"), COLOUR)}}
    assert annotate(store, {TAB: {at: "สูงไป"}}) == Annotated(0)


def test_a_fill_of_the_theme_is_the_offices(store: GoogleSheets, sheet: Sheet) -> None:
    start = {"sheetId": sheet.number(), "rowIndex": 2, "columnIndex": 1}
    looks = {"backgroundColorStyle": {"themeColor": "ACCENT1"}}
    rows = [{"values": [{"userEnteredFormat": looks}]}]
    asked = {"start": start, "rows": rows, "fields": "userEnteredFormat.backgroundColorStyle"}
    sheet.google.act(EDITOR, **sheet.request({"updateCells": asked}))
    annotate(store, {TAB: {AMOUNT: "สูงไป"}})
    assert hung(store)[TAB][AMOUNT] == (sealed("สูงไป"), "")
    annotate(store, {})
    assert hung(store) == {}


def test_a_tab_that_is_gone_without_notes_is_nobodys_trouble(
    store: GoogleSheets, sheet: Sheet
) -> None:
    sheet.google.act(EDITOR, **sheet.request({"addSheet": {"properties": {"title": "อื่น"}}}))
    book = read(store)
    sheet.google.act(EDITOR, **sheet.request(*acts(sheet)["deletes the tab"][1:]))
    assert store.annotate(book, YEAR, {}) == Annotated(0)
    with pytest.raises(NotAsSeenError):
        store.annotate(book, YEAR, WANTED)


def test_white_that_somebody_chose_stays_white(store: GoogleSheets) -> None:
    hang(store, DEBTS.name, AMOUNT, fill="FFFFFF")
    annotate(store, {TAB: {AMOUNT: "สูงไป"}})
    assert hung(store)[TAB][AMOUNT] == (sealed("สูงไป"), "FFFFFF")


def test_who_may_only_read_puts_no_notes(store: GoogleSheets, sheet: Sheet) -> None:
    sheet.google.share(sheet.id, ROBOT, "reader")
    with pytest.raises(RefusedError) as refused:
        annotate(store, WANTED)
    assert refused.value.trouble == "not_shared"
    assert hung(store) == {}
