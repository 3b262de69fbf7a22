"""Requests of a batch that declare something over ranges."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from tests.support.google import a1
from tests.support.google.a1 import Box, Span
from tests.support.google.answers import PROTECTED, RefusedError
from tests.support.google.cells import doubled_colours
from tests.support.google.change import Change
from tests.support.google.contents import spots, where
from tests.support.google.protection import may_edit
from tests.support.google.sheets import Ranged, Sheet
from tests.support.google.spreadsheet import condition_json, named_json, protection_json

# --- merges ------------------------------------------------------------------------------


def merge_cells(change: Change) -> dict[str, Any]:
    """Only the first cell of a merge keeps its value."""
    sheet, box = where(change, change.body["range"])
    kind = change.body.get("mergeType") or "MERGE_ALL"
    boxes = {
        "MERGE_ALL": [box],
        "MERGE_ROWS": [Box(r, r + 1, box.left, box.right) for r in range(box.top, box.bottom)],
        "MERGE_COLUMNS": [Box(box.top, box.bottom, c, c + 1) for c in range(box.left, box.right)],
    }[kind]
    for merge in sheet.merges:
        if merge.meets(box) and not box.holds(merge):
            raise RefusedError(
                400, "You must select all cells in a merged range to merge or unmerge them."
            )
    sheet.merges = [merge for merge in sheet.merges if not box.holds(merge)]
    for made in boxes:
        if made.span().one_cell():
            continue
        sheet.merges.append(made)
        for spot in spots(made):
            if spot != (made.top, made.left):
                sheet.put(*spot, sheet.cell(*spot).with_value(None))
    return {}


def unmerge_cells(change: Change) -> dict[str, Any]:
    sheet, box = where(change, change.body["range"])
    if any(merge.meets(box) and not box.holds(merge) for merge in sheet.merges):
        raise RefusedError(
            400, "You must select all cells in a merged range to merge or unmerge them."
        )
    sheet.merges = [merge for merge in sheet.merges if not box.holds(merge)]
    return {}


# --- named ranges ------------------------------------------------------------------------


def add_named_range(change: Change) -> dict[str, Any]:
    wanted = dict(change.body["namedRange"])
    _check_name(change, wanted.get("name", ""), None)
    grid = wanted.pop("range", {})
    sheet = change.book.sheet(grid.get("sheetId"))
    number = wanted.get("namedRangeId") or change.world.new_id(
        "named", str(secrets.randbelow(2**31))
    )
    body = {"namedRangeId": number, "name": wanted["name"]}
    made = Ranged((a1.span_of(grid),), body, sheet.sheet_id)
    change.book.named.append(made)
    return {"namedRange": named_json(made)}


def _check_name(change: Change, name: str, own: str | None) -> None:
    taken = [n for n in change.book.named if n.body["name"].casefold() == name.casefold()]
    if any(n.body["namedRangeId"] != own for n in taken):
        raise RefusedError(400, f"A named range with name '{name}' already exists.")


def _named(change: Change, number: str) -> Ranged:
    for named in change.book.named:
        if named.body["namedRangeId"] == number:
            return named
    raise RefusedError(400, f"No named range with id: {number}")


def update_named_range(change: Change) -> dict[str, Any]:
    wanted, mask = change.body["namedRange"], change.mask("NamedRange")
    old = _named(change, wanted["namedRangeId"])
    new = old
    if "name" in mask or "*" in mask:
        _check_name(change, wanted["name"], wanted["namedRangeId"])
        new = replace(new, body={**new.body, "name": wanted["name"]})
    if "range" in mask or "*" in mask:
        grid = wanted["range"]
        new = replace(new, spans=(a1.span_of(grid),), sheet_id=grid.get("sheetId") or 0)
    change.book.named[change.book.named.index(old)] = new
    return {}


def delete_named_range(change: Change) -> dict[str, Any]:
    change.book.named.remove(_named(change, change.body["namedRangeId"]))
    return {}


# --- protections -------------------------------------------------------------------------


def add_protected_range(change: Change) -> dict[str, Any]:
    """Whoever protects may edit; the answer shows the editors as they were asked for."""
    wanted = {k: v for k, v in change.body["protectedRange"].items() if v not in ("", False)}
    number = wanted.get("protectedRangeId") or change.world.new_id(
        "protected", secrets.randbelow(2**31 - 1) + 1
    )
    grid = wanted.pop("range", None)
    sheet = change.book.sheet((grid or {}).get("sheetId"))
    if any(p.body["protectedRangeId"] == number for s in change.book.sheets for p in s.protections):
        raise RefusedError(400, f"A protected range with ID [{number}] already exists.")
    asked = _editors(wanted)
    body = {"protectedRangeId": number, **wanted, "requestingUserCanEdit": True}
    spans = () if grid is None else (a1.span_of(grid),)
    warning = bool(wanted.get("warningOnly"))
    shown = body if warning else {**body, "editors": asked}
    if not warning:
        body = {**body, "editors": _with_users(asked, change)}
    sheet.protections.append(Ranged(spans, body, sheet.sheet_id))
    reply = Ranged(spans, shown, sheet.sheet_id)
    return {"protectedRange": protection_json(reply, change.file.owner, change.file.owner)}


def _editors(wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.get("editors", {}).items() if value}


def _with_users(asked: dict[str, Any], change: Change) -> dict[str, Any]:
    users = [*asked.get("users", []), change.caller, change.file.owner]
    return {**asked, "users": list(dict.fromkeys(users))}


def _protection(change: Change, number: int) -> tuple[Sheet, Ranged]:
    for sheet in change.book.sheets:
        for protection in sheet.protections:
            if protection.body["protectedRangeId"] == number:
                if not may_edit(protection, change.caller, change.file.owner):
                    raise RefusedError(400, PROTECTED)
                return sheet, protection
    raise RefusedError(400, f"No protected range with id: {number}")


def update_protected_range(change: Change) -> dict[str, Any]:
    wanted, mask = change.body["protectedRange"], change.mask("ProtectedRange")
    sheet, old = _protection(change, wanted["protectedRangeId"])
    body, spans = dict(old.body), old.spans
    for name in wanted if "*" in mask else mask:
        if name == "range":
            spans = (a1.span_of(wanted["range"]),)
        elif name == "editors":
            body[name] = _with_users(_editors(wanted), change)
        elif wanted.get(name) in (None, False, ""):
            body.pop(name, None)
        else:
            body[name] = wanted[name]
    sheet.protections[sheet.protections.index(old)] = replace(old, body=body, spans=spans)
    return {}


def delete_protected_range(change: Change) -> dict[str, Any]:
    sheet, protection = _protection(change, change.body["protectedRangeId"])
    sheet.protections.remove(protection)
    return {}


# --- conditional formats -----------------------------------------------------------------


def _rule(change: Change, rule: dict[str, Any]) -> tuple[Sheet, Ranged]:
    ranges = rule.get("ranges") or []
    if not ranges:
        raise RefusedError(400, "ConditionalFormatRule.ranges must be specified.")
    sheet = change.book.sheet(ranges[0].get("sheetId"))
    spans = tuple(_closed(sheet, a1.span_of(one)) for one in ranges)
    body = {name: part for name, part in rule.items() if name != "ranges"}
    return sheet, Ranged(spans, doubled_colours(body), sheet.sheet_id)


def _closed(sheet: Sheet, span: Span) -> Span:
    return sheet.checked(span).span()


def add_condition(change: Change) -> dict[str, Any]:
    sheet, rule = _rule(change, change.body["rule"])
    index = change.body.get("index", 0)
    if index > len(sheet.conditions):
        raise RefusedError(400, f"index[{index}] is out of bounds. Rules: {len(sheet.conditions)}")
    sheet.conditions.insert(index, rule)
    return {}


def _condition(change: Change) -> tuple[Sheet, int]:
    sheet, index = change.book.sheet(change.body.get("sheetId")), change.body.get("index", 0)
    if index >= len(sheet.conditions):
        raise RefusedError(
            400, f"No conditional format on sheet: {sheet.sheet_id} at index: {index}"
        )
    return sheet, index


def update_condition(change: Change) -> dict[str, Any]:
    if "rule" in change.body:
        sheet, rule = _rule(change, change.body["rule"])
        index = change.body.get("index", 0)
        old, sheet.conditions[index] = sheet.conditions[index], rule
        return {
            "newRule": condition_json(rule),
            "newIndex": index,
            "oldRule": condition_json(old),
            "oldIndex": index,
        }
    sheet, index = _condition(change)
    rule = sheet.conditions.pop(index)
    sheet.conditions.insert(change.body.get("newIndex", 0), rule)
    return {
        "newRule": condition_json(rule),
        "newIndex": change.body.get("newIndex", 0),
        "oldIndex": index,
    }


def delete_condition(change: Change) -> dict[str, Any]:
    sheet, index = _condition(change)
    return {"rule": condition_json(sheet.conditions.pop(index))}


# --- the basic filter --------------------------------------------------------------------


def set_basic_filter(change: Change) -> dict[str, Any]:
    wanted = dict(change.body["filter"])
    grid = wanted.pop("range", {})
    sheet = change.book.sheet(grid.get("sheetId"))
    span = _closed(sheet, a1.span_of(grid))
    sheet.basic_filter = Ranged((span,), wanted, sheet.sheet_id)
    return {}


def clear_basic_filter(change: Change) -> dict[str, Any]:
    change.book.sheet(change.body.get("sheetId")).basic_filter = None
    return {}
