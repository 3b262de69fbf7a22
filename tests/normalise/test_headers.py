"""Headers are found by meaning, wherever a person put them."""

import pytest

from services.normalise.locate import find_header
from services.store.base import RawTab
from sheets_schema.loader import registers
from tests.normalise.reading import column, read, said
from tests.support.sheets import tab

PLAIN = """
    | รหัสกองทุน | รหัสศูนย์ | ชื่อกลุ่ม/กองทุน | ประเภท | เงินทุน (บาท) |
    | F1        | C1      | กองทุนสมมติ     | กข.คจ. | 1,500       |
"""


def funds(table: str) -> RawTab:
    return tab("กองทุนสมาชิก", table)


@pytest.mark.parametrize(
    "table",
    [
        PLAIN,
        """
    | ทะเบียนกองทุนสมาชิก ปี 2565 | | | | |
    | อำเภอเมืองพะเยา | | | | |
    | | | | | |
    | รหัสกองทุน | รหัสศูนย์ | ชื่อกลุ่ม/กองทุน | ประเภท | เงินทุน (บาท) |
    | F1        | C1      | กองทุนสมมติ     | กข.คจ. | 1,500       |
    """,
        """
    | ที่ | เงินทุน | ประเภท | โทรศัพท์ | ชื่อกลุ่ม/กองทุน | รหัสกองทุน | รหัสศูนย์ |
    | 1  | 1,500  | กข.คจ. | 08      | กองทุนสมมติ     | F1        | C1      |
    """,
        """
    | รหัสกองทุน* | รหัสศูนย์ * | ชื่อกลุ่ม / กองทุน* | ประเภท* | เงินทุน(บาท) |
    | F1        | C1      | กองทุนสมมติ     | กข.คจ. | 1,500       |
    """,
        """
    | รหสกองทุน | รหัสกองทุน | รหัสศูนย | ชือกลุม/กองทุน | ประเภท | เงินทุน (฿) |
    | x | F1        | C1      | กองทุนสมมติ     | กข.คจ. | 1,500       |
    """,
        """
    | รหัสกลุ่ม | รหัสสถาบัน | ชื่อกองทุน   | ประเภทกองทุน | เงินทุน |
    | F1       | C1       | กองทุนสมมติ | กข.คจ.      | 1,500  |
    """,
        """
    | รหัส   |       | ข้อมูลกองทุน       |        |         |
    | กองทุน | ศูนย์  | ชื่อกลุ่ม/กองทุน | ประเภท | เงินทุน |
    | F1     | C1    | กองทุนสมมติ    | กข.คจ. | 1,500  |
    """,
        """
    | รหัสกองทุน | รหัสศูนย์ | ชื่อกลุ่ม/กองทุน | ประเภท | เงินทุน |
    |           |         |               |        | (บาท)  |
    | F1        | C1      | กองทุนสมมติ     | กข.คจ. | 1,500  |
    """,
    ],
    ids=[
        "plain",
        "under title rows",
        "moved, with columns of the office",
        "starred",
        "without tone marks",
        "other names",
        "two rows under merged cells",
        "the unit in a row of its own",
    ],
)
def test_a_register_is_read_however_its_header_is_typed(table: str) -> None:
    tables, issues = read(funds(table))
    assert said(issues) == []
    assert column(tables["funds"], "fund_id") == ["F1"]
    assert column(tables["funds"], "centre_id") == ["C1"]
    assert column(tables["funds"], "fund_name") == ["กองทุนสมมติ"]
    assert column(tables["funds"], "capital") == [150_000]


def test_a_header_is_looked_for_only_near_the_top() -> None:
    deep = "| x |\n" * 119 + PLAIN
    assert find_header(funds(deep).rows, registers()["funds"]) is not None
    assert find_header(funds("| x |\n" + deep).rows, registers()["funds"]) is None


def test_data_that_looks_like_a_header_is_not_taken_for_one() -> None:
    found = find_header(funds(PLAIN + "| ประเภท | รหัสศูนย์ | x | x | x |").rows, registers()["funds"])
    assert found is not None
    assert (found.top, found.bottom) == (0, 0)


