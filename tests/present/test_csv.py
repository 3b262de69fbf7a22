"""A table as CSV: Excel opens it in Thai, nothing in it runs, and its numbers are as they were."""

from __future__ import annotations

import csv as reader
from decimal import Decimal
from io import StringIO

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from services.present.csv import DANGEROUS, csv

HOSTILE = [
    "สมมติ\r=1+1",
    "=1+1",
    "+66",
    "-5 บาท",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    'a"=1',
    "น้ำ, ก่ำ\nสองบรรทัด",
]


def opened(content: bytes) -> list[list[str]]:
    """The rows as a sheet program splits them."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(reader.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_it_opens_as_thai_with_its_headers() -> None:
    table = pd.DataFrame({"อำเภอ": ["ภูซาง", None], "ลดลง (บาท)": [Decimal("-0.05"), None]})
    assert opened(csv(table)) == [["อำเภอ", "ลดลง (บาท)"], ["ภูซาง", "-0.05"], ["", ""]]


def test_a_text_that_looks_like_a_formula_is_held_as_text() -> None:
    shown = [row[0] for row in opened(csv(pd.DataFrame({"x": HOSTILE})))[1:]]
    assert shown == [f"'{text}" if text.startswith(DANGEROUS) else text for text in HOSTILE]
    assert shown[1:4] == ["'=1+1", "'+66", "'-5 บาท"]


def test_a_header_that_looks_like_a_formula_is_held_as_text_too() -> None:
    assert opened(csv(pd.DataFrame({"=1+1": ["ก"]})))[0] == ["'=1+1"]


def test_a_whole_number_beside_a_blank_stays_whole() -> None:
    own, masked = pd.Series([4, None], dtype="object"), pd.Series([4, None], dtype="Int64")
    table = pd.DataFrame({"หมู่ที่": own, "สมาชิก": masked, "แถว": [2, 3]})
    assert opened(csv(table))[1:] == [["4", "4", "2"], ["", "", "3"]]


amounts = st.lists(st.integers(-(10**13), 10**13).map(lambda satang: Decimal(satang) / 100))


@given(amounts)
def test_amounts_come_back_to_the_satang(held: list[Decimal]) -> None:
    table = pd.DataFrame({"บาท": held, "แถว": range(len(held))}, dtype=object)
    rows = opened(csv(table))[1:]
    assert [Decimal(row[0]) for row in rows] == held
    assert [row[1] for row in rows] == [str(number) for number in range(len(held))]
