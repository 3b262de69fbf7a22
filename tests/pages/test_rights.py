"""Whom a login's word is believed, and what was offered before rights changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from pages._ui import traced, who
from services.access import Person
from services.errors import NoLongerAllowedError
from tests.pages.login import AUTH, VIEWER, with_login


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with_login(tmp_path, tmp_path / "data", monkeypatch)
    return tmp_path / "secrets.toml"


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ({}, "province_viewer"),  # Microsoft says nothing of it
        ({"email_verified": True}, "province_viewer"),
        ({"email_verified": "true"}, "province_viewer"),  # some say it in words
        ({"email_verified": False}, "nobody"),
        ({"email_verified": "false"}, "nobody"),
        ({"email_verified": "ไม่ทราบ"}, "nobody"),
        ({"email_verified": 0}, "nobody"),
    ],
)
def test_an_email_is_believed_only_if_the_provider_does_not_say_otherwise(
    told: dict[str, object], role: str, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert secrets.exists()
    monkeypatch.setattr(st, "user", {"is_logged_in": True, "email": VIEWER, **told})
    assert who.viewer().role == role


def test_a_file_offered_before_a_role_was_taken_away_is_not_handed_over(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "person", lambda: Person(VIEWER))
    offered = traced.downloaded(lambda: b"paper", "paper.xlsx")
    assert offered() == b"paper"
    without = secrets.with_name("without.toml")
    without.write_text(AUTH, encoding="utf-8")
    monkeypatch.setenv("KONGTHUN_SECRETS", str(without))
    with pytest.raises(NoLongerAllowedError, match="สิทธิ์ของบัญชีนี้เปลี่ยนไปแล้ว"):
        offered()


def test_whoever_is_alone_takes_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONGTHUN_DATA", str(tmp_path))
    (tmp_path / "empty.toml").touch()
    monkeypatch.setenv("KONGTHUN_SECRETS", str(tmp_path / "empty.toml"))
    assert traced.downloaded(lambda: b"paper", "paper.xlsx")() == b"paper"
