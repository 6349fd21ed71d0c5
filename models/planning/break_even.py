"""Where one scenario overtakes another as one amount grows: exact, and in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING

from models.judgement.completions import possible_answers
from models.judgement.evaluation import Situation, evaluate, leaves
from models.judgement.screening import screen_entry
from models.planning.amount_curve import AmountCurve, Lever
from models.planning.line_functions import constant, meeting_point, total_of
from models.planning.plan_frames import takes
from models.planning.profiles import piece_at, value_at
from models.values.break_even import (
    Ahead,
    BreakEven,
    Crossing,
    CurvePoint,
    Reach,
    ScenarioLine,
)
from models.values.conditions import AllOf
from models.values.consultation import MAX_YEN
from models.values.money import YenRange, man_text
from models.values.results import Verdict
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from models.planning.profiles import Profile
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import Condition
    from models.values.consultation import Consultation, Scenario

_MOST_TRIED = 256


def break_even(
    catalog: Catalog,
    consultation: Consultation,
    scenarios: tuple[Scenario, Scenario],
    lever: Lever,
) -> BreakEven | None:
    """Return how two scenarios compare for every value of one amount.

    `None` where a scenario has frames that compete for an expense: their shares change with the
    amount, and no two lines describe them.
    """
    curves = [_ScenarioCurve.of(catalog, consultation, each, lever) for each in scenarios]
    first, second = curves
    if first is None or second is None:
        return None
    both = can_both_hold(catalog, consultation, scenarios)
    label = lever_label(catalog, consultation, lever)
    today = lever.today(consultation.expenses)
    found: dict[str, tuple[Crossing, ...]] = {"low": (), "high": (), "b_low": (), "b_high": ()}
    if both:
        found = {
            "low": _crossings(first.low_end, second.low_end),
            "high": _crossings(first.high_end, second.high_end),
            "b_low": _crossings(first.low_left, second.low_left),
            "b_high": _crossings(first.high_left, second.high_left),
        }
    marks = {today, *(crossing.at for crossings in found.values() for crossing in crossings)}
    marks |= {*first.bends, *second.bends}
    at_zero_low = _ahead_at(first.low_end, second.low_end, 0)
    at_zero_high = _ahead_at(first.high_end, second.high_end, 0)
    return BreakEven(
        amount_label=label,
        today=today,
        first=first.line(marks),
        second=second.line(marks),
        can_both_hold=both,
        at_zero_low=at_zero_low,
        at_zero_high=at_zero_high,
        low=found["low"],
        high=found["high"],
        burden_low=found["b_low"],
        burden_high=found["b_high"],
        sentences=_sentences(label, (first.label, second.label), found)
        if both
        else ("この二つの案は両方が成り立つことはないため、どちらが多いかは比べません。",),
    )


def reach(
    catalog: Catalog, consultation: Consultation, scenario: Scenario, lever: Lever
) -> Reach | None:
    """Return at which amount a scenario pays its most, and what is missing to pay anything.

    `None` where frames of the scenario compete for an expense.
    """
    curve = _ScenarioCurve.of(catalog, consultation, scenario, lever)
    if curve is None:
        return None
    label = lever_label(catalog, consultation, lever)
    today = lever.today(consultation.expenses)
    flat = not curve.low_end.real[-1].slope and not curve.high_end.real[-1].slope
    most = curve.at(MAX_YEN) if flat else None
    least = None
    if curve.at(MAX_YEN).low > 0:
        least = _first_where(lambda net: curve.at(net).low > 0)
    from_low = from_high = None
    if most is not None:
        from_low = _first_where(lambda net: curve.at(net).low >= most.low)
        from_high = _first_where(lambda net: curve.at(net).high >= most.high)
    missing = None if least is None or today >= least else least - today
    return Reach(
        label,
        today,
        most,
        from_low,
        from_high,
        least,
        missing,
        tuple(_reach_sentences(label, today, most, from_low, missing)),
    )


def lever_label(catalog: Catalog, consultation: Consultation, lever: Lever) -> str:
    """Return what the varied amount is called."""
    if lever.index is not None and consultation.expenses[lever.index].label:
        return consultation.expenses[lever.index].label
    return catalog.categories[lever.category].label


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
    options = [possible_answers(catalog.questions[subject], []) for subject in sorted(shared)]
    for count, values in enumerate(product(*options)):
        if count >= _MOST_TRIED:
            return True
        tried = {**situation.values, **dict(zip(sorted(shared), values, strict=True))}
        if evaluate(together, Situation(catalog, tried)) is not Truth.NO:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a scenario: exact values, and the lines that they follow within `noise` yen."""

    exact: Callable[[int], int]
    real: Profile
    noise: int


