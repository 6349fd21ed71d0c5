"""What an entry pays as a function of one planned amount, exact at every yen.

Every value comes from the calculation itself. Where the function bends is found by running the
steps of each resolved form over straight lines instead of numbers: nothing is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.planning.line_functions import (
    constant,
    higher_of,
    line,
    lower_of,
    through_tiers,
    total_of,
)
from models.planning.plan_frames import takes
from models.planning.profiles import (
    Piece,
    Profile,
    capped,
    lowered,
    multiplied,
    piece_at,
    value_at,
    zero_below,
)
from models.planning.resolved import resolve
from models.planning.step_runner import StepRunner
from models.values import calculation as calc
from models.values.consultation import MAX_YEN, TaxMode
from models.values.money import YenRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from models.planning.lever import Moved
    from models.planning.resolved import ResolvedCalculation, Steps
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue
    from models.values.consultation import Expense


class AmountCurve:
    """The range (yen) that an entry pays for each amount of the lever; `bends` are its corners."""

    blur = 0
    """It jumps where its lines jump, to the yen."""

    def __init__(
        self,
        entry: Entry,
        forms: tuple[ResolvedCalculation, ...],
        moved: Moved,
    ) -> None:
        self._entry = entry
        self._moved = moved
        self._forms = forms
        self._known: dict[int, YenRange] = {}
        self.low, self.high = lines_of(self._forms, self._costs_at)

    @property
    def noise(self) -> int:
        """How many yen the exact amount may lie below its straight lines, rounded down as it is."""
        return max((_rounded(form.base) + _rounded(form.top_up) for form in self._forms), default=0)

    @property
    def is_certain(self) -> bool:
        """Whether low and high end are always the same."""
        return len(self._forms) <= 1

    @property
    def is_floored(self) -> bool:
        """Whether the exact amount is that of its lines, rounded down to the yen and no further."""
        return all(not form.top_up and _is_floored(form.base) for form in self._forms)

    @property
    def bends(self) -> tuple[int, ...]:
        """The amounts (yen, rising, from 0) at which the low or the high end changes its course."""
        starts = {piece.start for piece in (*self.low, *self.high)}
        return tuple(sorted({ceil(start) for start in starts if start <= MAX_YEN}))

    def at(self, net: int) -> YenRange:
        """Return what the entry pays when the lever stands at `net` yen."""
        found = self._known.get(net)
        if found is None:
            costs = Costs(self._taken(net))
            amounts = [form.amount(costs) for form in self._forms] or [0]
            found = self._known[net] = YenRange(min(amounts), max(amounts))
        return found

    def _taken(self, net: int) -> list[Expense]:
        moved = self._moved.at(net)
        return [expense for expense in moved if takes(self._entry, expense.category)]

    def _costs_at(self, categories: Sequence[str], year: int | None, *, tax_in: bool) -> Profile:
        """Return the cost of some categories as a function of the lever."""
        costs = Costs(self._taken(0))
        fixed = sum(costs.of(category, year, tax_in=tax_in) for category in categories)
        probe = self._moved.at(0)[self._moved.place]
        counts = takes(self._entry, probe.category) and (year is None or probe.year == year)
        if probe.category not in categories or not counts:
            return constant(fixed)
        taxed = tax_in and probe.tax is TaxMode.EXCLUDED
        return line(1 + (Fraction(probe.tax_rate_percent, 100) if taxed else 0), fixed)


def forms_of(
    catalog: Catalog, entry: Entry, answers: Mapping[str, AnswerValue | None]
) -> tuple[ResolvedCalculation, ...]:
    """Return all resolved forms of an entry under these answers, none where it has no amounts."""
    if entry.calculation is None:
        return ()
    return resolve(catalog, entry.calculation, answers, with_tax=True)


def lines_of(
    forms: Iterable[ResolvedCalculation], costs_at: Callable[..., Profile]
) -> tuple[Profile, Profile]:
    """Return the lowest and the highest of some forms as functions, fractions of a yen kept.

    `costs_at` gives the cost of categories in a year (`None`: in all) as a function, too.
    """
    functions = [_TrackLines(form, costs_at).amount() for form in forms] or [constant(0)]
    low = high = functions[0]
    for function in functions[1:]:
        low, high = lower_of(low, function), higher_of(high, function)
    return low, high


def _rounded(steps: Steps) -> int:
    """Return how many yen the rounding of some steps can take off, the end's own yen included."""
    yen = 1
    for step in steps:
        if isinstance(step, calc.RoundDown):
            yen += step.unit
        elif isinstance(step, calc.EachYear):
            yen += step.years * _rounded(step.steps)
    return yen


