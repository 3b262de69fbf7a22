""".streamlit/secrets.toml as far as it speaks of Google Sheets; its values are never told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from services.errors import SecretsError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
KNOWN = {"years", "service_account", "api_root", "api_root_elsewhere", "sample_day"}
YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
PLAIN_ADDRESS = re.compile(r"https?://(\[[0-9a-fA-F:]+\]|[\w.-]+)(:\d{1,5})?/?", re.ASCII)
Table = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class GoogleAccount:
    """Who we are to Google, and where Google is.

    `key` is a service account's, as downloaded; None takes what the machine is trusted with
    (Application Default Credentials). `api_root` is a local server that stands for Google.
    """

    key: Mapping[str, str] | None = field(default=None, repr=False)
    api_root: str | None = None

    @property
    def email(self) -> str | None:
        """The address the offices share their spreadsheets with; None where only Google knows."""
        return self.key.get("client_email") if self.key else None


@dataclass(frozen=True, eq=False)
class GoogleSettings:
    """`links`: year BE -> district code -> link or id of its spreadsheet.

    `sample_day` is the «today» of a sample province whose people are invented.
    """

    account: GoogleAccount
    links: Mapping[int, Mapping[str, str]]
    sample_day: date | None = None


@dataclass(frozen=True, eq=False)
class Login:
    """People log in with these `providers` («» is the only one); `roles`: e-mail -> role."""

    providers: tuple[str, ...]
    roles: Mapping[str, str]


def login_of(place: Path) -> Login | None:
    """How people log in; None where the file has no [auth].

    Raises:
        SecretsError: the file is not TOML, or [roles] is no table of texts.
    """
    told = _read(place, _changed(place))
    if "auth" not in told:
        return None
    auth, roles = told["auth"], told.get("roles", {})
    if not isinstance(auth, dict):
        _wrong(place, "auth", "ตาราง [auth]")
    if not isinstance(roles, dict) or not all(isinstance(role, str) for role in roles.values()):
        _wrong(place, "roles", '"อีเมล" = "บทบาท" เช่น "a@example.org" = "province_viewer"')
    named = tuple(name for name, table in auth.items() if isinstance(table, dict))
    return Login(named or ("",), roles)


def google_of(place: Path) -> GoogleSettings | None:
    """What the file says of Google; None where there is no file, or nothing of it in it.

    Raises:
        SecretsError: the file is not TOML, or a key of [google] is wrong.
    """
    return _google(place, _changed(place))


def _changed(place: Path) -> int | None:
    """When the file was last written; None where there is none."""
    try:
        return place.stat().st_mtime_ns
    except OSError:
        return None


@lru_cache(maxsize=8)
def _read(place: Path, changed: int | None) -> Table:
    if changed is None:
        return {}
    try:
        return tomllib.loads(place.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as mistake:
        where = str(mistake).rpartition("(")[2].rstrip(")")  # «at line 3, column 7», not the text
        line = re.search(r"line (\d+)", where)
        thai = f"บรรทัดที่ {line[1]} " if line else ""
        _refuse(
            place,
            f'{thai}อ่านไม่ได้ – มักขาดเครื่องหมาย " ท้ายข้อความ หรือมีบรรทัดหรือตารางซ้ำ แก้แล้วบันทึก',
            f"not TOML ({where})",
        )
    except (OSError, UnicodeDecodeError):
        _refuse(place, "เปิดแฟ้มไม่ได้ หรือไม่ใช่ UTF-8", "not readable as UTF-8")


@lru_cache(maxsize=8)
def _google(place: Path, changed: int | None) -> GoogleSettings | None:
    google = _read(place, changed).get("google")
    if google is None:
        return None
    if not isinstance(google, dict):
        _wrong(place, "google", "ตาราง [google]")
    for key in google:
        if key not in KNOWN:
            _wrong(place, f"google.{key}", ", ".join(sorted(KNOWN)))
    account = GoogleAccount(_key(place, google), _api_root(place, google))
    return GoogleSettings(account, _links(place, google), _sample_day(place, google))


def _refuse(place: Path, mistake: str, english: str) -> NoReturn:
    raise SecretsError(place.name, mistake, english) from None


def _wrong(place: Path, key: str, accepted: str) -> NoReturn:
    _refuse(place, f"ช่อง {key} รับ: {accepted}", f"{key} takes: {accepted}")


def _key(place: Path, google: Table) -> Mapping[str, str] | None:
    key = google.get("service_account")
    if key is None:
        return None
    strays = [name for name in key if name.isdecimal()] if isinstance(key, dict) else []
    if strays:
        _wrong(place, f"google.service_account.{strays[0]}", "ย้ายบรรทัดนี้ไปใต้ [google.years.<ปี>]")
    if not isinstance(key, dict) or not all(isinstance(v, str) for v in key.values()):
        _wrong(place, "google.service_account", "ตารางข้อความจากแฟ้มกุญแจ .json")
    return key


def _api_root(place: Path, google: Table) -> str | None:
    """A local server's address; elsewhere only on purpose, for our token would go there."""
    root, elsewhere = google.get("api_root"), google.get("api_root_elsewhere", False)
    if not isinstance(elsewhere, bool):
        _wrong(place, "google.api_root_elsewhere", "true, false")
    if root is None:
        return None
    found = PLAIN_ADDRESS.fullmatch(root) if isinstance(root, str) else None
    if found is None:
        _wrong(place, "google.api_root", "http://127.0.0.1:8377")
    if found[1].strip("[]") not in LOOPBACK and not elsewhere:
        _wrong(
            place, "google.api_root", "เครื่องนี้เท่านั้น (127.0.0.1) เว้นแต่ตั้ง api_root_elsewhere = true"
        )
    return str(root).rstrip("/")


def _links(place: Path, google: Table) -> Mapping[int, Mapping[str, str]]:
    years, links = google.get("years", {}), {}
    if not isinstance(years, dict):
        _wrong(place, "google.years", "ตารางของปี พ.ศ.")
    for year, districts in years.items():
        if not YEAR.fullmatch(year):
            _wrong(place, f"google.years.{year}", "ปี พ.ศ. เช่น [google.years.2565]")
        if not isinstance(districts, dict) or not all(
            isinstance(link, str) for link in districts.values()
        ):
            _wrong(place, f"google.years.{year}", 'รหัสอำเภอ = "ลิงก์" เช่น 5601 = "https://…"')
        links[int(year)] = districts
    return links


def _sample_day(place: Path, google: Table) -> date | None:
    day = google.get("sample_day")
    if day is not None and type(day) is not date:
        _wrong(place, "google.sample_day", "วันที่ ค.ศ. เช่น 2022-07-19")
    return day
