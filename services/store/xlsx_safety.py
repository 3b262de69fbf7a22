"""Whether an .xlsx may be parsed: what it unpacks to, what stands in it, how far its cells lie.

A file in the folder was put there by somebody, perhaps not by the office. Judged are the parts that
are XML; nothing else is unpacked or opened (pictures, embedded objects, archives within). Links to
other files are read as XML and never followed. calamine is handed a fresh archive of exactly the
judged parts, so that no second reading of the file can differ from ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from services.store.base import Trouble
from services.store.pieces import ENTRY, Pieces, packed

LARGEST_FILE = 50_000_000
"""Bytes on the disk: an office's workbook takes 2 MB, one with photographs perhaps 20."""
MOST_PARTS = 2_000
MOST_UNPACKED = 64 * 2**20
"""Bytes of XML: ten times a district of 7,000 households."""
SMALL, MOST_TIMES = 4 * 2**20, 150
"""What unpacks to more than SMALL may be at most so many times its file; sheets are 7 to 40."""
MOST_POSITIONS = 8_000_000
"""Rows times columns up to the last filled cell, of all tabs: calamine holds blanks, too."""
MOST_TEXT = 256 * 2**20
"""Bytes of the tabs' texts when every cell holds its own."""
MOST_ELEMENTS = 400_000
"""In a part that is read as a tree; Excel's own limit of cell styles is 65,490."""

MACROS = re.compile(r"vbaproject[^/]*\.bin$|^xl/macrosheets/", re.IGNORECASE)
TRICK = re.compile(r"^/|^[a-z]:|\\|(^|/)\.\.?(/|$)|[\x00-\x1f\x7f]", re.IGNORECASE)
"""In a part's name: a place outside the archive, or a sign that programs read differently."""
STRINGS = "xl/sharedstrings.xml"
TREES = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
PLAIN_START = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?\s*<[A-Za-z_]")
"""No comment or order before the first element: then no DTD either."""
START = 2_000
"""Bytes in which a part's first element begins, and with it the prefix of all."""
WORKSHEET = re.compile(rb"<(\w+:)worksheet\b")
NEAR_ROWS, NEAR_COLUMNS = 9_999, 702
"""What the usual cell's address can name: four digits, two letters."""
UNUSUAL_CELL = re.compile(
    rb'<c(?! r="[A-Z]{1,2}+[0-9]{1,4}+"(?: s="[0-9]++")?+(?: t="(?:s|n|b|str|inlineStr)")?+'
    rb"(?:/>|><v>[^<]|><is>)|[^\s/>])"
)
"""All but a near cell that is empty, or holds a value that is neither worked out nor an error."""
ODD_CELL = rb'<%sc(?! r="[A-Z]{1,2}+[0-9]{1,4}+"|[^\s/>])'
WITH_A_PREFIX, WITHOUT = rb":c[\s/>]", rb"<c[\s/>]"
CELL = re.compile(
    rb"""<(?:\w+:)?c\ r="(?P<letters>[A-Z]{1,3})(?P<row>[0-9]{1,7})"
    (?:\ [\w:]+="[^"<>]*")*\s*(?P<empty>/?)>""",
    re.VERBOSE,
)
ANY_CELL = re.compile(rb"[<:]c(?=[\s/>])")
SMALLEST_TEXT_CELL = len(b'<c t="s"><v>0</v></c>')
TEXT_CELL = re.compile(rb"""t\s*=\s*["']s["']""")
STRING_TABLE = re.compile(rb"<(\w+:)sst\b")
IN_ATTRIBUTE = re.compile(rb"""=\s*(?:"[^"<]*<|'[^'<]*<)""")
"""Where the end of a string may be written and be none, as in a comment."""


class UnsafeWorkbookError(Exception):
    """A file that is not parsed; `trouble` says why."""

    def __init__(self, *, trouble: Trouble) -> None:
        """Keep only the trouble: nothing of the file."""
        super().__init__(trouble)
        self.trouble = trouble


def unpacked(data: bytes) -> tuple[dict[str, bytes], Pieces]:
    """The file's XML parts by name, and an archive of exactly these.

    Raises:
        UnsafeWorkbookError: there is something in it that no spreadsheet program writes.
        BadZipFile, EOFError, zlib.error: the archive is damaged or cut short.
    """
    if len(data) > LARGEST_FILE:
        raise UnsafeWorkbookError(trouble="too_large")
    if data.count(ENTRY) > MOST_PARTS:
        raise UnsafeWorkbookError(trouble="odd_parts")
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        _judge_names([entry.orig_filename for entry in entries])
        wanted = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
        _judge_packing(wanted, len(data))
        parts = {entry.filename: _part(archive, entry) for entry in wanted}
    for name, xml in parts.items():
        if b"\0" in xml or not (PLAIN_START.match(xml) or b"<!DOCTYPE" not in xml):
            raise UnsafeWorkbookError(trouble="odd_xml")
        if name.lower() in TREES and xml.count(b"<") > MOST_ELEMENTS:
            raise UnsafeWorkbookError(trouble="unpacks_too_large")
    return parts, packed([(entry.filename, entry.CRC, parts[entry.filename]) for entry in wanted])


