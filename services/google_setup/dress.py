"""What a register's tab lacks, as requests: headers, help, drop-downs, formats, protections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.google_setup import changes
from services.google_setup.found import LOOKS
from services.google_setup.site import MOST_TITLES, Site
from services.issues import reason
from services.normalise.locate import ROW_ID
from services.store.google_grid import Json
from services.template import (
    NUMBER_FORMATS,
    OPTIONAL_COLOURS,
    REQUIRED_COLOURS,
    ROWS_PREPARED,
    drop_down,
    must,
    note,
    width,
)

GREY = ("#D9D9D9", "#666666")
"""Ground and letters of what is the product's."""
PIXELS_A_LETTER = 8
HEADER_MARK, ROW_ID_MARK = "[kongthun:header]", "[kongthun:row_id]"
"""By these a protection is found again, whatever words stand before them."""
TEXT = "@"


def lacking(site: Site) -> Iterator[Json]:
    """Everything the tab lacks; of a tab with cells kept from us only its missing columns."""
    if site.tab.locked and not site.fresh:
        return
    yield from _room(site)
    yield from _headers(site)
    yield from _bodies(site)
    yield from _widths(site)
    yield from _help(site)
    if not site.tab.locked:
        yield from _frozen(site)
        yield from _protections(site)


def _room(site: Site) -> Iterator[Json]:
    """Rows below the header, columns at the right; new columns take nothing from the last one."""
    number, (rows, _) = site.tab.sheet_id, site.tab.size
    if rows < site.bottom + 2:
        length = site.bottom + 1 + ROWS_PREPARED - rows
        yield changes.grow(number, "ROWS", length)
    if site.to_append:
        yield changes.grow(number, "COLUMNS", len(site.to_append))
        block = changes.columns_below(number, 0, (site.to_append.start, site.to_append.stop))
        yield changes.same(block, {}, "userEnteredFormat,dataValidation,note")


def _headers(site: Site) -> Iterator[Json]:
    names = {at: changes.text(site.header(code)) for code, at in site.fresh.items()}
    yield from changes.write(site.tab.sheet_id, site.top, names, "userEnteredValue")
    looks = {
        at: {"userEnteredFormat": head(_colours(site, code))}
        for code, at in site.fresh.items()
        if not site.tab.says(site.top, at, _look)
    }
    yield from changes.write(site.tab.sheet_id, site.top, looks, f"userEnteredFormat({LOOKS})")


def head(colours: tuple[str, str]) -> Json:
    """The looks of a header cell."""
    ground, letters = colours
    return {
        "backgroundColorStyle": changes.colour(ground),
        "textFormat": {"bold": True, "foregroundColorStyle": changes.colour(letters)},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }


def _colours(site: Site, code: str) -> tuple[str, str]:
    if code == ROW_ID:
        return GREY
    return REQUIRED_COLOURS if must(site.register.by_code[code]) else OPTIONAL_COLOURS


def _look(cell: Json) -> object:
    return cell.get("userEnteredFormat", {}).keys() - {"numberFormat"}


def _bodies(site: Site) -> Iterator[Json]:
    """Number formats where none are set, so that days of Buddhist years and 00401 stay as typed."""
    number, row = site.tab.sheet_id, site.bottom + 1
    set_already = site.tab.said_below(site.bottom, _number_format_or_ground)
    known = site.register.by_code
    formats = {
        at: NUMBER_FORMATS[known[code].type] if code in known else TEXT
        for code, at in site.fresh.items()
        if at not in set_already
    }
    for span, pattern in changes.alike(formats):
        kind = "TEXT" if pattern == TEXT else "NUMBER"
        shown_as = {"numberFormat": {"type": kind, "pattern": pattern}}
        where = changes.columns_below(number, row, span)
        yield changes.same(where, {"userEnteredFormat": shown_as}, "userEnteredFormat.numberFormat")
    own = site.fresh.get(ROW_ID)
    if own in formats:
        ground = {"backgroundColorStyle": changes.colour(GREY[0])}
        where = changes.columns_below(number, row, (own, own + 1))
        yield changes.same(
            where, {"userEnteredFormat": ground}, "userEnteredFormat.backgroundColorStyle"
        )


def _number_format_or_ground(cell: Json) -> object:
    return cell.get("userEnteredFormat", {}).keys() & {"numberFormat", "backgroundColorStyle"}


def _widths(site: Site) -> Iterator[Json]:
    """Columns that are new or as wide as any; the row ids hidden."""
    told = {at: _width(site, code, at) for code, at in site.fresh.items()}
    for span, properties in changes.alike(told):
        if properties:
            yield changes.columns_look(site.tab.sheet_id, span, dict(properties))


def _width(site: Site, code: str, column: int) -> tuple[tuple[str, int | bool], ...]:
    pixels = PIXELS_A_LETTER * width(site.header(code))
    wide = (("pixelSize", pixels),) if site.tab.usual_width(column) else ()
    if code == ROW_ID:
        return (*wide, ("hiddenByUser", True))
    return (*wide, ("hiddenByUser", False)) if column in site.to_append else wide


def _help(site: Site) -> Iterator[Json]:
    """Notes on header cells without one, drop-downs over columns without any rule."""
    number = site.tab.sheet_id
    notes: dict[int, dict[int, Json]] = {}
    for at, column in site.columns().items():
        rows = range(site.top, site.bottom + 1)
        if not any(site.tab.says(row, at, lambda cell: cell.get("note")) for row in rows):
            row = site.header_row(at)
            notes.setdefault(row, {})[at] = {"note": note(column)}
    for row, cells in notes.items():
        yield from changes.write(number, row, cells, "note")
    ruled = site.tab.said_below(site.bottom, lambda cell: "dataValidation" in cell)
    offered = {at: drop_down(column) for at, column in site.columns().items() if at not in ruled}
    for span, words in changes.alike(offered):
        if words:
            yield changes.offer(changes.columns_below(number, site.bottom + 1, span), words)


def _frozen(site: Site) -> Iterator[Json]:
    rows = site.bottom + 1
    if not site.tab.frozen and rows <= MOST_TITLES + 1 and not site.tab.merged_over(rows):
        yield changes.freeze(site.tab.sheet_id, rows)


def _protections(site: Site) -> Iterator[Json]:
    """Warnings only: the office may change what it wants."""
    number = site.tab.sheet_id
    header = {"sheetId": number, "startRowIndex": site.top, "endRowIndex": site.bottom + 1}
    if not site.tab.marked(HEADER_MARK):
        yield changes.warn(header, f"{reason('protected_header')} {HEADER_MARK}")
    own: Mapping[str, int] = {**site.there, **site.fresh}
    if ROW_ID in own and not site.tab.marked(ROW_ID_MARK):
        column = changes.columns_below(number, 0, (own[ROW_ID], own[ROW_ID] + 1))
        yield changes.warn(column, f"{reason('protected_row_id')} {ROW_ID_MARK}")
