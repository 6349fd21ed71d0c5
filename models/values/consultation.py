"""One visit of a client: immutable, changed only by making a changed copy."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from models.values.cash import CashTerms
from models.values.money import net_of_included_tax, tax_on_top

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.values.conditions import AnswerValue

FORMAT_NAME = "michishirube-case"
FORMAT_VERSION = 1
MAX_YEN = 10**13
MAX_YEAR = 5

Answers = dict[str, "AnswerValue | None"]
"""Question id -> answer. `None` is 後で調べる: not known yet, and homework on the sheet."""


class TaxMode(Enum):
    """How an amount stands to consumption tax."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Expense:
    """One planned expense; `amount` in yen as stated, `pay_month` as `YYYY-MM`."""

    label: str
    category: str
    amount: int
    tax: TaxMode
    tax_rate_percent: int = 10
    year: int = 1
    pay_month: str | None = None
    estimate: bool = False

    @property
    def net(self) -> int:
        """The cost in yen without consumption tax."""
        if self.tax is TaxMode.INCLUDED:
            return net_of_included_tax(self.amount, self.tax_rate_percent)
        return self.amount

    @property
    def paid(self) -> int:
        """What is really paid in yen, consumption tax in."""
        if self.tax is TaxMode.EXCLUDED:
            return self.amount + tax_on_top(self.amount, self.tax_rate_percent)
        return self.amount


@dataclass(frozen=True, slots=True)
class Scenario:
    """A frame or several, with changed answers and, if given, other expenses."""

    frames: tuple[str, ...]
    name: str | None = None
    answers: Mapping[str, AnswerValue | None] = field(
        default_factory=dict[str, "AnswerValue | None"]
    )
    expenses: tuple[Expense, ...] | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """One visit (相談): who came, what they answered, what they plan to spend.

    `cash` is what was said about money by month (資金計画); it changes no subsidy.
    `ignored_answers` are answers to retired questions: kept and listed, never used.
    """

    title: str = ""
    consulted_on: str | None = None
    office: str = ""
    advisor: str = ""
    notes: str = ""
    answers: Answers = field(default_factory=dict[str, "AnswerValue | None"])
    expenses: tuple[Expense, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    cash: CashTerms = field(default_factory=CashTerms)
    ignored_answers: Answers = field(default_factory=dict[str, "AnswerValue | None"])

    def with_answer(self, question: str, value: AnswerValue | None) -> Consultation:
        """Return a copy with one answer set; `None` marks it 後で調べる."""
        return replace(self, answers={**self.answers, question: value})

    def without_answer(self, question: str) -> Consultation:
        """Return a copy in which the question is not answered."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k != question})

    def under(self, scenario: Scenario) -> Consultation:
        """Return the consultation as the scenario varies it."""
        return replace(
            self,
            answers={**self.answers, **scenario.answers},
            expenses=self.expenses if scenario.expenses is None else scenario.expenses,
        )
