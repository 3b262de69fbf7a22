"""Words around the figures, rules, check-up: each is there, is asked for, and has no gap."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

from sheets_schema import chrome
from sheets_schema.checkup import checkup
from sheets_schema.chrome import Phrase, phrase, phrases
from sheets_schema.loader import SchemaError
from sheets_schema.model import VERBS
from sheets_schema.rules import rule, rules

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
EXPLAINED = sorted((ROOT / "services/present/explain").glob("*.py"))
CHECKING = [ROOT / "services/doctor.py", ROOT / "services/google_setup/inspect.py"]


@dataclass(frozen=True)
class Asked:
    """Words asked for in code: a key, «{}» where it is worked out; `blanks` None if not seen."""

    key: str
    blanks: frozenset[str] | None
    where: str


def calls(paths: list[Path], function: str) -> Iterator[Asked]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                key = written(node.args[0])
                if node.func.id == function and key is not None:
                    names = frozenset(word.arg for word in node.keywords if word.arg)
                    open_ended = any(word.arg is None for word in node.keywords)
                    yield Asked(key, None if open_ended else names, f"{path.name}:{node.lineno}")


def written(key: ast.expr) -> str | None:
    """The key as it stands in the code; None where it comes whole from elsewhere."""
    if isinstance(key, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in key.values]
        return "".join(map(str, parts))
    return str(key.value) if isinstance(key, ast.Constant) else None


def texts_in(paths: list[Path]) -> set[str]:
    """Every text that stands in the code, and the last part of those that are paths."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    nodes = (node for tree in trees for node in ast.walk(tree))
    found = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found | {text.rpartition("/")[2] for text in found}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def asked_for(asked: Asked, key: str, texts: set[str]) -> bool:
    """Whether the code's key is, or can become, this one with the texts that stand in the code."""
    pattern = re.escape(asked.key).replace(r"\{\}", "([a-z_]+)")
    found = re.fullmatch(pattern, key)
    return found is not None and set(found.groups()) <= texts


WORDS = list(calls(PAGES, "word"))


def test_every_phrase_a_page_asks_for_exists_and_every_phrase_is_asked_for() -> None:
    texts = texts_in(PAGES)
    fixed = {asked.key for asked in WORDS if "{}" not in asked.key}
    titles = {f"{asked.key}.title" for asked in calls(PAGES, "page")}
    assert len(titles) >= 9
    assert fixed | titles <= set(phrases())
    asked = {key for key in phrases() if any(asked_for(one, key, texts) for one in WORDS)}
    assert set(phrases()) - asked == set()


def test_a_key_that_is_worked_out_always_finds_its_phrase() -> None:
    """The labels of figures stand beside the function that explains them."""
    for asked in WORDS:
        section, _, name = asked.key.partition(".")
        if name == "{}":
            page = next(path for path in PAGES if path.stem == section)
            tuples = (n for n in ast.walk(ast.parse(page.read_text())) if isinstance(n, ast.Tuple))
            found = [[getattr(part, "value", None) for part in one.elts] for one in tuples]
            labels = [one for one in found if one and all(isinstance(part, str) for part in one)]
            assert labels
            keys = {f"{section}.{label}" for one in labels for label in one}
            assert keys <= set(phrases()), asked.where


def test_a_page_fills_every_blank_of_a_phrase_and_no_other() -> None:
    wrong = [
        asked.where
        for asked in WORDS
        if asked.key in phrases()
        and asked.blanks is not None
        and set(asked.blanks) != blanks(phrases()[asked.key].th)
    ]
    assert wrong == []


@pytest.mark.parametrize("both", phrases().values(), ids=phrases())
def test_thai_and_english_say_the_same(both: Phrase) -> None:
    assert blanks(both.th) == blanks(both.en)
    assert re.search("[ก-๙]", re.sub(r"\{.*?\}", "ก", both.th))
    assert both.en.strip()


def test_a_phrase_is_told_in_the_readers_language() -> None:
    assert phrase("province.days_left", "th", days=7) == "อีก 7 วัน ถึงกำหนดส่ง"
    assert phrase("province.days_left", "en", days=7) == "7 days to the next due day"


@pytest.mark.parametrize("line", ['year = "ปี"', 'year = ["ปี"]', 'year = ["ปี", 2565]'])
def test_a_phrase_that_is_not_two_texts_is_named(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / chrome.FILE).write_text(f"[frame]\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(chrome, "HERE", tmp_path)
    with pytest.raises(SchemaError, match=r"frame\.year"):
        phrases.__wrapped__()


def test_every_rule_is_told_beside_some_figure_and_every_figure_has_its_rule() -> None:
    asked = list(calls(EXPLAINED, "rule"))
    assert {one.key for one in asked} | set(VERBS) == set(rules())
    for one in asked:
        assert set(one.blanks or ()) == blanks(rules()[one.key]), one.where
    assert [code for code in VERBS if blanks(rules()[code])] == []


def test_a_rule_is_filled_from_the_year() -> None:
    assert "÷ 5 " in rule("readiness", top=5, gate=3)
    with pytest.raises(KeyError, match="gate"):
        rule("readiness", top=5)


def test_every_check_of_the_check_up_has_its_words_and_every_cure_its_trouble() -> None:
    asked = {one.key for one in calls(CHECKING, "check")}
    assert asked == set(checkup())
    for words in checkup().values():
        assert bool(words.wrong) == bool(words.fix)
        assert words.right or words.wrong
