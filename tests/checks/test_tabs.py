"""Tabs, headers and rows: what is not where the register needs it."""

from __future__ import annotations

import pytest

from services.store.base import RawTab, Stored
from tests.checks.cases import clean, empty, hit
from tests.checks.changes import Sheets, emptied, put, silent_where_empty, told, without
from tests.support.centres import finished_centre, tabs_of
from tests.support.sheets import found, report_on, tab

VISITS = tab(
    "ติดตาม",
    """
    | เลขที่ | รหัสครัวเรือน | วันที่ติดตาม | หนี้คงเหลือ | ปัญหา |
    | V1 | H1 | 01/06/2565 | 9,000 |  |
    | V2 | H2 | 02/06/2565 | 8,000 |  |
    """,
)
SHEETS: dict[str, Sheets] = {
    "missing_tab": without(tuple(tabs_of(finished_centre())), "สัญญา"),
    "header_missing": put((VISITS,), {"ติดตาม!D1": "ยอด"}),
    "header_twice": put((VISITS,), {"ติดตาม!E1": "หนี้คงเหลือ"}),
    "duplicate_key": put((VISITS,), {"ติดตาม!A3": "V1"}),
    "rows_after_end": (
        tab(
            "ติดตาม",
            """
            | เลขที่ | รหัสครัวเรือน | วันที่ติดตาม | หนี้คงเหลือ |
            | V1 | H1 | 01/06/2565 | 9,000 |
            | รวม | | | 9,000 |
            | V2 | H2 | 02/06/2565 | 8,000 |
            """,
        ),
    ),
}


@hit("missing_tab")
def test_a_register_without_its_tab_is_named() -> None:
    assert told("missing_tab", SHEETS["missing_tab"]) == [("error", "contracts", "–", None, None)]


@clean("missing_tab")
def test_with_every_tab_of_the_year_none_is_missing() -> None:
    assert told("missing_tab", tuple(tabs_of(finished_centre()))) == []


@empty("missing_tab")
def test_a_tab_with_no_rows_is_not_a_missing_tab() -> None:
    sheets = tuple(tabs_of(finished_centre()))
    assert told("missing_tab", emptied(sheets, *(sheet.name for sheet in sheets))) == []


def test_two_tabs_that_might_be_the_register_are_not_chosen_between() -> None:
    contracts = next(sheet for sheet in tabs_of(finished_centre()) if sheet.name == "สัญญา")
    both = tuple(RawTab(name, contracts.rows) for name in ("ทะเบียนสัญญา", "สัญญาใหม่"))
    assert told("missing_tab", (*SHEETS["missing_tab"], *both)) == [
        ("error", "contracts", "–", None, None)
    ]


@hit("header_missing")
def test_a_required_header_that_is_missing_is_named_with_the_cell_to_type_it_in() -> None:
    sheets = without_last_column(SHEETS["header_missing"])
    assert told("header_missing", sheets) == [("error", "visits", "ติดตาม!D1", None, None)]


@clean("header_missing")
def test_the_header_typed_in_that_cell_is_found() -> None:
    sheets = without_last_column(SHEETS["header_missing"])
    assert told("header_missing", sheets, {"ติดตาม!D1": "หนี้คงเหลือ ณ วันติดตาม (บาท)"}) == []


def without_last_column(sheets: Sheets) -> Sheets:
    """The visits without what stands right of the dates."""
    return tuple(RawTab(sheet.name, [row[:3] for row in sheet.rows]) for sheet in sheets)


@empty("header_missing")
def test_a_register_with_headers_and_no_rows_or_no_tab_misses_no_header() -> None:
    assert told("header_missing", emptied((VISITS,), "ติดตาม")) == []
    assert told("header_missing", ()) == []


def test_a_tab_without_any_header_row_is_told_which_headers_it_needs() -> None:
    sheets = (tab("ติดตาม", "| ครั้งที่ไปเยี่ยมบ้าน |"),)
    assert told("header_missing", sheets) == [("error", "visits", "ติดตาม!A1", None, None)]
    assert "วันที่ติดตาม" in found(report_on(*sheets), "header_missing")[0].message


