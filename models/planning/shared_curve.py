"""What frames that compete for expenses pay together as a function of one planned amount.

At each amount the expenses are shared as the simulation shares them: so that the sure amount is
largest. Every way to share them gives a function of the amount; the highest of these functions is
the exact answer, whatever the amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, prod
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.planning.allocation import allocate
from models.planning.amount_curve import AmountCurve, forms_of
from models.planning.lever import Moved
from models.planning.line_functions import constant, higher_of, roots, simplified, total_of
from models.planning.plan_frames import takes
from models.planning.profiles import Piece, piece_at, value_at
from models.values.break_even import NoLine
from models.values.consultation import MAX_YEN
from models.values.money import YenRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from models.planning.profiles import Profile
    from models.planning.resolved import ResolvedCalculation
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue
    from models.values.consultation import Expense

MOST_SHARES = 512
"""So many ways to share the expenses are gone through; with more there is no line."""
_TOO_MANY = (
    "同じ経費をいくつもの枠で分け合う案で、分け方が多すぎるため、線にできません。"
    "一つの経費ではなく、区分の合計で見てください。"
)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to share: what the frame that gets the lever pays, and what the others surely pay."""

    curve: AmountCurve | None
    rest: YenRange
    low: Profile
    high: Profile

    def at(self, net: int) -> YenRange:
        """Return what the frames pay together."""
        if self.curve is None:
            return self.rest
        mine = self.curve.at(net)
        return YenRange(mine.low + self.rest.low, mine.high + self.rest.high)


class SharedCurve:
    """The range (yen) that competing frames pay together for each amount of the lever.

    Ways to share of the same sure amount may differ in what they may pay. Then the high end is
    open: it is the most that any of them may pay.
    """

    def __init__(
        self,
        ways: Sequence[_Way],
        low: Profile,
        high: Profile,
        shared: Callable[[int], YenRange] | None,
        *,
        high_is_open: bool = False,
    ) -> None:
        """`shared` shares the expenses at one amount where the ways differ in the high end."""
        self._ways = ways
        self.high_is_open = high_is_open
        self.low, self.high = low, high
        self._shared = shared
        self._known: dict[int, YenRange] = {}
        self.noise = _noise(ways)
        self.blur = 0 if shared is None else _blur(ways, self.noise)
        if high_is_open:
            self.blur = 1

    @property
    def bends(self) -> tuple[int, ...]:
        """The amounts (yen, rising, from 0) at which the low or the high end changes its course."""
        starts = {ceil(piece.start) for piece in (*self.low, *self.high) if piece.start <= MAX_YEN}
        blurred = {start + side for start in starts for side in (-self.blur, self.blur)}
        return tuple(sorted(each for each in starts | blurred if 0 <= each <= MAX_YEN))

    def at(self, net: int) -> YenRange:
        """Return what the frames pay when the lever stands at `net` yen."""
        found = self._known.get(net)
        if found is None:
            found = self._known[net] = self._at(net)
        return found

    def gap(self, net: int) -> int:
        """Return how far the high ends of what ties differ (yen)."""
        if not self.high_is_open:
            return 0
        highs = [amount.high for amount in self._near(net)]
        return max(highs) - min(highs)

    def _at(self, net: int) -> YenRange:
        near = self._near(net)
        low = max(amount.low for amount in near)
        if self.high_is_open:
            return YenRange(low, max(amount.high for amount in near))
        highs = {amount.high for amount in near if amount.low == low}
        if len(highs) == 1 or self._shared is None:
            return YenRange(low, max(highs))
        return self._shared(net)

    def _near(self, net: int) -> list[YenRange]:
        """Return what the ways pay that give the low end, but for rounding."""
        least = value_at(self.low, net) - self.noise
        return [way.at(net) for way in self._ways if value_at(way.low, net) >= least]


def shared_curve(
    catalog: Catalog,
    entries: Sequence[Entry],
    answers: Mapping[str, AnswerValue | None],
    moved: Moved,
) -> SharedCurve | NoLine:
    """Return the curve of frames that compete, or why there is none."""
    shares = _Shares(entries, [forms_of(catalog, each, answers) for each in entries])
    shares.spread(moved)
    if shares.count > MOST_SHARES:
        return NoLine(_TOO_MANY)
    ways = tuple(shares.ways())
    low = ways[0].low
    for way in ways[1:]:
        low = higher_of(low, way.low)
    if all(way.low == way.high and way.rest.is_certain for way in ways):
        return SharedCurve(ways, low, low, None)
    high = _high_end(ways, low)
    if high is None:
        most = _most_high_end(ways, low)
        return SharedCurve(ways, low, most, None, high_is_open=True)

    def shared(net: int) -> YenRange:
        expenses = moved.at(net)
        owned = allocate(catalog, entries, answers, expenses)
        found = [
            shares.paid(place, [expenses[index] for index in share])
            for place, share in enumerate(owned)
        ]
        return YenRange(sum(each.low for each in found), sum(each.high for each in found))

    return SharedCurve(ways, low, high, shared)


