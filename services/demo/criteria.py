"""What an institution of 2560 did: activities with their money, evidence of nine kinds."""

from __future__ import annotations

from services.demo.debts import CentreYear, day_in
from services.demo.dice import Dice
from services.demo.rows import Ledger, Meant, Row
from services.demo.story import FIRST
from sheets_schema.loader import programme

PLAN, REPORT, LIFE_PLAN, RECORD, TRANSFER, PHOTOS = 3, 5, 6, 7, 8, 9
BUDGET = 40_000


def activities(ledger: Ledger, whole: CentreYear) -> None:
    """The workshop or the set-up by the year of founding, then the course for households."""
    chance = whole.chance("activities")
    workshop, set_up, course = (activity.title for activity in programme(FIRST).activities)
    begun = (set_up, 130, 165) if whole.centre.founded == FIRST else (workshop, 45, 80)
    for title, first, last in (begun, (course, 190, 250)):
        start = day_in(chance, whole.year, first, last)
        money: dict[str, Meant] = {}
        if title == course:
            spent = BUDGET - chance.choice((0, 0, 500, 1250))
            money = {
                "project_name": f"โครงการเพิ่มรายได้{whole.centre.village}",
                "budget_received": BUDGET,
                "budget_spent": spent,
            }
        ledger.add(
            "activities",
            Row(
                {
                    "activity_id": str(len(ledger.rows.get("activities", [])) + 1),
                    "centre_id": whole.centre.id,
                    "activity": title,
                    "started_on": start,
                    "finished_on": start.replace(day=min(start.day + 3, 28)),
                    "days": 4 if title == course else 1,
                    "participants": len(whole.targets) if title == course else 15,
                    "bpm_on": day_in(chance, whole.year, last + 5, last + 30),
                    "central_data_on": day_in(chance, whole.year, last + 5, last + 30),
                    **money,
                }
            ),
        )


def evidence(ledger: Ledger, whole: CentreYear, contracts: list[Row]) -> None:
    """The plan, the round reports, and the papers of the households with a contract."""
    chance = whole.chance("evidence")
    if whole.centre.criteria.plan:
        _paper(ledger, whole, chance, {"kind": PLAN, "title": "แผนการบริหารจัดการหนี้"})
    if not contracts:
        return
    for number in (1, 2):
        _paper(
            ledger,
            whole,
            chance,
            {"kind": REPORT, "round": number, "title": "แบบรายงาน ๑ ครัวเรือน ๑ สัญญา"},
        )
    for contract in contracts:
        household = {"household_id": contract.cells["household_id"]}
        _paper(ledger, whole, chance, {"kind": LIFE_PLAN, "title": "แผนพัฒนาชีวิต", **household})
        _paper(ledger, whole, chance, {"kind": RECORD, "title": "แบบบันทึกการเข้าร่วม", **household})
        if contract.cells["method"] == "โอนภาระหนี้":
            _paper(
                ledger, whole, chance, {"kind": TRANSFER, "title": "สัญญาถ่ายโอนภาระหนี้", **household}
            )
    _paper(ledger, whole, chance, {"kind": PHOTOS, "title": "ภาพถ่ายและรายงานการประชุม"})


def _paper(ledger: Ledger, whole: CentreYear, chance: Dice, cells: dict[str, Meant]) -> None:
    number = len(ledger.rows.get("evidence", [])) + 1
    own: dict[str, Meant] = {
        "evidence_id": str(number),
        "centre_id": whole.centre.id,
        "dated": day_in(chance, whole.year, 130, 300),
        "link": f"เอกสาร/{whole.centre.id}/{number:03}.pdf",
    }
    ledger.add("evidence", Row({**own, **cells}))