class _ScenarioCurve:
    """All frames of a scenario together, as functions of the lever."""

    def __init__(
        self,
        label: str,
        curves: Sequence[AmountCurve],
        paid: Callable[[int], int],
        paid_line: Profile,
    ) -> None:
        self.label = label
        self._curves = curves
        self._paid = paid
        low = total_of([(1, constant(0)), *((1, curve.low) for curve in curves)])
        high = total_of([(1, constant(0)), *((1, curve.high) for curve in curves)])
        noise = sum(curve.noise for curve in curves) + 1
        self.low_end = _End(lambda net: self.at(net).low, low, noise)
        self.high_end = _End(lambda net: self.at(net).high, high, noise)
        self.low_left = _End(
            lambda net: self.at(net).low - paid(net),
            total_of([(1, low), (-1, paid_line)]),
            noise + 1,
        )
        self.high_left = _End(
            lambda net: self.at(net).high - paid(net),
            total_of([(1, high), (-1, paid_line)]),
            noise + 1,
        )

    @classmethod
    def of(
        cls, catalog: Catalog, consultation: Consultation, scenario: Scenario, lever: Lever
    ) -> _ScenarioCurve | None:
        """Return the curve of a scenario, `None` where its frames compete for an expense."""
        varied = consultation.under(scenario)
        entries = [catalog.entries[frame] for frame in scenario.frames]
        categories = {lever.category, *(expense.category for expense in varied.expenses)}
        if any(sum(takes(entry, each) for entry in entries) > 1 for each in categories):
            return None
        curves = [
            AmountCurve(catalog, entry, varied.answers, varied.expenses, lever) for entry in entries
        ]

        def paid(net: int) -> int:
            return sum(expense.paid for expense in lever.moved(varied.expenses, net))

        return cls(_label(entries, scenario), curves, paid, lever.paid_line(varied.expenses))

    @property
    def bends(self) -> set[int]:
        """Where any end changes its course, and the yen before: there it may jump."""
        found = {bend for curve in self._curves for bend in curve.bends}
        return {0, *found, *(bend - 1 for bend in found if bend)}

    def at(self, net: int) -> YenRange:
        """Return the subsidy when the lever stands at `net` yen."""
        ranges = [curve.at(net) for curve in self._curves]
        return YenRange(sum(each.low for each in ranges), sum(each.high for each in ranges))

    def line(self, marks: Iterable[int]) -> ScenarioLine:
        """Return the corners at the marks."""
        points: list[CurvePoint] = []
        for net in sorted({mark for mark in marks if 0 <= mark <= MAX_YEN}):
            subsidy = self.at(net)
            points.append(CurvePoint(net, subsidy, subsidy.subtracted_from(self._paid(net))))
        return ScenarioLine(self.label, tuple(points))


def _label(entries: Sequence[Entry], scenario: Scenario) -> str:
    return scenario.name or "と".join(entry.short_name for entry in entries)


def _ahead_at(first: _End, second: _End, net: int) -> Ahead:
    return _ahead(second.exact(net) - first.exact(net))


def _ahead(difference: Fraction | int) -> Ahead:
    if not difference:
        return Ahead.SAME
    return Ahead.SECOND if difference > 0 else Ahead.FIRST


