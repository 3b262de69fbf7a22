"""Meetings, contracts, livelihoods and visits: steps 3 to 6, as far as each centre has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.demo.debts import METHODS, CentreYear, day_in
from services.demo.dice import Dice
from services.demo.people import invented_name, officer_name
from services.demo.rows import Ledger, Meant, Row

EVERYONE = "ทุกครัวเรือนเป้าหมาย"
TRADES = (
    ("เลี้ยงไก่ไข่", "พันธุ์ไก่และอาหาร"),
    ("ปลูกผักปลอดภัย", "เมล็ดพันธุ์และน้ำหมัก"),
    ("แปรรูปน้ำพริก", "อบรมและบรรจุภัณฑ์"),
    ("ทอผ้า", "กี่ทอและเส้นด้าย"),
)
PARTNERS = ("กศน.อำเภอ", "เกษตรอำเภอ", "อบต.", "ทีม Move for Fund")
PROBLEMS = ("รายได้ตกเพราะภัยแล้ง", "เจ็บป่วย รายจ่ายเพิ่ม")
SHARES_LEFT = (0, 45, 60, 80, 100)
"""Percent of the old debt still owed at the last visit."""
VISITED_TWICE = 2
"""So many households of a centre were visited early in the year as well."""
NEW_LOANS_IN = "5601-1"
"""The centre whose fund already lists the new contracts among its debtors."""


def meetings(ledger: Ledger, whole: CentreYear, met: int) -> None:
    """An explaining meeting with everyone, then one that decides for those it names."""
    codes = [household.text("household_id") for household in whole.targets]
    if codes:
        _meeting(ledger, whole, (95, 110), {"household_id": ", ".join(codes)})
    if met:
        decided: dict[str, Meant] = {
            "household_id": EVERYONE if met == len(codes) else ", ".join(codes[:met]),
            "receiving_fund_id": whole.receiving_fund.cells["fund_id"],
            "resolution": "ให้กองทุนแกนหลักรับผิดชอบภาระหนี้ และรวมเป็นสัญญาเดียว",
        }
        _meeting(ledger, whole, (125, 150), decided)


def _meeting(
    ledger: Ledger, whole: CentreYear, days: tuple[int, int], cells: dict[str, Meant]
) -> None:
    number = len(ledger.rows.get("meetings", [])) + 1
    chance = whole.chance(f"meeting {number}")
    own: dict[str, Meant] = {
        "meeting_id": f"ป{number}",
        "centre_id": whole.centre.id,
        "held_on": day_in(chance, whole.year, *days),
        "attendees": chance.randint(12, 35),
    }
    ledger.add("meetings", Row({**own, **cells}))


def contracts(
    ledger: Ledger, whole: CentreYear, households: Sequence[Row], days: tuple[int, int]
) -> list[Row]:
    """One contract per household that takes the place of all its old debts."""
    chance = whole.chance("contracts")
    made: list[Row] = []
    for household in households:
        code = household.text("household_id")
        number = len(ledger.rows.get("contracts", [])) + 1
        signed = day_in(chance, whole.year, *days)
        contract = Row(
            {
                "contract_no": f"{number}/{whole.year}",
                "household_id": code,
                "receiving_fund_id": whole.receiving_fund.cells["fund_id"],
                "signed_on": signed,
                "amount": whole.before(household),
                "method": chance.choice(METHODS),
                "rate": 6,
                "instalments": chance.choice((12, 24, 36)),
                "first_due": day_in(chance, whole.year, days[1] + 31, days[1] + 60),
                "guarantor": invented_name(7000 + whole.centre.order * 100 + number),
                "replaces": ", ".join(debt.text("debt_id") for debt in whole.debts[code]),
            }
        )
        ledger.add("contracts", contract)
        made.append(contract)
    return made


def new_loans(ledger: Ledger, whole: CentreYear, made: Sequence[Row]) -> None:
    """The receiving fund's own list shows the new contracts among its debtors."""
    for number, contract in enumerate(made, 901):
        day = contract.cells["signed_on"]
        household = contract.text("household_id")
        name = next(p for p in whole.people if p.text("household_id") == household)
        ledger.add(
            "debts",
            Row(
                {
                    "debt_id": f"{whole.centre.id}-D{number}",
                    "household_id": household,
                    "debtor_name": name.cells["head_name"],
                    "fund_id": contract.cells["receiving_fund_id"],
                    "contract_no": contract.cells["contract_no"],
                    "contract_date": day,
                    "principal": contract.cells["amount"],
                    "repaid": 0,
                    "outstanding": contract.cells["amount"],
                    "rate": 6,
                    "due_date": date(2024, 3, 28),
                    "debtor_class": "ปกติ",
                    "classified_on": day,
                    "as_of": day,
                }
            ),
        )


def supports(ledger: Ledger, whole: CentreYear, households: Sequence[Row]) -> None:
    """A trade, what was given for it, and by whom."""
    chance = whole.chance("supports")
    for household in households:
        trade, given = chance.choice(TRADES)
        ledger.add(
            "supports",
            Row(
                {
                    "support_id": str(len(ledger.rows.get("supports", [])) + 1),
                    "household_id": household.cells["household_id"],
                    "plan_on": day_in(chance, whole.year, 150, 180),
                    "occupation": trade,
                    "support": given,
                    "amount": chance.randint(2, 12) * 500,
                    "partner": chance.choice(PARTNERS),
                    "started_on": day_in(chance, whole.year, 215, 240),
                }
            ),
        )


def visits(
    ledger: Ledger, whole: CentreYear, households: Sequence[Row], days: tuple[int, int]
) -> None:
    """A visit per household with what it still owes; some earlier in the year as well."""
    chance = whole.chance("visits")
    officer = officer_name(whole.centre.district, whole.centre.number)
    for place, household in enumerate(households):
        before = whole.before(household)
        if place < VISITED_TWICE:
            ledger.add(
                "visits",
                _visit(
                    ledger,
                    household,
                    before,
                    (chance, officer),
                    (whole.year, days[0] - 25, days[0] - 5),
                ),
            )
        left = SHARES_LEFT[(place + whole.centre.order) % len(SHARES_LEFT)]
        balance = before if left == SHARES_LEFT[-1] else before * left // 10_000 * 100
        ledger.add(
            "visits", _visit(ledger, household, balance, (chance, officer), (whole.year, *days))
        )


def _visit(
    ledger: Ledger,
    household: Row,
    balance: int,
    who: tuple[Dice, str],
    when: tuple[int, int, int],
) -> Row:
    chance, officer = who
    income = household.baht("income_year")
    return Row(
        {
            "visit_id": str(len(ledger.rows.get("visits", [])) + 1),
            "household_id": household.cells["household_id"],
            "visited_on": day_in(chance, *when),
            "balance": balance,
            "income_year": income + chance.randint(0, 20) * 1000,
            "problem": chance.choice(PROBLEMS) if chance.happens(30) else None,
            "visitor": officer,
        }
    )
