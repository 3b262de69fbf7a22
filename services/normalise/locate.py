"""Where a person put a register: which tab, which row of headers, which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from services.normalise.thai import fold, fold_without_brackets
from services.store.base import RawTab, Stored
from sheets_schema.model import Register

ROW_ID = "row_id"
"""The product's own hidden column."""
ROWS_SEARCHED = 120
ENOUGH = 2
"""A header row names at least this many columns of the register."""
OWN_TABS = "_"
"""Tabs whose names start so are the product's."""
BRACKETED = re.compile(r"\([^()]*\)")
NUMBERED = re.compile(r"^\d+")
Rank = int
"""How near a label is to the header: 0 the header itself, then without brackets, then aliases."""
Labels = Mapping[str, tuple[str, Rank]]
"""Folded label -> (column code, rank)."""


@dataclass(frozen=True)
class Header:
    """Where a register's columns stand; `top` and `bottom` are sheet rows from 0."""

    top: int
    bottom: int
    columns: Mapping[str, int]
    twice: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Place:
    """A register's tab. `by_headers`: not named like the register, but with its headers."""

    tab: RawTab
    header: Header | None
    by_headers: bool = False

    def header_with(self, *codes: str) -> Header | None:
        """The header, if it names each of these columns once."""
        has = self.header is not None and set(codes) <= self.header.columns.keys()
        return self.header if has else None


@cache
def labels(register: Register) -> Labels:
    """Every label a column of the register may carry."""
    known: dict[str, tuple[str, Rank]] = {fold(ROW_ID): (ROW_ID, 0)}
    for column in register.columns:
        spellings = [
            fold(column.header),
            fold_without_brackets(column.header),
            *(fold(alias) for alias in column.aliases),
        ]
        for rank, spelling in enumerate(spellings):
            known.setdefault(spelling, (column.code, min(rank, 2)))
    return known


def _match(cell: Stored, known: Labels) -> tuple[str, Rank] | None:
    if not isinstance(cell, str) or not cell:
        return None
    return known.get(fold(cell)) or known.get(fold_without_brackets(cell))


def _row_labels(row: Sequence[Stored], known: Labels) -> dict[int, tuple[str, Rank]]:
    found = ((place, _match(cell, known)) for place, cell in enumerate(row))
    return {place: match for place, match in found if match is not None}


def _two_rows(
    upper: Sequence[Stored], lower: Sequence[Stored], known: Labels
) -> dict[int, tuple[str, Rank]]:
    """Labels of a header that takes two rows: the lower cell, else both, else the upper one."""
    found: dict[int, tuple[str, Rank]] = {}
    over: Stored = ""
    for place, below in enumerate(lower):
        above = upper[place] if place < len(upper) else ""
        over = above or over
        match = _match(below, known)
        if match is None and isinstance(below, str):
            match = _match(f"{over} {below}" if below.strip() else above, known)
        if match is not None:
            found[place] = match
    return found


def _settle(found: Mapping[int, tuple[str, Rank]], top: int, bottom: int) -> Header:
    """One column per code: the nearest label wins, two equally near ones are reported."""
    claims: dict[str, list[tuple[Rank, int]]] = {}
    for place, (code, rank) in found.items():
        claims.setdefault(code, []).append((rank, place))
    columns: dict[str, int] = {}
    twice: dict[str, tuple[int, ...]] = {}
    for code, claim in claims.items():
        nearest = min(rank for rank, _ in claim)
        places = [place for rank, place in claim if rank == nearest]
        if len(places) == 1:
            columns[code] = places[0]
        else:
            twice[code] = tuple(places)
    return Header(top, bottom, columns, twice)


def find_header(
    rows: Sequence[Sequence[Stored]], register: Register, enough: int = ENOUGH
) -> Header | None:
    """The header row, or two, that names most columns; None if no row names enough of them."""
    required = {column.code for column in register.columns if column.required}
    known = labels(register)
    best: dict[int, tuple[str, Rank]] = {}
    top = bottom = -1

    def count(found: Mapping[int, tuple[str, Rank]]) -> int:
        return len({code for code, _ in found.values()})

    for number, row in enumerate(rows[:ROWS_SEARCHED]):
        found = _row_labels(row, known)
        if count(found) > count(best):
            best, top, bottom = found, number, number
        if number and (found or number == bottom + 1):
            both = _two_rows(rows[number - 1], row, known)
            if count(both) > max(count(found), count(best)):
                best, top, bottom = both, number - 1, number
        if required <= {code for code, _ in best.values()} and number > bottom:
            break
    if count(best) < enough:
        return None
    if bottom + 1 < len(rows) and _only_units(rows[bottom + 1]):
        bottom += 1
    return _settle(best, top, bottom)


