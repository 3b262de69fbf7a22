"""Notes and fills of ours in a workbook file: put and taken away, and nothing else changed."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from services.store.base import Annotated, Position
from services.store.notes import COLOUR, sealed
from services.store.xlsx_comments import HIDDEN_SIGN
from services.store.xlsx_notes import annotated
from tests.store.hanging import in_file
from tests.store.test_xlsx_write import OFFICE, OTHER, TAB, parts

SHEET, COMMENTS, STYLES = "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/styles.xml"
SHAPES = "xl/drawings/vmlDrawing1.vml"
DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
GREEN = 11
"""A column with a fill of its own, whose cells are not written."""
places = st.tuples(st.integers(0, 11), st.integers(0, 30))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
notes = st.dictionaries(
    st.sampled_from([TAB, OTHER]), st.dictionaries(places, texts, max_size=6), max_size=2
)


def painted() -> bytes:
    """A workbook of many styles: on cells, rows and columns, filled or not, and two alike."""
    saved, book = BytesIO(), openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in (TAB, OTHER):
        sheet = book.create_sheet(name)
        for row in range(1, 9, 2):
            for column in range(1, 9):
                cell = sheet.cell(row, column, f"{row}/{column}" if column % 3 else None)
                cell.font = openpyxl.styles.Font(bold=column % 2 == 0)
                cell.number_format = "0.00" if column == 5 else "General"
                if column == 7:
                    cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FF0000")
                if (row, column) == (3, 3):
                    cell.comment = openpyxl.comments.Comment("ของสำนักงาน", "สำนักงาน")
        sheet.column_dimensions["K"].font = openpyxl.styles.Font(italic=True)
        sheet.column_dimensions["L"].fill = openpyxl.styles.PatternFill("solid", fgColor="00FF00")
        sheet.row_dimensions[10].font = openpyxl.styles.Font(underline="single")
    book.save(saved)
    return saved.getvalue()


def look(data: bytes) -> dict[str, dict[Position, tuple[Any, ...]]]:
    """Everything openpyxl tells of cells, rows and columns that say anything."""
    book = openpyxl.load_workbook(BytesIO(data))
    told: dict[str, dict[Position, tuple[Any, ...]]] = {}
    for sheet in book.worksheets:
        cells = {
            (cell.row, cell.column): (
                cell.value,
                cell.fill.fill_type,
                cell.font.b,
                cell.number_format,
                cell.comment and (cell.comment.text, cell.comment.author),
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style or cell.comment
        }
        lines = [*sheet.column_dimensions.items(), *sheet.row_dimensions.items()]
        looks = {
            (-1, number): (str(key), line.font.i, line.font.u, line.fill.fill_type)
            for number, (key, line) in enumerate(lines)
        }
        told[sheet.title] = {**cells, **looks}
    return told


def numbered(data: bytes) -> dict[tuple[str, bytes], bytes]:
    """Every written cell and the number of its style."""
    cell = re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: s="(\d+)")?')
    sheets = {name: part for name, part in parts(data).items() if "worksheets/sheet" in name}
    return {(n, r): s or b"0" for n, part in sheets.items() for r, s in cell.findall(part)}


def values(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def twin_styles(data: bytes) -> bytes:
    """The same with every style there twice, one behind the other."""

    def doubled(styles: bytes) -> bytes:
        return re.sub(rb"(<cellXfs[^>]*>)(.*?)(</cellXfs>)", rb"\1\2\2\3", styles, flags=re.DOTALL)

    return with_part(data, STYLES, doubled)


def with_part(data: bytes, name: str, changed: Callable[[bytes], bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        for part in old.namelist():
            new.writestr(part, changed(old.read(part)) if part == name else old.read(part))
    return made.getvalue()


PAINTED = painted()
BOOKS = {"painted": PAINTED, "twins": twin_styles(PAINTED), "office": OFFICE}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(st.sampled_from(sorted(BOOKS)), notes, notes)
def test_notes_put_and_taken_away_leave_everything_as_before(
    name: str, first: dict[str, dict[Position, str]], then: dict[str, dict[Position, str]]
) -> None:
    data = BOOKS[name]
    made, told = annotated(data, first)
    assert values(made) == values(data)
    assert annotated(made, first) == (made, Annotated(0, told.left))
    shown = in_file(BytesIO(made))
    for tab, cells in first.items():
        for at, text in cells.items():
            if (tab, at) not in told.left:
                note, fill = shown[tab][at]
                assert HIDDEN_SIGN.sub(lambda sign: chr(int(sign[1], 16)), note) == sealed(text)
                assert fill in (COLOUR, "FF0000") or at[1] == GREEN
    made, _ = annotated(made, then)
    back, _ = annotated(made, {})
    assert look(back) == look(data)
    assert numbered(back).items() <= numbered(data).items()
    assert values(back) == values(data)
    before, after = parts(data), parts(back)
    assert after.keys() == before.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {STYLES, *(name for name in before if "worksheets/sheet" in name)}


def test_only_what_notes_need_is_changed_in_the_file() -> None:
    before, after = parts(OFFICE), parts(annotated(OFFICE, {TAB: {(1, 1): "ก"}})[0])
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {SHEET, COMMENTS, SHAPES, STYLES}
    assert after.keys() == before.keys()
    office = re.compile(rb"<comment .*?</comment>", re.DOTALL)
    shape = re.compile(rb"<v:shape .*?</v:shape>", re.DOTALL)
    assert office.findall(before[COMMENTS])[0] in after[COMMENTS]
    assert shape.findall(before[SHAPES])[0] in after[SHAPES]


def test_a_sheet_without_notes_gains_parts_and_loses_them_again() -> None:
    made, _ = annotated(OFFICE, {OTHER: {(1, 1): "ก", (2, 2): "ข"}})
    added = parts(made).keys() - parts(OFFICE).keys()
    assert added == {"xl/comments2.xml", "xl/drawings/vmlDrawing2.vml"}
    ids = re.findall(rb'id="(_x0000_s\d+)"', parts(made)["xl/drawings/vmlDrawing2.vml"])
    assert len(set(ids)) == 2
    assert b'data="2"' in parts(made)["xl/drawings/vmlDrawing2.vml"]
    back, _ = annotated(made, {})
    differ = {name for name, part in parts(back).items() if part != parts(OFFICE)[name]}
    assert differ == {STYLES}


def test_pictures_of_a_sheets_header_are_not_taken_for_shapes_of_notes() -> None:
    saved = BytesIO()
    with xlsxwriter.Workbook(saved) as book:
        sheet = book.add_worksheet(TAB)
        sheet.write(0, 0, "ก")
        picture = {"image_left": "dot.png", "image_data_left": BytesIO(DOT)}
        sheet.set_header("&L&G", picture)
    data = saved.getvalue()
    made, _ = annotated(data, {TAB: {(0, 0): "ก", (4, 4): "ข"}})
    assert re.search(rb"<legacyDrawing [^>]*/><legacyDrawingHF ", parts(made)[SHEET])
    assert parts(made)[SHAPES] == parts(data)[SHAPES]
    back, _ = annotated(made, {})
    assert {name for name, part in parts(back).items() if part != parts(data).get(name)} == {STYLES}
    assert parts(back).keys() == parts(data).keys()
