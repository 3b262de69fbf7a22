"""Rows of papers on target households (แบบ ๑ and แบบ ๒ of 2565): each column, defined once.

A column is a function from a workbook to household id -> value. Of a household whose copies differ
only what all copies say is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.compute.classes import household_classes
from services.issues import reason
from services.present.papers.entered import ByHousehold, Entered, first, latest, listed, only
from services.present.papers.paper import Value, values
from services.present.papers.thai_words import thai_numerals
from sheets_schema.loader import corrections


def _column(code: str) -> Callable[[Entered], ByHousehold]:
    return lambda entered: entered.own(code)


def _centre_column(code: str) -> Callable[[Entered], ByHousehold]:
    return lambda entered: entered.of_centre(code)


def _household_id(entered: Entered) -> ByHousehold:
    return {h.household_id: h.household_id for h in entered.outcomes}


def _place(entered: Entered) -> ByHousehold:
    """Village, moo and tambon in one text."""
    moo, village, tambon = (entered.own(code) for code in ("moo", "village", "tambon"))
    places: dict[str, Value] = {}
    for who in entered.facts.target_ids:
        words = (
            None if moo[who] is None else thai_numerals(f"ม.{moo[who]}"),
            _titled("บ้าน", ("บ้าน", "บ."), village[who]),
            _titled("ต.", corrections().tambon_prefixes, tambon[who]),
        )
        places[who] = " ".join(filter(None, words)) or None
    return places


def _titled(title: str, known: tuple[str, ...], name: Value) -> str | None:
    """A name with its title, unless it was typed with one."""
    if name is None:
        return None
    return str(name) if str(name).startswith(known) else f"{title}{name}"


def _centre_name(entered: Entered) -> ByHousehold:
    """The centre's name; its code where the register does not name it."""
    names = entered.of_centre("centre_name")
    return {h.household_id: names[h.household_id] or h.centre_id for h in entered.outcomes}


def _creditors(entered: Entered) -> ByHousehold:
    """Funds by their names, and other creditors, of the debts the household entered with."""
    table = entered.facts.tables["debts"]
    funds, others = values(table, "fund_id"), values(table, "other_creditor")
    named = {
        who: dict.fromkeys(
            str(entered.fund_names.get(str(funds[r])) or funds[r] or others[r])
            for r in rows
            if funds[r] or others[r]
        )
        for who, rows in entered.debts.items()
    }
    return {who: ", ".join(found) or None for who, found in named.items()}


def _debtor_class(entered: Entered) -> ByHousehold:
    """Our draft class by the worst open debt; None where it is not known."""
    names = dict(entered.facts.programme.classes.names)
    classes = household_classes(entered.facts)
    return {who: names.get(classes.get(who, "")) for who in entered.debts}


def _receiving_fund(entered: Entered) -> ByHousehold:
    """Funds that took the debt over by contract; before that, by a meeting's decision."""
    tables, found = entered.facts.tables, {}
    for register, rows in (("meetings", entered.meetings), ("contracts", entered.contracts)):
        ids = values(tables[register], "receiving_fund_id")
        for who, own in rows.items():
            funds = dict.fromkeys(str(ids[row]) for row in own if ids[row])
            if funds:
                found[who] = ", ".join(str(entered.fund_names.get(f) or f) for f in funds)
    return found


def _surveyed_on(entered: Entered) -> ByHousehold:
    return latest(entered.facts, "debts", "as_of", entered.debts)


def _classified_on(entered: Entered) -> ByHousehold:
    return latest(entered.facts, "debts", "classified_on", entered.debts)


def _negotiated_on(entered: Entered) -> ByHousehold:
    return first(entered.facts.tables["meetings"], "held_on", entered.meetings)


def _contract_signed_on(entered: Entered) -> ByHousehold:
    return first(entered.facts.tables["contracts"], "signed_on", entered.contracts)


def _support_started_on(entered: Entered) -> ByHousehold:
    return first(entered.facts.tables["supports"], "started_on", entered.supports)


def _visited_on(entered: Entered) -> ByHousehold:
    return latest(entered.facts, "visits", "visited_on", entered.visits)


def _figure(name: str) -> Callable[[Entered], ByHousehold]:
    return lambda entered: {h.household_id: getattr(h, name) for h in entered.outcomes}


def _cleared(entered: Entered) -> ByHousehold:
    """A tick or a cross; nothing where the outcome is unknown."""
    marks = {"cleared": reason("mark_yes"), "unknown": None}
    no = reason("mark_no")
    return {h.household_id: marks.get(h.outcome, no) for h in entered.outcomes}


def _contract_no(entered: Entered) -> ByHousehold:
    return listed(entered.facts.tables["contracts"], "contract_no", entered.contracts)


def _support(entered: Entered) -> ByHousehold:
    """What was supported and how."""
    table = entered.facts.tables["supports"]
    what, how = (listed(table, code, entered.supports) for code in ("occupation", "support"))
    return {who: ": ".join(str(t) for t in (what[who], how[who]) if t) or None for who in what}


def _income_after(entered: Entered) -> ByHousehold:
    return only(entered.facts.tables["visits"], "income_year", entered.visits)


def _problem(entered: Entered) -> ByHousehold:
    return listed(entered.facts.tables["visits"], "problem", entered.visits)


COLUMNS: Mapping[str, Callable[[Entered], ByHousehold]] = {
    "household_id": _household_id,
    "place": _place,
    "centre_name": _centre_name,
    "head_name": _column("head_name"),
    "members": _column("members"),
    "occupation": _column("occupation"),
    "development_level": _centre_column("development_level"),
    "creditors": _creditors,
    "debt_at_entry": _figure("before"),
    "debtor_class": _debtor_class,
    "planned_method": _column("planned_method"),
    "receiving_fund": _receiving_fund,
    "buddy_team": _column("buddy_team"),
    "officer": _centre_column("officer"),
    "joined_on": _column("joined_on"),
    "surveyed_on": _surveyed_on,
    "classified_on": _classified_on,
    "negotiated_on": _negotiated_on,
    "contract_signed_on": _contract_signed_on,
    "support_started_on": _support_started_on,
    "visited_on": _visited_on,
    "before": _figure("before"),
    "after": _figure("after"),
    "reduced": _figure("reduced"),
    "percent": _figure("percent"),
    "cleared": _cleared,
    "contract_no": _contract_no,
    "support": _support,
    "income_before": _column("income_year"),
    "income_after": _income_after,
    "problem": _problem,
}
"""`number` and `district` are the paper's own (`services.present.papers.filling`)."""
