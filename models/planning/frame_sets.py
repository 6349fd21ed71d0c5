"""Chooses which frames stand together: the sets that pay most, then the fewest frames among them.

Of a clique of conflicting frames at most one can stand in a plan. The search keeps one after the
other, always going on with the set whose bound by prices is highest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from models.planning.expense_search import Found
from models.planning.price_bound import PriceBound

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from models.planning.expense_search import ShareSearch
    from models.planning.scaled_frames import ScaledFrame


class _Branch(NamedTuple):
    """Frames that may still be used, and what they can pay at most (yen, negative for the heap)."""

    minus_bound: int
    order: int
    frames: tuple[ScaledFrame, ...]
    prices: PriceBound
    cliques: list[list[int]]


@dataclass
class FrameSets:
    """All admissible sets among some frames; `conflicts` maps frame numbers to conflicting ones."""

    search: ShareSearch
    conflicts: Mapping[int, frozenset[int]]
    _bounds: dict[tuple[int, ...], tuple[PriceBound, list[list[int]]]] = field(
        default_factory=dict[tuple[int, ...], "tuple[PriceBound, list[list[int]]]"]
    )

    def parts(self, frames: Sequence[ScaledFrame]) -> list[tuple[ScaledFrame, ...]]:
        """Return the frames in groups that neither share expenses nor conflict."""
        parts: list[list[ScaledFrame]] = []
        for frame in frames:
            linked = [frame]
            apart: list[list[ScaledFrame]] = []
            for part in parts:
                if any(self._linked(frame, other) for other in part):
                    linked = [*part, *linked]
                else:
                    apart.append(part)
            parts = [*apart, linked]
        ordered = [tuple(sorted(part, key=lambda frame: frame.number)) for part in parts]
        return sorted(ordered, key=lambda part: part[0].number)

    def _linked(self, frame: ScaledFrame, other: ScaledFrame) -> bool:
        if other.number in self.conflicts[frame.number]:
            return True
        return any(self.search.supply[key] and other.takes(key) for key in frame.keys)

    def bound(
        self, frames: Sequence[ScaledFrame], prices: Sequence[int] | None = None
    ) -> tuple[PriceBound, list[list[int]]]:
        """Return a bound by prices for the frames, and the cliques (positions) that it uses."""
        numbers = tuple(frame.number for frame in frames)
        known = self._bounds.get(numbers)
        if known is None:
            known = self._bounds[numbers] = self._new_bound(frames, prices)
        return known

    def _new_bound(
        self, frames: Sequence[ScaledFrame], prices: Sequence[int] | None
    ) -> tuple[PriceBound, list[list[int]]]:
        cliques = self._cliques(frames)
        supply = self.search.supply
        shared = [
            key
            for key, cost in enumerate(supply)
            if cost and sum(frame.takes(key) for frame in frames) > 1
        ]
        found = PriceBound(frames, cliques, supply, shared, prices)
        found.improve()
        return found, cliques

    def best(
        self, frames: Sequence[ScaledFrame], more_than: int = -1
    ) -> Generator[None, None, Found]:
        """Search the set and the share that pay most, if more than `more_than` yen."""
        best = Found(-1, {}, more_than)
        low = more_than
        made = 0
        queue = [self._branch(frames, None, 0)]
        while queue and -queue[0].minus_bound > low:
            if self.search.pace.due():
                yield
                self.search.pace.resume()
            if self.search.pace.over:
                break
            branch = heappop(queue)
            clique = self._open_clique(branch)
            if clique is None:
                found = yield from self.search.best(branch.frames, low)
                if found.low > low:
                    best, low = found, found.low
                if found.upper > low:
                    # The time was over: what was not searched stays open.
                    upper = max(branch.minus_bound, -found.upper)
                    heappush(queue, branch._replace(minus_bound=upper))
                    break
                continue
            for kept in clique:
                made += 1
                rest = tuple(
                    frame
                    for position, frame in enumerate(branch.frames)
                    if position == kept or position not in clique
                )
                child = self._branch(rest, branch, made)
                if -child.minus_bound > low:
                    heappush(queue, child)
        upper = max([low, *(-branch.minus_bound for branch in queue)])
        return Found(best.low, best.owners, upper)

    def fewest(self, frames: Sequence[ScaledFrame], found: Found) -> Generator[None, None, Found]:
        """Return a share that pays as much with the fewest frames, the first in catalog order."""
        used = tuple(sorted(set(found.owners.values())))
        bound, cliques = self.bound(frames)
        unit = self.search.unit
        best_gains = sum(max(bound.gains[position] for position in clique) for clique in cliques)
        need = found.low * unit - (bound.bound - best_gains)
        for size in range(1, len(used) + 1):
            for members in self._sets(frames, bound.gains, size, need, found.low * unit):
                if self.search.pace.due():
                    yield
                    self.search.pace.resume()
                if tuple(frame.number for frame in members) == used or self.search.pace.over:
                    return found
                if self.bound(members, bound.prices)[0].bound // unit < found.low:
                    continue
                other = yield from self.search.best(members, found.low - 1)
                if other.low >= found.low:
                    return other
        return found

    def runner_up(
        self, frames: Sequence[ScaledFrame], used: Sequence[int], more_than: int
    ) -> Generator[None, None, Found]:
        """Search the best share that leaves out at least one of the used frames."""
        unit = self.search.unit
        branches: list[tuple[int, int]] = []
        for number in used:
            rest = [frame for frame in frames if frame.number != number]
            branches.append((self.bound(rest)[0].bound // unit, number))
        best = Found(-1, {}, more_than)
        for worth, number in sorted(branches, reverse=True):
            low = max(best.low, more_than)
            if worth <= low:
                break
            rest = [frame for frame in frames if frame.number != number]
            found = yield from self.best(rest, low)
            if found.low > low:
                best = found
        return best

    def _sets(
        self,
        frames: Sequence[ScaledFrame],
        gains: Sequence[int],
        size: int,
        gain: int,
        most: int,
    ) -> Iterator[tuple[ScaledFrame, ...]]:
        """Yield the admissible sets of a size, in catalog order, that could gain and pay enough."""
        if size == 0:
            if gain <= 0 and most <= 0:
                yield ()
            return
        for position, frame in enumerate(frames):
            rest = frames[position:]
            if len(rest) < size:
                return
            if sum(sorted(gains[position:])[-size:]) < gain:
                return
            if sum(sorted(each.most for each in rest)[-size:]) < most:
                return
            conflicts = self.conflicts.get(frame.number, frozenset())
            pairs = [
                (other, worth)
                for other, worth in zip(rest[1:], gains[position + 1 :], strict=True)
                if other.number not in conflicts
            ]
            for others in self._sets(
                [other for other, _ in pairs],
                [worth for _, worth in pairs],
                size - 1,
                gain - gains[position],
                most - frame.most,
            ):
                yield (frame, *others)

    def _branch(self, frames: Sequence[ScaledFrame], parent: _Branch | None, order: int) -> _Branch:
        bound, cliques = self.bound(frames, parent.prices.prices if parent else None)
        worth = -(bound.bound // self.search.unit)
        if parent is not None:
            worth = max(worth, parent.minus_bound)
        return _Branch(worth, order, tuple(frames), bound, cliques)

    def _open_clique(self, branch: _Branch) -> list[int] | None:
        """Return the conflicting frames (positions) to decide on next, `None` without any."""
        gains = branch.prices.gains
        several = [clique for clique in branch.cliques if len(clique) > 1]
        if not several:
            return None
        return max(several, key=lambda clique: sorted(gains[position] for position in clique)[-2])

    def _cliques(self, frames: Sequence[ScaledFrame]) -> list[list[int]]:
        """Return the positions of the frames in cliques of conflicting ones, greedily."""
        cliques: list[list[int]] = []
        for position, frame in enumerate(frames):
            conflicts = self.conflicts.get(frame.number, frozenset())
            for clique in cliques:
                if all(frames[other].number in conflicts for other in clique):
                    clique.append(position)
                    break
            else:
                cliques.append([position])
        return cliques
