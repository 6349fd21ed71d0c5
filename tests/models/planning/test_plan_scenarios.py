"""Every case of tests/scenarios/plans/ comes out as the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from models.planning.best_combination import best_combination
from models.planning.break_even import break_even, reach
from models.planning.lever import Lever
from models.values.break_even import NoLine, Reach
from tests.scenario_file import FOLDER, ScenarioCase, read_scenarios

if TYPE_CHECKING:
    from models.values.break_even import Course
    from models.values.catalog import Catalog
    from models.values.money import YenRange

CASES = read_scenarios(FOLDER / "plans")


def figure(amount: YenRange | None) -> Any:
    if amount is None:
        return None
    return amount.low if amount.is_certain else [amount.low, amount.high]


def check(expected: dict[str, Any], found: dict[str, Any]) -> None:
    for name, value in expected.items():
        assert found[name] == value, name


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_plan_scenario(case: ScenarioCase, catalog: Catalog) -> None:
    expect = dict(case.expect)
    if "plan" in expect:
        _check_plan(catalog, case, expect.pop("plan"))
    if "break_even" in expect:
        _check_break_even(catalog, case, expect.pop("break_even"))
    if "reaches" in expect:
        _check_reaches(catalog, case, expect.pop("reaches"))
    if "reach" in expect:
        _check_reach(catalog, case, expect.pop("reach"))
    assert not expect, f"the scenario file expects something unknown: {expect}"


def _check_plan(catalog: Catalog, case: ScenarioCase, expected: dict[str, Any]) -> None:
    plan = best_combination(catalog, case.consultation)
    assert plan.proven_optimal
    reasons = {each.entry: each.reason.value for each in plan.left_out}
    left_out = expected.pop("left_out", {})
    assert {entry: reasons.get(entry) for entry in left_out} == left_out
    check(
        expected,
        {
            "total": figure(plan.total),
            "if_confirmed": figure(plan.if_confirmed),
            "frames": {frame.entry: list(frame.expenses) for frame in plan.frames},
            "to_confirm": [list(pair) for pair in plan.unsaid_pairs],
        },
    )


def _check_break_even(catalog: Catalog, case: ScenarioCase, expected: dict[str, Any]) -> None:
    first, second = case.consultation.scenarios
    lever = _lever(case, expected)
    found = break_even(catalog, case.consultation, (first, second), lever)
    if isinstance(found, NoLine):
        check(expected, {"no_line": found.reason})
        return

    def changes(course: Course | None) -> list[list[object]]:
        crossings = () if course is None else course.crossings
        return [[crossing.at, crossing.ahead.value] for crossing in crossings]

    subsidy, burden = found.subsidy, found.burden
    check(
        expected,
        {
            "today": found.today,
            "surely": changes(subsidy and subsidy.surely),
            "low": changes(subsidy and subsidy.low),
            "high": changes(subsidy and subsidy.high),
            "burden": changes(burden and burden.surely),
            "sentences": list(found.sentences),
        },
    )


def _lever(case: ScenarioCase, expected: dict[str, Any]) -> Lever:
    """Return the category as the client plans it, or `of` a scenario with expenses of its own."""
    owner = expected.pop("of", None)
    if owner is None:
        return Lever(expected.pop("category"))
    (plan,) = (each.expenses for each in case.consultation.scenarios if each.name == owner)
    return Lever(expected.pop("category"), None, plan, owner)


def _check_reaches(catalog: Catalog, case: ScenarioCase, expected: dict[str, Any]) -> None:
    lever = _lever(case, expected)
    told: list[str] = []
    for scenario in case.consultation.scenarios:
        found = reach(catalog, case.consultation, scenario, lever)
        assert isinstance(found, Reach)
        told += found.sentences
    check(expected, {"sentences": told})


def _check_reach(catalog: Catalog, case: ScenarioCase, expected: dict[str, Any]) -> None:
    (scenario,) = case.consultation.scenarios
    lever = _lever(case, expected)
    found = reach(catalog, case.consultation, scenario, lever)
    assert isinstance(found, Reach)
    check(
        expected,
        {
            "most": figure(found.most),
            "most_from": found.most_from_low,
            "missing": found.missing,
            "sentences": list(found.sentences),
        },
    )
