"""A district's year becomes a workbook; what is odd is noted with the cell it was written into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from services.cells import Cell, column_letters
from services.demo.dice import Dice
from services.demo.layout import COUNTER, LOOKS, sheet_of, titles
from services.demo.people import officer_name
from services.demo.rows import Ledger, Row
from services.demo.spelling import Typist
from services.demo.submissions import write_submissions
from services.normalise.locate import ROW_ID
from services.normalise.workbook import registers_of
from services.template import Book, Formula, Sheet, Written
from sheets_schema.loader import programme
from sheets_schema.model import Register
from sheets_schema.places import District

INVENTED = "ข้อมูลสมมติ"
REMARKS = ("ตรวจแล้ว", "รอเอกสาร", "โทรสอบถามแล้ว")
DOTS = "." * 30


@dataclass(frozen=True)
class Seeded:
    """A finding somebody should see, and where it was written."""

    code: str
    register: str
    cell: Cell | None


def workbook_name(district: District) -> str:
    """The file's name in its year's folder."""
    return f"{district.code} {district.name}.xlsx"


class DistrictBook:
    """One district's workbook of one year while it is written."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin the workbook in the district's look and its officer's hand."""
        self.ledger = ledger
        self.name = workbook_name(ledger.district)
        self.seeded: list[Seeded] = []
        self._look = LOOKS[ledger.district.code]
        self._hand = Typist(f"{ledger.year} {ledger.district.code}")
        self._chance = Dice(f"rows of {ledger.year} {ledger.district.code}")
        self._book = Book()

    def written(self) -> bytes:
        """Write every tab and give the file's bytes."""
        _say_invented(self._book)
        year = programme(self.ledger.year)
        for code, register in registers_of(year).items():
            if code in self.ledger.without_tab:
                self.seeded.append(Seeded("missing_tab", code, None))
            elif code in year.registers or code in self.ledger.rows:
                self._register(register)
        if self._look.own_tab:
            own = self._book.file.add_worksheet(self._look.own_tab)
            own.write_string(1, 1, "ส่งรายงานให้จังหวัดก่อนวันประชุมประจำเดือน")
        write_submissions(self._book, self.ledger.year, self.ledger.district)
        return self._book.finished()

    def _register(self, register: Register) -> None:
        sheet = sheet_of(self.ledger, register, self._look)
        rows = self.ledger.rows.get(register.code, [])
        typed = [self._typed(register, sheet, row, number) for number, row in enumerate(rows, 1)]
        tab = self._book.write_register(sheet, typed)
        for number, title in enumerate(titles(self.ledger, register, self._look)):
            tab.merge_range(number, 0, number, len(sheet.headings) - 1, title, self._book.title)
        first = sheet.header_row + 1
        for number, row in enumerate(rows, first):
            self._note(register, sheet, row, number)
        self._note_headers(register, sheet)
        if rows:
            self._close(tab, register, sheet, typed)

    def _typed(self, register: Register, sheet: Sheet, row: Row, number: int) -> dict[str, Written]:
        """The row as the officer types it, with its row id and the office's own columns."""
        cells: dict[str, Written] = {ROW_ID: f"{self._chance.getrandbits(48):012x}"}
        for column, header in sheet.headings:
            if column is not None:
                value = self._hand.types(column, row.cells.get(column.code))
                if value is not None and value != "":
                    cells[column.code] = value
            elif header == COUNTER:
                cells[header] = number
            elif header == self._look.own_column and self._chance.happens(20):
                cells[header] = self._chance.choice(REMARKS)
        lost = self.ledger.without_header.get(register.code)
        if lost:
            header = next(h for column, h in sheet.headings if column is None and h != COUNTER)
            cells[header] = row.text(lost)
        return cells

    def _note(self, register: Register, sheet: Sheet, row: Row, number: int) -> None:
        """Note the row's oddities with their cells; `number` is the sheet row from 0."""
        for code, column in row.odd:
            cell = self._cell(sheet, sheet.place(column), number)
            self.seeded.append(Seeded(code, register.code, cell))

    def _note_headers(self, register: Register, sheet: Sheet) -> None:
        top, twice = sheet.header_row, self.ledger.twice.get(register.code)
        if twice:
            header = sheet.headings[sheet.place(twice)][1]
            for place, heading in enumerate(sheet.headings):
                if heading[1] == header:
                    cell = self._cell(sheet, place, top)
                    self.seeded.append(Seeded("header_twice", register.code, cell))
        if register.code in self.ledger.without_header:
            cell = self._cell(sheet, sheet.place(ROW_ID) + 1, top)
            self.seeded.append(Seeded("header_missing", register.code, cell))
        if register.code in self.ledger.strange_tab:
            self.seeded.append(Seeded("value_assumed", register.code, self._cell(sheet, 0, top)))

    def _cell(self, sheet: Sheet, column: int, row: int) -> Cell:
        return Cell(self.name, sheet.name, f"{column_letters(column)}{row + 1}")

    def _close(
        self, tab: Worksheet, register: Register, sheet: Sheet, typed: list[dict[str, Written]]
    ) -> None:
        """The total row with its sum, what was typed below it, and the signature."""
        row = sheet.header_row + 1 + len(typed)
        if self._look.total:
            tab.write_string(row, 0, "รวม")
            for place, total in _sums(sheet, typed):
                self._book.put(tab, row, place, total)
            row += 1
        for late in self.ledger.under_total.get(register.code, []):
            row += 1
            for code, value in self._typed(register, sheet, late, row).items():
                self._book.put(tab, row, sheet.place(code), value)
            self._note(register, sheet, late, row)
        if self._look.signed:
            tab.write_string(row + 2, 1, f"ลงชื่อ {DOTS} ผู้รายงาน")
            tab.write_string(row + 3, 1, f"({officer_name(self.ledger.district)})")


def _sums(sheet: Sheet, typed: list[dict[str, Written]]) -> Iterator[tuple[int, Formula]]:
    """A sum under each column of money: sheets add up numbers and pass over texts."""
    first, last = sheet.header_row + 2, sheet.header_row + 1 + len(typed)
    for place, (column, _) in enumerate(sheet.headings):
        if column is not None and column.type == "baht":
            cells = (row.get(column.code) for row in typed)
            total = sum(cell for cell in cells if isinstance(cell, (int, float)))
            letters = column_letters(place)
            yield place, Formula(f"=SUM({letters}{first}:{letters}{last})", total)


def _say_invented(book: Book) -> None:
    """The first tab of every workbook says what this is."""
    tab = book.file.add_worksheet(INVENTED)
    tab.set_column(0, 0, 100, book.words)
    tab.write_string(0, 0, INVENTED, book.title)
    tab.write_string(1, 0, "บุคคล หมู่บ้าน และจำนวนเงินในแฟ้มนี้สมมติขึ้นทั้งหมด ชื่ออำเภอและตำบลเป็นของจริง")
