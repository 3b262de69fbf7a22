"""Rows put together by what they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from services.compute.facts import Positions


def by_number(numbers: Positions) -> Iterator[tuple[int, Positions]]:
    """Each number from 0 with the rows that carry it, in their order; rows below 0 are left out."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    for start, end in pairwise((*starts.tolist(), len(ordered))):
        yield int(ordered[start]), order[start:end]
