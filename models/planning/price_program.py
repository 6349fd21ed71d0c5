"""Good prices from a small linear program: of each clique the best mix of what its frames take.

Floating-point numbers only look for prices here. Whatever prices come out are then rounded, and the
bound that they give is worked out anew in whole numbers (`price_bound`), so that no rounding error
can reach a proof.
"""

from __future__ import annotations

from copy import copy
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from models.planning.pace import Pace
    from models.planning.scaled_frames import ScaledFrame

_TINY = 1e-9
_NONE = 1e-14
_FEW = 3
_SMALL_YEN = 1e-3
_SPREAD = 1e-10
_MOST_SCANS = 100
_AT_ONCE = 6


class Column(NamedTuple):
    """One way for a frame to take whole expenses: whose, which, and what it pays (yen)."""

    frame: int
    taken: tuple[int, ...]
    pay: float


class _Offer(NamedTuple):
    """A column in the program: what it pays, its rows, and how to pick them from a list."""

    pay: float
    pick: Callable[[list[float]], tuple[float, ...]]
    column: Column | None


class Program:
    """Which mix of columns pays most, one of each clique and no expense twice; its prices."""

    def __init__(self, numbers: Sequence[int], cliques: Sequence[Sequence[int]]) -> None:
        """`numbers` are the expenses that need a price, `cliques` hold frame numbers."""
        self._numbers = numbers
        self._row_of = {number: row for row, number in enumerate(numbers)}
        self._clique_row = {
            frame: len(numbers) + row for row, clique in enumerate(cliques) for frame in clique
        }
        rows = len(numbers) + len(cliques)
        # A little more of some costs than of others: then no two ways tie for ever.
        self._rows = [
            [0.0] * row + [1.0] + [0.0] * (rows - row - 1) + [1.0 + _SPREAD * (row * 37 % 101)]
            for row in range(rows)
        ]
        self._duals = [0.0] * (rows + 1)
        self._pool: dict[tuple[int, tuple[int, ...]], _Offer] = {}
        self._basic: list[_Offer | None] = [None] * rows

    def narrowed(self, frames: Sequence[ScaledFrame]) -> Program:
        """Return a program for fewer frames, or frames that take less, that goes on from here."""
        child = copy(self)
        child.narrow(frames)
        return child

    def narrow(self, frames: Sequence[ScaledFrame]) -> None:
        """Let what is not possible with these frames pay nothing from now on."""
        able = {frame.number: frozenset(frame.numbers) for frame in frames}
        self._pool = {
            key: offer
            for key, offer in self._pool.items()
            if key[0] in able and able[key[0]].issuperset(key[1])
        }
        self._basic = [
            offer
            if offer is None or offer.column is None or offer.column[:2] in self._pool
            else _Offer(0.0, offer.pick, None)
            for offer in self._basic
        ]
        # Rows are never changed, only replaced: those of both programs may be the same.
        self._rows = self._rows.copy()
        duals = [0.0] * len(self._duals)
        for offer, row in zip(self._basic, self._rows, strict=True):
            if offer is not None and offer.pay:
                pay = offer.pay
                duals = [dual + pay * value for dual, value in zip(duals, row, strict=True)]
        self._duals = duals

    def fits(self, cliques: Sequence[Sequence[int]]) -> bool:
        """Return whether each of these cliques (frame numbers) has one row, and no other has it."""
        rows = [{self._clique_row.get(frame, -1) for frame in clique} for clique in cliques]
        found = {row for each in rows for row in each}
        return all(len(each) == 1 for each in rows) and len(found) == len(rows)

    def add(self, column: Column) -> None:
        """Let a frame take expenses in this way."""
        key = column[:2]
        if key in self._pool:
            return
        row_of = self._row_of
        cells = [row_of[number] for number in column.taken if number in row_of]
        cells.append(self._clique_row[column.frame])
        self._pool[key] = _Offer(column.pay, _picker(cells), column)

    @property
    def value(self) -> float:
        """What the best mix pays (yen)."""
        return self._duals[-1]

    def prices(self) -> dict[int, float]:
        """Return the price (yen) of each expense that needs one."""
        return {
            number: max(0.0, dual) for number, dual in zip(self._numbers, self._duals, strict=False)
        }

    def mix(self) -> list[tuple[Column, float]]:
        """Return the columns of the best mix and how much of each is in it."""
        return [
            (offer.column, row[-1])
            for offer, row in zip(self._basic, self._rows, strict=True)
            if offer is not None and offer.column is not None and row[-1] > _SMALL_YEN
        ]

    def improving(self) -> bool:
        """Return whether a known column would make the mix better."""
        return bool(self._entering())

    def _added(self, offer: _Offer) -> float:
        return offer.pay - sum(offer.pick(self._duals))

    def _entering(self) -> list[_Offer]:
        """Return the offers that add most now, the best last."""
        duals = self._duals
        found = [
            (gain, key)
            for key, (pay, pick, _) in self._pool.items()
            if (gain := pay - sum(pick(duals))) > _SMALL_YEN
        ]
        found.sort()
        entering = [self._pool[key] for _, key in found[-_AT_ONCE:]]
        least = min(duals[:-1], default=0.0)
        if least < -_SMALL_YEN:
            entering.append(_Offer(0.0, _picker([duals.index(least)]), None))
        return entering

    def improve(self, pace: Pace) -> Generator[None, None, None]:
        """Change the mix of known columns until no other pays more."""
        for _ in range(_MOST_SCANS):
            entering = self._entering()
            if not entering:
                return
            while entering:
                offer = entering.pop()
                if self._added(offer) > _SMALL_YEN:
                    self._pivot(offer)
            yield from pace.rest()

    def _pivot(self, offer: _Offer) -> None:
        gain = self._added(offer)
        pick = offer.pick
        rows = self._rows
        weights = [sum(pick(row)) for row in rows]
        least, leaving = None, -1
        for number, weight in enumerate(weights):
            if weight > _TINY:
                ratio = rows[number][-1] / weight
                if least is None or ratio < least:
                    least, leaving = ratio, number
        if leaving < 0:
            return
        self._basic[leaving] = offer
        factor = 1.0 / weights[leaving]
        pivot = rows[leaving] = [value * factor for value in rows[leaving]]
        filled = [
            (place, value) for place, value in enumerate(pivot) if value > _NONE or value < -_NONE
        ]
        few = len(filled) * _FEW < len(pivot)
        for number, weight in enumerate(weights):
            if number != leaving and (weight > _TINY or weight < -_TINY):
                if few:
                    row = rows[number] = rows[number].copy()
                    for place, value in filled:
                        row[place] -= weight * value
                else:
                    rows[number] = [
                        value - weight * other
                        for value, other in zip(rows[number], pivot, strict=True)
                    ]
        duals = self._duals = self._duals.copy()
        for place, value in filled:
            duals[place] += gain * value


def _picker(cells: Sequence[int]) -> Callable[[list[float]], tuple[float, ...]]:
    """Return what picks the cells from a list, as a tuple also when it is only one."""
    if len(cells) == 1:
        only = cells[0]
        return lambda values: (values[only],)
    return itemgetter(*cells)
