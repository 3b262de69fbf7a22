"""Folders of workbooks for the pages: what is kept in memory is kept by folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.demo import write_demo
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open, opener


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo province, written once."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two years of one finished district, and a manifest that makes it the demo."""
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    write_workbook(tmp_path / "2560/5601 เมืองพะเยา.xlsx", [])
    (tmp_path / "manifest.json").write_text(
        '{"demo": true, "today": "2022-07-19"}', encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of a folder as a visitor does: from app.py, with an address."""
    return opener(monkeypatch)
