"""The product's notes and fills in a spreadsheet that people are editing.

One call looks; where nothing has to change, that is all. A second one takes the cells as for
writing (see google_write) and tells, in the same moment, what hangs on them; a third puts, changes
and takes away, and is refused by Google where a row has moved or somebody else has got hold of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from services.store.base import (
    Annotated,
    NotAsSeenError,
    Notes,
    Position,
    RawTab,
    RawWorkbook,
    Writing,
)
from services.store.google_grid import FIELDS, Json, cells_of, tabs_of
from services.store.google_http import GoogleHTTP
from services.store.google_write import check_rows, finish, number_of, take
from services.store.notes import COLOUR, Change, Plan, Standing, check_tabs, planned

LOOKS = "note,userEnteredFormat(backgroundColor,backgroundColorStyle)"
SEEN = FIELDS.replace("values(", f"values({LOOKS},")
FILL = "userEnteredFormat.backgroundColorStyle"
CHANNELS = ("red", "green", "blue")
OTHER = "other"
Plans = Mapping[int, Plan]
"""By Google's number of the tab."""


def annotate(
    http: GoogleHTTP, spreadsheet_id: str, book: RawWorkbook, wanted: Notes, now: datetime
) -> Annotated:
    """Let the spreadsheet carry exactly these notes of ours; `now` as for writing.

    Raises:
        NotAsSeenError: nothing was changed; read again.
        RefusedError: Google refuses or is away; unless it was away, nothing was changed.
    """
    check_tabs(book, wanted)
    tabs = {number_of(tab): tab for tab in book.tabs}
    plans = _plans(http.spreadsheet(spreadsheet_id, fields=SEEN), tabs, wanted)
    told = Annotated(
        sum(len(plan.changes) for plan in plans.values()),
        tuple(sorted((tabs[n].name, at) for n, plan in plans.items() for at in plan.left)),
    )
    if told.changed:
        cells = [Writing(tabs[n], dict.fromkeys(plan.changes, "")) for n, plan in plans.items()]
        taken, seen = take(http, spreadsheet_id, cells, now, SEEN)

        def changes() -> Iterator[Json]:
            if _plans(seen, tabs, wanted) != plans:
                raise NotAsSeenError
            return _requests(plans)

        finish(http, spreadsheet_id, taken, changes)
    return told


def _plans(answer: Json, tabs: Mapping[int, RawTab], wanted: Notes) -> Plans:
    """What has to change in every tab that was read."""
    shown = {number_of(tab): tab for tab in tabs_of(answer, "")}
    sheets = {one["properties"].get("sheetId", 0): one for one in answer["sheets"]}
    made = {}
    for number, seen in tabs.items():
        wishes = wanted.get(seen.name, {})
        if number in shown:
            check_rows(seen, shown[number], {row for row, _ in wishes})
            made[number] = planned(_standing(sheets[number], wishes), wishes)
        elif wishes:
            raise NotAsSeenError
    return made


def _standing(sheet: Json, wishes: Mapping[Position, str]) -> dict[Position, Standing]:
    return {
        position: Standing(str(cell.get("note", "")), _fill(cell.get("userEnteredFormat", {})))
        for position, cell in cells_of(sheet)
        if position in wishes or "note" in cell
    }


def _fill(looks: Json) -> str:
    """The colour a cell was given, white too; a colour of the theme is a word."""
    style = looks.get("backgroundColorStyle", {})
    if "themeColor" in style:
        return OTHER
    rgb = style.get("rgbColor", looks.get("backgroundColor"))
    if rgb is None:
        return ""
    return "".join(f"{round(255 * rgb.get(channel, 0)):02X}" for channel in CHANNELS)


def _requests(plans: Plans) -> Iterator[Json]:
    for number, plan in plans.items():
        for (row, column), change in plan.changes.items():
            start = {"sheetId": number, "rowIndex": row, "columnIndex": column}
            fields = "note" if change.fill is None else f"note,{FILL}"
            rows = [{"values": [_cell(change)]}]
            yield {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def _cell(change: Change) -> Json:
    told: Json = {"note": change.note} if change.note else {}
    if not change.fill:
        return told
    steps = (int(COLOUR[at : at + 2], 16) for at in (0, 2, 4))
    rgb = {channel: step / 255 for channel, step in zip(CHANNELS, steps, strict=True)}
    return {**told, "userEnteredFormat": {"backgroundColorStyle": {"rgbColor": rgb}}}
