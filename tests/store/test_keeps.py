"""docs/what-a-workbook-keeps.md is true: one check for each line of its table."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from services.store.base import CannotWriteError, Fault, Position, RawWorkbook, Written
from services.store.xlsx_parts import Parts
from tests.store.books import opened, put, refs
from tests.store.looks import (
    SHEETS,
    book,
    cell_looks,
    entries,
    hidden,
    notes,
    raw,
    rows_as_they_look,
    sheets,
    texts_of_formulas,
)
from tests.store.office_books import (
    LAST,
    OTHER,
    PRINTER,
    TAB,
    by_openpyxl,
    by_xlsxwriter,
    changed,
    packed,
    parts,
    with_parts,
)

TOLD = Path(__file__).parents[2] / "docs" / "what-a-workbook-keeps.md"
OFFICE, PLAIN = by_xlsxwriter(), by_openpyxl()
CELLS: dict[Position, Written] = {(1, 0): "ก", (2, 1): 2500, (1, 12): "ใหม่", (20, 0): "D20"}
WRITTEN = {name: changed(name, CELLS) for name in (OFFICE, PLAIN)}
"""A text and a number that stood there, a cell and a row that did not."""
STALE = {(2, 3)}
"""In the tab that is written; the tab that sums up names it and its whole column."""

Look = Callable[[bytes], object]


def same(*looks: Look, of: tuple[bytes, ...] = (OFFICE, PLAIN)) -> Callable[[Path], None]:
    """What is looked at is there, and the same after writing."""

    def check(_folder: Path) -> None:
        for before in of:
            for look in looks:
                assert look(before), "nothing to keep"
                assert look(before) == look(WRITTEN[before])

    return check


def read(folder: Path, data: bytes) -> RawWorkbook:
    return opened(put(folder, "5601.xlsx", data))


def untouched_parts(_folder: Path) -> None:
    for before, touched_sheets in ((OFFICE, SHEETS), (PLAIN, SHEETS[:1])):
        after = WRITTEN[before]
        touched = {"xl/workbook.xml", *touched_sheets}
        old, new = parts(before), parts(after)
        assert {name for name in old if old[name] != new[name]} == touched
        old, new = packed(before), packed(after)
        assert {name for name in old if old[name] != new[name]} == touched


def other_cells(folder: Path) -> None:
    for before, after in WRITTEN.items():
        old, new = read(folder, before), read(folder, after)
        for was, now in zip(old.tabs, new.tabs, strict=True):
            shown = {
                (row, column): value
                for row, cells in enumerate(now.rows)
                for column, value in enumerate(cells)
                if value != "" or (was.name, row, column) in {(TAB, *at) for at in CELLS}
            }
            expected = {
                (row, column): value
                for row, cells in enumerate(was.rows)
                for column, value in enumerate(cells)
                if value != "" and (row, column) not in now.faults
            }
            assert shown == {**expected, **(CELLS if was.name == TAB else {})}


def rich_texts(_folder: Path) -> None:
    assert str(sheets(OFFICE)[TAB]["I5"].value) == "บางคำหนา"
    assert sheets(OFFICE)[TAB]["I5"].value == sheets(WRITTEN[OFFICE])[TAB]["I5"].value
    rewritten = sheets(changed(OFFICE, {(4, 8): "ใหม่"}))[TAB]["I5"].value
    assert (type(rewritten), rewritten) == (str, "ใหม่")


def formulas(folder: Path) -> None:
    same(texts_of_formulas)(folder)
    refused("formula", changed, OFFICE, {(1, 3): 5})


def results_kept(folder: Path) -> None:
    old, new = read(folder, OFFICE), read(folder, WRITTEN[OFFICE])
    for tab, kept in ((0, {(row, 3) for row in range(1, LAST + 1)} - STALE), (2, {(3, 0)})):
        assert not kept & new.tabs[tab].faults.keys()
        assert all(new.tabs[tab].rows[r][c] == old.tabs[tab].rows[r][c] != "" for r, c in kept)


def results_stale(folder: Path) -> None:
    new, fault = read(folder, WRITTEN[OFFICE]), Fault("formula_without_value", "=…")
    assert new.tabs[0].faults == dict.fromkeys(STALE, fault)
    assert new.tabs[2].faults == dict.fromkeys([(0, 0), (1, 0), (2, 0)], fault)
    assert not read(folder, changed(OFFICE, {(1, 12): "ใหม่"})).tabs[2].faults


def calculation(folder: Path) -> None:
    same(lambda data: parts(data)["xl/calcChain.xml"], of=(OFFICE,))(folder)
    assert b'fullCalcOnLoad="1"' in parts(WRITTEN[OFFICE])["xl/workbook.xml"]


def merged(folder: Path) -> None:
    same(lambda data: raw(data, "mergeCells"))(folder)
    refused("merged", changed, OFFICE, {(14, 1): "ข"})
    assert sheets(changed(OFFICE, {(14, 0): "ข"}))[TAB]["A15"].value == "ข"


def tables(folder: Path) -> None:
    same(lambda data: raw(data, r"tables/"))(folder)
    for data, last in ((OFFICE, 13), (PLAIN, 3)):
        grown = sheets(changed(data, {(last, 0): "ค", (last, 1): 3}, OTHER))[OTHER].tables["เปิด"]
        first = "A11" if data == OFFICE else "A1"
        assert grown.ref == f"{first}:B{last + 1}"
        assert grown.autoFilter is None or grown.autoFilter.ref == grown.ref


def table_edges(_folder: Path) -> None:
    refused("table_header", changed, OFFICE, {(10, 1): "อื่น"}, OTHER)
    refused("table_total", changed, OFFICE, {(3, 0): "ทั้งหมด"}, OTHER)
    refused("table_total", changed, OFFICE, {(4, 0): "ค"}, OTHER)


def links(folder: Path) -> None:
    same(lambda data: raw(data, "hyperlinks", r"sheet1\.xml\.rels"), of=(OFFICE,))(folder)
    again = sheets(changed(OFFICE, {(3, 8): "ที่อื่น"}))[TAB]["I4"]
    assert again.hyperlink.target == "https://www.example.org/"


def old_texts(_folder: Path) -> None:
    after = changed(OFFICE, {(1, 0): "ก"})
    assert "D1" not in {cell.value for cell in sheets(after)[TAB]["A"]}
    assert b">D1<" in parts(after)["xl/sharedStrings.xml"]


def rich_values(_folder: Path) -> None:
    xml = parts(OFFICE)[SHEETS[0]]
    special = with_parts(OFFICE, {SHEETS[0]: xml.replace(b'<c r="A2"', b'<c r="A2" vm="1"')})
    refused("rich_value", changed, special, {(1, 0): "ก"})


def signatures(_folder: Path) -> None:
    refused("signed", changed, with_parts(PLAIN, {"_xmlsignatures/sig1.xml": b"<a/>"}), CELLS)


def odd_sheets(_folder: Path) -> None:
    xml = parts(PLAIN)[SHEETS[0]]
    odd = with_parts(PLAIN, {SHEETS[0]: xml.replace(b"<sheetData>", b"<!-- --><sheetData>")})
    refused("odd_sheet", changed, odd, CELLS)


def macros(folder: Path) -> None:
    store = put(folder, "5601.xlsm", OFFICE)
    assert refs(store) == {"5601.xlsm": ("5601", "other_format")}
    (ref,) = store.workbooks(2565)
    read = store.read(ref, 2565)
    assert read is not None
    assert not read.tabs


def refused(obstacle: str, write: Callable[..., bytes], *how: object) -> None:
    """Not written, and said in Thai with what to do."""
    with pytest.raises(CannotWriteError) as refusal:
        write(*how)
    assert refusal.value.obstacle == obstacle
    assert re.fullmatch(r"ไม่ได้เขียนอะไรลงสมุดงาน.+ – .+", refusal.value.thai)


def said(*patterns: str, of: tuple[bytes, ...] = (OFFICE, PLAIN)) -> Callable[[Path], None]:
    return same(lambda data: raw(data, *patterns), of=of)


ONLY = (OFFICE,)
CHECKS: dict[str, Callable[[Path], None]] = {
    "untouched_parts": untouched_parts,
    "order_names_dates": same(entries),
    "other_cells": other_cells,
    "formats": same(cell_looks, lambda data: parts(data)["xl/styles.xml"]),
    "rich_texts": rich_texts,
    "formulas": formulas,
    "results_kept": results_kept,
    "results_stale": results_stale,
    "calculation": calculation,
    "merged": merged,
    "comments": same(notes, lambda data: raw(data, "legacyDrawing", "[cC]omments?")),
    "validations": said("dataValidations"),
    "conditional_formats": said("conditionalFormatting", "extLst"),
    "charts": said("drawing", "charts/"),
    "pictures": said("media/", "drawings/", of=ONLY),
    "tables": tables,
    "table_edges": table_edges,
    "pivots": said("pivot", of=ONLY),
    "filters": said("autoFilter", of=ONLY),
    "names": same(
        lambda data: Parts(parts(data)).names,
        lambda data: sorted(book(data).defined_names),
    ),
    "hidden": same(hidden, rows_as_they_look, lambda data: raw(data, "cols", "sheetFormatPr")),
    "panes": said("sheetViews"),
    "protection": said("sheetProtection"),
    "links": links,
    "printing": same(
        lambda data: raw(data, "pageSetup", "headerFooter", "rowBreaks"),
        lambda data: PRINTER in parts(data).values(),
        of=ONLY,
    ),
    "properties": said("docProps/"),
    "unknown_parts": said("customXml/", "xl/unheard/", of=ONLY),
    "old_texts": old_texts,
    "rich_values": rich_values,
    "signatures": signatures,
    "odd_sheets": odd_sheets,
    "macros": macros,
}


def lines() -> list[str]:
    """The last column of the table: which check stands behind a line."""
    told = [line for line in TOLD.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    return [line.split("|")[-2].strip().strip("`") for line in told[2:]]


def test_every_line_has_its_check_and_every_check_its_line() -> None:
    assert lines() == list(CHECKS)


@pytest.mark.parametrize("line", lines())
def test_what_the_line_says_is_so(line: str, tmp_path: Path) -> None:
    CHECKS[line](tmp_path)
