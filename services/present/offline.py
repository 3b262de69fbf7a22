"""A district's registers as a workbook to edit where there is no network, and to bring back."""

from __future__ import annotations

from collections.abc import Iterable

from services.history.carried import BASE_TAB, ROW_NUMBER, Carried, as_carried
from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID, Header, Place, find_registers
from services.normalise.rows import find_extent
from services.normalise.workbook import registers_of
from services.present.book import NewWorkbook
from services.store.base import RawWorkbook, Stored
from services.store.digest import cells_digest
from sheets_schema.model import Programme, Register

FONT_SIZE, NARROWEST, WIDEST = 14, 11, 34


def offline_workbook(book: RawWorkbook, programme: Programme, district: str) -> bytes:
    """Every register that can be read, as it stands, with its rows' names hidden beside it.

    Columns stand under the office's own headers; what else is in the workbook stays at home.
    """
    made, known = NewWorkbook(FONT_SIZE), registers_of(programme)
    head = made.format(bold=True, text_wrap=True, bg_color="#E3EEF3", border=1)
    text = made.format(num_format="@")
    for code, place in find_registers(book.tabs, known.values()).items():
        header = place.header_with(known[code].key.code) if place else None
        if place is None or header is None:
            continue
        tab = made.file.add_worksheet(place.tab.name)
        for number, (code_, title) in enumerate(_titles(place, header)):
            tab.write_string(0, number, title, head)
            width = min(max(len(title) + 2, NARROWEST), WIDEST)
            hidden = {"hidden": True} if code_ == ROW_ID else {}
            tab.set_column(number, number, width, None if hidden else text, hidden)
        for line, cells in enumerate(_rows(place, header, known[code]), 1):
            for number, cell in enumerate(map(as_carried, cells)):
                if isinstance(cell, int | float):
                    tab.write_number(line, number, cell, text)
                elif cell != "":
                    tab.write_string(line, number, as_typed(cell), text)
        tab.freeze_panes(1, 0)
    mark = made.file.add_worksheet(BASE_TAB)
    mark.hide()
    for number, row in enumerate(Carried(programme.year, district, cells_digest(book.tabs)).rows()):
        mark.write_row(number, 0, row)
    return made.finished()


def _codes(header: Header) -> list[str]:
    """Columns as they stand, the rows' names last."""
    own = {code: place for code, place in header.columns.items() if code != ROW_ID}
    return [*sorted(own, key=lambda code: own[code]), ROW_ID]


def _titles(place: Place, header: Header) -> Iterable[tuple[str, str]]:
    for code in _codes(header):
        if code == ROW_ID:
            yield code, ROW_ID
            continue
        lines = (place.tab.rows[row] for row in range(header.top, header.bottom + 1))
        cells = (as_typed(line[header.columns[code]]) for line in lines)
        yield code, " ".join(cell for cell in cells if cell)


def _rows(place: Place, header: Header, register: Register) -> Iterable[list[Stored]]:
    for row in find_extent(place.tab, header, register).data.tolist():
        cells = place.tab.rows[row]
        own = header.columns.get(ROW_ID)
        name = as_typed(cells[own]) if own is not None else ""
        kept = [cells[header.columns[code]] for code in _codes(header)[:-1]]
        yield [*kept, name or f"{ROW_NUMBER}{row}"]
