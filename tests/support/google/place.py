"""The world of the moment, and what stands between it and a caller."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.google import api, discovery
from tests.support.google.answers import Answer, RefusedError
from tests.support.google.calls import Request, parse_body, without_nulls
from tests.support.google.drive import Query
from tests.support.google.faults import Drop, Faults, Hang, Status, Trouble
from tests.support.google.quota import Counters, kind_of
from tests.support.google.shapes import check_asked
from tests.support.google.world import SPREADSHEET, Caller, Options, World, book_from

EVERY = "every"
REFUSED = 400
FILE_WORDS = {
    *("title", "sheets", "shared_with", "file_id", "locale", "owner", "parents", "mime_type")
}


class DroppedError(Exception):
    """The connection is to be closed without an answer."""


class ScriptError(Exception):
    """A scripted act did not happen, so the test would prove nothing."""


@dataclass(frozen=True)
class Arrival:
    """One call as it came over the wire."""

    method: str
    path: str
    query: Query
    raw: bytes
    headers: dict[str, str]


class Scene:
    """One test's world. A call that comes late, or hangs, stays in the world it came into."""

    def __init__(self, lock: threading.RLock, options: dict[str, Any]) -> None:
        self.lock = lock
        self.world = World(Options(**options))
        self.faults = Faults()
        self.counters = Counters(self.world.time)

    # --- calls --------------------------------------------------------------------------

    def arrived(self, call: Arrival) -> dict[str, Any]:
        """Note a call; status and bytes are filled in when it is answered."""
        try:
            caller = self.world.caller(call.headers.get("authorization")).email
        except RefusedError:
            caller = ""
        noted: dict[str, Any] = {
            "method": call.method,
            "path": call.path,
            "query": call.query,
            "kind": kind_of(call.method, call.path),
            "caller": caller,
            "status": 0,
            "bytes": 0,
            "at": self.world.now.isoformat(),
        }
        if self.world.options.keep_bodies:
            noted["body"] = call.raw.decode(errors="replace")
        with self.lock:
            self.world.calls.append(noted)
        return noted

    def answered(self, noted: dict[str, Any], answer: Answer, sent: int) -> None:
        with self.lock:
            noted |= {"status": answer.status, "bytes": sent}
            if self.world.options.keep_bodies:
                noted["answer"] = answer.body

    def call(self, call: Arrival) -> Answer:
        """Answer one call of the product: people act, faults strike, the work is done."""
        method, target = call.method, (call.path, call.query)
        with self.lock:
            self.people_act()
        struck = self._struck(self.faults.before(method, target[0]))
        if struck:
            return struck
        with self.lock:
            answer = self._checked(method, target, call.raw, call.headers)
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
            body = parse_body(raw, headers.get("content-type", "application/json"))
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
        problem = discovery.problem(method, path, query, body)
        if problem is None and query.get("fields"):
            check_asked(query["fields"][-1], method, path)
        return problem

    def _done(self, method: str, target: tuple[str, Query], body: Any, caller: Caller) -> Answer:
        path, query = target
        request = Request(method, path, query, without_nulls(body), caller)
        return api.answer(self.world, request)

    # --- people -------------------------------------------------------------------------

    def people_act(self) -> None:
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
                answer = self.act({"actor": act["actor"], **do})
                if answer.status >= REFUSED and not act.get("may_be_refused"):
                    message = f"a person's act was refused: {do} {answer.body}"
                    raise ScriptError(message)

    def act(self, told: dict[str, Any]) -> Answer:
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


class Place:
    """The scene of the moment, and the control that tests have over it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.scene = Scene(self.lock, {})

    def reset(self, options: dict[str, Any]) -> None:
        self.scene = Scene(self.lock, options)

    def control(self, what: str, told: dict[str, Any]) -> Any:
        orders = {
            "reset": self.reset,
            "add_spreadsheet": self._add_spreadsheet,
            "act": self._told_act,
            "script": lambda told: self.scene.world.script.extend(told["acts"]),
            "share": self._share,
            "advance": self._advance,
            "fault": self._fault,
            "clear_faults": lambda _: self.scene.faults.clear(),
            "calls": lambda _: self.scene.world.calls,
            "forget_calls": lambda _: self.scene.world.calls.clear(),
            "ids": self._lay_ids_ready,
            "deny": self._deny,
        }
        with self.lock:
            return orders[what](told)

    def _add_spreadsheet(self, told: dict[str, Any]) -> str:
        if set(told) - FILE_WORDS:
            message = f"not said of a file: {sorted(set(told) - FILE_WORDS)}"
            raise ValueError(message)
        mime = told.get("mime_type") or SPREADSHEET
        book = book_from(told["title"], told.get("locale") or "th_TH", told["sheets"])
        file = self.scene.world.add_file(
            told["title"],
            told.get("owner") or self.scene.world.options.anonymous,
            file_id=told.get("file_id"),
            mime_type=mime,
            access=dict(told.get("shared_with") or {}),
            parents=told.get("parents") or [],
            book=book if mime == SPREADSHEET else None,
        )
        return file.file_id

    def _told_act(self, told: dict[str, Any]) -> list[Any]:
        answer = self.scene.act(told)
        return [answer.status, answer.body]

    def _share(self, told: dict[str, Any]) -> None:
        access = self.scene.world.files[told["file_id"]].access
        access.pop(told["email"], None)
        if told["role"]:
            access[told["email"]] = told["role"]

    def _advance(self, told: dict[str, Any]) -> str:
        self.scene.world.now += timedelta(seconds=told["seconds"])
        return self.scene.world.now.isoformat()

    def _fault(self, told: dict[str, Any]) -> None:
        self.scene.faults.add(**told)

    def _lay_ids_ready(self, told: dict[str, list[Any]]) -> None:
        for kind, numbers in told.items():
            self.scene.world.ids.setdefault(kind, deque()).extend(numbers)

    def _deny(self, told: dict[str, Any]) -> None:
        """Let a file be there that nobody here may open."""
        self.scene.world.add_file("", "", file_id=told["file_id"], denied=True)


def split_target(target: str) -> tuple[str, Query]:
    parts = urlsplit(target)
    return parts.path, parse_qs(parts.query, keep_blank_values=True)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
