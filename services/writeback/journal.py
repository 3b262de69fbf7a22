"""What was wanted of a district's workbook and what became of it: one line each, only ever added.

`history_dir/edits/<year>/<district>.jsonl`. What is wanted is written down before anything is
written into the workbook, its fate afterwards: whatever happens in between, nothing is forgotten.
It holds names and debts, for its user only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock

from services.errors import AppError
from services.lines import USER_ONLY_FILE, append, lines, own_folder
from services.writeback.wants import Fate, Want

FOLDER, OF_ONE_DRAFT = "edits", "."
"""What follows the second in a save's id tells apart the saves of one draft."""
Via = Literal["page", "file"]
Way = Literal["theirs", "ours"]


class CannotKeepError(AppError):
    """What was wanted cannot be written down on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "เครื่องนี้เก็บบันทึกการแก้ไขไม่ได้ (ดิสก์เต็มหรือไม่มีสิทธิ์เขียน) โปรดแจ้งผู้ดูแล แล้วกด «บันทึก» อีกครั้ง",
            "this machine cannot keep the journal of edits (disk full, or not writable)",
        )


@dataclass(frozen=True)
class Save:
    """One press of «บันทึก»: what was wanted, by whom; `fates` is None until it is known.

    `on` names the content the wants rest on (`cells_digest`). `id` is minted with the draft: the
    same twice is one.
    """

    id: str
    at: datetime
    who: str
    via: Via
    on: str
    wants: tuple[Want, ...]
    fates: tuple[Fate, ...] | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class Conflict:
    """A want that was not written because a person's own value stands there; nobody settled it."""

    save: Save
    number: int

    @property
    def id(self) -> str:
        """Names it in the journal."""
        return f"{self.save.id}:{self.number}"

    @property
    def want(self) -> Want:
        """What was wanted."""
        return self.save.wants[self.number]

    @property
    def fate(self) -> Fate:
        """Why it was not written, and what stood there."""
        assert self.save.fates is not None  # noqa: S101 – a conflict is a known fate
        return self.save.fates[self.number]


@dataclass(frozen=True)
class Journal:
    """One district's journal of one year."""

    history: Path
    year: int
    district: str

    @property
    def place(self) -> Path:
        """The file."""
        return self.history / FOLDER / str(self.year) / f"{self.district}.jsonl"

    def one_at_a_time(self) -> FileLock:
        """For a whole save: two of ours, also of two processes, do not meet in a workbook."""
        try:
            own_folder(self.history, FOLDER, str(self.year))
        except OSError as refusal:
            raise CannotKeepError from refusal
        return FileLock(self.place.with_suffix(".lock"), mode=USER_ONLY_FILE)

    def means(self, save: Save) -> None:
        """Write down what is wanted, before the workbook is touched.

        Raises:
            CannotKeepError: the disk refuses; then nothing is written into the workbook either.
        """
        wants = [want.as_json() for want in save.wants]
        told = {"save": save.id, "at": save.at.isoformat(), "who": save.who, "via": save.via}
        self._add({**told, "on": save.on, "wants": wants})

    def knows(self, save: Save, fates: Sequence[Fate], at: datetime) -> None:
        """Write down what became of it."""
        told = {"save": save.id, "known_at": at.isoformat()}
        self._add({**told, "fates": [asdict(fate) for fate in fates]})

    def settles(self, conflict: Conflict, way: Way, who: str, at: datetime) -> None:
        """Write down how a person settled a conflict."""
        told = {"settled": conflict.id, "way": way, "who": who, "at": at.isoformat()}
        self._add(told)

    def saves(self) -> dict[str, Save]:
        """Every save by its id, oldest first."""
        found: dict[str, Save] = {}
        for told in lines(self.place):
            if "wants" in told:
                found.setdefault(told["save"], _save(told))
            elif "fates" in told and told["save"] in found:
                found[told["save"]] = _known(found[told["save"]], told)
        return found

    def conflicts(self) -> tuple[Conflict, ...]:
        """Those nobody has settled yet, oldest first."""
        settled = {told["settled"] for told in lines(self.place) if "settled" in told}
        all_ = (
            Conflict(save, number)
            for save in self.saves().values()
            for number, fate in enumerate((save.fates or ())[: len(save.wants)])
            if fate.state == "clash"
        )
        return tuple(conflict for conflict in all_ if conflict.id not in settled)

    def take_back(self, wanted: Save, at: datetime) -> None:
        """Earlier saves of the same draft that were never done: the person changed it since."""
        draft = wanted.id.partition(OF_ONE_DRAFT)[0]
        for one in self.cut_off():
            if one.id != wanted.id and one.id.partition(OF_ONE_DRAFT)[0] == draft:
                self.knows(one, [Fate("taken_back")] * len(one.wants), at)

    def cut_off(self) -> tuple[Save, ...]:
        """Saves whose fate nobody wrote down: the process ended half-way."""
        return tuple(save for save in self.saves().values() if save.fates is None)

    def _add(self, told: Mapping[str, Any]) -> None:
        """One line, on the disk when this returns."""
        try:
            own_folder(self.history, FOLDER, str(self.year))
            append(self.place, told)
        except OSError as refusal:
            raise CannotKeepError from refusal


def _save(told: Mapping[str, Any]) -> Save:
    wants = tuple(map(Want.of_json, told["wants"]))
    at = datetime.fromisoformat(told["at"])
    return Save(told["save"], at, told["who"], told["via"], told["on"], wants)


def _known(save: Save, told: Mapping[str, Any]) -> Save:
    """With its fates; the last word counts: what was cut off is looked at again."""
    fates = tuple(Fate(**fate) for fate in told["fates"])
    known = datetime.fromisoformat(told["known_at"])
    return Save(save.id, save.at, save.who, save.via, save.on, save.wants, fates, known)
