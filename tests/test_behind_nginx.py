"""The image's health check and nginx.conf before two real servers."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from bench.served import HOST, Served, free_port, kongthun
from bench.viewer import Seen, viewing
from tests.store.elsewhere import YEAR
from tests.support.centres import finished_centre, tabs_of
from tests.support.files import write_workbook
from tests.test_running import PORT, one, text

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Served]]:
    folder = tmp_path_factory.mktemp("office")
    write_workbook(folder / f"{YEAR}/5601 เมืองพะเยา.xlsx", tabs_of(finished_centre()))
    told = {"KONGTHUN_DATA": str(folder), "KONGTHUN_HISTORY": str(folder / "history")}
    with (
        kongthun(folder / "1.log", told) as first,
        kongthun(folder / "2.log", told) as second,
    ):
        yield first, second


def _health(port: int) -> int:
    words = list(json.loads(one(r"^  CMD (\[.*\])$", "Dockerfile")))
    words = [sys.executable, *(word.replace(PORT, str(port)) for word in words[1:])]
    return subprocess.run(words, check=False, capture_output=True).returncode  # noqa: S603 – the image's words


def test_the_images_health_check_tells_a_server_from_none(
    replicas: tuple[Served, Served],
) -> None:
    assert _health(replicas[0].port) == 0
    assert _health(free_port()) != 0


@contextmanager
def _through_nginx(replicas: tuple[Served, Served], folder: Path) -> Iterator[Served]:
    if NGINX is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    told = text("deploy/nginx.conf").replace("listen 8080", f"listen {HOST}:{port}")
    for name, replica in zip(("app1", "app2"), replicas, strict=True):
        told = told.replace(f"{name}:{PORT}", f"{HOST}:{replica.port}")
    told = told.replace("/var/tmp/", f"{folder}/").replace("/dev/stdout", str(folder / "log"))  # noqa: S108
    (folder / "nginx.conf").write_text(told, encoding="utf-8")
    words = [NGINX, "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g"]
    words.append(f"daemon off; user root root; pid {folder}/pid;")
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)  # noqa: S603 – our own words
    try:
        end = time.monotonic() + 10
        while _health(port) != 0 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=10)
    assert "[crit]" not in said
    assert "[emerg]" not in said


def _asked(served: Served, path: str, **headers: str) -> tuple[int, HTTPMessage]:
    asked = HTTPConnection(HOST, served.port, timeout=10)
    try:
        asked.request("GET", path, headers=headers)
        answer = asked.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        asked.close()


async def _first_page(served: Served) -> Seen:
    async with viewing(served) as viewer:
        return await viewer.run()


def test_behind_nginx_a_viewer_stays_with_one_replica_and_the_log_tells_no_query(
    replicas: tuple[Served, Served], tmp_path: Path
) -> None:
    with _through_nginx(replicas, tmp_path) as nginx:
        assert asyncio.run(_first_page(nginx)).pages
        status, told = _asked(nginx, "/centres?district=5601", **{"Accept-Encoding": "gzip"})
        assert (status, told["Content-Encoding"]) == (200, "gzip")
        assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
        assert _asked(nginx, "/_stcore/metrics")[0] == 404
        taken = {_one_viewer(nginx, tmp_path / "log") for _ in range(12)}
    assert taken == {f"{HOST}:{replica.port}" for replica in replicas}
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "GET /centres 200" in log
    assert "district" not in log


def _one_viewer(nginx: Served, log: Path) -> str:
    """Come without a cookie, then with the one given; the replica that answered all of it."""
    before = len(log.read_text(encoding="utf-8").splitlines())
    (given,) = _cookies(_asked(nginx, "/_stcore/health")[1])
    for _ in range(3):
        assert _cookies(_asked(nginx, "/_stcore/health", Cookie=given)[1]) == []
    time.sleep(0.02)  # nginx writes its line after the answer
    lines = log.read_text(encoding="utf-8").splitlines()[before:]
    (replica,) = {line.split()[-1] for line in lines}
    return replica


def _cookies(told: HTTPMessage) -> list[str]:
    given = " ".join(told.get_all("Set-Cookie") or [])
    return re.findall(r"kongthun_replica=\w{32}", given)
