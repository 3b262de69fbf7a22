"""Whether a unit's required cells are filled, and which are not.

A centre's rows are its target households, the rows that name them, or the rows that name the
centre, whatever the register has; a district's are all rows of the register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from services.cells import Cells
from services.compute.facts import Facts, Positions
from services.compute.proofs import Missing
from services.compute.spans import on_or_before
from services.compute.verbs import HOUSEHOLDS, Needs
from services.normalise.columns import Mask
from services.normalise.tables import Table, words
from sheets_schema.forms import Form
from sheets_schema.model import Register

Lacking = Mapping[str, list[Missing]]
"""Centre -> what its rows of one register lack."""
Judged = tuple[Mask, Mask, Mapping[str, Mask]]
"""Rows that count, those of them that are filled, and column -> rows whose first gap it is."""
COPIES = ""
"""Stands for a column where the whole row does not count: its copies differ."""


@dataclass(frozen=True, eq=False)
class Content:
    """What a unit has for a form: nothing missing, or «ไม่มี» declared in the registers.

    `proofs` are the required cells of a unit that lacks nothing.
    """

    unit_id: str
    missing: tuple[Missing, ...] = ()
    declared: bool = False
    proofs: tuple[Cells, ...] = ()


def contents_unknown(district: str) -> Content:
    """The one unit of a district without a readable workbook."""
    return Content(district, (Missing("report_no_workbook", None),))


def contents(facts: Facts, form: Form) -> Iterator[Content]:
    """Every unit the form is expected of."""
    centres, district = facts.tables["centres"], facts.tables.district
    if centres.declared_none and all(map(_of_centres, _registers(facts, form))):
        yield Content(district, declared=True)
    elif form.unit == "district":
        judged = {code: _judged(facts, form, code) for code in form.cells}
        lacking = tuple(_district_lacks(facts, form, judged))
        proofs = () if lacking else tuple(_filled(facts, form, judged, None))
        yield Content(district, lacking, proofs=proofs)
    elif not centres.can_read("centre_id"):
        yield Content(district, (_unreadable(centres),))
    elif facts.centre_ids:
        yield from _of_each_centre(facts, form)
    else:
        yield Content(district, (Missing("report_no_centres", centres.free_cell("centre_id")),))


def _registers(facts: Facts, form: Form) -> list[Register]:
    return [facts.tables[code].register for code in form.cells]


def _of_households(register: Register) -> bool:
    """Whether a row of the register is a household's, always."""
    column = register.by_code.get("household_id")
    return column is not None and column.required


def _of_centres(register: Register) -> bool:
    """Whether a row of the register is a centre's, be it through its household."""
    return "centre_id" in register.by_code or _of_households(register)


def _unreadable(table: Table) -> Missing:
    return Missing("register_unreadable", None, blanks=({"registers": table.register.tab},))


def _of_each_centre(facts: Facts, form: Form) -> Iterator[Content]:
    """The form's centres; those that declare no target households have nothing to tell of them."""
    asked = _asked(facts, form)
    judged = {code: _judged(facts, form, code) for code in form.cells}
    lacking = [_centres_lack(facts, form, code, judged[code]) for code in form.cells]
    about_households = all(map(_of_households, _registers(facts, form)))
    without = _without_targets(facts) if about_households else set()
    for centre_id in facts.centre_ids:
        if centre_id in asked:
            missing = tuple(one for found in lacking for one in found.get(centre_id, ()))
            proofs = () if missing else tuple(_filled(facts, form, judged, centre_id))
            yield Content(centre_id, missing, centre_id in without, proofs)


