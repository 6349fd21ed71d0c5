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
    """The line of one scenario: its corners, rising, between which it is straight to the yen.

    An open high end is the most that any sharing of the expenses with the same sure amount pays.
    """

    label: str
    points: tuple[CurvePoint, ...]
    high_is_open: bool = False


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
class Courses:
    """Who is ahead surely, and who is when only the low or only the high ends are compared.

    `high` is `None` where a high end hangs on how frames share the expenses.
    """

    surely: Course
    low: Course
    high: Course | None

    @property
    def known(self) -> tuple[Course, ...]:
        """Return the courses that there are, what is sure first."""
        return tuple(each for each in (self.surely, self.low, self.high) if each is not None)


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Two scenarios as functions of one amount (分かれ目); `today` is its planned value in yen.

    `plan` is what the plan is called that `today` belongs to. `subsidy` tells who gets the larger
    subsidy, `burden` who has the smaller own burden left: both ends are meant of the subsidy. It is
    `None` where both scenarios pay the same costs, so that the one says the other. Where the
    scenarios cannot both hold there are no courses, and the sentences say so.
    """

    amount_label: str
    today: int
    plan: str
    first: ScenarioLine
    second: ScenarioLine
    subsidy: Courses | None
    burden: Courses | None
    sentences: tuple[str, ...]

    @property
    def can_both_hold(self) -> bool:
        """Whether the two may be compared at all."""
        return self.subsidy is not None

    @property
    def changes(self) -> tuple[int, ...]:
        """Where it is sure that somebody overtakes, by subsidy or by own burden (yen)."""
        both = (each.surely for each in (self.subsidy, self.burden) if each is not None)
        return tuple(crossing.at for course in both for crossing in course.crossings)


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
    plan: str
    most: YenRange | None
    most_from_low: int | None
    most_from_high: int | None
    paid_from: int | None
    missing: int | None
    sentences: tuple[str, ...] = ()
