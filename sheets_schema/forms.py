"""Reports and papers a year asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["text", "int", "baht", "date", "percent", "mark"]
"""How a paper's column is written; a mark is short and stands in the middle."""
PaperRows = Literal["target_households", "ranked_villages", "readiness_items"]
"""What stands in a paper's rows."""

COLUMN_KINDS: Mapping[PaperRows, Mapping[str, Kind]] = {
    "target_households": {
        "number": "int",
        "district": "text",
        "household_id": "text",
        "place": "text",
        "centre_name": "text",
        "head_name": "text",
        "members": "int",
        "occupation": "text",
        "development_level": "text",
        "creditors": "text",
        "debt_at_entry": "baht",
        "debtor_class": "text",
        "planned_method": "text",
        "receiving_fund": "text",
        "buddy_team": "text",
        "officer": "text",
        "joined_on": "date",
        "surveyed_on": "date",
        "classified_on": "date",
        "negotiated_on": "date",
        "contract_signed_on": "date",
        "support_started_on": "date",
        "visited_on": "date",
        "before": "baht",
        "after": "baht",
        "reduced": "baht",
        "percent": "percent",
        "cleared": "mark",
        "contract_no": "text",
        "support": "text",
        "income_before": "baht",
        "income_after": "baht",
        "problem": "text",
    },
    "ranked_villages": {
        "district": "text",
        "rank": "mark",
        "village_code": "text",
        "village": "text",
        "moo": "mark",
        "tambon": "text",
        "savings_group": "text",
        "item_marks": "mark",
        "score": "percent",
        "capital": "baht",
        "members": "int",
        "decided_by": "text",
    },
    "readiness_items": {
        "number": "int",
        "item": "text",
        "weight": "mark",
        "mark": "mark",
    },
}
"""Words a year's paper may use for its columns, by what stands in its rows; the modules of
`services.present.papers` define each once. `item_marks` is one column per item of the year."""


@dataclass(frozen=True)
class Round:
    """A reporting round and its last day (Common Era)."""

    number: int
    due: date
    draft: bool = False


@dataclass(frozen=True)
class PaperColumn:
    """A column of a paper: `width` in millimetres; `total`: it is added up below the rows."""

    code: str
    header: str
    width: int
    total: bool = False
    draft: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signs, in which capacity."""

    role: str
    position: str


@dataclass(frozen=True)
class PaperLayout:
    """How a form stands on paper: what one is made for, its rows and columns, who signs it.

    `short` is what the office calls it: «แบบ ๑».
    """

    short: str
    per: Literal["district", "village"]
    rows: PaperRows
    columns: tuple[PaperColumn, ...]
    signatures: tuple[Signature, ...]
    portrait: bool = False

    def kind(self, column: PaperColumn) -> Kind:
        """How the column is written."""
        return COLUMN_KINDS[self.rows][column.code]


@dataclass(frozen=True)
class Form:
    """A report the year asks for: by whom, resting on which register cells, by which day.

    One without rounds is only a paper; one without a paper is only expected.

    Of the activities only the rows of `activity` count. `founded_until` and `founded_in` (BE) say
    whose report it is; a centre whose founding year is not known is not asked.
    """

    name: str
    title: str
    unit: Literal["centre", "district"]
    source: str
    required: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    founded_until: int | None = None
    founded_in: int | None = None
    activity: str | None = None
    draft: bool = False
    paper: PaperLayout | None = None

    @property
    def cells(self) -> dict[str, tuple[str, ...]]:
        """Register -> the columns that must be filled in its rows."""
        found: dict[str, tuple[str, ...]] = {}
        for cell in self.required:
            register, _, column = cell.partition(".")
            found[register] = (*found.get(register, ()), column)
        return found
