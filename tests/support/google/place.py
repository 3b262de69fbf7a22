"""The world of the moment, and what stands between it and a caller."""

from __future__ import annotations

import threading
import time
from collections import deque
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


class DroppedError(Exception):
    """The connection is to be closed without an answer."""


class ScriptError(Exception):
    """A scripted act did not happen, so the test would prove nothing."""


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
                answer = self._act({"actor": act["actor"], **do})
                if answer.status >= REFUSED and not act.get("may_be_refused"):
                    message = f"a person's act was refused: {do} {answer.body}"
                    raise ScriptError(message)

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
