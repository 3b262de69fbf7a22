"""A result that may rest on a changed cell is no value until somebody's spreadsheet opens."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from services.store import xlsx_parts, xlsx_stale
from services.store.base import CannotWriteError, Fault, Position
from services.store.sheet_xml import Sheet, spliced
from services.store.xlsx_stale import Known, stale_results, without_results
from tests.store.books import opened, put, with_results
from tests.store.office_books import changed

A, B = "ก", "ข"
SHARED = '<c r="C2"><f t="shared" ref="C2:C4" si="0">B2*$B$9</f><v>1</v></c>'
FAULT = Fault("formula_without_value", "=…")


def sheet(*cells: str) -> Sheet:
    """One row for each cell, from row 2."""
    rows = "".join(f'<row r="{number}">{cell}</row>' for number, cell in enumerate(cells, 2))
    xml = f'<worksheet xmlns="urn:x"><sheetData>{rows}</sheetData></worksheet>'
    return Sheet(xml.encode())


def formula(at: str, text: str, more: str = "") -> str:
    return f'<c r="{at}"><f{more}>{text}</f><v>1</v></c>'


def found(sheets: dict[str, Sheet], changes: dict[str, list[Position]]) -> set[str]:
    known = Known([A, B, "ค"], [("ยอด", f"{A}!$A$2:$A$3")])
    stale = stale_results(sheets, known, changes)
    return {
        f"{tab}!{''.join(map(str, cell.position or ('?',)))}"
        for tab, cells in stale.items()
        for cell in cells
    }


def test_what_names_a_changed_cell_is_stale_and_what_names_that_too() -> None:
    tabs = {
        A: sheet(formula("B2", "A2+1"), formula("B3", "B2+1"), formula("B4", "A4+1")),
        B: sheet(formula("A2", f"SUM({A}!B:B)"), formula("A3", "A2"), formula("A4", "ยอด")),
    }
    assert found(tabs, {A: [(1, 0)]}) == {f"{A}!11", f"{A}!21", f"{B}!10", f"{B}!20", f"{B}!30"}
    assert found(tabs, {A: [(3, 0)]}) == {f"{A}!31", f"{B}!10", f"{B}!20"}
    assert found(tabs, {A: [(0, 0)]}) == set()
    assert found(tabs, {B: [(1, 0)]}) == {f"{B}!20"}


def test_a_formula_is_stale_once_however_many_of_its_cells_change() -> None:
    tab = {A: sheet(formula("C2", "A2+A3+SUM(ค!A:A)"))}
    assert len(stale_results(tab, Known([A, "ค"], []), {A: [(1, 0), (2, 0)]})[A]) == 1
    assert found(tab, {A: [(30, 30)]}) == set()


def test_formulas_that_name_each_other_end() -> None:
    assert found({A: sheet(formula("A2", "A3"), formula("A3", "A2"))}, {A: [(1, 0)]}) == {
        f"{A}!10",
        f"{A}!20",
    }


def test_a_formula_filled_down_names_the_cells_of_its_own_row() -> None:
    child = '<c r="C{}"><f t="shared" si="0"/><v>1</v></c>'
    tab = {A: sheet(SHARED, child.format(3), child.format(4))}
    assert found(tab, {A: [(2, 1)]}) == {f"{A}!22"}
    assert found(tab, {A: [(8, 1)]}) == {f"{A}!12", f"{A}!22", f"{A}!32"}


@pytest.mark.parametrize(
    "uncertain",
    [
        formula("C2", "INDIRECT(A1)"),
        formula("C2", "ไม่มี!A1"),
        formula("C2", ""),
        '<c r="C2"><f/><v>1</v></c>',
        '<c r="C2"><f t="shared" si="7"/><v>1</v></c>',
        formula("C2", "INDIRECT(A1)", ' t="shared" si="0" ref="C2:C3"'),
        formula("C2", "", ' t="dataTable" ref="C2:D3" r1="A1"'),
    ],
)
def test_what_may_rest_on_anything_is_stale_after_every_change(uncertain: str) -> None:
    tab = {A: sheet(uncertain, formula("A3", "C2"), formula("A4", "B1"))}
    assert found(tab, {A: [(30, 30)]}) == {f"{A}!12", f"{A}!20"}


def test_a_formula_moved_off_the_sheet_may_rest_on_anything() -> None:
    tab = sheet(SHARED, '<c r="A3"><f t="shared" si="0"/><v>1</v></c>')
    assert found({A: tab}, {A: [(30, 30)]}) == {f"{A}!20"}


def test_a_formula_that_names_no_place_makes_all_results_stale() -> None:
    tab = {A: sheet(formula("A2", "B1"), "<c><f>B1</f><v>1</v></c>")}
    assert found(tab, {A: [(30, 30)]}) == {f"{A}!10", f"{A}!?"}


def test_following_too_many_names_makes_all_results_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_stale, "MOST_STEPS", 1)
    tab = {A: sheet(formula("C2", "A1:A2"), formula("C3", "A1:A3"))}
    assert found(tab, {A: [(30, 30)]}) == {f"{A}!12", f"{A}!22"}


def test_a_result_that_fills_an_area_reaches_whoever_names_one_of_its_cells() -> None:
    tab = {A: sheet(formula("A2", "Z1:Z3", ' t="array" ref="A2:A4"'), "", formula("C4", "A4"))}
    assert found(tab, {A: [(1, 25)]}) == {f"{A}!10", f"{A}!32"}


@pytest.mark.parametrize(
    ("cell", "without"),
    [
        (
            '<c r="A2" s="3" t="str"><f>B2</f><v>ก</v></c>',
            '<c r="A2" s="3"><f>B2</f></c>',
        ),
        ('<c r="A2" t="e"><f>B2</f> <v/> </c>', '<c r="A2"><f>B2</f></c>'),
        ('<c r="A2" t="b" cm="1"><f>B2</f></c>', '<c r="A2" cm="1"><f>B2</f></c>'),
    ],
)
def test_a_stale_result_is_taken_out_and_the_formula_stays(cell: str, without: str) -> None:
    tab = sheet(cell)
    assert spliced(tab.xml, list(without_results(tab, tab.formulas))) == sheet(without).xml


def test_a_cell_with_more_than_a_formula_and_its_result_is_left() -> None:
    tab = sheet('<c r="A2"><f>B2</f><is><t>ก</t></is></c>')
    with pytest.raises(CannotWriteError):
        list(without_results(tab, tab.formulas))


def filled(book: xlsxwriter.Workbook) -> None:
    tab = book.add_worksheet(A)
    tab.write_column(0, 0, [1, 2, 3])
    tab.write_array_formula(0, 2, 2, 2, "{=A1:A3*2}", None, 2)
    tab.write_row(1, 2, [4, 5])
    tab.write(2, 2, 6)
    tab.write(4, 2, "ก")


def test_an_area_that_one_formula_fills_shows_no_value_at_all(tmp_path: Path) -> None:
    before = with_results(filled)
    book = opened(put(tmp_path, "5601.xlsx", before))
    assert ([row[2] for row in book.tabs[0].rows], book.tabs[0].faults) == ([2, 4, 6, "", "ก"], {})
    book = opened(put(tmp_path, "5601.xlsx", changed(before, {(0, 0): 9}, A)))
    assert [row[2:] for row in book.tabs[0].rows] == [
        ["", ""],
        ["", 5],
        ["", ""],
        ["", ""],
        ["ก", ""],
    ]
    assert book.tabs[0].faults == {(0, 2): FAULT, (1, 2): FAULT, (2, 2): FAULT}


def test_an_area_that_has_its_values_is_read_beside_a_formula_without_one(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        filled(book)
        book.worksheets()[0].write_formula(5, 0, "=B1", None, 1)

    book = opened(put(tmp_path, "5601.xlsx", changed(with_results(fill), {(0, 1): 9}, A)))
    assert book.tabs[0].faults == {(5, 0): FAULT}


def test_too_large_an_area_without_values_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_parts, "MOST_FILLED", 2)
    data = changed(with_results(filled), {(0, 0): 9}, A)
    assert opened(put(tmp_path, "5601.xlsx", data)).trouble == "unpacks_too_large"
