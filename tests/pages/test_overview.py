"""The overview as a province officer opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pages._ui import kept
from services.present.charts.steps import district_tiles, steps_heatmap
from services.present.scope import Scope
from services.present.steps import steps_table
from services.store.base import RawWorkbook, WorkbookRef
from services.store.xlsx_folder import XlsxFolder
from tests.support.centres import Rows, finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import Open, everything
from tests.support.sheets import scope_on


def test_the_page_opens_on_the_latest_year_and_says_what_the_data_is(
    folder: Path, open_page: Open
) -> None:
    app = open_page(folder)
    assert not app.exception
    assert app.title[0].value == "ภาพรวมจังหวัด"
    assert app.selectbox(key="year").options == ["2565", "2560"]
    assert "ข้อมูลตัวอย่าง" in app.markdown[0].value
    assert "19 ก.ค. 2565" in app.markdown[0].value


def test_the_address_chooses_the_year_and_the_district(folder: Path, open_page: Open) -> None:
    app = open_page(folder, year="2560", district="เมืองพะเยา")
    assert app.selectbox(key="year").value == 2560
    assert app.selectbox(key="district").value == "5601"


def test_an_english_reader_gets_english_words_around_thai_figures(
    folder: Path, open_page: Open
) -> None:
    app = open_page(folder, lang="en")
    assert app.title[0].value == "Province overview"
    assert app.selectbox(key="year").label == "Fiscal year (BE)"


def test_an_offices_own_data_is_not_called_a_sample(folder: Path, open_page: Open) -> None:
    (folder / "manifest.json").unlink()
    app = open_page(folder)
    assert not app.exception
    assert "ข้อมูลตัวอย่าง" not in everything(app)


@pytest.mark.parametrize("told", ["{}", "[1]", "not json", '{"demo": true, "today": "soon"}'])
def test_a_manifest_of_somebody_else_makes_no_sample(
    folder: Path, open_page: Open, told: str
) -> None:
    (folder / "manifest.json").write_text(told, encoding="utf-8")
    app = open_page(folder)
    assert not app.exception
    assert "ข้อมูลตัวอย่าง" not in everything(app)


def test_an_empty_folder_of_next_year_does_not_hide_this_year(
    folder: Path, open_page: Open
) -> None:
    (folder / "2566").mkdir()
    app = open_page(folder)
    assert not app.error
    assert app.selectbox(key="year").value == 2565


def test_a_file_held_for_a_moment_is_read_when_it_is_free_again(
    folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its stamp does not change by it: an antivirus or a copy in progress leaves no trace."""
    monkeypatch.setattr(kept, "TRY_AGAIN_SECONDS", 0.0)
    read = XlsxFolder.read
    busy = RawWorkbook(WorkbookRef("5601", "5601 เมืองพะเยา.xlsx", "1"), "1", (), "no_permission")
    monkeypatch.setattr(XlsxFolder, "read", lambda *_, **__: busy)
    app = open_page(folder, "settings/doctor")
    assert "ไม่มีสิทธิ์อ่านแฟ้ม" in everything(app)
    monkeypatch.setattr(XlsxFolder, "read", read)
    assert "ไม่มีสิทธิ์อ่านแฟ้ม" not in everything(app.run())


def test_a_workbook_caught_half_saved_keeps_its_last_figures_and_says_so(
    folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "TRY_AGAIN_SECONDS", 0.0)
    app = open_page(folder)
    figures = [metric.value for metric in app.metric]
    path = folder / "2565/5601 เมืองพะเยา.xlsx"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    app.run()
    assert [metric.value for metric in app.metric] == figures
    assert "แสดงตัวเลขที่อ่านได้ครั้งล่าสุด" in everything(app)
    path.write_bytes(whole)
    assert "แสดงตัวเลขที่อ่านได้ครั้งล่าสุด" not in everything(app.run())


def test_districts_that_no_figure_holds_are_named(folder: Path, open_page: Open) -> None:
    (folder / "2565/5602 จุน.xlsx").write_bytes(b"not a workbook")
    said = everything(open_page(folder, "indicators/indicators"))
    assert "อ่านสมุดงานไม่ได้: จุน" in said
    assert "ยังไม่มีสมุดงาน: เชียงคำ" in said


