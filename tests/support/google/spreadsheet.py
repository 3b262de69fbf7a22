"""A spreadsheet as Google shows it: properties, sheets, and grid data where asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tests.support.google import a1
from tests.support.google.a1 import Box, Dimension, Span
from tests.support.google.cells import EMPTY, Cell
from tests.support.google.dimensions import COLUMN_PIXELS, ROW_PIXELS
from tests.support.google.groups import groups_json
from tests.support.google.masks import Mask, names, selected
from tests.support.google.metadata import metadata_json, sheet_metadata
from tests.support.google.protection import may_edit
from tests.support.google.results import Results, number_format
from tests.support.google.sheets import Book, Line, Ranged, Sheet
from tests.support.google.world import File

WHOLE_ADDRESS = re.compile(r"https?://\S+")
WORKED_OUT = {"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"}
SHOWN = {"effectiveValue", "effectiveFormat"}
Wanted = list[tuple[Sheet, Span]]


class View:
    """One look at a spreadsheet by one caller."""

    def __init__(self, file: File, book: Book, caller: str, mask: Mask) -> None:
        self.file = file
        self.book = book
        self.caller = caller
        self.mask = mask
        self.results = Results(book)
        cells = ("sheets", "data", "rowData", "values")
        self.parts = {part for part in WORKED_OUT if names(mask, *cells, part)}

    def spreadsheet(self, wanted: Wanted, *, grid: bool, narrowed: bool) -> dict[str, Any]:
        """Give the Spreadsheet resource; `wanted` ranges narrow sheets and merges."""
        book = self.book
        shown = [s for s in book.sheets if not narrowed or any(s is w for w, _ in wanted)]
        by_sheet = {s.sheet_id: [span for w, span in wanted if w is s] for s in shown}
        resource = {
            "spreadsheetId": self.file.file_id,
            "properties": book.properties,
            "sheets": [self.sheet(sheet, by_sheet[sheet.sheet_id], grid=grid) for sheet in shown],
            "namedRanges": [named_json(named) for named in book.named],
            "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{self.file.file_id}/edit",
            "developerMetadata": [
                metadata_json(book, m) for m in book.metadata.values() if m.sheet_id is None
            ],
        }
        return selected({k: v for k, v in resource.items() if v != [] or k == "sheets"}, self.mask)

    def sheet(self, sheet: Sheet, spans: list[Span], *, grid: bool) -> dict[str, Any]:
        boxes = [sheet.checked(span) for span in spans] or [sheet.whole]
        resource: dict[str, Any] = {"properties": sheet_properties(self.book, sheet)}
        if grid:
            resource["data"] = [self.grid_data(sheet, box) for box in boxes]
        lists: dict[str, list[Any]] = {
            "merges": [
                a1.grid_range(sheet.sheet_id, merge.span())
                for merge in sheet.merges
                if any(merge.meets(box) for box in boxes)
            ],
            "conditionalFormats": [condition_json(rule) for rule in sheet.conditions],
            "protectedRanges": [
                protection_json(one, self.caller, self.file.owner) for one in sheet.protections
            ],
            "developerMetadata": sheet_metadata(self.book, sheet),
            "rowGroups": groups_json(sheet, "ROWS"),
            "columnGroups": groups_json(sheet, "COLUMNS"),
        }
        if sheet.basic_filter:
            resource["basicFilter"] = filter_json(sheet.basic_filter)
        return resource | {name: items for name, items in lists.items() if items}

    def grid_data(self, sheet: Sheet, box: Box) -> dict[str, Any]:
        starts = {"startRow": box.top, "startColumn": box.left}
        data: dict[str, Any] = {name: start for name, start in starts.items() if start}
        if self._asked("rowData"):
            rows = [self._row(sheet, number, box) for number in range(box.top, box.bottom)]
            while rows and not rows[-1]:
                rows.pop()
            if rows:
                data["rowData"] = rows
        for name, dimension, ends in _lines_asked(box):
            if self._asked(name):
                data[name] = [self._line(sheet, dimension, number) for number in range(*ends)]
        return data

    def _asked(self, part: str) -> bool:
        return names(self.mask, "sheets", "data", part)

    def _row(self, sheet: Sheet, number: int, box: Box) -> dict[str, Any]:
        line = sheet.rows[number]
        if not line.cells:
            return {}
        end = min(box.right, line.last(lambda _: True))
        values = [self._cell(sheet, number, column) for column in range(box.left, end)]
        return {"values": values} if values else {}

    def _cell(self, sheet: Sheet, row: int, column: int) -> dict[str, Any]:
        cell = sheet.cell(row, column)
        if cell is EMPTY:
            return {}
        data, results = cell.data(), self.results
        if cell.entered is not None and self.parts & SHOWN:
            data["effectiveValue"] = results.effective(sheet, row, column)
        if cell.entered is not None and "formattedValue" in self.parts:
            data["formattedValue"] = results.formatted(sheet, row, column)
        shaped = cell.entered is not None or cell.format is not None
        if shaped and "effectiveFormat" in self.parts:
            data["effectiveFormat"] = effective_format(self.book, cell, data.get("effectiveValue"))
        link = _link(cell) if "hyperlink" in self.parts else None
        return data | ({"hyperlink": link} if link else {})

    def _line(self, sheet: Sheet, dimension: Dimension, number: int) -> dict[str, Any]:
        line: Line = sheet.lines(dimension)[number]
        pixels = line.pixels or (ROW_PIXELS if dimension == "ROWS" else COLUMN_PIXELS)
        hung = [
            metadata_json(self.book, m) for m in self.book.metadata.values() if m.line == line.key
        ]
        looks: dict[str, Any] = {"hiddenByUser": True} if line.hidden else {}
        return looks | {"pixelSize": pixels} | ({"developerMetadata": hung} if hung else {})


def _lines_asked(box: Box) -> Iterable[tuple[str, Dimension, tuple[int, int]]]:
    yield "rowMetadata", "ROWS", (box.top, box.bottom)
    yield "columnMetadata", "COLUMNS", (box.left, box.right)


def _link(cell: Cell) -> str | None:
    """A cell that holds a whole address can be clicked."""
    text = (cell.entered or {}).get("stringValue", "")
    return text if WHOLE_ADDRESS.fullmatch(text) else None


def effective_format(book: Book, cell: Cell, effective: dict[str, Any] | None) -> dict[str, Any]:
    kind = next(iter(effective or {}), "stringValue")
    align = {"numberValue": "RIGHT", "boolValue": "CENTER", "errorValue": "CENTER"}
    plain = {**book.properties["defaultFormat"], "hyperlinkDisplayType": "PLAIN_TEXT"}
    plain["textFormat"] = {**plain["textFormat"], "fontFamily": "Arial"}
    plain["horizontalAlignment"] = align.get(kind, "LEFT")
    if number_format(cell):
        plain["numberFormat"] = number_format(cell)
    return _over(plain, dict(cell.format or {}))


def _over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    result = dict(under)
    for name, value in over.items():
        both = isinstance(value, dict) and isinstance(under.get(name), dict)
        colour = "olor" in name
        result[name] = _over(under[name], value) if both and not colour else value
    return result


def sheet_properties(book: Book, sheet: Sheet) -> dict[str, Any]:
    grid = {"rowCount": len(sheet.rows), "columnCount": len(sheet.columns)}
    return {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": next(n for n, one in enumerate(book.sheets) if one is sheet),
        "sheetType": "GRID",
        "gridProperties": grid | {k: v for k, v in sheet.grid_looks.items() if v},
    } | {name: look for name, look in sheet.looks.items() if look not in (None, False)}


def named_json(named: Ranged) -> dict[str, Any]:
    return {**named.body, "range": a1.grid_range(named.sheet_id, named.spans[0])}


def condition_json(rule: Ranged) -> dict[str, Any]:
    ranges = [a1.grid_range(rule.sheet_id, span) for span in rule.spans]
    return {"ranges": ranges, **rule.body}


def filter_json(basic: Ranged) -> dict[str, Any]:
    return {"range": a1.grid_range(basic.sheet_id, basic.spans[0]), **basic.body}


def protection_json(protection: Ranged, caller: str, owner: str) -> dict[str, Any]:
    body = dict(protection.body)
    if protection.spans:
        body["range"] = a1.grid_range(protection.sheet_id, protection.spans[0])
    if may_edit(protection, caller, owner):
        return body | {"requestingUserCanEdit": True}
    return {k: v for k, v in body.items() if k not in {"requestingUserCanEdit", "editors"}}
