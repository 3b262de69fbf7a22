"""What to write into one register as it stands now, so that wants come true and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID, Header, Place
from services.normalise.rows import find_extent
from services.store.base import Position, RawTab, Written
from services.writeback.merge import Columns, Edit, RowsNow, at, merged, same
from services.writeback.wants import WHOLE_ROW, Fate, Want, Why, new_row_id
from sheets_schema.model import Register

MOST_ROWS = 1_048_576
"""Of a sheet."""


@dataclass
class Plan:
    """`cells` to write; `fates` of wants that are settled without; the rest rest on their cells.

    `wants` says which wants (by number) a cell is written for; a minted row id is for none.
    """

    tab: RawTab | None
    header: Header | None = None
    cells: dict[Position, Written] = field(default_factory=dict)
    wants: dict[Position, set[int]] = field(default_factory=dict)
    fates: dict[int, Fate] = field(default_factory=dict)

    def write(self, new: Mapping[Position, Written], number: int) -> None:
        """Cells for the want of that number: all of them, or none if one is another's already."""
        if new.keys() & self.wants.keys():
            self.fates[number] = Fate("clash", "doubled")
            return
        self.cells.update(new)
        self.wants.update({position: {number} for position in new})


def planned(
    register: Register,
    seen: Place | None,
    now: Place | None,
    wants: Mapping[int, Want],
    mint: Callable[[], str] = new_row_id,
) -> Plan:
    """The plan for the wants (by number) of one register.

    Args:
        register: the year's.
        seen: where it stood in the workbook as seen; None where only new rows are wanted.
        now: where it stands in the workbook now.
        wants: what is wanted of it.
        mint: makes row ids.
    """
    if now is None or now.header is None:
        return Plan(None, fates={number: Fate("clash", "gone") for number in wants})
    planner = _Planner(register, seen, now.tab, now.header, mint)
    planner.edit({n: w for n, w in wants.items() if w.row is not None and w.column != WHOLE_ROW})
    planner.remove({n: w for n, w in wants.items() if w.column == WHOLE_ROW})
    planner.add({n: w for n, w in wants.items() if w.row is None})
    return planner.plan


def row_in_words(tab: RawTab, places: Mapping[str, int], row: int) -> str:
    """What a register's row holds, cell after cell, without its id."""
    columns = sorted(column for code, column in places.items() if code != ROW_ID)
    cells = (as_typed(at(tab, row, column)) for column in columns)
    return " · ".join(cell for cell in cells if cell)


