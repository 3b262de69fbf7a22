"""Numbers and days as pages write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from services.normalise.numbers import baht
from sheets_schema.loader import corrections
from sheets_schema.model import BUDDHIST_OFFSET

UNKNOWN = "ไม่ทราบ"


@cache
def months() -> tuple[dict[int, str], dict[int, str]]:
    """Month number -> its whole name, and its short one: the first listed of each."""
    whole: dict[int, str] = {}
    short: dict[int, str] = {}
    for word, number in corrections().months:
        (short if word.endswith(".") else whole).setdefault(number, word)
    return whole, short


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
    return f"{day.day} {months()[1][day.month]} {day.year + BUDDHIST_OFFSET}"


def read_of(read: int, rows: int) -> str:
    """A figure's coverage in words.

    >>> read_of(37, 41)
    'อ่านได้ 37 จาก 41 แถว'
    """
    return f"อ่านได้ {read:,} จาก {rows:,} แถว"
