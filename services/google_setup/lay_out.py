"""A year's registers laid out in a spreadsheet the office made, or what one lacks of them added.

What stands in the spreadsheet is never changed, whatever people do between our calls: a register
comes on a tab of its own, or in columns that the same call inserts. The office's own header cells
and columns get no notes, drop-downs, formats or widths: no call could be sure to overwrite none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from zlib import crc32

from services.errors import AppError
from services.google_setup import changes
from services.google_setup.dress import PIXELS_A_LETTER, ROWS_PREPARED, dressed, room
from services.google_setup.found import FIELDS, Found, FoundTab, found_in
from services.google_setup.site import Site, site_on
from services.issues import reason
from services.normalise.locate import Place, candidates, find_header, find_registers
from services.normalise.workbook import registers_of
from services.store import google_hold as hold
from services.store.base import RawTab, RefusedError
from services.store.google_http import GoogleHTTP, Json, words_of
from services.template import READ_FIRST, READ_FIRST_WIDTHS, read_first
from sheets_schema.model import Programme, Register

TITLE = {"textFormat": {"bold": True, "fontSize": 18}, "wrapStrategy": "OVERFLOW_CELL"}


class ChangedMeanwhileError(AppError):
    """People changed the spreadsheet while it was laid out; nothing of theirs was written over."""

    def __init__(self) -> None:
        """Say it, and that pressing again will do."""
        thai = f"{reason('changed_meanwhile')} – {reason('changed_meanwhile_fix')}"
        super().__init__(thai, "the spreadsheet changed meanwhile, lay it out again")


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
    """What is to be asked of Google, and the same for people; `lines` must not have moved."""

    requests: tuple[Json, ...] = ()
    tabs: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    lines: tuple[hold.Line, ...] = ()


def lay_out(http: GoogleHTTP, spreadsheet_id: str, programme: Programme) -> LaidOut:
    """Add what the spreadsheet lacks, in one batch: all of it or nothing.

    One call reads and at most one writes, unless a tab that is there gets columns: then its rows
    and columns are held first, and it is read again before and after.

    Raises:
        ChangedMeanwhileError: people were at it; a second try does what is still to be done.
        RefusedError: Google refuses; nothing was changed, or the call got no answer.
    """

    def look() -> Plan:
        return planned(http.spreadsheet(spreadsheet_id, fields=FIELDS), programme)

    def write(requests: Iterable[Json]) -> None:
        http.update(spreadsheet_id, list(requests))

    plan = look()
    try:
        if plan.lines:
            _held(look, write, plan)
        elif plan.requests:
            write(plan.requests)
    except RefusedError as refusal:
        if refusal.trouble != "google_odd":
            raise
        if hold.IN_USE not in words_of(refusal) and look() == plan:
            raise
        raise ChangedMeanwhileError from refusal
    return LaidOut(plan.tabs, plan.columns, len(plan.requests), plan.left)


def _held(look: Callable[[], Plan], write: Callable[[Iterable[Json]], None], plan: Plan) -> None:
    """Carry the plan out where its lines stay, then look whether the sheet is what was meant."""
    marks = hold.marks_for(plan.lines)
    write(hold.lay(marks))
    try:
        if look() != plan:
            raise ChangedMeanwhileError
        write([*hold.only_where(marks), *plan.requests])
    except AppError:
        with suppress(RefusedError):
            write(hold.lift())
        raise
    if look().requests:
        raise ChangedMeanwhileError


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
        number = crc32(name.encode()) % hold.HIGHEST
        while number in used:
            number = (number + 1) % hold.HIGHEST
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
    return Plan((changes.add_tab(properties), *dressed(site)), tabs=(register.tab,))


def _completed(site: Site) -> Plan:
    """What the register lacks on a tab that is there."""
    if site.shut:
        return Plan(left=(site.register.tab,))
    if not site.fresh:
        return Plan()
    requests, lines = (*room(site), *dressed(site)), tuple(site.lines())
    tab = site.tab.raw.name
    if len(site.fresh) == len(site.register.columns) + 1:
        return Plan(requests, tabs=(tab,), lines=lines)
    columns = tuple((tab, site.header(code)) for code in site.fresh)
    return Plan(requests, columns=columns, lines=lines)


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
        tuple(one for part in parts for one in part.lines),
    )
