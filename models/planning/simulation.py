"""Simulates scenarios: verdict, amount, own burden and advance outlay of each frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.judgement.evaluation import Situation
from models.judgement.screening import screen_entry
from models.judgement.subsidy_amount import subsidy_amount
from models.planning.allocation import allocate
from models.planning.cash_plan import paid_in_all, peak_advance
from models.planning.plan_frames import takes
from models.values.consultation import Scenario
from models.values.results import SimulationResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.catalog import Catalog, Entry
    from models.values.consultation import Consultation
    from models.values.plan import Plan


def simulate(catalog: Catalog, consultation: Consultation) -> tuple[SimulationResult, ...]:
    """Return the results of the scenarios that the consultation names, or of all frames.

    A scenario of several frames gives one result per frame; each expense goes to at most one.
    """
    scenarios = consultation.scenarios or tuple(
        Scenario((entry.id,)) for entry in catalog.calculable
    )
    return tuple(
        result
        for scenario in scenarios
        for result in simulate_scenario(catalog, consultation, scenario)
    )


def simulate_scenario(
    catalog: Catalog, consultation: Consultation, scenario: Scenario
) -> list[SimulationResult]:
    """Return the result of each frame of one scenario, in the scenario's order."""
    varied = consultation.under(scenario)
    entries = [catalog.entries[frame] for frame in scenario.frames]
    expenses = varied.expenses
    if len(entries) == 1:
        shares = [[i for i, expense in enumerate(expenses) if takes(entries[0], expense.category)]]
    else:
        shares = allocate(catalog, entries, varied.answers, expenses)
    situation = Situation(catalog, varied.answers)
    return [
        _result(situation, scenario.name, entry, varied, share)
        for entry, share in zip(entries, shares, strict=True)
    ]


def _result(
    situation: Situation,
    scenario: str | None,
    entry: Entry,
    varied: Consultation,
    share: Sequence[int],
) -> SimulationResult:
    expenses = varied.expenses
    costs = Costs(expenses[index] for index in share)
    amount = subsidy_amount(situation.catalog, entry, situation.values, costs)
    screening = screen_entry(entry, situation)
    paid = paid_in_all(expenses)
    own_burden = None if amount.total is None else amount.total.subtracted_from(paid)
    return SimulationResult(
        scenario=scenario,
        entry=entry.id,
        screening=screening,
        amount=amount,
        paid=paid,
        own_burden=own_burden,
        peak_advance=peak_advance(expenses, varied.cash),
        expenses=tuple(share),
        open_questions=tuple(dict.fromkeys((*amount.open_questions, *screening.open_questions))),
    )


def simulate_plan(
    catalog: Catalog, consultation: Consultation, plan: Plan
) -> tuple[SimulationResult, ...]:
    """Return the result of each frame of a plan, with its working, for the expenses it was given.

    What remains to pay belongs to the plan as a whole: the results leave it open.
    """
    situation = Situation(catalog, consultation.answers)
    return tuple(
        replace(
            _result(
                situation,
                None,
                catalog.entries[frame.entry],
                consultation,
                frame.expenses,
            ),
            own_burden=None,
        )
        for frame in plan.frames
    )
