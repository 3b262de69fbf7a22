"""Debts in sum explained: the cells of every balance that is in the sum."""

from __future__ import annotations

from collections.abc import Iterator

from services.compute.debt_figures import Owed
from services.present.debts import class_names, coverage
from services.present.explain.explanation import Explanation, Rest, used
from services.present.scope import Scope
from services.present.words import UNKNOWN, money
from sheets_schema.rules import rule


def _rests(scope: Scope, about: str, owed: Owed) -> Iterator[Rest]:
    by_workbook = {r.workbook: scope.place(r) for r in scope.report.districts}
    for workbook, cells in owed.cells.items():
        yield from used(by_workbook[workbook], about, workbook, [cells])


def outstanding(scope: Scope) -> Explanation:
    """All balances of the scope, class by class."""
    figures, names = scope.report.debts(), class_names(scope)
    total = sum(owed.outstanding for owed in figures.classes.values()) if figures.read else None
    bounds = scope.programme.classes
    classes = rule(
        "classes",
        watch_before=bounds.watch_days_before,
        watch_after=bounds.watch_days_after,
        overdue_after=bounds.overdue_days_after,
    )
    return Explanation(
        "หนี้คงเหลือตามประเภทลูกหนี้",
        UNKNOWN if total is None else f"{money(total)} บาท",
        f"{rule('debts')} · {classes}",
        bounds.source,
        coverage(figures),
        bounds.draft,
        lambda: (
            rest
            for code, name in names.items()
            if code in figures.classes
            for rest in _rests(scope, name, figures.classes[code])
        ),
    )


def _of_several_funds(scope: Scope) -> Iterator[Rest]:
    workbooks = {report.district: report.workbook for report in scope.report.districts}
    for one in scope.report.several_funds():
        name, words = scope.names[one.district], ", ".join(one.fund_ids)
        cells = [] if one.cells is None else [one.cells]
        yield from used(name, one.household_id, workbooks[one.district], cells, words)


def several_funds(scope: Scope) -> Explanation:
    """Households that owe several funds, with their balances."""
    figures = scope.report.debts()
    households = sum(n for funds, n in figures.funds_owed.items() if funds > 1)
    unread, read = figures.households_unread, len(scope.report.districts)
    lost = f" · ไม่รู้ว่าหนี้เป็นของครัวเรือนใด {len(unread)} สมุดงาน" if unread else ""
    return Explanation(
        "ครัวเรือนที่เป็นหนี้หลายกองทุน",
        f"{households:,} ครัวเรือน" if len(unread) < read else UNKNOWN,
        rule("several_funds"),
        scope.programme.source,
        coverage(figures) + lost,
        draft=True,
        rests=lambda: _of_several_funds(scope),
    )
