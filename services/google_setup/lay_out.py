"""A year's registers laid out in a spreadsheet the office made, or what one lacks of them added.

What stands in the spreadsheet is never changed: a missing column comes to the right of all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from services.google_setup import changes
from services.google_setup.dress import PIXELS_A_LETTER, lacking
from services.google_setup.found import FIELDS, Found, FoundTab, found_in
from services.google_setup.site import Site, site_on
from services.normalise.locate import Place, candidates, find_header, find_registers
from services.normalise.workbook import registers_of
from services.store.base import RawTab
from services.store.google_http import GoogleHTTP, Json
from services.template import READ_FIRST, READ_FIRST_WIDTHS, ROWS_PREPARED, read_first
from sheets_schema.model import Programme, Register

HIGHEST_NUMBER = 2**31
"""Google numbers tabs below this."""
TITLE = {"textFormat": {"bold": True, "fontSize": 18}, "wrapStrategy": "OVERFLOW_CELL"}


@dataclass(frozen=True)
class LaidOut:
    """What was done, for people; nothing: the spreadsheet was already complete.

    `tabs` were laid out, `columns` (tab, header) added to tabs that were there. `left` are
    registers nothing was done for: several tabs might be them, or the office has locked the tab.
    """

    tabs: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    changes: int = 0
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What is to be asked of Google, and the same for people."""

    requests: tuple[Json, ...] = ()
    tabs: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


def lay_out(http: GoogleHTTP, spreadsheet_id: str, programme: Programme) -> LaidOut:
    """Add what the spreadsheet lacks: one call reads, at most one writes, all of it or nothing.

    Raises:
        RefusedError: Google refuses; nothing was changed, or the call got no answer.
    """
    plan = planned(http.spreadsheet(spreadsheet_id, fields=FIELDS), programme)
    if plan.requests:
        http.update(spreadsheet_id, list(plan.requests))
    return LaidOut(plan.tabs, plan.columns, len(plan.requests), plan.left)


def planned(answer: Json, programme: Programme) -> Plan:
    """What a spreadsheet, read with FIELDS, lacks of the year's registers."""
    found = found_in(answer)
    registers = registers_of(programme)
    tabs = [tab.raw for tab in found.tabs.values()]
    places = find_registers(tabs, registers.values())
    might = candidates(tabs, registers.values())
    numbers = _numbers((READ_FIRST, *registers), found.numbers)
    parts = [_instructions(found, programme, numbers[READ_FIRST])]
    for code, register in registers.items():
        place = places[code]
        if place is not None and not _unclear(place, might[code], register):
            parts.append(_completed(site_on(found.tabs[place.tab.name], place.header, register)))
        elif place is not None or might[code] or found.has(register.tab):
            parts.append(Plan(left=(register.tab,)))
        else:
            parts.append(_added(register, numbers[code]))
    return _together(parts)


def _unclear(place: Place, might: Iterable[RawTab], register: Register) -> bool:
    """Whether no header stands here, but one on another tab that might be the register."""
    others = [tab for tab in might if tab is not place.tab]
    return place.header is None and any(find_header(tab.rows, register) for tab in others)


def _numbers(names: Iterable[str], taken: Iterable[int]) -> dict[str, int]:
    """A tab's number for each name: the same every time, and one that no tab has."""
    given: dict[str, int] = {}
    used = set(taken)
    for name in names:
        number = crc32(name.encode()) % HIGHEST_NUMBER
        while number in used:
            number = (number + 1) % HIGHEST_NUMBER
        used.add(number)
        given[name] = number
    return given


def _added(register: Register, number: int) -> Plan:
    """The register on a tab of its own, after the others."""
    size = {"rowCount": 1 + ROWS_PREPARED, "columnCount": len(register.columns) + 1}
    properties = {
        "sheetId": number,
        "title": register.tab,
        "gridProperties": {**size, "frozenRowCount": 1},
    }
    site = site_on(FoundTab.empty(properties), None, register)
    return Plan((changes.add_tab(properties), *lacking(site)), tabs=(register.tab,))


def _completed(site: Site) -> Plan:
    """What the register lacks on a tab that is there."""
    if site.shut:
        return Plan(left=(site.register.tab,))
    requests = tuple(lacking(site))
    tab = site.tab.raw.name
    if len(site.fresh) == len(site.register.columns) + 1:
        return Plan(requests, tabs=(tab,))
    return Plan(requests, columns=tuple((tab, site.header(code)) for code in site.fresh))


def _instructions(found: Found, programme: Programme, number: int) -> Plan:
    """The tab that says how to type into the others, unless there is one."""
    if found.has(READ_FIRST):
        return Plan()
    rows = read_first(programme)
    grid = {"rowCount": len(rows), "columnCount": len(READ_FIRST_WIDTHS), "hideGridlines": True}
    properties = {"sheetId": number, "title": READ_FIRST, "gridProperties": grid}
    widths = {at: PIXELS_A_LETTER * letters for at, letters in enumerate(READ_FIRST_WIDTHS)}
    wrapped = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    everywhere = changes.columns_below(number, 0, (0, len(widths)))
    requests = (
        changes.add_tab(properties),
        changes.same(everywhere, {"userEnteredFormat": wrapped}, "userEnteredFormat"),
        changes.write_rows(number, [_texts(row) for row in rows], "userEnteredValue"),
        *changes.write(number, 0, {0: {"userEnteredFormat": TITLE}}, "userEnteredFormat"),
        *(
            changes.columns_look(number, span, {"pixelSize": pixels})
            for span, pixels in changes.alike(widths)
        ),
    )
    return Plan(requests, tabs=(READ_FIRST,))


def _texts(row: Sequence[str]) -> list[Json]:
    return [changes.text(words) if words else {} for words in row]


def _together(parts: Sequence[Plan]) -> Plan:
    return Plan(
        tuple(one for part in parts for one in part.requests),
        tuple(one for part in parts for one in part.tabs),
        tuple(one for part in parts for one in part.columns),
        tuple(one for part in parts for one in part.left),
    )
