"""Dates as people type them: Buddhist or Common years, Thai digits and months, whole months.

Day stands before month, always; nothing is guessed. A month alone is the whole month, so a date is
a first and a last possible day, counted in days from 1970-01-01.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from services.normalise.numbers import TEXTS_KEPT, is_blank, is_none
from services.normalise.reading import ASK, BLANK, Reading, State
from services.normalise.thai import arabic, clean
from services.settings import BANGKOK
from services.store.base import Stored
from sheets_schema.loader import corrections
from sheets_schema.model import BUDDHIST_OFFSET

Days = tuple[int, int]
"""First and last possible day, in days from 1970-01-01; the same unless only the month is known."""

EPOCH = date(1970, 1, 1).toordinal()
FIRST_SERIAL_DAY = date(1899, 12, 30)
"""Day 0 of a sheet's calendar."""
SERIALS = (date.max - FIRST_SERIAL_DAY).days
"""Days a sheet's calendar has; 26072565 typed into a date cell is none of them."""
SEPARATOR = r"\s*[/\-.\s]\s*"
CLOCK = r"(?:[ T]\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*น\.?)?)?"
ERA = r"\s*(?:พ\.?\s?ศ\.?|ปี\s*พ\.?ศ\.?)?\s*"
LEAD = r"(?:วัน[ก-๙]*?ที่\s*|วันที่\s*)?"
DAY, MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
YEAR, FULL_YEAR = r"(?P<year>\d{2}|\d{4})", r"(?P<year>\d{4})"
DAY_MONTH_YEAR = re.compile(f"{DAY}{SEPARATOR}{MONTH}{SEPARATOR}{YEAR}{CLOCK}")
YEAR_MONTH_DAY = re.compile(f"{FULL_YEAR}{SEPARATOR}{MONTH}{SEPARATOR}{DAY}{CLOCK}")
MONTH_YEAR = re.compile(f"{MONTH}{SEPARATOR}{FULL_YEAR}")
YEAR_MONTH = re.compile(f"{FULL_YEAR}-{MONTH}")
QUICK = re.compile(f"{DAY}[/.-]{MONTH}[/.-]{YEAR}")
QUICK_NAMED = re.compile(rf"{DAY} ?(?P<month>[ก-๎.]+) ?{YEAR}")
"""Most dates; digits of either script are digits to both patterns."""
MONTHS = range(1, 13)
SHORT = 2
"""Digits of a year without its century."""
CENTURY = 25 * 100
SHORT_YEARS = range(43, 100)
"""Two-digit years of texts that can only be 25yy; lower ones might be Common years."""
BUDDHIST_YEARS = range(2443, 2644)
COMMON_YEARS = range(1900, 2101)
CELL_YEARS = range(2000, 2101)
"""A date cell in an earlier Common year (1930–1999) is what Excel makes of 26/7/65: ask."""
DATE_FORMAT = re.compile(r"[ปyY]")


@cache
def _month_numbers() -> dict[str, int]:
    return dict(corrections().months)


@cache
def _month_words() -> str:
    """The months' names as alternatives of a pattern, longest first."""
    names = sorted(_month_numbers(), key=len, reverse=True)
    return "|".join(re.escape(name) + r"\.?" for name in names)


@cache
def _with_day() -> re.Pattern[str]:
    """«26 ก.ค. 65», perhaps with «วันอังคารที่» before it or a clock after it."""
    month = f"(?P<month>{_month_words()})"
    return re.compile(rf"{LEAD}{DAY}\s*[-/]?\s*{month}\s*[-/]?\s*{ERA}{YEAR}{CLOCK}")


@cache
def _month_alone() -> re.Pattern[str]:
    """«ก.ค. 65»."""
    return re.compile(rf"(?:เดือน\s*)?(?P<month>{_month_words()})\s*[-/]?\s*{ERA}{YEAR}")


def _month_number(word: str) -> int:
    """The month's number, whether typed as digits or as a name."""
    if word.isdigit():
        return int(word)
    numbers = _month_numbers()
    return numbers.get(word) or numbers[word.removesuffix(".")]


def _common_year(year: str) -> tuple[int, State] | None:
    """The year in the Common Era, and whether its century had to be assumed."""
    number = int(year)
    if len(year) == SHORT:
        if number not in SHORT_YEARS:
            return None
        return CENTURY + number - BUDDHIST_OFFSET, State.ASSUMED
    if number in BUDDHIST_YEARS:
        return number - BUDDHIST_OFFSET, State.READ
    return (number, State.READ) if number in COMMON_YEARS else None