def _crossings(first: _End, second: _End) -> tuple[Crossing, ...]:
    """Return where the second overtakes the first, falls behind or draws level, rising."""
    real = total_of([(1, second.real), (-1, first.real)])
    noise = first.noise + second.noise
    stretches: list[tuple[Fraction, Ahead]] = []
    for start, end in _straight_parts(real):
        middle = start + 1 if end is None else (start + end) / 2
        ahead = _ahead(value_at(real, middle))
        if not stretches or stretches[-1][1] is not ahead:
            stretches.append((start, ahead))
    crossings: list[Crossing] = []
    for number in range(1, len(stretches)):
        start, ahead = stretches[number]
        after = stretches[number + 1][0] if number + 1 < len(stretches) else Fraction(MAX_YEN)
        before = stretches[number - 1][0]
        slopes = [abs(piece_at(real, place).slope) for place in (start, (before + start) / 2)]
        gentle = min([slope for slope in slopes if slope], default=Fraction(1))
        width = min(ceil(2 * noise / gentle) + 2, MAX_YEN)
        window = range(
            max(floor(start) - width, ceil(before), 0),
            min(ceil(start) + width, floor(after), MAX_YEN) + 1,
        )
        at = _last_before(first, second, window, ceil(start) - 1, ahead)
        if 0 <= at <= MAX_YEN:
            crossings.append(Crossing(at, ahead))
    return tuple(crossings)


def _straight_parts(real: Profile) -> list[tuple[Fraction, Fraction | None]]:
    """Return the parts over which a function keeps both its line and its sign."""
    cuts = {piece.start for piece in real if piece.start < MAX_YEN}
    zero = constant(0)[0]
    ends = [*(piece.start for piece in real[1:]), None]
    for piece, end in zip(real, ends, strict=True):
        root = meeting_point(piece, zero)
        if root is not None and piece.start < root < MAX_YEN and (end is None or root < end):
            cuts.add(root)
    ordered = sorted(cuts)
    return list(zip(ordered, [*ordered[1:], None], strict=True))


def _last_before(first: _End, second: _End, window: range, otherwise: int, ahead: Ahead) -> int:
    """Return the last yen at which `ahead` is not ahead yet: rounding blurs the line itself."""
    if ahead is Ahead.SAME:
        return otherwise
    for net in reversed(window):
        if _ahead_at(first, second, net) is not ahead:
            return net
    return otherwise


def _first_where(holds: Callable[[int], bool]) -> int:
    """Return the least amount for which something holds that then always holds."""
    below, above = -1, MAX_YEN
    while above - below > 1:
        middle = (below + above) // 2
        if holds(middle):
            above = middle
        else:
            below = middle
    return above


def _sentences(
    label: str, names: tuple[str, str], found: dict[str, tuple[Crossing, ...]]
) -> tuple[str, ...]:
    low, high = found["low"], found["high"]
    if not low and not high:
        return (f"{label}がいくらでも、{names[0]}と{names[1]}のどちらが多いかは変わりません。",)
    if low == high:
        return tuple(_sentence(label, names, crossing, "") for crossing in low)
    return (
        *(_sentence(label, names, crossing, "少ない方の見込みでは、") for crossing in low),
        *(_sentence(label, names, crossing, "多い方の見込みでは、") for crossing in high),
    )


def _sentence(label: str, names: tuple[str, str], crossing: Crossing, ends: str) -> str:
    where = f"{ends}{label}が{man_text(crossing.at)}を超えると、"
    first, second = names
    if crossing.ahead is Ahead.SAME:
        return f"{where}{first}と{second}の補助額は同じになります。"
    if crossing.ahead is Ahead.FIRST:
        first, second = second, first
    return f"{where}{second}の補助額が{first}より多くなります。"


def _reach_sentences(
    label: str, today: int, most: YenRange | None, from_low: int | None, missing: int | None
) -> Iterable[str]:
    if missing is not None:
        yield f"{label}があと{man_text(missing)}あると、補助が出る額に届きます。"
    if most is not None and from_low is not None and most.low > 0:
        yield f"{label}が{man_text(from_low)}で、補助額はこれ以上増えなくなります。"
        if today > from_low:
            yield f"今の計画は、その額を{man_text(today - from_low)}超えています。"
