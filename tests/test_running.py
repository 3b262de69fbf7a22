"""What an office runs: image, compose, nginx, service and guide name the same things."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bench.served import HOST, ROOT
from services.store import copies
from services.store.mirror import OLD, Mirror
from tests.store.elsewhere import YEAR, Clock, Elsewhere

PORT = "8501"
DISTRICTS = [f"56{number:02}" for number in range(1, 10)]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def one(pattern: str, path: str) -> str:
    """Give what the pattern's group finds; the file says it once, or always alike."""
    (found,) = set(re.findall(pattern, text(path), re.MULTILINE))
    return str(found)


def in_the_guide(begin: str) -> str:
    """Give a command as the guide prints it; the first that begins so."""
    return one(rf"\A(?:.*\n)*?    ({re.escape(begin)}.*)", "docs/running.md")


def start_command() -> list[str]:
    return list(json.loads(one(r"^CMD (\[.*\])$", "Dockerfile")))


# --- image, compose, nginx and service agree ---------------------------------------------------


def test_everybody_means_the_same_port_of_the_app() -> None:
    assert one(r"^EXPOSE (\d+)", "Dockerfile") == PORT
    assert one(r"HTTPConnection as C; c = C\('127\.0\.0\.1', (\d+)", "Dockerfile") == PORT
    assert start_command()[start_command().index("--server.port") + 1] == PORT
    assert one(r"^\s*server app\d:(\d+)", "deploy/nginx.conf") == PORT
    assert one(r"^ExecStart=.*--server\.port (\d+)", "deploy/kongthun.service") == PORT
    assert one(r"127\.0\.0\.1:(85\d\d)", "docs/running.md") == PORT


def test_the_service_starts_what_the_image_starts_but_for_its_own_machine_only() -> None:
    unit = shlex.split(one(r"^ExecStart=(.*)$", "deploy/kongthun.service"))
    image = start_command()
    assert unit[1:5] == image[1:5] == ["-m", "streamlit", "run", "pages/_ui/server.py"]
    assert image[image.index("--server.address") + 1] == "0.0.0.0"  # noqa: S104 – compared only
    assert unit[unit.index("--server.address") + 1] == HOST


def test_nginx_knows_the_replicas_by_the_names_and_addresses_compose_gives_them() -> None:
    compose = text("deploy/compose.yaml")
    replicas = set(re.findall(r"^\s*server (app\d):", text("deploy/nginx.conf"), re.MULTILINE))
    assert replicas == set(re.findall(r"^  (app\d):$", compose, re.MULTILINE)) == {"app1", "app2"}
    given = re.findall(
        r"^  (app\d):\n(?:    .*\n)*?.*ipv4_address: ([\d.]+)", compose, re.MULTILINE
    )
    assert set(re.findall(r'"(app\d):([\d.]+)"', compose)) == set(given)


def test_nginx_listens_where_compose_opens_and_asks_and_only_for_this_machine_without_tls() -> None:
    listens = one(r"^    listen (\d+);", "deploy/nginx.conf")
    opened = one(r'^    ports:\n\s+- "(.*)"$', "deploy/compose.yaml")
    assert opened.startswith("127.0.0.1:")
    assert opened.endswith(f":{listens}")
    assert f"http://127.0.0.1:{listens}/_stcore/health" in text("deploy/compose.yaml")


def test_history_secrets_and_workbooks_lie_where_the_image_looks_for_them() -> None:
    history, app = (
        one(r"KONGTHUN_HISTORY=(\S+)", "Dockerfile"),
        one(r"^WORKDIR (\S+)", "Dockerfile"),
    )
    assert json.loads(one(r"^VOLUME (.*)$", "Dockerfile")) == ["/data", history]
    assert one(r"^\s+KONGTHUN_HISTORY: (\S+)", "deploy/compose.yaml") == history
    assert one(r"^    - history:(\S+)$", "deploy/compose.yaml") == history
    assert one(r"KONGTHUN_DATA-(/\w+)\}", "deploy/compose.yaml") == "/data"
    assert one(r"target: (\S+)", "deploy/compose.yaml") == f"{app}/.streamlit/secrets.toml"
    assert f"--directory={history} " in text("docs/running.md")


def test_the_service_may_write_its_history_and_the_guide_saves_that_folder() -> None:
    history = one(r"^Environment=KONGTHUN_HISTORY=(\S+)", "deploy/kongthun.service")
    state = one(r"^StateDirectory=(\S+)", "deploy/kongthun.service")
    assert history.startswith(f"/var/lib/{state}/")
    assert one(r"^ReadWritePaths=(.*)$", "deploy/kongthun.service") == f"/var/lib/{state}"
    assert f"--directory={history} ." in in_the_guide("tar --create")


