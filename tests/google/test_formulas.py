"""Formulas work themselves out and follow what moves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google.asking import (
    INSERT_ABOVE,
    TURN_AROUND,
    Ask,
    ask,
    batch,
    cells,
    read,
    rows,
    sheet,
    write,
)
from tests.support.google.client import LocalGoogle

FORMULA = {"valueRenderOption": "FORMULA"}


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("= 1 / 1024", "0.0009765625"),
        ("=1/3", "0.3333333333"),
        ("=(1+2)*3^2-50%", "26.5"),
        ('=A1&"-"&B1', "2-3"),
        ("=SUM(A1:B1)*2", "10"),
        ("=T!A1>B1", "FALSE"),
        ('=IF(A1=2,"two",1/0)', "two"),
        ('=IFERROR(1/0,"none")', "none"),
        ("=1/0", "#DIV/0!"),
        ("=A1+C1", "#REF!"),
        ('="x"+1', "#VALUE!"),
        ("=NOSUCH(1)", "#NAME?"),
        ("=(1", "#ERROR!"),
    ],
)
def test_a_formula_shows_its_result(google: LocalGoogle, formula: str, shown: str) -> None:
    file_id = google.add_spreadsheet("Sums", [sheet([[2, 3]])], locale="en_US")
    assert ask(google, file_id, write("T!C1", [[formula]], "USER_ENTERED"))[0] == 200
    assert ask(google, file_id, read("T!C1"))[1]["values"] == [[shown]]
    assert ask(google, file_id, read("T!C1", **FORMULA))[1]["values"] == [[formula]]


COPY = {"copyPaste": {"source": cells(1, 2, 2, 3), "destination": cells(3, 4, 3, 4)}}
DELETE_COLUMN = {"deleteDimension": {"range": rows(0, 1, "COLUMNS")}}


@pytest.mark.parametrize(
    ("change", "where", "formula"),
    [
        (INSERT_ABOVE, "T!C3", '=A3+$B$2+SUM(A2:B3)&"A1"'),
        (DELETE_COLUMN, "T!B2", '=#REF!+$A$1+SUM(A1:A2)&"A1"'),
        (COPY, "T!D4", '=B4+$B$1+SUM(B3:C4)&"A1"'),
        (TURN_AROUND, "T!C2", '=A2+$B$1+SUM(A1:B2)&"A1"'),
    ],
)
def test_a_formula_follows_what_moves(
    google: LocalGoogle, change: dict[str, Any], where: str, formula: str
) -> None:
    file_id = google.add_spreadsheet("Sums", [sheet([[1, 2], [3, 4], [5, 6]])])
    typed: Ask = write("T!C2", [['=A2+$B$1+SUM(A1:B2)&"A1"']], "USER_ENTERED")
    assert ask(google, file_id, typed)[0] == 200
    assert ask(google, file_id, batch(change))[0] == 200
    assert ask(google, file_id, read(where, **FORMULA))[1]["values"] == [[formula]]
