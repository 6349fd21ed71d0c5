"""Evaluates condition trees over answers, with Kleene logic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.conditions import (
    AllOf,
    FixedLimit,
    Leaf,
    Not,
    Operator,
    TableLimit,
)
from models.values.questions import QuestionType
from models.values.results import Distance
from models.values.truth import Truth, negate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue, Condition, Limit
    from models.values.results import Reason

# Bound once: to look a member up in its class takes longer than most of what is done with it.
_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_HOLDS, _IS, _IS_NOT = Operator.HOLDS, Operator.IS, Operator.IS_NOT
_IN, _AT_LEAST, _ANSWERED = Operator.IN, Operator.AT_LEAST, Operator.ANSWERED


class Situation:
    """What is known: answers, perhaps computed figures, perhaps facts that are assumed.

    A missing or `None` value is unknown. `assumed_facts` override what a fact's condition says;
    they serve to try out both ends of something undecided.
    """

    __slots__ = ("_open", "_truths", "catalog", "explained", "known", "values")

    def __init__(
        self,
        catalog: Catalog,
        values: Mapping[str, AnswerValue | None],
        assumed_facts: Mapping[str, Truth] | None = None,
    ) -> None:
        self.catalog = catalog
        self.values = values
        self._truths: dict[str, Truth] = dict(assumed_facts) if assumed_facts else {}
        # Screening, explaining and asking look at the same trees again and again, and most
        # entries ask for the same facts.
        self.known: dict[int, Truth] = {}
        self.explained: dict[tuple[str, bool, bool], list[Reason]] = {}
        self._open: dict[str, dict[str, None]] = {}

    def fact(self, fact_id: str) -> Truth:
        """Return the truth of a fact; evaluated once per situation."""
        truth = self._truths.get(fact_id)
        if truth is None:
            truth = evaluate(self.catalog.facts[fact_id].condition, self)
            self._truths[fact_id] = truth
        return truth

    def open_questions_of(self, fact_id: str) -> dict[str, None]:
        """Return the unanswered questions that can still change a fact; found once."""
        found = self._open.get(fact_id)
        if found is None:
            found = open_questions(self.catalog.facts[fact_id].condition, self)
            self._open[fact_id] = found
        return found


def evaluate(condition: Condition, situation: Situation) -> Truth:
    """Return the Kleene truth of a condition; a situation remembers it by the tree's identity."""
    known = situation.known
    key = id(condition)
    truth = known.get(key)
    if truth is None:
        if isinstance(condition, Leaf):
            truth = _leaf(condition, situation)
        elif isinstance(condition, Not):
            truth = negate(evaluate(condition.part, situation))
        elif isinstance(condition, AllOf):
            truth = _settled(condition.parts, _NO, _YES, situation)
        else:
            truth = _settled(condition.parts, _YES, _NO, situation)
        known[key] = truth
    return truth


def _settled(
    parts: tuple[Condition, ...], settling: Truth, answer: Truth, situation: Situation
) -> Truth:
    """Return `settling` as soon as one part is so, else unknown if one is, else `answer`."""
    for part in parts:
        truth = evaluate(part, situation)
        if truth is settling:
            return settling
        if truth is _UNKNOWN:
            answer = truth
    return answer


