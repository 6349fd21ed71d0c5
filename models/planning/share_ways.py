"""The ways to share expenses among frames while the amount of one of them varies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.planning.amount_curve import AmountCurve
from models.planning.lever import Moved
from models.planning.line_functions import constant, total_of
from models.planning.plan_frames import takes
from models.values.consultation import MAX_YEN
from models.values.money import YenRange

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from models.planning.profiles import Profile
    from models.planning.resolved import ResolvedCalculation
    from models.values.catalog import Entry
    from models.values.consultation import Expense

MOST_GONE_THROUGH = 512
"""So many ways are gone through one by one; of more only those that can be the best."""
MOST_KEPT = 512
"""So many ways that can be the best are compared; with more the line is proven instead."""

Pooled = tuple[tuple[tuple[str, int], tuple[int, int]], ...]
"""For each category and year the net cost and what is paid (yen)."""
_State = Pooled | None
"""What counts of a frame's share, `None` where it pays its most already."""
Shared = tuple[tuple[int, ...], ...]
"""For each frame the places of the expenses that it gets, the varied one aside."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to share: what the frame that gets the lever pays, and what the others surely pay."""

    curve: AmountCurve | None
    rest: YenRange
    low: Profile
    high: Profile

    @property
    def course(self) -> object:
        """Return what two ways have in common that pay the same at any amount."""
        if self.curve is None or self.curve.is_floored:
            return (self.low, self.high)
        return (id(self.curve), self.rest)

    @property
    def is_certain(self) -> bool:
        """Whether low and high end are always the same."""
        return self.rest.is_certain and (self.curve is None or self.curve.is_certain)

    def at(self, net: int) -> YenRange:
        """Return what the frames pay together."""
        if self.curve is None:
            return self.rest
        mine = self.curve.at(net)
        return YenRange(mine.low + self.rest.low, mine.high + self.rest.high)


