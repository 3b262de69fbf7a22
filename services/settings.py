"""Where the data is and which day it is: read from the environment and passed in."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Settings:
    """`demo_day` is the demo province's «today»; None for an office's own data.

    `viewer` asks for the page as somebody else would see it.
    """

    data: Path
    programmes: Path | None = None
    demo_day: date | None = None
    viewer: str | None = None

    @property
    def is_demo(self) -> bool:
        """Whether the people in the data are invented."""
        return self.demo_day is not None


def settings(data: Path | None = None) -> Settings:
    """Settings for this data folder (default: KONGTHUN_DATA, else ./.demo).

    KONGTHUN_PROGRAMMES names a folder with the office's own year files, KONGTHUN_VIEWER whose view
    of the pages is shown («province», «district:5601»).
    """
    folder = data or Path(os.environ.get("KONGTHUN_DATA", ".demo"))
    own = os.environ.get("KONGTHUN_PROGRAMMES")
    viewer = os.environ.get("KONGTHUN_VIEWER")
    return Settings(folder, Path(own) if own else None, _demo_day(folder), viewer)


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
