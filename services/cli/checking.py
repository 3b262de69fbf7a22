"""Is this copy set up right: doctor."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from services.checkup import Check
from services.cli.asked import FOUND_ERRORS, RAN, say
from services.doctor import examined, read_afresh
from services.pipeline import programme_of
from services.present.as_json import Json
from services.settings import google_account, settings, today_in_bangkok
from sheets_schema.loader import programme_files, province

if TYPE_CHECKING:
    from services.cli.asked import Verbs


def _doctor(options: argparse.Namespace) -> int:
    if options.sheet is not None:
        return _sheet(options)
    chosen, today = settings(options.data), today_in_bangkok()
    checks = examined(chosen, today, read_afresh(chosen, today))
    say({"checks": [asdict(check) for check in checks]}, options, lambda: _lines(checks))
    return RAN if all(check.ok for check in checks) else FOUND_ERRORS


def _sheet(options: argparse.Namespace) -> int:
    """The same of one pasted link, before it is put into the secrets."""
    # Imported only here: Google's libraries take half a second to load.
    from services.google_setup.inspect import inspect  # noqa: PLC0415
    from services.store.google_http import GoogleHTTP  # noqa: PLC0415

    chosen = settings(options.data)
    year = options.year or max(programme_files(chosen.programmes))
    districts = len(province().districts)
    http = GoogleHTTP(google_account())
    found = inspect(http, options.sheet, programme_of(year, chosen), districts)
    shape: Json = {
        "checks": [asdict(check) for check in found.checks],
        "columns": [asdict(column) for column in found.columns],
    }
    marks = {"read": "✓", "missing": "–", "twice": "✗", "own": " "}

    def plain() -> str:
        columns = [
            f"{marks[c.state]} {c.register}: {c.typed or '–'} = {c.read_as or '–'}"
            for c in found.columns
        ]
        return "\n".join([_lines(found.checks), *columns])

    say(shape, options, plain)
    return RAN if all(check.ok for check in found.checks) else FOUND_ERRORS


def _lines(checks: Iterable[Check]) -> str:
    return "\n".join(
        f"{'✓' if check.ok else '✗'} {check.message}{f' → {check.fix}' if check.fix else ''}"
        for check in checks
    )


def add_verbs(verbs: Verbs) -> None:
    """Declare it."""
    verb = verbs.add_parser("doctor", help="ตรวจว่าตั้งค่าถูกต้อง")
    verb.add_argument("--data", type=Path, metavar="DIR", help="โฟลเดอร์ของสมุดงาน")
    verb.add_argument("--sheet", metavar="LINK", help="ตรวจลิงก์ของ Google Sheets ก่อนนำไปใช้")
    verb.add_argument("--year", type=int, help="ปีของทะเบียนในสเปรดชีตนั้น")
    verb.set_defaults(run=_doctor)
