"""How an office types a value: digits, dates, money and words as they really come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from services.demo.dice import Dice
from services.demo.people import thai
from services.demo.rows import YES, Meant, Typed
from services.normalise.columns import is_code
from services.template import Number, Written
from sheets_schema.model import BUDDHIST_OFFSET, Column

MONTHS = (
    ("ม.ค.", "มกราคม"),
    ("ก.พ.", "กุมภาพันธ์"),
    ("มี.ค.", "มีนาคม"),
    ("เม.ย.", "เมษายน"),
    ("พ.ค.", "พฤษภาคม"),
    ("มิ.ย.", "มิถุนายน"),
    ("ก.ค.", "กรกฎาคม"),
    ("ส.ค.", "สิงหาคม"),
    ("ก.ย.", "กันยายน"),
    ("ต.ค.", "ตุลาคม"),
    ("พ.ย.", "พฤศจิกายน"),
    ("ธ.ค.", "ธันวาคม"),
)
MONEY_HABITS = ("number", "number", "number", "commas", "dash", "thai_baht", "short_word")
YES_WORDS = (YES, "✓", "/", "Y", "1")
LAKH = 100_000
LONGEST_NUMBER = 5
"""Codes of at most so many digits are sometimes typed as numbers."""


def _year(day: date) -> int:
    return day.year + BUDDHIST_OFFSET


DATES: Mapping[str, Callable[[date], date | str]] = {
    "short": lambda day: f"{day.day:02}/{day.month:02}/{_year(day)}",
    "plain": lambda day: f"{day.day}/{day.month}/{_year(day)}",
    "words": lambda day: f"{day.day} {MONTHS[day.month - 1][0]} {_year(day)}",
    "long": lambda day: f"{day.day} {MONTHS[day.month - 1][1]} พ.ศ. {_year(day)}",
    "iso": lambda day: day.isoformat(),
    "cell": lambda day: day,
    "buddhist_cell": lambda day: day.replace(year=_year(day)),
}
"""Every spelling of a day that says its whole year."""


def thai_text(text: str) -> str:
    """The text with Thai digits.

    >>> thai_text("26/7/2565")
    '๒๖/๗/๒๕๖๕'
    """
    return "".join(thai(int(letter)) if letter.isdecimal() else letter for letter in text)


class Typist:
    """One district's officer: some habits of hand, and the odd slip."""

    def __init__(self, name: str) -> None:
        """Give the officer habits; the same name always types the same."""
        self._dice = Dice(f"typist {name}")
        self._dates = self._dice.sample(list(DATES.values()), 3)
        self._money = self._dice.sample(MONEY_HABITS, 3)
        self._yes = self._dice.sample(YES_WORDS, 2)
        self._thai_digits = self._dice.choice((5, 25, 50))

    def types(self, column: Column, meant: Meant) -> Written | None:
        """What ends up in the cell; None leaves it empty."""
        if isinstance(meant, Typed):
            return meant.value
        if meant is None:
            blank_matters = column.key or column.required
            return "-" if not blank_matters and self._dice.happens(2) else None
        return self._spelling(column, meant)

    def _spelling(self, column: Column, meant: str | float | date) -> Written:
        if isinstance(meant, date):
            return self.day(meant)
        if isinstance(meant, str):
            if column.type == "yesno" and meant == YES:
                return self._dice.choice(self._yes)
            return self._code(meant) if is_code(column) else self._text(meant)
        return self.money(meant) if column.type == "baht" else self._number(column, meant)

    def day(self, day: date) -> Written:
        """A day in one of the officer's spellings; rarely without its century."""
        if self._dice.happens(1.2):
            return f"{day.day}/{day.month}/{_year(day) % 100}"
        spelled = self._dice.choice(self._dates)(day)
        return self._digits(spelled) if isinstance(spelled, str) else spelled

    def money(self, baht: float) -> Written:
        """An amount in one of the officer's spellings."""
        if baht == 0:
            return self._dice.choice((0, 0, "ไม่มี"))
        match self._dice.choice(self._money):
            case "commas":
                return f"{baht:,.2f}"
            case "dash" if baht == int(baht):
                return f"{int(baht):,}.-"
            case "thai_baht" if baht == int(baht):
                return thai_text(f"{int(baht):,} บาท")
            case "short_word" if baht >= LAKH and baht % 1000 == 0:
                return f"{baht / LAKH:g} แสน"
            case _:
                return baht

    def _number(self, column: Column, number: float) -> Written:
        if column.type == "percent" and self._dice.happens(20):
            return self._dice.choice((Number(number / 100, "0%"), f"ร้อยละ {thai(int(number))}"))
        if column.code == "members" and self._dice.happens(10):
            return self._digits(f"{number} คน")
        return thai(int(number)) if self._dice.happens(self._thai_digits / 5) else number

    def _code(self, code: str) -> Written:
        """A code; digits alone may become a number, whose format keeps its zeros."""
        if code.isdecimal() and len(code) <= LONGEST_NUMBER:
            return Number(int(code), "0" * len(code)) if self._dice.happens(40) else code
        return thai_text(code) if self._dice.happens(self._thai_digits / 10) else code

    def _text(self, text: str) -> str:
        """A text with what keyboards do to it: stray spaces, น้ำ and แ put together otherwise."""
        if self._dice.happens(5):
            return f"{text} "
        if self._dice.happens(6):
            return text.replace("ำ", "ํา").replace("แ", "เเ")
        return text

    def _digits(self, text: str) -> str:
        return thai_text(text) if self._dice.happens(self._thai_digits) else text
