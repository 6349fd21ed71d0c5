"""What frames that compete for expenses pay together as a function of one planned amount.

At each amount the expenses are shared as the simulation shares them: so that the sure amount is
largest. Every way to share them gives a function of the amount; the highest of these functions is
the exact answer, whatever the amount.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from models.planning.allocation import search_allocation
from models.planning.amount_curve import forms_of
from models.planning.high_bound import high_bound
from models.planning.line_functions import (
    constant,
    higher_of,
    meeting_point,
    roots,
    simplified,
    total_of,
)
from models.planning.pace import finish
from models.planning.profiles import Piece, piece_at, value_at
from models.planning.proven_curve import ProvenCurve
from models.planning.proven_line import StretchSearch, search_proven_line
from models.planning.share_ways import Shares
from models.values.break_even import NoLine
from models.values.consultation import MAX_YEN
from models.values.money import YenRange

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from models.planning.lever import Moved
    from models.planning.profiles import Profile
    from models.planning.proven_curve import Share
    from models.planning.share_ways import Way
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue

_MOST_WORK = 40_000
"""So often a way is looked at: about half a second; with more the line is proven instead."""
PATIENCES = HASTY, PATIENT, THOROUGH = 10, 200, 2_000
"""So often a better way is asked for before a line becomes rougher (see `proven_line`).

