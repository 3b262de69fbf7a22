"""Workbooks full of what offices keep beside their registers, by two writers; and their cells."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from services.store.base import Position, RawTab, Writing, Written
from services.store.xlsx_write import rewritten

TAB, OTHER, SUMMARY = "ลูกหนี้", "ของสำนักงาน", "สรุป"
HEADERS = ["เลขที่", "เงินต้น", "ชำระแล้ว", "คงเหลือ"]
LAST = 9
"""The row (from 0) of the last debt."""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PRINTER = b"\x01\x02printer of the office"
FOREIGN = {
    "xl/printerSettings/printerSettings1.bin": PRINTER,
    "customXml/item1.xml": b'<office xmlns="urn:office">5601</office>',
    "customXml/_rels/item1.xml.rels": b"<Relationships/>",
    "xl/unheard/of.dat": bytes(range(256)),
    "xl/pivotCache/pivotCacheDefinition1.xml": b"<pivotCacheDefinition/>",
}
"""Parts nobody here knows; the last is a pivot table's memory."""


def changed(data: bytes, cells: Mapping[Position, Written], name: str = TAB) -> bytes:
    return rewritten(data, [Writing(RawTab(name, []), cells)])


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(data: bytes) -> dict[str, bytes]:
    """Each part as it is packed."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        starts = {e.filename: e.header_offset + 30 + len(e.filename.encode()) for e in entries}
        return {
            e.filename: data[starts[e.filename] : starts[e.filename] + e.compress_size]
            for e in entries
        }


def with_parts(data: bytes, new: Mapping[str, bytes]) -> bytes:
    """The same workbook with parts changed, or added at the end."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for entry in old.infolist():
            archive.writestr(entry, new.get(entry.filename, old.read(entry)))
        for number, name in enumerate(new.keys() - set(old.namelist())):
            entry = ZipInfo(name, (2022, 7, 19, 8, 30, 2 * number))
            entry.compress_type = ZIP_STORED if number % 2 else ZIP_DEFLATED
            archive.writestr(entry, new[name])
        archive.comment = b"kept by the office"
    return made.getvalue()


def picture() -> bytes:
    """A red dot."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + held))
        return struct.pack(">I", len(held)) + kind + held + check

    head = chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


def by_xlsxwriter() -> bytes:
    """Results stand beside its formulas, as in a file that Excel saved."""
    saved = BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    sheet, other, summary = (book.add_worksheet(name) for name in (TAB, OTHER, SUMMARY))
    bold = book.add_format({"bold": True, "num_format": "#,##0.00", "bg_color": "#FFF2CC"})
    sheet.write_row(0, 0, HEADERS, bold)
    for row in range(1, LAST + 1):
        sheet.write_row(row, 0, [f"D{row}", 1000 * row, 100 * row])
        sheet.write_formula(row, 3, f"=B{row + 1}-C{row + 1}", None, 900 * row)
    sheet.set_column(1, 2, 18, bold)
    sheet.set_column(6, 6, None, None, {"hidden": True, "level": 1})
    sheet.set_row(5, 31, None, {"hidden": True})
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, LAST, 3)
    sheet.protect("", {"format_cells": True})
    sheet.write_comment(1, 0, "หมายเหตุของสำนักงาน", {"author": "สำนักงาน"})
    sheet.data_validation(1, 0, 9, 0, {"validate": "list", "source": ["ก", "ข"]})
    sheet.conditional_format(1, 1, 9, 1, {"type": "cell", "criteria": ">", "value": 5000})
    sheet.conditional_format(1, 2, 9, 2, {"type": "data_bar", "data_bar_2010": True})
    sheet.write_url(3, 8, "https://www.example.org/", None, "ลิงก์")
    sheet.write_rich_string(4, 8, "บางคำ", bold, "หนา")
    sheet.add_sparkline(1, 10, {"range": f"{TAB}!B2:B9"})
    sheet.merge_range(14, 0, 14, 2, "รวม")
    sheet.set_header("&Cสำนักงาน")
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, 14, 3)
    sheet.set_h_pagebreaks([8])
    for name, place, more in (("ปิด", 0, True), ("เปิด", 10, False)):
        cells = [["ก", 1], ["ข", 2]]
        columns = [{"header": "ชื่อ"}, {"header": "จำนวน", "total_function": "sum"}]
        options = {"data": cells, "columns": columns, "total_row": more, "name": name}
        other.add_table(place, 0, place + 2 + more, 1, options)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [TAB, 1, 1, LAST, 1]})
    other.insert_chart("F2", chart)
    other.insert_image("F20", "dot.png", {"image_data": BytesIO(picture())})
    other.insert_textbox("F30", "ข้อความ")
    summary.write_formula(0, 0, f"=SUM({TAB}!B2:B10)", None, 45000)
    summary.write_formula(1, 0, f"=COUNTA({TAB}!$A:$A)", None, 10)
    summary.write_formula(2, 0, "=A1*2", None, 90000)
    summary.write_formula(3, 0, "=LEN(ของสำนักงาน!A2)", None, 1)
    summary.hide()
    book.define_name("ยอด", f"={TAB}!$B$2:$B$10")
    book.set_properties({"title": "ทะเบียนสมมติ", "author": "สำนักงาน"})
    book.set_custom_property("รหัส", "5601")
    book.close()
    return _with_foreign_parts(saved.getvalue())


def _with_foreign_parts(data: bytes) -> bytes:
    """What Excel adds and XlsxWriter does not: the order of working out, and parts of others."""
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    chain += b'<c r="D2" i="1"/><c r="A1" i="3"/></calcChain>'
    held = parts(data)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
    relation = f'<Relationship Id="rId99" Type="{RELATIONS}/calcChain" Target="calcChain.xml"/>'
    types, related = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    new = {
        types: held[types].replace(b"</Types>", override.encode()),
        related: held[related].replace(
            b"</Relationships>", relation.encode() + b"</Relationships>"
        ),
        "xl/calcChain.xml": chain,
    }
    return with_parts(data, {**new, **FOREIGN})


def by_openpyxl() -> bytes:
    """A file whose formulas nobody has worked out yet."""
    book, saved = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = TAB
    sheet.append(HEADERS)
    for row in range(2, LAST + 2):
        sheet.append([f"D{row - 1}", 1000, 100, f"=B{row}-C{row}"])
    sheet["A2"].comment = Comment("หมายเหตุ", "สำนักงาน")
    rule = DataValidation(type="list", formula1='"ก,ข"')
    rule.add("A2:A10")
    sheet.add_data_validation(rule)
    yellow = PatternFill(bgColor="FFFF00", fill_type="solid")
    sheet.conditional_formatting.add("B2:B10", CellIsRule("greaterThan", ["5"], fill=yellow))
    sheet.merge_cells("A15:C15")
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    sheet.column_dimensions["B"].width = 18
    sheet.row_dimensions[6].hidden = True
    book.defined_names["ยอด"] = DefinedName("ยอด", attr_text=f"'{TAB}'!$B$2:$B$10")
    other = book.create_sheet(OTHER)
    for cells in (["ชื่อ", "จำนวน"], ["ก", 1], ["ข", 2]):
        other.append(cells)
    other.add_table(Table(displayName="เปิด", ref="A1:B3"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=10), titles_from_data=True)
    other.add_chart(chart, "F2")
    book.save(saved)
    return saved.getvalue()
