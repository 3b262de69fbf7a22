"""What every verb that reads does first: understand the options, bring the report, print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from services.compute.reports import ProvinceReport
from services.pipeline import programme_of, province_report
from services.present import as_json
from services.present.signs import ORDERS, without_orders
from services.settings import settings, today_in_bangkok
from services.store.base import SheetStore
from services.store.chosen import refreshed
from sheets_schema.model import Programme

RAN, FOUND_ERRORS = 0, 1
FIRST_BUDDHIST_YEAR = 2400
COMMON_DAY = "ใช้วันที่ ค.ศ. เช่น 2022-07-19 / an ISO day of the Common Era"
if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 – its only name
Run = Callable[[argparse.Namespace], int]


def year_of(options: argparse.Namespace) -> Programme:
    """The programme of the options' year."""
    return programme_of(options.year, settings(options.data))


def report_of(options: argparse.Namespace) -> ProvinceReport:
    """The province of the options' folder, year and day."""
    as_of, programme = options.as_of or today_in_bangkok(), year_of(options)
    return province_report(store_for(options), programme, as_of)


def store_for(options: argparse.Namespace) -> SheetStore:
    """The options' store, read now; what is shown from an earlier reading is told beside it."""
    store = refreshed(settings(options.data), options.year)
    for ref in store.workbooks(options.year):
        if ref.read_at is not None and ref.trouble is not None:
            when = ref.read_at.strftime("%Y-%m-%d %H:%M")
            name = without_orders(ref.name)
            sys.stderr.write(f"{name}: ใช้ข้อมูลที่อ่านไว้เมื่อ {when} / as read at {when}\n")
    return store


def say(shape: as_json.Json, options: argparse.Namespace, plain: Callable[[], str]) -> None:
    """One JSON object, or lines for a reader; a terminal obeys neither."""
    text = json_of(shape) if options.json else without_orders(plain())
    sys.stdout.write(text + "\n")


def json_of(shape: as_json.Json) -> str:
    """Texts as they are, Thai readable, orders to a terminal in their escaped spelling."""
    text = json.dumps(shape, ensure_ascii=False, indent=1)
    return ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say_shape(shape: as_json.Json, options: argparse.Namespace) -> int:
    """The JSON, also for a reader."""
    say(shape, options, lambda: json_of(shape))
    return RAN


def _common_day(text: str) -> date:
    """An ISO day of the Common Era; a Buddhist year is refused, not silently taken."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.max
    if day.year >= FIRST_BUDDHIST_YEAR:
        raise argparse.ArgumentTypeError(COMMON_DAY)
    return day


def add_reading(verbs: Verbs, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    """A verb over one year of a folder."""
    verb = verbs.add_parser(name, help=words)
    verb.add_argument("--data", type=Path, metavar="DIR", help="โฟลเดอร์ของสมุดงาน")
    verb.add_argument("--year", type=int, required=True, help="ปีงบประมาณ พ.ศ.")
    verb.add_argument("--as-of", type=_common_day, metavar="YYYY-MM-DD", help="ณ วันที่ (ค.ศ.)")
    verb.set_defaults(run=run)
    return verb
