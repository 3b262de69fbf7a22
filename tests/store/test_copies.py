"""A copy on disk gives back exactly what was read, is never half there, and is its user's only."""

import errno
import gzip
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.settings import BANGKOK
from services.store import copies
from services.store.base import Fault, RawTab, RawWorkbook, Stored, WorkbookRef

READ_AT = datetime(2022, 7, 19, 8, 30, tzinfo=BANGKOK)
SAVED = datetime(2022, 7, 18, 16, 0, tzinfo=BANGKOK)
KEPT_TODAY = Path(__file__).parents[1] / "data" / "last_good_1.json"

cells: st.SearchStrategy[Stored] = st.one_of(
    st.text(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**9), 10**9),
    st.dates(),
    st.datetimes().map(lambda moment: moment.replace(fold=0)),  # sheets know no summer time
    st.times().map(lambda moment: moment.replace(fold=0)),
    st.timedeltas(timedelta(0), timedelta(days=400)),
)


def book(*tabs: RawTab) -> RawWorkbook:
    ref = WorkbookRef("5601", "5601 เมืองพะเยา", "S 7", None, SAVED, home="S")
    return RawWorkbook(ref, "digest", tabs, None, ref.name)


def kept_and_read(place: Path, stored: RawWorkbook) -> RawWorkbook:
    copies.save(place, stored, READ_AT)
    found = copies.load(place)
    assert found is not None
    assert found[1] == READ_AT
    return found[0]


@given(rows=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=4))
def test_every_cell_comes_back_as_it_was_and_of_the_same_kind(
    rows: list[list[Stored]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("copies") / "5601.json.gz"
    (tab,) = kept_and_read(place, book(RawTab("ศูนย์", rows))).tabs
    assert [list(map(repr, row)) for row in tab.rows] == [list(map(repr, row)) for row in rows]


def test_what_stands_beside_the_cells_comes_back_too(tmp_path: Path) -> None:
    tab = RawTab(
        "หนี้",
        [["", 0.06]],
        {(0, 0): Fault("formula_error", "#REF!")},
        lambda: frozenset({(0, 0)}),
        lambda: {(0, 1): "0%"},
        "https://example.org/#gid=7",
    )
    found = kept_and_read(tmp_path / "5601.json.gz", book(tab))
    (got,) = found.tabs
    assert (got.name, got.faults, got.url) == (tab.name, tab.faults, tab.url)
    assert (got.formulas(), got.formats()) == (tab.formulas(), tab.formats())
    assert (found.ref, found.digest) == (book().ref, "digest")


def test_a_copy_is_readable_by_its_user_only(tmp_path: Path) -> None:
    place = tmp_path / "last_good" / "2565" / "5601.json.gz"
    copies.save(place, book(), READ_AT)
    copies.save(place, book(), READ_AT)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    for folder in (place.parent, place.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [entry.name for entry in place.parent.iterdir()] == [place.name]


def test_two_that_keep_at_once_leave_one_whole_copy(tmp_path: Path) -> None:
    place = tmp_path / "5601.json.gz"
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: copies.save(place, book(), READ_AT), range(40)))
    assert copies.load(place) is not None
    assert [entry.name for entry in tmp_path.iterdir()] == [place.name]


def test_half_a_letter_is_kept_like_any_text(tmp_path: Path) -> None:
    (tab,) = kept_and_read(tmp_path / "5601.json.gz", book(RawTab("ก", [["\ud83d"]]))).tabs
    assert tab.rows[0][0] == "\ud83d"


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_process_that_dies_while_keeping_leaves_the_old_copy(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "5601.json.gz"
    copies.save(place, book(RawTab("เดิม", [["1"]])), READ_AT)

    def dies(*_: object) -> None:
        raise OSError(errno.ENOSPC, "disk full")

    place_of: dict[str, object] = {"fsync": os, "replace": Path}
    monkeypatch.setattr(place_of[moment], moment, dies)
    with pytest.raises(OSError, match="disk full"):
        copies.save(place, book(RawTab("ใหม่", [["2"]])), READ_AT)
    monkeypatch.undo()
    found = copies.load(place)
    assert found is not None
    assert [tab.name for tab in found[0].tabs] == ["เดิม"]
    assert kept_and_read(place, book(RawTab("ใหม่", [["2"]]))).tabs[0].name == "ใหม่"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x1f\x8b", *(gzip.compress(one, mtime=0) for one in (b"{", b"[]", b'{"format": 1}'))],
)
def test_a_damaged_copy_is_no_copy(content: bytes, tmp_path: Path) -> None:
    place = tmp_path / "5601.json.gz"
    place.write_bytes(content)
    assert copies.load(place) is None


def test_a_copy_of_a_newer_version_is_not_guessed_at(tmp_path: Path) -> None:
    place = tmp_path / "5601.json.gz"
    told = json.loads(KEPT_TODAY.read_text(encoding="utf-8"))
    place.write_bytes(gzip.compress(json.dumps({**told, "format": copies.FORMAT + 1}).encode()))
    assert copies.load(place) is None


def test_a_copy_kept_by_the_first_version_is_read_by_every_later_one(tmp_path: Path) -> None:
    """The file was written by format 1 and is never written again; more keys do no harm."""
    place = tmp_path / "5601.json.gz"
    told = json.loads(KEPT_TODAY.read_text(encoding="utf-8"))
    place.write_bytes(gzip.compress(json.dumps({**told, "added_later": 1}).encode()))
    found = copies.load(place)
    assert found is not None
    kept, read_at = found
    assert read_at == READ_AT
    assert kept.ref == book().ref
    (tab,) = kept.tabs
    assert list(tab.rows) == [
        ["รหัสศูนย์", 2000.5, ""],
        [date(2022, 7, 26), datetime(2022, 7, 26, 9, 30), time(9, 30)],  # noqa: DTZ001
        [timedelta(days=1, hours=6), "", 0.06],
    ]
    assert tab.faults == {(0, 2): Fault("formula_error", "#REF!")}
    assert (tab.formulas(), tab.formats()) == (frozenset({(0, 2)}), {(2, 2): "0%"})
