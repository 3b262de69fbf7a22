"""What every page test needs: empty caches, and a folder of workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from services.demo import write_demo
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open, opener


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """Streamlit's caches outlive a test; empty them, or tests read each other's data."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


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
    (tmp_path / "manifest.json").write_text('{"today": "2022-07-19"}', encoding="utf-8")
    return tmp_path


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of a folder as a visitor does: from app.py, with an address."""
    return opener(monkeypatch)
