"""The local Google in a test's hands: its address, and what happens there."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack
from urllib.parse import urlsplit

from tests.support.google.faults import FaultWords
from tests.support.google.world import SPREADSHEET

ROOT = Path(__file__).parents[3]
PATIENCE = 30


@dataclass(frozen=True)
class Call:
    """One call the product made; `status` is 0 where the connection was dropped."""

    method: str
    path: str
    query: dict[str, list[str]]
    kind: str  # read, write or drive
    caller: str
    status: int
    bytes: int  # of the body on the wire
    at: str  # the world's own time
    body: str | None = field(default=None, repr=False)  # with keep_bodies only
    answer: Any = field(default=None, repr=False)


class LocalGoogle:
    """A running local Google."""

    def __init__(self, address: str) -> None:
        self.address = address
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port, timeout=PATIENCE
        )

    def reset(self, **options: Any) -> None:
        """Begin a new, empty world.

        Args:
            options: may_create, known_callers, disabled_apis, quota, modified_lag, keep_bodies,
                now (ISO), anonymous (who asks without a token).
        """
        known = options.get("known_callers")
        if known is not None:
            options["known_callers"] = sorted(known)
        options["disabled_apis"] = sorted(options.get("disabled_apis") or [])
        self._order("reset", options)

    def add_spreadsheet(
        self,
        title: str,
        sheets: Sequence[Mapping[str, Any]],
        *,
        shared_with: Mapping[str, str] | None = None,
        **more: Any,
    ) -> str:
        """Add a file with these Sheet resources of Google's; give its id.

        Args:
            title: of the file.
            sheets: in Google's own JSON, with properties and data[].rowData[].values[].
            shared_with: e-mail → "writer" or "reader".
            more: file_id, locale (th_TH), owner, parents, mime_type (an .xlsx has no content
                Sheets can read).
        """
        told = {"title": title, "sheets": list(sheets), "shared_with": dict(shared_with or {})}
        return str(self._order("add_spreadsheet", {**told, **more}))

    def act(
        self,
        actor: str,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
    ) -> tuple[int, Any]:
        """Let a person act now: an ordinary request, without quota, faults or log."""
        told = {"actor": actor, "method": method, "path": path, "query": query, "body": body}
        status, answer = self._order("act", told)
        return int(status), answer

    def script(self, acts: Sequence[Mapping[str, Any]]) -> None:
        """Let people act later, right before one of the product's calls.

        An act is {"before": n-th call from now or "every", "actor": e-mail, "do": [{"method",
        "path", "query", "body"}, …]}. One that is refused spoils the call it stands before (501),
        unless the act says {"may_be_refused": True}.
        """
        self._order("script", {"acts": list(acts)})

    def share(self, file_id: str, email: str, role: str | None) -> None:
        """Let somebody write ("writer"), read ("reader"), or no longer see it (None)."""
        self._order("share", {"file_id": file_id, "email": email, "role": role})

    def advance(self, seconds: float) -> None:
        """Let the world's clock go on."""
        self._order("advance", {"seconds": seconds})

    def fault(self, path: str = "", **words: Unpack[FaultWords]) -> None:
        """Order trouble for calls whose path contains `path`."""
        self._order("fault", {"path": path, **words})

    def clear_faults(self) -> None:
        self._order("clear_faults", {})

    def calls(self) -> list[Call]:
        """Give the product's calls since the world began or was told to forget them."""
        return [Call(**noted) for noted in self._order("calls", {})]

    def forget_calls(self) -> None:
        self._order("forget_calls", {})

    def lay_ids_ready(self, **numbers: Sequence[Any]) -> None:
        """Say which ids come next: files, sheets, named, protected, metadata."""
        self._order("ids", {kind: list(ids) for kind, ids in numbers.items()})

    def deny(self, file_id: str) -> None:
        """Let a file be there that nobody here may open."""
        self._order("deny", {"file_id": file_id})

    def request(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        """Send a request as it is; give status and body."""
        self._connection.request(method, target, body, dict(headers))
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        self._connection.close()

    def _order(self, what: str, told: Mapping[str, Any]) -> Any:
        body = json.dumps(told).encode()
        status, answer = self.request("POST", f"/_control/{what}", body, {})
        told_back = json.loads(answer)
        if status != http.client.OK:
            raise ValueError(told_back["wrong"])
        return told_back["result"]


@contextmanager
def local_google() -> Iterator[LocalGoogle]:
    """Start a local Google in its own process; it ends with the context."""
    command = [sys.executable, "-m", "tests.support.google.server", "--port", "0"]
    with subprocess.Popen(  # noqa: S603  our own module
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdout is None:
            raise AssertionError(command)
        address = process.stdout.readline().strip()
        if not address:
            message = "the local Google did not start"
            raise RuntimeError(message)
        google = LocalGoogle(address)
        try:
            yield google
        finally:
            google.close()
            if process.stdin is not None:
                process.stdin.close()
            process.wait(PATIENCE)


__all__ = ["SPREADSHEET", "Call", "LocalGoogle", "local_google"]
