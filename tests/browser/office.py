"""An office whose people log in: our pages, a login provider beside them, and who may see what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bench.served import HOST, Served, free_port, kongthun
from sheets_schema.loader import province
from tests.browser.window import Window
from tests.support.login_provider import login_provider

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

SIGN_IN, LOG_IN, LOG_OUT = "เข้าสู่ระบบด้วยบัญชีของสำนักงานเพื่อดูข้อมูล", "เข้าสู่ระบบ", "ออกจากระบบ"
NO_RIGHTS, UNVOUCHED = "บัญชีนี้ยังไม่มีสิทธิ์ดูข้อมูล", "อีเมลของบัญชีนี้ยังไม่ได้ยืนยัน"
COOKIE, COOKIE_SECRET = "_streamlit_user", "for the tests only, as long as it must be"
ROLES = {
    "viewer@office.example": "province_viewer",
    "chun@office.example": "district_editor:5602",
    "leaver@office.example": "province_admin",
}
MARKS = {one.code: (one.name, f"{one.code}-1-") for one in province().districts}
"""What tells that something of a district was sent: its name, and how its households are coded."""


@dataclass(frozen=True)
class Office:
    """Our pages with login; `secrets` is the file both Streamlit and we read."""

    served: Served
    provider: str
    secrets: Path

    def lets_in(self, roles: Mapping[str, str]) -> None:
        """Write who may see what; everything else in the file stays."""
        auth = self.secrets.read_text(encoding="utf-8").partition("[roles]")[0]
        lines = [f'"{email}" = "{role}"' for email, role in roles.items()]
        self.secrets.write_text("\n".join([f"{auth}[roles]", *lines, ""]), encoding="utf-8")


def auth(port: int, provider: str) -> str:
    """What the administrator writes to switch login on, and nobody let in yet."""
    return f"""[auth]
redirect_uri = "http://{HOST}:{port}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "kongthun"
client_secret = "of the tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[roles]
"""


@contextmanager
def office(folder: Path, data: Path) -> Iterator[Office]:
    """The pages of a data folder, with login; everything else is written into the folder."""
    secrets, port = folder / "secrets.toml", free_port()
    with login_provider() as provider:
        secrets.write_text(auth(port, provider), encoding="utf-8")
        told = {
            "KONGTHUN_DATA": str(data),
            "KONGTHUN_SECRETS": str(secrets),
            "KONGTHUN_HISTORY": str(folder / "history"),
            "STREAMLIT_SECRETS_FILES": str(secrets),
        }
        with kongthun(folder / "server.log", told, port) as served:
            one = Office(served, provider, secrets)
            one.lets_in(ROLES)
            yield one


class Visitor(Window):
    """Somebody's window on the office; `received`: every byte that Streamlit sent to it."""

    def __init__(self, page: Page, office: Office) -> None:
        """Watch a page that has not gone anywhere yet."""
        super().__init__(page, office.served.address, office.provider)
        self.received: list[bytes] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, sent: bytes | str) -> None:
        self.received.append(sent if isinstance(sent, bytes) else sent.encode())

    def logs_in(self, person: str) -> Self:
        """From the first page by its button to the provider, and back as this person."""
        self.goes_to("").page.get_by_role("button", name=LOG_IN, exact=True).click()
        self.page.get_by_role("button", name=person, exact=True).click()
        self.page.get_by_role("button", name=LOG_OUT).wait_for()
        return self.settled()

    def logs_out(self) -> Self:
        """By the button, also at the provider, and back to the door."""
        self.page.get_by_role("button", name=LOG_OUT).click()
        self.page.get_by_role("button", name="End session").click()
        self.page.get_by_role("button", name=LOG_IN, exact=True).wait_for()
        return self.settled()

    def says(self) -> list[str]:
        """The lines in the page's own part; icons are words too."""
        shown = self.page.get_by_test_id("stMain").inner_text()
        return [line.strip() for line in shown.split("\n") if line.strip()]

    def districts(self) -> set[str]:
        """The codes of the districts of which the page shows, or was sent, anything."""
        got = b"\n".join([*self.received, self.page.inner_text("body").encode()])
        return {code for code, marks in MARKS.items() if any(m.encode() in got for m in marks)}
