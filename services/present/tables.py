"""Figures as display tables with Thai headers."""

from __future__ import annotations

import pandas as pd

from services.compute.reports import ProvinceReport
from services.compute.rollup import StepTally
from sheets_schema.loader import province
from sheets_schema.model import Programme


def steps_by_district(report: ProvinceReport, programme: Programme) -> pd.DataFrame:
    """One row per district of the province and step.

    Columns: district, step, title, done, known, centres, share (0–1, missing where nothing is
    known) and words («2 จาก 3», «ไม่ทราบ», «ไม่มีข้อมูล»).
    """
    tallies = report.tally().districts
    rows = []
    for district in province().districts:
        for step in programme.steps:
            tally = tallies.get((district.code, step.number), StepTally())
            rows.append(
                {
                    "district": district.name,
                    "step": step.number,
                    "title": step.title,
                    "done": tally.done,
                    "known": tally.known,
                    "centres": tally.centres,
                    "share": tally.done / tally.known if tally.known else None,
                    "words": _words(tally),
                }
            )
    return pd.DataFrame(rows).astype({"share": "Float64"})


def _words(tally: StepTally) -> str:
    if not tally.centres:
        return "ไม่มีข้อมูล"
    if not tally.known:
        return "ไม่ทราบ"
    unknown = f" (ไม่ทราบ {tally.unknown})" if tally.unknown else ""
    return f"{tally.done} จาก {tally.known}{unknown}"


def steps_table(report: ProvinceReport, programme: Programme) -> pd.DataFrame:
    """Districts down, steps across, «done of known» in each cell."""
    rows = steps_by_district(report, programme)
    wide = rows.pivot_table(
        index="district", columns="step", values="words", aggfunc="first", sort=False
    )
    wide.columns = [f"{step.number} {step.title}" for step in programme.steps]
    return wide.reset_index(names="อำเภอ")


def headline(
    report: ProvinceReport, programme: Programme
) -> tuple[tuple[str, str, str], tuple[str, str, str], tuple[str, str, str]]:
    """Three figures to see first: label, value, what it rests on."""
    centres = [centre for district in report.districts for centre in district.centres]
    passed = sum(centre.passed is True for centre in centres)
    unknown = sum(centre.passed is None for centre in centres)
    read = sum(district.readable for district in report.districts)
    errors = sum(district.count("error") for district in report.districts)
    body = programme.body_short
    return (
        ("สมุดงานที่อ่านได้", f"{read} จาก {len(province().districts)} อำเภอ", "หนึ่งแฟ้มต่ออำเภอ"),
        (
            f"{body}ที่ครบทุก{programme.ladder}",
            f"{passed} จาก {len(centres)}",
            f"ยังไม่ทราบ {unknown} เพราะบางทะเบียนอ่านไม่ได้" if unknown else "ทราบทุกแห่ง",
        ),
        ("ข้อที่ต้องแก้ในข้อมูล", f"{errors:,} ข้อ", "ดูทีละข้อด้วยคำสั่ง python -m services check"),
    )
