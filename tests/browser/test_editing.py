"""A register is edited on the page: typed, undone, saved; a clash waits and is settled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.served import Served, kongthun
from services.store.xlsx_folder import XlsxFolder
from tests.browser.window import Window
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

YEAR = 2565
FIRST_CELL = (60, 52)
"""Of the editor's first column and row, from its corner."""
MARKER = (18, 52)
"""Of the box that chooses a table's first row."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_workbook(tmp_path / f"data/{YEAR}/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre(2)))
    return tmp_path / "data"


@pytest.fixture
def here(chromium: str, data: Path, tmp_path: Path) -> Iterator[Served]:
    assert chromium
    told = {"KONGTHUN_DATA": str(data), "KONGTHUN_HISTORY": str(tmp_path / "history")}
    with kongthun(tmp_path / "server.log", told) as server:
        yield server


@pytest.fixture
def window(browser: Browser, here: Served) -> Iterator[Window]:
    context = browser.new_context(viewport={"width": 1400, "height": 1100}, locale="th-TH")
    yield Window(context.new_page(), here.address)
    context.close()


def tab(data: Path, name: str) -> list[list[object]]:
    store = XlsxFolder(data)
    book = store.read(store.workbooks(YEAR)[0], YEAR)
    assert book is not None
    return [list(row) for one in book.tabs if one.name == name for row in one.rows]


def types(window: Window, column: int, text: str) -> None:
    """Into a cell of the first row (`column` from 0)."""
    page = window.page
    page.locator("[data-testid=glide-cell-1-0]").wait_for(state="attached")
    box = page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + FIRST_CELL[0], box["y"] + FIRST_CELL[1])
    for number in range(column + 1):
        if number:
            page.keyboard.press("ArrowRight")
        chosen = f"[role=gridcell][aria-selected=true][aria-colindex='{number + 1}']"
        page.locator(chosen).first.wait_for(state="attached")
    page.keyboard.press("Enter")
    editor = page.locator("#portal textarea").first
    editor.fill(text)
    editor.press("Enter")
    editor.wait_for(state="detached")
    window.settled()


def presses(window: Window, name: str) -> None:
    window.page.get_by_role("button", name=re.compile(f"{name}$")).last.click()
    window.settled()


def says(window: Window, words: str) -> None:
    window.page.get_by_text(words).first.wait_for(timeout=15_000)


def edits(window: Window) -> None:
    window.goes_to(f"registers?year={YEAR}&district=เมืองพะเยา&register=ศูนย์")
    window.page.get_by_text("แก้ไข", exact=True).click()
    says(window, "ยังไม่มีอะไรถูกเขียน")
    window.settled()


def test_typed_undone_saved_and_a_clash_settled(window: Window, data: Path) -> None:
    before = tab(data, "ศูนย์")
    name = before[0].index("ชื่อศูนย์")
    edits(window)
    types(window, name, "ศูนย์ผิด")
    says(window, "พิมพ์แล้ว 1 ช่อง")
    presses(window, "เลิกทำ")
    says(window, "ยังไม่มีอะไรถูกเขียน")
    types(window, name, "=ศูนย์ใหม่")
    says(window, "พิมพ์แล้ว 1 ช่อง")
    presses(window, "บันทึก")
    says(window, "จะเปลี่ยนดังนี้")
    assert tab(data, "ศูนย์") == before
    presses(window, "ยืนยันบันทึก")
    says(window, "บันทึกแล้ว 1 ช่อง")
    assert tab(data, "ศูนย์")[1][name] == "=ศูนย์ใหม่", tab(data, "ศูนย์")

    types(window, name, "ศูนย์บนหน้า")
    says(window, "พิมพ์แล้ว 1 ช่อง")  # and meanwhile somebody saves the file
    rows = tab(data, "ศูนย์")
    rows[1][name] = "ศูนย์ในชีต"
    tabs = [one for one in tabs_of(finished_centre(2)) if one.name != "ศูนย์"]
    write_workbook(data / f"{YEAR}/5601 เมืองพะเยา.xlsx", [type(tabs[0])("ศูนย์", rows), *tabs])  # type: ignore[arg-type]
    presses(window, "บันทึก")
    says(window, "จะเปลี่ยนดังนี้")
    presses(window, "ยืนยันบันทึก")
    says(window, "มี 1 ช่องที่ค่าในชีตเปลี่ยนไปแล้ว")
    assert tab(data, "ศูนย์")[1][name] == "ศูนย์ในชีต"

    window.goes_to(f"?year={YEAR}")
    says(window, "มี 1 ช่องรอตัดสิน")
    window.goes_to(f"conflicts?year={YEAR}")
    says(window, "ศูนย์ในชีต")
    says(window, "ศูนย์บนหน้า")
    presses(window, "ใช้ค่าที่พิมพ์")
    says(window, "ไม่มีช่องที่รอตัดสิน")
    assert tab(data, "ศูนย์")[1][name] == "ศูนย์บนหน้า"

    window.goes_to(f"history?year={YEAR}")
    says(window, "รายการล่าสุด")
    canvas = window.page.locator("[data-testid=stDataFrame] canvas").first
    box = canvas.bounding_box()
    assert box is not None
    window.page.mouse.click(box["x"] + MARKER[0], box["y"] + MARKER[1])
    presses(window, "คืนค่าเดิม")
    says(window, "บันทึกแล้ว 1 ช่อง")
    assert tab(data, "ศูนย์")[1][name] == "ศูนย์ในชีต"
    assert window.troubles == []
