"""Official papers: one content model, filled in from opened workbooks, whatever it becomes."""

from __future__ import annotations

from collections.abc import Sequence

from services.compute.reports import Opened
from services.present.papers.paper import Asked, Paper
from services.present.papers.questionnaire import blank, filled
from services.present.papers.sources import Sources
from services.present.papers.tables import table


def papers(asked: Asked, opened: Sequence[Opened] = ()) -> tuple[Paper, ...]:
    """The papers of one file: a table, or the questionnaires of a district's villages.

    `opened` are the year's workbooks, or only the district's. A questionnaire is blank where there
    is no village to print it for.
    """
    sources = Sources(asked, {one.report.district: one for one in opened})
    readiness = asked.programme.readiness
    if asked.layout.rows != "readiness_items" or readiness is None:
        return (table(sources),)
    history = None if asked.district is None else sources.history(asked.district)
    if history is None:
        return (blank(sources, readiness),)
    return tuple(filled(sources, readiness, history.facts)) or (blank(sources, readiness),)