@hit("header_twice")
def test_both_columns_of_a_header_written_twice_are_named() -> None:
    assert told("header_twice", SHEETS["header_twice"]) == [
        ("error", "visits", "ติดตาม!D1", None, None),
        ("error", "visits", "ติดตาม!E1", None, None),
    ]


@clean("header_twice")
def test_another_name_for_one_of_both_columns_settles_it() -> None:
    assert told("header_twice", SHEETS["header_twice"], {"ติดตาม!E1": "หนี้นอกระบบ"}) == []


@empty("header_twice")
def test_a_tab_that_is_absent_or_blank_has_no_header_twice() -> None:
    assert told("header_twice", ()) == []
    assert told("header_twice", (tab("ติดตาม", ""),)) == []


@hit("duplicate_key")
def test_every_row_of_a_key_whose_copies_differ_is_named() -> None:
    assert told("duplicate_key", SHEETS["duplicate_key"]) == [
        ("error", "visits", "ติดตาม!A2", "V1", "V1"),
        ("error", "visits", "ติดตาม!A3", "V1", "V1"),
    ]


@clean("duplicate_key")
def test_a_new_code_for_one_of_the_copies_settles_it() -> None:
    assert told("duplicate_key", SHEETS["duplicate_key"], {"ติดตาม!A3": "V3"}) == []


def test_identical_copies_of_a_row_count_once_and_are_no_finding() -> None:
    same: dict[str, Stored] = {"B3": "H1", "C3": "1 มิถุนายน พ.ศ. ๒๕๖๕", "D3": "๙,๐๐๐ บาท"}
    copies = put(SHEETS["duplicate_key"], {f"ติดตาม!{a1}": cell for a1, cell in same.items()})
    assert told("duplicate_key", copies) == []


@hit("rows_after_end")
def test_a_row_under_the_total_is_named() -> None:
    said = ("warning", "visits", "ติดตาม!A4", "V2", "V2")
    assert told("rows_after_end", SHEETS["rows_after_end"]) == [said]


@clean("rows_after_end")
def test_the_rows_above_the_total_are_no_finding() -> None:
    moved: dict[str, Stored] = {f"ติดตาม!{letter}4": "" for letter in "ABCD"}
    assert told("rows_after_end", SHEETS["rows_after_end"], moved) == []


def test_a_row_under_the_total_counts_though_its_code_is_forgotten() -> None:
    said = told("rows_after_end", SHEETS["rows_after_end"], {"ติดตาม!A4": ""})
    assert [where.partition("!")[2][-1] for _, _, where, *_ in said] == ["4"]


def test_a_signature_under_the_register_is_not_data_and_its_name_is_not_told() -> None:
    signed: dict[str, Stored] = {
        "ติดตาม!A3": "ลงชื่อ",
        "ติดตาม!A4": "(นางสาวสมมติ ตัวอย่าง)",
        "ติดตาม!B4": "พัฒนากร",
        "ติดตาม!C4": "",
        "ติดตาม!D4": "",
    }
    assert told("rows_after_end", SHEETS["rows_after_end"], signed) == []


def test_a_tab_known_by_its_headers_alone_is_told_and_what_to_name_it() -> None:
    sheets = (RawTab("Sheet1", VISITS.rows),)
    (issue,) = found(report_on(*sheets), "value_assumed")
    assert (issue.cell and issue.cell.tab, issue.register) == ("Sheet1", "visits")
    assert "«»" not in issue.message
    assert "ติดตาม" in issue.fix
    assert found(report_on(VISITS), "value_assumed") == []


@empty("duplicate_key", "rows_after_end")
@pytest.mark.parametrize("code", ["duplicate_key", "rows_after_end"])
def test_an_empty_or_absent_register_has_no_row_to_name(code: str) -> None:
    silent_where_empty(code, SHEETS[code])
