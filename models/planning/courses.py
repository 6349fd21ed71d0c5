"""Who is ahead as one amount grows: every change of it, exact to the yen."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING

from models.planning.line_functions import roots, total_of
from models.planning.profiles import piece_at, value_at
from models.values.break_even import Ahead, Course, Courses, Crossing
from models.values.consultation import MAX_YEN

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from models.planning.profiles import Piece, Profile
    from models.planning.scenario_curve import End, Side


def courses_between(first: Side, second: Side) -> Generator[None, None, Courses]:
    """Find who is ahead surely, by the low ends and by the high ends, in small steps.

    Where the high end of either is open, only what holds for every value of it is claimed.
    """
    surely = yield from _course(_sure_race(first, second))
    low = yield from _course(_race_of_ends(first.low, second.low))
    if first.high_is_open or second.high_is_open:
        return Courses(surely, low, None)
    high = yield from _course(_race_of_ends(first.high, second.high))
    return Courses(surely, low, high)


@dataclass(frozen=True, slots=True)
class _Race:
    """Who is ahead: along the lines, and exactly; rounding tells them apart by `noise` yen."""

    reals: tuple[Profile, ...]
    """Whoever is ahead changes only where one of these differences jumps or is 0."""
    state: Callable[[Sequence[Fraction | int]], Ahead]
    ends: tuple[End, ...]
    """All that are compared."""
    parts: Callable[[int], Sequence[tuple[int, int]]]
    """Each exact difference as one number less another."""
    rises: bool
    """Whether no such number ever falls."""
    noise: int
    """That of both sides together."""
    most_noise: int
    """The most that it moves one side against the other."""
    blur: int

    def search(self, *nets: int) -> Generator[None, None, None]:
        """Work out in small steps what is exact at some amounts."""
        for end in self.ends:
            for net in nets:
                yield from end.search(net)

    def along(self, net: Fraction) -> tuple[Ahead, tuple[int, ...]]:
        """Return who is ahead along the lines, and which differences are nothing but rounding."""
        differences = [value_at(real, net) for real in self.reals]
        level = tuple(place for place, each in enumerate(differences) if not each)
        return self.state(differences), level

    def at(self, net: int) -> Ahead:
        """Return who really is ahead."""
        return self.state(self.exact(net))

    def exact(self, net: int) -> tuple[int, ...]:
        """Return the exact differences."""
        return tuple(more - less for more, less in self.parts(net))

    def holds(self, net: int, ahead: Ahead, level: Sequence[int]) -> bool:
        """Return whether so, or of what is level nothing but rounding, really holds."""
        if level:
            exact = self.exact(net)
            return all(abs(exact[place]) <= self.noise for place in level)
        return self.at(net) is ahead

    def holds_between(self, first: int, last: int, ahead: Ahead, level: Sequence[int]) -> bool:
        """Return whether the same surely holds from one amount to another."""
        if not self.rises:
            return False
        ends = zip(self.parts(first), self.parts(last), strict=True)
        spans = [(low[0] - high[1], high[0] - low[1]) for low, high in ends]
        if level:
            return all(max(map(abs, spans[place])) <= self.noise for place in level)
        # What is ahead at every corner is so in between, too.
        return all(self.state(corner) is ahead for corner in product(*spans))

    def width(self, before: Fraction, start: Fraction) -> int:
        """Return how far from the lines' change the real one can lie, in yen of the amount."""
        pieces = [(piece_at(real, before), piece_at(real, start)) for real in self.reals]
        slopes = [abs(piece.slope) for pair in pieces for piece in pair]
        gentle = min([slope for slope in slopes if slope], default=Fraction(1))
        jumps = any(_value(old, start) != _value(new, start) for old, new in pieces)
        # Where lines cross, rounding lowers the one or the other; a jump may come later, too.
        noise = 2 * self.noise if jumps else self.most_noise
        return min(ceil(noise / gentle) + self.blur + 2, MAX_YEN)


def _value(piece: Piece, at: Fraction) -> Fraction:
    return piece.value + piece.slope * (at - piece.start)


