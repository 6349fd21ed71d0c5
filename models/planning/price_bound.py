"""The bound by prices: what no admissible combination can exceed, whatever the shares.

Give every expense a price. A plan is worth the prices of all expenses, plus for each of its frames
what the frame pays above the prices of what it takes; so all prices together with the best of these
gains (one frame of each clique of conflicting frames) bound every plan. Any prices give a valid
bound; good prices give one that is often reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.planning.key_prices import basins_of, key_prices

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

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


_FLOWS = 3


class Gains:
    """What each frame pays at most above the prices of what it takes; remembers what it found."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], int] = {}

    def of(self, frame: ScaledFrame, prices: Mapping[int, int]) -> int:
        """Return the gain of a frame (scaled)."""
        asked = (frame.number, *[prices[number] for number in frame.numbers])
        found = self._known.get(asked)
        if found is None:
            total = sum([bin_gain(each, prices) for each in frame.bins if each.slopes != (0,)])
            found = self._known[asked] = min(frame.most, total)
        return found


class _Move(NamedTuple):
    """Expenses that change their price together, in several ways, and what that touches."""

    numbers: tuple[int, ...]
    touched: list[int]
    ways: list[tuple[int, ...]]
    cliques: frozenset[int]


class PriceBound:
    """Good prices for some frames, found by descent; `bound`, `prices` and `gains` are scaled.

    `cliques` hold positions in `frames`, each position in one. Only expenses that several frames
    take get a price.
    """

    def __init__(
        self,
        frames: Sequence[ScaledFrame],
        cliques: Sequence[Sequence[int]],
        items: Sequence[Item],
        known: Gains,
        parent: PriceBound | None = None,
    ) -> None:
        self.frames = frames
        self.cliques = cliques
        self._known = known
        takers: dict[int, list[int]] = {}
        for position, frame in enumerate(frames):
            for number in frame.numbers:
                takers.setdefault(number, []).append(position)
        self._takers = {number: some for number, some in takers.items() if len(some) > 1}
        self._items = {item.number: item for item in items if item.number in self._takers}
        self.prices = dict.fromkeys((item.number for item in items), 0)
        self._worths = {
            number: max([frames[position].worth(number) for position in some])
            for number, some in self._takers.items()
        }
        if parent is not None:
            for number, worth in self._worths.items():
                self.prices[number] = min(parent.prices[number], worth)
        self._clique_of = {p: number for number, clique in enumerate(cliques) for p in clique}
        self.gains: list[int] = []
        self.bests: list[int] = []
        self.bound = self._reckon()
        self._parent = parent
        self._all_items = items
        self._moves: list[_Move] = []

    def _reckon(self) -> int:
        """Work gains and bound out anew for the prices."""
        self.gains = [self._known.of(frame, self.prices) for frame in self.frames]
        self.bests = [max([self.gains[p] for p in clique]) for clique in self.cliques]
        self.bound = sum(self.bests) + sum(self.prices.values())
        return self.bound

    def _start_from_flow(self, pace: Pace) -> Generator[None, None, None]:
        """Take the prices of a flow to the best frame of each clique, if they are better."""
        supply: dict[int, int] = {}
        for item in self._all_items:
            supply[item.key] = supply.get(item.key, 0) + item.net
        best, prices = self.bound, dict(self.prices)
        for _ in range(_FLOWS):
            chosen = [
                self.frames[max(clique, key=lambda position: self.gains[position])]
                for clique in self.cliques
            ]
            levels = key_prices(basins_of(chosen, supply), supply)
            for number, item in self._items.items():
                self.prices[number] = min(levels[item.key] * item.net, self._worths[number])
            if self._reckon() < best:
                best, prices = self.bound, dict(self.prices)
            yield from pace.rest()
        self.prices = prices
        self._reckon()

    def _affected(self, parent: PriceBound | None) -> dict[int, None]:
        """Return the moves worth trying: all, or those near what differs from the parent."""
        if parent is None:
            return dict.fromkeys(range(len(self._moves)))
        before = {
            frozenset([parent.frames[position].number for position in clique]): best
            for clique, best in zip(parent.cliques, parent.bests, strict=True)
        }
        changed = {
            number
            for number, clique in enumerate(self.cliques)
            if before.get(frozenset([self.frames[position].number for position in clique]))
            != self.bests[number]
        }
        return dict.fromkeys(
            number
            for number, move in enumerate(self._moves)
            if not changed.isdisjoint(move.cliques)
        )

    @property
    def best_gains(self) -> int:
        """The gains of the best frame of each clique together."""
        return sum(self.bests)

    def improve(self, pace: Pace) -> Generator[None, None, None]:
        """Lower the bound by changing the prices of some expenses, until no change helps."""
        if self._parent is None:
            yield from self._start_from_flow(pace)
        yield from pace.rest()
        self._moves = [*self._joint_moves(), *self._single_moves()]
        yield from pace.rest()
        pending = self._affected(self._parent)
        self._parent = None
        while pending:
            number = next(iter(pending))
            del pending[number]
            move = self._moves[number]
            lowered = False
            for way in move.ways:
                lowered = self._set_prices(move, way) or lowered
                yield from pace.rest()
            if lowered:
                for other, near in enumerate(self._moves):
                    if other != number and not move.cliques.isdisjoint(near.cliques):
                        pending[other] = None

    def _set_prices(self, move: _Move, way: Sequence[int]) -> bool:
        """Take over prices if that lowers the bound; return whether it does."""
        prices = self.prices
        before = [prices[number] for number in move.numbers]
        change = sum(way) - sum(before)
        for number, price in zip(move.numbers, way, strict=True):
            prices[number] = price
        of = self._known.of
        gains = {position: of(self.frames[position], prices) for position in move.touched}
        bests: dict[int, int] = {}
        for number in move.cliques:
            clique = self.cliques[number]
            best = max([gains[p] if p in gains else self.gains[p] for p in clique])
            bests[number] = best
            change += best - self.bests[number]
        if change >= 0:
            for number, price in zip(move.numbers, before, strict=True):
                prices[number] = price
            return False
        self.bound += change
        for position, gain in gains.items():
            self.gains[position] = gain
        for number, best in bests.items():
            self.bests[number] = best
        return True

    def _joint_moves(self) -> list[_Move]:
        """Return moves that price all expenses of some keys alike for each yen."""
        by_key: dict[int, list[int]] = {}
        for number, item in self._items.items():
            by_key.setdefault(item.key, []).append(number)
        sets: dict[tuple[int, ...], None] = {tuple(by_key): None}
        for frame in self.frames:
            sets[tuple(key for key in frame.keys if key in by_key)] = None
        for key in by_key:
            sets[(key,)] = None
        moves: list[_Move] = []
        for keys in sets:
            numbers = tuple(number for key in keys for number in by_key[key])
            if not numbers:
                continue
            touched = sorted({p for key in keys for p in self._takers[by_key[key][0]]})
            ways = {
                tuple(
                    min(level * self._items[number].net, self._worths[number]) for number in numbers
                ): None
                for level in self._levels(keys, touched)
            }
            moves.append(self._move(numbers, touched, list(ways)))
        return moves

    def _levels(self, keys: Sequence[int], touched: Sequence[int]) -> list[int]:
        """Return what one yen of cost under the keys can be worth to a frame."""
        levels = {0}
        for position in touched:
            for each in self.frames[position].bins:
                for key in keys:
                    weight = each.weights.get(key)
                    if weight:
                        levels.update([slope * weight for slope in each.slopes])
        return sorted(levels)

    def _single_moves(self) -> list[_Move]:
        """Return moves that price one expense that is too large for some frame."""
        moves: list[_Move] = []
        for number, touched in self._takers.items():
            worths = {self.frames[position].worth(number) for position in touched}
            if len(worths) > 1:
                ways = [(worth,) for worth in sorted({0, *worths})]
                moves.append(self._move((number,), touched, ways))
        return moves

    def _move(
        self, numbers: tuple[int, ...], touched: list[int], ways: list[tuple[int, ...]]
    ) -> _Move:
        cliques = frozenset([self._clique_of[position] for position in touched])
        return _Move(numbers, touched, ways, cliques)
