"""What the browser is told beside every answer, and what Streamlit is told at its start."""

from __future__ import annotations

import asyncio
import tomllib

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from pages._ui.headers import SafeHeaders
from pages._ui.server import ROOT, app
from services.store.xlsx_safety import LARGEST_FILE

COOKIE = "_streamlit_user=x; HttpOnly; Path=/; SameSite=Lax"
OWN = [
    (b"cache-control", b"no-cache"),
    (b"set-cookie", COOKIE.encode()),
    (b"set-cookie", b"y; Secure"),
]


async def _streamlit(scope: Scope, _: Receive, send: Send) -> None:
    """Answer as Streamlit does: with headers and cookies of its own."""
    await send({"type": f"{scope['type']}.response.start", "status": 200, "headers": list(OWN)})
    await send({"type": f"{scope['type']}.response.body", "body": b"x"})


def told(path: str, kind: str = "http", **headers: str) -> Headers:
    """The headers of the answer to a browser."""
    sent: list[Message] = []
    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "headers": asked, "scheme": "http"}
    asyncio.run(SafeHeaders(_streamlit)(scope, receive, send))
    assert sent[1]["body"] == b"x"
    return Headers(raw=sent[0]["headers"])


def test_the_pages_are_served_with_these_headers() -> None:
    assert [str(one.cls) for one in app._user_middleware] == [str(SafeHeaders)]


def test_no_other_site_frames_a_page_or_learns_its_address() -> None:
    answer = told("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "'none'"
    assert not any("http" in places or "*" in places for places in policy.values())


@pytest.mark.parametrize("path", ["/media/x.csv", "/office/media/x.csv"])
def test_no_browser_keeps_a_download(path: str) -> None:
    assert told(path)["Cache-Control"] == "no-store"
    assert told("/")["Cache-Control"] == "no-cache"


def test_a_cookie_that_came_over_tls_never_goes_without() -> None:
    """Streamlit cannot know of the TLS of the proxy before it."""
    assert told("/", x_forwarded_proto="https").getlist("Set-Cookie") == [
        f"{COOKIE}; Secure",
        "y; Secure",
    ]
    assert told("/").getlist("Set-Cookie") == [COOKIE, "y; Secure"]


def test_a_pages_stream_is_left_alone() -> None:
    assert told("/_stcore/stream", "websocket").raw == OWN


def test_streamlits_own_guards_are_on() -> None:
    options = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["server"]
    assert (options["enableCORS"], options["enableXsrfProtection"]) == (True, True)
    assert options["enableAgentApi"] is False
    assert options["maxUploadSize"] * 1_000_000 == LARGEST_FILE
