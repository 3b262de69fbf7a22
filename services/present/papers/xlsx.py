"""Papers as a workbook: one tab each, set up for A4; dates and numbers are real ones.

Totals are compute's figures written as numbers, not SUM formulas: those of before and after run
over households with both, which is not the sum of the column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from math import ceil
from unicodedata import category

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.issues import reason
from services.normalise.numbers import SATANG
from services.present.book import A4, FONT_NAME, NewWorkbook
from services.present.papers.notes import DRAFT_MARK
from services.present.papers.paper import Paper, Value
from services.present.papers.thai_words import thai_day
from sheets_schema.forms import Kind

FONT_SIZE = 16
MILLIMETRES_PER_CHARACTER = 2.1
"""A sheet's unit of width, one digit of the font, on paper."""
LINE_HEIGHT, HIGHEST_ROW = 22, 409
"""Of a line of text, and of what a sheet program takes for a row, in points."""
LETTER_WIDTH, NARROW_WIDTH = 2.05, 1.0
"""Of an average letter, and of a dot or space, in millimetres: heights are reckoned by them."""
LOST = 5
"""Millimetres of a line that borders and the last word leave empty."""
ACROSS, ALONG = 160, 247
"""What the margins leave of an upright page and of a lying one, in millimetres."""
NO_WIDTH = "Mn"
"""What Unicode calls vowels and tone marks above and below."""
CENTIMETRES_PER_INCH = 2.54
NO_NAME = re.compile(r"[\[\]:*?/\\']")
"""Signs a tab's name cannot hold."""
LONGEST_NAME = 31
LONGEST_TEXT = 32_767
"""Letters a cell holds; xlsxwriter leaves a longer text out without a word."""
THAI = "[$-D00041E]"
"""Thai numerals; with 07 a Buddhist year as well."""
NUMBER_FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "int": f"{THAI}#,##0",
    "mark": f"{THAI}#,##0",
    "baht": f"{THAI}#,##0.00_-",
    "percent": f"{THAI}#,##0.00_-",
    "date": "[$-D07041E]d mmm yy",
}
SIDES: Mapping[Kind, str] = {
    "text": "left",
    "int": "center",
    "mark": "center",
    "baht": "right",
    "percent": "right",
    "date": "center",
}


def workbook(papers: Sequence[Paper]) -> bytes:
    """The papers' workbook; equal papers give equal bytes."""
    book = NewWorkbook(FONT_SIZE)
    for paper in papers:
        name = NO_NAME.sub("-", paper.tab)[:LONGEST_NAME]
        _Tab(book, book.file.add_worksheet(name), paper).write()
    return book.finished()


