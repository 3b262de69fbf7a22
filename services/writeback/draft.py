"""What somebody has typed on the page and not saved yet; it rests on the workbook as seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

import pandas as pd

from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID, Header, Place
from services.normalise.rows import find_extent
from services.normalise.thai import fold
from services.store.base import Position, RawTab, RawWorkbook, Stored, Written
from services.writeback.journal import OF_ONE_DRAFT
from services.writeback.merge import at
from services.writeback.plan import Plan, planned
from services.writeback.wants import WHOLE_ROW, Want, new_row_id, row_id_of, typed
from sheets_schema.model import Column, Register

Token = int | str
"""A row of the sheet (from 0), or the id of one that is new."""
Text = str | None


@dataclass(frozen=True, eq=False)
class Draft:
    """One register being edited.

    `cells` are (sheet row from 0, column code) -> the text typed; `added` new rows by the id they
    will carry; `removed` sheet rows. `id` names the draft, whatever is typed into it.
    """

    register: Register
    seen: RawWorkbook
    tab: RawTab
    header: Header
    id: str = field(default_factory=new_row_id)
    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be saved."""
        return not (self.cells or any(self.added.values()) or self.removed)

    @property
    def save_id(self) -> str:
        """Names the save this becomes: pressed twice it is one, changed in between another."""
        told = repr(self.wants()).encode()
        return f"{self.id}{OF_ONE_DRAFT}{blake2b(told, digest_size=8).hexdigest()}"

    @property
    def columns(self) -> list[Column]:
        """The register's columns that stand in the sheet, in the sheet's order."""
        places = self.header.columns
        known = [column for column in self.register.columns if column.code in places]
        return sorted(known, key=lambda column: places[column.code])

    @property
    def worked_out(self) -> frozenset[str]:
        """Codes of columns of which some row is a formula: these are the office's to change."""
        rows = set(self.data_rows)
        formulas = {column for row, column in self.tab.formulas() if row in rows}
        return frozenset(c for c, column in self.header.columns.items() if column in formulas)

    @property
    def data_rows(self) -> list[int]:
        """Sheet rows (from 0) that hold the register's data."""
        return [int(row) for row in find_extent(self.tab, self.header, self.register).data]

    def text(self, token: Token, column: Column) -> str:
        """What the cell shows, the draft included."""
        if isinstance(token, str):
            return self.added[token].get(column.code, "")
        return self.cells.get((token, column.code), self.stood(token, column.code))

    def stood(self, row: int, code: str) -> str:
        """What stood there when editing began."""
        return as_typed(self._cell(row, code))

    def _cell(self, row: int, code: str) -> Stored:
        column = self.header.columns.get(code)
        return "" if column is None else at(self.tab, row, column)

    def typing(self, row: int, code: str, text: Text) -> Draft:
        """With a cell's new text; the text that stood there is no change."""
        cells = {place: old for place, old in self.cells.items() if place != (row, code)}
        if (text or "") != self.stood(row, code):
            cells[row, code] = text or ""
        return replace(self, cells=cells)

    def typing_new(self, name: str, code: str, text: Text) -> Draft:
        """With a cell of a new row."""
        row = dict(self.added.get(name, {}))
        row.pop(code, None)
        if text:
            row[code] = text
        return replace(self, added={**self.added, name: row})

    def without(self, token: Token) -> Draft:
        """With the row removed."""
        if isinstance(token, str):
            return replace(self, added={n: row for n, row in self.added.items() if n != token})
        cells = {place: text for place, text in self.cells.items() if place[0] != token}
        return replace(self, cells=cells, removed=self.removed | {token})

    def wants(self) -> tuple[Want, ...]:
        """What saving would ask for: cells, new rows, removed rows."""
        return (*self._edits(), *self._additions(), *self._removals())

    def _edits(self) -> Iterator[Want]:
        for (row, code), text in sorted(self.cells.items()):
            yield self._want(row, code, typed(self.register.by_code[code], text))

    def _removals(self) -> Iterator[Want]:
        for row in sorted(self.removed):
            yield self._want(row, WHOLE_ROW, "")

    def _want(self, row: int, code: str, new: Written) -> Want:
        row_id, key = self.stood(row, ROW_ID), self.stood(row, self.register.key.code)
        seen = "" if code == WHOLE_ROW else self.stood(row, code)
        return Want(self.register.code, row, row_id, key, code, seen, new)

    def _additions(self) -> Iterator[Want]:
        for name, texts in self.added.items():
            key = texts.get(self.register.key.code, "")
            for code, text in texts.items():
                new = typed(self.register.by_code[code], text)
                yield Want(self.register.code, None, name, key, code, "", new)

    def tried(self) -> tuple[RawWorkbook, Mapping[Position, int]]:
        """The workbook as it would stand, for the checks; which want each changed cell is for."""
        wants = self.wants()
        here = Place(self.tab, self.header)
        plan = planned(self.register, here, here, dict(enumerate(wants)))
        new = replace(self.tab, rows=_with(self.tab, plan))
        tabs = tuple(new if tab is self.tab else tab for tab in self.seen.tabs)
        book = replace(self.seen, tabs=tabs, digest=f"{self.seen.digest} {self.id}")
        return book, {place: min(numbers) for place, numbers in plan.wants.items()}


