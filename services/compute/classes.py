"""Our draft class of a debt by its due day, and of a household by its worst open debt."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.compute.facts import Facts
from services.normalise.columns import Mask

UNKNOWN = "unknown"
CLOSED = "closed"
WORST_LAST = (CLOSED, "normal", "watch", "overdue", "default")


def days_late(facts: Facts, *, earliest: bool = False) -> npt.NDArray[np.float64]:
    """Days from the due day to `as_of` of every row of the debts' frame; nan where it has none.

    Of a due month the last day counts, or with `earliest` the first.
    """
    table = facts.tables["debts"]
    due = table.frame["due_date"] if earliest else table.last("due_date")
    return (pd.Timestamp(facts.as_of) - due).dt.days.to_numpy(dtype=np.float64, na_value=np.nan)


def age_unknown(facts: Facts) -> Mask:
    """Rows of the debts' frame whose due day or balance is not known: unread, or said twice."""
    table = facts.tables["debts"]
    unsure = table.is_unread("due_date") | table.frame["outstanding"].isna().to_numpy()
    return unsure | ("due_date" in table.twice)


def debt_classes(facts: Facts, *, earliest: bool = False) -> npt.NDArray[Any]:
    """The draft class of every row of the debts' frame: a code of WORST_LAST, or `unknown`.

    Bounds are inclusive and counted as `days_late` counts; the year file holds them.
    """
    bounds, late = facts.programme.classes, days_late(facts, earliest=earliest)
    balance = facts.tables["debts"].frame["outstanding"]
    closed = (balance == 0).fillna(value=False).to_numpy(dtype=np.bool_)
    return np.select(
        [
            closed,
            age_unknown(facts),
            np.isnan(late) | (late < -bounds.watch_days_before),
            late <= bounds.watch_days_after,
            late <= bounds.overdue_days_after,
        ],
        [CLOSED, UNKNOWN, "normal", "watch", "overdue"],
        default="default",
    )


def household_classes(facts: Facts) -> dict[str, str]:
    """Household id -> worst class of its open debts; closed if none is open, unknown if unsure."""
    debts = facts.tables["debts"]
    rank = {name: number for number, name in enumerate(WORST_LAST)}
    frame = pd.DataFrame(
        {"household_id": debts.frame["household_id"], "name": debt_classes(facts)}
    )[~debts.conflicted]
    known = frame["name"].map(rank)
    frame = frame.assign(rank=known, unsure=known.isna())
    by_household = frame.groupby("household_id").agg(rank=("rank", "max"), unsure=("unsure", "any"))
    return {
        str(household_id): UNKNOWN
        if unsure and worst != len(WORST_LAST) - 1
        else WORST_LAST[int(worst)]
        for household_id, worst, unsure in zip(
            by_household.index, by_household["rank"], by_household["unsure"], strict=True
        )
    }
