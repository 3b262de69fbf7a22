"""One call to a spreadsheet: what was asked, by whom, of what."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.google.answers import RefusedError
from tests.support.google.drive import Query
from tests.support.google.sheets import Book
from tests.support.google.values import Writing
from tests.support.google.world import Caller, File, World


@dataclass(frozen=True)
class Request:
    """One call: who asks what."""

    method: str
    path: str
    query: Query
    body: Any
    caller: Caller

    def last(self, name: str) -> str | None:
        return self.query[name][-1] if self.query.get(name) else None

    def truth(self, name: str) -> bool:
        return (self.last(name) or "").lower() in {"true", "1"}


def parse_body(raw: bytes, content_type: str) -> Any:
    """Read JSON, or leave text of another type as it is."""
    if not raw:
        return None
    if "json" not in content_type:
        return raw.decode()
    try:
        return json.loads(raw)
    except ValueError as wrong:
        message = f"Invalid JSON payload received. {wrong}"
        raise RefusedError(400, message) from wrong


def without_nulls(value: Any) -> Any:
    """Take null for absent, as protobuf's JSON does; lists of cell values keep theirs."""
    if isinstance(value, dict):
        return {
            name: part if name == "values" and _rows(part) else without_nulls(part)
            for name, part in value.items()
            if part is not None
        }
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def _rows(part: Any) -> bool:
    return isinstance(part, list) and any(isinstance(row, list) for row in part)


@dataclass(frozen=True)
class Call:
    """A request to one spreadsheet, once it was found and may be used."""

    world: World
    request: Request
    file: File
    book: Book
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        return dict(self.request.body or {})

    def writing(self, option: str | None) -> Writing:
        if option not in {"RAW", "USER_ENTERED"}:
            raise RefusedError(400, "'valueInputOption' is required but not specified")
        return Writing(self.book, self.request.caller.email, self.file.owner, option)

    def clearing(self) -> Writing:
        return Writing(self.book, self.request.caller.email, self.file.owner, "RAW")

    def answer(self, **parts: Any) -> dict[str, Any]:
        return {"spreadsheetId": self.file.file_id, **parts}


Handler = Callable[[Call], dict[str, Any]]
