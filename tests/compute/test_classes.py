"""The draft class of a debt by its due day, and of a household by its worst open debt."""

from __future__ import annotations

import pytest

from services.compute.classes import debt_classes, household_classes
from services.compute.facts import Facts
from services.normalise.workbook import normalise_workbook
from services.store.base import RawWorkbook, WorkbookRef
from sheets_schema.loader import programme
from tests.support.centres import Row
from tests.support.sheets import AS_OF, DISTRICT, register_tab


def facts(*debts: Row) -> Facts:
    rows = [{"debt_id": f"D{n}", "fund_id": "F1", **debt} for n, debt in enumerate(debts)]
    raw = RawWorkbook(WorkbookRef(DISTRICT, "w", "1"), "1", (register_tab("debts", *rows),))
    return Facts(normalise_workbook(raw, DISTRICT, programme(2565))[0], programme(2565), AS_OF)


@pytest.mark.parametrize(
    ("due", "outstanding", "name"),
    [
        ("", "1", "normal"),
        ("04/08/2565", "1", "normal"),
        ("03/08/2565", "1", "watch"),
        ("19/06/2565", "1", "watch"),
        ("18/06/2565", "1", "overdue"),
        ("19/07/2564", "1", "overdue"),
        ("18/07/2564", "1", "default"),
        ("18/07/2564", "0", "closed"),
        ("31/02/2565", "1", "unknown"),
        ("31/02/2565", "0", "closed"),
        ("19/07/2564", "หมื่นสอง", "unknown"),
        ("ก.ค. 2565", "1", "watch"),
    ],
)
def test_days_from_the_due_day_make_the_class(due: str, outstanding: str, name: str) -> None:
    debt = {"household_id": "H1", "due_date": due, "outstanding": outstanding}
    assert list(debt_classes(facts(debt))) == [name]


def test_a_household_is_as_its_worst_open_debt() -> None:
    worst = household_classes(
        facts(
            {"household_id": "H1", "due_date": "", "outstanding": "1"},
            {"household_id": "H1", "due_date": "18/06/2565", "outstanding": "1"},
            {"household_id": "H1", "due_date": "18/07/2564", "outstanding": "0"},
            {"household_id": "H2", "outstanding": "0"},
            {"household_id": "H3", "due_date": "??", "outstanding": "1"},
            {"household_id": "H4", "due_date": "??", "outstanding": "1"},
            {"household_id": "H4", "due_date": "18/07/2560", "outstanding": "1"},
        )
    )
    assert worst == {"H1": "overdue", "H2": "closed", "H3": "unknown", "H4": "default"}
