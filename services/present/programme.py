"""A year's programme as a readable table: what it says, where that stands, what is our draft."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from services.present.words import day_in_thai
from sheets_schema.model import Programme, Targets

Line = tuple[str, str, str, str, bool]
"""Chapter, what, value, source, draft."""
DRAFT = "ร่าง"
TARGETS = {
    "households_per_centre": "ครัวเรือนเป้าหมายต่อ{body}",
    "single_contracts_per_centre": "สัญญาเดียวขั้นต่ำต่อ{body}",
    "households_nationally": "ครัวเรือนทั่วประเทศ",
    "institutions_nationally": "{body}ทั่วประเทศ",
    "institutions_passing_percent": "{body}ที่ผ่านเกณฑ์ (ร้อยละ)",
    "training_days": "วันอบรม",
    "budget_per_centre": "งบประมาณต่อ{body} (บาท)",
}


def programme_table(programme: Programme) -> pd.DataFrame:
    """Every fact of the year file in its order: chapter, what, value, source, draft."""
    lines = [
        *_general(programme),
        *_targets(programme.targets, programme),
        *_steps(programme),
        *_readiness(programme),
        *_classes(programme),
        *_reports(programme),
    ]
    headers = ["หมวด", "เรื่อง", "ค่า", "ที่มา", "ร่าง"]
    table = pd.DataFrame(lines, columns=headers)
    return table.assign(ร่าง=[DRAFT if draft else "" for draft in table["ร่าง"]])


def _general(programme: Programme) -> Iterator[Line]:
    chapter = "ทั่วไป"
    yield chapter, "โครงการ", programme.title, programme.source, False
    yield chapter, "หน่วยงานในพื้นที่", programme.body, programme.source, False
    days = f"{day_in_thai(programme.first_day)} – {day_in_thai(programme.last_day)}"
    yield chapter, "ปีงบประมาณ", days, "", False
    yield chapter, "ผู้ยืนยัน", programme.confirmed_by, "", programme.is_draft


def _targets(targets: Targets, programme: Programme) -> Iterator[Line]:
    for name, words in TARGETS.items():
        value = getattr(targets, name)
        if value is not None:
            what = words.format(body=programme.body_short)
            yield "เป้าหมาย", what, f"{value:,}", programme.source, False


def _steps(programme: Programme) -> Iterator[Line]:
    for step in programme.steps:
        need = f" (ต้องได้ {step.required})" if step.required else ""
        yield programme.ladder, str(step.number), step.title + need, step.source, step.draft
    for kind in programme.evidence_kinds:
        yield "หลักฐาน", str(kind.number), kind.title, programme.source, False


def _readiness(programme: Programme) -> Iterator[Line]:
    readiness = programme.readiness
    if readiness is None:
        return
    chapter = "ความพร้อมของหมู่บ้าน"
    yield chapter, "ระดับธรรมาภิบาลที่จัดลำดับได้", str(readiness.gate_level), readiness.gate_source, False
    for item in readiness.items:
        yield chapter, item.title, f"น้ำหนัก {item.weight}", readiness.source, readiness.draft


def _classes(programme: Programme) -> Iterator[Line]:
    classes, chapter = programme.classes, "ประเภทลูกหนี้"
    rows = {
        "เฝ้าระวัง": f"{classes.watch_days_before} วันก่อน ถึง {classes.watch_days_after} วันหลังครบกำหนด",
        "ค้างชำระ": f"ถึง {classes.overdue_days_after} วันหลังครบกำหนด",
        "ผิดนัดชำระ": f"เกิน {classes.overdue_days_after} วันหลังครบกำหนด",
    }
    for name, words in rows.items():
        yield chapter, name, words, classes.source, classes.draft


def _reports(programme: Programme) -> Iterator[Line]:
    for form in programme.forms:
        for one in form.rounds:
            when = f"รอบ {one.number} ภายใน {day_in_thai(one.due)}"
            yield "รายงาน", form.title, when, form.source, one.draft
    for indicator in programme.indicators:
        target = "–" if indicator.target is None else f"{indicator.target:,}"
        value = f"{target} {indicator.unit}"
        yield "ตัวชี้วัด", indicator.title, value, programme.source, indicator.draft
