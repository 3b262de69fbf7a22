"""Steps and criteria explained: which cells prove them, which would have to change."""

from __future__ import annotations

from collections.abc import Iterator

from services.compute.reports import DistrictReport
from services.compute.steps import CentreProgress, StepState
from services.present.explain.explanation import Explanation, Rest, lacking, used
from services.present.scope import Scope
from services.present.steps import UNITS, CentreKey, centre_of
from services.present.words import UNKNOWN
from sheets_schema.model import Step
from sheets_schema.rules import rule


def _rests(
    scope: Scope, district: DistrictReport, centre: CentreProgress, step: StepState
) -> Iterator[Rest]:
    name, about = scope.names[centre.district], centre.centre_id
    yield from used(name, about, district.workbook, step.proofs)
    for missing in () if step.state == "done" else step.missing:
        for one in missing.each(district.workbook):
            yield lacking(name, about, district.workbook, one.cell, one.reason)


def _source(scope: Scope, step: Step) -> str:
    return f"{scope.programme.source} {step.source}"


def step_of_centre(scope: Scope, key: CentreKey, number: int) -> Explanation:
    """One step of one centre."""
    step = scope.programme.steps[number - 1]
    district, centre = centre_of(scope, key)
    state = centre.steps[number - 1]
    known = state.achieved is not None
    return Explanation(
        f"{centre.centre_id} {scope.programme.ladder} {number} {step.title}",
        f"{state.achieved} จาก {state.required} {UNITS[state.unit]}" if known else UNKNOWN,
        rule(step.done_when),
        _source(scope, step),
        "อ่านทะเบียนที่ต้องใช้ได้ครบ" if known else "อ่านทะเบียนที่ต้องใช้ไม่ได้",
        step.draft,
        lambda: _rests(scope, district, centre, state),
    )


def step_of_district(scope: Scope, number: int) -> Explanation:
    """One step in all centres of the scope."""
    step, body = scope.programme.steps[number - 1], scope.programme.body_short
    states = [
        (district, centre, centre.steps[number - 1])
        for district in scope.report.districts
        for centre in district.centres
    ]
    known = [state for _, _, state in states if state.state != "unknown"]
    done = sum(state.state == "done" for state in known)
    counted = rule("step_of_centres", body=body, ladder=scope.programme.ladder)
    where = scope.districts[0].name if len(scope.districts) == 1 else "ทุกอำเภอ"
    return Explanation(
        f"{where} {scope.programme.ladder} {number} {step.title}",
        f"{done} จาก {len(known)} {body}",
        f"{counted} · {rule(step.done_when)}",
        _source(scope, step),
        _known(len(known), len(states), body),
        step.draft,
        lambda: (rest for d, c, s in states for rest in _rests(scope, d, c, s)),
    )


def passed(scope: Scope) -> Explanation:
    """Centres that have done every step: what the others still lack."""
    programme = scope.programme
    centres = [(d, c) for d in scope.report.districts for c in d.centres]
    known = [c for _, c in centres if c.passed is not None]
    done = sum(c.passed is True for c in known)
    return Explanation(
        f"{programme.body_short}ที่ครบทุก{programme.ladder}",
        f"{done} จาก {len(known)} {programme.body_short}",
        rule("passed", body=programme.body_short, ladder=programme.ladder),
        programme.source,
        _known(len(known), len(centres), programme.body_short),
        programme.is_draft,
        lambda: (rest for d, c in centres for s in c.steps for rest in _rests(scope, d, c, s)),
    )


def _known(known: int, centres: int, body: str) -> str:
    """Of how many the outcome is known."""
    unknown = centres - known
    lost = f" อีก {unknown} แห่งอ่านทะเบียนไม่ได้" if unknown else ""
    return f"ทราบผล {known} จาก {centres} {body}{lost}"
