"""One cell: what was entered, what it shows, and what hangs on it."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.support.google.answers import RefusedError
from tests.support.google.masks import Mask, merged

MOST_CHARACTERS = 50_000
PARTS = {  # Google's name in CellData → ours
    "userEnteredValue": "entered",
    "userEnteredFormat": "format",
    "note": "note",
    "dataValidation": "validation",
}
CHANNELS = {"red", "green", "blue"}
COLOURS = ("backgroundColor", "foregroundColor", "tabColor", "color")
READ_ONLY = {"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Never changed in place: a new cell takes its stead."""

    entered: Mapping[str, Any] | None = None
    given: Mapping[str, Any] | None = None  # a formula's result, kept as it was given
    format: Mapping[str, Any] | None = None
    note: str | None = None
    validation: Mapping[str, Any] | None = None
    more: Mapping[str, Any] | None = None  # parts of CellData nobody here looks into

    @property
    def formula(self) -> str | None:
        return self.entered.get("formulaValue") if self.entered else None

    def data(self) -> dict[str, Any]:
        """Give the writable part of Google's CellData."""
        parts = {name: getattr(self, ours) for name, ours in PARTS.items()}
        return {name: part for name, part in parts.items() if part is not None} | dict(
            self.more or {}
        )

    def with_value(self, value: Mapping[str, Any] | None) -> Cell:
        return replace(self, entered=value or None, given=None)

    def with_formula(self, formula: str) -> Cell:
        """Give this cell with its formula reworded; the result it came with stays."""
        return replace(self, entered={"formulaValue": formula})

    def with_format(self, number_format: Mapping[str, Any]) -> Cell:
        return replace(self, format={**(self.format or {}), "numberFormat": dict(number_format)})

    def written(self, data: Mapping[str, Any], mask: Mask) -> Cell:
        """Give this cell with the masked parts of a CellData."""
        if "*" in mask:
            mask = {name: {} for name in (*PARTS, *(self.more or {}), *data)}
        old = _without_other_name(self.data(), mask)
        new = merged(old, data, {k: v for k, v in mask.items() if k not in READ_ONLY})
        cell = cell_from(new)
        return replace(cell, given=self.given) if "userEnteredValue" not in mask else cell


EMPTY = Cell()


def cell_from(data: Mapping[str, Any]) -> Cell:
    """Read Google's CellData; an effectiveValue beside a formula is its result."""
    entered = _entered(data.get("userEnteredValue"))
    looks = data.get("userEnteredFormat")
    if len(data) == 1 and entered:
        return Cell(entered)
    more = {k: v for k, v in data.items() if k not in PARTS and k not in READ_ONLY}
    is_formula = bool(entered and "formulaValue" in entered)
    return Cell(
        entered=entered,
        given=data.get("effectiveValue") if is_formula else None,
        format=doubled_colours(looks) or None,
        note=data.get("note") or None,
        validation=data.get("dataValidation") or None,
        more=more or None,
    )


def _entered(value: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if not value or value.get("stringValue") == "":
        return None
    check_length(value.get("stringValue"))
    return dict(value)


def check_length(text: Any) -> None:
    if isinstance(text, str) and len(text) > MOST_CHARACTERS:
        raise RefusedError(
            400, "Your input contains more than the maximum of 50000 characters in a single cell."
        )


def _without_other_name(old: Any, mask: Mask) -> Any:
    """A colour that is written under one of its two names loses the other."""
    if not isinstance(old, Mapping):
        return old
    gone = {
        other
        for name in COLOURS
        for one, other in ((name, f"{name}Style"), (f"{name}Style", name))
        if one in mask and other not in mask
    }
    return {
        name: _without_other_name(part, mask.get(name, {}))
        for name, part in old.items()
        if name not in gone
    }


def _is_colour(name: str, value: Any) -> bool:
    return name in {*COLOURS, "rgbColor"} and isinstance(value, Mapping)


def colour(value: Mapping[str, Any]) -> dict[str, Any]:
    """Keep eight bits a channel and leave black channels out, as Google does."""
    shares = {
        name: eight_bits(share) if name in CHANNELS else share for name, share in value.items()
    }
    return {name: share for name, share in shares.items() if share or name not in CHANNELS}


def eight_bits(share: float) -> float | int:
    """Give a channel with the digits of a 32-bit float."""
    steps = min(255, math.floor(share * 255 + 1e-6))
    single = struct.unpack("f", struct.pack("f", steps / 255))[0]
    number = float(f"{single:.8g}")
    return int(number) if number.is_integer() else number


def doubled_colours(value: Any) -> Any:
    """Say each colour twice, as Google does: `backgroundColor` and `backgroundColorStyle`."""
    if isinstance(value, list):
        return [doubled_colours(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    result = {
        name: colour(item) if _is_colour(name, item) else doubled_colours(item)
        for name, item in value.items()
    }
    for name in COLOURS:
        style = result.get(f"{name}Style")
        if style is not None and "rgbColor" in style:
            result[name] = style["rgbColor"]
        elif name in result:
            result[f"{name}Style"] = {"rgbColor": result[name]}
    return result
