"""Changes to the scenarios of a consultation, as changed copies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.judgement.completions import questions_of, questions_used
from models.judgement.evaluation import Situation, evaluate
from models.planning.best_combination import pair_relations
from models.values.catalog import PairKind
from models.values.consultation import MAX_YEN
from models.values.questions import AnswerRole, QuestionType
from models.values.truth import Truth

if TYPE_CHECKING:
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue
    from models.values.consultation import Consultation, Expense, Scenario
    from models.values.questions import Question
    from models.values.ways import Ways

MOST_SCENARIOS = 4
_NEW_NAME = "案"
_COPIED = "の写し"
_WHOLE = 100


def questions_that_matter(
    catalog: Catalog, own: Consultation, scenario: Scenario
) -> tuple[Question, ...]:
    """Return the questions on which verdict or amount of the scenario's frames can hang.

    A question that nobody would be asked in the scenario is left out, unless it varies there. What
    only says who the client is comes last.
    """
    situation = Situation(catalog, own.under(scenario).answers)
    wanted: set[str] = set()
    for frame in scenario.frames:
        wanted |= _asked_by(catalog, catalog.entries[frame])
    asked = [
        question
        for question in catalog.questions.values()
        if question.id in wanted
        and question.type is not QuestionType.TEXT
        and (question.id in scenario.answers or _is_asked(question, situation))
    ]
    return tuple(sorted(asked, key=lambda question: catalog.topics[question.topic].profile))


def _is_asked(question: Question, situation: Situation) -> bool:
    return question.ask_when is None or evaluate(question.ask_when, situation) is not Truth.NO


def _asked_by(catalog: Catalog, entry: Entry) -> set[str]:
    conditions = [*entry.soft, *([] if entry.hard is None else [entry.hard])]
    wanted = {question for each in conditions for question in questions_of(catalog, each)}
    if entry.calculation is not None:
        wanted |= questions_used(catalog, entry.calculation)
        tax = catalog.question_for(AnswerRole.CONSUMPTION_TAX)
        if tax is not None:
            wanted.add(tax.id)
    return wanted


def with_frame(
    catalog: Catalog, scenario: Scenario, frame: str
) -> tuple[Scenario, tuple[str, ...]]:
    """Return the scenario with one more frame, and the frames that had to leave for it.

    Frames that the source makes an either-or are never in one scenario.
    """
    relations = pair_relations(catalog)
    leaving = tuple(
        each for each in scenario.frames if relations.get((each, frame)) is PairKind.EXCLUSIVE
    )
    staying = tuple(each for each in scenario.frames if each not in {*leaving, frame})
    return replace(scenario, frames=(*staying, frame)), leaving


def without_frame(scenario: Scenario, frame: str) -> Scenario:
    """Return the scenario without a frame; the last one stays."""
    frames = tuple(each for each in scenario.frames if each != frame)
    return replace(scenario, frames=frames) if frames else scenario


def with_answer(
    own: Consultation, scenario: Scenario, question: str, value: AnswerValue | None
) -> Scenario:
    """Return the scenario with an answer; one that the client gave is no variation."""
    if question in own.answers and _is_same(own.answers[question], value):
        return without_answer(scenario, question)
    return replace(scenario, answers={**scenario.answers, question: value})


def without_answer(scenario: Scenario, question: str) -> Scenario:
    """Return the scenario in which the client's own answer holds again."""
    answers = {key: value for key, value in scenario.answers.items() if key != question}
    return replace(scenario, answers=answers)


def with_expenses(own: Consultation, scenario: Scenario, expenses: tuple[Expense, ...]) -> Scenario:
    """Return the scenario with other expenses; the same as planned are no variation."""
    return replace(scenario, expenses=None if expenses == own.expenses else expenses)


def varied_expense(expense: Expense, percent: int) -> Expense:
    """Return the expense so many percent dearer or cheaper, rounded down to the yen.

    No amount grows beyond what a case can hold.
    """
    amount = expense.amount * (_WHOLE + percent) // _WHOLE
    return replace(expense, amount=min(amount, MAX_YEN))


def with_scenario(own: Consultation, place: int, scenario: Scenario) -> Consultation:
    """Return the consultation with another scenario at a place."""
    scenarios = list(own.scenarios)
    scenarios[place] = scenario
    return replace(own, scenarios=tuple(scenarios))


def without_scenario(own: Consultation, place: int) -> Consultation:
    """Return the consultation without the scenario at a place."""
    return replace(own, scenarios=own.scenarios[:place] + own.scenarios[place + 1 :])


def with_copy(own: Consultation, place: int) -> Consultation:
    """Return the consultation with a scenario once more, right behind itself."""
    original = own.scenarios[place]
    base = f"{original.name or _free_name(own)}{_COPIED}"
    copy = replace(original, name=_told_apart(own, base))
    return replace(own, scenarios=(*own.scenarios[: place + 1], copy, *own.scenarios[place + 1 :]))


def moved(own: Consultation, place: int, step: int) -> Consultation:
    """Return the consultation with a scenario further left (-1) or right (1), if it can go."""
    target = place + step
    if not 0 <= target < len(own.scenarios):
        return own
    scenarios = list(own.scenarios)
    scenarios[place], scenarios[target] = scenarios[target], scenarios[place]
    return replace(own, scenarios=tuple(scenarios))


def with_new_scenario(own: Consultation, scenario: Scenario, beside: Ways | None) -> Consultation:
    """Return the consultation with a new scenario at the end, under a name of its own.

    Where the advisor has made none yet, the ways that were compared so far stay beside it as
    scenarios, so that nothing disappears; those that are ruled out are left behind.
    """
    kept = own.scenarios
    if not kept and beside is not None:
        ways = [way for way in beside.ways if not way.is_ruled_out]
        kept = tuple(way.scenario for way in ways)[: MOST_SCENARIOS - 1]
    started = replace(own, scenarios=kept)
    return replace(own, scenarios=(*kept, replace(scenario, name=_free_name(started))))


def _free_name(own: Consultation) -> str:
    names = {scenario.name for scenario in own.scenarios}
    numbers = (number for number in range(1, len(names) + 2))
    return next(
        name for name in (f"{_NEW_NAME}{number}" for number in numbers) if name not in names
    )


def _told_apart(own: Consultation, wanted: str) -> str:
    names = {scenario.name for scenario in own.scenarios}
    name, number = wanted, 1
    while name in names:
        number += 1
        name = f"{wanted}{number}"
    return name


def _is_same(one: AnswerValue | None, other: AnswerValue | None) -> bool:
    return one == other and type(one) is type(other)
