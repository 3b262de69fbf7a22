"""The product's own tab within an office's workbook: whether it is there, ours, and up to date."""

from __future__ import annotations

from services.store.base import CannotWriteError, OwnTab, Position, RawTab, RawWorkbook, Stored


def standing(book: RawWorkbook, wanted: OwnTab) -> RawTab | None:
    """The tab as it was read; None if there is none yet.

    Raises:
        CannotWriteError: there is one of that name, and what stands in it is not ours.
    """
    tab = next((tab for tab in book.tabs if tab.name == wanted.name), None)
    if tab is not None and _filled(tab) and tab.rows[0][:1] != [wanted.rows[0][0]]:
        raise CannotWriteError(obstacle="not_ours")
    return tab


def is_as_wanted(tab: RawTab | None, wanted: OwnTab) -> bool:
    """Whether nothing is to be done."""
    return tab is not None and _filled(tab) == cells_of(wanted)


def cells_of(wanted: OwnTab) -> dict[Position, str]:
    """The cells that hold something."""
    return {
        (row, column): text
        for row, texts in enumerate(wanted.rows)
        for column, text in enumerate(texts)
        if text
    }


def _filled(tab: RawTab) -> dict[Position, Stored]:
    return {
        (row, column): value
        for row, values in enumerate(tab.rows)
        for column, value in enumerate(values)
        if value != ""
    }
