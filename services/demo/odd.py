"""What needs attention in the demo province: each oddity names itself where it is written.

The manifest is made of these, never of what `check` finds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from services.demo.rows import Ledger, Row
from services.template import Formula

Oddity = Callable[[Ledger], None]


def _household(ledger: Ledger, code: str) -> Row:
    return ledger.of("households", household_id=code)[0]


def _debt(ledger: Ledger, code: str) -> Row:
    return ledger.of("debts", debt_id=code)[0]


def _centre(ledger: Ledger, code: str) -> Row:
    return ledger.of("centres", centre_id=code)[0]


def finished_district(ledger: Ledger) -> None:
    """5601: all steps done; small things in the amounts."""
    debt = _debt(ledger, "5601-1-D050")
    debt.type("repaid", debt.baht("repaid") + 500)
    debt.seed("repaid_plus_outstanding", "outstanding")
    _debt(ledger, "5601-1-D060").type("contract_date", "มี.ค. 2562", "value_assumed")
    visit = ledger.of("visits", household_id="5601-2-003")[-1]
    before = sum(
        row.baht("outstanding_at_entry") for row in ledger.of("debts", household_id="5601-2-003")
    )
    visit.cells["problem"] = None
    visit.type("balance", before + 5000, "after_above_before")
    _household(ledger, "5601-1-030").type(
        "expense_year", Formula("=#REF!*12", "#REF!"), "formula_error"
    )
    for code in ("5601-1-001", "5601-1-002"):
        _household(ledger, code).seed("household_several_funds", "household_id")
    largest = max(
        ledger.of("contracts", receiving_fund_id="5601-2-F1"), key=lambda row: row.baht("amount")
    )
    limit = largest.baht("amount") - 500
    ledger.of("funds", fund_id="5601-2-F1")[0].type("lending_limit", limit)
    for contract in ledger.of("contracts", receiving_fund_id="5601-2-F1"):
        if contract.baht("amount") > limit:
            contract.seed("above_lending_limit", "amount")


def contracts_before_meeting(ledger: Ledger) -> None:
    """5602: every household has its contract, one never stood in a meeting's minutes."""
    _centre(ledger, "5602-1").seed("step_order", "centre_id")
    support = Row(
        {
            "support_id": "1",
            "household_id": "5602-1-001",
            "plan_on": date(2022, 5, 9),
            "occupation": "เลี้ยงไก่ไข่",
            "support": "พันธุ์ไก่และอาหาร",
            "partner": "อบต.",
        }
    )
    support.type("started_on", "15/08/2565", "date_in_future")
    ledger.add("supports", support)
    contract = ledger.rows["contracts"][0]
    contract.type("amount", contract.baht("amount") + 20_000, "contract_above_debts")
    _household(ledger, "5602-1-041").type("tambon", "หงส์ทอง", "unknown_reference")


def one_household_twice(ledger: Ledger) -> None:
    """5603: two centres, one household in both; six chosen where five are asked for."""
    first, second = (_household(ledger, f"5603-{number}-040") for number in (1, 2))
    for column in ("head_name", "house_no", "moo", "village", "tambon"):
        value = first.cells[column]
        for household in (first, second):
            household.type(column, value if isinstance(value, int) else str(value))
    for household in (first, second):
        household.seed("household_two_centres", "household_id")
    _centre(ledger, "5603-2").seed("households_too_many", "centre_id")
    meeting = Row(
        {
            "meeting_id": f"ป{len(ledger.rows['meetings']) + 1}",
            "centre_id": "5603-2",
            "held_on": date(2022, 3, 15),
            "attendees": 14,
            "resolution": "ให้นัดหมายครั้งต่อไป",
        }
    )
    meeting.seed("meeting_without_household", "household_id")
    ledger.add("meetings", meeting)
    _household(ledger, "5603-2-002").type("consent", "ไม่", "consent_missing")
    _centre(ledger, "5603-1").type("capital", "2.5 ล้านบาท", "capital_differs")


def only_begun(ledger: Ledger) -> None:
    """5604: the survey has begun; there is no tab for visits yet."""
    ledger.without_tab.add("visits")
    _centre(ledger, "5604-1").seed("households_too_few", "centre_id")
    _debt(ledger, "5604-1-D020").type("household_id", "5604-1-999", "unknown_reference")
    nameless = _household(ledger, "5604-1-033")
    nameless.type("head_name", "", "missing_required")
    good = next(row for row in ledger.of("debts", debtor_class="ปกติ"))
    good.type("debtor_class", "ผิดนัดชำระ", "class_differs")


def year_mistyped(ledger: Ledger) -> None:
    """5605: nearly finished; one visit carries last year's date, one old debt stands twice."""
    visit = ledger.of("visits", household_id="5605-1-004")[-1]
    visit.type("visited_on", "12/06/2564", "date_outside_year", "visit_before_contract")
    first, second = ledger.rows["contracts"][:2]
    shared = second.text("replaces").rsplit(", ", 1)[-1]
    first.cells["replaces"] = f"{first.text('replaces')}, {shared}"
    for contract in (first, second):
        contract.seed("debt_replaced_twice", "replaces")
    unknown = ledger.of("debts", household_id="5605-2-002")[0]
    unknown.type("outstanding_at_entry", "", "entry_debt_unknown")
    _household(ledger, "5605-2-030").type("expense_year", "(1,500.00)", "negative_amount")


