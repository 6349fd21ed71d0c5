"""What break-even finds: how subsidy and own burden move with one amount, and where lines cross."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.values.money import YenRange


class Ahead(Enum):
    """Which of two scenarios is better, by subsidy or by own burden."""

    FIRST = "first"
    SECOND = "second"
    SAME = "same"
    OPEN = "open"
    """The ranges overlap: nobody can say yet."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Subsidy and own burden (yen) when the varied amount is `net` yen."""

    net: int
    subsidy: YenRange
    own_burden: YenRange


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """The line of one scenario: its corners, rising, between which it is straight to the yen."""

    label: str
    points: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Above `at` yen, `ahead` is better; at `at` it is not yet."""

    at: int
    ahead: Ahead


@dataclass(frozen=True, slots=True)
class NoLine:
    """Why a scenario cannot be drawn as a line, for the advisor to read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Course:
    """Who is ahead as the amount grows: at 0 yen, from there on, and every change, rising."""

    at_zero: Ahead
    begins: Ahead
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Two scenarios as functions of one amount (分かれ目); `today` is its planned value in yen.

    `surely` tells who is ahead whatever the ranges turn out to be, `low` and `high` who is when
    only the low or only the high ends are compared. Both scenarios pay the same costs, so that the
    larger subsidy is the smaller own burden at any amount. Where the scenarios cannot both hold the
    courses are `None`, and the sentences say so.
    """

    amount_label: str
    today: int
    first: ScenarioLine
    second: ScenarioLine
    surely: Course | None
    low: Course | None
    high: Course | None
    sentences: tuple[str, ...]

    @property
    def can_both_hold(self) -> bool:
        """Whether the two may be compared at all."""
        return self.surely is not None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one amount carries a scenario; all in yen of net cost.

    `most` is what the scenario pays at most however large the amount, `None` without a limit;
    `most_from_low` and `most_from_high` are the amounts from which each end gets it. `paid_from` is
    the least amount with which anything is surely paid, `missing` what today's plan lacks of it.
    """

    scenario_label: str
    amount_label: str
    today: int
    most: YenRange | None
    most_from_low: int | None
    most_from_high: int | None
    paid_from: int | None
    missing: int | None
    sentences: tuple[str, ...] = ()
