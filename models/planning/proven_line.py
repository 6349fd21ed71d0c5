"""What the best way to share pays at any amount, found and proven one stretch at a time.

Where expenses can be shared in far too many ways to go through, few of them are ever the best. From
0 yen on, each stretch of the highest line known so far is put to the search for a plan: is any
sharing above it there? If so that is one more way; if not, the stretch is proven.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from models.planning.expense_search import ShareSearch
from models.planning.lever_frames import LeverFrame, LeverOwner, Window
from models.planning.line_functions import constant, higher_of
from models.planning.pace import Pace
from models.planning.plan_frames import PlanFrame, takes
from models.planning.price_bound import Market
from models.planning.profiles import cut_from, piece_at, value_at
from models.planning.scaled_frames import Item, scaled_frames
from models.values.consultation import MAX_YEN

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from fractions import Fraction

    from models.planning.cost_bins import CostKey
    from models.planning.lever import Moved
    from models.planning.profiles import Piece, Profile
    from models.planning.share_ways import Shares
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue

_TIME_LIMIT_S = 5.0
_UNSEEN_YEN = 3
"""A way that is better by less than this may go unseen: by the yen that are rounded off."""
_ROUGHER = ((0, 5), (1_000, 1), (10_000, 4), (100_000, 2))
"""Where there are too many of the best ways, those that are better by so little (yen) are left out.

The line then runs among countless small teeth: one for every sum of expenses under a maximum. With
it stands how many times the patience a line so rough is worth.
"""


class ProvenLine(NamedTuple):
    """The line of the best ways: rounded down, they pay up to `noise` yen less.

    `rough` is by how much ways may be better that were left out (yen), 0 where none was; with what
    is rounded off nothing is above the line by `over` yen.
    """

    low: Profile
    noise: int
    rough: int

    @property
    def over(self) -> int:
        """How far above the line the exact amount may be (yen)."""
        return self.rough + _UNSEEN_YEN


class _NotProvenError(Exception):
    """The search took too long somewhere."""


class StretchSearch:
    """Asks for a way to share that is above a line somewhere between two amounts."""

    def __init__(
        self,
        catalog: Catalog,
        entries: Sequence[Entry],
        answers: Mapping[str, AnswerValue | None],
        moved: Moved,
    ) -> None:
        expenses = moved.at(0)
        lever = (moved.category, expenses[moved.place].year)
        self._numbers: dict[CostKey, int] = {lever: 0}
        self._items: list[Item] = []
        supply: dict[CostKey, int] = {}
        for place, each in enumerate(expenses):
            if place != moved.place:
                key = (each.category, each.year)
                number = self._numbers.setdefault(key, len(self._numbers))
                self._items.append(Item(place, number, each.net))
                supply[key] = supply.get(key, 0) + each.net
        most = {**supply, lever: supply.get(lever, 0) + MAX_YEN}
        self._frames = [PlanFrame(catalog, entry, answers, supply) for entry in entries]
        self._owners = {
            place: LeverOwner(PlanFrame(catalog, entry, answers, most), lever, supply)
            for place, entry in enumerate(entries)
            if takes(entry, lever[0])
        }
        self.asked = 0

    def above(
        self, window: Window, level: Fraction
    ) -> Generator[None, None, tuple[int, Mapping[int, int]] | None]:
        """Find a sharing that comes to more than `level` (yen), rounded, somewhere in a window.

        Return who gets the amount and the owners of the other expenses; `None`: there is none.
        """
        for place, owner in self._owners.items():
            self.asked += 1
            mine = LeverFrame(owner, window)
            frames = [mine if n == place else each for n, each in enumerate(self._frames)]
            unit, scaled = scaled_frames(frames, self._numbers, self._items)
            pace = Pace(_TIME_LIMIT_S)
            search = ShareSearch(unit, self._items, Market(self._items, unit), pace)
            more_than = floor(level - mine.start)
            found = yield from search.best([each for each in scaled if each.most], more_than)
            if found.low > more_than:
                return place, found.owners
            if found.upper > more_than:
                raise _NotProvenError
            yield
        return None


def search_proven_line(
    search: StretchSearch, shares: Shares, patience: int
) -> Generator[None, None, ProvenLine | None]:
    """Find the line, in small steps; `None`: it would take too long. Some frame takes the amount.

    If `patience` questions are not enough it is sought anew, the rougher.
    """
    for rough, worth in _ROUGHER:
        enough = search.asked + patience * worth
        try:
            found = yield from _line(search, shares, rough, enough)
        except _NotProvenError:
            return None
        if found is not None:
            return found
    return None


def _line(
    search: StretchSearch, shares: Shares, rough: int, enough: int
) -> Generator[None, None, ProvenLine | None]:
    """Find the line from 0 yen on with hardly more than `enough` questions, `None`: too few."""
    proven: list[Piece] = []
    best = constant(-1)
    noise = net = 0
    while net <= MAX_YEN:
        if search.asked > enough:
            return None
        passed = sum(each.start <= net for each in best) - 1
        proven += best[:passed]
        best = best[passed:]
        window = _stretch(best, net)
        level = value_at(best, window.first) + window.slope * (window.last - window.first)
        found = yield from search.above(window, level + rough)
        if found is None:
            net = window.last + 1
            continue
        way = shares.way_of(*found)
        best = higher_of(best, cut_from(way.low, best[0].start))
        noise = max(noise, 0 if way.curve is None else way.curve.noise)
        yield
    return ProvenLine((*proven, *best), noise, rough)


def _stretch(best: Profile, net: int) -> Window:
    """Return whole yen, from an amount on or later, over which a function is one straight line.

    What is passed over is level and ends where the window begins: as more cost never lowers what
    is paid, nothing is above it if nothing is above the window. The first piece holds at `net`.
    """
    piece, last = best[0], _last_of(best, net)
    if not piece.slope and last < MAX_YEN and best[1].value == piece.value:
        following = piece_at(best, last + 1)
        if following is best[1]:
            return Window(last + 1, _last_of(best, last + 1), following.slope)
    return Window(net, last, piece.slope)


def _last_of(best: Profile, net: int) -> int:
    """Return the last whole yen of the piece that holds at an amount."""
    following = (ceil(each.start) for each in best if each.start > net)
    return min(next(following, MAX_YEN + 1) - 1, MAX_YEN)
