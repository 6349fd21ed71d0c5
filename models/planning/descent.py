"""One depth-first search over the expenses that are left, under fixed prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.planning.local_moves import improved_share
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

    def __init__(self, items: Sequence[Item], more_than: int, pace: Pace) -> None:
        self.low = more_than
        self.owners: Mapping[int, int] | None = None
        self.open_bound = more_than
        self.pace = pace
        self.nodes = 0
        self._items = items

    def offer(
        self, frames: Sequence[ScaledFrame], free: Free, owners: Mapping[int, int]
    ) -> Generator[None, None, None]:
        """Take a complete share over if it pays more, then try to improve it."""
        if self._take(frames, owners):
            improved = yield from improved_share(frames, free, owners, self.pace)
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
    places = [{key: place for place, key in enumerate(frame.all_keys)} for frame in frames]
    costs = [[0] * len(frame.all_keys) for frame in frames]
    for item in items:
        position = owners.get(item.number)
        if position is not None:
            costs[position][places[position][item.key]] += item.net
    return costs


class Node(NamedTuple):
    """A partial share: bound (yen), how many expenses are placed, fills of the bins, takers."""

    bound: int
    depth: int
    fills: tuple[int, ...]
    takers: tuple[int, ...]


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
        stack = [Node(min(upper, self._bound(0, first)), 0, first, ())]
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
        for taker, sizes in reversed(self._gives[node.depth]):
            fills = list(node.fills)
            for position, size in sizes:
                fills[position] = self._clipped(position, fills[position] + size)
            after = tuple(fills)
            bound = min(node.bound, self._bound(depth, after))
            children.append(Node(bound, depth, after, (*node.takers, taker)))
        return children

    def _clipped(self, position: int, fill: int) -> int:
        full = self._full[position]
        return fill if full is None or fill < full else full

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
        return total // self._unit