def test_every_path_of_ours_that_they_name_is_here() -> None:
    sources = re.findall(r"^COPY (\S+) ", text("Dockerfile"), re.MULTILINE)
    named = [*sources, start_command()[4], "deploy/nginx.conf", "Dockerfile"]
    named.append(one(r"^Documentation=file:/opt/kongthun/(\S+)", "deploy/kongthun.service"))
    named += re.findall(r"`((?:deploy|pages)/[\w./-]+)`", text("docs/running.md"))
    named += re.findall(r" -f (deploy/\S+)", text("docs/running.md"))
    assert len(named) >= 15
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert one(r"- \./(\S+):/etc/nginx/nginx\.conf:ro", "deploy/compose.yaml") == "nginx.conf"


# --- what enters the image ---------------------------------------------------------------------


def enters(path: str) -> bool:
    """Whether .dockerignore lets the path into the build: the last line that speaks of it."""
    lines = [line for line in text(".dockerignore").splitlines() if line[:1] not in ("", "#")]
    told = [line.startswith("!") for line in lines if _speaks(line.removeprefix("!"), path)]
    return told[-1]


def _speaks(pattern: str, path: str) -> bool:
    parts = path.split("/")
    if pattern.startswith("**/"):
        return any(fnmatch(part, pattern[3:]) for part in parts)
    return any(fnmatch("/".join(parts[:end]), pattern) for end in range(1, len(parts) + 1))


def test_nothing_secret_or_personal_enters_the_image() -> None:
    kept_out = """
        .streamlit/secrets.toml .git/config .venv/bin/python .env deploy/.env .demo/manifest.json
        .kongthun/last_good/2565/5601.json.gz pages/.kongthun/x 2565/5601.xlsx tests/conftest.py
        pages/__pycache__/x.pyc static/~$5601.xlsx services/x.tmp key.json deploy/tls/privkey.pem
    """
    assert [path for path in kept_out.split() if enters(path)] == []


def test_what_the_app_is_made_of_enters_the_image() -> None:
    inside = ("pages", "services", "sheets_schema", "static")
    ours = [p.relative_to(ROOT).as_posix() for name in inside for p in (ROOT / name).rglob("*.*")]
    code = [p for p in ours if p.endswith((".py", ".toml", ".ttf", ".png"))]
    assert len(code) > 100
    assert [p for p in [*code, "app.py", ".streamlit/config.toml"] if not enters(p)] == []


# --- backup and restore, by the guide's own commands -------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="the guide's commands are GNU tar's")
def test_a_backup_made_while_copies_are_rewritten_restores_whole_and_private(
    tmp_path: Path,
) -> None:
    office, kept, saved = tmp_path / "office", tmp_path / "restored", tmp_path / "saved.tar.gz"
    elsewhere, clock = Elsewhere(dict.fromkeys(DISTRICTS, "0" * 50_000)), Clock()
    mirror = Mirror(elsewhere, office / "last_good", clock)
    mirror.refresh()
    for _ in range(5):
        with _rewritten(mirror, elsewhere, clock) as rounds:
            before = len(rounds)
            _run("tar --create", saved, office, (0, 1))
            while len(rounds) < before + 2:
                time.sleep(0.001)
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(mode=0o700)
        _run("tar --extract", saved, kept, (0,))
        _holds_every_copy_for_its_user_only(kept)
    assert not mirror.forgetful
    again = Mirror(elsewhere, kept / "last_good", clock)
    assert [ref.trouble for ref in again.workbooks(YEAR)] == [None] * len(DISTRICTS)


@contextmanager
def _rewritten(mirror: Mirror, elsewhere: Elsewhere, clock: Clock) -> Iterator[list[int]]:
    """Meanwhile every district's copy is written again and again; hears the rounds."""
    rounds: list[int] = []
    done = threading.Event()

    def keep_reading() -> None:
        while not done.is_set():
            rounds.append(len(rounds))
            elsewhere.words = dict.fromkeys(DISTRICTS, f"{len(rounds)} " * 50_000)
            clock.now += OLD
            mirror.refresh()

    reading = threading.Thread(target=keep_reading)
    reading.start()
    try:
        yield rounds
    finally:
        done.set()
        reading.join()


def _run(begin: str, file: Path, folder: Path, well: tuple[int, ...]) -> None:
    command = in_the_guide(begin).replace("$(date +%F)", "today")
    words = shlex.split(command)
    words = [re.sub(r"^--file=.*", f"--file={file}", word) for word in words]
    words = [re.sub(r"^--directory=.*", f"--directory={folder}", word) for word in words]
    ran = subprocess.run(words, check=False, capture_output=True, text=True, umask=0o077)  # noqa: S603 – the guide's words
    assert ran.returncode in well, ran.stderr


def _holds_every_copy_for_its_user_only(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == [f"{code}.json.gz" for code in DISTRICTS]
    for path in files:
        found = copies.load(path)
        assert found is not None, path
        assert len(set(str(found[0].tabs[0].rows[0][0]).split())) == 1  # of one round, not mixed
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
