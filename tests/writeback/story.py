"""Somebody edits on the page while somebody else works in the sheet: who typed what, and where.

`Truth` follows every act of the person in the sheet, so that in the end each cell can be asked:
does it hold what was typed there last, or something of ours whose author had seen just that?
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID
from services.store.base import SheetStore, Stored
from services.writeback.save import Desk, NotNowError, save
from services.writeback.wants import WHOLE_ROW, Fate, Want
from tests.writeback.office import CODES, HEADERS, Rows, pressed

WIDTH = len(CODES) + 1
TYPED = range(1, len(CODES))
"""Columns somebody types into: everything but the key."""
BEGAN: Rows = [[f"D{n}", f"H{n % 2}", "F1", f"b{n}", "", f"id{n}"] for n in range(1, 6)]
OTHER_WORDS = {3: "หนี้คงเหลือ", 2: "รหัสกองทุน"}


class Hands(Protocol):
    """How a person works in the sheet of a store."""

    @property
    def is_far_away(self) -> bool:
        """Whether somebody may act between our write and the answer that it was done."""
        ...

    @property
    def store(self) -> SheetStore:
        """What the product works with."""
        ...

    @property
    def between(self) -> Callable[[], None]:
        """What happens before each of the product's calls."""
        ...

    @between.setter
    def between(self, act: Callable[[], None]) -> None: ...

    def fails(self, dice: random.Random) -> None:
        """The next call goes wrong, where there are calls: before it is done, or after."""
        ...

    def rows(self) -> Rows:
        """What stands below the header, WIDTH cells each."""
        ...

    def leaves(self, header: list[Stored], rows: Rows, act: tuple[str, int, int]) -> bool:
        """Do the act, whose outcome is known; False where the sheet refused it."""
        ...


@dataclass(eq=False)
class Line:
    """A row as the person knows it: what they last put into each cell; copies are one family."""

    cells: list[Stored]
    family: object = field(default_factory=object)


@dataclass
class Truth:
    """The sheet's rows as the person left them, whatever we wrote meanwhile."""

    hands: Hands
    dice: random.Random
    header: list[Stored] = field(default_factory=lambda: [*HEADERS, ROW_ID])
    lines: list[Line] = field(default_factory=lambda: [Line(list(row)) for row in BEGAN])
    last: tuple[Line, int, Stored] | None = None
    words: int = 0
    acts: int = 0
    done: list[str] = field(default_factory=list)

    def rows(self) -> Rows:
        """The sheet's rows now, one for each line: empty ones at its end do not show."""
        rows = self.hands.rows()
        self.lines += [Line([""] * WIDTH) for _ in rows[len(self.lines) :]]
        return rows + [[""] * WIDTH for _ in self.lines[len(rows) :]]

    def act(self) -> None:
        """One thing a person does."""
        kinds = ["type"] * 4 + ["insert", "delete", "sort", "sort_part", "copy", "rename", "undo"]
        self._do(self.dice.choice(kinds))

    def _do(self, kind: str) -> None:  # noqa: C901 – one arm for each thing people do
        rows = self.rows()
        at = self.dice.randrange(len(rows)) if rows else 0
        column = self.dice.choice(TYPED)
        lines, header = list(self.lines), list(self.header)
        spot: tuple[Line, int, Stored] | None = None
        match kind:
            case "type" if rows:
                self.words += 1
                spot = lines[at], column, rows[at][column]
                rows[at][column] = f"p{self.words}"
            case "insert":
                rows.insert(at, [""] * WIDTH)
                lines.insert(at, Line([""] * WIDTH))
            case "delete" if len(rows) > 3:
                del rows[at], lines[at]
            case "sort":
                order = sorted(range(len(rows)), key=lambda n: str(rows[n][column]), reverse=True)
                rows, lines = [rows[n] for n in order], [lines[n] for n in order]
            case "sort_part":  # without the column of ids: they stay where they are
                order = sorted(range(len(rows)), key=lambda n: str(rows[n][column]))
                ids = [row[-1] for row in rows]
                rows = [[*rows[n][:-1], own] for n, own in zip(order, ids, strict=True)]
                lines = [lines[n] for n in order]
            case "copy" if rows:
                rows.insert(at, list(rows[at]))
                lines.insert(at, Line(list(rows[at]), lines[at].family))
            case "rename":
                column = self.dice.choice(list(OTHER_WORDS))
                header[column] = OTHER_WORDS[column]
            case "undo" if self.last is not None and self.last[0] in lines:
                line, column, before = self.last
                at = lines.index(line)
                rows[at][column] = before
                spot = line, column, before
            case _:
                return
        if not self.hands.leaves(header, rows, (kind, at, column)):
            return
        self.acts += 1
        self.done.append(f"{kind} {at} {column}")
        self.header, self.lines = header, lines
        if spot is not None:
            spot[0].cells[spot[1]] = rows[at][spot[1]]
        self.last = spot if kind == "type" else None


