"""Where one scenario overtakes another as one amount grows: exact, and in plain sentences."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING

from models.judgement.completions import possible_answers
from models.judgement.evaluation import Situation, evaluate, leaves
from models.judgement.screening import screen_entry
from models.planning.break_even_words import break_even_sentences, reach_sentences
from models.planning.line_functions import constant, meeting_point, total_of
from models.planning.pace import finish
from models.planning.profiles import piece_at, value_at
from models.planning.scenario_curve import scenario_curve
from models.values.break_even import Ahead, BreakEven, Course, Crossing, NoLine, Reach
from models.values.conditions import AllOf, FixedLimit
from models.values.consultation import MAX_YEN
from models.values.results import Verdict
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from models.planning.amount_curve import Lever
    from models.planning.profiles import Piece, Profile
    from models.planning.scenario_curve import End, ScenarioCurve
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue, Condition
    from models.values.consultation import Consultation, Scenario

_MOST_TRIED = 256
Courses = tuple[Course, Course, Course]
"""What is surely so, what the low ends and what the high ends say."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What the varied amount is called, and what is planned of it today (yen)."""

    label: str
    today: int

    @classmethod
    def of(cls, catalog: Catalog, consultation: Consultation, lever: Lever) -> Amount:
        """Return what a lever is in the client's plan."""
        label = lever_label(catalog, consultation, lever)
        return cls(label, lever.today(consultation.expenses))


def break_even(
    catalog: Catalog,
    consultation: Consultation,
    scenarios: tuple[Scenario, Scenario],
    lever: Lever,
) -> BreakEven | NoLine:
    """Return how two scenarios compare for every value of one amount, or why that has no line."""
    curves = [scenario_curve(catalog, consultation, each, lever) for each in scenarios]
    first, second = curves
    if isinstance(first, NoLine):
        return first
    if isinstance(second, NoLine):
        return second
    amount = Amount.of(catalog, consultation, lever)
    both = can_both_hold(catalog, consultation, scenarios)
    courses = finish(courses_between(first, second)) if both else None
    return break_even_of((first, second), amount, courses)


def courses_between(first: ScenarioCurve, second: ScenarioCurve) -> Generator[None, None, Courses]:
    """Find who is ahead surely, by the low ends and by the high ends, with a rest after each."""
    surely = _surely(first, second)
    yield
    low = _by_end(first.low_end, second.low_end)
    yield
    return surely, low, _by_end(first.high_end, second.high_end)


def break_even_of(
    curves: tuple[ScenarioCurve, ScenarioCurve], amount: Amount, courses: Courses | None
) -> BreakEven:
    """Return how two curves compare; no courses where the scenarios cannot both hold."""
    first, second = curves
    marks = {amount.today, *first.bends, *second.bends}
    marks |= {crossing.at for course in courses or () for crossing in course.crossings}
    return BreakEven(
        amount_label=amount.label,
        today=amount.today,
        first=first.line(marks),
        second=second.line(marks),
        surely=courses[0] if courses else None,
        low=courses[1] if courses else None,
        high=courses[2] if courses else None,
        sentences=break_even_sentences(amount.label, (first.label, second.label), courses),
    )


def reach(
    catalog: Catalog, consultation: Consultation, scenario: Scenario, lever: Lever
) -> Reach | NoLine:
    """Return at which amount a scenario pays its most, and what is missing to pay anything."""
    curve = scenario_curve(catalog, consultation, scenario, lever)
    if isinstance(curve, NoLine):
        return curve
    return reach_of(curve, Amount.of(catalog, consultation, lever))


def reach_of(curve: ScenarioCurve, amount: Amount) -> Reach:
    """Return how far an amount carries a curve."""
    today = amount.today
    flat = not curve.low_end.real[-1].slope and not curve.high_end.real[-1].slope
    at_end = curve.at(MAX_YEN)
    most = at_end if flat else None
    least = None
    if at_end.low > 0:
        least = _first_where(curve, lambda net: curve.at(net).low > 0)
    from_low = from_high = None
    if most is not None:
        from_low = _first_where(curve, lambda net: curve.at(net).low >= most.low)
        from_high = _first_where(curve, lambda net: curve.at(net).high >= most.high)
    found = Reach(
        scenario_label=curve.label,
        amount_label=amount.label,
        today=today,
        most=most,
        most_from_low=from_low,
        most_from_high=from_high,
        paid_from=least,
        missing=None if least is None or today >= least else least - today,
    )
    return replace(found, sentences=tuple(reach_sentences(found)))


def lever_label(catalog: Catalog, consultation: Consultation, lever: Lever) -> str:
    """Return what the varied amount is called."""
    if lever.index is not None and consultation.expenses[lever.index].label:
        return consultation.expenses[lever.index].label
    label = catalog.categories[lever.category].label
    return f"{label}の合計" if len(lever.places(consultation.expenses)) > 1 else label


def can_both_hold(
    catalog: Catalog, consultation: Consultation, scenarios: Sequence[Scenario]
) -> bool:
    """Return whether the client's answers leave room for both scenarios at once."""
    answers = dict(consultation.answers)
    for scenario in scenarios:
        for question, value in scenario.answers.items():
            if answers.get(question) not in {None, value}:
                return False
            answers[question] = value
    situation = Situation(catalog, answers)
    entries = [catalog.entries[frame] for scenario in scenarios for frame in scenario.frames]
    if any(screen_entry(each, situation).verdict is Verdict.NOT_ELIGIBLE for each in entries):
        return False
    conditions = [entry.hard for entry in entries if entry.hard is not None]
    return _satisfiable(catalog, situation, conditions)


