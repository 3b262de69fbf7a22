"""Dates of tables compared: a whole month counts if some day of it does."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from services.normalise.columns import Mask
from services.normalise.tables import Table


def on_or_before(table: Table, column: str, day: date) -> Mask:
    """Rows of `frame` whose date may be on or before the day; blank dates are not."""
    return (table.frame[column] <= pd.Timestamp(day)).to_numpy(dtype=np.bool_)


def on_or_after(table: Table, column: str, day: date) -> Mask:
    """Rows of `frame` whose date may be on or after the day; blank dates are not."""
    return (table.last(column) >= pd.Timestamp(day)).to_numpy(dtype=np.bool_)


def between(table: Table, column: str, first: date, last: date) -> Mask:
    """Rows of `frame` whose date may lie within both days, inclusive."""
    return on_or_after(table, column, first) & on_or_before(table, column, last)


def looked_up(keys: pd.Series[Any], by_key: pd.Series[Any]) -> pd.Series[Any]:
    """Each key's value, aligned with the keys; missing where the key is unknown or blank."""
    if isinstance(keys.dtype, pd.CategoricalDtype):
        by_category = by_key.reindex(keys.cat.categories).array
        codes = keys.cat.codes.to_numpy()
        return pd.Series(by_category.take(codes, allow_fill=True), index=keys.index)
    values = by_key.reindex(pd.Index(keys))
    values.index = keys.index
    return values
