"""Small formulas: arithmetic, references and a handful of functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.support.google.formats import general

TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)
    | (?P<text>"(?:[^"]|"")*")
    | (?P<range>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Za-z]{0,3}\$?\d*:\$?[A-Za-z]{0,3}\$?\d*
        |(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Za-z]{1,3}\$?\d+(?![\w(]))
    | (?P<name>[^\W\d][\w.]*)
    | (?P<mark><=|>=|<>|[-+*/^&=<>(),;%{}])
    )""",
    re.VERBOSE,
)
Value = Any  # float, str, bool, None for a blank, FormulaError, or rows of these
Look = Callable[[str], "list[list[Value]]"]


class FormulaError(Exception):
    """An error value such as #DIV/0!."""

    def __init__(self, *, kind: str, message: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.text = message


def evaluate(formula: str, look: Look) -> dict[str, Any]:
    """Give a formula's ExtendedValue; `look` gives the rows of a range."""
    try:
        return extended(_Reader(formula[1:], look).whole())
    except FormulaError as fault:
        message = {"message": fault.text} if fault.text else {}
        return {"errorValue": {"type": fault.kind, **message}}


def extended(value: Value) -> dict[str, Any]:
    value = _single(value)
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    number = float(value or 0)
    return {"numberValue": int(number) if number.is_integer() else number}


def plain(value: Mapping[str, Any] | None) -> Value:
    """Give the value a formula sees in a cell."""
    if not value:
        return None
    if "errorValue" in value:
        return FormulaError(kind=value["errorValue"].get("type", "ERROR"))
    return next(iter(value.values()))


def _single(value: Value) -> Value:
    if isinstance(value, list):
        value = value[0][0] if value and value[0] else None
    if isinstance(value, FormulaError):
        raise value
    return value


def _number(value: Value) -> float:
    value = _single(value)
    if value is None:
        return 0.0
    try:
        return float(value)
    except ValueError:
        raise FormulaError(
            kind="VALUE", message=f"'{value}' is a text and cannot be coerced to a number."
        ) from None


def _text(value: Value) -> str:
    value = _single(value)
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
    "ABS": lambda a: abs(_number(a[0])),
    "ROUND": lambda a: round(_number(a[0]), int(_number(a[1])) if a[1:] else 0),
    "CONCATENATE": lambda a: "".join(_text(c) for c in _cells(a)),
    "LEN": lambda a: len(_text(a[0])),
    "UPPER": lambda a: _text(a[0]).upper(),
    "LOWER": lambda a: _text(a[0]).lower(),
    "TRIM": lambda a: " ".join(_text(a[0]).split()),
    "HYPERLINK": lambda a: _text(a[-1]),
    "NOT": lambda a: not _single(a[0]),
    "AND": lambda a: all(bool(c) for c in _cells(a)),
    "OR": lambda a: any(bool(c) for c in _cells(a)),
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "NA": lambda _: FormulaError(kind="N_A"),
}


def _divide(left: Value, right: Value) -> float:
    if _number(right) == 0:
        raise FormulaError(
            kind="DIVIDE_BY_ZERO", message="Function DIVIDE parameter 2 cannot be zero."
        )
    return _number(left) / _number(right)


def _compare(mark: str, left: Value, right: Value) -> bool:
    first, second = _single(left), _single(right)
    first = first.casefold() if isinstance(first, str) else first
    second = second.casefold() if isinstance(second, str) else second
    if mark in {"=", "<>"}:
        return (first == second) == (mark == "=")
    if isinstance(first, str) != isinstance(second, str):
        return isinstance(second, str) == (mark[0] == "<")
    first, second = first or type(second)(), second or type(first)()
    order = {"<": first < second, ">": first > second, "<=": first <= second}
    return order.get(mark, first >= second)


