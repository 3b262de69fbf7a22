"""What holds on every page of the navigation: also on the next one, found by listing them."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.demo import write_demo
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.support.pages import ROOT, Open, everything

SCRIPTS = sorted(
    path.relative_to(ROOT / "pages").with_suffix("").as_posix()
    for path in (ROOT / "pages").glob("[!_]*/*.py")
    if path.stem != "__init__"
)
every_page = pytest.mark.parametrize("script", SCRIPTS)


def test_every_script_is_in_the_menu() -> None:
    menu = (ROOT / "app.py").read_text(encoding="utf-8")
    assert [script for script in SCRIPTS if f'"{script}"' not in menu] == []
    assert len(SCRIPTS) >= 9


@every_page
@pytest.mark.parametrize("year", ["2565", "2560"])
def test_a_page_opens_on_the_demo_province(
    demo: Path, open_page: Open, script: str, year: str
) -> None:
    app = open_page(demo, script, year=year)
    assert not app.exception
    assert not app.error
    assert app.selectbox(key="year").value == int(year)


@every_page
def test_a_page_opens_on_one_district(demo: Path, open_page: Open, script: str) -> None:
    app = open_page(demo, script, district="เชียงม่วน")
    assert not app.exception
    assert app.selectbox(key="district").value == "5604"


@every_page
def test_an_english_reader_finds_the_heading_in_english(
    demo: Path, open_page: Open, script: str
) -> None:
    heading = open_page(demo, script, lang="en").title[0].value
    assert heading.isascii()


@every_page
def test_without_any_workbook_a_page_says_where_they_go(
    tmp_path: Path, open_page: Open, script: str
) -> None:
    (tmp_path / "2565").mkdir()
    app = open_page(tmp_path, script)
    assert not app.exception
    assert "ปี 2565 ยังไม่มีสมุดงาน" in app.info[0].value


@every_page
def test_one_unreadable_district_leaves_the_others_standing(
    tmp_path: Path, open_page: Open, script: str
) -> None:
    write_workbook(tmp_path / "2565/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    (tmp_path / "2565/5602 จุน.xlsx").write_bytes(b"not a workbook")
    for district in ("", "จุน"):
        app = open_page(tmp_path, script, **({"district": district} if district else {}))
        assert not app.exception
        assert not app.error


@every_page
def test_a_failing_store_is_one_sentence_with_the_last_good_figures(
    tmp_path: Path, open_page: Open, script: str
) -> None:
    folder = tmp_path / "data"
    write_demo(folder)
    app = open_page(folder, script)
    before = [metric.value for metric in app.metric]
    folder.rename(tmp_path / "away")
    again = app.run()
    assert not again.exception
    assert any("ครั้งล่าสุด" in warning.value for warning in again.warning)
    assert [metric.value for metric in again.metric] == before


@every_page
def test_a_viewer_without_a_district_is_told_whom_to_ask(
    demo: Path, open_page: Open, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONGTHUN_VIEWER", "district:")
    app = open_page(demo, script)
    assert not app.exception
    assert "ยังไม่ได้ผูกกับอำเภอ" in app.info[0].value
    assert not app.metric
    assert not app.dataframe


@every_page
def test_a_district_sees_itself_and_no_other(
    demo: Path, open_page: Open, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONGTHUN_VIEWER", "district:5607")
    app = open_page(demo, script, district="เมืองพะเยา")
    assert not app.exception
    assert app.selectbox(key="district").options == ["แม่ใจ"]
    assert "5601" not in everything(app)


@every_page
def test_a_province_viewer_never_meets_a_name(
    demo: Path, open_page: Open, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every invented person of the demo is called «สมมติ», «จำลอง» or «ทดลอง» with a number."""
    monkeypatch.setenv("KONGTHUN_VIEWER", "province")
    for register in ("ครัวเรือน", "ลูกหนี้", "สัญญา"):
        app = open_page(demo, script, district="แม่ใจ", register=register)
        said = everything(app)
        assert "นายทดลอง" not in said
        assert "นางจำลอง" not in said
        assert "นายสมมติ" not in said


def test_a_viewer_nobody_understands_is_one_sentence(
    demo: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONGTHUN_VIEWER", "everybody")
    assert "KONGTHUN" in open_page(demo).error[0].value
