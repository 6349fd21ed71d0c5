"""Derived facts must end in answers: a fact that needs itself can never be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.schema_conditions import LeafYaml
from models.catalog_build.walk import parts_of_type
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build.draft import Draft


def check_cycles(draft: Draft) -> Iterator[Problem]:
    """Find facts that lead back to themselves."""
    needs = {
        fact.id: [leaf.fact for leaf in parts_of_type(fact.condition, LeafYaml) if leaf.fact]
        for fact in draft.facts
    }
    for fact in draft.facts:
        loop = _way_back(fact.id, needs)
        if loop:
            reason = f"事実が自分自身に戻ります（{' → '.join(loop)}）。"
            yield fact.problem(reason, Severity.CRITICAL, "condition")


def _way_back(start: str, needs: dict[str, list[str]]) -> list[str]:
    """Return the way from `start` to itself, [] when there is none."""
    ways = [[start, following] for following in needs.get(start, [])]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend([*way, following] for following in needs.get(way[-1], []))
    return []
