"""An office with a spreadsheet in the local Google, as Google itself shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from google.auth.credentials import Credentials

from services.google_setup.lay_out import LaidOut, lay_out
from services.normalise.workbook import Tables, normalise_workbook, registers_of
from services.secrets_file import GoogleAccount
from services.store.google_http import GoogleHTTP, credentials
from services.store.google_sheets import GoogleSheets
from services.template import READ_FIRST
from sheets_schema.loader import programme
from sheets_schema.model import Programme
from tests.support.google.books import OFFICE, ROBOT, key
from tests.support.google.client import LocalGoogle

Json = dict[str, Any]
Cells = dict[tuple[int, int], Json]
TOLD = (
    "properties,namedRanges,developerMetadata,sheets(properties,merges,protectedRanges,"
    "conditionalFormats,basicFilter,data(startRow,startColumn,rowMetadata,columnMetadata,"
    "rowData(values(userEnteredValue,userEnteredFormat,formattedValue,note,dataValidation))))"
)
"""All there is to tell; what a cell's format comes to is left out, for it follows from the rest."""

VISITS = replace(programme(2565), registers=("visits",), optional_registers=())
REGISTER = registers_of(VISITS)["visits"]
TAB = REGISTER.tab
HEADERS = [column.header for column in REGISTER.columns]
FEW = 12
"""Rows prepared, where a test does not need a thousand of them."""


@cache
def _credentials(address: str) -> Credentials:
    """Taking a key apart costs more than a call."""
    return credentials(GoogleAccount(key(), address))


class Office:
    """One spreadsheet, which the office shares with the product."""

    def __init__(self, google: LocalGoogle, *sheets: Json, role: str = "writer") -> None:
        google.reset(keep_bodies=True)
        self.google = google
        self.sheet_id = google.add_spreadsheet(
            "5601", list(sheets), shared_with={ROBOT: role}, owner=OFFICE
        )
        account = GoogleAccount(key(), google.address)
        self.http = GoogleHTTP(account, _auth=_credentials(google.address))

    def lay_out(self, programme: Programme) -> LaidOut:
        return lay_out(self.http, self.sheet_id, programme)

    def calls(self) -> Counter[str]:
        """Count the product's calls since the last count."""
        counted = Counter(call.kind for call in self.google.calls())
        self.google.forget_calls()
        return counted

    def shown(self, *tabs: str, fields: str = TOLD) -> Json:
        """All Google tells of the spreadsheet, or of some tabs."""
        asked = {"fields": fields, "ranges": [f"'{tab}'" for tab in tabs]}
        path = f"/v4/spreadsheets/{self.sheet_id}"
        status, answer = self.google.act(OFFICE, "GET", path, asked)
        assert status == 200
        return dict(answer)

    def tab(self, title: str) -> Json:
        (only,) = self.shown(title)["sheets"]
        return dict(only)

    def titles(self) -> list[str]:
        told = self.shown(fields="sheets.properties.title")
        return [one["properties"]["title"] for one in told["sheets"]]

    def read(self, programme: Programme) -> tuple[Tables, list[tuple[str, str | None, str]]]:
        """Read as the product reads every day: the registers, and what needs attention."""
        store = GoogleSheets(self.http, {programme.year: {"5601": self.sheet_id}})
        raw = store.read(store.workbooks(programme.year)[0], programme.year)
        assert raw is not None
        tables, findings = normalise_workbook(raw, "5601", programme)
        return tables, [(one.code, one.register, one.header) for one in findings]


def sheet(title: str, rows: Sequence[Sequence[str | Json]], **more: Any) -> Json:
    """A tab as a Sheet resource: a text is typed, anything else is a cell of Google's."""
    cells = [
        [{"userEnteredValue": {"stringValue": one}} if isinstance(one, str) else one for one in row]
        for row in rows
    ]
    empty: Json = {}
    values = [[one if one.get("userEnteredValue") != {"stringValue": ""} else empty for one in row]
              for row in cells]  # fmt: skip
    grid = {"rowCount": 50, "columnCount": 26, **more.pop("grid", {})}
    data = {"rowData": [{"values": row} for row in values], **more.pop("data", {})}
    own = {"title": title, "gridProperties": grid, **more.pop("properties", {})}
    return {"properties": own, "data": [data], **more}


