"""The real app in its own process, and windows of a real browser on it.

Without Chromium or Playwright these tests skip with the reason; KONGTHUN_BROWSER=required (set by
.ci/run where Chromium stands) makes that a failure. KONGTHUN_SHOTS names a folder for pictures.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from bench.served import HOST, Served, kongthun
from bench.viewer import viewing
from services.demo import write_demo
from tests.browser.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox",  # Chromium refuses to run as root with it
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)
Opener = Callable[..., Window]


def _missing(what: str) -> NoReturn:
    if os.environ.get("KONGTHUN_BROWSER") == "required":
        pytest.fail(f"{what} is missing though KONGTHUN_BROWSER=required")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="package")
def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        _missing("chromium")
    return found


@pytest.fixture(scope="package")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "server.log"


@pytest.fixture(scope="package")
def served(chromium: str, log: Path) -> Iterator[Served]:
    """The demo province as `make run` opens it."""
    assert chromium
    data = log.parent / "demo"
    write_demo(data)
    with kongthun(log, {"KONGTHUN_DATA": str(data)}) as server:
        yield server


@pytest.fixture(scope="package")
def addresses(served: Served) -> tuple[str, ...]:
    """Every page of the navigation; the first page's address is empty."""

    async def listed() -> tuple[str, ...]:
        async with viewing(served) as viewer:
            return tuple((await viewer.run()).pages)

    return asyncio.run(listed())


@pytest.fixture(scope="package")
def browser(chromium: str, addresses: tuple[str, ...]) -> Iterator[Browser]:
    """Started after `addresses`: no event loop may run inside Playwright's."""
    assert addresses
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 – may be missing
    except ImportError:
        _missing("playwright")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Opener]:
    """Open an address in a new window."""
    contexts = []

    def open_window(address: str = "", width: int = Window.WIDE) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="th-TH", timezone_id="Asia/Bangkok"
        )
        contexts.append(context)
        return Window(context.new_page(), served.address).goes_to(address)

    yield open_window
    for context in contexts:
        context.close()
