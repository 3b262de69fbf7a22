"""The offline page: a workbook goes away, comes back, and is merged once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from services.store.xlsx_folder import XlsxFolder
from tests.pages.login import EDITOR, VIEWER, opened_by, with_login
from tests.pages.seen import Files
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import everything

YEAR, DISTRICT = 2565, "5601"
ADDRESS = {"district": "เมืองพะเยา"}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    place = tmp_path / f"data/{YEAR}/{DISTRICT} เมืองพะเยา.xlsx"
    write_workbook(place, tabs_of(finished_centre(2)))
    with_login(tmp_path, tmp_path / "data", monkeypatch)
    return Files(monkeypatch)


def taken_away(files: Files) -> bytes:
    app = opened_by(EDITOR, "registers/offline", **ADDRESS)
    assert not app.exception
    (name,) = [one for one in files.made if "ทะเบียน" in one]
    return files.made[name]


def brought_back(data: bytes) -> AppTest:
    app = opened_by(EDITOR, "registers/offline", **ADDRESS)
    app.file_uploader[0].set_value(("ทะเบียน.xlsx", data, "application/octet-stream")).run()
    assert not app.exception
    return app


def cells(folder: Path) -> list[object]:
    store = XlsxFolder(folder / "data")
    book = store.read(store.workbooks(YEAR)[0], YEAR)
    assert book is not None
    return [cell for tab in book.tabs for row in tab.rows for cell in row]


def test_it_is_for_a_districts_own_people(files: Files) -> None:
    assert not opened_by(VIEWER, "registers/offline", **ADDRESS).file_uploader
    assert not any("ทะเบียน" in name for name in files.made)


def test_an_untouched_file_changes_nothing(files: Files) -> None:
    assert "ไม่มีอะไรต่าง" in everything(brought_back(taken_away(files)))


def test_a_changed_file_says_what_it_will_do_and_is_merged_once(
    files: Files, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(BytesIO(taken_away(files)))
    tab = book["ครัวเรือน"]
    titles = [cell.value for cell in tab[1]]
    tab.cell(2, titles.index("อาชีพ") + 1).value = "ทอผ้า"
    made = BytesIO()
    book.save(made)
    app = brought_back(made.getvalue())
    assert "จะรวม 1 ช่อง" in everything(app)
    assert "ทอผ้า" not in cells(tmp_path)
    (merge,) = [one for one in app.button if one.label == "รวมเข้าสมุดงาน"]
    again = merge.click().run()
    assert not again.exception
    assert "ทอผ้า" in cells(tmp_path)
    assert "รวมแล้วเมื่อ" in everything(brought_back(made.getvalue()))


def test_another_file_is_refused_with_its_reason(files: Files, tmp_path: Path) -> None:
    assert files.made == {}
    other = write_workbook(tmp_path / "other.xlsx", tabs_of(finished_centre(1))).read_bytes()
    assert "ไม่ได้ดาวน์โหลดจากหน้านี้" in brought_back(other).error[0].value
    assert brought_back(b"no workbook").error
