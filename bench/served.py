"""A Streamlit server in its own process, on loopback; its processor time and memory (Linux)."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "pages" / "_ui" / "server.py"  # what `make run` starts
EMPTY = 'import streamlit as st\n\nst.write("x")\n'
HOST = "127.0.0.1"
START_SECONDS = 60.0


class NotServedError(Exception):
    """The server did not come up: its log, and with which code it ended if it did."""


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where its first page is."""
        return f"http://{HOST}:{self.port}"

    def cpu_seconds(self) -> float:
        """Processor time of all its threads since its start: Linux's clock of another process."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def memory(self) -> float:
        """Resident megabytes."""
        told = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", told)
        if found is None:
            raise NotServedError(told)
        return int(found[1]) / 1024


@contextmanager
def kongthun(
    log: Path, told: Mapping[str, str], port: int | None = None, address: str = HOST
) -> Iterator[Served]:
    """Our pages as `make run` serves them, with our own settings in this environment."""
    words = [str(OURS), "--server.address", address]
    with _serving(words, port or free_port(), ROOT, log, told) as served:
        yield served


@contextmanager
def empty_page(folder: Path) -> Iterator[Served]:
    """One line of text under Streamlit's own settings: no configuration file is in reach."""
    script = folder / "empty.py"
    script.write_text(EMPTY, encoding="utf-8")
    words, log = [str(script), "--server.address", HOST], folder / "empty.log"
    with _serving(words, free_port(), folder, log, {"HOME": str(folder)}) as served:
        yield served


@contextmanager
def _serving(
    opened: Sequence[str], port: int, folder: Path, log: Path, told: Mapping[str, str]
) -> Iterator[Served]:
    words = [sys.executable, "-m", "streamlit", "run", *opened]
    words += ["--server.port", str(port), "--server.headless", "true"]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("STREAMLIT", "KONGTHUN"))}
    with log.open("w", encoding="utf-8") as written:
        process = subprocess.Popen(  # noqa: S603 – our own words
            words, cwd=folder, env={**inherited, **told}, stdout=written, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, port, log)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if _healthy(port):
            return
        time.sleep(0.1)
    raise NotServedError(log.read_text(encoding="utf-8"), process.poll())


def _healthy(port: int) -> bool:
    asked = HTTPConnection(HOST, port, timeout=5)
    try:
        asked.request("GET", "/_stcore/health")
        return asked.getresponse().read() == b"ok"
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()
