"""What is asked of Google in a batchUpdate, request by request; text is always written as text."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from services.store.google_grid import Json

T = TypeVar("T", bound=Hashable)
Span = tuple[int, int]
"""First column or row, and one past the last."""


def alike(told: Mapping[int, T]) -> Iterator[tuple[Span, T]]:
    """Neighbouring columns that are told the same, together.

    >>> list(alike({0: "a", 1: "a", 2: "b", 4: "b"}))
    [((0, 2), 'a'), ((2, 3), 'b'), ((4, 5), 'b')]
    """
    columns = enumerate(sorted(told))
    for (_, what), run in groupby(columns, key=lambda at: (at[1] - at[0], told[at[1]])):
        places = [column for _, column in run]
        yield (places[0], places[-1] + 1), what


def add_tab(properties: Json) -> Json:
    """Add a tab after the last one."""
    return {"addSheet": {"properties": properties}}


def grow_rows(sheet_id: int, length: int) -> Json:
    """Add empty rows at the end."""
    return {"appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": length}}


def insert_columns(sheet_id: int, columns: Span) -> Json:
    """Insert columns; those that stood there and to the right of it make way."""
    where: dict[str, Any] = {"sheetId": sheet_id, "dimension": "COLUMNS"}
    where |= {"startIndex": columns[0], "endIndex": columns[1]}
    return {"insertDimension": {"range": where, "inheritFromBefore": columns[0] > 0}}


def text(words: str) -> Json:
    """A cell that holds these words, whatever they look like."""
    return {"userEnteredValue": {"stringValue": words}}


def write(sheet_id: int, row: int, cells: Mapping[int, Json], fields: str) -> Iterator[Json]:
    """Write cells of one row by column."""
    for (first, end), _ in alike(dict.fromkeys(cells)):
        values = [cells[column] for column in range(first, end)]
        start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": first}
        yield {"updateCells": {"start": start, "rows": [{"values": values}], "fields": fields}}


def write_rows(sheet_id: int, rows: Iterable[Sequence[Json]], fields: str) -> Json:
    """Write rows from the sheet's corner on."""
    told = [{"values": list(row)} for row in rows]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": told, "fields": fields}}


def columns_below(sheet_id: int, row: int, columns: Span) -> Json:
    """These columns from a row down to the last one."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": row,
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def same(where: Json, cell: Json, fields: str) -> Json:
    """Set the same on every cell."""
    return {"repeatCell": {"range": where, "cell": cell, "fields": fields}}


def offer(where: Json, words: Sequence[str]) -> Json:
    """A drop-down that reminds and never forbids."""
    values = [{"userEnteredValue": word} for word in words]
    condition = {"type": "ONE_OF_LIST", "values": values}
    rule = {"condition": condition, "showCustomUi": True, "strict": False}
    return {"setDataValidation": {"range": where, "rule": rule}}


def columns_look(sheet_id: int, columns: Span, properties: Json) -> Json:
    """Width and whether the columns are hidden: what of it is told."""
    where: dict[str, Any] = {"sheetId": sheet_id, "dimension": "COLUMNS"}
    where |= {"startIndex": columns[0], "endIndex": columns[1]}
    told = {"range": where, "properties": properties, "fields": ",".join(properties)}
    return {"updateDimensionProperties": told}


def warn(where: Json, description: str) -> Json:
    """Ask people before they change cells; nobody is kept from it."""
    told = {"range": where, "description": description, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": told}}


def colour(hex_code: str) -> Json:
    """Google's colour of «#RRGGBB».

    >>> colour("#FF0000")
    {'rgbColor': {'red': 1.0, 'green': 0.0, 'blue': 0.0}}
    """
    channels = zip(("red", "green", "blue"), bytes.fromhex(hex_code.removeprefix("#")), strict=True)
    return {"rgbColor": {name: share / 255 for name, share in channels}}
