"""The bound by prices: what no admissible combination can exceed, whatever the shares.

Give every expense a price. A plan is worth the prices of all expenses, plus for each of its frames
what the frame pays above the prices of what it takes; so all prices together with the best of these
gains (one frame of each clique of conflicting frames) bound every plan. Any prices give a valid
bound; good prices give one that is often reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.price_program import Program
from models.planning.takers import Lots, Taker

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from models.planning.local_moves import Free
    from models.planning.pace import Pace
    from models.planning.scaled_frames import Item, ScaledBin, ScaledFrame


def bin_gain(each: ScaledBin, prices: Mapping[int, int]) -> int:
    """Return the most a bin pays above the prices of what it takes (scaled, from above).

    An expense that fills the bin alone is taken whole or not at all; of others also parts.
    """
    best = each.values[0]
    full = each.full
    legs: list[tuple[int, int]] = []
    for number, size in each.sizes.items():
        if full is not None and size >= full:
            best = max(best, (each.top or 0) - prices[number])
        else:
            legs.append((prices[number] // size, size))
    legs.sort()
    return max(best, best_fill(each, 0, legs))


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


def _frame_gain(frame: ScaledFrame, prices: Mapping[int, int]) -> int:
    least = frame.most
    bins = frame.bins
    for fixed, base, top_up, lead in frame.ways:
        gain = sum([bin_gain(bins[place], prices) for place in base])
        more = sum([bin_gain(bins[place], prices) for place in top_up])
        if more and lead is not None and gain <= bins[lead].values[0]:
            led = _led_gain(bins[lead], prices)
            more = 0 if led is None else max(0, led + more - gain)
        least = min(least, fixed + gain + more)
    return least


def _led_gain(each: ScaledBin, prices: Mapping[int, int]) -> int | None:
    """Return the most a bin pays above the prices with at least one expense; `None`: without."""
    legs = sorted([(prices[number] // size, size) for number, size in each.sizes.items()])
    gains = [best_fill(each, size, legs) - prices[number] for number, size in each.sizes.items()]
    return max(gains, default=None)


class Market:
    """Some frames and the expenses that they take: what each frame gains at prices.

    What it found it remembers, for all bounds among these frames.
    """

    def __init__(self, frames: Iterable[ScaledFrame], items: Sequence[Item], unit: int) -> None:
        self.items = items
        self.unit = unit
        self.lots = Lots(frames, items)
        self._lots_of: dict[int, tuple[int, ...]] = {}
        self._takers: dict[tuple[int, ...], Taker] = {}
        self._known: dict[tuple[int, ...], int] = {}

    def gain(self, frame: ScaledFrame, prices: Mapping[int, int]) -> int:
        """Return the most a frame pays above the prices of what it takes (scaled)."""
        asked = (frame.number, *[prices[number] for number in frame.numbers])
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = _frame_gain(frame, prices)
        return found

    def lots_of(self, frame: ScaledFrame) -> tuple[int, ...]:
        """Return the lots that a frame takes."""
        found = self._lots_of.get(frame.number)
        if found is None:
            of = self.lots.of
            found = tuple(dict.fromkeys([of[number] for number in frame.numbers]))
            self._lots_of[frame.number] = found
        return found

    def taker(self, frame: ScaledFrame, shared: Mapping[int, int]) -> Taker:
        """Return a frame as the linear program asks it; `shared` lots have a price."""
        priced = [lot for lot in self.lots_of(frame) if lot in shared]
        asked = (frame.number, *priced)
        found = self._takers.get(asked)
        if found is None:
            found = self._takers[asked] = Taker(frame, self.lots, set(priced), self.unit)
        return found


class PriceBound:
    """Good prices for some frames; `bound`, `prices` and `gains` are scaled.

    `cliques` hold positions in `frames`, each position in one. Only expenses that several frames
    take get a price. Before `improve` the prices are those of `parent`, or nothing.
    """

    def __init__(
        self,
        frames: Sequence[ScaledFrame],
        cliques: Sequence[Sequence[int]],
        market: Market,
        parent: PriceBound | None = None,
    ) -> None:
        self.frames = frames
        self.cliques = cliques
        self._market = market
        shared: dict[int, int] = {}
        for frame in frames:
            for lot in market.lots_of(frame):
                shared[lot] = shared.get(lot, 0) + 1
        self._shared = {lot: row for row, lot in enumerate([n for n, k in shared.items() if k > 1])}
        of = market.lots.of
        self.prices: dict[int, int] = {
            number: 0 if parent is None or of[number] not in self._shared else parent.prices[number]
            for number, _, _ in market.items
        }
        self.mix: dict[tuple[int, int], float] = {}
        self.gains: list[int] = []
        self.bests: list[int] = []
        self.bound = self._reckon()

    def _reckon(self) -> int:
        """Work gains and bound out anew for the prices."""
        gain, prices = self._market.gain, self.prices
        self.gains = [gain(frame, prices) for frame in self.frames]
        self.bests = [max([self.gains[p] for p in clique]) for clique in self.cliques]
        self.bound = sum(self.bests) + sum(prices.values())
        return self.bound

    def rounded(self, free: Free) -> dict[int, int]:
        """Return an owner (position) for each free expense, near the best mix."""
        lots = self._market.lots
        left = {
            (position, lot): share * lots.nets[lot] for (position, lot), share in self.mix.items()
        }
        owners: dict[int, int] = {}
        for item, takers in free:
            lot = lots.of[item.number]
            owner = max(takers, key=lambda position: left.get((position, lot), 0.0))
            left[owner, lot] = left.get((owner, lot), 0.0) - item.net
            owners[item.number] = owner
        return owners

    def use(self, position: int) -> float:
        """Return how much of a frame's costs are in the best mix (yen)."""
        nets = self._market.lots.nets
        return sum([share * nets[lot] for (p, lot), share in self.mix.items() if p == position])

    @property
    def best_gains(self) -> int:
        """The gains of the best frame of each clique together."""
        return sum(self.bests)

    def improve(self, pace: Pace, enough: int | None = None) -> Generator[None, None, None]:
        """Look for prices that give a lower bound, no better than `enough` (yen) needs."""
        if not self._shared:
            return
        market = self._market
        lots = market.lots
        takers = [market.taker(frame, self._shared) for frame in self.frames]
        start = [0.0] * len(lots.nets)
        for number, _, _ in market.items:
            start[lots.of[number]] += self.prices[number] / market.unit
        program = Program(takers, self.cliques, list(self._shared), len(lots.nets))
        yield from pace.rest()
        found = yield from program.solve(start, enough, pace)
        self.mix = program.mix()
        before, bound = self.prices, self.bound
        self.prices = dict(before)
        for number, _, net in market.items:
            lot = lots.of[number]
            if lot in self._shared:
                # Every yen of a lot costs the same whole price.
                self.prices[number] = round(found[lot] * market.unit / lots.nets[lot]) * net
        if self._reckon() > bound:
            self.prices = before
            self._reckon()
