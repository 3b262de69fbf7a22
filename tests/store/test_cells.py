"""Every kind of cell a spreadsheet can hold, as the folder of workbooks gives it."""

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from services.store.base import Fault, RawTab
from services.store.xlsx_folder import _tabs
from services.store.xlsx_parts import SheetXml
from tests.data.make import repacked, rewritten
from tests.store.books import first_tab, never_calculated, opened, put, with_results


def every_kind(book: Workbook) -> None:
    tab = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    tab.write_string("A1", "0812345678")
    tab.write_string("A2", "00401")
    tab.write_number("A3", 1500.5)
    tab.write_number("A4", 243095, day)
    tab.write_number("A5", 44768, day)
    tab.write_number("A6", 44768.5, day)
    tab.write_number("A7", 0.5, book.add_format({"num_format": "hh:mm"}))
    tab.write_number("A8", 1.25, book.add_format({"num_format": "[h]:mm"}))
    tab.write_boolean("A9", boolean=True)
    tab.write_boolean("A10", boolean=False)
    tab.write_formula("A11", "=TRUE()", value=True)
    tab.write_formula("A12", "=1+1", None, 2)
    tab.write_formula("A13", '="ก"', None, "ก")
    tab.write_formula("A14", "=1/0", None, "#DIV/0!")
    tab.write_rich_string("A15", "หนี้", day, "คง", "เหลือ")
    tab.write_blank("A16", None, day)
    tab.write_string("A17", "มี <&> «»")


def test_every_kind_of_cell_keeps_its_kind(tmp_path: Path) -> None:
    tab = first_tab(tmp_path, with_results(every_kind))
    assert [row[0] for row in tab.rows] == [
        "0812345678",
        "00401",
        1500.5,
        date(2565, 7, 26),
        date(2022, 7, 26),
        datetime(2022, 7, 26, 12),  # noqa: DTZ001 - sheets know no time zones
        time(12, 0),
        timedelta(days=1, hours=6),
        "TRUE",
        "FALSE",
        "TRUE",
        2.0,
        "ก",
        "",
        "หนี้คงเหลือ",
        "",
        "มี <&> «»",
    ]
    assert tab.faults == {(13, 0): Fault("formula_error", "#DIV/0!")}
    assert tab.formulas() == {(10, 0), (11, 0), (12, 0), (13, 0)}


def test_our_cells_are_the_cells_openpyxl_reads(tmp_path: Path) -> None:
    content = with_results(every_kind)
    ours = first_tab(tmp_path, content).rows
    sheet = load_workbook(BytesIO(content), data_only=True).worksheets[0]
    for number, row in enumerate(ours, 1):
        theirs = sheet.cell(number, 1).value
        if isinstance(theirs, datetime) and theirs.time() == time():
            theirs = theirs.date()
        if theirs == "#DIV/0!":
            theirs = None
        expected = str(theirs).upper() if isinstance(theirs, bool) else theirs
        assert row[0] == ("" if expected is None else expected), f"A{number}"


@settings(max_examples=30, deadline=None)
@given(st.integers(-(10**14), 10**14))
def test_money_typed_as_a_number_arrives_to_the_satang(satang: int) -> None:
    tabs, _ = _tabs(never_calculated(RawTab("ก", [[satang / 100]])))
    assert tabs[0].rows == [[satang / 100]]


def test_cells_are_counted_from_the_corner_of_the_sheet(tmp_path: Path) -> None:
    content = with_results(
        lambda book: book.add_worksheet().write_formula("C3", "=1/0", None, "#N/A")
    )
    tab = first_tab(tmp_path, content)
    assert [len(row) for row in tab.rows] == [3, 3, 3]
    assert tab.faults == {(2, 2): Fault("formula_error", "#N/A")}


