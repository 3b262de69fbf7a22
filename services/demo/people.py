"""Invented people and villages, whose names say that they are invented."""

from __future__ import annotations

from dataclasses import dataclass

from services.demo.dice import Dice
from sheets_schema.places import District

TITLES = ("นาง", "นาย", "นางสาว")
FIRST_NAMES = ("สมมติ", "ตัวอย่าง", "จำลอง", "ทดลอง")
SURNAMES = ("ตัวอย่าง", "จำลอง", "ทดลอง", "สมมติ")
OCCUPATIONS = ("ทำนา", "ทำสวน", "รับจ้างทั่วไป", "ค้าขาย", "เลี้ยงสัตว์", "ทอผ้า", "น้ำพริกและแปรรูป")
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
OFFICERS_FROM = 9000
"""Numbers from here belong to officers, so that nobody is both."""


def thai(number: int) -> str:
    """A number in Thai digits.

    >>> thai(12)
    '๑๒'
    """
    return str(number).translate(THAI_DIGITS)


def invented_name(number: int) -> str:
    """A name nobody bears; every number is another person.

    >>> invented_name(1)
    'นายตัวอย่าง จำลอง๑'
    """
    title = TITLES[number % len(TITLES)]
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    surname = SURNAMES[(number + number // len(FIRST_NAMES)) % len(SURNAMES)]
    return f"{title}{first} {surname}{thai(number)}"


def officer_name(district: District, post: int = 0) -> str:
    """A community development worker of the district."""
    return invented_name(OFFICERS_FROM + int(district.code[2:]) * 10 + post)


@dataclass(frozen=True)
class Person:
    """A head of household, the same over the years."""

    household_id: str
    name: str
    house_no: str
    members: int
    occupation: str


def households(centre_id: str, order: int, code: str) -> list[Person]:
    """About sixty heads of household of one centre; `code` is how their ids begin."""
    chance = Dice(f"people of {centre_id}")
    return [
        Person(
            f"{code}{number:03}",
            invented_name(order * 100 + number),
            f"{chance.randint(1, 240)}/{chance.randint(1, 9)}"
            if chance.happens(30)
            else str(chance.randint(1, 240)),
            chance.randint(1, 7),
            chance.choice(OCCUPATIONS),
        )
        for number in range(1, chance.randint(56, 64) + 1)
    ]
