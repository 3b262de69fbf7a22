"""The debts of a workbook in sum: by class, age and creditor; a blank is never zero."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.compute.debt_figures import (
    OUTSIDE,
    UNNAMED,
    Creditor,
    DebtFigures,
    Owed,
    ageing_titles,
)
from services.compute.reports import DistrictReport, ProvinceReport
from services.compute.several_funds import OwesSeveral
from services.pipeline import province_report
from services.store.base import RawTab
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import programme
from tests.support.sheets import AS_OF, found, place, report_on, tab

FUNDS = tab(
    "กองทุนสมาชิก",
    """
    | รหัสกองทุน | รหัสศูนย์ | ชื่อกลุ่ม/กองทุน | ประเภท |
    | F1 | C1 | กองทุนสมมติ | กข.คจ. |
    | F2 | C1 | กลุ่มสมมติ | อื่น ๆ |
    """,
)
HOUSEHOLDS = tab("ครัวเรือน", "| รหัสครัวเรือน | รหัสศูนย์ |\n| H1 | C1 |\n| H2 | C2 |")
HEADERS = (
    "| เลขที่รายการหนี้ | รหัสครัวเรือน | รหัสกองทุน | เจ้าหนี้นอกศูนย์ | คงเหลือ | ครบกำหนดชำระ | ประเภทลูกหนี้ |"
)
SUMS = ("debts", "read", "outstanding", "households")


def on(*lines: str, headers: str = HEADERS) -> DistrictReport:
    """The report on these debts: `household fund outside balance due class`, «-» for a blank."""
    rows = [f"| D{n} | {' | '.join(line.split())} |" for n, line in enumerate(lines, 1)]
    return report_on(FUNDS, HOUSEHOLDS, tab("ลูกหนี้", "\n".join([headers, *rows])))


def figures(*lines: str) -> DebtFigures:
    return on(*lines).debts


def several(*reports: DistrictReport) -> list[OwesSeveral]:
    return list(ProvinceReport(2565, AS_OF, reports).several_funds())


def told(owed: Owed) -> tuple[int, ...]:
    return tuple(getattr(owed, name) for name in SUMS)


def rests_on(owed: Owed) -> list[str]:
    return [place(cell) for book, cells in owed.cells.items() for cell in cells.each(book)]


def test_our_class_and_the_offices_word_are_counted_apart_with_their_cells() -> None:
    debts = figures(
        "H1 F1 - 1,000.50 18/06/2565 เฝ้าระวัง",
        "H1 F2 - 500 18/06/2565 -",
        "H2 F2 - 0 18/06/2560 ปิดบัญชี",
        "H2 F2 - หมื่นสอง - ตามดู",
    )
    assert {name: told(owed) for name, owed in debts.classes.items()} == {
        "overdue": (2, 2, 150_050, 1),
        "closed": (1, 1, 0, 1),
        "unknown": (1, 0, 0, 1),
    }
    assert {name: told(owed) for name, owed in debts.office_classes.items()} == {
        "เฝ้าระวัง": (1, 1, 100_050, 1),
        None: (1, 1, 50_000, 1),
        "ปิดบัญชี": (1, 1, 0, 1),
        "ตามดู": (1, 0, 0, 1),
    }
    assert rests_on(debts.classes["overdue"]) == ["ลูกหนี้!E2", "ลูกหนี้!E3"]
    assert rests_on(debts.classes["unknown"]) == []


def test_the_coverage_says_how_many_rows_the_sums_rest_on() -> None:
    debts = figures("H1 F1 - 1 - -", "H1 F1 - ?? - -", "H1 F1 - - - -", "H1 F1 - -5 - -")
    assert (debts.rows, debts.conflicted, debts.read) == (4, 0, 2)
    assert told(debts.classes["normal"]) == (2, 2, -400, 1)


def test_copies_that_differ_enter_no_sum_and_identical_ones_count_once() -> None:
    rows = ["D1 | H1 | F1 | | 5 | |", "D1 | H1 | F1 | | 7 | |", *["D2 | H1 | F2 | | 3 | |"] * 2]
    table = "\n".join([HEADERS, *(f"| {row}" for row in rows)])
    debts = report_on(FUNDS, HOUSEHOLDS, tab("ลูกหนี้", table)).debts
    assert (debts.rows, debts.conflicted, debts.read) == (3, 2, 1)
    for by in (debts.classes, debts.office_classes, debts.ageing, debts.creditors):
        assert [told(owed) for owed in by.values()] == [(1, 1, 300, 1)]
    assert debts.funds_owed == {1: 1}


@pytest.mark.parametrize(
    ("due", "balance", "age"),
    [
        ("20/07/2565", "1", "not_due"),
        ("19/07/2565", "1", "not_due"),
        ("18/07/2565", "1", "1-30"),
        ("19/06/2565", "1", "1-30"),
        ("18/06/2565", "1", "31-90"),
        ("20/04/2565", "1", "31-90"),
        ("19/04/2565", "1", "91-180"),
        ("19/01/2565", "1", "181-365"),
        ("19/07/2564", "1", "181-365"),
        ("18/07/2564", "1", "366-"),
        ("-", "1", "no_due_date"),
        ("31/02/2565", "1", "unknown"),
        ("19/07/2565", "หมื่นสอง", "unknown"),
        ("19/07/2565", "-", "unknown"),
        ("ก.ค.65", "1", "not_due"),
        ("มิ.ย.65", "1", "1-30"),
    ],
)
def test_days_past_due_make_the_age_and_of_a_month_the_last_day_counts(
    due: str, balance: str, age: str
) -> None:
    assert list(figures(f"H1 F1 - {balance} {due} -").ageing) == [age]


def test_the_ages_are_the_years_own_and_have_their_words() -> None:
    bounds = programme(2565).classes
    assert list(ageing_titles(bounds)) == [
        "not_due", "1-30", "31-90", "91-180", "181-365", "366-", "no_due_date", "unknown",
    ]  # fmt: skip
    own = replace(bounds, ageing_days=(60,))
    assert list(ageing_titles(own).values()) == [
        "ยังไม่ถึงกำหนด",
        "เกินกำหนด 1–60 วัน",
        "เกินกำหนดมากกว่า 60 วัน",
        "ไม่มีวันครบกำหนด",
        "อ่านวันครบกำหนดหรือยอดหนี้ไม่ได้",
    ]
    of = replace(programme(2565), classes=own)
    due = tab("ลูกหนี้", f"{HEADERS}\n| D1 | H1 | F1 | | 1 | 18/06/2565 | |")
    assert list(report_on(due, of=of).debts.ageing) == ["1-60"]


def test_a_paid_debt_is_past_due_for_nobody() -> None:
    debts = figures("H1 F1 - 0 18/06/2560 -")
    assert (debts.ageing, debts.creditors, debts.funds_owed) == ({}, {}, {})
    assert told(debts.classes["closed"]) == (1, 1, 0, 1)


def test_due_days_under_two_headers_are_unknown_and_not_none() -> None:
    twice = HEADERS.replace("ประเภทลูกหนี้", "ครบกำหนดชำระ")
    debts = on("H1 F1 - 1 18/06/2565 18/06/2560", headers=twice).debts
    assert (list(debts.ageing), list(debts.classes)) == (["unknown"], ["unknown"])
    classes = HEADERS.replace("ครบกำหนดชำระ", "ประเภทลูกหนี้")
    debts = on("H1 F1 - 1 ปกติ เฝ้าระวัง", headers=classes).debts
    assert list(debts.office_classes) == ["unknown"]


def test_creditors_are_the_member_funds_all_outside_as_one_and_those_nobody_named() -> None:
    debts = figures(
        "H1 F1 - 100 - -",
        "H2 F1 - 50 - -",
        "H1 F9 - 1 - -",
        "H1 - ธนาคาร 20 - -",
        "H2 - นายทุน 30 - -",
        "- - - 4 - -",
    )
    fund = Creditor("fund", "5601", "F1", "กองทุนสมมติ", "C1", "กข.คจ.")
    assert {creditor: told(owed) for creditor, owed in debts.creditors.items()} == {
        fund: (2, 2, 15_000, 2),
        Creditor("fund", "5601", "F9"): (1, 1, 100, 1),
        OUTSIDE: (2, 2, 5_000, 2),
        UNNAMED: (1, 1, 400, 0),
    }


def test_a_person_named_where_a_code_or_class_belongs_is_not_told() -> None:
    report = on("นางสมมติ นายสมมติ - 5 - นายจริง", "นางสมมติ นางปลอม - 7 - นางจริง")
    debts, (one,) = report.debts, several(report)
    assert "สมมติ" not in f"{debts}{one}"
    hidden = "(ชื่อบุคคล ไม่ใช่รหัส)"
    assert {name: told(owed) for name, owed in debts.office_classes.items()} == {
        hidden: (2, 2, 1_200, 1)
    }
    assert [told(owed) for owed in debts.creditors.values()] == [(2, 2, 1_200, 1)]
    assert (one.household_id, one.fund_ids) == (hidden, (hidden, hidden))


def test_households_that_owe_several_funds_are_listed_with_what_they_owe_them() -> None:
    report = on(
        "H2 F2 - 7 - -",
        "H1 F1 - 100 - -",
        "H1 F1 - 20 - -",
        "H1 F2 - 3 - -",
        "H1 - ธนาคาร 999 - -",
        "H2 F1 - 0 - -",
        "H3 F1 - 1 - -",
        "H3 F2 - 1 - -",
        "- F1 - 1 - -",
    )
    assert report.debts.funds_owed == {1: 1, 2: 2}
    assert [
        (one.district, one.household_id, one.centre_id, one.fund_ids, one.outstanding)
        for one in several(report)
    ] == [("5601", "H1", "C1", ("F1", "F2"), 12_300), ("5601", "H3", None, ("F1", "F2"), 200)]
    cells = several(report)[0].cells
    assert cells is not None
    assert [cell.a1 for cell in cells.each("")] == ["E3", "E4", "E5"]
    assert [issue.row_id for issue in found(report, "household_several_funds")] == ["H1"]


@pytest.mark.parametrize(
    ("tabs", "unread", "households_unread"),
    [
        ([], True, True),
        ([tab("ลูกหนี้", "| เลขที่รายการหนี้ | รหัสกองทุน |\n| D1 | F1 |")], True, True),
        ([tab("ลูกหนี้", "| เลขที่รายการหนี้ | คงเหลือ |\n| D1 | 5 |")], False, True),
        ([tab("ลูกหนี้", HEADERS)], False, False),
    ],
)
def test_debts_that_cannot_be_read_are_unknown_and_not_none(
    tabs: list[RawTab], *, unread: bool, households_unread: bool
) -> None:
    debts = report_on(*tabs).debts
    assert (bool(debts.unread), bool(debts.households_unread)) == (unread, households_unread)


def test_the_debts_of_an_unreadable_workbook_are_unknown(tmp_path: Path) -> None:
    (tmp_path / "2565").mkdir()
    (tmp_path / "2565" / "5602.xlsx").touch()
    (broken,) = province_report(XlsxFolder(tmp_path), programme(2565), AS_OF).districts
    sound = on("H1 F1 - 5 - -")
    both = ProvinceReport(2565, AS_OF, (broken, sound)).debts()
    assert both.unread == both.households_unread == frozenset({"5602.xlsx"})
    assert (both.rows, both.classes) == (1, sound.debts.classes)
    assert several(broken, sound) == []


LINES = st.lists(
    st.builds(
        "{} {} {} {} {} {}".format,
        st.sampled_from(["H1", "H2", "H3", "-"]),
        st.sampled_from(["F1", "F2", "F9", "-"]),
        st.sampled_from(["ธนาคาร", "-"]),
        st.sampled_from(["0", "1", "2.25", "900", "-", "??"]),
        st.sampled_from(["18/06/2565", "01/01/2570", "31/02/2565", "ก.ค.65", "-"]),
        st.sampled_from(["ปกติ", "ปิดบัญชี", "ตามดู", "-"]),
    ),
    max_size=8,
)


@given(LINES)
@settings(deadline=None, max_examples=25)
def test_every_way_of_counting_comes_to_the_same_debts(lines: list[str]) -> None:
    debts = figures(*lines)
    for by in (debts.classes, debts.office_classes):
        assert sum(owed.debts for owed in by.values()) == debts.rows
        assert sum(owed.read for owed in by.values()) == debts.read
    closed = debts.classes.get("closed", Owed())
    sums = [
        tuple(sum(getattr(owed, name) for owed in by.values()) for name in SUMS[:3])
        for by in (debts.classes, debts.office_classes, debts.ageing, debts.creditors)
    ]
    assert sums[0] == sums[1]
    assert sums[2] == sums[3] == (sums[0][0] - closed.debts, sums[0][1] - closed.debts, sums[0][2])


@given(st.lists(LINES, max_size=3), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=10)
def test_workbooks_add_up_in_any_order(books: list[list[str]], random: object) -> None:
    parts = [figures(*lines) for lines in books]
    whole = reduce(DebtFigures.__add__, parts, DebtFigures())
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert reduce(DebtFigures.__add__, parts, DebtFigures()) == whole
    assert whole.rows == sum(len(lines) for lines in books)


def test_a_sum_of_workbooks_still_knows_the_cells_of_each() -> None:
    one = figures("H1 F1 - 5 - -")
    cells = dict(one.classes["normal"].cells)
    other = DebtFigures(classes={"normal": Owed(1, 1, 500, 1, {"5602.xlsx": cells["5601.xlsx"]})})
    both = one + other
    assert sorted(both.classes["normal"].cells) == ["5601.xlsx", "5602.xlsx"]
    assert told(both.classes["normal"]) == (2, 2, 1_000, 2)
