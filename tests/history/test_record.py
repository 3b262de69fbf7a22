"""Every state a workbook was read in can be had again, and what changed in between is told."""

from __future__ import annotations

import random
import stat
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from services.history.changes import Change, Ours
from services.history.record import FULL_EVERY, LINES, History, prune
from services.settings import BANGKOK
from services.store.base import Fault, RawTab, RawWorkbook, Stored, WorkbookRef
from services.store.digest import cells_digest
from tests.history.test_patch import OTHER, typed
from tests.writeback.office import changed, debts, usual

START = datetime(2022, 7, 19, 9, tzinfo=BANGKOK)


def book(*tabs: RawTab) -> RawWorkbook:
    return RawWorkbook(WorkbookRef("5601", "5601 ก.xlsx", "1"), cells_digest(tabs), tabs)


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path, 2565, "5601")


def kept(history: History, *states: tuple[RawTab, ...], ours: Sequence[Ours] = ()) -> list[Change]:
    """What the last of the states changed."""
    for number, tabs in enumerate(states):
        history.record(book(*tabs), minute(number), ours)
    return list(history.readings()[-1].changes)


def test_replaying_a_thousand_edits_rebuilds_every_state(history: History) -> None:
    dice, tabs, digests = random.Random(3), (usual(), OTHER), []  # noqa: S311
    state: tuple[RawTab, ...] = tabs
    for number in range(1000):
        first, *rest = state
        rows = [list(row) for row in first.rows]
        rows[dice.randrange(1, len(rows))][dice.randrange(5)] = f"p{number}"
        if number % 50 == 0:
            rows = typed(rows, dice, ["ก"])
        state = (replace(first, rows=rows), *rest)
        if number % 10 == 0:  # a poll sees what stands there then
            history.record(book(*state), minute(number))
            digests.append((minute(number), cells_digest(state)))
    for moment, digest in digests[::7] + digests[-1:]:
        then = history.at(moment + timedelta(seconds=30))
        assert then is not None
        assert cells_digest(then.tabs) == then.digest == digest
    again = history.of(digests[5][1])
    assert again is not None
    assert cells_digest(again.tabs) == digests[5][1]


def test_the_same_state_read_again_adds_nothing(history: History) -> None:
    assert history.record(book(usual()), minute(0))
    assert not history.record(book(usual()), minute(1))
    assert len(history.readings()) == 1
    assert history.at(minute(-1)) is None
    assert history.of("nothing") is None


def test_a_typed_cell_is_one_change_with_its_row_and_column(history: History) -> None:
    found = kept(history, (usual(),), (changed(usual(), 2, 3, 777.0),))
    assert found == [Change("debts", "D2", "outstanding", "2000", "777")]


def test_what_came_through_us_has_an_author_and_nothing_else_has(history: History) -> None:
    cells = {("debts", "D2", "outstanding"): "777", ("debts", "D3", "fund_id"): "F8"}
    ours = Ours("kanya@office.example", "page", cells)
    now = changed(changed(usual(), 2, 3, 777.0), 3, 2, "F9")
    found = kept(history, (usual(),), (now,), ours=[ours])
    assert [(one.row, one.who, one.via) for one in found] == [
        ("D2", "kanya@office.example", "page"),
        ("D3", "", "sheet"),
    ]


def test_sorting_and_moving_columns_changes_no_cell(history: History) -> None:
    header, *rows = usual().rows
    turned = [list(reversed(row)) for row in [header, *reversed(rows)]]
    renamed = [[*turned[0][:2], "หนี้คงเหลือ", *turned[0][3:]], *turned[1:]]
    assert kept(history, (usual(),), (replace(usual(), rows=renamed),)) == []


def test_a_row_that_was_added_or_deleted_is_told_cell_by_cell(history: History) -> None:
    new: list[Stored] = ["D9", "H1", "F1", 5.0, "", "new"]
    found = kept(history, (usual(),), (debts([*usual().rows[1:3], *usual().rows[4:], new]),))
    assert [(one.row, one.column, one.old, one.new) for one in found] == [
        ("D9", "debt_id", "", "D9"),
        ("D9", "household_id", "", "H1"),
        ("D9", "fund_id", "", "F1"),
        ("D9", "outstanding", "", "5"),
        ("D3", "debt_id", "D3", ""),
        ("D3", "household_id", "H3", ""),
        ("D3", "fund_id", "F1", ""),
        ("D3", "outstanding", "3000", ""),
        ("D3", "contract_no", "03", ""),
    ]


def test_without_ids_a_changed_row_below_an_inserted_one_is_still_itself(history: History) -> None:
    header, first, second, *rest = usual(ids=False).rows
    new: list[Stored] = ["D0", "H0", "F0", 1.0, "00"]
    rows: list[Sequence[Stored]] = [header, new, first, [*second[:3], 777.0, second[4]], *rest]
    found = kept(history, (usual(ids=False),), (replace(usual(), rows=rows),))
    assert Change("debts", "D2", "outstanding", "2000", "777") in found
    assert {one.row for one in found} == {"D0", "D2"}