def _filled(
    facts: Facts, form: Form, judged: Mapping[str, Judged], centre_id: str | None
) -> Iterator[Cells]:
    """The required cells of the unit's filled rows; no centre: the district's."""
    for code, columns in form.cells.items():
        table = facts.tables[code]
        _, sound, _ = judged[code]
        if centre_id is not None and _of_households(table.register):
            named, numbers = facts.rows_of_targets(code)
            own = np.zeros_like(sound)
            own[named[np.isin(numbers, facts.targets_of(centre_id))]] = True
            sound = sound & own
        elif centre_id is not None:
            sound = sound & (table.frame["centre_id"] == centre_id).to_numpy(dtype=np.bool_)
        rows = table.sheet_rows[sound]
        yield from filter(None, (table.cells(column, rows) for column in columns))


def _asked(facts: Facts, form: Form) -> set[str]:
    """Centres the form is expected of, by the year they were founded in."""
    if form.founded_until is None and form.founded_in is None:
        return set(facts.centre_ids)
    rows = facts.tables["centres"].rows
    founded = rows["founded_year"]
    wanted = founded == form.founded_in if form.founded_in else founded <= form.founded_until
    return set(words(rows["centre_id"][wanted.fillna(value=False).astype(bool)])) - {None}


def _without_targets(facts: Facts) -> set[str]:
    """Centres that say they have no target households, and have none."""
    rows = facts.tables["centres"].rows
    said = rows["centre_id"][rows["no_targets"].fillna(value=False).astype(bool)]
    return set(words(said)) - set(words(facts.targets["centre_id"])) - {None}


def _activity(table: Table, form: Form) -> tuple[str, ...]:
    """The column that says which rows are the form's, where it asks for those of one activity."""
    return ("activity",) if form.activity and "activity" in table.register.by_code else ()


def _needs(table: Table, form: Form, by_household: bool) -> Needs:  # noqa: FBT001 – two kinds of rows
    """Columns without which nothing can be said of a centre's rows."""
    own = (*form.cells[table.register.code], *_activity(table, form))
    if not by_household:
        return {table.register.code: ("centre_id", *own)}
    return {"households": HOUSEHOLDS, table.register.code: ("household_id", *own)}


def _judged(facts: Facts, form: Form, code: str) -> Judged:
    """The register's rows as the form judges them."""
    table, columns = facts.tables[code], form.cells[code]
    counts = np.ones(len(table.frame), dtype=np.bool_)
    for column in _activity(table, form):
        title = facts.programme.activity_title(form.activity or "")
        counts = (table.frame[column] == title).to_numpy(dtype=np.bool_)
    gaps, sound = {COPIES: table.conflicted}, ~table.conflicted
    for column in columns:
        if table.register.by_code[column].type == "date":
            filled = on_or_before(table, column, facts.as_of)
        else:
            filled = facts.given(code, column)
        gaps[column], sound = sound & ~filled, sound & filled
    return counts, counts & sound, gaps


def _lacks(
    table: Table, gaps: Mapping[str, Mask], rows: Positions, ids: Sequence[str | None]
) -> Iterator[Missing]:
    """What these rows lack, column by column; `ids` are their households, if they have some."""
    for column, gap in gaps.items():
        inside = np.flatnonzero(gap[rows]).tolist()
        if inside:
            yield _gap(table, column, rows[inside], [ids[n] for n in inside] if ids else [])


def _gap(table: Table, column: str, rows: Positions, ids: list[str | None]) -> Missing:
    held = table.register.by_code[column or table.register.key.code]
    cells = table.cells(held.code, table.sheet_rows[rows])
    if column == COPIES:
        blanks = [{"id": key} for key in table.keys[rows]]
        return Missing("copies_differ", cells, (), ids, blanks)
    words_of = {"header": held.header, "tab": table.register.tab}
    code = "report_cell_of_household" if ids else "report_cell"
    return Missing(code, cells, (), ids, [words_of] * len(rows))


def _no_rows(table: Table, column: str, reason: str, ids: Sequence[str], of: str) -> Missing:
    """Rows that are not there yet: all would go into the next free one."""
    cell = table.free_cell(column)
    cells = cell and replace(cell, rows=np.repeat(cell.rows, len(ids)))
    blanks = [{of: one, "tab": table.register.tab} for one in ids]
    return Missing(reason, cells, (), ids if of == "household_id" else (), blanks)