def test_the_header_itself_goes_before_another_name_for_it() -> None:
    tables, issues = read(
        tab(
            "ลูกหนี้",
            """
    | เลขที่รายการหนี้ | รหัสครัวเรือน | รหัสกองทุน | คงเหลือ | หนี้คงเหลือ (บาท) | ยอดคงเหลือ |
    | D1            | H1         | F1       | 1      | 2              | 3        |
    """,
        )
    )
    assert said(issues) == []
    assert column(tables["debts"], "outstanding") == [200]


def test_two_columns_of_one_name_are_not_chosen_between() -> None:
    tables, issues = read(
        tab(
            "ลูกหนี้",
            """
    | เลขที่รายการหนี้ | รหัสครัวเรือน | รหัสกองทุน | หนี้คงเหลือ (บาท) | หนี้คงเหลือ (บาท) |
    | D1            | H1         | F1       | 1              | 2              |
    """,
        )
    )
    assert said(issues) == ["header_twice ลูกหนี้!D1", "header_twice ลูกหนี้!E1"]
    assert column(tables["debts"], "outstanding") == [None]
    assert not tables["debts"].can_read("outstanding")
    assert tables["debts"].can_read("debt_id", "principal")


def test_two_key_columns_leave_the_register_unread() -> None:
    tables, issues = read(
        funds("| รหัสกองทุน | รหัสกองทุน | รหัสศูนย์ | ชื่อกองทุน | ประเภท |\n| F1 | F2 | C1 | ก | กข.คจ. |")
    )
    assert said(issues) == ["header_twice กองทุนสมาชิก!A1", "header_twice กองทุนสมาชิก!B1"]
    assert len(tables["funds"].frame) == 0
    assert not tables["funds"].can_read("fund_id")


def test_a_missing_header_is_asked_for_and_the_rest_is_read() -> None:
    tables, issues = read(funds("| รหัสกองทุน | ชื่อกองทุน | ประเภท |\n| F1 | กองทุนสมมติ | กข.คจ. |"))
    assert said(issues) == ["header_missing กองทุนสมาชิก!D1"]
    assert issues[0].message == "แท็บ «กองทุนสมาชิก» ไม่พบหัวคอลัมน์ «รหัสศูนย์»"
    assert column(tables["funds"], "fund_name") == ["กองทุนสมมติ"]
    assert not tables["funds"].can_read("centre_id")
    assert tables["funds"].can_read("fund_id", "lending_limit")


def test_a_missing_header_is_asked_for_in_an_empty_cell() -> None:
    """The office's own columns stay where they are."""
    _, issues = read(funds("| รหัสกองทุน | ชื่อกองทุน | ประเภท | โทรศัพท์ |\n| F1 | ก | กข.คจ. | 08 |"))
    assert said(issues) == ["header_missing กองทุนสมาชิก!E1"]


def test_debts_without_any_column_for_the_creditor_miss_a_header() -> None:
    _, issues = read(tab("ลูกหนี้", "| เลขที่รายการหนี้ | รหัสครัวเรือน | หนี้คงเหลือ (บาท) |\n| D1 | H1 | 5 |"))
    assert [i.code for i in issues] == ["header_missing"]
    assert "«รหัสกองทุนเจ้าหนี้»" in issues[0].message


@pytest.mark.parametrize("table", ["", "| บันทึก |\n| ยังไม่ได้กรอก |", "| รหัสกองทุน |\n| F1 |"])
def test_a_tab_without_headers_names_those_it_needs(table: str) -> None:
    tables, issues = read(funds(table))
    assert said(issues) == ["header_missing กองทุนสมาชิก!A1"]
    assert "«รหัสกองทุน, รหัสศูนย์, ชื่อกลุ่ม/กองทุน, ประเภท»" in issues[0].message
    assert tables["funds"].tab is None
    assert tables["funds"].cells("fund_id", [1]) is None


@pytest.mark.parametrize("key", ["รหัสกองทุน", "รหัสกองทุน *", "รหัสกลุ่ม"])
def test_a_header_repeated_for_printing_is_no_row(key: str) -> None:
    head = f"| {key} | รหัสศูนย์ | ชื่อกองทุน | ประเภท |\n"
    row = "| F{} | C1 | กองทุนสมมติ | กข.คจ. |\n"
    tables, issues = read(funds(head + row.format(1) + head + row.format(2)))
    assert said(issues) == []
    assert column(tables["funds"], "fund_id") == ["F1", "F2"]
