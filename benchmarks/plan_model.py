"""A plan as a model of whole numbers for CP-SAT, written from the steps and not from the search.

What a frame pays never falls when its costs rise, and the plan is the largest sum: so every step
only says how much there is *at most*, and at the largest sum each is exactly what the step gives.
Rates stay exact: an amount is a whole number over a denominator. Where this would not be exact
(`NotExactError`), the frame must be left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import lcm
from typing import TYPE_CHECKING, Any

from models.judgement.completions import completions, find_undecided
from models.judgement.evaluation import evaluate
from models.values import calculation as calc
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from fractions import Fraction

    from models.judgement.completions import Completion
    from models.values.catalog import Catalog, Entry, PairKind
    from models.values.consultation import Consultation, Expense

Steps = tuple[tuple[Any, ...], ...]
"""Steps without conditions: the name of each and its figures."""


class NotExactError(Exception):
    """These steps cannot be put as limits of whole numbers without changing an amount."""


def plain_forms(
    catalog: Catalog, entry: Entry, answers: Mapping[str, Any]
) -> tuple[tuple[Steps, Steps], ...]:
    """Return the different base and top-up steps over all that the answers leave open.

    Completions that count tax in are left out: more cost never pays less.
    """
    assert entry.calculation is not None
    undecided = find_undecided(catalog, entry.calculation, answers)
    found: dict[tuple[Steps, Steps], None] = {}
    for completion in completions(catalog, answers, undecided):
        if not completion.tax_in:
            base = _plain(entry.calculation.base, completion)
            top_up = _plain(entry.calculation.top_up, completion)
            found[base, top_up] = None
    for base, top_up in found:
        _demand_exact((*base, *top_up))
    return tuple(found)


def _plain(steps: Iterable[calc.Step], given: Completion) -> Steps:
    return tuple(plain for step in steps for plain in _plain_step(step, given))


def _plain_step(step: calc.Step, given: Completion) -> Iterable[tuple[Any, ...]]:  # noqa: C901, PLR0911, PLR0912
    match step:
        case calc.Pool():
            return [("pool", step.categories) if _holds(step.when, given) else ("nothing",)]
        case calc.AddPool():
            return [("add", step.categories)]
        case calc.MinusAnswer():
            return [("minus", _yen(step.question, given))]
        case calc.Rate():
            return [("rate", value) for value in _first(step.cases, given)]
        case calc.Tiers():
            return [("tiers", tuple((tier.up_to, tier.rate) for tier in step.tiers))]
        case calc.RoundDown():
            return [("round", step.unit)]
        case calc.Cap():
            return [("cap", int(value)) for value in _first(step.cases, given)]
        case calc.CapPer():
            count = given.situation.values.get(step.question)
            return [] if count is None else [("cap", min(step.each * int(count), step.at_most))]
        case calc.Minimum():
            return [("minimum", step.amount)]
        case calc.EachYear():
            return [("years", step.years, _plain(step.steps, given))]
        case calc.RunningCap():
            return [("running", step.amount)]
        case calc.FirstYearCap():
            return [("first",)]
        case calc.ZeroWhen():
            return [("nothing",)] if _holds(step.when, given) else []
        case calc.CostCap():
            taken = _yen(step.minus_question, given)
            return [("cost_cap", taken)] if taken else []
        case calc.SubLimit():
            limits = (step.rate, step.share / (1 - step.share), step.at_most)
            return [("sub_limit", step.main_categories, step.categories, *limits)]
        case calc.Readings():
            chosen = step.alternatives[given.chosen.get(step.note, 0)]
            if not _holds(chosen.when, given):
                chosen = next(each for each in step.alternatives if _holds(each.when, given))
            return _plain(chosen.steps, given)


def _holds(condition: Any, given: Completion) -> bool:
    return condition is None or evaluate(condition, given.situation) is Truth.YES


def _first(cases: Iterable[calc.Case], given: Completion) -> list[Fraction]:
    return [case.value for case in cases if _holds(case.when, given)][:1]


def _yen(question: str, given: Completion) -> int:
    value = given.situation.values.get(question)
    if value is None:
        value = given.situation.catalog.questions[question].counts_as_when_unknown
    return 0 if value is None else int(value)


def _demand_exact(steps: Steps) -> None:
    """Refuse a step over years that does not follow the years themselves at once."""
    for before, step in zip((("start",), *steps), steps, strict=False):
        if step[0] in {"running", "first"} and before[0] != "years":
            msg = f"{step[0]} after {before[0]}"
            raise NotExactError(msg)
        if step[0] == "years":
            _demand_exact(step[2])


@dataclass(frozen=True, slots=True)
class _Yen:
    """At most `linear / den` yen; `linear` is never above `top`."""

    linear: Any
    den: int
    top: int


@dataclass(slots=True)
class _Track:
    """The running state of one track; `counted` are the expenses with a cost in it."""

    year: int | None = None
    amount: _Yen = field(default_factory=lambda: _Yen(0, 1, 0))
    cost: _Yen = field(default_factory=lambda: _Yen(0, 1, 0))
    counted: list[int] = field(default_factory=list[int])
    years: list[_Yen] = field(default_factory=list[_Yen])


class PlanModel:
    """Who owns which expense, and the largest sum of what the frames surely pay."""

    def __init__(self, cp_model: Any, consultation: Consultation) -> None:
        self._cp = cp_model
        self._model = cp_model.CpModel()
        self._expenses: Sequence[Expense] = consultation.expenses
        self._owned: dict[tuple[str, int], Any] = {}
        self._used: dict[str, Any] = {}
        self._pays: dict[str, Any] = {}
        self._mine: dict[int, Any] = {}

    def add_frame(self, entry: Entry, forms: Sequence[tuple[Steps, Steps]]) -> None:
        """Let a frame own expenses; it pays the least of its forms, and only if it is used."""
        used = self._model.new_bool_var(f"used {entry.id}")
        self._mine = {}
        for index, expense in enumerate(self._expenses):
            if expense.category in {*entry.base_categories, *entry.top_up_categories}:
                self._mine[index] = self._model.new_bool_var(f"{entry.id} owns {index}")
                self._owned[entry.id, index] = self._mine[index]
                self._model.add_implication(self._mine[index], used)
        least: _Yen | None = None
        for base, top_up in forms:
            paid = self._paid(base, top_up)
            least = paid if least is None else self._least(least, paid)
        assert least is not None
        pays = self._model.new_int_var(0, least.top, f"{entry.id} pays")
        self._model.add(pays <= least.linear)
        self._model.add(pays <= used * least.top)
        self._used[entry.id], self._pays[entry.id] = used, pays

    def add_rules(self, catalog: Catalog, forbidden: Collection[PairKind]) -> None:
        """Give each expense one owner, and let no forbidden pair be used together."""
        for index in range(len(self._expenses)):
            owners = [owned for (_, at), owned in self._owned.items() if at == index]
            self._model.add_at_most_one(owners)
        pairs: set[frozenset[str]] = set()
        for rule in catalog.pair_rules:
            if rule.kind in forbidden:
                for number, group in enumerate(rule.groups):
                    for other in rule.groups[number + 1 :]:
                        pairs |= {frozenset((a, b)) for a in group for b in other if a != b}
        for pair in pairs:
            if pair <= self._used.keys():
                self._model.add_at_most_one([self._used[each] for each in pair])

    def fix(self, owners: Mapping[int, str]) -> None:
        """Leave only this share."""
        for (entry, index), owned in self._owned.items():
            self._model.add(owned == int(owners.get(index) == entry))
        for index, entry in owners.items():
            assert (entry, index) in self._owned

    def leave_one_out(self, entries: Sequence[str]) -> None:
        """Allow only plans without at least one of these frames."""
        self._model.add(sum(self._used[entry] for entry in entries) <= len(entries) - 1)

    def solve(self, limit_s: float, workers: int) -> tuple[int, int, dict[int, str]] | None:
        """Return the best sum, what no plan exceeds (yen), and the share; `None` if none fits."""
        self._model.maximize(sum(self._pays.values()))
        solver = self._cp.CpSolver()
        solver.parameters.max_time_in_seconds = limit_s
        solver.parameters.num_workers = workers
        status = solver.solve(self._model)
        if status not in {self._cp.OPTIMAL, self._cp.FEASIBLE}:
            return None
        owners = {index: entry for (entry, index), at in self._owned.items() if solver.value(at)}
        found = sum(solver.value(pays) for pays in self._pays.values())
        bound = found if status == self._cp.OPTIMAL else int(solver.best_objective_bound)
        return found, bound, owners

    # -------------------------------------------------------------- what a frame pays

    def _paid(self, base_steps: Steps, top_up_steps: Steps) -> _Yen:
        base = _Track()
        self._run(base, base_steps)
        paid = self._rounded(base.amount, 1)
        if not top_up_steps:
            return paid
        top_up = _Track()
        self._run(top_up, top_up_steps)
        more = self._rounded(top_up.amount, 1)
        started = self._model.new_bool_var("")
        self._model.add(started <= sum(self._mine[index] for index in base.counted))
        return _plus(paid, self._only_if(more, started))

    def _run(self, track: _Track, steps: Steps) -> None:
        for name, *figures in steps:
            _STEPS[name](self, track, *figures)

    def _pool_cost(self, track: _Track, categories: Iterable[str]) -> _Yen:
        cost: dict[int, int] = {}
        for index in self._mine:
            expense = self._expenses[index]
            if track.year in {None, expense.year} and expense.net > 0:
                times = sum(1 for category in categories if category == expense.category)
                if times:
                    cost[index] = expense.net * times
        track.counted += cost
        linear = sum(self._mine[index] * yen for index, yen in cost.items())
        return _Yen(linear, 1, sum(cost.values()))

    def pool(self, track: _Track, categories: Sequence[str]) -> None:
        """Start with the cost of these categories."""
        track.counted.clear()
        track.cost = track.amount = self._pool_cost(track, categories)

    def nothing(self, track: _Track) -> None:
        """Pay nothing from here on, whatever it cost."""
        track.amount = _Yen(0, 1, 0)

    def add(self, track: _Track, categories: Sequence[str]) -> None:
        """Add the cost of these categories."""
        added = self._pool_cost(track, categories)
        track.cost, track.amount = _plus(track.cost, added), _plus(track.amount, added)

    def minus(self, track: _Track, taken: int) -> None:
        """Take off some yen, not below zero."""
        track.amount = self._lessened(track.amount, taken)

    def rate(self, track: _Track, rate: Fraction) -> None:
        """Multiply."""
        track.amount = _times(track.amount, rate)

    def tiers(self, track: _Track, tiers: Sequence[tuple[int | None, Fraction]]) -> None:
        """Pay every part of the amount at its own rate."""
        whole = track.amount
        amount, before, floor = _Yen(0, 1, 0), _Yen(0, whole.den, 0), 0
        for up_to, rate in tiers:
            most = whole.top if up_to is None else min(whole.top, up_to * whole.den)
            below = self._model.new_int_var(0, most, "")
            self._model.add_min_equality(below, [whole.linear, most])
            part = _Yen(below - before.linear, whole.den, max(most - floor, 0))
            amount = _plus(amount, _times(part, rate))
            before, floor = _Yen(below, whole.den, most), most
        track.amount = amount

    def round(self, track: _Track, unit: int) -> None:
        """Round down."""
        track.amount = self._rounded(track.amount, unit)

    def cap(self, track: _Track, most: int) -> None:
        """Pay at most this many yen."""
        track.amount = self._least(track.amount, _Yen(most, 1, most))

    def minimum(self, track: _Track, least: int) -> None:
        """Pay nothing below this many yen."""
        reached = self._model.new_bool_var("")
        self._model.add(track.amount.linear >= reached * (least * track.amount.den))
        track.amount = self._only_if(track.amount, reached)

    def years(self, track: _Track, years: int, steps: Steps) -> None:
        """Run the steps over the expenses of each year."""
        track.amount = _Yen(0, 1, 0)
        for year in range(1, years + 1):
            inner = _Track(year)
            self._run(inner, steps)
            track.years.append(self._rounded(inner.amount, 1))
            track.amount = _plus(track.amount, inner.amount)
            track.cost = _plus(track.cost, inner.cost)
            track.counted += inner.counted

    def running(self, track: _Track, most: int) -> None:
        """Pay at most this many yen over all years."""
        whole = _Yen(0, 1, 0)
        for year in track.years:
            whole = _plus(whole, year)
        track.amount = self._least(whole, _Yen(most, 1, most))

    def first(self, track: _Track) -> None:
        """Pay for no later year more than for the first."""
        first, *later = track.years
        track.amount = first
        for year in later:
            track.amount = _plus(track.amount, self._least(year, first))

    def cost_cap(self, track: _Track, taken: int) -> None:
        """Pay at most the cost without some yen."""
        track.amount = self._least(track.amount, self._lessened(track.cost, taken))

    def sub_limit(  # noqa: PLR0913, PLR0917
        self,
        track: _Track,
        mains: Sequence[str],
        owns: Sequence[str],
        rate: Fraction,
        share: Fraction,
        most: int,
    ) -> None:
        """Pay main costs, and own costs up to a share of them and some yen."""
        track.counted.clear()
        main, own = self._pool_cost(track, mains), self._pool_cost(track, owns)
        track.cost = _plus(main, own)
        paid = _times(main, rate)
        limited = self._least(_times(own, rate), _times(paid, share))
        track.amount = _plus(paid, self._least(limited, _Yen(most, 1, most)))

    def _rounded(self, amount: _Yen, unit: int) -> _Yen:
        if amount.den == unit == 1:
            return amount
        times = self._model.new_int_var(0, amount.top // (amount.den * unit), "")
        self._model.add(times * (amount.den * unit) <= amount.linear)
        return _Yen(times * unit, 1, amount.top // (amount.den * unit) * unit)

    def _least(self, one: _Yen, other: _Yen) -> _Yen:
        den = lcm(one.den, other.den)
        top = min(one.top * (den // one.den), other.top * (den // other.den))
        least = self._model.new_int_var(0, top, "")
        for each in (one, other):
            self._model.add(least <= each.linear * (den // each.den))
        return _Yen(least, den, top)

    def _only_if(self, amount: _Yen, condition: Any) -> _Yen:
        kept = self._model.new_int_var(0, amount.top, "")
        self._model.add(kept <= amount.linear)
        self._model.add(kept <= condition * amount.top)
        return _Yen(kept, amount.den, amount.top)

    def _lessened(self, amount: _Yen, taken: int) -> _Yen:
        top = max(amount.top - taken * amount.den, 0)
        left = self._model.new_int_var(0, top, "")
        self._model.add_max_equality(left, [amount.linear - taken * amount.den, 0])
        return _Yen(left, amount.den, top)


def _plus(one: _Yen, other: _Yen) -> _Yen:
    den = lcm(one.den, other.den)
    mine, its = den // one.den, den // other.den
    return _Yen(one.linear * mine + other.linear * its, den, one.top * mine + other.top * its)


def _times(amount: _Yen, rate: Fraction) -> _Yen:
    by = rate.numerator
    return _Yen(amount.linear * by, amount.den * rate.denominator, amount.top * by)


_STEPS: dict[str, Callable[..., None]] = {
    name: getattr(PlanModel, name)
    for name in (
        "pool", "nothing", "add", "minus", "rate", "tiers", "round", "cap", "minimum", "years",
        "running", "first", "cost_cap", "sub_limit",
    )
}  # fmt: skip
