"""Runs the steps of one calculation track under fully known circumstances.

Every unknown has been filled in before (see `completions`): here a condition that is not yes is no.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from models.judgement.evaluation import evaluate
from models.values import calculation as calc
from models.values.conditions import Leaf
from models.values.money import rate_text, round_down, yen_text
from models.values.results import CalculationLine
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from models.judgement.costs import Costs
    from models.judgement.evaluation import Situation
    from models.values.conditions import Condition
    from models.values.sources import SourceRef


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything one run depends on.

    `chosen` says which alternative of each ambiguous reading holds. `extra` yen are added to the
    first pool: they serve to ask how much cost is missing.
    """

    situation: Situation
    costs: Costs
    chosen: Mapping[str, int]
    tax_in: bool = False
    extra: int = 0
    explain: bool = False


@dataclass(slots=True)
class TrackRun:
    """The running state of one track: `amount` and `cost` in yen."""

    given: Circumstances
    year: int | None = None
    amount: Fraction | int = 0
    cost: int = 0
    rate: Fraction | None = None
    started: bool = False
    told_all: bool = False
    limits: list[str] = field(default_factory=list[str])
    reasons: list[str] = field(default_factory=list[str])
    lines: list[CalculationLine] = field(default_factory=list[CalculationLine])
    years: list[YearRun] = field(default_factory=list["YearRun"])

    def run(self, steps: tuple[calc.Step, ...]) -> TrackRun:
        """Run the steps in order and return self."""
        for step in steps:
            _RUNNERS[type(step)](self, step)
        return self

    def holds(self, condition: Condition | None) -> bool:
        """Return whether a condition holds; no condition always does."""
        return condition is None or evaluate(condition, self.given.situation) is Truth.YES

    def tell(self, words: Callable[[], str], source: SourceRef | None = None) -> None:
        """Add a line to the working, with the amount reached so far.

        Words are made only when they are wanted: most runs just look for the lowest and highest.
        """
        if self.given.explain and not self.told_all:
            self.lines.append(CalculationLine(words(), round_down(self.amount), source))

    def limit_to(self, most: int, code: str, words: str, source: SourceRef | None) -> None:
        """Cut the amount down to `most` yen and record the limit when it binds."""
        if self.amount > most:
            self.amount = most
            self.limits.append(code)
            self.tell(
                lambda: f"{words} {yen_text(most)} を超えるので {yen_text(most)} まで", source
            )
        else:
            self.tell(lambda: f"{words} {yen_text(most)} 以内", source)


@dataclass(slots=True)
class YearRun:
    """Cost and amount (yen) of one program year."""

    year: int
    cost: int
    amount: int


def _pool_cost(run: TrackRun, categories: tuple[str, ...]) -> int:
    given = run.given
    return sum(given.costs.of(c, run.year, tax_in=given.tax_in) for c in categories)


def _pool_words(run: TrackRun, categories: tuple[str, ...]) -> str:
    labels = run.given.situation.catalog.categories
    used = [c for c in categories if run.given.costs.of(c, run.year)] or list(categories)
    tax = "税込み" if run.given.tax_in else "税抜き"
    return f"{'・'.join(labels[c].label for c in used)}（{tax}）"


def _pool(run: TrackRun, step: calc.Pool) -> None:
    if not run.holds(step.when):
        run.amount = 0
        run.tell(lambda: f"{_pool_words(run, step.categories)}: {_unmet(step.when)}ので 0円")
        # Rates and limits of nothing would only blur the working.
        run.told_all = True
        return
    extra = 0 if run.started else run.given.extra
    run.started = True
    run.cost = _pool_cost(run, step.categories) + extra
    run.amount = run.cost
    run.tell(lambda: f"補助対象の経費 {_pool_words(run, step.categories)}")


def _unmet(condition: Condition | None) -> str:
    if isinstance(condition, Leaf):
        return f"「{condition.sentence}」に当たらない"
    return "条件に当たらない"


def _add_pool(run: TrackRun, step: calc.AddPool) -> None:
    added = _pool_cost(run, step.categories)
    run.cost += added
    run.amount += added
    if added:
        run.tell(lambda: f"{_pool_words(run, step.categories)} {yen_text(added)} を定額で加える")


