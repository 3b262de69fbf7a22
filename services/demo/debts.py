"""Member funds, households and what they owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.demo.dice import Dice
from services.demo.people import Person, households, officer_name
from services.demo.rows import NO, YES, Meant, Row
from services.demo.story import FIRST, LAST, Centre

TODAY = date(2022, 7, 19)
FUND_TYPES = ("กลุ่มออมทรัพย์เพื่อการผลิต", "กองทุนหมู่บ้าน", "กข.คจ.", "กองทุนพัฒนาบทบาทสตรี")
FUND_NAMES = ("กลุ่มออมทรัพย์", "กองทุนหมู่บ้าน", "โครงการ กข.คจ.", "รวมใจพัฒนา กองทุนสตรี")
METHODS = ("รวมหนี้ ๑ ครัวเรือน ๑ สัญญา", "โอนภาระหนี้")
NO_DEBTORS_IN = "5606-1"
"""The centre whose last fund has no debtors, and says so."""
NOT_COUNTED_IN = "5605-1"
"""The centre whose last fund stands outside its capital."""
CLASSES = (("ปกติ", 40, 600), ("เฝ้าระวัง", -10, 10), ("ค้างชำระ", -300, -60), ("ผิดนัดชำระ", -900, -400))
"""Class of a debt with the days from today to its due day; far from the draft rule's bounds."""


@dataclass(frozen=True)
class CentreYear:
    """One centre's people and debts in one year; `targets` are rows of `people`."""

    centre: Centre
    year: int
    funds: list[Row]
    people: list[Row]
    targets: list[Row]
    debts: dict[str, list[Row]]

    def chance(self, subject: str) -> Dice:
        """The subject's own dice, so that one story does not move another."""
        return Dice(f"{self.year} {self.centre.id} {subject}")

    @property
    def receiving_fund(self) -> Row:
        """The fund that takes the debts over."""
        return self.funds[0]

    def before(self, household: Row) -> int:
        """What the household owed when it joined, in baht."""
        owed = self.debts[household.text("household_id")]
        return sum(debt.baht("outstanding_at_entry") for debt in owed)


def first_day(year: int) -> date:
    """The fiscal year's 1 October."""
    return date(year - 544, 10, 1)


def day_in(chance: Dice, year: int, earliest: int, latest: int) -> date:
    """A day that many days into the fiscal year; never after the 28th, so every calendar has it."""
    day = first_day(year) + timedelta(days=chance.randint(earliest, latest))
    return day.replace(day=min(day.day, 28))


def centre_year(centre: Centre, year: int) -> CentreYear:
    """The centre's funds, households and debts."""
    story = centre.story(year)
    funds = _funds(centre, year)
    people = [
        _household(centre, year, person, number < story.targets)
        for number, person in enumerate(households(centre.id, centre.order, centre.household_code))
    ]
    targets = people[: story.targets]
    whole = CentreYear(centre, year, funds, people, targets, {})
    lending = funds[: story.surveyed]
    if centre.id == NO_DEBTORS_IN:
        lending = lending[:-1]
    _lend(whole, [fund.text("fund_id") for fund in lending])
    return whole


def centre_row(whole: CentreYear) -> Row:
    """The centre's own row: its capital is that of its counted funds."""
    centre, body = whole.centre, "ศูนย์ฯ" if whole.year == LAST else "สถาบันฯ"
    counted = [fund.cells["capital"] for fund in whole.funds if fund.cells["counted"] != NO]
    return Row(
        {
            "centre_id": centre.id,
            "centre_name": f"{body} {centre.village}",
            "tambon": centre.tambon.name,
            "moo": centre.moo,
            "village": centre.village,
            "founded_year": centre.founded,
            "core_fund": FUND_NAMES[0] + centre.village,
            "is_model": YES if centre.order == 1 else None,
            "members": 180 + 17 * centre.order,
            "capital": float(sum(Decimal(str(capital)) for capital in counted)),
            "officer": officer_name(centre.district, centre.number),
        }
    )


