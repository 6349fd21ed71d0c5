"""One depth-first search over the expenses that are left, under fixed prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.planning.local_moves import Shares, improved_share
from models.planning.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from models.planning.local_moves import Free
    from models.planning.pace import Pace
    from models.planning.scaled_frames import Item, ScaledBin, ScaledFrame

_NODES_PER_LOOK = 4
_NODES_BEFORE_NEW_PRICES = 800
_TOO_FEW_FOR_NEW_PRICES = 9


class Best:
    """The best share found so far: total in yen, and frame positions by expense number.

    `open_bound` is the most that what was not searched could pay, once the time is over.
    """

    def __init__(self, items: Sequence[Item], unit: int, more_than: int, pace: Pace) -> None:
        self.low = more_than
        self.owners: Mapping[int, int] | None = None
        self.open_bound = more_than
        self.pace = pace
        self.nodes = 0
        self._items = items
        self._unit = unit

    def offer(
        self, frames: Sequence[ScaledFrame], free: Free, owners: Mapping[int, int]
    ) -> Generator[None, None, None]:
        """Take a complete share over if it pays more, then try to improve it."""
        if self._take(frames, owners):
            improved = yield from improved_share(
                Shares(frames, owners, self._unit), free, self.pace
            )
            self._take(frames, improved)

    def seek(
        self, frames: Sequence[ScaledFrame], free: Free, owners: Mapping[int, int]
    ) -> Generator[None, None, None]:
        """Improve a complete share, then take it over if it pays more."""
        improved = yield from improved_share(Shares(frames, owners, self._unit), free, self.pace)
        self._take(frames, improved)

    def _take(self, frames: Sequence[ScaledFrame], owners: Mapping[int, int]) -> bool:
        low = sum(
            frame.frame.amount(costs)
            for frame, costs in zip(frames, pooled(frames, self._items, owners), strict=True)
        )
        if low <= self.low:
            return False
        self.low, self.owners = low, owners
        return True


def pooled(
    frames: Sequence[ScaledFrame], items: Sequence[Item], owners: Mapping[int, int]
) -> list[list[int]]:
    """Return each frame's costs by its keys; `owners` maps expenses to positions in `frames`."""
    costs = [[0] * len(frame.places) for frame in frames]
    for number, key, net in items:
        position = owners.get(number)
        if position is not None:
            costs[position][frames[position].places[key]] += net
    return costs


class Node(NamedTuple):
    """A partial share: bound (yen), how many expenses are placed, fills of the bins, takers.

    `worths` are what each frame can pay above the prices of what it takes further, scaled.
    """

    bound: int
    depth: int
    fills: tuple[int, ...]
    takers: tuple[int, ...]
    worths: tuple[int, ...]


