"""What a calculation comes to once nothing is undecided: the same steps without conditions.

One calculation has as many resolved forms as it has different completions; the low end of an amount
is the lowest of them. Consumption tax never counts into the low end.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from models.judgement.calculation_run import Circumstances, TrackRun
from models.judgement.completions import completions, find_undecided
from models.judgement.evaluation import evaluate
from models.values import calculation as calc
from models.values.money import round_down
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from models.judgement.completions import Completion
    from models.judgement.costs import Costs
    from models.judgement.evaluation import Situation
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue, Condition

Steps = tuple[calc.Step, ...]


@dataclass(frozen=True, slots=True)
class ResolvedCalculation:
    """The steps of both tracks without conditions, and the answers that some of them still read."""

    base: Steps
    top_up: Steps
    situation: Situation
    tax_in: bool = False

    def amount(self, costs: Costs) -> int:
        """Return base and top-up together in yen."""
        given = Circumstances(self.situation, costs, {}, tax_in=self.tax_in)
        base = TrackRun(given).run(self.base)
        if not self.top_up or base.cost <= 0:
            return round_down(base.amount)
        top_up = TrackRun(given, started=True).run(self.top_up)
        return round_down(base.amount) + round_down(top_up.amount)

    def answered_yen(self, question_id: str) -> int:
        """Return the answer that a step takes off; what nobody answered counts as declared."""
        value = self.situation.values.get(question_id)
        if value is None:
            value = self.situation.catalog.questions[question_id].counts_as_when_unknown
        return 0 if value is None else int(value)


def resolve(
    catalog: Catalog,
    calculation: calc.Calculation,
    answers: Mapping[str, AnswerValue | None],
    *,
    with_tax: bool = False,
) -> tuple[ResolvedCalculation, ...]:
    """Return the different resolved forms of a calculation under these answers.

    Without `with_tax` only those of which one gives the low end: none counts tax in.
    """
    undecided = find_undecided(catalog, calculation, answers)
    if not with_tax:
        undecided = tuple(each for each in undecided if each.kind != "tax")
    found: dict[object, ResolvedCalculation] = {}
    for completion in completions(catalog, answers, undecided):
        resolver = _Resolver(completion)
        resolved = ResolvedCalculation(
            resolver.steps(calculation.base),
            resolver.steps(calculation.top_up),
            completion.situation,
            completion.tax_in,
        )
        key = (resolved.base, resolved.top_up, completion.tax_in, *resolver.read)
        found.setdefault(key, resolved)
    return tuple(found.values())


class _Resolver:
    """Strips steps of their conditions under one completion."""

    def __init__(self, completion: Completion) -> None:
        self._situation = completion.situation
        self._chosen = completion.chosen
        self.read: list[object] = []
        """Answers that remaining steps read."""

    def steps(self, steps: Steps) -> Steps:
        """Return the steps that count."""
        return tuple(kept for step in steps for kept in self._step(step))

    def _holds(self, condition: Condition | None) -> bool:
        return condition is None or evaluate(condition, self._situation) is Truth.YES

    def _step(self, step: calc.Step) -> Steps:
        if isinstance(step, calc.MinusAnswer):
            self.read.append(self._situation.values.get(step.question))
        elif isinstance(step, calc.CostCap):
            self.read.append(self._situation.values.get(step.minus_question))
        resolver = _RESOLVERS.get(type(step))
        return (step,) if resolver is None else resolver(self, step)

    def pool(self, step: calc.Pool) -> Steps:
        """Return a pool of what counts."""
        return (calc.Pool(step.categories if self._holds(step.when) else ()),)

    def rate(self, step: calc.Rate) -> Steps:
        """Return the rate that holds."""
        return tuple(calc.Rate((case,)) for case in self._first(step.cases))

    def cap(self, step: calc.Cap) -> Steps:
        """Return the limit that holds."""
        return tuple(calc.Cap((case,), step.limit_code) for case in self._first(step.cases))

    def cap_per(self, step: calc.CapPer) -> Steps:
        """Return the limit for the count."""
        count = self._situation.values.get(step.question)
        if count is None:
            return ()
        most = min(step.each * int(count), step.at_most)
        return (calc.Cap((calc.Case(Fraction(most)),), step.limit_code),)

    def each_year(self, step: calc.EachYear) -> Steps:
        """Return the same with the inner steps resolved."""
        return (calc.EachYear(step.years, self.steps(step.steps)),)

    def readings(self, step: calc.Readings) -> Steps:
        """Return the steps of the reading that was chosen, or of the first that may be."""
        reading = step.alternatives[self._chosen.get(step.note, 0)]
        if not self._holds(reading.when):
            reading = next(each for each in step.alternatives if self._holds(each.when))
        return self.steps(reading.steps)

    def zero_when(self, step: calc.ZeroWhen) -> Steps:
        """Return a limit of nothing where the condition holds."""
        zero = calc.Cap((calc.Case(Fraction(0)),), step.reason_code)
        return (zero,) if self._holds(step.when) else ()

    def _first(self, cases: tuple[calc.Case, ...]) -> tuple[calc.Case, ...]:
        for case in cases:
            if self._holds(case.when):
                return (calc.Case(case.value),)
        return ()


_RESOLVERS: dict[type, Callable[[_Resolver, calc.Step], Steps]] = {
    calc.Pool: _Resolver.pool,
    calc.Rate: _Resolver.rate,
    calc.Cap: _Resolver.cap,
    calc.CapPer: _Resolver.cap_per,
    calc.EachYear: _Resolver.each_year,
    calc.Readings: _Resolver.readings,
    calc.ZeroWhen: _Resolver.zero_when,
}  # pyright: ignore[reportAssignmentType]
