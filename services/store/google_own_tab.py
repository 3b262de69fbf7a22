"""The product's own tab in a spreadsheet: one call adds it or fills it anew."""

from __future__ import annotations

import secrets

from services.store.base import NotAsSeenError, OwnTab, RawTab, RefusedError
from services.store.google_hold import HIGHEST
from services.store.google_http import GoogleHTTP, Json
from services.store.google_write import number_of


def post(http: GoogleHTTP, spreadsheet_id: str, tab: RawTab | None, wanted: OwnTab) -> None:
    """Let the tab hold exactly this; `tab` as it was read, None if there was none.

    Raises:
        NotAsSeenError: it is gone, or somebody added one of that name; nothing was written.
        RefusedError: Google refuses or is away.
    """
    if tab is None:
        number = 1 + secrets.randbelow(HIGHEST - 1)
        asked = [{"addSheet": {"properties": {"title": wanted.name, "sheetId": number}}}]
    else:
        number, asked = number_of(tab), []
    try:
        http.update(spreadsheet_id, [*asked, *_filled(number, wanted)])
    except RefusedError as refusal:
        if refusal.trouble == "google_odd":
            raise NotAsSeenError from refusal
        raise


def _filled(number: int, wanted: OwnTab) -> list[Json]:
    """As many rows and columns as are needed, all of them written; what was there goes."""
    grid = {"rowCount": len(wanted.rows), "columnCount": len(wanted.rows[0])}
    size = {"sheetId": number, "gridProperties": grid}
    rows = [{"values": [_cell(text) for text in texts]} for texts in wanted.rows]
    fields = "gridProperties(rowCount,columnCount)"
    start = {"sheetId": number, "rowIndex": 0, "columnIndex": 0}
    return [
        {"updateSheetProperties": {"properties": size, "fields": fields}},
        {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}},
    ]


def _cell(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}} if text else {}
