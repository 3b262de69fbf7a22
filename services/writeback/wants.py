"""What somebody wants of a district's workbook, cell by cell, and what became of it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Literal

from services.store.base import Written
from sheets_schema.model import Column

PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d{1,2})?", re.ASCII)
"""What a column of numbers holds as a number; anything else stays the text that was typed."""
MOST_DIGITS = 15
"""A spreadsheet's number holds no more."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of row ids: no letters that look alike."""
ID_LENGTH = 10
WHOLE_ROW = ""
"""Stands for the column where a row is to be removed."""

State = Literal["written", "already", "clash", "taken_back"]
"""Taken back: the person changed the draft before it could be written."""
Why = Literal[
    "changed", "gone", "doubled", "moved", "formula", "no_room", "no_key", "refused", "cut_off"
]
"""Why a want is a clash: as merge says; no free row above the total; a new row has no key, nor the
tab a column of ids; the workbook's form forbids it; we stopped half-way and cannot tell."""


@dataclass(frozen=True)
class Want:
    """A value for one cell of a register, or (column WHOLE_ROW) a row to be removed.

    `row` is the sheet row from 0 in the workbook as seen, None for a new row; `row_id` and `key`
    name the row, as far as it has such; `seen` is what stood there, as a person saw it.
    """

    register: str
    row: int | None
    row_id: str
    key: str
    column: str
    seen: str
    new: Written

    def as_json(self) -> dict[str, Any]:
        """For the journal; `of_json` gives the same back."""
        number = None if isinstance(self.new, str) else str(self.new)
        return asdict(self) | {"new": self.new if number is None else "", "number": number}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Want:
        """The want that was written down."""
        number = told["number"]
        new = told["new"] if number is None else Decimal(number)
        return cls(**{name: told[name] for name in cls.__dataclass_fields__} | {"new": new})


@dataclass(frozen=True)
class Fate:
    """What became of a want; of a clash, why, and what stands there now (None: no such cell)."""

    state: State
    why: Why | None = None
    theirs: str | None = None


def typed(column: Column, text: str) -> Written:
    """What a cell shall hold where this was typed: exactly that, or the plain number it is.

    >>> from sheets_schema.loader import registers
    >>> outstanding = registers()["debts"].by_code["outstanding"]
    >>> typed(outstanding, "1,500.50"), typed(outstanding, "00123"), typed(outstanding, "๑๕๐๐")
    (Decimal('1500.50'), '00123', '๑๕๐๐')
    """
    plain = column.type in ("int", "baht") and PLAIN_NUMBER.fullmatch(text)
    if not plain or sum(map(str.isdigit, text)) > MOST_DIGITS:
        return text
    number = Decimal(text.replace(",", ""))
    return int(number) if "." not in text else number


def new_row_id() -> str:
    """A name no other row has."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))


def row_id_of(origin: str) -> str:
    """The same row id for the same origin, however often it is asked for."""
    number = int.from_bytes(blake2b(origin.encode(), digest_size=16).digest())
    letters = []
    for _ in range(ID_LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
