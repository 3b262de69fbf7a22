"""Workbooks of an invented province, typed the way people type; the same seed, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from random import Random

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bench.invented import Invented, Size
from bench.typist import Formula, Percent, Typed, Typist
from services.normalise.workbook import registers_of
from sheets_schema.loader import programme, province
from sheets_schema.model import Register
from sheets_schema.places import District

YEAR = 2565
MADE_ON = datetime(2022, 7, 19)  # noqa: DTZ001 – a fixed mark: the same content is the same file
TITLE = "แบบบันทึกข้อมูล (ข้อมูลสมมติสำหรับวัดความเร็ว)"
FORMATS = {"day": "dd/mm/yyyy", "percent": "0%", "money": "#,##0.00", "text": "@"}


@dataclass(frozen=True)
class Hand:
    """An office's way with sheets: which of people's habits stand in its workbook."""

    title_rows: int
    total_row: bool
    worked_out: bool
    ticks: bool
    percent_cells: bool
    numbered: bool

    @classmethod
    def of(cls, place: int) -> Hand:
        """Each habit in some of the nine districts, no two districts alike."""
        return cls(
            title_rows=place % 3,
            total_row=place % 2 == 1,
            worked_out=place % 4 == 1,
            ticks=place % 4 == 0,
            percent_cells=place % 3 == 0,
            numbered=place % 3 == 1,
        )


def workbook(place: int, debts: int, seed: int) -> bytes:
    """One district's workbook, by the district's place in the province from 0."""
    district, year = province().districts[place], programme(YEAR)
    chance, hand = Random(f"{seed}-{district.code}"), Hand.of(place)
    typist = Typist(chance, hand.ticks, hand.percent_cells)
    invented = Invented(district, year, Size(debts), chance)
    held = BytesIO()
    file = Workbook(held, {"in_memory": True})
    file.set_properties({"created": MADE_ON})
    formats = {name: file.add_format({"num_format": code}) for name, code in FORMATS.items()}
    for register in registers_of(year).values():
        if register.code in year.registers:
            tab = _Tab(file.add_worksheet(register.tab), formats)
            tab.write(register, hand, _typed(register, invented, typist, hand))
    file.close()
    return held.getvalue()


def _typed(
    register: Register, invented: Invented, typist: Typist, hand: Hand
) -> Iterator[dict[str, Typed]]:
    """The register's rows as they are typed, every column filled."""
    for number, row in enumerate(invented.rows(register.code), 1):
        typed = {
            column.code: typist.types(
                column, row[column.code] if column.code in row else invented.filler(column)
            )
            for column in register.columns
        }
        if register.code == "debts" and hand.numbered:
            typed["debt_id"] = float(number)
        yield typed


@dataclass(frozen=True)
class _Tab:
    """One tab being written."""

    sheet: Worksheet
    formats: dict[str, Format]

    def write(self, register: Register, hand: Hand, rows: Iterator[dict[str, Typed]]) -> None:
        """Titles, headers, rows, and the total below them."""
        codes = [column.code for column in register.columns]
        for number in range(hand.title_rows):
            self.sheet.write_string(number, 0, TITLE)
        for place, column in enumerate(register.columns):
            self.sheet.write_string(hand.title_rows, place, column.header)
        first = last = hand.title_rows + 1
        for last, row in enumerate(rows, first):
            if register.code == "debts" and hand.worked_out:
                _work_out(row, codes, last)
            for place, code in enumerate(codes):
                self._put(last, place, row[code])
        if register.code == "debts" and hand.total_row:
            self.sheet.write_string(last + 1, 0, "รวม")
            letter = _letter(codes.index("outstanding"))
            total = f"=SUM({letter}{first + 1}:{letter}{last + 1})"
            self.sheet.write_formula(last + 1, codes.index("outstanding"), total, None, 1.0)

    def _put(self, row: int, column: int, value: Typed) -> None:
        if value is None:
            return
        if isinstance(value, str):
            self.sheet.write_string(row, column, value)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value)
        elif isinstance(value, date):
            day = datetime.combine(value, time())
            self.sheet.write_datetime(row, column, day, self.formats["day"])
        elif isinstance(value, Percent):
            self.sheet.write_number(row, column, value.hundredths, self.formats["percent"])
        elif isinstance(value, Formula):
            self.sheet.write_formula(row, column, value.text, None, value.shown)
        else:
            self.sheet.write_number(row, column, value)


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _work_out(row: dict[str, Typed], codes: list[str], number: int) -> None:
    """Let the sheet subtract, where both amounts are numbers."""
    principal, repaid = row["principal"], row["repaid"]
    if isinstance(principal, float) and isinstance(repaid, float):
        cells = (f"{_letter(codes.index(code))}{number + 1}" for code in ("principal", "repaid"))
        row["outstanding"] = Formula("=" + "-".join(cells), principal - repaid)


def path_of(folder: Path, district: District) -> Path:
    """Where a district's workbook stands."""
    return folder / str(YEAR) / f"{district.code} {district.name}.xlsx"


def write_province(folder: Path, rows: int, seed: int) -> list[Path]:
    """Write every district's workbook; `rows` are the debts of all together."""
    (folder / str(YEAR)).mkdir(parents=True)
    districts = province().districts
    paths: list[Path] = []
    for place, district in enumerate(districts):
        debts = rows // len(districts) + (place < rows % len(districts))
        path = path_of(folder, district)
        path.write_bytes(workbook(place, debts, seed))
        paths.append(path)
    return paths