def village_twice(ledger: Ledger) -> None:
    """5606: one village assessed twice with different marks, one left a mark blank."""
    ledger.twice["households"] = "income_year"
    ledger.of("funds", fund_id="5606-1-F2")[0].type(
        "fund_type", "ธนาคารหมู่บ้าน", "choice_outside_list"
    )
    asked = ledger.rows["readiness"]
    asked[2].type("leaders", "", "readiness_blank")
    again = Row({**asked[1].cells, "committee": 1, "accounts": 1})
    ledger.add("readiness", again)
    for village in (asked[1], again):
        village.seed("duplicate_key", "village_code")


def typed_under_the_total(ledger: Ledger) -> None:
    """5607: a latecomer below the total row, and amounts that only their writer can read."""
    late = Row({**ledger.rows["debts"][-1].cells, "debt_id": "5607-1-D999"})
    late.seed("rows_after_end", "debt_id")
    ledger.under_total["debts"] = [late]
    _debt(ledger, "5607-1-D030").type("principal", "1,5OO", "unreadable_value")
    _debt(ledger, "5607-1-D031").type("repaid", Formula("=5000-1500"), "formula_without_value")
    _household(ledger, "01033").type("income_year", "ประมาณ 5,000", "unreadable_value")


def own_words(ledger: Ledger) -> None:
    """5608: a tab and a header named in the office's own words."""
    ledger.strange_tab["debts"] = "บัญชีหนี้รายคน"
    ledger.without_header["readiness"] = "savings_group"


def nothing_but_centres(ledger: Ledger) -> None:
    """5609: the centre is listed, and no more."""
    _centre(ledger, "5609-1").seed("no_target_households", "no_targets")


def overspent(ledger: Ledger) -> None:
    """5601 in 2560: more spent than received."""
    course = ledger.of("activities", centre_id="5601-1")[-1]
    course.type("budget_spent", "41,200.-", "budget_overspent")


def year_in_two_digits(ledger: Ledger) -> None:
    """5602 in 2560: 17 may be 2017 or 2517."""
    ledger.rows["contracts"][3].type("signed_on", "26/7/17", "unreadable_value")


def kind_left_out(ledger: Ledger) -> None:
    """5603 in 2560: a paper nobody said the kind of."""
    ledger.rows["evidence"][-1].type("kind", "", "missing_required")


def other_activity(ledger: Ledger) -> None:
    """5604 in 2560: an activity that is not in the year's list."""
    ledger.rows["activities"][0].type("activity", "ศึกษาดูงาน", "choice_outside_list")


def paper_twice(ledger: Ledger) -> None:
    """5605 in 2560: two papers with one number."""
    first, second = ledger.rows["evidence"][-2:]
    second.cells["evidence_id"] = first.cells["evidence_id"]
    for paper in (first, second):
        paper.seed("duplicate_key", "evidence_id")


def next_years_paper(ledger: Ledger) -> None:
    """5606 in 2560: a paper dated in the next fiscal year."""
    ledger.rows["evidence"][-1].type("dated", "15 พ.ย. 2560", "date_outside_year")


def contract_under_the_total(ledger: Ledger) -> None:
    """5607 in 2560: the twelfth contract came after the sheet was closed."""
    late = Row({**ledger.rows["contracts"][-1].cells, "contract_no": "99/2560"})
    late.cells["household_id"], late.cells["replaces"] = "01020", None
    late.seed("rows_after_end", "contract_no")
    ledger.under_total["contracts"] = [late]


def no_evidence_tab(ledger: Ledger) -> None:
    """5608 in 2560: the papers are in a folder, not in the workbook."""
    ledger.without_tab.add("evidence")


def too_few_chosen(ledger: Ledger) -> None:
    """5609 in 2560: 22 households of 30."""
    _centre(ledger, "5609-1").seed("households_too_few", "centre_id")


ODDITIES: Mapping[tuple[int, str], Oddity] = {
    (2560, "5601"): overspent,
    (2560, "5602"): year_in_two_digits,
    (2560, "5603"): kind_left_out,
    (2560, "5604"): other_activity,
    (2560, "5605"): paper_twice,
    (2560, "5606"): next_years_paper,
    (2560, "5607"): contract_under_the_total,
    (2560, "5608"): no_evidence_tab,
    (2560, "5609"): too_few_chosen,
    (2565, "5601"): finished_district,
    (2565, "5602"): contracts_before_meeting,
    (2565, "5603"): one_household_twice,
    (2565, "5604"): only_begun,
    (2565, "5605"): year_mistyped,
    (2565, "5606"): village_twice,
    (2565, "5607"): typed_under_the_total,
    (2565, "5608"): own_words,
    (2565, "5609"): nothing_but_centres,
}
