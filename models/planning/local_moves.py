"""Improves a share by moving and exchanging single expenses, until nothing helps any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from models.planning.pace import Pace
    from models.planning.scaled_frames import Item, ScaledFrame

_MOST_ROUNDS = 4
_TRIES_PER_LOOK = 8

Free = list[tuple["Item", list[int]]]
"""Expenses that several frames could take, with the positions of these frames."""


class Shares:
    """Who owns what, and what each frame pays for it by its bins, in whole yen."""

    def __init__(self, frames: Sequence[ScaledFrame], owners: Mapping[int, int], unit: int) -> None:
        self._frames = frames
        self._unit = unit
        self.owners = dict(owners)
        taken: list[list[int]] = [[] for _ in frames]
        for number, owner in owners.items():
            if number in frames[owner].cells:
                taken[owner].append(number)
        self._fills = [frame.filled(numbers) for frame, numbers in zip(frames, taken, strict=True)]
        self._worths = [
            frame.bounded(fills) // unit for frame, fills in zip(frames, self._fills, strict=True)
        ]

    def _changed(self, owner: int, less: int | None, more: int | None) -> tuple[list[int], int]:
        """Return the fills of a frame, and what it pays, with one expense less, and one more."""
        frame = self._frames[owner]
        fills = self._fills[owner].copy()
        if less is not None:
            for place, size in frame.cells.get(less, ()):
                fills[place] -= size
        if more is not None:
            for place, size in frame.cells.get(more, ()):
                fills[place] += size
        return fills, frame.bounded(fills) // self._unit

    def _settle(self, owner: int, changed: tuple[list[int], int]) -> None:
        self._fills[owner], self._worths[owner] = changed

    def move(self, number: int, takers: Sequence[int]) -> bool:
        """Give an expense to another of its takers if that pays more; return whether it does."""
        owner = self.owners[number]
        worths = self._worths
        without = self._changed(owner, number, None)
        needed = worths[owner] - without[1]
        best: tuple[int, tuple[list[int], int]] | None = None
        for taker in takers:
            if taker != owner:
                with_it = self._changed(taker, None, number)
                if with_it[1] - worths[taker] > needed:
                    needed = with_it[1] - worths[taker]
                    best = taker, with_it
        if best is None:
            return False
        self._settle(owner, without)
        self._settle(*best)
        self.owners[number] = best[0]
        return True

    def exchange(self, first: int, second: int) -> bool:
        """Let two expenses change owners if that pays more; return whether it does."""
        one, other = self.owners[first], self.owners[second]
        mine = self._changed(one, first, second)
        theirs = self._changed(other, second, first)
        if mine[1] + theirs[1] <= self._worths[one] + self._worths[other]:
            return False
        self._settle(one, mine)
        self._settle(other, theirs)
        self.owners[first], self.owners[second] = other, one
        return True


def improved_share(shares: Shares, free: Free, pace: Pace) -> Generator[None, None, dict[int, int]]:
    """Return owners (expense number to frame position) that pay at least as much by the bins."""
    owners = shares.owners
    for _ in range(_MOST_ROUNDS):
        changed = False
        for place, (item, takers) in enumerate(free):
            changed |= shares.move(item.number, takers)
            for count, (other, other_takers) in enumerate(free[:place]):
                if count % _TRIES_PER_LOOK == 0 and pace.due():
                    yield
                    pace.resume()
                mine, theirs = owners[item.number], owners[other.number]
                if mine != theirs and theirs in takers and mine in other_takers:
                    changed |= shares.exchange(item.number, other.number)
            yield from pace.rest()
        if not changed:
            break
    return owners
