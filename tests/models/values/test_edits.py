"""An undo step is the smallest part of a case that one committed field or paste changed."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.values.cash import CashTerms, OtherMoney
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.edits import Edit, StaleEditError, apply, edit_between
from tests import strategies

LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
SIGN = Expense("看板", "sales_promotion", 300_000, TaxMode.EXCLUDED)
CASE = Consultation(
    title="第1回",
    answers={"applicant.prefecture": "熊本県"},
    expenses=(LATHE, SIGN),
    scenarios=(Scenario(("jigyo-shokei/ma/gensoku",)),),
    ignored_answers={"old.question": 1},
)

STEPS = [
    (replace(CASE, title="第2回"), "title", ["第1回"], ["第2回"]),
    (replace(CASE, consulted_on="2021-04-20"), "consulted_on", [], ["2021-04-20"]),
    (
        CASE.with_answer("applicant.prefecture", "新潟県"),
        "answers.applicant.prefecture",
        ["熊本県"],
        ["新潟県"],
    ),
    (
        CASE.with_answer("applicant.prefecture", None),
        "answers.applicant.prefecture",
        ["熊本県"],
        [None],
    ),
    (
        CASE.without_answer("applicant.prefecture"),
        "answers.applicant.prefecture",
        ["熊本県"],
        [],
    ),
    (CASE.with_answer("succession.role", "buyer"), "answers.succession.role", [], ["buyer"]),
    (
        replace(CASE, answers={"succession.role": "buyer"}),
        "answers",
        [{"applicant.prefecture": "熊本県"}],
        [{"succession.role": "buyer"}],
    ),
    (
        replace(CASE, expenses=(LATHE, replace(SIGN, amount=400_000))),
        "expenses[1].amount",
        [300_000],
        [400_000],
    ),
    (
        replace(CASE, expenses=(LATHE, replace(SIGN, pay_month="2021-09"))),
        "expenses[1].pay_month",
        [],
        ["2021-09"],
    ),
    (replace(CASE, cash=CashTerms(own_funds=5)), "cash.own_funds", [], [5]),
    (
        replace(CASE, cash=CashTerms(loan_rate_percent=Fraction("2.5"))),
        "cash.loan_rate_percent",
        [],
        ["2.5"],
    ),
    (
        replace(CASE, cash=CashTerms(12, 5)),
        "cash",
        [{}],
        [{"months_to_subsidy": 12, "own_funds": 5}],
    ),
    (
        replace(CASE, cash=CashTerms(other_money=(OtherMoney("預金", 3),))),
        "cash.other_money",
        [],
        [[{"label": "預金", "amount": 3}]],
    ),
    (replace(CASE, title="第2回", notes="メモ"), "", None, None),
    (
        replace(CASE, scenarios=(*CASE.scenarios, Scenario(("a", "b"), "案", {"x": 1}, (SIGN,)))),
        "scenarios[1]",
        None,
        None,
    ),
    (replace(CASE, expenses=(replace(SIGN, year=2), SIGN)), "expenses[0]", None, None),
    (replace(CASE, scenarios=()), "scenarios[0]", ["jigyo-shokei/ma/gensoku"], []),
]


@pytest.mark.parametrize(("new", "path", "before", "after"), STEPS, ids=[s[1] for s in STEPS])
def test_a_step_holds_only_what_changed(new, path, before, after):
    edit = edit_between(CASE, new, "変えました")
    assert edit is not None
    assert edit.path == path
    assert edit.label == "変えました"
    if before is not None:
        assert (edit.before, edit.after) == (before, after)
    assert apply(CASE, edit) == new
    assert apply(new, edit, backwards=True) == CASE


def test_a_paste_in_the_middle_is_one_insertion():
    pasted = replace(CASE, expenses=(LATHE, replace(LATHE, amount=1), replace(SIGN, year=2), SIGN))
    edit = edit_between(CASE, pasted, "貼り付けました")
    assert edit.path == "expenses[1]"
    assert edit.before == []
    assert len(edit.after) == 2
    assert apply(CASE, edit) == pasted
    assert apply(pasted, edit, backwards=True) == CASE


def test_no_change_is_no_step():
    assert edit_between(CASE, replace(CASE), "何も") is None


def test_yes_and_one_are_two_answers():
    one, yes = CASE.with_answer("a.count", 1), CASE.with_answer("a.count", True)
    edit = edit_between(one, yes, "変えました")
    assert edit is not None
    assert apply(one, edit).answers["a.count"] is True


@pytest.mark.parametrize(
    "edit",
    [
        Edit("title", ["第9回"], ["第2回"], ""),
        Edit("answers.applicant.prefecture", [], ["新潟県"], ""),
        Edit("answers", [{"a": 1}], [{}], ""),
        Edit("cash.own_funds", [5], [], ""),
        Edit("cash", [{"own_funds": 5}], [{}], ""),
        Edit("expenses[0]", ["x"], [], ""),
        Edit("expenses[5]", [], ["x"], ""),
        Edit("expenses[5].amount", [1], [2], ""),
        Edit("scenarios[0].name", ["x"], ["y"], ""),
    ],
)
def test_a_step_of_another_consultation_is_refused(edit):
    with pytest.raises(StaleEditError):
        apply(CASE, edit)


def test_later_edits_leave_an_edit_as_it_was():
    inserted = replace(CASE, expenses=(*CASE.expenses, LATHE))
    edit = edit_between(CASE, inserted, "足しました")
    changed = replace(inserted, expenses=(*CASE.expenses, replace(LATHE, amount=1)))
    again = edit_between(inserted, changed, "変えました")
    assert apply(apply(CASE, edit), again) == changed
    assert edit.after[0]["amount"] == LATHE.amount


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(data=st.data())
def test_every_change_can_be_taken_back_and_made_again(data, catalog):
    consultations = st.builds(
        Consultation,
        title=st.sampled_from(["第1回", "第2回"]),
        consulted_on=st.none() | st.just("2021-04-20"),
        notes=st.sampled_from(["", "メモ"]),
        answers=strategies.answers(catalog),
        expenses=strategies.expenses(catalog, most=4),
        cash=strategies.cash_terms(),
    )
    old = data.draw(consultations)
    new = data.draw(
        consultations
        | st.sampled_from(list(catalog.questions)).map(lambda key: old.with_answer(key, None))
        | strategies.cash_terms().map(lambda cash: replace(old, cash=cash))
        | strategies.expenses(catalog, most=2).map(
            lambda added: replace(old, expenses=(*old.expenses[:1], *added, *old.expenses[1:]))
        )
    )
    edit = edit_between(old, new, "変えました")
    if edit is None:
        assert old == new
        return
    assert apply(old, edit) == new
    assert apply(new, edit, backwards=True) == old
