"""Trouble to order: refusals, dropped connections and silence, in Google's own words.

The first fault that fits a call and is due answers it; those behind it are not asked and do not
count the call. A fault "after" lets the call do its work first: the caller cannot know it did.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict, Unpack
from urllib.parse import unquote

from tests.support.google.quota import PER_USER, exceeded, kind_of

When = Literal["before", "after"]


@dataclass(frozen=True)
class Status:
    """An answer to give in place of the real one."""

    code: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drop:
    """Close the connection without an answer."""


@dataclass(frozen=True)
class Hang:
    """Say nothing for so many seconds, then go on."""

    seconds: float


Trouble = Status | Drop | Hang


class FaultWords(TypedDict, total=False):
    """What can be said of a fault; exactly one of status, drop and hang must be."""

    method: str | None
    status: int | None
    reason: str | None  # Drive's, such as userRateLimitExceeded
    retry_after: int | None
    drop: bool
    hang: float | None
    when: When
    times: int | None  # None: until cleared
    skip: int  # so many fitting calls pass first
    chance: float | None  # of each fitting call, the same for the same seed
    seed: int


@dataclass
class _Fault:
    path: str
    method: str | None = None
    status: int | None = None
    reason: str | None = None
    retry_after: int | None = None
    drop: bool = False
    hang: float | None = None
    when: When = "before"
    times: int | None = 1
    skip: int = 0
    chance: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse a fault that says nothing, two things, or what Google never answers."""
        if (self.status is not None) + self.drop + (self.hang is not None) != 1:
            message = "a fault is a status, a drop or a hang: exactly one"
            raise ValueError(message)
        if self.status is None and (self.reason is not None or self.retry_after is not None):
            message = "reason and retry_after belong to a status"
            raise ValueError(message)
        if self.status is not None and self.status not in STATUSES:
            message = f"no words of Google's for status {self.status}"
            raise ValueError(message)
        if self.status in _PAGES and self.reason is not None:
            message = f"the page of a {self.status} speaks no reason"
            raise ValueError(message)
        # Dice of a test, not of a cipher.
        self._dice = random.Random(self.seed)  # noqa: S311

    def fits(self, when: When, method: str, path: str) -> bool:
        return (
            self.when == when
            and self.method in (None, method)
            and (self.path in path or self.path in unquote(path))
        )

    def due(self) -> bool:
        """Count a fitting call and say whether this one is struck."""
        if self.times == 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.chance is not None and self._dice.random() >= self.chance:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def trouble(self, method: str, path: str) -> Trouble:
        if self.status is not None:
            return _answer(self.status, self._error(method, path), self.retry_after)
        if self.hang is not None:
            return Hang(self.hang)
        return Drop()

    def _error(self, method: str, path: str) -> dict[str, Any] | None:
        if self.status is None or self.status in _PAGES:
            return None
        if self.reason is not None:
            return _error_of_drive(self.status, self.reason)
        kind = kind_of(method, path) if self.status == 429 and path.startswith("/v4/") else "drive"
        if kind != "drive":
            return exceeded(kind, PER_USER)
        status, message = _WORDS[self.status]
        return {"error": {"code": self.status, "message": message, "status": status}}


class Faults:
    """The faults in force, asked by the server before and after each call."""

    def __init__(self) -> None:
        self._faults: list[_Fault] = []
        self._lock = threading.Lock()

    def add(self, path: str = "", **words: Unpack[FaultWords]) -> None:
        """Add a fault for calls whose path contains `path`; without more it strikes once."""
        fault = _Fault(path, **words)
        fault.method = fault.method and fault.method.upper()
        with self._lock:
            self._faults.append(fault)

    def before(self, method: str, path: str) -> Trouble | None:
        """Say what happens to a call before it is done."""
        return self._strike("before", method, path)

    def after(self, method: str, path: str) -> Trouble | None:
        """Say what happens to the answer of a call that was done."""
        return self._strike("after", method, path)

    def clear(self) -> None:
        """Take all faults away."""
        with self._lock:
            self._faults.clear()

    def _strike(self, when: When, method: str, path: str) -> Trouble | None:
        with self._lock:
            for fault in self._faults:
                if fault.fits(when, method.upper(), path) and fault.due():
                    return fault.trouble(method, path)
        return None


_WORDS: Mapping[int, tuple[str, str]] = {
    401: (
        "UNAUTHENTICATED",
        (
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
            "cookie or other valid authentication credential. See "
            "https://developers.google.com/identity/sign-in/web/devconsole-project."
        ),
    ),
    403: ("PERMISSION_DENIED", "The caller does not have permission"),
    404: ("NOT_FOUND", "Requested entity was not found."),
    429: ("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
    500: ("INTERNAL", "Internal error encountered."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
    504: ("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
}

# Google's front end answers these itself, as a page.
_PAGES: Mapping[int, tuple[str, str]] = {
    408: (
        "Request Timeout",
        "Your client has taken too long to issue its request.",
    ),
    502: (
        "Server Error",
        (
            "The server encountered a temporary error and could not complete your request."
            "<p>Please try again in 30 seconds."
        ),
    ),
}

STATUSES = frozenset(_WORDS) | frozenset(_PAGES)

# Drive names these in "errors"; anything else is told with the status' own words.
_REASONS: Mapping[str, tuple[str, str]] = {
    "rateLimitExceeded": ("usageLimits", "Rate Limit Exceeded"),
    "userRateLimitExceeded": ("usageLimits", "User Rate Limit Exceeded"),
}


def _answer(code: int, error: dict[str, Any] | None, retry_after: int | None) -> Status:
    kind = "text/html" if error is None else "application/json"
    headers = {"Content-Type": f"{kind}; charset=UTF-8"}
    if code == 401:
        headers["WWW-Authenticate"] = (
            'Bearer realm="https://accounts.google.com/", error="invalid_token"'
        )
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Status(code, _page(code) if error is None else json.dumps(error), headers)


def _error_of_drive(code: int, reason: str) -> dict[str, Any]:
    domain, message = _REASONS.get(reason, ("global", _WORDS[code][1]))
    cause = {"message": message, "domain": domain, "reason": reason}
    return {"error": {"code": code, "message": message, "errors": [cause]}}


def _page(code: int) -> str:
    title, text = _PAGES[code]
    return (
        "<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n"
        f"  <title>Error {code} ({title})!!1</title>\n"
        f"  <p><b>{code}.</b> <ins>That’s an error.</ins>\n"
        f"  <p>{text}  <ins>That’s all we know.</ins>\n"
    )
