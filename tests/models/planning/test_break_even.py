"""Break-even: exact values, exact crossings, and nothing said of what cannot both hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.planning.amount_curve import AmountCurve, Lever
from models.planning.break_even import break_even, can_both_hold, reach
from models.planning.profiles import value_at
from models.planning.simulation import simulate_scenario
from models.values.break_even import Ahead, BreakEven, Crossing
from models.values.calculation import Case, Pool, Rate, Reading, Readings
from models.values.consultation import MAX_YEN, Consultation, Expense, Scenario, TaxMode
from models.values.money import YenRange
from tests.models.planning.plan_cases import random_case
from tests.models.planning.small_catalog import cap, catalog_of, entry, plain, rate, visit

if TYPE_CHECKING:
    from models.values.catalog import Catalog

BUYER = {
    "applicant.legal_form": "company",
    "applicant.industry_code": "24",
    "applicant.stated_capital": 20_000_000,
    "applicant.regular_employees": 30,
    "applicant.prefecture": "新潟県",
    "applicant.deemed_large_enterprise": False,
    "applicant.consumption_tax": "taxable",
    "succession.kind": "m_and_a",
    "succession.role": "buyer",
    "succession.innovation": True,
    "succession.uses_experts": True,
    "succession.closes_business": True,
}


def simulated(
    catalog: Catalog, visit: Consultation, scenario: Scenario, lever: Lever, net: int
) -> tuple[YenRange, YenRange]:
    """Return subsidy and own burden as `simulate` has them, the amount set by hand."""
    expenses = visit.under(scenario).expenses
    moved = replace(visit, expenses=lever.moved(expenses, net))
    results = simulate_scenario(catalog, moved, replace(scenario, expenses=None))
    totals = [result.amount.total for result in results]
    subsidy = YenRange(sum(t.low for t in totals if t), sum(t.high for t in totals if t))
    return subsidy, subsidy.subtracted_from(results[0].paid)


def sign(number: int) -> Ahead:
    return Ahead.SAME if not number else Ahead.SECOND if number > 0 else Ahead.FIRST


def check(
    catalog: Catalog,
    visit: Consultation,
    scenarios: tuple[Scenario, Scenario],
    lever: Lever,
    found: BreakEven,
) -> None:
    """Check every point and both sides of every crossing against `simulate`."""
    for line, scenario in zip((found.first, found.second), scenarios, strict=True):
        for point in line.points:
            subsidy, burden = simulated(catalog, visit, scenario, lever, point.net)
            assert (point.subsidy, point.own_burden) == (subsidy, burden)

    def difference(net: int, end: str) -> int:
        first, second = (simulated(catalog, visit, each, lever, net) for each in scenarios)
        return {
            "low": second[0].low - first[0].low,
            "high": second[0].high - first[0].high,
            "burden_low": first[1].high - second[1].high,
            "burden_high": first[1].low - second[1].low,
        }[end]

    for end in ("low", "high", "burden_low", "burden_high"):
        for crossing in getattr(found, end):
            if crossing.ahead is Ahead.SAME:
                assert abs(difference(crossing.at + 1, end)) <= 4
                continue
            assert sign(difference(crossing.at, end)) is not crossing.ahead
            if crossing.at < MAX_YEN:
                assert sign(difference(crossing.at + 1, end)) is crossing.ahead


def test_the_amount_of_the_example_is_found() -> None:
    catalog = catalog_of([plain("a", ["x"], "2/3", 2_000_000), plain("b", ["x"], "1/2", 4_500_000)])
    found = break_even(
        catalog, visit(("x", 5_000_000)), (Scenario(("a",)), Scenario(("b",))), Lever("x", 0)
    )
    assert found is not None
    assert found.low == found.high == (Crossing(4_000_001, Ahead.SECOND),)
    assert found.at_zero_low is Ahead.SAME
    assert found.today == 5_000_000
    assert found.first.points[0].net == 0
    assert found.sentences == ("xが400万1円を超えると、bの補助額がaより多くなります。",)


def test_drawing_level_is_said() -> None:
    catalog = catalog_of([plain("a", ["x"], "1/2", 1000), plain("b", ["x"], "2/3", 1000)])
    found = break_even(catalog, visit(), (Scenario(("a",)), Scenario(("b",))), Lever("x"))
    assert found is not None
    assert [each.ahead for each in found.low] == [Ahead.SAME]
    assert "同じになります" in found.sentences[-1]


def test_no_crossing_is_said() -> None:
    catalog = catalog_of([plain("a", ["x"], "1/2", 1000), plain("b", ["y"], "2/3", 1000)])
    found = break_even(catalog, visit(("y", 600)), (Scenario(("a",)), Scenario(("a",))), Lever("x"))
    assert found is not None
    assert found.low == ()
    assert "変わりません" in found.sentences[0]


def test_frames_that_compete_have_no_line() -> None:
    catalog = catalog_of([plain("a", ["x"], "1/2", 1000), plain("b", ["x"], "2/3", 1000)])
    both = Scenario(("a", "b"))
    assert break_even(catalog, visit(("x", 1)), (both, Scenario(("a",))), Lever("x", 0)) is None
    assert reach(catalog, visit(("x", 1)), both, Lever("x", 0)) is None


def test_both_ends_cross_where_a_text_can_be_read_in_two_ways() -> None:
    ways = Readings(
        "N",
        (
            Reading("one", "", (Rate((Case(rate("1/2").cases[0].value),)),)),
            Reading("two", "", (Rate((Case(rate("3/4").cases[0].value),)),)),
        ),
    )
    unclear = entry("a", [Pool(("x",)), ways, cap(3_000_000)], takes=["x"])
    catalog = catalog_of([unclear, plain("b", ["x"], "1/3", 10_000_000)])
    found = break_even(
        catalog, visit(("x", 5_000_000)), (Scenario(("a",)), Scenario(("b",))), Lever("x", 0)
    )
    assert found is not None
    assert found.low == found.high
    assert found.low[-1].at in range(8_999_990, 9_000_010)
    check(
        catalog, visit(("x", 5_000_000)), (Scenario(("a",)), Scenario(("b",))), Lever("x", 0), found
    )


@settings(max_examples=120)
@given(seed=st.integers(0, 10**6))
def test_values_and_crossings_are_those_of_simulate(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    catalog, consultation = random_case(seed, random.randint(0, 5), 4, categories=3)
    first, second = random.sample(sorted(catalog.entries), 2)
    scenarios = (Scenario((first,)), Scenario((second,)))
    taken = [
        category
        for name in (first, second)
        for category in (
            *catalog.entries[name].base_categories,
            *catalog.entries[name].top_up_categories,
        )
    ]
    lever = Lever(random.choice(taken))
    if consultation.expenses and random.random() < 0.5:
        index = random.randrange(len(consultation.expenses))
        lever = Lever(consultation.expenses[index].category, index)
    found = break_even(catalog, consultation, scenarios, lever)
    assert found is not None
    check(catalog, consultation, scenarios, lever, found)
    states = [crossing.ahead for crossing in found.low]
    assert all(one is not other for one, other in pairwise(states))


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_between_the_bends_the_amount_follows_a_straight_line(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    catalog, consultation = random_case(seed, 4, 3, categories=3)
    each = catalog.entries[random.choice(sorted(catalog.entries))]
    lever = Lever(random.choice((*each.base_categories, *each.top_up_categories)))
    curve = AmountCurve(catalog, each, consultation.answers, consultation.expenses, lever)
    for _ in range(20):
        net = random.choice(curve.bends) + random.choice((-1, 0, 1, random.randint(0, 10**7)))
        if net >= 0:
            amount = curve.at(net)
            assert value_at(curve.low, net) - curve.noise < amount.low <= value_at(curve.low, net)
            assert value_at(curve.high, net) - curve.noise < amount.high
            assert amount.high <= value_at(curve.high, net)


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_what_is_missing_is_just_enough(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    catalog, consultation = random_case(seed, 3, 3, categories=2)
    scenario = Scenario((random.choice(sorted(catalog.entries)),))
    each = catalog.entries[scenario.frames[0]]
    lever = Lever(random.choice(each.base_categories))
    found = reach(catalog, consultation, scenario, lever)
    assert found is not None

    def low(net: int) -> int:
        return simulated(catalog, consultation, scenario, lever, net)[0].low

    if found.paid_from:
        assert low(found.paid_from) > 0
        assert low(found.paid_from - 1) == 0
        assert found.missing == (found.paid_from - found.today or None) or found.missing is None
    if found.most is not None and found.most_from_low:
        assert low(found.most_from_low) == found.most.low
        assert low(found.most_from_low - 1) < found.most.low


def test_the_reach_is_told_in_sentences() -> None:
    catalog = catalog_of([plain("a", ["x"], "1/2", 5_000_000, 1_000_000)])
    found = reach(catalog, visit(("x", 1_500_000)), Scenario(("a",)), Lever("x", 0))
    assert found is not None
    assert (found.paid_from, found.missing) == (2_000_000, 500_000)
    assert (found.most, found.most_from_low) == (YenRange(5_000_000, 5_000_000), 10_000_000)
    assert found.sentences == (
        "xがあと50万円あると、補助が出る額に届きます。",
        "xが1,000万円で、補助額はこれ以上増えなくなります。",
    )
    beyond = reach(catalog, visit(("x", 12_000_000)), Scenario(("a",)), Lever("x", 0))
    assert beyond is not None
    assert beyond.sentences[-1] == "今の計画は、その額を200万円超えています。"


def test_closure_costs_decide_between_the_frames_of_a_buyer(catalog: Catalog) -> None:
    consultation = Consultation(
        answers=dict(BUYER),
        expenses=(
            Expense("旋盤", "equipment", 4_000_000, TaxMode.EXCLUDED),
            Expense("仲介料", "expert_services", 4_000_000, TaxMode.EXCLUDED),
            Expense("片づけ", "closure", 1_000_000, TaxMode.EXCLUDED),
        ),
    )
    scenarios = (Scenario(("jigyo-shokei/senmonka/kaite",)), Scenario(("jigyo-shokei/ma/gensoku",)))
    assert can_both_hold(catalog, consultation, scenarios)
    for lever in (Lever("closure"), Lever("equipment", 0), Lever("expert_services")):
        found = break_even(catalog, consultation, scenarios, lever)
        assert found is not None
        check(catalog, consultation, scenarios, lever, found)
        assert found.sentences


@pytest.mark.parametrize(
    ("first", "second", "changed"),
    [
        ("jigyo-shokei/senmonka/urite", "jigyo-shokei/senmonka/kaite", {"succession.role": None}),
        (
            "jigyo-shokei/ma/gensoku",
            "jigyo-shokei/keieisha-kotai/gensoku",
            {"succession.kind": None},
        ),
        ("jigyo-shokei/ma/gensoku", "jigyo-shokei/senmonka/urite", {}),
    ],
)
def test_what_cannot_both_hold_is_never_compared(
    catalog: Catalog, first: str, second: str, changed: dict[str, None]
) -> None:
    consultation = Consultation(
        answers={**BUYER, **changed}, expenses=(Expense("", "closure", 10, TaxMode.NONE),)
    )
    scenarios = (Scenario((first,)), Scenario((second,)))
    found = break_even(catalog, consultation, scenarios, Lever("closure"))
    assert found is not None
    assert not found.can_both_hold
    assert found.low == found.high == found.burden_low == ()
    assert "比べません" in found.sentences[0]


def test_a_what_if_against_the_clients_answer_is_not_compared(catalog: Catalog) -> None:
    consultation = Consultation(answers=dict(BUYER))
    family = Scenario(
        ("jigyo-shokei/keieisha-kotai/gensoku",), answers={"succession.kind": "owner_change"}
    )
    assert not can_both_hold(
        catalog, consultation, (Scenario(("jigyo-shokei/ma/gensoku",)), family)
    )
