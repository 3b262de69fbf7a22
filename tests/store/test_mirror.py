"""The copies of sheets elsewhere: what is read when, and what is shown when it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.store.base import Trouble, WorkbookRef
from services.store.mirror import OLD, WHOLE_AGAIN, Mirror
from tests.store.elsewhere import MORNING, YEAR, Clock, Elsewhere


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere({"5601": "ก", "5602": "ข", "5603": "ค"})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mirror(elsewhere: Elsewhere, clock: Clock, tmp_path: Path) -> Mirror:
    return Mirror(elsewhere, tmp_path / "last_good", clock)


def shown(mirror: Mirror) -> dict[str, tuple[str, Trouble | None, datetime | None]]:
    """Per district the word shown, its trouble and its age."""
    return {ref.name: told for ref in mirror.workbooks(YEAR) for told in _told(mirror, ref)}


def _told(
    mirror: Mirror, ref: WorkbookRef
) -> Iterator[tuple[str, Trouble | None, datetime | None]]:
    book = mirror.read(ref, YEAR)
    assert book is not None
    assert book.trouble == ref.trouble
    yield str(book.tabs[0].rows[0][0]) if book.tabs else "–", ref.trouble, ref.read_at


def test_readers_cause_no_call_and_before_the_first_reading_say_so(
    mirror: Mirror, elsewhere: Elsewhere
) -> None:
    assert set(shown(mirror).values()) == {("–", "not_read_yet", None)}
    assert elsewhere.calls() == {}
    mirror.refresh()
    elsewhere.calls()
    assert shown(mirror)["5601"] == ("ก", None, MORNING)
    assert elsewhere.calls() == {}


def test_only_what_changed_is_read_again(mirror: Mirror, elsewhere: Elsewhere) -> None:
    mirror.refresh()
    assert elsewhere.calls() == {"hint": 1, "5601": 1, "5602": 1, "5603": 1}
    mirror.refresh()
    assert elsewhere.calls() == {"hint": 1}
    elsewhere.words["5602"] = "ขข"
    mirror.refresh()
    assert elsewhere.calls() == {"hint": 1, "5602": 1}
    assert shown(mirror)["5602"][0] == "ขข"


def test_an_edit_the_hint_hides_is_seen_once_the_copy_is_old(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    mirror.refresh()
    elsewhere.words["5603"] = "ฆ"  # as long as before: its stamp does not move
    clock.now += OLD - timedelta(seconds=1)
    mirror.refresh()
    assert shown(mirror)["5603"] == ("ค", None, MORNING)
    clock.now += timedelta(seconds=1)
    mirror.refresh()
    assert shown(mirror)["5603"] == ("ฆ", None, clock.now)


def test_refresh_now_reads_everything_but_not_at_every_click(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    mirror.refresh()
    elsewhere.calls()
    steps: list[tuple[int, int]] = []
    mirror.refresh(whole=True, told=lambda done, of: steps.append((done, of)))
    assert elsewhere.calls() == {"hint": 1, "5601": 1, "5602": 1, "5603": 1}
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    mirror.refresh(whole=True)
    assert elsewhere.calls() == {"hint": 1}
    clock.now += WHOLE_AGAIN
    mirror.refresh(whole=True)
    assert sum(elsewhere.calls().values()) == 4


def test_a_district_that_cannot_be_read_keeps_its_copy_and_says_why_and_how_old(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    mirror.refresh()
    elsewhere.troubles["5601"] = "not_shared"
    clock.now += OLD
    mirror.refresh()
    assert shown(mirror)["5601"] == ("ก", "not_shared", MORNING)
    assert shown(mirror)["5602"] == ("ข", None, clock.now)
    elsewhere.troubles.clear()
    mirror.refresh()
    assert shown(mirror)["5601"] == ("ก", None, clock.now)


def test_the_line_hears_of_new_content_and_of_new_trouble_only(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    def digests() -> list[str]:
        return [ref.stamp for ref in mirror.workbooks(YEAR)]

    mirror.refresh()
    before = digests()
    first = mirror.workbooks(YEAR)[0]
    assert mirror.read(first, YEAR, unless=first.stamp) is None
    clock.now += OLD
    mirror.refresh()
    assert digests() == before
    elsewhere.troubles["5602"] = "google_away"
    clock.now += OLD
    mirror.refresh()
    assert [old == new for old, new in zip(before, digests(), strict=True)] == [True, False, True]


def test_what_is_wrongly_linked_is_named_and_never_asked_for(
    mirror: Mirror, elsewhere: Elsewhere
) -> None:
    elsewhere.wrongly_linked = {"5602": "linked_twice"}
    mirror.refresh(whole=True)
    assert elsewhere.calls() == {"hint": 1, "5601": 1, "5603": 1}
    assert shown(mirror)["5602"] == ("–", "linked_twice", None)


@pytest.mark.parametrize("trouble", ["quota", "no_key", "wrong_key", "api_disabled"])
def test_what_every_district_would_hear_is_asked_once(
    trouble: Trouble, mirror: Mirror, elsewhere: Elsewhere
) -> None:
    elsewhere.troubles = dict.fromkeys(elsewhere.words, trouble)
    mirror.refresh()
    assert sum(elsewhere.calls().values()) == 2
    assert set(shown(mirror).values()) == {("–", trouble, None)}


def test_while_nothing_answers_a_round_is_short_and_says_so_of_everybody(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    mirror.refresh()
    elsewhere.calls()
    elsewhere.no_hints = True
    elsewhere.troubles = dict.fromkeys(elsewhere.words, "google_away")
    clock.now += OLD
    mirror.refresh()
    assert elsewhere.calls() == {"hint": 1, "5601": 1}
    assert set(shown(mirror).values()) == {(w, "google_away", MORNING) for w in "กขค"}
    del elsewhere.troubles["5602"], elsewhere.troubles["5603"]
    clock.now += timedelta(minutes=1)
    mirror.refresh()
    assert elsewhere.calls() == {"hint": 1, "5602": 1, "5603": 1, "5601": 1}
    assert shown(mirror)["5603"] == ("ค", None, clock.now)


def test_who_waits_is_not_kept_waiting_by_a_google_that_is_away(
    mirror: Mirror, elsewhere: Elsewhere
) -> None:
    mirror.refresh()
    elsewhere.calls()
    elsewhere.no_hints = True
    assert mirror.refresh(whole=True)
    assert elsewhere.calls() == {"hint": 1}
    assert {trouble for _, trouble, _ in shown(mirror).values()} == {"google_away"}


def test_two_unanswered_in_a_row_end_a_round_whatever_the_hint_said(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    mirror.refresh()
    elsewhere.calls()
    elsewhere.troubles = {"5601": "google_away", "5602": "google_away"}
    clock.now += OLD
    mirror.refresh()
    assert elsewhere.calls() == {"hint": 1, "5601": 1, "5602": 1}
    assert shown(mirror)["5603"] == ("ค", "google_away", MORNING)


def test_after_a_restart_the_last_good_copies_are_there_without_a_call(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    mirror.refresh()
    elsewhere.calls()
    elsewhere.no_hints = True
    elsewhere.troubles = dict.fromkeys(elsewhere.words, "google_away")
    clock.now += timedelta(hours=15)
    again = replace(mirror, _copies={})
    assert shown(again)["5602"] == ("ข", None, MORNING)
    again.refresh()
    assert shown(again)["5601"] == ("ก", "google_away", MORNING)
    elsewhere.troubles.clear()
    again.refresh()
    assert elsewhere.calls() == {"hint": 2, "5601": 2, "5602": 1, "5603": 1}


def test_a_link_to_another_sheet_does_not_show_the_old_ones_copy(
    mirror: Mirror, elsewhere: Elsewhere
) -> None:
    mirror.refresh()
    elsewhere.home = "T"
    assert set(shown(replace(mirror, _copies={})).values()) == {("–", "not_read_yet", None)}


def test_a_clock_that_was_ahead_does_not_freeze_a_copy(
    mirror: Mirror, elsewhere: Elsewhere, clock: Clock
) -> None:
    clock.now += timedelta(days=365 * 543)
    mirror.refresh()
    elsewhere.calls()
    clock.now = MORNING
    mirror.refresh()
    assert sum(elsewhere.calls().values()) == 4
    assert shown(mirror)["5601"] == ("ก", None, MORNING)


def test_who_asks_for_everything_while_a_round_runs_does_not_wait(mirror: Mirror) -> None:
    with mirror._refreshing:
        assert mirror.refresh(whole=True) is False
    assert mirror.refresh(whole=True) is True


def test_why_nobody_tells_what_changed_is_kept(mirror: Mirror, elsewhere: Elsewhere) -> None:
    elsewhere.no_hints = True
    mirror.refresh()
    assert mirror.hint_trouble == "google_away"
    elsewhere.no_hints = False
    mirror.refresh()
    assert mirror.hint_trouble is None


def test_a_disk_that_refuses_costs_only_the_memory_of_a_restart(
    elsewhere: Elsewhere, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("no folder")
    mirror = Mirror(elsewhere, tmp_path / "a file" / "last_good", clock)
    mirror.refresh()
    assert shown(mirror)["5601"] == ("ก", None, MORNING)
    assert mirror.forgetful
    (tmp_path / "a file").unlink()
    mirror.refresh(whole=True)
    assert not mirror.forgetful
