"""Cells of one sheet given another style; what they hold, and every other byte, stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.cells import column_letters
from services.store.base import Position
from services.store.sheet_places import Sheet, Tag
from services.store.sheet_xml import Splice, spliced
from services.store.xlsx_patch import Patch
from services.store.xml_bytes import prefix_of, with_attribute


def style_at(found: Sheet, position: Position) -> int:
    """The style a cell has, by itself or by its row or column."""
    row = found.data.children.get(position[0])
    cell = None if row is None else row.children.get(position[1])
    if cell is None:
        return _inherited(found, position)
    return int(cell.attributes.get("s", 0))


def _inherited(found: Sheet, position: Position) -> int:
    """The style of a cell that is not written down."""
    row = found.data.children.get(position[0])
    if row is not None and row.attributes.get("customFormat") in ("1", "true"):
        return int(row.attributes.get("s", 0))
    for first, last, style in found.columns:
        if first <= position[1] <= last:
            return style
    return 0


def restyled(xml: bytes, found: Sheet, styles: Mapping[Position, int]) -> bytes:
    """The sheet's XML with these styles; a cell that holds nothing and says nothing goes."""
    by_row: dict[int, dict[int, int]] = {}
    for (at, column), style in styles.items():
        by_row.setdefault(at, {})[column] = style
    patch = Patch(xml, prefix_of(xml, b"sheetData"))
    new: dict[int, bytes] = {}
    splices: list[Splice] = []
    for number, wanted in by_row.items():
        row = found.data.children.get(number)
        made = {
            column: _cell(patch.prefix, (number, column), style)
            for column, style in wanted.items()
            if row is None or column not in row.children
        }
        if row is None:
            inside = b"".join(made[column] for column in sorted(made))
            begun = b'<%srow r="%d">' % (patch.prefix, number + 1)
            new[number] = begun + inside + b"</%srow>" % patch.prefix
        else:
            splices += _in_row(xml, found, (number, row), wanted)
            splices += patch.into_row(row, made)
    return spliced(xml, sorted([*splices, *patch.put(found.data, new, b"sheetData")]))


def _cell(p: bytes, position: Position, style: int) -> bytes:
    place = f"{column_letters(position[1])}{position[0] + 1}".encode()
    return b'<%sc r="%s" s="%d"/>' % (p, place, style)


def _in_row(
    xml: bytes, found: Sheet, placed: tuple[int, Tag], wanted: Mapping[int, int]
) -> Iterator[Splice]:
    """For the cells of a row that are written down."""
    number, row = placed
    standing = {column: row.children[column] for column in wanted.keys() & row.children.keys()}
    gone = {
        column
        for column, cell in standing.items()
        if _says_nothing(xml, cell) and wanted[column] == _inherited(found, (number, column))
    }
    if gone and gone == row.children.keys() == wanted.keys() and row.attributes.keys() <= {"r"}:
        yield row.start, row.end, b""
        return
    for column, cell in standing.items():
        head = xml[cell.start : cell.inside]
        style = wanted[column]
        told = with_attribute(head, b"s", str(style) if style else None)
        yield (cell.start, cell.end, b"") if column in gone else (cell.start, cell.inside, told)


def _says_nothing(xml: bytes, cell: Tag) -> bool:
    inside = xml[cell.inside : cell.end]
    return cell.attributes.keys() <= {"r", "s"} and not (inside and not inside.startswith(b"</"))