def _funds(centre: Centre, year: int) -> list[Row]:
    chance = Dice(f"{year} funds of {centre.id}")
    rows: list[Row] = []
    for number in range(centre.funds):
        last = number == centre.funds - 1
        none = last and centre.id == NO_DEBTORS_IN
        outside = last and centre.id == NOT_COUNTED_IN
        rows.append(
            Row(
                {
                    "fund_id": f"{centre.id}-F{number + 1}",
                    "centre_id": centre.id,
                    "fund_name": FUND_NAMES[number] + centre.village,
                    "fund_type": FUND_TYPES[number],
                    "members": chance.randint(40, 160),
                    "capital": chance.randint(200_000, 900_000) + chance.randint(0, 3) / 4,
                    "counted": NO if outside else None,
                    "lending_limit": 200_000 if number == 0 else 50_000,
                    "debtors_as_of": day_in(chance, year, 200, 240),
                    "no_debtors": YES if none else None,
                }
            )
        )
    return rows


def _household(centre: Centre, year: int, person: Person, target: bool) -> Row:  # noqa: FBT001 – two kinds of household
    chance = Dice(f"{year} {person.household_id} {centre.id}")
    cells: dict[str, Meant] = {
        "household_id": person.household_id,
        "centre_id": centre.id,
        "head_name": person.name,
        "house_no": person.house_no,
        "moo": centre.moo,
        "village": centre.village,
        "tambon": centre.tambon.name,
        "members": person.members,
        "occupation": person.occupation,
        "income_year": chance.randint(40, 180) * 1000,
        "expense_year": chance.randint(35, 150) * 1000,
    }
    if target:
        cells |= {
            "target": YES,
            "joined_on": day_in(chance, year, 35, 90),
            "trained": YES,
            "planned_method": chance.choice(METHODS),
            "debt_plan_on": day_in(chance, year, 95, 130),
            "buddy_team": f"ทีมตัวอย่าง {chance.randint(1, 3)}",
            "consent": YES,
        }
    return Row(cells)


def _lend(whole: CentreYear, funds: list[str]) -> None:
    """One to three debts per household over the funds; target households owe at least two."""
    chance = whole.chance("debts")
    targets = {household.text("household_id") for household in whole.targets}
    number = 0
    for household in whole.people:
        code = household.text("household_id")
        several = chance.choice((2, 3)) if code in targets else chance.choice((1, 1, 1, 1, 2, 3))
        whole.debts[code] = []
        for fund in chance.sample(funds, min(several, len(funds))):
            number += 1
            debt = _debt(whole, household, fund, chance)
            debt.cells["debt_id"] = f"{whole.centre.id}-D{number:03}"
            if code not in targets:
                del debt.cells["outstanding_at_entry"]
            whole.debts[code].append(debt)


def _debt(whole: CentreYear, household: Row, fund: str, chance: Dice) -> Row:
    principal = chance.randint(10, 40) * 1000
    repaid = chance.randrange(0, principal * 3 // 4, 500)
    target = household.cells.get("target") == YES
    if not target and chance.happens(12):
        repaid = principal
    outstanding = principal - repaid
    debtor_class, due = _class_and_due(whole, outstanding, chance)
    made = day_in(chance, whole.year - chance.randint(1, 4), 0, 360)
    return Row(
        {
            "household_id": household.cells["household_id"],
            "debtor_name": household.cells["head_name"],
            "fund_id": fund,
            "contract_no": f"{chance.randint(1, 99)}/{made.year + 543}",
            "contract_date": made,
            "principal": principal,
            "repaid": repaid,
            "outstanding": outstanding,
            "outstanding_at_entry": outstanding + min(repaid, chance.randrange(0, 3000, 500)),
            "rate": chance.choice((3, 6, 8, 12)),
            "due_date": due,
            "debtor_class": debtor_class,
            "classified_on": day_in(chance, whole.year, 100, 140) if debtor_class else None,
            "as_of": day_in(chance, whole.year, 210, 240),
        }
    )


def _class_and_due(
    whole: CentreYear, outstanding: int, chance: Dice
) -> tuple[str | None, date | None]:
    """The class a fund gives, and the due day that goes with it.

    Looked at from today, every due day of 2560 is long past; there only bad debts carry one.
    """
    picked = chance.choices(CLASSES, (70, 8, 14, 8))[0]
    name, earliest, latest = picked
    classified = whole.centre.story(whole.year).classified or chance.happens(30)
    if whole.year == FIRST:
        bad = picked == CLASSES[-1]
        due = date(2015, 3, 1) - timedelta(days=chance.randint(0, 300)) if bad else None
        name = name if bad else CLASSES[0][0]
    else:
        due = TODAY + timedelta(days=chance.randint(earliest, latest))
    if outstanding == 0:
        name = "ปิดบัญชี"
    return (name if classified else None), (due and due.replace(day=min(due.day, 28)))
