"""Money by month (資金計画): what is paid when, what comes back when, what must be bridged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from models.values.catalog import Advice
    from models.values.money import YenRange

MONTHS_TO_SUBSIDY = 6
"""Months from the last payment until the subsidy arrives, unless the advisor says otherwise."""


@dataclass(frozen=True, slots=True)
class OtherMoney:
    """Money that the client names beside own funds: a loan, savings; `month` None means at once."""

    label: str
    amount: int
    month: str | None = None


@dataclass(frozen=True, slots=True)
class CashTerms:
    """What the client and the advisor say about money; yen, months, percent a year.

    `own_funds` is `None` while nobody has named it: it then counts as nothing. Without
    `loan_months` a bridge loan (つなぎ融資) runs from the first month short of money until the
    subsidy arrives.
    """

    months_to_subsidy: int = MONTHS_TO_SUBSIDY
    own_funds: int | None = None
    other_money: tuple[OtherMoney, ...] = ()
    loan_rate_percent: Fraction | None = None
    loan_months: int | None = None


@dataclass(frozen=True, slots=True)
class CashMonth:
    """One month; `month` is `YYYY-MM`, `None` for payments without a month (first) or later.

    `paid` goes out, `other_money` and `subsidy` come in. `advanced` is all that has been paid by
    the end of the month while the subsidy has not arrived. `balance` is what own funds and other
    money leave at the end of the month, below zero where money is short.
    """

    month: str | None
    paid: int
    other_money: int
    subsidy: YenRange
    advanced: int
    balance: YenRange
    expenses: tuple[int, ...] = ()
    """Indices of the expenses paid in this month."""

    @property
    def moves(self) -> bool:
        """Whether any money moves."""
        return bool(self.paid or self.other_money or self.subsidy.high)


@dataclass(frozen=True, slots=True)
class BridgeLoan:
    """A simple loan until the subsidy arrives; `interest` in yen, rounded down."""

    amount: int
    rate_percent: Fraction
    months: int
    interest: int


@dataclass(frozen=True, slots=True)
class CashPlan:
    """Money by month, in yen.

    `peak_advance` (立替の最大) is the most paid out at any month end before the subsidy arrives;
    `bridging_need` what of it own funds and other money do not cover in the worst month, `worst`
    that month's place among the rows. `own_burden` is what remains after the subsidy, `still_short`
    what own funds and other money lack even then, with the low end of the subsidy and the interest.
    """

    months: tuple[CashMonth, ...]
    terms: CashTerms
    paid: int
    subsidy: YenRange
    own_burden: YenRange
    peak_advance: int
    bridging_need: int
    worst: int | None
    loan: BridgeLoan | None
    still_short: int
    steps: tuple[Advice, ...] = ()
    year_steps: tuple[Advice, ...] = ()
    """From the application to the payment, in order."""
    warnings: tuple[Advice, ...] = ()
    sentences: tuple[str, ...] = ()
