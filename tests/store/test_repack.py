"""An archive with one entry changed: the others as they are packed."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from services.store.base import CannotWriteError
from services.store.repack import repacked
from tests.store.office_books import packed, parts


class _Pipe(BytesIO):
    """A place one cannot go back in: sizes then stand behind the content."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def archive(into: BytesIO) -> bytes:
    with ZipFile(into, "w", ZIP_DEFLATED) as made:
        for name in ("a.xml", "ข.bin", "c.xml"):
            entry = ZipInfo(name, (2022, 7, 19, 9, 30, 0))
            entry.compress_type, entry.comment = ZIP_DEFLATED, name.encode()
            made.writestr(entry, name * 100)
        made.comment = "ท้าย".encode()
    return into.getvalue()


@pytest.mark.parametrize("place", [BytesIO, _Pipe])
@pytest.mark.parametrize("name", ["a.xml", "ข.bin", "c.xml"])
def test_only_the_entry_that_changes_is_packed_again(place: type[BytesIO], name: str) -> None:
    before = archive(place())
    after = repacked(before, {name: b"new"})
    assert parts(after) == {**parts(before), name: b"new"}
    kept = packed(before).items() - {(name, packed(before)[name])}
    assert kept <= packed(after).items()
    looks = [
        [(e.filename, e.date_time, e.comment, e.compress_type) for e in opened.infolist()]
        for opened in map(ZipFile, map(BytesIO, (before, after)))
    ]
    assert looks[0] == looks[1]
    with ZipFile(BytesIO(after)) as opened:
        assert opened.comment == "ท้าย".encode()
        assert opened.testzip() is None


def test_sizes_that_were_told_twice_are_not_told_wrongly() -> None:
    sizes, of_the_office = (
        struct.pack("<HHQQ", 1, 16, 300, 300),
        struct.pack("<HH2s", 0x7075, 2, b"ab"),
    )
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name in ("a.xml", "b.xml"):
            entry = ZipInfo(name)
            entry.extra = sizes + of_the_office
            archive.writestr(entry, "x" * 300)
    with ZipFile(BytesIO(repacked(made.getvalue(), {"a.xml": b"new"}))) as opened:
        extras = [entry.extra for entry in opened.infolist()]
        assert extras == [of_the_office, sizes + of_the_office]
        assert opened.read("a.xml") == b"new"


def test_entries_that_lie_one_in_another_are_refused() -> None:
    data = archive(BytesIO())
    start = data.index(b"PK\3\4", 10)
    listed = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    for place in (start - 5, 20):  # the second entry begins inside the first
        moved = data[: listed + 42] + place.to_bytes(4, "little") + data[listed + 46 :]
        with pytest.raises(CannotWriteError):
            repacked(moved, {"c.xml": b"new"})
