"""Field masks: `a.b,c(d,e)` and `a/b`, for reading and for writing."""

from __future__ import annotations

import re
from typing import Any

from tests.support.google.answers import RefusedError

Mask = dict[str, Any]
TOKEN = re.compile(r"[^.,/()]+|[.,/()]")


def parse_mask(text: str) -> Mask:
    """Give a tree of names; an empty tree is everything beneath."""
    tokens = TOKEN.findall(text)
    mask, rest = _fields(tokens, text)
    if rest:
        raise RefusedError(400, f"Invalid field selection {text}")
    return mask


def _fields(tokens: list[str], text: str) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while tokens:
        tokens = _one_field(mask, tokens, text)
        if not tokens or tokens[0] != ",":
            break
        tokens = tokens[1:]
    return mask, tokens


def _one_field(mask: Mask, tokens: list[str], text: str) -> list[str]:
    """Read `a.b(c,d)` into the mask; give what follows."""
    while tokens and tokens[0] not in ".,/()":
        already_whole = tokens[0] in mask and not mask[tokens[0]]
        mask = {} if already_whole else mask.setdefault(tokens[0], {})
        tokens = tokens[1:]
        if not tokens or tokens[0] in ",)":
            mask.clear()
            return tokens
        if tokens[0] == "(":
            inner, tokens = _fields(tokens[1:], text)
            if not tokens or tokens[0] != ")":
                break
            _join(mask, inner)
            return tokens[1:]
        tokens = tokens[1:]
    raise RefusedError(400, f"Invalid field selection {text}")


def _join(mask: Mask, more: Mask) -> None:
    for name, beneath in more.items():
        if name not in mask:
            mask[name] = beneath
        elif mask[name] and beneath:
            _join(mask[name], beneath)
        else:
            mask[name] = {}


def selected(value: Any, mask: Mask) -> Any:
    """Keep what the mask names; lists keep their length, as `{}` where nothing is left."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [selected(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: selected(value[name], mask[name]) for name in value if name in mask}


def names(mask: Mask, *path: str) -> bool:
    """Whether the mask asks for anything at this path."""
    for step in path:
        if not mask or "*" in mask:
            return True
        if step not in mask:
            return False
        mask = mask[step]
    return True


def merged(old: Any, new: Any, mask: Mask) -> Any:
    """Give the old message with what the mask names taken from the new one."""
    if not mask or "*" in mask:
        return new
    result = dict(old or {})
    for name, beneath in mask.items():
        value = merged(result.get(name), (new or {}).get(name), beneath)
        if value is None or value == {}:
            result.pop(name, None)
            if value == {} and name in (new or {}):
                result[name] = value
        else:
            result[name] = value
    return result
