"""What the scenario files must try out, and what they do: found from the catalog itself.

A cell is a short text that names one thing to try, e.g. `ma/gensoku hard/2 question is buyer`. A
case covers a cell only where that very answer decides: a boundary that another condition hides does
not count, nor does a limit of which the case expects no figure.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from models.judgement import calculation_run
from models.judgement.costs import Costs
from models.judgement.evaluation import Situation, evaluate, limits_of
from models.judgement.subsidy_amount import subsidy_amount
from models.values import calculation as calc
from models.values.catalog import EntryKind
from models.values.conditions import FixedLimit, Leaf, Not, Operator, TableLimit
from models.values.money import yen_text
from models.values.questions import QuestionType
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from models.judgement.calculation_run import TrackRun
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue, Condition
    from tests.scenario_file import ScenarioCase

_CONSULT = {EntryKind.ADVICE, EntryKind.TAX, EntryKind.DEMONSTRATION}
_BASE_FIGURES = {"subsidy", "total", "years"}
_TOP_UP_FIGURES = {"top_up", "total"}
_NEAR = {-1: "one below", 0: "at", 1: "one above"}


def wanted_cells(catalog: Catalog) -> list[str]:
    """Return every cell that some scenario must cover, in catalog order."""
    cells: list[str] = []
    for entry in catalog.entries.values():
        if entry.kind is EntryKind.SUBSIDY:
            cells += [f"{entry.id} {v}" for v in ("likely", "not_eligible", "needs_confirmation")]
            cells += _verdict_cells(catalog, entry)
        else:
            cells.append(f"{entry.id} {'consult' if entry.kind in _CONSULT else 'information'}")
        for offer in entry.offers:
            raised = (True, False, None) if offer.trigger is not None else (None,)
            cells += [f"{entry.id} offer {offer.id} {value}" for value in raised]
            if offer.trigger is not None:
                name = f"{entry.id} offer {offer.id}"
                cells += _condition_cells(catalog, name, offer.trigger)
        cells += _amount_cells(catalog, entry)
    cells += [f"split industry {code} {column}" for code, column in _split_industries(catalog)]
    cells += [f"consumption tax {answer}" for answer in ("taxable", "exempt", "simplified", None)]
    return list(dict.fromkeys(cells))


def covered_cells(catalog: Catalog, cases: Iterable[ScenarioCase]) -> set[str]:
    """Return the cells that the cases cover."""
    found: set[str] = set()
    for case in cases:
        answers = case.consultation.answers
        situation = Situation(catalog, answers)
        for entry_id, verdict in case.expect.get("verdicts", {}).items():
            entry = catalog.entries[entry_id]
            found.add(f"{entry_id} {verdict}")
            found |= _covered_by_verdict(entry, situation)
        for entry_id, offers in case.expect.get("offers", {}).items():
            triggers = {offer.id: offer.trigger for offer in catalog.entries[entry_id].offers}
            for offer, raised in offers.items():
                name = f"{entry_id} offer {offer}"
                found.add(f"{name} {raised}")
                if triggers[offer] is not None:
                    found |= _covered_leaves(name, triggers[offer], situation)
        for entry_id, figures in case.expect.get("amounts", {}).items():
            entry = catalog.entries[entry_id]
            if entry.calculation is not None:
                found |= _covered_by_amount(entry, case, set(figures), situation)
                found.add(f"consumption tax {answers.get('applicant.consumption_tax')}")
    return found


# ------------------------------------------------------------------ conditions


def _judged(entry: Entry) -> Iterator[tuple[str, Condition]]:
    if entry.hard is not None:
        yield "hard", entry.hard
    for number, leaf in enumerate(entry.soft, 1):
        yield f"soft {number}", leaf


def _verdict_cells(catalog: Catalog, entry: Entry) -> list[str]:
    hard = [] if entry.hard is None else [leaf.subject for leaf in _opened(catalog, entry.hard)]
    # While a hard condition waits for the same answer, the soft one shows nothing of its own.
    hidden = {
        _cell(f"{entry.id} soft {number}", leaf, "unanswered")
        for number, soft in enumerate(entry.soft, 1)
        for leaf in _opened(catalog, soft)
        if leaf.subject in hard
    }
    cells = [
        cell
        for where, condition in _judged(entry)
        for cell in _condition_cells(catalog, f"{entry.id} {where}", condition)
    ]
    return [cell for cell in cells if cell not in hidden]


def _opened(catalog: Catalog, condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves of a condition with its facts opened."""
    if isinstance(condition, Leaf):
        if condition.operator is Operator.HOLDS:
            yield from _opened(catalog, catalog.facts[condition.subject].condition)
        else:
            yield condition
    elif isinstance(condition, Not):
        yield from _opened(catalog, condition.part)
    else:
        for part in condition.parts:
            yield from _opened(catalog, part)


