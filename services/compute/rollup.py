"""Small figures that add up: centre -> tambon -> district -> province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self, TypeVar

from services.compute.steps import STATES, CentreProgress, State


class Adds(Protocol):
    """A figure that can be added to another of its kind."""

    def __add__(self, other: Self, /) -> Self:
        """Both together."""
        ...


Key = TypeVar("Key")
Figure = TypeVar("Figure", bound=Adds)


def joined(one: Mapping[Key, Figure], other: Mapping[Key, Figure]) -> dict[Key, Figure]:
    """Figures of both by key, added where both have one."""
    both = {key: one[key] + figure if key in one else figure for key, figure in other.items()}
    return {**one, **both}


@dataclass(frozen=True)
class StepTally:
    """Centres by state in one step; `unknown` ones are in no share."""

    done: int = 0
    partial: int = 0
    not_started: int = 0
    unknown: int = 0

    @property
    def centres(self) -> int:
        """All of them."""
        return self.done + self.partial + self.not_started + self.unknown

    @property
    def known(self) -> int:
        """Those whose registers could be read: the coverage of the figure."""
        return self.centres - self.unknown

    def __add__(self, other: StepTally) -> StepTally:
        """Both together."""
        return StepTally(*(getattr(self, name) + getattr(other, name) for name in STATES))

    @classmethod
    def of(cls, state: State) -> StepTally:
        """One centre."""
        return cls(**{state: 1})


@dataclass(frozen=True)
class Tally:
    """Tallies by (place, step number); a place is a district code or (district code, tambon)."""

    districts: dict[tuple[str, int], StepTally] = field(default_factory=dict)
    tambons: dict[tuple[str, str, int], StepTally] = field(default_factory=dict)

    def province(self) -> dict[int, StepTally]:
        """Step number -> the whole province."""
        sums: dict[int, StepTally] = {}
        for (_, step), tally in self.districts.items():
            sums[step] = sums.get(step, StepTally()) + tally
        return sums

    def __add__(self, other: Tally) -> Tally:
        """Both together; order never matters."""
        return Tally(joined(self.districts, other.districts), joined(self.tambons, other.tambons))


def tally(centres: Iterable[CentreProgress]) -> Tally:
    """Count centres by state, step and place; one without a readable tambon stands under «»."""
    whole = Tally()
    for centre in centres:
        one = Tally(
            {(centre.district, step.number): StepTally.of(step.state) for step in centre.steps},
            {
                (centre.district, centre.tambon or "", step.number): StepTally.of(step.state)
                for step in centre.steps
            },
        )
        whole += one
    return whole
