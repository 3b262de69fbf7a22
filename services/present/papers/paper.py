"""One content model of a paper, whatever it becomes: workbook, PDF, Word document, preview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.normalise.tables import Table, words
from services.present.papers.thai_words import thai_month
from sheets_schema.forms import Form, Kind, PaperColumn, PaperLayout, Signature
from sheets_schema.loader import province
from sheets_schema.model import Programme

Value = str | int | Decimal | date | None
"""What a cell holds: money in satang, a number with decimals as it is, a month alone as text, None
where nothing is known."""


@dataclass(frozen=True)
class Asked:
    """Which paper, of which year and day; no district: the whole province.

    `sample`: the people in it are invented, and the paper says so. `only` these districts of the
    province, where somebody may see no others.
    """

    programme: Programme
    form: Form
    layout: PaperLayout
    as_of: date
    district: str | None = None
    centre: str | None = None
    sample: bool = False
    only: tuple[str, ...] = ()

    @property
    def districts(self) -> tuple[str, ...]:
        """Codes of the districts it speaks of, in official order."""
        if self.district is not None:
            return (self.district,)
        return self.only or tuple(province().by_code)

    @property
    def name(self) -> str:
        """What its file is called, without the ending; it names a place and never a person."""
        place = province() if self.district is None else province().by_code[self.district]
        words = [self.layout.short, str(self.programme.year), place.code, place.name]
        return " ".join(words)


@dataclass(frozen=True)
class Heading:
    """A column as printed; `width` in millimetres."""

    code: str
    header: str
    width: int
    kind: Kind
    draft: bool

    @classmethod
    def of(cls, column: PaperColumn, kind: Kind, header: str | None = None) -> Heading:
        """A column of the year file, under its own header or another."""
        return cls(column.code, header or column.header, column.width, kind, column.draft)


@dataclass(frozen=True)
class Paper:
    """A paper filled in: `rows` and `totals` hold one value per column.

    `tab` names it among others of its file; `lines` stand above the table, `notes` below it;
    `snapshot` names the cells it was made from, None where it rests on none.
    """

    tab: str
    title: str
    subtitles: tuple[str, ...]
    lines: tuple[str, ...]
    as_of: date
    snapshot: str | None
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...] | None
    notes: tuple[str, ...]
    signatures: tuple[Signature, ...]
    portrait: bool


def values(table: Table, column: str) -> list[Value]:
    """A register's column as exact values, one per row of `frame`; a month alone is text."""
    held = table.frame[column]
    kind = table.register.by_code[column].type
    known = held.notna().to_numpy()
    if kind == "date":
        days = zip(held.dt.date, table.last(column).dt.date, known, strict=True)
        return [_day(first, last) if there else None for first, last, there in days]
    if kind in ("int", "baht"):
        return [int(v) if there else None for v, there in zip(held, known, strict=True)]
    return list(words(held))


def _day(first: date, last: date) -> date | str:
    return first if first == last else thai_month(first)


def by_key(table: Table, column: str) -> dict[str, Value]:
    """Key -> the column's value; None where copies of the row differ in it."""
    held: dict[str, set[Value]] = {}
    for key, value in zip(table.keys, values(table, column), strict=True):
        if key is not None:
            held.setdefault(key, set()).add(value)
    return {key: found.pop() if len(found) == 1 else None for key, found in held.items()}
