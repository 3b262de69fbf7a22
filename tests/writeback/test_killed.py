"""Whenever the process is killed, the workbook holds the old or the new value, and we know."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TIMES = 200 if "KONGTHUN_SOAK" in os.environ else 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed as on Unix")
def test_a_save_that_is_killed_anywhere_leaves_no_doubt(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.writeback.killed", str(tmp_path), str(TIMES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 – our own module
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    print(counts)  # noqa: T201 – the soak tells it
    for never in (
        "neither old nor new",
        "acknowledged and lost",
        "meant and forgotten",
        "in the inbox though written",
        "left without a fate",
        "left beside",
    ):
        assert counts[never] == 0, (never, counts)
    assert counts["times"] == TIMES
    assert 0 < counts["acknowledged"] <= counts["written"] < TIMES