def _condition_cells(catalog: Catalog, name: str, condition: Condition) -> Iterator[str]:
    for leaf in _opened(catalog, condition):
        for state in _states(catalog, leaf):
            yield _cell(name, leaf, state)


def _cell(name: str, leaf: Leaf, state: str) -> str:
    return f"{name}: {leaf.subject} {leaf.operator.value} {_asked(leaf)} → {state}"


def _asked(leaf: Leaf) -> str:
    limit = leaf.limit
    if isinstance(limit, FixedLimit):
        return str(limit.value)
    if isinstance(limit, TableLimit):
        return limit.column
    return "share" if limit is not None else "/".join(str(value) for value in leaf.values)


def _states(catalog: Catalog, leaf: Leaf) -> list[str]:
    """Return how an answer may stand to a leaf."""
    question = catalog.questions[leaf.subject]
    if isinstance(leaf.limit, TableLimit):
        rows = catalog.tables[leaf.limit.table].rows
        return [f"{where} ({row})" for row in rows for where in ("at", "one beyond")]
    if leaf.limit is not None:
        return ["at", "one beyond", "unanswered"]
    if leaf.operator is Operator.ANSWERED:
        return [*(choice.value for choice in question.choices), "unanswered"]
    return [*(str(value) for value in leaf.values), "another", "unanswered"]


def _state(leaf: Leaf, situation: Situation) -> Iterator[str]:
    """Yield how the given answer stands to a leaf."""
    value = situation.values.get(leaf.subject)
    if value is None:
        yield "unanswered"
    elif leaf.limit is not None:
        limits = limits_of(leaf.limit, situation)
        step = 1 if leaf.operator is Operator.AT_MOST else -1
        place = (
            {0: "at", step: "one beyond"}.get(int(value) - limits[0]) if len(limits) == 1 else None
        )
        if place is not None and isinstance(leaf.limit, TableLimit):
            code = str(situation.values[leaf.limit.key_question])
            (row,) = situation.catalog.industries[code].rows
            yield f"{place} ({row})"
        elif place is not None:
            yield place
    elif leaf.operator is Operator.ANSWERED or value in leaf.values:
        yield str(value)
    else:
        yield "another"


def _decides(leaf: Leaf, condition: Condition, situation: Situation) -> bool:
    """Whether another answer, to which the leaf says otherwise, changes the whole condition."""
    for other in _other_answers(leaf, situation):
        changed = Situation(situation.catalog, {**situation.values, leaf.subject: other})
        if evaluate(leaf, changed) is not evaluate(leaf, situation) and (
            evaluate(condition, changed) is not evaluate(condition, situation)
        ):
            return True
    return False


def _other_answers(leaf: Leaf, situation: Situation) -> list[AnswerValue | None]:
    if leaf.limit is not None:
        near = [
            n for limit in limits_of(leaf.limit, situation) for n in (limit - 1, limit, limit + 1)
        ]
        return [None, *near]
    question = situation.catalog.questions[leaf.subject]
    if question.type is QuestionType.BOOLEAN:
        return [None, False, True]
    if question.type is QuestionType.COUNT:
        return [None, *range(question.minimum or 0, (question.maximum or 0) + 1)]
    return [None, *(choice.value for choice in question.choices)]


