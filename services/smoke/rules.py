"""What Google refuses, and what it lets the API do where it would stop a person."""

from __future__ import annotations

from collections.abc import Iterator

from services.smoke.facts import NEW, OLD
from services.smoke.own_tab import REFUSED, Found, OwnTab, Probe, at, cell, new_number
from services.smoke.rows import appended, lines
from services.store.google_grid import Json


def _whole_or_nothing(tab: OwnTab) -> Iterator[Found]:
    tab.fresh([[OLD]])
    into_itself = {"source": {**lines(tab, 0), "endIndex": 3}, "destinationIndex": 1}
    overwritten = tab.cells([{"values": [cell(NEW)]}], "userEnteredValue")
    tab.update(overwritten, {"moveDimension": into_itself})
    yield "batch_is_whole_or_nothing", tab.values()


def _same_id(tab: OwnTab) -> Iterator[Found]:
    """A row that may be appended once only; sent twice."""
    once = (tab.note(new_number(), {"spreadsheet": True}), appended(tab, NEW))
    tab.fresh([], *once)
    yield "same_id_is_refused", at(tab.update(*once), REFUSED)
    yield "same_id_refuses_its_batch", tab.values()


def _unknown_field(tab: OwnTab) -> Iterator[Found]:
    yield "unknown_field_is_refused", at(tab.update({"noSuchRequest": {}}), REFUSED)


def _conditions(tab: OwnTab) -> Iterator[Found]:
    tab.update(_condition(tab, "=1=1"), _condition(tab, "=2=2"))
    told = tab.look("sheets(conditionalFormats(booleanRule(condition(values))))")
    rules = at(told, "sheets", 0, "conditionalFormats") or []
    where = ("booleanRule", "condition", "values", 0, "userEnteredValue")
    yield "new_condition_comes_first", [at(rule, *where) for rule in rules]


def _condition(tab: OwnTab, formula: str) -> Json:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    colour = {"backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1}}}
    rule = {"ranges": [_corner(tab)], "booleanRule": {"condition": condition, "format": colour}}
    return {"addConditionalFormatRule": {"index": 0, "rule": rule}}


def _corner(tab: OwnTab) -> Json:
    ends = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    return {"sheetId": tab.sheet_id, **ends}


def _strict_list(tab: OwnTab) -> Iterator[Found]:
    condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "ในรายการ"}]}
    rule = {"condition": condition, "strict": True, "showCustomUi": True}
    tab.fresh([], {"setDataValidation": {"range": _corner(tab), "rule": rule}})
    told = tab.write((tab.a1("A1"), [["นอกรายการ"]]))
    yield "strict_list_and_the_api", at(told, REFUSED) or tab.values()


def _warning(tab: OwnTab) -> Iterator[Found]:
    """The last: what it protects would warn the others."""
    protection = {"range": _corner(tab), "warningOnly": True}
    tab.fresh([], {"addProtectedRange": {"protectedRange": protection}})
    told = tab.write((tab.a1("A1"), [[NEW]]))
    yield "warning_lets_the_api_write", at(told, REFUSED) or at(told, "totalUpdatedCells")


PROBES: tuple[Probe, ...] = (
    _whole_or_nothing,
    _same_id,
    _unknown_field,
    _conditions,
    _strict_list,
    _warning,
)
