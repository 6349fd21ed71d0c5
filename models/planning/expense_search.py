"""Shares expenses among frames that may stand together: exact, by branch and bound.

Expenses go to frames one by one, the largest first. A branch ends where even the bound for what is
left (prices, and the sums that the remaining expenses can reach at all) does not beat the best.
Where that does not cut enough, what is left gets prices of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from models.planning.descent import Best, Descent, pooled
from models.planning.price_bound import Market, PriceBound

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from models.planning.local_moves import Free
    from models.planning.pace import Pace
    from models.planning.scaled_frames import Item, ScaledFrame


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: `owners` maps expense numbers to frame numbers.

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
    items: Sequence[Item]
    market: Market
    pace: Pace
    nodes: int = 0
    _ordered: Sequence[Item] = ()
    _known: dict[tuple[int, ...], Found] = field(default_factory=dict[tuple[int, ...], Found])
    _rests: dict[tuple[int, ...], _Rest] = field(default_factory=dict[tuple[int, ...], "_Rest"])

    def __post_init__(self) -> None:
        self._ordered = sorted(self.items, key=lambda item: -item.net)

    def best(
        self,
        frames: Sequence[ScaledFrame],
        more_than: int = -1,
        bound: PriceBound | None = None,
    ) -> Generator[None, None, Found]:
        """Search the best share among all these frames, of which none conflict.

        Only a total above `more_than` (yen) is of interest: below it the search ends early.
        `bound` has good prices for the frames, if they are known.
        """
        parts = linked_parts(frames)
        uppers = [0] * len(parts)
        for position, part in enumerate(parts):
            uppers[position] = yield from self._upper(part, bound)
        low, owners = 0, dict[int, int]()
        for position, part in enumerate(parts):
            others = low + sum(uppers[position + 1 :])
            if others + uppers[position] <= more_than:
                return Found(-1, {}, others + uppers[position])
            found = yield from self._part(part, more_than - others)
            uppers[position] = found.upper
            if found.low < 0:
                return Found(-1, {}, others + found.upper)
            low += found.low
            owners.update(found.owners)
        return Found(low, owners, sum(uppers))

    def quick(
        self, frames: Sequence[ScaledFrame], owners: Mapping[int, int], bound: PriceBound
    ) -> Generator[None, None, Found]:
        """Return a good share near another one and near the best mix of a bound, unproven."""
        places = {frame.number: place for place, frame in enumerate(frames)}
        position_of = {frame.number: position for position, frame in enumerate(bound.frames)}
        free: Free = []
        start: dict[int, int] = {}
        for item in self._ordered:
            takers = [place for place, frame in enumerate(frames) if item.number in frame.numbers]
            if takers:
                free.append((item, takers))
        near = bound.rounded(
            [(item, [position_of[frames[p].number] for p in takers]) for item, takers in free]
        )
        for item, _ in free:
            owner = owners.get(item.number, -1)
            start[item.number] = places.get(owner, places[bound.frames[near[item.number]].number])
        best = Best(self.items, self.unit, -1, self.pace)
        yield from best.seek(frames, free, start)
        found = {number: frames[place].number for number, place in (best.owners or {}).items()}
        return Found(best.low, found, best.low)

    def worth(self, frames: Sequence[ScaledFrame], owners: Mapping[int, int]) -> int:
        """Return what frames surely pay (yen) for what they own; `owners` are frame numbers."""
        places = {frame.number: place for place, frame in enumerate(frames)}
        costs = pooled(frames, self.items, {n: places[owner] for n, owner in owners.items()})
        return sum(frame.frame.amount(each) for frame, each in zip(frames, costs, strict=True))

    def _upper(
        self, frames: Sequence[ScaledFrame], bound: PriceBound | None
    ) -> Generator[None, None, int]:
        numbers = tuple(frame.number for frame in frames)
        known = self._known.get(numbers)
        if known is not None:
            return known.upper
        rest = self._rests[numbers] = _Rest(frames, {}, self.items, self.unit, bound, self.market)
        yield from rest.improve(self.pace)
        return rest.upper

    def _part(self, frames: Sequence[ScaledFrame], more_than: int) -> Generator[None, None, Found]:
        """Search the best share among linked frames that pays more than `more_than` yen."""
        numbers = tuple(frame.number for frame in frames)
        known = self._known.get(numbers)
        if known is not None and (known.exact or known.upper <= more_than):
            return known if known.low > more_than else Found(-1, {}, known.upper)
        best = Best(self.items, self.unit, more_than, self.pace)
        yield from _search(self._rests[numbers], best)
        self.nodes += best.nodes
        upper = max(best.low, best.open_bound)
        found = Found(-1, {}, upper)
        if best.owners is not None:
            owners = {number: frames[place].number for number, place in best.owners.items()}
            found = Found(best.low, owners, upper)
        elif known is not None and known.low >= 0:
            found = Found(known.low, known.owners, max(known.low, upper))
        self._known[numbers] = found
        return found if found.low > more_than else Found(-1, {}, found.upper)


def linked_parts(frames: Sequence[ScaledFrame]) -> list[list[ScaledFrame]]:
    """Return the frames in groups that share no expense."""
    parts: list[tuple[set[int], list[ScaledFrame]]] = []
    for frame in frames:
        numbers = set(frame.numbers)
        members = [frame]
        apart: list[tuple[set[int], list[ScaledFrame]]] = []
        for other_numbers, others in parts:
            if numbers.isdisjoint(other_numbers):
                apart.append((other_numbers, others))
            else:
                numbers |= other_numbers
                members = [*others, *members]
        parts = [*apart, (numbers, members)]
    return [sorted(members, key=lambda frame: frame.number) for _, members in parts]


def _search(rest: _Rest, best: Best) -> Generator[None, None, None]:
    """Search what is left of a share; what needs better prices is searched with its own."""
    if rest.upper <= best.low:
        return
    if best.pace.over:
        best.open_bound = max(best.open_bound, rest.upper)
        return
    if rest.free:
        start = {**rest.fixed, **rest.bound.rounded(rest.free)}
        yield from best.seek(rest.frames, rest.free, start)
        if rest.upper <= best.low:
            return
    yield from best.pace.rest()
    descent = Descent(rest.frames, rest.fixed, rest.free, rest.bound.prices, rest.unit)
    yield from best.pace.rest()
    nodes = yield from descent.run(best, rest.upper)
    inner: list[_Rest] = []
    for node in nodes:
        yield from best.pace.rest()
        if node.bound <= best.low:
            continue
        if best.pace.over:
            best.open_bound = max(best.open_bound, node.bound)
            continue
        child = _Rest(rest.frames, descent.owners(node), rest.items, rest.unit, rest.bound)
        yield from child.improve(best.pace)
        child.upper = min(child.upper, node.bound)
        inner.append(child)
    inner.sort(key=lambda child: -child.upper)
    for child in inner:
        yield from best.pace.rest()
        yield from _search(child, best)


class _Rest:
    """A partial share: what is fixed, what is free, and good prices for what is free.

    `upper` is the most (yen) that any completion can pay. Owners are positions in `frames`.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - one value after the other, all of them needed
        self,
        frames: Sequence[ScaledFrame],
        fixed: Mapping[int, int],
        items: Sequence[Item],
        unit: int,
        parent: PriceBound | None,
        market: Market | None = None,
    ) -> None:
        self.frames = frames
        self.items = items
        self.unit = unit
        self.fixed = dict(fixed)
        self.free: Free = []
        full = self._full_frames() if fixed else {}
        for item in sorted(items, key=lambda item: -item.net):
            if item.number in self.fixed:
                continue
            takers = [n for n, frame in enumerate(frames) if item.number in frame.numbers]
            useful = [n for n in takers if n not in full.get(item.number, ())]
            if len(useful) > 1:
                self.free.append((item, useful))
            elif takers:
                self.fixed[item.number] = (useful or takers)[0]
        narrowed = self._narrowed() if fixed else frames
        alone = [[position] for position in range(len(frames))]
        self.bound = PriceBound(narrowed, alone, market or Market(items, unit), parent)
        self.upper = self.bound.bound // unit

    def improve(self, pace: Pace) -> Generator[None, None, None]:
        """Look for good prices."""
        yield from self.bound.improve(pace)
        self.upper = self.bound.bound // self.unit

    def _full_frames(self) -> dict[int, set[int]]:
        """Return for each expense the frames that are full and gain nothing by it."""
        full: dict[int, set[int]] = {}
        for position, frame in enumerate(self.frames):
            open_numbers: set[int] = set()
            for each in frame.bins:
                filled = sum(
                    size for n, size in each.sizes.items() if self.fixed.get(n) == position
                )
                if each.full is None or filled < each.full:
                    open_numbers.update(each.sizes)
            for number in frame.numbers:
                if number not in open_numbers:
                    full.setdefault(number, set()).add(position)
        return full

    def _narrowed(self) -> list[ScaledFrame]:
        """Return the frames with only what they own or could still get."""
        able: list[set[int]] = [set() for _ in self.frames]
        for number, owner in self.fixed.items():
            able[owner].add(number)
        for item, takers in self.free:
            for taker in takers:
                able[taker].add(item.number)
        return [
            replace(
                frame,
                numbers=tuple(number for number in frame.numbers if number in mine),
                bins=tuple(
                    replace(each, sizes={n: s for n, s in each.sizes.items() if n in mine})
                    for each in frame.bins
                ),
            )
            for frame, mine in zip(self.frames, able, strict=True)
        ]
