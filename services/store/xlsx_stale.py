"""Results of formulas that may rest on a changed cell: stale until somebody's spreadsheet opens.

They are found by following what formulas name, never by working anything out. A result that may
rest on a changed cell is found to do so; following too many names ends in «all of them».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from services.store.areas import Area, meet
from services.store.base import Position
from services.store.formula_refs import Names, Reference, References, defined_names, references
from services.store.sheet_xml import FormulaCell, Sheet, Splice

MOST_STEPS = 2_000_000
"""Comparisons of a changed cell with an area that a formula names: half a second."""


class Known(NamedTuple):
    """What a workbook's formulas may name: tabs, and names with what is written of them."""

    tabs: Iterable[str]
    names: Iterable[tuple[str, str]]


class _Result(NamedTuple):
    """A formula of a tab, and the cells that hold its results."""

    tab: str
    cell: FormulaCell
    fills: Area


class _TooManyError(Exception):
    """Following on would take too long."""


def stale_results(
    sheets: Mapping[str, Sheet], known: Known, changed: Mapping[str, Iterable[Position]]
) -> dict[str, list[FormulaCell]]:
    """By tab, the formulas whose results may rest on the changed cells.

    `sheets`: at least those with formulas.

    Raises:
        CannotWriteError: a sheet's formulas are not written as spreadsheet programs write them.
    """
    everything = {tab: sheet.formulas for tab, sheet in sheets.items()}
    results = [
        _Result(tab, cell, fills)
        for tab, cells in everything.items()
        for cell in cells
        if (fills := cell.fills) is not None
    ]
    if len(results) < sum(map(len, everything.values())):
        return everything  # some formula does not say where it stands: whoever names it is unknown
    by_tab: dict[str, list[FormulaCell]] = defaultdict(list)
    try:
        for result in _Followed(results, known).resting_on(changed):
            by_tab[result.tab].append(result.cell)
    except _TooManyError:
        return everything
    return by_tab


def without_results(sheet: Sheet, stale: Iterable[FormulaCell]) -> Iterator[Splice]:
    """What to take out of the sheet's XML, so that these formulas show no value.

    Raises:
        CannotWriteError: there is more in a cell than a formula and its result.
    """
    for cell in stale:
        yield sheet.without_result(cell)
        if cell.fills is not None and cell.fills[0] != cell.fills[1]:
            yield from sheet.emptied(cell.fills)


class _Followed:
    """What the formulas of a workbook name, by the place that is named."""

    def __init__(self, results: Iterable[_Result], known: Known) -> None:
        names, tabs = defined_names(known.names), {tab.casefold() for tab in known.tabs}
        self.anywhere: list[_Result] = []
        """Formulas that may rest on every cell."""
        self.cells: dict[str, dict[Position, list[_Result]]] = defaultdict(dict)
        self.areas: dict[str, dict[Area, list[_Result]]] = defaultdict(dict)
        self.steps = 0
        self._shared: dict[tuple[str, str], tuple[Position, References]] = {}
        for result in results:
            found = self._named_by(result, names)
            if found is None or any(one.tab and one.tab not in tabs for one in found):
                self.anywhere.append(result)
            else:
                self._note(result, found)

    def resting_on(self, changed: Mapping[str, Iterable[Position]]) -> Iterator[_Result]:
        """Each once."""
        seen: set[int] = set()
        new = [(tab.casefold(), (cell, cell)) for tab, cells in changed.items() for cell in cells]
        found = self.anywhere
        while True:
            for result in found:
                if id(result) not in seen:
                    seen.add(id(result))
                    yield result
                    new.append((result.tab.casefold(), result.fills))
            if not new:
                return
            found = list(self._naming(*new.pop()))

    def _note(self, result: _Result, found: Iterable[Reference]) -> None:
        for one in found:
            tab = one.tab or result.tab.casefold()
            if one.area[0] == one.area[1]:
                self.cells[tab].setdefault(one.area[0], []).append(result)
            else:
                self.areas[tab].setdefault(one.area, []).append(result)

    def _naming(self, tab: str, changed: Area) -> Iterator[_Result]:
        """Formulas that name one of the changed cells; each place is asked about once."""
        cells, areas = self.cells[tab], self.areas[tab]
        one = changed[0] == changed[1]
        self.steps += len(areas) + (0 if one else len(cells))
        if self.steps > MOST_STEPS:
            raise _TooManyError
        near = {changed[0]} & cells.keys() if one else cells.keys()
        for cell in [cell for cell in near if meet((cell, cell), changed)]:
            yield from cells.pop(cell)
        for area in [area for area in areas if meet(area, changed)]:
            yield from areas.pop(area)

    def _named_by(self, result: _Result, names: Names) -> References:
        attributes, position = result.cell.attributes, result.cell.position
        kind, group = attributes.get("t"), (result.tab, attributes.get("si", ""))
        if kind == "dataTable" or position is None:
            return None
        if kind != "shared":
            return references(result.cell.text, names) if result.cell.text else None
        if result.cell.text:
            self._shared[group] = position, references(result.cell.text, names)
        first, found = self._shared.get(group, (position, None))
        down, right = position[0] - first[0], position[1] - first[1]
        moved = [one.moved(down, right) for one in found or ()]
        return None if found is None or None in moved else tuple(one for one in moved if one)
