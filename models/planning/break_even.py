"""Where one scenario overtakes another as one amount grows: exact, and in plain sentences."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from models.judgement.completions import possible_answers
from models.judgement.evaluation import Situation, evaluate, leaves
from models.judgement.screening import screen_entry
from models.planning.break_even_words import (
    beside_sentence,
    bound_sentence,
    break_even_sentences,
    gap_sentence,
    reach_sentences,
    rough_sentence,
    stays_sentence,
)
from models.planning.courses import courses_between
from models.planning.lever import Amount, Stays
from models.planning.pace import finish
from models.planning.scenario_curve import scenario_curve
from models.values.break_even import BreakEven, NoLine, Reach
from models.values.conditions import AllOf, FixedLimit
from models.values.consultation import MAX_YEN
from models.values.results import Verdict
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from models.planning.lever import Lever
    from models.planning.scenario_curve import ScenarioCurve
    from models.values.break_even import Courses
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue, Condition
    from models.values.consultation import Consultation, Scenario

_MOST_TRIED = 256


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
    if not can_both_hold(catalog, consultation, scenarios):
        return finish(break_even_of((first, second), amount, None))
    return finish(compared((first, second), amount))


def compared(
    curves: tuple[ScenarioCurve, ScenarioCurve], amount: Amount
) -> Generator[None, None, BreakEven]:
    """Find how two curves that can both hold compare, in small steps."""
    first, second = curves
    subsidy = yield from courses_between(first.subsidy, second.subsidy)
    burden = None
    if first.costs != second.costs:
        burden = yield from courses_between(first.burden, second.burden)
    return (yield from break_even_of(curves, amount, subsidy, burden))


def break_even_of(
    curves: tuple[ScenarioCurve, ScenarioCurve],
    amount: Amount,
    subsidy: Courses | None,
    burden: Courses | None = None,
) -> Generator[None, None, BreakEven]:
    """Find how two curves compare, in small steps.

    There are no courses where the scenarios cannot both hold.
    """
    first, second = curves
    courses = [course for each in (subsidy, burden) if each for course in each.known]
    # Beyond the last bend a line goes on as it is: its end tells how steep.
    marks = {amount.today, *first.bends, *second.bends, MAX_YEN}
    marks |= {crossing.at for course in courses for crossing in course.crossings}
    names = (first.label, second.label)
    first_line = yield from first.line(marks)
    second_line = yield from second.line(marks)
    return BreakEven(
        amount_label=amount.label,
        today=amount.today,
        plan=amount.plan,
        first=first_line,
        second=second_line,
        subsidy=subsidy,
        burden=burden,
        sentences=break_even_sentences(amount.label, names, subsidy, burden),
    )


def reach(
    catalog: Catalog, consultation: Consultation, scenario: Scenario, lever: Lever
) -> Reach | NoLine:
    """Return at which amount a scenario pays its most, and what is missing to pay anything."""
    curve = scenario_curve(catalog, consultation, scenario, lever)
    if isinstance(curve, NoLine):
        return curve
    return finish(reach_of(curve, Amount.of(catalog, consultation, lever)))


def reach_of(curve: ScenarioCurve, amount: Amount) -> Generator[None, None, Reach]:
    """Find how far an amount carries a curve, in small steps."""
    today = amount.today
    low, high = curve.subsidy.low.real[-1], curve.subsidy.high.real[-1]
    yield from curve.search(MAX_YEN)
    at_end = curve.at(MAX_YEN)
    most = None if low.slope or high.slope else at_end
    least = None
    if at_end.low > 0:
        least = yield from _first_where(curve, lambda net: curve.at(net).low > 0)
    from_low = from_high = None
    if most is not None:
        from_low = yield from _first_where(curve, lambda net: curve.at(net).low >= most.low)
        if not curve.high_is_open:
            from_high = yield from _first_where(curve, lambda net: curve.at(net).high >= most.high)
    found = Reach(
        scenario_label=curve.label,
        amount_label=amount.label,
        today=today,
        plan=amount.plan,
        most=most,
        most_from_low=from_low,
        most_from_high=from_high,
        paid_from=least,
        missing=None if least is None or today >= least else least - today,
    )
    return replace(found, sentences=_reach_told(curve, amount, found))


def _reach_told(curve: ScenarioCurve, amount: Amount, found: Reach) -> tuple[str, ...]:
    moves = curve.moves
    if isinstance(moves, Stays):
        return (stays_sentence(curve.label, amount.thing, moves, own=curve.has_own),)
    told = list(reach_sentences(found))
    if curve.rough:
        told.append(rough_sentence(curve.label, curve.rough))
    if curve.high_is_open:
        if curve.high_is_bound:
            told.append(bound_sentence(curve.label))
        else:
            told.append(gap_sentence(curve.label, amount.plan, curve.gap(amount.today)))
    if moves.beside:
        told.append(beside_sentence(curve.label, amount.label, moves.beside))
    return tuple(told)


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


def _first_where(curve: ScenarioCurve, holds: Callable[[int], bool]) -> Generator[None, None, int]:
    """Find the least amount for which something holds that then always holds."""

    def search(net: int) -> Generator[None, None, bool]:
        yield from curve.search(net)
        return holds(net)

    bends = [*sorted(curve.bends), MAX_YEN]
    place = yield from _bisected(-1, len(bends), lambda at: search(bends[at]))
    below, above = bends[place - 1] if place else -1, bends[min(place, len(bends) - 1)]
    return (yield from _bisected(below, above, search))


def _bisected(
    below: int, above: int, holds: Callable[[int], Generator[None, None, bool]]
) -> Generator[None, None, int]:
    """Find the least number above `below`, at most `above`, for which something holds."""
    while above - below > 1:
        middle = (below + above) // 2
        if (yield from holds(middle)):
            above = middle
        else:
            below = middle
        yield
    return above
