"""The product's notes on an office's cells, wherever the district keeps its workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.store.base import Annotated, NotAsSeenError, Notes, RawTab, SheetStore, Writing
from services.store.notes import COLOUR, sealed
from tests.store.books import YEAR
from tests.store.hanging import hang, hung
from tests.store.keeping import Keep, whole
from tests.support.sheets import tab

DEBTS, CENTRES = "ลูกหนี้", "ศูนย์"
TABS = (
    tab(
        DEBTS,
        """
        | เลขที่ | คงเหลือ | หมายเหตุ |
        | D1    | ร้อย    |         |
        | D2    | 200    | ข       |
        """,
    ),
    RawTab(CENTRES, [["รหัส"], ["C01"]]),
)
AMOUNT, BLANK = (1, 1), (1, 2)
WANTED: Notes = {
    DEBTS: {AMOUNT: "อ่านไม่ได้ → ใส่ตัวเลข", BLANK: "ว่าง\nเติม <ก>&"},
    CENTRES: {(1, 0): "ไม่พบ"},
}
OURS = {
    name: {at: (sealed(text), COLOUR) for at, text in cells.items()}
    for name, cells in WANTED.items()
}


def annotate(store: SheetStore, wanted: Notes) -> Annotated:
    return store.annotate(whole(store), YEAR, wanted)


@pytest.fixture
def store(keep: Keep, tmp_path: Path) -> SheetStore:
    return keep(tmp_path, TABS)


def test_notes_are_put_and_a_second_run_changes_nothing(store: SheetStore) -> None:
    before = [list(map(list, one.rows)) for one in whole(store).tabs]
    assert annotate(store, WANTED) == Annotated(3)
    assert hung(store) == OURS
    assert annotate(store, WANTED) == Annotated(0)
    assert [list(map(list, one.rows)) for one in whole(store).tabs] == before


def test_a_note_says_something_else_when_the_finding_does(store: SheetStore) -> None:
    annotate(store, WANTED)
    other = {**WANTED, DEBTS: {**WANTED[DEBTS], AMOUNT: "ติดลบ"}}
    assert annotate(store, other) == Annotated(1)
    assert hung(store)[DEBTS][AMOUNT] == (sealed("ติดลบ"), COLOUR)
    assert hung(store)[CENTRES] == OURS[CENTRES]


def test_a_note_goes_with_its_fill_when_the_finding_is_fixed(store: SheetStore) -> None:
    annotate(store, WANTED)
    assert annotate(store, {CENTRES: WANTED[CENTRES]}) == Annotated(2)
    assert hung(store) == {CENTRES: OURS[CENTRES]}
    assert annotate(store, {}) == Annotated(1)
    assert hung(store) == {}


def test_the_offices_own_note_and_fill_stay(store: SheetStore) -> None:
    hang(store, DEBTS, AMOUNT, note="โทรถามแล้ว")
    hang(store, DEBTS, BLANK, fill="00FF00")
    assert annotate(store, WANTED) == Annotated(2, ((DEBTS, AMOUNT),))
    assert hung(store)[DEBTS] == {
        AMOUNT: ("โทรถามแล้ว", ""),
        BLANK: (sealed(WANTED[DEBTS][BLANK]), "00FF00"),
    }
    assert annotate(store, WANTED) == Annotated(0, ((DEBTS, AMOUNT),))
    assert annotate(store, {}) == Annotated(2)
    assert hung(store) == {DEBTS: {AMOUNT: ("โทรถามแล้ว", ""), BLANK: ("", "00FF00")}}


def test_a_note_of_ours_that_somebody_wrote_on_is_theirs(store: SheetStore) -> None:
    annotate(store, {DEBTS: {AMOUNT: "อ่านไม่ได้"}})
    theirs = sealed("อ่านไม่ได้") + "\nแก้แล้วในระบบ"
    hang(store, DEBTS, AMOUNT, note=theirs, fill=COLOUR)
    assert annotate(store, {}) == Annotated(0)
    assert hung(store) == {DEBTS: {AMOUNT: (theirs, COLOUR)}}


def test_a_note_beside_its_row_finds_back_to_it(store: SheetStore) -> None:
    astray = sealed(WANTED[CENTRES][1, 0])
    hang(store, CENTRES, (0, 0), note=astray, fill=COLOUR)
    assert annotate(store, {CENTRES: WANTED[CENTRES]}) == Annotated(2)
    assert hung(store) == {CENTRES: OURS[CENTRES]}


def test_a_tab_that_is_not_there_gets_no_notes(store: SheetStore) -> None:
    with pytest.raises(NotAsSeenError):
        annotate(store, {**WANTED, "ไม่มี": {(0, 0): "ก"}})
    assert hung(store) == {}


def test_a_row_that_is_not_as_seen_gets_no_note(store: SheetStore) -> None:
    seen = whole(store)
    store.write(seen, YEAR, [Writing(seen.tabs[0], {AMOUNT: "สองร้อย"}, rows=(0,))])
    with pytest.raises(NotAsSeenError):
        store.annotate(seen, YEAR, WANTED)
    assert hung(store) == {}
    assert annotate(store, WANTED) == Annotated(3)
