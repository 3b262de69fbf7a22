"""What the districts have sent to the province: the product's own tab in their workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from services.demo.dice import Dice
from services.demo.people import officer_name
from services.demo.rows import YES
from services.demo.story import CENTRES, FIRST
from services.settings import BANGKOK
from services.template import Book, Written
from sheets_schema.forms import Form
from sheets_schema.loader import product_tabs, programme
from sheets_schema.places import District

LAST_SECOND, FIRST_SECOND = time(23, 59, 59), time(0, 0, 0)
DAYS_BEFORE: Mapping[str, int] = {
    "5601": 12,
    "5602": 5,
    "5603": 1,
    "5604": -6,
    "5605": 0,
    "5607": -1,
    "5608": 3,
    "5609": 2,
}
"""How many days before the due day a district of 2560 sends; 5606 has sent nothing. What 5609 sends
of its contracts is empty: it has none."""
AT: Mapping[str, time] = {"5605": LAST_SECOND, "5607": FIRST_SECOND}
"""Sent in the last second of the due day, and in the first one after it."""
EARLY: Mapping[str, tuple[tuple[str, str, date, bool], ...]] = {
    "5601": (
        ("form_1", "5601-1", date(2022, 7, 15), False),
        ("form_1", "5601-2", date(2022, 7, 15), False),
        ("form_2", "5601-1", date(2022, 7, 18), False),
    ),
    "5602": (("readiness_ranking", "5602", date(2022, 7, 14), False),),
    "5605": (("form_1", "5605-1", date(2022, 7, 18), False),),
    "5608": (
        ("form_1", "5608-1", date(2022, 7, 12), True),
        ("form_2", "5608-1", date(2022, 7, 12), True),
    ),
}
"""Form, unit, day and «ไม่มี» of what was sent before today in 2565; most have sent nothing yet."""
Sent = tuple[str, int, str, bool, datetime]
"""Form, round, unit, «ไม่มี», when."""


def write_submissions(book: Book, year: int, district: District) -> None:
    """Add the tab, as far as the district has sent something: it is made with the first report."""
    sent = list(_first_year(district) if year == FIRST else _last_year(district))
    if not sent:
        return
    register = product_tabs()["submissions"]
    tab = book.file.add_worksheet(register.tab)
    tab.set_column(0, len(register.columns), 24)
    for place, column in enumerate(register.columns):
        tab.write_string(0, place, column.header, book.optional)
    for number, one in enumerate(sent, 1):
        for place, value in enumerate(_row(number, one, district)):
            book.put(tab, number, place, value)


def _row(number: int, sent: Sent, district: District) -> list[Written]:
    """The register's columns from the left."""
    form, round_number, unit, declared, moment = sent
    snapshot = f"{Dice(f'{form} {round_number} {unit}').getrandbits(48):012x}"
    return [
        f"{district.code}-{number}",
        form,
        round_number,
        unit,
        YES if declared else "",
        moment.isoformat(),
        officer_name(district),
        snapshot,
        "sent",
        "",
    ]


def _first_year(district: District) -> Iterator[Sent]:
    """Every report of 2560, in the district's habit."""
    if district.code not in DAYS_BEFORE:
        return
    for form in programme(FIRST).forms:
        for one in form.rounds:
            day = one.due - timedelta(days=DAYS_BEFORE[district.code])
            for unit in _units(form, district):
                at = AT.get(district.code, _office_hour(form.name, unit))
                moment = datetime.combine(day, at, BANGKOK)
                yield form.name, one.number, unit, False, moment


def _units(form: Form, district: District) -> list[str]:
    if form.unit == "district":
        return [district.code]
    founded = [c for c in CENTRES if c.district_code == district.code]
    if form.founded_until:
        founded = [centre for centre in founded if centre.founded <= form.founded_until]
    if form.founded_in:
        founded = [centre for centre in founded if centre.founded == form.founded_in]
    return [centre.id for centre in founded]


def _last_year(district: District) -> Iterator[Sent]:
    """What was sent early in 2565."""
    for form, unit, day, declared in EARLY.get(district.code, ()):
        yield form, 1, unit, declared, datetime.combine(day, _office_hour(form, unit), BANGKOK)


def _office_hour(form: str, unit: str) -> time:
    chance = Dice(f"{form} of {unit} at")
    return time(chance.randint(9, 15), chance.randint(0, 59), chance.randint(0, 59))
