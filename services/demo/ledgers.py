"""The story told as registers: every district's year before it is typed."""

from __future__ import annotations

from services.demo import criteria, steps
from services.demo.debts import CentreYear, centre_row, centre_year
from services.demo.rows import YES, Ledger
from services.demo.story import CENTRES, FIRST, LAST, Centre
from services.demo.villages import villages
from sheets_schema.places import District

SIGNED = {FIRST: (140, 280), LAST: (160, 200)}
"""Days of the fiscal year in which contracts are signed."""
VISITED = {FIRST: (320, 355), LAST: (250, 288)}


def ledger_of(district: District, year: int) -> Ledger:
    """One district's year, clean."""
    ledger = Ledger(year, district)
    for centre in CENTRES:
        if centre.district_code == district.code:
            _tell(ledger, centre)
    if year == LAST and "funds" in ledger.rows:
        villages(ledger)
    return ledger


def _tell(ledger: Ledger, centre: Centre) -> None:
    whole = centre_year(centre, ledger.year)
    ledger.add("centres", centre_row(whole))
    if ledger.year == LAST and centre.steps.only_centre:
        ledger.rows["centres"][-1].cells["capital"] = None
        return
    ledger.add("funds", *whole.funds)
    ledger.add("households", *whole.people)
    for debts in whole.debts.values():
        ledger.add("debts", *debts)
    if ledger.year == LAST:
        _climb_steps(ledger, whole)
    else:
        _meet_criteria(ledger, whole)


def _climb_steps(ledger: Ledger, whole: CentreYear) -> None:
    story, targets = whole.centre.steps, whole.targets
    if not targets:
        ledger.rows["centres"][-1].cells |= {
            "no_targets": YES,
            "no_targets_reason": "ครัวเรือนขอเลื่อนไปปีหน้า",
        }
    steps.meetings(ledger, whole, story.met)
    made = steps.contracts(ledger, whole, targets[: story.contracts], SIGNED[whole.year])
    if whole.centre.id == steps.NEW_LOANS_IN:
        steps.new_loans(ledger, whole, made)
    steps.supports(ledger, whole, targets[: story.supports])
    steps.visits(ledger, whole, targets[: story.visits], VISITED[whole.year])


def _meet_criteria(ledger: Ledger, whole: CentreYear) -> None:
    story, targets = whole.centre.criteria, whole.targets
    made = steps.contracts(ledger, whole, targets[: story.contracts], SIGNED[whole.year])
    if story.visited:
        steps.visits(ledger, whole, targets[: story.contracts], VISITED[whole.year])
    criteria.activities(ledger, whole)
    criteria.evidence(ledger, whole, made)
