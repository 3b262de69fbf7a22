"""Small formulas: arithmetic, references and a handful of functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.support.google.functions import (
    FUNCTIONS,
    FormulaError,
    Value,
    as_number,
    as_text,
    chosen,
    compare,
    divide,
    single,
)

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


Look = Callable[[str], list[list[Value]]]


def evaluate(formula: str, look: Look) -> dict[str, Any]:
    """Give a formula's ExtendedValue; `look` gives the rows of a range."""
    try:
        return extended(_Reader(formula[1:], look).whole())
    except FormulaError as fault:
        message = {"message": fault.text} if fault.text else {}
        return {"errorValue": {"type": fault.kind, **message}}


def extended(value: Value) -> dict[str, Any]:
    value = single(value)
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
            value = compare(mark, value, self.joined())
        return value

    def joined(self) -> Value:
        value = self.total()
        while self._next_is("&"):
            self._take()
            value = as_text(value) + as_text(self.total())
        return value

    def total(self) -> Value:
        value = self.product()
        while self._next_is("+", "-"):
            sign = 1 if self._take() == "+" else -1
            value = as_number(value) + sign * as_number(self.product())
        return value

    def product(self) -> Value:
        value = self.power()
        while self._next_is("*", "/"):
            times = self._take() == "*"
            right = self.power()
            value = as_number(value) * as_number(right) if times else divide(value, right)
        return value

    def power(self) -> Value:
        value = self.signed()
        while self._next_is("^"):
            self._take()
            value = as_number(value) ** as_number(self.signed())
        return value

    def signed(self) -> Value:
        if self._next_is("-", "+"):
            sign = -1 if self._take() == "-" else 1
            return sign * as_number(self.signed())
        value = self.single()
        while self._next_is("%"):
            self._take()
            value = as_number(value) / 100
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
            return chosen(name.upper(), arguments)
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
