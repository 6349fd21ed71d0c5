"""What one bin can still get from the expenses that are left, as sums of whole expenses."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.planning.scaled_frames import ScaledBin

_MOST_SUMS = 64


class _Sums:
    """All sums that some expenses can reach, with the least price of each."""

    __slots__ = ("_bests", "_each", "prices", "sums")

    def __init__(self, each: ScaledBin, pairs: Sequence[tuple[int, int]]) -> None:
        """`pairs` are (sum, price), both rising."""
        self._each = each
        self.sums = [size for size, _ in pairs]
        self.prices = [price for _, price in pairs]
        self._bests: list[list[int]] = []
        for slope in each.slopes[: -1 if each.full is not None else None]:
            best = -self.prices[0]
            bests: list[int] = []
            for size, price in pairs:
                best = max(best, slope * size - price)
                bests.append(best)
            self._bests.append(bests)

    def best(self, filled: int) -> int:
        """Return the most that the bin can pay above the prices, filled so far."""
        each, sums = self._each, self.sums
        best = each.value(filled)
        ends = [*each.starts[1:], None]
        for place, bests in enumerate(self._bests):
            end = ends[place]
            count = len(sums) if end is None else bisect_left(sums, end - filled)
            if count:
                # The line of the piece also where another holds: that is never too little.
                line = each.values[place] + each.slopes[place] * (filled - each.starts[place])
                best = max(best, line + bests[count - 1])
        if each.full is not None and each.top is not None:
            place = bisect_left(sums, each.full - filled)
            if place < len(sums):
                best = max(best, each.top - self.prices[place])
        return best


class Reach:
    """What one bin can still get from the expenses that are left, and the best it makes of it."""

    __slots__ = ("_each", "_left", "_memo", "_pairs", "_sums")

    def __init__(self, each: ScaledBin, left: Sequence[tuple[int, int]]) -> None:
        """`left` are (weighted cost, price) of the expenses that it can take, in order."""
        self._each = each
        self._left = left[::-1]
        self._memo: list[dict[int, int]] = [{} for _ in range(len(left) + 1)]
        self._sums: dict[int, _Sums | None] = {}
        self._pairs: list[list[tuple[int, int]] | None] = [[(0, 0)]]

    def best(self, count: int, filled: int) -> int:
        """Return the most that the bin pays above the prices of what it takes further.

        `count` expenses are left for it, `filled` is its weighted cost so far.
        """
        memo = self._memo[count]
        found = memo.get(filled)
        if found is None:
            found = memo[filled] = self._best(count, filled)
        return found

    def led(self, count: int) -> int | None:
        """Return the same for an empty bin that takes at least one expense; `None`: it cannot."""
        left = self._left[:count]
        return max([self.best(count, size) - price for size, price in left], default=None)

    def _best(self, count: int, filled: int) -> int:
        each = self._each
        full, top = each.full, each.top
        if full is not None and top is not None and filled >= full:
            return top
        sums = self._sums_of(count)
        if sums is not None:
            return sums.best(filled)
        best = 0
        legs: list[tuple[int, int]] = []
        for size, price in self._left[:count]:
            if full is not None and top is not None and filled + size >= full:
                best = max(best, top - price)
            else:
                legs.append((price // size, size))
        legs.sort()
        return max(best, best_fill(each, filled, legs))

    def _sums_of(self, count: int) -> _Sums | None:
        if count not in self._sums:
            pairs = self._pairs_of(count)
            self._sums[count] = None if pairs is None else _Sums(self._each, pairs)
        return self._sums[count]

    def _pairs_of(self, count: int) -> list[tuple[int, int]] | None:
        while len(self._pairs) <= count:
            before = self._pairs[-1]
            after = None
            if before is not None:
                size, price = self._left[len(self._pairs) - 1]
                after = _worthwhile([*before, *[(s + size, p + price) for s, p in before]])
            self._pairs.append(after if after and len(after) <= _MOST_SUMS else None)
        return self._pairs[count]


def _worthwhile(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return (sum, price) pairs, rising, without those that another beats in sum and price."""
    kept: list[tuple[int, int]] = []
    least = None
    for size, price in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if least is None or price < least:
            kept.append((size, price))
            least = price
    kept.reverse()
    return kept


def best_fill(each: ScaledBin, filled: int, legs: Sequence[tuple[int, int]]) -> int:
    """Return the most a bin filled so far pays above the cost of more, parts allowed.

    `legs` are (price of a unit of weighted cost, weighted cost), the cheapest first.
    """
    starts, values, slopes = each.starts, each.values, each.slopes
    last = len(starts) - 1
    place = 0
    while place < last and starts[place + 1] <= filled:
        place += 1
    best = values[place] + slopes[place] * (filled - starts[place])
    cost = 0
    for price, size in legs:
        end = filled + size
        while place < last and starts[place + 1] <= end:
            place += 1
            worth = values[place] - cost - price * (starts[place] - filled)
            best = max(best, worth)
        cost += price * size
        filled = end
        worth = values[place] + slopes[place] * (end - starts[place]) - cost
        if worth > best:
            best = worth
        elif place == last and price >= slopes[last]:
            break  # nothing steeper comes, and all that is left costs at least as much
    return best
