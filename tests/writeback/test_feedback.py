"""What the checks find is told on the district's own cells, and goes when it is put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from services.cells import Cell, column_letters
from services.issues import Issue
from services.pipeline import open_workbooks
from services.store.base import Annotated, Position, RawTab, SheetStore, Stored, Writing
from services.store.notes import COLOUR, sealed
from services.writeback.feedback import HEADERS, LIST, list_of, notes_of
from sheets_schema.loader import programme, registers
from sheets_schema.wording import Severity
from tests.store.books import YEAR
from tests.store.hanging import hung
from tests.store.keeping import in_a_folder, on_google, whole
from tests.support.sheets import AS_OF, register_tab

Row = Mapping[str, Stored]
Place = tuple[str, int, str]
"""Register, row from 1 below the header, column."""
CENTRE: Row = {"centre_id": "C1", "centre_name": "ศูนย์สมมติ", "tambon": "เวียง", "no_targets": "ใช่"}
EMPTY = ("meetings", "contracts", "supports", "visits", "readiness", "activities", "evidence")
SEEDED: Mapping[Place, tuple[str, str]] = {
    ("debts", 1, "outstanding"): ("ราวพันบาท", "unreadable_value"),
    ("debts", 2, "household_id"): ("H9", "unknown_reference"),
    ("debts", 3, "repaid"): ("-5", "negative_amount"),
    ("funds", 1, "fund_type"): ("ไม่รู้", "choice_outside_list"),
    ("funds", 2, "debtors_as_of"): ("1 ม.ค. 2599", "date_in_future"),
    ("households", 1, "head_name"): ("", "missing_required"),
    ("households", 2, "centre_id"): ("C7", "unknown_reference"),
}


def rows(code: str, *sound: Row) -> RawTab:
    """The register with what is wrong in it."""
    seeded = [dict(row) for row in sound]
    for (register, row, column), (value, _) in SEEDED.items():
        if register == code:
            seeded[row - 1][column] = value
    return register_tab(code, *seeded)


def workbook() -> tuple[RawTab, ...]:
    numbers = (1, 2, 3)
    fund: Row = {"centre_id": "C1", "fund_name": "กองทุนสมมติ", "fund_type": "กข.คจ."}
    home: Row = {"centre_id": "C1", "head_name": "สมมติ ตัวอย่าง"}
    debt: Row = {"fund_id": "F1", "outstanding": "1000"}
    return (
        register_tab("centres", CENTRE),
        rows("funds", *({**fund, "fund_id": f"F{n}"} for n in numbers)),
        rows("households", *({**home, "household_id": f"H{n}"} for n in numbers)),
        rows("debts", *({**debt, "debt_id": f"D{n}", "household_id": f"H{n}"} for n in numbers)),
        *map(register_tab, EMPTY),
    )


def at(place: Place) -> tuple[str, Position]:
    """Tab and position."""
    register, row, column = place
    codes = [one.code for one in registers()[register].columns]
    return registers()[register].tab, (row, codes.index(column))


def tell(store: SheetStore) -> Annotated:
    """Read, check, tell."""
    (opened,) = open_workbooks(store, programme(YEAR), AS_OF)
    return store.annotate(whole(store), YEAR, notes_of(opened.report.issues()))


def noted(store: SheetStore) -> set[tuple[str, Position]]:
    told = {(tab, at): one for tab, cells in hung(store).items() for at, one in cells.items()}
    assert {fill for _, fill in told.values()} == {COLOUR}
    assert all(note.startswith("[กองทุน ") for note, _ in told.values())
    return set(told)


@pytest.fixture(params=["xlsx", "google"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SheetStore:
    if request.param == "xlsx":
        return in_a_folder(tmp_path, workbook())
    return on_google(request.getfixturevalue("google"), workbook())


def test_seven_mistakes_are_seven_notes_and_one_put_right_is_one_less(store: SheetStore) -> None:
    (opened,) = open_workbooks(store, programme(YEAR), AS_OF)
    cells = [issue for issue in opened.report.issues() if issue.cell is not None]
    assert sorted(issue.code for issue in cells) == sorted(code for _, code in SEEDED.values())
    everywhere = {at(place) for place in SEEDED}
    assert tell(store) == Annotated(7)
    assert noted(store) == everywhere
    assert tell(store) == Annotated(0)
    tab, position = at(("debts", 1, "outstanding"))
    book = whole(store)
    (seen,) = (one for one in book.tabs if one.name == tab)
    store.write(book, YEAR, [Writing(seen, {position: 1000}, rows=(0,))])
    assert tell(store) == Annotated(1)
    assert noted(store) == everywhere - {(tab, position)}
    assert tell(store) == Annotated(0)


def issue(severity: Severity, message: str, a1: str | None, fix: str = "แก้") -> Issue:
    cell = None if a1 is None else Cell("5601.xlsx", "ลูกหนี้", a1)
    return Issue("any", severity, "5601", "debts", "D1", cell, None, message, fix)


def test_several_findings_of_a_cell_are_one_note_with_errors_first() -> None:
    warned, wrong = issue("warning", "สูงไป", "B3"), issue("error", "อ่านไม่ได้", "B3", "ใส่ตัวเลข")
    assert notes_of([warned, wrong, replace(warned, row_id="D2")]) == {
        "ลูกหนี้": {(2, 1): "อ่านไม่ได้ → ใส่ตัวเลข\nสูงไป → แก้"}
    }


def test_what_is_only_told_or_has_no_cell_is_no_note() -> None:
    assert notes_of([issue("info", "เดือนไม่มีวัน", "B3"), issue("error", "ไม่มีแท็บ", None)]) == {}


def test_a_note_says_what_the_finding_says_and_nothing_of_other_cells(store: SheetStore) -> None:
    tell(store)
    (opened,) = open_workbooks(store, programme(YEAR), AS_OF)
    by_place = notes_of(opened.report.issues())
    for tab, cells in hung(store).items():
        for position, (note, _) in cells.items():
            assert note == sealed(by_place[tab][position])
            assert f"{column_letters(position[1])}{position[0] + 1}" in note
            assert "สมมติ ตัวอย่าง" not in note


def told(store: SheetStore) -> bool:
    """Read, check, put the list into its tab."""
    (opened,) = open_workbooks(store, programme(YEAR), AS_OF)
    return store.post(whole(store), YEAR, list_of(opened.report.issues()))


def test_the_list_is_a_tab_that_changes_only_with_the_findings(store: SheetStore) -> None:
    before = [one.name for one in whole(store).tabs]
    tell(store)
    (opened,) = open_workbooks(store, programme(YEAR), AS_OF)
    assert told(store)
    after = whole(store)
    assert [one.name for one in after.tabs] == [*before, LIST]
    assert tuple(after.tabs[-1].rows[0]) == HEADERS
    assert len(after.tabs[-1].rows) == 8
    assert not told(store)
    assert tell(store) == Annotated(0)
    (again,) = open_workbooks(store, programme(YEAR), AS_OF)
    assert list(again.report.issues()) == list(opened.report.issues())


def test_a_list_names_what_to_do_with_errors_first() -> None:
    found = [issue("warning", "สูงไป", "B3"), issue("info", "ก", "B3"), issue("error", "ขาด", None)]
    assert list_of(found).rows == (
        HEADERS,
        ("ข้อผิดพลาด", "", "", "ขาด", "แก้"),
        ("ข้อควรตรวจ", "ลูกหนี้", "B3", "สูงไป", "แก้"),
    )