def _only_units(row: Sequence[Stored]) -> bool:
    """Whether a row holds only units or column numbers in brackets, such as «(บาท)» and «(๑)»."""
    said = [str(cell).strip() for cell in row if cell != ""]
    return bool(said) and all(map(BRACKETED.fullmatch, said))


def _named(tab: RawTab, register: Register) -> Rank | None:
    name = fold(tab.name)
    plain = NUMBERED.sub("", name)
    for rank, label in enumerate((register.tab, *register.aliases)):
        if fold(label) in (name, plain):
            return min(rank, 1)
    return None


def find_registers(
    tabs: Sequence[RawTab], registers: Iterable[Register]
) -> dict[str, Place | None]:
    """Which tab holds which register: by name, else by headers; None if none or several might."""
    wanted = tuple(registers)
    places: dict[str, Place | None] = {}
    for register in wanted:
        ranked = [(rank, tab) for tab in tabs if (rank := _named(tab, register)) is not None]
        places[register.code] = _of_that_name(ranked, register)
    taken = {place.tab.name for place in places.values() if place}
    free = [tab for tab in tabs if tab.name not in taken and not tab.name.startswith(OWN_TABS)]
    fitting: dict[str, list[Place]] = {}
    for tab in free:
        code, header = _best_fit(tab, wanted)
        if header is not None and places[code] is None:
            fitting.setdefault(code, []).append(Place(tab, header, by_headers=True))
    return places | {code: found[0] for code, found in fitting.items() if len(found) == 1}


def candidates(
    tabs: Sequence[RawTab], registers: Iterable[Register]
) -> dict[str, tuple[RawTab, ...]]:
    """Every tab that might hold a register: named like it, or named like none and with its headers.

    Several are why `find_registers` finds none.
    """
    wanted = tuple(registers)
    found = {
        register.code: [tab for tab in tabs if _named(tab, register) is not None]
        for register in wanted
    }
    taken = {tab.name for named in found.values() for tab in named}
    for tab in tabs:
        if tab.name not in taken and not tab.name.startswith(OWN_TABS):
            code, header = _best_fit(tab, wanted)
            if header is not None:
                found[code].append(tab)
    return {code: tuple(might) for code, might in found.items()}


def _of_that_name(ranked: Sequence[tuple[Rank, RawTab]], register: Register) -> Place | None:
    """The tab named nearest; if nothing stands in it, the only other one that holds rows."""
    nearest = [tab for rank, tab in ranked if rank == min(rank for rank, _ in ranked)]
    if len(nearest) != 1:
        return None
    place = Place(nearest[0], find_header(nearest[0].rows, register))
    if _has_rows(place):
        return place
    others = [tab for _, tab in ranked if tab is not place.tab]
    named = [Place(tab, find_header(tab.rows, register), by_headers=True) for tab in others]
    filled = [other for other in named if _has_rows(other)]
    return filled[0] if len(filled) == 1 else place


def _has_rows(place: Place) -> bool:
    """Whether something stands below the header."""
    if place.header is None:
        return False
    below = place.tab.rows[place.header.bottom + 1 :]
    return any(cell not in ("", " ") for row in below for cell in row)


def _best_fit(tab: RawTab, registers: Sequence[Register]) -> tuple[str, Header | None]:
    """The one register most of whose headers the tab carries, every required one among them."""
    fits: dict[str, Header] = {}
    for register in registers:
        header = find_header(tab.rows, register)
        required = {column.code for column in register.columns if column.required}
        enough = header is not None and 2 * len(header.columns) >= len(register.columns)
        if header is not None and enough and required <= header.columns.keys():
            fits[register.code] = header
    most = max((len(header.columns) for header in fits.values()), default=0)
    best = [(code, header) for code, header in fits.items() if len(header.columns) == most]
    return best[0] if len(best) == 1 else ("", None)