class _Reader:
    def __init__(self, text: str, look: Look) -> None:
        self.tokens = self._tokens(text)
        self.look = look

    @staticmethod
    def _tokens(text: str) -> list[tuple[str, str]]:
        tokens, place, text = [], 0, text.rstrip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if not found or not found.lastgroup:
                raise FormulaError(kind="ERROR", message="Formula parse error.")
            tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()
        return tokens

    def whole(self) -> Value:
        value = self.comparison()
        if self.tokens:
            raise FormulaError(kind="ERROR", message="Formula parse error.")
        return value

    def _next_is(self, *marks: str) -> bool:
        return bool(self.tokens) and self.tokens[0][0] == "mark" and self.tokens[0][1] in marks

    def _take(self) -> str:
        if not self.tokens:
            raise FormulaError(kind="ERROR", message="Formula parse error.")
        return self.tokens.pop(0)[1]

    def comparison(self) -> Value:
        value = self.joined()
        while self._next_is("=", "<>", "<", ">", "<=", ">="):
            mark = self._take()
            value = _compare(mark, value, self.joined())
        return value

    def joined(self) -> Value:
        value = self.total()
        while self._next_is("&"):
            self._take()
            value = _text(value) + _text(self.total())
        return value

    def total(self) -> Value:
        value = self.product()
        while self._next_is("+", "-"):
            sign = 1 if self._take() == "+" else -1
            value = _number(value) + sign * _number(self.product())
        return value

    def product(self) -> Value:
        value = self.power()
        while self._next_is("*", "/"):
            times = self._take() == "*"
            right = self.power()
            value = _number(value) * _number(right) if times else _divide(value, right)
        return value

    def power(self) -> Value:
        value = self.signed()
        while self._next_is("^"):
            self._take()
            value = _number(value) ** _number(self.signed())
        return value

    def signed(self) -> Value:
        if self._next_is("-", "+"):
            sign = -1 if self._take() == "-" else 1
            return sign * _number(self.signed())
        value = self.single()
        while self._next_is("%"):
            self._take()
            value = _number(value) / 100
        return value

    def single(self) -> Value:
        kind = self.tokens[0][0] if self.tokens else ""
        word = self._take()
        if kind == "number":
            return float(word)
        if kind == "text":
            return word[1:-1].replace('""', '"')
        if kind == "range":
            return self.look(word.replace("$", ""))
        if kind == "name":
            return self._named(word)
        if word == "(":
            value = self.comparison()
            self._close()
            return value
        raise FormulaError(kind="ERROR", message="Formula parse error.")

    def _named(self, name: str) -> Value:
        if not self._next_is("("):
            if name.upper() in {"TRUE", "FALSE"}:
                return name.upper() == "TRUE"
            return self.look(name)
        self._take()
        arguments = self._arguments(name.upper())
        if name.upper() in {"IF", "IFERROR"}:
            return _chosen(name.upper(), arguments)
        if name.upper() not in FUNCTIONS:
            raise FormulaError(kind="NAME", message=f"Unknown function: '{name}'.")
        value = FUNCTIONS[name.upper()](arguments)
        if isinstance(value, FormulaError):
            raise value
        return value

    def _arguments(self, name: str) -> list[Value]:
        arguments: list[Value] = []
        while not self._next_is(")"):
            arguments.append(self._argument(name))
            if self._next_is(",", ";"):
                self._take()
            elif not self._next_is(")"):
                raise FormulaError(kind="ERROR", message="Formula parse error.")
        self._close()
        return arguments

    def _argument(self, name: str) -> Value:
        """An error in a branch of IF or IFERROR counts only when that branch is taken."""
        if name not in {"IF", "IFERROR"}:
            return self.comparison()
        try:
            return self.comparison()
        except FormulaError as fault:
            if fault.kind == "ERROR":
                raise
            return fault

    def _close(self) -> None:
        if not self._next_is(")"):
            raise FormulaError(kind="ERROR", message="Formula parse error.")
        self._take()


def _chosen(name: str, arguments: list[Value]) -> Value:
    first = arguments[0][0][0] if isinstance(arguments[0], list) else arguments[0]
    if name == "IFERROR":
        return (arguments[1] if arguments[1:] else "") if isinstance(first, FormulaError) else first
    if isinstance(first, FormulaError):
        raise first
    rest = [*arguments[1:], False][:2] if len(arguments) < 3 else arguments[1:3]
    return _single(rest[0] if first else rest[1])
