"""A person at work in every gap between our calls: nothing of theirs is lost, and they are told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from services.google_setup.found import FIELDS
from services.google_setup.lay_out import ChangedMeanwhileError, LaidOut, planned
from services.store.base import RefusedError
from tests.google_setup.office import (
    HEADERS,
    TAB,
    VISITS,
    Json,
    Office,
    cells,
    missing,
    office_with,
    sheet,
    typed,
)
from tests.support.google.books import OFFICE
from tests.support.google.client import LocalGoogle

pytestmark = pytest.mark.usefixtures("few_rows")
NUMBER, WIDTH, MOST_CALLS = 7, 5, 6
RED = {"backgroundColorStyle": {"rgbColor": {"red": 1}}}
RULE = {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "0"}]}}
ROWS: list[list[Any]] = [
    [typed(HEADERS[1], note="ของอำเภอ"), HEADERS[0], typed("สีของเรา", userEnteredFormat=RED)],
    [typed("H02", dataValidation=RULE), "V02", typed("แดง", note="ถามซ้ำ")],
    ["H01", "V01", "ดำ"],
]
OTHERS = {
    "headers in the last row": [["แบบของเรา"]] * 8 + ROWS[:1],
    "a title": [[typed("แบบของเรา", note="ปี 2565")]],
    "nothing": [],
}
OFTEN = [
    "appends a column with a header",
    "types into the first cell",
    "inserts a row above",
    "inserts a column before",
    "moves the last column",
    "deletes the first row",
]

MOVES = [
    "inserts a row above",
    "inserts a column before",
    "sorts everything",
    "moves the last column",
    "deletes the first row",
    "deletes the header row",
    "deletes the last column",
]


def at(row: int, column: int) -> Json:
    return {"sheetId": NUMBER, "rowIndex": row, "columnIndex": column}


def put(place: Json, cell: Json, fields: str = "userEnteredValue,note") -> Json:
    return {"updateCells": {"start": place, "rows": [{"values": [cell]}], "fields": fields}}


def lines(dimension: str, first: int, end: int) -> Json:
    where = {"sheetId": NUMBER, "dimension": dimension}
    return {**where, "startIndex": first, "endIndex": end}


def ordered(top: int) -> Json:
    where = {"sheetId": NUMBER, "startRowIndex": top, "startColumnIndex": 0}
    downwards = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    return {"sortRange": {"range": where, "sortSpecs": [downwards]}}


def renamed(title: str) -> Json:
    properties = {"sheetId": NUMBER, "title": title}
    return {"updateSheetProperties": {"properties": properties, "fields": "title"}}


def moved(first: int, to: int) -> Json:
    source = lines("COLUMNS", first, first + 1)
    return {"moveDimension": {"source": source, "destinationIndex": to}}


OWN = typed("ของสำนักงาน", note="ห้ามลบ")
ACTS: dict[str, list[Json]] = {
    "appends a column with a header": [
        {"appendDimension": {"sheetId": NUMBER, "dimension": "COLUMNS", "length": 1}},
        put(at(0, WIDTH), OWN),
    ],
    "types beside the headers": [put(at(0, WIDTH - 1), OWN), put(at(8, WIDTH - 1), OWN)],
    "types into the first cell": [put(at(0, 0), OWN)],
    "inserts a row above": [{"insertDimension": {"range": lines("ROWS", 0, 1)}}],
    "inserts three rows above": [{"insertDimension": {"range": lines("ROWS", 0, 3)}}],
    "inserts a column before": [{"insertDimension": {"range": lines("COLUMNS", 0, 1)}}],
    "sorts everything": [ordered(0)],
    "sorts the rows": [ordered(3)],
    "edits a header": [put(at(0, 1), typed("เลขของเรา"), "userEnteredValue")],
    "types a header we bring": [put(at(0, WIDTH - 1), typed(HEADERS[4]))],
    "writes a note on a header": [put(at(0, 1), {"note": "ดูคู่มือ"}, "note")],
    "sets a rule and a colour": [
        put(at(0, 1), {"userEnteredFormat": RED, "dataValidation": RULE}, "userEnteredFormat"),
        put(at(1, 1), {"dataValidation": RULE}, "dataValidation"),
    ],
    "renames the tab": [renamed("ของเรา")],
    "deletes the tab": [{"deleteSheet": {"sheetId": NUMBER}}],
    "moves a column": [moved(0, 3)],
    "moves the last column": [moved(WIDTH - 1, 0)],
    "deletes the first row": [{"deleteDimension": {"range": lines("ROWS", 0, 1)}}],
    "deletes the header row": [{"deleteDimension": {"range": lines("ROWS", 2, 3)}}],
    "deletes the last column": [{"deleteDimension": {"range": lines("COLUMNS", 4, 5)}}],
}


def at_work(google: LocalGoogle, rows: list[list[Any]]) -> Office:
    size = {"rowCount": 9, "columnCount": WIDTH}
    return office_with(google, sheet(TAB, rows, grid=size, properties={"sheetId": NUMBER}))


def does(office: Office, requests: Sequence[Any]) -> Json:
    path = f"/v4/spreadsheets/{office.sheet_id}:batchUpdate"
    return {"method": "POST", "path": path, "body": {"requests": requests}}


def said(office: Office) -> Counter[str]:
    """Every text, note, rule and look of the office's, wherever it stands."""
    return Counter(
        json.dumps([part, cell[part]], sort_keys=True)
        for tab in office.shown()["sheets"]
        for cell in cells(tab).values()
        for part in ("userEnteredValue", "note", "dataValidation", "userEnteredFormat")
        if part in cell
    )


