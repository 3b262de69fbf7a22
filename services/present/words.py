"""Numbers and days as pages write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from services.normalise.numbers import baht
from sheets_schema.model import BUDDHIST_OFFSET

UNKNOWN = "ไม่ทราบ"
MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def money(satang: int | None) -> str:
    """Baht with thousands and two decimals.

    >>> money(37420000), money(-5), money(None)
    ('374,200.00', '-0.05', 'ไม่ทราบ')
    """
    return UNKNOWN if satang is None else f"{Decimal(baht(satang)):,.2f}"


def decimal_baht(satang: int | None) -> Decimal | None:
    """Baht as an exact number, for a table's column."""
    return None if satang is None else Decimal(baht(satang))


def day_in_thai(day: date | datetime) -> str:
    """A day with its month's short name and Buddhist year.

    >>> day_in_thai(date(2022, 7, 26))
    '26 ก.ค. 2565'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + BUDDHIST_OFFSET}"


def read_of(read: int, rows: int) -> str:
    """A figure's coverage in words.

    >>> read_of(37, 41)
    'อ่านได้ 37 จาก 41 แถว'
    """
    return f"อ่านได้ {read:,} จาก {rows:,} แถว"
