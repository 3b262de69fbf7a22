"""A workbook's registers as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.issues import Findings
from services.normalise.locate import find_registers
from services.normalise.tables import Table, normalise
from services.store.base import RawWorkbook
from sheets_schema.loader import registers
from sheets_schema.model import Column, Programme, Register


@dataclass(frozen=True, eq=False)
class Tables:
    """One district's registers of one year, by code name; a register not found is an empty table."""

    district: str
    workbook: str
    by_code: Mapping[str, Table]

    def __getitem__(self, code: str) -> Table:
        """The register's table."""
        return self.by_code[code]


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


def normalise_workbook(
    raw: RawWorkbook, district: str, programme: Programme
) -> tuple[Tables, list[Findings]]:
    """Find and read every register of the year; one bad tab never blocks a good one."""
    wanted = registers_of(programme)
    places = find_registers(raw.tabs, wanted.values())
    tables: dict[str, Table] = {}
    findings: list[Findings] = []
    for code, register in wanted.items():
        place = places[code]
        if place is None and code in programme.registers:
            findings.append(Findings("missing_tab", code))
        tables[code], problems = normalise(place, register)
        findings += problems
    for code, register in registers().items():
        if code not in tables:
            tables[code] = normalise(None, register)[0]
    return Tables(district, raw.ref.name, tables), findings


