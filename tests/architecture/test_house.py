"""The rules of the house that a machine can judge, beside ruff, mypy and the import contracts."""

import ast
import importlib
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).parents[2]
DRAWERS = {"utils", "helpers", "common", "misc"}
MAY_NAME_YEARS = {"services/demo": "the years in which the demo province's story happens"}
REFUSED = {
    r"\.fillna\(0\b": "a blank is not zero",
    r"\bget_all_records\b": "gspread makes 401 of the code 00401",
    r"\bread_excel\b": "pandas makes a number of the text 0812345678",
    r"\bUSER_ENTERED\b": "text from people is never a formula",
    r"except:|except [^\n]*\b(Base)?Exception\b": "the unknown is met loudly",
    r"\.iterrows\(": "no row loops",
    r"\binplace=True": "a function returns something new",
}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def page_scripts() -> list[Path]:
    inside = [path for path in modules("pages") if "_ui" not in path.relative_to(ROOT).parts]
    return [path for path in inside if path.name != "__init__.py"]


def named(paths: Iterable[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


class _WithoutDocstrings(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if isinstance(node.value, ast.Constant) else node


@cache
def code_of(path: Path) -> str:
    """Give what Python reads: no comments, no docstrings, one spelling."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return ast.unparse(_WithoutDocstrings().visit(tree))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def importable() -> list[str]:
    """List every module but those that do something when imported."""
    acting = {*page_scripts(), ROOT / "services" / "__main__.py"}
    return [
        module_name(path)
        for path in modules("services", "sheets_schema", "pages")
        if path not in acting
    ]


def requirements() -> list[str]:
    files = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
    lines = [line.strip() for file in files for line in file.read_text().splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def published_files() -> list[Path]:
    """List the files git holds or would take."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files are published")
    listing = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 – our own words
    paths = [ROOT / name for name in found.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_every_page_stands_one_folder_down() -> None:
    """Directly in pages/, Streamlit would serve it without app.py, so without login."""
    misplaced = [p for p in page_scripts() if len(p.relative_to(ROOT / "pages").parts) != 2]
    assert named(misplaced) == []
    assert page_scripts()


def test_a_page_asks_shows_and_hands_over_in_sixty_lines() -> None:
    assert named(path for path in page_scripts() if line_count(path) > 60) == []


def test_the_app_only_declares_its_navigation() -> None:
    assert line_count(ROOT / "app.py") <= 40


def test_a_module_has_one_subject_and_at_most_300_lines() -> None:
    ours = modules("services", "sheets_schema", "pages", "tests", "bench")
    assert named(path for path in ours if line_count(path) > 300) == []


def test_no_module_is_a_drawer() -> None:
    ours = modules("services", "sheets_schema", "pages", "tests", "bench")
    assert [name for name in named(ours) if DRAWERS & set(re.split(r"[/_.]", name))] == []


def test_every_folder_of_code_is_a_package() -> None:
    """The import contracts cannot see into a folder without __init__.py."""
    folders = {path.parent for path in modules("services", "sheets_schema", "pages")}
    assert named(sorted(f for f in folders if not (f / "__init__.py").exists())) == []


@pytest.mark.parametrize(
    ("words", "home"),
    [
        (r"\bsession_state\b", "pages/_ui/drafts.py"),
        (r"\bcache_(data|resource)\b", "pages/_ui/data.py"),
    ],
)
def test_what_streamlit_remembers_has_one_home(words: str, home: str) -> None:
    users = [
        path for path in [ROOT / "app.py", *modules("pages")] if re.search(words, code_of(path))
    ]
    assert [name for name in named(users) if name != home] == []


@pytest.mark.parametrize(("phrase", "why"), REFUSED.items(), ids=REFUSED.values())
def test_what_spoils_peoples_data_is_refused(phrase: str, why: str) -> None:
    users = [path for path in modules("services", "pages") if re.search(phrase, code_of(path))]
    assert named(users) == [], why


def test_the_years_facts_stand_in_data_never_in_services() -> None:
    year = re.compile(r"(?<![\w.])[2๒][5๕]\d\d(?!\w)")
    excused = tuple(f"{folder}/" for folder in MAY_NAME_YEARS)
    users = named(path for path in modules("services") if year.search(code_of(path)))
    assert [name for name in users if not name.startswith(excused)] == []


@pytest.mark.parametrize("name", importable())
def test_every_module_can_be_imported(name: str) -> None:
    assert importlib.import_module(name)


def test_everyone_imports_only_what_stands_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    assert lint_imports(no_cache=True, no_logo=True) == 0


@pytest.mark.parametrize(("told", "least"), [("README.md", 10), ("docs/threat-model.md", 30)])
def test_every_path_in_a_table_of_the_docs_exists(told: str, least: int) -> None:
    rows = [
        line
        for line in (ROOT / told).read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    words = re.findall(r"`([^`]+)`", "\n".join(rows))
    paths = [word for word in words if re.fullmatch(r"[\w./-]+(/|\.\w+)", word)]
    assert len(paths) >= least
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_glossary_knows_every_register_and_column() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    registers = sorted((ROOT / "sheets_schema" / "registers").glob("*.toml"))
    assert registers
    for register in map(tomllib.loads, (r.read_text(encoding="utf-8") for r in registers)):
        codes = [register["code"], *(column["code"] for column in register["column"])]
        assert [code for code in codes if f"`{code}`" not in glossary] == [], register["code"]


def test_every_library_is_pinned_and_says_why_it_is_here() -> None:
    reasons = (ROOT / "docs" / "decisions" / "009-libraries.md").read_text(encoding="utf-8")
    assert [line for line in requirements() if not re.fullmatch(r"[\w.-]+==\d[\w.]*", line)] == []
    names = [line.partition("==")[0] for line in requirements()]
    assert [name for name in names if f"`{name}`" not in reasons] == []


def test_a_decision_fits_on_a_page() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert decisions
    assert named(path for path in decisions if line_count(path) > 25) == []


def test_no_published_file_names_a_builders_machine() -> None:
    place = re.compile(rb"(?<![\w.~])/(home|root|tmp|work|Users)/")
    published = [path for path in published_files() if path != ROOT / ".ci" / "run"]
    assert named(path for path in published if place.search(path.read_bytes())) == []


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_tests_cannot_reach_the_network() -> None:
    with pytest.raises((SocketConnectBlockedError, AssertionError)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    for look_up in (socket.gethostbyname, socket.gethostbyname_ex, socket.gethostbyaddr):
        with pytest.raises(AssertionError, match="looked up"):
            look_up("sheets.googleapis.com")
    with pytest.raises(AssertionError, match="looked up"):
        socket.create_connection(("sheets.googleapis.com", 443), timeout=1)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as letter,
        pytest.raises(AssertionError, match="sent"),
    ):
        letter.sendto(b"x", ("192.0.2.1", 53))


def test_what_a_test_starts_cannot_reach_the_network_either() -> None:
    words = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    ended = subprocess.run([sys.executable, "-c", words], capture_output=True, check=False)  # noqa: S603 – our own words
    assert b"sent beyond this machine" in ended.stderr
