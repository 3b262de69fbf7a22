"""Requests of a batch about whole sheets, and about the spreadsheet itself."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from tests.support.google.answers import PROTECTED, RefusedError
from tests.support.google.cells import doubled_colours
from tests.support.google.change import Change
from tests.support.google.dimensions import resize
from tests.support.google.masks import merged
from tests.support.google.protection import may_edit
from tests.support.google.sheets import COLUMNS, ROWS, Book, Sheet
from tests.support.google.spreadsheet import sheet_properties
from tests.support.google.world import sheet_id

TAKEN = 'A sheet with the name "{}" already exists. Please enter another name.'


def _check_title(book: Book, title: str, own: Sheet | None = None) -> None:
    if any(s.title.casefold() == title.casefold() and s is not own for s in book.sheets):
        raise RefusedError(400, TAKEN.format(title))


def add_sheet(change: Change) -> dict[str, Any]:
    wanted, book = change.body.get("properties", {}), change.book
    free = (f"Sheet{n}" for n in itertools.count(len(book.sheets) + 1))
    title = wanted.get("title") or next(name for name in free if not book.titled(name))
    _check_title(book, title)
    grid = dict(wanted.get("gridProperties", {}))
    sheet = Sheet.blank(
        _free_id(change, wanted.get("sheetId")),
        title,
        grid.pop("rowCount", ROWS),
        grid.pop("columnCount", COLUMNS),
    )
    sheet.grid_looks = grid
    sheet.looks = _looks(wanted)
    index = wanted.get("index")
    book.sheets.insert(len(book.sheets) if index is None else index, sheet)
    book.check_size()
    return {"properties": sheet_properties(book, sheet)}


def _free_id(change: Change, wanted: int | None) -> int:
    taken = {sheet.sheet_id for sheet in change.book.sheets}
    if wanted is None:
        return int(change.world.new_id("sheets", sheet_id()))
    if wanted in taken:
        raise RefusedError(400, f"A sheet with ID {wanted} already exists.")
    return wanted


NOT_LOOKS = {"sheetId", "title", "index", "gridProperties", "sheetType"}


def _looks(properties: dict[str, Any]) -> dict[str, Any]:
    looks = {name: look for name, look in properties.items() if name not in NOT_LOOKS}
    return _coloured(looks)


def _coloured(looks: dict[str, Any]) -> dict[str, Any]:
    """A tab's colour is kept in eight bits a channel and shown twice."""
    looks = dict(looks)
    style = looks.get("tabColorStyle")
    colour = style.get("rgbColor") if style is not None else looks.get("tabColor")
    looks.pop("tabColor", None)
    if style is not None and "rgbColor" not in style and "themeColor" in style:
        return looks
    looks.pop("tabColorStyle", None)
    if colour is None:
        return looks
    return dict(doubled_colours({**looks, "tabColorStyle": {"rgbColor": colour}}))


def delete_sheet(change: Change) -> dict[str, Any]:
    book = change.book
    wanted = change.body.get("sheetId", 0)
    sheet = _existing(book, wanted)
    if sum(not s.looks.get("hidden") for s in book.sheets if s is not sheet) == 0:
        raise RefusedError(400, "You can't remove all the visible sheets in a document.")
    _check_whole(change, sheet)
    book.sheets.remove(sheet)
    book.named = [named for named in book.named if named.sheet_id != wanted]
    book.drop_lost_metadata()
    return {}


def _existing(book: Book, wanted: int) -> Sheet:
    for sheet in book.sheets:
        if sheet.sheet_id == wanted:
            return sheet
    raise RefusedError(400, f"No sheet with id: {wanted}")


def _check_whole(change: Change, sheet: Sheet) -> None:
    if not all(may_edit(p, change.caller, change.file.owner) for p in sheet.protections):
        raise RefusedError(400, PROTECTED)


