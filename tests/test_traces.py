"""Who used what: lines that are only ever added, readable by their user only, kept for a year."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from services.present.traces import traces_table
from services.settings import BANGKOK
from services.traces import FOLDER, Trace, latest, prune, record


def line(at: str = "2026-11-25T09:00:00+07:00", what: str = "province") -> Trace:
    return Trace(at, "viewer@office.example", "province_viewer", "opened", what, "2565")


def test_lines_are_added_and_read_newest_first(tmp_path: Path) -> None:
    for day, what in (("2026-10-31", "ก"), ("2026-11-01", "ข"), ("2026-11-02", "ค")):
        record(tmp_path, line(f"{day}T08:00:00+07:00", what))
    assert [trace.what for trace in latest(tmp_path, 9)] == ["ค", "ข", "ก"]
    assert [trace.what for trace in latest(tmp_path, 1)] == ["ค"]
    (row,) = traces_table(latest(tmp_path, 1)).to_numpy().tolist()
    assert row[:3] == ["2 พ.ย. 2569 08:00 น.", "viewer@office.example", "ผู้ดูระดับจังหวัด"]
    assert row[3:] == ["เปิดหน้า", "ค", "2565"]


def test_nobody_else_on_the_machine_reads_them(tmp_path: Path) -> None:
    record(tmp_path / "history", line())
    (month,) = (tmp_path / "history" / FOLDER).iterdir()
    assert stat.S_IMODE(month.stat().st_mode) == 0o600
    assert stat.S_IMODE(month.parent.stat().st_mode) == 0o700


def test_lines_written_at_once_do_not_mix(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: record(tmp_path, line(what=f"{n}" * 200)), range(200)))
    assert len(latest(tmp_path, 1000)) == 200


def test_a_line_that_was_cut_off_hides_no_other(tmp_path: Path) -> None:
    record(tmp_path, line())
    (month,) = (tmp_path / FOLDER).iterdir()
    month.write_bytes(month.read_bytes() + b'{"at": "2026-\n' + b'{"at": 1}\n')
    assert latest(tmp_path, 9) == [line()]


def test_a_year_is_kept_and_what_is_older_goes(tmp_path: Path) -> None:
    for month in ("2025-10", "2025-11", "2026-11"):
        record(tmp_path, line(f"{month}-01T08:00:00+07:00"))
    (tmp_path / FOLDER / "notes.jsonl").write_text("an office's own")
    prune(tmp_path, datetime(2026, 11, 25, tzinfo=BANGKOK))
    kept = sorted(place.name for place in (tmp_path / FOLDER).iterdir())
    assert kept == ["2025-11.jsonl", "2026-11.jsonl", "notes.jsonl"]
    assert latest(tmp_path / "nowhere", 9) == []
