"""Dates as people type them: Buddhist or Common years, Thai digits and months, whole months.

Day stands before month, always; nothing is guessed. A month alone is the whole month, so a date is
a first and a last possible day, counted in days from 1970-01-01.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import cache

from services.normalise.numbers import is_blank, is_none
from services.normalise.reading import ASK, BLANK, Reading, State
from services.normalise.thai import arabic, clean
from services.store.base import Stored
from sheets_schema.loader import corrections
from sheets_schema.model import BUDDHIST_OFFSET

Days = tuple[int, int]
"""First and last possible day, in days from 1970-01-01; the same unless only the month is known."""

EPOCH = date(1970, 1, 1).toordinal()
SEPARATOR = r"\s*[/\-.\s]\s*"
CLOCK = r"(?:[ T]\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*น\.?)?)?"
DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){SEPARATOR}(\d{{1,2}}){SEPARATOR}(\d{{2}}|\d{{4}}){CLOCK}")
YEAR_MONTH_DAY = re.compile(rf"(\d{{4}}){SEPARATOR}(\d{{1,2}}){SEPARATOR}(\d{{1,2}}){CLOCK}")
MONTH_YEAR = re.compile(rf"(\d{{1,2}}){SEPARATOR}(\d{{4}})")
YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
ERA = r"\s*(?:พ\.?\s?ศ\.?|ปี\s*พ\.?ศ\.?)?\s*"
LEAD = r"(?:วัน[ก-๙]*?ที่\s*|วันที่\s*)?"
ISO_SERIAL = date(1899, 12, 30).toordinal()
CENTURY = 25 * 100
SHORT_YEARS = range(43, 100)
"""Two-digit years of texts that can only be 25yy; lower ones might be Common years."""
BUDDHIST_YEARS = range(2443, 2644)
COMMON_YEARS = range(1900, 2101)
ASKED_CELL_YEARS = range(1930, 2000)
"""A date cell in these years is what Excel makes of 26/7/65: ask."""
FIRST_CELL_YEAR = 2000
BUDDHIST_FORMAT = re.compile(r"[ปyY]")


@cache
def _named_month() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, int]]:
    """Patterns for «26 ก.ค. 65» and «ก.ค. 65», and the months' numbers."""
    numbers = dict(corrections().months)
    words = "|".join(re.escape(word) + r"\.?" for word in sorted(numbers, key=len, reverse=True))
    year = rf"{ERA}(\d{{2}}|\d{{4}})"
    with_day = re.compile(rf"{LEAD}(\d{{1,2}})\s*[-/]?\s*({words})\s*[-/]?\s*{year}{CLOCK}")
    alone = re.compile(rf"(?:เดือน\s*)?({words})\s*[-/]?\s*{year}")
    return with_day, alone, numbers


def _month_number(word: str) -> int:
    numbers = _named_month()[2]
    return numbers[word] if word in numbers else numbers[word.removesuffix(".")]


def _common_year(year: str) -> tuple[int, State] | None:
    """The year in the Common Era, and whether its century had to be assumed."""
    number = int(year)
    if len(year) == 2:
        if number not in SHORT_YEARS:
            return None
        return CENTURY + number - BUDDHIST_OFFSET, State.ASSUMED
    if number in BUDDHIST_YEARS:
        return number - BUDDHIST_OFFSET, State.READ
    return (number, State.READ) if number in COMMON_YEARS else None


def _day(year: str, month: int, day: int) -> Reading[Days]:
    known = _common_year(year)
    if known is None:
        return ASK
    try:
        number = date(known[0], month, day).toordinal() - EPOCH
    except ValueError:
        return ASK
    return Reading((number, number), known[1])


def _month(year: str, month: int) -> Reading[Days]:
    known = _common_year(year)
    if known is None or not 1 <= month <= 12:
        return ASK
    first = date(known[0], month, 1).toordinal() - EPOCH
    return Reading((first, first + calendar.monthrange(known[0], month)[1] - 1), State.ASSUMED)


def _from_text(text: str) -> Reading[Days]:
    if found := DAY_MONTH_YEAR.fullmatch(text):
        return _day(found[3], int(found[2]), int(found[1]))
    if found := YEAR_MONTH_DAY.fullmatch(text):
        return _day(found[1], int(found[2]), int(found[3]))
    if found := MONTH_YEAR.fullmatch(text):
        return _month(found[2], int(found[1]))
    if found := YEAR_MONTH.fullmatch(text):
        return _month(found[1], int(found[2]))
    with_day, alone, _ = _named_month()
    if found := with_day.fullmatch(text):
        return _day(found[3], _month_number(found[2]), int(found[1]))
    if found := alone.fullmatch(text):
        return _month(found[2], _month_number(found[1]))
    return ASK


def _from_cell(cell: date) -> Reading[Days]:
    """A date cell: 2565 in the Common Era is what a sheet makes of a Buddhist year."""
    if cell.year in ASKED_CELL_YEARS:
        return ASK
    if cell.year in BUDDHIST_YEARS:
        try:
            cell = date(cell.year - BUDDHIST_OFFSET, cell.month, cell.day)
        except ValueError:
            return ASK
    elif not FIRST_CELL_YEAR <= cell.year < COMMON_YEARS.stop:
        return ASK
    number = cell.toordinal() - EPOCH
    return Reading((number, number))


def read_date(stored: Stored, number_format: str = "") -> Reading[Days]:
    """A day, or a month's first and last day.

    >>> [in_words(read_date(text)) for text in ("๒๖ ก.ค. ๖๕", "26/7/65", "26/07/2565", "2022-07-26")]
    ['2022-07-26', '2022-07-26', '2022-07-26', '2022-07-26']
    >>> in_words(read_date("29/02/2567")), in_words(read_date("ก.ค. 2565"))
    ('2024-02-29', '2022-07')
    >>> [read_date(text).state.name for text in ("26/7/22", "7/26/2565", "2565", "ไม่มี")]
    ['ASK', 'ASK', 'ASK', 'BLANK']
    """
    if isinstance(stored, datetime):
        return _from_cell(stored.date())
    if isinstance(stored, date):
        return _from_cell(stored)
    if isinstance(stored, str):
        text = arabic(clean(stored))
        return BLANK if is_blank(text) or is_none(text) else _from_text(text)
    if isinstance(stored, float) and BUDDHIST_FORMAT.search(number_format):
        return _from_cell(date.fromordinal(ISO_SERIAL) + timedelta(days=int(stored)))
    return ASK


def in_words(reading: Reading[Days]) -> str:
    """ISO day, or ISO month where only that is known; for messages and tests."""
    if reading.value is None:
        return ""
    first, last = reading.value
    day = date.fromordinal(first + EPOCH).isoformat()
    return day if first == last else day[:7]
