"""Rows and columns folded together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.google.a1 import Dimension
from tests.support.google.answers import RefusedError
from tests.support.google.change import Change
from tests.support.google.dimensions import dimension_range, noun, place_of
from tests.support.google.sheets import Group, Sheet


def add_group(change: Change) -> dict[str, Any]:
    sheet, (dimension, start, count) = place_of(change.book, change.body["range"])
    groups = sheet.groups.setdefault(dimension, [])
    end = start + count
    depth = 1 + max((g.depth for g in groups if g.start <= start and end <= g.end), default=0)
    inner = [g for g in groups if start <= g.start and g.end <= end]
    if inner and depth == 1:
        groups[:] = [replace(g, depth=g.depth + 1) if g in inner else g for g in groups]
    groups.append(Group(start, end, depth))
    groups.sort(key=lambda group: (group.start, group.depth))
    return {"dimensionGroups": groups_json(sheet, dimension)}


def delete_group(change: Change) -> dict[str, Any]:
    sheet, (dimension, start, count) = place_of(change.book, change.body["range"])
    groups, end = sheet.groups.get(dimension, []), start + count
    hit = [g for g in groups if g.start < end and start < g.end]
    if not hit:
        raise RefusedError(400, f"There is no {noun(dimension)} group at the given range.")
    deepest = max(hit, key=lambda group: group.depth)
    left = [(deepest.start, min(start, deepest.end)), (max(end, deepest.start), deepest.end)]
    kept = [replace(deepest, start=a, end=b) for a, b in left if a < b]
    sheet.groups[dimension] = sorted(
        [g for g in groups if g is not deepest] + kept, key=lambda group: (group.start, group.depth)
    )
    groups_left = groups_json(sheet, dimension)
    return {"dimensionGroups": groups_left} if groups_left else {}


def update_group(change: Change) -> dict[str, Any]:
    wanted = change.body["dimensionGroup"]
    sheet, (dimension, start, count) = place_of(change.book, wanted["range"])
    sheet.groups[dimension] = [
        replace(g, collapsed=bool(wanted.get("collapsed")))
        if (g.start, g.end, g.depth) == (start, start + count, wanted.get("depth", 1))
        else g
        for g in sheet.groups.get(dimension, [])
    ]
    for line in sheet.lines(dimension)[start : start + count]:
        line.hidden = bool(wanted.get("collapsed"))
    return {}


def groups_json(sheet: Sheet, dimension: Dimension) -> list[dict[str, Any]]:
    return [
        {
            "range": dimension_range(
                sheet.sheet_id, (dimension, group.start, group.end - group.start)
            ),
            "depth": group.depth,
        }
        | ({"collapsed": True} if group.collapsed else {})
        for group in sheet.groups.get(dimension, [])
    ]
