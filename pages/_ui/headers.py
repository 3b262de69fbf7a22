"""What every answer tells the browser: whom it may be shown within, what may be kept or sent on."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PLACES = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
"""Nothing is loaded from, sent to or framed by another place. Streamlit and its charts need inline
styles and eval: against a text of a cell they are no help, `plain` is."""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # a page's address names year and district
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Content-Security-Policy": "; ".join(PLACES),
}
FILES = "/media/"
"""Where downloads come from: nobody's browser keeps them beside the file itself."""


class SafeHeaders:
    """Puts them on every answer over HTTP, and «Secure» on cookies that came over TLS."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and add to what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message), scope)
            await send(message)

        await self.app(scope, receive, sent)


def _complete(answer: MutableHeaders, scope: Scope) -> None:
    for name, value in ALWAYS.items():
        answer[name] = value
    if FILES in scope["path"]:
        answer["Cache-Control"] = "no-store"
    asked_by = Headers(scope=scope).get("X-Forwarded-Proto", scope.get("scheme", "http"))
    if asked_by == "https":
        cookies = answer.getlist("Set-Cookie")
        del answer["Set-Cookie"]
        for cookie in cookies:
            answer.append("Set-Cookie", _secure(cookie))


def _secure(cookie: str) -> str:
    return cookie if "; secure" in cookie.lower() else f"{cookie}; Secure"
