"""The history's page, the pages as they stood, and the editor, as people meet them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import reading
from services.settings import BANGKOK
from services.store.xlsx_folder import XlsxFolder
from services.writeback.journal import Journal, Save
from services.writeback.save import Desk, save
from services.writeback.wants import Want
from sheets_schema.loader import programme
from tests.pages.login import EDITOR, STRANGER, VIEWER, opened_by, with_login
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import everything

YEAR, DISTRICT = 2565, "5601"
NAME = "นางสาวสมมติ เปลี่ยนชื่อ"


def written(folder: Path, **changes: str) -> None:
    """The district's file with other values in the first household's row."""
    rows = finished_centre(2)
    rows["households"][0] |= changes
    write_workbook(folder / f"data/{YEAR}/{DISTRICT} เมืองพะเยา.xlsx", tabs_of(rows))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    written(tmp_path)
    with_login(tmp_path, tmp_path / "data", monkeypatch)
    reading._kept.cache_clear()
    reading._kept_then.cache_clear()
    return tmp_path


def looked(email: str, **address: str) -> AppTest:
    app = opened_by(email, "registers/history", **address)
    assert not app.exception
    return app


def told(app: AppTest) -> list[list[str]]:
    (table,) = app.dataframe
    rows: list[list[str]] = table.value.iloc[:, 2:].to_numpy().tolist()
    return rows


def test_what_was_typed_in_the_sheet_is_listed_and_names_only_for_the_districts_own(
    folder: Path,
) -> None:
    assert looked(EDITOR).info
    written(folder, occupation="ทอผ้า", head_name=NAME)
    own, province = told(looked(EDITOR)), told(looked(VIEWER))
    assert ["ครัวเรือน", "H1", "อาชีพ", "(ว่าง)", "ทอผ้า", "แก้ในชีต"] in own
    assert NAME in {row[4] for row in own}
    assert ["ครัวเรือน", "H1", "อาชีพ", "(ว่าง)", "ทอผ้า", "แก้ในชีต"] in province
    assert "•••" in {row[4] for row in province}
    assert not any(NAME in text for row in province for text in row)
    assert not opened_by(STRANGER, "registers/history").dataframe


def test_a_search_finds_and_an_empty_one_says_so(folder: Path) -> None:
    looked(EDITOR)
    written(folder, occupation="ทอผ้า")
    app = looked(EDITOR)
    app.text_input[0].set_value("ทอผ้า").run()
    assert len(told(app)) == 1
    app.text_input[0].set_value("ไม่มีคำนี้").run()
    assert app.info


def test_a_hidden_name_is_not_found_by_searching_for_it(folder: Path) -> None:
    looked(EDITOR)
    written(folder, head_name=NAME)
    for email, hits in ((EDITOR, 1), (VIEWER, 0)):
        app = looked(email)
        app.text_input[0].set_value("เปลี่ยนชื่อ").run()
        assert len(app.dataframe) == hits


def test_a_page_is_shown_as_it_stood_at_a_moment(folder: Path) -> None:
    opened_by(EDITOR, "registers/registers", district="เมืองพะเยา", register="ครัวเรือน")
    before = datetime.now(BANGKOK) + timedelta(seconds=1)
    history = folder / f"history/history/{YEAR}/{DISTRICT}/changes.jsonl"
    line = history.read_text(encoding="utf-8")
    long_ago = (before - timedelta(hours=2)).isoformat()
    history.write_text(line.replace(line.split('"at":"')[1][:32], long_ago), encoding="utf-8")
    written(folder, occupation="ทอผ้า")
    app = opened_by(EDITOR, "registers/registers", district="เมืองพะเยา", register="ครัวเรือน")
    assert "ทอผ้า" in app.dataframe[0].value.to_csv()
    (moment,) = app.datetime_input
    moment.set_value((before - timedelta(hours=1)).replace(tzinfo=None, second=0, microsecond=0))
    app.run()
    assert not app.exception
    assert "กำลังดูข้อมูลที่บันทึกไว้" in everything(app)
    assert "ทอผ้า" not in app.dataframe[0].value.to_csv()
    assert not app.toggle or all(one.label != "แก้ไข" for one in app.toggle)


def test_before_anything_was_recorded_the_page_says_so(folder: Path) -> None:
    app = opened_by(EDITOR, "registers/registers", district="เมืองพะเยา")
    assert folder.exists()
    app.datetime_input[0].set_value(datetime(2022, 1, 1, 9, 0))  # noqa: DTZ001
    app.run()
    assert not app.exception
    assert "เมืองพะเยา" in everything(app)


def test_only_a_districts_own_people_edit_it(folder: Path) -> None:
    assert folder.exists()
    address = {"district": "เมืองพะเยา", "register": "ครัวเรือน"}
    for email, may in ((EDITOR, True), (VIEWER, False)):
        app = opened_by(email, "registers/registers", **address)
        assert ("แก้ไข" in {one.label for one in app.toggle}) is may


def clashed(folder: Path) -> None:
    """Somebody at the page wanted a household's occupation to be another than the sheet's."""
    store = XlsxFolder(folder / "data")
    journal = Journal(folder / "history", YEAR, DISTRICT)
    desk = Desk(store, journal, programme(YEAR), lambda: datetime.now(BANGKOK))
    book = desk.read()
    written(folder, occupation="ค้าขาย")
    want = Want("households", 1, "", "H1", "occupation", "", "ทำนา")
    fates = save(desk, book, Save("s1", desk.now(), EDITOR, "page", "", (want,)))
    assert fates[0].state == "clash"


def test_a_conflict_waits_on_the_home_page_of_the_district_only_and_is_settled(
    folder: Path,
) -> None:
    clashed(folder)
    assert "รอตัดสิน" in everything(opened_by(EDITOR, "overview/province"))
    assert "ช่องรอตัดสิน" not in everything(opened_by(VIEWER, "overview/province"))
    assert "ค้าขาย" not in everything(opened_by(VIEWER, "registers/conflicts"))
    app = opened_by(EDITOR, "registers/conflicts")
    assert {"ค้าขาย", "ทำนา"} <= {one.value for one in app.markdown}
    (take,) = [one for one in app.button if one.label == "ใช้ค่าที่พิมพ์"]
    again = take.click().run()
    assert not again.exception
    assert "ไม่มีช่องที่รอตัดสิน" in everything(again)
    store = XlsxFolder(folder / "data")
    book = store.read(store.workbooks(YEAR)[0], YEAR)
    assert book is not None
    assert "ทำนา" in [cell for tab in book.tabs for row in tab.rows for cell in row]


def test_a_conflict_may_be_settled_for_the_sheet(folder: Path) -> None:
    clashed(folder)
    app = opened_by(EDITOR, "registers/conflicts")
    (keep,) = [one for one in app.button if one.label == "คงค่าในชีต"]
    assert "ไม่มีช่องที่รอตัดสิน" in everything(keep.click().run())


def test_a_conflict_whose_row_is_gone_says_what_to_do(folder: Path) -> None:
    clashed(folder)
    app = opened_by(EDITOR, "registers/conflicts")
    write_workbook(folder / f"data/{YEAR}/{DISTRICT} เมืองพะเยา.xlsx", tabs_of(finished_centre(0)))
    (take,) = [one for one in app.button if one.label == "ใช้ค่าที่พิมพ์"]
    assert "ไม่พบแถว" in take.click().run().error[0].value
