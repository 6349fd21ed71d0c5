"""Shares expenses among frames that may stand together: exact, by branch and bound.

Expenses go to frames one by one, the largest first. A branch ends where even the bound for what is
left (prices, and the sums that the remaining expenses can reach at all) does not beat the best.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from models.planning.price_bound import PriceBound

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from models.planning.pace import Pace
    from models.planning.scaled_frames import ScaledBin, ScaledFrame

_MOST_SUMS = 1024
_NODES_PER_LOOK = 32


class Item(NamedTuple):
    """One expense: its number in the consultation, the number of its key, its net cost in yen."""

    number: int
    key: int
    net: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: `owners` maps expense indices to frame numbers.

    `low` is the best total (yen), -1 when none beats what was asked for; `upper` is the proven
    most that any share of the expenses among the frames can reach.
    """

    low: int
    owners: Mapping[int, int]
    upper: int

    @property
    def exact(self) -> bool:
        """Whether nothing better exists."""
        return self.low == self.upper


@dataclass
class ShareSearch:
    """Finds the best share for sets of frames of one problem; remembers parts already solved."""

    unit: int
    supply: Sequence[int]
    items: Sequence[Item]
    pace: Pace
    nodes: int = 0
    _known: dict[tuple[int, ...], Found] = field(default_factory=dict[tuple[int, ...], Found])

    def best(
        self, frames: Sequence[ScaledFrame], more_than: int = -1
    ) -> Generator[None, None, Found]:
        """Search the best share among all these frames, of which none conflict.

        Only a total above `more_than` (yen) is of interest: below it the search ends early.
        """
        parts = [_Part(self, part) for part in self._parts(frames)]
        uppers = [part.upper for part in parts]
        low, owners = 0, dict[int, int]()
        for position, part in enumerate(parts):
            others = low + sum(uppers[position + 1 :])
            if others + part.upper <= more_than:
                return Found(-1, {}, others + part.upper)
            found = yield from part.solve(more_than - others)
            uppers[position] = found.upper
            if found.low < 0:
                return Found(-1, {}, others + found.upper)
            low += found.low
            owners.update(found.owners)
        return Found(low, owners, sum(uppers))

    def _parts(self, frames: Sequence[ScaledFrame]) -> list[list[ScaledFrame]]:
        """Return the frames in groups that share no key with cost."""
        parts: list[tuple[set[int], list[ScaledFrame]]] = []
        for frame in frames:
            keys = {key for key in frame.keys if self.supply[key]}
            members = [frame]
            apart: list[tuple[set[int], list[ScaledFrame]]] = []
            for other_keys, others in parts:
                if keys.isdisjoint(other_keys):
                    apart.append((other_keys, others))
                else:
                    keys |= other_keys
                    members = [*others, *members]
            parts = [*apart, (keys, members)]
        return [sorted(members, key=lambda frame: frame.number) for _, members in parts]

    def remembered(self, numbers: tuple[int, ...]) -> Found | None:
        """Return what an earlier search found for a part."""
        return self._known.get(numbers)

    def remember(self, numbers: tuple[int, ...], found: Found) -> None:
        """Keep what a search found for a part."""
        self._known[numbers] = found


class _Part:
    """Frames linked by shared expenses."""

    def __init__(self, search: ShareSearch, frames: Sequence[ScaledFrame]) -> None:
        self._search = search
        self._frames = frames
        self._numbers = tuple(frame.number for frame in frames)
        self._fixed: dict[int, int] = {}
        self._free: list[tuple[Item, list[int]]] = []
        self._prices: list[int] = []
        known = search.remembered(self._numbers)
        if known is not None:
            self.upper = known.upper
            if known.exact:
                return
        for item in search.items:
            takers = [n for n, frame in enumerate(frames) if frame.takes(item.key)]
            if len(takers) == 1:
                self._fixed[item.number] = takers[0]
            elif takers:
                self._free.append((item, takers))
        bound = PriceBound(
            frames,
            [[position] for position in range(len(frames))],
            search.supply,
            sorted({item.key for item, _ in self._free}),
        )
        self._prices = bound.prices
        if self._free:
            bound.improve()
            self._prices = bound.prices
        upper = bound.bound // search.unit
        self.upper = upper if known is None else min(upper, known.upper)

    def solve(self, more_than: int) -> Generator[None, None, Found]:
        """Search the best share that pays more than `more_than` yen."""
        known = self._search.remembered(self._numbers)
        if known is not None and (known.exact or known.upper <= more_than):
            return known if known.low > more_than else Found(-1, {}, known.upper)
        if not self._free:
            return self._only_share(more_than)
        found = yield from _Descent(
            self._search, self._frames, self._fixed, self._free, self._prices, self.upper
        ).run(more_than)
        if known is not None and known.low > found.low:
            found = Found(known.low, known.owners, max(found.upper, known.low))
        self._search.remember(self._numbers, found)
        return found if found.low > more_than else Found(-1, {}, found.upper)

    def _only_share(self, more_than: int) -> Found:
        owners = {index: self._frames[taker].number for index, taker in self._fixed.items()}
        low = sum(
            frame.frame.amount(costs)
            for frame, costs in zip(
                self._frames, pooled(self._frames, self._search.items, self._fixed), strict=True
            )
        )
        found = Found(low, owners, low)
        self._search.remember(self._numbers, found)
        return found if low > more_than else Found(-1, {}, low)


