"""How many calls Google lets through in a minute, and what it says above that.

Assumed, because Google does not say: a minute is a fixed one (second 0 to 59 of the clock), a
refused call is not counted, and Drive, whose own quota is thousands of times larger, never refuses.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Literal

Kind = Literal["read", "write", "drive"]

PER_USER = 60
PER_PROJECT = 300
SECONDS = 60

_DRIVE = ("/drive/", "/upload/drive/")
_POSTS_THAT_READ = (":search", ":getByDataFilter", ":batchGetByDataFilter")
_PROJECT = "123456789012"


def kind_of(http_method: str, path: str) -> Kind:
    """Say against which quota a call counts; ValueError where the path is not Google's."""
    if path.startswith(_DRIVE):
        return "drive"
    if not path.startswith("/v4/"):
        message = f"neither Sheets nor Drive: {path}"
        raise ValueError(message)
    if http_method.upper() == "GET" or path.endswith(_POSTS_THAT_READ):
        return "read"
    return "write"


class Counters:
    """Calls of the running minute, by caller and of the whole project."""

    def __init__(
        self,
        clock: Callable[[], float],
        per_user: int = PER_USER,
        per_project: int = PER_PROJECT,
    ) -> None:
        self._clock = clock
        self._per_user = per_user
        self._per_project = per_project
        self._minute = -1
        self._calls: Counter[tuple[Kind, str | None]] = Counter()
        self._lock = threading.Lock()

    def refusal(self, kind: Kind, caller: str) -> dict[str, Any] | None:
        """Count a call, or give the body of Google's 429 where the minute is used up."""
        with self._lock:
            self._start_minute()
            if kind != "drive":
                if self._calls[kind, caller] >= self._per_user:
                    return exceeded(kind, self._per_user)
                if self._calls[kind, None] >= self._per_project:
                    return exceeded(kind, self._per_project, per="project")
            self._calls[kind, caller] += 1
            self._calls[kind, None] += 1
            return None

    def _start_minute(self) -> None:
        minute = int(self._clock() // SECONDS)
        if minute != self._minute:
            self._minute = minute
            self._calls.clear()


def exceeded(
    kind: Literal["read", "write"], limit: int, per: Literal["user", "project"] = "user"
) -> dict[str, Any]:
    """Give the body of Sheets' 429: a minute's quota of a user or of the project is used up."""
    name = kind.capitalize()
    whose = " per user" if per == "user" else ""
    message = (
        f"Quota exceeded for quota metric '{name} requests' and limit "
        f"'{name} requests per minute{whose}' of service 'sheets.googleapis.com' "
        f"for consumer 'project_number:{_PROJECT}'."
    )
    metadata = {
        "quota_metric": f"sheets.googleapis.com/{kind}_requests",
        "quota_limit": f"{name}RequestsPerMinutePer{per.capitalize()}",
        "quota_limit_value": str(limit),
        "quota_location": "global",
        "consumer": f"projects/{_PROJECT}",
        "service": "sheets.googleapis.com",
    }
    error_info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quota#requesting_higher_quota",
    }
    a_link = {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]}
    return {
        "error": {
            "code": 429,
            "message": message,
            "status": "RESOURCE_EXHAUSTED",
            "details": [error_info, a_link],
        }
    }


def most_in_a_minute(times: Iterable[float]) -> int:
    """Count the calls in the busiest sliding minute; a call exactly 60 s later is outside it."""
    ordered = sorted(times)
    most = first = 0
    for last, time in enumerate(ordered):
        while time - ordered[first] >= SECONDS:
            first += 1
        most = max(most, last - first + 1)
    return most