def _with(tab: RawTab, plan: Plan) -> Sequence[Sequence[Stored]]:
    width = max([*map(len, tab.rows), *(column + 1 for _, column in plan.cells)])
    height = max([len(tab.rows), *(row + 1 for row, _ in plan.cells)])
    rows = [[at(tab, row, column) for column in range(width)] for row in range(height)]
    for (row, column), new in plan.cells.items():
        rows[row][column] = new if isinstance(new, str) else float(new)
    return rows


@dataclass(frozen=True, eq=False)
class Grid:
    """The rows an editor shows: `frame` has a column per header, `tokens` say whose each row is."""

    frame: pd.DataFrame
    tokens: tuple[Token, ...]
    columns: tuple[Column, ...]
    found: int


def grid(draft: Draft, search: str, most: int) -> Grid:
    """At most so many rows that hold the searched words; new ones and changed ones in any case."""
    columns, wanted = draft.columns, fold(search)
    changed = {row for row, _ in draft.cells}
    rows = [row for row in draft.data_rows if row not in draft.removed]
    hits = [
        row
        for row in rows
        if row in changed or any(wanted in fold(draft.text(row, column)) for column in columns)
    ]
    kept = hits[:most] + [row for row in hits[most:] if row in changed]
    tokens: tuple[Token, ...] = (*kept, *draft.added)
    texts = {c.header: [draft.text(token, c) or None for token in tokens] for c in columns}
    frame = pd.DataFrame(texts, columns=[c.header for c in columns], dtype="object")
    return Grid(frame, tokens, tuple(columns), len(hits) + len(draft.added))


def typed_into(draft: Draft, shown: Grid, state: Mapping[str, Any], turn: int) -> Draft:
    """The draft with what an editor tells was done to the grid it showed.

    Args:
        draft: as it was when the grid was made.
        shown: the grid.
        state: `edited_rows`, `added_rows` and `deleted_rows`, as Streamlit's editor gives them.
        turn: the how-manieth grid of the draft it is: its new rows are named by it.
    """
    codes = {column.header: column.code for column in shown.columns}
    for place, texts in state.get("edited_rows", {}).items():
        token = shown.tokens[int(place)]
        for header, text in texts.items():
            if isinstance(token, str):
                draft = draft.typing_new(token, codes[header], _text(text))
            else:
                draft = draft.typing(token, codes[header], _text(text))
    for place in state.get("deleted_rows", ()):
        draft = draft.without(shown.tokens[int(place)])
    return _with_new(draft, state.get("added_rows", ()), codes, turn)


def _with_new(
    draft: Draft, rows: Iterable[Mapping[str, Any]], codes: Mapping[str, str], turn: int
) -> Draft:
    for number, texts in enumerate(rows):
        name = row_id_of(f"{draft.id} {turn} {number}")
        for header, text in texts.items():
            if header in codes and _text(text):
                draft = draft.typing_new(name, codes[header], _text(text))
    return draft


def _text(value: object) -> Text:
    return None if value is None else str(value)