def pooled(
    frames: Sequence[ScaledFrame], items: Sequence[Item], owners: Mapping[int, int]
) -> list[list[int]]:
    """Return each frame's costs by its keys; `owners` maps indices to positions in `frames`."""
    places = [{key: place for place, key in enumerate(frame.all_keys)} for frame in frames]
    costs = [[0] * len(frame.all_keys) for frame in frames]
    for item in items:
        position = owners.get(item.number)
        if position is not None:
            costs[position][places[position][item.key]] += item.net
    return costs


class _Reach:
    """What one bin can still get from the expenses that are left, and the best it makes of it."""

    __slots__ = ("_bin", "_left", "_memo", "_price", "_sums")

    def __init__(self, each: ScaledBin, sizes: Sequence[tuple[int, int]]) -> None:
        """`sizes` are (weighted cost, price of it a unit) of the takeable items, in order."""
        self._bin = each
        self._left = [0]
        self._price = [0]
        self._sums: list[list[int] | None] = [[0]]
        self._memo: list[dict[int, int]] = [{} for _ in range(len(sizes) + 1)]
        lowest = None
        for size, price in reversed(sizes):
            lowest = price if lowest is None else min(lowest, price)
            self._left.append(self._left[-1] + size)
            self._price.append(lowest)
            sums = self._sums[-1]
            if sums is not None:
                sums = sorted({*sums, *(each + size for each in sums)})
            self._sums.append(sums if sums is not None and len(sums) <= _MOST_SUMS else None)

    def best(self, count: int, filled: int) -> int:
        """Return the most that the bin pays above the price of what it takes further.

        `count` items are left for it, `filled` is its weighted cost so far.
        """
        memo = self._memo[count]
        found = memo.get(filled)
        if found is None:
            found = memo[filled] = self._best(count, filled)
        return found

    def _best(self, count: int, filled: int) -> int:
        each, price, left = self._bin, self._price[count], self._left[count]
        sums = self._sums[count]
        best = max(each.value(filled), each.value(filled + left) - price * left)
        for start, value in zip(each.starts, each.values, strict=True):
            more = start - filled
            if not 0 < more < left:
                continue
            if sums is None:
                best = max(best, value - price * more)
                continue
            # Between two starts the amount is a straight line: its ends are the best.
            place = bisect_left(sums, more)
            for reached in sums[place - 1 : place + 1]:
                best = max(best, each.value(filled + reached) - price * reached)
        return best


class _Node(NamedTuple):
    """A partial share: the bound (yen), how many expenses are placed, fills of all bins, trail."""

    bound: int
    depth: int
    fills: tuple[int, ...]
    trail: object


