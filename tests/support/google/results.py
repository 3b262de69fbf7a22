"""What cells show: formulas worked out, values formatted."""

from __future__ import annotations

from typing import Any

from tests.support.google import a1, formulas
from tests.support.google.answers import RefusedError
from tests.support.google.cells import Cell
from tests.support.google.formats import shown
from tests.support.google.functions import FormulaError, Value
from tests.support.google.sheets import Book, Sheet


class Results:
    """What cells show, formulas worked out once for each answer."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.known: dict[tuple[int, int, int], dict[str, Any]] = {}

    def effective(self, sheet: Sheet, row: int, column: int) -> dict[str, Any] | None:
        cell = sheet.cell(row, column)
        if cell.formula is None:
            return dict(cell.entered) if cell.entered else None
        if cell.given is not None:
            return dict(cell.given)
        place = (sheet.sheet_id, row, column)
        if place not in self.known:
            circular = {"type": "REF", "message": "Circular dependency detected."}
            self.known[place] = {"errorValue": circular}
            self.known[place] = formulas.evaluate(cell.formula, self._looker(sheet))
        return self.known[place]

    def _looker(self, home: Sheet) -> formulas.Look:
        def look(text: str) -> list[list[Value]]:
            title, _ = a1.split_title(text)
            name = text if title is not None else f"{a1.quoted(home.title)}!{text}"
            try:
                sheet, span = self.book.find(name)
            except RefusedError as unknown:
                raise FormulaError(
                    kind="NAME", message=f"Unknown range name: '{text}'."
                ) from unknown
            box = sheet.clip(span)
            return [
                [formulas.plain(self.effective(sheet, r, c)) for c in range(box.left, box.right)]
                for r in range(box.top, box.bottom)
            ]

        return look

    def formatted(self, sheet: Sheet, row: int, column: int) -> str | None:
        value = self.effective(sheet, row, column)
        if value is None:
            return None
        return shown(value, number_format(sheet.cell(row, column)), self.book.locale)


def number_format(cell: Cell) -> dict[str, Any]:
    return dict((cell.format or {}).get("numberFormat", {}))