def judge_sheets(parts: Mapping[str, bytes], sheets: Mapping[str, bytes]) -> frozenset[str]:
    """Before calamine fills a table with blanks up to the last cell, and every cell with its text.

    Gives the tabs whose cells are all usual ones: no formula, no error, none far away.

    Raises:
        UnsafeWorkbookError: a tab would take more memory than any office's.
    """
    usual = frozenset(name for name, xml in sheets.items() if _is_usual(xml))
    for name in sheets.keys() - usual:
        rows, columns = _extent(sheets[name])
        judge_positions(rows * columns)
    strings = next((xml for name, xml in parts.items() if name.lower() == STRINGS), b"")
    most_cells = sum(map(len, sheets.values())) // SMALLEST_TEXT_CELL
    if _some_longer(strings, MOST_TEXT // (most_cells + 1)):
        cells = sum(len(TEXT_CELL.findall(xml)) for xml in sheets.values())
        if _some_longer(strings, MOST_TEXT // (cells + 1)):
            raise UnsafeWorkbookError(trouble="unpacks_too_large")
    return usual


def judge_positions(positions: int) -> None:
    """Of one tab, or of all.

    Raises:
        UnsafeWorkbookError: a filled cell stands too far away.
    """
    if positions > MOST_POSITIONS:
        raise UnsafeWorkbookError(trouble="cell_too_far")


def _judge_names(names: list[str]) -> None:
    if len({name.casefold() for name in names}) < len(names) or any(map(TRICK.search, names)):
        raise UnsafeWorkbookError(trouble="odd_parts")
    if any(map(MACROS.search, names)):
        # Excel refuses such a file, so no office keeps its register in it; whoever sent it renamed
        # a workbook with macros, or hopes that the next reader opens it in another program.
        raise UnsafeWorkbookError(trouble="has_macros")


def _judge_packing(wanted: Iterable[ZipInfo], file_size: int) -> None:
    unpacks_to = 0
    for entry in wanted:
        if entry.flag_bits & 1:
            raise UnsafeWorkbookError(trouble="password_protected")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnsafeWorkbookError(trouble="not_a_workbook")
        unpacks_to += entry.file_size
    if unpacks_to > MOST_UNPACKED or unpacks_to > max(SMALL, MOST_TIMES * file_size):
        raise UnsafeWorkbookError(trouble="unpacks_too_large")


def _part(archive: ZipFile, entry: ZipInfo) -> bytes:
    """The part, never more than it says of itself; a longer one fails its checksum."""
    with archive.open(entry) as part:
        return part.read(entry.file_size)


def _is_usual(xml: bytes) -> bool:
    return not UNUSUAL_CELL.search(xml) and not re.search(WITH_A_PREFIX, xml)


def _extent(xml: bytes) -> tuple[int, int]:
    """Rows and columns up to the last filled cell, or a little more."""
    root = WORKSHEET.search(xml, 0, START)
    prefix = root[1] if root else b""
    others = rb"(?<!<%s)%s|%s" % (prefix[:-1], WITH_A_PREFIX, WITHOUT) if prefix else WITH_A_PREFIX
    if not re.search(ODD_CELL % prefix, xml) and not re.search(others, xml):
        return NEAR_ROWS, NEAR_COLUMNS
    rows = columns = 0
    for start in ANY_CELL.finditer(xml):
        cell = CELL.match(xml, xml.rfind(b"<", 0, start.end()))
        if cell is None:
            return _Cells().extent(xml)
        if not cell["empty"]:
            rows, columns = max(rows, int(cell["row"])), max(columns, _column(cell["letters"]))
    return rows, columns


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column


def _some_longer(strings: bytes, length: int) -> bool:
    """Whether a shared string takes more bytes than that; its markup counts as well."""
    if b"<!" in strings or IN_ATTRIBUTE.search(strings):
        return _Strings().longest(strings) > length
    table = STRING_TABLE.search(strings, 0, START)
    closing = b"</%ssi>" % (table[1] if table else b"")
    done = 0
    while done + length < len(strings):
        end = strings.rfind(closing, done, done + length)
        if end < 0:
            return True
        done = end + len(closing)
    return False


def _parsed(parser: expat.XMLParserType, xml: bytes) -> None:
    try:
        parser.Parse(xml, True)  # noqa: FBT003 – the library's own way: this is all
    except expat.ExpatError as mistake:
        raise UnsafeWorkbookError(trouble="not_a_workbook") from mistake


class _Cells:
    """Where cells stand that do not say so in the usual way: slower, and never too near."""

    ADDRESS = re.compile(r"([A-Z]*)([0-9]+)")

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0

    def extent(self, xml: bytes) -> tuple[int, int]:
        """Rows and columns up to the last cell."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._started
        _parsed(parser, xml)
        return self.rows, self.columns

    def _started(self, name: str, attributes: Mapping[str, str]) -> None:
        local, at = name.rpartition(":")[2], attributes.get("r", "")
        address = self.ADDRESS.fullmatch(at.upper())
        row, column = (_number(address[2]), _column(address[1].encode())) if address else (0, 0)
        if local == "row":
            self.row, self.column = row or self.row + 1, 0
        elif local == "c":
            self.column = max(self.column + 1, column)
            self.rows = max(self.rows, self.row, row)
            self.columns = max(self.columns, self.column)


def _number(digits: str) -> int:
    """A row's number; what is longer than any row's is further away than any."""
    return int(digits) if len(digits) <= len(str(MOST_POSITIONS)) else MOST_POSITIONS + 1


class _Strings:
    """How long shared strings are where their ends cannot be told at a glance."""

    def __init__(self) -> None:
        self.length = self.most = 0

    def longest(self, xml: bytes) -> int:
        """Bytes of the longest one."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._started
        parser.CharacterDataHandler = self._said
        _parsed(parser, xml)
        return self.most

    def _started(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.length = 0

    def _said(self, text: str) -> None:
        self.length += len(text.encode())
        self.most = max(self.most, self.length)
