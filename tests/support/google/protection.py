"""Protected ranges: who may edit what."""

from __future__ import annotations

from tests.support.google import a1
from tests.support.google.a1 import Box
from tests.support.google.answers import PROTECTED, RefusedError
from tests.support.google.sheets import Book, Ranged, Sheet


def may_edit(protection: Ranged, caller: str, owner: str) -> bool:
    body = protection.body
    if body.get("warningOnly") or caller == owner:
        return True
    return caller in body.get("editors", {}).get("users", [])


def check_box(book: Book, sheet: Sheet, box: Box, caller: str, *, owner: str) -> None:
    """Refuse an edit of cells that this caller may not edit."""
    for protection in sheet.protections:
        if may_edit(protection, caller, owner):
            continue
        place = _place(book, sheet, protection)
        if place is not None and place.meets(box) and not _left_open(sheet, protection, box):
            raise RefusedError(400, PROTECTED)


def _place(book: Book, sheet: Sheet, protection: Ranged) -> Box | None:
    named = protection.body.get("namedRangeId")
    for candidate in book.named if named else []:
        if candidate.body.get("namedRangeId") == named:
            return sheet.clip(candidate.spans[0])
    return sheet.clip(protection.spans[0]) if protection.spans else None


def _left_open(sheet: Sheet, protection: Ranged, box: Box) -> bool:
    opened = protection.body.get("unprotectedRanges", [])
    return any(sheet.clip(a1.span_of(one)).holds(box) for one in opened)
