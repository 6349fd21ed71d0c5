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
from models.values import calculation as calc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from models.planning.resolved import ResolvedCalculation, Steps

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
class _BinMaker:
    """Runs steps over bins instead of amounts."""

    resolved: ResolvedCalculation
    keys: tuple[CostKey, ...]
    year: int | None = None
    bins: list[Bin] = field(default_factory=list[Bin])
    exact: bool = True
    faithful: bool = True
    rounded: bool = False

    def run(self, steps: Steps) -> None:
        """Run the steps in order."""
        for step in steps:
            _MAKERS[type(step)](self, step)

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


def _pool(maker: _BinMaker, step: calc.Pool) -> None:
    maker.bins = [Bin(maker.weights(step.categories), IDENTITY)]


def _add_pool(maker: _BinMaker, step: calc.AddPool) -> None:
    added = maker.weights(step.categories)
    if not added:
        return
    if len(maker.bins) == 1 and len(maker.bins[0].profile) == 1:
        # One straight line so far: count in yen of amount, so that a later cap holds for both.
        slope = maker.bins[0].profile[0].slope
        weights = {key: weight * slope for key, weight in maker.bins[0].weights.items() if slope}
        for key in added:
            weights[key] = weights.get(key, _ZERO) + _ONE
        maker.bins = [Bin(weights, IDENTITY)]
    else:
        maker.bins.append(Bin(added, IDENTITY))


def _minus_answer(maker: _BinMaker, step: calc.MinusAnswer) -> None:
    taken = Fraction(maker.resolved.answered_yen(step.question))
    if taken:
        maker.reshape(lambda profile: lowered(profile, taken))


def _rate(maker: _BinMaker, step: calc.Rate) -> None:
    rate = step.cases[0].value
    if maker.rounded:
        maker.exact = False
    maker.bins = [Bin(each.weights, multiplied(each.profile, rate)) for each in maker.bins]


def _tiers(maker: _BinMaker, step: calc.Tiers) -> None:
    if len(maker.bins) == 1 and maker.bins[0].profile == IDENTITY:
        maker.reshape(lambda _: tiered(step.tiers))
        return
    highest = max(tier.rate for tier in step.tiers)
    maker.bins = [Bin(each.weights, multiplied(each.profile, highest)) for each in maker.bins]
    maker.exact = maker.faithful = False


def _round_down(maker: _BinMaker, step: calc.RoundDown) -> None:
    maker.rounded = True
    if step.unit != 1:
        maker.exact = False


def _cap(maker: _BinMaker, step: calc.Cap) -> None:
    most = step.cases[0].value
    if most:
        maker.reshape(lambda profile: capped(profile, most))
    else:
        maker.bins = []


def _minimum(maker: _BinMaker, step: calc.Minimum) -> None:
    maker.reshape(lambda profile: zero_below(profile, Fraction(step.amount)))


def _each_year(maker: _BinMaker, step: calc.EachYear) -> None:
    bins: list[Bin] = []
    for year in range(1, step.years + 1):
        inner = _BinMaker(maker.resolved, maker.keys, year)
        inner.run(step.steps)
        bins += [each for each in inner.bins if each.weights]
        maker.exact = maker.exact and inner.exact
        maker.faithful = maker.faithful and inner.faithful
    maker.bins = bins


def _running_cap(maker: _BinMaker, step: calc.RunningCap) -> None:
    maker.reshape(lambda profile: capped(profile, Fraction(step.amount)))


def _first_year_cap(maker: _BinMaker, step: calc.FirstYearCap) -> None:  # noqa: ARG001
    maker.exact = False


def _cost_cap(maker: _BinMaker, step: calc.CostCap) -> None:
    if maker.resolved.answered_yen(step.minus_question):
        # It looks at the whole cost again, also beyond where a profile stays flat.
        maker.exact = maker.faithful = False


def _sub_limit(maker: _BinMaker, step: calc.SubLimit) -> None:
    main = maker.weights(step.main_categories)
    own = maker.weights(step.categories)
    line: Profile = (Piece(_ZERO, _ZERO, step.rate),)
    maker.bins = [Bin(main, line), Bin(own, capped(line, Fraction(step.at_most)))]
    maker.exact = False


_MAKERS: dict[type, Callable[[_BinMaker, calc.Step], None]] = {
    calc.Pool: _pool,
    calc.AddPool: _add_pool,
    calc.MinusAnswer: _minus_answer,
    calc.Rate: _rate,
    calc.Tiers: _tiers,
    calc.RoundDown: _round_down,
    calc.Cap: _cap,
    calc.Minimum: _minimum,
    calc.EachYear: _each_year,
    calc.RunningCap: _running_cap,
    calc.FirstYearCap: _first_year_cap,
    calc.CostCap: _cost_cap,
    calc.SubLimit: _sub_limit,
}  # pyright: ignore[reportAssignmentType]
