"""What a scenario changes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.cash_plan import paid_in_all
from models.planning.expense_match import matched
from models.values.money import man_text, yen_text
from models.values.questions import QuestionType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.consultation import Consultation, Expense, Scenario
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
        paid = paid_in_all(expenses)
        more = more_or_less(paid - paid_in_all(own.expenses))
        aside = f"（いまの計画より{more}）" if more else ""
        words.append(f"経費が{len(expenses)}件・税込{man_text(paid)}{aside}")
    return f"{'、'.join(words)}の場合" if words else ""


def more_or_less(difference: int) -> str:
    """Return a difference in yen as people say it, "" for none."""
    if not difference:
        return ""
    return f"{man_text(abs(difference))}{'多い' if difference > 0 else '少ない'}"


def expense_changes(own: Sequence[Expense], varied: Sequence[Expense]) -> tuple[str, ...]:
    """Return what other expenses change, line by line, in yen as really paid (税込)."""
    places = matched(own, varied)
    told: list[str] = []
    for place, expense in enumerate(varied):
        if place not in places:
            told.append(f"＋ {_named(expense)} {yen_text(expense.paid)}")
            continue
        found = own[places[place]]
        if found.paid != expense.paid:
            sign = "＋" if expense.paid > found.paid else "－"
            change = f"{sign}{yen_text(abs(expense.paid - found.paid))}"
            told.append(
                f"{_named(expense)} {yen_text(found.paid)} → {yen_text(expense.paid)}（{change}）"
            )
        elif found != expense:
            told.append(f"{_named(expense)} 額のほかが変わります")
    left = (each for place, each in enumerate(own) if place not in places.values())
    told += [f"－ {_named(expense)} {yen_text(expense.paid)}" for expense in left]
    return tuple(told)


def _named(expense: Expense) -> str:
    return expense.label or "（内容なし）"
