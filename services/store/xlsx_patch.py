"""Changes cells inside one sheet's XML; every byte that is not theirs stays as it is.

A cell keeps its style; a text is written as text, never as a formula. What cannot be changed
without harming something of the office's own (a formula, the inside of a merged area) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol
from xml.sax.saxutils import escape

from services.cells import column_letters
from services.store.areas import meet
from services.store.base import CannotWriteError, Position, Written
from services.store.sheet_xml import Sheet, Splice, Tag

SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")
KEPT = ("s", "ph")
"""Attributes of a cell that say how it looks, not what it holds."""
UNWRITABLE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")
"""What XML cannot hold, or a spreadsheet would read as such a sign: written `_x0007_`."""
NO_TEXT = re.compile("[\ufffe\uffff\ud800-\udfff]")
"""No signs at all: no spreadsheet gives them back."""


def patched(sheet: Sheet, cells: Mapping[Position, Written]) -> list[Splice]:
    """What to change in the sheet's XML, so that these cells (from 0) hold these values.

    Raises:
        CannotWriteError: a cell may not be changed, or the sheet is written in a way nobody writes.
    """
    data = sheet.table({row for row, _ in cells})
    for position, value in cells.items():
        _judge(sheet, data, position)
        if isinstance(value, str) and NO_TEXT.search(value):
            raise CannotWriteError(obstacle="odd_text", position=position)
    return list(_Cells(sheet, data).table(cells))


def _judge(sheet: Sheet, data: Tag, position: Position) -> None:
    row = data.children.get(position[0])
    cell = None if row is None else row.children.get(position[1])
    if cell is not None and cell.has_formula:
        raise CannotWriteError(obstacle="formula", position=position)
    if cell is not None and {"vm", "cm"} & cell.attributes.keys():
        raise CannotWriteError(obstacle="rich_value", position=position)
    if any(meet((position, position), area) for area in sheet.filled):
        raise CannotWriteError(obstacle="formula", position=position)
    if any(meet((position, position), area) and position != area[0] for area in sheet.merged):
        raise CannotWriteError(obstacle="merged", position=position)


class Parent(Protocol):
    """The table, or a row of it: from `start` to `end`, what it holds from `inside`."""

    @property
    def start(self) -> int:
        """Where its tag begins."""
        ...

    @property
    def inside(self) -> int:
        """Where what it holds begins."""
        ...

    @property
    def end(self) -> int:
        """Where its end tag ends."""
        ...

    @property
    def is_alone(self) -> bool:
        """Written as one tag without an end tag: `<row/>`."""
        ...

    def after(self, number: int) -> int | None:
        """Where the first child begins that stands later."""
        ...


class Patch:
    """New children put where they belong in one sheet's XML."""

    def __init__(self, xml: bytes, prefix: bytes) -> None:
        """Elements are named as the sheet's writer names them: `row`, or `x:row`."""
        self.xml, self.prefix = xml, prefix

    def into_row(self, row: Parent, new: Mapping[int, bytes]) -> Iterator[Splice]:
        """Cells where none stood, in a row that stands there."""
        yield from self.put(row, new, b"row")
        if new and not row.is_alone:
            yield row.start, row.inside, SPANS.sub(b"", self.xml[row.start : row.inside])

    def put(self, parent: Parent, new: Mapping[int, bytes], name: bytes) -> Iterator[Splice]:
        """New children, in order: each before the first that stands later, else at the end."""
        if parent.is_alone:
            if new:
                opened = SPANS.sub(b"", self.xml[parent.start : parent.end])[:-2].rstrip() + b">"
                inside = b"".join(new[number] for number in sorted(new))
                made = b"%s%s</%s%s>" % (opened, inside, self.prefix, name)
                yield parent.start, parent.end, made
            return
        places: dict[int, bytes] = {}
        for number in sorted(new):
            later = parent.after(number)
            at = later or self.xml.rindex(b"</", parent.inside, parent.end)
            places[at] = places.get(at, b"") + new[number]
        for at, made in places.items():
            yield at, at, made


class _Cells(Patch):
    """Cells with their values."""

    def __init__(self, sheet: Sheet, data: Tag) -> None:
        super().__init__(sheet.xml, sheet.prefix)
        self.data = data

    def table(self, cells: Mapping[Position, Written]) -> Iterator[Splice]:
        """For all the cells."""
        by_row: dict[int, dict[int, Written]] = {}
        for (row, column), value in cells.items():
            by_row.setdefault(row, {})[column] = value
        new = {}
        for number, wanted in by_row.items():
            old = self.data.children.get(number)
            if old is not None:
                yield from self.row(number, old, wanted)
            elif made := self.new_cells(number, wanted):
                inside = b"".join(made[column] for column in sorted(made))
                new[number] = b'<%srow r="%d">%s</%srow>' % (
                    self.prefix,
                    number + 1,
                    inside,
                    self.prefix,
                )
        yield from self.put(self.data, new, b"sheetData")

    def row(self, number: int, row: Tag, wanted: Mapping[int, Written]) -> Iterator[Splice]:
        """For cells of a row that stands there."""
        for column in wanted.keys() & row.children.keys():
            cell = row.children[column]
            made = self.cell(number, column, wanted[column], cell.attributes)
            yield cell.start, cell.end, made
        absent = {column: wanted[column] for column in wanted.keys() - row.children.keys()}
        yield from self.into_row(row, self.new_cells(number, absent))

    def new_cells(self, row: int, wanted: Mapping[int, Written]) -> dict[int, bytes]:
        """Cells where none stood; an empty one is not made."""
        return {
            column: self.cell(row, column, value, {})
            for column, value in wanted.items()
            if value != ""
        }

    def cell(self, row: int, column: int, value: Written, old: Mapping[str, str]) -> bytes:
        """The cell as it will stand."""
        p = self.prefix.decode()
        kept = "".join(f' {name}="{escape(old[name])}"' for name in KEPT if name in old)
        begun = f'<{p}c r="{column_letters(column)}{row + 1}"{kept}'
        if value == "":
            return f"{begun}/>".encode()
        if isinstance(value, str):
            text = escape(UNWRITABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", value))
            inside = f'<{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is>'
            return f'{begun} t="inlineStr">{inside}</{p}c>'.encode()
        return f"{begun}><{p}v>{value}</{p}v></{p}c>".encode()
