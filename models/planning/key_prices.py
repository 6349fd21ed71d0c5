"""Prices for costs from a flow: the first guess at good prices, before expenses count as whole.

Costs flow from keys (category and year) to bins, the bins that pay most a yen first. What one more
yen under a key could add through all reroutings is its price.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.scaled_frames import ScaledFrame


class Basin(NamedTuple):
    """A bin as a basin: it holds `room` yen of cost and pays `rate` (scaled) for each."""

    rate: int
    room: int
    keys: tuple[int, ...]


def basins_of(frames: Sequence[ScaledFrame], supply: Mapping[int, int]) -> list[Basin]:
    """Return the bins of some frames as basins, roughly where the amount is not a plain line."""
    basins: list[Basin] = []
    for frame in frames:
        for each in frame.bins:
            keys = tuple(key for key in each.weights if supply.get(key) and frame.takes(key))
            if not keys or each.slopes == (0,):
                continue
            weight = max(each.weights[key] for key in keys)
            reachable = sum(supply[key] for key in keys) * weight
            full = reachable if each.full is None else min(each.full, reachable)
            if full:
                worth = each.value(full)
                basins.append(Basin(worth * weight // full, -(-full // weight), keys))
    return basins


def key_prices(basins: Sequence[Basin], supply: Mapping[int, int]) -> dict[int, int]:
    """Return the price of one yen of cost under each key (scaled)."""
    order = sorted(range(len(basins)), key=lambda number: -basins[number].rate)
    flow = _Flow(basins, supply)
    prices = dict.fromkeys(supply, 0)
    for number in order:
        flow.fill(number)
    for number in order:
        if flow.left_open(number):
            for key in flow.feeding(number):
                prices[key] = max(prices[key], basins[number].rate)
    return prices


class _Flow:
    """How much cost of each key lies in each basin."""

    def __init__(self, basins: Sequence[Basin], supply: Mapping[int, int]) -> None:
        self._basins = basins
        self._rest = dict(supply)
        self._held: list[dict[int, int]] = [{} for _ in basins]
        self._open = [basin.room for basin in basins]

    def left_open(self, number: int) -> bool:
        """Return whether a basin is not full."""
        return self._open[number] > 0

    def fill(self, number: int) -> None:
        """Fill a basin as far as rerouting allows."""
        while self._open[number]:
            path = self._path(number)
            if path is None:
                return
            amount = min(self._open[number], self._rest[path[-1][1]])
            for (_, key), (basin, _) in pairwise(path):
                amount = min(amount, self._held[basin][key])
            for step, (basin, key) in enumerate(path):
                held = self._held[basin]
                held[key] = held.get(key, 0) + amount
                if step + 1 < len(path):
                    after = self._held[path[step + 1][0]]
                    after[key] -= amount
            self._rest[path[-1][1]] -= amount
            self._open[number] -= amount

    def _path(self, number: int) -> list[tuple[int, int]] | None:
        """Return (basin, key) steps: each basin takes its key from the next, the last from rest."""
        reached: dict[int, tuple[int, int] | None] = {number: None}
        queue = [number]
        seen: set[int] = set()
        for basin in queue:
            for key in self._basins[basin].keys:
                if key in seen:
                    continue
                seen.add(key)
                if self._rest[key]:
                    path = [(basin, key)]
                    step = reached[basin]
                    while step is not None:
                        path.append(step)
                        step = reached[step[0]]
                    return path[::-1]
                for other, held in enumerate(self._held):
                    if held.get(key) and other not in reached:
                        reached[other] = (basin, key)
                        queue.append(other)
        return None

    def feeding(self, number: int) -> set[int]:
        """Return the keys of which one more yen could reach a basin."""
        found = set(self._basins[number].keys)
        queue = list(found)
        while queue:
            key = queue.pop()
            for basin, held in zip(self._basins, self._held, strict=True):
                if held.get(key):
                    fresh = [other for other in basin.keys if other not in found]
                    found.update(fresh)
                    queue += fresh
        return found
