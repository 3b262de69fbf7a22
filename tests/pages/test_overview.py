"""The overview as a province officer opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from services.compute.reports import ProvinceReport
from services.pipeline import province_report
from services.present.charts import steps_by_district
from services.present.tables import headline, steps_table
from services.store.memory import MemoryStore
from sheets_schema.loader import programme
from tests.support.centres import Rows, finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.sheets import AS_OF

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """Streamlit's caches outlive a test; empty them, or tests read each other's data."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, year: str = "") -> AppTest:
    monkeypatch.setenv("KONGTHUN_DATA", str(folder))
    app = AppTest.from_file(APP, default_timeout=30)
    if year:
        app.query_params["year"] = year
    return app.run()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two years of one finished district, and a manifest that makes it the demo."""
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    write_workbook(tmp_path / "2560/5601 เมืองพะเยา.xlsx", [])
    (tmp_path / "manifest.json").write_text('{"today": "2022-07-19"}', encoding="utf-8")
    return tmp_path


def test_the_page_opens_on_the_latest_year_and_says_what_the_data_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder, monkeypatch)
    assert not app.exception
    assert app.title[0].value == "ภาพรวมจังหวัด"
    assert app.selectbox[0].options == ["2565", "2560"]
    assert [metric.value for metric in app.metric] == ["1 จาก 9 อำเภอ", "1 จาก 1", "0 ข้อ"]
    assert "ข้อมูลตัวอย่าง" in app.caption[0].value
    assert "19/07/2565" in app.caption[0].value


def test_the_address_chooses_the_year(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, monkeypatch, year="2560")
    assert app.subheader[0].value == "เกณฑ์ที่ครบ รายอำเภอ"


def test_an_offices_own_data_is_not_called_a_sample(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "manifest.json").unlink()
    app = opened(folder, monkeypatch)
    assert not app.exception
    assert "ข้อมูลตัวอย่าง" not in app.caption[0].value


def test_a_workbook_saved_while_the_page_is_open_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder, monkeypatch)
    rows = finished_centre()
    rows["visits"] = []
    write_workbook(folder / "2565/5601 เมืองพะเยา.xlsx", tabs_of(rows))
    assert [metric.value for metric in app.run().metric][1] == "0 จาก 1"


def test_a_missing_folder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(tmp_path / "none", monkeypatch)
    assert not app.exception
    assert "ไม่พบโฟลเดอร์ข้อมูล" in app.error[0].value


def test_an_empty_folder_says_where_workbooks_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(tmp_path, monkeypatch)
    assert (len(app.error), "ยังไม่มีสมุดงาน" in app.info[0].value) == (0, True)


def test_a_year_without_a_programme_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2599").mkdir()
    app = opened(tmp_path, monkeypatch)
    assert not app.exception
    assert "ยังไม่มีแฟ้มของปี 2599" in app.error[0].value


def province() -> ProvinceReport:
    """5601 finished; 5602 without its visits; 5603 without centres."""
    unknown = finished_centre()
    del unknown["visits"]
    tabs: dict[str, Rows] = {"5601": finished_centre(), "5602": unknown, "5603": {"centres": []}}
    store = MemoryStore({2565: {code: tuple(tabs_of(rows)) for code, rows in tabs.items()}})
    return province_report(store, programme(2565), AS_OF)


def test_the_table_says_how_many_of_the_known_centres_are_done() -> None:
    table = steps_table(province(), programme(2565)).set_index("อำเภอ")
    assert list(table.loc["เมืองพะเยา"]) == ["1 จาก 1"] * 6
    assert table.loc["จุน"].iloc[5] == "ไม่ทราบ"
    assert set(table.loc["เชียงคำ"]) == {"ไม่มีข้อมูล"}
    assert table.columns[0] == "1 สำรวจ/จัดทำฐานข้อมูลลูกหนี้"


def test_the_headline_counts_workbooks_centres_and_errors_with_what_they_rest_on() -> None:
    assert [
        (value, "ไม่ทราบ 1" in note) for _, value, note in headline(province(), programme(2565))
    ] == [
        ("3 จาก 9 อำเภอ", False),
        ("1 จาก 2", True),
        ("10 ข้อ", False),
    ]


def test_the_chart_draws_unknown_apart_and_carries_no_names() -> None:
    spec = steps_by_district(province(), programme(2565)).to_dict()
    (rows,) = spec["datasets"].values()
    assert len(rows) == 9 * 6
    unknown = [row for row in rows if row["words"] == "ไม่ทราบ"]
    assert [(row["district"], row["known"]) for row in unknown] == [("จุน", 0)]
    assert "สมมติ" not in str(spec)
