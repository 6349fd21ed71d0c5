"""Finds expenses that two frames of one plan would both fund (二重), and how to share them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.judgement.evaluation import Situation
from models.judgement.screening import screen_entry
from models.judgement.subsidy_amount import subsidy_amount
from models.planning.best_combination import pair_relations, search_best_combination
from models.planning.simulation import simulate_scenario
from models.values.catalog import PairKind
from models.values.plan import DoubleClaim, DoubleFunding
from models.values.results import Verdict

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from models.planning.pace import Pace
    from models.values.catalog import Catalog, Entry
    from models.values.consultation import Consultation, Scenario
    from models.values.plan import Plan

Claims = dict[str, frozenset[int]]
"""Frame -> the indices of the consultation's expenses that it would count."""


def claims_of_scenarios(catalog: Catalog, consultation: Consultation) -> Claims:
    """Return what the scenarios together would have funded.

    A scenario under other answers is another world: it is no part of the client's own plan. One
    with expenses of its own claims those that stand in the consultation too.
    """
    claims: dict[str, set[int]] = {}
    for scenario in consultation.scenarios:
        varied = consultation.under(scenario)
        if varied.answers != consultation.answers:
            continue
        places = _places(consultation, scenario)
        for result in simulate_scenario(catalog, consultation, scenario):
            if catalog.entries[result.entry].has_firm_amount:
                found = (places[i] for i in result.expenses if i in places)
                claims.setdefault(result.entry, set()).update(found)
    return _counted(catalog, consultation, claims)


def claims_of_frames(catalog: Catalog, consultation: Consultation, frames: Iterable[str]) -> Claims:
    """Return what each of these frames would count of all the expenses."""
    everything = range(len(consultation.expenses))
    return _counted(catalog, consultation, {frame: set(everything) for frame in frames})


def double_funding(catalog: Catalog, claims: Claims, split: Plan) -> DoubleFunding | None:
    """Return what would be funded twice, `None` if nothing; `split` is the plan among the frames.

    Frames that exclude one another are a choice, not a plan: between them nothing is doubled.
    """
    relations = pair_relations(catalog)
    owners = {index: frame.entry for frame in split.frames for index in frame.expenses}
    order = {entry.id: place for place, entry in enumerate(catalog.calculable)}
    found: list[DoubleClaim] = []
    unconfirmed: dict[tuple[str, str], None] = {}
    claimed = {index for indices in claims.values() for index in indices}
    for index in sorted(claimed):
        rivals = sorted(
            (frame for frame in claims if index in claims[frame]), key=order.__getitem__
        )
        pairs = [
            pair
            for pair in combinations(rivals, 2)
            if relations.get(pair) is not PairKind.EXCLUSIVE
        ]
        if not pairs:
            continue
        found.append(DoubleClaim(index, tuple(rivals), owners.get(index, "")))
        open_pairs = (pair for pair in pairs if relations.get(pair) is PairKind.UNCONFIRMED)
        unconfirmed.update(dict.fromkeys(open_pairs))
    return DoubleFunding(tuple(found), split, tuple(unconfirmed)) if found else None


def search_double_funding(
    catalog: Catalog, consultation: Consultation, pace: Pace
) -> Generator[None, None, DoubleFunding | None]:
    """Search, in slices, what the scenarios of the consultation would have funded twice."""
    claims = claims_of_scenarios(catalog, consultation)
    yield from pace.rest()
    if not claims:
        return None
    split = yield from search_best_combination(catalog, consultation, pace=pace, among=claims)
    return double_funding(catalog, claims, split)


def _places(consultation: Consultation, scenario: Scenario) -> Mapping[int, int]:
    """Return where each expense of a scenario stands among those of the consultation."""
    if scenario.expenses is None:
        return {index: index for index in range(len(consultation.expenses))}
    free = list(range(len(consultation.expenses)))
    found: dict[int, int] = {}
    for index, expense in enumerate(scenario.expenses):
        same = next((place for place in free if consultation.expenses[place] == expense), None)
        if same is not None:
            free.remove(same)
            found[index] = same
    return found


def _counted(
    catalog: Catalog, consultation: Consultation, claims: Mapping[str, Iterable[int]]
) -> Claims:
    """Return the claims of frames that are not ruled out and pay for what they claim."""
    situation = Situation(catalog, consultation.answers)
    found: Claims = {}
    for frame, indices in claims.items():
        entry = catalog.entries[frame]
        if screen_entry(entry, situation).verdict is Verdict.NOT_ELIGIBLE:
            continue
        counted = _paid_for(catalog, consultation, entry, indices)
        if counted:
            found[frame] = counted
    return found


def _paid_for(
    catalog: Catalog, consultation: Consultation, entry: Entry, indices: Iterable[int]
) -> frozenset[int]:
    expenses = consultation.expenses
    asked = [i for i in indices if expenses[i].category in _categories(entry)]
    costs = Costs(expenses[index] for index in asked)
    amount = subsidy_amount(catalog, entry, consultation.answers, costs)
    if amount.total is None or not amount.total.high:
        return frozenset()
    has_top_up = amount.top_up is not None and amount.top_up.high > 0
    return frozenset(
        index for index in asked if has_top_up or expenses[index].category in entry.base_categories
    )


def _categories(entry: Entry) -> frozenset[str]:
    return frozenset((*entry.base_categories, *entry.top_up_categories))
