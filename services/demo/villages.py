"""The villages that were asked whether they are ready for a centre, in 2565."""

from __future__ import annotations

from datetime import date
from random import Random

from services.demo.people import officer_name
from services.demo.rows import Ledger, Row
from sheets_schema.loader import programme

EVEN_BY_CAPITAL = "5602"
"""Its first two villages have the same score; capital decides."""
EVEN_BY_MEMBERS = "5605"
"""Its first two villages have the same score and capital; members decide."""
EVEN = (5, 4, 5, 4, 5, 4, 5, 4)


def villages(ledger: Ledger) -> None:
    """Four to eight villages; some savings groups are below the level that opens the gate."""
    district = ledger.district
    chance = Random(f"villages of {district.code}")
    count = 4 + int(district.code[-1]) % 5
    for number in range(count):
        tambon = district.tambons[number % len(district.tambons)]
        moo = 2 + number // len(district.tambons) * 5 + chance.randint(0, 4)
        row = Row(
            {
                "village_code": f"{tambon.code}{moo:02}",
                "village": f"บ้านสมมติ{tambon.name}",
                "moo": moo,
                "tambon": tambon.name,
                "savings_group": f"กลุ่มออมทรัพย์บ้านสมมติ{tambon.name}",
                "governance_level": 3 if number < 3 or chance.random() < 0.5 else 2,
                "capital": chance.randint(150, 900) * 1000,
                "members": chance.randint(45, 210),
                "assessed_on": date(2022, 6, chance.randint(1, 28)),
                "assessor": officer_name(district),
            }
        )
        marks = EVEN if number < 2 else tuple(chance.randint(2, 5) for _ in EVEN)
        row.cells.update(zip(_items(), marks, strict=True))
        ledger.add("readiness", row)
    _settle_evens(ledger)


def _items() -> list[str]:
    readiness = programme(2565).readiness
    return [item.code for item in readiness.items] if readiness else []


def _settle_evens(ledger: Ledger) -> None:
    """Two even villages in two districts; elsewhere the second one has fewer marks."""
    first, second = ledger.rows["readiness"][:2]
    if ledger.district.code == EVEN_BY_MEMBERS:
        second.cells["capital"] = first.cells["capital"]
        first.cells["members"], second.cells["members"] = 96, 131
    elif ledger.district.code != EVEN_BY_CAPITAL:
        second.cells[_items()[0]] = 3
