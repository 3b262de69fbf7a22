"""Households, centres and villages: whether there are enough, and whether all is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from services.compute.classes import UNKNOWN, debt_classes
from services.compute.seen import Seen
from services.issues import Findings
from services.normalise.columns import Mask
from services.normalise.tables import words
from services.normalise.thai import arabic, same_name, tambon_name


def _targets_per_centre(seen: Seen) -> pd.Series[int]:
    """Target households of each row of the centres' frame."""
    centres = seen.table("centres").frame["centre_id"]
    counts = seen.facts.targets.groupby("centre_id").size()
    return pd.Series(counts.reindex(centres, fill_value=0).to_numpy(), index=centres.index)


def _by_count(
    seen: Seen, code: str, out_of_line: Callable[[pd.Series[int], int], pd.Series[bool]]
) -> Iterator[Findings]:
    if not seen.table("households").can_read("household_id", "centre_id", "target"):
        return
    wanted = seen.facts.programme.targets.households_per_centre
    counts = _targets_per_centre(seen)
    mask = out_of_line(counts, wanted).to_numpy(dtype=np.bool_)
    details = [{"found": str(found), "wanted": str(wanted)} for found in counts[mask]]
    values = [str(found) for found in counts[mask]]
    yield from seen.table("centres").findings(code, "centre_id", mask, values, details)


def households_too_few(seen: Seen) -> Iterator[Findings]:
    """Has a centre fewer target households than the year asks for?"""
    yield from _by_count(
        seen, "households_too_few", lambda counts, wanted: (counts > 0) & (counts < wanted)
    )


def households_too_many(seen: Seen) -> Iterator[Findings]:
    """Has a centre more target households than the year asks for?"""
    yield from _by_count(seen, "households_too_many", lambda counts, wanted: counts > wanted)


def no_target_households(seen: Seen) -> Iterator[Findings]:
    """Has a centre no target household, without saying so?"""
    centres = seen.table("centres")
    if not seen.table("households").can_read("household_id", "centre_id", "target"):
        return
    said = centres.frame["no_targets"].fillna(value=False).to_numpy(dtype=np.bool_)
    told = said | centres.is_unread("no_targets") | centres.frame["centre_id"].isna().to_numpy()
    none = (_targets_per_centre(seen) == 0).to_numpy() & ~told
    column = "no_targets" if "no_targets" in centres.places else "centre_id"
    unmarked = "target" not in seen.table("households").places
    for found in centres.findings("no_target_households", column, none):
        yield replace(found, cure="mark_targets" if unmarked else None)


def household_several_funds(seen: Seen) -> Iterator[Findings]:
    """Which households owe several funds?"""
    households = seen.table("households")
    several = seen.history.funds_owed.several
    funds = dict(zip(several.household_ids, several.fund_ids, strict=True))
    mask = np.fromiter((key in funds for key in households.keys), np.bool_, len(households.keys))
    details = [
        {"count": str(len(funds[code])), "funds": ", ".join(funds[code])}
        for code in households.keys[mask]
    ]
    values = [detail["funds"] for detail in details]
    yield from households.findings("household_several_funds", "household_id", mask, values, details)


def household_two_centres(seen: Seen) -> Iterator[Findings]:
    """Does one household stand in two centres: same name, house number, moo and tambon?"""
    households = seen.table("households")
    frame = households.frame
    named = (frame["head_name"].notna() & frame["house_no"].notna()).to_numpy()
    houses = frame["house_no"].map(_same_house, na_action="ignore")
    places = np.flatnonzero(named & ~households.conflicted & _in_two_centres(frame, houses))
    alike: dict[tuple[str, str, str], list[int]] = {}
    for place, name, tambon in zip(
        places.tolist(),
        words(frame["head_name"].iloc[places]),
        words(frame["tambon"].iloc[places]),
        strict=True,
    ):
        where = f"{houses.iloc[place]} {frame['moo'].iloc[place]}"
        alike.setdefault((same_name(name), where, tambon_name(tambon or "")), []).append(place)
    centres = words(frame["centre_id"])
    others: dict[int, str] = {}
    for same in alike.values():
        if len({centres[place] for place in same}) > 1:
            for place in same:
                elsewhere = (other for other in same if centres[other] != centres[place])
                codes = (households.keys[other] for other in elsewhere)
                others[place] = ", ".join(code or "–" for code in codes)
    mask = np.zeros(len(frame), dtype=np.bool_)
    mask[list(others)] = True
    values = [others[place] for place in np.flatnonzero(mask).tolist()]
    details = [{"others": value} for value in values]
    yield from households.findings("household_two_centres", "household_id", mask, values, details)


def _same_house(house: str) -> str:
    return arabic(house).replace(" ", "")


def _in_two_centres(frame: pd.DataFrame, houses: pd.Series[str]) -> Mask:
    """Rows whose house number, in the same moo, stands in more than one centre."""
    rows = pd.DataFrame({"house": houses, "moo": frame["moo"], "centre": frame["centre_id"]})
    pairs = rows.drop_duplicates()
    twice = pairs[pairs.duplicated(["house", "moo"], keep=False)]
    return rows["house"].isin(twice["house"]).to_numpy(dtype=np.bool_)


def meeting_without_household(seen: Seen) -> Iterator[Findings]:
    """Does a meeting name no household?"""
    meetings = seen.table("meetings")
    blank = meetings.frame["household_id"].isna().to_numpy() & ~meetings.is_unread("household_id")
    yield from meetings.findings("meeting_without_household", "household_id", blank)


def class_differs(seen: Seen) -> Iterator[Findings]:
    """Does the office's class of a debt differ from our draft rule?"""
    debts = seen.table("debts")
    names = dict(seen.facts.programme.classes.names)
    theirs = debts.frame["debtor_class"]
    named = theirs.map({name: code for code, name in names.items()}).to_numpy(dtype=object)
    ours = seen.history.classes
    known = theirs.isin(names.values()).to_numpy(dtype=np.bool_) & (ours != UNKNOWN)
    mask = known & (named != ours) & (named != debt_classes(seen.facts, earliest=True))
    details = [{"ours": names[code]} for code in ours[mask]]
    values = words(theirs[mask]).tolist()
    yield from debts.findings("class_differs", "debtor_class", mask, values, details)


def readiness_blank(seen: Seen) -> Iterator[Findings]:
    """Is a village that may be ranked not marked in every item?"""
    readiness, table = seen.facts.programme.readiness, seen.table("readiness")
    if readiness is None:
        return
    level = (table.frame["governance_level"] == readiness.gate_level).fillna(value=False)
    eligible: Mask = level.to_numpy(dtype=np.bool_) & ~table.conflicted
    for item in readiness.items:
        blank = eligible & table.frame[item.code].isna().to_numpy() & ~table.is_unread(item.code)
        details = [{"top": str(readiness.top_mark)}] * int(blank.sum())
        yield from table.findings("readiness_blank", item.code, blank, (), details)


def consent_missing(seen: Seen) -> Iterator[Findings]:
    """Has a target household not agreed that its data is used?"""
    households = seen.table("households")
    target = households.frame["target"].fillna(value=False).to_numpy(dtype=np.bool_)
    agreed = households.frame["consent"].fillna(value=False).to_numpy(dtype=np.bool_)
    silent = target & ~agreed & ~households.is_unread("consent")
    yield from households.findings("consent_missing", "consent", silent)
