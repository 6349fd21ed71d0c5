"""Scenarios change as copies: names, frames, answers, expenses, order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judgement.screening import screen
from models.planning import scenario_edits as edits
from models.planning.way_words import changes_of, expense_changes
from models.planning.ways import compared_ways
from models.values.case_file import read_case, write_case
from models.values.consultation import MAX_YEN, Consultation, Expense, Scenario, TaxMode
from models.values.edits import apply, edit_between

LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
BROKER = Expense("仲介料", "expert_services", 3_000_000, TaxMode.EXCLUDED)
GENSOKU, VENTURE = "jigyo-shokei/ma/gensoku", "jigyo-shokei/ma/venture-seisansei"
KAITE = "jigyo-shokei/senmonka/kaite"
OWN = Consultation(
    consulted_on="2020-11-17",
    answers={
        "applicant.legal_form": "company",
        "applicant.industry_code": "26",
        "applicant.stated_capital": 10_000_000,
        "applicant.regular_employees": 18,
        "succession.kind": "m_and_a",
        "succession.role": "buyer",
        "succession.innovation": True,
        "succession.closes_business": True,
    },
    expenses=(LATHE, BROKER),
)


def ways_of(catalog, consultation):
    return compared_ways(catalog, consultation, screen(catalog, consultation.answers))


def test_only_questions_that_can_change_the_frames_are_asked(catalog):
    asked = [q.id for q in edits.questions_that_matter(catalog, OWN, Scenario((GENSOKU,)))]
    assert "succession.closes_business" in asked
    assert "applicant.regular_employees" in asked
    assert "applicant.consumption_tax" in asked
    assert "japan_brand.market" not in asked
    assert "applicant.name" not in asked
    profile = [catalog.topics[catalog.questions[q].topic].profile for q in asked]
    assert profile == sorted(profile)


def test_a_varied_question_stays_in_sight_even_where_nobody_would_ask_it(catalog):
    sole = Scenario((GENSOKU,), answers={"applicant.legal_form": "sole_proprietor"})
    asked = [q.id for q in edits.questions_that_matter(catalog, OWN, sole)]
    assert "applicant.stated_capital" not in asked
    both = replace(sole, answers={**sole.answers, "applicant.stated_capital": 1})
    asked = [q.id for q in edits.questions_that_matter(catalog, OWN, both)]
    assert "applicant.stated_capital" in asked


def test_frames_that_exclude_one_another_are_never_in_one_scenario(catalog):
    scenario = Scenario((GENSOKU, "seisansei/jizokuka"))
    changed, leaving = edits.with_frame(catalog, scenario, VENTURE)
    assert changed.frames == ("seisansei/jizokuka", VENTURE)
    assert leaving == (GENSOKU,)


def test_frames_whose_combination_is_unconfirmed_may_be_looked_at_together(catalog):
    changed, leaving = edits.with_frame(catalog, Scenario((GENSOKU,)), KAITE)
    assert (changed.frames, leaving) == ((GENSOKU, KAITE), ())
    (ways,) = ways_of(catalog, replace(OWN, scenarios=(changed,)))
    assert [len(way.parts) for way in ways.ways] == [1, 1]  # but never added up


def test_the_last_frame_stays():
    scenario = Scenario((GENSOKU,))
    assert edits.without_frame(scenario, GENSOKU) == scenario


def test_the_clients_own_answer_is_no_variation(catalog):
    scenario = edits.with_answer(OWN, Scenario((GENSOKU,)), "succession.closes_business", False)
    assert scenario.answers == {"succession.closes_business": False}
    assert changes_of(catalog, OWN, scenario) == "「廃業する店や事業」が「いいえ」の場合"
    back = edits.with_answer(OWN, scenario, "succession.closes_business", True)
    assert back.answers == {}


def test_true_is_not_one():
    own = replace(OWN, answers={"applicant.regular_employees": 1})
    scenario = edits.with_answer(own, Scenario((GENSOKU,)), "applicant.regular_employees", True)
    assert scenario.answers == {"applicant.regular_employees": True}


@given(st.integers(0, MAX_YEN), st.sampled_from([-20, -10, 10, 20, 100]))
def test_a_varied_amount_is_exact_and_rounded_down(amount, percent):
    varied = edits.varied_expense(replace(LATHE, amount=amount), percent).amount
    if varied < MAX_YEN:
        assert 0 <= amount * (100 + percent) - varied * 100 < 100


def test_an_amount_does_not_outgrow_what_a_case_holds(catalog):
    big = edits.varied_expense(replace(LATHE, amount=MAX_YEN), 20)
    assert big.amount == MAX_YEN
    held = replace(OWN, expenses=(big,))
    assert read_case(write_case(held).encode(), catalog, "x").expenses == (big,)


def test_what_the_expenses_change_is_told_line_by_line_with_tax():
    varied = (edits.varied_expense(LATHE, 20), Expense("運搬", "equipment", 1_000, TaxMode.NONE))
    assert expense_changes(OWN.expenses, varied) == (
        "NC旋盤 8,800,000円 → 10,560,000円（＋1,760,000円）",
        "＋ 運搬 1,000円",
        "－ 仲介料 3,300,000円",
    )
    later = replace(LATHE, pay_month="2021-09")
    assert expense_changes((LATHE,), (later,)) == ("NC旋盤 額のほかが変わります",)
    assert expense_changes(OWN.expenses, OWN.expenses) == ()


def test_the_same_expenses_as_planned_follow_the_plan():
    scenario = edits.with_expenses(OWN, Scenario((GENSOKU,)), (LATHE,))
    assert scenario.expenses == (LATHE,)
    assert edits.with_expenses(OWN, scenario, OWN.expenses).expenses is None


def test_a_first_scenario_leaves_what_was_compared_beside_it(catalog):
    (before,) = ways_of(catalog, OWN)
    made = edits.with_new_scenario(OWN, before.ways[0].held, before)
    (after,) = ways_of(catalog, made)
    assert [way.label for way in after.ways] == [*(way.label for way in before.ways), "案1"]
    assert [way.result.amount for way in after.ways[:3]] == [
        way.result.amount for way in before.ways
    ]
    assert [way.place for way in after.ways] == [0, 1, 2, 3]


def test_copies_and_new_ones_have_names_of_their_own():
    own = replace(OWN, scenarios=(Scenario((GENSOKU,), "店を閉める"),))
    own = edits.with_copy(edits.with_copy(own, 0), 0)
    assert [one.name for one in own.scenarios] == [
        "店を閉める",
        "店を閉めるの写し2",
        "店を閉めるの写し",
    ]
    own = edits.with_new_scenario(own, Scenario((KAITE,)), None)
    assert own.scenarios[-1].name == "案1"


def test_scenarios_change_places_and_leave():
    own = replace(OWN, scenarios=(Scenario((GENSOKU,)), Scenario((KAITE,))))
    assert edits.moved(own, 0, 1).scenarios == own.scenarios[::-1]
    assert edits.moved(own, 0, -1) == own
    assert edits.without_scenario(own, 0).scenarios == own.scenarios[1:]


@pytest.mark.parametrize("start", [0, 1])
def test_every_change_is_one_step_that_can_be_undone(start):
    old = replace(OWN, scenarios=(Scenario((GENSOKU,)), Scenario((KAITE,), "案", {}, (LATHE,))))
    scenario = old.scenarios[start]
    for new in (
        edits.with_scenario(old, start, replace(scenario, name="別の名前")),
        edits.with_scenario(
            old, start, edits.with_answer(OWN, scenario, "succession.innovation", None)
        ),
        edits.with_scenario(old, start, edits.with_expenses(OWN, scenario, (BROKER,))),
        edits.without_scenario(old, start),
        edits.with_copy(old, start),
        edits.moved(old, 0, 1),
    ):
        edit = edit_between(old, new, "x")
        assert edit is not None
        assert apply(old, edit) == new
        assert apply(new, edit, backwards=True) == old
