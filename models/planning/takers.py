"""What a frame would take at given prices, in floating-point numbers: only to look for prices.

Expenses of one key that no bin tells apart share one price a yen; together they are a lot. What
a frame answers is one column of the linear program (`price_program`).
"""

from __future__ import annotations

from bisect import bisect_right
from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from models.planning.scaled_frames import Item, ScaledBin, ScaledFrame


class Lots:
    """The expenses in lots, numbered: `of` gives an expense's lot, `nets` the cost of each lot."""

    def __init__(self, frames: Iterable[ScaledFrame], items: Sequence[Item]) -> None:
        alone: set[int] = set()
        for frame in frames:
            for each in frame.bins:
                if each.full is not None and each.slopes != (0,):
                    alone.update([n for n, size in each.sizes.items() if size >= each.full])
        self.of: dict[int, int] = {}
        self.nets: list[int] = []
        self.keys: list[int] = []
        by_key: dict[int, int] = {}
        for number, key, net in items:
            lot = None if number in alone else by_key.get(key)
            if lot is None:
                lot = len(self.nets)
                self.nets.append(0)
                self.keys.append(key)
                if number not in alone:
                    by_key[key] = lot
            self.of[number] = lot
            self.nets[lot] += net


class Column(NamedTuple):
    """One way for a frame to take costs: what it pays (yen), and the share of each lot taken."""

    pay: float
    taken: tuple[tuple[int, float], ...]


class _Basin(NamedTuple):
    """A bin in yen: filled so far, its line, and (lot, 1 / size, size) of what it can take.

    `whole` are lots that fill it alone; `leads` (lot, size, share) the least expense of each lot.
    """

    filled: float
    starts: tuple[float, ...]
    values: tuple[float, ...]
    slopes: tuple[float, ...]
    top: float
    legs: list[tuple[int, float, float]]
    whole: list[int]
    full: float
    leads: list[tuple[int, float, float]]


class Taker:
    """A frame that answers prices; remembers its answers as columns."""

    def __init__(self, frame: ScaledFrame, lots: Lots, shared: Container[int], unit: int) -> None:
        self.most = frame.most / unit
        self.columns: dict[Column, None] = {}
        self._basins = [_basin(each, lots, shared, unit) for each in frame.bins]
        self._ways = [(way.fixed / unit, *way[1:]) for way in frame.ways]

    def answer(self, prices: Sequence[float]) -> tuple[float, Column]:
        """Return about the most it pays above the prices of what it takes, and how."""
        least = inf
        taken: dict[int, float] = {}
        for fixed, base, top_up, lead in self._ways:
            shares: dict[int, float] = {}
            gain = self._gain(base, prices, shares)
            if top_up:
                gain = self._with_top_up(gain, top_up, lead, prices, shares)
            if fixed + gain < least:
                least, taken = fixed + gain, shares
        least = min(least, self.most)
        if len(self._ways) == 1:
            pay = least + sum([prices[lot] * share for lot, share in taken.items()])
        else:
            pay = min([self._worth(way, taken) for way in self._ways])
        return least, Column(min(pay, self.most), tuple(taken.items()))

    def _gain(
        self, places: Sequence[int], prices: Sequence[float], taken: dict[int, float]
    ) -> float:
        gain = 0.0
        for place in places:
            worth, shares = _best_of(self._basins[place], prices)
            gain += worth
            for lot, share in shares:
                if share > taken.get(lot, 0.0):
                    taken[lot] = share
        return gain

    def _with_top_up(
        self,
        gain: float,
        places: Sequence[int],
        lead: int | None,
        prices: Sequence[float],
        taken: dict[int, float],
    ) -> float:
        """Return the gain with a top-up, if that is worth an expense for the base."""
        shares: dict[int, float] = {}
        more = self._gain(places, prices, shares)
        if lead is not None and not taken and not self._basins[lead].filled:
            basin = self._basins[lead]
            led = [
                (_value(basin, size) - prices[lot] * share, lot, share)
                for lot, size, share in basin.leads
            ]
            if not led or max(led)[0] + more <= gain:
                return gain
            gain, lot, share = max(led)
            taken[lot] = share
        for lot, share in shares.items():
            taken[lot] = max(share, taken.get(lot, 0.0))
        return gain + more

    def _worth(
        self, way: tuple[float, Sequence[int], Sequence[int], int | None], taken: dict[int, float]
    ) -> float:
        fixed, base, top_up, lead = way
        if lead is None or self._fill(lead, taken):
            base = (*base, *top_up)
        return fixed + sum(
            [_value(self._basins[place], self._fill(place, taken)) for place in base]
        )

    def _fill(self, place: int, taken: dict[int, float]) -> float:
        basin = self._basins[place]
        fill = basin.filled
        for lot, _, size in basin.legs:
            fill += taken.get(lot, 0.0) * size
        for lot in basin.whole:
            fill += taken.get(lot, 0.0) * basin.full
        return fill


