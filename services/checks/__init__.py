"""The list of every finding, in reading order, and who finds it.

A check is one function that answers one question; its words are in sheets_schema/messages.toml.
Cells, headers and tabs are judged while they are read, in services/normalise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from services.checks import dates, money, people, references
from services.compute.seen import Seen
from services.issues import Findings

Check = Callable[[Seen], Iterator[Findings]]

FOUND_WHILE_READING = (
    "workbook_unreadable",
    "missing_tab",
    "header_missing",
    "header_twice",
    "duplicate_key",
    "missing_required",
    "unreadable_value",
    "formula_error",
    "formula_without_value",
    "choice_outside_list",
    "rows_after_end",
    "value_assumed",
)

CHECKS: Mapping[str, Check] = {
    "unknown_reference": references.unknown_reference,
    "negative_amount": money.negative_amount,
    "date_outside_year": dates.date_outside_year,
    "date_in_future": dates.date_in_future,
    "visit_before_contract": dates.visit_before_contract,
    "step_order": dates.step_order,
    "repaid_plus_outstanding": money.repaid_plus_outstanding,
    "contract_above_debts": money.contract_above_debts,
    "debt_replaced_twice": money.debt_replaced_twice,
    "after_above_before": money.after_above_before,
    "above_lending_limit": money.above_lending_limit,
    "budget_overspent": money.budget_overspent,
    "capital_differs": money.capital_differs,
    "entry_debt_unknown": money.entry_debt_unknown,
    "households_too_few": people.households_too_few,
    "households_too_many": people.households_too_many,
    "household_several_funds": people.household_several_funds,
    "household_two_centres": people.household_two_centres,
    "no_target_households": people.no_target_households,
    "meeting_without_household": people.meeting_without_household,
    "class_differs": people.class_differs,
    "readiness_blank": people.readiness_blank,
    "consent_missing": people.consent_missing,
}


def run_checks(seen: Seen) -> Iterator[Findings]:
    """Every check over one workbook."""
    for check in CHECKS.values():
        yield from check(seen)
