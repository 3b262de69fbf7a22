"""What `make run` starts: app.py, with the caches filled before the first viewer comes.

`streamlit run` finds `app` here and serves it; app.py alone opens all the same, only colder.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
LOG = logging.getLogger(__name__)
REFUSAL = (
    "ไม่เริ่มทำงาน: ยังไม่ได้ตั้งการเข้าสู่ระบบ ([auth] ใน .streamlit/secrets.toml) จึงเปิดได้เฉพาะ 127.0.0.1 "
    "แต่ถูกสั่งให้เปิดที่ {address} – ตั้ง [auth] และ [roles] ก่อน หรือใช้ --server.address 127.0.0.1\n"
    "Not started: without login ([auth] in .streamlit/secrets.toml) pages stay on 127.0.0.1"
)

# `streamlit run` puts this folder first on Python's path, where a module of ours that has a
# library's name would hide it. The folder of app.py belongs there.
sys.path[:] = [str(ROOT), *(place for place in sys.path if Path(place).resolve() != FOLDER)]


@asynccontextmanager
async def warm(_app: st.App) -> AsyncIterator[None]:
    """Fill the caches and freeze what is now in memory; a failure does not stop the start."""
    # What st.navigation says at its first run: until then Streamlit tells the first visitor of any
    # page but the first that there is no such page.
    PagesManager.uses_pages_directory = False
    filling = asyncio.create_task(asyncio.to_thread(_fill))
    await asyncio.wait({filling})
    if failure := filling.exception():
        # Only its kind: the text may quote a cell. The page that needs the data says the rest.
        LOG.warning("warm-up failed: %s", type(failure).__name__)
    gc.collect()
    gc.freeze()  # later collections do not look through libraries and caches again
    yield


def _fill() -> None:
    # Imported only now: a mistake in it is told by the page and does not stop the start.
    from pages._ui import data  # noqa: PLC0415

    data.warm()


def _refuse_everybody_without_login() -> None:
    """Without login a page is for this machine only: bound elsewhere, nothing is served at all."""
    # Imported only here: first the path above must be right.
    from services.access import LOOPBACK  # noqa: PLC0415
    from services.settings import login  # noqa: PLC0415

    address = str(st.get_option("server.address") or "")
    if address not in LOOPBACK and login() is None:
        raise SystemExit(REFUSAL.format(address=address or "ทุกที่อยู่ / every address"))


def _safe_headers() -> Middleware:
    from pages._ui.headers import SafeHeaders  # noqa: PLC0415 – as above

    return Middleware(SafeHeaders)


_refuse_everybody_without_login()
app = st.App(ROOT / "app.py", lifespan=warm, middleware=[_safe_headers()])
