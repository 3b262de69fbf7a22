"""Every call to Google: paced, timed out, repeated where that is safe, refusals named.

The one place that knows gspread. Its own BackOffHTTPClient never gives up and repeats writes whose
fate is unknown; this one does neither.
"""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import google.auth
import requests
from google.auth import exceptions as refused
from google.auth.credentials import AnonymousCredentials, Credentials
from google.oauth2.service_account import Credentials as ServiceAccount
from gspread.http_client import HTTPClient

from services.secrets_file import GoogleAccount
from services.store.base import RefusedError, Trouble

SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
)
SHEETS, DRIVE = "https://sheets.googleapis.com", "https://www.googleapis.com"
BOOKS = f"{SHEETS}/v4/spreadsheets"
PER_MINUTE, MINUTE = 60, 61.0
"""A service account is one user: Google allows it 60 reads and 60 writes in a minute, all told.
A second is added: calls may arrive closer together than they left."""
TRIES, LONGEST_WAIT, GIVE_UP_AFTER = 6, 32.0, 90.0
FEW_TRIES, TO_HINT = 2, 10.0
TO_CONNECT, TO_ANSWER, SHORTEST = 5.0, 60.0, 0.1
"""Seconds; Google itself ends a request after 180."""
READING_POSTS = (":search", "ByDataFilter")
WRITING_POSTS = ("values:batchUpdateByDataFilter", "values:batchClearByDataFilter")
_of_key: Callable[..., ServiceAccount] = ServiceAccount.from_service_account_info
_nobody: Callable[[], Credentials] = AnonymousCredentials
TOO_MANY = 429
TOO_LATE, BROKEN = 408, 500
BY_REASON: Mapping[str, Trouble] = {
    "rateLimitExceeded": "quota",
    "userRateLimitExceeded": "quota",
    "RATE_LIMIT_EXCEEDED": "quota",
    "dailyLimitExceeded": "quota",
    "SERVICE_DISABLED": "api_disabled",
    "accessNotConfigured": "api_disabled",
    "CONSUMER_INVALID": "api_disabled",
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": "no_scope",
}
NOT_A_KEY = (ValueError, TypeError, AttributeError, KeyError, OSError, refused.GoogleAuthError)
"""What Google's library raises for files that are no key of a service account."""
BY_STATUS: Mapping[int, Trouble] = {
    401: "wrong_key",
    403: "not_shared",
    404: "wrong_id",
    TOO_MANY: "quota",
    TOO_LATE: "google_away",
}
Json = Mapping[str, Any]


@dataclass
class Pace:
    """At most PER_MINUTE calls in any minute, of all threads together.

    A bucket that refills would let two minutes' worth through around a refill.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    not_before: float = float("-inf")
    _sent: deque[float] = field(default_factory=lambda: deque(maxlen=PER_MINUTE))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> None:
        """Return when the next call may be sent."""
        while True:
            with self._lock:
                now = self.clock()
                free_at = self._sent[0] + MINUTE if len(self._sent) == PER_MINUTE else now
                if free_at <= now:
                    self._sent.append(now)
                    return
            self.sleep(free_at - now)


@cache
def shared_pace(_email: str | None) -> Pace:
    """One pace for everything this process asks Google as one account."""
    return Pace()


def _pace_of(account: GoogleAccount) -> Pace:
    return shared_pace(account.email) if account.api_root is None else Pace()


def credentials(account: GoogleAccount) -> Credentials:
    """The service account's key, or what the machine itself is trusted with (no key at all).

    Raises:
        RefusedError: the key is no service account's, or the machine has no credentials.
    """
    trouble: Trouble = "wrong_key" if account.key else "no_key"
    try:
        if account.key:
            made = _of_key(dict(account.key), scopes=SCOPES)
            made.signer.sign(b"")  # a key of another kind is found out only by using it
            return made
        if account.api_root:
            return _nobody()  # a local server needs no key, and must not get one
        return google.auth.default(scopes=SCOPES)[0]
    except NOT_A_KEY:
        raise RefusedError(trouble) from None  # the mistake's own text may quote the key


class _Session(HTTPClient):
    """One thread's connection."""

    def __init__(self, auth: Credentials) -> None:
        super().__init__(auth)
        self.session.headers["User-Agent"] = "kongthun (gzip)"  # Google packs answers only for it

    def ask(self, method: str, endpoint: str, **sent: Any) -> requests.Response:  # noqa: ANN401
        """The answer; gspread's own error stumbles over answers that are not Google's."""
        answer = self.session.request(method, endpoint, timeout=self.timeout, **sent)
        if not answer.ok:
            raise _NotOkError(answer)
        return answer


