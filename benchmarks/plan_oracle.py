"""Check the best combination against another solver; run from the root with PYTHONPATH=.

    PYTHONPATH=. python benchmarks/plan_oracle.py --cases 60

For developers only: needs OR-Tools (CP-SAT, whole numbers, exact), of which the program itself
knows nothing. Cases are made up as for plan_speed.py (tests/models/planning/plan_cases.py), or
random expenses and answers over random frames of the real catalog. For each the totals must be
equal: of the plan, of the plan if unconfirmed combinations were allowed, and of the runner-up. The
plan's own share must come to the plan's total in the model, and the solver's share to the solver's
total by the program's reckoning of each frame. Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.plan_model import NotExactError, PlanModel, plain_forms
from models.judgement.costs import Costs
from models.judgement.evaluation import Situation
from models.judgement.screening import screen_entry
from models.judgement.subsidy_amount import total_range
from models.planning.best_combination import search_best_combination
from models.planning.pace import Pace, finish
from models.stores.catalog_store import load_catalog
from models.values.catalog import PairKind
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.questions import QuestionType
from models.values.results import Verdict
from tests.models.planning.plan_cases import random_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from models.values.catalog import Catalog, Entry
    from models.values.questions import Question

ROOT = Path(__file__).parent.parent
SIZES = "10x8,12x8,14x10,16x12,20x15"
STRICT = (PairKind.EXCLUSIVE, PairKind.UNCONFIRMED)
MISSING = (
    "This check needs OR-Tools, which the program does not. Install it beside the environment:\n"
    "    python -m pip install --target FOLDER ortools\n"
    "and run again with PYTHONPATH=.:FOLDER"
)


class Case(NamedTuple):
    """One problem: the frames that count, and a name to find it again."""

    name: str
    catalog: Catalog
    consultation: Consultation
    among: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=20, help="a size and kind")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--kinds", default="made-up,real")
    parser.add_argument("--sizes", default=SIZES, help="expenses x frames (real: at most 19)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each side of a case")
    parser.add_argument("--workers", type=int, default=8, help="threads of the solver")
    options = parser.parse_args()
    try:
        cp_model = importlib.import_module("ortools.sat.python.cp_model")
    except ModuleNotFoundError:
        print(MISSING)
        return 2
    differing = 0
    for kind in options.kinds.split(","):
        for size in options.sizes.split(","):
            expenses, frames = (int(number) for number in size.split("x"))
            seen: Counter[str] = Counter()
            times: tuple[list[float], list[float]] = ([], [])
            for seed in range(options.first, options.first + options.cases):
                case = _CASES[kind](seed, expenses, frames)
                for outcome in _compared(cp_model, case, options, times):
                    seen[outcome] += 1
            differing += sum(n for outcome, n in seen.items() if outcome.startswith("unequal"))
            told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(seen.items()))
            ours, its = (f"{statistics.median(each):.2f} s, {max(each):.1f} s" for each in times)
            print(f"{kind} {expenses} x {frames}: {told}; median, max: {ours}; solver {its}")
            sys.stdout.flush()
    return 1 if differing else 0


def _compared(
    cp_model: Any, case: Case, options: argparse.Namespace, times: tuple[list[float], list[float]]
) -> Iterator[str]:
    """Compare one case, and yield in a word what came of each comparison."""
    forms: dict[str, Any] = {}
    for entry in _eligible(case):
        try:
            forms[entry.id] = plain_forms(case.catalog, entry, case.consultation.answers)
        except NotExactError as reason:
            print(f"{case.name}: {entry.id} is left out on both sides: {reason}")
            yield "frame left out"
    started = perf_counter()
    pace = Pace(options.limit)
    plan = finish(
        search_best_combination(case.catalog, case.consultation, pace=pace, among=tuple(forms))
    )
    times[0].append(perf_counter() - started)
    if not plan.proven_optimal:
        yield "plan not proven"
    owners = {index: frame.entry for frame in plan.frames for index in frame.expenses}
    fixed = _model(cp_model, case, forms, STRICT)
    fixed.fix(owners)
    again = fixed.solve(options.limit, 1)
    if again is None or again[0] != plan.total.low:
        print(f"{case.name}: UNEQUAL, the plan of {plan.total.low} is worth {again} in the model")
        yield "unequal"
    chosen = tuple(frame.entry for frame in plan.frames)
    if_confirmed = plan.total if plan.if_confirmed is None else plan.if_confirmed
    # Where the time was over, what comes after the plan itself is not said to be the best.
    ended = plan.proven_optimal and not pace.over
    claims = [
        ("", STRICT, (), plan.total.low, plan.proven_optimal),
        (" if confirmed", (PairKind.EXCLUSIVE,), (), if_confirmed.low, ended),
    ]
    if chosen and (ended or plan.runner_up is not None):
        second = 0 if plan.runner_up is None else plan.runner_up.low
        claims.append((" runner-up", STRICT, chosen, second, ended))
    for words, forbidden, not_all_of, low, proven in claims:
        started = perf_counter()
        model = _model(cp_model, case, forms, forbidden)
        if not_all_of:
            model.leave_one_out(not_all_of)
        found = model.solve(options.limit, options.workers)
        times[1].append(perf_counter() - started)
        yield _judged(case, found, low, proven=proven) + words


def _judged(
    case: Case, found: tuple[int, int, dict[int, str]] | None, low: int, *, proven: bool
) -> str:
    """Return whether a total and the solver's agree; the program's own word counts for a share."""
    if found is None:
        return "solver without answer"
    total, bound, owners = found
    worth = _worth(case, owners)
    wrong = low > bound or (proven and total > low)
    # Short of its end the solver may not have given a frame all that it pays.
    if wrong or worth < total or (worth != total and total == bound):
        print(
            f"{case.name}: UNEQUAL, plan {low}, solver {total} (at most {bound}),"
            f" whose share is worth {worth}: {owners}"
        )
        return "unequal"
    if total != bound:
        print(f"{case.name}: solver not finished, plan {low}, solver {total} (at most {bound})")
        return "solver not finished"
    return "equal" if total == low else "not best and not said to be"


def _eligible(case: Case) -> list[Entry]:
    situation = Situation(case.catalog, case.consultation.answers)
    entries = [case.catalog.entries[each] for each in case.among]
    return [
        each for each in entries if screen_entry(each, situation).verdict != Verdict.NOT_ELIGIBLE
    ]


def _model(
    cp_model: Any, case: Case, forms: Mapping[str, Any], forbidden: tuple[PairKind, ...]
) -> PlanModel:
    model = PlanModel(cp_model, case.consultation)
    for entry, each in forms.items():
        model.add_frame(case.catalog.entries[entry], each)
    model.add_rules(case.catalog, forbidden)
    return model


def _worth(case: Case, owners: Mapping[int, str]) -> int:
    shares: dict[str, list[Expense]] = {}
    for index, entry in owners.items():
        shares.setdefault(entry, []).append(case.consultation.expenses[index])
    answers = case.consultation.answers
    return sum(
        total_range(case.catalog, case.catalog.entries[each], answers, Costs(share)).low
        for each, share in shares.items()
    )


def _made_up_case(seed: int, expenses: int, frames: int) -> Case:
    catalog, consultation = random_case(seed, expenses, frames, categories=10)
    among = tuple(entry.id for entry in catalog.calculable)
    return Case(f"made-up {expenses} x {frames} seed {seed}", catalog, consultation, among)


_real: list[Catalog] = []


def _real_case(seed: int, expenses: int, frames: int) -> Case:
    """Return random frames of the real catalog; few answers, as they would exclude most frames."""
    if not _real:
        _real.append(load_catalog(ROOT / "data.sqlite"))
    catalog = _real[0]
    random = Random(f"{seed} {expenses} {frames}")  # noqa: S311 - no secret
    among = random.sample([entry.id for entry in catalog.calculable], frames)
    taken = sorted(
        {
            category
            for each in among
            for category in (
                *catalog.entries[each].base_categories,
                *catalog.entries[each].top_up_categories,
            )
        }
    )
    answered = random.choice((0.1, 0.2, 0.5))
    answers: dict[str, Any] = {
        question.id: _answer(random, question)
        for question in catalog.questions.values()
        if question.type in _ANSWERED and random.random() < answered
    }
    planned = tuple(_expense(random, taken) for _ in range(expenses))
    consultation = Consultation(answers=answers, expenses=planned)
    name = f"real {expenses} x {frames} seed {seed}"
    return Case(name, catalog, consultation, tuple(among))


_ANSWERED = {QuestionType.BOOLEAN, QuestionType.CHOICE, QuestionType.COUNT, QuestionType.YEN}


def _answer(random: Random, question: Question) -> Any:
    if question.type is QuestionType.BOOLEAN:
        return random.random() < 0.5
    if question.type is QuestionType.CHOICE:
        return random.choice(question.choices).value
    low = question.minimum or 0
    most = 40 if question.type is QuestionType.COUNT else 20_000_000
    return random.randint(low, max(low, min(most, question.maximum or most)))


def _expense(random: Random, categories: list[str]) -> Expense:
    """Return an expense that may reach the limits of the catalog, often no round amount."""
    amount = random.randint(5, 300 if random.random() < 0.6 else 3000) * 10_000
    if random.random() < 0.5:
        amount += random.randint(1, 9_999)
    year = 1 if random.random() < 0.7 else random.randint(2, 4)
    tax = random.choice(tuple(TaxMode))
    return Expense("", random.choice(categories), amount, tax, year=year)


_CASES = {"made-up": _made_up_case, "real": _real_case}


if __name__ == "__main__":
    sys.exit(main())
