"""A register on the page: as read, as typed where it could not be, names for whom they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from services.normalise.tables import Table
from services.pipeline import open_workbooks
from services.present.listing import Listing
from services.present.registers import (
    Wanted,
    masked_headers,
    readable_columns,
    register_table,
    registers_at_hand,
)
from services.store.base import Fault, RawTab
from services.store.memory import MemoryStore
from sheets_schema.loader import programme
from tests.support.centres import Row
from tests.support.sheets import AS_OF, DISTRICT, register_tab
from tests.support.submissions import EARLY, sent, submissions_tab

HEAD = "ชื่อ-สกุลหัวหน้าครัวเรือน"
PEOPLE = [
    ("H3", "นายเอก สมมติ", "บ้านไร่", "120,000", "01/02/2565"),
    ("H1", "นางเก๋ สมมติ", "บ้านน้ำก่ำ", "ประมาณ 5,000", "ม.ค. 2565"),
    ("H10", "นายแก่น สมมติ", "", "", ""),
    ("H2", "นางขวัญ สมมติ", "บ้านน้ำปุก", "-0.05", "28/02/2565"),
]


def household(key: str, name: str, village: str, income: str, joined: str) -> Row:
    return {
        "household_id": key,
        "centre_id": "C1",
        "head_name": name,
        "village": village,
        "income_year": income,
        "joined_on": joined,
        "members": "4" if village else "",
        "target": "ใช่",
    }


def shown(
    wanted: Wanted | None = None, *, people: bool = True, code: str = "households"
) -> pd.DataFrame:
    """The register as the page shows it."""
    table, findings = opened()
    return register_table(table[code], findings, wanted or Wanted(), people=people)


def opened(*more: RawTab) -> tuple[dict[str, Table], Any]:
    debt = {
        "debt_id": "D1",
        "household_id": "H1",
        "fund_id": "F1",
        "rate": "6.5",
        "principal": "0.05",
    }
    tabs = (
        register_tab("households", *(household(*person) for person in PEOPLE)),
        register_tab("debts", {**debt, "outstanding": "1,5OO", "debtor_name": "นางเก๋ สมมติ"}),
        *more,
    )
    (one,) = open_workbooks(MemoryStore({2565: {DISTRICT: tabs}}), programme(2565), AS_OF)
    assert one.history is not None
    return registers_at_hand(one.history.facts.tables), one.report.findings


def ids(wanted: Wanted, *, people: bool = True) -> list[str]:
    return list(shown(wanted, people=people)["รหัสครัวเรือน"])


def test_the_products_own_tab_is_no_register() -> None:
    found, _ = opened(submissions_tab(sent("form_2", "C1", EARLY)))
    assert set(found) == {"households", "debts"}


def test_a_cell_that_was_not_read_shows_what_was_typed_and_the_others_keep_their_value() -> None:
    table = shown()
    assert list(table["แถว"]) == [2, 3, 4, 5]
    assert list(table["รายได้ต่อปี (บาท)"]) == ["120000.00", "⚠ ประมาณ 5,000", None, "-0.05"]
    assert list(table["วันที่เข้าร่วมกระบวนการ"]) == [
        "01/02/2565", "01/2565 (ทั้งเดือน)", None, "28/02/2565",
    ]  # fmt: skip
    assert list(table["ครัวเรือนเป้าหมาย"]) == ["ใช่"] * 4


def test_amounts_that_were_all_read_stay_exact_numbers() -> None:
    table = shown(code="debts")
    assert list(table["หนี้คงเหลือ (บาท)"]) == ["⚠ 1,5OO"]
    assert list(table["อัตราดอกเบี้ย (% ต่อปี)"]) == [6.5]
    assert list(table["เงินต้น (บาท)"]) == [Decimal("0.05")]


def test_a_whole_number_beside_a_blank_stays_whole() -> None:
    assert list(shown()["จำนวนสมาชิก (คน)"]) == [4, 4, None, 4]


def test_only_rows_to_ask_about_can_be_chosen() -> None:
    assert ids(Wanted(only_asked=True)) == ["H1"]
    assert ids(Wanted(only_asked=True, search="ปุก")) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("น้ำ", ["H1", "H2"]),
        ("นํ้า", ["H1", "H2"]),
        ("ก่ำ", ["H1"]),
        ("h๑", ["H1", "H10"]),
        ("ประมาณ", ["H1"]),
        ("  ", ["H3", "H1", "H10", "H2"]),
        ("ไม่มีคำนี้", []),
    ],
)
def test_a_search_looks_through_every_cell_however_marks_and_digits_are_typed(
    search: str, found: list[str]
) -> None:
    assert ids(Wanted(search)) == found


def test_names_are_put_in_thai_order_and_blanks_last() -> None:
    by_name = Wanted(order_by="ชื่อ-สกุลหัวหน้าครัวเรือน")
    assert ids(by_name) == ["H1", "H2", "H10", "H3"]
    assert ids(Wanted(order_by="บ้าน")) == ["H1", "H2", "H3", "H10"]
    assert ids(Wanted(order_by="บ้าน", descending=True)) == ["H3", "H2", "H1", "H10"]


def test_amounts_and_days_are_put_in_order_as_amounts_and_days() -> None:
    income = Wanted(order_by="รายได้ต่อปี (บาท)")
    assert ids(income) == ["H2", "H3", "H1", "H10"]
    days = Wanted(order_by="วันที่เข้าร่วมกระบวนการ", descending=True)
    assert ids(days) == ["H2", "H3", "H1", "H10"]


def test_who_may_not_see_people_sees_a_mask_and_neither_finds_nor_orders_by_the_name() -> None:
    table = shown(people=False)
    assert list(table[HEAD]) == ["•••"] * 4
    assert "สมมติ" not in table.to_csv()
    assert ids(Wanted("สมมติ"), people=False) == []
    for descending in (False, True):
        by_name = Wanted(order_by=HEAD, descending=descending)
        assert ids(by_name, people=False) == ["H3", "H1", "H10", "H2"]
    found, _ = opened()
    for held in found.values():
        mine = {column.code for column in readable_columns(held, people=False)}
        assert not mine & {"head_name", "debtor_name", "guarantor"}


def test_a_mask_tells_a_blank_from_a_name_and_nothing_of_what_was_typed() -> None:
    names = register_tab("households", *(household(*person) for person in PEOPLE))
    place = [str(cell) for cell in names.rows[0]].index(HEAD)
    rows = [[*row] for row in names.rows]
    rows[1][place], rows[2][place] = "#N/A", ""
    faults = {(1, place): Fault("formula_error", "#N/A")}
    (one,) = open_workbooks(
        MemoryStore({2565: {DISTRICT: (RawTab(names.name, rows, faults),)}}),
        programme(2565),
        AS_OF,
    )
    assert one.history is not None
    found = registers_at_hand(one.history.facts.tables)["households"]

    def names_of(wanted: Wanted, *, people: bool) -> list[object]:
        return list(register_table(found, one.report.findings, wanted, people=people)[HEAD])

    assert names_of(Wanted(), people=False) == ["⚠ •••", None, "•••", "•••"]
    assert names_of(Wanted(only_asked=True), people=False) == ["⚠ •••", None]
    assert names_of(Wanted("N/A"), people=False) == []
    assert names_of(Wanted("N/A"), people=True) == ["⚠ #N/A"]


def test_a_masked_column_stands_in_no_file() -> None:
    found, _ = opened()
    for people in (False, True):
        hidden = masked_headers(found["households"], people=people)
        listing = Listing(shown(people=people), hidden)
        assert hidden == (() if people else (HEAD,))
        assert (HEAD in listing.for_files) is people
        assert set(listing.rows) - set(listing.for_files) == set(hidden)
        assert HEAD in listing.sent.column_names


def test_a_register_without_rows_is_a_table_without_rows() -> None:
    found, findings = opened(register_tab("visits"))
    table = register_table(found["visits"], findings, Wanted("คำ", "เลขที่"), people=True)
    assert len(table) == 0
    assert "หนี้คงเหลือ ณ วันติดตาม (บาท)" in table
