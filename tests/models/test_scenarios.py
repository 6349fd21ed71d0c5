"""Every case of tests/scenarios/ comes out as the file says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from models.judgement.advice import fitting_advice
from models.judgement.screening import screen
from models.planning.next_question import next_question
from models.planning.simulation import simulate
from models.planning.ways import compared_ways
from models.values.consultation import Scenario
from models.values.money import YenRange
from models.values.results import Distance
from tests.scenario_file import ScenarioCase, read_scenarios

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.results import SimulationResult

CASES = read_scenarios()


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_scenario(case: ScenarioCase, catalog: Catalog) -> None:
    expect = dict(case.expect)
    _check_screening(catalog, case, expect)
    _check_amounts(catalog, case, expect)
    if "next_question" in expect:
        asked = next_question(catalog, case.consultation)
        wanted = expect.pop("next_question")
        assert (asked.question if asked else None) == wanted
    if "comparison" in expect:
        screenings = screen(catalog, case.consultation.answers)
        blocks = compared_ways(catalog, case.consultation, screenings)
        found = [[way.result.entry for way in block.ways] for block in blocks]
        assert found == expect.pop("comparison")
    if "ways" in expect:
        _check_ways(catalog, case, expect.pop("ways"))
    if "advice" in expect:
        screenings = screen(catalog, case.consultation.answers)
        found_advice = {a.id for a in fitting_advice(catalog, case.consultation, screenings)}
        wanted_advice = expect.pop("advice")
        assert set(wanted_advice.get("has", [])) <= found_advice
        assert not set(wanted_advice.get("lacks", [])) & found_advice
    assert not expect, f"the scenario file expects something unknown: {expect}"


def _check_ways(catalog: Catalog, case: ScenarioCase, wanted: dict[str, Any]) -> None:
    """Check what is compared: of each way its amounts, and what the sentences say or do not say."""
    screenings = screen(catalog, case.consultation.answers)
    (ways,) = compared_ways(catalog, case.consultation, screenings)
    shown: dict[str, Any] = {}
    for way in ways.ways:
        total, own = way.result.amount.total, way.result.own_burden
        shown[way.label] = {
            "total": None if total is None else _ends(total),
            "own_burden": None if own is None else _ends(own),
            "peak_advance": way.result.peak_advance,
            "assumed": way.assumed,
            "ruled_out": way.is_ruled_out,
        }
    assert list(shown) == list(wanted["columns"])
    for label, figures in wanted["columns"].items():
        assert {key: shown[label][key] for key in figures} == figures, label
    for words in wanted.get("says", []):
        assert words in ways.sentence
    for words in wanted.get("never_says", []):
        assert words not in ways.sentence


def _ends(amount: YenRange) -> int | list[int]:
    return amount.low if amount.is_certain else [amount.low, amount.high]


def _check_screening(catalog: Catalog, case: ScenarioCase, expect: dict[str, Any]) -> None:
    screenings = {s.entry: s for s in screen(catalog, case.consultation.answers)}
    for entry, verdict in expect.pop("verdicts", {}).items():
        assert screenings[entry].verdict.value == verdict, entry
    for entry, distances in expect.pop("distances", {}).items():
        found = [reason.distance for reason in screenings[entry].reasons if reason.distance]
        assert found == [Distance(**distance) for distance in distances], entry
    for entry, questions in expect.pop("open_questions", {}).items():
        assert list(screenings[entry].open_questions) == questions, entry
    for entry, offers in expect.pop("offers", {}).items():
        raised = {each.offer: each.raised for each in screenings[entry].offers}
        assert {offer: raised[offer] for offer in offers} == offers, entry


def _check_amounts(catalog: Catalog, case: ScenarioCase, expect: dict[str, Any]) -> None:
    wanted = expect.pop("amounts", {})
    consultation = case.consultation
    if wanted and not consultation.scenarios:
        scenarios = tuple(Scenario((entry,)) for entry in wanted)
        consultation = replace(consultation, scenarios=scenarios)
    results = {result.entry: result for result in simulate(catalog, consultation)}
    for entry, figures in wanted.items():
        for name, value in figures.items():
            assert _figure(results[entry], name) == _as_range(value), f"{entry} {name}"


_RANGES = {"subsidy", "top_up", "total", "own_burden"}


def _as_range(value: Any) -> Any:
    return tuple(_as_range(each) for each in value) if isinstance(value, list) else value


def _figure(result: SimulationResult, name: str) -> Any:
    if name in {"own_burden", "peak_advance"}:
        value = getattr(result, name)
    elif name == "note_ids":
        value = tuple(note.id for note in result.amount.notes)
    elif name == "years":
        years = result.amount.years
        value = tuple((y.subsidy.low, y.subsidy.high) for y in years)
        return tuple(low if low == high else (low, high) for low, high in value)
    elif name == "subsidy_rate":
        value = result.amount.subsidy_rate
        return None if value is None else f"{value.numerator}/{value.denominator}"
    else:
        value = getattr(result.amount, name)
    if isinstance(value, YenRange):
        return value.low if value.is_certain else (value.low, value.high)
    return value
