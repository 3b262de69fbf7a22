"""Files of lines that are only ever added to: whole, on the disk, and for their user only."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

USER_ONLY_FILE, USER_ONLY_FOLDER, FILES_KEPT = 0o600, 0o700, 32
Line = Mapping[str, Any]


def own_folder(base: Path, *parts: str) -> Path:
    """The folder below `base`; what of it is not there is made.

    Raises:
        OSError: the disk refuses.
    """
    place = base
    place.mkdir(mode=USER_ONLY_FOLDER, parents=True, exist_ok=True)
    for part in parts:
        place = place / part
        place.mkdir(mode=USER_ONLY_FOLDER, exist_ok=True)
    return place


def append(place: Path, line: Line) -> None:
    """Add the line; it is on the disk when this returns. After one that was cut off, anew.

    Raises:
        OSError: the disk refuses.
    """
    text = json.dumps(line, separators=(",", ":")) + "\n"  # escaped: a text may hold anything
    handle = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CREAT, USER_ONLY_FILE)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        whole = not end or file.read(1) == b"\n"
        file.write((text if whole else f"\n{text}").encode())
        os.fsync(handle)


def lines(place: Path) -> tuple[Line, ...]:
    """Every whole line, oldest first; one that was cut off says nothing. Not to be changed."""
    try:
        seen = place.stat()
    except OSError:
        return ()
    return _lines(place, seen.st_size, seen.st_mtime_ns)


@lru_cache(maxsize=FILES_KEPT)
def _lines(place: Path, _size: int, _changed: int) -> tuple[Line, ...]:
    """As long as the file is as long as it was, it says what it said."""
    texts = place.read_text(encoding="utf-8", errors="replace").split("\n")
    return tuple(line for text in texts for line in _whole(text))


def _whole(text: str) -> Iterator[Line]:
    try:
        told = json.loads(text)
    except ValueError:
        return
    if isinstance(told, dict):
        yield told
