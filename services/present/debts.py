"""Debtors as tables: by class, by age, by fund, and households that owe several funds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from services.compute.classes import UNKNOWN, WORST_LAST
from services.compute.debt_figures import Creditor, DebtFigures, Owed, ageing_titles
from services.present.scope import Scope
from services.present.words import UNKNOWN as NOT_KNOWN
from services.present.words import decimal_baht, read_of

BLANK, UNREAD = "(ยังไม่จัดประเภท)", "(อ่านไม่ได้)"
OWED = ("รายการ", "ครัวเรือน", "หนี้คงเหลือ (บาท)")
NOBODY = Owed()


def class_names(scope: Scope) -> dict[str, str]:
    """Class code -> the office's word, worst last, then the unknown."""
    names = dict(scope.programme.classes.names)
    return {**{code: names[code] for code in WORST_LAST}, UNKNOWN: NOT_KNOWN}


def coverage(figures: DebtFigures) -> str:
    """How many rows the debts' figures rest on."""
    unread = f" · อ่านไม่ได้ {len(figures.unread)} สมุดงาน" if figures.unread else ""
    return read_of(figures.read, figures.rows) + unread


def _cells(owed: Owed) -> tuple[object, ...]:
    return owed.debts, owed.households, decimal_baht(owed.outstanding if owed.read else None)


def classes_table(scope: Scope) -> pd.DataFrame:
    """One row per class: debts and baht by our draft rule, debts and baht as the office classed."""
    figures = scope.report.debts()
    theirs = _by_word(figures.office_classes)
    rows = []
    for code, name in class_names(scope).items():
        ours = figures.classes.get(code, NOBODY)
        office = theirs.pop(name, NOBODY)
        rows.append((name, *_cells(ours), *_cells(office)[::2]))
    rows += [(name, None, None, None, *_cells(owed)[::2]) for name, owed in theirs.items()]
    headers = ["ประเภท", *OWED, "รายการ (อำเภอจัด)", "หนี้คงเหลือ (อำเภอจัด) (บาท)"]
    counts = {header: "Int64" for header in headers if "รายการ" in header or header == "ครัวเรือน"}
    return pd.DataFrame(rows, columns=headers).astype(counts)


def _by_word(office: Mapping[str | None, Owed]) -> dict[str, Owed]:
    """By the office's word; what it left blank or could not be read stands in brackets."""
    found: dict[str, Owed] = {}
    for word, owed in office.items():
        name = BLANK if word is None else UNREAD if word == UNKNOWN else word
        found[name] = found.get(name, NOBODY) + owed
    return found


def ageing_table(scope: Scope) -> pd.DataFrame:
    """One row per age of an open debt: debts, households, baht."""
    found = scope.report.debts().ageing
    titles = ageing_titles(scope.programme.classes)
    rows = [(title, *_cells(found.get(code, NOBODY))) for code, title in titles.items()]
    return pd.DataFrame(rows, columns=["อายุหนี้", *OWED])


def creditors_table(scope: Scope) -> pd.DataFrame:
    """One row per fund that is owed something, largest first, then debts outside and unnamed."""
    found = sorted(
        scope.report.debts().creditors.items(),
        key=lambda pair: (pair[0].kind != "fund", -pair[1].outstanding),
    )
    names = scope.names
    rows = [
        (
            names.get(creditor.district or "", "–"),
            creditor.fund_id or "–",
            creditor_name(creditor),
            creditor.fund_type or "–",
            *_cells(owed),
        )
        for creditor, owed in found
    ]
    return pd.DataFrame(rows, columns=["อำเภอ", "รหัสกองทุน", "กองทุน", "ประเภทกองทุน", *OWED])


def creditor_name(creditor: Creditor) -> str:
    """A fund's name, its code where the register lacks it, or what stands outside the funds."""
    if creditor.kind == "outside":
        return "เจ้าหนี้นอกศูนย์"
    if creditor.kind == "unnamed":
        return "ไม่ระบุเจ้าหนี้"
    return creditor.fund_name or creditor.fund_id or "–"


def funds_owed_table(scope: Scope) -> pd.DataFrame:
    """How many households owe one fund, how many two, and so on."""
    found = sorted(scope.report.debts().funds_owed.items())
    return pd.DataFrame(found, columns=["จำนวนกองทุน", "ครัวเรือน"])


def several_funds_table(scope: Scope) -> pd.DataFrame:
    """Households with open debts to several funds, most funds first; ids, no names."""
    names = scope.names
    found = sorted(
        scope.report.several_funds(),
        key=lambda one: (-len(one.fund_ids), -one.outstanding),
    )
    rows = [
        (
            names[one.district],
            one.centre_id or "–",
            one.household_id,
            len(one.fund_ids),
            ", ".join(one.fund_ids),
            decimal_baht(one.outstanding),
        )
        for one in found
    ]
    headers = ["อำเภอ", "ศูนย์", "ครัวเรือน", "จำนวนกองทุน", "กองทุน", "หนี้คงเหลือ (บาท)"]
    return pd.DataFrame(rows, columns=headers)