def cells(tab: Json) -> Cells:
    """Cells that say anything, by row and column."""
    return {
        (row, column): cell
        for row, line in enumerate(tab["data"][0].get("rowData", ()))
        for column, cell in enumerate(line.get("values", ()))
        if cell
    }


def row_of(tab: Json, row: int = 0) -> list[str]:
    """What stands in a row, up to its last cell."""
    said = {at: cell for (line, at), cell in cells(tab).items() if line == row}
    return [said.get(at, {}).get("formattedValue", "") for at in range(max(said, default=-1) + 1)]


def added_to(before: Json, after: Json, at: int) -> tuple[Cells, list[Json]]:
    """What a tab says now that it did not: cells and protections; nothing else may have changed.

    From column `at` on, what stood there has made way for new columns.
    """
    new = cells(after)
    rows, columns = _size(before)
    made = _size(after)[1] - columns
    old = {
        (row, column if column < at else column + made): cell
        for (row, column), cell in cells(before).items()
    }
    for place, cell in old.items():
        assert new[place] == cell
    was, now = before["data"][0], after["data"][0]
    widths = now["columnMetadata"]
    assert [*widths[:at], *widths[at + made :]] == was["columnMetadata"]
    assert now["rowMetadata"][:rows] == was["rowMetadata"]
    ours = {"gridProperties", "index"}
    assert _without(after["properties"], ours) == _without(before["properties"], ours)
    grid, grid_now = (one["properties"]["gridProperties"] for one in (before, after))
    sizes = {"rowCount", "columnCount"}
    assert _without(grid_now, sizes) == _without(grid, sizes)
    protected = before.get("protectedRanges", [])
    assert after.get("protectedRanges", [])[: len(protected)] == protected
    for part in ("merges", "conditionalFormats", "basicFilter"):
        assert after.get(part) == before.get(part)
    added = {place: cell for place, cell in new.items() if place not in old}
    assert {column for _, column in added} <= set(range(at, at + made))
    return added, after.get("protectedRanges", [])[len(protected) :]


def _size(tab: Json) -> tuple[int, int]:
    grid = tab["properties"]["gridProperties"]
    return grid["rowCount"], grid["columnCount"]


def _without(told: Mapping[str, Any], names: Any) -> Json:
    return {name: part for name, part in told.items() if name not in names}


def typed(words: str, **more: Any) -> Json:
    return {"userEnteredValue": {"stringValue": words}, **more}


def office_with(google: LocalGoogle, *sheets: Json) -> Office:
    return Office(google, *sheets, sheet(READ_FIRST, [["ของสำนักงาน"]]))


def laid_out(office: Office, tab: str = TAB) -> tuple[LaidOut, dict[Any, Json], list[Json]]:
    """Lay out; what was done, and what the tab now says beside what it said. Again: nothing."""
    before = office.shown()
    done = office.lay_out(VISITS)
    after = office.shown()
    again = office.lay_out(VISITS)
    assert (again.changes, again.tabs, again.columns) == (0, (), ())
    assert office.shown() == after
    was, now = (
        {one["properties"]["title"]: one for one in told["sheets"]} for told in (before, after)
    )
    for title, untouched in was.items():
        if title != tab:
            assert now[title] == untouched
    right_end = _size(was[tab])[1]
    first = [
        column
        for (_, column), cell in cells(now[tab]).items()
        if cell.get("formattedValue") == HEADERS[0]
    ]
    at = min(first) if tab in done.tabs else right_end
    return (done, *added_to(was[tab], now[tab], at))


def missing(office: Office) -> list[tuple[str, str | None, str]]:
    _, findings = office.read(VISITS)
    return [one for one in findings if one[0] in ("header_missing", "missing_tab", "header_twice")]
