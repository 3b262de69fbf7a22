"""One thing that was found about Google live, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.google.asking import Ask, Json

ARCHITECTURE = "mmedum/google-sheets-mcp docs/architecture.md §2, §18, 2026-09"
METADATA = "mmedum/google-sheets-mcp scripts/spikes/metadata.go, 2026-09-06"
OPERATION_KEY = "live finding on explicit metadataId, 2026-09-29/30"
GDRIVES = "gitronald/gdrives live findings"
RECORDED = "gspread recordings, 2023-07 to 2026-03"
GUIDE = "Google, Sheets API guides and discovery document, revision 20261019"
SORTING = "a public sheet tool's tests against a throwaway sheet, 2026-09"
FIELDS = "ringo380/claude-google-sheets-mcp#2, 2026-07-09"

THREE = [["a", 1], ["b", 2], ["c", 3]]
GAP = [["x", "", "y"], [], ["z"]]


@dataclass(frozen=True)
class Fact:
    """What was asked of a sheet that held `given`, and what the last answer said."""

    source: str
    sentence: str
    asked: tuple[Ask, ...]
    says: Json = field(default_factory=dict)  # place in the answer → what stands there
    given: list[list[Any]] = field(default_factory=lambda: THREE)
    refused: str | None = None  # words of a 400
