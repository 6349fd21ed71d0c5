"""A frame as the search sees it pays what the calculation says, and never more than its bins."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from models.judgement.costs import Costs
from models.judgement.subsidy_amount import total_range
from models.planning.plan_frames import PlanFrame
from models.planning.profiles import value_at
from models.planning.scaled_frames import Item, scaled_frames
from models.values.consultation import Expense, TaxMode
from tests.models.planning.plan_cases import random_case


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
            worth = sum(
                value_at(b.profile, fill) for b, fill in zip(frame.bins, fills, strict=True)
            )
            assert amount <= worth
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
