"""The start: the first viewer finds the caches filled, and trouble with the data stops nothing."""

from __future__ import annotations

import asyncio
import gc
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import data
from pages._ui.server import FOLDER, LOG, ROOT, app, warm
from services.store.xlsx_folder import XlsxFolder
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook


@pytest.fixture(autouse=True)
def _as_freshly_started(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(LOG, "disabled", False)  # import-linter's test silences all loggers
    yield
    gc.unfreeze()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    monkeypatch.setenv("KONGTHUN_DATA", str(tmp_path))
    return tmp_path


def start() -> None:
    async def whole_life() -> None:
        async with warm(app):
            pass

    asyncio.run(whole_life())


def _never_read(*_: object, **__: object) -> None:
    pytest.fail("a workbook was read for the first viewer")


def test_the_first_viewer_after_the_start_waits_for_no_workbook(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.exists()
    start()
    monkeypatch.setattr(XlsxFolder, "read", _never_read)
    opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not opened.exception
    assert opened.title


def test_what_the_start_has_built_is_not_looked_through_by_later_collections(folder: Path) -> None:
    assert folder.exists()
    gc.unfreeze()
    start()
    assert gc.get_freeze_count() > 100_000


def test_a_missing_folder_does_not_stop_the_start_and_the_page_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("KONGTHUN_DATA", str(tmp_path / "none"))
    start()
    assert "DataFolderError" in caplog.text
    opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert "ไม่พบโฟลเดอร์ข้อมูล" in opened.error[0].value


def test_a_mistake_of_ours_is_logged_by_its_kind_without_what_a_cell_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble() -> None:
        raise ValueError("สมมติ ๑๒,๐๐๐")  # noqa: EM101, TRY003 – a cell's text, as pandas quotes it

    monkeypatch.setattr(data, "warm", stumble)
    start()
    assert "ValueError" in caplog.text
    assert "สมมติ" not in caplog.text


def test_no_module_of_the_pages_can_hide_a_library_of_the_same_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])  # as `streamlit run` leaves it
    runpy.run_path(str(FOLDER / "server.py"))
    assert str(FOLDER) not in sys.path
    assert sys.path[0] == str(ROOT)
