"""Days that cannot be right, or stand in an order worth a second look."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.compute.seen import Seen
from services.compute.spans import between, looked_up, on_or_before
from services.issues import Findings
from services.normalise.columns import Mask
from services.normalise.dates import thai_days
from services.normalise.tables import Table
from sheets_schema.model import Column


def _dated_columns(seen: Seen, attribute: str) -> Iterator[tuple[Table, Column]]:
    for table in seen.facts.tables.by_code.values():
        for column in table.register.columns:
            if column.code in table.places and getattr(column, attribute):
                yield table, column


def _with_days(
    table: Table, column: str, mask: Mask, code: str, blanks: dict[str, str]
) -> Iterator[Findings]:
    if not mask.any():
        return
    firsts, lasts = table.frame.loc[mask, column], table.last(column)[mask]
    details = [
        {**blanks, "value": thai_days(first, last)}
        for first, last in zip(firsts, lasts, strict=True)
    ]
    values = [str(day)[:10] for day in firsts]
    yield from table.findings(code, column, mask, values, details)


def date_outside_year(seen: Seen) -> Iterator[Findings]:
    """Does what was done this year carry a day of this fiscal year?"""
    programme = seen.facts.programme
    blanks = {
        "year": str(programme.year),
        "first_day": thai_days(programme.first_day),
        "last_day": thai_days(programme.last_day),
    }
    for table, column in _dated_columns(seen, "within_year"):
        inside = between(table, column.code, programme.first_day, programme.last_day)
        outside = table.frame[column.code].notna().to_numpy() & ~inside
        yield from _with_days(table, column.code, outside, "date_outside_year", blanks)


def date_in_future(seen: Seen) -> Iterator[Findings]:
    """Is anything recorded as done after the day of the report?"""
    as_of = seen.facts.as_of
    for table, column in _dated_columns(seen, "not_future"):
        later = table.frame[column.code].notna().to_numpy() & ~on_or_before(
            table, column.code, as_of
        )
        blanks = {"as_of": thai_days(as_of)}
        yield from _with_days(table, column.code, later, "date_in_future", blanks)


def visit_before_contract(seen: Seen) -> Iterator[Findings]:
    """Was a household visited before its first contract was signed?"""
    visits, contracts = seen.table("visits"), seen.table("contracts")
    first_contract = contracts.rows.groupby("household_id")["signed_on"].min()
    signed = looked_up(visits.frame["household_id"], first_contract)
    early = (visits.last("visited_on") < signed).to_numpy(dtype=np.bool_)
    rows = visits.frame[early]
    details = [
        {
            "household_id": str(household_id),
            "value": thai_days(visited),
            "contract_day": thai_days(day),
        }
        for household_id, visited, day in zip(
            rows["household_id"], rows["visited_on"], signed[early], strict=True
        )
    ]
    values = [str(day)[:10] for day in rows["visited_on"]]
    yield from visits.findings("visit_before_contract", "visited_on", early, values, details)


def step_order(seen: Seen) -> Iterator[Findings]:
    """Is a step done although an earlier one is not? Only where the year's steps have an order."""
    if not seen.facts.programme.ladder_ordered:
        return
    table = seen.table("centres")
    places = {code: place for place, code in enumerate(table.keys)}
    for centre in seen.centres:
        behind: int | None = None
        for step in centre.steps:
            if step.state in ("partial", "not_started") and behind is None:
                behind = step.number
            if step.state == "done" and behind is not None:
                words = {"step": str(step.number), "earlier": str(behind)}
                yield _about_centre(table, places.get(centre.centre_id), centre.centre_id, words)


def _about_centre(
    table: Table, place: int | None, centre_id: str, words: dict[str, str]
) -> Findings:
    """The finding at the centre's row, or without a cell where its register cannot be read."""
    cells = None if place is None else table.cells("centre_id", table.sheet_rows[[place]])
    ids = (centre_id if place is None else table.row_ids[place],)
    return Findings("step_order", "centres", None, cells, ids, details=(words,), keys=(centre_id,))
