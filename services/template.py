"""A blank district workbook: headers, drop-downs, notes, frozen header row, hidden row ids.

Everything in it comes from the registers and the year's programme; the demo province is written
with the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.errors import NotWrittenError
from services.issues import reason
from services.normalise.dates import thai_days
from services.normalise.locate import ROW_ID
from services.normalise.tables import accepted
from services.normalise.workbook import registers_of
from services.present.book import A4, NewWorkbook
from services.store.xlsx_folder import XlsxFolder
from sheets_schema.loader import province
from sheets_schema.model import Column, ColumnType, Programme, Register
from sheets_schema.places import District

READ_FIRST = "อ่านก่อน"
READ_FIRST_WIDTHS = (26, 90)
YES_NO = ("ใช่", "ไม่")
ROWS_PREPARED = 1000
"""Rows below the header that get drop-downs."""
FEW_NUMBERS = 10
"""A column whose bounds leave at most this many whole numbers gets them as a drop-down."""
LIST_LENGTH = 255
"""A sheet program holds no longer drop-down than this, commas included."""
NARROWEST, WIDEST = 11, 30
NUMBER_FORMATS: Mapping[ColumnType, str] = {
    "text": "@",
    "date": "@",
    "moment": "@",
    "choice": "@",
    "yesno": "@",
    "int": "0",
    "percent": "@",
    "baht": "#,##0.00",
}
"""Dates are text, so that 26/07 of a Buddhist year stays as typed and 00401 keeps its zeros.

Percents too: stored as 0.06 under a number's format, nothing tells 6% from 0.06."""
FONT_SIZE = 14
REQUIRED_COLOURS, OPTIONAL_COLOURS = ("#1F5673", "#FFFFFF"), ("#E3EEF3", "#000000")
"""Ground and letters of a header."""


@dataclass(frozen=True)
class Formula:
    """A cell that is worked out; `shown` is its last result, blank if nobody has worked it out."""

    text: str
    shown: str | float = ""


@dataclass(frozen=True)
class Number:
    """A number shown in a format that changes what it means: 401 as 00401, 0.06 as 6%."""

    value: float
    shown_as: str


Written = str | int | float | date | Formula | Number
Heading = tuple[Column | None, str]
"""A column of the register with the header that stands over it; None: the office's own column."""


@dataclass(frozen=True)
class Sheet:
    """How a register stands on its tab: its columns from the left, `header_row` from 0."""

    name: str
    headings: tuple[Heading, ...]
    header_row: int = 0

    @classmethod
    def plain(cls, register: Register) -> Sheet:
        """The register's own headers in its own order, in the first row."""
        return cls(register.tab, tuple((column, column.header) for column in register.columns))

    def place(self, code: str) -> int:
        """Sheet column from 0 of a column by its code, or of the product's row ids."""
        if code == ROW_ID:
            return len(self.headings)
        codes = [column.code if column else header for column, header in self.headings]
        return codes.index(code)


class Book(NewWorkbook):
    """A district's workbook being written: registers, notes and drop-downs."""

    def __init__(self) -> None:
        """Begin an empty workbook; the same content always gives the same bytes."""
        super().__init__(FONT_SIZE)
        self.title = self.format(bold=True, font_size=18)
        self.words = self.format(text_wrap=True, valign="top")
        head: dict[str, Any] = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        ground, letters = REQUIRED_COLOURS
        self.required = self.format(**head, bg_color=ground, font_color=letters)
        self.optional = self.format(**head, bg_color=OPTIONAL_COLOURS[0])

    def shown_as(self, number_format: str) -> Format:
        """The cell format of a number format."""
        return self.format(num_format=number_format)

    def put(self, tab: Worksheet, row: int, column: int, value: Written) -> None:
        """Write one cell as what it is: text stays text, and is never a formula."""
        if isinstance(value, Formula):
            tab.write_formula(row, column, value.text, None, value.shown)
        elif isinstance(value, Number):
            tab.write_number(row, column, value.value, self.shown_as(value.shown_as))
        elif isinstance(value, date):
            tab.write_datetime(row, column, value, self.shown_as("dd/mm/yyyy"))
        elif isinstance(value, str):
            tab.write_string(row, column, value)
        else:
            tab.write_number(row, column, value)

    def write_register(self, sheet: Sheet, rows: Iterable[Mapping[str, Written]] = ()) -> Worksheet:
        """Add the register's tab: header row with notes and drop-downs, then the rows below it.

        A row holds its cells by column code (an office's own column: by its header) and its row id.
        """
        tab = self.file.add_worksheet(sheet.name)
        for place, (column, header) in enumerate(sheet.headings):
            self._write_heading(tab, sheet.header_row, place, column, header)
        last = sheet.place(ROW_ID)
        tab.write_string(sheet.header_row, last, ROW_ID, self.optional)
        tab.set_column(last, last, NARROWEST, self.shown_as("@"), {"hidden": True})
        tab.freeze_panes(sheet.header_row + 1, 0)
        tab.set_landscape()
        tab.set_paper(A4)
        tab.fit_to_pages(1, 0)
        tab.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        tab.repeat_rows(sheet.header_row)
        for number, row in enumerate(rows, sheet.header_row + 1):
            for code, value in row.items():
                self.put(tab, number, sheet.place(code), value)
        return tab

    def _write_heading(
        self, tab: Worksheet, row: int, place: int, column: Column | None, header: str
    ) -> None:
        if column is None:
            tab.set_column(place, place, width(header))
            tab.write_string(row, place, header, self.optional)
            return
        tab.set_column(place, place, width(header), self.shown_as(NUMBER_FORMATS[column.type]))
        tab.write_string(row, place, header, self.required if must(column) else self.optional)
        tab.write_comment(row, place, note(column), {"x_scale": 2, "font_size": 10})
        offered = drop_down(column)
        if offered:
            tab.data_validation(row + 1, place, row + ROWS_PREPARED, place, _offer(offered))


