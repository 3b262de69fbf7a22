"""Role × page × what can be done there: what is not said here is denied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import reading
from sheets_schema.loader import province
from tests.pages.login import ADMIN, EDITOR, ROLES, STRANGER, VIEWER, opened_by, with_login
from tests.pages.seen import Files
from tests.pages.test_every_page import SCRIPTS
from tests.support.pages import APP, everything

SETTINGS = "settings/doctor"
WHO = (None, STRANGER, VIEWER, EDITOR, ADMIN)
SETS_UP = "จัดทะเบียนลงสเปรดชีตนี้"
USED = "บันทึกการใช้งาน"


@pytest.fixture
def files(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Files]:
    with_login(tmp_path, demo, monkeypatch)
    yield Files(monkeypatch)
    reading._kept.cache_clear()


@pytest.mark.parametrize("email", WHO, ids=str)
def test_what_a_person_meets_on_every_page(email: str | None, files: Files) -> None:
    role = ROLES.get(email or "", "nobody")
    for script in SCRIPTS:
        files.made.clear()
        app = opened_by(email, script)
        buttons = {one.label for one in app.button}
        assert not app.exception, script
        if role == "nobody":
            assert not any((app.selectbox, app.dataframe, app.metric, files.made)), script
            assert buttons <= {"เข้าสู่ระบบ", "ออกจากระบบ"}
            continue
        offered = app.selectbox(key="district").options
        assert offered == (["เมืองพะเยา"] if email == EDITOR else every_district()), script
        assert "ออกจากระบบ" in buttons
        assert (SETS_UP in buttons) is (script == SETTINGS and email == ADMIN)
        assert (USED in everything(app)) is (script == SETTINGS and email == ADMIN)
        if email == EDITOR:
            assert not any("5602" in name or "จุน" in name for name in files.made), script


def every_district() -> list[str]:
    return [district.name for district in province().districts]


@pytest.mark.parametrize("setting", ["province", "district:5602", "district:5601,5602,5603"])
def test_a_setting_widens_nobodys_view(
    setting: str, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files.made == {}
    monkeypatch.setenv("KONGTHUN_VIEWER", setting)
    for email in (None, STRANGER):
        assert not opened_by(email, "overview/province").selectbox
    app = opened_by(EDITOR, "overview/province")
    assert not app.exception
    districts = app.selectbox(key="district").options if len(app.selectbox) > 1 else []
    assert set(districts) <= {"เมืองพะเยา"}
    assert SETS_UP not in {one.label for one in opened_by(ADMIN, SETTINGS).button}


def test_a_role_that_cannot_be_read_stops_everybody(files: Files, tmp_path: Path) -> None:
    assert files.made == {}
    place = tmp_path / "secrets.toml"
    text = place.read_text(encoding="utf-8").replace("province_viewer", "province_everything")
    place.write_text(text, encoding="utf-8")
    for email in WHO:
        app = opened_by(email, "overview/province")
        assert not app.selectbox
        assert "roles" in app.error[0].value


def test_beyond_this_machine_without_login_nobody_sees_anything(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONGTHUN_DATA", str(demo))
    monkeypatch.setattr("pages._ui.who.on_loopback", lambda: False)
    for script in SCRIPTS:
        app = opened_by(None, script)
        assert not any((app.selectbox, app.dataframe, app.metric, app.exception)), script
        assert "เปิดได้เฉพาะบนเครื่องที่รันโปรแกรม" in app.error[0].value


@pytest.mark.parametrize("said", [False, "false", 0, "no"])
def test_an_address_the_provider_does_not_stand_for_opens_nothing(
    said: object, files: Files
) -> None:
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.user = {"is_logged_in": True, "email": ADMIN, "email_verified": said}
    app.run()
    assert not any((app.selectbox, app.dataframe, app.metric, files.made))
