"""Explains a verdict by its minimal cause.

For no the failed leaves with their distances, for unknown the smallest open set, for yes
all leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.judgement.evaluation import distance_of, evaluate, missing_questions
from models.values.conditions import AllOf, Leaf, Not, Operator
from models.values.results import Reason
from models.values.truth import Truth, negate

if TYPE_CHECKING:
    from models.judgement.evaluation import Situation
    from models.values.conditions import Condition

# Bound once: to look a member up in its class takes longer than most of what is done with it.
_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_HOLDS = Operator.HOLDS


def reasons_for(condition: Condition, situation: Situation, *, hard: bool) -> tuple[Reason, ...]:
    """Return the leaves that decide the condition's truth now, in reading order."""
    found: list[Reason] = []
    _explain(condition, evaluate(condition, situation), _Asked(situation, hard, False), found)
    return tuple(found)


class _Asked(NamedTuple):
    """What is explained: where, for which kind of condition, and whether inside a not."""

    situation: Situation
    hard: bool
    negated: bool


def _explain(condition: Condition, truth: Truth, asked: _Asked, found: list[Reason]) -> None:
    """Add the leaves that make the condition what it is; `truth` is its truth."""
    if isinstance(condition, Leaf):
        _explain_leaf(condition, truth, asked, found)
        return
    if isinstance(condition, Not):
        inside = asked._replace(negated=not asked.negated)
        _explain(condition.part, negate(truth), inside, found)
        return
    situation = asked.situation
    if isinstance(condition, AllOf) or truth is _NO:
        for part in condition.parts:
            if evaluate(part, situation) is truth:
                _explain(part, truth, asked, found)
        return
    # One alternative is enough to bring about yes, and the shortest one is what to ask for next.
    alternatives: list[list[Reason]] = []
    for part in condition.parts:
        if evaluate(part, situation) is truth:
            alternatives.append([])
            _explain(part, truth, asked, alternatives[-1])
    found.extend(min(alternatives, key=len))


def _explain_leaf(leaf: Leaf, truth: Truth, asked: _Asked, found: list[Reason]) -> None:
    situation = asked.situation
    if leaf.operator is _HOLDS and truth is not _YES:
        inner = _fact_reasons(leaf.subject, truth, asked)
        found.extend([_with_source_of(leaf, reason) for reason in inner])
        return
    question, distance = leaf.subject, None
    if leaf.limit is not None:
        if truth is _UNKNOWN:
            question = (*missing_questions(leaf, situation), question)[0]
        elif truth is _NO:
            distance = distance_of(leaf, situation)
    found.append(
        Reason(
            leaf.id,
            leaf.sentence,
            negate(truth) if asked.negated else truth,
            question,
            situation.values.get(leaf.subject),
            distance,
            leaf.source,
            asked.hard,
        )
    )


def _fact_reasons(fact_id: str, truth: Truth, asked: _Asked) -> list[Reason]:
    """Return the leaves that decide a fact; found once per situation."""
    key = (fact_id, asked.hard, asked.negated)
    reasons = asked.situation.explained.get(key)
    if reasons is None:
        reasons = asked.situation.explained[key] = []
        _explain(asked.situation.catalog.facts[fact_id].condition, truth, asked, reasons)
    return reasons


def _with_source_of(leaf: Leaf, reason: Reason) -> Reason:
    """Give a reason from inside a fact the source of the rule that asks for the fact."""
    if reason.source is not None:
        return reason
    return Reason(
        condition=reason.condition,
        sentence=reason.sentence,
        value=reason.value,
        question=reason.question,
        answer=reason.answer,
        distance=reason.distance,
        source=leaf.source,
        hard=reason.hard,
    )
