"""A centre that has done everything, to take one thing away from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.store.base import RawTab
from tests.support.sheets import register_tab

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def finished_centre(households: int = 5) -> Rows:
    """Rows by register: one centre, one fund, target households with every step of 2565 proved."""
    ids = [f"H{number}" for number in range(1, households + 1)]
    return {
        "centres": [{"centre_id": "C1", "centre_name": "ศูนย์สมมติ", "tambon": "เวียง"}],
        "funds": [
            {"fund_id": "F1", "centre_id": "C1", "fund_name": "กองทุนสมมติ", "fund_type": "กข.คจ."}
        ],
        "households": [
            {
                "household_id": h,
                "centre_id": "C1",
                "head_name": f"นายสมมติ {h}",
                "target": "ใช่",
                "joined_on": "01/02/2565",
                "consent": "ใช่",
            }
            for h in ids
        ],
        "debts": [
            {
                "debt_id": f"D{h}",
                "household_id": h,
                "fund_id": "F1",
                "outstanding": "9,000",
                "outstanding_at_entry": "10,000",
                "debtor_class": "ปกติ",
            }
            for h in ids
        ],
        "meetings": [
            {
                "meeting_id": f"M{h}",
                "centre_id": "C1",
                "household_id": h,
                "held_on": "01/03/2565",
                "resolution": "ตกลง",
            }
            for h in ids
        ],
        "contracts": [
            {
                "contract_no": f"S{h}",
                "household_id": h,
                "receiving_fund_id": "F1",
                "signed_on": "01/04/2565",
                "amount": "10,000",
                "method": "รวมหนี้ ๑ ครัวเรือน ๑ สัญญา",
            }
            for h in ids
        ],
        "supports": [
            {"support_id": f"A{h}", "household_id": h, "started_on": "01/05/2565"} for h in ids
        ],
        "visits": [
            {
                "visit_id": f"V{h}",
                "household_id": h,
                "visited_on": "01/06/2565",
                "balance": "8,000",
            }
            for h in ids
        ],
        "readiness": [],
    }


def tabs_of(rows: Mapping[str, list[Row]]) -> list[RawTab]:
    """The workbook's tabs, headers in the schema's order."""
    return [register_tab(code, *register_rows) for code, register_rows in rows.items()]


def row_of(rows: Rows, register: str, key: str) -> Row:
    """The row whose first column holds the key."""
    return next(row for row in rows[register] if next(iter(row.values())) == key)
