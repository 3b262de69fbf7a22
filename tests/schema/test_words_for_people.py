"""Every finding has its sentence: where, what, how to put it right, in the office's words."""

import re
from string import Formatter

import numpy as np
import pytest

from services.cells import Cell, Cells, column_letters
from services.checks import CHECKS, FOUND_WHILE_READING
from services.issues import Findings, Issue, each, in_reading_order, reason
from sheets_schema.loader import messages, reasons
from sheets_schema.wording import Message

ALWAYS = {"workbook", "book", "tab", "a1", "header", "accepted", "value", "id"}
OWN = {
    "workbook_unreadable": {"why", "cure"},
    "value_assumed": {"assumed"},
    "unknown_reference": {"target", "or_else"},
    "date_outside_year": {"year", "first_day", "last_day"},
    "date_in_future": {"as_of"},
    "visit_before_contract": {"household_id", "contract_day"},
    "step_order": {"step", "earlier"},
    "repaid_plus_outstanding": {"repaid", "principal"},
    "contract_above_debts": {"before", "household_id"},
    "after_above_before": {"before", "household_id"},
    "above_lending_limit": {"limit", "fund_id"},
    "budget_overspent": {"received"},
    "capital_differs": {"counted"},
    "entry_debt_unknown": {"household_id"},
    "households_too_few": {"found", "wanted"},
    "households_too_many": {"found", "wanted"},
    "household_several_funds": {"count", "funds"},
    "household_two_centres": {"others"},
    "class_differs": {"ours"},
    "readiness_blank": {"top"},
}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_finding_has_its_sentence_and_every_sentence_its_finding() -> None:
    assert sorted(messages()) == sorted((*FOUND_WHILE_READING, *CHECKS))
    assert not set(FOUND_WHILE_READING) & set(CHECKS)


@pytest.mark.parametrize("message", messages().values(), ids=messages())
def test_a_sentence_has_no_blank_that_nobody_fills(message: Message) -> None:
    own = OWN.get(message.code, set())
    assert blanks(message.text + message.fix) - ALWAYS == own
    filled = dict.fromkeys(ALWAYS | own, "…")
    for words in (message.title, message.text, message.fix):
        assert re.search("[ก-๙…]", words.format(**filled))


@pytest.mark.parametrize("words", reasons().values(), ids=reasons())
def test_a_reason_names_ids_and_never_people(words: str) -> None:
    assert words.strip()
    assert not {"name", "head_name", "debtor_name"} & blanks(words)


def test_a_reason_is_filled_with_the_ids_it_names() -> None:
    assert reason("support_not_started", household_id="H1").startswith("การสนับสนุนของครัวเรือน H1 ")
    with pytest.raises(KeyError, match="household_id"):
        reason("no_meeting")


def test_columns_are_lettered_as_sheets_letter_them() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_a_finding_in_many_rows_is_one_issue_a_row() -> None:
    cells = Cells("ลูกหนี้", 27, np.array([2, 7], dtype=np.int32))
    batch = Findings(
        "missing_required", "debts", "outstanding", cells, ["D1", None], header="หนี้คงเหลือ"
    )
    assert len(batch) == len(cells) == 2
    first, second = each([batch], "5601", "5601.xlsx")
    assert (first.row_id, first.cell) == ("D1", Cell("5601.xlsx", "ลูกหนี้", "AB2"))
    assert first.message == "แท็บ «ลูกหนี้» ช่อง AB2: «หนี้คงเหลือ» ยังว่าง"
    assert (second.row_id, second.cell) == (None, Cell("5601.xlsx", "ลูกหนี้", "AB7"))


def test_a_finding_without_a_cell_names_the_tab_or_the_workbook() -> None:
    missing = Findings("missing_tab", "debts")
    why = {"why": "แฟ้มว่าง", "cure": "คัดลอกใหม่"}
    unreadable = Findings("workbook_unreadable", details=[why])
    assert len(missing) == len(unreadable) == 1
    first, second = each([missing, unreadable], "5601", "5601.xlsx")
    assert (first.cell, first.register, first.severity) == (None, "debts", "error")
    assert "«ลูกหนี้»" in first.message
    assert second.message == "สมุดงาน «5601.xlsx»: แฟ้มว่าง"
    assert second.fix == "คัดลอกใหม่"


def test_errors_are_read_first_then_district_by_district() -> None:
    def issue(code: str, district: str | None) -> Issue:
        (one,) = each(
            [Findings(code, details=[dict.fromkeys(OWN.get(code, set()), "")])], district, ""
        )
        return one

    shuffled = [
        issue("value_assumed", "5601"),
        issue("missing_tab", "5602"),
        issue("header_missing", "5601"),
        issue("rows_after_end", None),
        issue("missing_required", "5601"),
    ]
    assert [(i.severity, i.district, i.code) for i in in_reading_order(shuffled)] == [
        ("error", "5601", "header_missing"),
        ("error", "5601", "missing_required"),
        ("error", "5602", "missing_tab"),
        ("warning", None, "rows_after_end"),
        ("info", "5601", "value_assumed"),
    ]
