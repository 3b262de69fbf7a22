"""The way from one reading of a workbook to the next: rows that moved, cells that changed.

Exact: applied to the one it gives the other, as `cells_digest` tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.normalise.locate import ROW_ID
from services.store.base import Fault, Position, RawTab, Stored
from services.store.copies import cell_of, cell_told

Json = dict[str, Any]
Order = Sequence[int]
"""For each row now, the row it was; NEW for one that was not there."""
NEW = -1
HEADERS_SEARCHED = 120


@dataclass(frozen=True, eq=False)
class TabPatch:
    """One tab now, as changes of the tab it was; `overlays` are told whole where they differ."""

    name: str
    was: str | None
    order: Order
    width: int
    cells: Mapping[Position, Stored]
    overlays: Json


def patches(then: Iterable[RawTab], now: Iterable[RawTab]) -> tuple[TabPatch, ...]:
    """The way from the tabs then to the tabs now; a tab is found again by its name."""
    known = {tab.name: tab for tab in then}
    return tuple(_patch(known.get(tab.name), tab) for tab in now)


def _patch(then: RawTab | None, now: RawTab) -> TabPatch:
    old = RawTab("", []) if then is None else then
    order = _order(old, now)
    width = max(map(len, now.rows), default=0)
    cells = dict(_changed(old, now, order, width))
    moved = _overlays(old, order)
    overlays = {kind: told for kind, told in _overlays(now).items() if told != moved[kind]}
    return TabPatch(now.name, then.name if then else None, order, width, cells, overlays)


def applied(patch: Iterable[TabPatch], then: Iterable[RawTab]) -> tuple[RawTab, ...]:
    """The tabs the patch leads to."""
    known = {tab.name: tab for tab in then}
    return tuple(_applied(one, known.get(one.was or "")) for one in patch)


def _applied(patch: TabPatch, then: RawTab | None) -> RawTab:
    old = RawTab("", []) if then is None else then
    rows = [_row(old, was, patch.width) for was in patch.order]
    for (row, column), cell in patch.cells.items():
        rows[row][column] = cell
    told = {**_overlays(old, patch.order), **patch.overlays}
    faults = {(row, column): Fault(kind, shown) for row, column, kind, shown in told["faults"]}
    formulas = {(row, column) for row, column in told["formulas"]}
    formats = {(row, column): shown for row, column, shown in told["formats"]}
    return RawTab(
        patch.name, rows, faults, partial(frozenset, formulas), partial(dict, formats), old.url
    )


def _row(tab: RawTab, row: int, width: int) -> list[Stored]:
    cells = [] if row == NEW else list(tab.rows[row][:width])
    return cells + [""] * (width - len(cells))


def _changed(
    then: RawTab, now: RawTab, order: Order, width: int
) -> Iterator[tuple[Position, Stored]]:
    for number, was in enumerate(order):
        old, new = _row(then, was, width), _row(now, number, width)
        if old != new or list(map(type, old)) != list(map(type, new)):
            for column, (before, cell) in enumerate(zip(old, new, strict=True)):
                if type(before) is not type(cell) or before != cell:
                    yield (number, column), cell


def _overlays(tab: RawTab, order: Order | None = None) -> Json:
    """Faults, formulas and telling formats by position; with an order, where they are by now."""
    places = None if order is None else {was: row for row, was in enumerate(order)}

    def moved(at: Position) -> Iterator[Position]:
        if places is None:
            yield at
        elif at[0] in places:
            yield places[at[0]], at[1]

    return {
        "faults": sorted(
            [*new, fault.kind, fault.shown] for at, fault in tab.faults.items() for new in moved(at)
        ),
        "formulas": sorted(list(new) for at in tab.formulas() for new in moved(at)),
        "formats": sorted(
            [*new, shown] for at, shown in tab.formats().items() for new in moved(at)
        ),
    }


def _order(then: RawTab, now: RawTab) -> list[int]:
    """Which row each row was: by its id, else by what it holds, else by the row before it."""
    order = [NEW] * len(now.rows)
    free = dict.fromkeys(range(len(then.rows)))
    for names in (_ids, _contents):
        old = _only(names(then), free)
        for row, name in names(now):
            if order[row] == NEW and (place := old.pop(name, None)) is not None:
                order[row] = place
                free.pop(place, None)
    for row in range(len(now.rows)):
        after = order[row - 1] + 1 if row and order[row - 1] != NEW else row
        if order[row] == NEW and after in free and _alike(then, after, now, row):
            order[row] = after
            del free[after]
    return order


def _ids(tab: RawTab) -> list[tuple[int, object]]:
    """Rows with an id that no other row has."""
    place = next(
        (row.index(ROW_ID) for row in tab.rows[:HEADERS_SEARCHED] if ROW_ID in row),
        None,
    )
    if place is None:
        return []
    named = [(row, cells[place]) for row, cells in enumerate(tab.rows) if len(cells) > place]
    times: dict[object, int] = {}
    for _, name in named:
        times[name] = times.get(name, 0) + 1
    return [(row, name) for row, name in named if name != "" and times[name] == 1]


def _contents(tab: RawTab) -> list[tuple[int, object]]:
    """Rows by all they hold; of equal ones the first goes with the first."""
    seen: dict[object, int] = {}
    named: list[tuple[int, object]] = []
    for row, cells in enumerate(tab.rows):
        held = tuple((type(cell), cell) for cell in cells)
        seen[held] = seen.get(held, 0) + 1
        named.append((row, (held, seen[held])))
    return named


def _only(named: Iterable[tuple[int, object]], free: Mapping[int, None]) -> dict[object, int]:
    return {name: row for row, name in named if row in free}


def _alike(then: RawTab, was: int, now: RawTab, row: int) -> bool:
    """Whether the row in the place after the one before shares a filled cell with it."""
    pairs = zip(then.rows[was], now.rows[row], strict=False)
    return any(old == new != "" for old, new in pairs)


def told(patch: Iterable[TabPatch]) -> list[Json]:
    """As JSON; `of_told` gives the same back."""
    return [
        {
            "name": one.name,
            "was": one.was,
            "order": _runs(one.order),
            "width": one.width,
            "cells": [[*at, cell_told(cell)] for at, cell in one.cells.items()],
            **one.overlays,
        }
        for one in patch
    ]


def of_told(said: Iterable[Json]) -> tuple[TabPatch, ...]:
    """The patch that was told."""
    return tuple(
        TabPatch(
            one["name"],
            one["was"],
            [row for start, count in one["order"] for row in _run(start, count)],
            one["width"],
            {(row, column): cell_of(cell) for row, column, cell in one["cells"]},
            {kind: one[kind] for kind in ("faults", "formulas", "formats") if kind in one},
        )
        for one in said
    )


def _run(start: int, count: int) -> Sequence[int]:
    return [NEW] * count if start == NEW else range(start, start + count)


def _runs(order: Order) -> list[list[int]]:
    """Rows that stayed together, as first row and count."""
    runs: list[list[int]] = []
    for was in order:
        start, count = runs[-1] if runs else (0, 0)
        follows = was == NEW if start == NEW else was == start + count
        if runs and follows:
            runs[-1][1] += 1
        else:
            runs.append([was, 1])
    return runs
