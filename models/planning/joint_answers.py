"""What a frame would take whose amount several ways bound: all its bins looked at together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.scaled_frames import ScaledBin, ScaledFrame

_MOST_STEPS = 300


def most_further(each: ScaledBin, fill: int, rest: int, rate: int) -> int:
    """Return the most that a bin pays above the cost of more, if it takes any, at one rate.

    At most `rest` more can be had (weighted cost); each unit of it costs `rate`.
    """
    starts, values = each.starts, each.values
    end = fill + rest
    piece = len(starts) - 1
    while starts[piece] > end:
        piece -= 1
    most = values[piece] + each.slopes[piece] * (end - starts[piece]) - rate * rest
    while piece and starts[piece] > fill:
        # Between where pieces start it is never more than at both ends.
        worth = values[piece] - rate * (starts[piece] - fill)
        if worth > most:  # noqa: PLR1730 - the search spends its time here
            most = worth
        piece -= 1
    return most


class _Node(NamedTuple):
    """How many expenses are decided, and what that means: fills, worths and mosts by bin."""

    at: int
    fills: list[int]
    worths: list[int]
    mosts: list[int]
    cost: int
    taken: tuple[int, ...]


class JointBins:
    """All bins of a frame at given prices."""

    def __init__(self, frame: ScaledFrame, prices: Mapping[int, int], unit: int) -> None:
        self._frame = frame
        self._bins = frame.bins
        self._prices = prices
        self._unit = unit
        self._cells = frame.cells

    def worth(self, taken: Sequence[int]) -> int:
        """Return the most that the frame pays above the prices of what it takes (scaled)."""
        fills = self._frame.filled(taken)
        worths = [each.value(fill) for each, fill in zip(self._bins, fills, strict=True)]
        return self._paid(worths) - sum([self._prices[number] for number in taken])

    def _least(self, worths: Sequence[int]) -> int:
        """Return what all ways allow when each bin is worth so much."""
        least = self._frame.most
        for fixed, base, top_up, _ in self._frame.ways:
            least = min(least, fixed + sum([worths[place] for place in (*base, *top_up)]))
        return least

    def _paid(self, worths: Sequence[int]) -> int:
        return self._least(worths) // self._unit * self._unit

    def best(self, close: int) -> tuple[int, tuple[int, ...]]:
        """Return the most that it gains, at most `close` too high, and what it takes for that."""
        bins, prices = self._bins, self._prices
        numbers = [number for number in self._frame.numbers if self._cells[number]]
        numbers.sort(key=lambda n: prices[n] // max([size for _, size in self._cells[n]]))
        left = self._left(numbers)
        worths = [each.value(0) for each in bins]
        mosts = [_most(each, 0, left[0][place]) for place, each in enumerate(bins)]
        best = missed = self._paid(worths)
        chosen: tuple[int, ...] = ()
        stack = [_Node(0, [0] * len(bins), worths, mosts, 0, ())]
        steps = 0
        while stack:
            node = stack.pop()
            most = self._least(node.mosts) - node.cost
            steps += 1
            if most <= best + close or steps > _MOST_STEPS:
                missed = max(missed, most)
            elif node.at < len(numbers):
                without, taking = self._children(node, numbers[node.at], left[node.at + 1])
                stack += (without, taking)
                worth = self._paid(taking.worths) - taking.cost
                if worth > best:
                    best, chosen = worth, taking.taken
        return max(best, missed), chosen

    def _children(
        self, node: _Node, number: int, rests: Sequence[tuple[int, int]]
    ) -> tuple[_Node, _Node]:
        """Return what comes of leaving an expense, and of taking it."""
        at, fills, worths, mosts, cost, taken = node
        without = mosts.copy()
        fills, new_worths, new_mosts = fills.copy(), worths.copy(), mosts.copy()
        for place, size in self._cells[number]:
            each = self._bins[place]
            without[place] = _most(each, fills[place], rests[place])
            fills[place] += size
            new_worths[place] = each.value(fills[place])
            new_mosts[place] = _most(each, fills[place], rests[place])
        cost += self._prices[number]
        return (
            _Node(at + 1, node.fills, worths, without, node.cost, taken),
            _Node(at + 1, fills, new_worths, new_mosts, cost, (*taken, number)),
        )

    def _left(self, order: Sequence[int]) -> list[list[tuple[int, int]]]:
        """Return for each place in the order what each bin can still get, and at what rate."""
        left = [[(0, 0)] * len(self._bins)]
        for number in reversed(order):
            now = left[-1].copy()
            for place, size in self._cells[number]:
                rest, rate = now[place]
                mine = self._prices[number] // size
                now[place] = (rest + size, min(mine, rate) if rest else mine)
            left.append(now)
        left.reverse()
        return left


def _most(each: ScaledBin, fill: int, left: tuple[int, int]) -> int:
    return max(each.value(fill), most_further(each, fill, *left))
