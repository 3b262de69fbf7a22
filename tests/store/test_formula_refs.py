"""Which cells a formula rests on, read from its text: certain, or else everything."""

from __future__ import annotations

import pytest

from services.store.formula_refs import LAST_COLUMN, LAST_ROW, defined_names, references

NAMES = defined_names(
    [
        ("ยอด", "ลูกหนี้!$B$2:$B$9"),
        ("อัตรา", "0.06"),
        ("หัว", "'ลูก หนี้'!$1:$2"),
        ("เลื่อน", "ลูกหนี้!B2"),
        ("ไม่บอกแท็บ", "$B$2"),
        ("ยอด", "สรุป!$A$1"),
        ("เลื่อน", "สรุป!$A$1"),
        ("ข้าม", "OFFSET(สรุป!$A$1,1,1)"),
    ]
)


@pytest.mark.parametrize(
    ("formula", "named"),
    [
        ("H35-I35", [(None, (34, 7), (34, 7)), (None, (34, 8), (34, 8))]),
        ("SUM($B$2:B9)*1.5E3+.5%", [(None, (1, 1), (8, 1))]),
        ("ศูนย์!$B:C", [("ศูนย์", (0, 1), (LAST_ROW, 2))]),
        ("2:$3", [(None, (1, 0), (2, LAST_COLUMN))]),
        ("'ก''ข  C'!A1&\"A2, 'x'!A3 \"\"A4\"\"\"", [("ก'ข  c", (0, 0), (0, 0))]),
        ("LOG10(A1)+TRUE", [(None, (0, 0), (0, 0))]),
        ("_xlfn._xlws.SORT(A1:B2)", [(None, (0, 0), (1, 1))]),
        ("{1,2;3,4}", []),
        (
            "SUMIF(A2:A4,F2,B2:B4)",
            [(None, (1, 0), (3, 0)), (None, (1, 5), (1, 5)), (None, (1, 1), (3, 1))],
        ),
        ("SUMIF(A2:A4,1,B2)", [(None, (1, 0), (3, 0)), (None, (1, 1), (3, 3))]),
        ("SUMIF(A2:A4,1,B2:B3)", [(None, (1, 0), (5, 2)), (None, (1, 1), (4, 3))]),
        (
            "SUMIF(A:A,1,B2 )",
            [(None, (0, 0), (LAST_ROW, 0)), (None, (1, 1), (LAST_ROW, LAST_COLUMN))],
        ),
        ("LOOKUP(1,อัตรา)", []),
        ("TODAY()-อัตรา", []),
        ("ยอด", [("ลูกหนี้", (1, 1), (8, 1)), ("สรุป", (0, 0), (0, 0))]),
        ("หัว", [("ลูก หนี้", (0, 0), (1, LAST_COLUMN))]),
    ],
)
def test_cells_that_are_named_are_known(formula: str, named: list[object]) -> None:
    found = references(formula, NAMES)
    assert found is not None
    assert [(one.tab, *one.area) for one in found] == named


@pytest.mark.parametrize(
    "formula",
    [
        "INDIRECT(A1)",
        "OFFSET(A1,1,1)",
        "ตาราง[จำนวน]",
        "[1]ศูนย์!A1",
        "'[ก.xlsx]ศูนย์'!A1",
        "'ก:ข'!A1",
        "ก:ข!A1",
        "A1:INDEX(B:B,2)",
        "A1#",
        "#REF!",
        "a1",
        "เลื่อน",
        "ไม่บอกแท็บ",
        "ข้าม",
        "ไม่มีชื่อนี้",
        "ยอด(A1)",
        "ศูนย์!ยอด",
        "_xll.ADDIN(A1)",
        '__xludf.DUMMYFUNCTION("QUERY(A1:B9)")',
        "B3:A1",
        "+A1" * 3_000,
        "SUMIF(A$2:A3,1,B2:B3)",
        "A1048577",
        "XFE1",
        "A0",
        '"ไม่ปิด',
    ],
)
def test_what_is_not_certain_rests_on_everything(formula: str) -> None:
    assert references(formula, NAMES) is None


@pytest.mark.parametrize(
    ("formula", "down", "right", "area"),
    [
        ("A1:B2", 3, 1, ((3, 1), (4, 2))),
        ("$A1:B$2", 3, 1, ((1, 0), (3, 2))),
        ("A:A", 3, 1, ((0, 1), (LAST_ROW, 1))),
        ("$1:1", 3, 1, ((0, 0), (3, LAST_COLUMN))),
        ("B2", -2, 0, None),
        ("B2", 0, -2, None),
        ("B2", LAST_ROW, 0, None),
        ("B2", 0, LAST_COLUMN, None),
    ],
)
def test_what_is_filled_down_or_across_names_cells_as_far_away(
    formula: str, down: int, right: int, area: object
) -> None:
    (one,) = references(formula, {}) or ()
    moved = one.moved(down, right)
    assert (moved and moved.area) == area
