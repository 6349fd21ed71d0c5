"""Each way has its money by month, and each expense is told when it may be ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.judgement.screening import screen
from models.planning.way_money import chosen_way, money_ways, way_money
from models.planning.ways import compared_ways
from models.values.cash import CashTerms
from models.values.catalog import AdviceKind, OrderRule
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from tests import strategies

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.way_money import WayMoney

FIRM = {
    "applicant.legal_form": "company",
    "applicant.industry_code": "24",
    "applicant.stated_capital": 20_000_000,
    "applicant.regular_employees": 30,
    "productivity.innovative_investment": True,
    "productivity.wage_plan": True,
}
INN = {
    "applicant.legal_form": "company",
    "applicant.industry_code": "75",
    "applicant.stated_capital": 10_000_000,
    "applicant.regular_employees": 15,
    "applicant.prefecture": "熊本県",
    "disaster.event": "2020-07-heavy-rain",
    "disaster.damaged": True,
}
LATHE = Expense("旋盤", "equipment", 8_800_000, TaxMode.INCLUDED, pay_month="2021-09")
REPAIR = Expense("壁の修理", "facility_restoration", 5_500_000, TaxMode.INCLUDED)
EVENT = Expense("催し", "event", 100_000, TaxMode.NONE)


def monies(catalog: Catalog, consultation: Consultation) -> list[WayMoney]:
    screenings = screen(catalog, consultation.answers)
    ways = money_ways(compared_ways(catalog, consultation, screenings))
    return [way_money(catalog, consultation, screenings, way) for way in ways]


def shown_money(catalog: Catalog, consultation: Consultation) -> WayMoney:
    return monies(catalog, consultation)[0]


def test_what_a_subsidy_funds_is_ordered_after_the_decision(catalog: Catalog) -> None:
    scenario = Scenario(("seisansei/monozukuri",))
    case = Consultation(answers=FIRM, expenses=(EVENT, LATHE), scenarios=(scenario,))
    money = shown_money(catalog, case)
    assert money.ordered_by(OrderRule.AFTER_DECISION) == (1,)
    assert money.ordered_by(OrderRule.RETROACTIVE) == ()
    assert money.order_rules[0] is None


def test_repairs_after_the_flood_may_count_though_begun_before(catalog: Catalog) -> None:
    case = Consultation(answers=INN, expenses=(REPAIR, EVENT))
    money = shown_money(catalog, case)
    assert money.ordered_by(OrderRule.RETROACTIVE) == (0,)
    assert money.ordered_by(OrderRule.AFTER_DECISION) == ()
    assert not any(step.lead_time for step in money.plan.year_steps)


def test_the_year_runs_from_the_identity_to_the_payment(catalog: Catalog) -> None:
    scenario = Scenario(("seisansei/monozukuri",))
    case = Consultation(answers=FIRM, expenses=(LATHE,), scenarios=(scenario,))
    steps = shown_money(catalog, case).plan.year_steps
    names = "→".join(step.text for step in steps)
    order = ["GビズID", "申請", "採択", "交付決定", "事業の実施", "実績報告", "額の確定", "入金"]
    assert [names.index(name) for name in order] == sorted(names.index(name) for name in order)
    assert len(steps) == len(order)
    times = {step.text: step.lead_time for step in steps}
    assert times["GビズIDの用意"] == "2〜3週間"
    assert times["実績報告"] == ""
    warnings = shown_money(catalog, case).plan.warnings
    assert any("1年から1年半" in warning.lead_time for warning in warnings)


def test_steps_of_the_year_and_rules_about_orders_cover_every_frame(catalog: Catalog) -> None:
    for entry in catalog.calculable:
        about = [advice for advice in catalog.advice if entry.id in advice.entries]
        assert sum(advice.order_rule is not None for advice in about) == 1, entry.id
        assert sum(advice.kind is AdviceKind.YEAR_STEP for advice in about) >= 7, entry.id


def test_doing_without_has_no_subsidy_and_no_rule(catalog: Catalog) -> None:
    case = Consultation(expenses=(LATHE,), cash=CashTerms(own_funds=1))
    money = way_money(catalog, case, (), None)
    assert money.plan.own_burden.low == money.plan.paid == 8_800_000
    assert money.order_rules == (None,)
    assert money.plan.year_steps == ()


def test_a_way_that_is_gone_gives_its_place_to_the_first(catalog: Catalog) -> None:
    frames = ("seisansei/monozukuri", "kodo-renkei/supply-chain")
    case = Consultation(
        answers=FIRM, expenses=(LATHE,), scenarios=tuple(Scenario((one,)) for one in frames)
    )
    screenings = screen(catalog, case.answers)
    ways = money_ways(compared_ways(catalog, case, screenings))
    assert ways
    assert chosen_way(ways, "no such way") is ways[0]
    assert chosen_way(ways, ways[-1].key) is ways[-1]
    assert chosen_way((), None) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_the_months_of_every_way_add_up_to_its_own_burden(data: st.DataObject, catalog) -> None:
    case = Consultation(
        answers=data.draw(strategies.answers(catalog)),
        expenses=data.draw(strategies.expenses(catalog, most=4)),
        cash=data.draw(strategies.cash_terms()),
    )
    for money in monies(catalog, case):
        assert money.way is not None
        assert money.plan.own_burden == money.way.result.own_burden
        assert money.plan.peak_advance == money.way.result.peak_advance
        paid = sum(month.paid for month in money.plan.months)
        low = paid - sum(month.subsidy.high for month in money.plan.months)
        assert low == money.plan.own_burden.low
        taken = {place for part in money.way.parts for place in part.expenses}
        ruled = {n for n, advice in enumerate(money.order_rules) if advice is not None}
        assert ruled <= taken
