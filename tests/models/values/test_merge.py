"""What two laptops changed comes together, and what does not fit is listed, never lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.hand_over import HandOver, content_hash, hand_over_of, with_hand_over
from models.values.merge import merge_cases
from models.values.strict_json import JsonObject

LATHE = {"label": "旋盤", "category": "equipment", "amount": 100, "tax": "none", "year": 1}
SIGN = {"label": "看板", "category": "other", "amount": 50, "tax": "none", "year": 1}
PRESS = {"label": "プレス", "category": "equipment", "amount": 70, "tax": "none", "year": 2}
BASE = {
    "format": "michishirube-case",
    "version": 1,
    "title": "第1回",
    "notes": "一行目\n二行目\n三行目\n四行目\n五行目",
    "answers": {"a": 1, "b": True, "c": "x"},
    "expenses": [LATHE, SIGN],
    "scenarios": ["one", "two"],
}


def case(**changes):
    return as_objects({**BASE, **changes})


def as_objects(value):
    return json.loads(json.dumps(value, ensure_ascii=False), object_pairs_hook=JsonObject)


def merged(mine, theirs, **options):
    return merge_cases(case(), mine, theirs, **options)


def test_what_one_side_changed_is_taken():
    result = merged(
        case(title="第2回", answers={"a": 2, "b": True, "c": "x"}),
        case(advisor="佐藤", answers={"a": 1, "c": "y", "d": None}),
    )
    assert result.conflicts == []
    assert result.document == case(
        title="第2回", advisor="佐藤", answers={"a": 2, "c": "y", "d": None}
    )
    assert sorted(result.taken) == ["advisor", "answers.b", "answers.c", "answers.d"]


def test_the_same_change_on_both_sides_is_no_conflict():
    same = case(title="第2回", answers={"a": 9}, expenses=[SIGN])
    result = merged(same, as_objects(same))
    assert (result.document, result.conflicts, result.taken) == (same, [], [])


def test_what_both_changed_differently_is_listed_with_all_three_values():
    mine, theirs = case(answers={**BASE["answers"], "a": 2}), case(answers={"b": True, "c": "x"})
    for prefer, kept in ((False, {"a": 2, "b": True, "c": "x"}), (True, {"b": True, "c": "x"})):
        result = merged(mine, theirs, prefer_theirs=prefer)
        (conflict,) = result.conflicts
        assert (conflict.path, conflict.base, conflict.mine, conflict.theirs) == (
            "answers.a", [1], [2], [],
        )  # fmt: skip
        assert result.document["answers"] == kept


def test_each_conflict_can_be_decided_for_itself():
    mine = case(title="第2回", answers={**BASE["answers"], "a": 2})
    theirs = case(title="第3回", answers={**BASE["answers"], "a": 3})
    result = merged(mine, theirs, prefer_theirs=frozenset({"title"}))
    assert [conflict.path for conflict in result.conflicts] == ["title", "answers.a"]
    assert result.document["title"] == "第3回"
    assert result.document["answers"]["a"] == 2


def test_true_is_not_one():
    result = merged(case(), case(answers={"a": True, "b": True, "c": "x"}))
    assert result.document["answers"]["a"] is True


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ([LATHE, SIGN, PRESS], [SIGN], [SIGN, PRESS]),
        ([{**LATHE, "amount": 9}, SIGN], [LATHE, {**SIGN, "year": 2}],
         [{**LATHE, "amount": 9}, {**SIGN, "year": 2}]),
        ([{**LATHE, "amount": 9}, SIGN], [{**LATHE, "label": "NC旋盤"}, SIGN],
         [{**LATHE, "amount": 9, "label": "NC旋盤"}, SIGN]),
        ([LATHE, SIGN, PRESS], [LATHE, SIGN, {**PRESS, "year": 3}],
         [LATHE, SIGN, PRESS, {**PRESS, "year": 3}]),
        ([LATHE, SIGN, PRESS], [LATHE, SIGN, PRESS], [LATHE, SIGN, PRESS]),
        ([], [LATHE, SIGN], []),
        ([PRESS, LATHE, SIGN], [LATHE, SIGN, PRESS], [PRESS, LATHE, SIGN, PRESS]),
    ],
)  # fmt: skip
def test_lists_come_together_item_by_item(mine, theirs, expected):
    result = merged(case(expenses=mine), case(expenses=theirs))
    assert result.conflicts == []
    assert result.document["expenses"] == expected


def test_an_item_that_one_side_deleted_and_the_other_changed_is_a_conflict():
    result = merged(case(expenses=[SIGN]), case(expenses=[{**LATHE, "amount": 9}, SIGN]))
    (conflict,) = result.conflicts
    assert conflict.path == "expenses[0]"
    assert conflict.theirs == [{**LATHE, "amount": 9}]
    assert result.document["expenses"] == [SIGN]


SAVINGS = {"label": "預金", "amount": 5}
LOAN = {"label": "借入", "amount": 7, "month": "2021-09"}


def test_what_was_said_about_money_comes_together_field_by_field():
    base = case(cash={"own_funds": 1, "other_money": [SAVINGS]})
    mine = case(cash={"own_funds": 2, "other_money": [SAVINGS]})
    theirs = case(cash={"own_funds": 1, "loan_months": 8, "other_money": [SAVINGS, LOAN]})
    result = merge_cases(base, mine, theirs)
    assert result.conflicts == []
    assert result.document["cash"] == {
        "own_funds": 2, "loan_months": 8, "other_money": [SAVINGS, LOAN],
    }  # fmt: skip
    clash = merge_cases(base, mine, case(cash={"own_funds": 3, "other_money": [SAVINGS]}))
    assert [conflict.path for conflict in clash.conflicts] == ["cash.own_funds"]
    assert merge_cases(base, case(), base).document == case()
    assert merged(case(), case(cash={"own_funds": 3})).document["cash"] == {"own_funds": 3}


def test_notes_come_together_line_by_line():
    mine = BASE["notes"].replace("一行目", "一行目を直した")
    theirs = BASE["notes"] + "\n六行目"
    result = merged(case(notes=mine), case(notes=theirs))
    assert result.document["notes"] == mine + "\n六行目"
    assert result.taken == ["notes"]
    other = BASE["notes"].replace("一行目", "別に直した")
    result = merged(case(notes=mine), case(notes=other))
    assert [conflict.path for conflict in result.conflicts] == ["notes"]
    assert result.document["notes"] == mine


def test_without_a_base_every_difference_is_listed():
    mine, theirs = case(title="", office="拠点"), case(title="第2回", expenses=[LATHE])
    result = merge_cases(None, mine, theirs)
    assert {conflict.path for conflict in result.conflicts} == {"expenses[0]"}
    assert result.document["title"] == "第2回"
    assert result.document["office"] == "拠点"
    assert merge_cases(None, case(), case()).conflicts == []


VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["x", "y"]))
ITEMS = st.lists(st.sampled_from([LATHE, SIGN, PRESS, {**LATHE, "amount": 1}]), max_size=4)
CASES = st.builds(
    lambda answers, expenses, notes, title: as_objects(
        {"answers": answers, "expenses": expenses, "notes": notes, "title": title}
    ),
    st.dictionaries(st.sampled_from("abcde"), VALUES),
    ITEMS,
    st.lists(st.sampled_from("あいう"), max_size=4).map("\n".join),
    st.sampled_from(["", "第1回", "第2回"]),
)


@given(CASES, CASES)
def test_a_side_that_changed_nothing_changes_nothing(base, other):
    assert merge_cases(base, other, base).document == other
    assert merge_cases(base, base, other).document == other
    assert merge_cases(base, other, base).conflicts == []


@given(CASES, CASES, CASES)
def test_no_value_of_either_side_is_lost(base, mine, theirs):
    """Each value that a side put there stands in the result or in a conflict."""
    result = merge_cases(base, mine, theirs)
    listed = [c.mine + c.theirs for c in result.conflicts]
    for side in (mine, theirs):
        for key, value in side["answers"].items():
            if key in base["answers"] and repr(base["answers"][key]) == repr(value):
                continue
            there = key in result.document["answers"] and repr(
                result.document["answers"][key]
            ) == repr(value)
            assert there or any(repr(value) in map(repr, values) for values in listed)
        for item in side["expenses"]:
            if item in base["expenses"]:
                continue
            fields = [set(map(repr, each.items())) for each in result.document["expenses"]]
            new = set(map(repr, item.items()))
            there = any(new <= each for each in fields)
            assert there or result.conflicts or result.taken


@given(CASES, CASES, CASES)
def test_both_orders_agree_where_nothing_conflicts(base, mine, theirs):
    one, other = merge_cases(base, mine, theirs), merge_cases(base, theirs, mine)
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert one.document["answers"] == other.document["answers"]


# ---------------------------------------------------------------- what a file says of itself


def test_a_hash_does_not_hang_on_how_a_case_is_written_down():
    written = with_hand_over(json.dumps(BASE), HandOver("ab" * 16, ("cd" * 32,)))
    again = as_objects(json.loads(written))
    assert content_hash(again) == content_hash(as_objects(BASE))
    assert content_hash(case(title="x")) != content_hash(case())
    assert hand_over_of(written.encode()) == HandOver("ab" * 16, ("cd" * 32,))
    assert hand_over_of(json.dumps(BASE).encode()) is None
