"""Calls to Google: paced, given up in time, repeated only where that is safe, refusals named."""

from __future__ import annotations

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.secrets_file import GoogleAccount
from services.store.base import RefusedError
from services.store.google_http import (
    GIVE_UP_AFTER,
    PER_MINUTE,
    TRIES,
    GoogleHTTP,
    Pace,
    words_of,
)
from tests.store.asking import TABS, titles, trouble_of
from tests.support.google.books import add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock
from tests.support.google.quota import most_in_a_minute

RENAME: list[Mapping[str, Any]] = [
    {"addSheet": {"properties": {"title": "_ข้อเสนอแนะ"}}},
]


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_reading_is_repeated_while_google_stumbles(
    status: int, google: LocalGoogle, http: GoogleHTTP, sheet: str, clock: SteppedClock
) -> None:
    google.fault(status=status, times=2)
    assert titles(http, sheet) == ["ศูนย์"]
    assert [call.status for call in google.calls()] == [status, status, 200]
    assert 3 <= clock.seconds <= 5


def test_a_reading_is_repeated_after_no_answer_and_after_a_dropped_line(
    google: LocalGoogle, http: GoogleHTTP, sheet: str
) -> None:
    google.fault(hang=0.6, times=1)
    google.fault(drop=True, times=1)
    assert titles(http, sheet) == ["ศูนย์"]


def test_a_google_that_stays_away_is_given_up_within_a_minute_and_a_half(
    google: LocalGoogle, http: GoogleHTTP, sheet: str, clock: SteppedClock
) -> None:
    google.fault(status=503, times=None)
    assert trouble_of(http, sheet) == "google_away"
    assert len(google.calls()) == TRIES
    assert clock.seconds <= GIVE_UP_AFTER


def test_google_is_not_asked_before_the_time_it_named(
    google: LocalGoogle, http: GoogleHTTP, sheet: str, clock: SteppedClock
) -> None:
    google.fault(status=429, retry_after=41, times=1)
    assert titles(http, sheet) == ["ศูนย์"]
    assert clock.seconds == 41


def test_a_wait_longer_than_we_may_take_is_not_begun(
    google: LocalGoogle, http: GoogleHTTP, sheet: str, clock: SteppedClock
) -> None:
    google.fault(status=429, retry_after=600, times=None)
    assert trouble_of(http, sheet) == "quota"
    assert (len(google.calls()), clock.seconds) == (1, 0)


@pytest.mark.parametrize(("when", "there"), [("before", ["ศูนย์"]), ("after", ["ศูนย์", "_ข้อเสนอแนะ"])])
@pytest.mark.parametrize("how", [{"status": 503}, {"drop": True}, {"hang": 0.6}])
def test_a_write_whose_fate_is_unknown_is_never_sent_again(
    when: Any, there: list[str], how: Any, google: LocalGoogle, http: GoogleHTTP
) -> None:
    sheet = add_workbook(google, "เมืองพะเยา", TABS)
    google.fault(":batchUpdate", when=when, times=1, **how)
    with pytest.raises(RefusedError) as refused:
        http.update(sheet, RENAME)
    assert refused.value.trouble == "google_away"
    assert len(google.calls()) == 1
    assert titles(http, sheet) == there


def test_a_write_that_was_surely_not_applied_is_sent_again(
    google: LocalGoogle, http: GoogleHTTP, sheet: str
) -> None:
    google.fault(":batchUpdate", status=429, times=3)
    http.update(sheet, RENAME)
    assert titles(http, sheet) == ["ศูนย์", "_ข้อเสนอแนะ"]


def test_a_post_that_only_reads_is_repeated_like_any_reading(
    google: LocalGoogle, http: GoogleHTTP, sheet: str
) -> None:
    body = {"dataFilters": [{"a1Range": "'ศูนย์'!A1"}], "valueRenderOption": "FORMULA"}
    google.fault(status=503, times=2)
    where = f"https://sheets.googleapis.com/v4/spreadsheets/{sheet}/values"
    told = http.post(f"{where}:batchGetByDataFilter", body)
    assert told["valueRanges"][0]["valueRange"]["values"] == [["รหัสศูนย์"]]
    google.fault(status=503, times=1)
    written = {"dataFilters": [{"a1Range": "'ศูนย์'!A1"}]}
    with pytest.raises(RefusedError):
        http.post(f"{where}:batchClearByDataFilter", written)


@given(
    gaps=st.lists(st.floats(0, 90) | st.just(0.0), min_size=150, max_size=200),
    seed=st.integers(0, 9),
)
def test_in_no_minute_are_there_more_calls_than_google_allows(gaps: list[float], seed: int) -> None:
    now, sent, dice = [0.0], [], random.Random(seed)  # noqa: S311 – a test's own dice

    def sleep(seconds: float) -> None:
        now[0] += seconds

    pace = Pace(lambda: now[0], sleep)
    for gap in gaps:
        now[0] += gap if dice.random() < 0.1 else 0.0
        pace.wait()
        sent.append(now[0])
    assert most_in_a_minute(sent) <= PER_MINUTE
    assert sent == sorted(sent)


def test_googles_own_words_of_a_refusal_are_kept(
    google: LocalGoogle, http: GoogleHTTP, sheet: str
) -> None:
    google.fault(status=403, times=1)
    with pytest.raises(RefusedError) as refused:
        titles(http, sheet)
    assert words_of(refused.value) == "The caller does not have permission"
    assert words_of(RefusedError("google_away")) == ""


def test_without_a_local_server_it_is_google_itself_that_is_asked() -> None:
    asked = "https://sheets.googleapis.com/v4/spreadsheets/1S"
    assert GoogleHTTP(GoogleAccount())._where(asked) == asked
    local = GoogleAccount(api_root="http://127.0.0.1:8377")
    assert GoogleHTTP(local)._where(asked) == "http://127.0.0.1:8377/v4/spreadsheets/1S"


def test_every_thread_has_a_connection_of_its_own_and_all_one_pace(
    google: LocalGoogle, http: GoogleHTTP, sheet: str, clock: SteppedClock
) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: titles(http, sheet), range(PER_MINUTE + 5)))
    assert found == [["ศูนย์"]] * (PER_MINUTE + 5)
    assert len(google.calls()) == PER_MINUTE + 5
    assert clock.seconds >= 60


def test_google_is_left_alone_as_long_as_it_asked_for(
    google: LocalGoogle, http: GoogleHTTP, sheet: str, clock: SteppedClock
) -> None:
    google.fault(status=429, retry_after=600, times=1)
    assert trouble_of(http, sheet) == "quota"
    google.forget_calls()
    clock.sleep(599)
    assert trouble_of(http, sheet) == "quota"
    assert google.calls() == []
    clock.sleep(2)
    assert titles(http, sheet) == ["ศูนย์"]


def test_whatever_this_process_asks_as_one_account_goes_at_one_pace() -> None:
    one, other = GoogleHTTP(GoogleAccount(key())), GoogleHTTP(GoogleAccount(key()))
    assert one.pace is other.pace
    assert GoogleHTTP(GoogleAccount()).pace is not one.pace
