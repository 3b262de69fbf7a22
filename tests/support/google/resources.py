"""Sheets from Google's own JSON."""

from __future__ import annotations

from typing import Any

from tests.support.google import a1
from tests.support.google.cells import cell_from, doubled_colours
from tests.support.google.sheets import COLUMNS, KEYS, ROWS, Line, Ranged, Sheet


def sheet_from(resource: dict[str, Any], sheet_id: int, title: str) -> Sheet:
    """Read a Sheet resource in Google's own JSON."""
    properties = dict(resource.get("properties", {}))
    grid = dict(properties.get("gridProperties", {}))
    sheet = Sheet.blank(
        properties.get("sheetId", sheet_id),
        properties.get("title", title),
        grid.pop("rowCount", ROWS),
        grid.pop("columnCount", COLUMNS),
    )
    kept = {"sheetId", "title", "index", "gridProperties", "sheetType"}
    sheet.looks = doubled_colours({k: v for k, v in properties.items() if k not in kept})
    sheet.grid_looks = grid
    for data in resource.get("data", []):
        _fill(sheet, data)
    sheet.merges = [sheet.clip(a1.span_of(merge)) for merge in resource.get("merges", [])]
    for protected in resource.get("protectedRanges", []):
        body = {k: v for k, v in protected.items() if k != "range"}
        body.setdefault("protectedRangeId", next(KEYS))
        span = a1.span_of(protected.get("range", {}))
        sheet.protections.append(Ranged((span,), body, sheet.sheet_id))
    for rule in resource.get("conditionalFormats", []):
        spans = tuple(a1.span_of(part) for part in rule.get("ranges", []))
        body = {k: v for k, v in rule.items() if k != "ranges"}
        sheet.conditions.append(Ranged(spans, doubled_colours(body), sheet.sheet_id))
    return sheet


def _fill(sheet: Sheet, data: dict[str, Any]) -> None:
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    for down, row in enumerate(data.get("rowData", [])):
        sheet.grow("ROWS", top + down + 1)
        for across, cell in enumerate(row.get("values", [])):
            sheet.grow("COLUMNS", left + across + 1)
            sheet.put(top + down, left + across, cell_from(cell))
    _look(sheet.rows[top:], data.get("rowMetadata", []))
    _look(sheet.columns[left:], data.get("columnMetadata", []))


def _look(lines_: list[Line], metadata: list[dict[str, Any]]) -> None:
    for line, looks in zip(lines_, metadata, strict=False):
        line.hidden = bool(looks.get("hiddenByUser"))
        line.pixels = looks.get("pixelSize")