def test_hidden_rows_and_hidden_tabs_are_read_like_the_others(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        shown = book.add_worksheet("เห็น")
        shown.write_column("A1", ("หัว", "1", "2"))
        shown.set_row(1, None, None, {"hidden": True})
        shown.autofilter("A1:A3")
        book.add_worksheet("ซ่อน").hide()
        book.add_worksheet("ซ่อนมาก").very_hidden()

    book = opened(put(tmp_path, "5601.xlsx", with_results(fill)))
    assert [tab.name for tab in book.tabs] == ["เห็น", "ซ่อน", "ซ่อนมาก"]
    assert [list(row) for row in book.tabs[0].rows] == [["หัว"], ["1"], ["2"]]


def test_a_sheet_of_charts_is_no_tab_of_cells(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("ศูนย์").write_column("A1", (1, 2))
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=ศูนย์!$A$1:$A$2"})
        book.add_chartsheet("กราฟ").set_chart(chart)

    book = opened(put(tmp_path, "5601.xlsx", with_results(fill)))
    assert [tab.name for tab in book.tabs] == ["ศูนย์"]


def test_a_tab_may_carry_any_name_a_spreadsheet_allows(tmp_path: Path) -> None:
    name = "หนี้ & <ทุน> \"ใหม่\" 'ก'ข"
    tab = first_tab(tmp_path, with_results(lambda book: book.add_worksheet(name)))
    assert (tab.name, list(tab.rows)) == (name, [])


def formatted(book: Workbook) -> None:
    tab = book.add_worksheet()
    codes = ("0%", "0.00%", "0.0%", "00000", "ว/ด/ปปปป", "0.00", "dd/mm/yyyy", "General")
    for row, code in enumerate(codes):
        tab.write_number(row, 0, 401, book.add_format({"num_format": code}))
    tab.write_number(len(codes), 0, 401)


def test_number_formats_are_told_where_they_change_what_a_number_means(tmp_path: Path) -> None:
    assert first_tab(tmp_path, with_results(formatted)).formats() == {
        (0, 0): "0%",
        (1, 0): "0.00%",
        (2, 0): "0.0%",
        (3, 0): "00000",
        (4, 0): "ว/ด/ปปปป",
    }


@pytest.mark.parametrize("styles", [b"", b"<styleSheet/>"])
def test_a_workbook_without_formats_still_has_its_cells(styles: bytes, tmp_path: Path) -> None:
    content = with_results(lambda book: book.add_worksheet().write("A1", 5))
    name = "xl/styles.xml"
    bare = rewritten(content, name, styles) if styles else repacked(content, leave_out=name)
    tab = first_tab(tmp_path, bare)
    assert (tab.rows, tab.formats()) == ([[5.0]], {})


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="A1"><f>B1</f></c>', Fault("formula_without_value", "=…")),
        ('<c r="A1"><f>B1</f><v/></c>', Fault("formula_without_value", "=…")),
        ('<c r="A1"><f t="shared" si="0"/><v></v></c>', Fault("formula_without_value", "=…")),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Fault("formula_error", "#REF!")),
        ('<c r="A1" t="e"><f>B1</f></c>', Fault("formula_error", "#ERROR")),
        ('<c r="A1" t="e"><v>#N&amp;A</v></c>', Fault("formula_error", "#N&A")),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', None),
        ('<c r="A1"><f>B1</f><v>0</v></c>', None),
        ('<c r="A1"/><cols/><c t="e"><v>#REF!</v></c>', None),
    ],
)
def test_a_cell_without_a_value_says_why(cell: str, fault: Fault | None) -> None:
    """A formula that shows an empty text has been worked out; one without a value has not."""
    for prefix in ("", "x:"):
        row = re.sub("(</?)", rf"\1{prefix}", f"<worksheet><row>{cell}</row></worksheet>")
        faults = SheetXml(row.encode(), {}).faults()
        assert faults == ({} if fault is None else {(0, 0): fault})


@pytest.mark.parametrize(("a1", "position"), [("A1", (0, 0)), ("Z9", (8, 25)), ("AB12", (11, 27))])
def test_a_fault_stands_where_its_reference_says(a1: str, position: tuple[int, int]) -> None:
    faults = SheetXml(f'<c r="{a1}" t="e"/>'.encode(), {}).faults()
    assert list(faults) == [position]


