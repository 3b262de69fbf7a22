"""A workbook's cells have one name, wherever they stand; another cell gives another name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.store.base import Fault, RawTab
from services.store.digest import cells_digest

TAB = RawTab(
    "สัญญา",
    [["เลขที่", "ดอกเบี้ย"], ["S1", 0.06]],
    formats=lambda: {(1, 1): "0%", (5, 5): "0%", (1, 0): "0%"},
)


def test_empty_cells_and_rows_after_the_last_one_change_nothing() -> None:
    longer = replace(TAB, rows=[*([*row, "", ""] for row in TAB.rows), ["", ""], []])
    assert cells_digest([longer]) == cells_digest([TAB])


@pytest.mark.parametrize(
    "other",
    [
        replace(TAB, name="สัญญา2"),
        replace(TAB, rows=[["เลขที่", "ดอกเบี้ย"], ["S1", "0.06"]]),
        replace(TAB, rows=[["เลขที่", "ดอกเบี้ย"], [], ["S1", 0.06]]),
        replace(TAB, formats=dict),
        replace(TAB, faults={(1, 1): Fault("formula_error", "#REF!")}),
    ],
)
def test_whatever_changes_what_is_read_changes_the_name(other: RawTab) -> None:
    assert cells_digest([other]) != cells_digest([TAB])
