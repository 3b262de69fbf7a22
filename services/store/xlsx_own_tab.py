"""The product's own tab in a workbook file: added behind the others, or filled anew."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from services.store.base import OwnTab
from services.store.own_tab import cells_of
from services.store.sheet_places import located
from services.store.sheet_xml import Sheet, spliced
from services.store.xlsx_notes import RELATIONS
from services.store.xlsx_package import Package
from services.store.xlsx_parts import Parts
from services.store.xlsx_patch import patched
from services.store.xml_bytes import appended, pieces, plain, prefix_of

WORKBOOK = "xl/workbook.xml"
WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
WIDTH = 30
BLANK = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cols><col min="1" max="{columns}" width="{width}" customWidth="1"/></cols><sheetData/>'
    "</worksheet>"
)


def posted(data: bytes, wanted: OwnTab) -> bytes:
    """The file whose tab of that name holds exactly this.

    Raises:
        CannotWriteError: the file is put together in a way nobody writes.
    """
    package = Package(data)
    path = Parts(package.parts).paths.get(wanted.name) or _added(package, wanted)
    xml = package.parts[path]
    table = located(xml).data
    named = prefix_of(xml, b"sheetData") + b"sheetData"
    empty = xml[: table.start] + b"<%s/>" % named + xml[table.end :]
    splices = patched(Sheet(empty), cells_of(wanted))
    package.put(path, spliced(empty, sorted(splices)))
    return package.packed()


def _added(package: Package, wanted: OwnTab) -> str:
    """A blank tab; its part."""
    blank = BLANK.format(columns=len(wanted.rows[0]), width=WIDTH).encode()
    path = package.add("worksheets/sheet", "xml", blank, WORKSHEET)
    number = package.relate(WORKBOOK, "worksheet", path)
    xml = plain(package.parts[WORKBOOK])
    last = max(int(one.get(b"sheetId") or 0) for one in pieces(xml, b"sheet"))
    p = prefix_of(xml, b"sheets").decode()
    told = f'<{p}sheet name={quoteattr(wanted.name)} sheetId="{last + 1}"'
    told += f' xmlns:r="{RELATIONS}" r:id="{number}"/>'
    package.put(WORKBOOK, appended(xml, b"sheets", told.encode("ascii", "xmlcharrefreplace")))
    return path