@dataclass
class Page:
    """Somebody at the page, whose every want is remembered with the row it was meant for."""

    truth: Truth
    desk: Desk
    meant: dict[str, tuple[Want, Line | None]] = field(default_factory=dict)
    removed: list[tuple[Line, list[str]]] = field(default_factory=list)
    words: int = 0
    saves: int = 0
    clashes: int = 0
    not_now: int = 0

    def saves_something(self, meanwhile: int) -> None:
        """Look, type, let the person act, save while the person acts, and look at the outcome."""
        book = self.desk.read()
        place = self.desk.places(book)["debts"]
        assert place is not None
        assert place.header is not None
        body, dice, places = self.truth.rows(), self.truth.dice, place.header.columns
        lines, filled = list(self.truth.lines), [n for n, row in enumerate(body) if row[0] != ""]
        if not filled:
            return
        wants: list[Want] = []
        told: list[Line | None] = []
        for _ in range(dice.randint(1, 4)):
            row = dice.choice(filled)
            code = dice.choice([CODES[column] for column in TYPED])
            kind = dice.random()
            if kind < 0.1:
                self.words += 1
                name = f"n{self.words}"
                self.words += 1
                for one, new in (("debt_id", name.upper()), (code, f"o{self.words}")):
                    wants.append(Want("debts", None, name, name.upper(), one, "", new))
                    told.append(None)
                continue
            key, own = as_typed(body[row][places["debt_id"]]), as_typed(body[row][places[ROW_ID]])
            if kind < 0.2:
                wants.append(Want("debts", row + 1, own, key, WHOLE_ROW, "", ""))
                self.removed.append((lines[row], [as_typed(cell) for cell in body[row]]))
            elif not any((w.row, w.column) == (row + 1, code) for w in wants):
                self.words += 1
                seen = as_typed(body[row][places[code]])
                wants.append(Want("debts", row + 1, own, key, code, seen, f"o{self.words}"))
            else:
                continue
            told.append(lines[row])
        gone = {want.row for want in wants if want.column == WHOLE_ROW}
        kept = [n for n, w in enumerate(wants) if w.column == WHOLE_ROW or w.row not in gone]
        wants, told = [wants[n] for n in kept], [told[n] for n in kept]
        for want, line in zip(wants, told, strict=True):
            self.meant[str(want.new)] = want, line
        self._press(book, wants, told, meanwhile)

    def _press(
        self, book: object, wants: Sequence[Want], told: Sequence[Line | None], meanwhile: int
    ) -> None:
        dice, gaps = self.truth.dice, [0]

        def between() -> None:
            if gaps[0] < meanwhile and dice.random() < 0.5:
                gaps[0] += 1
                self.truth.act()
            if meanwhile and dice.random() < 0.1:
                self.truth.hands.fails(dice)

        self.truth.act()
        self.truth.hands.between = between
        try:
            fates = save(self.desk, book, pressed(book, *wants))  # type: ignore[arg-type]
        except NotNowError:
            self.not_now += 1
        else:
            self._judge(wants, told, fates)
        finally:
            self.truth.hands.between = lambda: None
        self.saves += 1

    def _judge(
        self, wants: Sequence[Want], told: Sequence[Line | None], fates: Sequence[Fate]
    ) -> None:
        """What is said to be written stands there, in its row; every clash is in the inbox."""
        rows = self.truth.rows()
        everything = [as_typed(cell) for row in rows for cell in row]
        for want, line, fate in zip(wants, told, fates, strict=True):
            if fate.state == "clash":
                self.clashes += 1
            elif want.column != WHOLE_ROW:
                stands = str(want.new) in everything
                assert stands or self._typed_over(line, want, rows), (want, fate)
            elif line in self.truth.lines:
                twins = [n for n, one in enumerate(self.truth.lines) if self._is_that(one, line)]
                here = [rows[n] for n in twins]
                assert not all(row[0] for row in here), (want, fate, here)
        inbox = {(one.save.wants[one.number], one.fate) for one in self.desk.journal.conflicts()}
        for want, fate in zip(wants, fates, strict=True):
            assert fate.state != "clash" or (want, fate) in inbox

    def _typed_over(self, line: Line | None, want: Want, rows: Rows) -> bool:
        """Whether the person typed there after us, before we heard that ours was written."""
        if not self.truth.hands.is_far_away or line is None:
            return self.truth.hands.is_far_away
        column, lines = CODES.index(want.column), self.truth.lines
        here = [rows[n][column] for n, one in enumerate(lines) if one is line]
        return all(cell == line.cells[column] for cell in here)

    def nothing_is_lost(self) -> None:
        """Each cell: what was typed there last, or ours, made by one who had seen just that."""
        for line, row in zip(self.truth.lines, self.truth.rows(), strict=True):
            for column, cell in enumerate(row[: len(CODES)]):
                typed = as_typed(line.cells[column])
                assert self._is_legal(as_typed(cell), typed, line, column), self._told(
                    column, line, row
                )

    def _is_that(self, line: Line, meant: Line | None) -> bool:
        """Whether it is the row that was meant, or a copy of it: a finding tells of copies."""
        return meant is not None and meant.family is line.family

    def _told(self, column: int, line: Line, row: list[Stored]) -> object:
        """What a reader of a failure needs to know."""
        return column, line, row, self.meant.get(as_typed(row[column])), self.truth.done

    def _is_legal(
        self, cell: str, typed: str, line: Line, column: int, after: frozenset[str] = frozenset()
    ) -> bool:
        """Whether acts of ours lead from what was typed to the cell; `after`: what came since."""
        if cell == typed or cell in after:
            return cell == typed
        since = after | {cell}
        if cell == "":
            seen = [held[column] for one, held in self.removed if self._is_that(line, one)]
            return any(self._is_legal(one, typed, line, column, since) for one in seen)
        want, meant = self.meant.get(cell, (None, None))
        return (
            want is not None
            and (want.row is None or self._is_that(line, meant))
            and want.column == CODES[column]
            and self._is_legal(want.seen, typed, line, column, since)
        )