class Descent:
    """Expenses go to frames one by one, the largest first; branches that cannot win are cut."""

    def __init__(
        self,
        frames: Sequence[ScaledFrame],
        fixed: Mapping[int, int],
        free: Free,
        prices: Mapping[int, int],
        unit: int,
    ) -> None:
        self._frames = frames
        self._fixed = fixed
        self._free = free
        self._unit = unit
        self._price_left = [0]
        for item, _ in reversed(free):
            self._price_left.append(self._price_left[-1] + prices[item.number])
        self._price_left.reverse()
        self._bins = [(n, each) for n, frame in enumerate(frames) for each in frame.bins]
        self._bins_of: list[list[int]] = [[] for _ in frames]
        for position, (owner, _) in enumerate(self._bins):
            self._bins_of[owner].append(position)
        self._full = [each.full for _, each in self._bins]
        self._reaches: list[Reach] = []
        self._counts: list[list[int]] = []
        for owner, each in self._bins:
            self._add_bin(owner, each, prices)
        self._gives = [
            [(taker, self._sizes_for(taker, item)) for taker in takers] for item, takers in free
        ]

    def _add_bin(self, owner: int, each: ScaledBin, prices: Mapping[int, int]) -> None:
        left: list[tuple[int, int]] = []
        counts: list[int] = []
        for item, takers in self._free:
            counts.append(len(left))
            if owner in takers and item.number in each.sizes:
                left.append((each.sizes[item.number], prices[item.number]))
        counts.append(len(left))
        self._reaches.append(Reach(each, left))
        self._counts.append([len(left) - count for count in counts])

    def _sizes_for(self, taker: int, item: Item) -> list[tuple[int, int]]:
        return [
            (position, each.sizes[item.number])
            for position, (owner, each) in enumerate(self._bins)
            if owner == taker and item.number in each.sizes
        ]

    def run(self, best: Best, upper: int) -> Generator[None, None, list[Node]]:
        """Search for better than the best; return what needs better prices, or is left open."""
        starts = [
            sum(size for number, size in each.sizes.items() if self._fixed.get(number) == owner)
            for owner, each in self._bins
        ]
        first = tuple(self._clipped(place, fill) for place, fill in enumerate(starts))
        worths = tuple(self._worth(taker, 0, first) for taker in range(len(self._frames)))
        bound = (self._price_left[0] + sum(worths)) // self._unit
        stack = [Node(min(upper, bound), 0, first, (), worths)]
        seen: set[tuple[int, tuple[int, ...]]] = set()
        later: list[Node] = []
        last_depth = len(self._free) - _TOO_FEW_FOR_NEW_PRICES
        count = 0
        while stack:
            count += 1
            if count % _NODES_PER_LOOK == 0:
                yield from best.pace.rest()
                if best.pace.over:
                    break
            node = stack.pop()
            if node.bound <= best.low or (node.depth, node.fills) in seen:
                continue
            if count > _NODES_BEFORE_NEW_PRICES and 0 < node.depth < last_depth:
                later.append(node)
                continue
            if node.depth == len(self._free):
                yield from best.offer(self._frames, self._free, self.owners(node))
                continue
            seen.add((node.depth, node.fills))
            children = [child for child in self._children(node) if child.bound > best.low]
            children.sort(key=lambda child: child.bound)
            stack += children
        best.nodes += count
        return [*later, *stack]

    def owners(self, node: Node) -> dict[int, int]:
        """Return the frame positions of all expenses placed so far."""
        placed = zip(self._free, node.takers, strict=False)
        return {**self._fixed, **{item.number: taker for (item, _), taker in placed}}

    def _children(self, node: Node) -> list[Node]:
        children: list[Node] = []
        depth = node.depth + 1
        gives = self._gives[node.depth]
        worths = list(node.worths)
        for taker, _ in gives:
            worths[taker] = self._worth(taker, depth, node.fills)
        total = self._price_left[depth] + sum(worths)
        for taker, sizes in reversed(gives):
            fills = list(node.fills)
            for position, size in sizes:
                fills[position] = self._clipped(position, fills[position] + size)
            worth = self._worth(taker, depth, fills)
            bound = min(node.bound, (total - worths[taker] + worth) // self._unit)
            after = (*worths[:taker], worth, *worths[taker + 1 :])
            children.append(Node(bound, depth, tuple(fills), (*node.takers, taker), after))
        return children

    def _clipped(self, position: int, fill: int) -> int:
        full = self._full[position]
        return fill if full is None or fill < full else full

    def _worth(self, taker: int, depth: int, fills: Sequence[int]) -> int:
        """Return the most a frame pays above the prices of what it takes further (scaled)."""
        left = 0
        worths: list[int] = []
        for position in self._bins_of[taker]:
            count = self._counts[position][depth]
            left += count
            worths.append(self._reaches[position].best(count, fills[position]))
        frame = self._frames[taker]
        worth = frame.most
        for fixed, base, top_up, lead in frame.ways:
            gain = sum([worths[place] for place in base])
            more = sum([worths[place] for place in top_up])
            if more and lead is not None:
                position = self._bins_of[taker][lead]
                if not fills[position] and gain <= frame.bins[lead].values[0]:
                    led = self._reaches[position].led(self._counts[position][depth])
                    more = 0 if led is None else max(0, led + more - gain)
            worth = min(worth, fixed + gain + more)
        # Whoever gets nothing more is paid in whole yen.
        return worth if left else worth - worth % self._unit