def lay_out(office: Office) -> bool:
    """Whether it was done; else the office was told to press again."""
    try:
        office.lay_out(VISITS)
    except ChangedMeanwhileError:
        return False
    return True


def lacks(office: Office) -> list[Any]:
    """A header the office typed twice is its own to put right."""
    return [one for one in missing(office) if one[0] != "header_twice"]


def twice(office: Office) -> set[str]:
    """Headers that a tab has more than once: those the office typed beside ours, and no others."""
    tabs = [cells(tab).values() for tab in office.shown()["sheets"]]
    counted = [Counter(cell.get("formattedValue", "") for cell in tab) for tab in tabs]
    return {name for name in HEADERS for tab in counted if tab[name] > 1}


def check_every_gap(google: LocalGoogle, rows: list[list[Any]], what: str) -> None:
    alone = at_work(google, rows)
    alone.google.act(OFFICE, **does(alone, ACTS[what]))
    theirs = said(alone)
    for before in range(1, MOST_CALLS):
        office = at_work(google, rows)
        act = {"before": before, "actor": OFFICE, "do": [does(office, ACTS[what])]}
        google.script([{**act, "may_be_refused": True}])
        done = lay_out(office)
        assert theirs <= said(office), before
        assert not done or lacks(office) == [], before
        assert lay_out(office), before
        assert theirs <= said(office), before
        assert lacks(office) == [], before
        assert twice(office) <= {HEADERS[4]}, before


@pytest.mark.parametrize("what", ACTS)
def test_nothing_is_lost_in_any_gap_and_what_is_not_done_is_told(
    google: LocalGoogle, what: str
) -> None:
    check_every_gap(google, [["แบบของเรา"], [], *ROWS], what)


@pytest.mark.parametrize("what", OFTEN)
@pytest.mark.parametrize("rows", OTHERS.values(), ids=OTHERS)
def test_nor_on_tabs_of_another_shape(
    google: LocalGoogle, rows: list[list[Any]], what: str
) -> None:
    check_every_gap(google, rows, what)


@pytest.mark.parametrize("what", MOVES)
def test_where_rows_or_columns_have_moved_nothing_is_written(
    google: LocalGoogle, what: str
) -> None:
    """In the last gap Google itself refuses the whole batch, also what concerns other tabs."""
    rows: list[list[Any]] = [["แบบของเรา"], [], *ROWS]
    alone = at_work(google, rows)
    alone.google.act(OFFICE, **does(alone, ACTS[what]))
    theirs = said(alone)
    office = at_work(google, rows)
    google.script([{"before": 4, "actor": OFFICE, "do": [does(office, ACTS[what])]}])
    assert not lay_out(office)
    assert said(office) == theirs
    assert "kongthun" not in json.dumps(office.shown())


def test_a_person_at_work_before_every_call_is_told_every_time(google: LocalGoogle) -> None:
    office = at_work(google, ROWS)
    inserts = does(office, ACTS["inserts a row above"])
    google.script([{"before": "every", "actor": OFFICE, "do": [inserts]}])
    before = said(office)
    for _ in range(3):
        assert not lay_out(office)
    assert before <= said(office)
    assert "kongthun" not in json.dumps(office.shown())


def test_two_who_press_at_once_bring_the_columns_once(google: LocalGoogle) -> None:
    office = at_work(google, ROWS)
    plan = planned(office.http.spreadsheet(office.sheet_id, fields=FIELDS), VISITS)
    other = {"before": 4, "actor": OFFICE, "do": [does(office, plan.requests)]}
    google.script([other])
    assert not lay_out(office)
    assert missing(office) == []
    assert office.lay_out(VISITS) == LaidOut()


def test_columns_may_come_again_where_they_were_once(google: LocalGoogle) -> None:
    """What keeps two from doing the same at once is no memory of what the office took away."""
    office = at_work(google, [])
    assert lay_out(office)
    away = (lines("COLUMNS", 1, 2 + len(HEADERS)), lines("ROWS", 0, 1))
    gone = [{"deleteDimension": {"range": one}} for one in away]
    assert google.act(OFFICE, **does(office, gone))[0] == 200
    assert not lay_out(office)
    assert lay_out(office)
    assert missing(office) == []


def test_a_tab_of_its_name_that_comes_meanwhile_is_laid_out_the_second_time(
    google: LocalGoogle,
) -> None:
    office = office_with(google)
    added = does(office, [{"addSheet": {"properties": {"title": TAB}}}])
    google.script([{"before": 2, "actor": OFFICE, "do": [added]}])
    assert not lay_out(office)
    assert office.lay_out(VISITS).tabs == (TAB,)
    assert missing(office) == []


def test_another_refusal_is_told_as_it_is(google: LocalGoogle) -> None:
    """The office's own programs have used up the room for marks: pressing again cures nothing."""
    office = at_work(google, ROWS)
    told = {"metadataKey": "x" * 30_000, "visibility": "DOCUMENT", "location": {"sheetId": NUMBER}}
    full = {"createDeveloperMetadata": {"developerMetadata": told}}
    assert google.act(OFFICE, **does(office, [full]))[0] == 200
    before = office.shown()
    with pytest.raises(RefusedError) as refused:
        office.lay_out(VISITS)
    assert refused.value.trouble == "google_odd"
    assert office.shown() == before
