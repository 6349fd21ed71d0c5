"""Good prices from a small linear program: of each clique the best mix of what its frames take.

Floating-point numbers only look for prices here. Whatever prices come out are then rounded, and the
bound that they give is worked out anew in whole numbers (`price_bound`), so that no rounding error
can reach a proof.
"""

from __future__ import annotations

from copy import copy
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from models.planning.pace import Pace
    from models.planning.scaled_frames import ScaledFrame

_TINY = 1e-9
_NONE = 1e-14
_SMALL_YEN = 1e-3
_SPREAD = 1e-10
_MOST_SCANS = 100
_AT_ONCE = 12


class Column(NamedTuple):
    """One way for a frame to take whole expenses: whose, which, and what it pays (yen)."""

    frame: int
    taken: tuple[int, ...]
    pay: float


_Cell = TypeVar("_Cell")


class _Pick(Protocol):
    """Picks the cells of some rows from a list."""

    def __call__(self, cells: Sequence[_Cell], /) -> tuple[_Cell, ...]: ...


class _Offer(NamedTuple):
    """A column in the program: what it pays, how to pick its rows from a list, how many."""

    pay: float
    pick: _Pick
    size: int
    column: Column | None


class Program:
    """Which mix of columns pays most, one of each clique and no expense twice; its prices."""

    def __init__(self, numbers: Sequence[int], cliques: Sequence[Sequence[int]]) -> None:
        """`numbers` are the expenses that need a price, `cliques` hold frame numbers."""
        self._numbers = numbers
        self._row_of = {number: row for row, number in enumerate(numbers)}
        # The row of its clique comes last; before it those of cliques that were loosened.
        self._clique_rows = {
            frame: [len(numbers) + row] for row, clique in enumerate(cliques) for frame in clique
        }
        rows = len(numbers) + len(cliques)
        # The inverse of the basis, a list for each column: most of it stays zero.
        self._inverse: list[list[float]] = [
            [0.0] * row + [1.0] + [0.0] * (rows - row - 1) for row in range(rows)
        ]
        # A little more of some costs than of others: then no two ways tie for ever.
        self._amounts = [1.0 + _SPREAD * (row * 37 % 101) for row in range(rows)]
        self._duals = [0.0] * rows
        self._value = 0.0
        self._pool: dict[tuple[int, tuple[int, ...]], _Offer] = {}
        self._basic: list[_Offer | None] = [None] * rows
        # Whether no offer but the fresh ones could make the mix better.
        self._best = False
        self._fresh: list[_Offer] = []

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
            else offer._replace(pay=0.0, column=None)
            for offer in self._basic
        ]
        self._best = False
        self._fresh = []
        self._inverse = [cells.copy() for cells in self._inverse]
        self._amounts = self._amounts.copy()
        pays = [offer.pay if offer is not None else 0.0 for offer in self._basic]
        self._duals = [
            sum([pay * value for pay, value in zip(pays, cells, strict=True)])
            for cells in self._inverse
        ]
        self._value = sum([pay * much for pay, much in zip(pays, self._amounts, strict=True)])

    def fits(self, cliques: Sequence[Sequence[int]]) -> bool:
        """Return whether each of these cliques (frame numbers) has one row, and no other has it."""
        rows = [{self._row_of_frame(frame) for frame in clique} for clique in cliques]
        found = {row for each in rows for row in each}
        return all(len(each) == 1 for each in rows) and len(found) == len(rows)

    def _row_of_frame(self, frame: int) -> int:
        rows = self._clique_rows.get(frame)
        return -1 if rows is None else rows[-1]

    def loosened(self, numbers: Sequence[int], cliques: Sequence[Sequence[int]]) -> Program | None:
        """Return a program that goes on from here with these cliques, parts of those so far.

        `None` if they are not, or if not all expenses that now need a price have one.
        """
        if not self._row_of.keys() >= set(numbers):
            return None
        parts: dict[int, list[Sequence[int]]] = {}
        for clique in cliques:
            rows = {self._row_of_frame(frame) for frame in clique}
            if len(rows) > 1:
                return None
            parts.setdefault(rows.pop(), []).append(clique)
        child = copy(self)
        child.loosen({row: several for row, several in parts.items() if len(several) > 1})
        return child

    def loosen(self, parts: Mapping[int, Sequence[Sequence[int]]]) -> None:
        """Let one frame of each part of some cliques (by row) be in the mix at once."""
        self._clique_rows = self._clique_rows.copy()
        self._inverse = [cells.copy() for cells in self._inverse]
        self._amounts, self._duals = self._amounts.copy(), self._duals.copy()
        self._basic = self._basic.copy()
        for row, cliques in parts.items():
            for clique in cliques:
                self._limit(clique)
            # The row of all may hold more than there is: then it limits nothing.
            self._inverse.append([-cell for cell in self._inverse[row]])
            self._duals.append(-self._duals[row])
        columns = [offer.column for offer in self._pool.values() if offer.column is not None]
        self._pool, self._fresh, self._best = {}, [], False
        for column in columns:
            self.add(column)

    def _limit(self, clique: Sequence[int]) -> None:
        """Add a row: at most one of these frames, of which no more is in the mix."""
        mine = [
            place
            for place, offer in enumerate(self._basic)
            if offer is not None and offer.column is not None and offer.column.frame in clique
        ]
        for cells in self._inverse:
            cells.append(-sum([cells[place] for place in mine]))
        self._inverse.append([0.0] * len(self._basic) + [1.0])
        self._amounts.append(max(0.0, 1.0 - sum([self._amounts[place] for place in mine])))
        self._basic.append(None)
        for frame in clique:
            self._clique_rows[frame] = [*self._clique_rows[frame], len(self._duals)]
        self._duals.append(0.0)

    def add(self, column: Column) -> None:
        """Let a frame take expenses in this way."""
        key = column[:2]
        if key in self._pool:
            return
        row_of = self._row_of
        cells = [row_of[number] for number in column.taken if number in row_of]
        cells += self._clique_rows[column.frame]
        offer = self._pool[key] = _Offer(column.pay, _picker(cells), len(cells), column)
        self._fresh.append(offer)

    @property
    def value(self) -> float:
        """What the best mix pays (yen)."""
        return self._value

    def prices(self) -> dict[int, float]:
        """Return the price (yen) of each expense that needs one."""
        return {
            number: max(0.0, dual) for number, dual in zip(self._numbers, self._duals, strict=False)
        }

    def mix(self) -> list[tuple[Column, float]]:
        """Return the columns of the best mix and how much of each is in it."""
        return [
            (offer.column, much)
            for offer, much in zip(self._basic, self._amounts, strict=True)
            if offer is not None and offer.column is not None and much > _SMALL_YEN
        ]

    def improving(self) -> bool:
        """Return whether a known column would make the mix better."""
        return bool(self._entering(self._unseen()))

    def _unseen(self) -> Iterable[_Offer]:
        """Return the offers that could make the mix better: only new ones where it was best."""
        return self._fresh if self._best else self._pool.values()

    def _entering(self, offers: Iterable[_Offer]) -> list[_Offer]:
        """Return those of some offers that add most now, the best last."""
        duals = self._duals
        found = [
            (gain / offer.size, at, offer)
            for at, offer in enumerate(offers)
            if (gain := offer[0] - sum(offer[1](duals))) > _SMALL_YEN
        ]
        found.sort()
        entering = [offer for _, _, offer in found[-_AT_ONCE:]]
        least = min(duals, default=0.0)
        if least < -_SMALL_YEN:
            row = duals.index(least)
            entering.append(_Offer(0.0, _picker([row]), 1, None))
        return entering

    def improve(self, pace: Pace) -> Generator[None, None, None]:
        """Change the mix of known columns until no other pays more."""
        offers = self._unseen()
        for _ in range(_MOST_SCANS):
            entering = self._entering(offers)
            if not entering:
                self._best = True
                self._fresh = []
                return
            self._best = False
            offers = self._pool.values()
            while entering:
                self._pivot(entering.pop())
                duals = self._duals
                entering = [
                    offer for offer in entering if offer[0] - sum(offer[1](duals)) > _SMALL_YEN
                ]
            yield from pace.rest()

    def _pivot(self, offer: _Offer) -> None:
        """Take an offer into the mix, as much of it as fits."""
        inverse, amounts = self._inverse, self._amounts
        weights = [
            (row, weight)
            for row, weight in enumerate(map(sum, zip(*offer.pick(inverse), strict=True)))
            if weight > _TINY or weight < -_TINY
        ]
        least, leaving, chosen = inf, -1, 0.0
        for row, weight in weights:
            if weight > _TINY and amounts[row] <= least * weight:
                least, leaving, chosen = amounts[row] / weight, row, weight
        if leaving < 0:
            return
        gain = offer.pay - sum(offer.pick(self._duals))
        self._basic[leaving] = offer
        for row, weight in weights:
            amounts[row] -= weight * least
        amounts[leaving] = least
        self._value += gain * least
        others = [item for item in weights if item[0] != leaving]
        duals = self._duals
        for column, cells in enumerate(inverse):
            value = cells[leaving]
            if value > _NONE or value < -_NONE:
                value /= chosen
                duals[column] += gain * value
                for row, weight in others:
                    cells[row] -= weight * value
                cells[leaving] = value


def _picker(rows: Sequence[int]) -> _Pick:
    """Return what picks the cells of rows from a list, as a tuple also when it is only one."""
    if len(rows) > 1:
        return cast("_Pick", itemgetter(*rows))
    only = rows[0]

    def pick(cells: Sequence[_Cell], /) -> tuple[_Cell, ...]:
        return (cells[only],)

    return pick
