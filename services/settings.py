"""Where the data is and which day it is: read from the environment and the secrets, passed in."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from services.errors import SecretsError
from services.secrets_file import GoogleAccount, GoogleSettings, Login, google_of, login_of

BANGKOK = ZoneInfo("Asia/Bangkok")
MANIFEST = "manifest.json"
SECRETS, HISTORY, DEMO = ".streamlit/secrets.toml", ".kongthun", ".demo"


@dataclass(frozen=True)
class Settings:
    """`demo_day` is the demo province's «today»; None for an office's own data.

    The workbooks are Google's where `google` is set, else in the folder `data`. `history` is where
    the product keeps what it must remember. `viewer` asks for the page as somebody else would see
    it.
    """

    data: Path
    programmes: Path | None = None
    demo_day: date | None = None
    viewer: str | None = None
    google: GoogleSettings | None = field(default=None, compare=False)
    history: Path = Path(HISTORY)

    @property
    def is_demo(self) -> bool:
        """Whether the people in the data are invented."""
        return self.demo_day is not None

    @property
    def is_simulated(self) -> bool:
        """Whether a local server stands for Google."""
        return self.google is not None and self.google.account.api_root is not None


def settings(data: Path | None = None) -> Settings:
    """Settings for this data folder, or for what the environment and the secrets say.

    Without a folder: KONGTHUN_DATA, else Google Sheets if the secrets link some, else ./.demo.
    KONGTHUN_SECRETS names the file of secrets, KONGTHUN_HISTORY the product's own folder,
    KONGTHUN_PROGRAMMES a folder with the office's own year files, KONGTHUN_VIEWER whose view of the
    pages is shown («province», «district:5601»).

    Raises:
        SecretsError: no folder is named and the file of secrets cannot be used.
    """
    named = data or _path("KONGTHUN_DATA")
    google = None if named else google_of(_secrets())
    if google is not None and not google.links:
        google = None
    folder = named or Path(DEMO)
    return Settings(
        folder,
        _path("KONGTHUN_PROGRAMMES"),
        google.sample_day if google else _demo_day(folder),
        os.environ.get("KONGTHUN_VIEWER"),
        google,
        _path("KONGTHUN_HISTORY") or (Path(HISTORY) if google else folder / HISTORY),
    )


def google_account() -> GoogleAccount:
    """Who we are to Google, also while a folder is used; without secrets what the machine is.

    Raises:
        SecretsError: the file of secrets cannot be used.
    """
    google = google_of(_secrets())
    return google.account if google else GoogleAccount()


def google_links() -> Mapping[int, Mapping[str, str]]:
    """The spreadsheets that are linked: year BE -> district code -> link or id."""
    google = google_of(_secrets())
    return google.links if google else {}


def login() -> Login | None:
    """How people log in to the pages; None where nobody does.

    Raises:
        SecretsError: the file of secrets cannot be used.
    """
    return login_of(_secrets())


def _secrets() -> Path:
    """The file of secrets; one that is named must be there."""
    named = _path("KONGTHUN_SECRETS")
    if named is not None and not named.is_file():
        raise SecretsError(
            named.name, "ไม่พบแฟ้มที่ KONGTHUN_SECRETS ระบุ", "KONGTHUN_SECRETS names no file"
        )
    return named or Path(SECRETS)


def _path(name: str) -> Path | None:
    told = os.environ.get(name)
    return Path(told) if told else None


def _demo_day(folder: Path) -> date | None:
    manifest = folder / MANIFEST
    try:
        return _told_by(manifest, manifest.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=8)
def _told_by(manifest: Path, _changed: int) -> date | None:
    """The demo's day as its manifest tells; pages ask for it many times a run.

    None where the file is somebody else's: then the data is not called a sample.
    """
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        return date.fromisoformat(told["today"]) if told["demo"] is True else None
    except (ValueError, KeyError, TypeError):
        return None


def today_in_bangkok() -> date:
    """The day in Thailand now."""
    return datetime.now(BANGKOK).date()