def _offer(offered: Sequence[str]) -> dict[str, Any]:
    """A drop-down that reminds and never forbids: the office types freely."""
    return {
        "validate": "list",
        "source": list(offered),
        "error_type": "information",
        "error_title": "คำที่ไม่อยู่ในรายการ",
        "error_message": "เลือกคำในรายการ หรือใช้คำที่พิมพ์ต่อไปก็ได้ แล้วแก้ภายหลัง",
    }


def width(header: str) -> int:
    """How wide a column stands, in letters."""
    return min(max(len(header) + 2, NARROWEST), WIDEST)


def must(column: Column) -> bool:
    """Whether the header is shown as one to fill in."""
    return column.required or column.required_unless is not None


def drop_down(column: Column) -> tuple[str, ...]:
    """What the column's drop-down offers; nothing where people type freely."""
    if column.type == "choice":
        return column.choices if len(",".join(column.choices)) <= LIST_LENGTH else ()
    if column.type == "yesno":
        return YES_NO
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and high - low <= FEW_NUMBERS:
        return tuple(str(number) for number in range(low, high + 1))
    return ()


def note(column: Column) -> str:
    """What stands in the header's note: what it is for, what it takes, whether it is a draft."""
    lines = [column.help, f"รับ: {accepted(column)}", reason("draft") if column.draft else ""]
    return "\n".join(line for line in lines if line)


def _instructions(programme: Programme, district: District | None) -> Iterator[str]:
    example = thai_days(programme.last_day)
    yield f"ปีงบประมาณ พ.ศ. {programme.year} ({thai_days(programme.first_day)} ถึง {example})"
    if district is not None:
        yield f"อำเภอ{district.name} จังหวัด{province().name} รหัสอำเภอ {district.code}"
    yield from (
        f"ที่มา: {programme.source}",
        "แท็บและคอลัมน์ในแฟ้มนี้เป็น «ร่าง – ยังไม่ใช่แบบของกรมฯ» ใช้แทนกันไม่ได้กับแบบที่กรมฯ จะส่งมา",
        "หัวคอลัมน์สีเข้มต้องกรอก สีอ่อนกรอกเมื่อมี ชี้ที่หัวคอลัมน์เพื่อดูคำอธิบาย",
        f"วันที่: พิมพ์วัน/เดือน/ปี พ.ศ. สี่หลัก เช่น {example} หรือเขียนเดือนเป็นคำ",
        "เงิน: พิมพ์เป็นบาท เช่น 1,500 หรือ 1,500.50 ช่องว่างคือยังไม่รู้ ถ้าไม่มีเงินจริงให้พิมพ์ 0",
        "ใช่/ไม่: เลือกจากรายการ หรือพิมพ์ ✓ / Y / 1 และ ✗ / N / 0",
        "รหัส: ใช้รหัสเดิมทุกแท็บและทุกปี ศูนย์ที่ขึ้นต้นรหัสไม่หาย",
        "เพิ่มแท็บ คอลัมน์ สี หรือสูตรของสำนักงานเองได้ ย้ายคอลัมน์ได้",
        f"คอลัมน์ {ROW_ID} ที่ซ่อนไว้ท้ายแต่ละแท็บเป็นของโปรแกรม โปรดอย่าพิมพ์ทับ",
    )


def read_first(
    programme: Programme, district: District | None = None
) -> tuple[tuple[str, str], ...]:
    """What this workbook is and how to type into it, row by row in two columns."""
    tabs = (
        (
            f"แท็บ «{register.tab}»",
            register.help + ("" if code in programme.registers else " (มีหรือไม่มีก็ได้)"),
        )
        for code, register in registers_of(programme).items()
    )
    lines = (("", line) for line in _instructions(programme, district))
    return (programme.title, ""), ("", ""), *lines, ("", ""), *tabs


def write_read_first(book: Book, programme: Programme, district: District) -> Worksheet:
    """Add the tab that says what this workbook is and how to type into it."""
    tab = book.file.add_worksheet(READ_FIRST)
    tab.hide_gridlines(2)
    for place, letters in enumerate(READ_FIRST_WIDTHS):
        tab.set_column(place, place, letters, book.words)
    (title, _), *rows = read_first(programme, district)
    tab.write_string(0, 0, title, book.title)
    for number, row in enumerate(rows, 1):
        for place, words in enumerate(row):
            if words:
                tab.write_string(number, place, words)
    return tab


def blank_workbook(programme: Programme, district: District) -> bytes:
    """The year's blank workbook of a district."""
    book = Book()
    write_read_first(book, programme, district)
    for register in registers_of(programme).values():
        book.write_register(Sheet.plain(register))
    return book.finished()


def write_template(folder: Path, programme: Programme, district: str) -> Path:
    """Write `<folder>/<year>/<district code> <name>.xlsx`, where the district has no workbook yet.

    Raises:
        NotWrittenError: the district has a workbook of that year, or the folder refuses one.
    """
    place = province().by_code[district]
    path = folder / str(programme.year) / f"{place.code} {place.name}.xlsx"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for ref in XlsxFolder(folder).workbooks(programme.year):
            if ref.district == district:
                raise NotWrittenError(str(path.with_name(ref.name)), exists=True)
        with path.open("xb") as file:
            file.write(blank_workbook(programme, place))
    except OSError as refusal:
        raise NotWrittenError(str(path), exists=False) from refusal
    return path
