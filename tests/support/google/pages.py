"""The pages on the demo province in a local Google: `make google`.

Everything is made afresh in a folder that goes away again; people and debts are invented.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from services.demo import write_demo
from services.settings import BANGKOK, settings
from tests.support.google.client import LocalGoogle, local_google
from tests.support.google.province import Links, add_province, write_secrets

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Office:
    """A demo province in a local Google, and the environment that points the product at it."""

    google: LocalGoogle
    links: Links
    environment: dict[str, str]


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """The demo province, in `folder` and in a local Google of its own."""
    write_demo(folder / "demo")
    with local_google() as google:
        google.reset(now=datetime.now(BANGKOK).isoformat(timespec="seconds"))
        links = add_province(google, folder / "demo")
        day = settings(folder / "demo").demo_day
        secrets = write_secrets(folder / "secrets.toml", google, links, day)
        told = {"KONGTHUN_SECRETS": str(secrets), "KONGTHUN_HISTORY": str(folder / "history")}
        yield Office(google, links, told)


def main() -> None:
    """Serve until somebody stops it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8501")
    port = parser.parse_args().port
    words = ["streamlit", "run", "pages/_ui/server.py", "--server.port", port]
    inherited = {name: told for name, told in os.environ.items() if name != "KONGTHUN_DATA"}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that what was started ends too
    with tempfile.TemporaryDirectory() as folder, office(Path(folder)) as here:
        first = next(iter(here.links[max(here.links)].values()))
        sys.stdout.write(f"จำลอง Google ที่ {here.google.address} ลิงก์ตัวอย่าง: {first}\n")
        sys.stdout.flush()
        try:
            subprocess.run(  # noqa: S603 – our own words
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env={**inherited, **here.environment},
                check=False,
            )
        except KeyboardInterrupt:
            sys.stdout.write("\n")


if __name__ == "__main__":
    main()
