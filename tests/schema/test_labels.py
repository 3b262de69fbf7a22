"""Each label a person may type means one column, one tab, one thing."""

import re
from collections import Counter

import pytest

from services.normalise.locate import ROW_ID, labels
from services.normalise.thai import clean, fold, fold_without_brackets
from services.normalise.workbook import registers_of
from sheets_schema.loader import corrections, programme, programme_files, registers
from sheets_schema.model import Register

HELD = {
    f"{year} {r.code}": r
    for year in programme_files()
    for r in registers_of(programme(year)).values()
}


def twice(words: list[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


@pytest.mark.parametrize("register", HELD.values(), ids=HELD)
def test_each_label_means_one_column(register: Register) -> None:
    codes = [column.code for column in register.columns]
    assert twice(codes) == []
    assert ROW_ID not in codes
    said = [
        {fold(label) for label in (c.header, *c.aliases)} | {fold_without_brackets(c.header)}
        for c in register.columns
    ]
    assert twice([label for spellings in said for label in spellings]) == []
    assert "" not in labels(register)


def test_each_tab_name_means_one_register() -> None:
    names = [{fold(name) for name in (r.tab, *r.aliases)} for r in registers().values()]
    assert twice([name for spellings in names for name in spellings]) == []


def test_one_column_has_one_header_and_type_wherever_it_stands() -> None:
    """A household's code is typed the same way in every tab that names a household."""
    for code in ("centre_id", "household_id", "moo", "village", "tambon", "link", "members"):
        held = {
            (c.header, c.type, c.aliases[:2])
            for r in registers().values()
            for c in r.columns
            if c.code == code
        }
        assert len(held) == 1, code


@pytest.mark.parametrize("register", registers().values(), ids=registers())
def test_what_a_register_holds_is_told_to_the_people_who_fill_it(register: Register) -> None:
    assert register.key.required
    for column in register.columns:
        assert clean(column.header) == column.header
        assert column.pattern is None or re.compile(column.pattern)
        assert column.refers_to is None or column.type == "text"
        assert len({fold(choice) for choice in column.choices}) == len(column.choices)


def test_people_are_personal_data() -> None:
    personal = {f"{r.code}.{c.code}" for r in registers().values() for c in r.columns if c.personal}
    assert personal == {"households.head_name", "debts.debtor_name", "contracts.guarantor"}


def test_a_known_spelling_has_one_meaning_and_is_written_clean() -> None:
    known = corrections()
    assert not set(known.yes) & set(known.no)
    assert not set(known.blank) & {*known.yes, *known.no, *known.none}
    for words in (known.yes, known.no, known.none, known.total_words, known.note_words):
        assert [word for word in words if clean(word) != word or word.casefold() != word] == []
    months = dict(known.months)
    assert sorted(set(months.values())) == list(range(1, 13))
    assert len(months) == len(known.months)


def test_the_years_methods_and_evidence_exist() -> None:
    methods = set(registers()["contracts"].by_code["method"].choices)
    assert (
        registers()["households"].by_code["planned_method"].choices
        == registers()["contracts"].by_code["method"].choices
    )
    for year in programme_files():
        loaded = programme(year)
        assert set(loaded.single_contract_methods) <= methods
        assert {name for _, name in loaded.classes.names} == set(
            registers()["debts"].by_code["debtor_class"].choices
        )
        assert loaded.plan_evidence_kind in {None, *(kind.number for kind in loaded.evidence_kinds)}
