"""The program agrees with the second opinion of tests/oracle.py, which knows no catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.judgement.costs import Costs
from models.judgement.screening import screen
from models.judgement.subsidy_amount import subsidy_amount
from models.values.consultation import Expense, TaxMode
from tests import oracle
from tests.scenario_file import read_scenarios
from tests.strategies import answers, expenses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue
    from tests.scenario_file import ScenarioCase

_settings = settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
_SCENARIOS = read_scenarios()
_MAXIMA = [50, 200, 225, 300, 450, 500, 600, 750, 1000, 1500, 2000, 3000, 4500, 9750, 10000, 30000]
_MINIMA = [30, 100]


def _disagreements(
    catalog: Catalog, given_answers: Mapping[str, AnswerValue | None]
) -> dict[str, tuple[str, str]]:
    found = {s.entry: s.verdict.value for s in screen(catalog, given_answers)}
    wanted = {entry: oracle.verdict(entry, given_answers) for entry in found}
    return {e: (found[e], wanted[e]) for e in found if found[e] != wanted[e]}


def test_the_opinion_covers_every_entry_that_is_judged_or_calculated(catalog: Catalog) -> None:
    assert set(oracle.PAY) == {entry.id for entry in catalog.calculable}
    assert set(oracle.HARD) == {e.id for e in catalog.entries.values() if e.kind.value == "subsidy"}


def test_the_opinion_on_the_size_of_each_industry_is_the_catalogs(catalog: Catalog) -> None:
    table = catalog.tables["company_size"].rows
    for code, industry in catalog.industries.items():
        found = {tuple(table[row].values()) for row in industry.rows}
        assert found == {oracle.SIZES[row] for row in oracle.size_rows(code)}, code


@pytest.mark.parametrize("case", _SCENARIOS, ids=[case.id for case in _SCENARIOS])
def test_with_any_one_answer_taken_away_each_verdict_is_kleenes(
    catalog: Catalog, case: ScenarioCase
) -> None:
    given_answers = case.consultation.answers
    assert not _disagreements(catalog, given_answers)
    for question in given_answers:
        rest = {key: value for key, value in given_answers.items() if key != question}
        assert not _disagreements(catalog, rest), f"without {question}"


@_settings
@given(data=st.data())
def test_verdicts_agree_whatever_is_answered(catalog: Catalog, data: st.DataObject) -> None:
    assert not _disagreements(catalog, data.draw(answers(catalog)))


def _costs_around_limits() -> st.SearchStrategy[int]:
    costs = [
        limit * 10_000 * of // parts + near
        for limit in (*_MAXIMA, *_MINIMA)
        for parts, of in ((1, 1), (1, 2), (2, 3), (3, 4))
        for near in (-1, 0, 1, 2)
    ]
    return st.sampled_from(costs)


@st.composite
def _plans(draw: st.DrawFn, catalog: Catalog, entry: Entry) -> tuple[Expense, ...]:
    own = (*entry.base_categories, *entry.top_up_categories)
    near = [
        Expense("経費", draw(st.sampled_from(own)), amount, TaxMode.EXCLUDED, year=draw(_years))
        for amount in draw(st.lists(_costs_around_limits(), max_size=3))
    ]
    return (*near, *draw(expenses(catalog, categories=own, most=3)), *draw(_others(catalog)))


_years = st.integers(1, 4)


def _others(catalog: Catalog) -> st.SearchStrategy[tuple[Expense, ...]]:
    return expenses(catalog, most=2)


@_settings
@given(data=st.data())
def test_amounts_agree_whatever_is_answered_and_planned(
    catalog: Catalog, data: st.DataObject
) -> None:
    given_answers = data.draw(answers(catalog, gaps=data.draw(st.booleans())))
    for entry in data.draw(st.lists(st.sampled_from(catalog.calculable), min_size=4, max_size=4)):
        _compare(catalog, entry, given_answers, data.draw(_plans(catalog, entry)))


@pytest.mark.parametrize("case", _SCENARIOS, ids=[case.id for case in _SCENARIOS])
def test_with_any_one_answer_taken_away_each_amount_agrees(
    catalog: Catalog, case: ScenarioCase
) -> None:
    given_answers, planned = case.consultation.answers, case.consultation.expenses
    frames = [entry for entry in catalog.calculable if entry.id in case.expect.get("amounts", {})]
    for missing in (None, *given_answers) if frames else ():
        rest = {key: value for key, value in given_answers.items() if key != missing}
        for entry in frames:
            _compare(catalog, entry, rest, planned)


def _compare(
    catalog: Catalog,
    entry: Entry,
    given_answers: Mapping[str, AnswerValue | None],
    planned: Sequence[Expense],
) -> None:
    found = subsidy_amount(catalog, entry, given_answers, Costs(planned))
    wanted = oracle.payments(entry.id, given_answers, planned)
    for name, amounts in {
        "subsidy": [payment.base for payment in wanted],
        "top_up": [payment.top_up for payment in wanted],
        "total": [payment.total for payment in wanted],
    }.items():
        span = getattr(found, name)
        assert (span.low, span.high) == (min(amounts), max(amounts)), (entry.id, name)
    for index, year in enumerate(found.years):
        of_year = [payment.years[index] for payment in wanted]
        assert (year.subsidy.low, year.subsidy.high) == (min(of_year), max(of_year)), entry.id
    least = min(payment.total for payment in wanted)
    lowest = [payment for payment in wanted if payment.total == least]
    assert set(found.limits_hit) in [set(payment.limits) for payment in lowest], entry.id
    assert found.missing_to_minimum in [payment.missing for payment in lowest], entry.id
    assert set(found.reason_codes) - _OTHER_REASONS in [set(p.reasons) for p in lowest], entry.id


_OTHER_REASONS = {"closure_only", "no_eligible_cost", "insurance_unknown", "role_unknown"}
