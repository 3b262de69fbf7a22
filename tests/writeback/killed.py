"""Saves one edit after the other, each in a process that is killed somewhere in it.

`python -m tests.writeback.killed FOLDER TIMES` prints what became of them as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from services.store.xlsx_folder import XlsxFolder
from services.writeback.save import Desk, save
from services.writeback.settle import look_after_cut_off
from tests.support.files import write_workbook
from tests.writeback.office import DISTRICT, YEAR, desk, pressed, usual, want

DONE = b"done"


def killed(at: Desk, number: int, after: float) -> bool:
    """Whether the save was acknowledged before its process was killed."""
    reading, writing = os.pipe()
    book = at.read()
    one = pressed(book, want(book, 1, "outstanding", f"o{number}"))
    child = os.fork()
    if child == 0:
        save(at, book, one)
        os.write(writing, DONE)
        time.sleep(60)
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return told.read() == DONE


def main(folder: Path, times: int) -> dict[str, int]:
    """Save and kill; `folder` is empty at first."""
    place = write_workbook(folder / f"data/{YEAR}/{DISTRICT} ก.xlsx", [usual()])
    at, counts, dice = (
        desk(XlsxFolder(folder / "data"), folder / "history"),
        Counter[str](),
        random.Random(7),  # noqa: S311
    )
    began = time.perf_counter()
    save(at, at.read(), pressed(at.read(), want(at.read(), 1, "outstanding", "o0")))
    usual_time, before = time.perf_counter() - began, "o0"
    for number in range(1, times + 1):
        told = killed(at, number, dice.uniform(0, usual_time * 1.5))
        book = at.read()  # raises where it cannot be read
        now = str(book.tabs[0].rows[1][3])
        look_after_cut_off(at, every=True)
        waiting = {str(one.want.new) for one in at.journal.conflicts()}
        meant = {str(one.wants[0].new) for one in at.journal.saves().values()}
        new = f"o{number}"
        counts["neither old nor new"] += now not in (before, new)
        counts["acknowledged and lost"] += told and now != new
        counts["meant and forgotten"] += new in meant and now != new and new not in waiting
        counts["in the inbox though written"] += now == new and new in waiting
        counts["acknowledged"] += told
        counts["written"] += now == new
        counts["left without a fate"] += len(at.journal.cut_off())
        before = now
    save(at, at.read(), pressed(at.read(), want(at.read(), 1, "outstanding", "end")))
    left = [one.name for one in place.parent.iterdir() if ".tmp" in one.name]
    return {**counts, "times": times, "left beside": len(left)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