def _value(basin: _Basin, cost: float) -> float:
    place = bisect_right(basin.starts, cost) - 1
    return basin.values[place] + basin.slopes[place] * (cost - basin.starts[place])


def _basin(each: ScaledBin, lots: Lots, shared: Container[int], unit: int) -> _Basin:
    sizes: dict[int, int] = {}
    least: dict[int, int] = {}
    whole: list[int] = []
    filled = 0
    for number, size in each.sizes.items():
        lot = lots.of[number]
        if lot not in shared:
            filled += size
        elif each.full is not None and size >= each.full:
            whole.append(lot)
            least[lot] = size
        else:
            least[lot] = min(size, least.get(lot, size))
            sizes[lot] = sizes.get(lot, 0) + size
    return _Basin(
        float(filled),
        tuple([float(start) for start in each.starts]),
        tuple([value / unit for value in each.values]),
        tuple([slope / unit for slope in each.slopes]),
        (each.top or 0) / unit,
        [(lot, 1.0 / size, float(size)) for lot, size in sizes.items()],
        whole,
        float(each.full or 0),
        [(lot, float(size), size / sizes.get(lot, size)) for lot, size in least.items()],
    )


def _best_of(basin: _Basin, prices: Sequence[float]) -> tuple[float, Sequence[tuple[int, float]]]:
    """Return the most a basin pays above the prices, and the share of each lot for that."""
    legs = [(prices[lot] * inverse, size, lot) for lot, inverse, size in basin.legs]
    legs.sort()
    best, until = _filled(basin, legs)
    alone = None
    for lot in basin.whole:
        if basin.top - prices[lot] > best:
            best = basin.top - prices[lot]
            alone = lot
    if alone is not None:
        return best, ((alone, 1.0),)
    shares: list[tuple[int, float]] = []
    left = until - basin.filled
    for _, size, lot in legs:
        if left <= 0:
            break
        shares.append((lot, 1.0 if left >= size else left / size))
        left -= size
    return best, shares


def _filled(basin: _Basin, legs: Sequence[tuple[float, float, int]]) -> tuple[float, float]:
    """Return the most a basin pays above the cost of legs, the cheapest first, and its fill."""
    filled, starts, values, slopes = basin[:4]
    last = len(starts) - 1
    place = bisect_right(starts, filled) - 1
    best = values[place] + slopes[place] * (filled - starts[place])
    until = filled
    cost = 0.0
    for price, size, _ in legs:
        if place == last and price >= slopes[last]:
            break
        end = filled + size
        while place < last and starts[place + 1] <= end:
            place += 1
            worth = values[place] - cost - price * (starts[place] - filled)
            if worth > best:
                best, until = worth, starts[place]
        cost += price * size
        filled = end
        worth = values[place] + slopes[place] * (end - starts[place]) - cost
        if worth > best:
            best, until = worth, end
    return best, until
