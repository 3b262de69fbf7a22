"""Calls to Google: paced, given up in time, repeated only where that is safe, refusals named."""

from __future__ import annotations

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.exceptions import RefreshError
from hypothesis import given
from hypothesis import strategies as st

from services.secrets_file import GoogleAccount
from services.store.base import RawTab, RefusedError
from services.store.google_http import (
    GIVE_UP_AFTER,
    PER_MINUTE,
    TRIES,
    GoogleHTTP,
    Pace,
    _judged,
    _NotOkError,
    credentials,
    words_of,
)
from services.store.google_sheets import GoogleSheets
from services.store.mirror import Mirror
from tests.support.google.books import OFFICE, ROBOT, add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock
from tests.support.google.quota import most_in_a_minute

TABS = (RawTab("ศูนย์", [["รหัสศูนย์"], ["C01"]]),)
RENAME: list[Mapping[str, Any]] = [
    {"addSheet": {"properties": {"title": "_ข้อเสนอแนะ"}}},
]


@pytest.fixture
def clock(google: LocalGoogle) -> SteppedClock:
    return SteppedClock(google)


@pytest.fixture
def http(google: LocalGoogle, clock: SteppedClock) -> GoogleHTTP:
    account = GoogleAccount(key(), google.address)
    return GoogleHTTP(account, Pace(clock, clock.sleep), to_answer=0.3)


@pytest.fixture
def sheet(google: LocalGoogle) -> str:
    return add_workbook(google, "เมืองพะเยา", TABS)


def titles(http: GoogleHTTP, sheet: str) -> list[str]:
    told = http.spreadsheet(sheet, fields="sheets.properties.title")
    return [one["properties"]["title"] for one in told["sheets"]]


def trouble_of(http: GoogleHTTP, sheet: str) -> str:
    with pytest.raises(RefusedError) as refused:
        titles(http, sheet)
    assert "–" in refused.value.thai, "what it is, and what to do"
    return refused.value.trouble


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


def test_refusals_are_named_by_what_somebody_must_do(
    google: LocalGoogle, http: GoogleHTTP, sheet: str
) -> None:
    google.share(sheet, ROBOT, None)
    assert trouble_of(http, sheet) == "not_shared"
    assert trouble_of(http, "1no-such-spreadsheet-anywhere") == "wrong_id"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert (
        trouble_of(http, add_workbook(google, "แฟ้มเก่า.xlsx", (), mime_type=kind))
        == "never_converted"
    )
    google.reset(disabled_apis={"sheets.googleapis.com"})
    assert trouble_of(http, add_workbook(google, "จุน", TABS)) == "api_disabled"
    google.reset(known_callers={OFFICE})
    assert trouble_of(http, add_workbook(google, "จุน", TABS)) == "wrong_key"
    google.reset()
    google.fault(status=403, reason="userRateLimitExceeded", times=None)
    assert trouble_of(http, "1any-spreadsheet-at-all") == "quota"
    google.clear_faults()
    with pytest.raises(RefusedError) as refused:
        http.update(
            add_workbook(google, "ปง", TABS), [{"addSheet": {"properties": {"title": "ศูนย์"}}}]
        )
    assert refused.value.trouble == "google_odd"
    google.share(another := add_workbook(google, "แม่ใจ", TABS), ROBOT, "reader")
    with pytest.raises(RefusedError) as refused:
        http.update(another, RENAME)
    assert refused.value.trouble == "not_shared"


def test_nobody_at_the_address_is_google_away(clock: SteppedClock) -> None:
    http = GoogleHTTP(GoogleAccount(api_root="http://127.0.0.1:9"), Pace(clock, clock.sleep))
    assert trouble_of(http, "1any-spreadsheet-at-all") == "google_away"


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "service_account"},
        {"private_key": "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n"},
        {"private_key": ""},
    ],
)
def test_a_key_that_is_none_is_told_without_telling_it(wrong: dict[str, str]) -> None:
    account = GoogleAccount(wrong if "type" in wrong else {**key(), **wrong})
    with pytest.raises(RefusedError) as refused:
        credentials(account)
    assert refused.value.trouble == "wrong_key"
    assert refused.value.__cause__ is None
    assert "nonsense" not in str(refused.value)