def _satisfiable(catalog: Catalog, situation: Situation, conditions: Sequence[Condition]) -> bool:
    """Return whether some answers to what several conditions ask would meet them all."""
    together = AllOf(tuple(conditions))
    asked = [{leaf.subject for leaf in leaves(each)} for each in conditions]
    shared = {
        subject
        for number, subjects in enumerate(asked)
        for others in asked[:number]
        for subject in subjects & others
        if subject in catalog.questions and situation.values.get(subject) is None
    }
    options = [
        possible_answers(catalog.questions[subject], _named(conditions, subject))
        for subject in sorted(shared)
    ]
    for count, values in enumerate(product(*options)):
        if count >= _MOST_TRIED:
            return True
        tried = {**situation.values, **dict(zip(sorted(shared), values, strict=True))}
        if evaluate(together, Situation(catalog, tried)) is not Truth.NO:
            return True
    return False


def _named(conditions: Sequence[Condition], subject: str) -> list[AnswerValue]:
    """Return the answers to a question that conditions name."""
    found: list[AnswerValue] = []
    for leaf in (leaf for each in conditions for leaf in leaves(each) if leaf.subject == subject):
        found += leaf.values
        if isinstance(leaf.limit, FixedLimit):
            found.append(leaf.limit.value)
    return found


@dataclass(frozen=True, slots=True)
class _Race:
    """Who is ahead: along the lines, and exactly; rounding tells them apart by `noise` yen."""

    reals: tuple[Profile, ...]
    """Whoever is ahead changes only where one of these differences jumps or is 0."""
    state: Callable[[Sequence[Fraction | int]], Ahead]
    exact: Callable[[int], Sequence[int]]
    noise: int
    """That of both sides together."""
    most_noise: int
    """That of the side that is rounded more."""
    blur: int

    def along(self, net: Fraction) -> tuple[Ahead, tuple[int, ...]]:
        """Return who is ahead along the lines, and which differences are nothing but rounding."""
        differences = [value_at(real, net) for real in self.reals]
        level = tuple(place for place, each in enumerate(differences) if not each)
        return self.state(differences), level

    def at(self, net: int) -> Ahead:
        """Return who really is ahead."""
        return self.state(self.exact(net))

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


def _by_end(first: End, second: End) -> Course:
    """Return who is ahead when one end of each range is compared with the same of the other."""
    return _course(
        _Race(
            (total_of([(1, second.real), (-1, first.real)]),),
            lambda differences: _ahead(differences[0]),
            lambda net: (second.exact(net) - first.exact(net),),
            first.noise + second.noise,
            max(first.noise, second.noise),
            first.blur + second.blur,
        )
    )


def _surely(first: ScenarioCurve, second: ScenarioCurve) -> Course:
    """Return who is ahead whatever the ranges turn out to be."""

    def exact(net: int) -> tuple[int, int]:
        one, other = first.at(net), second.at(net)
        return other.low - one.high, one.low - other.high

    one, other = first.low_end, second.low_end
    return _course(
        _Race(
            (
                total_of([(1, other.real), (-1, first.high_end.real)]),
                total_of([(1, one.real), (-1, second.high_end.real)]),
            ),
            _sure_state,
            exact,
            one.noise + other.noise,
            max(one.noise, other.noise),
            one.blur + other.blur,
        )
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


def _course(race: _Race) -> Course:
    """Return who is ahead from 0 yen on, and every change, rising."""
    stretches: list[tuple[Fraction, Ahead, tuple[int, ...]]] = []
    cuts = _cuts(race.reals)
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        if end is not None and ceil(start) == ceil(end):
            continue  # no whole yen lies between
        state = race.along(start + 1 if end is None else (start + end) / 2)
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
        at = _last_before(race, window, ceil(start) - 1, (ahead, level))
        if not level and race.at(at + 1) is not ahead:
            continue  # over so few yen that rounding leaves nothing of it
        if 0 <= at <= MAX_YEN and ahead is not last:
            crossings.append(Crossing(at, ahead))
            last = ahead
    return Course(race.at(0), stretches[0][1], tuple(crossings))


def _cuts(reals: Sequence[Profile]) -> list[Fraction]:
    """Return where parts begin over which every function keeps both its line and its sign."""
    zero = constant(0)[0]
    cuts: set[Fraction] = set()
    for real in reals:
        cuts |= {piece.start for piece in real if piece.start < MAX_YEN}
        ends = [*(piece.start for piece in real[1:]), None]
        for piece, end in zip(real, ends, strict=True):
            root = meeting_point(piece, zero)
            if root is not None and piece.start < root < MAX_YEN and (end is None or root < end):
                cuts.add(root)
    return sorted(cuts)


def _last_before(
    race: _Race, window: range, otherwise: int, next_state: tuple[Ahead, tuple[int, ...]]
) -> int:
    """Return the last yen at which the next state does not hold yet: rounding blurs the line."""
    ahead, level = next_state
    for net in reversed(window):
        if level:
            exact = race.exact(net)
            holds = all(abs(exact[place]) <= race.noise for place in level)
        else:
            holds = race.at(net) is ahead
        if not holds:
            return net
    return otherwise


def _first_where(curve: ScenarioCurve, holds: Callable[[int], bool]) -> int:
    """Return the least amount for which something holds that then always holds."""
    bends = [*sorted(curve.bends), MAX_YEN]
    place = bisect_left(bends, True, key=holds)
    below, above = bends[place - 1] if place else -1, bends[min(place, len(bends) - 1)]
    while above - below > 1:
        middle = (below + above) // 2
        if holds(middle):
            above = middle
        else:
            below = middle
    return above