With haste where many lines are looked through; one that somebody waits for gets more and more.
"""
_TOO_MANY = "同じ経費をいくつもの枠で分け合う案で、分け方が多すぎるため、線にできません。"
_TAKE_TOGETHER = "一つの経費ではなく、区分の合計で見てください。"
_AS_PLANNED = "今の計画での金額は「金額」の表にあります。"


class Ties(Enum):
    """Whether ways to share of the same sure amount differ in what they may pay."""

    AGREE = "agree"
    DIFFER = "differ"
    UNKNOWN = "unknown"
    """Not all ways are known: some may differ."""


class SharedCurve:
    """The range (yen) that competing frames pay together for each amount of the lever.

    Ways to share of the same sure amount may differ in what they may pay. Then the high end is
    open: it is the most that any of them may pay.
    """

    def __init__(
        self,
        ways: Sequence[Way],
        low: Profile,
        high: Profile,
        shared: Share | None,
        *,
        ties: Ties = Ties.AGREE,
    ) -> None:
        """`shared` shares the expenses at one amount where the ways differ in the high end."""
        self._ways = ways
        self.high_is_open = ties is not Ties.AGREE
        self._ties = ties
        self.low, self.high = low, high
        self._shared = shared
        self._known: dict[int, YenRange] = {}
        self.noise = _noise(ways)
        self.blur = 0 if shared is None else _blur(ways, self.noise)
        if self.high_is_open:
            self.blur = 1

    @property
    def high_rises(self) -> bool:
        """Whether the high end surely never falls as the amount grows.

        Whoever shares so that the sure amount is largest may otherwise then have less.
        """
        return all(way.is_certain for way in self._ways)

    @property
    def bends(self) -> tuple[int, ...]:
        """The amounts (yen, rising, from 0) at which the low or the high end changes its course."""
        starts = {ceil(piece.start) for piece in (*self.low, *self.high) if piece.start <= MAX_YEN}
        blurred = {start + side for start in starts for side in (-self.blur, self.blur)}
        return tuple(sorted(each for each in starts | blurred if 0 <= each <= MAX_YEN))

    def at(self, net: int) -> YenRange:
        """Return what the frames pay when the lever stands at `net` yen."""
        return finish(self.search(net))

    def search(self, net: int) -> Generator[None, None, YenRange]:
        """Find the same in small steps."""
        found = self._known.get(net)
        if found is None:
            found = self._known[net] = yield from self._search(net)
        return found

    def gap(self, net: int) -> int | None:
        """Return how far the high ends of what ties differ (yen), `None` where nobody knows."""
        if not self.high_is_open:
            return 0
        if self._ties is Ties.UNKNOWN:
            return None
        highs = [amount.high for amount in self._near(net)]
        return max(highs) - min(highs)

    def _search(self, net: int) -> Generator[None, None, YenRange]:
        near = self._near(net)
        low = max(amount.low for amount in near)
        if self.high_is_open:
            return YenRange(low, max(amount.high for amount in near))
        highs = {amount.high for amount in near if amount.low == low}
        if len(highs) == 1 or self._shared is None:
            return YenRange(low, max(highs))
        return (yield from self._shared(net))

    def _near(self, net: int) -> list[YenRange]:
        """Return what the ways pay that give the low end, but for rounding."""
        least = value_at(self.low, net) - self.noise
        return [way.at(net) for way in self._ways if value_at(way.low, net) >= least]


def search_shared_curve(
    catalog: Catalog,
    entries: Sequence[Entry],
    answers: Mapping[str, AnswerValue | None],
    moved: Moved,
    patience: int = PATIENT,
) -> Generator[None, None, SharedCurve | ProvenCurve | NoLine]:
    """Find the curve of frames that compete, or why there is none, in small steps.

    Where there are too many ways to go through, `patience` is how often to ask for a better one
    before the line becomes rougher.
    """
    shares = Shares(entries, [forms_of(catalog, each, answers) for each in entries])
    shares.spread(moved)

    def shared(net: int) -> Generator[None, None, YenRange]:
        expenses = moved.at(net)
        owned = yield from search_allocation(catalog, entries, answers, expenses)
        found = [
            shares.paid(place, [expenses[index] for index in share])
            for place, share in enumerate(owned)
        ]
        return YenRange(sum(each.low for each in found), sum(each.high for each in found))

    if shares.are_few:
        ways = yield from shares.every_way()
    elif shares.are_certain:
        ways = None
    else:
        ways = yield from shares.best_ways()
    found = None if ways is None else (yield from _curve_of(ways, shares, shared))
    if found is not None:
        return found
    search = StretchSearch(catalog, entries, answers, moved)
    proven = yield from search_proven_line(search, shares, patience)
    if proven is None:
        return _too_many(moved)
    most = None if shares.are_certain else high_bound(entries, shares.forms, moved)
    return ProvenCurve(proven, most, shared)


def _curve_of(
    ways: Sequence[Way], shares: Shares, shared: Share
) -> Generator[None, None, SharedCurve | None]:
    """Find the curve of the best of many ways, `None` where there are too many."""
    ways = tuple({way.course: way for way in ways}.values())
    low = yield from _highest([way.low for way in ways])
    if not shares.are_few:
        if len(low) * len(ways) > _MOST_WORK:
            return None
        noise = _noise(ways)
        near: list[Way] = []
        for way in ways:
            near += [way] if _comes_near(way.low, low, noise) else []
            yield
        ways = tuple(near)
    if all(way.low == way.high and way.rest.is_certain for way in ways):
        return SharedCurve(ways, low, low, None)
    starts = {piece.start for way in ways for each in (way.low, way.high) for piece in each}
    if len(starts) * len(ways) > _MOST_WORK:
        return None
    high = (yield from _high_end(ways, low)) if shares.are_few else None
    if high is None:
        most = yield from _most_high_end(ways, low)
        ties = Ties.DIFFER if shares.are_few else Ties.UNKNOWN
        return SharedCurve(ways, low, most, None, ties=ties)
    return SharedCurve(ways, low, high, shared)


def _too_many(moved: Moved) -> NoLine:
    """Return why there is no line, and what helps: fewer amounts that are shared one by one."""
    alike = sum(each.category == moved.category for each in moved.expenses)
    return NoLine(_TOO_MANY + (_TAKE_TOGETHER if alike > len(moved.places) else _AS_PLANNED))


def _highest(functions: Sequence[Profile]) -> Generator[None, None, Profile]:
    """Find the highest of many functions, halved so that few pieces are compared at a time."""
    if len(functions) == 1:
        return functions[0]
    half = len(functions) // 2
    first = yield from _highest(functions[:half])
    second = yield from _highest(functions[half:])
    yield
    return higher_of(first, second)


def _comes_near(function: Profile, low: Profile, noise: int) -> bool:
    """Return whether a function anywhere comes as near to the low end as rounding can tell."""
    below = total_of([(1, function), (-1, low), (1, constant(noise))])
    ends = [*(piece.start for piece in below[1:]), Fraction(MAX_YEN)]
    return any(
        piece.value >= 0 or piece.value + piece.slope * (end - piece.start) >= 0
        for piece, end in zip(below, ends, strict=True)
    )


def _noise(ways: Sequence[Way]) -> int:
    return max((way.curve.noise for way in ways if way.curve is not None), default=0)


def _blur(ways: Sequence[Way], noise: int) -> int:
    """Return how far (yen of the lever) rounding can shift the change from a way to another."""
    slopes = sorted({piece.slope for way in ways for piece in way.low})
    gentle = min((after - before for before, after in pairwise(slopes)), default=Fraction(1))
    return ceil(2 * noise / gentle)


def _high_end(ways: Sequence[Way], low: Profile) -> Generator[None, None, Profile | None]:
    """Find the high end of the ways that give the low end, `None` where they differ."""
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
        yield
    return simplified(pieces)


def _differ(first: Piece, second: Piece, end: Fraction | None, noise: int) -> bool:
    """Return whether two lines from the same start are anywhere further apart than rounding."""
    apart = first.value - second.value
    if end is None:
        return first.slope != second.slope or abs(apart) > noise
    at_end = apart + (first.slope - second.slope) * (end - first.start)
    return max(abs(apart), abs(at_end)) > noise


def _most_high_end(ways: Sequence[Way], low: Profile) -> Generator[None, None, Profile]:
    """Find the highest of the high ends of the ways that give the low end, but for rounding."""
    least = total_of([(1, low), (1, constant(-_noise(ways)))])
    cuts = {piece.start for piece in low}
    for way in ways:
        above = total_of([(1, way.low), (-1, least)])
        cuts |= {piece.start for each in (above, way.high) for piece in each}
        cuts |= {root for root in roots(above) if root < MAX_YEN}
        yield
    ordered = sorted(cuts)
    pieces: list[Piece] = []
    for start, end in zip(ordered, [*ordered[1:], None], strict=True):
        middle = start + 1 if end is None else (start + end) / 2
        floor = value_at(least, middle)
        near = {way.high for way in ways if value_at(way.low, middle) >= floor}
        lines = {Piece(start, value_at(each, start), piece_at(each, start).slope) for each in near}
        pieces += _highest_line(lines, start, end)
        yield
    return simplified(pieces)


def _highest_line(lines: Iterable[Piece], start: Fraction, end: Fraction | None) -> Iterator[Piece]:
    """Return the highest of straight lines from a start to an end."""
    rivals = sorted(lines, key=lambda each: (each.value, each.slope))
    best = rivals.pop()
    while True:
        yield Piece(start, best.value + best.slope * (start - best.start), best.slope)
        rivals = [each for each in rivals if each.slope > best.slope]
        meets = [(meeting_point(best, each), each) for each in rivals]
        following = min(
            ((at, -each.slope, each) for at, each in meets if at is not None), default=None
        )
        if following is None or (end is not None and following[0] >= end):
            return
        start, _, best = following
