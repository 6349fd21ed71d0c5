"""Answers, amounts and months in the words of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.money import man_text, yen_text
from models.values.questions import QuestionType

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.money import YenRange
    from models.values.questions import Question
    from models.values.results import Distance, Reason

LATER = "後で調べる"


def answer_words(question: Question, value: AnswerValue | None, catalog: Catalog) -> str:
    """Return an answer in short words."""
    if value is None:
        return LATER
    if question.type is QuestionType.INDUSTRY and value in catalog.industries:
        return catalog.industries[str(value)].name
    if question.type is QuestionType.YEN and isinstance(value, int):
        return man_text(value)
    return question.label_of(value)


def short_choice(words: str) -> str:
    """Return the words of a choice without what stands in brackets."""
    return words.partition("（")[0]


def range_text(amount: YenRange | None) -> str:
    """Return an amount for a table: `4,500,000円`, or a range over two lines."""
    if amount is None:
        return "―"
    if amount.is_certain:
        return yen_text(amount.low)
    return f"{amount.low:,}〜\n{yen_text(amount.high)}"


def range_words(amount: YenRange) -> str:
    """Return an amount for a sentence: `450万円` or `200万〜650万円`."""
    if amount.is_certain:
        return man_text(amount.low)
    return f"{man_text(amount.low).removesuffix('円')}〜{man_text(amount.high)}"


def distance_words(reason: Reason, catalog: Catalog) -> str:
    """Return how far an answer is from the threshold: `従業員 22人、上限 20人`."""
    if reason.distance is None:
        return ""
    question = catalog.questions.get(reason.question)
    label = "" if question is None else question.label
    side = "上限" if reason.distance.answer > reason.distance.limit else "下限"
    answer, limit = _counted(reason.distance)
    return f"{label} {answer}、{side} {limit}".strip()


def _counted(distance: Distance) -> tuple[str, str]:
    if distance.unit == "円":
        return man_text(distance.answer), man_text(distance.limit)
    return f"{distance.answer:,}{distance.unit}", f"{distance.limit:,}{distance.unit}"


def month_words(month: str | None) -> str:
    """Return `2021-09` as 2021年9月."""
    if not month:
        return ""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def day_words(day: str | None) -> str:
    """Return `2021-04-20` as 2021年4月20日."""
    if not day:
        return ""
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"
