"""The main paths of an officer: choose a district, see where a figure comes from, take a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

import openpyxl

from bench.served import kongthun
from services.demo import write_demo
from tests.browser.conftest import Opener
from tests.browser.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ORIGIN = "ที่มาของตัวเลข"
BUTTON = """() => document.activeElement.tagName === 'BUTTON'
  ? (document.activeElement.querySelector('p') ?? document.activeElement).innerText : ''"""


def address(window: Window) -> str:
    return unquote(window.page.url)


def choose_district(window: Window, name: str) -> None:
    page = window.page
    page.get_by_label("อำเภอ", exact=True).first.click()
    page.get_by_role("option", name=name).click()
    page.wait_for_url("**district=**")
    window.settled()


def test_a_chosen_district_stays_chosen_on_the_next_page(opened: Opener) -> None:
    window = opened("?year=2560")
    choose_district(window, "ดอกคำใต้")
    assert "district=ดอกคำใต้" in address(window)
    window.page.get_by_role("link", name="ลูกหนี้และผลการแก้หนี้").click()
    window.page.get_by_role("heading", name="ลูกหนี้และผลการแก้หนี้", level=1).wait_for()
    window.page.wait_for_url("**district=**")
    assert "district=ดอกคำใต้" in address(window)
    assert "year=2560" in address(window)
    assert window.page.get_by_label("อำเภอ", exact=True).first.input_value() == "ดอกคำใต้"
    assert window.troubles == []


def test_a_figure_opens_the_cells_it_rests_on(opened: Opener) -> None:
    window = opened("?district=เชียงม่วน")
    window.page.get_by_role("button", name=ORIGIN).first.click()
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_text("ช่องที่ใช้").wait_for()
    cells = dialog.get_by_test_id("stDataFrame").locator("[role=gridcell]")
    cells.first.wait_for(state="attached")
    assert "เชียงม่วน" in cells.all_inner_texts()
    window.page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert window.troubles == []


def test_the_keyboard_alone_opens_a_figures_origin(opened: Opener) -> None:
    window = opened()
    for _ in range(80):
        window.page.keyboard.press("Tab")
        if window.page.evaluate(BUTTON) == ORIGIN:
            break
    window.page.keyboard.press("Enter")
    window.page.get_by_role("dialog").get_by_text("ช่องที่ใช้").wait_for()


def test_a_paper_is_taken_under_its_thai_name(opened: Opener, tmp_path: Path) -> None:
    window = opened("papers?district=เมืองพะเยา")
    with window.page.expect_download() as taken:
        window.page.get_by_role("button", name="ดาวน์โหลด Excel").click()
    assert taken.value.suggested_filename == "แบบ ๑ 2565 5601 เมืองพะเยา.xlsx"
    taken.value.save_as(tmp_path / "paper.xlsx")
    tab = openpyxl.load_workbook(tmp_path / "paper.xlsx").active
    assert tab is not None
    texts = [str(cell.value) for row in tab.iter_rows() for cell in row]
    assert any(text.endswith("(แบบ ๑)") for text in texts)
    assert "5601-1-001" in texts
    assert window.troubles == []


def test_all_districts_come_in_one_file_after_its_progress(opened: Opener, tmp_path: Path) -> None:
    window = opened("papers?paper=เอกสาร ๒")
    window.page.get_by_role("button", name="เตรียม เอกสาร ๒ ทุกอำเภอ").click()
    ready = window.page.get_by_role("button", name="ดาวน์โหลด ZIP ทุกอำเภอ")
    ready.wait_for()
    with window.page.expect_download() as taken:
        ready.click()
    taken.value.save_as(tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as archive:
        names = archive.namelist()
    assert len(names) == 9
    assert names[0] == "เอกสาร ๒ 2565 5601 เมืองพะเยา.xlsx"


def test_a_picture_of_a_chart_and_its_table_are_taken(opened: Opener, tmp_path: Path) -> None:
    window = opened()
    window.page.get_by_role("button", name="ตารางและไฟล์").first.click()
    for name, start in (("PNG", b"\x89PNG"), ("CSV", b"\xef\xbb\xbf")):
        with window.page.expect_download() as taken:
            window.page.get_by_role("button", name=name, exact=True).first.click()
        taken.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)


def test_english_words_stay_english_on_the_next_page(opened: Opener) -> None:
    window = opened("?lang=en")
    window.page.get_by_role("link", name="Village ranking").click()
    window.page.get_by_role("heading", name="Village ranking", level=1).wait_for()
    window.page.wait_for_url("**lang=en**")


def test_on_a_phone_the_menu_is_one_touch_away(opened: Opener) -> None:
    window = opened("centres", width=Window.PHONE)
    window.page.get_by_test_id("stExpandSidebarButton").click()
    window.page.get_by_role("link", name="คุณภาพข้อมูล").click()
    window.page.get_by_role("heading", name="คุณภาพข้อมูล", level=1).wait_for()
    assert window.fits()


def test_behind_every_chart_stand_its_table_and_its_files(opened: Opener) -> None:
    """Two elements of one key would end the page."""
    for page in ("debtors", "indicators"):
        window = opened(page)
        count = window.page.get_by_role("button", name="ตารางและไฟล์").count()
        assert count
        for number in range(count):
            window.page.get_by_role("button", name="ตารางและไฟล์").nth(number).click()
            window.page.get_by_role("button", name="PNG", exact=True).wait_for()
            assert window.page.get_by_test_id("stException").count() == 0
            window.page.keyboard.press("Escape")
            window.settled()


def test_the_first_visitor_after_a_start_may_come_by_a_link(
    browser: Browser, tmp_path: Path
) -> None:
    """Streamlit knows no page but the first until its script has run."""
    write_demo(tmp_path / "demo")
    with kongthun(tmp_path / "log", {"KONGTHUN_DATA": str(tmp_path / "demo")}) as server:
        page = browser.new_page()
        page.goto(f"{server.address}/debtors")
        page.get_by_role("heading", name="ลูกหนี้และผลการแก้หนี้", level=1).wait_for()
        page.wait_for_timeout(500)
        assert page.get_by_text("Page not found").count() == 0
        page.close()
