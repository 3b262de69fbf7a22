"""How a row is found again while others are inserted, sorted, moved and deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.smoke.facts import Worth
from services.smoke.own_tab import REFUSED, Found, OwnTab, Probe, at, cell, new_number
from services.store.google_grid import Json

ROW_OF = re.compile(r"![A-Z]+(\d+)")


def _append(tab: OwnTab) -> Iterator[Found]:
    tab.fresh([["a", "", "b"], [], ["", "", "c"]])
    tab.update(appended(tab, "=1+1", "d"))
    yield "append_goes_below_all", tab.values()


def appended(tab: OwnTab, *texts: str) -> Json:
    """A request for one more row."""
    row = {"values": [cell(text) for text in texts]}
    return {"appendCells": {"sheetId": tab.sheet_id, "rows": [row], "fields": "userEnteredValue"}}


def _anchor(tab: OwnTab) -> Iterator[Found]:
    """The row of «c» is noted while it is the first, and looked for after each change."""
    number = new_number()
    first = {"dimensionRange": lines(tab, 0)}
    tab.fresh([["c", "x"], ["a"], ["b"]], tab.note(number, first))
    yield "anchor_is_read", _through(tab, number)
    written = _write_through(tab, number, [None, "y"])
    yield "anchor_is_written", [at(written, "totalUpdatedCells"), _through(tab, number)]
    for name, change in _changes(tab).items():
        tab.update(change)
        yield name, _through(tab, number)
    tab.update({"deleteDimension": {"range": lines(tab, 0)}})
    left = tab.call("developerMetadata:search", {"dataFilters": [tab.noted(number)]})
    yield "anchor_goes_with_its_row", count(left, "matchedDeveloperMetadata")
    yield from _without_a_match(tab, number)


def lines(tab: OwnTab, row: int) -> Json:
    """One row, from 0."""
    return {
        "sheetId": tab.sheet_id,
        "dimension": "ROWS",
        "startIndex": row,
        "endIndex": row + 1,
    }


def _changes(tab: OwnTab) -> dict[str, Json]:
    """What moves the row of «c»: down by one, below «a» and «b», and back to the top."""
    inserted = {"range": lines(tab, 0), "inheritFromBefore": False}
    return {
        "anchor_follows_an_insertion": {"insertDimension": inserted},
        "anchor_follows_a_sort": _sorted(tab),
        "anchor_follows_a_move": {
            "moveDimension": {"source": lines(tab, 2), "destinationIndex": 0}
        },
    }


def _sorted(tab: OwnTab) -> Json:
    four = {"sheetId": tab.sheet_id, "startRowIndex": 0, "endRowIndex": 4}
    by_first = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
    columns = {"startColumnIndex": 0, "endColumnIndex": 2}
    return {"sortRange": {"range": {**four, **columns}, "sortSpecs": [by_first]}}


def _through(tab: OwnTab, number: int) -> Worth:
    """Which row the anchor is on, as people count, and what stands there."""
    answer = _read_through(tab, number)
    found = at(answer, "valueRanges", 0, "valueRange")
    row = ROW_OF.search(str(at(found, "range")))
    return [int(row[1]) if row else at(answer, REFUSED), at(found, "values", 0)]


def _read_through(tab: OwnTab, number: int) -> Json:
    body = {"dataFilters": [tab.noted(number)], "valueRenderOption": "FORMULA"}
    return tab.call("values:batchGetByDataFilter", body)


def _write_through(tab: OwnTab, number: int, values: list[str | None]) -> Json:
    one = {"dataFilter": tab.noted(number), "majorDimension": "ROWS", "values": [values]}
    return tab.call("values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [one]})


def _without_a_match(tab: OwnTab, gone: int) -> Iterator[Found]:
    told = _write_through(tab, gone, ["z"])
    yield "write_without_a_match", at(told, REFUSED) or at(told, "totalUpdatedCells") or 0
    yield "read_without_a_match", count(_read_through(tab, gone), "valueRanges")


def count(answer: Json, what: str) -> Worth:
    """How many the answer lists, or the words that refuse it."""
    return at(answer, REFUSED) or len(at(answer, what) or ())


PROBES: tuple[Probe, ...] = (_append, _anchor)
