"""Whether target households have agreed that their data is used; it changes no figure."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from services.compute.facts import Facts

Consent = Literal["yes", "no", "unanswered", "unknown"]
"""`unanswered`: the cell is blank, which is no «no»; `unknown`: it cannot be read, or copies of the
row say different things."""


def consents(facts: Facts) -> list[Consent]:
    """The answer of every target household, in the order of `targets`."""
    table = facts.tables["households"]
    held, unread = table.frame["consent"], table.is_unread("consent")
    if not table.can_read("consent"):
        unread = np.ones_like(unread)
    yes, no = ((held == answer).fillna(value=False).to_numpy(np.bool_) for answer in (True, False))
    said = np.select([unread, yes, no], ["unknown", "yes", "no"], "unanswered")
    rows, numbers = facts.rows_of_targets("households")
    answers = pd.Series(said[rows]).groupby(numbers)
    told: list[Consent] = answers.first().where(answers.nunique() == 1, "unknown").tolist()
    return told
