"""Explains a verdict by its minimal cause.

For no the failed leaves with their distances, for unknown the smallest open set, for yes
all leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.evaluation import distance_of, evaluate, missing_questions
from models.values.conditions import AllOf, Leaf, Not, Operator
from models.values.results import Reason
from models.values.truth import Truth, negate

if TYPE_CHECKING:
    from models.judgement.evaluation import Situation
    from models.values.conditions import Condition


def reasons_for(condition: Condition, situation: Situation, *, hard: bool) -> tuple[Reason, ...]:
    """Return the leaves that decide the condition's truth now, in reading order."""
    truth = evaluate(condition, situation)
    return tuple(_reasons(condition, truth, situation, hard=hard, negated=False))


def _reasons(
    condition: Condition, truth: Truth, situation: Situation, *, hard: bool, negated: bool
) -> list[Reason]:
    """Return the leaves that make the condition what it is; `truth` is its truth."""
    if isinstance(condition, Leaf):
        return _leaf_reasons(condition, truth, situation, hard=hard, negated=negated)
    if isinstance(condition, Not):
        inner = negate(truth)
        return _reasons(condition.part, inner, situation, hard=hard, negated=not negated)
    explained = [
        _reasons(part, truth, situation, hard=hard, negated=negated)
        for part in condition.parts
        if evaluate(part, situation) is truth
    ]
    # One alternative is enough to bring about yes, and the shortest one is what to ask for next.
    if not isinstance(condition, AllOf) and truth is not Truth.NO:
        return min(explained, key=len)
    return [reason for reasons in explained for reason in reasons]


def _leaf_reasons(
    leaf: Leaf, truth: Truth, situation: Situation, *, hard: bool, negated: bool
) -> list[Reason]:
    if leaf.operator is Operator.HOLDS and truth is not Truth.YES:
        inner = _fact_reasons(leaf.subject, truth, situation, hard=hard, negated=negated)
        return [_with_source_of(leaf, reason) for reason in inner]
    missing = missing_questions(leaf, situation) if truth is Truth.UNKNOWN else ()
    return [
        Reason(
            leaf.id,
            leaf.sentence,
            negate(truth) if negated else truth,
            missing[0] if missing else leaf.subject,
            situation.values.get(leaf.subject),
            distance_of(leaf, situation) if truth is Truth.NO else None,
            leaf.source,
            hard,
        )
    ]


def _fact_reasons(
    fact_id: str, truth: Truth, situation: Situation, *, hard: bool, negated: bool
) -> list[Reason]:
    """Return the leaves that decide a fact; found once per situation."""
    key = (fact_id, hard, negated)
    reasons = situation.explained.get(key)
    if reasons is None:
        condition = situation.catalog.facts[fact_id].condition
        reasons = _reasons(condition, truth, situation, hard=hard, negated=negated)
        situation.explained[key] = reasons
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