@pytest.mark.parametrize(
    "address", [{"district": "5601"}, {"district": "นอกจังหวัด"}, {"year": "65"}]
)
def test_a_word_of_the_address_that_means_nothing_is_told(
    folder: Path, open_page: Open, address: dict[str, str]
) -> None:
    said = [warning.value for warning in open_page(folder, **address).warning]
    assert any(next(iter(address.values())) in one for one in said)


def test_a_missing_folder_is_one_sentence(tmp_path: Path, open_page: Open) -> None:
    app = open_page(tmp_path / "none")
    assert not app.exception
    assert "ไม่พบโฟลเดอร์ข้อมูล" in app.error[0].value


def test_an_empty_folder_says_where_workbooks_go(tmp_path: Path, open_page: Open) -> None:
    app = open_page(tmp_path)
    assert (len(app.error), "ยังไม่มีสมุดงาน" in app.info[0].value) == (0, True)


def test_a_year_without_workbooks_says_where_they_go(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "2565").mkdir()
    app = open_page(tmp_path)
    assert not app.exception
    assert "ปี 2565 ยังไม่มีสมุดงาน" in app.info[0].value


def test_a_year_without_a_programme_is_one_sentence(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "2599").mkdir()
    app = open_page(tmp_path)
    assert not app.exception
    assert "ยังไม่มีแฟ้มของปี 2599" in app.error[0].value


def test_a_store_that_fails_leaves_the_last_good_figures_and_says_so(
    folder: Path, open_page: Open
) -> None:
    app = open_page(folder)
    before = [frame.value.to_csv() for frame in app.dataframe]
    folder.rename(folder.with_name("away"))
    again = app.run()
    assert not again.exception
    assert "ไม่พบโฟลเดอร์ข้อมูล" in again.warning[0].value
    assert "ครั้งล่าสุด" in again.warning[0].value
    assert [frame.value.to_csv() for frame in again.dataframe] == before


def province() -> Scope:
    """5601 finished; 5602 without its visits; 5603 without centres."""
    unknown = finished_centre()
    del unknown["visits"]
    rows: dict[str, Rows] = {"5601": finished_centre(), "5602": unknown, "5603": {"centres": []}}
    return scope_on({code: tuple(tabs_of(tabs)) for code, tabs in rows.items()})


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    (rows,) = spec["datasets"].values()
    return list(rows.to_pylist())


def test_the_table_says_how_many_of_the_known_centres_are_done() -> None:
    table = steps_table(province()).set_index("อำเภอ")
    assert list(table.loc["เมืองพะเยา"]) == ["1 จาก 1"] * 6
    assert table.loc["จุน"].iloc[5] == "ไม่ทราบ"
    assert set(table.loc["เชียงคำ"]) == {"ไม่มีข้อมูล"}
    assert table.columns[0] == "1 สำรวจ/จัดทำฐานข้อมูลลูกหนี้"


def test_the_heatmap_draws_unknown_apart_and_carries_no_names() -> None:
    spec = steps_heatmap(province()).spec
    rows = rows_of(spec)
    assert len(rows) == 9 * 6
    unknown = [row for row in rows if row["words"] == "ไม่ทราบ"]
    assert [(row["district"], row["known"]) for row in unknown] == [("จุน", 0)]
    assert "สมมติ" not in str(rows)


def test_every_district_has_its_own_tile() -> None:
    drawing = district_tiles(province())
    rows = rows_of(drawing.spec)
    assert len({(row["column"], row["row"]) for row in rows}) == 9
    assert {row["district"]: row["words"] for row in rows}["จุน"] == "5/5 ไม่ทราบ 1"


def test_a_workbook_saved_while_the_page_is_open_is_read_again(
    folder: Path, open_page: Open
) -> None:
    app = open_page(folder, "progress/centres")
    assert app.dataframe[0].value["สถานะ"].tolist()[5] == "✓ ครบ"
    rows = finished_centre()
    rows["visits"] = []
    write_workbook(folder / "2565/5601 เมืองพะเยา.xlsx", tabs_of(rows))
    assert app.run().dataframe[0].value["สถานะ"].tolist()[5] == "○ ยังไม่เริ่ม"
