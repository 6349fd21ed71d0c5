"""Whether a value can be the answer to a question; the case file and the window ask the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.consultation import MAX_YEN
from models.values.corporate_number import corporate_number_problem
from models.values.questions import QuestionType
from models.values.strict_json import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.values.questions import Industry, Question

MAX_COUNT = 10**9
MAX_LINE = 200
FEW_CHOICES = 12
INDUSTRY_ALLOWED = "日本標準産業分類の番号を 「76」 のように文字列で書いてください。"


def answer_problem(question: Question, value: object, industries: Mapping[str, Industry]) -> str:
    """Return what is wrong with an answer in Japanese, "" when it can stand.

    `None` is no answer and is not asked about here. A bool is not a number.
    """
    match question.type:
        case QuestionType.BOOLEAN:
            reason = "" if isinstance(value, bool) else "true か false で書いてください。"
        case QuestionType.COUNT:
            reason = _number_problem(question, value, MAX_COUNT)
        case QuestionType.YEN:
            reason = _number_problem(question, value, MAX_YEN)
        case QuestionType.CHOICE:
            reason = _choice_problem(question, value)
        case QuestionType.INDUSTRY:
            known = isinstance(value, str) and value in industries
            reason = "" if known else INDUSTRY_ALLOWED
        case QuestionType.CORPORATE_NUMBER:
            reason = corporate_number_problem(value)
        case QuestionType.TEXT:
            reason = line_problem(value)
    return reason


def line_problem(value: object) -> str:
    """Return what is wrong with one line of text in Japanese, "" when it can stand."""
    if not isinstance(value, str):
        return "文字列で書いてください。"
    if len(value) > MAX_LINE:
        return f"{MAX_LINE}文字までにしてください（いま{len(value):,}文字）。"
    if UNPRINTABLE.search(value):
        return "改行や制御文字は使えません。"
    return ""


def _number_problem(question: Question, value: object, default_maximum: int) -> str:
    low = 0 if question.minimum is None else question.minimum
    high = default_maximum if question.maximum is None else question.maximum
    unit = "円" if question.type is QuestionType.YEN else question.unit
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return ""
    return f"{low:,}{unit}から{high:,}{unit}までの整数で書いてください。"


def _choice_problem(question: Question, value: object) -> str:
    values = [choice.value for choice in question.choices]
    if isinstance(value, str) and value in values:
        return ""
    named = "、".join(f"「{text}」" for text in values[:FEW_CHOICES])
    if len(values) > FEW_CHOICES:
        return f"{named}など{len(values)}通りのどれかで書いてください。"
    return f"{named}のどれかで書いてください。"