def _district_lacks(facts: Facts, form: Form, judged: Mapping[str, Judged]) -> Iterator[Missing]:
    """At least one row in each register, and every one of them filled."""
    for code, columns in form.cells.items():
        table = facts.tables[code]
        if not table.can_read(*columns, *_activity(table, form)):
            yield _unreadable(table)
            continue
        counts, _, gaps = judged[code]
        if not counts.any():
            free = table.free_cell(columns[0])
            yield Missing("report_no_rows", free, blanks=({"tab": table.register.tab},))
        yield from _lacks(table, gaps, np.flatnonzero(counts), ())


def _centres_lack(facts: Facts, form: Form, code: str, judged: Judged) -> Lacking:
    """What every centre's rows of one register lack."""
    table = facts.tables[code]
    by_household = _of_households(table.register)
    for one, columns in _needs(table, form, by_household).items():
        if not facts.tables[one].can_read(*columns):
            return {key: [_unreadable(facts.tables[one])] for key in facts.centre_ids}
    if by_household:
        return _households_lack(facts, table, judged)
    return _own_rows_lack(facts, table, judged)


def _households_lack(facts: Facts, table: Table, judged: Judged) -> Lacking:
    """At least one target household, and for each of them a row that is filled."""
    counts, sound, gaps = judged
    rows, numbers = facts.rows_of_targets(table.register.code)
    rows, numbers = rows[counts[rows]], numbers[counts[rows]]
    open_ones = np.setdiff1d(np.arange(len(facts.targets)), numbers[sound[rows]])
    latest = np.full(len(facts.targets), -1, dtype=np.int64)
    latest[numbers] = rows
    places = facts.numbers_of_centres(facts.targets["centre_id"])
    lacking: dict[str, list[Missing]] = {}
    for n in set(places[open_ones].tolist()) - {-1}:
        own = open_ones[places[open_ones] == n]
        lacking[facts.centre_ids[n]] = list(_of_open(facts, table, gaps, (own, latest[own])))
    households = facts.tables["households"]
    for n in np.setdiff1d(np.arange(len(facts.centre_ids)), places):
        centre_id = facts.centre_ids[n]
        lacking[centre_id] = [
            _no_rows(households, "target", "report_no_targets", [centre_id], "centre_id")
        ]
    return lacking


def _of_open(
    facts: Facts, table: Table, gaps: Mapping[str, Mask], households: tuple[Positions, Positions]
) -> Iterator[Missing]:
    """What target households lack, given each one's last row, -1 where it has none."""
    numbers, rows = households
    ids = [facts.target_ids[n] for n in numbers.tolist()]
    none = [one for one, row in zip(ids, rows, strict=True) if row < 0]
    some = [one for one, row in zip(ids, rows, strict=True) if row >= 0]
    if none:
        yield _no_rows(table, "household_id", "report_no_household_row", none, "household_id")
    yield from _lacks(table, gaps, rows[rows >= 0], some)


def _own_rows_lack(facts: Facts, table: Table, judged: Judged) -> Lacking:
    """At least one row of the centre that is filled; else what its last row lacks."""
    counts, sound, gaps = judged
    places = facts.numbers_of_centres(table.frame["centre_id"])
    filled = set(places[sound].tolist())
    latest = dict(zip(places[counts].tolist(), np.flatnonzero(counts).tolist(), strict=True))
    lacking: dict[str, list[Missing]] = {}
    for n, centre_id in enumerate(facts.centre_ids):
        if n in filled:
            continue
        if n in latest:
            lacking[centre_id] = list(_lacks(table, gaps, np.array([latest[n]]), ()))
        else:
            nothing = _no_rows(table, "centre_id", "report_no_centre_row", [centre_id], "centre_id")
            lacking[centre_id] = [nothing]
    return lacking
