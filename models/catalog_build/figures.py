"""Finds what a step means by `figures.…`: each figure stands once, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from models.catalog_build.schema_base import FIGURE_RATES

if TYPE_CHECKING:
    from models.catalog_build.schema import EntryYaml, FiguresYaml, RateFigureYaml, YenFigureYaml
    from models.catalog_build.schema_conditions import ConditionYaml, SourceYaml
    from models.catalog_build.schema_steps import CapYaml, RateYaml


@dataclass(frozen=True, slots=True)
class ResolvedCase:
    """One alternative of a rate or a cap with its figure looked up."""

    value: Fraction
    when: ConditionYaml | None
    source: SourceYaml | None


def yen_figures(figures: FiguresYaml) -> dict[str, YenFigureYaml]:
    """Return the yen figures that the entry gives, by the name that steps use."""
    named = {
        "figures.max_limit": figures.max_limit,
        "figures.min_limit": figures.min_limit,
        "figures.top_up_max": figures.top_up_max,
    }
    return {name: figure for name, figure in named.items() if figure is not None}


def firm_rates(entry: EntryYaml) -> list[RateFigureYaml]:
    """Return the rates that `figures.rates` stands for: those with a condition come first."""
    firm = [rate for rate in entry.figures.rates if not rate.candidate]
    return sorted(firm, key=lambda rate: rate.condition is None)


def resolve_amount(
    entry: EntryYaml, value: int | str, source: SourceYaml | None
) -> tuple[int, SourceYaml | None] | None:
    """Return the yen and their source, None when the entry has no such figure."""
    figures = yen_figures(entry.figures)
    if isinstance(value, str):
        figure = figures.get(value)
        return None if figure is None else (figure.amount, source or figure.source)
    equal = (figure.source for figure in figures.values() if figure.amount == value)
    return value, source or next(equal, None)


def resolve_rate(
    entry: EntryYaml, value: Fraction | str, source: SourceYaml | None
) -> tuple[Fraction, SourceYaml | None] | None:
    """Return one rate and its source, None when the entry has not exactly one such figure."""
    firm = firm_rates(entry)
    if isinstance(value, str):
        return (firm[0].rate, source or firm[0].source) if len(firm) == 1 else None
    equal = (figure.source for figure in firm if figure.rate == value)
    return value, source or next(equal, None)


def resolve_rate_step(entry: EntryYaml, step: RateYaml) -> list[ResolvedCase] | None:
    """Return the cases of a rate step, None when a figure that it names is missing."""
    if [case.rate for case in step.rate] == [FIGURE_RATES] and step.rate[0].when is None:
        firm = firm_rates(entry)
        cases = [
            ResolvedCase(rate.rate, rate.condition, step.source or rate.source) for rate in firm
        ]
        return cases or None
    cases = []
    for case in step.rate:
        found = resolve_rate(entry, case.rate, case.source or step.source)
        if found is None:
            return None
        cases.append(ResolvedCase(found[0], case.when, found[1]))
    return cases


def resolve_cap_step(entry: EntryYaml, step: CapYaml) -> list[ResolvedCase] | None:
    """Return the cases of a cap step (whole yen), None when a figure is missing."""
    cases: list[ResolvedCase] = []
    for case in step.cap:
        found = resolve_amount(entry, case.amount, case.source or step.source)
        if found is None:
            return None
        cases.append(ResolvedCase(Fraction(found[0]), case.when, found[1]))
    return cases
