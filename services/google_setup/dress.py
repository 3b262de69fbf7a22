"""A register's new columns, as requests: headers, help, drop-downs, formats, protections."""

from __future__ import annotations

from collections.abc import Iterator

from services.google_setup import changes
from services.google_setup.site import Site
from services.issues import reason
from services.normalise.locate import ROW_ID
from services.store.google_grid import Json
from services.store.google_hold import Line, once
from services.template import (
    NUMBER_FORMATS,
    OPTIONAL_COLOURS,
    REQUIRED_COLOURS,
    drop_down,
    must,
    note,
    width,
)

ROWS_PREPARED = 300
"""Rows below a new header. Each costs a reading some bytes; rows that people add look like them."""
GREY = ("#D9D9D9", "#666666")
"""Ground and letters of what is the product's."""
PIXELS_A_LETTER = 8
HEADER_MARK, ROW_ID_MARK = "[kongthun:header]", "[kongthun:row_id]"
"""By these a protection is found again, whatever words stand before them."""
TEXT = "@"
LOOKS = "userEnteredFormat,dataValidation,note"


def room(site: Site) -> Iterator[Json]:
    """Columns inserted on a tab that is there, and rows below its header.

    What the batch itself inserts is empty whatever people did before: nothing is written over.
    """
    number, (rows, columns) = site.tab.sheet_id, site.tab.size
    if rows < site.bottom + 2:
        yield changes.grow_rows(number, site.bottom + 1 + ROWS_PREPARED - rows)
    yield changes.insert_columns(number, site.block)
    yield once(Line(number, "COLUMNS", site.block[0]), f"{columns} {' '.join(site.fresh)}")
    looks_of_a_neighbour = changes.columns_below(number, 0, site.block)
    yield changes.same(looks_of_a_neighbour, {}, LOOKS)


def dressed(site: Site) -> Iterator[Json]:
    """The columns to come, once they are there."""
    yield from _headers(site)
    yield from _bodies(site)
    yield from _widths(site)
    if not site.tab.locked:
        yield from _protections(site)


def _headers(site: Site) -> Iterator[Json]:
    cells = {at: _header(site, code) for code, at in site.fresh.items()}
    fields = "userEnteredValue,userEnteredFormat,note"
    yield from changes.write(site.tab.sheet_id, site.top, cells, fields)


def _header(site: Site, code: str) -> Json:
    column = site.register.by_code.get(code)
    if column is None:
        return {**changes.text(ROW_ID), "userEnteredFormat": head(GREY)}
    colours = REQUIRED_COLOURS if must(column) else OPTIONAL_COLOURS
    looks = {"userEnteredFormat": head(colours), "note": note(column)}
    return {**changes.text(column.header), **looks}


def head(colours: tuple[str, str]) -> Json:
    """The looks of a header cell."""
    ground, letters = colours
    return {
        "backgroundColorStyle": changes.colour(ground),
        "textFormat": {"bold": True, "foregroundColorStyle": changes.colour(letters)},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }


def _bodies(site: Site) -> Iterator[Json]:
    """Text where typing needs it, so that days of Buddhist years and 00401 stay; drop-downs."""
    number, row, known = site.tab.sheet_id, site.bottom + 1, site.register.by_code
    as_text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": TEXT}}}
    texts = {
        at: TEXT
        for code, at in site.fresh.items()
        if code not in known or NUMBER_FORMATS[known[code].type] == TEXT
    }
    for span, _ in changes.alike(texts):
        where = changes.columns_below(number, row, span)
        yield changes.same(where, as_text, "userEnteredFormat.numberFormat")
    offered = {at: drop_down(known[code]) for code, at in site.fresh.items() if code in known}
    for span, words in changes.alike(offered):
        if words:
            yield changes.offer(changes.columns_below(number, row, span), words)


def _widths(site: Site) -> Iterator[Json]:
    """Wide enough for their headers; the row ids hidden."""
    told = {
        at: (PIXELS_A_LETTER * width(site.header(code)), code == ROW_ID)
        for code, at in site.fresh.items()
    }
    for span, (pixels, hidden) in changes.alike(told):
        looks = {"pixelSize": pixels, "hiddenByUser": hidden}
        yield changes.columns_look(site.tab.sheet_id, span, looks)


def _protections(site: Site) -> Iterator[Json]:
    """Warnings only: the office may change what it wants."""
    number = site.tab.sheet_id
    header = {"sheetId": number, "startRowIndex": site.top, "endRowIndex": site.bottom + 1}
    if not site.tab.marked(HEADER_MARK):
        yield changes.warn(header, f"{reason('protected_header')} {HEADER_MARK}")
    own = site.fresh.get(ROW_ID)
    if own is not None:
        column = changes.columns_below(number, 0, (own, own + 1))
        yield changes.warn(column, f"{reason('protected_row_id')} {ROW_ID_MARK}")
