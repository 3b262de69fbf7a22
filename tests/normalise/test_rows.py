"""Where a table begins and ends, and which rows are data."""

import pytest

from services.store.base import Fault, RawTab, Stored
from tests.normalise.reading import column, read, said
from tests.support.sheets import tab

HEAD = "| ที่ | ชื่อกองทุน | รหัสกองทุน | รหัสศูนย์ | ประเภท | เงินทุน |\n"


def funds(rows: str, odd: dict[str, Stored | Fault] | None = None) -> RawTab:
    return tab("กองทุนสมาชิก", HEAD + rows, odd)


ONE = "| 1 | กองทุนสมมติ | F1 | C1 | กข.คจ. | 100 |\n"


@pytest.mark.parametrize(
    "end",
    [
        "| รวม | | | | | 100 |",
        "| | รวมทั้งสิ้น | | | | 100 |",
        "| | | รวม | | | 100 |",
        "| | รวม | - | | | 100 |",
        "| หมายเหตุ: ข้อมูล ณ สิ้นปี | | | | | |",
        "| | | หมายเหตุ | | | |",
        "| | ลงชื่อ .................. ผู้รายงาน | | | | |",
    ],
)
def test_a_total_or_a_note_ends_the_table(end: str) -> None:
    tables, issues = read(funds(ONE + end))
    assert said(issues) == []
    assert column(tables["funds"], "fund_id") == ["F1"]


@pytest.mark.parametrize(
    "row",
    [
        "| 2 | รวมใจพัฒนา | F2 | C1 | กข.คจ. | 50 |",
        "| รวม | กองทุนสมมติ | F2 | C1 | กข.คจ. | 50 |",
        "| 2 | รวม | F2 | C1 | กข.คจ. | 50 |",
        "| | ลงชื่อร่วมกัน | F2 | C1 | กข.คจ. | 50 |",
        "| 2 | ก | รวมใจ-2 | C1 | กข.คจ. | 50 |",
    ],
)
def test_a_fund_may_be_called_what_it_likes(row: str) -> None:
    tables, issues = read(funds(ONE + row))
    assert said(issues) == []
    assert column(tables["funds"], "capital") == [10_000, 5_000]


def test_data_below_the_total_is_named_and_not_counted() -> None:
    below = """
    | รวม | | | | | 100 |
    | 2   | กองทุนสมมติ ข | F2 | C1 | กข.คจ. | 50 |
    | รวม | | | | | 50 |
    | ที่   | ชื่อกองทุน | รหัสกองทุน | รหัสศูนย์ | ประเภท | เงินทุน |
    | 3   | กองทุนสมมติ ค | F3 | C1 | กข.คจ. | 50 |
    |     |           | (สมมติ ผู้รายงาน) | | | |
    """
    tables, issues = read(funds(ONE + below))
    assert said(issues) == [
        "rows_after_end กองทุนสมาชิก!C4 F2",
        "rows_after_end กองทุนสมาชิก!C7 F3",
    ]
    assert column(tables["funds"], "fund_id") == ["F1"]


def test_blank_rows_are_no_rows_and_the_first_of_them_is_free() -> None:
    tables, issues = read(
        funds(ONE + "| | | | | | |\n| 9 | - | – | | | |\n" + ONE.replace("F1", "F2"))
    )
    assert said(issues) == []
    assert column(tables["funds"], "fund_id") == ["F1", "F2"]
    assert column(tables["funds"], "sheet_row") == [2, 5]
    assert tables["funds"].free_row == 3


@pytest.mark.parametrize(("rows", "free"), [("", 2), (ONE, 3), (ONE + "| รวม | | | | | 1 |", 3)])
def test_the_next_row_goes_below_the_last(rows: str, free: int) -> None:
    tables, _ = read(funds(rows))
    cell = tables["funds"].free_cell("fund_id")
    assert cell is not None
    assert [place.a1 for place in cell.each("")] == [f"C{free}"]


def test_a_row_of_prepared_formulas_is_no_row() -> None:
    prepared = funds(ONE + "| 2 | | | | | |\n| 3 | | | | | |", {"F3": 0.0})
    worked_out = frozenset({(2, 5), (3, 5)})
    formulas = RawTab(prepared.name, prepared.rows, {(3, 5): FORMULA}, lambda: worked_out)
    tables, issues = read(formulas)
    assert said(issues) == []
    assert column(tables["funds"], "fund_id") == ["F1"]


FORMULA = Fault("formula_without_value", "=…")


def test_a_row_without_its_key_is_still_a_row() -> None:
    """Nothing a person typed is silently lost."""
    tables, issues = read(funds(ONE + "| 2 | กองทุนสมมติ ข | | C1 | กข.คจ. | 50 |"))
    assert said(issues) == ["missing_required กองทุนสมาชิก!C3"]
    assert column(tables["funds"], "capital") == [10_000, 5_000]


def centres(rows: str) -> RawTab:
    return tab("ศูนย์", "| รหัสศูนย์ | ชื่อศูนย์ | ตำบล |\n" + rows)


@pytest.mark.parametrize("row", ["| ไม่มี | | |", "| | ไม่มีศูนย์ | |", "| ไม่มีสถาบัน | - | |"])
def test_a_district_may_declare_that_it_has_no_centre(row: str) -> None:
    tables, issues = read(centres(row))
    assert said(issues) == []
    assert tables["centres"].declared_none
    assert len(tables["centres"].frame) == 0
    assert tables["centres"].can_read("centre_id")


@pytest.mark.parametrize("rows", ["", "| C1 | ศูนย์สมมติ | เวียง |"])
def test_an_empty_register_declares_nothing(rows: str) -> None:
    assert not read(centres(rows))[0]["centres"].declared_none


def test_none_beside_a_centre_declares_nothing() -> None:
    tables, issues = read(centres("| C1 | ศูนย์สมมติ | เวียง |\n| | ไม่มีศูนย์ | |"))
    assert not tables["centres"].declared_none
    assert [i.code for i in issues] == ["missing_required", "missing_required"]


def test_only_centres_may_be_declared_away() -> None:
    tables, _ = read(tab("กองทุนสมาชิก", HEAD + "| | | ไม่มี | | | |"))
    assert not tables["funds"].declared_none


def test_the_products_row_id_names_a_row_and_else_its_key() -> None:
    rows = "| r7 | C1 | | เวียง |\n| | C2 | | เวียง |"
    _, issues = read(tab("ศูนย์", "| row_id | รหัสศูนย์ | ชื่อศูนย์ | ตำบล |\n" + rows))
    assert [(i.code, i.row_id) for i in issues] == [
        ("missing_required", "r7"),
        ("missing_required", "C2"),
    ]
    _, issues = read(centres("| C1 | | เวียง |"))
    assert [issue.row_id for issue in issues] == ["C1"]


def test_boxes_nobody_ticked_make_no_rows() -> None:
    """Where a column is given boxes, Google keeps FALSE in every row below."""
    header = ["รหัสครัวเรือน", "รหัสศูนย์", "ชื่อ-สกุลหัวหน้าครัวเรือน", "ครัวเรือนเป้าหมาย"]
    rows = [header, ["H1", "C1", "นายสมมติ ๑", "TRUE"], *[["", "", "", "FALSE"]] * 50]
    tables, found = read(RawTab("ครัวเรือน", rows))
    assert tables["households"].frame["household_id"].tolist() == ["H1"]
    assert "missing_required" not in {one.code for one in found if one.register == "households"}
    assert tables["households"].free_row == 3
