"""Every verb gives on Google's sheets what it gives on the same workbooks as files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.cli import main
from services.demo import write_demo
from tests.support.google.books import ROBOT
from tests.support.google.client import LocalGoogle
from tests.support.google.province import Links, add_province, write_secrets

DAY = "2022-07-19"
ELSEWHERE = {"url", "workbook"}
"""Keys that say where a cell stands, not what it holds."""
OF_FILES_ONLY: set[str] = set()
"""Findings that only a file can have; the demo province has none of them."""


@dataclass(frozen=True)
class Both:
    """The demo province twice: as files, and in the local Google."""

    folder: Path
    secrets: Path
    links: Links


@pytest.fixture(scope="module")
def both(google_process: LocalGoogle, tmp_path_factory: pytest.TempPathFactory) -> Both:
    google_process.reset()
    place = tmp_path_factory.mktemp("both")
    write_demo(place / "demo")
    links = add_province(google_process, place / "demo")
    secrets = write_secrets(place / "secrets.toml", google_process, links, date.fromisoformat(DAY))
    return Both(place / "demo", secrets, links)


@pytest.fixture
def live(both: Both, monkeypatch: pytest.MonkeyPatch) -> Both:
    monkeypatch.delenv("KONGTHUN_DATA", raising=False)
    monkeypatch.setenv("KONGTHUN_SECRETS", str(both.secrets))
    monkeypatch.setenv("KONGTHUN_HISTORY", str(both.folder.parent / "history"))
    return both


def without(told: Any, *, dropped: set[str]) -> Any:
    if isinstance(told, dict):
        return {k: without(v, dropped=dropped) for k, v in told.items() if k not in dropped}
    if isinstance(told, list):
        rest = [without(one, dropped=dropped) for one in told]
        return [
            one for one in rest if not (isinstance(one, dict) and one.get("code") in OF_FILES_ONLY)
        ]
    return told


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = main([*words, "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    return code, json.loads(out)


@pytest.mark.parametrize("year", ["2565", "2560"])
@pytest.mark.parametrize(
    "verb", ["check", "progress", "outcomes", "rank", "indicators", "reporting"]
)
def test_a_verb_says_the_same_of_sheets_and_of_files(
    verb: str, year: str, live: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (verb, "--year", year, "--as-of", DAY)
    of_files = said(capsys, *words, "--data", str(live.folder))
    of_sheets = said(capsys, *words)
    assert of_sheets[0] == of_files[0]
    assert without(of_sheets[1], dropped=ELSEWHERE) == without(of_files[1], dropped=ELSEWHERE)
    if verb in ("check", "progress"):
        urls = [cell["url"] for cell in cells_in(of_sheets[1])]
        assert urls
        assert all(url.startswith("https://docs.google.com/spreadsheets/d/") for url in urls)
        assert {cell["url"] for cell in cells_in(of_files[1])} == {None}


def cells_in(told: Any) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        if "a1" in told:
            yield told
        for value in told.values():
            yield from cells_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from cells_in(value)


@pytest.mark.parametrize("paper", ["form_1", "form_2", "readiness_sheet", "readiness_ranking"])
def test_a_paper_rests_on_the_same_cells(
    paper: str, live: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[Any] = []
    for source in (["--data", str(live.folder)], []):
        words = ["form", paper, "--year", "2565", "--as-of", DAY, "--district", "5601", *source]
        out = ["--format", "xlsx", "--out", str(tmp_path / f"{len(told)}.xlsx")]
        code, form = said(capsys, *words, *out)
        assert code == 0
        told.append(without(form, dropped={"file"}))
    assert told[0] == told[1]
    assert len(told[0]["snapshot"]) == 12


def test_without_google_the_last_copies_answer_and_their_age_is_told(
    live: Both,
    google_process: LocalGoogle,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert live.links
    monkeypatch.setenv("KONGTHUN_HISTORY", str(tmp_path))
    words = ("progress", "--year", "2565", "--as-of", DAY)
    before = said(capsys, *words)
    google_process.fault(status=401, times=None)
    copies = sorted((tmp_path / "last_good" / "2565").iterdir())
    (tmp_path / "last_good" / "2565" / copies[0].name).unlink()
    try:
        code = main([*words, "--json"])
        out, err = capsys.readouterr()
        assert code == 0
        assert len(json.loads(out)["centres"]) < len(before[1]["centres"])
        assert err.count("ใช้ข้อมูลที่อ่านไว้เมื่อ") == 8
        for copy in copies[1:]:
            copy.unlink()
        assert main([*words, "--json"]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("กุญแจของ service account ใช้ไม่ได้")) == ("", 1)
    finally:
        google_process.clear_faults()


def test_a_year_nobody_linked_is_one_sentence(
    live: Both, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert live.links
    secrets = tmp_path / "secrets.toml"
    text = live.secrets.read_text(encoding="utf-8").replace(
        "[google.years.2560]", "[google.years.2559]"
    )
    secrets.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KONGTHUN_SECRETS", str(secrets))
        assert main(["progress", "--year", "2560", "--json"]) == 2
    assert "[google.years.2560]" in capsys.readouterr().err


def test_the_doctor_says_what_of_google_is_to_be_put_right(
    live: Both,
    google_process: LocalGoogle,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = live.links[2565]["5602"].split("/")[-2]
    two = live.links[2565]["5603"].split("/")[-2]
    monkeypatch.setenv("KONGTHUN_HISTORY", str(tmp_path))
    text = re.sub(r"(?m)^5609 = .*\n", "", live.secrets.read_text(encoding="utf-8"))
    monkeypatch.setenv("KONGTHUN_SECRETS", str(tmp_path / "eight.toml"))
    (tmp_path / "eight.toml").write_text(text, encoding="utf-8")
    google_process.share(one, ROBOT, "reader")
    google_process.share(two, ROBOT, None)
    try:
        code, told = said(capsys, "doctor")
    finally:
        google_process.share(one, ROBOT, "writer")
        google_process.share(two, ROBOT, "writer")
    found = {check["id"]: check for check in told["checks"]}
    assert code == 1
    assert found["google_account"]["ok"]
    assert ROBOT in found["google_account"]["message"]
    assert ROBOT in found["read_only:2565:5602"]["fix"]
    assert "ยังไม่ได้แชร์" in found["workbook:2565:5603"]["message"]
    assert "[google.years.2565]" in found["no_link:2565:5609"]["fix"]
    assert "data_folder" not in found
    google_process.fault(status=401, times=None)
    try:
        code, told = said(capsys, "doctor")
    finally:
        google_process.clear_faults()
    (account,) = [check for check in told["checks"] if check["id"] == "google_account"]
    assert (code, account["ok"]) == (1, False)
    assert "ดาวน์โหลดกุญแจ JSON ใหม่" in account["fix"]
