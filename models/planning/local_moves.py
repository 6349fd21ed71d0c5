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
        self._fills = [[0] * len(frame.bins) for frame in frames]
        for number, owner in self.owners.items():
            self._put(number, owner, 1)
        self._worths = [self._worth(owner) for owner in range(len(frames))]

    def _put(self, number: int, owner: int, sign: int) -> None:
        fills = self._fills[owner]
        for place, each in enumerate(self._frames[owner].bins):
            fills[place] += sign * each.sizes.get(number, 0)

    def _worth(self, owner: int) -> int:
        return self._frames[owner].bounded(self._fills[owner]) // self._unit

    def try_owners(self, changes: Sequence[tuple[int, int]]) -> bool:
        """Give expenses to other owners if that pays more; return whether it does."""
        before = [(number, self.owners[number]) for number, _ in changes]
        touched = {owner for _, owner in (*before, *changes)}
        for (number, old), (_, new) in zip(before, changes, strict=True):
            self._put(number, old, -1)
            self._put(number, new, 1)
        worths = {owner: self._worth(owner) for owner in touched}
        if sum(worths.values()) > sum([self._worths[owner] for owner in touched]):
            self.owners.update(changes)
            for owner, worth in worths.items():
                self._worths[owner] = worth
            return True
        for (number, old), (_, new) in zip(before, changes, strict=True):
            self._put(number, new, -1)
            self._put(number, old, 1)
        return False


def improved_share(shares: Shares, free: Free, pace: Pace) -> Generator[None, None, dict[int, int]]:
    """Return owners (expense number to frame position) that pay at least as much by the bins."""
    for _ in range(_MOST_ROUNDS):
        changed = False
        for place, (item, takers) in enumerate(free):
            for taker in takers:
                if taker != shares.owners[item.number]:
                    changed |= shares.try_owners([(item.number, taker)])
            yield from pace.rest()
            for count, (other, other_takers) in enumerate(free[:place]):
                if count % _TRIES_PER_LOOK == 0:
                    yield from pace.rest()
                mine, theirs = shares.owners[item.number], shares.owners[other.number]
                if mine != theirs and theirs in takers and mine in other_takers:
                    changed |= shares.try_owners([(item.number, theirs), (other.number, mine)])
            yield from pace.rest()
        if not changed:
            break
    return shares.owners
