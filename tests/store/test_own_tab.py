"""The product's own tab in an office's workbook, wherever the district keeps it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from services.store.base import (
    CannotWriteError,
    NotAsSeenError,
    OwnTab,
    RawTab,
    RefusedError,
    SheetStore,
    Writing,
)
from services.store.google_sheets import GoogleSheets
from services.store.mirror import Mirror
from services.store.xlsx_own_tab import posted
from tests.store.books import YEAR
from tests.store.hanging import hung
from tests.store.keeping import Keep, whole
from tests.store.test_odd_notes import prefixed
from tests.store.test_xlsx_notes import with_part
from tests.store.test_xlsx_write import OFFICE, OTHER, TAB, parts
from tests.support.google.books import ROBOT
from tests.support.google.client import LocalGoogle

NAME, MARK = "_ข้อเสนอแนะ", "ข้อเสนอแนะจากโปรแกรม"
DEBTS = RawTab("ลูกหนี้", [["เลขที่", "คงเหลือ"], ["D1", 100.0]])
LONG = OwnTab(NAME, ((MARK, "แท็บ"), ("ผิด", "=1+1"), ("ควรตรวจ", "<ก> & ข"), ("ผิด", "")))
SHORT = OwnTab(NAME, ((MARK, "แท็บ"), ("ผิด", "ค")))


@pytest.fixture
def store(keep: Keep, tmp_path: Path) -> SheetStore:
    return keep(tmp_path, (DEBTS,))


def post(store: SheetStore, wanted: OwnTab) -> bool:
    return store.post(whole(store), YEAR, wanted)


def shown(store: SheetStore) -> list[tuple[str, list[list[object]]]]:
    return [(tab.name, [list(row) for row in tab.rows]) for tab in whole(store).tabs]


def test_the_tab_is_added_and_holds_what_it_should_and_is_then_left(store: SheetStore) -> None:
    (first,) = shown(store)
    for wanted in (LONG, SHORT, LONG):
        assert post(store, wanted)
        assert shown(store) == [first, (NAME, [list(row) for row in wanted.rows])]
        assert not post(store, wanted)
    assert hung(store) == {}


def test_a_tab_of_that_name_that_is_not_ours_is_left(keep: Keep, tmp_path: Path) -> None:
    store = keep(tmp_path, (DEBTS, RawTab(NAME, [["ของสำนักงาน"]])))
    with pytest.raises(CannotWriteError) as refused:
        post(store, LONG)
    assert refused.value.obstacle == "not_ours"
    assert shown(store)[1] == (NAME, [["ของสำนักงาน"]])


def test_an_empty_tab_of_that_name_is_taken(keep: Keep, tmp_path: Path) -> None:
    store = keep(tmp_path, (DEBTS, RawTab(NAME, [])))
    assert post(store, LONG)
    assert shown(store)[1] == (NAME, [list(row) for row in LONG.rows])


def test_a_state_that_is_over_gets_no_tab_twice(store: SheetStore) -> None:
    seen = whole(store)
    assert store.post(seen, YEAR, LONG)
    with pytest.raises(NotAsSeenError):
        store.post(seen, YEAR, SHORT)
    assert shown(store)[1] == (NAME, [list(row) for row in LONG.rows])


def test_cells_are_still_written_beside_the_tab(store: SheetStore) -> None:
    post(store, LONG)
    seen = whole(store)
    store.write(seen, YEAR, [Writing(seen.tabs[0], {(1, 1): 5}, rows=(0,))])
    assert shown(store)[0][1][1] == ["D1", 5]
    assert not post(store, LONG)


def test_who_may_only_read_gets_no_tab(keep: Keep, tmp_path: Path, google: LocalGoogle) -> None:
    store = keep(tmp_path, (DEBTS,))
    live = store.remote if isinstance(store, Mirror) else store
    if isinstance(live, GoogleSheets):
        google.share(live.workbooks(YEAR)[0].home, ROBOT, "reader")
        with pytest.raises(RefusedError):
            post(store, LONG)
        assert len(shown(store)) == 1


def test_the_offices_parts_stay_byte_for_byte() -> None:
    before, after = parts(OFFICE), parts(posted(OFFICE, LONG))
    added = {"xl/worksheets/sheet3.xml"}
    assert after.keys() - before.keys() == added
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    again = parts(posted(posted(OFFICE, LONG), SHORT))
    assert {name for name in after if after[name] != again[name]} == added
    book = openpyxl.load_workbook(BytesIO(posted(OFFICE, LONG)))
    assert book.sheetnames == [TAB, OTHER, NAME]
    assert [cell.value for cell in book[NAME]["B"]] == ["แท็บ", "=1+1", "<ก> & ข", None]
    assert book[NAME]["B2"].data_type == "s"


def test_a_workbook_whose_names_have_a_prefix_gets_the_tab_too() -> None:
    made = with_part(OFFICE, "xl/workbook.xml", prefixed)
    xml = parts(posted(made, LONG))["xl/workbook.xml"]
    assert re.search(rb'<x:sheet name="[^"]*" sheetId="3"[^>]*/></x:sheets>', xml)
