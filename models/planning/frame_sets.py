"""Chooses which frames stand together: the sets that pay most, then the fewest frames among them.

Of a clique of conflicting frames at most one can stand in a plan. The search keeps one after the
other, always going on with the set whose bound by prices is highest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush, nlargest, nsmallest
from typing import TYPE_CHECKING, NamedTuple

from models.planning.expense_search import Found
from models.planning.price_bound import PriceBound

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence

    from models.planning.expense_search import ShareSearch
    from models.planning.scaled_frames import ScaledFrame


_NEAREST = 3


class _Branch(NamedTuple):
    """Frames that may still be used, and what they can pay at most (yen, negative for the heap).

    `parent` gave the bound by its prices; better ones are looked for when the branch's turn comes.
    """

    minus_bound: int
    order: int
    frames: tuple[ScaledFrame, ...]
    parent: PriceBound | None


class _Member(NamedTuple):
    """A frame that could be in a set: what it gains at the prices (scaled), and its clique."""

    frame: ScaledFrame
    gain: int
    clique: int


@dataclass
class FrameSets:
    """All admissible sets among some frames; `conflicts` maps frame numbers to conflicting ones.

    `stricter` are the sets where more conflicts: what is known of them is a start.
    """

    search: ShareSearch
    conflicts: Mapping[int, frozenset[int]]
    stricter: FrameSets | None = None
    _bounds: dict[tuple[int, ...], PriceBound] = field(
        default_factory=dict[tuple[int, ...], PriceBound]
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
        return not set(frame.numbers).isdisjoint(other.numbers)

    def known(self, numbers: tuple[int, ...]) -> PriceBound | None:
        """Return the bound for frames (numbers) that was asked for before."""
        return self._bounds.get(numbers)

    def bound(
        self,
        frames: Sequence[ScaledFrame],
        parent: PriceBound | None = None,
        enough: int | None = None,
    ) -> Generator[None, None, PriceBound]:
        """Return a bound by prices for the frames, which may conflict.

        If it need not be the best, `enough` (yen) tells what it is compared with.
        """
        numbers = tuple(frame.number for frame in frames)
        known = self.known(numbers)
        if known is None:
            search = self.search
            stricter = None if self.stricter is None else self.stricter.known(numbers)
            cliques = self._cliques(frames, parent, stricter)
            known = PriceBound(frames, cliques, search.market, parent, stricter)
            self._bounds[numbers] = known
        yield from known.improve(self.search.pace, enough)
        return known

    def best(
        self, frames: Sequence[ScaledFrame], start: Found | None = None
    ) -> Generator[None, None, Found]:
        """Search the admissible set and the share that pay most; `start` is a share to beat."""
        if len(frames) == 1:
            low = frames[0].frame.most
            return Found(low, dict.fromkeys(frames[0].numbers, frames[0].number), low)
        bound = yield from self.bound(frames)
        worth = -(bound.bound // self.search.unit)
        near = yield from self._near(frames, bound, {})
        if start is None or near.low > start.low:
            start = near
        found = yield from self._best_of([_Branch(worth, 0, tuple(frames), bound)], start.low)
        if found.low < start.low:
            return Found(start.low, start.owners, max(start.low, found.upper))
        return found

    def runner_up(
        self, frames: Sequence[ScaledFrame], best: Found, more_than: int
    ) -> Generator[None, None, Found]:
        """Search the best share above `more_than` yen that leaves out a frame of the best one."""
        if len(frames) == 1:
            return Found(0, {}, 0)
        bound = yield from self.bound(frames)
        start = Found(more_than, {}, more_than)
        queue = list(self._without(bound, set(best.owners.values())))
        heapify(queue)
        for branch in nsmallest(_NEAREST, queue):
            if -branch.minus_bound > start.low:
                guess = yield from self._near(branch.frames, bound, best.owners)
                if guess.low > start.low:
                    start = guess
        found = yield from self._best_of(queue, start.low)
        if found.low < start.low and start.owners:
            return Found(start.low, start.owners, max(start.low, found.upper))
        return found

    def _without(self, bound: PriceBound, used: Collection[int]) -> Iterator[_Branch]:
        """Yield branches for all sets that leave out one of the used frames, each set once.

        A branch leaves out one frame and has all those before, so nothing that conflicts with them.
        """
        left: list[tuple[int, int]] = []
        for clique, gain in zip(bound.cliques, bound.bests, strict=True):
            for position in clique:
                if bound.frames[position].number in used:
                    others = max([bound.gains[p] for p in clique if p != position], default=0)
                    left.append((bound.bound - gain + others, position))
        left.sort()
        rest = bound.frames
        for order, (worth, position) in enumerate(left):
            out = bound.frames[position]
            without = tuple(frame for frame in rest if frame is not out)
            yield _Branch(-(worth // self.search.unit), order, without, bound)
            conflicts = self.conflicts[out.number]
            rest = [frame for frame in rest if frame.number not in conflicts]

    def _undivided(self, bound: PriceBound) -> Found | None:
        """Return the share that the best mix of a bound is, if it divides nothing."""
        owners = bound.whole_mix()
        if owners is None:
            return None
        used = set(owners.values())
        if any(not used.isdisjoint(self.conflicts[number]) for number in used):
            return None
        worth = self.search.worth([f for f in bound.frames if f.number in used], owners)
        return Found(worth, owners, worth)

    def _near(
        self, frames: Sequence[ScaledFrame], bound: PriceBound, owners: Mapping[int, int]
    ) -> Generator[None, None, Found]:
        """Return a quick good share near another one: its frames, then those of the best mix."""
        owned = set(owners.values())
        chosen = [frame for frame in frames if frame.number in owned]
        worths = {
            frame.number: (bound.use(position), bound.gains[position])
            for position, frame in enumerate(bound.frames)
        }
        for frame in sorted(frames, key=lambda frame: worths[frame.number], reverse=True):
            conflicts = self.conflicts[frame.number]
            if frame.number not in owned and not any(f.number in conflicts for f in chosen):
                chosen.append(frame)
        chosen.sort(key=lambda frame: frame.number)
        return (yield from self.search.quick(chosen, owners, bound))

    def _best_of(self, queue: list[_Branch], low: int) -> Generator[None, None, Found]:
        """Search the best of some branches, if it pays more than `low` yen."""
        best = Found(-1, {}, low)
        made = len(queue)
        while queue and -queue[0].minus_bound > low:
            yield from self.search.pace.rest()
            if self.search.pace.over:
                break
            branch = heappop(queue)
            bound = yield from self.bound(branch.frames, branch.parent, low)
            minus_bound = max(branch.minus_bound, -(bound.bound // self.search.unit))
            if minus_bound > branch.minus_bound:
                heappush(queue, branch._replace(minus_bound=minus_bound))
                continue
            whole = self._undivided(bound)
            if whole is not None and whole.low > low:
                best, low = whole, whole.low
                if -minus_bound <= low:
                    continue
            clique = _open_clique(bound)
            if clique is not None:
                for child in self._children(branch, bound, clique, made, low):
                    made += 1
                    heappush(queue, child)
                continue
            found = yield from self.search.best(branch.frames, low, bound)
            if found.low > low:
                best, low = found, found.low
            if found.upper > low:
                # The time was over: what was not searched stays open.
                heappush(queue, branch._replace(minus_bound=max(minus_bound, -found.upper)))
                break
        upper = max([low, *(-branch.minus_bound for branch in queue)])
        return Found(best.low, best.owners, upper)

    def _children(
        self, branch: _Branch, bound: PriceBound, clique: Sequence[int], made: int, low: int
    ) -> Iterator[_Branch]:
        """Yield one branch for each frame of a clique, without the others.

        A frame with which no plan pays more than `low` yen goes at once.
        """
        best = max([bound.gains[position] for position in clique])
        spare = bound.bound - (low + 1) * self.search.unit
        hopeless = {
            position
            for others, most in zip(bound.cliques, bound.bests, strict=True)
            for position in others
            if most - bound.gains[position] > spare
        }
        for order, kept in enumerate(clique):
            worth = (bound.bound - best + bound.gains[kept]) // self.search.unit
            rest = tuple(
                frame
                for position, frame in enumerate(branch.frames)
                if position == kept or (position not in clique and position not in hopeless)
            )
            yield _Branch(max(branch.minus_bound, -worth), made + order, rest, bound)

    def fewest(self, frames: Sequence[ScaledFrame], found: Found) -> Generator[None, None, Found]:
        """Return a share that pays as much with the fewest frames, the first in catalog order."""
        used = tuple(sorted(set(found.owners.values())))
        bound = yield from self.bound(frames)
        unit = self.search.unit
        clique_of = {p: clique for clique, members in enumerate(bound.cliques) for p in members}
        members = [
            _Member(frame, bound.gains[position], clique_of[position])
            for position, frame in enumerate(frames)
        ]
        need = found.low * unit - (bound.bound - bound.best_gains)
        for size in range(1, len(used) + 1):
            for chosen in self._sets(members, size, need, found.low * unit):
                yield from self.search.pace.rest()
                if chosen is None:
                    continue
                if tuple(frame.number for frame in chosen) == used or self.search.pace.over:
                    return found
                narrower = yield from self.bound(chosen, bound, found.low - 1)
                if narrower.bound // unit < found.low:
                    continue
                other = yield from self.search.best(chosen, found.low - 1, narrower)
                if other.low >= found.low:
                    return other
        return found

    def _sets(
        self, members: Sequence[_Member], size: int, gain: int, most: int
    ) -> Iterator[tuple[ScaledFrame, ...] | None]:
        """Yield the admissible sets of a size, in catalog order, that could gain and pay enough.

        Between them `None`, so that a long search can pause.
        """
        if size == 0:
            if gain <= 0 and most <= 0:
                yield ()
            return
        gains = _reach([(each.clique, each.gain) for each in members], size)
        mosts = _reach([(each.clique, each.frame.most) for each in members], size)
        # Too few are left where the lists of what can be reached end.
        for position, (able, payable) in enumerate(zip(gains, mosts, strict=True)):
            if able < gain or payable < most:
                return
            frame, worth, _ = members[position]
            yield None
            conflicts = self.conflicts.get(frame.number, frozenset())
            others = [
                each for each in members[position + 1 :] if each.frame.number not in conflicts
            ]
            for rest in self._sets(others, size - 1, gain - worth, most - frame.most):
                yield None if rest is None else (frame, *rest)

    def _greedy(self, frames: Sequence[ScaledFrame], positions: Iterable[int]) -> list[list[int]]:
        cliques: list[list[int]] = []
        for position in positions:
            conflicts = self.conflicts.get(frames[position].number, frozenset())
            for clique in cliques:
                if all(frames[other].number in conflicts for other in clique):
                    clique.append(position)
                    break
            else:
                cliques.append([position])
        return cliques

    def _cliques(
        self, frames: Sequence[ScaledFrame], parent: PriceBound | None, stricter: PriceBound | None
    ) -> list[list[int]]:
        """Return the positions of the frames in cliques of conflicting ones, greedily.

        Unless those are fewer, they are what is left of the cliques of the parent, or parts of
        those of a stricter bound: then its program can go on.
        """
        cliques = self._greedy(frames, range(len(frames)))
        if parent is not None:
            place = {frame.number: position for position, frame in enumerate(frames)}
            left = [
                [place[n] for p in clique if (n := parent.frames[p].number) in place]
                for clique in parent.cliques
            ]
            left = [clique for clique in left if clique]
            if len(left) <= len(cliques):
                return left
        if stricter is not None:
            split = [part for clique in stricter.cliques for part in self._greedy(frames, clique)]
            if len(split) <= len(cliques):
                return split
        return cliques


def _reach(worths: Sequence[tuple[int, int]], size: int) -> list[int]:
    """Return the most that so many can be worth together, of these and all after each of them.

    `worths` are (clique, worth); only one of each clique counts. The list ends where fewer cliques
    are left.
    """
    best: dict[int, int] = {}
    reach: list[int] = []
    for clique, worth in reversed(worths):
        best[clique] = max(best.get(clique, worth), worth)
        if len(best) >= size:
            reach.append(sum(nlargest(size, best.values())))
    reach.reverse()
    return reach


def _open_clique(bound: PriceBound) -> Sequence[int] | None:
    """Return the conflicting frames (positions) to decide on next, `None` without any.

    First comes where the best mix has least of any single frame.
    """
    several = [clique for clique in bound.cliques if len(clique) > 1]
    if not several:
        return None
    gains = bound.gains

    def settled(clique: Sequence[int]) -> tuple[float, int]:
        uses = [bound.use(position) for position in clique]
        return round(max(uses), 3), -sorted([gains[position] for position in clique])[-2]

    return min(several, key=settled)
