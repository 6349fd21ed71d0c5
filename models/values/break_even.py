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
class BreakEven:
    """Two scenarios as functions of one amount (分かれ目); `today` is its planned value in yen.

    Crossings are given for the low and for the high ends of the subsidy, and for what is left to
    pay. `at_zero_*` tell who is ahead at 0 yen. Where the scenarios cannot both hold there are no
    crossings, and the sentences say so.
    """

    amount_label: str
    today: int
    first: ScenarioLine
    second: ScenarioLine
    can_both_hold: bool
    at_zero_low: Ahead
    at_zero_high: Ahead
    low: tuple[Crossing, ...]
    high: tuple[Crossing, ...]
    burden_low: tuple[Crossing, ...]
    burden_high: tuple[Crossing, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one amount carries a scenario; all in yen of net cost.

    `most` is what the scenario pays at most however large the amount, `None` without a limit;
    `most_from_low` and `most_from_high` are the amounts from which each end gets it. `paid_from` is
    the least amount with which anything is surely paid, `missing` what today's plan lacks of it.
    """

    amount_label: str
    today: int
    most: YenRange | None
    most_from_low: int | None
    most_from_high: int | None
    paid_from: int | None
    missing: int | None
    sentences: tuple[str, ...]