class Shares:
    """All ways to give each expense that several frames take to one of them."""

    def __init__(
        self, entries: Sequence[Entry], forms: Sequence[tuple[ResolvedCalculation, ...]]
    ) -> None:
        self._entries = entries
        self.forms = forms
        self._paid: dict[tuple[int, tuple[int, ...]], YenRange] = {}
        self._curves: dict[tuple[int, tuple[int, ...]], AmountCurve] = {}
        self._expenses: tuple[Expense, ...] = ()
        self._lever_at = 0
        self._takers: list[tuple[int, ...]] = []
        self._states: dict[tuple[int, tuple[int, ...], bool], _State] = {}
        self._most: dict[tuple[int, bool], list[int]] = {}

    def spread(self, moved: Moved) -> None:
        """Find out who can take what, the lever being one expense among the others."""
        self._expenses = moved.at(0)
        self._lever_at = moved.place
        self._takers = [
            tuple(n for n, entry in enumerate(self._entries) if takes(entry, each.category))
            for each in self._expenses
        ]

    @property
    def are_few(self) -> bool:
        """Whether every way is gone through."""
        return prod(max(len(each), 1) for each in self._takers) <= MOST_GONE_THROUGH

    @property
    def are_certain(self) -> bool:
        """Whether low and high end are the same, whatever the sharing."""
        return all(len(each) <= 1 for each in self.forms)

    def every_way(self) -> Generator[None, None, tuple[Way, ...]]:
        """Find every way once; those that pay the same at any amount are one."""
        found: dict[tuple[object, ...], Way] = {}
        for owners in product(*(each or (-1,) for each in self._takers)):
            owner = owners[self._lever_at]
            shares = tuple(
                tuple(p for p, n in enumerate(owners) if n == number and p != self._lever_at)
                for number in range(len(self._entries))
            )
            rest = self._rest_of(shares, owner)
            mine = shares[owner] if owner >= 0 else ()
            key = (owner, self._pooled(mine), rest)
            if key not in found:
                found[key] = self._way(owner, mine, rest)
            yield
        return tuple(found.values())

    def best_ways(self) -> Generator[None, None, tuple[Way, ...] | None]:
        """Find ways of which one is the best at any amount, `None` where they are too many.

        More cost never lowers what a frame pays. So what a frame that already pays its most would
        get goes to another, and of the ways that give the frame of the amount the same only the
        one counts that pays most besides.
        """
        found: dict[object, tuple[int, tuple[int, ...], YenRange]] = {}
        for owner in self._takers[self._lever_at] or (-1,):
            spread = yield from self._spread_out(owner)
            if spread is None:
                return None
            for shares in spread:
                rest = self._rest_of(shares, owner)
                mine = shares[owner] if owner >= 0 else ()
                key = (owner, owner >= 0 and self._state(owner, mine, owner))
                known = found.get(key)
                if known is None or (known[2].low, known[2].high) < (rest.low, rest.high):
                    found[key] = (owner, mine, rest)
                yield
        if len(found) > MOST_KEPT:
            return None
        ways: list[Way] = []
        for each in found.values():
            ways.append(self._way(*each))
            yield
        return tuple(ways)

    def way_of(self, owner: int, owners: Mapping[int, int]) -> Way:
        """Return the way in which a frame gets the amount and others these expenses (by place)."""
        shares: list[list[int]] = [[] for _ in self._entries]
        for place, takers in enumerate(self._takers):
            if place != self._lever_at and takers:
                shares[owners.get(place, takers[0])].append(place)
        given = tuple(tuple(each) for each in shares)
        return self._way(owner, given[owner], self._rest_of(given, owner))

    def _spread_out(self, owner: int) -> Generator[None, None, Sequence[Shared] | None]:
        """Find the ways that can be the best when this frame gets the amount."""
        states: Sequence[Shared] = [((),) * len(self._entries)]
        places = [place for place in range(len(self._expenses)) if place != self._lever_at]
        # What only one frame takes comes first, then the largest: frames are full the sooner.
        places.sort(key=lambda p: (len(self._takers[p]) > 1, -self._expenses[p].net))
        for place in places:
            following: dict[tuple[_State, ...], Shared] = {}
            for shares in states:
                for number in self._open_takers(place, shares, owner):
                    given = list(shares)
                    given[number] = (*shares[number], place)
                    key = tuple(self._state(n, each, owner) for n, each in enumerate(given))
                    following.setdefault(key, tuple(given))
                yield
            if following:
                undominated = yield from _undominated(following)
                states = [following[key] for key in undominated]
            if len(states) > MOST_KEPT:
                return None
        return states

    def _open_takers(self, place: int, shares: Shared, owner: int) -> Sequence[int]:
        """Return the frames to which an expense may be worth anything, else just one of them."""
        takers = self._takers[place]
        is_open = [n for n in takers if self._state(n, shares[n], owner) is not None]
        return is_open or takers[:1]

    def _state(self, number: int, share: tuple[int, ...], owner: int) -> _State:
        """Return what counts of a frame's share, `None` where it pays its most already."""
        key = (number, share, number == owner)
        if key not in self._states:
            everything = [
                place
                for place, takers in enumerate(self._takers)
                if number in takers and (place != self._lever_at or number == owner)
            ]
            expenses = [self._expenses[place] for place in share]
            most = self._most.get((number, number == owner))
            if most is None:
                full = [
                    replace(each, amount=MAX_YEN) if place == self._lever_at else each
                    for place, each in ((place, self._expenses[place]) for place in everything)
                ]
                most = self._amounts(number, full)
                self._most[number, number == owner] = most
            is_full = self._amounts(number, expenses) == most
            self._states[key] = None if is_full else self._pooled(share)
        return self._states[key]

    def _rest_of(self, shares: Shared, owner: int) -> YenRange:
        others = [self._rest(n, share) for n, share in enumerate(shares) if n != owner]
        return YenRange(sum(each.low for each in others), sum(each.high for each in others))

    def _amounts(self, number: int, expenses: Sequence[Expense]) -> list[int]:
        costs = Costs(expenses)
        return [form.amount(costs) for form in self.forms[number]]

    def paid(self, number: int, expenses: Sequence[Expense]) -> YenRange:
        """Return what one frame pays for these expenses."""
        amounts = self._amounts(number, expenses) or [0]
        return YenRange(min(amounts), max(amounts))

    def _way(self, owner: int, mine: tuple[int, ...], rest: YenRange) -> Way:
        if owner < 0:
            return Way(None, rest, constant(rest.low), constant(rest.high))
        curve = self._curves.get((owner, mine))
        if curve is None:
            taken = tuple(self._expenses[place] for place in (self._lever_at, *mine))
            moved = Moved(taken, (0,), taken[0].category)
            curve = AmountCurve(self._entries[owner], self.forms[owner], moved)
            self._curves[owner, mine] = curve
        low = total_of([(1, curve.low), (1, constant(rest.low))])
        high = total_of([(1, curve.high), (1, constant(rest.high))])
        return Way(curve, rest, low, high)

    def _rest(self, number: int, share: tuple[int, ...]) -> YenRange:
        found = self._paid.get((number, share))
        if found is None:
            found = self.paid(number, [self._expenses[place] for place in share])
            self._paid[number, share] = found
        return found

    def _pooled(self, share: tuple[int, ...]) -> Pooled:
        """Return all that an amount asks of some expenses: the same for the same amounts."""
        sums: dict[tuple[str, int], tuple[int, int]] = {}
        for place in share:
            each = self._expenses[place]
            net, paid = sums.get((each.category, each.year), (0, 0))
            sums[each.category, each.year] = (net + each.net, paid + each.paid)
        return tuple(sorted(sums.items()))


def _undominated(
    states: Iterable[tuple[_State, ...]],
) -> Generator[None, None, list[tuple[_State, ...]]]:
    """Find the states without those in which no frame can pay more than in another.

    Costs that nobody gets in vain are the same in sum: only where a frame is full can a state be
    worse for every other.
    """
    kept: list[tuple[_State, ...]] = []
    front: list[tuple[_State, ...]] = []
    full: list[tuple[int, int, tuple[_State, ...]]] = []
    for state in states:
        count = sum(each is None for each in state)
        if not count:
            kept.append(state)
            continue
        total = sum(net for each in state if each for _, (net, _) in each)
        full.append((count, total, state))
    for _, _, state in sorted(full, key=lambda each: (-each[0], -each[1])):
        if not any(_is_as_good(other, state) for other in front):
            front.append(state)
        yield
    return kept + front


def _is_as_good(one: tuple[_State, ...], other: tuple[_State, ...]) -> bool:
    """Return whether every frame gets as much in one state as in another."""
    return all(
        mine is None or (theirs is not None and _holds(dict(mine), theirs))
        for mine, theirs in zip(one, other, strict=True)
    )


def _holds(mine: Mapping[tuple[str, int], tuple[int, int]], theirs: Pooled) -> bool:
    for key, (net, paid) in theirs:
        own = mine.get(key, (0, 0))
        if own[0] < net or own[1] < paid:
            return False
    return True
