"""Workbooks that cannot be read: one trouble each, named; nothing of them is trusted."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.store.xlsx_folder import _tabs
from sheets_schema.loader import reasons
from tests.data.make import broken, compound_file, repacked, sound
from tests.store.books import YEAR, only, opened, put

HERE = Path(__file__).parents[1] / "data"
TROUBLES = {
    "empty_file.xlsx": "empty_file",
    "half_written.xlsx": "half_written",
    "password_protected.xlsx": "password_protected",
    "old_xls_renamed.xlsx": "old_xls",
    "text_renamed.xlsx": "not_a_workbook",
    "letter_renamed.xlsx": "not_a_workbook",
    "without_cells.xlsx": "not_a_workbook",
    "list_of_tabs_cut_short.xlsx": "not_a_workbook",
    "compressed_strangely.xlsx": "not_a_workbook",
}


SOUND = sound()


class Clock:
    """A pause that takes no time; something may happen meanwhile."""

    def __init__(self, *happenings: Callable[[], object]) -> None:
        self.pauses = 0
        self.happenings = list(happenings)

    def sleep(self, _: float) -> None:
        self.pauses += 1
        if self.happenings:
            self.happenings.pop(0)()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    still = Clock()
    monkeypatch.setattr(time, "sleep", still.sleep)
    return still


def test_every_broken_file_is_here_and_small() -> None:
    assert {path.name for path in HERE.glob("*.xlsx")} == set(TROUBLES) == set(broken())
    assert sum(path.stat().st_size for path in HERE.glob("*.xlsx")) < 30_000


@pytest.mark.parametrize(("name", "trouble"), TROUBLES.items(), ids=TROUBLES)
def test_a_broken_workbook_names_its_trouble(name: str, trouble: str, tmp_path: Path) -> None:
    book = opened(put(tmp_path, "5601.xlsx", (HERE / name).read_bytes()))
    assert (book.trouble, book.tabs) == (trouble, ())
    assert {trouble, f"{trouble}_fix"} <= reasons().keys()


@pytest.mark.parametrize("name", ["password_protected.xlsx", "old_xls_renamed.xlsx"])
def test_what_waiting_cannot_mend_is_not_waited_for(
    name: str, tmp_path: Path, clock: Clock
) -> None:
    opened(put(tmp_path, "5601.xlsx", (HERE / name).read_bytes()))
    assert clock.pauses == 0


@pytest.mark.parametrize("caught", [b"", sound()[:3000], b"\0" * 3000])
def test_a_file_caught_half_saved_is_read_when_it_is_whole(
    caught: bytes, tmp_path: Path, clock: Clock
) -> None:
    store = put(tmp_path, "5601.xlsx", caught)
    path = tmp_path / str(YEAR) / "5601.xlsx"
    clock.happenings += [lambda: None, lambda: path.write_bytes(sound())]
    book = opened(store)
    assert (book.trouble, [tab.name for tab in book.tabs]) == (None, ["ศูนย์"])


def test_a_file_that_is_being_replaced_is_waited_for(tmp_path: Path, clock: Clock) -> None:
    store = put(tmp_path, "5601.xlsx", sound())
    ref, path = only(store), tmp_path / str(YEAR) / "5601.xlsx"
    path.unlink()
    clock.happenings.append(lambda: path.write_bytes(sound()))
    book = store.read(ref, YEAR)
    assert book is not None
    assert book.trouble is None


def test_a_file_that_never_comes_back_is_half_written(tmp_path: Path) -> None:
    store = put(tmp_path, "5601.xlsx", sound())
    ref = only(store)
    (tmp_path / str(YEAR) / "5601.xlsx").unlink()
    book = store.read(ref, YEAR)
    assert book is not None
    assert (book.trouble, book.tabs) == ("half_written", ())


def test_a_file_saved_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    """The first bytes are a sound workbook, but no longer the one on the disk."""
    store = put(tmp_path, "5601.xlsx", sound())
    read = Path.read_bytes
    saves = [lambda path: path.write_bytes(repacked(sound()))]

    def meanwhile(path: Path) -> bytes:
        data = read(path)
        if saves:
            saves.pop()(path)
        return data

    monkeypatch.setattr(Path, "read_bytes", meanwhile)
    book = opened(store)
    assert (book.trouble, clock.pauses) == (None, 1)
    assert opened(store).digest == book.digest


def test_a_file_that_is_saved_all_the_time_is_never_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = put(tmp_path, "5601.xlsx", sound())
    read = Path.read_bytes

    def meanwhile(path: Path) -> bytes:
        data = read(path)
        path.write_bytes(data + b"\0")
        return data

    monkeypatch.setattr(Path, "read_bytes", meanwhile)
    book = opened(store)
    assert (book.trouble, book.tabs) == ("half_written", ())


@pytest.mark.parametrize(
    ("lock", "trouble"), [(None, "no_permission"), ("~$5601.xlsx", "open_elsewhere")]
)
def test_a_file_we_may_not_read_says_so(
    lock: str | None, trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a workbook held by Excel can refuse to be read at all."""
    store = put(tmp_path, "5601.xlsx", sound())
    if lock:
        put(tmp_path, lock, b"")

    def refused(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refused)
    book = opened(store)
    assert (book.trouble, book.tabs) == (trouble, ())


def test_another_compound_file_is_not_taken_for_a_protected_one() -> None:
    assert _tabs(compound_file("Workbook", "EncryptionInfo")) == ((), "old_xls")


@settings(deadline=None)
@given(st.data())
def test_wherever_a_file_is_cut_it_is_never_trusted(data: st.DataObject) -> None:
    cut = SOUND[: data.draw(st.integers(1, len(SOUND) - 23))]
    tabs, trouble = _tabs(cut)
    assert tabs == ()
    assert trouble in ("half_written", "not_a_workbook")


@settings(deadline=None)
@given(st.data())
def test_a_damaged_byte_stops_one_workbook_and_not_the_province(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from((SOUND, repacked(SOUND)))))
    damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    tabs, trouble = _tabs(bytes(damaged))
    assert (tabs == ()) == (trouble is not None)


def test_an_archive_of_a_later_kind_stops_one_workbook() -> None:
    later = bytearray(SOUND)
    later[SOUND.index(b"PK\x01\x02") + 6] = 64  # the version needed to unpack the first part
    assert _tabs(bytes(later)) == ((), "half_written")
