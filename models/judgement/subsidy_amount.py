"""What one entry would pay: exact to the yen, as a range where something is not decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.judgement.calculation_run import Circumstances, TrackRun
from models.judgement.completions import completions, decisive, find_undecided, steps_of
from models.judgement.evaluation import Situation, evaluate
from models.values import calculation as calc
from models.values.consultation import MAX_YEN
from models.values.money import YenRange, round_down
from models.values.results import Amount, CalculationLine, YearAmount
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.judgement.completions import Completion, Undecided
    from models.judgement.costs import Costs
    from models.values.catalog import Catalog, Entry, Note
    from models.values.conditions import AnswerValue

_BELOW_MINIMUM = "below_minimum"


def subsidy_amount(
    catalog: Catalog, entry: Entry, answers: Mapping[str, AnswerValue | None], costs: Costs
) -> Amount:
    """Return the amount (yen) of an entry for these answers and costs, whatever its verdict."""
    if entry.calculation is None:
        return Amount(entry.id, 0, 0, None, None, None, None, reason_codes=("no_firm_amount",))
    undecided = find_undecided(catalog, entry.calculation, answers)
    return _Inquiry(catalog, entry, entry.calculation, answers, costs, undecided).amount()


def total_range(
    catalog: Catalog, entry: Entry, answers: Mapping[str, AnswerValue | None], costs: Costs
) -> YenRange:
    """Return only the range (yen) of subsidy and top-up together; 0 without firm amounts."""
    if entry.calculation is None:
        return YenRange(0, 0)
    undecided = find_undecided(catalog, entry.calculation, answers)
    inquiry = _Inquiry(catalog, entry, entry.calculation, answers, costs, undecided)
    return _span([outcome.total for outcome in inquiry.outcomes()])


def open_amount_questions(
    catalog: Catalog, entry: Entry, answers: Mapping[str, AnswerValue | None], costs: Costs
) -> tuple[str, ...]:
    """Return the unanswered questions that still make a difference to an entry's amount."""
    if entry.calculation is None:
        return ()
    categories = (*entry.base_categories, *entry.top_up_categories)
    if not any(costs.of(category, tax_in=True) for category in categories):
        # On no cost nothing is paid, whatever is answered.
        return _Inquiry(catalog, entry, entry.calculation, answers, costs, ()).open_questions([])
    undecided = find_undecided(catalog, entry.calculation, answers)
    inquiry = _Inquiry(catalog, entry, entry.calculation, answers, costs, undecided)
    return inquiry.open_questions(inquiry.deciding(inquiry.outcomes()))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Base and top-up (yen) of one completion, with the runs they came from."""

    completion: Completion
    base: int
    top_up: int
    base_run: TrackRun
    top_up_run: TrackRun | None

    @property
    def total(self) -> int:
        return self.base + self.top_up

    @property
    def rank(self) -> tuple[object, ...]:
        # Among equal totals the low end is the one with less base and the lower rate.
        return (self.total, self.base, self.base_run.rate or 0)


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """One entry, one set of answers, one set of costs: all that the amount depends on."""

    catalog: Catalog
    entry: Entry
    calculation: calc.Calculation
    answers: Mapping[str, AnswerValue | None]
    costs: Costs
    undecided: tuple[Undecided, ...]

    def amount(self) -> Amount:
        """Return the range over all completions, with the working of both ends."""
        outcomes = self.outcomes()
        deciding = self.deciding(outcomes)
        low = min(outcomes, key=lambda outcome: outcome.rank)
        high = max(outcomes, key=lambda outcome: outcome.rank)
        subsidy = _span([outcome.base for outcome in outcomes])
        top_up = _span([outcome.top_up for outcome in outcomes])
        eligible = self._eligible_cost()
        closure = sum(self.costs.of(category) for category in self.entry.top_up_categories)
        return Amount(
            entry=self.entry.id,
            eligible_cost=eligible,
            closure_cost=closure,
            subsidy_rate=low.base_run.rate,
            subsidy=subsidy,
            top_up=top_up,
            total=YenRange(low.total, high.total),
            limits_hit=_limits(low),
            reason_codes=self._reason_codes(low, eligible, closure),
            missing_to_minimum=self._missing_to_minimum(low),
            years=_years(outcomes, low),
            steps=self._explain(low),
            steps_high=self._explain(high) if low.total != high.total else (),
            open_questions=self.open_questions(deciding),
            notes=self._notes(deciding, subsidy, top_up),
        )

    def outcomes(self) -> list[_Outcome]:
        """Return the outcome of every completion."""
        return [
            self._outcome(completion)
            for completion in completions(self.catalog, self.answers, self.undecided)
        ]

    def deciding(self, outcomes: Sequence[_Outcome]) -> list[Undecided]:
        """Return what makes a difference between outcomes."""
        by_settings = {o.completion.settings: (o.base, o.top_up) for o in outcomes}
        return [self.undecided[index] for index in decisive(self.undecided, by_settings)]

    def open_questions(self, deciding: Sequence[Undecided]) -> tuple[str, ...]:
        """Return the questions behind what makes a difference, those counted meanwhile first."""
        asked = [question for each in deciding for question in each.questions]
        return tuple(dict.fromkeys([*self._counted_while_unknown(), *asked]))

    def _outcome(
        self, completion: Completion, *, extra: int = 0, explain: bool = False
    ) -> _Outcome:
        given = Circumstances(
            completion.situation,
            self.costs,
            completion.chosen,
            tax_in=completion.tax_in,
            extra=extra,
            explain=explain,
        )
        base_run = TrackRun(given).run(self.calculation.base)
        top_up_run = None
        if self.calculation.top_up and base_run.cost > 0:
            # A top-up stands beside a base: its own costs alone give nothing.
            top_up_run = TrackRun(given, started=True).run(self.calculation.top_up)
        top_up = 0 if top_up_run is None else round_down(top_up_run.amount)
        return _Outcome(completion, round_down(base_run.amount), top_up, base_run, top_up_run)

    def _eligible_cost(self) -> int:
        """Return the net cost (yen) that counts: only the first years where years are counted."""
        categories = self.entry.base_categories
        counted = [s.years for s in steps_of(self.calculation) if isinstance(s, calc.EachYear)]
        if not counted:
            return sum(self.costs.of(category) for category in categories)
        years = range(1, max(counted) + 1)
        return sum(self.costs.of(category, year) for category in categories for year in years)

    def _reason_codes(self, low: _Outcome, eligible: int, closure: int) -> tuple[str, ...]:
        codes: list[str] = []
        if eligible == 0:
            codes.append("closure_only" if closure else "no_eligible_cost")
        codes += low.base_run.reasons
        used = [q for each in self.undecided if each.kind == "question" for q in each.questions]
        unanswered = [*self._counted_while_unknown(), *used]
        codes += [self.catalog.questions[question].unknown_reason for question in unanswered]
        return tuple(dict.fromkeys(code for code in codes if code))

    def _counted_while_unknown(self) -> list[str]:
        """Return the unanswered questions that the calculation counts as some yen meanwhile."""
        questions = [
            s.question for s in steps_of(self.calculation) if isinstance(s, calc.MinusAnswer)
        ]
        return [question for question in questions if self.answers.get(question) is None]

    def _missing_to_minimum(self, low: _Outcome) -> int | None:
        """Return the eligible yen still missing to reach the minimum, `None` when none is.

        Found by bisection over the calculation itself, which never pays less for more cost.
        """
        if _BELOW_MINIMUM not in low.base_run.reasons:
            return None

        def reaches(extra: int) -> bool:
            again = self._outcome(low.completion, extra=extra)
            return _BELOW_MINIMUM not in again.base_run.reasons

        if not reaches(MAX_YEN):
            return None
        too_little, enough = 0, MAX_YEN
        while enough - too_little > 1:
            middle = (too_little + enough) // 2
            if reaches(middle):
                enough = middle
            else:
                too_little = middle
        return enough

    def _explain(self, outcome: _Outcome) -> tuple[CalculationLine, ...]:
        again = self._outcome(outcome.completion, explain=True)
        lines = [*again.base_run.lines]
        if again.top_up_run is not None and any(
            self.costs.of(category) for category in self.entry.top_up_categories
        ):
            lines += [replace(line, text=f"上乗せ: {line.text}") for line in again.top_up_run.lines]
            lines.append(CalculationLine("補助と上乗せの合計", again.total))
        return tuple(lines)

    def _notes(
        self, deciding: Sequence[Undecided], subsidy: YenRange, top_up: YenRange
    ) -> tuple[Note, ...]:
        """Return the notes that apply: those behind a range, and those not ruled out."""
        behind_range = {each.id for each in deciding if each.kind == "reading"}
        computed = {
            **dict.fromkeys((f"cost.{category}" for category in self.catalog.categories), 0),
            **self.costs.computed(),
            "amount.base": subsidy.high,
            "amount.top_up": top_up.high,
            "amount.total": subsidy.high + top_up.high,
        }
        situation = Situation(self.catalog, {**self.answers, **computed})
        return tuple(
            note
            for note in self.catalog.notes_of(self.entry.id)
            if note.id in behind_range
            or note.when is None
            or evaluate(note.when, situation) is not Truth.NO
        )


def _span(amounts: Sequence[int]) -> YenRange:
    return YenRange(min(amounts), max(amounts))


def _limits(low: _Outcome) -> tuple[str, ...]:
    found = [*low.base_run.limits, *(low.top_up_run.limits if low.top_up_run else [])]
    return tuple(dict.fromkeys(found))


def _years(outcomes: Sequence[_Outcome], low: _Outcome) -> tuple[YearAmount, ...]:
    return tuple(
        YearAmount(
            year.year,
            year.cost,
            _span([outcome.base_run.years[index].amount for outcome in outcomes]),
        )
        for index, year in enumerate(low.base_run.years)
    )
