"""What a sheet makes of typed text: USER_ENTERED values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.support.google.formats import DAY_ZERO

MONTH_FIRST = {"en_US", ""}
COMMA_DECIMAL = {"fr_FR", "de_DE", "es_ES", "it_IT", "pt_BR"}
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
SCIENTIFIC = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+")
MONEY = re.compile(r"(-?)([$€£¥฿])(-?)\s?([\d,]+(?:\.\d*)?|\.\d+)")
DATE = re.compile(r"(\d{1,4})([-/.])(\d{1,2})(?:\2(\d{1,4}))?")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([AaPp][Mm]))?")
CURRENCY_CODES = {"$": "409", "฿": "41E", "€": "2", "£": "809", "¥": "411"}
YEAR_DIGITS = 4
CENTURY_SPLIT = 30
THIS_YEAR = 2026  # for dates typed without a year


@dataclass(frozen=True)
class Typed:
    """The value, and the number format that typing it this way sets."""

    value: Mapping[str, Any] | None
    number_format: Mapping[str, Any] | None = None


def raw(value: Any) -> Typed:
    """Take a JSON value as it is."""
    if value == "":
        return Typed(None)
    if isinstance(value, bool):
        return Typed({"boolValue": value})
    if isinstance(value, int | float):
        return Typed({"numberValue": value})
    return Typed({"stringValue": str(value)})


def typed(value: Any, locale: str) -> Typed:
    """Read a JSON value as if a person had typed it into the sheet."""
    if not isinstance(value, str) or value == "":
        return raw(value)
    if value.startswith("'"):
        return Typed({"stringValue": value[1:]} if value[1:] else None)
    if value.startswith("=") and len(value) > 1:
        return Typed({"formulaValue": value})
    text = value.strip()
    if text.upper() in {"TRUE", "FALSE"}:
        return Typed({"boolValue": text.upper() == "TRUE"})
    found = _number(text, locale) or _date_and_time(text, locale)
    return found or Typed({"stringValue": value})


def _number(text: str, locale: str) -> Typed | None:
    if locale in COMMA_DECIMAL:
        text = text.replace(".", "\0").replace(",", ".").replace("\0", ",")
    if text.endswith("%"):
        plain = _plain_number(text[:-1].strip())
        shape = {"type": "PERCENT", "pattern": "0.00%" if "." in text else "0%"}
        return None if plain is None else Typed({"numberValue": plain / 100}, shape)
    if SCIENTIFIC.fullmatch(text):
        shape = {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
        return Typed({"numberValue": _neat(float(text))}, shape)
    if GROUPED.fullmatch(text):
        pattern = "#,##0.00" if "." in text else "#,##0"
        return Typed({"numberValue": _plain_number(text)}, {"type": "NUMBER", "pattern": pattern})
    if NUMBER.fullmatch(text):
        return Typed({"numberValue": _plain_number(text)})
    return _money(text)


def _money(text: str) -> Typed | None:
    found = MONEY.fullmatch(text)
    amount = _plain_number(found[4]) if found else None
    if not found or amount is None:
        return None
    sign = -1 if found[1] or found[3] else 1
    decimals = ".00" if "." in found[4] else ""
    mark = f"[${found[2]}-{CURRENCY_CODES[found[2]]}]"
    shape = {"type": "CURRENCY", "pattern": f"{mark}#,##0{decimals}"}
    return Typed({"numberValue": sign * amount}, shape)


def _plain_number(text: str) -> float | int | None:
    if not (NUMBER.fullmatch(text) or GROUPED.fullmatch(text)):
        return None
    return _neat(float(text.replace(",", "")))


def _neat(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _date_and_time(text: str, locale: str) -> Typed | None:
    first, _, rest = text.partition(" ")
    if TIME.fullmatch(text):
        fraction = _time(text)
        shape = {"type": "TIME", "pattern": "h:mm:ss" if text.count(":") > 1 else "h:mm"}
        return None if fraction is None else Typed({"numberValue": fraction}, shape)
    day = _date(first, locale)
    if day is None:
        return None
    serial, pattern = day
    if not rest:
        return Typed({"numberValue": serial}, {"type": "DATE", "pattern": pattern})
    fraction = _time(rest.strip())
    if fraction is None:
        return None
    shape = {"type": "DATE_TIME", "pattern": f"{pattern} h:mm:ss"}
    return Typed({"numberValue": _neat(serial + fraction)}, shape)


def _time(text: str) -> float | None:
    found = TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    if minute > 59 or second > 59:
        return None
    return (hour * 3600 + minute * 60 + second) / 86400


def _date(text: str, locale: str) -> tuple[int, str] | None:
    found = DATE.fullmatch(text)
    if (
        not found
        or (found[2] == "." and locale in MONTH_FIRST)
        or (not found[4] and found[2] == ".")
    ):
        return None
    mark = found[2]
    if len(found[1]) == YEAR_DIGITS:
        if not found[4]:
            return None
        year, month, day = int(found[1]), int(found[3]), int(found[4])
        pattern = f"yyyy{mark}mm{mark}dd"
    else:
        month, day = int(found[1]), int(found[3])
        pattern = f"m{mark}d{mark}yyyy" if found[4] else f"m{mark}d"
        if locale not in MONTH_FIRST:
            month, day = day, month
            pattern = f"d{mark}m{mark}yyyy" if found[4] else f"d{mark}m"
        year = _full_year(found[4])
    try:
        return (datetime(year, month, day) - DAY_ZERO).days, pattern  # noqa: DTZ001  no zone
    except ValueError:
        return None


def _full_year(text: str | None) -> int:
    if text is None:
        return THIS_YEAR
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < CENTURY_SPLIT else 1900)
