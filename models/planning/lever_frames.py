"""A frame that owns the amount of a break-even, as the search for a plan sees it.

Whether some line is the most that any sharing pays, for every amount from one to another, is one
question to that search: let the frame choose the amount itself, and give it back what the line
would fall until there. No share then comes to more than the line's end.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from models.planning.amount_curve import lines_of
from models.planning.cost_bins import Bin
from models.planning.line_functions import constant, higher_of, line, total_of
from models.planning.plan_frames import Way
from models.planning.profiles import Piece, cut_from, value_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.cost_bins import CostKey
    from models.planning.plan_frames import PlanFrame
    from models.planning.profiles import Profile

_ZERO = Fraction(0)
_NOTHING = Piece(_ZERO, _ZERO, _ZERO)


class Window(NamedTuple):
    """Amounts from `first` to `last` yen; along the line that is to be proven, so much a yen."""

    first: int
    last: int
    slope: Fraction

    def best_of(self, function: Profile) -> Fraction:
        """Return the most that a function has within, with what the line rises from there on."""
        tried = [Fraction(self.first), Fraction(self.last)]
        tried += [piece.start for piece in function if self.first < piece.start < self.last]
        return max(value_at(function, net) + self.slope * (self.last - net) for net in tried)


class LeverOwner:
    """A frame that gets the amount: what it pays for it beside the costs of other expenses."""

    def __init__(self, compiled: PlanFrame, key: CostKey, supply: Mapping[CostKey, int]) -> None:
        """`compiled` for any amount under `key`; `supply` is the cost of the other expenses."""
        self.compiled = compiled
        self.key = key
        self.keys = compiled.keys
        self.all_others = [supply.get(each, 0) for each in self.keys]
        self._lines: dict[tuple[int, ...], Profile] = {}

    def lines(self, costs: Sequence[int]) -> Profile:
        """Return the low end as a function of the amount, beside costs in the order of `keys`."""
        asked = tuple(costs)
        found = self._lines.get(asked)
        if found is None:
            low, _ = lines_of(self.compiled.forms, lambda *given, **_: self._cost(asked, *given))
            found = self._lines[asked] = low
        return found

    def _cost(self, costs: Sequence[int], categories: Sequence[str], year: int | None) -> Profile:
        fixed = sum(
            cost
            for key, cost in zip(self.keys, costs, strict=True)
            if key[0] in categories and year in {None, key[1]}
        )
        counts = self.key[0] in categories and year in {None, self.key[1]}
        return line(1, fixed) if counts else constant(fixed)


class LeverFrame:
    """What a frame that owns the amount pays for other costs, at the best amount of a window.

    `start` (yen) is what it comes to without other costs; amounts are what they add, from below.
    """

    def __init__(self, owner: LeverOwner, window: Window) -> None:
        compiled = owner.compiled
        self.keys = compiled.keys
        self._owner = owner
        self._window = window
        self._known: dict[tuple[int, ...], int] = {}
        self.start = window.best_of(owner.lines([0] * len(self.keys)))
        # What bounds a frame may count on both tracks being rounded down before they are added up.
        self._rounded = int(any(form.top_up for form in compiled.forms))
        self.bins = compiled.bins
        self.ways = tuple(self._moved(way) for way in compiled.ways)
        self.most = self.amount(owner.all_others)

    def amount(self, costs: Sequence[int]) -> int:
        """Return what costs in the order of `keys` add (yen, from below)."""
        asked = tuple(costs)
        amount = self._known.get(asked)
        if amount is None:
            more = self._window.best_of(self._owner.lines(asked)) - self.start
            amount = self._known[asked] = max(int(more) - self._rounded, 0)
        return amount

    def counts(self, key: CostKey) -> bool:
        """Return whether cost under a key can count at all."""
        return self._owner.compiled.counts(key)

    def _moved(self, way: Way) -> Way:
        """Return the bound that a way gives at the best amount."""
        window = self._window
        slope = window.slope
        fixed = way.fixed - self.start
        places: dict[int, int] = {}
        for place in dict.fromkeys((*way.base, *way.top_up)):
            weight = self.bins[place].weights.get(self._owner.key)
            if not weight:
                continue
            profile = windowed(self.bins[place].profile, weight, window._replace(slope=slope))
            fixed += profile[0].value
            places[place] = len(self.bins)
            above = total_of([(1, profile), (-1, constant(profile[0].value))])
            self.bins += (Bin(self.bins[place].weights, above),)
            slope = _ZERO  # the first bin has all of what the line rises
        fixed += slope * (window.last - window.first)
        return Way(
            fixed,
            tuple(places.get(place, place) for place in way.base),
            tuple(places.get(place, place) for place in way.top_up),
            None if way.lead in places else way.lead,
        )


def windowed(profile: Profile, weight: Fraction, window: Window) -> Profile:
    """Return the most of a profile with the cost of a window's best amount added, by the cost.

    `weight` is how much each yen of the amount counts.
    """
    first, last, slope = window
    at_first = _shifted(profile, weight * first)
    best = higher_of(
        total_of([(1, at_first), (1, constant(slope * (last - first)))]),
        _shifted(profile, weight * last),
    )
    for bend in profile:
        end = bend.start - weight * first
        if end <= 0:
            continue
        start = max(bend.start - weight * last, _ZERO)
        value = bend.value + slope * (last - (bend.start - start) / weight)
        bump = (Piece(start, value, slope / weight), Piece(end, _ZERO, _ZERO))
        best = higher_of(best, bump if start == 0 else (_NOTHING, *bump))
    return best


def _shifted(profile: Profile, by: Fraction) -> Profile:
    """Return the profile with so much cost added."""
    return tuple(each._replace(start=each.start - by) for each in cut_from(profile, by))