def _day(found: re.Match[str]) -> Reading[Days]:
    known = _common_year(found["year"])
    if known is None:
        return ASK
    try:
        day = date(known[0], _month_number(found["month"]), int(found["day"]))
    except ValueError:
        return ASK
    number = day.toordinal() - EPOCH
    return Reading((number, number), known[1])


def _month(found: re.Match[str]) -> Reading[Days]:
    known, month = _common_year(found["year"]), _month_number(found["month"])
    if known is None or month not in MONTHS:
        return ASK
    first = date(known[0], month, 1).toordinal() - EPOCH
    return Reading((first, first + calendar.monthrange(known[0], month)[1] - 1), State.ASSUMED)


@lru_cache(maxsize=TEXTS_KEPT)
def _from_text(typed: str) -> Reading[Days]:
    if quick := QUICK.fullmatch(typed):
        return _day(quick)
    named = QUICK_NAMED.fullmatch(typed)
    if named and named["month"] in _month_numbers():
        return _day(named)
    text = arabic(clean(typed))
    if is_blank(text) or is_none(text):
        return BLANK
    for pattern in (DAY_MONTH_YEAR, YEAR_MONTH_DAY, _with_day()):
        if found := pattern.fullmatch(text):
            return _day(found)
    for pattern in (MONTH_YEAR, YEAR_MONTH, _month_alone()):
        if found := pattern.fullmatch(text):
            return _month(found)
    return ASK


@lru_cache(maxsize=TEXTS_KEPT)
def _from_cell(year: int, month: int, day: int) -> Reading[Days]:
    """A date cell: 2565 in the Common Era is what a sheet makes of a Buddhist year."""
    if year in BUDDHIST_YEARS:
        year -= BUDDHIST_OFFSET
    elif year not in CELL_YEARS:
        return ASK
    try:
        number = date(year, month, day).toordinal() - EPOCH
    except ValueError:
        return ASK
    return Reading((number, number))


def read_date(stored: Stored, number_format: str = "") -> Reading[Days]:
    """A day, or a month's first and last day.

    >>> [in_words(read_date(text)) for text in ("๒๖ ก.ค. ๖๕", "26/7/65", "2022-07-26")]
    ['2022-07-26', '2022-07-26', '2022-07-26']
    >>> in_words(read_date("29/02/2567")), in_words(read_date("ก.ค. 2565"))
    ('2024-02-29', '2022-07')
    >>> [read_date(text).state.name for text in ("26/7/22", "7/26/2565", "2565", "ไม่มี")]
    ['ASK', 'ASK', 'ASK', 'BLANK']
    """
    if isinstance(stored, str):
        return _from_text(stored)
    if isinstance(stored, date):
        return _from_cell(stored.year, stored.month, stored.day)
    if isinstance(stored, float) and 0 < stored < SERIALS and DATE_FORMAT.search(number_format):
        cell = FIRST_SERIAL_DAY + timedelta(days=int(stored))
        return _from_cell(cell.year, cell.month, cell.day)
    return ASK


def read_moment(stored: Stored) -> Reading[datetime]:
    """A time of day in Thailand, to the second, as the product writes it: ISO with its offset.

    >>> [read_moment(text).value for text in ("2022-07-26T23:59:59+07:00", "2022-07-26T16:59:59Z")]
    [datetime.datetime(2022, 7, 26, 23, 59, 59), datetime.datetime(2022, 7, 26, 23, 59, 59)]
    >>> [read_moment(text).state.name for text in ("26 ก.ค.", "-", 44768.5)]
    ['ASK', 'BLANK', 'ASK']
    """
    moment = stored
    if isinstance(stored, str):
        text = arabic(clean(stored))
        if is_blank(text) or is_none(text):
            return BLANK
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return ASK
    if not isinstance(moment, datetime) or moment.year not in CELL_YEARS:
        return ASK
    here = moment.astimezone(BANGKOK) if moment.tzinfo else moment
    return Reading(here.replace(microsecond=0, tzinfo=None))


def thai_days(first: object, last: object | None = None) -> str:
    """A table's date as people write it, in the Buddhist era; a whole month as month and year.

    >>> thai_days("2022-07-26"), thai_days("2022-07-01", "2022-07-31")
    ('26/07/2565', '07/2565 (ทั้งเดือน)')
    """
    begin = date.fromisoformat(str(first)[:10])
    month = f"{begin.month:02}/{begin.year + BUDDHIST_OFFSET}"
    if last is None or str(last)[:10] == str(first)[:10]:
        return f"{begin.day:02}/{month}"
    return f"{month} (ทั้งเดือน)"


def in_words(reading: Reading[Days]) -> str:
    """ISO day, or ISO month where only that is known."""
    if reading.value is None:
        return ""
    first, last = reading.value
    day = date.fromordinal(first + EPOCH).isoformat()
    return day if first == last else day[:7]
