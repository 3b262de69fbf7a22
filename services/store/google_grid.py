"""Google's cells as our tabs: values, formulas, errors and number formats, from one answer.

`values:batchGet` would be smaller on the wire, but it tells neither a date from a number nor an
error or a formula's result from typed text (docs/decisions/020).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from services.store.base import TELLING_FORMAT, Fault, Position, RawTab, Stored

Json = Mapping[str, Any]
FIELDS = (
    "properties(title),sheets(properties(sheetId,title,sheetType),data(startRow,startColumn,"
    "rowData(values(effectiveValue,userEnteredValue(formulaValue),effectiveFormat(numberFormat)))))"
)
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 – sheets know no time zones
SHOWN = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}
"""Google's error types as its sheets show them."""
STILL_WORKING = "LOADING"
USUAL = {"PERCENT": "0.00%"}
"""What a format shows that names no pattern."""
FILLED = ("effectiveValue", "userEnteredValue")
DAYS = ("DATE", "DATE_TIME", "TIME")
ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)


def tabs_of(answer: Json, link: str) -> tuple[RawTab, ...]:
    """Every tab that holds cells; `link` opens the spreadsheet.

    Raises:
        ValueError: this is no answer of Google's: every spreadsheet has a tab, and each a title.
    """
    sheets = answer.get("sheets") if isinstance(answer, dict) else None
    if not isinstance(sheets, list) or not all(map(_is_sheet, sheets)) or not sheets:
        message = "no spreadsheet"
        raise ValueError(message)
    kinds = ((sheet, sheet["properties"].get("sheetType", "GRID")) for sheet in sheets)
    return tuple(_tab(sheet, link) for sheet, kind in kinds if kind == "GRID")


def _is_sheet(sheet: object) -> bool:
    return isinstance(sheet, dict) and "title" in sheet.get("properties", {})


def cells_of(sheet: Json) -> Iterator[tuple[Position, Json]]:
    """The cells of a Sheet resource that say anything, with their places."""
    for block in sheet.get("data", ()):
        top, left = block.get("startRow", 0), block.get("startColumn", 0)
        for row, line in enumerate(block.get("rowData", ()), top):
            for column, cell in enumerate(line.get("values", ()), left):
                if cell:
                    yield (row, column), cell


def _tab(sheet: Json, link: str) -> RawTab:
    """The tab from its first cell to its last one that shows something."""
    typed: dict[Position, Stored] = {}
    faults: dict[Position, Fault] = {}
    formulas: set[Position] = set()
    formats: dict[Position, str] = {}
    for at, cell in cells_of(sheet):
        if cell.keys().isdisjoint(FILLED):
            continue
        number_format = cell.get("effectiveFormat", {}).get("numberFormat", {})
        worth = _stored(cell.get("effectiveValue", {}), number_format)
        if isinstance(worth, Fault):
            faults[at] = worth
        elif worth != "":
            typed[at] = worth
        if "formulaValue" in cell.get("userEnteredValue", {}):
            formulas.add(at)
        pattern = number_format.get("pattern") or USUAL.get(number_format.get("type", ""), "")
        if isinstance(worth, float) and TELLING_FORMAT.search(pattern):
            formats[at] = pattern
    own = sheet["properties"]
    title = _whole(str(own["title"]))
    rows = _rectangle(typed, {*typed, *faults})
    url = f"{link}#gid={own.get('sheetId', 0)}"
    return RawTab(title, rows, faults, partial(frozenset, formulas), partial(dict, formats), url)


def _rectangle(typed: Mapping[Position, Stored], used: set[Position]) -> list[list[Stored]]:
    height = max((row + 1 for row, _ in used), default=0)
    width = max((column + 1 for _, column in used), default=0)
    rows: list[list[Stored]] = [[""] * width for _ in range(height)]
    for (row, column), worth in typed.items():
        rows[row][column] = worth
    return rows


def _stored(value: Json, number_format: Json) -> Stored | Fault:
    """A cell's value as every store gives it; a ticked box as the sheet shows it."""
    if "stringValue" in value:
        return _whole(str(value["stringValue"]))
    if "numberValue" in value:
        return _number(float(value["numberValue"]), number_format)
    if "boolValue" in value:
        return str(value["boolValue"]).upper()
    if "errorValue" in value:
        kind = value["errorValue"].get("type", "ERROR")
        if kind == STILL_WORKING:
            return Fault("formula_without_value", "=…")
        return Fault("formula_error", SHOWN.get(kind, "#ERROR!"))
    return ""


def _whole(text: str) -> str:
    """A text whose every sign is one: JSON can hold half a sign, and no file or page takes it."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _number(number: float, number_format: Json) -> Stored:
    """Days are counted from 30 Dec 1899; the format says what a number is shown as.

    A whole day is a date also where the format could show a time, as calamine tells it.
    """
    if number_format.get("type") not in DAYS:
        return number
    try:
        moment = EPOCH + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return number
    if ELAPSED.search(number_format.get("pattern", "")):
        return moment - EPOCH
    if 0 <= number < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
