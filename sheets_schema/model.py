"""What registers and year files mean: frozen records, one per kind of block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, get_args

from sheets_schema.forms import Form

ColumnType = Literal["text", "int", "baht", "percent", "date", "moment", "yesno", "choice"]
"""A `moment` is a day with its time in Thailand; only the product's own tabs have one."""
Verb = Literal[
    "debtors_surveyed",
    "debtors_classified",
    "negotiated",
    "debt_managed",
    "livelihood_supported",
    "followed_up",
    "restructured",
    "plan_approved",
    "single_contracts",
]
"""Words a year's ladder may use; `services.compute.verbs` defines each once."""

IndicatorId = Literal[
    "single_contract_households",
    "institutions_passing",
    "households_chosen",
    "households_trained",
    "training_days",
    "budget_per_institution",
    "households_reduced_or_cleared",
    "centres_with_all_households",
    "centres_all_steps_done",
]
Scope = Literal["as_it_stands", "share_of_nation", "per_institution", "per_centre"]
"""Whom a target asks: the figure as it stands; the province's institutions for their part of a
national sum; every institution by itself (the figure is then their mean); all centres together."""

TargetName = Literal[
    "households_per_centre",
    "single_contracts_per_centre",
    "households_nationally",
    "institutions_passing_percent",
    "training_days",
    "budget_per_centre",
]
"""Lines of [targets] that an indicator may be held against."""

TieBreak = Literal["capital", "members", "village_code"]

VERBS: tuple[Verb, ...] = get_args(Verb)
BUDDHIST_OFFSET = 543
"""Buddhist year minus Common year."""


@dataclass(frozen=True)
class Column:
    """One column of a register.

    `code` is the product's word for it, `header` the office's. `refers_to` names the register whose
    key it holds (`many`: several, with commas; `everyone`: the words that mean every target
    household); `compared_whole` marks other texts that are codes. `since`/`until` are Buddhist
    fiscal years.
    """

    code: str
    header: str
    type: ColumnType
    aliases: tuple[str, ...] = ()
    key: bool = False
    required: bool = False
    required_unless: str | None = None
    refers_to: str | None = None
    many: bool = False
    everyone: str | None = None
    choices: tuple[str, ...] = ()
    choices_from_year: Literal["activities"] | None = None
    pattern: str | None = None
    compared_whole: bool = False
    minimum: int | None = None
    maximum: int | None = None
    within_year: bool = False
    not_future: bool = False
    personal: bool = False
    draft: bool = False
    since: int | None = None
    until: int | None = None
    help: str = ""


@dataclass(frozen=True)
class Register:
    """One tab of a district's workbook."""

    code: str
    tab: str
    help: str
    source: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    none_words: tuple[str, ...] = ()

    @cached_property
    def key(self) -> Column:
        """The column whose value names a row."""
        return next(column for column in self.columns if column.key)

    @cached_property
    def by_code(self) -> dict[str, Column]:
        """Columns by code name."""
        return {column.code: column for column in self.columns}

    def in_year(self, year: int) -> Register:
        """The register as that Buddhist fiscal year has it."""
        held = tuple(
            column
            for column in self.columns
            if (column.since is None or column.since <= year)
            and (column.until is None or year <= column.until)
        )
        return replace(self, columns=held)


@dataclass(frozen=True)
class Step:
    """A step of 2565 or a criterion of 2560: `done_when` names the verb that proves it.

    `required` replaces what the verb would ask for by itself (for instance 11 single contracts).
    """

    number: int
    title: str
    done_when: Verb
    source: str
    draft: bool = False
    required: int | None = None


@dataclass(frozen=True)
class Targets:
    """What the year asks for; None means that this year sets no such target."""

    households_per_centre: int
    single_contracts_per_centre: int | None = None
    households_nationally: int | None = None
    institutions_nationally: int | None = None
    institutions_passing_percent: int | None = None
    training_days: int | None = None
    budget_per_centre: int | None = None


@dataclass(frozen=True)
class Classes:
    """Bounds of the debtor classes in days around the due day, inclusive; worst class last.

    `ageing_days` are the last days past due of each age a debt is counted in; older is one more.
    """

    watch_days_before: int
    watch_days_after: int
    overdue_days_after: int
    ageing_days: tuple[int, ...]
    names: tuple[tuple[str, str], ...]
    draft: bool
    source: str


@dataclass(frozen=True)
class Attention:
    """From when the province should call a district.

    A workbook not saved for so many days or more; reports not received, so many days before they
    are due or fewer.
    """

    not_saved_days: int
    reports_within_days: int
    draft: bool
    source: str


@dataclass(frozen=True)
class ReadinessItem:
    """One item of the village questionnaire, marked 0 to `Readiness.top_mark`."""

    code: str
    title: str
    weight: int


@dataclass(frozen=True)
class Readiness:
    """Who may be ranked, on what, and what decides between equals."""

    gate_level: int
    gate_source: str
    top_mark: int
    ranks_reported: int
    tie_break: tuple[TieBreak, ...]
    source: str
    draft: bool
    items: tuple[ReadinessItem, ...]


@dataclass(frozen=True)
class EvidenceKind:
    """One of the year's evidence kinds."""

    number: int
    title: str
    per: Literal["centre", "household", "round", "contract"]
    proved_by: Literal["evidence", "households", "debtors_surveyed", "contracts"]


@dataclass(frozen=True)
class Activity:
    """An activity of the year's programme."""

    code: str
    title: str
    centres_nationally: int
    done_by: date
    source: str


@dataclass(frozen=True)
class Indicator:
    """A figure the year is judged by; `target` None where the year sets none.

    `target_from` names the line of [targets] that says it instead. `scope` says whom the target
    asks; `activity` whose rows count, for what activities add up to.
    """

    id: IndicatorId
    title: str
    unit: str
    scope: Scope
    source: str
    target: int | None = None
    target_from: TargetName | None = None
    activity: str | None = None
    draft: bool = False


@dataclass(frozen=True)
class Programme:
    """A fiscal year's circular, complete in itself."""

    year: int
    title: str
    body: str
    body_short: str
    source: str
    confirmed_by: str
    ladder: str
    ladder_ordered: bool
    registers: tuple[str, ...]
    optional_registers: tuple[str, ...]
    single_contract_methods: tuple[str, ...]
    targets: Targets
    classes: Classes
    attention: Attention
    steps: tuple[Step, ...]
    readiness: Readiness | None = None
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    plan_evidence_kind: int | None = None
    activities: tuple[Activity, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    forms: tuple[Form, ...] = ()
    file: str = field(default="", compare=False)

    def target_of(self, indicator: Indicator) -> int | None:
        """What the indicator asks for, in its unit and scope."""
        if indicator.target_from is None:
            return indicator.target
        target: int | None = getattr(self.targets, indicator.target_from)
        return target

    def activity_title(self, code: str) -> str:
        """An activity of the year as registers name it."""
        return next(activity.title for activity in self.activities if activity.code == code)

    @property
    def first_day(self) -> date:
        """1 October of the year before."""
        return date(self.year - BUDDHIST_OFFSET - 1, 10, 1)

    @property
    def last_day(self) -> date:
        """30 September."""
        return date(self.year - BUDDHIST_OFFSET, 10, 1) - timedelta(days=1)

    @property
    def is_draft(self) -> bool:
        """True until somebody of the Department has confirmed the file."""
        return self.confirmed_by.startswith("ร่าง")
