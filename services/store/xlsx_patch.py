"""Changes cells inside one sheet's XML; every byte that is not theirs stays as it is.

A cell keeps its style; a text is written as text, never as a formula. What cannot be changed
without harming something of the office's own (a formula, the inside of a merged area) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from services.cells import column_letters
from services.store.base import CannotWriteError, Position, Written
from services.store.sheet_xml import Area, Sheet, Tag, located

Splice = tuple[int, int, bytes]
"""From, to (in bytes of the old text), and what stands there instead."""
SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")
KEPT = ("s", "ph")
"""Attributes of a cell that say how it looks, not what it holds."""
UNWRITABLE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")
"""What XML cannot hold, or a spreadsheet would read as such a sign: written `_x0007_`."""
NO_TEXT = re.compile("[\ufffe\uffff\ud800-\udfff]")
"""No signs at all: no spreadsheet gives them back."""


def patched(xml: bytes, cells: Mapping[Position, Written]) -> bytes:
    """The sheet's XML with these cells (row, column from 0) holding these values.

    Raises:
        CannotWriteError: a cell may not be changed, or the sheet is written in a way nobody writes.
    """
    found = located(xml)
    for position, value in cells.items():
        _judge(found, position)
        if isinstance(value, str) and NO_TEXT.search(value):
            raise CannotWriteError(obstacle="odd_text", position=position)
    return spliced(xml, sorted(Patch(xml, found.data).table(cells)))


def _judge(found: Sheet, position: Position) -> None:
    row = found.data.children.get(position[0])
    cell = None if row is None else row.children.get(position[1])
    if cell is not None and cell.has_formula:
        raise CannotWriteError(obstacle="formula", position=position)
    if cell is not None and {"vm", "cm"} & cell.attributes.keys():
        raise CannotWriteError(obstacle="rich_value", position=position)
    if any(lies_in(position, area) for area in found.arrays):
        raise CannotWriteError(obstacle="formula", position=position)
    if any(lies_in(position, area) and position != area[0] for area in found.merged):
        raise CannotWriteError(obstacle="merged", position=position)


def lies_in(position: Position, area: Area) -> bool:
    """Whether the cell is one of the area's."""
    (top, left), (bottom, right) = area
    return top <= position[0] <= bottom and left <= position[1] <= right


def spliced(xml: bytes, splices: list[Splice]) -> bytes:
    """The text with these pieces put in, which are in order and do not overlap."""
    pieces, at = [], 0
    for start, end, made in splices:
        pieces += [xml[at:start], made]
        at = end
    return b"".join([*pieces, xml[at:]])


class Patch:
    """What is put where in one sheet's XML."""

    def __init__(self, xml: bytes, data: Tag) -> None:
        """Elements are named as the sheet's writer names them: `row`, or `x:row`."""
        self.xml, self.data = xml, data
        named = xml[data.start + 1 : data.inside]
        self.prefix = named[: named.index(b"sheetData")]

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

    def into_row(self, row: Tag, new: Mapping[int, bytes]) -> Iterator[Splice]:
        """Cells where none stood, in a row that stands there."""
        yield from self.put(row, new, b"row")
        if new and not row.is_alone:
            yield row.start, row.inside, SPANS.sub(b"", self.xml[row.start : row.inside])

    def new_cells(self, row: int, wanted: Mapping[int, Written]) -> dict[int, bytes]:
        """Cells where none stood; an empty one is not made."""
        return {
            column: self.cell(row, column, value, {})
            for column, value in wanted.items()
            if value != ""
        }

    def put(self, parent: Tag, new: Mapping[int, bytes], name: bytes) -> Iterator[Splice]:
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
            at = later.start if later else self.xml.rindex(b"</", parent.inside, parent.end)
            places[at] = places.get(at, b"") + new[number]
        for at, made in places.items():
            yield at, at, made

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
