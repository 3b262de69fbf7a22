"""A workbook file with some cells changed: the old or the new one, and nothing else in it."""

from __future__ import annotations

import os
import re
import stat
from io import BytesIO
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from services.errors import AppError
from services.issues import reason
from services.store import xlsx_write
from services.store.base import (
    CannotWriteError,
    NotAsSeenError,
    Obstacle,
    Position,
    RawTab,
    Writing,
    Written,
)
from services.store.xlsx_write import replace_file, rewritten

TAB, OTHER = "ลูกหนี้", "อื่น"
SHEET = "xl/worksheets/sheet1.xml"


def office_workbook() -> bytes:
    """What an office keeps beside its register: a chart, a picture, formulas, notes, rules."""
    saved = BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    sheet, other = book.add_worksheet(TAB), book.add_worksheet(OTHER)
    bold = book.add_format({"bold": True, "num_format": "#,##0.00"})
    sheet.write_row(0, 0, ["เลขที่", "คงเหลือ"], bold)
    sheet.write(1, 1, 1250.5, bold)
    sheet.write_formula(2, 1, "=B2*2", None, 2501)
    sheet.write_comment(1, 0, "หมายเหตุของสำนักงาน")
    sheet.data_validation(1, 0, 9, 0, {"validate": "list", "source": ["ก", "ข"]})
    sheet.conditional_format(1, 1, 9, 1, {"type": "data_bar"})
    sheet.merge_range(4, 0, 4, 2, "รวม")
    other.add_table(0, 0, 3, 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [TAB, 1, 1, 2, 1]})
    other.insert_chart("D2", chart)
    book.define_name("ยอด", f"={TAB}!$B$2")
    book.close()
    return saved.getvalue()


OFFICE = office_workbook()


def changed(data: bytes, cells: dict[Position, Written], name: str = TAB) -> bytes:
    return rewritten(data, [Writing(RawTab(name, []), cells)])


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_but_the_changed_sheet_stays_byte_for_byte() -> None:
    before, after = parts(OFFICE), parts(changed(OFFICE, {(1, 0): "ก"}))
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == {SHEET, "xl/workbook.xml"}


def test_a_workbook_without_formulas_is_not_asked_to_be_worked_out_again() -> None:
    saved, book = BytesIO(), openpyxl.Workbook()
    book.save(saved)
    before, after = (
        parts(saved.getvalue()),
        parts(changed(saved.getvalue(), {(0, 0): 1}, "Sheet")),
    )
    assert {name for name in before if before[name] != after[name]} == {SHEET}


def test_formulas_notes_and_formats_are_there_as_before() -> None:
    made = changed(OFFICE, {(1, 0): "ก", (1, 1): 99})
    sheet = openpyxl.load_workbook(BytesIO(made))[TAB]
    assert (sheet["A2"].value, sheet["B2"].value, sheet["B3"].value) == ("ก", 99, "=B2*2")
    assert isinstance(sheet["A2"].comment, Comment)
    assert sheet["B2"].font.bold
    assert sheet["B2"].number_format == "#,##0.00"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b'<calcPr calcId="1" fullCalcOnLoad="0"/></workbook>',
            b'<calcPr fullCalcOnLoad="1" calcId="1"/></workbook>',
        ),
        (b"<calcPr/></workbook>", b'<calcPr fullCalcOnLoad="1"/></workbook>'),
        (b"<a/><extLst/></workbook>", b'<a/><calcPr fullCalcOnLoad="1"/><extLst/></workbook>'),
        (b"<a/></x:workbook>", b'<a/><x:calcPr fullCalcOnLoad="1"/></x:workbook>'),
    ],
)
def test_a_workbook_with_formulas_asks_to_be_worked_out_again(before: bytes, after: bytes) -> None:
    assert xlsx_write._worked_out_again(before) == after


@pytest.mark.parametrize("odd", [b"<workbook>", b"<workbook><calcPr "])
def test_a_workbook_part_nobody_writes_is_refused(odd: bytes) -> None:
    with pytest.raises(CannotWriteError):
        xlsx_write._worked_out_again(odd)


@pytest.mark.parametrize("obstacle", get_args(Obstacle))
def test_every_obstacle_is_said_with_its_place_and_what_to_do(obstacle: Obstacle) -> None:
    somewhere = CannotWriteError(obstacle=obstacle, position=(11, 27))
    assert isinstance(somewhere, AppError)
    assert re.fullmatch(r"ไม่ได้เขียนอะไรลงสมุดงาน เพราะช่อง AB12: [ก-๙].+ – [ก-๙].+", somewhere.thai)
    assert somewhere.english == f"nothing was written: {obstacle} AB12"
    assert ": " + reason(f"cannot_write_{obstacle}") in CannotWriteError(obstacle=obstacle).thai


def test_two_writings_into_one_tab_are_both_made() -> None:
    tab = RawTab(TAB, [])
    made = rewritten(OFFICE, [Writing(tab, {(1, 0): "ก"}), Writing(tab, {(5, 0): "ข"})])
    sheet = openpyxl.load_workbook(BytesIO(made))[TAB]
    assert (sheet["A2"].value, sheet["A6"].value) == ("ก", "ข")


def test_a_workbook_that_nothing_is_written_into_stays_as_it_is() -> None:
    assert rewritten(OFFICE, [Writing(RawTab(TAB, []), {})]) == OFFICE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "5601.xlsx"
    place.write_bytes(b"seen")
    place.chmod(0o640)
    return place


def test_the_file_is_replaced_whole_and_keeps_who_may_read_it(file: Path) -> None:
    replace_file(file, b"seen", b"made", [])
    assert file.read_bytes() == b"made"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert not list(file.parent.glob("*.tmp*"))


def test_what_a_killed_writer_left_beside_the_file_is_cleared_away(file: Path) -> None:
    left = file.with_name(f".{file.name}.tmp-99999")
    left.write_bytes(b"half")
    replace_file(file, b"seen", b"made", [])
    assert not left.exists()


def test_a_file_that_is_another_by_now_is_left(file: Path) -> None:
    with pytest.raises(NotAsSeenError):
        replace_file(file, b"what was seen", b"made", [])
    assert file.read_bytes() == b"seen"


def test_a_file_that_somebody_has_open_is_left(file: Path) -> None:
    mark = file.with_name("~$5601.xlsx")
    mark.touch()
    with pytest.raises(NotAsSeenError):
        replace_file(file, b"seen", b"made", [mark])
    assert file.read_bytes() == b"seen"


def test_a_file_saved_while_ours_was_written_is_left(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(_number: int) -> None:
        file.write_bytes(b"somebody's")

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    with pytest.raises(NotAsSeenError):
        replace_file(file, b"seen", b"made", [])
    assert file.read_bytes() == b"somebody's"
    assert [one.name for one in file.parent.glob("*.xlsx")] == ["5601.xlsx"]
    assert not list(file.parent.glob("*.tmp*"))
