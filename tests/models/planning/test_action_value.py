"""What an action would change is the difference of two simulations, and nothing is taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.judgement.screening import screen
from models.planning.action_value import action_values
from models.planning.simulation import simulate
from models.values.consultation import Consultation, Scenario
from models.values.money import YenRange, rate_text
from models.values.questions import QuestionType
from models.values.results import Verdict
from tests.scenario_file import FOLDER, read_scenarios
from tests.strategies import answers, expenses

CASES = read_scenarios(FOLDER / "actions")
RANK = {Verdict.NOT_ELIGIBLE: 0, Verdict.NEEDS_CONFIRMATION: 1, Verdict.LIKELY: 2}


def result(catalog, consultation, entry):
    return simulate(catalog, replace(consultation, scenarios=(Scenario((entry,)),)))[0]


def verdicts(catalog, consultation):
    found = screen(catalog, consultation.answers)
    return {each.entry: RANK[each.verdict] for each in found if each.verdict in RANK}


def told(change):
    before, after = change.rate_before, change.rate_after
    rates = [rate_text(rate) for rate in (before, after) if rate is not None]
    return {
        "beside": change.beside,
        "verdict": change.verdict_after.value,
        "rate": "→".join(rates),
        "gain": [change.low_gain, change.high_gain],
        "sentence": change.sentence,
    }


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_scenario(case, catalog):
    found = {
        action.question: {change.entry: told(change) for change in action.changes}
        for action in action_values(catalog, case.consultation)
    }
    wanted = {question: entries for question, entries in case.expect["actions"].items() if entries}
    assert {q: set(entries) for q, entries in found.items()} == {
        q: set(entries) for q, entries in wanted.items()
    }
    for question, entries in wanted.items():
        for entry, figures in entries.items():
            assert {key: found[question][entry][key] for key in figures} == figures


@pytest.fixture
def consultations(catalog):
    return st.builds(
        lambda given_answers, given_expenses: Consultation(
            answers=given_answers, expenses=given_expenses
        ),
        answers(catalog),
        expenses(catalog),
    )


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_change_is_the_difference_of_two_simulations(data, catalog, consultations):
    consultation = data.draw(consultations)
    for action in action_values(catalog, consultation):
        changed = consultation.with_answer(action.question, action.answer_after)
        assert catalog.questions[action.question].actionable == action.action
        assert consultation.answers.get(action.question) == action.answer_before
        for change in action.changes:
            after = result(catalog, changed, change.entry)
            assert after.amount.total == change.total_after
            assert after.amount.subsidy_rate == change.rate_after
            assert after.screening.verdict is change.verdict_after is not Verdict.NOT_ELIGIBLE
            now = result(catalog, consultation, change.entry)
            assert now.screening.verdict is change.verdict_before
            if change.beside is None:
                none = None if change.total_after is None else YenRange(0, 0)
                assert change.total_before == none
                continue
            before = result(catalog, consultation, change.beside)
            assert before.screening.verdict is not Verdict.NOT_ELIGIBLE
            assert before.amount.total == change.total_before
            assert before.amount.subsidy_rate == change.rate_before
            if change.low_gain is not None:
                assert change.low_gain == after.amount.total.low - before.amount.total.low
                assert change.high_gain == after.amount.total.high - before.amount.total.high


@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exactly_the_actions_that_help_and_harm_nothing_are_told(data, catalog, consultations):
    consultation = data.draw(consultations)
    before = verdicts(catalog, consultation)
    told_of = {action.question for action in action_values(catalog, consultation)}
    for question in catalog.questions.values():
        if not question.actionable or question.type is not QuestionType.BOOLEAN:
            continue
        if consultation.answers.get(question.id) is True:
            assert question.id not in told_of
            continue
        changed = consultation.with_answer(question.id, True)
        after = verdicts(catalog, changed)
        same = [e.id for e in catalog.calculable if before[e.id] == after[e.id] > 0]
        moves = [
            (new.low - old.low, new.high - old.high)
            for entry in same
            if (old := result(catalog, consultation, entry).amount.total) is not None
            and (new := result(catalog, changed, entry).amount.total) is not None
        ]
        harms = any(after[e] < before[e] for e in before) or min(moves, default=(0, 0)) < (0, 0)
        helps = any(after[e] > before[e] for e in before) or any(
            low >= 0 and high >= 0 and (low or high) for low, high in moves
        )
        assert (question.id in told_of) == (helps and not harms), question.id


def test_the_scenarios_that_a_case_names_do_not_matter(catalog):
    case = CASES[0].consultation
    named = replace(case, scenarios=(Scenario(("nariwai/a",)),))
    assert action_values(catalog, named) == action_values(catalog, case)


def test_the_action_worth_most_comes_first(catalog):
    case = CASES[0].consultation
    found = action_values(catalog, case.with_answer("succession.uses_experts", False))
    gains = [max(change.low_gain or 0 for change in action.changes) for action in found]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > gains[-1]
