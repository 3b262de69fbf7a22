"""Numbers and days as official Thai papers write them: Thai numerals, Buddhist years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.normalise.numbers import baht
from services.present.words import months
from sheets_schema.model import BUDDHIST_OFFSET

TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def thai_numerals(text: object) -> str:
    """The text with Thai numerals.

    >>> thai_numerals(2565)
    '๒๕๖๕'
    """
    return str(text).translate(TO_THAI)


def thai_number(number: int | Decimal) -> str:
    """A whole number, or one with its decimals, in groups of three.

    >>> thai_number(1234), thai_number(Decimal("67.50"))
    ('๑,๒๓๔', '๖๗.๕๐')
    """
    return thai_numerals(f"{number:,}")


def thai_baht(satang: int) -> str:
    """Satang as baht with two decimals.

    >>> thai_baht(123_456_750)
    '๑,๒๓๔,๕๖๗.๕๐'
    """
    return thai_number(Decimal(baht(satang)))


def thai_day(day: date) -> str:
    """A day in full.

    >>> thai_day(date(2022, 7, 26))
    '๒๖ กรกฎาคม ๒๕๖๕'
    """
    return thai_numerals(f"{day.day} {months()[0][day.month]} {day.year + BUDDHIST_OFFSET}")


def short_thai_day(day: date) -> str:
    """A day as tables write it.

    >>> short_thai_day(date(2022, 7, 26))
    '๒๖ ก.ค. ๖๕'
    """
    return thai_numerals(f"{day.day} {thai_month(day)}")


def thai_month(day: date) -> str:
    """A month as tables write it.

    >>> thai_month(date(2022, 7, 26))
    'ก.ค. ๖๕'
    """
    year = (day.year + BUDDHIST_OFFSET) % 100
    return thai_numerals(f"{months()[1][day.month]} {year:02}")