def _answered_yen(run: TrackRun, question_id: str) -> int:
    situation = run.given.situation
    value = situation.values.get(question_id)
    if value is None:
        value = situation.catalog.questions[question_id].counts_as_when_unknown
    return 0 if value is None else int(value)


def _minus_answer(run: TrackRun, step: calc.MinusAnswer) -> None:
    taken = _answered_yen(run, step.question)
    run.amount = max(run.amount - taken, 0)
    if taken:
        label = run.given.situation.catalog.questions[step.question].label
        run.tell(lambda: f"{label} {yen_text(taken)} を差し引く")


def _rate(run: TrackRun, step: calc.Rate) -> None:
    case = _first_case(run, step.cases)
    if case is None:
        return
    run.rate = case.value
    before = run.amount
    run.amount = before * case.value
    run.tell(lambda: f"{yen_text(round_down(before))} × {rate_text(case.value)}", case.source)


def _first_case(run: TrackRun, cases: tuple[calc.Case, ...]) -> calc.Case | None:
    return next((case for case in cases if run.holds(case.when)), None)


def _tiers(run: TrackRun, step: calc.Tiers) -> None:
    cost = run.amount
    amount: Fraction | int = 0
    floor = 0
    parts: list[tuple[Fraction | int, Fraction]] = []
    for tier in step.tiers:
        top = cost if tier.up_to is None else min(cost, tier.up_to)
        part = max(top - floor, 0)
        if part:
            amount += part * tier.rate
            run.rate = tier.rate
            parts.append((part, tier.rate))
        floor = top
    run.amount = amount
    run.tell(lambda: _tier_words(parts), step.tiers[0].source)


def _tier_words(parts: list[tuple[Fraction | int, Fraction]]) -> str:
    words = [
        f"{yen_text(round_down(part))} {'全額' if rate == 1 else f'× {rate_text(rate)}'}"
        for part, rate in parts
    ]
    return " ＋ ".join(words) or "対象の経費なし"


def _round_down(run: TrackRun, step: calc.RoundDown) -> None:
    before = run.amount
    run.amount = round_down(before, step.unit)
    if run.amount == before:
        return
    words = f"{step.unit:,}円未満切り捨て"
    if run.lines and run.lines[-1].amount == run.amount and run.given.explain:
        last = run.lines[-1]
        run.lines[-1] = replace(last, text=f"{last.text}（{words}）")
    else:
        run.tell(lambda: words)


def _cap(run: TrackRun, step: calc.Cap) -> None:
    case = _first_case(run, step.cases)
    if case is not None:
        run.limit_to(int(case.value), step.limit_code, "上限", case.source)


def _cap_per(run: TrackRun, step: calc.CapPer) -> None:
    count = run.given.situation.values.get(step.question)
    if count is None:
        return
    unit = run.given.situation.catalog.questions[step.question].unit
    most = min(step.each * int(count), step.at_most)
    words = f"上限（1{unit}あたり {yen_text(step.each)}、{count}{unit}分）"
    run.limit_to(most, step.limit_code, words, step.source)


def _minimum(run: TrackRun, step: calc.Minimum) -> None:
    if run.amount >= step.amount:
        run.tell(lambda: f"下限 {yen_text(step.amount)} 以上", step.source)
        return
    run.amount = 0
    run.reasons.append("below_minimum")
    run.tell(lambda: f"下限 {yen_text(step.amount)} に届かないので 0円", step.source)


def _each_year(run: TrackRun, step: calc.EachYear) -> None:
    total: Fraction | int = 0
    for year in range(1, step.years + 1):
        inner = TrackRun(run.given, year=year, started=run.started).run(step.steps)
        run.started = True
        run.rate = inner.rate or run.rate
        run.years.append(YearRun(year, inner.cost, round_down(inner.amount)))
        run.cost += inner.cost
        total += inner.amount
        if inner.cost:
            _adopt(run, inner, f"{year}年目 ")
    run.amount = total


