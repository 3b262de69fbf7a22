"""One sheet's XML with some cells changed: those cells, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from services.store.base import CannotWriteError, Position, Written
from services.store.sheet_xml import Sheet, spliced
from services.store.xlsx_patch import patched

SHEET = "xl/worksheets/sheet1.xml"
FILLED = {(row, column): f"{row}/{column}" for row in (0, 2, 5) for column in (0, 1, 3)}
positions = st.tuples(st.integers(0, 9), st.integers(0, 30))
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=12
)
numbers = st.decimals(-(10**9), 10**9, places=2)
values = texts | numbers | st.integers(-(10**9), 10**9)


def workbook() -> bytes:
    """A few filled cells, one of them in bold, as openpyxl writes them."""
    book, saved = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for (row, column), text in FILLED.items():
        sheet.cell(row + 1, column + 1, text)
    book.save(saved)
    return saved.getvalue()


def with_sheet(data: bytes, xml: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        for part in old.namelist():
            new.writestr(part, xml if part == SHEET else old.read(part))
    return made.getvalue()


def changed(xml: bytes, cells: dict[Position, Written]) -> bytes:
    return spliced(xml, patched(Sheet(xml), cells))


def xml_of(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(SHEET)


def held(data: bytes) -> dict[Position, object]:
    """What calamine reads, blanks left out."""
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(data))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )
    return {
        (row, column): value
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if value != ""
    }


BOOK = workbook()


@settings(deadline=None)
@given(st.dictionaries(positions, values, max_size=8))
def test_what_was_written_is_read_back_and_every_other_cell_stays(
    cells: dict[Position, Written],
) -> None:
    now = held(with_sheet(BOOK, changed(xml_of(BOOK), cells)))
    wanted = {**FILLED, **cells}
    expected = {
        place: text if isinstance(text, str) else float(text)
        for place, text in wanted.items()
        if text != ""
    }
    assert now == expected


@settings(deadline=None)
@given(st.dictionaries(positions, values, max_size=8))
def test_changing_at_once_or_one_by_one_is_the_same(cells: dict[Position, Written]) -> None:
    one_by_one = xml_of(BOOK)
    for position, value in cells.items():
        one_by_one = changed(one_by_one, {position: value})
    assert held(with_sheet(BOOK, one_by_one)) == held(
        with_sheet(BOOK, changed(xml_of(BOOK), cells))
    )


def sheet(inside: str, after: str = "", prefix: str = "") -> bytes:
    p = f"{prefix}:" if prefix else ""
    names = f'xmlns{":" if prefix else ""}{prefix}="http://schemas.openxmlformats.org/x"'
    return f'<?xml version="1.0"?><{p}worksheet {names}>{inside}{after}</{p}worksheet>'.encode()


@pytest.mark.parametrize(
    ("before", "cells", "after"),
    [
        ("<sheetData/>", {(2, 0): "", (0, 0): "ก"}, '<row r="1">CELL</row>'),
        ('<sheetData><row r="1" spans="1:1"/></sheetData>', {(0, 0): "ก"}, '<row r="1">CELL</row>'),
        ('<sheetData><row r="1"/></sheetData>', {(0, 0): ""}, '<row r="1"/>'),
        (
            "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>",
            {(0, 1): 7},
            '<row><c><v>1</v></c><c r="B1"><v>7</v></c></row>',
        ),
        (
            '<sheetData><row r="1"><c r="A1" s="3" t="s" ph="1"><v>0</v></c></row></sheetData>',
            {(0, 0): ""},
            '<row r="1"><c r="A1" s="3" ph="1"/></row>',
        ),
        (
            '<sheetData><row r="1" ht="9"><c r="B1" t="s"><v>0</v></c></row></sheetData>',
            {(0, 0): Decimal("1.50")},
            '<row r="1" ht="9"><c r="A1"><v>1.50</v></c><c r="B1" t="s"><v>0</v></c></row>',
        ),
    ],
)
def test_how_other_programs_write_sheets(
    before: str, cells: dict[Position, Written], after: str
) -> None:
    cell = '<c r="A1" t="inlineStr"><is><t xml:space="preserve">ก</t></is></c>'
    wanted = f"<sheetData>{after.replace('CELL', cell)}</sheetData>"
    assert changed(sheet(before), cells) == sheet(wanted)


def test_rows_are_added_in_order_to_a_sheet_that_had_none() -> None:
    after = changed(sheet("<sheetData/>"), {(3, 1): 2, (1, 0): 1, (3, 0): 3})
    rows = '<row r="2"><c r="A2"><v>1</v></c></row>'
    rows += '<row r="4"><c r="A4"><v>3</v></c><c r="B4"><v>2</v></c></row>'
    assert after == sheet(f"<sheetData>{rows}</sheetData>")


def test_a_sheet_whose_names_have_a_prefix_keeps_it() -> None:
    before = sheet('<x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData>', "", "x")
    after = changed(before, {(0, 0): 4, (1, 0): 5})
    assert b'<x:c r="A1"><x:v>4</x:v></x:c>' in after
    assert b'<x:row r="2"><x:c r="A2"><x:v>5</x:v></x:c></x:row></x:sheetData>' in after


@pytest.mark.parametrize(
    ("inside", "after", "position", "obstacle"),
    [
        ('<row r="1"><c r="A1"><f>B1</f><v>3</v></c></row>', "", (0, 0), "formula"),
        ('<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1</f></c></row>', "", (2, 0), "formula"),
        ("", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', (1, 1), "merged"),
        ('<row r="1"><c r="A1" vm="1" t="e"><v>#VALUE!</v></c></row>', "", (0, 0), "rich_value"),
        ('<row r="2"/><row r="1"/>', "", (0, 0), "odd_sheet"),
        ('<row r="1"><c r="B1"/><c r="A1"/></row>', "", (0, 0), "odd_sheet"),
        ('<row r="1"><c r="first"/></row>', "", (0, 0), "odd_sheet"),
        ('<row r="1"', "", (0, 0), "odd_sheet"),
        ("", "", (0, 0), "odd_text"),
    ],
)
def test_what_is_not_ours_to_change_is_left(
    inside: str, after: str, position: Position, obstacle: str
) -> None:
    with pytest.raises(CannotWriteError) as refused:
        changed(sheet(f"<sheetData>{inside}</sheetData>", after), {position: "x\ufffe"})
    assert refused.value.obstacle == obstacle


@pytest.mark.parametrize(
    "odd",
    [
        sheet('<!-- <row r="1"/> --><sheetData/>'),
        sheet("<sheetData><![CDATA[<row/>]]></sheetData>"),
        sheet("<?order of somebody?><sheetData/>"),
        sheet("<sheetData/><sheetData/>"),
        sheet("<sheetData><row><row/></row></sheetData>"),
        sheet("<sheetData><row><c/><extLst/></row></sheetData>"),
        sheet("<sheetData><f>A1</f></sheetData>"),
        sheet('<sheetData><row><c r="B2"> <v/><f>A1</f></c></row></sheetData>'),
        sheet('<sheetData><row><c r="B2"><f><b/></f></c></row></sheetData>'),
        sheet("<sheetData/>").replace(b'"1.0"', b'"1.0" encoding="windows-874"'),
    ],
)
def test_a_sheet_as_no_spreadsheet_program_writes_it_is_refused(odd: bytes) -> None:
    with pytest.raises(CannotWriteError) as refused:
        changed(odd, {(0, 0): "x"})
    assert refused.value.obstacle == "odd_sheet"


def test_a_sheet_may_say_that_it_is_in_utf_8() -> None:
    said = sheet("<sheetData/>").replace(b'"1.0"', b'"1.0" encoding="UTF-8" standalone="yes"')
    assert b"<v>1</v>" in changed(b"\xef\xbb\xbf" + said, {(0, 0): 1})


def test_the_first_cell_of_a_merged_area_can_be_changed() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    assert b"<v>1</v>" in changed(sheet("<sheetData/>", merged), {(0, 0): 1})


def test_a_sheet_without_a_table_of_cells_is_refused() -> None:
    with pytest.raises(CannotWriteError):
        changed(sheet(""), {(0, 0): "x"})
