"""Everything that an amount could still mean: readings of the text and unanswered questions.

An amount is computed once for each completion; the lowest and the highest are its range.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from models.judgement.evaluation import Situation, leaves, live_unknown_leaves, open_questions
from models.values import calculation as calc
from models.values.conditions import AnswerLimit, FixedLimit, Operator, TableLimit
from models.values.questions import AnswerRole, QuestionType
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue, Condition, Leaf
    from models.values.questions import Question

Settings = tuple[object, ...]
"""One value for each undecided thing, in the order of `Undecided`."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """One thing that is not known: what it may be, and which questions would settle it.

    `kind` is question, fact, reading or tax; `id` the question, fact or note behind it.
    """

    kind: str
    id: str
    options: tuple[object, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """One way in which everything undecided could turn out."""

    settings: Settings
    situation: Situation
    chosen: dict[str, int]
    tax_in: bool


def steps_of(calculation: calc.Calculation) -> Iterator[calc.Step]:
    """Yield every step of a calculation, nested ones too."""
    stack: list[calc.Step] = [*reversed((*calculation.base, *calculation.top_up))]
    while stack:
        step = stack.pop()
        yield step
        if isinstance(step, calc.EachYear):
            stack.extend(reversed(step.steps))
        elif isinstance(step, calc.Readings):
            for reading in reversed(step.alternatives):
                stack.extend(reversed(reading.steps))


def _conditions_of(step: calc.Step) -> Iterator[Condition]:
    if isinstance(step, calc.Pool | calc.ZeroWhen):
        if step.when is not None:
            yield step.when
    elif isinstance(step, calc.Rate | calc.Cap):
        yield from (case.when for case in step.cases if case.when is not None)
    elif isinstance(step, calc.Readings):
        yield from (each.when for each in step.alternatives if each.when is not None)


def _numbers_of(step: calc.Step) -> Iterator[str]:
    if isinstance(step, calc.CapPer | calc.MinusAnswer):
        yield step.question
    elif isinstance(step, calc.CostCap):
        yield step.minus_question


def questions_used(catalog: Catalog, calculation: calc.Calculation) -> frozenset[str]:
    """Return every question that the calculation may look at, those behind its facts included.

    How the client pays consumption tax is left out: every calculation may look at that.
    """
    found: set[str] = set()
    for step in steps_of(calculation):
        found.update(_numbers_of(step))
        for condition in _conditions_of(step):
            found.update(questions_of(catalog, condition))
    return frozenset(found)


def questions_of(catalog: Catalog, condition: Condition) -> set[str]:
    """Return every question that a condition looks at, those behind its facts included."""
    found: set[str] = set()
    for leaf in leaves(condition):
        if leaf.operator is Operator.HOLDS:
            found |= questions_of(catalog, catalog.facts[leaf.subject].condition)
            continue
        found.add(leaf.subject)
        if isinstance(leaf.limit, TableLimit):
            found.add(leaf.limit.key_question)
        elif isinstance(leaf.limit, AnswerLimit):
            found.add(leaf.limit.question)
    return found


def find_undecided(
    catalog: Catalog, calculation: calc.Calculation, answers: Mapping[str, AnswerValue | None]
) -> tuple[Undecided, ...]:
    """Return what the calculation uses and nobody knows yet."""
    situation = Situation(catalog, answers)
    found: dict[str, Undecided] = {}
    named: dict[str, list[AnswerValue]] = {}
    numbers: dict[str, None] = {}
    for step in steps_of(calculation):
        for condition in _conditions_of(step):
            for leaf in leaves(condition):
                named.setdefault(leaf.subject, []).extend(leaf.values)
                if isinstance(leaf.limit, FixedLimit):
                    named[leaf.subject].append(leaf.limit.value)
            for leaf in live_unknown_leaves(condition, situation):
                found.setdefault(leaf.subject, _of_leaf(leaf, situation))
        numbers.update(dict.fromkeys(_numbers_of(step)))
        if isinstance(step, calc.Readings):
            options = tuple(range(len(step.alternatives)))
            found.setdefault(step.note, Undecided("reading", step.note, options))
    for number in numbers:
        question = catalog.questions[number]
        if answers.get(number) is None and question.counts_as_when_unknown is None:
            found.setdefault(number, Undecided("question", number, (), (number,)))
    filled = [_with_options(each, catalog, named.get(each.id, [])) for each in found.values()]
    return (*filled, *_tax(catalog, answers))


def _of_leaf(leaf: Leaf, situation: Situation) -> Undecided:
    if leaf.operator is Operator.HOLDS:
        questions = open_questions(situation.catalog.facts[leaf.subject].condition, situation)
        return Undecided("fact", leaf.subject, (Truth.NO, Truth.YES), tuple(questions))
    return Undecided("question", leaf.subject, (), (leaf.subject,))


def _with_options(each: Undecided, catalog: Catalog, named: list[AnswerValue]) -> Undecided:
    if each.options:
        return each
    options = possible_answers(catalog.questions[each.id], named)
    return Undecided(each.kind, each.id, options, each.questions)


def possible_answers(question: Question, named: list[AnswerValue]) -> tuple[AnswerValue, ...]:
    """Return answers that stand for all that the question allows.

    `named` are the answers that conditions name. The choices that none names are alike: one stands
    for them. For numbers: both bounds and the values around every threshold. Amounts are monotone
    between these, so nothing lower or higher lies in between.
    """
    if question.type is QuestionType.BOOLEAN:
        return (False, True)
    if question.type is QuestionType.CHOICE:
        others = [choice.value for choice in question.choices if choice.value not in named]
        return (
            *(choice.value for choice in question.choices if choice.value in named),
            *others[:1],
        )
    low = 0 if question.minimum is None else question.minimum
    high = low if question.maximum is None else question.maximum
    near = {n for t in named if type(t) is int for n in (t - 1, t, t + 1)}
    return tuple(sorted({low, high} | {n for n in near if low <= n <= high}))


def _tax(catalog: Catalog, answers: Mapping[str, AnswerValue | None]) -> tuple[Undecided, ...]:
    """Return whether consumption tax may count in: only with some answers, or while unanswered.

    The low end never counts it in (contract of the catalog: eligible costs are net of tax).
    """
    question = catalog.question_for(AnswerRole.CONSUMPTION_TAX)
    if question is None:
        return ()
    answer = answers.get(question.id)
    if answer is None:
        return (Undecided("tax", question.id, (False, True), (question.id,)),)
    if any(choice.tax_in for choice in question.choices if choice.value == answer):
        return (Undecided("tax", question.id, (False, True)),)
    return ()


def completions(
    catalog: Catalog,
    answers: Mapping[str, AnswerValue | None],
    undecided: tuple[Undecided, ...],
) -> Iterator[Completion]:
    """Yield every combination of what is undecided."""
    for settings in product(*(each.options for each in undecided)):
        values = dict(answers)
        facts: dict[str, Truth] = {}
        chosen: dict[str, int] = {}
        tax_in = False
        for each, setting in zip(undecided, settings, strict=True):
            if each.kind == "question":
                values[each.id] = setting  # pyright: ignore[reportArgumentType]
            elif isinstance(setting, Truth):
                facts[each.id] = setting
            elif each.kind == "tax":
                tax_in = bool(setting)
            elif isinstance(setting, int):
                chosen[each.id] = setting
        yield Completion(settings, Situation(catalog, values, facts), chosen, tax_in)


def decisive(undecided: tuple[Undecided, ...], outcomes: Mapping[Settings, object]) -> list[int]:
    """Return the indices of what really makes a difference to some outcome."""
    indices: list[int] = []
    for index in range(len(undecided)):
        seen: dict[Settings, object] = {}
        for settings, outcome in outcomes.items():
            others = settings[:index] + settings[index + 1 :]
            if seen.setdefault(others, outcome) != outcome:
                indices.append(index)
                break
    return indices
