"""Frames in whole numbers: bins, costs and prices scaled so that no fraction is left.

Costs stay yen; amounts and prices are multiplied by one common `unit`, so comparisons are exact.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.cost_bins import Bin, CostKey
    from models.planning.plan_frames import PlanFrame


@dataclass(frozen=True, slots=True)
class ScaledBin:
    """A bin over key numbers: `starts` in weighted cost, `values` and `slopes` in scaled yen."""

    weights: dict[int, int]
    starts: tuple[int, ...]
    values: tuple[int, ...]
    slopes: tuple[int, ...]

    def value(self, cost: int) -> int:
        """Return the scaled amount at a weighted cost."""
        index = bisect_right(self.starts, cost) - 1
        return self.values[index] + self.slopes[index] * (cost - self.starts[index])

    @property
    def flat_from(self) -> int | None:
        """The weighted cost from which on the amount stays the same, `None` when it never does."""
        return self.starts[-1] if not self.slopes[-1] and len(self.starts) > 1 else None


@dataclass(frozen=True, slots=True)
class ScaledFrame:
    """A frame's bins and the most it can pay, scaled.

    Costs under `keys` count; `all_keys` are those of the frame in its own order.
    """

    number: int
    frame: PlanFrame
    keys: tuple[int, ...]
    all_keys: tuple[int, ...]
    bins: tuple[ScaledBin, ...]
    most: int

    def takes(self, key: int) -> bool:
        """Return whether cost under this key can count."""
        return key in self.keys


def scaled_frames(
    frames: Sequence[PlanFrame], keys: Mapping[CostKey, int]
) -> tuple[int, list[ScaledFrame]]:
    """Return the common unit and the frames, numbered in order; `keys` numbers the keys."""
    bins = [each for frame in frames for each in frame.bins]
    factors = {id(each): _whole_costs(each) for each in bins}
    unit = 1
    for each in bins:
        for piece in each.profile:
            unit = lcm(unit, piece.value.denominator)
            unit = lcm(unit, (piece.slope / factors[id(each)]).denominator)
    for each in bins:
        for weight in each.weights.values():
            # A price divided by a weight shall stay whole for every bin that shares the key.
            unit = lcm(unit, int(weight * factors[id(each)]))
    return unit, [
        ScaledFrame(
            number,
            frame,
            tuple(keys[key] for key in frame.keys if frame.weight(key)),
            tuple(keys[key] for key in frame.keys),
            tuple(_scaled(each, factors[id(each)], unit, keys) for each in frame.bins),
            frame.most * unit,
        )
        for number, frame in enumerate(frames)
    ]


def _whole_costs(each: Bin) -> int:
    """Return the factor that makes the weights and the starts of a bin whole."""
    denominators = [weight.denominator for weight in each.weights.values()]
    return lcm(*denominators, *(piece.start.denominator for piece in each.profile))


def _scaled(each: Bin, factor: int, unit: int, keys: Mapping[CostKey, int]) -> ScaledBin:
    return ScaledBin(
        {keys[key]: int(weight * factor) for key, weight in each.weights.items()},
        tuple(int(piece.start * factor) for piece in each.profile),
        tuple(int(piece.value * unit) for piece in each.profile),
        tuple(int(piece.slope / factor * unit) for piece in each.profile),
    )
