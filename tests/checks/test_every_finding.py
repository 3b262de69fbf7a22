"""What holds for every finding: it is tested, it says where, what and how, and names no person."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from string import Formatter

import pytest

from services.checks import CHECKS, FOUND_WHILE_READING
from services.pipeline import province_report
from services.present import as_json
from services.store.base import RawTab
from services.store.memory import MemoryStore
from sheets_schema.loader import messages, programme, registers
from tests.checks import (
    cases,
    test_cells,
    test_dates,
    test_money,
    test_people,
    test_references,
    test_tabs,
    test_workbooks,
)
from tests.checks.changes import (
    Sheets,
    first,
    register_of,
    told,
    with_column,
    with_row_ids,
    without_column,
)
from tests.support.sheets import AS_OF, DISTRICT

CODES = (*FOUND_WHILE_READING, *CHECKS)
MODULES = (test_cells, test_tabs, test_dates, test_money, test_people, test_references)
SHEETS: dict[str, Sheets] = dict(chain.from_iterable(module.SHEETS.items() for module in MODULES))
"""A workbook for every finding but that of a file that cannot be read at all."""
NAMES = {
    "centres": "officer",
    "households": "head_name",
    "debts": "debtor_name",
    "contracts": "guarantor",
    "visits": "visitor",
    "readiness": "assessor",
}
"""Columns that hold people's names."""
BESIDE_THE_POINT = {
    "centres": "village",
    "funds": "members",
    "households": "occupation",
    "debts": "rate",
    "meetings": "link",
    "contracts": "instalments",
    "visits": "income_year",
    "readiness": "members",
    "activities": "participants",
}
"""Columns no check looks at."""
CANARY = "นางสาวห้ามเอ่ย นามสกุลลับ"
ABSENT_COLUMNS = {
    "consent_missing": ("ครัวเรือน", "ยินยอมให้ใช้ข้อมูล"),
    "no_target_households": ("ศูนย์", "ไม่มีครัวเรือนเข้าร่วม"),
    "meeting_without_household": ("ประชุมเจรจา", "รหัสครัวเรือน"),
    "readiness_blank": ("ประเมินหมู่บ้าน", "บัญชีเป็นปัจจุบัน"),
    "entry_debt_unknown": ("ลูกหนี้", "หนี้ ณ วันเข้าร่วม"),
}
"""Findings about a column the office's sheet may not have at all."""


def named(sheets: Sheets) -> Sheets:
    """The sheets with one person's name wherever a name belongs."""
    return tuple(_named(sheet) for sheet in sheets)


def _named(sheet: RawTab) -> RawTab:
    register = register_of(sheet)
    if register is None or register.code not in NAMES:
        return sheet
    column = register.by_code[NAMES[register.code]]
    heads = {column.header, *column.aliases}
    header = next((str(head) for head in sheet.rows[0] if head in heads), column.header)
    return with_column(sheet, header, lambda _: CANARY)


def with_differing_copies(sheets: Sheets, name: str) -> Sheets:
    """The sheets, in one of which every row stands twice and differs where it does not matter."""
    return tuple(_twice(sheet) if sheet.name == name else sheet for sheet in sheets)


def _twice(sheet: RawTab) -> RawTab:
    register = register_of(sheet)
    assert register is not None
    header = register.by_code[BESIDE_THE_POINT[register.code]].header
    one = with_column(sheet, header, lambda _: "1")
    other = with_column(sheet, header, lambda _: "2")
    return RawTab(sheet.name, [*one.rows, *other.rows[1:]])


def test_every_finding_has_its_words_and_its_tests() -> None:
    assert sorted(messages()) == sorted(CODES)
    for proved in (cases.HITS, cases.CLEAN, cases.EMPTY):
        assert sorted(proved) == sorted(CODES)
    assert test_workbooks.CODE not in SHEETS
    assert sorted((*SHEETS, test_workbooks.CODE)) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_message_has_a_title_a_sentence_and_a_cure(code: str) -> None:
    message = messages()[code]
    assert all((message.title.strip(), message.text.strip(), message.fix.strip()))
    blanks = {field for _, field, *_ in Formatter().parse(message.text) if field}
    assert blanks & {"workbook", "book", "tab", "a1", "id"}, "says where"


@pytest.mark.parametrize("code", SHEETS)
def test_a_finding_says_where_it_stands_and_how_to_put_it_right(code: str) -> None:
    issue = first(code, SHEETS[code])
    places = [issue.row_id, f"«{DISTRICT}»", issue.cell.tab if issue.cell else None]
    assert any(place in issue.message for place in places if place)
    assert issue.fix.strip()
    for text in (issue.message, issue.fix):
        assert not any(gap in text for gap in ("{", "«»", "None", "nan", "NaT", "<NA>"))


@pytest.mark.parametrize("code", SHEETS)
def test_no_finding_tells_a_persons_name(code: str) -> None:
    store = MemoryStore({2565: {DISTRICT: named(SHEETS[code])}})
    report = province_report(store, programme(2565), AS_OF)
    issues = report.issues()
    assert code in {issue.code for issue in issues}
    told_outside = (as_json.findings(issues), as_json.progress(report), as_json.outcomes(report))
    assert CANARY.split()[1] not in json.dumps(told_outside, ensure_ascii=False)


@pytest.mark.parametrize("code", CHECKS)
def test_a_sentence_names_the_offices_code_and_never_the_hidden_row_id(code: str) -> None:
    issue = first(code, with_row_ids(SHEETS[code]))
    assert "r-" not in issue.message + issue.fix
    assert (issue.row_id or "").startswith("r-")


@pytest.mark.parametrize("code", ABSENT_COLUMNS)
def test_where_the_sheet_lacks_the_column_nobody_is_told_to_type_into_the_rows_code(
    code: str,
) -> None:
    name, header = ABSENT_COLUMNS[code]
    issue = first(code, without_column(SHEETS[code], name, header))
    assert issue.cell is None or f"ช่อง {issue.cell.a1}" not in issue.fix
    assert header.removesuffix(" ณ วันเข้าร่วม") in issue.message + issue.fix


@pytest.mark.parametrize("code", CHECKS)
def test_copies_of_a_row_that_differ_enter_no_check_twice(code: str) -> None:
    """Which of the copies is right is one question, asked once."""
    tab = registers()[first(code, SHEETS[code]).register or ""].tab
    copies = with_differing_copies(SHEETS[code], tab)
    once = Counter(row_id for *_, row_id in told(code, SHEETS[code]) if row_id)
    twice = Counter(row_id for *_, row_id in told(code, copies) if row_id)
    assert told("duplicate_key", copies)
    assert twice <= once
