"""Workbooks written for the tests of the stores, by two different writers."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook as PlainBook
from xlsxwriter import Workbook as CalculatedBook

from services.store.base import RawTab, RawWorkbook, WorkbookRef
from services.store.xlsx_folder import XlsxFolder

YEAR = 2565


def with_results(fill: Callable[[CalculatedBook], None]) -> bytes:
    """Write a workbook whose formulas carry the result a spreadsheet worked out."""
    out = BytesIO()
    with CalculatedBook(out) as book:
        fill(book)
    return out.getvalue()


def never_calculated(*tabs: RawTab) -> bytes:
    """Write tabs as a program does that works out no formula; faults become their cause."""
    book = PlainBook()
    book.remove(book.worksheets[0])
    for tab in tabs:
        sheet = book.create_sheet(tab.name)
        for number, row in enumerate(tab.rows, 1):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(number, place)
                fault = tab.faults.get((number - 1, place - 1))
                if fault is not None:
                    cell.value = fault.shown
                    cell.data_type = "e" if fault.kind == "formula_error" else "f"
                elif value != "":
                    cell.value = value
                    cell.data_type = "s" if isinstance(value, str) else cell.data_type
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put(folder: Path, name: str, content: bytes) -> XlsxFolder:
    """Put a file into the year's folder."""
    place = folder / str(YEAR)
    place.mkdir(exist_ok=True)
    (place / name).write_bytes(content)
    return XlsxFolder(folder)


def refs(store: XlsxFolder) -> dict[str, tuple[str | None, str | None]]:
    """Tell district and trouble of every file listed, by name."""
    return {ref.name: (ref.district, ref.trouble) for ref in store.workbooks(YEAR)}


def only(store: XlsxFolder) -> WorkbookRef:
    """Give the folder's only workbook."""
    (ref,) = store.workbooks(YEAR)
    return ref


def opened(store: XlsxFolder) -> RawWorkbook:
    """Read the folder's only workbook."""
    book = store.read(only(store), YEAR)
    assert book is not None
    return book


def first_tab(folder: Path, content: bytes) -> RawTab:
    """Read the first tab of these bytes."""
    book = opened(put(folder, "5601.xlsx", content))
    assert book.trouble is None
    return book.tabs[0]
