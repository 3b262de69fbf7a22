"""The line without a browser: `python -m services <verb>`.

Exit 0: ran; 1: ran and found errors (`check`); 2: cannot run, with one sentence on stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, cast

from services import demo, template
from services.compute.reports import ProvinceReport
from services.errors import AppError, ProgrammeError, UnknownYearError
from services.pipeline import province_report
from services.present import as_json
from services.settings import Settings, settings, today_in_bangkok
from services.store.xlsx_folder import XlsxFolder
from sheets_schema import loader
from sheets_schema.model import Programme

RAN, FOUND_ERRORS, CANNOT_RUN = 0, 1, 2
FIRST_BUDDHIST_YEAR = 2400
COMMON_DAY = "ใช้วันที่ ค.ศ. เช่น 2022-07-19 / an ISO day of the Common Era"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the command in both languages."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"คำสั่งไม่ถูกต้อง ดู --help / {message}; see --help\n")
        raise SystemExit(CANNOT_RUN)


def programme_of(year: int, chosen: Settings) -> Programme:
    """The year's programme.

    Raises:
        UnknownYearError: no file for the year. ProgrammeError: the file is wrong.
    """
    try:
        return loader.programme(year, chosen.programmes)
    except KeyError as unknown:
        raise UnknownYearError(year, unknown.args[1]) from unknown
    except loader.SchemaError as mistake:
        raise ProgrammeError(year, str(mistake)) from mistake


def _report(options: argparse.Namespace) -> ProvinceReport:
    chosen = settings(options.data)
    as_of = options.as_of or today_in_bangkok()
    return province_report(XlsxFolder(chosen.data), programme_of(options.year, chosen), as_of)


def _print(shape: as_json.Json, options: argparse.Namespace, plain: Callable[[], str]) -> None:
    """One JSON object, or lines for a reader."""
    text = json.dumps(shape, ensure_ascii=False, indent=1) if options.json else plain()
    sys.stdout.write(text + "\n")


def _check(options: argparse.Namespace) -> int:
    issues = _report(options).issues()

    def plain() -> str:
        lines = [f"{i.severity}\t{i.district or '–'}\t{i.message}\t→ {i.fix}" for i in issues]
        return "\n".join([*lines, f"{len(issues)} ข้อ"])

    _print(as_json.findings(issues), options, plain)
    return FOUND_ERRORS if any(issue.severity == "error" for issue in issues) else RAN


def _progress(options: argparse.Namespace) -> int:
    report = _report(options)

    def plain() -> str:
        marks = {"done": "✓", "partial": "◐", "not_started": "–", "unknown": "?"}
        return "\n".join(
            f"{centre.district}\t{centre.centre_id}\t"
            + "\t".join(
                f"{step.number}{marks[step.state]} {step.achieved}/{step.required}"
                for step in centre.steps
            )
            for district in report.districts
            for centre in district.centres
        )

    _print(as_json.progress(report), options, plain)
    return RAN


def _plain_json(shape: as_json.Json) -> Callable[[], str]:
    return lambda: json.dumps(shape, ensure_ascii=False, indent=1)


def _outcomes(options: argparse.Namespace) -> int:
    shape = as_json.outcomes(_report(options))
    _print(shape, options, _plain_json(shape))
    return RAN


def _rank(options: argparse.Namespace) -> int:
    shape = as_json.ranks(_report(options))
    _print(shape, options, _plain_json(shape))
    return RAN


def _demo(options: argparse.Namespace) -> int:
    written = demo.write_demo(options.folder)
    shape: as_json.Json = {"folder": str(options.folder), "files": [str(path) for path in written]}
    _print(shape, options, lambda: f"เขียนข้อมูลตัวอย่าง {len(written)} แฟ้มไว้ที่ {options.folder}")
    return RAN


def _template(options: argparse.Namespace) -> int:
    programme = programme_of(options.year, settings())
    path = template.write_template(options.folder, programme, options.district)
    _print({"file": str(path)}, options, lambda: f"เขียนแฟ้มเปล่าไว้ที่ {path}")
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


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m services", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=_Parser)
    reading = {
        "check": (_check, "สิ่งที่ต้องดูแลในข้อมูล"),
        "progress": (_progress, "ขั้นตอนรายศูนย์"),
        "outcomes": (_outcomes, "ผลการแก้หนี้รายครัวเรือน"),
        "rank": (_rank, "ลำดับหมู่บ้านที่พร้อม"),
    }
    for name, (run, words) in reading.items():
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("--data", type=Path, metavar="DIR", help="โฟลเดอร์ของสมุดงาน")
        verb.add_argument("--year", type=int, required=True, help="ปีงบประมาณ พ.ศ.")
        verb.add_argument("--as-of", type=_common_day, metavar="YYYY-MM-DD", help="ณ วันที่ (ค.ศ.)")
        verb.set_defaults(run=run)
    sample = verbs.add_parser("demo", help="เขียนจังหวัดตัวอย่าง")
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.set_defaults(run=_demo)
    blank = verbs.add_parser("template", help="เขียนสมุดงานเปล่าของอำเภอ")
    blank.add_argument("folder", type=Path, metavar="DIR")
    blank.add_argument("--year", type=int, required=True)
    blank.add_argument("--district", required=True, choices=sorted(loader.province().by_code))
    blank.set_defaults(run=_template)
    for verb in verbs.choices.values():
        verb.add_argument("--json", action="store_true", help="พิมพ์ JSON หนึ่งก้อน")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        cast("TextIOWrapper", stream).reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except AppError as failure:
        sys.stderr.write(f"{failure}\n")
        return CANNOT_RUN
