"""A folder of workbooks, put into a local Google as an office's spreadsheets.

Read by openpyxl, not by the product: what the product misreads must not stand there misread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.google.books import EPOCH, ERRORS, OFFICE, ROBOT, key
from tests.support.google.client import LocalGoogle

Links = Mapping[int, Mapping[str, str]]
Json = dict[str, Any]


def add_province(google: LocalGoogle, folder: Path) -> Links:
    """Every workbook of every year; the links an office would paste."""
    links: dict[int, dict[str, str]] = {}
    for place in sorted(folder.glob("*/*.xlsx")):
        district = place.name[:4]
        sheet_id = google.add_spreadsheet(
            place.stem, sheets_of(place), shared_with={ROBOT: "writer"}, owner=OFFICE
        )
        link = f"https://docs.google.com/spreadsheets/d/{sheet_id}/edit#gid=0"
        links.setdefault(int(place.parent.name), {})[district] = link
    return links


def sheets_of(place: Path) -> list[Json]:
    """A workbook as Google would import it: a formula keeps the result that the file holds."""
    typed, worked_out = load_workbook(place), load_workbook(place, data_only=True)
    return [
        {
            "properties": {"title": sheet.title, "gridProperties": _grid(sheet)},
            "data": [{"rowData": list(_rows(sheet, worked_out[sheet.title]))}],
        }
        for sheet in typed.worksheets
    ]


def _grid(sheet: Worksheet) -> Json:
    return {"rowCount": max(sheet.max_row, 1000), "columnCount": sheet.max_column + 5}


def _rows(typed: Worksheet, worked_out: Worksheet) -> Iterator[Json]:
    for pair in zip(typed.iter_rows(), worked_out.iter_rows(), strict=True):
        yield {"values": [_cell(one, result) for one, result in zip(*pair, strict=True)]}


def _cell(typed: Cell, worked_out: Cell) -> Json:
    if typed.value is None:
        return {}
    told: Json = {"effectiveValue": _worth(worked_out)}
    if typed.data_type == "f":
        told["userEnteredValue"] = {"formulaValue": str(typed.value)}
    else:
        told["userEnteredValue"] = told["effectiveValue"]
    if typed.is_date:
        told["userEnteredFormat"] = {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}
    elif typed.number_format not in ("General", "@"):
        kind = "PERCENT" if "%" in typed.number_format else "NUMBER"
        told["userEnteredFormat"] = {"numberFormat": {"type": kind, "pattern": typed.number_format}}
    return told


def _worth(cell: Cell) -> Json:
    """What the cell shows, in Google's own kinds."""
    if cell.value is None:
        return {"errorValue": {"type": "LOADING", "message": "Loading..."}}
    if cell.data_type == "e":
        return {"errorValue": {"type": ERRORS.get(str(cell.value), "ERROR"), "message": "wrong"}}
    if isinstance(cell.value, bool):
        return {"boolValue": cell.value}
    if isinstance(cell.value, datetime):
        return {"numberValue": (cell.value - EPOCH) / timedelta(days=1)}
    if isinstance(cell.value, int | float):
        return {"numberValue": cell.value}
    return {"stringValue": str(cell.value)}


def write_secrets(
    place: Path, google: LocalGoogle, links: Links, sample_day: date | None = None
) -> Path:
    """The secrets an office would write, with the local server in Google's place."""
    day = "" if sample_day is None else f"sample_day = {sample_day.isoformat()}\n"
    tables = [f'[google]\napi_root = "{google.address}"\n{day}']
    for year, districts in links.items():
        lines = [f'{code} = "{link}"' for code, link in districts.items()]
        tables.append("\n".join([f"[google.years.{year}]", *lines]))
    told = [f"{name} = {_quoted(value)}" for name, value in key().items()]
    tables.append("\n".join(["[google.service_account]", *told]))
    place.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return place


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