class _Tab:
    """One paper being written on its tab, from the top down."""

    def __init__(self, book: NewWorkbook, tab: Worksheet, paper: Paper) -> None:
        self.book = book
        self.tab = tab
        self.paper = paper
        self.row = 0
        self.last = len(paper.columns) - 1
        self.width = sum(column.width for column in paper.columns)
        self.scale = max(1.0, self.width / (ACROSS if paper.portrait else ALONG))

    def write(self) -> None:
        """Write every part of the paper."""
        self._set_up_page()
        self._across(self.paper.title, bold=True, align="center")
        for line in self.paper.subtitles:
            self._across(line, align="center")
        for line in self.paper.lines:
            self._across(line, align="left")
        self._header()
        for row in self.paper.rows:
            self._line(row)
        if self.paper.totals is not None:
            self._totals(self.paper.totals)
        self._notes()
        self._signatures()

    def _set_up_page(self) -> None:
        paper, tab = self.paper, self.tab
        tab.set_paper(A4)
        (tab.set_portrait if paper.portrait else tab.set_landscape)()
        left, right, rest = (cm / CENTIMETRES_PER_INCH for cm in (3, 2, 2))
        tab.set_margins(left=left, right=right, top=rest, bottom=rest)
        tab.fit_to_pages(1, 0)
        tab.hide_gridlines(2)
        footer = f'&C&"{FONT_NAME},Regular"&14{self._footer()}'
        tab.set_footer(footer, {"scale_with_doc": False})
        tab.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for place, column in enumerate(paper.columns):
            tab.set_column(place, place, column.width / MILLIMETRES_PER_CHARACTER)

    def _footer(self) -> str:
        """The day and the snapshot of the data, and the page; a sheet program counts pages."""
        page = reason("paper_page", page="&P", pages="&N")
        if self.paper.snapshot is None:
            return page
        as_of = thai_day(self.paper.as_of)
        return reason("paper_footer", as_of=as_of, snapshot=self.paper.snapshot, page=page)

    def _across(self, text: str, *, bold: bool = False, align: str) -> None:
        """Write one text over the paper's whole width, as high as it needs."""
        self._merged(0, self.last, text, self._around_table(align, bold=bold))
        self._finish_line(_lines_of(text, self.width / self.scale))

    def _around_table(self, align: str, *, bold: bool = False) -> Format:
        """Words above and below the table print in full size, however wide the table is."""
        size = round(FONT_SIZE * self.scale)
        return self.book.format(**_words(align), bold=bold, font_size=size)

    def _finish_line(self, lines: int = 1) -> None:
        """A merged cell does not grow by itself."""
        self._end_row(LINE_HEIGHT * self.scale * lines)

    def _end_row(self, height: float) -> None:
        self.tab.set_row(self.row, min(height, HIGHEST_ROW))
        self.row += 1

    def _merged(self, first: int, last: int, text: str, shown: Format) -> None:
        """Write a text over several columns; never a formula."""
        if first < last:
            self.tab.merge_range(self.row, first, self.row, last, "", shown)
        self.tab.write_string(self.row, first, _fitting(text), shown)

    def _header(self) -> None:
        shown = self.book.format(**_words("center"), bold=True, border=1, bg_color="#E8EEF1")
        some, lines = not all(column.draft for column in self.paper.columns), [1]
        for place, column in enumerate(self.paper.columns):
            header = column.header + (DRAFT_MARK if some and column.draft else "")
            self.tab.write_string(self.row, place, header, shown)
            lines.append(_lines_of(header, column.width))
        self.tab.repeat_rows(self.row)
        self._end_row(LINE_HEIGHT * max(lines))
        self.tab.freeze_panes(self.row, 0)

    def _line(self, row: Sequence[Value]) -> None:
        """Write one row of the table, as high as its texts need: not every program sees to it."""
        lines = [1]
        for place, (column, value) in enumerate(zip(self.paper.columns, row, strict=True)):
            self._cell(place, column.kind, value)
            if isinstance(value, str):
                lines.append(_lines_of(value, column.width))
        self._end_row(LINE_HEIGHT * max(lines))

    def _cell(self, place: int, kind: Kind, value: Value, *, bold: bool = False) -> None:
        """Write one value as what it is: text stays text, a blank stays blank."""
        number_format = NUMBER_FORMATS["percent" if isinstance(value, Decimal) else kind]
        side = SIDES[kind]
        shown = self.book.format(**_words(side), border=1, num_format=number_format, bold=bold)
        if value is None:
            self.tab.write_blank(self.row, place, None, shown)
        elif isinstance(value, str):
            self.tab.write_string(self.row, place, _fitting(value), shown)
        elif isinstance(value, date):
            self.tab.write_datetime(self.row, place, value, shown)
        else:
            number = Decimal(value) / SATANG if kind == "baht" else value
            self.tab.write_number(self.row, place, number, shown)

    def _totals(self, totals: Sequence[Value]) -> None:
        """The totals, and the word for them over the columns before the first."""
        first = next((place for place, value in enumerate(totals) if value is not None), 1)
        if first:
            shown = self.book.format(**_words("right"), border=1, bold=True)
            self._merged(0, first - 1, reason("paper_total"), shown)
        for place, value in enumerate(totals[first:], first):
            self._cell(place, self.paper.columns[place].kind, value, bold=True)
        self._end_row(LINE_HEIGHT)

    def _notes(self) -> None:
        self.row += 1
        for number, note in enumerate(self.paper.notes):
            self._across(note if number else reason("paper_notes", note=note), align="left")

    def _signatures(self) -> None:
        """Who signs, side by side under the table; a list to work through is not signed."""
        signers = self.paper.signatures
        if not signers:
            return
        self.row += 1
        shown = self._around_table("center")
        bounds = _shares([column.width for column in self.paper.columns], len(signers))
        for line in ("paper_sign", "paper_signer", "paper_position", "paper_signed_on"):
            for number, signer in enumerate(signers):
                text = reason(line, role=signer.role, position=signer.position)
                self._merged(bounds[number], bounds[number + 1] - 1, text, shown)
            self._finish_line()


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _words(align: str) -> dict[str, str | bool]:
    return {"text_wrap": True, "valign": "top", "align": align}


def _shares(widths: Sequence[int], shares: int) -> list[int]:
    """Where columns begin that part the width most evenly: the first, …, one behind the last."""
    starts = list(accumulate(widths, initial=0))
    ideal = [starts[-1] * share / shares for share in range(shares + 1)]
    return [min(range(len(starts)), key=lambda n: abs(starts[n] - at)) for at in ideal]


def _lines_of(text: str, width: float) -> int:
    """How many lines a text takes in so many millimetres."""
    signs = [sign for sign in text if category(sign) != NO_WIDTH]
    length = sum(NARROW_WIDTH if sign in ". " else LETTER_WIDTH for sign in signs)
    return max(1, ceil(length / (width - LOST)))