def limits_of(limit: Limit, situation: Situation) -> tuple[int, ...]:
    """Return every threshold that the limit may mean; none while its key is not answered.

    Several stand for a bare industry class that the law splits: they settle a comparison only
    where all of them agree.
    """
    if isinstance(limit, FixedLimit):
        return (limit.value,)
    if isinstance(limit, TableLimit):
        key = situation.values.get(limit.key_question)
        if key is None:
            return ()
        catalog = situation.catalog
        table = catalog.tables[limit.table].rows
        if catalog.questions[limit.key_question].type is QuestionType.INDUSTRY:
            rows = catalog.industries[str(key)].rows
        else:
            rows = (str(key),)
        return tuple(table[row][limit.column] for row in rows)
    base = situation.values.get(limit.question)
    if base is None:
        return ()
    return (-int(-(int(base) - limit.minus) * limit.share // 1),)


def _leaf(leaf: Leaf, situation: Situation) -> Truth:
    operator = leaf.operator
    if operator is _HOLDS:
        return situation.fact(leaf.subject)
    value = situation.values.get(leaf.subject)
    if value is None:
        return _UNKNOWN
    if leaf.limit is None:
        return _YES if _is_member(operator, value, leaf) else _NO
    limits = limits_of(leaf.limit, situation)
    if not limits:
        return _UNKNOWN
    within = [_compares(operator, int(value), limit) for limit in limits]
    if all(within):
        return _YES
    return _UNKNOWN if any(within) else _NO


def _same(value: AnswerValue, other: AnswerValue) -> bool:
    # True == 1 in Python, but はい is not the number one.
    return value == other and isinstance(value, bool) is isinstance(other, bool)


def _is_member(operator: Operator, value: AnswerValue, leaf: Leaf) -> bool:
    if operator is _IS:
        return _same(value, leaf.values[0])
    if operator is _IS_NOT:
        return not _same(value, leaf.values[0])
    if operator is _ANSWERED:
        return True
    listed = any(_same(value, other) for other in leaf.values)
    return listed if operator is _IN else not listed


def _compares(operator: Operator, value: int, limit: int) -> bool:
    return value >= limit if operator is _AT_LEAST else value <= limit


def distance_of(leaf: Leaf, situation: Situation) -> Distance | None:
    """Return how far an answer is from the threshold of a leaf that compares numbers.

    Among several possible thresholds it is the one nearest to the answer.
    """
    value = situation.values.get(leaf.subject)
    if leaf.limit is None or value is None:
        return None
    limits = limits_of(leaf.limit, situation)
    if not limits:
        return None
    nearest = max(limits) if leaf.operator is Operator.AT_MOST else min(limits)
    return Distance(int(value), nearest, leaf.unit)


def missing_questions(leaf: Leaf, situation: Situation) -> tuple[str, ...]:
    """Return the questions whose answer (or finer answer) would settle an unknown leaf."""
    limit = leaf.limit
    unanswered = situation.values.get(leaf.subject) is None
    if limit is None:
        return (leaf.subject,) if unanswered else ()
    missing = [leaf.subject] if unanswered else []
    if isinstance(limit, TableLimit):
        # Also when it is answered: a bare class of several rows needs a finer answer.
        if missing == [] or situation.values.get(limit.key_question) is None:
            missing.append(limit.key_question)
    elif not isinstance(limit, FixedLimit) and not limits_of(limit, situation):
        missing.append(limit.question)
    return tuple(missing)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves of a condition, facts not opened, in reading order."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        for part in condition.parts:
            yield from leaves(part)


def live_unknown_leaves(condition: Condition, situation: Situation) -> Iterator[Leaf]:
    """Yield the unknown leaves that can still change the condition, facts not opened."""
    if evaluate(condition, situation) is not _UNKNOWN:
        return
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Not):
        yield from live_unknown_leaves(condition.part, situation)
    else:
        for part in condition.parts:
            yield from live_unknown_leaves(part, situation)


def open_questions(condition: Condition, situation: Situation) -> dict[str, None]:
    """Return the unanswered questions that can still change the condition, in reading order."""
    found: dict[str, None] = {}
    if evaluate(condition, situation) is _UNKNOWN:
        _collect_open(condition, situation, found)
    return found


def _collect_open(condition: Condition, situation: Situation, found: dict[str, None]) -> None:
    """Add the open questions of an unknown condition."""
    if isinstance(condition, Leaf):
        if condition.operator is _HOLDS:
            found.update(situation.open_questions_of(condition.subject))
        elif condition.limit is None:
            found[condition.subject] = None
        else:
            for question in missing_questions(condition, situation):
                found[question] = None
        return
    for part in (condition.part,) if isinstance(condition, Not) else condition.parts:
        if evaluate(part, situation) is _UNKNOWN:
            _collect_open(part, situation, found)
