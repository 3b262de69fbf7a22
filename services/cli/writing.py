"""Verbs that write new workbooks: demo, template."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from services import demo, template
from services.cli.asked import RAN, say
from services.pipeline import programme_of
from services.present import as_json
from services.settings import settings
from sheets_schema.loader import province

if TYPE_CHECKING:
    from services.cli.asked import Verbs


def _demo(options: argparse.Namespace) -> int:
    written = demo.write_demo(options.folder)
    shape: as_json.Json = {"folder": str(options.folder), "files": [str(path) for path in written]}
    say(shape, options, lambda: f"เขียนข้อมูลตัวอย่าง {len(written)} แฟ้มไว้ที่ {options.folder}")
    return RAN


def _template(options: argparse.Namespace) -> int:
    programme = programme_of(options.year, settings())
    path = template.write_template(options.folder, programme, options.district)
    say({"file": str(path)}, options, lambda: f"เขียนแฟ้มเปล่าไว้ที่ {path}")
    return RAN


def add_verbs(verbs: Verbs) -> None:
    """Declare them."""
    sample = verbs.add_parser("demo", help="เขียนจังหวัดตัวอย่าง")
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.set_defaults(run=_demo)
    blank = verbs.add_parser("template", help="เขียนสมุดงานเปล่าของอำเภอ")
    blank.add_argument("folder", type=Path, metavar="DIR")
    blank.add_argument("--year", type=int, required=True)
    blank.add_argument("--district", required=True, choices=sorted(province().by_code))
    blank.set_defaults(run=_template)
