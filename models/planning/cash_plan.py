"""Lays payments, own money and the subsidy out by month."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from models.judgement.advice import advice_about, fitting_advice
from models.values.cash import BridgeLoan, CashMonth, CashPlan, CashTerms
from models.values.catalog import AdviceKind
from models.values.money import YenRange, man_text, round_down

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from fractions import Fraction

    from models.values.catalog import Advice, Catalog
    from models.values.consultation import Consultation, Expense
    from models.values.results import Screening

_MONTHS_A_YEAR = 12
_MOST_EMPTY_MONTHS = 60
_NOTHING = YenRange(0, 0)
_PLAIN_TERMS = CashTerms()


def paid_in_all(expenses: Iterable[Expense]) -> int:
    """Return what is paid for the expenses in yen, consumption tax in."""
    return sum(expense.paid for expense in expenses)


def peak_advance(expenses: Sequence[Expense], terms: CashTerms = _PLAIN_TERMS) -> int:
    """Return the most (yen) that has been paid out at any month end before the subsidy arrives."""
    return cash_plan(expenses, _NOTHING, terms).peak_advance


def cash_plan(
    expenses: Sequence[Expense], subsidy: YenRange, terms: CashTerms = _PLAIN_TERMS
) -> CashPlan:
    """Return the money by month for expenses and the subsidy on them, after completion (精算払い).

    Payments without a month come first. Needs are reckoned with the low end of the subsidy. Raises
    `ValueError` when the subsidy would arrive less than a month after the last payment.
    """
    if terms.months_to_subsidy < 1:
        raise ValueError("the subsidy arrives at least a month after the last payment")
    rows = _rows(expenses, subsidy, terms)
    arrival = next((place for place, row in enumerate(rows) if row.arrives), len(rows))
    months = _with_balances(rows, terms.own_funds or 0)
    before = range(arrival)
    worst = min(before, key=lambda place: months[place].balance.low, default=None)
    need = 0 if worst is None else max(-months[worst].balance.low, 0)
    loan = _bridge_loan(months, arrival, need, terms)
    interest = 0 if loan is None else loan.interest
    paid = paid_in_all(expenses)
    plan = CashPlan(
        months=months,
        terms=terms,
        paid=paid,
        subsidy=subsidy,
        own_burden=subsidy.subtracted_from(paid),
        peak_advance=max((months[place].advanced for place in before), default=0),
        bridging_need=need,
        worst=worst if need else None,
        loan=loan,
        still_short=max(interest - months[-1].balance.low, 0) if months else 0,
    )
    return replace(plan, sentences=tuple(_sentences(plan)))


def with_steps(
    plan: CashPlan,
    catalog: Catalog,
    consultation: Consultation,
    screenings: Iterable[Screening],
    frames: Collection[str],
) -> CashPlan:
    """Return the plan with the steps and warnings of the catalog that fit some of the frames.

    The steps of the year are those of the frames, whether or not anybody has spoken of them yet.
    """
    fitting = [
        advice
        for advice in fitting_advice(catalog, consultation, screenings)
        if not advice.entries or not set(frames).isdisjoint(advice.entries)
    ]

    def of_kind(kind: AdviceKind) -> tuple[Advice, ...]:
        return tuple(advice for advice in fitting if advice.kind is kind)

    about = advice_about(catalog, consultation, frames)
    return replace(
        plan,
        steps=of_kind(AdviceKind.NEXT_STEP),
        warnings=of_kind(AdviceKind.WARNING),
        year_steps=tuple(each for each in about if each.kind is AdviceKind.YEAR_STEP),
    )


class _Row(NamedTuple):
    """What moves in one month; months are counted from year 0, `None` is not known."""

    month: int | None
    expenses: tuple[int, ...]
    paid: int
    other_money: int
    subsidy: YenRange
    arrives: bool


def _rows(expenses: Sequence[Expense], subsidy: YenRange, terms: CashTerms) -> list[_Row]:
    """Return the rows in order: without a month first, then month by month until the subsidy."""
    without = tuple(n for n, expense in enumerate(expenses) if expense.pay_month is None)
    at_once = sum(money.amount for money in terms.other_money if money.month is None)
    payments: dict[int, list[int]] = {}
    for number, expense in enumerate(expenses):
        if expense.pay_month is not None:
            payments.setdefault(_month_number(expense.pay_month), []).append(number)
    money_in: dict[int, int] = {}
    for money in terms.other_money:
        if money.month is not None:
            month = _month_number(money.month)
            money_in[month] = money_in.get(month, 0) + money.amount
    rows: list[_Row] = []
    if without or at_once:
        rows.append(_Row(None, without, _paid(expenses, without), at_once, _NOTHING, arrives=False))
    if not expenses:
        return [*rows, *_money_rows(money_in)]
    arrival = max(payments) + terms.months_to_subsidy if payments else None
    moving = {*payments, *money_in, *([] if arrival is None else [arrival])}
    for month in _calendar(moving):
        numbers = tuple(payments.get(month, ()))
        arrives = month == arrival
        rows.append(
            _Row(
                month,
                numbers,
                _paid(expenses, numbers),
                money_in.get(month, 0),
                subsidy if arrives else _NOTHING,
                arrives,
            )
        )
    if arrival is None:
        rows.append(_Row(None, (), 0, 0, subsidy, arrives=True))
    return rows


def _money_rows(money_in: dict[int, int]) -> list[_Row]:
    return [
        _Row(month, (), 0, amount, _NOTHING, arrives=False)
        for month, amount in sorted(money_in.items())
    ]


def _calendar(moving: Collection[int]) -> Sequence[int]:
    """Return the months from the first to the last in which money moves, without long gaps."""
    if not moving:
        return ()
    every = range(min(moving), max(moving) + 1)
    return every if len(every) <= _MOST_EMPTY_MONTHS else sorted(moving)


def _with_balances(rows: Sequence[_Row], own_funds: int) -> tuple[CashMonth, ...]:
    months: list[CashMonth] = []
    advanced = 0
    low = high = own_funds
    arrived = False
    for row in rows:
        low += row.other_money - row.paid + row.subsidy.low
        high += row.other_money - row.paid + row.subsidy.high
        advanced += row.paid
        arrived = arrived or row.arrives
        months.append(
            CashMonth(
                month=None if row.month is None else _month_text(row.month),
                paid=row.paid,
                other_money=row.other_money,
                subsidy=row.subsidy,
                advanced=0 if arrived else advanced,
                balance=YenRange(low, high),
                expenses=row.expenses,
            )
        )
    return tuple(months)


def _bridge_loan(
    months: Sequence[CashMonth], arrival: int, need: int, terms: CashTerms
) -> BridgeLoan | None:
    """Return the loan that covers the need, `None` where none is needed or no rate is named."""
    if not need or terms.loan_rate_percent is None:
        return None
    lasting = terms.loan_months
    if lasting is None:
        lasting = _months_short(months, arrival, terms.months_to_subsidy)
    rate: Fraction = terms.loan_rate_percent / 100
    interest = round_down(need * rate * lasting / _MONTHS_A_YEAR)
    return BridgeLoan(need, terms.loan_rate_percent, lasting, interest)


def _months_short(months: Sequence[CashMonth], arrival: int, otherwise: int) -> int:
    """Return the months from the first one short of money until the subsidy arrives."""
    short = next(place for place in range(arrival) if months[place].balance.low < 0)
    # What has no month is paid first: in the first month that is known.
    first = next((m.month for m in months[short:arrival] if m.month is not None), None)
    last = months[arrival].month if arrival < len(months) else None
    if first is None or last is None:
        return otherwise
    return _month_number(last) - _month_number(first)


def _sentences(plan: CashPlan) -> Iterable[str]:
    if not plan.paid:
        return
    yield (f"補助金が入るまでに、いちばん多いときで{man_text(plan.peak_advance)}を立て替えます。")
    terms = plan.terms
    if plan.bridging_need and (terms.own_funds is not None or terms.other_money):
        worst = None if plan.worst is None else plan.months[plan.worst].month
        month = "" if worst is None else f"{int(worst[:4])}年{int(worst[5:])}月に"
        yield f"手元のお金では、{month}{man_text(plan.bridging_need)}足りなくなります。"
    elif plan.bridging_need:
        worst = None if plan.worst is None else plan.months[plan.worst].month
        if worst is not None:
            yield f"いちばん苦しいのは、{int(worst[:4])}年{int(worst[5:])}月です。"
    elif not plan.bridging_need:
        yield "手元のお金で、補助金が入るまでの支払いをまかなえます。"
    if plan.loan is not None:
        yield (
            f"{man_text(plan.loan.amount)}を{plan.loan.months}か月借りると、"
            f"利息はおよそ{man_text(plan.loan.interest)}です。"
        )
    if plan.still_short and terms.own_funds is not None:
        yield f"補助金が入った後も、{man_text(plan.still_short)}足りません。"


def _paid(expenses: Sequence[Expense], numbers: Iterable[int]) -> int:
    return sum(expenses[number].paid for number in numbers)


def _month_number(month: str) -> int:
    """Return a `YYYY-MM` month as months since year 0."""
    year, number = month.split("-")
    return int(year) * _MONTHS_A_YEAR + int(number) - 1


def _month_text(number: int) -> str:
    year, month = divmod(number, _MONTHS_A_YEAR)
    return f"{year:04}-{month + 1:02}"
