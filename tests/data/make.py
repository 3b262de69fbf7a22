"""Makes the broken files beside it, each named after what is broken: python -m tests.data.make."""

import struct
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

HERE = Path(__file__).parent
SECTOR = 512
FOUNDED = datetime(2022, 7, 19, tzinfo=UTC)
NEVER = (1980, 1, 1, 0, 0, 0)


def sound() -> bytes:
    """Give a small workbook as it should be."""
    out = BytesIO()
    with Workbook(out) as book:
        book.set_properties({"created": FOUNDED})
        tab = book.add_worksheet("ศูนย์")
        tab.write_row(0, 0, ("รหัสศูนย์", "ชื่อศูนย์", "ตำบล"))
        tab.write_row(1, 0, ("C01", "ศูนย์สมมติ", "เวียง"))
    return out.getvalue()


def compound_file(*streams: str) -> bytes:
    """Give the smallest compound file: header, sector table, directory with these empty streams."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack("<8s16x5H6x", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    sectors = struct.pack("<128I", table, end, *[free] * 126)
    directory = b"".join(
        struct.pack(
            "<64sHBB3I36xIQ",
            name.encode("utf-16-le"),
            2 * len(name) + 2,
            5 if name == "Root Entry" else 2,
            1,
            free,
            free,
            1 if name == "Root Entry" else free,
            end,
            0,
        )
        for name in ("Root Entry", *streams)
    )
    return header + sectors + directory.ljust(SECTOR, b"\0")


def letter() -> bytes:
    """Give an archive that holds a letter, not a workbook."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml", NEVER), "<Types/>")
        archive.writestr(zipfile.ZipInfo("word/document.xml", NEVER), "<document/>")
    return out.getvalue()


def repacked(workbook: bytes, leave_out: str = "", packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give the workbook's archive again without one part."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != leave_out:
                new.writestr(zipfile.ZipInfo(name, NEVER), old.read(name), packed)
    return out.getvalue()


def rewritten(workbook: bytes, part: str, content: bytes) -> bytes:
    """Give the workbook's archive again with other content in one part."""
    out = BytesIO(repacked(workbook, leave_out=part))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo(part, NEVER), content)
    return out.getvalue()


def compressed_strangely() -> bytes:
    """Give a workbook packed in a way only newer programs unpack."""
    usual = repacked(sound())
    for head in (b"PK\x03\x04\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\0\0"):
        assert head + b"\x08\0" in usual
        usual = usual.replace(head + b"\x08\0", head + b"\x63\0")
    return usual


def broken() -> dict[str, bytes]:
    """Give every broken file by name."""
    return {
        "empty_file.xlsx": b"",
        "half_written.xlsx": sound()[: len(sound()) // 2],
        "password_protected.xlsx": compound_file("EncryptionInfo", "EncryptedPackage"),
        "old_xls_renamed.xlsx": compound_file("Workbook"),
        "text_renamed.xlsx": "รหัสศูนย์,ชื่อศูนย์\nC01,ศูนย์สมมติ\n".encode(),
        "letter_renamed.xlsx": letter(),
        "without_cells.xlsx": repacked(sound(), leave_out="xl/worksheets/sheet1.xml"),
        "list_of_tabs_cut_short.xlsx": rewritten(sound(), "xl/workbook.xml", b"<workbook><sheets>"),
        "compressed_strangely.xlsx": compressed_strangely(),
    }


if __name__ == "__main__":
    for name, content in broken().items():
        (HERE / name).write_bytes(content)
