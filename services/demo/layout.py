"""How each district's workbook looks: titles above, columns moved, headers in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.demo.dice import Dice
from services.demo.people import thai
from services.demo.rows import Ledger
from services.demo.story import FIRST
from services.normalise.locate import labels
from services.normalise.thai import fold
from services.template import Heading, Sheet
from sheets_schema.model import Column, Register

COUNTER = "ลำดับ"
"""The running number many sheets begin with; it is no code."""


INSTITUTION = "สถาบัน"


@dataclass(frozen=True)
class Look:
    """One district's habits: rows above the header, and what else it adds or moves."""

    titles: int = 0
    moved: bool = False
    own_words: bool = False
    counted: bool = False
    own_column: str | None = None
    total: bool = False
    signed: bool = False
    own_tab: str | None = None


LOOKS: Mapping[str, Look] = {
    "5601": Look(titles=2, counted=True, total=True, signed=True),
    "5602": Look(own_words=True, own_column="หมายเหตุของอำเภอ"),
    "5603": Look(titles=3, moved=True, signed=True),
    "5604": Look(),
    "5605": Look(own_words=True, counted=True, total=True, own_tab="สรุปของอำเภอ"),
    "5606": Look(titles=1, own_column="สถานะเอกสาร"),
    "5607": Look(titles=2, total=True, signed=True, own_tab="บันทึกช่วยจำ"),
    "5608": Look(moved=True, counted=True),
    "5609": Look(),
}


def titles(ledger: Ledger, register: Register, look: Look) -> list[str]:
    """Lines above the header."""
    return [
        f"ทะเบียน{register.tab} ประจำปีงบประมาณ พ.ศ. {thai(ledger.year)}",
        f"สำนักงานพัฒนาชุมชนอำเภอ{ledger.district.name} (ข้อมูลสมมติ)",
        "โปรดกรอกให้ครบทุกช่อง",
    ][: look.titles]


def sheet_of(ledger: Ledger, register: Register, look: Look) -> Sheet:
    """Where the register's columns stand in this workbook, and under which headers."""
    chance = Dice(f"{ledger.year} {ledger.district.code} {register.code}")
    columns = list(register.columns)
    if look.moved:
        columns.insert(1, columns.pop())
        columns.insert(3, columns.pop(-2))
    lost, twice = ledger.without_header.get(register.code), ledger.twice.get(register.code)
    headings: list[Heading] = [
        (None, f"{column.header}ในหมู่บ้าน")
        if column.code == lost
        else (column, _header(ledger.year, register, column, (look, chance)))
        for column in columns
    ]
    if look.counted:
        headings.insert(0, (None, COUNTER))
    if look.own_column:
        headings.append((None, look.own_column))
    headings += [(None, header) for column, header in headings if column and column.code == twice]
    return Sheet(_tab_name(ledger, register, look), tuple(headings), look.titles)


def _header(year: int, register: Register, column: Column, how: tuple[Look, Dice]) -> str:
    """The register's header, or another word for it; in 2560 a centre was an institution."""
    look, chance = how
    known = labels(register)
    mine = [alias for alias in column.aliases if known[fold(alias)][0] == column.code]
    former = [alias for alias in mine if INSTITUTION in alias] if year == FIRST else []
    if former:
        return former[0]
    return chance.choice(mine) if look.own_words and mine and chance.happens(50) else column.header


def _tab_name(ledger: Ledger, register: Register, look: Look) -> str:
    strange = ledger.strange_tab.get(register.code)
    if strange:
        return strange
    if look.own_words and register.aliases:
        return register.aliases[0]
    return register.tab
