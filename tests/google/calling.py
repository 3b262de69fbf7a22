"""Calls as the product sends them: over the wire, with a token."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlencode

from tests.support.google.client import LocalGoogle

ROBOT = "kongthun@sample.iam.example"
FILE = "/v4/spreadsheets/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCOPES = "https://www.googleapis.com/auth/"


def token(email: str, **more: str) -> dict[str, str]:
    claims = json.dumps({"iss": email, "sub": email, **more}).encode()
    payload = base64.urlsafe_b64encode(claims).decode().rstrip("=")
    return {"Authorization": f"Bearer head.{payload}.signature"}


def call(
    google: LocalGoogle, method: str, path: str, body: Any = None, **how: Any
) -> tuple[int, Any]:
    """Send what the product would send; `query` and `headers` may be given."""
    query = urlencode(how.get("query", {}), doseq=True)
    headers = {"Content-Type": "application/json", **how.get("headers", {})}
    raw = None if body is None else json.dumps(body).encode()
    status, answer = google.request(method, f"{path}?{query}" if query else path, raw, headers)
    return status, json.loads(answer) if answer else None
