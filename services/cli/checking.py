"""Is this copy set up right: doctor."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from services.cli.asked import FOUND_ERRORS, RAN, say
from services.doctor import examined, read_afresh
from services.settings import settings, today_in_bangkok

if TYPE_CHECKING:
    from services.cli.asked import Verbs


def _doctor(options: argparse.Namespace) -> int:
    chosen, today = settings(options.data), today_in_bangkok()
    checks = examined(chosen, today, read_afresh(chosen, today))

    def plain() -> str:
        return "\n".join(
            f"{'✓' if check.ok else '✗'} {check.message}{f' → {check.fix}' if check.fix else ''}"
            for check in checks
        )

    say({"checks": [asdict(check) for check in checks]}, options, plain)
    return RAN if all(check.ok for check in checks) else FOUND_ERRORS


def add_verbs(verbs: Verbs) -> None:
    """Declare it."""
    verb = verbs.add_parser("doctor", help="ตรวจว่าตั้งค่าถูกต้อง")
    verb.add_argument("--data", type=Path, metavar="DIR", help="โฟลเดอร์ของสมุดงาน")
    verb.set_defaults(run=_doctor)
