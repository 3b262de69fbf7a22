"""Tables (ListObjects) of a sheet: one grows when a row is added right below it.

A table's headers stand a second time in the table's own part, and its totals row closes it: what
would set the two at odds is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from services.cells import column_letters
from services.store.areas import Area, area_of, meet
from services.store.base import CannotWriteError, Position, Written
from services.store.sheet_xml import REST_OF_TAG, Sheet, attributes_of, spliced

TABLE = re.compile(rb"<(?:\w+:)?table" + REST_OF_TAG)
FILTER = re.compile(rb"<(?:\w+:)?autoFilter" + REST_OF_TAG)
REF = re.compile(rb"""(\sref\s*=\s*["'])[^"']*""")


def grown(
    table: bytes, sheet: Sheet, cells: Mapping[Position, Written], taken: Iterable[Area]
) -> bytes:
    """The table's part once these cells are written, perhaps the same.

    `taken`: the areas of the sheet's other tables.

    Raises:
        CannotWriteError: a cell is a header, belongs to a totals row, or would stand below one.
    """
    head = TABLE.search(table)
    said = attributes_of(head[0]) if head else {}
    area = area_of(said.get("ref", ""))
    has_totals = said.get("totalsRowCount", "0") != "0"
    _judge(area, cells, has_header=said.get("headerRowCount") != "0", has_totals=has_totals)
    (top, left), (bottom, right) = area
    last = bottom
    while _is_added(sheet, cells, taken, ((last + 1, left), (last + 1, right))):
        last += 1
    if last == bottom or head is None:
        return table
    if has_totals:
        raise CannotWriteError(obstacle="table_total", position=(bottom + 1, left))
    new = [(head.start(), head.end(), _referring(head[0], ((top, left), (last, right))))]
    filtering = FILTER.search(table)
    if filtering:
        made = _referring(filtering[0], ((top, left), (last, right)))
        new.append((filtering.start(), filtering.end(), made))
    return spliced(table, new)


def area_of_table(table: bytes) -> Area:
    """Where it stands.

    Raises:
        CannotWriteError: it does not say.
    """
    head = TABLE.search(table)
    return area_of(attributes_of(head[0]).get("ref", "") if head else "")


def _judge(area: Area, cells: Iterable[Position], *, has_header: bool, has_totals: bool) -> None:
    (top, left), (bottom, right) = area
    for row, column in cells:
        if left <= column <= right and has_header and row == top:
            raise CannotWriteError(obstacle="table_header", position=(row, column))
        if left <= column <= right and has_totals and row == bottom:
            raise CannotWriteError(obstacle="table_total", position=(row, column))


def _is_added(
    sheet: Sheet, cells: Mapping[Position, Written], taken: Iterable[Area], below: Area
) -> bool:
    """Whether something is written into this row of cells, where nothing stood."""
    (row, left), (_, right) = below
    columns = range(left, right + 1)
    if all(cells.get((row, column), "") == "" for column in columns):
        return False
    old = sheet.table({row}).children.get(row)
    full = (
        any(not cell.is_empty for column, cell in old.children.items() if column in columns)
        if old
        else False
    )
    return not full and not any(meet(below, area) for area in [*sheet.merged, *taken])


def _referring(tag: bytes, area: Area) -> bytes:
    (top, left), (bottom, right) = area
    new = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}".encode()
    return REF.sub(lambda found: found[1] + new, tag, count=1)
