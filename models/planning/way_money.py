"""Gives each way its money by month, and tells of each expense when it may be ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.advice import advice_about
from models.planning.cash_plan import cash_plan, with_steps
from models.values.money import YenRange
from models.values.way_money import WayMoney

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.values.catalog import Advice, Catalog
    from models.values.consultation import Consultation
    from models.values.results import Screening, SimulationResult
    from models.values.ways import Way, Ways

_NOTHING = YenRange(0, 0)


def money_ways(ways: Iterable[Ways]) -> tuple[Way, ...]:
    """Return the ways whose money can be shown: those that pay and are not ruled out, each once."""
    found: dict[str, Way] = {}
    for block in ways:
        for way in block.ways:
            if way.is_possible:
                found.setdefault(way.key, way)
    return tuple(found.values())


def chosen_way(ways: Sequence[Way], key: str | None) -> Way | None:
    """Return the way with this key, else the first one; `None` where there is no way at all."""
    return next((way for way in ways if way.key == key), ways[0] if ways else None)


def way_money(
    catalog: Catalog,
    consultation: Consultation,
    screenings: Iterable[Screening],
    way: Way | None,
) -> WayMoney:
    """Return the money by month of a way, or of doing without a subsidy (`None`)."""
    terms = consultation.cash
    if way is None:
        expenses = consultation.expenses
        plan = cash_plan(expenses, _NOTHING, terms)
        return WayMoney(None, expenses, plan, (None,) * len(expenses))
    varied = consultation.under(way.scenario)
    plan = cash_plan(varied.expenses, way.result.amount.total or _NOTHING, terms)
    frames = [part.entry for part in way.parts]
    return WayMoney(
        way,
        varied.expenses,
        with_steps(plan, catalog, varied, screenings, frames),
        order_rules(catalog, varied, way.parts),
    )


def order_rules(
    catalog: Catalog, consultation: Consultation, parts: Iterable[SimulationResult]
) -> tuple[Advice | None, ...]:
    """Return for each expense the advice that says when it may be ordered.

    An expense that none of the frames takes is free, and so is one of which nothing is said.
    """
    found: list[Advice | None] = [None] * len(consultation.expenses)
    for part in parts:
        about = advice_about(catalog, consultation, [part.entry])
        rule = next((advice for advice in about if advice.order_rule is not None), None)
        for place in part.expenses:
            found[place] = rule
    return tuple(found)
