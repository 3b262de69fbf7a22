"""The overview as a province officer opens it in a browser."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import Opener
from tests.browser.window import Window

YEAR = "ปีงบประมาณ"


def test_the_overview_opens_by_itself_and_asks_nothing_from_outside(opened: Opener) -> None:
    window = opened()
    assert window.page.get_by_role("heading", name="ภาพรวมจังหวัด", level=1).is_visible()
    window.page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first.wait_for()
    assert window.troubles == []


def test_the_keyboard_reaches_the_year_and_changes_it(opened: Opener) -> None:
    window = opened()
    for _ in range(60):
        window.page.keyboard.press("Tab")
        if YEAR in window.focused():
            break
    assert YEAR in window.focused()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        window.page.keyboard.press(key)
    window.page.wait_for_url("**year=2560**")
    window.page.get_by_text("ที่ครบทุกเกณฑ์").wait_for()
    assert window.troubles == []


def test_on_a_phone_the_heading_and_the_year_come_first_and_nothing_sticks_out(
    opened: Opener,
) -> None:
    window = opened(width=Window.PHONE)
    heading = window.page.get_by_role("heading", level=1).bounding_box()
    year = window.page.get_by_label(YEAR).first.bounding_box()
    assert heading is not None
    assert year is not None
    assert heading["y"] < year["y"] < 900
    assert window.fits()


def test_the_server_has_nothing_to_complain_about(opened: Opener, log: Path) -> None:
    opened()
    said = log.read_text(encoding="utf-8")
    assert [word for word in ("Traceback", "WARN", "missing", "failed") if word in said] == []
