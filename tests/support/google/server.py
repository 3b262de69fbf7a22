"""The server: HTTP around one world, and the control that tests have over it.

Run as `python -m tests.support.google.server --port 0`; it prints its address and ends when its
standard input is closed.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import sys
import threading
import time
from collections import deque
from datetime import timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.google import api, discovery
from tests.support.google.answers import Answer, RefusedError
from tests.support.google.drive import Query
from tests.support.google.faults import Drop, Faults, Hang, Status, Trouble
from tests.support.google.quota import Counters, kind_of
from tests.support.google.world import SPREADSHEET, Caller, Options, World, book_from

CONTROL = "/_control/"
WORTH_PACKING = 150
EVERY = "every"


class DroppedError(Exception):
    """The connection is to be closed without an answer."""


class Place:
    """The world of the moment, with what stands between it and a caller."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reset({})

    def reset(self, options: dict[str, Any]) -> None:
        with self.lock:
            self.world = World(Options(**options))
            self.faults = Faults()
            self.counters = Counters(self.world.time)

    # --- calls --------------------------------------------------------------------------

    def call(self, method: str, target_text: str, raw: bytes, headers: dict[str, str]) -> Answer:
        """Answer one call of the product: people act, faults strike, the work is done."""
        target = split_target(target_text)
        with self.lock:
            self._people_act()
        struck = self._struck(self.faults.before(method, target[0]))
        if struck:
            return struck
        with self.lock:
            answer = self._checked(method, target, raw, headers)
        return self._struck(self.faults.after(method, target[0])) or answer

    @staticmethod
    def _struck(trouble: Trouble | None) -> Answer | None:
        if isinstance(trouble, Hang):
            time.sleep(trouble.seconds)
        if isinstance(trouble, Drop):
            raise DroppedError
        if isinstance(trouble, Status):
            more = dict(trouble.headers)
            kind = more.pop("Content-Type", "application/json; charset=UTF-8")
            return Answer(trouble.code, trouble.body, kind, more)
        return None

    def _checked(
        self, method: str, target: tuple[str, Query], raw: bytes, headers: dict[str, str]
    ) -> Answer:
        try:
            caller = self.world.caller(headers.get("authorization"))
            body = api.parse_body(raw, headers.get("content-type", "application/json"))
            refusal = self._refusal(method, target[0], caller) or self._problem(
                method, target, body
            )
            if refusal:
                return Answer(refusal["error"]["code"], refusal)
            return self._done(method, target, body, caller)
        except RefusedError as refused:
            return Answer(refused.code, refused.body())

    def _refusal(self, method: str, path: str, caller: Caller) -> dict[str, Any] | None:
        if not self.world.options.quota:
            return None
        return self.counters.refusal(kind_of(method, path), caller.email)

    @staticmethod
    def _problem(method: str, target: tuple[str, Query], body: Any) -> dict[str, Any] | None:
        path, query = target
        if path.startswith("/upload/"):
            return None
        return discovery.problem(method, path, query, body)

    def _done(self, method: str, target: tuple[str, Query], body: Any, caller: Caller) -> Answer:
        path, query = target
        request = api.Request(method, path, query, api.without_nulls(body), caller)
        return api.answer(self.world, request)

    # --- people -------------------------------------------------------------------------

    def _people_act(self) -> None:
        """Let people act before this call, if a script says so."""
        due, later = [], []
        for act in self.world.script:
            if act["before"] == EVERY:
                due.append(act)
                later.append(act)
            elif act["before"] <= 1:
                due.append(act)
            else:
                later.append({**act, "before": act["before"] - 1})
        self.world.script = later
        for act in due:
            for do in act["do"]:
                self._act({"actor": act["actor"], **do})

    def _act(self, told: dict[str, Any]) -> Answer:
        """Do what a person does: an ordinary request without quota, faults or log."""
        path, query = split_target(told["path"])
        asked = told.get("query") or {}
        query |= {name: [str(v) for v in _listed(value)] for name, value in asked.items()}
        target, caller = (path, query), Caller(told["actor"])
        method, body = told["method"].upper(), told.get("body")
        try:
            problem = self._problem(method, target, body)
            if problem:
                return Answer(problem["error"]["code"], problem)
            return self._done(method, target, body, caller)
        except RefusedError as refused:
            return Answer(refused.code, refused.body())

    # --- control ------------------------------------------------------------------------

    def control(self, what: str, told: dict[str, Any]) -> Any:
        orders = {
            "reset": self.reset,
            "add_spreadsheet": self._add_spreadsheet,
            "act": self._told_act,
            "script": lambda told: self.world.script.extend(told["acts"]),
            "share": self._share,
            "advance": self._advance,
            "fault": self._fault,
            "clear_faults": lambda _: self.faults.clear(),
            "calls": lambda _: self.world.calls,
            "forget_calls": lambda _: self.world.calls.clear(),
            "ids": self._lay_ids_ready,
            "deny": self._deny,
        }
        with self.lock:
            return orders[what](told)

    def _add_spreadsheet(self, told: dict[str, Any]) -> str:
        mime = told.get("mime_type") or SPREADSHEET
        book = book_from(told["title"], told.get("locale") or "th_TH", told["sheets"])
        file = self.world.add_file(
            told["title"],
            told.get("owner") or self.world.options.anonymous,
            file_id=told.get("file_id"),
            mime_type=mime,
            access=dict(told.get("shared_with") or {}),
            parents=told.get("parents") or [],
            book=book if mime == SPREADSHEET else None,
        )
        return file.file_id

    def _told_act(self, told: dict[str, Any]) -> list[Any]:
        answer = self._act(told)
        return [answer.status, answer.body]

    def _share(self, told: dict[str, Any]) -> None:
        access = self.world.files[told["file_id"]].access
        access.pop(told["email"], None)
        if told["role"]:
            access[told["email"]] = told["role"]

    def _advance(self, told: dict[str, Any]) -> str:
        self.world.now += timedelta(seconds=told["seconds"])
        return self.world.now.isoformat()

    def _fault(self, told: dict[str, Any]) -> None:
        self.faults.add(**told)

    def _lay_ids_ready(self, told: dict[str, list[Any]]) -> None:
        for kind, numbers in told.items():
            self.world.ids.setdefault(kind, deque()).extend(numbers)

    def _deny(self, told: dict[str, Any]) -> None:
        """Let a file be there that nobody here may open."""
        self.world.add_file("", "", file_id=told["file_id"], denied=True)

    def note(self, noted: dict[str, Any], headers: dict[str, str]) -> None:
        """Log a call with the bytes of its answer."""
        with self.lock:
            try:
                caller = self.world.caller(headers.get("authorization")).email
            except RefusedError:
                caller = ""
            if not self.world.options.keep_bodies:
                noted = {k: v for k, v in noted.items() if k not in {"body", "answer"}}
            self.world.calls.append({**noted, "caller": caller, "at": self.world.now.isoformat()})


