"""Calculations: steps in an order that makes sense, codes and figures that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.checks.steps import check_step
from models.catalog_build.figures import resolve_amount, yen_figures
from models.catalog_build.schema_base import parts_of
from models.catalog_build.schema_steps import (
    AddPoolYaml,
    CapYaml,
    EachYearYaml,
    FirstYearCapYaml,
    MinimumYaml,
    PoolYaml,
    RateYaml,
    ReadingsYaml,
    RoundDownYaml,
    RunningCapYaml,
    SubLimitYaml,
    TiersYaml,
    ZeroWhenYaml,
)
from models.catalog_build.walk import parts_of_type
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.catalog_build.draft import Draft
    from models.catalog_build.schema import EntryYaml
    from models.catalog_build.schema_base import Located

_STARTS = (PoolYaml, SubLimitYaml, EachYearYaml, ReadingsYaml, ZeroWhenYaml)
_MULTIPLIES = (RateYaml, TiersYaml, SubLimitYaml)
_AFTER_YEARS = (RunningCapYaml, FirstYearCapYaml)


def check_calculations(draft: Draft) -> Iterator[Problem]:
    """Find calculations that cannot run or that contradict the entry's figures."""
    for item in draft.entries:
        entry = item.yaml
        if entry.calculation is None:
            yield from _unused_categories(entry)
            continue
        for track in ("base", "top_up"):
            steps: list[Located] = getattr(entry.calculation, track)
            yield from _check_order(steps, in_year=False)
            if steps:
                yield from _check_track(entry, steps, track)
        for part in parts_of(entry.calculation):
            yield from check_step(draft, entry, part)
        yield from _check_figures_used(entry)


def _unused_categories(entry: EntryYaml) -> Iterator[Problem]:
    if entry.categories.top_up:
        reason = "計算のない枠に上乗せの経費区分は書けません。"
        yield entry.categories.problem(reason, Severity.IMPORTANT, "top_up")


def _check_track(entry: EntryYaml, steps: Sequence[Located], track: str) -> Iterator[Problem]:
    allowed: list[str] = getattr(entry.categories, track)
    used: set[str] = set()
    for step in steps:
        for part in parts_of(step):
            for category in _categories(part):
                used.add(category)
                if category not in allowed:
                    reason = f"「{category}」は categories.{track} にありません。"
                    yield part.problem(reason, Severity.CRITICAL)
    for category in allowed:
        if category not in used:
            reason = f"経費区分「{category}」はこの計算で使われていません。"
            yield entry.categories.problem(reason, Severity.IMPORTANT, track)
    if not isinstance(steps[0], _STARTS):
        reason = f"{track}は pool、sub_limit、each_year、readings のどれかで始めます。"
        yield steps[0].problem(reason, Severity.CRITICAL)
    parts = [part for step in steps for part in parts_of(step)]
    multiplies = any(isinstance(part, _MULTIPLIES) for part in parts)
    if not multiplies:
        yield steps[0].problem(f"{track}に補助率（rate、tiers）がありません。", Severity.IMPORTANT)
    elif not any(isinstance(part, RoundDownYaml) for part in parts):
        reason = f"{track}に端数の扱い（round_down）がありません。"
        yield steps[0].problem(reason, Severity.IMPORTANT)


def _categories(part: Located) -> list[str]:
    if isinstance(part, PoolYaml):
        return part.pool
    if isinstance(part, AddPoolYaml):
        return part.add_pool
    if isinstance(part, SubLimitYaml):
        return [*part.sub_limit.main, *part.sub_limit.categories]
    return []


def _check_order(steps: Sequence[Located], *, in_year: bool) -> Iterator[Problem]:
    after_years = False
    for step in steps:
        if isinstance(step, EachYearYaml):
            if in_year:
                yield step.problem("each_yearの中にeach_yearは置けません。", Severity.CRITICAL)
            if not isinstance(step.do[0], (PoolYaml, SubLimitYaml, ReadingsYaml)):
                reason = "each_yearのdoは pool か sub_limit で始めます。"
                yield step.problem(reason, Severity.CRITICAL, "do")
            yield from _check_order(step.do, in_year=True)
            after_years = True
        elif isinstance(step, _AFTER_YEARS):
            if not after_years:
                reason = "running_cap と first_year_cap は each_year の後（同じ並び）に置きます。"
                yield step.problem(reason, Severity.CRITICAL)
        elif isinstance(step, ReadingsYaml):
            for reading in step.readings:
                yield from _check_order(reading.do, in_year=in_year)


def _check_figures_used(entry: EntryYaml) -> Iterator[Problem]:
    calculation = entry.calculation
    if calculation is None:
        return
    figures = yen_figures(entry.figures)
    caps = _amounts(entry, parts_of_type(calculation, CapYaml))
    minima = _amounts(entry, parts_of_type(calculation, MinimumYaml))
    every = [*caps, *minima, *_other_amounts(entry)]
    for name, figure in figures.items():
        if figure.amount and figure.amount not in every:
            reason = f"{name}が計算のどこにも出てきません。"
            yield figure.problem(reason, Severity.IMPORTANT, "amount")
    if minima and "figures.min_limit" not in figures:
        reason = "計算に minimum がありますが、figures.min_limit がありません。"
        yield calculation.problem(reason, Severity.IMPORTANT, "base")
    if calculation.top_up and "figures.top_up_max" not in figures:
        reason = "計算に top_up がありますが、figures.top_up_max がありません。"
        yield calculation.problem(reason, Severity.IMPORTANT, "top_up")
    if minima and caps and min(caps) < max(minima):
        reason = f"上限 {min(caps):,}円 が下限 {max(minima):,}円 より小さくなっています。"
        yield calculation.problem(reason, Severity.CRITICAL, "base")


def _amounts(entry: EntryYaml, steps: Iterator[CapYaml] | Iterator[MinimumYaml]) -> list[int]:
    values: list[int | str] = []
    for step in steps:
        if isinstance(step, CapYaml):
            values.extend(case.amount for case in step.cap)
        else:
            values.append(step.minimum)
    found = [resolve_amount(entry, value, None) for value in values]
    return [pair[0] for pair in found if pair is not None]


def _other_amounts(entry: EntryYaml) -> Iterator[int]:
    """Yield the amounts of running caps, caps per head and partial limits."""
    for part in parts_of(entry.calculation):
        for name in ("running_cap", "each", "at_most"):
            value = getattr(part, name, None)
            if isinstance(value, int | str):
                found = resolve_amount(entry, value, None)
                if found is not None:
                    yield found[0]
