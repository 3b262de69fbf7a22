"""What the types of a year's records cannot say: that they speak of things that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import pairwise

from sheets_schema.forms import COLUMN_KINDS, Form
from sheets_schema.model import Programme, Register

CLASSES = ("closed", "normal", "watch", "overdue", "default")
FULL_WEIGHT = 100
Mistake = tuple[str, str]
"""A key of the file, and what is wrong with it."""


def programme_mistakes(loaded: Programme, known: Mapping[str, Register]) -> Iterator[Mistake]:
    """Every mistake of a year's programme, given the registers there are."""
    for key in ("registers", "optional_registers"):
        for code in getattr(loaded, key):
            if code not in known:
                yield key, f"no register {code!r}; known: {', '.join(known)}"
    if ("readiness" in loaded.registers) != (loaded.readiness is not None):
        yield "readiness", "needs both the register and the [readiness] block"
    if loaded.readiness is not None:
        total = sum(item.weight for item in loaded.readiness.items)
        if total != FULL_WEIGHT:
            yield "readiness.item", f"weights add up to {total}, not 100"
    yield from _ladder(loaded, known)
    for form in loaded.forms:
        yield from _form(form, loaded, known)
    yield from _counts(loaded)


def _ladder(loaded: Programme, known: Mapping[str, Register]) -> Iterator[Mistake]:
    """Classes, methods and steps."""
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
    """A form rests on columns that exist, and its paper on words that mean something."""
    for cell in form.required:
        register, _, column = cell.partition(".")
        if register not in known or column not in known[register].by_code:
            yield f"form.{form.name}.required", f"no column {cell!r}"
    if form.paper is None:
        return
    where, words = f"form.{form.name}.paper", COLUMN_KINDS[form.paper.rows]
    if form.paper.rows != "target_households" and loaded.readiness is None:
        yield f"{where}.rows", f"{form.paper.rows!r} needs the [readiness] block"
    headers = [held.header for held in form.paper.columns]
    for number, held in enumerate(form.paper.columns, 1):
        if held.header in headers[: number - 1]:
            yield f"{where}.columns[{number}].header", f"{held.header!r} stands twice"
        if held.code not in words:
            key = f"{where}.columns[{number}].code"
            yield key, f"{held.code!r} is not one of {', '.join(words)}"
        elif held.total and words[held.code] in ("text", "date"):
            yield f"{where}.columns[{number}].total", f"{held.code!r} does not add up"
        if held.width < 1:
            yield f"{where}.columns[{number}].width", f"is {held.width}, must be 1 or more"


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
