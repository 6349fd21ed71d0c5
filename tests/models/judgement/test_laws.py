"""Laws that hold for every program, whatever the client answers and plans."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.judgement.costs import Costs
from models.judgement.evaluation import Situation, evaluate
from models.judgement.screening import screen
from models.judgement.subsidy_amount import subsidy_amount
from models.planning.simulation import simulate
from models.values.conditions import AllOf, AnyOf, Leaf, Not, Operator
from models.values.consultation import Consultation, Scenario
from models.values.results import Verdict
from models.values.truth import Truth
from tests.strategies import answer_for, answers, expenses

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue, Condition

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
_settings = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
_SETTLED = {Verdict.LIKELY, Verdict.NOT_ELIGIBLE}


@_settings
@given(data=st.data())
def test_an_answer_never_makes_a_settled_verdict_unsettled(
    catalog: Catalog, data: st.DataObject
) -> None:
    given_answers = data.draw(answers(catalog))
    open_ones = [q for q in catalog.questions.values() if q.id not in given_answers]
    question = data.draw(st.sampled_from(open_ones))
    assume(question.type.value not in {"text", "corporate_number"})
    value = data.draw(answer_for(catalog, question))
    before = screen(catalog, given_answers)
    after = screen(catalog, {**given_answers, question.id: value})
    for old, new in zip(before, after, strict=True):
        if old.verdict in _SETTLED:
            assert new.verdict is old.verdict


@_settings
@given(data=st.data())
def test_only_an_open_question_can_change_a_verdict(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    question = data.draw(st.sampled_from(sorted(catalog.questions)))
    assume(question not in given_answers)
    assume(catalog.questions[question].type.value not in {"text", "corporate_number"})
    value = data.draw(answer_for(catalog, catalog.questions[question]))
    before = screen(catalog, given_answers)
    after = screen(catalog, {**given_answers, question: value})
    for old, new in zip(before, after, strict=True):
        if question not in old.open_questions:
            assert new.verdict is old.verdict


@_settings
@given(data=st.data())
def test_verdicts_are_those_of_kleene_logic(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    for entry, screening in zip(
        catalog.entries.values(), screen(catalog, given_answers), strict=True
    ):
        if screening.verdict in {Verdict.CONSULT, Verdict.INFORMATION}:
            continue
        hard = None if entry.hard is None else _kleene(entry.hard, catalog, given_answers)
        soft = [_kleene(leaf, catalog, given_answers) for leaf in entry.soft]
        if hard is False:
            assert screening.verdict is Verdict.NOT_ELIGIBLE
        elif hard is True and all(value is True for value in soft):
            assert screening.verdict is Verdict.LIKELY
        else:
            assert screening.verdict is Verdict.NEEDS_CONFIRMATION


def _kleene(
    condition: Condition, catalog: Catalog, given_answers: dict[str, AnswerValue]
) -> bool | None:
    """Evaluate by the definition of Kleene's tables: minimum, maximum, one minus."""
    if isinstance(condition, Not):
        inner = _kleene(condition.part, catalog, given_answers)
        return None if inner is None else not inner
    if isinstance(condition, Leaf):
        if condition.operator is Operator.HOLDS:
            return _kleene(catalog.facts[condition.subject].condition, catalog, given_answers)
        if given_answers.get(condition.subject) is None:
            return None
        truth = evaluate(condition, Situation(catalog, given_answers))
        return {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}[truth]
    order = {False: 0, None: 1, True: 2}
    parts = [_kleene(part, catalog, given_answers) for part in condition.parts]
    if isinstance(condition, AllOf):
        return min(parts, key=lambda value: order[value])
    assert isinstance(condition, AnyOf)
    return max(parts, key=lambda value: order[value])


