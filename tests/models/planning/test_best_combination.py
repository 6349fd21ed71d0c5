"""The best combination: right, proven, and explained."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, count
from time import thread_time

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.judgement.costs import Costs
from models.judgement.screening import screen
from models.judgement.subsidy_amount import total_range
from models.planning import descent, reach
from models.planning.best_combination import (
    best_combination,
    pair_relations,
    search_best_combination,
)
from models.planning.pace import Pace, finish
from models.planning.simulation import simulate
from models.values.calculation import Pool
from models.values.catalog import Catalog, PairKind
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.money import YenRange
from models.values.plan import LeftOutReason, Plan
from models.values.results import Verdict
from tests.models.planning.plan_cases import exhaustive_best, random_case
from tests.models.planning.small_catalog import catalog_of, entry, plain, rate, visit
from tests.strategies import answers

NOT_TOGETHER = {PairKind.EXCLUSIVE, PairKind.UNCONFIRMED}


def low_of(catalog: Catalog, visit: Consultation, frame: str, share: tuple[int, ...]) -> int:
    costs = Costs(visit.expenses[index] for index in share)
    return total_range(catalog, catalog.entries[frame], visit.answers, costs).low


def check_admissible(catalog: Catalog, visit: Consultation, plan: Plan) -> None:
    """Check everything of a plan but that nothing better exists."""
    verdicts = {screening.entry: screening.verdict for screening in screen(catalog, visit.answers)}
    relations = pair_relations(catalog)
    funded = [index for frame in plan.frames for index in frame.expenses]
    assert len(funded) == len(set(funded)), "an expense is funded twice"
    names = [frame.entry for frame in plan.frames]
    for frame in plan.frames:
        assert verdicts[frame.entry] is not Verdict.NOT_ELIGIBLE
        assert frame.total.low == low_of(catalog, visit, frame.entry, frame.expenses) > 0
        taken = catalog.entries[frame.entry]
        for index in frame.expenses:
            category = visit.expenses[index].category
            assert category in (*taken.base_categories, *taken.top_up_categories)
        for other in names:
            assert relations.get((frame.entry, other)) not in NOT_TOGETHER
    assert plan.total.low == sum(frame.total.low for frame in plan.frames)
    assert plan.total.high == sum(frame.total.high for frame in plan.frames)
    left_out = {each.entry: each for each in plan.left_out}
    assert {*names, *left_out} == {each.id for each in catalog.calculable}
    for name, each in left_out.items():
        if verdicts[name] is Verdict.NOT_ELIGIBLE:
            assert each.reason is LeftOutReason.NOT_ELIGIBLE
        for other in each.because_of:
            assert other in names
            assert relations[name, other] in NOT_TOGETHER
    assert plan.proof.upper_bound >= plan.total.low
    assert plan.proven_optimal is (plan.proof.upper_bound == plan.total.low)


def check_prices(catalog: Catalog, visit: Consultation, plan: Plan) -> None:
    """Check the bound by prices from nothing but amounts: every share of every frame.

    Frames in conflict are counted once for each clique; here cliques are found anew.
    """
    prices = plan.proof.prices
    assert all(price >= 0 for price in prices)
    verdicts = {screening.entry: screening.verdict for screening in screen(catalog, visit.answers)}
    relations = pair_relations(catalog)
    cliques: list[list[str]] = []
    gains: dict[str, Fraction] = {}
    for each in catalog.calculable:
        if verdicts[each.id] is Verdict.NOT_ELIGIBLE:
            continue
        categories = (*each.base_categories, *each.top_up_categories)
        taken = [i for i, expense in enumerate(visit.expenses) if expense.category in categories]
        shares = chain.from_iterable(combinations(taken, n) for n in range(len(taken) + 1))
        gains[each.id] = max(
            low_of(catalog, visit, each.id, share) - sum((prices[i] for i in share), Fraction(0))
            for share in shares
        )
        for clique in cliques:
            if all(relations.get((each.id, other)) in NOT_TOGETHER for other in clique):
                clique.append(each.id)
                break
        else:
            cliques.append([each.id])
    bound = sum(prices, Fraction(0)) + sum(max(gains[each] for each in c) for c in cliques)
    assert plan.total.low <= bound
    assert bound < plan.proof.price_bound + 1


@settings(max_examples=80)
@given(seed=st.integers(0, 10**6), expenses=st.integers(0, 6), frames=st.integers(1, 7))
def test_it_is_what_trying_everything_finds(seed: int, expenses: int, frames: int) -> None:
    catalog, consultation = random_case(seed, expenses, frames, categories=1 + seed % 4)
    plan = best_combination(catalog, consultation)
    check_admissible(catalog, consultation, plan)
    check_prices(catalog, consultation, plan)
    assert plan.proven_optimal
    best, frames_by_rule = exhaustive_best(catalog, consultation)
    assert plan.total.low == best
    assert tuple(frame.entry for frame in plan.frames) == frames_by_rule
    confirmed, _ = exhaustive_best(catalog, consultation, (PairKind.EXCLUSIVE,))
    assert (plan.if_confirmed or plan.total).low == confirmed
    assert plan.if_confirmed_proven
    assert plan.runner_up_searched
    if plan.runner_up is not None:
        assert plan.runner_up.low + plan.runner_up.difference == plan.total.low
        assert set(plan.runner_up.frames) != set(frames_by_rule)
        without_one = [
            exhaustive_best(catalog, consultation, without={each})[0] for each in frames_by_rule
        ]
        assert plan.runner_up.low == max(without_one), "another plan comes second"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), expenses=st.integers(3, 7), frames=st.integers(2, 5))
def test_remainders_with_prices_of_their_own_lose_nothing(
    monkeypatch: pytest.MonkeyPatch, seed: int, expenses: int, frames: int
) -> None:
    monkeypatch.setattr(descent, "_NODES_BEFORE_NEW_PRICES", 1)
    monkeypatch.setattr(descent, "_TOO_FEW_FOR_NEW_PRICES", 0)
    monkeypatch.setattr(reach, "_MOST_SUMS", 2)
    catalog, consultation = random_case(seed, expenses, frames, categories=2)
    plan = best_combination(catalog, consultation)
    assert plan.proven_optimal
    assert plan.total.low == exhaustive_best(catalog, consultation)[0]


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_larger_cases_are_admissible_and_their_prices_hold(seed: int) -> None:
    catalog, consultation = random_case(seed, 16, 12, categories=8)
    plan = best_combination(catalog, consultation)
    check_admissible(catalog, consultation, plan)
    check_prices(catalog, consultation, plan)
    singles = [
        low_of(catalog, consultation, each.id, tuple(range(len(consultation.expenses))))
        for each in catalog.calculable
    ]
    assert plan.total.low >= max(singles)


def test_two_frames_against_a_plain_table_of_sums() -> None:
    """Another way altogether: for two frames a table of every reachable sum decides."""
    for seed in range(30):
        amounts = [(seed * 7919 + n * 104729) % 1_900_000 + 100_000 for n in range(14)]
        catalog = catalog_of([plain("a", ["x"], "2/3", 3_000_000), plain("b", ["x"], "1/2", 9**7)])
        plan = best_combination(catalog, visit(*(("x", amount) for amount in amounts)))
        sums = {0}
        for amount in amounts:
            sums |= {reached + amount for reached in sums}
        best = max(
            min(3_000_000, reached * 2 // 3) + min(9**7, (sum(amounts) - reached) // 2)
            for reached in sums
        )
        assert plan.proven_optimal
        assert plan.total.low == best


def test_nothing_to_spend_gives_an_empty_plan() -> None:
    catalog = catalog_of([plain("a", ["x"], "1/2", 100), plain("b", ["x"], "1/2", 100, 50)])
    plan = best_combination(catalog, visit())
    assert plan.frames == ()
    assert plan.total == YenRange(0, 0)
    assert plan.proven_optimal
    assert {each.reason for each in plan.left_out} == {LeftOutReason.NO_GAIN}
    assert plan.if_confirmed is None
    assert plan.runner_up is None
    assert plan.could_be_better_by == 0
    assert plan.if_confirmed_proven
    assert plan.runner_up_searched


def test_no_eligible_frame_gives_an_empty_plan(catalog: Catalog) -> None:
    client = {"applicant.legal_form": "university", "disaster.event": "none"}
    verdicts = screen(catalog, client)
    consultation = Consultation(
        answers=dict(client), expenses=(Expense("", "equipment", 5_000_000, TaxMode.NONE),)
    )
    plan = best_combination(catalog, consultation)
    check_admissible(catalog, consultation, plan)
    ruled_out = {s.entry for s in verdicts if s.verdict is Verdict.NOT_ELIGIBLE}
    reasons = {each.entry: each.reason for each in plan.left_out}
    assert {e for e, r in reasons.items() if r is LeftOutReason.NOT_ELIGIBLE} == (
        ruled_out & {each.id for each in catalog.calculable}
    )


def test_ties_go_to_fewer_frames_then_to_catalog_order() -> None:
    one, two = plain("one", ["x"], "1/2", 1000), plain("two", ["y"], "1/2", 1000)
    both = plain("both", ["x", "y"], "1/2", 1000)
    rule = ("exclusive", [["one", "two"], ["both"]])
    plan = best_combination(catalog_of([one, two, both], rule), visit(("x", 400), ("y", 600)))
    assert [frame.entry for frame in plan.frames] == ["both"]
    assert plan.runner_up is not None
    assert (plan.runner_up.frames, plan.runner_up.difference) == (("one", "two"), 0)
    twins = [plain(name, ["x"], "1/2", 1000) for name in ("later", "first")]
    plan = best_combination(catalog_of(twins), visit(("x", 400)))
    assert [frame.entry for frame in plan.frames] == ["later"]


def test_exclusive_and_unconfirmed_frames_do_not_stand_together() -> None:
    entries = [plain(name, [name], "1/2", 1000) for name in ("a", "b", "c")]
    catalog = catalog_of(entries, ("exclusive", [["a"], ["b"]]), ("unconfirmed", [["b"], ["c"]]))
    plan = best_combination(catalog, visit(("a", 200), ("b", 900), ("c", 400)))
    assert [frame.entry for frame in plan.frames] == ["b"]
    assert plan.total == YenRange(450, 450)
    assert plan.if_confirmed == YenRange(650, 650)
    reasons = {each.entry: (each.reason, each.because_of) for each in plan.left_out}
    assert reasons["a"] == (LeftOutReason.EXCLUSIVE, ("b",))
    assert reasons["c"] == (LeftOutReason.COMBINATION_UNCONFIRMED, ("b",))
    assert plan.runner_up is not None
    assert plan.runner_up.frames == ("a", "c")
    assert plan.runner_up.difference == 150


def test_what_no_rule_names_stands_together_and_is_to_confirm() -> None:
    entries = [plain(name, [name], "1/2", 1000) for name in ("a", "b")]
    plan = best_combination(catalog_of(entries), visit(("a", 200), ("b", 900)))
    assert plan.unsaid_pairs == (("a", "b"),)
    assert plan.if_confirmed is None


def test_below_the_minimum_is_said() -> None:
    entries = [plain("a", ["x"], "1/2", 5_000_000, 1_000_000), plain("b", ["y"], "1/2", 1000)]
    plan = best_combination(catalog_of(entries), visit(("x", 1_999_999), ("y", 2)))
    reasons = {each.entry: each.reason for each in plan.left_out}
    assert reasons == {"a": LeftOutReason.BELOW_MINIMUM}


def test_a_minimum_is_reached_by_giving_a_frame_enough() -> None:
    catalog = catalog_of(
        [plain("rich", ["x"], "2/3", 3_000_000), plain("bar", ["x"], "1/2", 9_000_000, 1_000_000)]
    )
    plan = best_combination(catalog, visit(("x", 2_000_000), ("x", 2_000_000), ("x", 1_500_000)))
    assert plan.total.low == 1_000_000 + 3_500_000 * 2 // 3


def test_a_top_up_needs_a_base() -> None:
    frame = entry(
        "a",
        [Pool(("x",)), rate("1/2")],
        takes=["x"],
        top_up=[Pool(("z",)), rate("1/2")],
        top_up_takes=["z"],
    )
    catalog = catalog_of([frame, plain("b", ["x"], "2/3", 10**9)])
    plan = best_combination(catalog, visit(("x", 3), ("x", 900_000), ("z", 1_000_000)))
    assert plan.total.low == 1 + 600_000 + 500_000
    assert plan.proven_optimal


def test_the_time_limit_is_admitted() -> None:
    catalog, consultation = random_case(6, 40, 25, categories=10)
    plan = best_combination(catalog, consultation, time_limit_s=0.02)
    check_admissible(catalog, consultation, plan)
    assert not plan.proven_optimal
    assert plan.upper_bound > plan.total.low
    assert plan.could_be_better_by == plan.upper_bound - plan.total.low
    longer = best_combination(catalog, consultation, time_limit_s=1)
    assert plan.total.low <= longer.total.low <= plan.upper_bound


def planned_until(looks: int, catalog: Catalog, consultation: Consultation) -> Plan:
    """Return the plan when the time is over after so many looks at the clock."""
    seconds = count()
    pace = Pace(looks, lambda: float(next(seconds)))
    return finish(search_best_combination(catalog, consultation, pace=pace))


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), looks=st.integers(0, 600))
def test_wherever_the_time_ends_no_more_is_claimed_than_was_searched(seed: int, looks: int) -> None:
    catalog, consultation = random_case(seed, 8, 8, categories=4)
    plan = planned_until(looks, catalog, consultation)
    whole = planned_until(10**9, catalog, consultation)
    assert whole.if_confirmed_proven
    assert whole.runner_up_searched
    confirmed, most = ((each.if_confirmed or each.total).low for each in (plan, whole))
    assert plan.total.low <= confirmed <= most
    if plan.if_confirmed_proven and PairKind.UNCONFIRMED in pair_relations(catalog).values():
        assert confirmed == most
    if plan.runner_up_searched:
        assert plan.runner_up == whole.runner_up
    else:
        assert plan.runner_up is None


def test_a_proven_plan_still_admits_what_else_was_not_searched_to_the_end() -> None:
    catalog, consultation = random_case(21, 14, 12, categories=6)
    plans = [planned_until(looks, catalog, consultation) for looks in range(0, 1300, 50)]
    searched = [(p.proven_optimal, p.runner_up_searched, p.if_confirmed_proven) for p in plans]
    assert (True, False, False) in searched
    assert (True, True, False) in searched
    assert searched[-1] == (True, True, True)
    lows = [(plan.if_confirmed or plan.total).low for plan in plans]
    assert max(lows) == lows[-1]


def test_no_time_at_all_still_gives_a_single_frame() -> None:
    catalog, consultation = random_case(6, 40, 25, categories=10)
    plan = best_combination(catalog, consultation, time_limit_s=0)
    check_admissible(catalog, consultation, plan)
    assert plan.frames


def test_a_search_in_slices_finds_the_same() -> None:
    catalog, consultation = random_case(3, 20, 15, categories=10)
    search = search_best_combination(catalog, consultation)
    slices: list[float] = []
    while True:
        started = thread_time()
        try:
            next(search)
        except StopIteration as done:
            plan = done.value
            break
        slices.append(thread_time() - started)
    assert plan == best_combination(catalog, consultation)
    assert len(slices) > 2
    # Processor time; the machine may have its own plans now and then.
    assert sorted(slices)[len(slices) // 2] < 0.008


@settings(max_examples=25)
@given(data=st.data())
def test_the_real_catalog_plans_what_trying_everything_finds(
    catalog: Catalog, data: st.DataObject
) -> None:
    client = data.draw(answers(catalog))
    categories = ["equipment", "sales_promotion", "closure", "expert_services", "it_tool"]
    rows = data.draw(
        st.lists(st.tuples(st.sampled_from(categories), st.integers(1, 30_000_000)), max_size=3)
    )
    expenses = tuple(Expense("", name, amount, TaxMode.INCLUDED) for name, amount in rows)
    consultation = Consultation(answers=client, expenses=expenses)
    plan = best_combination(catalog, consultation)
    check_admissible(catalog, consultation, plan)
    check_prices(catalog, consultation, plan)
    ruled_out = {s.entry for s in screen(catalog, client) if s.verdict is Verdict.NOT_ELIGIBLE}
    best, frames = exhaustive_best(catalog, consultation, without=ruled_out)
    assert plan.proven_optimal
    assert (plan.total.low, tuple(frame.entry for frame in plan.frames)) == (best, frames)


def check_scenario_of(catalog: Catalog, consultation: Consultation, plan: Plan) -> None:
    """Check that a plan kept as a scenario stays the very same, expense by expense."""
    scenario = Scenario(tuple(frame.entry for frame in plan.frames), name="plan")
    results = simulate(catalog, replace(consultation, scenarios=(scenario,)))
    assert [(each.entry, each.expenses) for each in results] == [
        (frame.entry, frame.expenses) for frame in plan.frames
    ]
    assert [each.amount.total for each in results] == [frame.total for frame in plan.frames]


@settings(max_examples=80)
@given(seed=st.integers(0, 10**6), expenses=st.integers(1, 9), frames=st.integers(2, 8))
def test_a_scenario_made_from_a_plan_shares_the_expenses_as_the_plan_does(
    seed: int, expenses: int, frames: int
) -> None:
    catalog, consultation = random_case(seed, expenses, frames, categories=1 + seed % 6)
    plan = best_combination(catalog, consultation, 60)
    assume(plan.frames)
    check_scenario_of(catalog, consultation, plan)


def test_frames_that_pay_the_same_share_alike_in_plan_and_scenario() -> None:
    twins = [plain(name, ["x"], "1/2", 500) for name in ("a", "b", "c")]
    consultation = visit(("x", 400), ("x", 600), ("x", 1000), ("x", 1000), ("x", 300))
    catalog = catalog_of(twins)
    plan = best_combination(catalog, consultation)
    assert len(plan.frames) == 3
    check_scenario_of(catalog, consultation, plan)


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), expenses=st.integers(1, 6), frames=st.integers(2, 4))
def test_a_scenario_shares_expenses_as_well_as_possible(
    seed: int, expenses: int, frames: int
) -> None:
    catalog, consultation = random_case(seed, expenses, frames, categories=1 + seed % 3)
    scenario = Scenario(tuple(catalog.entries), name="together")
    results = simulate(catalog, replace(consultation, scenarios=(scenario,)))
    funded = [index for result in results for index in result.expenses]
    assert len(funded) == len(set(funded))
    for index, expense in enumerate(consultation.expenses):
        takers = [
            each
            for each in catalog.entries.values()
            if expense.category in (*each.base_categories, *each.top_up_categories)
        ]
        assert (index in funded) is bool(takers), "what a frame takes is given to one"
    best, _ = exhaustive_best(catalog, consultation, ())
    assert sum(r.amount.total.low for r in results if r.amount.total is not None) == best


@pytest.mark.parametrize("amount", [1_999_999, 2_000_000, 20_000_000])
def test_a_tie_in_a_scenario_goes_to_the_earlier_frame(amount: int) -> None:
    catalog = catalog_of([plain("a", ["x"], "1/2", 10**7), plain("b", ["x"], "1/2", 10**7)])
    consultation = visit(("x", amount))
    scenario = Scenario(("b", "a"))
    results = simulate(catalog, Consultation(expenses=consultation.expenses, scenarios=(scenario,)))
    assert [result.expenses for result in results] == [(0,), ()]
