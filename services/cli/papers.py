"""The verb that makes official papers: form."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from services.cli.asked import RAN, add_reading, say, store_for
from services.compute.reports import Opened
from services.errors import (
    AmongWorkbooksError,
    FormatLaterError,
    NotForThisPaperError,
    NotWrittenError,
    UnknownPaperError,
    UnknownPlaceError,
)
from services.pipeline import open_workbooks, programme_of
from services.present import as_json
from services.present.papers import papers
from services.present.papers.paper import Asked
from services.present.papers.xlsx import workbook
from services.settings import settings, today_in_bangkok
from sheets_schema.loader import province
from sheets_schema.model import Programme

if TYPE_CHECKING:
    from services.cli.asked import Verbs

DISTRICT, CENTRE, HOUSEHOLD, ROUND = "--district", "--centre", "--household", "--round"
FORMATS = ("docx", "xlsx", "pdf")


def _form(options: argparse.Namespace) -> int:
    chosen = settings(options.data)
    programme = programme_of(options.year, chosen)
    asked = replace(_asked(options, programme), sample=chosen.is_demo)
    if options.format != "xlsx":
        raise FormatLaterError(options.format)
    opened: tuple[Opened, ...] = ()
    if asked.district is not None or asked.layout.per != "village":
        opened = open_workbooks(store_for(options), programme, asked.as_of, asked.district)
    _check_centre(asked, opened)
    made = papers(asked, opened)
    _write(options.out, workbook(made), chosen.data)
    shape: as_json.Json = {
        "file": str(options.out),
        "pages": None,
        "rows": sum(len(paper.rows) for paper in made),
        "snapshot": made[0].snapshot,
    }
    say(shape, options, lambda: f"เขียน{asked.layout.short} {shape['rows']} แถวไว้ที่ {options.out}")
    return RAN


def _asked(options: argparse.Namespace, programme: Programme) -> Asked:
    """What the options ask for.

    Raises:
        UnknownPaperError, UnknownPlaceError, NotForThisPaperError: it does not exist.
    """
    known = {form.name: form for form in programme.forms if form.paper is not None}
    form = known.get(options.name)
    if form is None or form.paper is None:
        raise UnknownPaperError(options.name, programme.year, known)
    if options.district is not None and options.district not in province().by_code:
        raise UnknownPlaceError(DISTRICT, options.district, province().by_code)
    rounds = [r.number for r in form.rounds]
    if options.round is not None and options.round not in rounds:
        numbers = ", ".join(map(str, rounds)) or "–"
        words = (f"รอบที่มี: {numbers}", f"rounds: {numbers}")
        raise NotForThisPaperError(ROUND, form.paper.short, *words)
    if options.household is not None:
        words = ("แบบนี้ออกเป็นชุด ไม่แยกครัวเรือน", "it is not made for one household")
        raise NotForThisPaperError(HOUSEHOLD, form.paper.short, *words)
    if options.centre is not None and form.paper.rows != "target_households":
        words = ("แบบนี้ไม่แยกศูนย์", "it is not made for one centre")
        raise NotForThisPaperError(CENTRE, form.paper.short, *words)
    if options.centre is not None and options.district is None:
        words = ("ต้องระบุ --district ด้วย", "--district is needed too")
        raise NotForThisPaperError(CENTRE, form.paper.short, *words)
    as_of = options.as_of or today_in_bangkok()
    return Asked(programme, form, form.paper, as_of, options.district, options.centre)


def _check_centre(asked: Asked, opened: tuple[Opened, ...]) -> None:
    """The centre stands in the district's workbook.

    Raises:
        UnknownPlaceError: it does not.
    """
    if asked.centre is None:
        return
    known = [c for one in opened if one.history for c in one.history.facts.centre_ids]
    if asked.centre not in known:
        raise UnknownPlaceError(CENTRE, asked.centre, known)


def _write(out: Path, content: bytes, data: Path) -> None:
    """Write the file whole or not at all, and never among the offices' workbooks.

    Raises:
        AmongWorkbooksError, NotWrittenError: it was not written.
    """
    if not out.name:
        raise NotWrittenError(str(out), exists=False)
    folder = out.resolve().parent
    if folder.parent == data.resolve() and folder.name.isdecimal():
        raise AmongWorkbooksError(str(out))
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    except OSError as refusal:
        with suppress(OSError):
            beside.unlink()
        raise NotWrittenError(str(out), exists=False) from refusal


def add_verbs(verbs: Verbs) -> None:
    """Declare them."""
    form = add_reading(verbs, "form", _form, "ออกแบบรายงานของทางการ")
    form.add_argument("name", metavar="NAME", help="เช่น form_1, form_2, readiness_ranking")
    form.add_argument(DISTRICT, metavar="D", help="รหัสอำเภอ ถ้าไม่ระบุคือทั้งจังหวัด")
    form.add_argument(CENTRE, metavar="C", help="รหัสศูนย์ในอำเภอนั้น")
    form.add_argument(HOUSEHOLD, metavar="H", help="รหัสครัวเรือน")
    form.add_argument(ROUND, type=int, metavar="R", help="รอบการรายงาน")
    form.add_argument("--format", choices=FORMATS, required=True)
    form.add_argument("--out", type=Path, required=True, metavar="FILE")
