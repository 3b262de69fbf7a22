"""What a downloaded workbook carries, so that it can be merged when it comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.normalise.columns import as_typed
from services.store.base import RawTab, Stored

BASE_TAB, TITLE = "_ฐาน", "ห้ามแก้แท็บนี้: โปรแกรมใช้รวมข้อมูลกลับ"
ROW_NUMBER = "@"
"""Begins the token of a row that has no id: its number in the workbook it was taken from."""


LONGEST_TEXT = 32_767


@dataclass(frozen=True)
class Carried:
    """Year, district and content (`cells_digest`) of the workbook it was taken from."""

    year: int
    district: str
    digest: str

    def rows(self) -> list[list[str]]:
        """What stands in BASE_TAB."""
        return [[TITLE], ["ปี", str(self.year)], ["อำเภอ", self.district], ["ฐาน", self.digest]]


def carried(tabs: Iterable[RawTab]) -> Carried | None:
    """What the workbook says of where it was taken from; None where it says nothing."""
    for tab in tabs:
        told = [as_typed(row[1]) for row in tab.rows if len(row) > 1 and as_typed(row[1])]
        if tab.name == BASE_TAB and len(told) == len(Carried.__dataclass_fields__):
            year, district, digest = told
            return Carried(int(year), district, digest) if year.isdecimal() else None
    return None


def as_carried(cell: Stored) -> Stored:
    """A cell as the file holds it: floats in sixteen digits, texts as long as a cell can be."""
    if isinstance(cell, float):
        return float(f"{cell:.16G}")
    return cell[:LONGEST_TEXT] if isinstance(cell, str) else cell