def _is_floored(steps: Steps) -> bool:
    """Return whether nothing but the last yen is rounded off: only whole limits follow."""
    rounded = False
    for step in steps:
        if isinstance(step, calc.EachYear):
            return False
        if isinstance(step, calc.RoundDown):
            rounded = True
            if step.unit != 1:
                return False
        elif isinstance(step, calc.Cap):
            if rounded and any(case.value.denominator != 1 for case in step.cases):
                return False
        elif rounded and not isinstance(step, calc.Minimum):
            return False
    return True


@dataclass(slots=True)
class _TrackLines(StepRunner):
    """Runs resolved steps over straight lines; fractions of a yen are kept, not rounded."""

    form: ResolvedCalculation
    costs_at: Callable[..., Profile]
    year: int | None = None
    now: Profile = field(default_factory=lambda: constant(0))
    cost: Profile = field(default_factory=lambda: constant(0))
    years: list[Profile] = field(default_factory=list[Profile])

    def amount(self) -> Profile:
        """Return base and top-up together."""
        self.run(self.form.base)
        if not self.form.top_up:
            return self.now
        top_up = _TrackLines(self.form, self.costs_at)
        top_up.run(self.form.top_up)
        return total_of([(1, self.now), (1, _where_positive(top_up.now, self.cost))])

    def pooled(self, categories: Sequence[str]) -> Profile:
        """Return the cost of categories, in the year that is run."""
        return self.costs_at(categories, self.year, tax_in=self.form.tax_in)

    def _pool(self, step: calc.Pool) -> None:
        self.now = self.cost = self.pooled(step.categories)

    def _add_pool(self, step: calc.AddPool) -> None:
        added = self.pooled(step.categories)
        self.now = total_of([(1, self.now), (1, added)])
        self.cost = total_of([(1, self.cost), (1, added)])

    def _minus_answer(self, step: calc.MinusAnswer) -> None:
        self.now = lowered(self.now, Fraction(self.form.answered_yen(step.question)))

    def _rate(self, step: calc.Rate) -> None:
        self.now = multiplied(self.now, step.cases[0].value)

    def _tiers(self, step: calc.Tiers) -> None:
        self.now = through_tiers(step.tiers, self.now)

    def _round_down(self, step: calc.RoundDown) -> None:
        """Leave fractions and rounding to the calculation: they bend nothing."""

    def _cap(self, step: calc.Cap) -> None:
        self.now = capped(self.now, step.cases[0].value)

    def _minimum(self, step: calc.Minimum) -> None:
        self.now = zero_below(self.now, Fraction(step.amount))

    def _each_year(self, step: calc.EachYear) -> None:
        self.years = []
        costs: list[Profile] = []
        for year in range(1, step.years + 1):
            inner = _TrackLines(self.form, self.costs_at, year)
            inner.run(step.steps)
            self.years.append(inner.now)
            costs.append(inner.cost)
        self.now = total_of([(1, each) for each in self.years])
        self.cost = total_of([(1, self.cost), *((1, each) for each in costs)])

    def _running_cap(self, step: calc.RunningCap) -> None:
        self.now = capped(total_of([(1, each) for each in self.years]), Fraction(step.amount))

    def _first_year_cap(self, step: calc.FirstYearCap) -> None:  # noqa: ARG002
        first = self.years[0]
        self.years = [first, *(lower_of(each, first) for each in self.years[1:])]
        self.now = total_of([(1, each) for each in self.years])

    def _cost_cap(self, step: calc.CostCap) -> None:
        taken = self.form.answered_yen(step.minus_question)
        if taken:
            self.now = lower_of(self.now, lowered(self.cost, Fraction(taken)))

    def _sub_limit(self, step: calc.SubLimit) -> None:
        main = self.pooled(step.main_categories)
        own = self.pooled(step.categories)
        self.cost = total_of([(1, main), (1, own)])
        paid = multiplied(main, step.rate)
        most = capped(multiplied(paid, step.share / (1 - step.share)), Fraction(step.at_most))
        self.now = total_of([(1, paid), (1, lower_of(multiplied(own, step.rate), most))])


def _where_positive(function: Profile, cost: Profile) -> Profile:
    """Return the function where there is any cost (at least one yen), else 0."""
    if cost[0].value > 0:
        return function
    rising = next((piece for piece in cost if piece.slope > 0), None)
    if rising is None:
        return constant(0)
    first = rising.start + (1 - rising.value) / rising.slope
    held = piece_at(function, first)
    start = Piece(first, value_at(function, first), held.slope)
    none = Piece(Fraction(0), Fraction(0), Fraction(0))
    return (none, start, *(piece for piece in function if piece.start > first))
