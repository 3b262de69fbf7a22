"""How people type one value: numbers or words, Thai or Arabic digits, days in any spelling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sheets_schema.model import BUDDHIST_OFFSET, Column

Value = str | int | bool | date | None
"""What a cell means: money in baht, rates in percent; None where nothing is known."""

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
SHORT_MONTHS = (
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()  # noqa: SIM905
)
MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน "  # noqa: SIM905
    "กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
)
ODD_AMOUNTS = ("ประมาณ 5,000", "1,5OO", "หมื่นสอง", "1,50", "?", "รอตรวจสอบ")
ODD_DAYS = ("ปลายปี", "31/2/2565", "26/7/22", "กลางเดือน", "2565", "ไม่ทราบ")
ODD_CHOICES = ("ไม่แน่ใจ", "รอพิจารณา")
BLANK_SHARE = 0.02


@dataclass(frozen=True)
class Percent:
    """A number cell that the sheet shows as a percentage."""

    hundredths: float


@dataclass(frozen=True)
class Formula:
    """A worked-out cell with its last result."""

    text: str
    shown: float


Typed = str | float | bool | date | Percent | Formula | None


@dataclass(frozen=True)
class Typist:
    """One office's hand: `ticks` are TRUE/FALSE cells, `percent_cells` rates formatted with %."""

    chance: Random
    ticks: bool = False
    percent_cells: bool = False

    def types(self, column: Column, value: Value) -> Typed:
        """The value as this office puts it into the column's cell."""
        must = column.key or column.required
        if value is None or (not must and self.chance.random() < BLANK_SHARE):
            return None
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, bool):
            return self.yes(said=value)
        if isinstance(value, int):
            return {"baht": self.money, "percent": self.rate}.get(column.type, self.count)(value)
        return self.choice(value) if column.type == "choice" else self.words(value)

    def _one(self, shares: dict[str, int]) -> str:
        return self.chance.choices(tuple(shares), tuple(shares.values()))[0]

    def money(self, baht: int) -> Typed:
        """12000, «12,000», «๑๒,๐๐๐», «12,000 บาท», a dash."""
        habit = self._one(
            {"number": 560, "commas": 200, "thai": 90, "unit": 90, "mark": 30, "dash": 25, "odd": 5}
        )
        if habit == "number":
            return float(baht)
        if habit == "dash":
            return "-"
        if habit == "odd":
            return self.chance.choice(ODD_AMOUNTS)
        said = f"{baht:,}"
        return {
            "commas": said,
            "thai": said.translate(THAI),
            "unit": f"{said} บาท",
            "mark": f"{said}.-",
        }[habit]

    def day(self, day: date) -> Typed:
        """A date cell or a text, in the Buddhist or the Common era."""
        shares = {"be": 330, "cell": 200, "be_cell": 20, "short": 150, "thai": 100, "yy": 90}
        habit = self._one(shares | {"iso": 60, "long": 40, "month": 3, "odd": 7})
        year = day.year + BUDDHIST_OFFSET
        if habit == "cell":
            return day
        if habit == "be_cell":
            return None if (day.month, day.day) == (2, 29) else day.replace(year=year)
        if habit == "odd":
            return self.chance.choice(ODD_DAYS)
        return {
            "be": f"{day.day:02}/{day.month:02}/{year}",
            "short": f"{day.day} {SHORT_MONTHS[day.month - 1]} {year}",
            "thai": f"{day.day}/{day.month}/{year}".translate(THAI),
            "yy": f"{day.day}/{day.month}/{year % 100}",
            "iso": day.isoformat(),
            "long": f"{day.day} {MONTHS[day.month - 1]} {year}",
            "month": f"{SHORT_MONTHS[day.month - 1]} {year}",
        }[habit]

    def yes(self, *, said: bool) -> Typed:
        """«ใช่», a tick, Y, 1; or the cell left empty."""
        if self.ticks:
            return said
        habit = self._one({"word": 70, "mark": 15, "letter": 8, "number": 7})
        return {
            "word": "ใช่" if said else "ไม่",
            "mark": "✓" if said else None,
            "letter": "Y" if said else "N",
            "number": float(said),
        }[habit]

    def count(self, number: int) -> Typed:
        """5, «๕», «5 คน»."""
        habit = self._one({"number": 900, "thai": 60, "unit": 38, "odd": 2})
        if habit == "number":
            return float(number)
        thai = str(number).translate(THAI)
        return {"thai": thai, "unit": f"{number} คน", "odd": "หลายคน"}[habit]

    def rate(self, percent: int) -> Typed:
        """6, «6%», «ร้อยละ ๖»; a cell shown as 6 % in some offices."""
        habit = self._one({"number": 80, "sign": 14, "words": 6})
        if habit == "number":
            return Percent(percent / 100) if self.percent_cells else float(percent)
        return f"{percent}%" if habit == "sign" else f"ร้อยละ {percent}".translate(THAI)

    def choice(self, word: str) -> Typed:
        """A word of the list, now and then another one."""
        habit = self._one({"list": 960, "space": 30, "odd": 10})
        return {"list": word, "space": f"{word} ", "odd": self.chance.choice(ODD_CHOICES)}[habit]

    def words(self, text: str) -> Typed:
        """The text, now and then with a stray space."""
        return f" {text}" if self.chance.random() < BLANK_SHARE else text
