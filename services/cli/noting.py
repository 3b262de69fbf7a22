"""The verb that renews the notes in the districts' own sheets: feedback."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from services.cli.asked import FOUND_ERRORS, RAN, add_reading, say, store_for, year_of
from services.errors import AppError, UnknownPlaceError
from services.issues import Issue
from services.pipeline import opened
from services.present.as_json import Json
from services.settings import BANGKOK, settings, today_in_bangkok
from services.store.base import RawWorkbook
from services.writeback.feedback import put
from services.writeback.journal import Journal
from services.writeback.recorded import Recorded
from services.writeback.save import Desk
from services.writeback.switches import is_on
from sheets_schema.loader import province

if TYPE_CHECKING:
    from services.cli.asked import Verbs

DISTRICT = "--district"


def _feedback(options: argparse.Namespace) -> int:
    told = list(_districts(options))

    def plain() -> str:
        return (
            "\n".join(f"{one['district']}\t{one['trouble'] or one['changed']}" for one in told)
            or "ยังไม่มีอำเภอใดเปิดให้เขียนข้อเสนอแนะลงในชีต"
        )

    say({"districts": told}, options, plain)
    return FOUND_ERRORS if any(one["trouble"] for one in told) else RAN


def _districts(options: argparse.Namespace) -> Iterator[Json]:
    """The districts that want notes, one after the other; one that refuses stops no other."""
    if options.district is not None and options.district not in province().by_code:
        raise UnknownPlaceError(DISTRICT, options.district, province().by_code)
    programme, history = year_of(options), settings(options.data).history
    store = Recorded(store_for(options), history, _now)
    as_of = options.as_of or today_in_bangkok()

    def found(book: RawWorkbook) -> Iterable[Issue]:
        return opened(book, book.ref, programme, as_of).report.issues()

    for code in province().by_code:
        if code in (options.district, options.district or code) and is_on(
            history, programme.year, code
        ):
            desk = Desk(store, Journal(history, programme.year, code), programme, _now)
            try:
                done = put(desk, found)
            except AppError as refusal:
                yield {"district": code, "changed": 0, "left": 0, "trouble": refusal.thai}
            else:
                yield {
                    "district": code,
                    "changed": done.changed,
                    "left": done.left,
                    "trouble": None,
                }


def _now() -> datetime:
    return datetime.now(BANGKOK)


def add_verbs(verbs: Verbs) -> None:
    """Declare it."""
    words = "ปรับข้อเสนอแนะในชีตของอำเภอที่เปิดไว้ (ตั้งเวลาให้ทำเองได้)"
    verb = add_reading(verbs, "feedback", _feedback, words)
    verb.add_argument(DISTRICT, metavar="D", help="รหัสอำเภอ ถ้าไม่ระบุคือทุกอำเภอที่เปิดไว้")
