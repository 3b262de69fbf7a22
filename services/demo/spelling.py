"""How an office types a value: digits, dates, money and words as they really come."""

from __future__ import annotations

from datetime import date
from random import Random

from services.demo.people import thai
from services.demo.rows import Meant, Typed
from services.normalise.columns import is_code
from services.template import Number, Written
from sheets_schema.model import Column

MONTHS = (
    ("ม.ค.", "มกราคม"), ("ก.พ.", "กุมภาพันธ์"), ("มี.ค.", "มีนาคม"), ("เม.ย.", "เมษายน"),
    ("พ.ค.", "พฤษภาคม"), ("มิ.ย.", "มิถุนายน"), ("ก.ค.", "กรกฎาคม"), ("ส.ค.", "สิงหาคม"),
    ("ก.ย.", "กันยายน"), ("ต.ค.", "ตุลาคม"), ("พ.ย.", "พฤศจิกายน"), ("ธ.ค.", "ธันวาคม"),
)  # fmt: skip
DATE_HABITS = ("short", "short", "thai", "words", "long", "iso", "cell", "buddhist_cell")
MONEY_HABITS = ("number", "number", "number", "commas", "dash", "thai_baht", "short_word")
YES_WORDS = ("ใช่", "✓", "/", "Y", "1")


class Typist:
    """One district's officer: some habits of hand, and the odd slip."""

    def __init__(self, name: str) -> None:
        """Give the officer habits; the same name always types the same."""
        self._chance = Random(f"typist {name}")
        self._dates = self._chance.sample(DATE_HABITS, 3)
        self._money = self._chance.sample(MONEY_HABITS, 3)
        self._yes = self._chance.sample(YES_WORDS, 2)
        self._thai_digits = self._chance.choice((0.05, 0.25, 0.5))

    def types(self, column: Column, meant: Meant) -> Written | None:
        """What ends up in the cell; None leaves it empty."""
        if isinstance(meant, Typed):
            return meant.value
        if meant is None:
            blank_matters = column.key or column.required
            return "-" if not blank_matters and self._chance.random() < 0.02 else None
        if isinstance(meant, date):
            return self.date(meant)
        if column.type == "baht" and isinstance(meant, (int, float)):
            return self.money(meant)
        if column.type == "yesno":
            return self._chance.choice(self._yes) if meant == "ใช่" else meant
        if isinstance(meant, (int, float)):
            return self._number(column, meant)
        return self._code(meant) if is_code(column) else self._text(meant)

    def date(self, day: date) -> Written:
        """A day in one of the officer's spellings; rarely without its century."""
        year, (short, long) = day.year + 543, MONTHS[day.month - 1]
        if self._chance.random() < 0.012:
            return f"{day.day}/{day.month}/{year % 100}"
        match self._chance.choice(self._dates):
            case "short":
                return self._digits(f"{day.day:02}/{day.month:02}/{year}")
            case "thai":
                return thai_text(f"{day.day}/{day.month}/{year}")
            case "words":
                return self._digits(f"{day.day} {short} {year}")
            case "long":
                return self._digits(f"{day.day} {long} พ.ศ. {year}")
            case "iso":
                return day.isoformat()
            case "cell":
                return day
            case _:
                return day.replace(year=year)

    def money(self, baht: float) -> Written:
        """An amount in one of the officer's spellings."""
        if baht == 0:
            return self._chance.choice((0, 0, "ไม่มี"))
        match self._chance.choice(self._money):
            case "commas":
                return f"{baht:,.2f}"
            case "dash" if baht == int(baht):
                return f"{int(baht):,}.-"
            case "thai_baht" if baht == int(baht):
                return thai_text(f"{int(baht):,} บาท")
            case "short_word" if baht >= 100_000 and baht % 1000 == 0:
                return f"{baht / 100_000:g} แสน"
            case _:
                return baht

    def _number(self, column: Column, number: float) -> Written:
        if column.type == "percent" and self._chance.random() < 0.2:
            return self._chance.choice((Number(number / 100, "0%"), f"ร้อยละ {thai(int(number))}"))
        if column.code == "members" and self._chance.random() < 0.1:
            return self._digits(f"{number} คน")
        return thai(int(number)) if self._chance.random() < self._thai_digits / 5 else number

    def _code(self, code: str) -> Written:
        """A code; digits alone may become a number, whose format keeps its zeros."""
        if code.isdigit() and len(code) <= 5:
            return Number(int(code), "0" * len(code)) if self._chance.random() < 0.4 else code
        return thai_text(code) if self._chance.random() < self._thai_digits / 10 else code

    def _text(self, text: str) -> str:
        """A text with what keyboards do to it: stray spaces, น้ำ and แ put together otherwise."""
        slip = self._chance.random()
        if slip < 0.04:
            return f"{text} "
        if slip < 0.10:
            return text.replace("ำ", "ํา").replace("แ", "เเ")
        return f" {text}" if slip < 0.11 else text

    def _digits(self, text: str) -> str:
        return thai_text(text) if self._chance.random() < self._thai_digits else text


def thai_text(text: str) -> str:
    """The text with Thai digits.

    >>> thai_text("26/7/2565")
    '๒๖/๗/๒๕๖๕'
    """
    return "".join(thai(int(letter)) if letter.isascii() and letter.isdigit() else letter for letter in text)
