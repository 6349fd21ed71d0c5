"""A consultation without what tells whose it is: for questions to colleagues and for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.values.consultation import Consultation
from models.values.questions import QuestionType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.consultation import Expense, Scenario

TELLING_TYPES = (QuestionType.TEXT, QuestionType.CORPORATE_NUMBER)


def anonymous(consultation: Consultation, catalog: Catalog) -> Consultation:
    """Return what judging and calculating need, and nothing that names a person or a firm.

    Answers in free words and corporate numbers go, answers to retired questions too (nobody knows
    any more what they told); labels of expenses and of other money become numbers. Figures and
    choices stay.
    """
    return Consultation(
        consulted_on=consultation.consulted_on,
        answers=_without_words(consultation.answers, catalog),
        expenses=_numbered(consultation.expenses),
        scenarios=tuple(
            _unnamed(scenario, number, catalog)
            for number, scenario in enumerate(consultation.scenarios, start=1)
        ),
        cash=replace(
            consultation.cash,
            other_money=tuple(
                replace(money, label=f"お金{number}")
                for number, money in enumerate(consultation.cash.other_money, start=1)
            ),
        ),
    )


def _without_words(
    answers: Mapping[str, AnswerValue | None], catalog: Catalog
) -> dict[str, AnswerValue | None]:
    return {
        question: value
        for question, value in answers.items()
        if question in catalog.questions and catalog.questions[question].type not in TELLING_TYPES
    }


def _numbered(expenses: tuple[Expense, ...]) -> tuple[Expense, ...]:
    return tuple(
        replace(expense, label=f"経費{number}") for number, expense in enumerate(expenses, start=1)
    )


def _unnamed(scenario: Scenario, number: int, catalog: Catalog) -> Scenario:
    return replace(
        scenario,
        name=None if scenario.name is None else f"案{number}",
        answers=_without_words(scenario.answers, catalog),
        expenses=None if scenario.expenses is None else _numbered(scenario.expenses),
    )
