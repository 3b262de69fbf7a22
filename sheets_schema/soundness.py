"""What is wrong with a year file although every key and type is right: (key, problem)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import pairwise

from sheets_schema.forms import COLUMN_KINDS, Form, PaperLayout
from sheets_schema.model import Indicator, Programme, Register

Mistake = tuple[str, str]
CLASSES = ("closed", "normal", "watch", "overdue", "default")
FULL_WEIGHT = 100
OF_ACTIVITIES = ("training_days", "budget_per_institution")
"""Indicators that add up a column of one activity's rows."""
SHARES = ("institutions_passing",)
"""Indicators in percent: a share of the institutions, whatever their number."""


def mistakes(loaded: Programme, known: Mapping[str, Register]) -> Iterator[Mistake]:
    """Everything wrong, in the file's order; `known` are the registers there are."""
    for key in ("registers", "optional_registers"):
        for code in getattr(loaded, key):
            if code not in known:
                yield key, f"no register {code!r}; known: {', '.join(known)}"
    yield from _readiness(loaded)
    yield from _words(loaded, known)
    for form in loaded.forms:
        yield from _form(form, loaded, known)
    for indicator in loaded.indicators:
        yield from _indicator(indicator, loaded)
    yield from _counts(loaded)


def _readiness(loaded: Programme) -> Iterator[Mistake]:
    if ("readiness" in loaded.registers) != (loaded.readiness is not None):
        yield "readiness", "needs both the register and the [readiness] block"
    if loaded.readiness is not None:
        total = sum(item.weight for item in loaded.readiness.items)
        if total != FULL_WEIGHT:
            yield "readiness.item", f"weights add up to {total}, not 100"


def _words(loaded: Programme, known: Mapping[str, Register]) -> Iterator[Mistake]:
    """Classes, methods and steps speak of things that exist."""
    if {name for name, _ in loaded.classes.names} != set(CLASSES):
        yield "classes.names", f"must name {', '.join(CLASSES)}"
    methods = known["contracts"].by_code["method"].choices
    for method in loaded.single_contract_methods:
        if method not in methods:
            yield "single_contract_methods", f"{method!r} is no method"
    for number, step in enumerate(loaded.steps, 1):
        if step.number != number:
            yield f"step[{number}].number", f"must be {number}"
        if step.done_when == "plan_approved" and loaded.plan_evidence_kind is None:
            yield "plan_evidence_kind", "is missing; plan_approved needs it"


def _form(form: Form, loaded: Programme, known: Mapping[str, Register]) -> Iterator[Mistake]:
    """A form rests on columns that exist, and a centre's form on rows that belong to a centre."""
    key = f"form.{form.name}"
    for register, columns in form.cells.items():
        held = set(known[register].by_code) if register in known else set()
        for column in columns:
            if column not in held:
                yield f"{key}.required", f"no column '{register}.{column}'"
        if held and form.unit == "centre" and not {"centre_id", "household_id"} & held:
            yield f"{key}.unit", f"rows of {register!r} belong to no centre"
    if form.activity is None and "activities" in form.cells:
        yield f"{key}.activity", "is missing; rows of activities need it"
    yield from _activity(key, form.activity, loaded)
    if form.paper is not None:
        yield from _paper(f"{key}.paper", form.paper, loaded)


def _paper(where: str, paper: PaperLayout, loaded: Programme) -> Iterator[Mistake]:
    """A paper's words mean something."""
    words = COLUMN_KINDS[paper.rows]
    if paper.rows != "target_households" and loaded.readiness is None:
        yield f"{where}.rows", f"{paper.rows!r} needs the [readiness] block"
    headers = [held.header for held in paper.columns]
    for number, held in enumerate(paper.columns, 1):
        if held.header in headers[: number - 1]:
            yield f"{where}.columns[{number}].header", f"{held.header!r} stands twice"
        if held.code not in words:
            key = f"{where}.columns[{number}].code"
            yield key, f"{held.code!r} is not one of {', '.join(words)}"
        elif held.total and words[held.code] in ("text", "date"):
            yield f"{where}.columns[{number}].total", f"{held.code!r} does not add up"
        if held.width < 1:
            yield f"{where}.columns[{number}].width", f"is {held.width}, must be 1 or more"


def _indicator(indicator: Indicator, loaded: Programme) -> Iterator[Mistake]:
    key = f"indicator.{indicator.id}"
    if indicator.target is not None and indicator.target < 1:
        yield f"{key}.target", f"is {indicator.target}, must be 1 or more"
    if indicator.target_from is not None:
        if indicator.target is not None:
            yield f"{key}.target_from", "stands beside a target; one of them says it"
        if loaded.target_of(indicator) is None:
            yield f"{key}.target_from", f"targets.{indicator.target_from} is missing"
    if (indicator.activity is not None) != (indicator.id in OF_ACTIVITIES):
        yield f"{key}.activity", f"is needed by {', '.join(OF_ACTIVITIES)}, and only by these"
    if indicator.scope == "share_of_nation" and loaded.targets.institutions_nationally is None:
        yield f"{key}.scope", "needs targets.institutions_nationally"
    if indicator.id in SHARES and indicator.scope != "as_it_stands":
        yield f"{key}.scope", "must be as_it_stands: it is a percentage"
    yield from _activity(key, indicator.activity, loaded)


def _activity(key: str, code: str | None, loaded: Programme) -> Iterator[Mistake]:
    known = [activity.code for activity in loaded.activities]
    if code is not None and code not in known:
        yield f"{key}.activity", f"no activity {code!r}; known: {', '.join(known)}"


def _counts(loaded: Programme) -> Iterator[Mistake]:
    """What is asked for is at least one; days are not negative."""
    for name, least in (("targets", 1), ("classes", 0), ("attention", 1)):
        block = getattr(loaded, name)
        for item in fields(block):
            value = getattr(block, item.name)
            if type(value) is int and value < least:
                yield f"{name}.{item.name}", f"is {value}, must be {least} or more"
    days = loaded.classes.ageing_days
    if not days or any(late <= early for early, late in pairwise((0, *days))):
        yield "classes.ageing_days", "must count up from 1"
