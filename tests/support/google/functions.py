"""Values inside formulas, and the functions that are known here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.google.formats import general

Value = Any  # float, str, bool, None for a blank, FormulaError, or rows of these


class FormulaError(Exception):
    """An error value such as #DIV/0!."""

    def __init__(self, *, kind: str, message: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.text = message


def single(value: Value) -> Value:
    if isinstance(value, list):
        value = value[0][0] if value and value[0] else None
    if isinstance(value, FormulaError):
        raise value
    return value


def as_number(value: Value) -> float:
    value = single(value)
    if value is None:
        return 0.0
    try:
        return float(value)
    except ValueError:
        raise FormulaError(
            kind="VALUE", message=f"'{value}' is a text and cannot be coerced to a number."
        ) from None


def as_text(value: Value) -> str:
    value = single(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return value if isinstance(value, str) else general(float(value))


def _cells(arguments: list[Value]) -> list[Value]:
    return [
        cell
        for argument in arguments
        for row in (argument if isinstance(argument, list) else [[argument]])
        for cell in row
    ]


def _numbers(arguments: list[Value]) -> list[float]:
    cells = _cells(arguments)
    for cell in cells:
        if isinstance(cell, FormulaError):
            raise cell
    return [float(c) for c in cells if isinstance(c, int | float) and not isinstance(c, bool)]


def _average(arguments: list[Value]) -> float:
    numbers = _numbers(arguments)
    if not numbers:
        raise FormulaError(
            kind="DIVIDE_BY_ZERO", message="Evaluation of function AVERAGE caused a divide by zero."
        )
    return sum(numbers) / len(numbers)


FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "SUM": lambda a: sum(_numbers(a)),
    "MIN": lambda a: min(_numbers(a), default=0),
    "MAX": lambda a: max(_numbers(a), default=0),
    "COUNT": lambda a: len(_numbers(a)),
    "COUNTA": lambda a: sum(c is not None for c in _cells(a)),
    "AVERAGE": _average,
    "ABS": lambda a: abs(as_number(a[0])),
    "ROUND": lambda a: round(as_number(a[0]), int(as_number(a[1])) if a[1:] else 0),
    "CONCATENATE": lambda a: "".join(as_text(c) for c in _cells(a)),
    "LEN": lambda a: len(as_text(a[0])),
    "UPPER": lambda a: as_text(a[0]).upper(),
    "LOWER": lambda a: as_text(a[0]).lower(),
    "TRIM": lambda a: " ".join(as_text(a[0]).split()),
    "HYPERLINK": lambda a: as_text(a[-1]),
    "NOT": lambda a: not single(a[0]),
    "AND": lambda a: all(bool(c) for c in _cells(a)),
    "OR": lambda a: any(bool(c) for c in _cells(a)),
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "NA": lambda _: FormulaError(kind="N_A"),
}


def divide(left: Value, right: Value) -> float:
    if as_number(right) == 0:
        raise FormulaError(
            kind="DIVIDE_BY_ZERO", message="Function DIVIDE parameter 2 cannot be zero."
        )
    return as_number(left) / as_number(right)


def compare(mark: str, left: Value, right: Value) -> bool:
    first, second = single(left), single(right)
    first = first.casefold() if isinstance(first, str) else first
    second = second.casefold() if isinstance(second, str) else second
    if mark in {"=", "<>"}:
        return (first == second) == (mark == "=")
    if isinstance(first, str) != isinstance(second, str):
        return isinstance(second, str) == (mark[0] == "<")
    first, second = first or type(second)(), second or type(first)()
    order = {"<": first < second, ">": first > second, "<=": first <= second}
    return order.get(mark, first >= second)


def chosen(name: str, arguments: list[Value]) -> Value:
    first = arguments[0][0][0] if isinstance(arguments[0], list) else arguments[0]
    if name == "IFERROR":
        return (arguments[1] if arguments[1:] else "") if isinstance(first, FormulaError) else first
    if isinstance(first, FormulaError):
        raise first
    rest = [*arguments[1:], False][:2] if len(arguments) < 3 else arguments[1:3]
    return single(rest[0] if first else rest[1])
