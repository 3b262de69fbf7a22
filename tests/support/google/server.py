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
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.google.answers import Answer, RefusedError
from tests.support.google.place import Arrival, DroppedError, Place, split_target

CONTROL = "/_control/"
WORTH_PACKING = 150


@dataclass(frozen=True)
class Wire:
    """An answer as it goes over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


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
        scene = self.place.scene
        path, query = split_target(self.path)
        call = Arrival(self.command, path, query, raw, headers)
        noted: dict[str, Any] = {}
        try:
            noted = scene.arrived(call)
            answer = scene.call(call)
        except DroppedError:
            self.close_connection = True
            return
        except Exception as fault:  # noqa: BLE001  a fault of this server must be seen, not retried
            traceback.print_exc()
            answer = Answer(int(HTTPStatus.NOT_IMPLEMENTED), _own_fault(fault))
        wire = _on_the_wire(answer, packed="gzip" in headers.get("accept-encoding", ""))
        scene.answered(noted, answer, len(wire.body))  # before the caller can go on
        self._send(wire)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815  names http.server calls

    def _control(self, raw: bytes) -> None:
        what = self.path.removeprefix(CONTROL)
        try:
            answer = Answer(body={"result": self.place.control(what, json.loads(raw or b"{}"))})
        except (KeyError, TypeError, ValueError, RefusedError) as wrong:
            answer = Answer(400, {"wrong": f"{type(wrong).__name__}: {wrong}"})
        self._send(_on_the_wire(answer, packed=False))

    def _send(self, wire: Wire) -> None:
        """Send status, headers and body in one write."""
        lines = [f"HTTP/1.1 {wire.status} {HTTPStatus(wire.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in wire.headers.items()]
        with contextlib.suppress(ConnectionError):
            self.wfile.write("\r\n".join([*lines, "", ""]).encode() + wire.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base's name
        """Say nothing on stderr; the log is asked for."""


def _own_fault(fault: Exception) -> dict[str, Any]:
    message = f"a fault of the local Google, not of the request: {fault!r}"
    code = int(HTTPStatus.NOT_IMPLEMENTED)
    return {"error": {"code": code, "message": message, "status": "UNIMPLEMENTED"}}


def _on_the_wire(answer: Answer, *, packed: bool) -> Wire:
    if answer.status == HTTPStatus.NO_CONTENT:
        return Wire(answer.status, dict(answer.headers), b"")
    body = _encoded(answer)
    headers = {"Content-Type": answer.content_type, **answer.headers}
    if packed and len(body) > WORTH_PACKING:
        body = gzip.compress(body, compresslevel=6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return Wire(answer.status, headers, body)


def _encoded(answer: Answer) -> bytes:
    if answer.body is None:
        return b""
    if isinstance(answer.body, str):
        return answer.body.encode()
    return json.dumps(answer.body, ensure_ascii=False, separators=(",", ":")).encode()


class Server(ThreadingHTTPServer):
    """A caller that hangs up is no news."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def serve(port: int) -> Server:
    place = Place()
    handler = type("PlacedHandler", (Handler,), {"place": place})
    return Server(("127.0.0.1", port), handler)


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
