"""Conditions: one subject, one operator that fits it, values that can be answered, a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.checks.ids import unknown_reason
from models.catalog_build.codes import AMOUNT_SUBJECTS, COST_SUBJECT
from models.catalog_build.schema_base import parts_of
from models.catalog_build.schema_conditions import (
    AnswerLimitYaml,
    LeafYaml,
    NotYaml,
    TableLimitYaml,
)
from models.catalog_build.walk import all_items, parts_of_type
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build import schema
    from models.catalog_build.draft import Draft

_SAME = frozenset({"is", "is_not"})
_AMONG = frozenset({"is", "is_not", "in", "not_in"})
_NUMBERS = frozenset({"at_least", "at_most", *_AMONG})
_OPERATORS: dict[str, frozenset[str]] = {
    "boolean": _SAME,
    "choice": _AMONG,
    "industry": _AMONG,
    "count": _NUMBERS,
    "yen": _NUMBERS,
    "text": frozenset(),
    "corporate_number": frozenset(),
}
_NUMERIC = ("count", "yen")


def check_conditions(draft: Draft) -> Iterator[Problem]:
    """Find leaves that could not be judged or explained."""
    questions = {question.id: question for question in draft.questions}
    note_leaves = {
        id(leaf) for note in draft.notes for leaf in parts_of_type(note.yaml.when, LeafYaml)
    }
    for item, _ in all_items(draft):
        for leaf in parts_of_type(item, LeafYaml):
            in_note = id(leaf) in note_leaves
            yield from _check_shape(leaf, in_note=in_note)
            yield from _check_subject(draft, leaf)
            if leaf.question in questions:
                yield from _check_operator(draft, leaf, questions[leaf.question])
            yield from _check_answer_limit(draft, leaf, questions)
        yield from _check_double_not(item)


def check_hard_sources(draft: Draft) -> Iterator[Problem]:
    """Find hard conditions that do not say where the source states them."""
    for item in draft.entries:
        for leaf in parts_of_type(item.yaml.conditions.hard, LeafYaml):
            if leaf.source is None:
                reason = "hardの条件には出典（source）が要ります。"
                yield leaf.problem(reason, Severity.IMPORTANT)


def _check_shape(leaf: LeafYaml, *, in_note: bool) -> Iterator[Problem]:
    subjects = [name for name in ("question", "fact", "computed") if getattr(leaf, name)]
    if len(subjects) != 1:
        yield leaf.problem("question、fact、computed はどれか一つだけです。", Severity.CRITICAL)
    operators = leaf.operators
    if leaf.fact is not None:
        if operators:
            reason = "factには演算子を付けません。逆は {not: {fact: …}} と書きます。"
            yield leaf.problem(reason, Severity.CRITICAL, operators[0])
    elif len(operators) != 1:
        reason = "is、is_not、in、not_in、answered、at_least、at_most のどれか一つだけ書きます。"
        yield leaf.problem(reason, Severity.CRITICAL)
    if leaf.answered is False:
        reason = "answeredはtrueだけです。逆は not で囲みます。"
        yield leaf.problem(reason, Severity.CRITICAL, "answered")
    if leaf.computed is not None and not in_note:
        reason = "computedは注（notes）のwhenでだけ使えます。"
        yield leaf.problem(reason, Severity.CRITICAL, "computed")
    if not leaf.sentence and leaf.fact is None and leaf.computed is None:
        yield leaf.problem("何を求める条件かの文（sentence）がありません。", Severity.CRITICAL)


def _check_subject(draft: Draft, leaf: LeafYaml) -> Iterator[Problem]:
    if leaf.question is not None and not draft.knows("questions", leaf.question):
        reason = unknown_reason("questions", leaf.question)
        yield leaf.problem(reason, Severity.CRITICAL, "question")
    if leaf.fact is not None and not draft.knows("facts", leaf.fact):
        yield leaf.problem(unknown_reason("facts", leaf.fact), Severity.CRITICAL, "fact")
    if leaf.computed is None:
        return
    category = leaf.computed.removeprefix(COST_SUBJECT)
    if leaf.computed.startswith(COST_SUBJECT):
        if not draft.knows("categories", category):
            reason = unknown_reason("categories", category)
            yield leaf.problem(reason, Severity.CRITICAL, "computed")
    elif leaf.computed not in AMOUNT_SUBJECTS:
        reason = f"computedは {COST_SUBJECT}経費区分、{'、'.join(AMOUNT_SUBJECTS)} のどれかです。"
        yield leaf.problem(reason, Severity.CRITICAL, "computed")
    if set(leaf.operators) - _NUMBERS or not isinstance(leaf.limit, int | None):
        yield leaf.problem("computedは整数とだけ比べられます。", Severity.CRITICAL)


def _check_operator(
    draft: Draft, leaf: LeafYaml, question: schema.QuestionYaml
) -> Iterator[Problem]:
    for name in leaf.operators:
        if name != "answered" and name not in _OPERATORS[question.type]:
            allowed = "、".join(["answered", *sorted(_OPERATORS[question.type])])
            reason = f"{question.type}の質問に {name} は使えません。{allowed} だけです。"
            yield leaf.problem(reason, Severity.CRITICAL, name)
            return
    for value in leaf.values:
        reason = unanswerable(draft, question, value)
        if reason:
            yield leaf.problem(reason, Severity.CRITICAL, *leaf.operators[:1])
    limit = leaf.limit
    if isinstance(limit, int) and not _within(question, limit):
        reason = f"{limit:,}は質問「{question.id}」の範囲の外です。"
        yield leaf.problem(reason, Severity.IMPORTANT, *leaf.operators[:1])
    if limit is not None and not leaf.unit and not question.unit and question.type == "count":
        yield leaf.problem("差を言うための単位（unit）がありません。", Severity.MINOR)


def unanswerable(draft: Draft, question: schema.QuestionYaml, value: bool | int | str) -> str:
    """Return why `value` can never be the answer to the question, "" when it can."""
    kind = question.type
    if kind == "boolean":
        return "" if isinstance(value, bool) else f"「{value}」ではなく true か false です。"
    if isinstance(value, bool):
        return f"「{str(value).lower()}」は{question.type}の答えになりません。"
    if kind in _NUMERIC:
        return _outside(question, value)
    if kind == "choice":
        values = [choice.value for choice in question.choices]
        reason = f"「{value}」は選択肢にありません。{'、'.join(values[:12])} のどれかです。"
        return "" if str(value) in values or not values else reason
    if kind == "industry" and not draft.knows("industries", str(value)):
        return f"業種「{value}」はありません。"
    return ""


def _outside(question: schema.QuestionYaml, value: int | str) -> str:
    if not isinstance(value, int):
        return f"「{value}」ではなく整数です。"
    return "" if _within(question, value) else f"{value:,}は質問の範囲の外です。"


def _within(question: schema.QuestionYaml, value: int) -> bool:
    low, high = question.minimum, question.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _check_answer_limit(
    draft: Draft, leaf: LeafYaml, questions: dict[str, schema.QuestionYaml]
) -> Iterator[Problem]:
    limit = leaf.limit
    if not isinstance(limit, AnswerLimitYaml):
        if isinstance(limit, TableLimitYaml) and leaf.question is None:
            yield leaf.problem("表の限度は質問にだけ使えます。", Severity.CRITICAL)
        return
    if not draft.knows("questions", limit.answer):
        reason = unknown_reason("questions", limit.answer)
        yield limit.problem(reason, Severity.CRITICAL, "answer")
    elif limit.answer in questions and questions[limit.answer].type not in _NUMERIC:
        reason = f"質問「{limit.answer}」は数の質問ではありません。"
        yield limit.problem(reason, Severity.CRITICAL, "answer")


def _check_double_not(item: object) -> Iterator[Problem]:
    for part in parts_of(item):
        if isinstance(part, NotYaml) and isinstance(part.not_, NotYaml):
            yield part.problem("notが二重です。外してください。", Severity.MINOR)
