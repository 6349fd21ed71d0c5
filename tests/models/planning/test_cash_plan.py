"""Money by month: nothing is lost, the worst month is found, the loan is simple."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judgement.screening import screen
from models.planning.cash_plan import cash_plan, paid_in_all, peak_advance, with_steps
from models.planning.simulation import simulate_scenario
from models.values.cash import CashTerms, OtherMoney
from models.values.catalog import AdviceKind
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.money import YenRange

if TYPE_CHECKING:
    from models.values.catalog import Catalog

MONTHS = st.builds(
    lambda year, month: f"{year}-{month:02}", st.integers(2020, 2027), st.integers(1, 12)
)
EXPENSES = st.lists(
    st.builds(
        Expense,
        st.just("x"),
        st.just("equipment"),
        st.integers(0, 50_000_000),
        st.sampled_from(TaxMode),
        st.sampled_from((8, 10)),
        st.just(1),
        st.none() | MONTHS,
    ),
    max_size=8,
)
MONEY = st.lists(
    st.builds(OtherMoney, st.just("x"), st.integers(0, 9_000_000), st.none() | MONTHS), max_size=3
)


def spend(amount: int, month: str | None = None) -> Expense:
    return Expense("x", "equipment", amount, TaxMode.NONE, pay_month=month)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Expense], YenRange, CashTerms]:
    expenses = draw(EXPENSES)
    paid = paid_in_all(expenses)
    low = draw(st.integers(0, paid))
    terms = CashTerms(
        months_to_subsidy=draw(st.integers(1, 24)),
        own_funds=draw(st.none() | st.integers(0, 60_000_000)),
        other_money=tuple(draw(MONEY)),
        loan_rate_percent=draw(st.none() | st.fractions(0, 15, max_denominator=100)),
        loan_months=draw(st.none() | st.integers(0, 36)),
    )
    return expenses, YenRange(low, draw(st.integers(low, paid))), terms


@given(case=cases())
def test_the_months_add_up_to_the_own_burden(
    case: tuple[list[Expense], YenRange, CashTerms],
) -> None:
    expenses, subsidy, terms = case
    plan = cash_plan(expenses, subsidy, terms)
    paid = sum(month.paid for month in plan.months)
    low = paid - sum(month.subsidy.high for month in plan.months)
    high = paid - sum(month.subsidy.low for month in plan.months)
    if expenses:
        assert YenRange(low, high) == plan.own_burden
    assert paid == plan.paid == paid_in_all(expenses)
    funded = [index for month in plan.months for index in month.expenses]
    assert sorted(funded) == list(range(len(expenses)))
    others = sum(month.other_money for month in plan.months)
    assert others == sum(money.amount for money in terms.other_money)
    if plan.months:
        last = plan.months[-1].balance
        left = (terms.own_funds or 0) + others - paid
        assert last == YenRange(
            left + sum(m.subsidy.low for m in plan.months),
            left + sum(m.subsidy.high for m in plan.months),
        )
    known = [month.month for month in plan.months if month.month]
    assert known == sorted(set(known))


@given(case=cases())
def test_the_need_is_that_of_the_worst_month(
    case: tuple[list[Expense], YenRange, CashTerms],
) -> None:
    expenses, subsidy, terms = case
    plan = cash_plan(expenses, subsidy, terms)
    assert plan.peak_advance == plan.paid, "everything is paid before the subsidy arrives"
    assert plan.peak_advance == peak_advance(expenses, terms)
    assert 0 <= plan.bridging_need <= plan.paid
    if plan.worst is not None:
        assert -plan.months[plan.worst].balance.low == plan.bridging_need
        assert plan.months[plan.worst].subsidy == YenRange(0, 0)
    if not terms.own_funds and not terms.other_money:
        assert plan.bridging_need == plan.peak_advance
    if plan.loan is not None:
        exact = plan.loan.amount * plan.loan.rate_percent * plan.loan.months / 1200
        assert plan.loan.interest <= exact < plan.loan.interest + 1
        assert plan.loan.amount == plan.bridging_need
    assert all(sentence.endswith("。") for sentence in plan.sentences)


def test_a_plan_month_by_month() -> None:
    expenses = [spend(1_000_000, "2021-09"), spend(500_000), spend(2_000_000, "2021-11")]
    terms = CashTerms(
        own_funds=1_200_000,
        other_money=(OtherMoney("定期", 300_000, "2021-10"),),
        loan_rate_percent=Fraction(3, 2),
    )
    plan = cash_plan(expenses, YenRange(1_500_000, 1_750_000), terms)
    assert [month.month for month in plan.months] == [
        None, "2021-09", "2021-10", "2021-11", "2021-12", "2022-01", "2022-02", "2022-03",
        "2022-04", "2022-05",
    ]  # fmt: skip
    assert [month.balance.low for month in plan.months[:4]] == [
        700_000, -300_000, 0, -2_000_000,
    ]  # fmt: skip
    assert [month.advanced for month in plan.months[:4]] == [
        500_000, 1_500_000, 1_500_000, 3_500_000,
    ]  # fmt: skip
    assert plan.months[-1].subsidy == YenRange(1_500_000, 1_750_000)
    assert plan.months[-1].advanced == 0
    assert (plan.bridging_need, plan.worst) == (2_000_000, 3)
    assert plan.loan is not None
    assert (plan.loan.months, plan.loan.interest) == (8, 20_000)
    assert plan.still_short == 520_000
    assert plan.sentences == (
        "補助金が入るまでに、いちばん多いときで350万円を立て替えます。",
        "手元のお金では、2021年11月に200万円足りなくなります。",
        "200万円を8か月借りると、利息はおよそ2万円です。",
        "補助金が入った後も、52万円足りません。",
    )


def test_without_any_month_the_subsidy_comes_later() -> None:
    terms = CashTerms(own_funds=100, loan_rate_percent=Fraction(2))
    plan = cash_plan([spend(1200)], YenRange(600, 600), terms)
    assert [(m.month, m.paid, m.subsidy.low) for m in plan.months] == [
        (None, 1200, 0),
        (None, 0, 600),
    ]
    assert plan.loan is not None
    assert plan.loan.months == 6


def test_a_typing_mistake_in_a_year_makes_no_endless_table() -> None:
    plan = cash_plan([spend(1, "2021-01"), spend(1, "2921-01")], YenRange(0, 0))
    assert [month.month for month in plan.months] == ["2021-01", "2921-01", "2921-07"]


def test_enough_own_money_needs_no_loan() -> None:
    terms = CashTerms(own_funds=5000, loan_rate_percent=Fraction(2))
    plan = cash_plan([spend(1200, "2021-01")], YenRange(600, 600), terms)
    assert plan.loan is None
    assert plan.worst is None
    assert plan.sentences[-1] == "手元のお金で、補助金が入るまでの支払いをまかなえます。"


def test_nothing_to_pay_has_nothing_to_say() -> None:
    assert cash_plan([], YenRange(0, 0)).sentences == ()
    money = CashTerms(other_money=(OtherMoney("x", 5, "2021-01"), OtherMoney("y", 5)))
    assert [m.other_money for m in cash_plan([], YenRange(0, 0), money).months] == [5, 5]


def test_a_subsidy_before_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="at least a month"):
        cash_plan([spend(1)], YenRange(0, 0), CashTerms(months_to_subsidy=0))


def test_steps_and_warnings_are_those_of_the_frames(catalog: Catalog) -> None:
    frame = "seisansei/monozukuri"
    consultation = Consultation(
        answers={
            "applicant.legal_form": "company",
            "applicant.industry_code": "24",
            "applicant.stated_capital": 20_000_000,
            "applicant.regular_employees": 30,
            "productivity.innovative_investment": True,
            "productivity.wage_plan": True,
        },
        expenses=(Expense("旋盤", "equipment", 8_800_000, TaxMode.INCLUDED, pay_month="2021-09"),),
    )
    result = simulate_scenario(catalog, consultation, Scenario((frame,)))[0]
    assert result.amount.total is not None
    plan = cash_plan(consultation.expenses, result.amount.total)
    assert plan.own_burden == result.own_burden
    assert plan.peak_advance == result.peak_advance
    screenings = screen(catalog, consultation.answers)
    told = with_steps(plan, catalog, consultation, screenings, [frame])
    assert told.steps
    assert told.warnings
    assert all(advice.kind is AdviceKind.NEXT_STEP for advice in told.steps)
    assert all(not a.entries or frame in a.entries for a in (*told.steps, *told.warnings))
    none = with_steps(plan, catalog, consultation, screenings, ["nariwai/a"])
    assert all(not a.entries or "nariwai/a" in a.entries for a in none.warnings)
    assert len(none.warnings) < len(told.warnings)
