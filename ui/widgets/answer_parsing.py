"""Turns typed text into an answer, or says in Japanese why it cannot be one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from models.values.answer_check import answer_problem
from models.values.money import man_text
from models.values.money_input import Refused, parse_yen
from models.values.questions import QuestionType
from models.values.text import replace_radicals

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.questions import Question

CORPORATE_NUMBER_SIGNS = str.maketrans("", "", "-−－ 　")


def parse_answer(question: Question, text: str, catalog: Catalog) -> AnswerValue | Refused | None:
    """Return the typed answer, `None` for an empty field."""
    value = _typed(question, text)
    if value is None or isinstance(value, Refused):
        return value
    problem = answer_problem(question, value, catalog.industries)
    return Refused(problem) if problem else value


def _typed(question: Question, text: str) -> AnswerValue | Refused | None:
    stripped = text.strip()
    if not stripped:
        return None
    if question.type is QuestionType.YEN:
        return parse_yen(stripped)
    if question.type is QuestionType.COUNT:
        return _count(question, stripped)
    if question.type is QuestionType.CORPORATE_NUMBER:
        return unicodedata.normalize("NFKC", stripped).translate(CORPORATE_NUMBER_SIGNS)
    return replace_radicals(stripped)


def _count(question: Question, text: str) -> int | Refused:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if question.unit:
        plain = plain.removesuffix(question.unit)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    return Refused(f"「{text}」は数として読めません。18 のように数字で書いてください。")


def shown_answer(question: Question, value: AnswerValue | None) -> str:
    """Return a stored answer as it stands in its field."""
    if value is None:
        return ""
    if question.type in {QuestionType.YEN, QuestionType.COUNT}:
        return f"{value:,}"
    return str(value)


def amount_in_words(question: Question, value: AnswerValue | None) -> str:
    """Return yen in 万円, to check what was typed; empty for other answers."""
    if question.type is QuestionType.YEN and isinstance(value, int):
        return man_text(value)
    return ""
