"""What there is: files and who may see them, a clock, and the calls that were made."""

from __future__ import annotations

import base64
import binascii
import itertools
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.support.google.answers import (
    NO_PERMISSION,
    NOT_FOUND,
    SHEETS,
    BothWaysRefusedError,
    RefusedError,
    error_info,
)
from tests.support.google.resources import sheet_from
from tests.support.google.sheets import Book, Sheet
from tests.support.google.theme import book_properties

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
PROJECT = "123456789012"
UNKNOWN_CALLER = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, "
    "login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
NARROW_SCOPES = "Request had insufficient authentication scopes."
NOT_A_SPREADSHEET = "This operation is not supported for this document"
SCOPE = "https://www.googleapis.com/auth/"
WRITE_SCOPES = {SCOPE + name for name in ("spreadsheets", "drive", "drive.file")}
DRIVE = "drive.googleapis.com"
DRIVE_SCOPES = {SCOPE + name for name in ("drive", "drive.file")}
LOOKING_SCOPES = DRIVE_SCOPES | {
    SCOPE + name for name in ("drive.readonly", "drive.metadata", "drive.metadata.readonly")
}
READ_SCOPES = WRITE_SCOPES | {SCOPE + "spreadsheets.readonly", SCOPE + "drive.readonly"}


def file_id() -> str:
    return "1" + secrets.token_urlsafe(33)[:43]


def sheet_id() -> int:
    return secrets.randbelow(2**31 - 1) + 1


@dataclass
class Options:
    """How a world differs from the usual one."""

    may_create: bool = False
    known_callers: list[str] | None = None
    disabled_apis: list[str] = field(default_factory=list)
    quota: bool = False
    modified_lag: float = 0
    keep_bodies: bool = False
    now: str = "2026-01-05T02:00:00Z"
    anonymous: str = "owner@office.example"


@dataclass
class File:
    """A file of the Drive; `book` is what a spreadsheet holds."""

    file_id: str
    name: str
    owner: str
    created: datetime
    mime_type: str = SPREADSHEET
    access: dict[str, str] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    trashed: bool = False
    denied: bool = False
    book: Book | None = None
    edits: list[datetime] = field(default_factory=list)
    renamed: datetime | None = None

    def role(self, caller: str) -> str | None:
        if self.denied:
            return None
        if caller == self.owner:
            return "owner"
        return self.access.get(caller)

    def modified(self, now: datetime, lag: timedelta) -> datetime:
        """Give the time Drive shows: an edit appears late, a new name at once."""
        seen = [edit for edit in self.edits if edit + lag <= now]
        return max([self.created, *seen[-1:], *([self.renamed] if self.renamed else [])])

    def version(self, now: datetime, lag: timedelta) -> int:
        return 1 + sum(edit + lag <= now for edit in self.edits) + (self.renamed is not None)


@dataclass(frozen=True)
class Caller:
    """Who asks, and what the token allows; no scopes means nobody said."""

    email: str
    scopes: frozenset[str] = frozenset()

    def need(self, scopes: set[str], service: str = SHEETS) -> None:
        if not self.scopes or self.scopes & scopes:
            return
        details = error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", service)
        if service == DRIVE:
            reason = "insufficientPermissions"
            raise BothWaysRefusedError(NARROW_SCOPES, reason, "global", details)
        raise RefusedError(403, NARROW_SCOPES, details=details)


class World:
    """Everything one test sees."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.now = datetime.fromisoformat(options.now)
        self.files: dict[str, File] = {}
        self.calls: list[dict[str, Any]] = []
        self.script: list[dict[str, Any]] = []
        self.call_count = itertools.count(1)
        self.ids: dict[str, deque[Any]] = {}

    @property
    def lag(self) -> timedelta:
        return timedelta(seconds=self.options.modified_lag)

    def time(self) -> float:
        return self.now.timestamp()

    def new_id(self, kind: str, otherwise: Any) -> Any:
        """Give the next id a replay has laid ready, or the one offered."""
        ready = self.ids.get(kind)
        return ready.popleft() if ready else otherwise

    def caller(self, authorization: str | None) -> Caller:
        if not authorization:
            return Caller(self.options.anonymous)
        payload = _payload(authorization)
        email = payload.get("sub") or payload.get("iss") or payload.get("email")
        known = self.options.known_callers
        if not email or (known is not None and email not in known):
            raise RefusedError(401, UNKNOWN_CALLER)
        return Caller(email, frozenset(str(payload.get("scope", "")).split()))

    def check_enabled(self, service: str) -> None:
        if service not in self.options.disabled_apis:
            return
        name = {SHEETS: "Google Sheets API"}.get(service, "Google Drive API")
        address = (
            f"https://console.developers.google.com/apis/api/{service}/overview?project={PROJECT}"
        )
        message = (
            f"{name} has not been used in project {PROJECT} before or it is disabled. "
            f"Enable it by visiting {address} then retry. If you enabled this API recently, "
            "wait a few minutes for the action to propagate to our systems and retry."
        )
        details = error_info(
            "SERVICE_DISABLED", service, consumer=f"projects/{PROJECT}", activationUrl=address
        )
        if service == DRIVE:
            raise BothWaysRefusedError(message, "accessNotConfigured", "usageLimits", details)
        raise RefusedError(403, message, details=details)

    def add_file(self, name: str, owner: str, **more: Any) -> File:
        made = File(
            file_id=more.pop("file_id", None) or self.new_id("files", file_id()),
            name=name,
            owner=owner,
            created=self.now,
            **more,
        )
        self.files[made.file_id] = made
        return made

    def spreadsheet(self, wanted: str, caller: str, *, writing: bool) -> tuple[File, Book]:
        """Give a spreadsheet to one who may read it, or write to it."""
        file = self.files.get(wanted)
        if file is None:
            raise RefusedError(404, NOT_FOUND)
        role = file.role(caller)
        if role is None or (writing and role == "reader"):
            raise RefusedError(403, NO_PERMISSION)
        if file.book is None:
            raise RefusedError(400, NOT_A_SPREADSHEET, status="FAILED_PRECONDITION")
        return file, file.book

    def edited(self, file: File) -> None:
        file.edits.append(self.now)


def _payload(authorization: str) -> dict[str, Any]:
    """Read what a token says of itself; nobody here checks its signature."""
    _, _, token = authorization.partition(" ")
    try:
        middle = token.split(".")[1]
        return dict(json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4))))
    except (IndexError, ValueError, binascii.Error):
        return {}


def blank_book(title: str, locale: str = "en_US") -> Book:
    return Book(book_properties(title, locale), [Sheet.blank(0, "Sheet1")])


def book_from(title: str, locale: str, resources: list[dict[str, Any]]) -> Book:
    book = Book(book_properties(title, locale), [])
    for number, resource in enumerate(resources):
        book.sheets.append(sheet_from(resource, number and sheet_id(), f"Sheet{number + 1}"))
    return book if resources else blank_book(title, locale)