def test_outside_the_registers_a_change_is_told_by_its_cell(history: History) -> None:
    fault = replace(
        OTHER, rows=[["ก", ""], ["ข", 2.0]], faults={(0, 1): Fault("formula_error", "#REF!")}
    )
    found = kept(history, (OTHER,), (fault,))
    assert found == [Change("", OTHER.name, "B1", "1", "#REF!")]
    now = replace(OTHER, rows=[["ก", "1"], ["ข", 3.0]])  # 1 is a text by now, which nobody sees
    found = kept(history, (OTHER,), (now, usual()))
    assert found[0] == Change("", OTHER.name, "B2", "2", "3")
    assert Change("", "ลูกหนี้", "A2", "", "D1") in found


def test_changes_are_found_by_any_word_newest_first(history: History) -> None:
    kept(
        history,
        (usual(),),
        (changed(usual(), 2, 2, "กองทุนแม่"),),
        (changed(usual(), 2, 2, "กองทุนแม่ฯ"),),
    )
    assert [change.new for _, change in history.found("D2")] == ["กองทุนแม่ฯ", "กองทุนแม่"]
    assert [change.new for _, change in history.found("แม่ฯ")] == ["กองทุนแม่ฯ"]
    assert history.found("ไม่มีคำนี้") == []
    assert len(history.found(most=1)) == 1


def test_a_line_that_was_cut_off_costs_only_itself(history: History) -> None:
    kept(history, (usual(),), (changed(usual(), 2, 2, "F7"),))
    place = history.place / LINES
    place.write_bytes(b"[]\n" + place.read_bytes()[:-20])
    assert len(history.readings()) == 1
    assert history.record(book(changed(usual(), 2, 2, "F8")), minute(9))
    assert [one.new for one in history.readings()[-1].changes] == ["F8"]
    now = history.at(minute(9))
    assert now is not None
    assert now.tabs[0].rows[2][2] == "F8"


def test_whole_states_are_kept_now_and_then_and_one_that_is_lost_costs_only_time(
    history: History,
) -> None:
    states = [(changed(usual(), 2, 2, f"F{n}"),) for n in range(FULL_EVERY + 5)]
    kept(history, *states)
    wholes = sorted(history.place.glob("*.json.gz"))
    assert [one.name for one in wholes] == ["000000.json.gz", f"{FULL_EVERY:06}.json.gz"]
    wholes[1].write_bytes(b"spoilt")
    then = history.at(minute(FULL_EVERY + 4))
    assert then is not None
    assert then.tabs[0].rows[2][2] == f"F{FULL_EVERY + 4}"
    wholes[0].unlink()
    assert history.at(minute(3)) is None
    assert history.record(book(usual()), minute(99))  # begins anew


def test_where_a_patch_would_not_give_the_workbook_back_the_whole_is_kept(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.record(book(usual()), minute(0))
    monkeypatch.setattr("services.history.record.applied", lambda _patch, then: tuple(then))
    history.record(book(changed(usual(), 2, 2, "F7")), minute(1))
    now = history.at(minute(1))
    assert now is not None
    assert now.tabs[0].rows[2][2] == "F7"


def test_readings_of_several_processes_do_not_mix(tmp_path: Path) -> None:
    def read(number: int) -> None:
        History(tmp_path, 2565, "5601").record(
            book(changed(usual(), 2, 2, f"F{number}")), minute(number)
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read, range(40)))
    history = History(tmp_path, 2565, "5601")
    assert [one.number for one in history.readings()] == list(range(40))
    for reading in history.readings():
        then = history.of(reading.digest)
        assert then is not None
        assert cells_digest(then.tabs) == reading.digest


def test_a_register_that_lost_its_headers_is_told_by_its_cells(history: History) -> None:
    bare = replace(usual(), rows=[["x"] * 6, *usual().rows[1:]])
    found = kept(history, (usual(),), (bare,))
    assert {(one.register, one.row) for one in found} == {("", "ลูกหนี้")}


def test_what_is_kept_is_its_users_only(history: History) -> None:
    kept(history, (usual(),), (changed(usual(), 2, 2, "F7"),))
    modes = {stat.S_IMODE(one.stat().st_mode) for one in history.place.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(history.place.stat().st_mode) == 0o700


def test_what_is_five_years_past_goes_and_nothing_else(tmp_path: Path) -> None:
    for year in (2559, 2560, 2565):
        History(tmp_path, year, "5601").record(book(usual()), minute(0))
    (tmp_path / "history" / "notes").mkdir()
    prune(tmp_path, datetime(2022, 9, 30, tzinfo=BANGKOK))
    left = {place.name for place in (tmp_path / "history").iterdir()}
    assert left == {"2560", "2565", "notes"}
    prune(tmp_path, datetime(2022, 10, 1, tzinfo=BANGKOK))
    assert {place.name for place in (tmp_path / "history").iterdir()} == {"2565", "notes"}


def test_the_headers_of_the_office_are_no_change_of_a_row() -> None:
    with TemporaryDirectory() as folder:
        history = History(Path(folder), 2565, "5601")
        title: list[Stored] = ["ทะเบียนลูกหนี้", *[""] * 5]
        rows = [title, *usual().rows]
        assert kept(history, (usual(),), (replace(usual(), rows=rows),)) == []
