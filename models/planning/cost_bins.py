"""A resolved calculation as bins: an upper bound that is exact for the usual frames.

A bin pools the cost of some categories and years with weights and pays by a profile; what a frame
pays is never more than the sum of its bins. Bins are derived from the steps, whatever the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from models.planning.profiles import (
    IDENTITY,
    Piece,
    Profile,
    capped,
    composed,
    lowered,
    multiplied,
    never_above,
    tiered,
    zero_below,
)
from models.planning.step_runner import StepRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from models.planning.resolved import ResolvedCalculation
    from models.values import calculation as calc

CostKey = tuple[str, int]
"""A category of expenses and a program year: all that an amount asks of an expense."""

_ZERO = Fraction(0)
_ONE = Fraction(1)
_PARTS = (Fraction(1, 2), _ONE)


@dataclass(frozen=True, slots=True)
class Bin:
    """Pays `profile` of the sum of weight x cost (yen) over its keys."""

    weights: dict[CostKey, Fraction]
    profile: Profile


@dataclass(frozen=True, slots=True)
class Bins:
    """The bins of one resolved calculation; those of the top-up pay only beside a base.

    `instead` are other bins in place of `base`: what is paid is never more than these pay, either.
    `leads`: without an expense in the only base bin the top-up pays nothing.
    `exact`: each track is one bin and pays just what its profile says, rounded down. `faithful`:
    the amount depends on nothing but the weighted sums, each up to where its profile stays flat.
    """

    base: tuple[Bin, ...]
    top_up: tuple[Bin, ...]
    instead: tuple[tuple[Bin, ...], ...]
    leads: bool
    exact: bool
    faithful: bool


def bins_of(resolved: ResolvedCalculation, keys: Iterable[CostKey]) -> Bins:
    """Return the bins of a calculation for costs under these keys."""
    base = _BinMaker(resolved, tuple(keys))
    top_up = _BinMaker(resolved, base.keys)
    base.run(resolved.base)
    top_up.run(resolved.top_up)
    return Bins(
        tuple(each for each in base.bins if each.weights),
        tuple(each for each in top_up.bins if each.weights),
        tuple(tuple(each for each in bins if each.weights) for bins in base.instead),
        leads=len(base.bins) == 1 and base.pooled == set(base.bins[0].weights),
        exact=base.exact and top_up.exact and len(base.bins) <= 1 and len(top_up.bins) <= 1,
        faithful=base.faithful and top_up.faithful,
    )


def never_pays_more(first: Bins, second: Bins) -> bool:
    """Return whether the first surely pays at most what the second pays, at any cost.

    Where the first pays a top-up it has a base, in the same categories as the base of the second.
    """
    if not (first.exact and second.exact):
        return False
    return all(
        len(theirs) == 1
        and theirs[0].weights == ours[0].weights
        and never_above(ours[0].profile, theirs[0].profile)
        for ours, theirs in ((first.base, second.base), (first.top_up, second.top_up))
        if ours
    )


@dataclass(slots=True)
class _BinMaker(StepRunner):
    """Runs steps over bins instead of amounts."""

    resolved: ResolvedCalculation
    keys: tuple[CostKey, ...]
    year: int | None = None
    bins: list[Bin] = field(default_factory=list[Bin])
    exact: bool = True
    faithful: bool = True
    rounded: bool = False
    rounding: int = 1
    instead: list[list[Bin]] = field(default_factory=list[list[Bin]])
    pooled: set[CostKey] = field(default_factory=set[CostKey])
    """All keys under which the track counts cost."""
    years: list[Bin] = field(default_factory=list[Bin])
    """The bins of the years, the empty ones too, if each year has one."""
    of_years: list[Bin] = field(default_factory=list[Bin])
    """The list that `bins` was when the years were run."""

    def weights(
        self, categories: Sequence[str], weight: Fraction = _ONE
    ) -> dict[CostKey, Fraction]:
        """Return the same weight for every key of the categories, in the year that is run."""
        return {
            key: weight
            for key in self.keys
            if key[0] in categories and (self.year is None or key[1] == self.year)
        }

    def reshape(self, change: Callable[[Profile], Profile]) -> None:
        """Change the profile of the only bin; of several, the change is left out of the bound."""
        if len(self.bins) > 1:
            self.exact = False
        self.bins = _changed(self.bins, change)
        self.instead = [_changed(bins, change) for bins in self.instead]

    def limit(self, most: Fraction) -> None:
        """Let the bins pay at most so much; of several, each for itself."""
        if len(self.bins) > 1:
            self.exact = False
        if most.numerator % (most.denominator * self.rounding):
            # Rounded down, the amount may still rise where the bin is full.
            self.faithful = False
        self.map(lambda profile: capped(profile, most))

    def map(self, change: Callable[[Profile], Profile]) -> None:
        """Change the profile of every bin."""
        self.bins = _mapped(self.bins, change)
        self.instead = [_mapped(bins, change) for bins in self.instead]

    def _pool(self, step: calc.Pool) -> None:
        weights = self.weights(step.categories)
        self.pooled.update(weights)
        self.bins = [Bin(weights, IDENTITY)]
        self.instead = []

    def _add_pool(self, step: calc.AddPool) -> None:
        added = self.weights(step.categories)
        if not added:
            return
        self.pooled.update(added)
        self.instead = []
        if len(self.bins) == 1 and len(self.bins[0].profile) == 1:
            # One straight line so far: count in yen of amount, so that a later cap holds for both.
            slope = self.bins[0].profile[0].slope
            weights = {key: weight * slope for key, weight in self.bins[0].weights.items() if slope}
            for key in added:
                weights[key] = weights.get(key, _ZERO) + _ONE
            self.bins = [Bin(weights, IDENTITY)]
        else:
            self.bins = [*self.bins, Bin(added, IDENTITY)]

    def _minus_answer(self, step: calc.MinusAnswer) -> None:
        taken = Fraction(self.resolved.answered_yen(step.question))
        if taken:
            self.reshape(lambda profile: lowered(profile, taken))

    def _rate(self, step: calc.Rate) -> None:
        rate = step.cases[0].value
        if self.rounded:
            self.exact = False
        self.map(lambda profile: multiplied(profile, rate))

    def _tiers(self, step: calc.Tiers) -> None:
        if len(self.bins) == 1:
            if self.bins[0].profile != IDENTITY:
                self.exact = self.faithful = False
            self.instead = []
            self.reshape(lambda profile: composed(tiered(step.tiers), profile))
            return
        self.exact = self.faithful = False
        highest = max(tier.rate for tier in step.tiers)
        self.map(lambda profile: multiplied(profile, highest))

    def _round_down(self, step: calc.RoundDown) -> None:
        self.rounded = True
        self.rounding = lcm(self.rounding, step.unit)
        if step.unit != 1:
            self.exact = False

    def _cap(self, step: calc.Cap) -> None:
        most = step.cases[0].value
        if most:
            self.limit(most)
        else:
            self.bins = []
            self.instead = []

    def _minimum(self, step: calc.Minimum) -> None:
        self.reshape(lambda profile: zero_below(profile, Fraction(step.amount)))

    def _each_year(self, step: calc.EachYear) -> None:
        bins: list[Bin] = []
        one_a_year = True
        for year in range(1, step.years + 1):
            inner = _BinMaker(self.resolved, self.keys, year)
            inner.run(step.steps)
            bins += inner.bins
            one_a_year = one_a_year and len(inner.bins) == 1
            self.pooled |= inner.pooled
            self.exact = self.exact and inner.exact
            self.faithful = self.faithful and inner.faithful
        self.bins = self.of_years = [each for each in bins if each.weights]
        self.instead = []
        self.years = bins if one_a_year else []

    def _running_cap(self, step: calc.RunningCap) -> None:
        self.limit(Fraction(step.amount))

    def _first_year_cap(self, step: calc.FirstYearCap) -> None:  # noqa: ARG002
        self.exact = False
        if self.bins is not self.of_years or not self.years:
            return
        first, *later = self.years
        # a + min(a, b) is at most (1 + t) a + (1 - t) b for every t from 0 to 1.
        self.instead = [
            [
                Bin(first.weights, multiplied(first.profile, 1 + part * len(later))),
                *(Bin(each.weights, multiplied(each.profile, 1 - part)) for each in later),
            ]
            for part in _PARTS
        ]

    def _cost_cap(self, step: calc.CostCap) -> None:
        if self.resolved.answered_yen(step.minus_question):
            # It looks at the whole cost again, also beyond where a profile stays flat.
            self.exact = self.faithful = False

    def _sub_limit(self, step: calc.SubLimit) -> None:
        main = self.weights(step.main_categories)
        own = self.weights(step.categories)
        line: Profile = (Piece(_ZERO, _ZERO, step.rate),)
        limited = capped(line, Fraction(step.at_most))
        self.bins = [Bin(main, line), Bin(own, limited)]
        self.pooled = {*main, *own}
        # The limited part is also at most so much of the main part; and so are mixtures of both.
        more = step.share / (1 - step.share)
        self.instead = [
            [
                Bin(main, multiplied(line, 1 + part * more)),
                Bin(own, multiplied(limited, 1 - part)),
            ]
            for part in _PARTS
        ]
        self.exact = False


def _mapped(bins: list[Bin], change: Callable[[Profile], Profile]) -> list[Bin]:
    return [Bin(each.weights, change(each.profile)) for each in bins]


def _changed(bins: list[Bin], change: Callable[[Profile], Profile]) -> list[Bin]:
    return _mapped(bins, change) if len(bins) == 1 else bins
