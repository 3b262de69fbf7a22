"""Cells put in or taken out, so that others move down, up or aside."""

from __future__ import annotations

from typing import Any

from tests.support.google.a1 import Box
from tests.support.google.answers import RefusedError
from tests.support.google.change import Change
from tests.support.google.contents import spots, where
from tests.support.google.sheets import Sheet


def insert_range(change: Change) -> dict[str, Any]:
    """Move what stands in a range, and beyond it, down or to the right."""
    sheet, box = where(change, change.body["range"])
    down = change.body.get("shiftDimension", "ROWS") == "ROWS"
    band = _band(sheet, box, down=down)
    change.check(sheet, band)
    _check_merges(sheet, band)
    if down:
        last = max((row + 1 for row, column in _filled(sheet, band)), default=0)
        sheet.grow("ROWS", last + box.height)
    else:
        last = max((column + 1 for row, column in _filled(sheet, band)), default=0)
        sheet.grow("COLUMNS", last + box.width)
    change.book.check_size()
    _move(sheet, band, (box.height, 0) if down else (0, box.width))
    return {}


def delete_range(change: Change) -> dict[str, Any]:
    """Take a range out; what stands below or to the right closes the gap."""
    sheet, box = where(change, change.body["range"])
    up = change.body.get("shiftDimension", "ROWS") == "ROWS"
    band = _band(sheet, box, down=up)
    change.check(sheet, band)
    _check_merges(sheet, band)
    for spot in spots(box):
        sheet.rows[spot[0]].cells.pop(spot[1], None)
    beyond = (
        Box(box.bottom, band.bottom, box.left, box.right)
        if up
        else Box(box.top, box.bottom, box.right, band.right)
    )
    _move(sheet, beyond, (-box.height, 0) if up else (0, -box.width))
    return {}


def _band(sheet: Sheet, box: Box, *, down: bool) -> Box:
    if down:
        return Box(box.top, len(sheet.rows), box.left, box.right)
    return Box(box.top, box.bottom, box.left, len(sheet.columns))


def _filled(sheet: Sheet, band: Box) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(band.top, band.bottom)
        for column in sheet.rows[row].cells
        if band.left <= column < band.right
    ]


def _check_merges(sheet: Sheet, band: Box) -> None:
    if any(merge.meets(band) for merge in sheet.merges):
        raise RefusedError(400, "You can't shift cells that are part of a merge.")


def _move(sheet: Sheet, band: Box, by: tuple[int, int]) -> None:
    taken = {spot: sheet.rows[spot[0]].cells.pop(spot[1]) for spot in _filled(sheet, band)}
    for (row, column), cell in taken.items():
        sheet.put(row + by[0], column + by[1], cell)
