"""Random consultations over the real catalog: answers of every type, gaps, expenses."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from models.values.cash import CashTerms, OtherMoney
from models.values.consultation import Expense, TaxMode
from models.values.questions import QuestionType

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.questions import Question

_UNUSED = {QuestionType.TEXT, QuestionType.CORPORATE_NUMBER}
_NUMBER_CEILING = 500_000_000


def answer_for(catalog: Catalog, question: Question) -> st.SearchStrategy[AnswerValue]:
    """Return answers that the question allows, near the thresholds more often."""
    if question.type is QuestionType.BOOLEAN:
        return st.booleans()
    if question.type is QuestionType.CHOICE:
        return st.sampled_from([choice.value for choice in question.choices])
    if question.type is QuestionType.INDUSTRY:
        return st.sampled_from(sorted(catalog.industries))
    low = question.minimum or 0
    high = min(_NUMBER_CEILING, question.maximum or _NUMBER_CEILING)
    thresholds = [
        value + delta
        for table in catalog.tables.values()
        for row in table.rows.values()
        for value in row.values()
        for delta in (-1, 0, 1)
        if low <= value + delta <= high
    ]
    near = st.sampled_from(thresholds) if thresholds else st.just(low)
    return st.one_of(st.integers(low, min(high, low + 40)), near, st.integers(low, high))


def answers(catalog: Catalog, *, gaps: bool = True) -> st.SearchStrategy[dict[str, AnswerValue]]:
    """Return answers to some (with `gaps`) or all questions that a rule may use."""
    asked = {
        question.id: answer_for(catalog, question)
        for question in catalog.questions.values()
        if question.type not in _UNUSED
    }
    if gaps:
        return st.fixed_dictionaries({}, optional=asked)
    return st.fixed_dictionaries(asked)


def expenses(
    catalog: Catalog, *, most: int = 6, categories: tuple[str, ...] | None = None
) -> st.SearchStrategy[tuple[Expense, ...]]:
    """Return planned expenses, amounts around the limits of the catalog more often."""
    amount = st.one_of(
        st.integers(0, 30_000_000),
        st.sampled_from([0, 1, 3, 999_999, 1_000_000, 3_000_000, 3_000_001, 9_000_000, 9_000_001]),
        st.integers(0, 3_000_000_000),
    )
    expense = st.builds(
        Expense,
        label=st.just("経費"),
        category=st.sampled_from(categories or tuple(catalog.categories)),
        amount=amount,
        tax=st.sampled_from(TaxMode),
        tax_rate_percent=st.sampled_from([8, 10]),
        year=st.integers(1, 5),
    )
    return st.lists(expense, max_size=most).map(tuple)


def cash_terms() -> st.SearchStrategy[CashTerms]:
    """Return what may be said about money, often nothing."""
    months = st.builds("{}-{:02}".format, st.integers(1900, 2199), st.integers(1, 12))
    yen = st.integers(0, 60_000_000)
    money = st.builds(OtherMoney, st.sampled_from(["定期預金", "借入"]), yen, st.none() | months)
    return st.builds(
        CashTerms,
        months_to_subsidy=st.just(6) | st.integers(1, 24),
        own_funds=st.none() | yen,
        other_money=st.lists(money, max_size=3).map(tuple),
        loan_rate_percent=st.none()
        | st.integers(0, 20_000).map(lambda thousandths: Fraction(thousandths, 1000)),
        loan_months=st.none() | st.integers(1, 36),
    )
