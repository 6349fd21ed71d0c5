"""The bound by prices: what no admissible combination can exceed, whatever the shares.

Give every yen of cost under a key a price. A plan is worth the price of all cost, plus for each of
its frames what the frame pays above the price of what it takes; so the price of all cost plus the
best of these gains (one frame of each clique of conflicting frames) bounds every plan. Any prices
give a valid bound; good prices give one that is often reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.planning.scaled_frames import ScaledBin, ScaledFrame

_MOST_LEVELS = 6


def gain(each: ScaledBin, prices: Sequence[int], supply: Sequence[int]) -> int:
    """Return the most a bin pays above the price of what it takes, out of the supply (scaled)."""
    legs = sorted(
        (prices[key] // weight, weight * supply[key]) for key, weight in each.weights.items()
    )
    best = each.values[0]
    taken = cost = 0
    starts, values = each.starts, each.values
    for price, size in legs:
        end = taken + size
        for start, value in zip(starts, values, strict=True):
            if taken < start < end:
                best = max(best, value - cost - price * (start - taken))
        cost += price * size
        taken = end
        best = max(best, each.value(end) - cost)
    return best


def frame_gain(frame: ScaledFrame, prices: Sequence[int], supply: Sequence[int]) -> int:
    """Return the most a frame pays above the price of what it takes (scaled)."""
    return min(frame.most, sum(gain(each, prices, supply) for each in frame.bins))


class PriceBound:
    """Good prices for some frames, found by descent; `bound` is scaled."""

    def __init__(
        self,
        frames: Sequence[ScaledFrame],
        cliques: Sequence[Sequence[int]],
        supply: Sequence[int],
        shared: Sequence[int],
        prices: Sequence[int] | None = None,
    ) -> None:
        """`cliques` hold positions in `frames`; only keys in `shared` get a price above 0."""
        self._frames = frames
        self._cliques = cliques
        self._supply = supply
        self.prices = list(prices) if prices is not None else [0] * len(supply)
        if prices is not None:
            free = set(shared)
            self.prices = [p if key in free else 0 for key, p in enumerate(self.prices)]
        self._moves = self._key_sets(shared)
        self._levels = self._price_levels()
        self.gains = [frame_gain(frame, self.prices, supply) for frame in frames]
        self.bound = self._total(self.prices, self.gains)

    def improve(self, passes: int = 3) -> int:
        """Lower the bound by changing the prices of some keys together; return it."""
        for _ in range(passes):
            before = self.bound
            for keys, touched in self._moves:
                self._try_levels(keys, touched)
            if self.bound == before:
                break
        return self.bound

    def _try_levels(self, keys: tuple[int, ...], touched: list[int]) -> None:
        for level in self._levels:
            if all(self.prices[key] == level for key in keys):
                continue
            prices = list(self.prices)
            for key in keys:
                prices[key] = level
            gains = list(self.gains)
            for position in touched:
                gains[position] = frame_gain(self._frames[position], prices, self._supply)
            total = self._total(prices, gains)
            if total < self.bound:
                self.prices, self.gains, self.bound = prices, gains, total

    def _total(self, prices: Sequence[int], gains: Sequence[int]) -> int:
        total = sum(max(gains[position] for position in clique) for clique in self._cliques)
        for price, amount in zip(prices, self._supply, strict=True):
            if price:
                total += price * amount
        return total

    def _key_sets(self, shared: Sequence[int]) -> list[tuple[tuple[int, ...], list[int]]]:
        free = set(shared)
        sets: dict[tuple[int, ...], None] = {tuple(shared): None}
        for frame in self._frames:
            sets[tuple(key for key in shared if frame.takes(key))] = None
        for key in shared:
            sets[(key,)] = None
        return [
            (
                keys,
                [
                    position
                    for position, frame in enumerate(self._frames)
                    if not free.isdisjoint(frame.keys) and any(frame.takes(key) for key in keys)
                ],
            )
            for keys in sets
            if keys
        ]

    def _price_levels(self) -> list[int]:
        """Return the worths of one yen of cost that occur: at the best prices some frame is even."""
        levels = {
            slope * weight
            for frame in self._frames
            for each in frame.bins
            for slope in each.slopes
            for weight in each.weights.values()
        }
        return sorted({0, *levels})