class _Shares:
    """All ways to give each expense that several frames take to one of them."""

    def __init__(
        self, entries: Sequence[Entry], forms: Sequence[tuple[ResolvedCalculation, ...]]
    ) -> None:
        self._entries = entries
        self._forms = forms
        self._paid: dict[tuple[int, tuple[int, ...]], YenRange] = {}
        self._curves: dict[tuple[int, tuple[int, ...]], AmountCurve] = {}
        self._expenses: tuple[Expense, ...] = ()
        self._lever_at = 0
        self._takers: list[tuple[int, ...]] = []

    def spread(self, moved: Moved) -> None:
        """Find out who can take what, the lever being one expense among the others."""
        self._expenses = moved.at(0)
        self._lever_at = moved.place
        self._takers = [
            tuple(n for n, entry in enumerate(self._entries) if takes(entry, each.category))
            for each in self._expenses
        ]

    @property
    def count(self) -> int:
        """How many ways there are."""
        return prod(max(len(each), 1) for each in self._takers)

    def ways(self) -> Iterator[_Way]:
        """Return every way once; those that pay the same at any amount are one."""
        seen: set[tuple[object, ...]] = set()
        for owners in product(*(each or (-1,) for each in self._takers)):
            owner = owners[self._lever_at]
            shares = [
                tuple(p for p, n in enumerate(owners) if n == number and p != self._lever_at)
                for number in range(len(self._entries))
            ]
            others = [self._rest(n, share) for n, share in enumerate(shares) if n != owner]
            rest = YenRange(sum(each.low for each in others), sum(each.high for each in others))
            mine = shares[owner] if owner >= 0 else ()
            key = (owner, self._pooled(mine), rest)
            if key not in seen:
                seen.add(key)
                yield self._way(owner, mine, rest)

    def paid(self, number: int, expenses: Sequence[Expense]) -> YenRange:
        """Return what one frame pays for these expenses."""
        costs = Costs(expenses)
        amounts = [form.amount(costs) for form in self._forms[number]] or [0]
        return YenRange(min(amounts), max(amounts))

    def _way(self, owner: int, mine: tuple[int, ...], rest: YenRange) -> _Way:
        if owner < 0:
            return _Way(None, rest, constant(rest.low), constant(rest.high))
        curve = self._curves.get((owner, mine))
        if curve is None:
            taken = tuple(self._expenses[place] for place in (self._lever_at, *mine))
            moved = Moved(taken, (0,), taken[0].category)
            curve = AmountCurve(self._entries[owner], self._forms[owner], moved)
            self._curves[owner, mine] = curve
        low = total_of([(1, curve.low), (1, constant(rest.low))])
        high = total_of([(1, curve.high), (1, constant(rest.high))])
        return _Way(curve, rest, low, high)

    def _rest(self, number: int, share: tuple[int, ...]) -> YenRange:
        found = self._paid.get((number, share))
        if found is None:
            found = self.paid(number, [self._expenses[place] for place in share])
            self._paid[number, share] = found
        return found

    def _pooled(
        self, share: tuple[int, ...]
    ) -> tuple[tuple[tuple[str, int], tuple[int, int]], ...]:
        """Return all that an amount asks of some expenses: the same for the same amounts."""
        sums: dict[tuple[str, int], tuple[int, int]] = {}
        for place in share:
            each = self._expenses[place]
            net, paid = sums.get((each.category, each.year), (0, 0))
            sums[each.category, each.year] = (net + each.net, paid + each.paid)
        return tuple(sorted(sums.items()))


def _noise(ways: Sequence[_Way]) -> int:
    return max((way.curve.noise for way in ways if way.curve is not None), default=0)


def _blur(ways: Sequence[_Way], noise: int) -> int:
    """Return how far (yen of the lever) rounding can shift the change from a way to another."""
    slopes = sorted({piece.slope for way in ways for piece in way.low})
    gentle = min((after - before for before, after in pairwise(slopes)), default=Fraction(1))
    return ceil(2 * noise / gentle)


def _high_end(ways: Sequence[_Way], low: Profile) -> Profile | None:
    """Return the high end of the ways that give the low end, `None` where they differ."""
    noise = _noise(ways)
    starts = {piece.start for way in ways for each in (way.low, way.high) for piece in each}
    cuts = sorted({piece.start for piece in low} | {start for start in starts if start < MAX_YEN})
    pieces: list[Piece] = []
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        middle = start + 1 if end is None else (start + end) / 2
        least = value_at(low, middle) - noise
        highs = {way.high for way in ways if value_at(way.low, middle) >= least}
        first, *others = [
            Piece(start, value_at(each, start), piece_at(each, start).slope) for each in highs
        ]
        if any(_differ(first, other, end, noise) for other in others):
            return None
        pieces.append(first)
    return simplified(pieces)


def _differ(first: Piece, second: Piece, end: Fraction | None, noise: int) -> bool:
    """Return whether two lines from the same start are anywhere further apart than rounding."""
    apart = first.value - second.value
    if end is None:
        return first.slope != second.slope or abs(apart) > noise
    at_end = apart + (first.slope - second.slope) * (end - first.start)
    return max(abs(apart), abs(at_end)) > noise


def _most_high_end(ways: Sequence[_Way], low: Profile) -> Profile:
    """Return the highest of the high ends of the ways that give the low end, but for rounding."""
    least = total_of([(1, low), (1, constant(-_noise(ways)))])
    cuts = {piece.start for piece in low}
    for way in ways:
        above = total_of([(1, way.low), (-1, least)])
        cuts |= {piece.start for each in (above, way.high) for piece in each}
        cuts |= {root for root in roots(above) if root < MAX_YEN}
    ordered = sorted(cuts)
    pieces: list[Piece] = []
    for start, end in zip(ordered, [*ordered[1:], None], strict=True):
        middle = start + 1 if end is None else (start + end) / 2
        floor = value_at(least, middle)
        highs = {way.high for way in ways if value_at(way.low, middle) >= floor}
        most: Profile = constant(0)
        for high in highs:
            held = piece_at(high, start)
            line_of = (Piece(Fraction(0), value_at(high, start), held.slope),)
            most = higher_of(most, line_of)
        width = None if end is None else end - start
        pieces += [
            Piece(start + each.start, each.value, each.slope)
            for each in most
            if width is None or each.start < width
        ]
    return simplified(pieces)
