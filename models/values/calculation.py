"""The closed set of calculation steps; a subsidy's calculation is a list of them, as data.

A calculation has up to two tracks, `base` and `top_up`. Each track runs its steps in order over a
running amount in yen. A step that does not round keeps an exact fraction. docs/catalog-authoring.md
explains each step with an example.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from models.values.conditions import Condition
    from models.values.sources import SourceRef


@dataclass(frozen=True, slots=True)
class Pool:
    """Start with the eligible cost of `categories`; nothing unless `when` holds."""

    categories: tuple[str, ...]
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class AddPool:
    """Add the cost of `categories` in full (定額補助)."""

    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MinusAnswer:
    """Take off the yen that the client answered, not below zero."""

    question: str


@dataclass(frozen=True, slots=True)
class Case:
    """One alternative of a rate or a limit; the first whose `when` holds counts."""

    value: Fraction
    when: Condition | None = None
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Multiply by the subsidy rate (補助率)."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """The rate for the part of the cost up to `up_to` yen (None: the rest)."""

    up_to: int | None
    rate: Fraction
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Tiers:
    """Stepped rates over parts of the cost."""

    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class RoundDown:
    """Round down to a multiple of `unit` yen."""

    unit: int


@dataclass(frozen=True, slots=True)
class Cap:
    """At most this many yen (補助上限額); `limit_code` says which limit was hit."""

    cases: tuple[Case, ...]
    limit_code: str


@dataclass(frozen=True, slots=True)
class CapPer:
    """At most `each` yen times the answer to `question`, and at most `at_most` yen in all."""

    question: str
    each: int
    at_most: int
    limit_code: str
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Minimum:
    """Below this many yen nothing is paid (補助下限額)."""

    amount: int
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class EachYear:
    """Run `steps` over the expenses of each of the first `years` years, then add up."""

    years: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RunningCap:
    """At most this many yen over all years; later years get what is left."""

    amount: int
    limit_code: str
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class FirstYearCap:
    """No later year gets more than the first year's amount."""

    limit_code: str
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class ZeroWhen:
    """Nothing is paid when the condition holds; `reason_code` says why."""

    when: Condition
    reason_code: str


@dataclass(frozen=True, slots=True)
class CostCap:
    """Subsidy plus the answered yen never exceed the eligible cost."""

    minus_question: str
    limit_code: str


@dataclass(frozen=True, slots=True)
class SubLimit:
    """What `categories` add is at most `share` of the whole subsidy, and at most `at_most` yen.

    Stands in place of a pool and a rate: the other categories are `main_categories`, both are
    multiplied by `rate`. With main part m, the limited part is min(own, m x share / (1 - share)).
    """

    main_categories: tuple[str, ...]
    categories: tuple[str, ...]
    rate: Fraction
    share: Fraction
    at_most: int
    limit_code: str
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an ambiguous text."""

    id: str
    label: str
    steps: tuple[Step, ...]
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Readings:
    """Alternatives of which nobody knows yet which is meant; they span a range.

    `note` is the id of the note that explains the ambiguity.
    """

    note: str
    alternatives: tuple[Reading, ...]


Step = (
    Pool
    | AddPool
    | MinusAnswer
    | Rate
    | Tiers
    | RoundDown
    | Cap
    | CapPer
    | Minimum
    | EachYear
    | RunningCap
    | FirstYearCap
    | ZeroWhen
    | CostCap
    | SubLimit
    | Readings
)


@dataclass(frozen=True, slots=True)
class Calculation:
    """How the amount of one subsidy frame is found.

    `top_up` is only paid beside a base: costs of the top-up without any base cost give nothing.
    """

    base: tuple[Step, ...]
    top_up: tuple[Step, ...] = ()
