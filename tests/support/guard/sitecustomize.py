"""No name is looked up and no datagram sent beyond this machine.

Python runs a module of this name at its start where it finds one: so are child processes guarded.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable
from typing import Any

LOOKS_UP = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")
SENDS = ("connect", "connect_ex", "sendto", "sendmsg")
GUARDED = "KONGTHUN_GUARDED"


class LeavesThisMachineError(OSError, AssertionError):
    """A test, or what it started, spoke to somebody else."""


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


def _is_numeric(host: object) -> bool:
    try:
        return bool(ipaddress.ip_address(str(host)))
    except ValueError:
        return False


def _only_here(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *rest: Any, **more: Any) -> Any:
        if not (_is_here(host) or _is_numeric(host)):
            message = "a name beyond this machine was looked up"
            raise LeavesThisMachineError(message)
        return look_up(host, *rest, **more)

    return guarded


def _to_here(send: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(own: socket.socket, *words: Any) -> Any:
        places = [word for word in words if isinstance(word, tuple) and isinstance(word[0], str)]
        if any(not _is_here(place[0]) for place in places):
            message = "something was sent beyond this machine"
            raise LeavesThisMachineError(message)
        return send(own, *words)

    return guarded


def guard(put: Callable[[object, str, object], None]) -> None:
    """Replace what looks up and what sends; `put` as setattr."""
    for name in LOOKS_UP:
        put(socket, name, _only_here(getattr(socket, name)))
    for name in SENDS:
        put(socket.socket, name, _to_here(getattr(socket.socket, name)))


if __name__ == "sitecustomize":
    guard(setattr)
    os.environ[GUARDED] = "yes"
