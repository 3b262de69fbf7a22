"""Which districts want the product's notes in their own sheets; off until somebody says so."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock

from services.lines import USER_ONLY_FILE, own_folder

PLACE = "feedback.json"


def is_on(history: Path, year: int, district: str) -> bool:
    """Whether the district's sheet of the year shall carry notes."""
    return district in _known(history).get(str(year), ())


def switch(history: Path, year: int, district: str, *, on: bool) -> None:
    """Say so; the other districts stay as they are.

    Raises:
        OSError: the disk refuses.
    """
    own_folder(history)
    with FileLock(history / f".{PLACE}.lock", mode=USER_ONLY_FILE):
        known = {name: set(codes) for name, codes in _known(history).items()}
        chosen = known.setdefault(str(year), set())
        (chosen.add if on else chosen.discard)(district)
        beside = history / f".{PLACE}.{os.getpid()}"
        told = {name: sorted(codes) for name, codes in known.items()}
        beside.write_text(json.dumps(told), encoding="utf-8")
        beside.replace(history / PLACE)


def _known(history: Path) -> Mapping[str, list[str]]:
    try:
        told = json.loads((history / PLACE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
