"""What reads Google once a minute: it goes on, also after a failure, and it can be started anew."""

from __future__ import annotations

from threading import Event

import pytest

from pages._ui import refreshing
from pages._ui.refreshing import Rounds
from services.errors import AppError

SAID = ("อำเภอของนางทดลอง ๑", "somebody's district")


def test_rounds_follow_each_other_until_they_are_stopped() -> None:
    done, third = [], Event()

    def work() -> None:
        done.append(1)
        if len(done) == 3:
            rounds.stop()
            third.set()

    rounds = Rounds(work, every=0.001)
    rounds.keep_going()
    rounds.keep_going()
    assert rounds.first.wait(5)
    assert third.wait(5)
    assert len(done) == 3


def test_a_round_that_fails_is_logged_by_its_kind_only_and_the_next_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logged: list[tuple[object, ...]] = []
    monkeypatch.setattr(refreshing.LOG, "warning", lambda *words: logged.append(words))
    again = Event()

    def work() -> None:
        if not logged:
            raise AppError(*SAID)
        rounds.stop()
        again.set()

    rounds = Rounds(work, every=0.001)
    rounds.keep_going()
    assert again.wait(5)
    assert logged == [("refresh failed: %s", "AppError")]


def test_rounds_that_broke_off_are_started_anew() -> None:
    def only_once() -> None:
        rounds.stop()

    rounds = Rounds(only_once, every=0.001)
    rounds.keep_going()
    assert rounds.first.wait(5)
    assert rounds._thread is not None
    rounds._thread.join(5)
    rounds.first.clear()
    Event().wait(0.01)
    rounds.keep_going()
    assert rounds.first.wait(5)