@_settings
@given(data=st.data())
def test_more_cost_never_lowers_a_subsidy(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    entry = data.draw(st.sampled_from(catalog.calculable))
    own = (*entry.base_categories, *entry.top_up_categories)
    planned = data.draw(expenses(catalog, categories=own))
    more = data.draw(expenses(catalog, categories=own, most=2))
    before = subsidy_amount(catalog, entry, given_answers, Costs(planned))
    after = subsidy_amount(catalog, entry, given_answers, Costs((*planned, *more)))
    assert before.total is not None
    assert after.total is not None
    assert before.total.low <= after.total.low
    assert before.total.high <= after.total.high


@_settings
@given(data=st.data())
def test_an_amount_stays_within_its_limits(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    planned = data.draw(expenses(catalog))
    for entry in catalog.calculable:
        amount = subsidy_amount(catalog, entry, given_answers, Costs(planned))
        assert amount.subsidy is not None
        assert amount.top_up is not None
        assert amount.total is not None
        assert 0 <= amount.subsidy.low <= amount.subsidy.high
        assert 0 <= amount.top_up.low <= amount.top_up.high
        assert amount.total.low >= amount.subsidy.low + amount.top_up.low
        assert amount.total.high <= amount.subsidy.high + amount.top_up.high
        # The low end never counts tax in, the high end never exceeds what is paid.
        assert amount.total.low <= amount.eligible_cost + amount.closure_cost
        own = {*entry.base_categories, *entry.top_up_categories}
        assert amount.total.high <= sum(e.paid for e in planned if e.category in own)
        if amount.subsidy_rate is not None and not amount.years and entry.rates:
            assert amount.subsidy_rate in {figure.rate for figure in entry.rates}


@_settings
@given(data=st.data())
def test_an_answer_only_narrows_the_range(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    entry = data.draw(st.sampled_from(catalog.calculable))
    own = (*entry.base_categories, *entry.top_up_categories)
    planned = data.draw(expenses(catalog, categories=own))
    before = subsidy_amount(catalog, entry, given_answers, Costs(planned))
    assume(before.open_questions)
    question = data.draw(st.sampled_from(before.open_questions))
    assume(catalog.questions[question].counts_as_when_unknown is None)
    value = data.draw(answer_for(catalog, catalog.questions[question]))
    after = subsidy_amount(catalog, entry, {**given_answers, question: value}, Costs(planned))
    assert before.total is not None
    assert after.total is not None
    assert before.total.low <= after.total.low
    assert after.total.high <= before.total.high


@_settings
@given(data=st.data())
def test_every_range_has_a_reason(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    entry = data.draw(st.sampled_from(catalog.calculable))
    own = (*entry.base_categories, *entry.top_up_categories)
    planned = data.draw(expenses(catalog, categories=own))
    amount = subsidy_amount(catalog, entry, given_answers, Costs(planned))
    assert amount.total is not None
    if not amount.total.is_certain:
        assert amount.open_questions or amount.notes
        assert amount.steps_high


@_settings
@given(data=st.data())
def test_nothing_is_funded_twice(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    frames = data.draw(
        st.lists(
            st.sampled_from([e.id for e in catalog.calculable]), min_size=2, max_size=3, unique=True
        )
    )
    planned = data.draw(expenses(catalog, most=5))
    consultation = Consultation(answers=dict(given_answers), expenses=planned)
    together = replace(consultation, scenarios=(Scenario(tuple(frames), name="両方"),))
    results = simulate(catalog, together)
    funded = [index for result in results for index in result.expenses]
    assert len(funded) == len(set(funded))
    single = replace(consultation, scenarios=tuple(Scenario((frame,)) for frame in frames))
    alone = [result.amount.total.low for result in simulate(catalog, single) if result.amount.total]
    both = sum(result.amount.total.low for result in results if result.amount.total)
    assert max(alone) <= both <= sum(alone)


@_settings
@given(data=st.data())
def test_own_burden_is_what_is_paid_less_the_subsidy(catalog: Catalog, data: st.DataObject) -> None:
    given_answers = data.draw(answers(catalog))
    planned = data.draw(expenses(catalog))
    consultation = Consultation(answers=dict(given_answers), expenses=planned)
    for result in simulate(catalog, consultation):
        assert result.own_burden is not None
        assert result.amount.total is not None
        assert result.own_burden.low == result.paid - result.amount.total.high
        assert result.own_burden.high == result.paid - result.amount.total.low
        assert result.peak_advance == result.paid == sum(expense.paid for expense in planned)
