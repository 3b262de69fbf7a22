"""Baht, whole numbers and percentages as people type them."""

from __future__ import annotations

import math
import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from services.normalise.reading import ASK, BLANK, Reading
from services.normalise.thai import arabic, clean
from services.store.base import Stored
from sheets_schema.loader import corrections

PLAIN = re.compile(r"(?P<sign>[-−])?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?")
SIMPLE = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d{1,2}))?")
"""Most amounts: digits with proper commas, at most two decimals."""
SIMPLE_LENGTH = 16
IN_BRACKETS = re.compile(r"\(\s*(.+?)\s*\)")
AND_NO_SATANG = re.compile(r"\.\s*[-–—]$")
PERCENT_WORDS = re.compile(r"^ร้อยละ\s*|\s*(?:%|เปอร์เซ็นต์)?\s*(?:ต่อปี|/\s*ปี)?$")
DASHES = re.compile(r"[-–—]+")
NEAR = Decimal("0.000001")
"""How far from a whole satang a number may lie and still be a calculation's rounding error."""
TEXTS_KEPT = 1 << 15
"""Distinct texts whose reading is remembered."""
SATANG = 100
PLAIN_FLOAT, SURELY_WHOLE = 1e7, 1e-6
"""Below so many baht a float is off by far less than this part of a satang."""
QUOTED = re.compile(r'"[^"]*"|\\.')
"""Parts of a number format that are only shown: 0.00"%" does not multiply."""
LARGEST = Decimal(10) ** 14
"""No register holds a number as large: an account number was typed."""
PERCENT_UNITS = 10_000
"""Percentages are held in ten-thousandths of a percent."""


@cache
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def is_blank(text: str) -> bool:
    """Whether a cleaned text stands for nothing: empty or a dash."""
    return not text or (text[0] in corrections().blank and DASHES.fullmatch(text) is not None)


def is_none(text: str) -> bool:
    """Whether a cleaned text says «ไม่มี»."""
    return text in corrections().none


def _number(stored: Stored) -> Decimal | None:
    """A number cell exactly as typed: the shortest decimal that gives the stored float."""
    if not isinstance(stored, (int, float)):
        return None
    return Decimal(repr(stored))


def _plain(text: str) -> Decimal | None:
    """Digits with proper thousands commas, perhaps a sign."""
    found = PLAIN.fullmatch(text)
    if found is None:
        return None
    value = Decimal(found["whole"].replace(",", "") + (found["fraction"] or ""))
    return -value if found["sign"] else value


@cache
def _multiplied() -> re.Pattern[str]:
    words = tuple(word for word, _ in corrections().multipliers)
    return re.compile(rf"(.+?)\s*({_alternatives(words)})")


@cache
def _baht_sign() -> re.Pattern[str]:
    words = _alternatives(corrections().baht_words)
    return re.compile(rf"^(?:฿\s*)|\s*(?:{words})$")


def _amount(text: str) -> Decimal | None:
    """An amount in words people use for money; None for anything to ask about."""
    bracketed = IN_BRACKETS.fullmatch(text)
    if bracketed:
        inside = _amount(bracketed[1])
        return -inside if inside is not None and inside >= 0 else None
    text = AND_NO_SATANG.sub("", _baht_sign().sub("", text).strip()).strip()
    many = _multiplied().fullmatch(text)
    if many:
        count = _plain(many[1].strip())
        return None if count is None else count * dict(corrections().multipliers)[many[2]]
    return _plain(text)


def _in_units(value: Decimal, units: int) -> Reading[int]:
    """The value in whole units, if it is whole but for a calculation's rounding error."""
    if not value.is_finite() or abs(value) >= LARGEST:
        return ASK
    whole = (value * units).to_integral_value(ROUND_HALF_UP)
    if abs(value - whole / units) > NEAR:
        return ASK
    return Reading(int(whole))