class _NotOkError(Exception):
    """Google, or something before it, refused; its text may name people and is not the message."""

    def __init__(self, answer: requests.Response) -> None:
        super().__init__(str(answer.status_code))
        self.answer = answer

    @property
    def error(self) -> Json:
        """What the answer says of itself, in Google's shape; empty where it is not Google's."""
        try:
            told = self.answer.json()
        except requests.JSONDecodeError:
            return {}
        error = told.get("error") if isinstance(told, dict) else None
        return error if isinstance(error, dict) else {}


@dataclass
class GoogleHTTP:
    """Calls as JSON, for any number of threads."""

    account: GoogleAccount
    pace: Pace = field(default=None)  # type: ignore[assignment]  # set at once, below
    to_answer: float = TO_ANSWER
    tries: int = TRIES
    _threads: threading.local = field(default_factory=threading.local)
    _auth: Credentials | None = None

    def __post_init__(self) -> None:
        """Go at the account's pace, where none is given."""
        self.pace = self.pace or _pace_of(self.account)

    def get(self, endpoint: str, **params: str | list[str]) -> Json:
        """Read; repeated while Google is away."""
        return self._json("get", endpoint, params=params)

    def soon(self) -> GoogleHTTP:
        """The same for somebody who waits, and for what is only a hint: given up early."""
        return replace(self, tries=FEW_TRIES, to_answer=min(self.to_answer, TO_HINT))

    def post(self, endpoint: str, body: Json) -> Json:
        """Write, or read by a filter; a write is repeated only where it was surely not applied."""
        return self._json("post", endpoint, json=body)

    def spreadsheet(self, spreadsheet_id: str, **params: str | list[str]) -> Json:
        """`spreadsheets.get`."""
        return self.get(f"{BOOKS}/{spreadsheet_id}", **params)

    def spreadsheet_text(self, spreadsheet_id: str, **params: str | list[str]) -> bytes:
        """The same, not yet taken apart: most readings find what was there before."""
        return self._sent("get", f"{BOOKS}/{spreadsheet_id}", params=params).content

    def update(self, spreadsheet_id: str, requests_: list[Json], fields: str = "") -> Json:
        """`spreadsheets.batchUpdate`: all of them or none; with these fields as they then stand."""
        asked = {"requests": requests_, "includeSpreadsheetInResponse": bool(fields)}
        told = {"fields": f"replies,updatedSpreadsheet({fields})" if fields else "replies"}
        return self._json("post", f"{BOOKS}/{spreadsheet_id}:batchUpdate", json=asked, params=told)

    def _session(self) -> _Session:
        """This thread's own: a requests.Session is not for two."""
        if not hasattr(self._threads, "session"):
            if self._auth is None:
                self._auth = credentials(self.account)
            self._threads.session = _Session(self._auth)
        session: _Session = self._threads.session
        return session

    def _json(self, method: str, endpoint: str, **sent: Any) -> Json:  # noqa: ANN401 – JSON
        try:
            told = self._sent(method, endpoint, **sent).json()
        except requests.JSONDecodeError:
            told = None
        if not isinstance(told, dict):  # cut off, or of something between us and Google
            trouble: Trouble = "google_away"
            raise RefusedError(trouble)
        return told

    def _sent(self, method: str, endpoint: str, **sent: Any) -> requests.Response:  # noqa: ANN401
        session, where = self._session(), self._where(endpoint)
        repeatable = method == "get" or _only_reads(endpoint)
        if self.pace.clock() < self.pace.not_before:
            trouble: Trouble = "quota"
            raise RefusedError(trouble)
        self.pace.wait()
        started = self.pace.clock()
        for attempt in range(1, self.tries + 1):
            left = GIVE_UP_AFTER - (self.pace.clock() - started)
            session.set_timeout((TO_CONNECT, max(min(self.to_answer, left), SHORTEST)))
            try:
                answer = session.ask(method, where, **sent)
            except (_NotOkError, requests.RequestException, refused.GoogleAuthError) as failure:
                trouble, again, asked = _judged(failure, repeatable=repeatable)
                wait = asked or min(LONGEST_WAIT, 2.0 ** (attempt - 1)) + random.random()  # noqa: S311 – spreads calls
                if asked:
                    self.pace.not_before = self.pace.clock() + asked
                spent = self.pace.clock() - started + wait
                if not again or attempt == self.tries or spent > GIVE_UP_AFTER:
                    raise RefusedError(trouble) from failure
                self.pace.sleep(wait)
                self.pace.wait()
            else:
                return answer
        raise AssertionError  # pragma: no cover: the last try returns or raises

    def _where(self, endpoint: str) -> str:
        """The endpoint, on the local server where one stands for Google."""
        root = self.account.api_root
        if root is None:
            return endpoint
        return root + endpoint.removeprefix(SHEETS).removeprefix(DRIVE)


