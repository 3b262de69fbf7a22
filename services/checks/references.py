"""Codes that should stand in another register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from services.compute.seen import Seen
from services.issues import Findings, reason
from services.normalise.tables import Table, told_code
from services.normalise.thai import fold, tambon_name
from services.normalise.words import listed_codes
from sheets_schema.loader import province
from sheets_schema.model import Column


def unknown_reference(seen: Seen) -> Iterator[Findings]:
    """Does every code stand in the register it speaks of, every tambon in the district?"""
    for table in seen.facts.tables.by_code.values():
        for column in table.register.columns:
            if column.refers_to == "tambons":
                yield from _tambons(seen, table, column)
            elif column.refers_to is not None and column.code in table.places:
                yield from _codes(table, column, seen.table(column.refers_to))


def _tambons(seen: Seen, table: Table, column: Column) -> Iterator[Findings]:
    district = province().by_code[seen.facts.tables.district]
    known = {tambon_name(tambon.name) for tambon in district.tambons}
    place = reason("in_tambons", district=district.name)
    told = {"target": place, "or_else": reason("tambon_as_listed")}
    yield from _strangers(
        table, column, told, lambda text: [] if tambon_name(text) in known else [text]
    )


def _codes(table: Table, column: Column, target: Table) -> Iterator[Findings]:
    key = target.register.key.code
    if not target.can_read(key):
        return
    known = target.known_keys
    everyone = fold(column.everyone) if column.everyone else None

    def unknown(text: str) -> list[str]:
        if everyone and fold(text) == everyone:
            return []
        codes = listed_codes(text) if column.many else (text,)
        return [code for code in codes if code not in known]

    place = reason("in_register", tab=target.register.tab)
    told = {"target": place, "or_else": reason("or_add_row", target=place)}
    yield from _strangers(table, column, told, unknown)


def _strangers(
    table: Table,
    column: Column,
    told: Mapping[str, str],
    unknown: Callable[[str], list[str]],
) -> Iterator[Findings]:
    """Each distinct text is looked up once."""
    texts = table.frame[column.code].array
    strange = {text: codes for text in texts.categories if (codes := unknown(text))}
    mask = np.asarray(texts.isin(list(strange)))
    shown = {text: ", ".join(map(told_code, codes)) for text, codes in strange.items()}
    values = [shown[text] for text in texts[mask]]
    yield from table.findings("unknown_reference", column.code, mask, values, [told] * len(values))
