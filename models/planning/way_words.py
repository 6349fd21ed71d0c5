"""What a scenario changes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.cash_plan import paid_in_all
from models.values.money import man_text
from models.values.questions import QuestionType

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.consultation import Consultation, Scenario
    from models.values.questions import Question

_MOST_CHANGES = 3
"""So many changed answers are told of one way."""


def answer_words(catalog: Catalog, question: Question, value: AnswerValue | None) -> str:
    """Return an answer as people say it."""
    if value is None:
        return "まだ分からない"
    industry = catalog.industries.get(str(value))
    if question.type is QuestionType.INDUSTRY and industry is not None:
        return f"{industry.code} {industry.name}"
    return question.label_of(value)


def changes_of(catalog: Catalog, own: Consultation, scenario: Scenario) -> str:
    """Return in words what a scenario changes, "" where the client's own answers hold."""
    changed = [
        (catalog.questions[question], value)
        for question, value in scenario.answers.items()
        if own.answers.get(question) != value and question in catalog.questions
    ]
    words = [
        f"「{question.label}」が「{answer_words(catalog, question, value)}」"
        for question, value in changed[:_MOST_CHANGES]
    ]
    if len(changed) > _MOST_CHANGES:
        words.append(f"ほか{len(changed) - _MOST_CHANGES}つの答え")
    expenses = scenario.expenses
    if expenses is not None and expenses != own.expenses:
        paid = man_text(paid_in_all(expenses))
        words.append(f"経費が{len(expenses)}件・税込{paid}")
    return f"{'、'.join(words)}の場合" if words else ""