class _Planner:
    """Fills a plan; everything is judged against the tab as it stands now."""

    def __init__(
        self,
        register: Register,
        seen: Place | None,
        tab: RawTab,
        header: Header,
        mint: Callable[[], str],
    ) -> None:
        """Nothing is planned yet."""
        self.plan = Plan(tab, header)
        self._register, self._tab, self._mint = register, tab, mint
        self._places, self._formulas = header.columns, tab.formulas()
        self._then: Mapping[str, int] = seen.header.columns if seen and seen.header else {}
        self._seen = seen.tab if seen else tab
        key = self._then.get(register.key.code)
        pairs = {at: self._places[code] for code, at in self._then.items() if code in self._places}
        self._columns = Columns(pairs, self._then.get(ROW_ID), key)
        self._rows = RowsNow(self._seen, tab, self._columns)

    def edit(self, wants: Mapping[int, Want]) -> None:
        """Cells of rows that were seen."""
        numbers = {(want.row, self._then.get(want.column)): n for n, want in wants.items()}
        edits = [
            Edit(row, column, wants[number].new)
            for (row, column), number in numbers.items()
            if row is not None and column is not None
        ]
        found = merged(self._seen, self._tab, self._columns, edits)
        named = {(edit.row, edit.column): numbers[edit.row, edit.column] for edit in edits}
        for edit in found.done:
            self.plan.fates[named[edit.row, edit.column]] = Fate("already")
        for clash in found.clashes:
            theirs = None if clash.theirs is None else as_typed(clash.theirs)
            number = named[clash.edit.row, clash.edit.column]
            self.plan.fates[number] = Fate("clash", clash.why, theirs)
        for edit, position in found.where.items():
            self.plan.write({position: edit.new}, named[edit.row, edit.column])
            self._name(position[0])
        for number in wants.keys() - named.values():
            self.plan.fates[number] = Fate("clash", "gone")

    def remove(self, wants: Mapping[int, Want]) -> None:
        """Whole rows: emptied where every cell is as it was seen; rows are never shifted."""
        for number, want in wants.items():
            assert want.row is not None  # noqa: S101 – new rows are not removed
            row = self._rows.found(want.row)
            if row == "gone" and self._is_nowhere(want):
                self.plan.fates[number] = Fate("already")
            elif isinstance(row, str):
                self.plan.fates[number] = Fate("clash", row)
            elif any(self._differs(want.row, row, column) for column in self._columns.now):
                theirs = row_in_words(self._tab, self._places, row)
                self.plan.fates[number] = Fate("clash", "changed", theirs)
            else:
                self._empty(row, number)

    def _differs(self, then: int, now: int, column: int) -> bool:
        here = now, self._columns.now[column]
        return here not in self._formulas and (at(self._seen, then, column) != at(self._tab, *here))

    def _empty(self, row: int, number: int) -> None:
        places = ((row, column) for column in self._places.values())
        filled = [at_ for at_ in places if at(self._tab, *at_) != "" and at_ not in self._formulas]
        self.plan.write(dict.fromkeys(filled, ""), number)

    def _is_nowhere(self, want: Want) -> bool:
        """Whether nothing that names the row is left in the tab."""
        named = ((ROW_ID, want.row_id), (self._register.key.code, want.key))
        found = [name for code, name in named if name and self._with(code, name)]
        return bool(want.row_id or want.key) and not found

    def add(self, wants: Mapping[int, Want]) -> None:
        """New rows, each where nothing stands; one that is there already is not added."""
        if self._register.key.code not in self._places:  # nobody knows where its rows end
            self.plan.fates |= {number: Fate("clash", "gone") for number in wants}
            return
        rows: dict[tuple[str, str], dict[int, Want]] = {}
        for number, want in wants.items():
            rows.setdefault((want.row_id, want.key), {})[number] = want
        free = self._free()
        for (row_id, key), cells in rows.items():
            there = self._there(row_id, key)
            if why := self._no_new_row(there, key, cells):
                self.plan.fates |= {n: Fate("clash", why) for n in cells}
                continue
            row = there[0] if there else next(free, None)
            if row is None:
                self.plan.fates |= {n: Fate("clash", "no_room") for n in cells}
                continue
            for number, want in cells.items():
                self._put(row, want, number)
            if not there:
                self._name(row, row_id)

    def _no_new_row(self, there: list[int], key: str, cells: Mapping[int, Want]) -> Why | None:
        """Why the row is not added: its name is taken or, in a tab without ids, it has none."""
        if len(there) > 1:
            return "doubled"
        if ROW_ID in self._places:
            return None
        if not key:
            return "no_key"
        theirs = there and any(not self._holds(there[0], want) for want in cells.values())
        return "doubled" if theirs else None

    def _holds(self, row: int, want: Want) -> bool:
        column = self._places.get(want.column)
        return column is not None and same(at(self._tab, row, column), want.new)

    def _there(self, row_id: str, key: str) -> list[int]:
        """Rows that carry the new row's id; where the tab has no ids, its key."""
        has_ids = ROW_ID in self._places
        code, name = (ROW_ID, row_id) if has_ids else (self._register.key.code, key)
        return self._with(code, name) if name else []

    def _with(self, code: str, name: str) -> list[int]:
        """Rows whose cell of the column says so."""
        column, rows = self._places.get(code), range(len(self._tab.rows))
        return (
            []
            if column is None
            else [row for row in rows if as_typed(at(self._tab, row, column)) == name]
        )

    def _put(self, row: int, want: Want, number: int) -> None:
        column = self._places.get(want.column)
        if column is None:
            self.plan.fates[number] = Fate("clash", "gone")
        elif (row, column) in self._formulas:
            theirs = as_typed(at(self._tab, row, column))
            self.plan.fates[number] = Fate("clash", "formula", theirs)
        elif same(at(self._tab, row, column), want.new):
            self.plan.fates[number] = Fate("already")
        elif at(self._tab, row, column) == "":
            self.plan.write({(row, column): want.new}, number)
        else:
            theirs = as_typed(at(self._tab, row, column))
            self.plan.fates[number] = Fate("clash", "changed", theirs)

    def _free(self) -> Iterator[int]:
        """Rows from the first free one to the total's in which nothing stands, formulas aside."""
        assert self.plan.header is not None  # noqa: S101 – judged before
        extent = find_extent(self._tab, self.plan.header, self._register)
        beyond = range(extent.free, len(self._tab.rows) if extent.end is None else extent.end)
        yield from (row for row in beyond if self._is_free(row))
        if extent.end is None:
            yield from range(max(len(self._tab.rows), extent.free), MOST_ROWS)

    def _is_free(self, row: int) -> bool:
        cells = self._tab.rows[row]
        return all(
            cell == "" or (row, column) in self._formulas for column, cell in enumerate(cells)
        ) and not any((row, column) in self._tab.faults for column in self._places.values())

    def _name(self, row: int, name: str | None = None) -> None:
        """Give the row an id where it has none yet."""
        column = self._places.get(ROW_ID)
        if column is None or (row, column) in {*self._formulas, *self.plan.cells}:
            return
        if at(self._tab, row, column) == "":
            self.plan.cells[row, column] = name or self._mint()
