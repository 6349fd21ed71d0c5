"""A resolved calculation as bins: an upper bound that is exact for the usual frames.

A bin pools the cost of some categories and years with weights and pays by a profile; what a frame
pays is never more than the sum of its bins. Bins are derived from the steps, whatever the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from models.planning.profiles import (
    IDENTITY,
    Piece,
    Profile,
    capped,
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


@dataclass(frozen=True, slots=True)
class Bin:
    """Pays `profile` of the sum of weight x cost (yen) over its keys."""

    weights: dict[CostKey, Fraction]
    profile: Profile


@dataclass(frozen=True, slots=True)
class Bins:
    """The bins of one resolved calculation; those of the top-up pay only beside a base.

    `exact`: each track is one bin and pays just what its profile says, rounded down. `faithful`:
    the amount depends on nothing but the weighted sums, each up to where its profile stays flat.
    """

    base: tuple[Bin, ...]
    top_up: tuple[Bin, ...]
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
        """Change the profile of the only bin; of several, the limit is left out of the bound."""
        if len(self.bins) == 1:
            self.bins = [Bin(self.bins[0].weights, change(self.bins[0].profile))]
        elif self.bins:
            self.exact = False

    def _pool(self, step: calc.Pool) -> None:
        self.bins = [Bin(self.weights(step.categories), IDENTITY)]

    def _add_pool(self, step: calc.AddPool) -> None:
        added = self.weights(step.categories)
        if not added:
            return
        if len(self.bins) == 1 and len(self.bins[0].profile) == 1:
            # One straight line so far: count in yen of amount, so that a later cap holds for both.
            slope = self.bins[0].profile[0].slope
            weights = {key: weight * slope for key, weight in self.bins[0].weights.items() if slope}
            for key in added:
                weights[key] = weights.get(key, _ZERO) + _ONE
            self.bins = [Bin(weights, IDENTITY)]
        else:
            self.bins.append(Bin(added, IDENTITY))

    def _minus_answer(self, step: calc.MinusAnswer) -> None:
        taken = Fraction(self.resolved.answered_yen(step.question))
        if taken:
            self.reshape(lambda profile: lowered(profile, taken))

    def _rate(self, step: calc.Rate) -> None:
        rate = step.cases[0].value
        if self.rounded:
            self.exact = False
        self.bins = [Bin(each.weights, multiplied(each.profile, rate)) for each in self.bins]

    def _tiers(self, step: calc.Tiers) -> None:
        if len(self.bins) == 1 and self.bins[0].profile == IDENTITY:
            self.reshape(lambda _: tiered(step.tiers))
            return
        highest = max(tier.rate for tier in step.tiers)
        self.bins = [Bin(each.weights, multiplied(each.profile, highest)) for each in self.bins]
        self.exact = self.faithful = False

    def _round_down(self, step: calc.RoundDown) -> None:
        self.rounded = True
        if step.unit != 1:
            self.exact = False

    def _cap(self, step: calc.Cap) -> None:
        most = step.cases[0].value
        if most:
            self.reshape(lambda profile: capped(profile, most))
        else:
            self.bins = []

    def _minimum(self, step: calc.Minimum) -> None:
        self.reshape(lambda profile: zero_below(profile, Fraction(step.amount)))

    def _each_year(self, step: calc.EachYear) -> None:
        bins: list[Bin] = []
        for year in range(1, step.years + 1):
            inner = _BinMaker(self.resolved, self.keys, year)
            inner.run(step.steps)
            bins += [each for each in inner.bins if each.weights]
            self.exact = self.exact and inner.exact
            self.faithful = self.faithful and inner.faithful
        self.bins = bins

    def _running_cap(self, step: calc.RunningCap) -> None:
        self.reshape(lambda profile: capped(profile, Fraction(step.amount)))

    def _first_year_cap(self, step: calc.FirstYearCap) -> None:  # noqa: ARG002
        self.exact = False

    def _cost_cap(self, step: calc.CostCap) -> None:
        if self.resolved.answered_yen(step.minus_question):
            # It looks at the whole cost again, also beyond where a profile stays flat.
            self.exact = self.faithful = False

    def _sub_limit(self, step: calc.SubLimit) -> None:
        main = self.weights(step.main_categories)
        own = self.weights(step.categories)
        line: Profile = (Piece(_ZERO, _ZERO, step.rate),)
        self.bins = [Bin(main, line), Bin(own, capped(line, Fraction(step.at_most)))]
        self.exact = False
