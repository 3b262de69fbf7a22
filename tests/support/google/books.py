"""Our tabs as Google's sheets, and the account that the product asks with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from services.store.base import Fault, Position, RawTab, Stored
from tests.support.google.client import LocalGoogle

Json = dict[str, Any]
ROBOT = "kongthun@sample.iam.example"
OFFICE = "owner@office.example"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 – sheets know no time zones
ERRORS = {
    "#REF!": "REF",
    "#N/A": "N_A",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#VALUE!": "VALUE",
    "#NULL!": "NULL_VALUE",
}


@cache
def key() -> Mapping[str, str]:
    """A service account's key as downloaded; signed with by nobody but the tests.

    The odd universe keeps google-auth from looking anything up: it signs its own token.
    """
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {
        "type": "service_account",
        "project_id": "sample",
        "private_key_id": "sample",
        "private_key": pem.decode(),
        "client_email": ROBOT,
        "client_id": "0",
        "token_uri": "https://oauth2.emulator.invalid/token",
        "universe_domain": "emulator.invalid",
    }


def add_workbook(google: LocalGoogle, title: str, tabs: Iterable[RawTab], **more: Any) -> str:
    """Keep tabs as a spreadsheet that the product may write; its id."""
    words = {"shared_with": {ROBOT: "writer"}, "owner": OFFICE, **more}
    return google.add_spreadsheet(title, [sheet_of(tab) for tab in tabs], **words)


def sheet_of(tab: RawTab) -> Json:
    """A tab as a Sheet resource; a formula keeps the result that its tab shows."""
    formulas, formats = tab.formulas(), tab.formats()
    rows = []
    for number, row in enumerate(tab.rows):
        values = [
            _cell(cell, tab.faults.get(at), formats.get(at), worked_out=at in formulas)
            for cell, at in _placed(number, row)
        ]
        rows.append({"values": values})
    grid = {"rowCount": max(len(rows), 1000), "columnCount": max(map(len, tab.rows), default=0) + 5}
    return {
        "properties": {"title": tab.name, "gridProperties": grid},
        "data": [{"rowData": rows}],
    }


def _placed(number: int, row: Iterable[Stored]) -> list[tuple[Stored, Position]]:
    return [(cell, (number, place)) for place, cell in enumerate(row)]


def _cell(cell: Stored, fault: Fault | None, shown_as: str | None, *, worked_out: bool) -> Json:
    if fault is not None:
        return _faulty(fault)
    if cell == "":
        return {}
    value, number_format = _typed(cell)
    told: Json = {"userEnteredValue": value}
    if worked_out:
        told = {"userEnteredValue": {"formulaValue": "=SOMETHING()"}, "effectiveValue": value}
    if shown_as is not None:
        kind = "PERCENT" if "%" in shown_as else "NUMBER"
        number_format = {"type": kind, "pattern": shown_as}
    if number_format:
        told["userEnteredFormat"] = {"numberFormat": number_format}
    return told


def _faulty(fault: Fault) -> Json:
    if fault.kind == "formula_without_value":
        error = {"type": "LOADING", "message": "Loading..."}
    else:
        error = {"type": ERRORS.get(fault.shown, "ERROR"), "message": "wrong"}
    formula = {"formulaValue": "=SOMETHING()"}
    return {"userEnteredValue": formula, "effectiveValue": {"errorValue": error}}


def _typed(cell: Stored) -> tuple[Json, Json]:
    """What a person's typing leaves in the cell, and the format Google gives it."""
    if isinstance(cell, str):
        return {"stringValue": cell}, {}
    if isinstance(cell, datetime):
        return _days(cell - EPOCH), {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"}
    if isinstance(cell, date):
        whole = datetime.combine(cell, time())
        return _days(whole - EPOCH), {"type": "DATE", "pattern": "dd/mm/yyyy"}
    if isinstance(cell, time):
        since = datetime.combine(EPOCH.date(), cell) - EPOCH
        return _days(since), {"type": "TIME", "pattern": "hh:mm"}
    if isinstance(cell, timedelta):
        return _days(cell), {"type": "TIME", "pattern": "[h]:mm"}
    return {"numberValue": cell}, {}


def _days(since: timedelta) -> Json:
    return {"numberValue": since / timedelta(days=1)}
