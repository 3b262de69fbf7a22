"""How a value is shown: Google's number formats."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  a sheet's days know no time zone
DATE_TYPES = {"DATE": "d/m/yyyy", "TIME": "h:mm:ss", "DATE_TIME": "d/m/yyyy h:mm:ss"}
AMERICAN = {"DATE": "m/d/yyyy", "TIME": "h:mm:ss am/pm", "DATE_TIME": "m/d/yyyy h:mm:ss"}
NUMBER_TYPES = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": '"$"#,##0.00',
    "SCIENTIFIC": "0.00E+00",
}
CURRENCY = {"th_TH": "฿", "fr_FR": "€", "en_GB": "£"}
DATE_TOKEN = re.compile(
    r"y+|m+|d+|h+|s+|am/pm|a/p|\.0+|\"[^\"]*\"|\\.|\[\$[^\]]*\]|.", re.IGNORECASE | re.DOTALL
)
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")
LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|\[\$([^\]\-]*)[^\]]*\]|_.|\*.")
MOST_WHOLE = 1e15
LEAST = 1e-9


def serial_date(serial: float) -> datetime:
    return DAY_ZERO + timedelta(seconds=round(serial * 86400))


def shown(value: Mapping[str, Any], number_format: Mapping[str, Any], locale: str) -> str:
    """Give the formattedValue of an ExtendedValue."""
    if "stringValue" in value:
        return str(value["stringValue"])
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "errorValue" in value:
        return error_text(value["errorValue"])
    return shown_number(float(value.get("numberValue", 0)), number_format, locale)


def error_text(error: Mapping[str, Any]) -> str:
    names = {"DIVIDE_BY_ZERO": "#DIV/0!", "N_A": "#N/A", "NULL_VALUE": "#NULL!", "NUM": "#NUM!"}
    kind = error.get("type", "ERROR")
    return names.get(kind, {"NAME": "#NAME?"}.get(kind, f"#{kind}!"))


def shown_number(number: float, number_format: Mapping[str, Any], locale: str) -> str:
    kind, pattern = number_format.get("type", ""), number_format.get("pattern", "")
    if kind == "TEXT" or pattern == "@":
        return general(number)
    if kind in DATE_TYPES:
        own = AMERICAN if locale == "en_US" else DATE_TYPES
        return _shown_date(serial_date(number), pattern or own[kind])
    default = NUMBER_TYPES.get(kind, "").replace("$", CURRENCY.get(locale, "$"))
    pattern = pattern or default
    if not pattern or pattern.lower() == "general":
        text = general(number)
        return text.replace(".", ",") if locale == "fr_FR" else text
    return _shown_by_pattern(number, pattern)


def general(number: float) -> str:
    """Ten significant digits; whole numbers in full."""
    if number == 0:
        return "0"
    size = abs(number)
    if size >= MOST_WHOLE or size < LEAST:
        mantissa, exponent = f"{number:.5E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{exponent[1:].zfill(2)}"
    whole_digits = max(0, math.floor(math.log10(size)) + 1)
    decimals = max(0, 10 - whole_digits) if size >= 1 else 9 - math.floor(math.log10(size))
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shown_date(moment: datetime, pattern: str) -> str:
    tokens = DATE_TOKEN.findall(pattern)
    half_day = any(token.lower() in {"am/pm", "a/p"} for token in tokens)
    parts: list[str] = []
    for place, token in enumerate(tokens):
        small = token.lower()
        if set(small) == {"m"} and _means_minutes(tokens, place):
            parts.append(f"{moment.minute:0{len(token)}d}")
        else:
            parts.append(_date_part(moment, small, token, half_day=half_day))
    return "".join(parts)


def _means_minutes(tokens: list[str], place: int) -> bool:
    """`m` is minutes right after hours or right before seconds."""
    before = [token[0].lower() for token in tokens[:place] if token[0].lower() in "ymdhs"]
    after = [token[0].lower() for token in tokens[place + 1 :] if token[0].lower() in "ymdhs"]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _date_part(moment: datetime, small: str, token: str, *, half_day: bool) -> str:
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    by_letter = {
        "y": lambda: f"{moment.year:04d}" if len(small) > 2 else f"{moment.year % 100:02d}",
        "m": lambda: _name_or_number(small, moment.month, moment, "%b", "%B"),
        "d": lambda: _name_or_number(small, moment.day, moment, "%a", "%A"),
        "h": lambda: f"{hour:0{len(small)}d}",
        "s": lambda: f"{moment.second:0{len(small)}d}",
    }
    if small == "am/pm":
        return moment.strftime("%p")
    if len(set(small)) == 1 and small[0] in by_letter:
        return by_letter[small[0]]()
    return LITERAL.sub(_literal, token)


def _name_or_number(token: str, number: int, moment: datetime, short: str, full: str) -> str:
    names = {3: short, 4: full}
    if len(token) in names:
        return moment.strftime(names[len(token)])
    return f"{number:0{len(token)}d}"


def _literal(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3] or ""


def _shown_by_pattern(number: float, pattern: str) -> str:
    sections = pattern.split(";")
    if number < 0 and len(sections) > 1:
        number, pattern = -number, sections[1]
    elif number == 0 and len(sections) > 2:
        pattern = sections[2]
    else:
        pattern = sections[0]
    if "E+" in pattern.upper():
        mantissa, exponent = f"{number:.{_decimals(pattern.upper().split('E')[0])}E}".split("E")
        return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"
    held = [_literal(found) for found in LITERAL.finditer(pattern)]
    bare = LITERAL.sub("\0", pattern)
    scaled = number * 100 ** bare.count("%")
    text = DIGITS.sub(lambda found: _digits(abs(scaled), found[0]), bare, count=1)
    for words in held:
        text = text.replace("\0", words, 1)
    return f"-{text}" if scaled < 0 else text


def _decimals(pattern: str) -> int:
    return sum(mark in "0#?" for mark in pattern.partition(".")[2])


def _digits(number: float, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    text = f"{number:,.{len(decimals)}f}" if "," in whole else f"{number:.{len(decimals)}f}"
    optional = len(decimals) - len(decimals.rstrip("#"))
    for _ in range(optional):
        text = text.removesuffix("0")
    text = text.removesuffix(".")
    least = whole.count("0")
    integer, point, rest = text.partition(".")
    if not least and integer == "0":
        integer = ""
    return integer.zfill(least) + point + rest
