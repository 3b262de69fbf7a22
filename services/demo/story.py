"""The story of the demo province: which centre is how far, in both years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sheets_schema.loader import province
from sheets_schema.places import District, Tambon

FIRST, LAST = 2560, 2565
"""The story's two years: criteria of institutions, steps of centres."""


@dataclass(frozen=True)
class Steps:
    """How far a centre has come in 2565: households by step, `surveyed` of its funds."""

    targets: int
    met: int = 0
    contracts: int = 0
    supports: int = 0
    visits: int = 0
    surveyed: int = 9
    classified: bool = True
    only_centre: bool = False


@dataclass(frozen=True)
class Criteria:
    """How far an institution came in 2560: its single contracts, plan, targets and visits."""

    contracts: int
    plan: bool = True
    classified: bool = True
    targets: int = 30
    surveyed: int = 9
    visited: bool = False


@dataclass(frozen=True)
class Centre:
    """A centre (an institution in 2560), the same in both years."""

    order: int
    district_code: str
    number: int
    tambon_code: str
    moo: int
    founded: int
    funds: int
    criteria: Criteria
    steps: Steps

    def story(self, year: int) -> Steps | Criteria:
        """How far it is in that year."""
        return self.steps if year == LAST else self.criteria

    @property
    def id(self) -> str:
        """The code it keeps over the years."""
        return f"{self.district_code}-{self.number}"

    @cached_property
    def district(self) -> District:
        """Its district."""
        return province().by_code[self.district_code]

    @cached_property
    def tambon(self) -> Tambon:
        """Its tambon."""
        return next(t for t in self.district.tambons if t.code == self.tambon_code)

    @property
    def village(self) -> str:
        """Its village, which does not exist."""
        return f"บ้านตัวอย่าง{self.tambon.name}"

    @property
    def household_code(self) -> str:
        """How its households' ids begin: one district numbers them with leading zeros."""
        return f"0{self.number}" if self.district_code == "5607" else f"{self.id}-"


FINISHED = Steps(targets=5, met=5, contracts=5, supports=5, visits=5)
CENTRES = (
    Centre(1, "5601", 1, "560102", 3, 2553, 4, Criteria(14, visited=True), FINISHED),
    Centre(2, "5601", 2, "560110", 7, 2556, 3, Criteria(12), FINISHED),
    Centre(3, "5602", 1, "560204", 2, 2557, 3, Criteria(12), Steps(5, 4, 5)),
    Centre(4, "5603", 1, "560307", 5, 2554, 4, Criteria(15), Steps(5, 5, 4, 2)),
    Centre(5, "5603", 2, "560306", 1, 2558, 2, Criteria(8), Steps(6, 3)),
    Centre(
        6, "5604", 1, "560402", 4, 2559, 3, Criteria(11), Steps(3, surveyed=2, classified=False)
    ),
    Centre(7, "5605", 1, "560501", 6, 2552, 4, Criteria(13, visited=True), FINISHED),
    Centre(8, "5605", 2, "560509", 2, 2557, 2, Criteria(11), Steps(5, 5, 5, 5, 3)),
    Centre(9, "5606", 1, "560604", 8, 2558, 3, Criteria(11), Steps(5, 5, 3, 1)),
    Centre(10, "5607", 1, "560702", 3, 2559, 3, Criteria(11, plan=False), Steps(5, 2)),
    Centre(11, "5608", 1, "560805", 9, 2560, 2, Criteria(12), Steps(0)),
    Centre(
        12,
        "5609",
        1,
        "560902",
        1,
        2560,
        2,
        Criteria(0, targets=22, classified=False),
        Steps(0, only_centre=True),
    ),
)
