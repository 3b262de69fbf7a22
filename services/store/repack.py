"""An archive with some of its entries changed; the others are copied as they are, packed."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile, ZipInfo

from services.store.base import CannotWriteError

LOCAL_HEADER = struct.Struct("<26xHH")
"""Of which only the lengths of the name and of what else it says are read."""
FIELD, SIZES = struct.Struct("<HH"), 1
"""A field begins with its kind and length; one kind tells sizes beyond 4 GB."""


def repacked(data: bytes, new: Mapping[str, bytes]) -> bytes:
    """The archive with these entries' contents: order, names, dates and everything else stay.

    Raises:
        CannotWriteError: its entries lie one in another.
    """
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as archive:
        ends = _ends(old)
        for entry in old.infolist():
            if entry.filename in new:
                entry.extra = _without_sizes(entry.extra)
                archive.writestr(entry, new[entry.filename])
            else:
                _copy(data[entry.header_offset : ends[entry.header_offset]], entry, archive)
        archive.comment = old.comment
    return made.getvalue()


def _ends(old: ZipFile) -> dict[int, int]:
    """Where the next entry begins, or the list of all entries, by where an entry begins."""
    starts = sorted({entry.header_offset for entry in old.infolist()})
    return dict(pairwise([*starts, old.start_dir]))


def _without_sizes(extra: bytes) -> bytes:
    """What an entry says beside its name, without its old sizes, which some writers tell twice."""
    kept = b""
    while len(extra) >= FIELD.size:
        kind, length = FIELD.unpack_from(extra)
        field, extra = extra[: FIELD.size + length], extra[FIELD.size + length :]
        kept += b"" if kind == SIZES else field
    return kept


def _copy(packed: bytes, entry: ZipInfo, archive: ZipFile) -> None:
    """Into the archive, as it is packed."""
    if archive.fp is None or len(packed) < LOCAL_HEADER.size:
        raise CannotWriteError(obstacle="odd_sheet")
    held = LOCAL_HEADER.size + sum(LOCAL_HEADER.unpack_from(packed)) + entry.compress_size
    if held > len(packed):  # entries that lie one in another
        raise CannotWriteError(obstacle="odd_sheet")
    entry.header_offset = archive.start_dir
    archive.fp.seek(archive.start_dir)
    archive.fp.write(packed)
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    archive.start_dir = archive.fp.tell()
