"""Questions: what an answer may be is complete, and what-ifs are possible answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.checks.conditions import unanswerable
from models.catalog_build.checks.ids import unknown_reason
from models.catalog_build.codes import REASON_CODES
from models.catalog_build.schema_conditions import LeafYaml
from models.catalog_build.walk import parts_of_type
from models.values.problems import Problem, Severity
from models.values.questions import AnswerRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build import schema
    from models.catalog_build.draft import Draft

_NUMERIC = ("count", "yen")


def check_questions(draft: Draft) -> Iterator[Problem]:
    """Find questions whose answers are not bounded, listed or explained."""
    roles: dict[str, str] = {}
    for question in draft.questions:
        yield from _check_choices(question)
        yield from _check_bounds(question)
        yield from _check_unknown(question)
        if (
            question.role is not None
            and roles.setdefault(question.role, question.id) != question.id
        ):
            reason = f"役割「{question.role}」は質問「{roles[question.role]}」にもあります。"
            yield question.problem(reason, Severity.CRITICAL, "role")
        if any(leaf.question == question.id for leaf in parts_of_type(question.ask_when, LeafYaml)):
            reason = "ask_whenが自分自身を見ています。"
            yield question.problem(reason, Severity.CRITICAL, "ask_when")
    for role in AnswerRole:
        if draft.questions and role.value not in roles:
            first = draft.questions[0]
            reason = f"役割（role）「{role.value}」の質問がありません。シートの見出しに使います。"
            yield Problem(first.place.file, "questions", reason, Severity.MINOR)


def check_what_ifs(draft: Draft) -> Iterator[Problem]:
    """Find what-if answers of comparisons that nobody could give."""
    questions = {question.id: question for question in draft.questions}
    for item in draft.comparisons:
        for column in item.yaml.columns:
            if column.what_if and not column.what_if_text:
                reason = "もしもの列には what_if_text（もし、…なら）を書いてください。"
                yield column.problem(reason, Severity.IMPORTANT)
            for question_id, value in column.what_if.items():
                if not draft.knows("questions", question_id):
                    reason = unknown_reason("questions", question_id)
                elif question_id in questions:
                    reason = unanswerable(draft, questions[question_id], value)
                else:
                    reason = ""
                if reason:
                    yield column.problem(reason, Severity.CRITICAL, "what_if")


def _check_choices(question: schema.QuestionYaml) -> Iterator[Problem]:
    if question.type == "choice" and len(question.choices) < 2:  # noqa: PLR2004 (a choice of one is none)
        yield question.problem("選択肢（choices）を二つ以上書いてください。", Severity.CRITICAL)
    if question.type != "choice" and question.choices:
        reason = f"{question.type}の質問に選択肢は使えません。"
        yield question.problem(reason, Severity.CRITICAL, "choices")


def _check_bounds(question: schema.QuestionYaml) -> Iterator[Problem]:
    low, high = question.minimum, question.maximum
    if question.type not in _NUMERIC:
        if low is not None or high is not None:
            reason = f"{question.type}の質問に minimum と maximum は使えません。"
            yield question.problem(reason, Severity.CRITICAL, "minimum")
        return
    if low is None or high is None:
        reason = "数の質問には minimum と maximum が要ります（幅の計算に使います）。"
        yield question.problem(reason, Severity.IMPORTANT)
    elif low > high:
        yield question.problem("minimum が maximum を超えています。", Severity.CRITICAL, "minimum")
    if question.type == "count" and not question.unit:
        yield question.problem("単位（unit、人や社など）がありません。", Severity.IMPORTANT)


def _check_unknown(question: schema.QuestionYaml) -> Iterator[Problem]:
    if question.unknown_reason and question.unknown_reason not in REASON_CODES:
        allowed = "、".join(sorted(REASON_CODES))
        reason = f"理由コード「{question.unknown_reason}」はありません。{allowed} のどれかです。"
        yield question.problem(reason, Severity.CRITICAL, "unknown_reason")
    if question.counts_as_when_unknown is not None and question.type not in _NUMERIC:
        reason = "counts_as_when_unknown は数の質問だけのものです。"
        yield question.problem(reason, Severity.CRITICAL, "counts_as_when_unknown")
