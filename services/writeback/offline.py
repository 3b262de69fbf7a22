"""A workbook that was edited elsewhere comes back: what was changed in it, merged like any edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from services.errors import AppError
from services.history.carried import ROW_NUMBER, Carried, as_carried, carried
from services.history.record import History
from services.issues import reason
from services.normalise.columns import as_typed
from services.normalise.locate import ROW_ID, Header, Place
from services.normalise.rows import find_extent
from services.normalise.workbook import registers_of
from services.store.base import RawTab, RawWorkbook
from services.store.xlsx_folder import XlsxFolder
from services.writeback.journal import Save
from services.writeback.merge import at
from services.writeback.save import Desk
from services.writeback.wants import WHOLE_ROW, Want, row_id_of, typed
from sheets_schema.model import Register


class CannotReturnError(AppError):
    """The file cannot be merged: it is none of ours, another district's, or too old."""

    def __init__(self, why: str, english: str) -> None:
        """Say why, and what to do."""
        super().__init__(f"{why} – ดาวน์โหลดสมุดงานใหม่จากหน้านี้ แล้วย้ายสิ่งที่แก้ไปใส่", english)


@dataclass(frozen=True, eq=False)
class Returned:
    """What was changed in a file since it was taken from `base`.

    `unclear` are rows (tab, sheet row) that came back with a name another row has, or below a note
    or total: left alone. `missing` are tabs and columns that did not come back: nothing in them
    was understood.
    """

    base: RawWorkbook
    wants: tuple[Want, ...]
    unclear: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    id: str

    def save(self, desk: Desk, who: str) -> Save:
        """As a save: the same file twice is one."""
        return Save(self.id, desk.now(), who, "file", self.base.digest, self.wants)


def returned(desk: Desk, data: bytes) -> Returned:
    """Read the file and find what was changed in it.

    Raises:
        CannotReturnError: it cannot be merged.
    """
    journal = desk.journal
    book = _read(data, journal.year, journal.district)
    mark = carried(book.tabs)
    if mark is None:
        raise CannotReturnError(reason("return_not_ours"), "not a workbook taken from here")
    if (mark.year, mark.district) != (journal.year, journal.district):
        raise CannotReturnError(reason("return_elsewhere"), "another year's or district's")
    base = History(journal.history, journal.year, journal.district).of(mark.digest)
    if base is None:
        raise CannotReturnError(reason("return_no_base"), "its base is not known any more")
    wants: list[Want] = []
    unclear: list[tuple[str, int]] = []
    missing: list[str] = []
    known, then, now = registers_of(desk.programme), desk.places(base), desk.places(book)
    for code, register in known.items():
        old, new = then[code], now[code]
        if old is None or old.header_with(register.key.code) is None:
            continue
        if new is None or new.header_with(register.key.code) is None:
            missing.append(old.tab.name)
            continue
        tab = _Tab(register, old, new, mark)
        wants += tab.wants()
        unclear += [(new.tab.name, row + 1) for row in tab.unclear]
        missing += [f"{new.tab.name} · {header}" for header in tab.missing]
    told = repr((mark, wants)).encode()  # saved again without a change it is the same file
    name = blake2b(told, digest_size=12).hexdigest()
    return Returned(base, tuple(wants), tuple(unclear), tuple(missing), f"file {name}")


def _read(data: bytes, year: int, district: str) -> RawWorkbook:
    with TemporaryDirectory() as folder:
        place = Path(folder) / str(year) / f"{district}.xlsx"
        place.parent.mkdir()
        place.write_bytes(data)
        store = XlsxFolder(Path(folder))
        book = store.read(store.workbooks(year)[0], year)
    if book is None or book.trouble is not None:
        why = reason(book.trouble) if book and book.trouble else ""
        raise CannotReturnError(why, f"unreadable: {book.trouble if book else ''}")
    return book


class _Tab:
    """One register of the file beside what it was."""

    def __init__(self, register: Register, then: Place, now: Place, mark: Carried) -> None:
        assert then.header is not None  # noqa: S101 – asked before
        assert now.header is not None  # noqa: S101
        self._register, self._mark = register, mark
        self._then, self._now = then.tab, now.tab
        self._before, self._after = then.header, now.header
        rows = find_extent(self._now, self._after, register).data.tolist()
        tokens = {row: self._cell(self._now, self._after, row, ROW_ID) for row in rows}
        below = range(self._after.bottom + 1, len(self._now.rows))
        everywhere = {row: self._cell(self._now, self._after, row, ROW_ID) for row in below}
        times = Counter(everywhere.values())
        self._anywhere = set(everywhere.values())
        outside = everywhere.keys() - tokens.keys()
        self.unclear = [
            row
            for row, token in everywhere.items()
            if token and (times[token] > 1 or row in outside)
        ]
        self.missing = [
            register.by_code[code].header
            for code in self._before.columns.keys() - self._after.columns.keys() - {ROW_ID}
        ]
        self._named = {token: row for row, token in tokens.items() if times[token] == 1 and token}
        self._new = [row for row, token in tokens.items() if not token]

    def wants(self) -> Iterator[Want]:
        """Changed cells, removed rows, new rows."""
        for row in find_extent(self._then, self._before, self._register).data.tolist():
            own = self._cell(self._then, self._before, row, ROW_ID)
            token = own or f"{ROW_NUMBER}{row}"
            key = self._cell(self._then, self._before, row, self._register.key.code)
            if token in self._named:
                yield from self._edits(row, own, key, self._named[token])
            elif token not in self._anywhere:
                yield Want(self._register.code, row, own, key, WHOLE_ROW, "", "")
        times = Counter[str]()
        for row in self._new:
            yield from self._added(row, times)

    def _edits(self, row: int, own: str, key: str, now: int) -> Iterator[Want]:
        for column in self._register.columns:
            code = column.code
            if code in self._before.columns and code in self._after.columns:
                stood = at(self._then, row, self._before.columns[code])
                text = self._cell(self._now, self._after, now, code)
                if text != as_typed(as_carried(stood)):
                    seen = as_typed(stood)
                    new = typed(column, text)
                    yield Want(self._register.code, row, own, key, code, seen, new)

    def _added(self, row: int, times: Counter[str]) -> Iterator[Want]:
        texts: Mapping[str, str] = {
            column.code: text
            for column in self._register.columns
            if (text := self._cell(self._now, self._after, row, column.code))
        }
        key = texts.get(self._register.key.code, "")
        named = key or str(sorted(texts.items()))
        times[named] += 1  # two new rows of one key are two
        name = row_id_of(f"{self._mark.digest} {self._register.code} {named} {times[named]}")
        for code, text in texts.items():
            new = typed(self._register.by_code[code], text)
            yield Want(self._register.code, None, name, key, code, "", new)

    def _cell(self, tab: RawTab, header: Header, row: int, code: str) -> str:
        column = header.columns.get(code)
        return "" if column is None else as_typed(at(tab, row, column))
