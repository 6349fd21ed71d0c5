"""Every case of tests/scenarios/cash/ comes out as the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from models.judgement.screening import screen
from models.planning.way_money import money_ways, way_money
from models.planning.ways import compared_ways
from tests.scenario_file import FOLDER, ScenarioCase, read_scenarios

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.money import YenRange
    from models.values.way_money import WayMoney

CASES = read_scenarios(FOLDER / "cash")


def figure(amount: YenRange) -> Any:
    return amount.low if amount.is_certain else [amount.low, amount.high]


def found_in(money: WayMoney) -> dict[str, Any]:
    plan = money.plan
    arrival = next((month for month in plan.months if month.subsidy.high), None)
    rules = (
        None if rule is None or rule.order_rule is None else rule.order_rule.value
        for rule in money.order_rules
    )
    return {
        "peak_advance": plan.peak_advance,
        "bridging_need": plan.bridging_need,
        "hardest_month": None if plan.worst is None else plan.months[plan.worst].month,
        "subsidy": None
        if arrival is None
        else {"month": arrival.month, "amount": figure(arrival.subsidy)},
        "own_burden": figure(plan.own_burden),
        "still_short": plan.still_short,
        "loan": None
        if plan.loan is None
        else {
            "amount": plan.loan.amount,
            "months": plan.loan.months,
            "interest": plan.loan.interest,
        },
        "order": {e.label: rule for e, rule in zip(money.expenses, rules, strict=True)},
    }


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_cash_scenario(case: ScenarioCase, catalog: Catalog) -> None:
    consultation = case.consultation
    screenings = screen(catalog, consultation.answers)
    (way, *_) = money_ways(compared_ways(catalog, consultation, screenings))
    found = found_in(way_money(catalog, consultation, screenings, way))
    assert {name: found[name] for name in case.expect} == case.expect
