"""The year's indicators against their targets, and what is asked of the whole country."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from services.compute.indicators import IndicatorFigure
from services.present.scope import Scope
from services.present.words import UNKNOWN

MET = {True: "✓ ถึงเป้า", False: "✗ ยังไม่ถึงเป้า", None: "? ยังบอกไม่ได้"}
NO_TARGET = "– ไม่มีเป้า"


def figures(scope: Scope) -> tuple[IndicatorFigure, ...]:
    """The scope's indicators, in the year file's order."""
    return scope.report.indicators(scope.programme, whole=scope.is_whole)


def number(value: Decimal | None) -> str:
    """A value without needless decimals.

    >>> number(Decimal("129.00")), number(Decimal("72.73")), number(None)
    ('129', '72.73', 'ไม่ทราบ')
    """
    return UNKNOWN if value is None else f"{value:,.2f}".removesuffix(".00")


def verdict(figure: IndicatorFigure) -> str:
    """Whether the target is met, in a sign and a word."""
    return NO_TARGET if figure.target is None else MET[figure.met]


def value_words(figure: IndicatorFigure) -> str:
    """The value, of which target."""
    target = "" if figure.target is None else f" จาก {number(figure.target)}"
    return f"{number(figure.value)}{target}"


def indicators_table(scope: Scope) -> pd.DataFrame:
    """One row per indicator: value, target, unit, verdict, coverage, national target, share."""
    rows = [
        (
            figure.title,
            figure.value,
            figure.target,
            figure.unit,
            verdict(figure),
            figure.part.rows,
            figure.part.read,
            figure.national,
            figure.share,
            figure.source,
        )
        for figure in figures(scope)
    ]
    headers = [
        "ตัวชี้วัด", "ค่า", "เป้า", "หน่วย", "ผล", "แถวทั้งหมด", "อ่านได้", "เป้าทั้งประเทศ",
        "ส่วนของจังหวัด (ร่าง)", "ที่มา",
    ]  # fmt: skip
    whole = {"เป้าทั้งประเทศ": "Int64", "ส่วนของจังหวัด (ร่าง)": "Int64"}
    return pd.DataFrame(rows, columns=headers).astype(whole)


def national_table(scope: Scope) -> pd.DataFrame:
    """What the year asks of the whole country: what, how many, how it is worked out.

    Empty in a year without national figures.
    """
    programme, targets = scope.programme, scope.programme.targets
    body, whole = programme.body_short, targets.institutions_nationally
    rows: list[tuple[str, str, str]] = []
    if whole is not None:
        rows.append((f"{body}ทั่วประเทศ", f"{whole:,}", programme.source))
        rows += [
            (f"กิจกรรม {one.title}", f"{one.centres_nationally:,}", one.source)
            for one in programme.activities
        ]
        rows += _multiples(scope, whole)
    return pd.DataFrame(rows, columns=["เรื่อง", "จำนวน", "ที่มา"])


def _multiples(scope: Scope, whole: int) -> list[tuple[str, str, str]]:
    """What a target for each institution comes to in the whole country."""
    targets, body = scope.programme.targets, scope.programme.body_short
    rows: list[tuple[str, str, str]] = []
    if targets.households_nationally is not None:
        wanted = f"{targets.households_nationally:,}"
        rows.append(("ครัวเรือน ๑ สัญญา ที่ต้องได้", wanted, "เป้าหมายของกรมฯ"))
    if targets.institutions_passing_percent is not None:
        percent = targets.institutions_passing_percent
        passing = -(-whole * percent // 100)
        rows.append((f"{body}ที่ต้องผ่าน", f"{passing:,}", f"ร้อยละ {percent} × {whole:,}"))
    for words, each in (
        ("สัญญาเดียวขั้นต่ำ", targets.single_contracts_per_centre),
        ("ครัวเรือนที่คัดเลือกและอบรม", targets.households_per_centre),
        ("งบประมาณ (บาท)", targets.budget_per_centre),
    ):
        if each is not None:
            rows.append((words, f"{each * whole:,}", f"{each:,} × {whole:,}"))
    return rows
