"""Steps as tables: by district for the province, by centre for the district."""

from __future__ import annotations

import pandas as pd

from services.compute.reports import DistrictReport
from services.compute.rollup import StepTally
from services.compute.steps import CentreProgress, State, StepState
from services.present.scope import Scope
from services.present.words import UNKNOWN

STATES: dict[State, str] = {
    "done": "✓ ครบ",
    "partial": "◐ บางส่วน",
    "not_started": "○ ยังไม่เริ่ม",
    "unknown": "? ไม่ทราบ",
}
"""A sign, a word: never by colour alone."""
NO_DATA = "ไม่มีข้อมูล"


def steps_by_district(scope: Scope) -> pd.DataFrame:
    """One row per district of the scope and step.

    Columns: district, step, title, done, known, centres, share (0–1, missing where nothing is
    known) and words («2 จาก 3», «ไม่ทราบ», «ไม่มีข้อมูล»).
    """
    tallies = scope.report.tally().districts
    rows = []
    for district in scope.districts:
        for step in scope.programme.steps:
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
        return NO_DATA
    if not tally.known:
        return UNKNOWN
    unknown = f" (ไม่ทราบ {tally.unknown})" if tally.unknown else ""
    return f"{tally.done} จาก {tally.known}{unknown}"


def steps_table(scope: Scope) -> pd.DataFrame:
    """Districts down, steps across, «done of known» in each cell."""
    rows = steps_by_district(scope)
    wide = rows.pivot_table(
        index="district", columns="step", values="words", aggfunc="first", sort=False
    )
    wide.columns = [f"{step.number} {step.title}" for step in scope.programme.steps]
    return wide.reset_index(names="อำเภอ")


def centres_table(scope: Scope) -> pd.DataFrame:
    """Every centre of the scope: district, id, name, a sign and figure per step."""
    names = scope.names
    rows = [
        {
            "อำเภอ": names[centre.district],
            "รหัส": centre.centre_id,
            "ชื่อ": centre.name,
            **{_heading(step): _in_short(step) for step in centre.steps},
        }
        for district in scope.report.districts
        for centre in district.centres
    ]
    headings = [str(step.number) for step in scope.programme.steps]
    return pd.DataFrame(rows, columns=["อำเภอ", "รหัส", "ชื่อ", *headings])


def _heading(step: StepState) -> str:
    return str(step.number)


def _in_short(step: StepState) -> str:
    sign = STATES[step.state][0]
    return (
        f"{sign} {UNKNOWN}" if step.achieved is None else f"{sign} {step.achieved}/{step.required}"
    )


UNITS = {
    "funds": "กองทุน",
    "debts": "รายการหนี้",
    "households": "ครัวเรือน",
    "evidence": "ฉบับ",
}


CentreKey = tuple[str, str]
"""District and centre id: an id is a district's own, and another may use it too."""


def centre_names(scope: Scope) -> dict[CentreKey, str]:
    """Centre -> id, name and district, in the registers' order."""
    names = scope.names
    return {
        (centre.district, centre.centre_id): " · ".join(
            filter(None, (centre.centre_id, centre.name, f"อำเภอ{names[centre.district]}"))
        )
        for report in scope.report.districts
        for centre in report.centres
    }


def centre_of(scope: Scope, key: CentreKey) -> tuple[DistrictReport, CentreProgress]:
    """The centre, with its district's report."""
    return next(
        (report, centre)
        for report in scope.report.districts
        for centre in report.centres
        if (centre.district, centre.centre_id) == key
    )


def first_undone(scope: Scope, key: CentreKey) -> int:
    """Number of the first step that is not done; the last one where all are."""
    steps = centre_of(scope, key)[1].steps
    return next((step.number for step in steps if step.state != "done"), steps[-1].number)


def ladder_table(scope: Scope, key: CentreKey) -> pd.DataFrame:
    """One centre's ladder, one row per step.

    Columns (Thai headers): number, state, achieved of required with its unit, title, share 0–1
    (missing where unknown or nothing is required), how many things are missing.
    """
    rows = []
    steps = centre_of(scope, key)[1].steps
    for step, fact in zip(steps, scope.programme.steps, strict=True):
        done, unit = step.state == "done", UNITS[step.unit]
        achieved = (
            UNKNOWN if step.achieved is None else f"{step.achieved} จาก {step.required} {unit}"
        )
        if step.achieved is not None and step.achieved > step.required:
            achieved = f"{step.achieved} {unit} (ต้องได้ {step.required})"
        share = (
            None if not step.required or step.achieved is None else step.achieved / step.required
        )
        missing = 0 if done else sum(len(list(one.each(""))) for one in step.missing)
        capped = None if share is None else min(share, 1.0)
        rows.append((fact.number, STATES[step.state], achieved, fact.title, capped, missing))
    headers = [scope.programme.ladder, "สถานะ", "ทำได้", "เรื่อง", "ร้อยละ", "ยังขาด (ข้อ)"]
    return pd.DataFrame(rows, columns=headers).astype({"ร้อยละ": "Float64"})