def test_without_a_key_the_machine_must_be_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "GCLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    with pytest.raises(RefusedError) as refused:
        credentials(GoogleAccount())
    assert refused.value.trouble == "no_key"


def test_a_local_server_is_asked_without_a_key_and_gets_none(
    google: LocalGoogle, clock: SteppedClock
) -> None:
    http = GoogleHTTP(GoogleAccount(api_root=google.address), Pace(clock, clock.sleep))
    open_to_all = add_workbook(google, "เมืองพะเยา", TABS, owner="owner@office.example")
    assert titles(http, open_to_all) == ["ศูนย์"]
    assert [call.caller for call in google.calls()] == ["owner@office.example"]


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


@pytest.mark.parametrize(("passing", "trouble"), [(True, "google_away"), (False, "wrong_key")])
def test_a_token_google_refuses_is_the_keys_fault_and_one_it_cannot_give_now_is_not(
    passing: bool,  # noqa: FBT001 – a case
    trouble: str,
) -> None:
    refused = RefreshError("invalid_grant", retryable=passing)  # type: ignore[no-untyped-call]
    assert _judged(refused, repeatable=False) == (trouble, passing, 0.0)


def test_every_thread_has_a_connection_of_its_own_and_all_one_pace(
    google: LocalGoogle, http: GoogleHTTP, sheet: str, clock: SteppedClock
) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: titles(http, sheet), range(PER_MINUTE + 5)))
    assert found == [["ศูนย์"]] * (PER_MINUTE + 5)
    assert len(google.calls()) == PER_MINUTE + 5
    assert clock.seconds >= 60


def test_an_answer_that_breaks_off_is_google_away(
    http: GoogleHTTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> requests.Response:
        answer = requests.Response()
        answer._content = b'{"sheets": [{'
        return answer

    monkeypatch.setattr(GoogleHTTP, "_sent", broken)
    assert trouble_of(http, "1any-spreadsheet-at-all") == "google_away"
    store = GoogleSheets(http, {2565: {"5601": "1any-spreadsheet-at-all"}})
    book = store.read(store.workbooks(2565)[0], 2565)
    assert book is not None
    assert (book.trouble, book.tabs) == ("google_away", ())


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ('{"error": "blocked"}', "not_shared"),
        ("<html>blocked</html>", "not_shared"),
        ("null", "not_shared"),
        (
            '{"error": {"details": ["x", {"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}',
            "no_scope",
        ),
        ('{"error": {"errors": [{"reason": "dailyLimitExceeded"}]}}', "quota"),
        ('{"error": {"details": [{"reason": "CONSUMER_INVALID"}]}}', "api_disabled"),
    ],
)
def test_a_refusal_of_any_shape_is_named(body: str, trouble: str) -> None:
    answer = requests.Response()
    answer.status_code, answer._content = 403, body.encode()
    assert _judged(_NotOkError(answer), repeatable=True)[0] == trouble


@pytest.mark.parametrize(
    "body", ["null", "[]", "{", '{"sheets": []}', '{"sheets": [{}]}', "{}", ""]
)
def test_an_answer_that_is_none_of_googles_keeps_the_copy(
    body: str, http: GoogleHTTP, sheet: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mirror = Mirror(GoogleSheets(http, {2565: {"5601": sheet}}), tmp_path)
    mirror.refresh()

    def odd(*_: object, **__: object) -> requests.Response:
        answer = requests.Response()
        answer.status_code, answer._content = 200, body.encode()
        return answer

    monkeypatch.setattr(GoogleHTTP, "_sent", odd)
    mirror.refresh(whole=True)
    (ref,) = mirror.workbooks(2565)
    book = mirror.read(ref, 2565)
    assert book is not None
    assert (ref.trouble, [tab.name for tab in book.tabs]) == ("google_away", ["ศูนย์"])


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