class _Descent:
    """One branch-and-bound search."""

    def __init__(
        self,
        search: ShareSearch,
        frames: Sequence[ScaledFrame],
        fixed: Mapping[int, int],
        free: Sequence[tuple[Item, list[int]]],
        prices: Sequence[int],
        upper: int,
    ) -> None:
        self._search = search
        self._frames = frames
        self._fixed = fixed
        self._free = sorted(free, key=lambda pair: -pair[0].net)
        self._upper = upper
        self._prices = prices
        self._price_left = [0]
        for item, _ in reversed(self._free):
            self._price_left.append(self._price_left[-1] + prices[item.key] * item.net)
        self._price_left.reverse()
        self._bins = [(n, each) for n, frame in enumerate(frames) for each in frame.bins]
        self._flat = [each.flat_from for _, each in self._bins]
        self._starts: list[int] = []
        self._reaches: list[_Reach] = []
        self._counts: list[list[int]] = []
        for owner, each in self._bins:
            self._add_bin(owner, each)
        self._gives = [
            [(taker, self._fill_of(taker, item)) for taker in takers] for item, takers in self._free
        ]

    def _add_bin(self, owner: int, each: ScaledBin) -> None:
        start = sum(
            each.weights.get(item.key, 0) * item.net
            for item in self._search.items
            if self._fixed.get(item.number) == owner
        )
        sizes: list[tuple[int, int]] = []
        counts: list[int] = []
        for item, takers in self._free:
            counts.append(len(sizes))
            weight = each.weights.get(item.key, 0)
            if weight and owner in takers:
                sizes.append((weight * item.net, self._prices[item.key] // weight))
        counts.append(len(sizes))
        self._starts.append(start)
        self._reaches.append(_Reach(each, sizes))
        self._counts.append([len(sizes) - count for count in counts])

    def _fill_of(self, taker: int, item: Item) -> list[tuple[int, int]]:
        return [
            (position, each.weights[item.key] * item.net)
            for position, (owner, each) in enumerate(self._bins)
            if owner == taker and item.key in each.weights
        ]

    def run(self, more_than: int) -> Generator[None, None, Found]:
        """Search until nothing better than the best can be left, or the time is over."""
        best, best_trail = more_than, None
        first = tuple(self._clipped(p, fill) for p, fill in enumerate(self._starts))
        stack = [_Node(min(self._upper, self._bound(0, first)), 0, first, None)]
        seen: set[tuple[int, tuple[int, ...]]] = set()
        count = 0
        while stack:
            count += 1
            if count % _NODES_PER_LOOK == 0 and self._search.pace.due():
                yield
                self._search.pace.resume()
                if self._search.pace.over:
                    break
            node = stack.pop()
            if node.bound <= best or (node.depth, node.fills) in seen:
                continue
            if node.depth == len(self._free):
                low = self._exact(node.trail)
                if low > best:
                    best, best_trail = low, (node.trail,)
                continue
            seen.add((node.depth, node.fills))
            children = [child for child in self._children(node) if child.bound > best]
            children.sort(key=lambda child: child.bound)
            stack += children
        self._search.nodes += count
        upper = max([best, *(node.bound for node in stack)])
        if best_trail is None:
            return Found(-1, {}, upper)
        return Found(best, self._owners(best_trail[0]), upper)

    def _children(self, node: _Node) -> list[_Node]:
        children: list[_Node] = []
        depth = node.depth + 1
        for taker, gives in reversed(self._gives[node.depth]):
            fills = list(node.fills)
            for position, size in gives:
                fills[position] = self._clipped(position, fills[position] + size)
            after = tuple(fills)
            bound = min(node.bound, self._bound(depth, after))
            children.append(_Node(bound, depth, after, (taker, node.trail)))
        return children

    def _clipped(self, position: int, fill: int) -> int:
        flat = self._flat[position]
        return fill if flat is None or fill < flat else flat

    def _bound(self, depth: int, fills: Sequence[int]) -> int:
        """Return what the best completion can pay at most, in yen."""
        total = self._price_left[depth]
        position = 0
        for frame in self._frames:
            worth = 0
            for _ in frame.bins:
                count = self._counts[position][depth]
                worth += self._reaches[position].best(count, fills[position])
                position += 1
            total += min(worth, frame.most)
        return total // self._search.unit

    def _owners(self, trail: object) -> dict[int, int]:
        owners = {index: self._frames[taker].number for index, taker in self._fixed.items()}
        for (item, _), taker in zip(self._free, self._takers(trail), strict=True):
            owners[item.number] = self._frames[taker].number
        return owners

    def _takers(self, trail: object) -> list[int]:
        takers: list[int] = []
        while trail is not None:
            taker, trail = trail  # pyright: ignore
            takers.append(taker)
        takers.reverse()
        return takers

    def _exact(self, trail: object) -> int:
        owners = dict(self._fixed)
        for (item, _), taker in zip(self._free, self._takers(trail), strict=True):
            owners[item.number] = taker
        return sum(
            frame.frame.amount(costs)
            for frame, costs in zip(
                self._frames, pooled(self._frames, self._search.items, owners), strict=True
            )
        )
