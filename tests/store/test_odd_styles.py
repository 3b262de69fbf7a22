"""Fills of ours on blank cells, and among styles that other programs wrote."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest

from services.store.xlsx_notes import annotated
from services.store.xlsx_styles import Styles
from tests.store.hanging import in_file
from tests.store.test_odd_notes import AT, bare, note_and_back
from tests.store.test_xlsx_notes import SHEET, STYLES, with_part
from tests.store.test_xlsx_write import OFFICE, TAB, parts


@pytest.mark.parametrize(
    ("inside", "before", "style"),
    [
        ("", "", ""),
        ('<row r="2"/>', "", ""),
        ('<row r="2" ht="30" customHeight="1"/>', "", ""),
        ('<row r="2"><c r="B2"/></row>', "", ""),
        ('<row r="2"><c r="B2"></c></row>', "", ""),
        ('<row r="2" spans="3:3"><c r="C2"><v>1</v></c></row>', "", ""),
        ('<row r="2" s="1" customFormat="1"/>', "", "1"),
        ('<row r="2" s="1"/>', "", ""),
        ("", '<cols><col min="2" max="2" style="2"/></cols>', "2"),
        ("", '<cols><col min="3" max="9" style="2"/></cols>', ""),
        ("", '<cols><col min="1" max="9"/></cols>', ""),
        ('<row r="2"><c r="B2" s="0"/></row>', '<cols><col min="1" max="9" style="2"/></cols>', ""),
        ('<row r="2"><c r="B2" ph="1"/></row>', "", ""),
    ],
)
def test_a_blank_cell_looks_as_its_row_or_column_did(inside: str, before: str, style: str) -> None:
    data = bare(inside, before)
    made, back = note_and_back(data)
    styles = Styles(parts(made)[STYLES])
    (written,) = re.findall(rb'<c r="B2"[^>]* s="(\d+)"', parts(made)[SHEET])
    assert styles.without_fill(int(written)) == int(style or 0)
    kept = re.findall(rb'<c r="B2"[^>]*>', parts(back)[SHEET])
    if kept:
        assert inside.startswith('<row r="2"><c r="B2"')
    assert in_file(BytesIO(back)) == in_file(BytesIO(data)) or not kept


def test_a_style_that_excel_threw_away_is_made_again() -> None:
    made, _ = annotated(OFFICE, {TAB: {(0, 0): "ก", (0, 1): "ก", AT: "ก"}})
    only_ours = re.sub(
        rb"(<cellXfs[^>]*>)(?:<xf [^>]*/>)*?(<xf [^>]*/></cellXfs>)", rb"\1\2", parts(made)[STYLES]
    )
    data = with_part(made, STYLES, lambda _: only_ours)
    data = with_part(data, SHEET, lambda xml: re.sub(rb' s="\d+"', b' s="0"', xml))
    back, _ = annotated(data, {})
    cell = openpyxl.load_workbook(BytesIO(back))[TAB]["B2"]
    assert cell.fill.fill_type is None
    assert cell.font.b


def test_a_workbook_without_a_kind_of_no_fill_gets_one() -> None:
    made, _ = annotated(OFFICE, {TAB: {AT: "ก"}})
    filled = re.sub(
        rb'<fill><patternFill patternType="none"/></fill>',
        b'<fill><gradientFill type="path"/></fill>',
        parts(made)[STYLES],
    )
    back, _ = annotated(with_part(made, STYLES, lambda _: filled), {})
    cell = openpyxl.load_workbook(BytesIO(back))[TAB]["B2"]
    assert cell.fill.fill_type is None


STYLE = b"""<styleSheet xmlns="x"><fills><fill/><fill><gradientFill/></fill>\
<fill><patternFill patternType="solid"/></fill></fills><cellXfs><xf/><xf fillId="1"/>\
<xf fillId="2"/><xf fillId="9"/></cellXfs></styleSheet>"""


def test_every_kind_of_fill_is_told_apart() -> None:
    assert [Styles(STYLE).fill(n) for n in range(4)] == ["", *["other"] * 3]
