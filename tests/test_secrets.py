"""What .streamlit/secrets.toml may say of Google, and how a mistake in it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services.errors import SecretsError
from services.secrets_file import google_of
from services.settings import login, settings

SAMPLE = Path(__file__).parents[1] / ".streamlit" / "secrets.sample.toml"
LINKS = '[google.years.2565]\n5601 = "https://docs.google.com/spreadsheets/d/1abc/edit"\n'
KEY = '[google.service_account]\nclient_email = "k@p.example"\nprivate_key = "-----SECRET-----"\n'


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the file; no folder of workbooks is named."""
    place = tmp_path / "secrets.toml"
    monkeypatch.setenv("KONGTHUN_SECRETS", str(place))
    monkeypatch.delenv("KONGTHUN_DATA", raising=False)
    return place


def test_nine_links_and_a_key_are_all_an_office_needs(secrets: Path) -> None:
    secrets.write_text(f"[google]\nsample_day = 2022-07-19\n{LINKS}{KEY}", encoding="utf-8")
    chosen = settings()
    assert chosen.google is not None
    assert chosen.google.links == {
        2565: {"5601": "https://docs.google.com/spreadsheets/d/1abc/edit"}
    }
    assert chosen.google.account.email == "k@p.example"
    assert (chosen.demo_day, chosen.is_simulated) == (date(2022, 7, 19), False)
    assert chosen.history == Path(".kongthun")
    assert "SECRET" not in repr(chosen)


def test_without_a_key_the_machine_itself_is_trusted(secrets: Path) -> None:
    secrets.write_text(LINKS, encoding="utf-8")
    google = settings().google
    assert google is not None
    assert (google.account.key, google.account.email) == (None, None)


def test_secrets_that_are_named_must_be_there(secrets: Path) -> None:
    assert not secrets.exists()
    with pytest.raises(SecretsError, match="ไม่พบแฟ้มที่ KONGTHUN_SECRETS ระบุ"):
        settings()


@pytest.mark.parametrize("text", ["", "[auth]\nclient_id = 'x'\n", "[google]\n"])
def test_secrets_that_link_no_sheet_leave_the_folder(
    text: str, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets.write_text(text, encoding="utf-8")
    assert settings().google is None
    assert settings().data == Path(".demo")
    monkeypatch.setenv("KONGTHUN_DATA", "data")
    secrets.write_text(LINKS, encoding="utf-8")
    assert settings().google is None, "a folder that is named comes first"
    assert settings(Path("other")).data == Path("other")


def test_the_sample_beside_the_secrets_can_be_filled_in(secrets: Path) -> None:
    secrets.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    google = google_of(secrets)
    assert google is not None
    assert len(google.links[2565]) == 9
    assert google.account.key is not None
    assert google.account.api_root is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[google\n", r"บรรทัดที่ 1 "),
        ("google = 1\n", r"\[google\]"),
        ('[google]\nyear = "2565"\n', r"google\.year รับ: api_root, .*years"),
        ("[google]\nyears = 1\n", r"google\.years รับ"),
        ("[google.years.ปีนี้]\n", r"TOML|line"),
        ('[google.years.y65]\n5601 = "x"\n', r"\[google\.years\.2565\]"),
        ("[google.years.2565]\n5601 = 1\n", r"google\.years\.2565 รับ: รหัสอำเภอ"),
        ('[google.service_account]\n5601 = "x"\n', r"service_account\.5601 รับ: ย้ายบรรทัดนี้"),
        ('[google]\nservice_account = "key.json"\n', r"google\.service_account"),
        ('[google]\napi_root = "http://sheets.example"\n', r"api_root_elsewhere"),
        ('[google]\napi_root = "127.0.0.1:80"\n', r"http://127\.0\.0\.1"),
        ('[google]\napi_root = "http://evil.example\\\\@127.0.0.1:80"\n', r"http://127\.0\.0\.1"),
        ('[google]\napi_root = "http://[::1"\n', r"http://127\.0\.0\.1"),
        ('[google.years.02565]\n5601 = "x"\n', r"\[google\.years\.2565\]"),
        ("[google]\napi_root = 8377\n", r"http://127\.0\.0\.1"),
        ("[google]\napi_root_elsewhere = 1\n", r"true, false"),
        ('[google]\nsample_day = "2565-07-19"\n', r"วันที่ ค\.ศ\."),
        ("[google]\nsample_day = 2022-07-19T00:00:00\n", r"วันที่ ค\.ศ\."),
    ],
)
def test_a_mistake_names_the_key_and_what_it_takes(text: str, told: str, secrets: Path) -> None:
    secrets.write_text(text, encoding="utf-8")
    with pytest.raises(SecretsError, match=told) as raised:
        settings()
    assert str(raised.value).startswith("«secrets.toml»")


def test_a_windows_editors_first_bytes_do_no_harm(secrets: Path) -> None:
    secrets.write_text("\ufeff" + LINKS, encoding="utf-8")
    assert settings().google is not None


def test_bytes_that_are_no_text_are_told(secrets: Path) -> None:
    secrets.write_bytes(b"\xff\xfe")
    with pytest.raises(SecretsError, match="UTF-8"):
        settings()


def test_no_mistake_tells_what_stands_in_the_file(secrets: Path) -> None:
    secrets.write_text(f'{KEY}other = {{ a = "SECRET" }}\n[google]\nx = "SECRET"', encoding="utf-8")
    for text in (
        secrets.read_text(encoding="utf-8"),
        "[google]\nservice_account = 'SECRET",
        KEY + "x = 1\n",
    ):
        secrets.write_text(text, encoding="utf-8")
        with pytest.raises(SecretsError) as raised:
            settings()
        assert "SECRET" not in str(raised.value)


@pytest.mark.parametrize(
    ("root", "elsewhere"),
    [
        ("http://127.0.0.1:8377/", ""),
        ("http://[::1]:1", ""),
        ("https://g.example", "api_root_elsewhere = true"),
    ],
)
def test_a_server_that_stands_for_google_is_on_this_machine_or_named_twice(
    root: str, elsewhere: str, secrets: Path
) -> None:
    secrets.write_text(f'[google]\napi_root = "{root}"\n{elsewhere}\n{LINKS}', encoding="utf-8")
    chosen = settings()
    assert chosen.is_simulated
    assert chosen.google is not None
    assert chosen.google.account.api_root == root.rstrip("/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("auth = 1\n", r"auth รับ: ตาราง \[auth\]"),
        ("[auth]\n[roles]\na = 1\n", "roles รับ"),
        ("roles = 1\n[auth]\n", "roles รับ"),
    ],
)
def test_a_login_that_cannot_be_read_lets_nobody_in(text: str, told: str, secrets: Path) -> None:
    secrets.write_text(text, encoding="utf-8")
    with pytest.raises(SecretsError, match=told):
        login()


def test_several_providers_are_offered_by_their_names(secrets: Path) -> None:
    secrets.write_text("[auth.google]\n[auth.microsoft]\n", encoding="utf-8")
    found = login()
    assert found is not None
    assert found.providers == ("google", "microsoft")
