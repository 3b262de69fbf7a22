"""Rows that carry one key twice: identical copies count once, differing ones not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from services.normalise.body import Body
from services.normalise.columns import Mask, ReadColumn, shown
from services.normalise.reading import UNREAD
from services.normalise.tables import Table


@dataclass(frozen=True, eq=False)
class Copies:
    """Rows of the frame that repeat an earlier one, and rows whose copies differ."""

    surplus: Mask
    differing: Mask


def find_copies(table: Table, columns: Mapping[str, ReadColumn], body: Body) -> Copies | None:
    """Compare the rows of each repeated key as they were read; None where no key is repeated."""
    keys = table.frame[table.register.key.code]
    repeated = keys.duplicated(keep=False).to_numpy() & keys.notna().to_numpy()
    if not repeated.any():
        return None
    by_key: dict[str, list[int]] = {}
    for place in np.flatnonzero(repeated).tolist():
        by_key.setdefault(str(keys.iloc[place]), []).append(place)
    surplus, differing = np.zeros_like(repeated), np.zeros_like(repeated)
    for places in by_key.values():
        if len({tuple(_said(table, columns, body, place)) for place in places}) == 1:
            surplus[places[1:]] = True
        else:
            differing[places] = True
    return Copies(surplus, differing)


def _said(
    table: Table, columns: Mapping[str, ReadColumn], body: Body, place: int
) -> Iterator[tuple[str, ...]]:
    """What a row says in each column of the register: as read, or as typed where unread."""
    for code, read in columns.items():
        if code not in table.places:
            continue
        if read.states[place] in UNREAD:
            yield ("?", shown(body.cell(place, table.places[code])))
        else:
            values = [array[place] for array in read.arrays.values()]
            yield tuple("" if pd.isna(value) else str(value) for value in values)
