"""Good prices from a small linear program: of each clique the best mix of what its frames take.

Floating-point numbers only look for prices here. Whatever prices come out are then rounded, and the
bound that they give is worked out anew in whole numbers (`price_bound`), so that no rounding error
can reach a proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from models.planning.pace import Pace
    from models.planning.takers import Column, Taker

_TINY = 1e-9
_SMALL_YEN = 1e-3
_CLOSE_YEN = 0.05
_CLOSE = 0.03
_SPREAD = 1e-10
_MEMORY = 0.4
_MOST_ROUNDS = 120
_MOST_SCANS = 100
_AT_ONCE = 6
_REMEMBERED = 6


class _Offer(NamedTuple):
    """A column in the program: what it pays, its cells (row, share), and whose it is."""

    pay: float
    cells: list[tuple[int, float]]
    position: int
    column: Column | None


class Program:
    """Which mix of columns pays most, one of each clique and no cost twice; its prices."""

    def __init__(
        self,
        takers: Sequence[Taker],
        cliques: Sequence[Sequence[int]],
        lots: Sequence[int],
        count: int,
    ) -> None:
        self._takers = takers
        self._cliques = cliques
        self._row_of = {lot: row for row, lot in enumerate(lots)}
        self._lots = lots
        self._clique_row = {
            position: len(lots) + number
            for number, clique in enumerate(cliques)
            for position in clique
        }
        rows = len(lots) + len(cliques)
        # A little more of some costs than of others: then no two ways tie for ever.
        self._rows = [
            [0.0] * row + [1.0] + [0.0] * (rows - row - 1) + [1.0 + _SPREAD * (row * 37 % 101)]
            for row in range(rows)
        ]
        self._duals = [0.0] * (rows + 1)
        self._pool: list[_Offer] = []
        self._basic: list[_Offer | None] = [None] * rows
        self._seen: set[tuple[int, Column]] = set()
        self._count = count

    def _add(self, position: int, column: Column) -> None:
        """Let the frame at a position take costs in this way."""
        if (position, column) in self._seen:
            return
        self._seen.add((position, column))
        row_of = self._row_of
        cells = [(row_of[lot], share) for lot, share in column.taken]
        cells.append((self._clique_row[position], 1.0))
        self._pool.append(_Offer(column.pay, cells, position, column))

    def solve(
        self, start: Sequence[float], enough: float | None, pace: Pace
    ) -> Generator[None, None, Sequence[float]]:
        """Return the price of each lot (yen for all of it) with about the lowest bound.

        Where the bound sinks below `enough` yen, or surely stays well above it, that will do.
        """
        for position, taker in enumerate(self._takers):
            for column in list(taker.columns)[-_REMEMBERED:]:
                self._add(position, column)
        best_prices = start
        best = self._ask(start)
        for _ in range(_MOST_ROUNDS):
            yield from self._mix(pace)
            prices = [0.0] * self._count
            for row, lot in enumerate(self._lots):
                prices[lot] = max(0.0, self._duals[row])
            least = self._duals[-1]
            close = _CLOSE_YEN if enough is None else max(_CLOSE_YEN, _CLOSE * (least - enough))
            if best - least < close or (enough is not None and best < enough):
                break
            known = len(self._pool)
            tried = [
                now + _MEMORY * (before - now)
                for now, before in zip(prices, best_prices, strict=True)
            ]
            bound = self._ask(tried)
            if len(self._pool) == known or not self._improving():
                tried = prices
                bound = self._ask(tried)
                if bound < best:
                    best, best_prices = bound, tried
                if not self._improving():
                    break
            elif bound < best:
                best, best_prices = bound, tried
            yield from pace.rest()
        return best_prices

    def _ask(self, prices: Sequence[float]) -> float:
        """Return the bound that prices give, and keep what the frames would take at them."""
        gains: list[float] = []
        for position, taker in enumerate(self._takers):
            gain, column = taker.answer(prices)
            gains.append(gain)
            taker.columns.pop(column, None)
            taker.columns[column] = None
            self._add(position, column)
        bests = [max([gains[position] for position in clique]) for clique in self._cliques]
        return sum(bests) + sum([prices[lot] for lot in self._lots])

    def mix(self) -> dict[tuple[int, int], float]:
        """Return how much of each lot each frame takes in the best mix, as (position, lot)."""
        shares: dict[tuple[int, int], float] = {}
        for offer, row in zip(self._basic, self._rows, strict=True):
            if offer is not None and offer.column is not None:
                for lot, share in offer.column.taken:
                    place = offer.position, lot
                    shares[place] = shares.get(place, 0.0) + share * row[-1]
        return shares

    def _improving(self) -> bool:
        return bool(self._entering())

    def _added(self, offer: _Offer) -> float:
        duals = self._duals
        gain = offer.pay
        for row, share in offer.cells:
            gain -= duals[row] * share
        return gain

    def _entering(self) -> list[_Offer]:
        """Return the offers that add most now, the best last."""
        duals = self._duals
        found: list[tuple[float, int]] = []
        for number, (pay, cells, _, _) in enumerate(self._pool):
            gain = pay
            for row, share in cells:
                gain -= duals[row] * share
            if gain > _SMALL_YEN:
                found.append((gain, number))
        found.sort()
        entering = [self._pool[number] for _, number in found[-_AT_ONCE:]]
        least = min(duals[:-1], default=0.0)
        if least < -_SMALL_YEN:
            entering.append(_Offer(0.0, [(duals.index(least), 1.0)], -1, None))
        return entering

    def _mix(self, pace: Pace) -> Generator[None, None, None]:
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
        cells = offer.cells
        rows = self._rows
        weights = [0.0] * len(rows)
        for index, share in cells:
            weights = [
                weight + share * row[index] for weight, row in zip(weights, rows, strict=True)
            ]
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
        for number, weight in enumerate(weights):
            if number != leaving and (weight > _TINY or weight < -_TINY):
                rows[number] = [
                    value - weight * other for value, other in zip(rows[number], pivot, strict=True)
                ]
        self._duals = [dual + gain * value for dual, value in zip(self._duals, pivot, strict=True)]
