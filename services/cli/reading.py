"""Verbs that read and answer: check, progress, outcomes, rank, indicators, reporting."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING

from services.cli.asked import FOUND_ERRORS, RAN, add_reading, report_of, say, say_shape, year_of
from services.present import as_json

if TYPE_CHECKING:
    from services.cli.asked import Verbs


def _check(options: argparse.Namespace) -> int:
    issues = report_of(options).issues()

    def plain() -> str:
        lines = [f"{i.severity}\t{i.district or '–'}\t{i.message}\t→ {i.fix}" for i in issues]
        return "\n".join([*lines, f"{len(issues)} ข้อ"])

    say(as_json.findings(issues), options, plain)
    return FOUND_ERRORS if any(issue.severity == "error" for issue in issues) else RAN


def _progress(options: argparse.Namespace) -> int:
    report = report_of(options)

    def plain() -> str:
        marks = {"done": "✓", "partial": "◐", "not_started": "–", "unknown": "?"}
        return "\n".join(
            f"{centre.district}\t{centre.centre_id}\t"
            + "\t".join(
                f"{step.number}{marks[step.state]} {_known(step.achieved)}/{step.required}"
                for step in centre.steps
            )
            for district in report.districts
            for centre in district.centres
        )

    say(as_json.progress(report), options, plain)
    return RAN


def _known(count: int | None) -> str:
    return "ไม่ทราบ" if count is None else str(count)


def _outcomes(options: argparse.Namespace) -> int:
    return say_shape(as_json.outcomes(report_of(options)), options)


def _rank(options: argparse.Namespace) -> int:
    return say_shape(as_json.ranks(report_of(options)), options)


def _indicators(options: argparse.Namespace) -> int:
    report, year = report_of(options), year_of(options)

    def plain() -> str:
        marks = {True: "✓", False: "✗", None: "?"}
        return "\n".join(
            f"{marks[one.met]}\t{one.title}\t{_or_dash(one.value)} / {_or_dash(one.target)}"
            f"\t{one.unit}\t{'; '.join(one.rests_on)}"
            for one in report.indicators(year)
        )

    say(as_json.indicators(report, year), options, plain)
    return RAN


def _or_dash(figure: Decimal | None) -> str:
    return "–" if figure is None else format(figure, "f")


def _reporting(options: argparse.Namespace) -> int:
    report, year = report_of(options), year_of(options)

    def plain() -> str:
        return "\n".join(
            f"{'✓' if one.received else '–'}\t{one.district}\t{one.form} {one.round}\t{one.unit_id}"
            f"\t{one.submitted_at or '–'}"
            for one in report.expected_reports(year)
        )

    say(as_json.reporting(report, year), options, plain)
    return RAN


def add_verbs(verbs: Verbs) -> None:
    """Declare them."""
    add_reading(verbs, "check", _check, "สิ่งที่ต้องดูแลในข้อมูล")
    add_reading(verbs, "progress", _progress, "ขั้นตอนรายศูนย์")
    add_reading(verbs, "outcomes", _outcomes, "ผลการแก้หนี้รายครัวเรือน")
    add_reading(verbs, "rank", _rank, "ลำดับหมู่บ้านที่พร้อม")
    add_reading(verbs, "indicators", _indicators, "ตัวชี้วัดของปี")
    add_reading(verbs, "reporting", _reporting, "การส่งรายงานของอำเภอ")
