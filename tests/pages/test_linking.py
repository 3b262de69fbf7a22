"""Connecting a spreadsheet on the settings' page: paste, hear what is wrong, lay it out."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from services.store.base import RawTab
from tests.support.google.books import ROBOT, add_workbook
from tests.support.google.client import LocalGoogle
from tests.support.google.province import write_secrets
from tests.support.pages import Open, everything

SETTINGS = "settings/doctor"
LOOK, LAY_OUT = "ตรวจลิงก์", "จัดทะเบียนลงสเปรดชีตนี้"


@pytest.fixture
def secrets(google: LocalGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = write_secrets(tmp_path / "secrets.toml", google, {})
    monkeypatch.setenv("KONGTHUN_SECRETS", str(place))
    return place


def pressed(app: AppTest, link: str, button: str) -> str:
    app.text_input[0].set_value(link)
    app.checkbox[0].set_value(button == LAY_OUT)
    (found,) = [one for one in app.button if one.label == button]
    again = found.click().run()
    assert not again.exception
    return everything(again)


def test_the_page_names_the_address_to_share_with(
    secrets: Path, folder: Path, open_page: Open
) -> None:
    assert secrets.exists()
    assert ROBOT in [one.value for one in open_page(folder, SETTINGS).code]


def test_without_a_key_the_page_says_where_one_goes(
    folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "none.toml").touch()
    monkeypatch.setenv("KONGTHUN_SECRETS", str(tmp_path / "none.toml"))
    assert "secrets.sample.toml" in everything(open_page(folder, SETTINGS))


def test_an_empty_sheet_is_laid_out_in_one_press_and_then_lacks_nothing(
    google: LocalGoogle, secrets: Path, folder: Path, open_page: Open
) -> None:
    assert secrets.exists()
    link = add_workbook(google, "ใหม่", [RawTab("ชีต1", [])])
    app = open_page(folder, SETTINGS)
    assert "ยังไม่มีทะเบียน" in pressed(app, link, LOOK)
    assert [call.method for call in google.calls()] == ["GET", "GET"]
    said = pressed(app, link, LAY_OUT)
    assert "เพิ่มแล้ว" in said
    assert "ยังไม่มีทะเบียน" not in said
    assert [call.method for call in google.calls()].count("POST") == 1
    assert "ครบอยู่แล้ว" in pressed(app, link, LAY_OUT)
    assert [call.method for call in google.calls()].count("POST") == 1
    assert any(f'5601 = "{link}"' in one.value for one in app.code)


def test_a_sheet_nobody_shared_says_with_whom_and_nothing_is_written(
    google: LocalGoogle, secrets: Path, folder: Path, open_page: Open
) -> None:
    assert secrets.exists()
    link = add_workbook(google, "ใหม่", (), shared_with={})
    app = open_page(folder, SETTINGS)
    assert "ยังไม่ได้แชร์" in pressed(app, link, LAY_OUT)
    assert {call.method for call in google.calls()} == {"GET"}


def test_it_is_there_also_before_there_is_any_workbook(
    secrets: Path, tmp_path: Path, open_page: Open
) -> None:
    assert secrets.exists()
    app = open_page(tmp_path / "nowhere", SETTINGS)
    assert not app.exception
    assert LOOK in [one.label for one in app.button]


def test_who_does_not_sit_at_this_machine_lays_nothing_out(
    secrets: Path, folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert secrets.exists()
    for viewer in ("province", "district:5601"):
        monkeypatch.setenv("KONGTHUN_VIEWER", viewer)
        app = open_page(folder, SETTINGS)
        assert LOOK not in [one.label for one in app.button]
        assert ROBOT not in everything(app)


def test_secrets_that_cannot_be_used_are_one_sentence(
    secrets: Path, folder: Path, open_page: Open
) -> None:
    secrets.write_text("[google\n", encoding="utf-8")
    app = open_page(folder, SETTINGS)
    assert not app.exception
    assert "secrets" in app.error[0].value
