"""What hangs on cells, and an office that hangs its own, wherever the workbook is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from services.store.base import Position, SheetStore
from services.store.google_notes import SEEN
from services.store.google_sheets import GoogleSheets
from services.store.memory import MemoryStore
from services.store.mirror import Mirror
from services.store.notes import Standing
from services.store.xlsx_folder import XlsxFolder
from tests.store.books import YEAR

Hung = dict[str, dict[Position, tuple[str, str]]]
"""Tab -> place -> note and colour."""


def hung(store: SheetStore) -> Hung:
    """Every note and every fill."""
    if isinstance(store, MemoryStore):
        told = {
            name: {at: (one.note, one.fill) for at, one in cells.items()}
            for name, cells in store.hung.get((YEAR, "5601"), {}).items()
        }
    elif isinstance(store, XlsxFolder):
        told = in_file(_file(store))
    else:
        told = _online(_live(store))
    bare = ("", "")
    return {
        name: kept
        for name, cells in told.items()
        if (kept := {at: one for at, one in sorted(cells.items()) if one != bare})
    }


def in_file(file: Any) -> Hung:
    """The same of one file, as another program reads it."""
    book = openpyxl.load_workbook(file)
    return {
        sheet.title: {
            (cell.row - 1, cell.column - 1): (
                cell.comment.text if cell.comment else "",
                cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type else "",
            )
            for row in sheet.iter_rows()
            for cell in row
        }
        for sheet in book.worksheets
    }


def _file(store: XlsxFolder) -> Path:
    (ref,) = store.workbooks(YEAR)
    return store.folder / str(YEAR) / ref.name


def _live(store: SheetStore) -> GoogleSheets:
    live = store.remote if isinstance(store, Mirror) else store
    assert isinstance(live, GoogleSheets)
    return live


def _online(live: GoogleSheets) -> Hung:
    (ref,) = live.workbooks(YEAR)
    answer = live.http.spreadsheet(ref.home, fields=SEEN)
    return {
        sheet["properties"]["title"]: {
            (row, column): (cell.get("note", ""), _hex(cell.get("userEnteredFormat", {})))
            for row, line in enumerate(sheet["data"][0].get("rowData", []))
            for column, cell in enumerate(line.get("values", []))
        }
        for sheet in answer["sheets"]
    }


def _hex(looks: Any) -> str:
    rgb = looks.get("backgroundColor")
    if rgb is None:
        return ""
    return "".join(f"{round(255 * rgb.get(name, 0)):02X}" for name in ("red", "green", "blue"))


def hang(store: SheetStore, tab: str, position: Position, note: str = "", fill: str = "") -> None:
    """As the office does it, with its own program."""
    row, column = position
    if isinstance(store, MemoryStore):
        cells = store.hung.setdefault((YEAR, "5601"), {}).setdefault(tab, {})
        cells[position] = Standing(note, fill)
    elif isinstance(store, XlsxFolder):
        book = openpyxl.load_workbook(_file(store))
        cell = book[tab].cell(row + 1, column + 1)
        cell.comment = Comment(note, "สำนักงาน") if note else None
        cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
        book.save(_file(store))
    else:
        live = _live(store)
        (ref,) = live.workbooks(YEAR)
        numbers = {
            one["properties"]["title"]: one["properties"]["sheetId"]
            for one in live.http.spreadsheet(ref.home, fields="sheets(properties)")["sheets"]
        }
        start = {"sheetId": numbers[tab], "rowIndex": row, "columnIndex": column}
        cell = {"note": note, "userEnteredFormat": _looks(fill)}
        rows = [{"values": [cell]}]
        asked = {"start": start, "rows": rows, "fields": "note,userEnteredFormat.backgroundColor"}
        live.http.update(ref.home, [{"updateCells": asked}])


def _looks(fill: str) -> Any:
    if not fill:
        return {}
    steps = [int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return {"backgroundColor": dict(zip(("red", "green", "blue"), steps, strict=True))}