def _covered_leaves(name: str, condition: Condition, situation: Situation) -> set[str]:
    return {
        _cell(name, leaf, state)
        for leaf in _opened(situation.catalog, condition)
        if _decides(leaf, condition, situation)
        for state in _state(leaf, situation)
    }


def _covered_by_verdict(entry: Entry, situation: Situation) -> set[str]:
    found: set[str] = set()
    truths = {where: evaluate(condition, situation) for where, condition in _judged(entry)}
    for where, condition in _judged(entry):
        # A soft condition shows only where the hard ones and the other soft ones are met.
        others = {truth for other, truth in truths.items() if other != where}
        if where == "hard" or others == {Truth.YES}:
            found |= _covered_leaves(f"{entry.id} {where}", condition, situation)
    for leaf in _opened(situation.catalog, entry.hard) if entry.hard is not None else ():
        code = situation.values.get("applicant.industry_code")
        undecided = isinstance(leaf.limit, TableLimit) and leaf.subject in situation.values
        if undecided and evaluate(leaf, situation) is Truth.UNKNOWN:
            assert isinstance(leaf.limit, TableLimit)
            if _decides(leaf, entry.hard, situation):
                found.add(f"split industry {code} {leaf.limit.column}")
    return found


def _split_industries(catalog: Catalog) -> Iterator[tuple[str, str]]:
    (table,) = catalog.tables.values()
    for code, industry in catalog.industries.items():
        rows = [table.rows[row] for row in industry.rows]
        for column in rows[0]:
            if len({row[column] for row in rows}) > 1:
                yield code, column


# ------------------------------------------------------------------ amounts

Track = tuple[str, tuple[calc.Step, ...]]


def _tracks(entry: Entry) -> list[Track]:
    calculation = entry.calculation
    return (
        [] if calculation is None else [("base", calculation.base), ("top-up", calculation.top_up)]
    )


def _named_steps(track: Track) -> Iterator[tuple[str, calc.Step]]:
    """Yield every step of a track, nested ones too, with a name that tells it from the others."""
    name, steps = track
    for number, step in enumerate(steps, 1):
        own = f"{name}/{number}"
        yield own, step
        if isinstance(step, calc.EachYear):
            yield from _named_steps((own, step.steps))
        elif isinstance(step, calc.Readings):
            for reading in step.alternatives:
                yield from _named_steps((f"{own}/{reading.id}", reading.steps))


def _step_conditions(step: calc.Step) -> Iterator[Condition]:
    if isinstance(step, calc.Pool | calc.ZeroWhen):
        conditions = [step.when]
    elif isinstance(step, calc.Rate | calc.Cap):
        conditions = [case.when for case in step.cases]
    elif isinstance(step, calc.Readings):
        conditions = [reading.when for reading in step.alternatives]
    else:
        conditions = []
    yield from (condition for condition in conditions if condition is not None)


def _amount_cells(catalog: Catalog, entry: Entry) -> Iterator[str]:
    for track in _tracks(entry):
        for name, step in _named_steps(track):
            own = f"{entry.id} {name} {type(step).__name__}"
            for condition in _step_conditions(step):
                yield from _condition_cells(catalog, own, condition)
            yield from (f"{own}: {place}" for place in _places(step))


