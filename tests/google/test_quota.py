"""The local Google lets as many calls through in a minute as the real one."""

from __future__ import annotations

import pytest

from tests.support.google.quota import Counters, Kind, kind_of, most_in_a_minute

METHODS_AND_QUOTAS = """
GET    /v4/spreadsheets/S                                  read
GET    /v4/spreadsheets/S/values:batchGet                  read
POST   /v4/spreadsheets/S:getByDataFilter                  read
POST   /v4/spreadsheets/S/values:batchGetByDataFilter      read
POST   /v4/spreadsheets/S/developerMetadata:search         read
POST   /v4/spreadsheets                                    write
POST   /v4/spreadsheets/S:batchUpdate                      write
PUT    /v4/spreadsheets/S/values/A1                        write
POST   /v4/spreadsheets/S/values/A1:append                 write
POST   /v4/spreadsheets/S/values:batchUpdateByDataFilter   write
POST   /v4/spreadsheets/S/values:batchClearByDataFilter    write
GET    /drive/v3/files                                     drive
DELETE /drive/v3/files/S                                   drive
PUT    /upload/drive/v2/files/S                            drive
"""


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def refused(counters: Counters, kind: Kind, caller: str, calls: int) -> int:
    return sum(counters.refusal(kind, caller) is not None for _ in range(calls))


@pytest.mark.parametrize("line", METHODS_AND_QUOTAS.strip().splitlines())
def test_a_post_that_only_reads_counts_as_a_read(line: str) -> None:
    http_method, path, kind = line.split()
    assert kind_of(http_method, path) == kind


def test_a_path_that_is_not_googles_has_no_quota() -> None:
    with pytest.raises(ValueError, match="neither Sheets nor Drive: /token"):
        kind_of("POST", "/token")


def test_the_sixty_first_read_of_a_minute_is_refused_and_the_next_minute_is_free() -> None:
    clock = Clock()
    counters = Counters(clock)
    assert refused(counters, "read", "tool", 61) == 1
    clock.now = 59.9
    assert refused(counters, "read", "tool", 1) == 1
    clock.now = 60.0
    assert refused(counters, "read", "tool", 60) == 0


def test_writes_other_callers_and_drive_have_their_own_count() -> None:
    counters = Counters(Clock())
    assert refused(counters, "read", "tool", 60) == 0
    assert refused(counters, "write", "tool", 60) == 0
    assert refused(counters, "read", "officer", 60) == 0
    assert refused(counters, "drive", "tool", 1000) == 0


def test_six_busy_callers_use_up_the_quota_of_the_project() -> None:
    counters = Counters(Clock())
    assert [refused(counters, "write", f"caller {n}", 60) for n in range(6)] == [0] * 5 + [60]
    body = counters.refusal("write", "caller 6")
    assert body is not None
    assert "limit 'Write requests per minute' of service" in body["error"]["message"]
    metadata = body["error"]["details"][0]["metadata"]
    assert metadata["quota_limit"] == "WriteRequestsPerMinutePerProject"
    assert metadata["quota_limit_value"] == "300"


def test_a_refused_call_takes_nothing_from_the_project() -> None:
    counters = Counters(Clock(), per_user=1, per_project=2)
    assert refused(counters, "read", "eager", 10) == 9
    assert refused(counters, "read", "patient", 1) == 0


def test_a_refusal_says_which_quota_in_googles_words() -> None:
    body = Counters(Clock(), per_user=0).refusal("read", "tool")
    assert body is not None
    assert body["error"]["code"] == 429
    assert body["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert body["error"]["message"] == (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per "
        "user' of service 'sheets.googleapis.com' for consumer 'project_number:123456789012'."
    )
    error_info = body["error"]["details"][0]
    assert error_info["reason"] == "RATE_LIMIT_EXCEEDED"
    assert error_info["metadata"] == {
        "quota_metric": "sheets.googleapis.com/read_requests",
        "quota_limit": "ReadRequestsPerMinutePerUser",
        "quota_limit_value": "0",
        "quota_location": "global",
        "consumer": "projects/123456789012",
        "service": "sheets.googleapis.com",
    }


@pytest.mark.parametrize(
    ("times", "most"),
    [([], 0), ([5.0], 1), ([0.0, 60.0], 1), ([0.0, 59.9], 2), ([130.0, 59.0, 61.0, 0.0], 2)],
)
def test_the_busiest_minute_is_found_wherever_it_lies(times: list[float], most: int) -> None:
    assert most_in_a_minute(times) == most
