"""What a bin that pays one rate up to a limit would take at given prices, in whole numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

FINER = 20
"""So many bits of a price for a unit of cost stand behind the point."""

Leg = tuple[int, int, int, int]
"""An expense for a bin: price of a unit of weighted cost (from below, with `FINER` bits more),
weighted cost, price, number."""


class Care(NamedTuple):
    """How exactly to answer: the gain may be above the true one by `close` (scaled).

    It is more only where so many steps were not enough. Bins pay multiples of `grain`.
    """

    close: int
    grain: int
    steps: int


def best_of_line(  # noqa: C901, PLR0915 - the search for a plan spends its time here
    rate: int, room: int | None, filled: int, legs: Sequence[Leg], care: Care
) -> tuple[int, int]:
    """Return the most that a choice of legs gains (scaled, from above), and which legs (bits).

    Each unit of cost pays `rate`, `filled` so far and at most `room` more. The legs stand in order.
    The bound is the best choice of parts of legs: the cheapest whole, of one a part. A branch is
    where a choice of whole legs first differs from it.
    """
    close, grain, most_steps = care
    count = len(legs)
    useful = bisect_left(legs, (rate << FINER,))
    sizes = list(accumulate([leg[1] for leg in legs], initial=0))
    costs = list(accumulate([leg[2] for leg in legs], initial=0))
    if room is None:
        room = sizes[count]
    # Prices of a unit are a little too low: then the order, and the bound, can be a little wrong.
    slack = (sizes[count] >> FINER) + count
    paid = rate * filled
    full = (paid + rate * room) // grain * grain
    best = missed = paid // grain * grain
    chosen = 0
    # How many legs are decided, what is left of the room, the cost of the chosen, which they are.
    stack = [(0, room, 0, 0)]
    steps = 0
    while stack:
        at, left, cost, some = stack.pop()
        steps += 1
        # The cheapest legs fill the room; leg `end` no longer fits, or costs more than it pays.
        end = at
        if at < useful:
            end = bisect_right(sizes, sizes[at] + left, at, useful + 1) - 1
        whole = some | (1 << end) - (1 << at)
        spent = cost + costs[end] - costs[at]
        over = left - sizes[end] + sizes[at]
        most = paid + rate * (room - over) - spent
        worth = (most + spent) // grain * grain - spent
        if worth > best:
            best, chosen = worth, whole
        dear = rate << FINER
        if end < useful:
            dear, _, price, _ = legs[end]
            most += rate * over - (dear * over >> FINER) + slack
            worth = full - spent - price
            if worth > best:
                best, chosen = worth, whole | 1 << end
        if most <= best + close or steps > most_steps:
            missed = max(missed, most)
            continue
        for other in range(at, end):
            _, size, price, _ = legs[other]
            without = most + price - (dear * size >> FINER)
            if without > best + close:
                before = some | (1 << other) - (1 << at)
                decided = sizes[other] - sizes[at]
                stack.append((other + 1, left - decided, cost + costs[other] - costs[at], before))
            else:
                missed = max(missed, without)
        if end < useful:
            stack.append((end + 1, over, spent, whole))
            continue
        for other in range(end, count):
            # These can only help by what rounding takes away.
            _, size, price, _ = legs[other]
            stack.append((other + 1, max(0, over - size), spent + price, whole | 1 << other))
    return max(best, missed), chosen