def _places(step: calc.Step) -> list[str]:
    """Return where an amount may stand to the figure of a step."""
    places: list[str] = []
    near = _NEAR.values()
    match step:
        case calc.Cap():
            places = [
                f"{place} {yen_text(int(case.value))}" for case in step.cases for place in near
            ]
        case calc.CapPer():
            counts = range(1, step.at_most // step.each + 1)
            places = [f"{place} {n} × {yen_text(step.each)}" for n in counts for place in near]
        case calc.Minimum() | calc.RunningCap():
            places = [f"{place} {yen_text(step.amount)}" for place in near]
        case calc.FirstYearCap() | calc.CostCap():
            places = [*near]
        case calc.Tiers():
            tops = [tier.up_to for tier in step.tiers if tier.up_to is not None]
            places = [f"{place} {yen_text(top)}" for top in tops for place in near]
        case calc.EachYear():
            places = [f"year {year}" for year in range(1, step.years + 2)]
        case calc.MinusAnswer():
            places = ["nothing", "a part", "all", "more than all"]
        case calc.Pool() | calc.AddPool():
            places = [f"some {category}" for category in step.categories]
        case calc.RoundDown():
            places = ["a fraction"]
        case _:
            pass
    return places


def _place(run: TrackRun, step: calc.Step) -> list[str]:
    """Return where the running amount stands to the figure of the step that is to be run."""
    match step:
        case calc.MinusAnswer() if (taken := _answered(run, step.question)) is not None:
            return [_part_taken(run.amount, taken)]
        case calc.Pool() | calc.AddPool():
            used = [c for c in step.categories if run.given.costs.of(c, run.year)]
            return [f"some {category}" for category in used]
        case calc.RoundDown():
            return ["a fraction"] if run.amount % step.unit else []
        case _:
            figures = _figures(run, step)
    near = [(_NEAR.get(amount - limit), words) for amount, limit, words in figures]
    return [f"{place} {words}".strip() for place, words in near if place is not None]


def _figures(run: TrackRun, step: calc.Step) -> list[tuple[Any, int, str]]:  # noqa: PLR0911
    """Return the amount, the figure of the step and its words."""
    match step:
        case calc.Cap():
            value = int(next(case.value for case in step.cases if run.holds(case.when)))
            return [(run.amount, value, yen_text(value))]
        case calc.CapPer():
            count = _answered(run, step.question) or 0
            most = min(step.each * count, step.at_most)
            return [(run.amount, most, f"{count} × {yen_text(step.each)}")]
        case calc.Minimum():
            return [(run.amount, step.amount, yen_text(step.amount))]
        case calc.RunningCap():
            in_all = sum(year.amount for year in run.years)
            return [(in_all, step.amount, yen_text(step.amount))]
        case calc.FirstYearCap():
            return [(run.years[1].amount, run.years[0].amount, "")]
        case calc.Tiers():
            tops = [tier.up_to for tier in step.tiers if tier.up_to is not None]
            return [(run.amount, top, yen_text(top)) for top in tops]
        case calc.CostCap() if taken := _answered(run, step.minus_question):
            return [(run.amount, run.cost - taken, "")]
        case _:
            return []


def _answered(run: TrackRun, question: str) -> int | None:
    value = run.given.situation.values.get(question)
    return None if value is None else int(value)


def _part_taken(amount: Any, taken: int) -> str:
    if taken == 0:
        return "nothing"
    return "a part" if taken < amount else "all" if taken == amount else "more than all"


@contextmanager
def _watched(seen: Callable[[TrackRun, calc.Step], None]) -> Iterator[None]:
    """Tell of every step before it is run, those that only try out a higher cost left out."""
    runners = calculation_run._RUNNERS
    before = dict(runners)

    def watch(runner: Callable[[TrackRun, calc.Step], None]) -> Callable[..., None]:
        def watched(run: TrackRun, step: calc.Step) -> None:
            if not run.given.extra:
                seen(run, step)
            runner(run, step)

        return watched

    runners.update({kind: watch(runner) for kind, runner in before.items()})
    try:
        yield
    finally:
        runners.update(before)


def _covered_by_amount(
    entry: Entry, case: ScenarioCase, figures: set[str], situation: Situation
) -> set[str]:
    expenses = case.consultation.expenses
    names = {
        id(step): f"{entry.id} {name} {type(step).__name__}"
        for track in _tracks(entry)
        if figures & (_BASE_FIGURES if track[0] == "base" else _TOP_UP_FIGURES)
        for name, step in _named_steps(track)
    }
    found: set[str] = set()

    def seen(run: TrackRun, step: calc.Step) -> None:
        own = names.get(id(step))
        if own is None:
            return
        found.update(f"{own}: {place}" for place in _place(run, step))
        for condition in _step_conditions(step):
            found.update(_covered_leaves(own, condition, situation))
        if isinstance(step, calc.EachYear):
            found.update(f"{own}: year {expense.year}" for expense in expenses)

    with _watched(seen):
        subsidy_amount(situation.catalog, entry, situation.values, Costs(expenses))
    return found
