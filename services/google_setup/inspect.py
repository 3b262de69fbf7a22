"""What a pasted link leads to: whether we may read and write it, and how it is understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from services.checkup import Check, check
from services.issues import reason
from services.normalise.locate import Place, find_registers
from services.normalise.workbook import registers_of
from services.store.base import RawTab, RefusedError
from services.store.google_grid import FIELDS, tabs_of
from services.store.google_http import DRIVE, PER_MINUTE, GoogleHTTP
from services.store.google_sheets import link_to, spreadsheet_id
from sheets_schema.model import Programme, Register

State = Literal["read", "missing", "twice", "own"]
SETTINGS = FIELDS.replace("properties(title)", "properties(title,locale,timeZone)", 1)
MAY = "capabilities(canEdit)"
THAI, THAI_TIME = "th", "Asia/Bangkok"


@dataclass(frozen=True)
class Understood:
    """A column: where it should stand, what stands over it in the sheet, and as what it is read.

    `own` columns are the office's; `missing` ones may be left out unless `required`.
    """

    register: str
    tab: str
    typed: str
    read_as: str
    state: State
    required: bool = False


@dataclass(frozen=True)
class Inspection:
    """`sheet_id` is None where nothing could be opened; `complete`: nothing is left to lay out."""

    checks: tuple[Check, ...]
    columns: tuple[Understood, ...] = ()
    sheet_id: str | None = None

    @property
    def may_write(self) -> bool:
        """Whether the product may change the spreadsheet."""
        return any(one.id == "sheet_may_write" and one.ok for one in self.checks)

    @property
    def complete(self) -> bool:
        """Whether every column of every register is there."""
        return not any(column.state == "missing" for column in self.columns)


def inspect(http: GoogleHTTP, link: str, programme: Programme, districts: int) -> Inspection:
    """Open the link, in two calls; `districts` are how many the office links in all."""
    sheet_id = spreadsheet_id(link)
    if sheet_id is None:
        return Inspection((_not_a_link(link),))
    try:
        answer = http.spreadsheet(sheet_id, fields=SETTINGS)
        file = http.get(f"{DRIVE}/drive/v3/files/{sheet_id}", fields=MAY, supportsAllDrives="true")
    except RefusedError as refused:
        return Inspection((_refused(refused.trouble, http),))
    try:
        own, tabs = answer.get("properties", {}), tabs_of(answer, link_to(sheet_id))
    except ValueError:
        return Inspection((_refused("google_away", http),))
    may_write = bool(file.get("capabilities", {}).get("canEdit"))
    columns = tuple(_understood(tabs, programme))
    checks = (
        check("sheet_opens", ok=True, title=own.get("title"), tabs=len(tabs)),
        check("sheet_may_write", ok=may_write, email=_email(http)),
        check("sheet_locale", ok=own.get("locale", "").startswith(THAI), locale=own.get("locale")),
        check("sheet_time", ok=own.get("timeZone") == THAI_TIME, zone=own.get("timeZone")),
        *_complete(columns, programme),
        check("quota", ok=districts < PER_MINUTE, calls=districts + 1, allowed=PER_MINUTE),
    )
    return Inspection(checks, columns, sheet_id)


def _email(http: GoogleHTTP) -> str:
    return http.account.email or reason("own_account")


def _not_a_link(pasted: str) -> Check:
    """Of a folder's link that it is one."""
    cure = reason("pasted_folder" if "/folders/" in pasted else "pasted_no_link")
    return check("sheet_opens", ok=False, why=reason("pasted_wrong"), cure=cure)


def _refused(trouble: str, http: GoogleHTTP) -> Check:
    cure = reason(f"{trouble}_fix")
    if trouble == "not_shared":
        cure = f"{cure}: {_email(http)}"
    return check("sheet_opens", ok=False, why=reason(trouble), cure=cure)


def _understood(tabs: Sequence[RawTab], programme: Programme) -> Iterator[Understood]:
    registers = registers_of(programme)
    for code, place in find_registers(tabs, registers.values()).items():
        yield from _columns(registers[code], place, needed=code in programme.registers)


def _columns(register: Register, place: Place | None, *, needed: bool) -> Iterator[Understood]:
    header = place.header if place else None
    tab = place.tab.name if place else ""
    if place is None or header is None:
        for column in register.columns:
            required = needed and column.required
            yield Understood(register.tab, tab, "", column.header, "missing", required)
        return
    typed = _typed(place)
    known = {at: code for code, at in header.columns.items()}
    twice = {at: code for code, places in header.twice.items() for at in places}
    for at in sorted({*typed, *known, *twice}):
        code = known.get(at) or twice.get(at)
        read_as = register.by_code[code].header if code in register.by_code else code or ""
        state: State = "twice" if at in twice else "read" if code else "own"
        yield Understood(register.tab, tab, typed.get(at, ""), read_as, state)
    for column in register.columns:
        if column.code not in header.columns and column.code not in header.twice:
            yield Understood(register.tab, tab, "", column.header, "missing", column.required)


def _typed(place: Place) -> dict[int, str]:
    """What stands over each column, in one header row or two."""
    header = place.header
    rows = place.tab.rows[header.top : header.bottom + 1] if header else ()
    typed: dict[int, str] = {}
    for row in rows:
        for at, cell in enumerate(row):
            if cell != "":
                typed[at] = f"{typed[at]} {cell}" if at in typed else str(cell)
    return typed


def _complete(columns: Sequence[Understood], programme: Programme) -> Iterator[Check]:
    """Tabs, headers, and headers that stand twice."""
    needed = {registers_of(programme)[code].tab for code in programme.registers}
    there = {column.register for column in columns if column.state in ("read", "twice")}
    absent = ", ".join(sorted(needed - there))
    if not there:
        yield check("sheet_empty", ok=False)
        return  # nothing to say of headers yet
    yield check("sheet_tabs", ok=not absent, absent=absent)
    lacking = _named(columns, "missing", there)
    yield check("sheet_headers", ok=not lacking, lacking=lacking)
    double = _named(columns, "twice", there)
    yield check("sheet_twice", ok=not double, double=double)


def _named(columns: Sequence[Understood], state: State, there: set[str]) -> str:
    """«tab: header», of columns in this state that their tab must have."""
    named = (
        f"{column.tab}: {column.read_as}"
        for column in columns
        if column.state == state
        and column.register in there
        and (state == "twice" or column.required)
    )
    return " · ".join(dict.fromkeys(named))
