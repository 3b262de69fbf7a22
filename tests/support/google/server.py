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
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.google.answers import Answer
from tests.support.google.place import DroppedError, Place, split_target
from tests.support.google.quota import kind_of

CONTROL = "/_control/"
WORTH_PACKING = 150


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
        except Exception as fault:  # noqa: BLE001  a fault of this server must be seen, not retried
            traceback.print_exc()
            answer = Answer(HTTPStatus.NOT_IMPLEMENTED, _own_fault(fault))
            sent, status = self._send(answer, packed=False), answer.status
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


def _own_fault(fault: Exception) -> dict[str, Any]:
    message = f"a fault of the local Google, not of the request: {fault!r}"
    code = int(HTTPStatus.NOT_IMPLEMENTED)
    return {"error": {"code": code, "message": message, "status": "UNIMPLEMENTED"}}


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
