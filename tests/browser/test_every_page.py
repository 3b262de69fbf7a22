"""What holds on every page of the navigation, in a browser: also on the next one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.conftest import Opener
from tests.browser.window import Window

SHOTS = os.environ.get("KONGTHUN_SHOTS")


def picture(window: Window, address: str, width: int) -> None:
    if SHOTS:
        window.pictured(Path(SHOTS) / f"{address or 'first'}-{width}.png")


def test_every_page_stands_in_a_wide_window_and_on_a_phone(
    opened: Opener, addresses: tuple[str, ...], subtests: pytest.Subtests
) -> None:
    window = opened()
    for address in addresses:
        with subtests.test(address=address or "first page"):
            window.troubles.clear()
            window.goes_to(address)
            page = window.page
            picture(window, address, Window.WIDE)
            assert page.get_by_test_id("stException").count() == 0
            assert page.get_by_role("main").count() == 1
            assert page.get_by_role("heading", level=1).count() == 1
            assert page.get_by_role("navigation").count() == (len(addresses) > 1)
            window.resized(Window.PHONE)
            picture(window, address, Window.PHONE)
            assert window.fits()
            assert window.troubles == []
            window.resized(Window.WIDE)
