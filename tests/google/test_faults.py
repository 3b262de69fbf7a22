"""Trouble comes when it was ordered, as often, and in Google's words."""

from __future__ import annotations

import json

import pytest

from tests.support.google.faults import Drop, Faults, Hang, Status

SHEET = "/v4/spreadsheets/S"


def status(faults: Faults, method: str = "GET", path: str = SHEET) -> int | None:
    trouble = faults.before(method, path)
    assert trouble is None or isinstance(trouble, Status)
    return None if trouble is None else trouble.code


def test_a_fault_strikes_once_unless_told_otherwise() -> None:
    faults = Faults()
    faults.add(status=503)
    assert [status(faults) for _ in range(2)] == [503, None]


def test_a_fault_can_wait_and_strike_several_times() -> None:
    faults = Faults()
    faults.add(status=503, skip=1, times=2)
    assert [status(faults) for _ in range(4)] == [None, 503, 503, None]


def test_a_fault_for_ever_ends_when_it_is_cleared() -> None:
    faults = Faults()
    faults.add(status=500, times=None)
    assert [status(faults) for _ in range(3)] == [500] * 3
    faults.clear()
    assert status(faults) is None


def test_only_the_calls_meant_are_struck() -> None:
    faults = Faults()
    faults.add("'ทะเบียน'!A1:append", method="post", status=503)
    other = f"{SHEET}/values/A1:append"
    meant = f"{SHEET}/values/%27%E0%B8%97%E0%B8%B0%E0%B9%80%E0%B8%9A%E0%B8%B5%E0%B8%A2%E0%B8%99%27"
    assert status(faults, "POST", other) is None
    assert status(faults, "GET", f"{meant}!A1:append") is None
    assert status(faults, "POST", f"{meant}!A1:append") == 503


def test_faults_strike_in_the_order_they_were_added() -> None:
    faults = Faults()
    faults.add(status=500)
    faults.add(status=503)
    assert [status(faults) for _ in range(3)] == [500, 503, None]


def test_a_lost_answer_comes_after_the_call_was_done() -> None:
    faults = Faults()
    faults.add(drop=True, when="after")
    assert faults.before("POST", SHEET) is None
    assert faults.after("POST", SHEET) == Drop()


def test_a_silence_has_its_length() -> None:
    faults = Faults()
    faults.add(hang=2.5)
    assert faults.before("GET", SHEET) == Hang(2.5)


def test_chance_is_the_same_for_the_same_seed() -> None:
    def struck(seed: int) -> list[int | None]:
        faults = Faults()
        faults.add(status=503, times=None, chance=0.2, seed=seed)
        return [status(faults) for _ in range(200)]

    assert struck(1) == struck(1) != struck(2)
    assert 20 < struck(1).count(503) < 60


GOOGLES_WORDS = """
401 UNAUTHENTICATED    Request had invalid authentication credentials.
403 PERMISSION_DENIED  The caller does not have permission
404 NOT_FOUND          Requested entity was not found.
429 RESOURCE_EXHAUSTED Quota exceeded for quota metric 'Read requests'
500 INTERNAL           Internal error encountered.
503 UNAVAILABLE        The service is currently unavailable.
504 DEADLINE_EXCEEDED  Deadline expired before operation could complete.
"""


@pytest.mark.parametrize("line", GOOGLES_WORDS.strip().splitlines())
def test_a_status_speaks_googles_words(line: str) -> None:
    code, name, words = line.split(maxsplit=2)
    faults = Faults()
    faults.add(status=int(code))
    trouble = faults.before("GET", SHEET)
    assert isinstance(trouble, Status)
    error = json.loads(trouble.body)["error"]
    assert (trouble.code, error["code"], error["status"]) == (int(code), int(code), name)
    assert error["message"].startswith(words)


@pytest.mark.parametrize("code", [408, 502])
def test_what_the_front_end_says_is_a_page_not_json(code: int) -> None:
    faults = Faults()
    faults.add(status=code)
    trouble = faults.before("GET", SHEET)
    assert isinstance(trouble, Status)
    assert trouble.headers["Content-Type"].startswith("text/html")
    assert f"<title>Error {code} (" in trouble.body


def test_drives_refusal_gives_its_reason_and_how_long_to_wait() -> None:
    faults = Faults()
    faults.add("/drive/", status=403, reason="userRateLimitExceeded", retry_after=7)
    trouble = faults.before("GET", "/drive/v3/files")
    assert isinstance(trouble, Status)
    assert trouble.headers["Retry-After"] == "7"
    assert json.loads(trouble.body)["error"] == {
        "code": 403,
        "message": "User Rate Limit Exceeded",
        "errors": [
            {
                "message": "User Rate Limit Exceeded",
                "domain": "usageLimits",
                "reason": "userRateLimitExceeded",
            }
        ],
    }


def test_a_fault_is_one_thing_and_known() -> None:
    faults = Faults()
    with pytest.raises(ValueError, match="exactly one"):
        faults.add()
    with pytest.raises(ValueError, match="exactly one"):
        faults.add(status=503, drop=True)
    with pytest.raises(ValueError, match="belong to a status"):
        faults.add(drop=True, retry_after=3)
    with pytest.raises(ValueError, match="no words of Google's for status 418"):
        faults.add(status=418)
    with pytest.raises(ValueError, match="speaks no reason"):
        faults.add(status=502, reason="backendError")
