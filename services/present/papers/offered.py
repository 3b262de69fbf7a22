"""The papers a page offers: which there are in a year, and a district's or the province's file."""

from __future__ import annotations

from services.compute.reports import Opened
from services.present.papers import papers
from services.present.papers.paper import Asked, Paper
from services.present.papers.privacy import personal_columns, without_people
from services.present.papers.todo import todo
from services.present.papers.xlsx import workbook
from services.present.scope import Scope
from sheets_schema.model import Programme


def offered(programme: Programme) -> dict[str, str]:
    """Papers of the year by name -> what the office calls them."""
    return {form.name: form.paper.short for form in programme.forms if form.paper is not None}


def asked(scope: Scope, name: str, district: str | None, *, sample: bool = False) -> Asked:
    """The paper of that name, for a district or for the whole province.

    Raises:
        KeyError: the year has no such paper.
    """
    programme, as_of = scope.programme, scope.report.as_of
    papers_by_name = {form.name: (form, form.paper) for form in programme.forms if form.paper}
    form, layout = papers_by_name[name]
    only = () if scope.is_whole or district else tuple(one.code for one in scope.districts)
    return Asked(programme, form, layout, as_of, district, sample=sample, only=only)


def filled(want: Asked, opened: tuple[Opened, ...], *, people: bool) -> tuple[Paper, ...]:
    """The papers of one file; personal columns are blank unless the viewer may see people."""
    made = papers(want, opened)
    return made if people else tuple(map(without_people, made))


def prints_people(scope: Scope, name: str) -> bool:
    """Whether the paper has columns of people's names, and the viewer gets them filled in."""
    layout = asked(scope, name, None).layout
    named = {column.code for column in layout.columns} & personal_columns()
    return bool(named) and all(scope.viewer.sees_people(one.code) for one in scope.districts)


def todo_file(scope: Scope) -> bytes:
    """The to-do lists of the scope's districts as a workbook, one tab each."""
    return workbook([todo(scope, district) for district in scope.districts])


def notes(made: tuple[Paper, ...]) -> tuple[str, ...]:
    """What the papers' notes say, each once."""
    return tuple(dict.fromkeys(note for paper in made for note in paper.notes))
