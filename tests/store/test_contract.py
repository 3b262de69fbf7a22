"""What every store promises, whichever way a district keeps its workbook."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from services.errors import DataFolderError, StoreError
from services.issues import each
from services.normalise.workbook import normalise_workbook
from services.store.base import (
    CannotWriteError,
    Fault,
    NotAsSeenError,
    Position,
    RawTab,
    SheetStore,
    Writing,
    Written,
)
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import programme
from tests.store.books import YEAR
from tests.store.keeping import Keep, in_memory, whole
from tests.support.sheets import place, tab

CENTRES = tab(
    "ศูนย์",
    """
    | รหัสศูนย์ | ชื่อศูนย์     | ตำบล  | เงินทุนรวมของศูนย์ (บาท) |
    | 00401   | ศูนย์สมมติ ก | เวียง | 1,500.-               |
    | C02     | ศูนย์สมมติ ข | เวียง | 2000                  |
    """,
    {"D3": 2000.5},
)
DEBTS = tab(
    "ลูกหนี้",
    """
    | เลขที่รายการหนี้ | รหัสครัวเรือน | รหัสกองทุนเจ้าหนี้ | หนี้คงเหลือ (บาท) | ครบกำหนดชำระ |
    | D1            | H1         | F1             |                | 1            |
    | D2            | H1         | F1             |                | 2            |
    | D3            | 0812345678 | F1             | -              | ก.ค. 65      |
    """,
    {
        "D2": Fault("formula_error", "#REF!"),
        "D3": Fault("formula_without_value", "=…"),
        "E2": date(2565, 7, 26),
        "E3": date(1965, 7, 26),
    },
)
ODD = tab(
    "อื่น ๆ",
    "| a | b | c | d | e |",
    {
        "A1": datetime(2022, 7, 26, 9, 30),  # noqa: DTZ001 - sheets know no time zones
        "B1": time(9, 30),
        "C1": timedelta(days=1, hours=6),
        "D1": 0.1,
        "E1": "=1+1",
    },
)


def test_cells_come_out_as_they_were_stored(keep: Keep, tmp_path: Path) -> None:
    tabs = (CENTRES, DEBTS, ODD)
    book = whole(keep(tmp_path, tabs))
    assert [t.name for t in book.tabs] == ["ศูนย์", "ลูกหนี้", "อื่น ๆ"]
    for got, stored in zip(book.tabs, tabs, strict=True):
        assert [list(row) for row in got.rows] == list(stored.rows)
        assert {at: fault.kind for at, fault in got.faults.items()} == {
            at: fault.kind for at, fault in stored.faults.items()
        }


def test_the_same_tabs_give_the_same_tables_and_findings(keep: Keep, tmp_path: Path) -> None:
    tabs = (CENTRES, DEBTS)
    expected, problems = normalise_workbook(
        whole(in_memory(tmp_path, tabs)), "5601", programme(YEAR)
    )
    got, found = normalise_workbook(whole(keep(tmp_path, tabs)), "5601", programme(YEAR))
    for code in ("centres", "debts"):
        pd.testing.assert_frame_equal(got[code].frame, expected[code].frame)
    said = [[(i.code, place(i.cell)) for i in each(p, "5601", "")] for p in (found, problems)]
    assert said[0] == said[1]
    assert {
        ("formula_error", "ลูกหนี้!D2"),
        ("formula_without_value", "ลูกหนี้!D3"),
        ("unreadable_value", "ลูกหนี้!E3"),
        ("value_assumed", "ลูกหนี้!E4"),
    } <= set(said[0])
    assert expected["centres"].frame["centre_id"].tolist() == ["00401", "C02"]
    assert expected["centres"].frame["capital"].tolist() == [150000, 200050]
    assert expected["debts"].frame["household_id"].tolist() == ["H1", "H1", "0812345678"]


def test_what_has_not_changed_is_not_read_again(keep: Keep, tmp_path: Path) -> None:
    store = keep(tmp_path, (CENTRES,))
    (ref,) = store.workbooks(YEAR)
    digest = whole(store).digest
    assert store.read(ref, YEAR, unless=digest) is None
    assert store.read(ref, YEAR, unless="another") is not None


def test_a_year_nobody_keeps_is_an_error_of_the_system(keep: Keep, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="2599"):
        keep(tmp_path, (CENTRES,)).workbooks(2599)


def test_the_years_that_have_workbooks_are_listed_latest_first(keep: Keep, tmp_path: Path) -> None:
    for name in (".kongthun", "เก่า", "2560"):
        (tmp_path / name).mkdir()
    (tmp_path / "2599").write_text("no folder")
    store = keep(tmp_path, (CENTRES,))
    assert store.years() == ((2565, 2560) if isinstance(store, XlsxFolder) else (2565,))
    assert [ref.district for ref in store.workbooks(store.years()[0])] == ["5601"]


def test_a_missing_folder_is_named_in_both_languages(tmp_path: Path) -> None:
    store = XlsxFolder(tmp_path / "ไม่มีที่นี่")
    for look in (store.years, lambda: store.workbooks(YEAR)):
        with pytest.raises(DataFolderError) as raised:
            look()
        assert "ไม่มีที่นี่" in raised.value.thai
        assert "ไม่มีที่นี่" in raised.value.english


def test_a_year_written_in_thai_digits_opens_like_any_other(tmp_path: Path) -> None:
    """What is offered for choosing must open; «๒๕๖๕» is offered only if it does."""
    (tmp_path / "๒๕๖๕").mkdir()
    store = XlsxFolder(tmp_path)
    assert [store.workbooks(year) for year in store.years()] in ([], [()])


def written(store: SheetStore, cells: Mapping[Position, Written]) -> list[list[object]]:
    """Write into the first tab as it is now; what it then shows."""
    book = whole(store)
    store.write(book, YEAR, [Writing(book.tabs[0], cells, rows=(0,))])
    return [list(row) for row in whole(store).tabs[0].rows]


@pytest.mark.parametrize("text", ["=1+1", "+66", "-1", "@x", "00123", "1/2", "a\nb", "_x0041_", ""])
def test_a_text_is_written_as_it_is(keep: Keep, tmp_path: Path, text: str) -> None:
    before = [list(row) for row in CENTRES.rows]
    before[1][1] = text
    assert written(keep(tmp_path, (CENTRES, ODD)), {(1, 1): text}) == before


def test_numbers_and_new_rows_are_written_beside_what_stands(keep: Keep, tmp_path: Path) -> None:
    store = keep(tmp_path, (CENTRES, ODD))
    after = written(store, {(1, 3): Decimal("1500.25"), (2, 3): 7, (4, 0): "C09"})
    assert [row[3] for row in after[1:3]] == [1500.25, 7]
    assert after[4][0] == "C09"
    assert [list(row) for row in whole(store).tabs[1].rows] == list(ODD.rows)


def test_a_state_that_is_over_is_not_written_into(keep: Keep, tmp_path: Path) -> None:
    store = keep(tmp_path, (CENTRES,))
    seen = whole(store)
    store.write(seen, YEAR, [Writing(seen.tabs[0], {(1, 1): "ก"}, rows=(0,))])
    with pytest.raises(NotAsSeenError):
        store.write(seen, YEAR, [Writing(seen.tabs[0], {(1, 1): "ข"}, rows=(0,))])
    assert whole(store).tabs[0].rows[1][1] == "ก"


def test_a_formula_is_not_written_over_in_memory_either(tmp_path: Path) -> None:
    summed = RawTab("รวม", [[1.0]], formulas=lambda: frozenset({(0, 0)}))
    with pytest.raises(CannotWriteError):
        written(in_memory(tmp_path, (summed,)), {(0, 0): 2})
