"""A workbook's registers as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from services.issues import Findings, reason
from services.normalise.locate import OWN_TABS, Place, find_registers
from services.normalise.read_tab import absent, read_tab
from services.normalise.tables import Table
from services.store.base import RawWorkbook
from sheets_schema.loader import product_tabs, registers
from sheets_schema.model import Column, Programme, Register


@dataclass(frozen=True, eq=False)
class Tables:
    """One district's registers of one year by code name, and the product's own tabs beside them.

    One not found is an empty table.
    """

    district: str
    workbook: str
    by_code: Mapping[str, Table]

    def __getitem__(self, code: str) -> Table:
        """The register's table."""
        return self.by_code[code]


@cache
def registers_of(programme: Programme) -> dict[str, Register]:
    """The year's registers with the year's own columns and lists."""
    known = registers()
    wanted = (*programme.registers, *programme.optional_registers)
    return {code: _with_year(known[code].in_year(programme.year), programme) for code in wanted}


def _with_year(register: Register, programme: Programme) -> Register:
    """Fill choice lists from the year; give the village questionnaire the year's items."""
    columns = tuple(
        replace(column, choices=tuple(activity.title for activity in programme.activities))
        if column.choices_from_year == "activities"
        else column
        for column in register.columns
    )
    if register.code == "readiness" and programme.readiness is not None:
        columns += tuple(
            Column(
                item.code,
                item.title,
                "int",
                minimum=0,
                maximum=programme.readiness.top_mark,
                draft=programme.readiness.draft,
                help=f"0–{programme.readiness.top_mark}",
            )
            for item in programme.readiness.items
        )
    return replace(register, columns=columns)


def _assumed_tab(place: Place, top: int, register: Register) -> Findings:
    """A tab taken for a register because its headers are the register's."""
    words = reason("assumed_tab", tab=place.tab.name, register=register.tab)
    first = place.tab.cell(top + 1, 0)
    details = [{"assumed": words, "register_tab": register.tab}]
    return Findings("value_assumed", register.code, None, first, details=details, cure="name_tab")


def _places(raw: RawWorkbook, programme: Programme) -> dict[str, Place | None]:
    """Where the year's registers stand, and the product's tabs, which it alone names with «_»."""
    own = [tab for tab in raw.tabs if tab.name.startswith(OWN_TABS)]
    asked = find_registers(raw.tabs, registers_of(programme).values())
    return asked | find_registers(own, product_tabs().values())


def normalise_workbook(
    raw: RawWorkbook, district: str, programme: Programme
) -> tuple[Tables, list[Findings]]:
    """Find and read every register of the year; one bad tab never blocks a good one."""
    wanted = {**registers_of(programme), **product_tabs()}
    places = _places(raw, programme)
    tables: dict[str, Table] = {}
    findings: list[Findings] = []
    for code, register in wanted.items():
        place = places[code]
        if place is None and code in programme.registers:
            findings.append(Findings("missing_tab", code))
        if place is not None and place.by_headers and place.header is not None:
            findings.append(_assumed_tab(place, place.header.top, register))
        tables[code], problems = (
            (absent(register), []) if place is None else read_tab(place, register)
        )
        findings += problems
    tables |= {code: absent(r) for code, r in registers().items() if code not in tables}
    return Tables(district, raw.ref.name, tables), findings
