"""A mistake in a facts file names the file and the key, and never passes in silence."""

from dataclasses import replace
from pathlib import Path

import pytest

from sheets_schema import loader
from sheets_schema.loader import SchemaError, programme, programme_files, registers
from sheets_schema.model import Column, Register

SHIPPED = Path(loader.__file__).parent / "programmes"


def own_year(folder: Path, was: str = "", becomes: str = "", of: int = 2565) -> Path:
    """Write the office's own 2566, a copy of a shipped year with one thing changed."""
    text = (SHIPPED / f"{of}.toml").read_text(encoding="utf-8")
    assert was in text
    copied = text.replace(f"year = {of}", "year = 2566", 1).replace(was, becomes, 1)
    (folder / "2566.toml").write_text(copied, encoding="utf-8")
    return folder


def mistake(folder: Path) -> str:
    with pytest.raises(SchemaError) as raised:
        programme(2566, folder)
    assert raised.value.file == f"{folder.name}/2566.toml"
    return str(raised.value)


def test_a_year_of_the_office_is_one_file(tmp_path: Path) -> None:
    own = programme(2566, own_year(tmp_path))
    assert replace(own, year=2565) == programme(2565)
    assert list(programme_files(tmp_path)) == [2560, 2565, 2566]


@pytest.mark.parametrize(
    ("was", "becomes", "key"),
    [
        ("ladder_ordered", "ladder_order", "ladder_order: unknown key"),
        ("households_per_centre", "households", "targets.households: unknown key"),
        ("weight = 10", "weigth = 10", "readiness.item[5].weigth: unknown key"),
        ('"negotiated"', '"negotiate"', "step[3].done_when: 'negotiate' is not one of"),
        ("closed = ", "shut = ", "classes.names"),
        ('"capital", "members"', '"capital", "age"', "readiness.tie_break[2]: 'age' is not one of"),
        ('unit = "centre"', 'unit = "village"', "form[1].unit: 'village' is not one of"),
        ('id = "centres_all_steps_done"', 'id = "all"', "indicator[3].id: 'all' is not one of"),
        ("ladder_ordered = true", "", "ladder_ordered: is missing"),
        ("gate_level = 3", "", "readiness.gate_level: is missing"),
        ('source = "หนังสือ', 'sauce = "หนังสือ', "sauce: unknown key"),
        ('source = "ข้อ ๑.๑ (๓)"', "", "step[3].source: is missing"),
        ('source = "ข้อ ๑.๑ (๓)"', 'source = " "', "step[3].source: must say where"),
        ('confirmed_by = "ร่าง – ยังไม่มีผู้ยืนยัน"', 'confirmed_by = ""', "confirmed_by: must say"),
        ("gate_level = 3", 'gate_level = "3"', "readiness.gate_level: must be int, is str '3'"),
        ("\ndraft = true", "\ndraft = 1", "classes.draft: must be bool, is int 1"),
        ("due = 2022-07-26", 'due = "2022-07-26"', "form[1].rounds[1].due: must be date"),
        ("top_mark = 5", "top_mark = true", "readiness.top_mark: must be int, is bool True"),
        ('["capital", "members", "village_code"]', '"capital"', "tie_break: must be a list"),
        ("[targets]\nhouseholds_per_centre = 5", "targets = 5", "targets: must be a table"),
        ("number = 3", "number = 4", "step[3].number: must be 3"),
        ('"negotiated"', '"plan_approved"', "plan_evidence_kind: is missing"),
        ('"visits", "readiness"', '"visit", "readiness"', "registers: no register 'visit'"),
        ('"visits", "readiness"', '"visits"', "readiness: needs both"),
        ('"evidence", "activities"', '"proof"', "optional_registers: no register 'proof'"),
        ('"visits.balance"', '"visits.owed"', "required: no column 'visits.owed'"),
        ('"visits.balance"', '"visit.balance"', "form.form_2.required: no column 'visit.balance'"),
        ('"โอนภาระหนี้"]', '"โอนหนี้"]', "single_contract_methods"),
        ("weight = 15", "weight = 16", "readiness"),
        ("not_saved_days = 14", "not_saved_days = 0", "attention.not_saved_days: is 0, must be 1"),
        ("not_saved_days = 14", "", "attention.not_saved_days: is missing"),
        ("[30, 90, 180, 365]", "[]", "classes.ageing_days: must count up from 1"),
        ("[30, 90, 180, 365]", "[0, 90]", "classes.ageing_days: must count up from 1"),
        ("[30, 90, 180, 365]", "[30, 90, 90]", "classes.ageing_days: must count up from 1"),
        ("[30, 90, 180, 365]", "[30, 90.5]", "classes.ageing_days[2]: must be int"),
        ('"head_name"', '"head"', "form.form_1.paper.columns[6].code: 'head' is not one of"),
        ('"ranked_villages"', '"villages"', "form[4].paper.rows: 'villages' is not one of"),
        ('header = "อำเภอ"', 'header = "ที่"', "form_1.paper.columns[2].header: 'ที่' stands twice"),
        ("width = 9", "width = 0", "form.form_1.paper.columns[1].width: is 0, must be 1 or more"),
        ("width = 34, draft", "width = 34, total = true, draft", "[4].total: 'place' does not"),
        ('per = "district"', 'per = "tambon"', "form[1].paper.per: 'tambon' is not one of"),
        ('role = "ผู้รายงาน"', 'rule = "ผู้รายงาน"', "form[1].paper.signatures[1].rule: unknown key"),
        ('scope = "per_centre"', 'scope = "per_village"', "[1].scope: 'per_village' is not"),
        ('scope = "as_it_stands"', "", "indicator[3].scope: is missing"),
        ("target = 1", "target = 0", "indicator.centres_with_all_households.target: is 0"),
        ("target = 1", 'target = 1\ntarget_from = "training_days"', "target_from: stands beside"),
        ('"households_per_centre"', '"training_days"', "targets.training_days is missing"),
        ('scope = "per_centre"', 'scope = "share_of_nation"', "scope: needs targets.institutions"),
        ("target = 1", 'target = 1\nactivity = "course"', "all_households.activity: is needed by"),
        ('"visits.balance"]', '"readiness.village"]', "unit: rows of 'readiness' belong to no"),
        ('"visits.balance"]', '"activities.days"]', "form.form_2.activity: is missing"),
        ('"visits.balance"]', '"visits.balance"]\nactivity = "course"', "no activity 'course'"),
        ("year = 2566", "year = 2567", "year: is 2567, but the file is named 2566.toml"),
        ('title = "', "title = ", "not valid TOML"),
        ("# ปีงบ", "\ufeff# ปีงบ", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_year_names_the_file_and_the_key(
    was: str, becomes: str, key: str, tmp_path: Path
) -> None:
    folder = own_year(tmp_path)
    text = (folder / "2566.toml").read_text(encoding="utf-8")
    assert was in text
    (folder / "2566.toml").write_text(text.replace(was, becomes, 1), encoding="utf-8")
    assert key in mistake(folder)


def test_a_paper_on_villages_needs_the_questionnaire(tmp_path: Path) -> None:
    """A year without readiness cannot rank."""
    text = (own_year(tmp_path) / "2566.toml").read_text(encoding="utf-8")
    start, end = text.index("[readiness]"), text.index("[[indicator]]")
    without = (text[:start] + text[end:]).replace('"visits", "readiness"', '"visits"', 1)
    (tmp_path / "2566.toml").write_text(without, encoding="utf-8")
    assert "form.readiness_sheet.paper.rows: 'readiness_items' needs the" in mistake(tmp_path)


@pytest.mark.parametrize(
    ("was", "becomes", "key"),
    [
        (
            'activity = "debt_course"\n\n[[indicator]]',
            "\n[[indicator]]",
            "training_days.activity: is",
        ),
        ('activity = "debt_course"\n\n[[ind', 'activity = "dance"\n\n[[ind', "no activity 'dance'"),
        (
            'scope = "as_it_stands"',
            'scope = "per_institution"',
            "passing.scope: must be as_it_stands",
        ),
    ],
)
def test_a_mistake_in_an_indicator_of_activities_or_percent_is_named(
    was: str, becomes: str, key: str, tmp_path: Path
) -> None:
    assert key in mistake(own_year(tmp_path, was, becomes, of=2560))


@pytest.mark.parametrize("encoding", ["cp874", "utf-16"])
def test_a_year_saved_in_another_encoding_names_the_file(encoding: str, tmp_path: Path) -> None:
    """Notepad saves Thai in cp874 when asked for ANSI."""
    text = (own_year(tmp_path) / "2566.toml").read_text(encoding="utf-8")
    (tmp_path / "2566.toml").write_bytes(text.encode(encoding))
    assert "UTF-8" in mistake(tmp_path)


def test_a_shipped_year_is_not_replaced(tmp_path: Path) -> None:
    (own_year(tmp_path) / "2566.toml").rename(tmp_path / "2565.toml")
    with pytest.raises(SchemaError, match=r"2565\.toml: year: 2565 is already shipped"):
        programme(2565, tmp_path)


def test_a_file_in_the_folder_of_years_is_named_after_its_year(tmp_path: Path) -> None:
    (own_year(tmp_path) / "2566.toml").rename(tmp_path / "ปี2566.toml")
    with pytest.raises(SchemaError, match=r"ปี2566\.toml: must be named <year>\.toml"):
        programme_files(tmp_path)


def test_no_year_falls_back_to_another() -> None:
    with pytest.raises(KeyError) as raised:
        programme(2564)
    assert raised.value.args == (2564, (2560, 2565))


def test_a_pair_holds_two_values(tmp_path: Path) -> None:
    text = (Path(loader.__file__).parent / "districts.toml").read_text(encoding="utf-8")
    broken = tmp_path / "districts.toml"
    broken.write_text(text.replace("tile = [0, 2]", "tile = [0]", 1), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"district\[1\]\.tile: must hold 2 values"):
        loader.load(type(loader.province()), broken)


KEY = Column("code", "รหัส", "text", key=True)


@pytest.mark.parametrize(
    ("register", "key"),
    [
        (Register("other", "ก", "", "ก", (KEY,)), "code: 'other' must equal the file's name"),
        (Register("own", "ก", "", "ก", ()), "column: exactly one column must be the key"),
        (Register("own", "ก", "", "ก", (KEY, KEY)), "column: exactly one column must be the key"),
        (
            Register("own", "ก", "", "ก", (KEY, Column("a", "ก", "text", refers_to="fund"))),
            "column[2].refers_to: no register 'fund'",
        ),
        (
            Register("own", "ก", "", "ก", (KEY, Column("a", "ก", "text", required_unless="b"))),
            "column[2].required_unless: no such column",
        ),
        (
            Register("own", "ก", "", "ก", (KEY, Column("a", "ก", "choice"))),
            "column[2].choices: a choice needs its list",
        ),
    ],
)
def test_a_mistake_in_a_register_names_the_file_and_the_key(register: Register, key: str) -> None:
    with pytest.raises(SchemaError) as raised:
        loader._check_register("registers/own.toml", register, registers())
    assert str(raised.value).startswith(f"registers/own.toml: {key}")


def test_a_column_belongs_to_the_years_it_was_asked_in() -> None:
    old, new = Column("a", "ก", "text", until=2560), Column("b", "ข", "text", since=2565)
    register = Register("own", "ก", "", "ก", (KEY, old, new))
    held = {year: [c.code for c in register.in_year(year).columns] for year in (2560, 2562, 2565)}
    assert held == {2560: ["code", "a"], 2562: ["code"], 2565: ["code", "b"]}