def _adopt(run: TrackRun, inner: TrackRun, prefix: str) -> None:
    run.limits += [code for code in inner.limits if code not in run.limits]
    run.reasons += [code for code in inner.reasons if code not in run.reasons]
    run.lines += [CalculationLine(prefix + x.text, x.amount, x.source) for x in inner.lines]


def _running_cap(run: TrackRun, step: calc.RunningCap) -> None:
    left = step.amount
    hit = False
    for year in run.years:
        hit = hit or year.amount > left
        year.amount = min(year.amount, left)
        left -= year.amount
    run.amount = sum(year.amount for year in run.years)
    words = f"期間全体の上限 {yen_text(step.amount)}"
    if hit:
        run.limits.append(step.limit_code)
        run.tell(lambda: f"{words} を超えるので残りの分まで", step.source)
    else:
        run.tell(lambda: f"各年の合計。{words} 以内", step.source)


def _first_year_cap(run: TrackRun, step: calc.FirstYearCap) -> None:
    first = run.years[0].amount
    for year in run.years[1:]:
        if year.amount > first:
            year.amount = first
            if step.limit_code not in run.limits:
                run.limits.append(step.limit_code)
    run.amount = sum(year.amount for year in run.years)
    run.tell(lambda: f"各年の合計。2年目からは初年度の額 {yen_text(first)} まで", step.source)


def _zero_when(run: TrackRun, step: calc.ZeroWhen) -> None:
    if run.holds(step.when):
        run.amount = 0
        run.limits.clear()  # no limit binds where nothing is paid
        run.reasons.append(step.reason_code)
        run.tell(lambda: "補助の対象にならないため 0円")


def _cost_cap(run: TrackRun, step: calc.CostCap) -> None:
    taken = _answered_yen(run, step.minus_question)
    if taken:
        label = run.given.situation.catalog.questions[step.minus_question].label
        most = max(run.cost - taken, 0)
        run.limit_to(most, step.limit_code, f"経費から{label}を引いた額", None)


def _sub_limit(run: TrackRun, step: calc.SubLimit) -> None:
    main_cost = _pool_cost(run, step.main_categories) + (0 if run.started else run.given.extra)
    own_cost = _pool_cost(run, step.categories)
    run.started = True
    run.cost = main_cost + own_cost
    run.rate = step.rate
    main = main_cost * step.rate
    # The limited part p may be at most share x (main + p); solved for p.
    most = min(main * step.share / (1 - step.share), Fraction(step.at_most))
    own = own_cost * step.rate
    run.amount = main + min(own, most)
    rate = f"{step.rate.numerator}/{step.rate.denominator}"
    run.tell(
        lambda: f"{yen_text(main_cost)} × {rate} ＋ {_pool_words(run, step.categories)}の分",
        step.source,
    )
    if own > most:
        run.limits.append(step.limit_code)
        share = f"{step.share.numerator}/{step.share.denominator}"
        run.tell(
            lambda: f"この区分は補助額全体の{share}かつ {yen_text(step.at_most)} まで", step.source
        )


def _readings(run: TrackRun, step: calc.Readings) -> None:
    reading = step.alternatives[run.given.chosen.get(step.note, 0)]
    if not run.holds(reading.when):
        reading = next(each for each in step.alternatives if run.holds(each.when))
    if reading.label:
        run.tell(lambda: f"読み方: {reading.label}")
    run.run(reading.steps)


_RUNNERS: dict[type, Callable[[TrackRun, calc.Step], None]] = {
    calc.Pool: _pool,
    calc.AddPool: _add_pool,
    calc.MinusAnswer: _minus_answer,
    calc.Rate: _rate,
    calc.Tiers: _tiers,
    calc.RoundDown: _round_down,
    calc.Cap: _cap,
    calc.CapPer: _cap_per,
    calc.Minimum: _minimum,
    calc.EachYear: _each_year,
    calc.RunningCap: _running_cap,
    calc.FirstYearCap: _first_year_cap,
    calc.ZeroWhen: _zero_when,
    calc.CostCap: _cost_cap,
    calc.SubLimit: _sub_limit,
    calc.Readings: _readings,
}  # pyright: ignore[reportAssignmentType]
