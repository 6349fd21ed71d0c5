"""The same expense in two scenarios of one plan: marked, and shared without funding it twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.judgement.costs import Costs
from models.judgement.screening import screen
from models.judgement.subsidy_amount import total_range
from models.planning.best_combination import best_combination, pair_relations
from models.planning.double_funding import claims_of_frames, claims_of_scenarios, double_funding
from models.planning.pace import Pace
from models.planning.plans import find_plans, search_plans
from models.planning.simulation import simulate_plan
from models.values.catalog import Catalog, PairKind
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.plan_document import plans_document, read_plans
from models.values.results import Verdict
from tests.models.planning.plan_cases import random_case
from tests.models.planning.test_plan_output import ANSWERS, EXPENSES

MA = "jigyo-shokei/ma/venture-seisansei"
EXPERT = "jigyo-shokei/senmonka/kaite"
MACHINE = "seisansei/monozukuri"
LATHE, TESTER, BROKER = 0, 1, 2
BUYER = Consultation(answers=ANSWERS, expenses=EXPENSES)
NOT_TOGETHER = (PairKind.EXCLUSIVE, PairKind.UNCONFIRMED)


def with_scenarios(*scenarios: Scenario) -> Consultation:
    return replace(BUYER, scenarios=scenarios)


def test_two_scenarios_that_want_the_same_machine_are_marked(catalog: Catalog) -> None:
    found = find_plans(catalog, with_scenarios(Scenario((MA,)), Scenario((MACHINE,))), 20)
    double = found.double_funding
    assert double is not None
    assert [(claim.expense, claim.frames) for claim in double.claims] == [
        (LATHE, (MA, MACHINE)),
        (TESTER, (MA, MACHINE)),
    ]
    assert {claim.given_to for claim in double.claims} == {MA, MACHINE}
    assert {frame.entry for frame in double.split.frames} == {MA, MACHINE}
    assert double.split.proven_optimal
    # 2/3 of 8,000,000 and 1/2 of 6,000,000 is more than the other way round.
    assert double.split.total.low == 5_333_333 + 3_000_000


def test_one_scenario_that_shares_already_funds_nothing_twice(catalog: Catalog) -> None:
    found = find_plans(catalog, with_scenarios(Scenario((MA, MACHINE))), 20)
    assert found.double_funding is None


def test_frames_that_exclude_one_another_are_a_choice_not_a_plan(catalog: Catalog) -> None:
    both = with_scenarios(Scenario((MA,)), Scenario(("jigyo-shokei/ma/gensoku",)))
    assert find_plans(catalog, both, 20).double_funding is None


def test_a_scenario_under_other_answers_is_another_world(catalog: Catalog) -> None:
    other = Scenario((MACHINE,), answers={"productivity.wage_plan": False})
    assert find_plans(catalog, with_scenarios(Scenario((MA,)), other), 20).double_funding is None


def test_a_frame_that_is_ruled_out_claims_nothing(catalog: Catalog) -> None:
    no_wages = replace(
        with_scenarios(Scenario((MA,)), Scenario((MACHINE,))),
        answers={**ANSWERS, "productivity.wage_plan": False},
    )
    assert MACHINE not in claims_of_scenarios(catalog, no_wages)
    assert find_plans(catalog, no_wages, 20).double_funding is None


def test_scenarios_with_expenses_of_their_own_claim_those_alone(catalog: Catalog) -> None:
    apart = with_scenarios(
        Scenario((MA,), expenses=(EXPENSES[LATHE],)),
        Scenario((MACHINE,), expenses=(EXPENSES[TESTER],)),
    )
    assert claims_of_scenarios(catalog, apart) == {
        MA: frozenset({LATHE}),
        MACHINE: frozenset({TESTER}),
    }
    assert find_plans(catalog, apart, 20).double_funding is None
    same = with_scenarios(
        Scenario((MA,), expenses=(EXPENSES[TESTER],)),
        Scenario((MACHINE,), expenses=(EXPENSES[TESTER],)),
    )
    double = find_plans(catalog, same, 20).double_funding
    assert double is not None
    assert [claim.expense for claim in double.claims] == [TESTER]


def test_what_nobody_says_may_stand_together_is_told(catalog: Catalog) -> None:
    closing = Expense("店の片付け", "closure", 3_000_000, TaxMode.NONE)
    both = Consultation(
        answers={**ANSWERS, "succession.closes_business": True},
        expenses=(*EXPENSES, closing),
        scenarios=(Scenario((MA,)), Scenario((EXPERT,))),
    )
    double = find_plans(catalog, both, 20).double_funding
    assert double is not None
    assert [claim.expense for claim in double.claims] == [len(EXPENSES)]
    assert double.unconfirmed == ((MA, EXPERT),)
    assert len(double.split.frames) == 1


def test_without_scenarios_the_frames_in_play_are_asked(catalog: Catalog) -> None:
    found = find_plans(catalog, BUYER, 20)
    in_play = {one.entry for one in screen(catalog, ANSWERS) if one.in_play}
    assert {frame.entry for frame in found.spoken.frames} <= in_play
    assert found.double_funding is not None
    assert found.double_funding.split is found.spoken
    assert found.whole == best_combination(catalog, BUYER)
    assert found.whole.total.low >= found.spoken.total.low


def test_the_working_of_each_frame_gives_the_plans_own_figures(catalog: Catalog) -> None:
    plan = find_plans(catalog, BUYER, 20).whole
    results = simulate_plan(catalog, BUYER, plan)
    assert [(one.entry, one.expenses, one.amount.total) for one in results] == [
        (frame.entry, frame.expenses, frame.total) for frame in plan.frames
    ]
    assert all(one.screening.verdict is not Verdict.NOT_ELIGIBLE for one in results)


def test_plans_travel_without_loss(catalog: Catalog) -> None:
    for consultation in (BUYER, Consultation(), replace(BUYER, expenses=())):
        found = find_plans(catalog, consultation, 20)
        assert read_plans(plans_document(found)) == found


def test_a_stopped_search_says_how_much_better_it_could_be() -> None:
    catalog, consultation = random_case(6, 40, 25, categories=10)
    pace = Pace(60)
    search = search_plans(catalog, consultation, pace)
    next(search)
    pace.stop()
    while True:
        try:
            next(search)
        except StopIteration as done:
            found = done.value
            break
    assert not found.whole.proven_optimal
    assert found.whole.upper_bound > found.whole.total.low
    assert read_plans(plans_document(found)) == found


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), expenses=st.integers(1, 8), frames=st.integers(2, 7))
def test_a_suggested_split_funds_nothing_twice_and_is_the_plan(
    seed: int, expenses: int, frames: int
) -> None:
    catalog, consultation = random_case(seed, expenses, frames, categories=3)
    plan = best_combination(catalog, consultation)
    claims = claims_of_frames(catalog, consultation, [one.id for one in catalog.calculable])
    double = double_funding(catalog, claims, plan)
    relations = pair_relations(catalog)
    doubled = {
        index
        for first, mine in claims.items()
        for second, others in claims.items()
        if first != second and relations.get((first, second)) is not PairKind.EXCLUSIVE
        for index in mine & others
    }
    if double is None:
        assert not doubled
        return
    assert {claim.expense for claim in double.claims} == doubled
    given_away = [index for frame in double.split.frames for index in frame.expenses]
    assert len(given_away) == len(set(given_away))
    chosen = [frame.entry for frame in double.split.frames]
    assert not any(relations.get((a, b)) in NOT_TOGETHER for a in chosen for b in chosen if a != b)
    worth = 0
    for frame in double.split.frames:
        costs = Costs(consultation.expenses[index] for index in frame.expenses)
        amount = total_range(catalog, catalog.entries[frame.entry], consultation.answers, costs)
        assert amount == frame.total
        worth += amount.low
    assert worth == plan.total.low
    for claim in double.claims:
        owner = [f.entry for f in double.split.frames if claim.expense in f.expenses]
        assert owner == ([claim.given_to] if claim.given_to else [])


@pytest.mark.parametrize("among", [(MA,), (MA, MACHINE), (MA, EXPERT, MACHINE)])
def test_a_plan_among_a_few_knows_no_other_frame(catalog: Catalog, among: tuple[str, ...]) -> None:
    scenarios = tuple(Scenario((frame,)) for frame in among)
    claims = claims_of_scenarios(catalog, with_scenarios(*scenarios))
    assert set(claims) == set(among)
    double = find_plans(catalog, with_scenarios(*scenarios), 20).double_funding
    if double is not None:
        named = {each.entry for each in (*double.split.frames, *double.split.left_out)}
        assert named == set(among)