def _race_of_ends(first: End, second: End) -> _Race:
    """Return the race in which one end of each range is compared with the same of the other."""
    return _Race(
        (total_of([(1, second.real), (-1, first.real)]),),
        lambda differences: _ahead(differences[0]),
        (first, second),
        lambda net: (_difference(second, first, net),),
        first.rises and second.rises,
        first.noise + second.noise,
        _apart(first, second),
        first.blur + second.blur,
    )


def _sure_race(first: Side, second: Side) -> _Race:
    """Return the race for who is ahead whatever the ranges turn out to be."""
    return _Race(
        (
            total_of([(1, second.low.real), (-1, first.high.real)]),
            total_of([(1, first.low.real), (-1, second.high.real)]),
        ),
        _sure_state,
        (first.low, second.low, first.high, second.high),
        lambda net: (
            _difference(second.low, first.high, net),
            _difference(first.low, second.high, net),
        ),
        first.high.rises and second.high.rises,
        first.low.noise + second.low.noise,
        _apart(first.low, second.low),
        first.low.blur + second.low.blur,
    )


def _apart(first: End, second: End) -> int:
    """Return how far rounding can put one end off against the other (yen)."""
    return max(first.noise + second.over, second.noise + first.over)


def _difference(more: End, less: End, net: int) -> tuple[int, int]:
    """Return two numbers whose difference is how far one end is above another."""
    return (
        more.paid_out(net) + less.against(net),
        less.paid_out(net) + more.against(net),
    )


def _sure_state(leads: Sequence[Fraction | int]) -> Ahead:
    of_second, of_first = leads
    if of_second > 0:
        return Ahead.SECOND
    if of_first > 0:
        return Ahead.FIRST
    return Ahead.SAME if not of_second and not of_first else Ahead.OPEN


def _ahead(difference: Fraction | int) -> Ahead:
    if not difference:
        return Ahead.SAME
    return Ahead.SECOND if difference > 0 else Ahead.FIRST


def _course(race: _Race) -> Generator[None, None, Course]:
    """Find who is ahead from 0 yen on, and every change, rising."""
    stretches: list[tuple[Fraction, Ahead, tuple[int, ...]]] = []
    cuts = _cuts(race.reals)
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        if end is not None and ceil(start) == ceil(end):
            continue  # no whole yen lies between
        state = race.along(start + 1 if end is None else (start + end) / 2)
        yield
        if not stretches or stretches[-1][1] is not state[0]:
            stretches.append((start, *state))
    crossings: list[Crossing] = []
    last = stretches[0][1]
    for number in range(1, len(stretches)):
        start, ahead, level = stretches[number]
        after = stretches[number + 1][0] if number + 1 < len(stretches) else Fraction(MAX_YEN)
        before = stretches[number - 1][0]
        width = race.width((before + start) / 2, start)
        window = range(
            max(floor(start) - width, ceil(before), 0),
            min(ceil(start) + width, floor(after), MAX_YEN) + 1,
        )
        at = yield from _last_before(race, window, ceil(start) - 1, (ahead, level))
        yield from race.search(at + 1)
        if not level and race.at(at + 1) is not ahead:
            continue  # over so few yen that rounding leaves nothing of it
        if 0 <= at <= MAX_YEN and ahead is not last:
            crossings.append(Crossing(at, ahead))
            last = ahead
    yield from race.search(0)
    return Course(race.at(0), stretches[0][1], tuple(crossings))


def _cuts(reals: Sequence[Profile]) -> list[Fraction]:
    """Return where parts begin over which every function keeps both its line and its sign."""
    cuts: set[Fraction] = set()
    for real in reals:
        starts = (piece.start for piece in real)
        cuts |= {each for each in (*starts, *roots(real)) if each < MAX_YEN}
    return sorted(cuts)


def _last_before(
    race: _Race, window: range, otherwise: int, next_state: tuple[Ahead, tuple[int, ...]]
) -> Generator[None, None, int]:
    """Find the last yen at which the next state does not hold yet: rounding blurs the line."""
    spans = [(window.start, window.stop - 1)] if window else []
    while spans:
        first, last = spans.pop()
        yield from race.search(first, last)
        yield
        if first == last:
            if not race.holds(first, *next_state):
                return first
        elif not race.holds_between(first, last, *next_state):
            middle = (first + last) // 2
            spans += ((first, middle), (middle + 1, last))
    return otherwise