def read_baht(stored: Stored) -> Reading[int]:
    """Money in satang.

    >>> [read_baht(text).value for text in ("1,500.-", "๑,๕๐๐ บาท", "1.5 แสน", "(1,500.00)", "ไม่มี")]
    [150000, 150000, 15000000, -150000, 0]
    >>> [read_baht(text).state.name for text in ("หมื่นสอง", "ประมาณ 5,000", "1,50", "1,5OO", "-")]
    ['ASK', 'ASK', 'ASK', 'ASK', 'BLANK']
    """
    if isinstance(stored, str):
        return _baht_in(stored)
    if isinstance(stored, float) and abs(stored) < PLAIN_FLOAT:
        satang = stored * SATANG
        if abs(satang - round(satang)) < SURELY_WHOLE:
            return Reading(round(satang))
    number = _number(stored)
    return ASK if number is None else _in_units(number, SATANG)


@lru_cache(maxsize=TEXTS_KEPT)
def _baht_in(typed: str) -> Reading[int]:
    simple = SIMPLE.fullmatch(typed)
    if simple and len(simple["whole"]) < SIMPLE_LENGTH:
        satang = (simple["fraction"] or "").ljust(2, "0")
        return Reading(int(simple["whole"].replace(",", "") + satang))
    text = arabic(clean(typed))
    if is_blank(text):
        return BLANK
    number = Decimal(0) if is_none(text) else _amount(text)
    return ASK if number is None else _in_units(number, SATANG)


def read_int(stored: Stored) -> Reading[int]:
    """A whole number, perhaps with the word before it or the unit after it.

    >>> [read_int(text).value for text in ("๑๒ คน", "หมู่ที่ 5", "พ.ศ. 2551", 3.0, "1,200")]
    [12, 5, 2551, 3, 1200]
    """
    number = _number(stored)
    if number is None:
        if not isinstance(stored, str):
            return ASK
        text = arabic(clean(stored))
        if is_blank(text):
            return BLANK
        number = Decimal(0) if is_none(text) else _plain(_without_words(text))
    return ASK if number is None else _in_units(number, 1)


def _without_words(text: str) -> str:
    for prefix in corrections().number_prefixes:
        if text.startswith(prefix):
            text = text[len(prefix) :].strip()
            break
    for unit in corrections().unit_words:
        if text.endswith(unit):
            return text[: -len(unit)].strip()
    return text


def read_percent(stored: Stored, number_format: str = "") -> Reading[int]:
    """A yearly rate in ten-thousandths of a percent; a cell formatted as % holds hundredths.

    >>> read_percent("ร้อยละ ๖").value, read_percent(0.06, "0%").value, read_percent("6.5%").value
    (60000, 60000, 65000)
    """
    number = _number(stored)
    if number is not None:
        return _in_units(
            number * (100 if "%" in QUOTED.sub("", number_format) else 1), PERCENT_UNITS
        )
    if not isinstance(stored, str):
        return ASK
    text = arabic(clean(stored))
    if is_blank(text):
        return BLANK
    number = _plain(PERCENT_WORDS.sub("", text))
    return ASK if number is None else _in_units(number, PERCENT_UNITS)


def baht(satang: int) -> str:
    """Satang as baht with two decimals.

    >>> baht(3_500_000), baht(-5)
    ('35000.00', '-0.05')
    """
    return format(Decimal(satang) / SATANG, ".2f")


def hundredths(number: Decimal) -> Decimal:
    """Two decimals, half up: how percentages and scores are told.

    >>> hundredths(Decimal("0.125")), hundredths(Decimal("-0.005"))
    (Decimal('0.13'), Decimal('-0.01'))
    """
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def plain_text(stored: Stored) -> str | None:
    """A cell as text people would recognise; None for a date or time (Excel's reading of 12/3)."""
    if isinstance(stored, str):
        return clean(stored)
    if isinstance(stored, (date, time, timedelta)) or not math.isfinite(stored):
        return None
    if isinstance(stored, bool):
        return str(stored).upper()
    return str(int(stored)) if stored == int(stored) else format(Decimal(repr(stored)), "f")
