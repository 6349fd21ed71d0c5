"""The codes on the advisor's copy give back the answers, and never a name that was not chosen."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values import answer_code
from models.values.answer_code import answer_codes, read_answer_codes
from models.values.case_file import read_case
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.problems import UserFacingError

CASE = Consultation(
    title="第1回",
    consulted_on="2021-04-20",
    office="拠点",
    advisor="佐藤",
    notes="極秘",
    answers={
        "applicant.name": "山田製作所",
        "applicant.corporate_number": "7000012050002",
        "applicant.regular_employees": 18,
        "succession.kind": "m_and_a",
        "succession.role": None,
    },
    expenses=(Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED),),
    scenarios=(Scenario(("jigyo-shokei/ma/gensoku",)),),
)
BARE = replace(CASE, title="", office="", advisor="", notes="")


def read(codes, catalog):
    return read_case(read_answer_codes(codes), catalog, "code")


def many_expenses(count):
    rng = random.Random(3)  # noqa: S311 - repeatable, not a secret
    return tuple(
        Expense(f"設備{rng.random()}", "equipment", rng.randrange(10**9), TaxMode.NONE)
        for _ in range(count)
    )


def test_the_answers_come_back(catalog):
    codes = answer_codes(CASE, catalog, with_client=True)
    assert len(codes) == 1
    assert set(codes[0]) <= set(answer_code.ALPHABET)
    assert read(codes, catalog) == BARE


def test_without_a_word_no_name_is_in_it(catalog):
    (code,) = answer_codes(CASE, catalog)
    text = read_answer_codes([code]).decode()
    for word in ("山田", "7000012050002", "佐藤", "極秘", "第1回", "拠点"):
        assert word not in text
    assert read([code], catalog).answers == {
        "applicant.regular_employees": 18, "succession.kind": "m_and_a", "succession.role": None,
    }  # fmt: skip


def test_a_label_that_repeats_a_name_becomes_a_number(catalog):
    def costs(*labels):
        return tuple(Expense(label, "equipment", 1, TaxMode.NONE) for label in labels)

    case = replace(
        CASE,
        answers={"applicant.name": "株式会社 ﾔﾏﾀﾞ製作所", "applicant.representative": "鈴木 一郎"},
        expenses=costs("NC旋盤", "ヤマダ製作所の看板", "鈴木社長の研修", "一円の品"),
        scenarios=(
            Scenario(
                ("jigyo-shokei/ma/gensoku",),
                "弟の高橋が継ぐ",
                {"applicant.name": "高橋", "applicant.regular_employees": 3},
                costs("高橋の机"),
            ),
        ),
        ignored_answers={"old": "鈴木"},
    )
    text = read_answer_codes(answer_codes(case, catalog)).decode()
    for word in ("ヤマダ", "ﾔﾏﾀﾞ", "鈴木", "一郎", "高橋"):
        assert word not in text
    found = read(answer_codes(case, catalog), catalog)
    assert [each.label for each in found.expenses] == ["NC旋盤", "経費2", "経費3", "一円の品"]
    (scenario,) = found.scenarios
    assert scenario.name == "案1"
    assert scenario.answers == {"applicant.regular_employees": 3}
    assert [each.label for each in scenario.expenses or ()] == ["経費1"]
    with_client = read(answer_codes(case, catalog, with_client=True), catalog)
    assert with_client.expenses == case.expenses
    assert with_client.scenarios == case.scenarios


def test_a_long_case_takes_several_codes_in_any_order(catalog):
    case = replace(BARE, expenses=many_expenses(60))
    codes = answer_codes(case, catalog, with_client=True)
    assert len(codes) > 2
    assert max(map(len, codes)) <= 656
    mixed = [*codes, "https://example.com", codes[0]]
    random.Random(1).shuffle(mixed)  # noqa: S311 - repeatable, not a secret
    assert read(mixed, catalog) == case
    with pytest.raises(UserFacingError, match="枚目"):
        read(codes[1:], catalog)
    assert answer_codes(replace(BARE, expenses=many_expenses(1000)), catalog) == ()


def test_what_cannot_be_read_is_told(catalog):
    (code,) = answer_codes(CASE, catalog)
    (other,) = answer_codes(replace(CASE, consulted_on="2021-04-21"), catalog)
    for codes, words in (
        ([], "見つかりません"),
        (["hello"], "見つかりません"),
        ([code, other], "混ざって"),
        ([code[:-3]], "欠けて"),
        ([code[:-1]], "欠けて"),
        ([code.replace("MICHI1", "MICHI2")], "別の版"),
    ):
        with pytest.raises(UserFacingError, match=words):
            read_answer_codes(codes)


def test_a_code_that_swells_is_refused(catalog, monkeypatch):
    (code,) = answer_codes(CASE, catalog)
    monkeypatch.setattr(answer_code, "LARGEST_CONTENT", 100)
    with pytest.raises(UserFacingError, match="欠けて"):
        read_answer_codes([code])


@given(st.binary(max_size=200))
def test_base45_comes_back(data):
    assert answer_code._from_base45(answer_code._base45(data)) == data


@given(st.lists(st.text(alphabet=answer_code.ALPHABET, min_size=1), max_size=3))
def test_any_text_is_read_or_refused(parts):
    texts = [f"MICHI1/{'0' * 10}/{n}/{len(parts)}/{part}" for n, part in enumerate(parts, 1)]
    with pytest.raises(UserFacingError):
        read_answer_codes(texts)
