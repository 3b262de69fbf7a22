"""One request of a batchUpdate, with what it works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.google.a1 import Box
from tests.support.google.answers import RefusedError
from tests.support.google.masks import Mask, parse_mask
from tests.support.google.protection import check_box
from tests.support.google.shapes import check_written
from tests.support.google.sheets import Book, Sheet
from tests.support.google.world import File, World


@dataclass(frozen=True)
class Change:
    """The request's body, the spreadsheet it changes, and who sends it."""

    body: dict[str, Any]
    book: Book
    file: File
    world: World
    caller: str

    def mask(self, of: str) -> Mask:
        """Read the mask of the message that is written, such as CellData."""
        text = self.body.get("fields")
        if not text:
            raise RefusedError(
                400, "At least one field must be listed in 'fields'. (Use '*' for all.)"
            )
        mask = parse_mask(text)
        check_written(mask, of)
        return mask

    def check(self, sheet: Sheet, box: Box) -> None:
        check_box(self.book, sheet, box, self.caller, owner=self.file.owner)