def test_damage_in_the_texts_is_noticed(tmp_path: Path) -> None:
    """The archive keeps a checksum of every part; texts that do not match it are not trusted."""
    content = with_results(lambda book: book.add_worksheet().write("A1", "ศูนย์สมมติ"))
    stored = repacked(content, packed=ZIP_STORED)
    damaged = stored.replace("สมมติ".encode(), "สมมุต".encode())
    assert re.search("สมมุต".encode(), damaged)
    book = opened(put(tmp_path, "5601.xlsx", damaged))
    assert (book.trouble, book.tabs) == ("half_written", ())


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
a_cell = st.builds(
    lambda style, kind, inside: f'<c r="@"{style}{kind}' + (f">{inside}</c>" if inside else "/>"),
    st.sampled_from(["", ' s="1"', ' s="2"', ' s="12"']),
    st.sampled_from(["", ' t="s"', ' t="e"', ' t="str"', ' t="b"', ' t="inlineStr"']),
    st.sampled_from(
        [
            "",
            "<v>1</v>",
            "<f>A1&gt;B1</f>",
            "<f>A1</f><v></v>",
            '<f t="shared" si="0"/><v>1</v>',
            "<f>A1</f><v>2</v>",
            '<is><t>t="e" s="1"</t></is>',
        ]
    ),
)


def as_xml_means_it(xml: str) -> tuple[set[str], set[str], set[str], dict[str, str]]:
    """Give references of errors, of formulas without value, of formulas, and styles."""
    errors, waiting, formulas, styles = set(), set(), set(), {}
    for cell in ET.fromstring(xml).iter(f"{{{SHEET}}}c"):  # noqa: S314 - our own words
        at, kind = cell.attrib["r"], cell.attrib.get("t")
        if kind == "e":
            errors.add(at)
        if cell.find(f"{{{SHEET}}}f") is not None:
            formulas.add(at)
            if kind not in ("e", "str") and not cell.findtext(f"{{{SHEET}}}v"):
                waiting.add(at)
        if "s" in cell.attrib:
            styles[at] = cell.attrib["s"]
    return errors, waiting, formulas, styles


@given(st.lists(st.lists(a_cell, max_size=4), max_size=4), st.sampled_from(["", "x:"]))
def test_searching_a_sheet_finds_what_reading_it_whole_would(
    rows: list[list[str]], prefix: str
) -> None:
    body = "".join(
        f'<row r="{r}" s="1" customFormat="1">'
        + "".join(cell.replace("@", f"{chr(65 + c)}{r}") for c, cell in enumerate(row))
        + "</row>"
        for r, row in enumerate(rows, 1)
    )
    plain = f'<worksheet><cols><col s="1"/></cols><sheetData>{body}</sheetData></worksheet>'
    xml = re.sub("(</?)", rf"\1{prefix}", plain)
    named = f'xmlns{":" if prefix else ""}{prefix.rstrip(":")}="{SHEET}"'
    xml = xml.replace("worksheet>", f"worksheet {named}>", 1)
    sheet = SheetXml(xml.encode(), {1: "0%", 12: "00000"})
    faults, formulas = sheet.faults(), sheet.formulas()

    def a1(position: tuple[int, int]) -> str:
        return f"{chr(65 + position[1])}{position[0] + 1}"

    kinds = {kind: {a1(p) for p, f in faults.items() if f.kind == kind} for kind in KINDS}
    shown = {a1(p): code for p, code in sheet.number_formats().items()}
    errors, waiting, worked_out, styles = as_xml_means_it(xml)
    assert kinds == {"formula_error": errors, "formula_without_value": waiting}
    assert {a1(p) for p in formulas} == worked_out
    assert shown == {at: {"1": "0%", "12": "00000"}[s] for at, s in styles.items() if s != "2"}


KINDS = ("formula_error", "formula_without_value")
