"""What every store gives: workbooks of a year, and their cells with nothing interpreted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, Protocol

from services.cells import Cells, column_letters
from services.errors import AppError
from services.issues import reason

Stored = str | float | int | date | datetime | time | timedelta
"""A cell as stored; an empty cell is the empty text, a ticked one TRUE as the sheet shows it."""

Rows = Sequence[Sequence[Stored]]
Position = tuple[int, int]
"""Row and column, both from 0."""

TELLING_FORMAT = re.compile(r"""%|(?<![.#0])0[0#]|["\\]|ป""")
"""Formats that may change what a number means: percent, zeros, literals, Thai dates."""

Written = str | int | Decimal
"""What can be put into a cell, as it is: a text is never a formula. The empty text empties it."""

FaultKind = Literal["formula_error", "formula_without_value"]

Trouble = Literal[
    "empty_file",
    "half_written",
    "password_protected",
    "old_xls",
    "other_format",
    "not_a_workbook",
    "too_large",
    "unpacks_too_large",
    "cell_too_far",
    "odd_parts",
    "odd_xml",
    "has_macros",
    "not_a_plain_file",
    "link_outside",
    "odd_file_name",
    "no_permission",
    "open_elsewhere",
    "not_writable",
    "several_files",
    "unknown_district",
    "no_district_code",
    "not_read_yet",
    "not_recorded_then",
    "bad_link",
    "linked_twice",
    "not_shared",
    "wrong_id",
    "never_converted",
    "no_key",
    "no_scope",
    "wrong_key",
    "api_disabled",
    "quota",
    "google_away",
    "google_odd",
]
"""Why a workbook needs somebody's attention; each has its sentence in messages.toml."""


class RefusedError(AppError):
    """The place where a workbook lives refuses; `trouble` says why, as a workbook's own would."""

    def __init__(self, trouble: Trouble) -> None:
        """Say what it means and what to do."""
        thai = f"{reason(trouble)} – {reason(f'{trouble}_fix')}"
        super().__init__(thai, f"the store refuses: {trouble}")
        self.trouble = trouble


@dataclass(frozen=True)
class Fault:
    """A cell that shows no value: an error such as #REF!, or a formula never calculated."""

    kind: FaultKind
    shown: str


def _no_formats() -> Mapping[Position, str]:
    return {}


@dataclass(frozen=True, eq=False)
class RawTab:
    """One tab as stored; `url` opens it where it lives online.

    `rows` starts at the sheet's first row and column; a cell is addressed (row, column) from 0.
    `faults` overlay cells that `rows` shows as empty. When asked, `formulas` names the cells that
    are worked out and not typed, and `formats` the telling number formats: 6 % is stored as 0.06,
    code 00401 as 401.
    """

    name: str
    rows: Rows
    faults: Mapping[Position, Fault] = field(default_factory=dict)
    formulas: Callable[[], frozenset[Position]] = frozenset
    formats: Callable[[], Mapping[Position, str]] = _no_formats
    url: str | None = None

    def cell(self, row: int, column: int) -> Cells:
        """Where a cell stands; `row` as people count, `column` from 0."""
        return Cells.one(self.name, column, row, self.url)


@dataclass(frozen=True)
class WorkbookRef:
    """A workbook as listed: `stamp` changes whenever it may have changed; `trouble` if known.

    `modified` is when it was last saved, `read_at` when a copy of it was last read: None where the
    store cannot tell, or reads the workbook itself. `home` tells apart workbooks of the same name.
    `read_only`: it can be read but not written.
    """

    district: str | None
    name: str
    stamp: str
    trouble: Trouble | None = None
    modified: datetime | None = None
    read_at: datetime | None = None
    home: str = ""
    read_only: bool = False


@dataclass(frozen=True, eq=False)
class RawWorkbook:
    """A workbook as read. `digest` names its content; `tabs` is empty where it was unreadable."""

    ref: WorkbookRef
    digest: str
    tabs: tuple[RawTab, ...]
    trouble: Trouble | None = None
    detail: str = ""


@dataclass(frozen=True, eq=False)
class Writing:
    """Cells of one tab and what they shall hold.

    `seen`: the tab as it was read, whose positions they are. `rows` must still be as seen besides
    those of the cells: the header's.
    """

    seen: RawTab
    cells: Mapping[Position, Written]
    rows: Collection[int] = ()


Notes = Mapping[str, Mapping[Position, str]]
"""What the product has to say, cell by cell, by tab: plain texts, without its mark."""


@dataclass(frozen=True)
class Annotated:
    """How many cells' notes or fills changed; `left`: tab and place of cells that take no note.

    There the office's own note stands, or the cell lies hidden within a merged area.
    """

    changed: int
    left: tuple[tuple[str, Position], ...] = ()


@dataclass(frozen=True)
class OwnTab:
    """A tab of the product's own, and all that stands in it: texts, as long as each other.

    Its very first cell tells that it is the product's.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]


class NotAsSeenError(Exception):
    """The workbook is another by now, or somebody is just saving it: nothing was written."""


Obstacle = Literal[
    "formula",
    "merged",
    "rich_value",
    "odd_sheet",
    "odd_text",
    "odd_notes",
    "not_ours",
    "table_header",
    "table_total",
    "signed",
]
"""What of the office's own a writing would harm; each has its sentence in messages.toml."""


class CannotWriteError(AppError):
    """A cell may not be changed, for the office's own sake: nothing was written."""

    def __init__(self, *, obstacle: Obstacle, position: Position | None = None) -> None:
        """Say why, where, and what to do."""
        why, fix = reason(f"cannot_write_{obstacle}"), reason(f"cannot_write_{obstacle}_fix")
        at = "" if position is None else f"{column_letters(position[1])}{position[0] + 1}"
        thai = reason("cannot_write_cell", cell=at) if at else reason("cannot_write")
        super().__init__(f"{thai}: {why} – {fix}", f"nothing was written: {obstacle} {at}".rstrip())
        self.obstacle, self.position = obstacle, position


class SheetStore(Protocol):
    """Where districts keep their workbooks."""

    def years(self) -> tuple[int, ...]:
        """Buddhist fiscal years that have workbooks, latest first."""
        ...

    def workbooks(self, year: int) -> tuple[WorkbookRef, ...]:
        """The year's workbooks in district order.

        Raises:
            StoreError: the store, or the year in it, cannot be reached.
        """
        ...

    def read(self, ref: WorkbookRef, year: int, *, unless: str | None = None) -> RawWorkbook | None:
        """Read one workbook whole; None if its content is still `unless`.

        A workbook that cannot be read comes back with its `trouble` and no tabs.
        """
        ...

    def write(self, book: RawWorkbook, year: int, wanted: Sequence[Writing]) -> None:
        """Write cells into a workbook as it was read: all of them, or none.

        Raises:
            NotAsSeenError: it is another by now; read again.
            CannotWriteError: a cell may not be changed.
            StoreError: it cannot be reached.
        """
        ...

    def annotate(self, book: RawWorkbook, year: int, wanted: Notes) -> Annotated:
        """Let the workbook, as it was read, carry exactly these notes of the product: see notes.

        What of ours is not wanted any more goes with its fill; what is the office's own stays.

        Raises:
            NotAsSeenError: it is another by now, or has no such tab; read again.
            CannotWriteError: it is put together in a way that notes cannot be added to safely.
            StoreError: it cannot be reached.
        """
        ...

    def post(self, book: RawWorkbook, year: int, tab: OwnTab) -> bool:
        """Let the product's own tab hold exactly this; False where it does already.

        A tab that is not there is added behind the others.

        Raises:
            NotAsSeenError: the workbook is another by now; read again.
            CannotWriteError: a tab of that name is not the product's, or cannot be written safely.
            StoreError: it cannot be reached.
        """
        ...
