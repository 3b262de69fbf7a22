"""The villages that were asked whether they are ready for a centre, in 2565."""

from __future__ import annotations

from datetime import date

from services.demo.dice import Dice
from services.demo.people import officer_name, thai
from services.demo.rows import Ledger, Row
from services.demo.story import LAST
from sheets_schema.loader import programme

EVEN_BY_CAPITAL = "5602"
"""Its first two villages have the same score; capital decides."""
EVEN_BY_MEMBERS = "5605"
"""Its first two villages have the same score and capital; members decide."""


def villages(ledger: Ledger) -> None:
    """Four to eight villages; some savings groups are below the level that opens the gate."""
    district = ledger.district
    chance = Dice(f"villages of {district.code}")
    count = 4 + int(district.code[-1]) * 3 % 5
    for number in range(count):
        tambon = district.tambons[number % len(district.tambons)]
        moo = 2 + number // len(district.tambons) * 5 + chance.randint(0, 4)
        row = Row(
            {
                "village_code": f"{tambon.code}{moo:02}",
                "village": f"บ้านสมมติ{tambon.name} {thai(number + 1)}",
                "moo": moo,
                "tambon": tambon.name,
                "savings_group": f"กลุ่มออมทรัพย์บ้านสมมติ{tambon.name}",
                "governance_level": 3 if number < max(3, count - 2) else chance.randint(1, 2),
                "capital": chance.randint(150, 900) * 1000,
                "members": chance.randint(45, 210),
                "assessed_on": date(2022, 6, chance.randint(1, 28)),
                "assessor": officer_name(district),
            }
        )
        row.cells.update({item: chance.randint(1 + number % 2, 5) for item in _items()})
        ledger.add("readiness", row)
    _settle_evens(ledger)


def _items() -> list[str]:
    readiness = programme(LAST).readiness
    return [item.code for item in readiness.items] if readiness else []


def _settle_evens(ledger: Ledger) -> None:
    """In two districts the second village has the first one's marks."""
    first, second = ledger.rows["readiness"][:2]
    if ledger.district.code in (EVEN_BY_CAPITAL, EVEN_BY_MEMBERS):
        second.cells.update({item: first.cells[item] for item in _items()})
    if ledger.district.code == EVEN_BY_MEMBERS:
        second.cells["capital"] = first.cells["capital"]
        first.cells["members"], second.cells["members"] = 96, 131
