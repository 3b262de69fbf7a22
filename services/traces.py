"""Who opened, downloaded or changed what, and when: one line each, only ever added.

A line holds the account, the page or file, the year and the district's code; never a name of a
debtor, an amount, or what was searched for. Months older than KEPT_MONTHS are removed at a start.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

FOLDER, KEPT_MONTHS = "traces", 12
USER_ONLY_FILE, USER_ONLY_FOLDER = 0o600, 0o700
Deed = Literal["opened", "downloaded", "laid_out", "refreshed", "saved", "settled"]


@dataclass(frozen=True)
class Trace:
    """`who`: the account that has logged in, or «alone»; `of`: year and district, if any."""

    at: str
    who: str
    role: str
    deed: Deed
    what: str
    of: str = ""


def record(history: Path, trace: Trace) -> None:
    """Add the line to its month's file.

    Raises:
        OSError: the disk refuses.
    """
    place = history / FOLDER
    place.mkdir(mode=USER_ONLY_FOLDER, parents=True, exist_ok=True)
    line = json.dumps(asdict(trace), ensure_ascii=False) + "\n"
    month = place / f"{trace.at[:7]}.jsonl"
    handle = os.open(month, os.O_WRONLY | os.O_APPEND | os.O_CREAT, USER_ONLY_FILE)
    with os.fdopen(handle, "ab") as file:
        file.write(line.encode())  # one write: lines of several processes do not mix


def latest(history: Path, most: int) -> list[Trace]:
    """The last lines, newest first; a line that was cut off is left out."""
    found: list[Trace] = []
    for month in sorted((history / FOLDER).glob("*.jsonl"), reverse=True):
        lines = month.read_text(encoding="utf-8", errors="replace").splitlines()
        found += [trace for line in reversed(lines) for trace in _read(line)]
        if len(found) >= most:
            break
    return found[:most]


def _read(line: str) -> Iterator[Trace]:
    try:
        yield Trace(**json.loads(line))
    except (ValueError, TypeError):
        return


def prune(history: Path, now: datetime) -> None:
    """Remove the months that are kept no longer."""
    oldest = now.year * 12 + now.month - KEPT_MONTHS
    for month in (history / FOLDER).glob("*.jsonl"):
        year, _, number = month.stem.partition("-")
        if year.isdecimal() and number.isdecimal() and int(year) * 12 + int(number) < oldest:
            month.unlink()
