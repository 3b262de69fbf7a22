"""An invented district: what its registers mean, before anybody types it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.typist import Value
from sheets_schema.model import Column, Programme
from sheets_schema.places import District

AS_OF = date(2022, 7, 19)
CENTRES = 2
FUNDS_PER_CENTRE = 5
TARGETS_PER_CENTRE = 5
VILLAGES = 30
HOUSEHOLDS_PER_DEBT = 0.36
SYLLABLES = ("คำ", "แสง", "บุญ", "ดี", "มา", "สุข", "ทอง", "จันทร์", "แก้ว", "ศรี", "วงค์", "ใจ")
PLACES = ("สันป่า", "ดอนแก้ว", "หนองบัว", "ทุ่งกลาง", "ปางเหนือ", "ห้วยใต้")
OCCUPATIONS = ("ทำนา", "รับจ้างทั่วไป", "ค้าขาย", "ทำสวน", "เลี้ยงสัตว์")
Row = dict[str, Value]


@dataclass(frozen=True)
class Size:
    """How much one district holds."""

    debts: int

    @property
    def households(self) -> int:
        """Households in debt: about two and a half debts each."""
        return max(round(self.debts * HOUSEHOLDS_PER_DEBT), CENTRES * (TARGETS_PER_CENTRE + 1))

    @property
    def contracts(self) -> int:
        """New contracts: one in forty debts."""
        return max(self.debts // 40, CENTRES * TARGETS_PER_CENTRE)


class Invented:
    """One district's year; the same chance tells the same story."""

    def __init__(
        self, district: District, programme: Programme, size: Size, chance: Random
    ) -> None:
        """Name the households, funds and centres that the registers speak of."""
        self.district, self.programme, self.size, self.chance = district, programme, size, chance
        code = district.code
        self.centres = [f"C{code}-{n}" for n in range(1, CENTRES + 1)]
        self.funds = [f"F{code}-{n:02}" for n in range(1, CENTRES * FUNDS_PER_CENTRE + 1)]
        self.households = [f"H{code}-{n:04}" for n in range(1, size.households + 1)]
        self.wanted = CENTRES * TARGETS_PER_CENTRE

    def rows(self, register: str) -> Iterator[Row]:
        """A register's rows by column code; columns not named are left to `filler`."""
        stories = {
            "centres": self._centres,
            "funds": self._funds,
            "households": self._households,
            "debts": self._debts,
            "meetings": self._meetings,
            "contracts": self._contracts,
            "supports": self._supports,
            "visits": self._visits,
            "readiness": self._readiness,
        }
        return stories[register]()

    def filler(self, column: Column) -> Value:
        """Something of the column's type, where the story has nothing to say."""
        if column.type in ("text", "choice"):
            return self.chance.choice(column.choices or PLACES)
        fillers: Mapping[str, Value] = {
            "int": self.chance.randint(column.minimum or 0, column.maximum or 12),
            "baht": self._amount(),
            "percent": self.chance.choice((1, 3, 6, 8, 12)),
            "yesno": self._happens(0.9),
            "date": self._day(),
        }
        return fillers[column.type]

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _amount(self) -> int:
        """Mostly round sums."""
        if self._happens(0.8):
            return self.chance.randint(2, 200) * 500
        return self.chance.randint(1_000, 100_000)

    def _day(self, first: date | None = None) -> date:
        """A day of the year so far, or since `first`."""
        begin = first or self.programme.first_day
        return begin + timedelta(days=self.chance.randint(0, (AS_OF - begin).days))

    def _name(self) -> str:
        given = "".join(self.chance.choices(SYLLABLES, k=2))
        family = "".join(self.chance.choices(SYLLABLES, k=3))
        return f"{self.chance.choice(('นาย', 'นาง', 'นางสาว'))}{given} {family}"

    def _place(self) -> Row:
        return {
            "moo": self.chance.randint(1, 15),
            "village": f"บ้าน{self.chance.choice(PLACES)}",
            "tambon": self.chance.choice(self.district.tambons).name,
        }

    def _centres(self) -> Iterator[Row]:
        for number, code in enumerate(self.centres, 1):
            yield self._place() | {
                "centre_id": code,
                "centre_name": f"ศูนย์ทดลองที่ {number}",
                "founded_year": self.programme.year - number,
                "no_targets": False,
                "no_targets_reason": None,
            }

    def _funds(self) -> Iterator[Row]:
        for number, code in enumerate(self.funds):
            centre = self.centres[number // FUNDS_PER_CENTRE]
            yield {"fund_id": code, "centre_id": centre, "counted": True, "no_debtors": None}

    def _households(self) -> Iterator[Row]:
        for number, code in enumerate(self.households):
            target = number < self.wanted
            row = self._place() | {
                "household_id": code,
                "centre_id": self.centres[number % CENTRES],
                "head_name": self._name(),
                "house_no": f"{self.chance.randint(1, 400)}/{self.chance.randint(1, 9)}",
                "target": target,
                "trained": target,
            }
            if not target:
                row |= dict.fromkeys(("joined_on", "planned_method", "debt_plan_on", "buddy_team"))
            else:
                row["joined_on"] = self.programme.first_day + timedelta(days=number)
            yield row

    def _class(self, outstanding: int, due: date) -> str:
        """The class our draft gives; now and then the office gives another."""
        bounds, late = self.programme.classes, (AS_OF - due).days
        names = dict(bounds.names)
        if self._happens(0.04):
            return self.chance.choice(tuple(names.values()))
        if outstanding == 0:
            return names["closed"]
        if late < -bounds.watch_days_before:
            return names["normal"]
        if late <= bounds.watch_days_after:
            return names["watch"]
        return names["overdue" if late <= bounds.overdue_days_after else "default"]

    def _debts(self) -> Iterator[Row]:
        households = len(self.households)
        for number in range(self.size.debts):
            owner = self.households[number if number < households else self._any(households)]
            principal = self._amount()
            repaid = min(self.chance.randint(0, 40) * 500, principal)
            outstanding = principal - repaid + (500 if self._happens(0.02) else 0)
            taken = self._day(date(2018, 10, 1))
            due = taken + timedelta(days=self.chance.randint(365, 5 * 365))
            fund: str | None = self.chance.choice(self.funds)
            outside = self._happens(0.1)
            yield {
                "debt_id": f"D{self.district.code}-{number + 1:05}",
                "household_id": f"{owner}x" if self._happens(0.003) else owner,
                "debtor_name": self._name(),
                "fund_id": None if outside else fund,
                "other_creditor": "ธ.ก.ส." if outside else None,
                "contract_no": f"{number + 1}/{taken.year + 543}",
                "contract_date": taken,
                "principal": principal,
                "repaid": repaid,
                "outstanding": outstanding,
                "outstanding_at_entry": outstanding if number < 3 * self.wanted else None,
                "due_date": due,
                "debtor_class": self._class(outstanding, due),
                "classified_on": self._day(date(2022, 1, 1)),
                "as_of": self._day(date(2022, 6, 20)),
            }

    def _any(self, below: int) -> int:
        return self.chance.randrange(below)

    def _meetings(self) -> Iterator[Row]:
        for number in range(4 * CENTRES + self.size.contracts // 4):
            named = self.chance.sample(self.households, 3)
            everyone = number < CENTRES
            yield {
                "meeting_id": f"M{self.district.code}-{number + 1:03}",
                "centre_id": self.centres[number % CENTRES],
                "household_id": "ทุกครัวเรือนเป้าหมาย" if everyone else ", ".join(named),
                "receiving_fund_id": self.chance.choice(self.funds),
            }

    def _contracts(self) -> Iterator[Row]:
        for number in range(self.size.contracts):
            yield {
                "contract_no": f"N{self.district.code}-{number + 1:04}",
                "household_id": self.households[number % len(self.households)],
                "receiving_fund_id": self.chance.choice(self.funds),
                "replaces": f"D{self.district.code}-{number + 1:05}",
                "closed_on": None,
            }

    def _supports(self) -> Iterator[Row]:
        for number in range(self.size.contracts):
            household = self.households[number % len(self.households)]
            occupation = self.chance.choice(OCCUPATIONS)
            name = f"S{self.district.code}-{number + 1:04}"
            yield {"support_id": name, "household_id": household, "occupation": occupation}

    def _visits(self) -> Iterator[Row]:
        for number in range(3 * self.size.contracts):
            yield {
                "visit_id": f"V{self.district.code}-{number + 1:04}",
                "household_id": self.households[number % self.size.contracts],
                "visited_on": self._day(date(2022, 4, 1)),
                "problem": None,
            }

    def _readiness(self) -> Iterator[Row]:
        for number in range(VILLAGES):
            tambon = self.district.tambons[number % len(self.district.tambons)]
            yield self._place() | {
                "village_code": f"{tambon.code}{number // len(self.district.tambons) + 1:02}",
                "tambon": tambon.name,
                "governance_level": 3 if self._happens(0.7) else 2,
            }
