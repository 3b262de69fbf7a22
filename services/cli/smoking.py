"""Does Google do what the product relies on: smoke."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from services.cli.asked import FOUND_ERRORS, RAN, say
from services.errors import SettingError
from services.settings import google_account

if TYPE_CHECKING:
    from services.cli.asked import Verbs
    from services.smoke import Outcome, Smoke

OPTION = "--sheet"
WILL_DO = """\
จะเพิ่มแท็บ «{title}» ท้ายสเปรดชีต ทดลองเฉพาะในแท็บนั้น แล้วลบทิ้ง ไม่แตะแท็บอื่น ใช้เวลาราวหนึ่งนาที
adding the tab «{title}», trying things only there, then deleting it; about a minute
"""
LEFT = """\
ลบสิ่งที่ทดลองไว้ไม่สำเร็จ ถ้ายังมีแท็บ «{title}» ให้ลบแท็บนี้เอง
cleaning up failed; if the tab «{title}» is still there, delete it by hand
"""
NONE = "ไม่มี"
STOPPED = "หยุดก่อนครบทุกข้อ"


def _smoke(options: argparse.Namespace) -> int:
    # Imported only here: Google's libraries take half a second to load.
    from services.smoke import smoke  # noqa: PLC0415
    from services.smoke.own_tab import new_title  # noqa: PLC0415
    from services.store.google_http import GoogleHTTP  # noqa: PLC0415
    from services.store.google_sheets import link_to, spreadsheet_id  # noqa: PLC0415

    sheet_id, title = spreadsheet_id(options.sheet), new_title()
    if sheet_id is None:
        raise SettingError(OPTION, link_to("…"))
    http = GoogleHTTP(google_account())
    sys.stderr.write(WILL_DO.format(title=title))
    found = smoke(http, sheet_id, title)
    facts = [_shape(one) for one in found.outcomes]
    say({"facts": facts, "cleaned": found.cleaned}, options, lambda: _plain(found))
    if not found.cleaned:
        sys.stderr.write(LEFT.format(title=title))
    if found.stopped is not None:
        raise found.stopped
    return RAN if found.as_expected else FOUND_ERRORS


def _shape(one: Outcome) -> dict[str, object]:
    return {
        "id": one.fact.id,
        "question": one.fact.question,
        "expected": one.fact.expected,
        "got": one.got,
        "same": one.same,
        "known": one.fact.known,
    }


def _plain(found: Smoke) -> str:
    """A line a fact, then what somebody must look at."""
    differ = [one.fact.id for one in found.outcomes if one.fact.known and not one.same]
    settled = [one for one in found.outcomes if not one.fact.known]
    others = [one.fact.id for one in settled if not one.same]
    lines = [
        *map(_line, found.outcomes),
        f"✗ ต่างจากที่ Google บอกหรือเคยเป็น: {', '.join(differ) or NONE}",
        f"? เพิ่งรู้จากครั้งนี้ {len(settled)} ข้อ ต่างจากที่เซิร์ฟเวอร์จำลองเดาไว้: {', '.join(others) or NONE}",
    ]
    return "\n".join([*lines, STOPPED] if found.stopped else lines)


def _line(one: Outcome) -> str:
    mark = ("✓" if one.same else "✗") if one.fact.known else "?"
    got = "" if one.same and one.fact.known else f": {_said(one.got)}"
    expected = "" if one.same else f" (คาดไว้ {_said(one.fact.expected)})"
    return f"{mark} {one.fact.question}{got}{expected}"


def _said(worth: object) -> str:
    return json.dumps(worth, ensure_ascii=False)


def add_verbs(verbs: Verbs) -> None:
    """Declare it."""
    verb = verbs.add_parser("smoke", help="ทดลองกับ Google Sheets จริง ในแท็บชั่วคราวที่ลบทิ้งเอง")
    verb.add_argument(OPTION, required=True, metavar="LINK", help="สเปรดชีตสำหรับทดลอง")
    verb.set_defaults(run=_smoke)
