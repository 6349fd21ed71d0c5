"""Builds small catalogs of frames, for tests and benchmarks: no question, only figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from models.values import calculation as calc
from models.values.catalog import (
    Catalog,
    Edition,
    Entry,
    EntryKind,
    ExpenseCategory,
    PairKind,
    PairRule,
)
from models.values.conditions import Leaf, Operator
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.questions import AnswerRole, Choice, Question, QuestionType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def entry(
    name: str,
    base: Sequence[calc.Step],
    *,
    takes: Sequence[str],
    top_up: Sequence[calc.Step] = (),
    top_up_takes: Sequence[str] = (),
    **changed: Any,
) -> Entry:
    """Return a frame that nobody is excluded from."""
    fields: dict[str, Any] = {
        "id": name,
        "program_name": name,
        "subsidy_type": "",
        "official_name": name,
        "short_name": name,
        "plain_name": name,
        "kind": EntryKind.SUBSIDY,
        "stage": "",
        "who": "",
        "what_for": "",
        "route": "",
        "targets": (),
        "keywords": (),
        "contacts": (),
        "budget": None,
        "rates": (),
        "max_limit": None,
        "min_limit": None,
        "top_up_max": None,
        "base_categories": tuple(takes),
        "top_up_categories": tuple(top_up_takes),
        "hard": None,
        "soft": (),
        "calculation": calc.Calculation(tuple(base), tuple(top_up)),
        "offers": (),
        "sources": (),
        **changed,
    }
    return Entry(**fields)


def rate(value: Fraction | str) -> calc.Rate:
    return calc.Rate((calc.Case(Fraction(value)),))


def cap(most: int) -> calc.Cap:
    return calc.Cap((calc.Case(Fraction(most)),), "subsidy_max_limit")


def plain(
    name: str, takes: Sequence[str], share: Fraction | str, most: int, least: int = 0
) -> Entry:
    """Return the usual frame: pool, rate, rounded down, minimum, maximum."""
    steps: list[calc.Step] = [
        calc.Pool(tuple(takes)),
        rate(share),
        calc.RoundDown(1),
        cap(most),
    ]
    if least:
        steps.append(calc.Minimum(least))
    return entry(name, steps, takes=takes)


def catalog_of(
    entries: Iterable[Entry],
    *rules: tuple[str, Sequence[Sequence[str]]],
    questions: dict[str, Any] | None = None,
    also: Iterable[str] = (),
) -> Catalog:
    """Return a catalog of these entries; a rule is a kind and its groups of ids.

    `also` are categories that no entry takes.
    """
    listed = {each.id: each for each in entries}
    named = [
        category
        for each in listed.values()
        for category in (*each.base_categories, *each.top_up_categories)
    ]
    categories = {name: ExpenseCategory(name, name, "") for name in (*named, *also)}
    return Catalog(
        edition=Edition("test", "test", "2020-09-30", "2021-04-01", ""),
        documents=(),
        stages={},
        topics={},
        questions=questions or {},
        retired={},
        facts={},
        tables={},
        industries={},
        categories=categories,
        entries=listed,
        notes=(),
        advice=(),
        comparisons=(),
        pair_rules=tuple(
            PairRule(PairKind(kind), tuple(tuple(group) for group in groups), "", None)
            for kind, groups in rules
        ),
    )


def yen_question(name: str) -> Question:
    """Return a question for yen that counts as none while nobody has answered it."""
    return Question(
        name, "t", QuestionType.YEN, name, name, minimum=0, maximum=10**8, counts_as_when_unknown=0
    )


def count_question(name: str, most: int) -> Question:
    return Question(name, "t", QuestionType.COUNT, name, name, minimum=1, maximum=most)


def flag_question(name: str) -> Question:
    return Question(name, "t", QuestionType.BOOLEAN, name, name)


def tax_question(name: str) -> Question:
    """Return the question whose answer lets consumption tax count into the high end."""
    choices = (Choice("taxable", "課税"), Choice("exempt", "免税", tax_in=True))
    role = AnswerRole.CONSUMPTION_TAX
    return Question(name, "t", QuestionType.CHOICE, name, name, choices=choices, role=role)


def flagged(name: str) -> Leaf:
    return Leaf(name, name, Operator.IS, "", (True,))


def visit(*expenses: tuple[str, int] | tuple[str, int, int], **answers: Any) -> Consultation:
    """Return a consultation with expenses (category, net yen, perhaps year)."""
    return Consultation(
        answers=dict(answers),
        expenses=tuple(
            Expense(each[0], each[0], each[1], TaxMode.NONE, year=each[2] if len(each) > 2 else 1)
            for each in expenses
        ),
    )