def split_target(target: str) -> tuple[str, Query]:
    parts = urlsplit(target)
    return parts.path, parse_qs(parts.query, keep_blank_values=True)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    place: Place

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length) if length else b""
        headers = {name.lower(): text for name, text in self.headers.items()}
        if self.path.startswith(CONTROL):
            self._control(raw)
            return
        try:
            answer = self.place.call(self.command, self.path, raw, headers)
            sent = self._send(answer, packed="gzip" in headers.get("accept-encoding", ""))
            status = answer.status
        except DroppedError:
            self.close_connection = True
            answer, sent, status = Answer(), 0, 0
        self._note(raw, headers, (answer, sent, status))

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815  names http.server calls

    def _note(self, raw: bytes, headers: dict[str, str], done: tuple[Answer, int, int]) -> None:
        answer, sent, status = done
        path, query = split_target(self.path)
        with contextlib.suppress(ValueError):
            self.place.note(
                {
                    "method": self.command,
                    "path": path,
                    "query": query,
                    "kind": kind_of(self.command, path),
                    "status": status,
                    "bytes": sent,
                    "body": raw.decode(errors="replace"),
                    "answer": answer.body,
                },
                headers,
            )

    def _control(self, raw: bytes) -> None:
        what = self.path.removeprefix(CONTROL)
        try:
            told = self.place.control(what, json.loads(raw or b"{}"))
            self._send(Answer(body={"result": told}), packed=False)
        except (KeyError, TypeError, ValueError) as wrong:
            self._send(Answer(400, {"wrong": f"{type(wrong).__name__}: {wrong}"}), packed=False)

    def _send(self, answer: Answer, *, packed: bool) -> int:
        """Send status, headers and body in one write; give the bytes of the body sent."""
        body = _encoded(answer)
        headers = {"Content-Type": answer.content_type, **answer.headers}
        if packed and len(body) > WORTH_PACKING:
            body = gzip.compress(body, compresslevel=6, mtime=0)
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        phrase = HTTPStatus(answer.status).phrase
        lines = [f"HTTP/1.1 {answer.status} {phrase}", *(f"{k}: {v}" for k, v in headers.items())]
        if answer.status == HTTPStatus.NO_CONTENT:
            lines = [line for line in lines if not line.startswith("Content-")]
        with contextlib.suppress(ConnectionError):
            self.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)
        return len(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base's name
        """Say nothing on stderr; the log is asked for."""


def _encoded(answer: Answer) -> bytes:
    if answer.body is None:
        return b""
    if isinstance(answer.body, str):
        return answer.body.encode()
    return json.dumps(answer.body, ensure_ascii=False, separators=(",", ":")).encode()


def serve(port: int) -> ThreadingHTTPServer:
    place = Place()
    handler = type("PlacedHandler", (Handler,), {"place": place})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server


def main() -> None:
    parser = argparse.ArgumentParser(description="A local Google Sheets and Drive.")
    parser.add_argument("--port", type=int, default=0)
    server = serve(parser.parse_args().port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()  # ends when whoever started it is gone
    os._exit(0)


if __name__ == "__main__":
    main()