def update_sheet_properties(change: Change) -> dict[str, Any]:
    wanted, book = change.body.get("properties", {}), change.book
    mask = change.mask("SheetProperties")
    sheet = _existing(book, wanted.get("sheetId", 0))
    if "*" in mask:
        mask = {name: {} for name in wanted if name != "sheetId"}
    if "title" in mask:
        _check_title(book, wanted.get("title", ""), sheet)
        sheet.title = wanted["title"]
    if "gridProperties" in mask:
        _update_grid(book, sheet, wanted.get("gridProperties", {}), mask["gridProperties"])
    if "index" in mask:
        _move(book, sheet, wanted.get("index", 0))
    looks = {name: beneath for name, beneath in mask.items() if name not in NOT_LOOKS}
    if "hidden" in looks and wanted.get("hidden"):
        _check_others_shown(book, sheet)
    if "tabColor" in looks:
        looks["tabColorStyle"] = {}
        wanted = {**wanted, "tabColorStyle": {"rgbColor": wanted.get("tabColor")}}
    if looks:
        new = merged(sheet.looks, wanted, looks)
        if "tabColorStyle" in looks:
            new.pop("tabColor", None)
        sheet.looks = _coloured(new)
    return {}


def _check_others_shown(book: Book, sheet: Sheet) -> None:
    if all(other.looks.get("hidden") for other in book.sheets if other is not sheet):
        raise RefusedError(400, "You can't hide all the sheets in a document.")


def _update_grid(book: Book, sheet: Sheet, wanted: dict[str, Any], mask: dict[str, Any]) -> None:
    if not mask or "*" in mask:
        mask = {name: {} for name in (*wanted, *sheet.grid_looks)}
    if "rowCount" in mask:
        resize(book, sheet, "ROWS", wanted.get("rowCount", 0))
    if "columnCount" in mask:
        resize(book, sheet, "COLUMNS", wanted.get("columnCount", 0))
    for name in mask:
        if name not in {"rowCount", "columnCount"}:
            sheet.grid_looks[name] = wanted.get(name)
    if (wanted.get("frozenRowCount") or 0) >= len(sheet.rows):
        raise RefusedError(400, "You can't freeze all visible rows on the sheet.")
    if (wanted.get("frozenColumnCount") or 0) >= len(sheet.columns):
        raise RefusedError(400, "You can't freeze all visible columns on the sheet.")


def _move(book: Book, sheet: Sheet, to: int) -> None:
    """The index counts before the sheet is taken out."""
    if to > len(book.sheets):
        raise RefusedError(400, f"index[{to}] is out of bounds. Sheets: {len(book.sheets)}")
    at = next(n for n, one in enumerate(book.sheets) if one is sheet)
    if to in {at, at + 1}:
        return
    book.sheets.pop(at)
    book.sheets.insert(to if to < at else to - 1, sheet)


def duplicate_sheet(change: Change) -> dict[str, Any]:
    """The copy has no developer metadata."""
    book = change.book
    source = _existing(book, change.body.get("sourceSheetId", 0))
    free = (f"Copy of {source.title}{n}" for n in ("", *(f" {n}" for n in range(2, 1000))))
    title = change.body.get("newSheetName") or next(n for n in free if not book.titled(n))
    _check_title(book, title)
    made = twin(source, _free_id(change, change.body.get("newSheetId")), title)
    book.sheets.insert(change.body.get("insertSheetIndex", 0), made)
    book.check_size()
    return {"properties": sheet_properties(book, made)}


def twin(source: Sheet, number: int, title: str) -> Sheet:
    made = source.copy()
    made.sheet_id, made.title = number, title
    fresh = Sheet.blank(number, title, len(made.rows), len(made.columns))
    for line, new in zip([*made.rows, *made.columns], [*fresh.rows, *fresh.columns], strict=True):
        line.key = new.key
    made.protections = [replace(one, sheet_id=number) for one in made.protections]
    made.conditions = [replace(one, sheet_id=number) for one in made.conditions]
    if made.basic_filter:
        made.basic_filter = replace(made.basic_filter, sheet_id=number)
    return made


def update_spreadsheet_properties(change: Change) -> dict[str, Any]:
    wanted, mask = change.body.get("properties", {}), change.mask("SpreadsheetProperties")
    if "*" in mask:
        mask = {name: {} for name in wanted}
    change.book.properties = merged(change.book.properties, wanted, mask)
    if "title" in mask:
        change.file.name = wanted.get("title", "")
        change.file.renamed = change.world.now
    return {}
