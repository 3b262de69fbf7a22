"""What a workbook keeps, looked at: by openpyxl, or in the XML itself."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from warnings import catch_warnings
from zipfile import ZipFile

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.store.office_books import LAST, TAB, parts

SHEETS = [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]


@cache
def book(data: bytes) -> openpyxl.Workbook:
    with catch_warnings(action="ignore"):  # openpyxl says what it does not understand
        return openpyxl.load_workbook(BytesIO(data), rich_text=True)


def sheets(data: bytes) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in book(data).worksheets}


def raw(data: bytes, *patterns: str) -> list[bytes]:
    """What all sheets' XML says of it, and the parts that hold it."""
    held = parts(data)
    told = [found for name in SHEETS if name in held for found in _said(held[name], patterns)]
    return told + [held[name] for name in held if re.search("|".join(patterns), name)]


def _said(xml: bytes, patterns: tuple[str, ...]) -> list[bytes]:
    names = "|".join(patterns).encode()
    whole = re.compile(rb"<(%s)(?=[\s/>])(?:[^<>]*/>|.*?</\1>)" % names, re.DOTALL)
    return [found[0] for found in whole.finditer(xml)]


def entries(data: bytes) -> object:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        of_each = [(e.filename, e.date_time, e.compress_type, e.extra) for e in archive.infolist()]
        return of_each, archive.comment


def cell_looks(data: bytes) -> object:
    return {
        (name, cell.coordinate): (cell.font.b, cell.fill.bgColor.rgb, cell.number_format)
        for name, sheet in sheets(data).items()
        for row in sheet.iter_rows(max_row=15, max_col=9)
        for cell in row
    }


def texts_of_formulas(data: bytes) -> object:
    return {
        (name, cell.coordinate): cell.value
        for name, sheet in sheets(data).items()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def notes(data: bytes) -> object:
    return {
        cell.coordinate: (cell.comment.text, cell.comment.author)
        for row in sheets(data)[TAB].iter_rows()
        for cell in row
        if cell.comment
    }


def hidden(data: bytes) -> object:
    return [(sheet.title, sheet.sheet_state) for sheet in sheets(data).values()]


def rows_as_they_look(data: bytes) -> object:
    return [
        (number, row.height, row.hidden)
        for number, row in sheets(data)[TAB].row_dimensions.items()
        if number <= LAST
    ]