def words_of(refusal: RefusedError) -> str:
    """Google's own words; blank where it gave none. They may name people: not for a log."""
    cause = refusal.__cause__
    return str(cause.error.get("message", "")) if isinstance(cause, _NotOkError) else ""


def _only_reads(endpoint: str) -> bool:
    return endpoint.endswith(READING_POSTS) and not endpoint.endswith(WRITING_POSTS)


def _judged(failure: Exception, *, repeatable: bool) -> tuple[Trouble, bool, float]:
    """What the failure is, whether the call may be repeated, and after how many seconds if told."""
    if isinstance(failure, _NotOkError):
        trouble = _named(failure)
        again = trouble == "quota" or (repeatable and trouble == "google_away")
        return trouble, again, _asked_to_wait(failure.answer)
    if isinstance(failure, refused.RefreshError) and not failure.retryable:
        return "wrong_key", False, 0.0
    never_sent = isinstance(failure, requests.ConnectTimeout | refused.GoogleAuthError)
    return "google_away", repeatable or never_sent, 0.0


def _named(failure: _NotOkError) -> Trouble:
    """Google's refusal by what somebody must do about it."""
    error, status = failure.error, failure.answer.status_code
    for one in (*(error.get("errors") or ()), *(error.get("details") or ())):
        named = BY_REASON.get(str(one.get("reason", ""))) if isinstance(one, dict) else None
        if named is not None:
            return named
    said = str(error.get("message", ""))
    if error.get("status") == "FAILED_PRECONDITION" and "not supported for this document" in said:
        return "never_converted"
    return "google_away" if status >= BROKEN else BY_STATUS.get(status, "google_odd")


def _asked_to_wait(response: requests.Response) -> float:
    """Seconds of the answer's Retry-After: a number, or a moment; 0 where there is none."""
    told = response.headers.get("Retry-After", "")
    if told.isdecimal():
        return float(told)
    try:
        return max(
            (
                parsedate_to_datetime(told) - parsedate_to_datetime(response.headers["Date"])
            ).total_seconds(),
            0.0,
        )
    except (TypeError, ValueError, KeyError):
        return 0.0
