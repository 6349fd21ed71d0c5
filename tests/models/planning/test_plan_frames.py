"""A frame as the search sees it pays what the calculation says, and never more than its bins."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from models.judgement.costs import Costs
from models.judgement.subsidy_amount import total_range
from models.planning.plan_frames import PlanFrame
from models.planning.price_bound import Market
from models.planning.profiles import IDENTITY, capped, composed, multiplied, tiered, value_at
from models.planning.scaled_frames import Item, ScaledFrame, scaled_frames
from models.values.calculation import Tier
from models.values.consultation import Expense, TaxMode
from tests.models.planning.plan_cases import random_case

if TYPE_CHECKING:
    from collections.abc import Sequence


@settings(max_examples=300)
@given(seed=st.integers(0, 10**6))
def test_the_amount_is_the_low_end_and_within_the_bins(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    catalog, consultation = random_case(seed, 0, 6, categories=3)
    keys = [(category, year) for category in catalog.categories for year in (1, 2)]
    for each in catalog.entries.values():
        supply = {key: random.choice((10_000, 3_000_000, 30_000_000)) for key in keys}
        frame = PlanFrame(catalog, each, consultation.answers, supply)
        seen: dict[tuple[object, ...], int] = {}
        for _ in range(12):
            costs = {key: min(random.randint(0, 9) * 400_001, supply[key]) for key in frame.keys}
            if random.random() < 0.2:
                costs = {key: supply[key] for key in frame.keys}
            expenses = [
                Expense("", category, cost, TaxMode.NONE, year=year)
                for (category, year), cost in costs.items()
            ]
            amount = frame.amount([costs[key] for key in frame.keys])
            low = total_range(catalog, each, consultation.answers, Costs(expenses)).low
            assert amount == low <= frame.most
            fills = [sum(w * costs[key] for key, w in b.weights.items()) for b in frame.bins]
            worths = [value_at(b.profile, f) for b, f in zip(frame.bins, fills, strict=True)]
            for way in frame.ways:
                counting = (*way.base, *way.top_up)
                if way.lead is not None and not fills[way.lead]:
                    counting = way.base
                assert amount <= way.fixed + sum(worths[place] for place in counting)
            # What the search takes for the same state pays the same.
            state = tuple(
                min(fill, b.profile[-1].start)
                if len(b.profile) > 1 and not b.profile[-1].slope
                else fill
                for b, fill in zip(frame.bins, fills, strict=True)
            )
            assert seen.setdefault(state, amount) == amount


@settings(max_examples=100)
@given(seed=st.integers(0, 10**6))
def test_scaled_bins_are_the_same_in_whole_numbers(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    catalog, consultation = random_case(seed, 0, 4, categories=3)
    keys = {(category, 1): number for number, category in enumerate(catalog.categories)}
    items = [Item(number, number, random.randint(1, 10**7)) for number in keys.values()]
    supply = {key: items[number].net for key, number in keys.items()}
    frames = [
        PlanFrame(catalog, each, consultation.answers, supply) for each in catalog.entries.values()
    ]
    unit, scaled = scaled_frames(frames, keys, items)
    for frame, whole in zip(frames, scaled, strict=True):
        for each, other in zip(frame.bins, whole.bins, strict=True):
            cost = sum(weight * supply[key] for key, weight in each.weights.items())
            filled = sum(other.sizes.values())
            assert other.value(filled) == value_at(each.profile, cost) * unit
        for way, scaled_way in zip(frame.ways, whole.ways, strict=True):
            assert scaled_way.fixed == way.fixed * unit
            assert scaled_way[1:] == way[1:]


def paid_by_bins(frame: ScaledFrame, taken: Sequence[int]) -> int:
    """Return what a frame pays by its bins for some expenses, scaled."""
    return frame.bounded(
        [sum(each.sizes.get(number, 0) for number in taken) for each in frame.bins]
    )


@settings(max_examples=200)
@given(seed=st.integers(0, 10**6))
def test_no_share_gains_more_than_the_bound_by_prices_says(seed: int) -> None:
    """Whatever the prices: no set of whole expenses gains a frame more than its stated gain."""
    random = Random(seed)  # noqa: S311
    catalog, consultation = random_case(seed, 7, 5, categories=3)
    keys: dict[tuple[str, int], int] = {}
    supply: dict[tuple[str, int], int] = {}
    items: list[Item] = []
    for number, each in enumerate(consultation.expenses):
        key = (each.category, each.year)
        items.append(Item(number, keys.setdefault(key, len(keys)), each.net))
        supply[key] = supply.get(key, 0) + each.net
    frames = [
        PlanFrame(catalog, each, consultation.answers, supply) for each in catalog.entries.values()
    ]
    unit, scaled = scaled_frames(frames, keys, items)
    market = Market(items, unit)
    for _ in range(4):
        prices = {
            item.number: random.choice(
                (
                    0,
                    item.net * unit // 2,
                    item.net * unit * 2 // 3,
                    random.randint(0, item.net) * unit,
                )
            )
            for item in items
        }
        for frame in [each for each in scaled if each.most]:
            gain, taken_for_it = market.answer(frame, prices)
            assert set(taken_for_it) <= set(frame.numbers)
            paid = gain + sum(prices[number] for number in taken_for_it)
            if paid <= frame.most and all(way.lead is None for way in frame.ways):
                assert paid - paid_by_bins(frame, taken_for_it) <= unit // 4
            assert market.answer(frame, prices, 2).gain >= gain - unit // 4
            taken = [item for item in items if item.number in frame.numbers]
            for count in range(len(taken) + 1):
                for some in combinations(taken, count):
                    costs = [0] * len(frame.places)
                    for item in some:
                        costs[frame.places[item.key]] += item.net
                    amount = frame.frame.amount(costs) * unit
                    assert amount - sum(prices[item.number] for item in some) <= gain
                    fills = [
                        sum(each.sizes.get(item.number, 0) for item in some) for each in frame.bins
                    ]
                    assert amount <= frame.bounded(fills)


@given(st.lists(st.integers(0, 4), min_size=3, max_size=3), st.integers(1, 9))
def test_a_profile_of_a_profile_pays_what_one_after_the_other_pays(
    rates: list[int], most: int
) -> None:
    outer = tiered([Tier(300, Fraction(rates[0], 3)), Tier(None, Fraction(rates[1], 4))])
    inner = capped(multiplied(IDENTITY, Fraction(1 + rates[2], 3)), Fraction(most * 100))
    both = composed(outer, inner)
    for cost in (0, 1, 299, 300, 301, 450, 777, 900, 2700, 5000):
        assert value_at(both, cost) == value_at(outer, value_at(inner, cost))
