"""The audit of libraries: what fails CI, and what is said where nothing could be looked up."""

from __future__ import annotations

import json
import runpy

import pytest

from tests.architecture.test_house import ROOT

judged = runpy.run_path(str(ROOT / ".ci" / "audit.py"))["judged"]
SOUND = {"name": "a", "version": "1", "vulns": []}
KNOWN = {"name": "b", "version": "2", "vulns": [{"id": "CVE-0000-1", "fix_versions": ["2.1"]}]}
NOT_FOUND = {"name": "c", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("libraries", "code", "said"),
    [
        ([SOUND], 0, "1 of 1 libraries"),
        ([SOUND, KNOWN], 1, "b 2: CVE-0000-1, mended in 2.1"),
        ([SOUND, NOT_FOUND], 0, "not checked: c"),
        ([NOT_FOUND], 0, "nothing was checked"),
    ],
)
def test_a_known_hole_stops_and_a_silent_database_is_told(
    libraries: list[object], code: int, said: str
) -> None:
    failed, words = judged(json.dumps({"dependencies": libraries}))
    assert failed == code
    assert said in words


def test_no_answer_is_no_praise() -> None:
    assert judged("") == (0, judged("{}")[1])
    assert "nothing was checked" in judged("")[1]
