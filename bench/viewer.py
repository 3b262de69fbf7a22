"""A viewer without a browser: Streamlit's own messages over its own websocket."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.served import HOST, Served


class PageFailedError(Exception):
    """A page sent an exception instead of itself; the text is its kind."""


@dataclass(frozen=True)
class Seen:
    """What one run of a page sent: `pages` by their address, `choices` of its drop-downs by id."""

    seconds: float = 0.0
    messages: int = 0
    size: int = 0
    pages: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def seen(received: Iterable[bytes], seconds: float = 0.0) -> Seen:
    """Count what came, and note what a viewer can do next.

    Raises:
        PageFailedError: the page, or a part of it, is an exception.
    """
    messages = size = 0
    pages: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for raw in received:
        message = ForwardMsg.FromString(raw)
        messages, size = messages + 1, size + len(raw)
        _must_be_well(message)
        for page in message.navigation.app_pages:
            if not page.external_url:
                pages[page.url_pathname] = page.page_script_hash
        element = message.delta.new_element
        if element.WhichOneof("type") == "selectbox":
            choices[element.selectbox.id] = tuple(element.selectbox.options)
    return Seen(seconds, messages, size, pages, choices)


def _must_be_well(message: ForwardMsg) -> None:
    if message.delta.new_element.WhichOneof("type") == "exception":
        raise PageFailedError(message.delta.new_element.exception.type)
    if message.session_event.HasField("script_compilation_exception"):
        raise PageFailedError(message.session_event.script_compilation_exception.type)


def asked(page: str, chosen: Mapping[str, str]) -> bytes:
    """A run of the page (its script's hash; none: the first page) with these drop-downs' values."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    message.rerun_script.page_script_hash = page
    for widget, value in chosen.items():
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = widget, value
    return message.SerializeToString()


@dataclass(frozen=True)
class Viewer:
    """An open page in somebody's browser."""

    connection: ClientConnection

    async def run(self, page: str = "", chosen: Mapping[str, str] | None = None) -> Seen:
        """Let the page run, and wait for all of it.

        Raises:
            PageFailedError: it is an exception.
        """
        start = time.perf_counter()
        await self.connection.send(asked(page, chosen or {}))
        received: list[bytes] = []
        while True:
            raw = await self.connection.recv(decode=False)
            received.append(raw)
            if ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished":
                return seen(received, time.perf_counter() - start)


@asynccontextmanager
async def viewing(served: Served) -> AsyncIterator[Viewer]:
    """Come to the server's first page; nothing has run yet."""
    address = f"ws://{HOST}:{served.port}/_stcore/stream"
    async with connect(
        address,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        ping_interval=None,
        proxy=None,
    ) as connection:
        yield Viewer(connection)
