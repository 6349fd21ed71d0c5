"""Frames in whole numbers: bins, costs and prices scaled so that no fraction is left.

Amounts and prices are multiplied by one common `unit`, so that comparisons are exact.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import ceil, lcm
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from models.planning.cost_bins import Bin, CostKey
    from models.planning.plan_frames import Way

_FINENESS = 1 << 28
"""Prices of single expenses need finer steps than the figures of the catalog."""


class Payer(Protocol):
    """What is scaled: it pays for pooled costs; what bounds that is told as in `PlanFrame`."""

    @property
    def keys(self) -> tuple[CostKey, ...]:
        """The keys of the costs."""
        ...

    @property
    def bins(self) -> tuple[Bin, ...]:
        """All bins that a way may name."""
        ...

    @property
    def ways(self) -> tuple[Way, ...]:
        """Each bounds what is paid."""
        ...

    @property
    def most(self) -> int:
        """What is paid for all the cost (yen)."""
        ...

    def amount(self, costs: Sequence[int]) -> int:
        """Return what is paid (yen) for costs in the order of `keys`."""
        ...

    def counts(self, key: CostKey) -> bool:
        """Return whether cost under a key can count at all."""
        ...


class Item(NamedTuple):
    """One expense: its number in the consultation, the number of its key, its net cost in yen."""

    number: int
    key: int
    net: int


@dataclass(frozen=True, slots=True)
class ScaledBin:
    """A bin over expenses: `starts` in weighted cost, `values` and `slopes` in scaled yen.

    `sizes` are the weighted costs of the expenses that it can take, by number. At `full` weighted
    cost it pays `top`, and never more; both are `None` where more cost always pays more. `rate` is
    what each unit of cost pays up to there, if that is the same for each.
    """

    weights: dict[int, int]
    sizes: dict[int, int]
    starts: tuple[int, ...]
    values: tuple[int, ...]
    slopes: tuple[int, ...]
    full: int | None
    top: int | None
    rate: int | None

    def value(self, cost: int) -> int:
        """Return the scaled amount at a weighted cost."""
        if self.rate is not None:
            paid = self.rate * cost
            return paid if self.top is None or paid < self.top else self.top
        index = bisect_right(self.starts, cost) - 1
        return self.values[index] + self.slopes[index] * (cost - self.starts[index])


class ScaledWay(NamedTuple):
    """A way to bound what a frame pays, scaled: bins by their places (see `Way`)."""

    fixed: int
    base: tuple[int, ...]
    top_up: tuple[int, ...]
    lead: int | None


@dataclass(frozen=True, slots=True)
class ScaledFrame:
    """A frame's bins, the ways to bound what it pays by them, and the most it can pay, scaled.

    Costs under `keys` count, those are the expenses `numbers`; `places` tells where each key of
    the frame stands in its own order. `cells` gives the place of each bin that an expense fills,
    and its weighted cost there.
    """

    number: int
    frame: Payer
    keys: tuple[int, ...]
    places: dict[int, int]
    numbers: tuple[int, ...]
    cells: dict[int, list[tuple[int, int]]]
    bins: tuple[ScaledBin, ...]
    ways: tuple[ScaledWay, ...]
    most: int

    def takes(self, key: int) -> bool:
        """Return whether cost under this key can count."""
        return key in self.keys

    def filled(self, taken: Iterable[int]) -> list[int]:
        """Return the weighted cost in each bin when these expenses are taken."""
        fills = [0] * len(self.bins)
        for number in taken:
            for place, size in self.cells[number]:
                fills[place] += size
        return fills

    def bounded(self, fills: Sequence[int]) -> int:
        """Return the most that it pays for the weighted costs in its bins, scaled."""
        least = self.most
        for way in self.ways:
            worth = way.fixed + sum([self.bins[place].value(fills[place]) for place in way.base])
            if way.lead is None or fills[way.lead]:
                worth += sum([self.bins[place].value(fills[place]) for place in way.top_up])
            least = min(least, worth)
        return least


def scaled_frames(
    frames: Sequence[Payer], keys: Mapping[CostKey, int], items: Sequence[Item]
) -> tuple[int, list[ScaledFrame]]:
    """Return the common unit and the frames, numbered in order; `keys` numbers the keys."""
    bins = [each for frame in frames for each in frame.bins]
    factors = {id(each): _whole_costs(each) for each in bins}
    unit = _FINENESS * 2
    for each in bins:
        for piece in each.profile:
            unit = lcm(unit, piece.value.denominator, piece.slope.denominator * factors[id(each)])
        for weight in each.weights.values():
            # A price divided by a weight shall stay whole for every bin that shares the key.
            unit = lcm(unit, _times(weight, factors[id(each)]))
    by_key: dict[int, list[Item]] = {number: [] for number in keys.values()}
    for item in items:
        by_key[item.key].append(item)
    found: list[ScaledFrame] = []
    for number, frame in enumerate(frames):
        counting = tuple(keys[key] for key in frame.keys if frame.counts(key))
        numbers = tuple([item.number for key in counting for item in by_key[key] if item.net])
        scaled = [_scaled(each, factors[id(each)], unit, keys, by_key) for each in frame.bins]
        found.append(
            ScaledFrame(
                number,
                frame,
                counting,
                {keys[key]: place for place, key in enumerate(frame.keys)},
                numbers,
                _cells(numbers, scaled),
                tuple(scaled),
                tuple(ScaledWay(ceil(way.fixed * unit), *way[1:]) for way in frame.ways),
                frame.most * unit,
            )
        )
    return unit, found


def _cells(numbers: Sequence[int], bins: Sequence[ScaledBin]) -> dict[int, list[tuple[int, int]]]:
    cells: dict[int, list[tuple[int, int]]] = {number: [] for number in numbers}
    for place, each in enumerate(bins):
        if each.slopes != (0,):
            for number, size in each.sizes.items():
                cells[number].append((place, size))
    return cells


def _whole_costs(each: Bin) -> int:
    """Return the factor that makes the weights and the starts of a bin whole."""
    denominators = [weight.denominator for weight in each.weights.values()]
    return lcm(*denominators, *(piece.start.denominator for piece in each.profile))


def _scaled(
    each: Bin,
    factor: int,
    unit: int,
    keys: Mapping[CostKey, int],
    by_key: Mapping[int, Sequence[Item]],
) -> ScaledBin:
    weights = {keys[key]: _times(weight, factor) for key, weight in each.weights.items()}
    sizes = {
        item.number: weight * item.net
        for key, weight in weights.items()
        for item in by_key[key]
        if item.net
    }
    first, last = each.profile[0], each.profile[-1]
    flat = not last.slope and len(each.profile) > 1
    is_line = not first.value and (
        len(each.profile) == 1
        or (flat and each.profile[1:] == (last,) and last.value == first.slope * last.start)
    )
    slopes = tuple([_times(piece.slope, unit // factor) for piece in each.profile])
    return ScaledBin(
        weights,
        sizes,
        tuple([_times(piece.start, factor) for piece in each.profile]),
        tuple([_times(piece.value, unit) for piece in each.profile]),
        slopes,
        _times(last.start, factor) if flat else None,
        _times(last.value, unit) if flat else None,
        slopes[0] if is_line else None,
    )


def _times(value: Fraction, factor: int) -> int:
    """Return the product, which is whole, without the price of general fractions."""
    return value.numerator * (factor // value.denominator)
