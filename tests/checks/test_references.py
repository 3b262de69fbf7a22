"""Codes that stand in no register, and tambons of another district."""

from __future__ import annotations

import pytest

from services.pipeline import Job, district_report
from services.store.base import RawTab, WorkbookRef
from services.store.memory import MemoryStore
from sheets_schema.loader import programme, registers
from tests.checks.cases import clean, empty, hit
from tests.checks.changes import Sheets, emptied, put, silent_where_empty, told, without
from tests.support.sheets import AS_OF, at, found, report_on, tab

HOUSEHOLDS = tab(
    "ครัวเรือน",
    """
    | รหัสครัวเรือน | รหัสศูนย์ | ชื่อ-สกุล | ตำบล |
    | H1 | C1 | สมมติ หนึ่ง | เวียง |
    | 00401 | C1 | สมมติ สอง | ตำบลแม่ต๋ำ |
    """,
)
CENTRES = tab(
    "ศูนย์",
    """
    | รหัสศูนย์ | ชื่อศูนย์ | ตำบล |
    | C1 | ศูนย์สมมติ | เวียง |
    """,
)
MEETINGS = tab(
    "ประชุมเจรจา",
    """
    | เลขที่การประชุม | รหัสศูนย์ | รหัสครัวเรือน | วันที่ประชุม |
    | M1 | C1 | H1, H8, 401 | 01/03/2565 |
    """,
)
SHEETS: dict[str, Sheets] = {"unknown_reference": (CENTRES, HOUSEHOLDS, MEETINGS)}
NAMED = "ประชุมเจรจา!C2"


def in_district(district: str, *tabs: RawTab) -> list[str]:
    """Cells of unknown references in a workbook of that district."""
    store = MemoryStore({2565: {district: tabs}})
    ref = WorkbookRef(district, f"{district}.xlsx", "1")
    report = district_report(Job(store, ref, programme(2565), AS_OF))
    assert report is not None
    return at(found(report, "unknown_reference"))


@hit("unknown_reference")
def test_codes_that_stand_in_no_register_are_named_whole() -> None:
    """401 is not 00401, and of several codes only the unknown ones are told."""
    said = ("error", "meetings", NAMED, "H8, 401", "M1")
    assert told("unknown_reference", SHEETS["unknown_reference"]) == [said]


@clean("unknown_reference")
@pytest.mark.parametrize("codes", ["H1", "H1,๐๐๔๐๑", "ทุกครัวเรือน เป้าหมาย", "ไม่มี", "–"])
def test_known_codes_everyone_and_a_blank_are_no_finding(codes: str) -> None:
    assert told("unknown_reference", SHEETS["unknown_reference"], {NAMED: codes}) == []


@empty("unknown_reference")
def test_an_empty_register_refers_to_nothing_and_an_absent_one_is_not_asked() -> None:
    sheets = SHEETS["unknown_reference"]
    silent_where_empty("unknown_reference", sheets)
    assert told("unknown_reference", without(sheets, "ครัวเรือน")) == []


def test_a_register_without_rows_knows_no_code() -> None:
    sheets = emptied(SHEETS["unknown_reference"], "ครัวเรือน")
    assert told("unknown_reference", sheets, {NAMED: "H1"}) == [
        ("error", "meetings", NAMED, "H1", "M1")
    ]


def test_every_column_that_names_a_register_is_looked_up() -> None:
    """One stranger in each such column of each register."""
    known = registers()
    asked = 0
    for register in known.values():
        for column in register.columns:
            if column.refers_to in (None, "tambons"):
                continue
            asked += 1
            target = known[column.refers_to or ""]
            sheets = (
                tab(target.tab, f"| {target.key.header} | {target.columns[1].header} |"),
                tab(register.tab, f"| {register.key.header} | {column.header} |\n| K1 | X9 |"),
            )
            if target is not register:
                assert ("error", register.code, f"{register.tab}!B2", "X9", "K1") in told(
                    "unknown_reference", sheets
                )
    assert asked == 18


@pytest.mark.parametrize("spelling", ["เวียง", "ต.เวียง", "ต. เวียง", "ตำบลเวียง", "ตําบล เวียง"])
def test_tambon_wiang_is_known_in_both_districts_that_have_one(spelling: str) -> None:
    household = put((HOUSEHOLDS,), {"ครัวเรือน!D2": spelling, "ครัวเรือน!D3": ""})
    assert in_district("5601", *household) == []
    assert in_district("5603", *household) == []


def test_a_tambon_of_another_district_is_named() -> None:
    assert in_district("5602", HOUSEHOLDS) == ["ครัวเรือน!D2", "ครัวเรือน!D3"]
    assert in_district("5603", HOUSEHOLDS) == ["ครัวเรือน!D3"]
    (issue, _) = found(
        report_on(*put((HOUSEHOLDS,), {"ครัวเรือน!D2": "จุน", "ครัวเรือน!D3": "ลอ"})),
        "unknown_reference",
    )
    assert (issue.severity, issue.value, "เมืองพะเยา" in issue.message) == ("error", "จุน", True)
