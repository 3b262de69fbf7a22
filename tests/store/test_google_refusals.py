"""What Google refuses, and answers that are not Google's: each named by what somebody must do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.exceptions import RefreshError

from services.secrets_file import GoogleAccount
from services.store.base import RefusedError
from services.store.google_http import (
    GoogleHTTP,
    Pace,
    _judged,
    _NotOkError,
    credentials,
)
from services.store.google_sheets import GoogleSheets
from services.store.mirror import Mirror
from tests.store.asking import TABS, titles, trouble_of
from tests.support.google.books import OFFICE, ROBOT, add_workbook, key
from tests.support.google.client import LocalGoogle
from tests.support.google.clock import SteppedClock

RENAME: list[Mapping[str, Any]] = [
    {"addSheet": {"properties": {"title": "_ข้อเสนอแนะ"}}},
]


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


@pytest.mark.parametrize(("passing", "trouble"), [(True, "google_away"), (False, "wrong_key")])
def test_a_token_google_refuses_is_the_keys_fault_and_one_it_cannot_give_now_is_not(
    passing: bool,  # noqa: FBT001 – a case
    trouble: str,
) -> None:
    refused = RefreshError("invalid_grant", retryable=passing)  # type: ignore[no-untyped-call]
    assert _judged(refused, repeatable=False) == (trouble, passing, 0.0)


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
