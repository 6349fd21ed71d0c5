"""A case file is read whole or refused with every wrong field named."""

from __future__ import annotations

import codecs
import contextlib
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.values.case_file import MAX_EXPENSES, read_case, write_case
from models.values.cash import CashTerms, OtherMoney
from models.values.consultation import MAX_YEN, Consultation, Expense, Scenario, TaxMode
from models.values.problems import ExitCode, UserFacingError
from models.values.questions import RetiredQuestion
from models.values.strict_json import MAX_BYTES, MAX_KEYS, MAX_OBJECTS
from tests import strategies

HEAD = {"format": "michishirube-case", "version": 1}
LATHE = {"label": "NC旋盤", "category": "equipment", "amount": 8800000, "tax": "included"}
FRAME = "jigyo-shokei/ma/gensoku"
CONTROL = "\u0007"


def read(document, catalog):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_case(data, catalog, "case.json")


def refused(document, catalog):
    with pytest.raises(UserFacingError) as caught:
        read(document, catalog)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    return caught.value


def test_the_example_of_the_contract(catalog):
    case = read(
        {
            **HEAD,
            "title": "第2回 山田製作所",
            "consulted_on": "2021-04-20",
            "office": "新潟県よろず支援拠点",
            "advisor": "渡邉",
            "notes": "一行目\n二行目",
            "answers": {
                "applicant.industry_code": "26",
                "applicant.regular_employees": 18,
                "succession.kind": "m_and_a",
                "succession.role": None,
            },
            "expenses": [{**LATHE, "tax_rate_percent": 8, "year": 2, "pay_month": "2021-09"}],
            "scenarios": [
                FRAME,
                {"name": "廃業あり", "frames": [FRAME], "answers": {"succession.role": "buyer"}},
                {"frames": [FRAME], "expenses": []},
            ],
        },
        catalog,
    )
    assert case == Consultation(
        title="第2回 山田製作所",
        consulted_on="2021-04-20",
        office="新潟県よろず支援拠点",
        advisor="渡邉",
        notes="一行目\n二行目",
        answers={
            "applicant.industry_code": "26",
            "applicant.regular_employees": 18,
            "succession.kind": "m_and_a",
            "succession.role": None,
        },
        expenses=(Expense("NC旋盤", "equipment", 8800000, TaxMode.INCLUDED, 8, 2, "2021-09"),),
        scenarios=(
            Scenario((FRAME,)),
            Scenario((FRAME,), "廃業あり", {"succession.role": "buyer"}),
            Scenario((FRAME,), expenses=()),
        ),
    )
    assert read(write_case(case).encode(), catalog) == case


def test_only_format_and_version_are_needed(catalog):
    assert read(HEAD, catalog) == Consultation()


def test_defaults_of_an_expense(catalog):
    (expense,) = read({**HEAD, "expenses": [LATHE]}, catalog).expenses
    assert expense == Expense("NC旋盤", "equipment", 8800000, TaxMode.INCLUDED, 10, 1, None)
    (guess,) = read({**HEAD, "expenses": [{**LATHE, "estimate": True}]}, catalog).expenses
    assert guess.estimate


def test_one_byte_order_mark_is_skipped(catalog):
    data = codecs.BOM_UTF8 + json.dumps({**HEAD, "title": "相談"}).encode()
    assert read(data, catalog).title == "相談"
    refused(codecs.BOM_UTF8 + data, catalog)


def test_leaked_radicals_become_characters_and_nothing_else_changes(catalog):
    document = {**HEAD, "title": "\u2ea0泊 ① ㈱ ｱ", "expenses": [{**LATHE, "label": "\u2ed1野"}]}
    case = read(document, catalog)
    assert case.title == "民泊 ① ㈱ ｱ"
    assert case.expenses[0].label == "長野"
    named = read({**HEAD, "answers": {"applicant.name": "\u2ed1田屋"}}, catalog)
    assert named.answers["applicant.name"] == "長田屋"


CASH = {
    "months_to_subsidy": 12,
    "own_funds": 3_000_000,
    "other_money": [{"label": "定期預金", "amount": 1_000_000, "month": "2021-09"}],
    "loan_rate_percent": "2.5",
    "loan_months": 8,
}


def test_money_by_month_is_read_and_written_where_something_was_said(catalog):
    case = read({**HEAD, "cash": CASH}, catalog)
    assert case.cash == CashTerms(
        12, 3_000_000, (OtherMoney("定期預金", 1_000_000, "2021-09"),), Fraction(5, 2), 8
    )
    assert json.loads(write_case(case))["cash"] == CASH
    for nothing in ({}, {"months_to_subsidy": 6}, {"other_money": []}):
        assert read({**HEAD, "cash": nothing}, catalog) == Consultation()
    assert "cash" not in json.loads(write_case(Consultation()))
    whole = replace(case.cash, loan_rate_percent=Fraction(0))
    assert json.loads(write_case(replace(case, cash=whole)))["cash"]["loan_rate_percent"] == "0"


def with_cash(**changes):
    return {**HEAD, "cash": {**CASH, **changes}}


def with_answer(key, value):
    return {**HEAD, "answers": {key: value}}


def with_expense(**changes):
    return {**HEAD, "expenses": [{**LATHE, **changes}]}


def without(key):
    return {**HEAD, "expenses": [{k: v for k, v in LATHE.items() if k != key}]}


def with_scenario(scenario):
    return {**HEAD, "scenarios": [FRAME, scenario]}


REFUSED = [
    ({}, "format", "省けません"),
    ({"format": "michishirube-case"}, "version", "省けません"),
    ({**HEAD, "format": "excel"}, "format", "「excel」"),
    ({**HEAD, "version": 2}, "version", "2 は使えません"),
    ({**HEAD, "version": True}, "version", "true は使えません"),
    ({**HEAD, "version": "1"}, "version", "「1」"),
    ({**HEAD, "color": 1}, "color", "この項目はありません"),
    ({**HEAD, "title": 5}, "title", "文字列"),
    ({**HEAD, "title": None}, "title", "null"),
    ({**HEAD, "title": "あ" * 201}, "title", "200文字まで"),
    ({**HEAD, "title": f"a{CONTROL}"}, "title", "制御文字"),
    ({**HEAD, "title": "一行目\n二行目"}, "title", "改行"),
    ({**HEAD, "office": ["a"]}, "office", "文字列"),
    ({**HEAD, "advisor": {}}, "advisor", "文字列"),
    ({**HEAD, "notes": f"a{CONTROL}"}, "notes", "制御文字"),
    ({**HEAD, "notes": "あ" * 20_001}, "notes", "20,000文字まで"),
    ({**HEAD, "notes": 1}, "notes", "文字列"),
    ({**HEAD, "consulted_on": "2021-02-29"}, "consulted_on", "「2021-02-29」"),
    ({**HEAD, "consulted_on": "20210420"}, "consulted_on", "2021-04-20"),
    ({**HEAD, "consulted_on": "２０２１-04-20"}, "consulted_on", "2021-04-20"),
    ({**HEAD, "consulted_on": "1021-04-20"}, "consulted_on", "1900年から"),
    ({**HEAD, "consulted_on": 20210420}, "consulted_on", "20210420"),
    ({**HEAD, "answers": []}, "answers", "{ }"),
    ({**HEAD, "expenses": {}}, "expenses", "[ ]"),
    ({**HEAD, "expenses": [5]}, "expenses[0]", "5 は使えません"),
    ({**HEAD, "expenses": [LATHE] * (MAX_EXPENSES + 1)}, "expenses", "1,000件まで"),
    ({**HEAD, "scenarios": "x"}, "scenarios", "[ ]"),
    ({**HEAD, "cash": []}, "cash", "{ }"),
    (with_cash(color=1), "cash.color", "この項目はありません"),
    (with_cash(months_to_subsidy=0), "cash.months_to_subsidy", "1から120"),
    (with_cash(months_to_subsidy=None), "cash.months_to_subsidy", "null"),
    (with_cash(own_funds=-1), "cash.own_funds", "0から"),
    (with_cash(own_funds=True), "cash.own_funds", "true"),
    (with_cash(own_funds=10**13 + 1), "cash.own_funds", "10,000,000,000,000"),
    (with_cash(loan_rate_percent=2.5), "cash.loan_rate_percent", '"2.5"'),
    (with_cash(loan_rate_percent="20.001"), "cash.loan_rate_percent", "20まで"),
    (with_cash(loan_rate_percent="2.5%"), "cash.loan_rate_percent", "「2.5%」"),
    (with_cash(loan_rate_percent="１"), "cash.loan_rate_percent", "「１」"),
    (with_cash(loan_rate_percent="1.0001"), "cash.loan_rate_percent", "3桁"),
    (with_cash(loan_months=0), "cash.loan_months", "1から120"),
    (with_cash(other_money={}), "cash.other_money", "[ ]"),
    (with_cash(other_money=[3]), "cash.other_money[0]", "3 は使えません"),
    (with_cash(other_money=[{"label": "a"}]), "cash.other_money[0].amount", "省けません"),
    (with_cash(other_money=[{"amount": 1}]), "cash.other_money[0].label", "省けません"),
    (
        with_cash(other_money=[{"label": "a", "amount": 1, "month": "2021-13"}]),
        "cash.other_money[0].month",
        "2021-09",
    ),
    (
        with_cash(other_money=[{"label": "a", "amount": 1}] * 21),
        "cash.other_money",
        "20件まで",
    ),
    (with_answer("applicant.hobby", "囲碁"), "answers.applicant.hobby", "「囲碁」"),
    (with_answer("applicant.prefecture", "江戸"), "answers.applicant.prefecture", "「江戸」"),
    (with_answer("applicant.prefecture", 13), "answers.applicant.prefecture", "13"),
    (with_answer("applicant.industry_code", "00"), "answers.applicant.industry_code", "「00」"),
    (with_answer("applicant.industry_code", 26), "answers.applicant.industry_code", "文字列"),
    (with_answer("applicant.regular_employees", -1), "answers.applicant.regular_employees", "-1"),
    (
        with_answer("applicant.regular_employees", True),
        "answers.applicant.regular_employees",
        "true は使えません",
    ),
    (
        with_answer("applicant.regular_employees", "18"),
        "answers.applicant.regular_employees",
        "整数",
    ),
    (with_answer("applicant.stated_capital", MAX_YEN + 1), "answers.applicant.stated_capital", ""),
    (with_answer("applicant.stated_capital", [1]), "answers.applicant.stated_capital", "[…]"),
    (with_answer("succession.innovation", 1), "answers.succession.innovation", "true か false"),
    (with_answer("succession.innovation", "yes"), "answers.succession.innovation", "「yes」"),
    (with_answer("succession.role", "both"), "answers.succession.role", "「seller」、「buyer」"),
    (with_answer("succession.role", ["buyer"]), "answers.succession.role", "[…]"),
    (with_answer("japan_brand.plan_year", 4), "answers.japan_brand.plan_year", "4 は使えません"),
    (with_answer("applicant.name", 5), "answers.applicant.name", "文字列"),
    (with_answer("applicant.name", "\ud800"), "answers.applicant.name", "制御文字"),
    (
        with_answer("applicant.corporate_number", "8000012050002"),
        "answers.applicant.corporate_number",
        "検査用の数字",
    ),
    (
        with_answer("applicant.corporate_number", 7000012050002),
        "answers.applicant.corporate_number",
        "13桁",
    ),
    (
        with_answer("applicant.corporate_number", "７000012050002"),
        "answers.applicant.corporate_number",
        "半角",
    ),
    (without("label"), "expenses[0].label", "省けません"),
    (without("category"), "expenses[0].category", "省けません"),
    (without("amount"), "expenses[0].amount", "省けません"),
    (without("tax"), "expenses[0].tax", "省けません"),
    (with_expense(amount=-1), "expenses[0].amount", "-1 は使えません"),
    (with_expense(amount=MAX_YEN + 1), "expenses[0].amount", "10,000,000,000,000"),
    (with_expense(amount=10**30), "expenses[0].amount", "1000000000000000000000000000000"),
    (with_expense(amount=8800000.0), "expenses[0].amount", "8800000.0 は使えません"),
    (with_expense(amount="880万"), "expenses[0].amount", "「880万」"),
    (with_expense(amount=True), "expenses[0].amount", "true は使えません"),
    (with_expense(amount=None), "expenses[0].amount", "null は使えません"),
    (with_expense(amount=float("nan")), "expenses[0].amount", "NaN は使えません"),
    (with_expense(amount=float("-inf")), "expenses[0].amount", "-Infinity は使えません"),
    (with_expense(category="car"), "expenses[0].category", "equipment"),
    (with_expense(tax="maybe"), "expenses[0].tax", "included、excluded、none"),
    (with_expense(tax=None), "expenses[0].tax", "null"),
    (with_expense(tax_rate_percent=5), "expenses[0].tax_rate_percent", "10 か 8"),
    (with_expense(tax_rate_percent=9), "expenses[0].tax_rate_percent", "10 か 8"),
    (with_expense(year=0), "expenses[0].year", "1から5"),
    (with_expense(year=6), "expenses[0].year", "1から5"),
    (with_expense(year=True), "expenses[0].year", "true"),
    (with_expense(pay_month="2021-13"), "expenses[0].pay_month", "2021-09"),
    (with_expense(pay_month="2021-9"), "expenses[0].pay_month", "「2021-9」"),
    (with_expense(pay_month="0021-09"), "expenses[0].pay_month", "1900年"),
    (with_expense(pay_month=202109), "expenses[0].pay_month", "202109"),
    (with_expense(estimate="yes"), "expenses[0].estimate", "true か false"),
    (with_expense(price=1), "expenses[0].price", "この項目はありません"),
    (with_scenario("no/such"), "scenarios[1]", "「no/such」"),
    (with_scenario(5), "scenarios[1]", "{ }"),
    (with_scenario({"name": "a"}), "scenarios[1].frames", "省けません"),
    (with_scenario({"frames": []}), "scenarios[1].frames", "1つ以上"),
    (with_scenario({"frames": FRAME}), "scenarios[1].frames", "[ ]"),
    (with_scenario({"frames": ["no/such"]}), "scenarios[1].frames[0]", "「no/such」"),
    (with_scenario({"frames": [["a"]]}), "scenarios[1].frames[0]", "[…]"),
    (with_scenario({"frames": [FRAME, FRAME]}), "scenarios[1].frames[1]", "2回"),
    (with_scenario({"frames": [FRAME], "name": 1}), "scenarios[1].name", "文字列"),
    (with_scenario({"frames": [FRAME], "why": 1}), "scenarios[1].why", "この項目はありません"),
    (
        with_scenario({"frames": [FRAME], "answers": {"succession.role": "x"}}),
        "scenarios[1].answers.succession.role",
        "「x」",
    ),
    (
        with_scenario({"frames": [FRAME], "expenses": [{**LATHE, "amount": -1}]}),
        "scenarios[1].expenses[0].amount",
        "-1",
    ),
]


@pytest.mark.parametrize(
    ("document", "path", "words"), REFUSED, ids=[f"{i}-{row[1]}" for i, row in enumerate(REFUSED)]
)
def test_an_impossible_value_is_refused_with_its_path(document, path, words, catalog):
    error = refused(document, catalog)
    found = {problem.path: problem.reason for problem in error.problems}
    assert path in found
    assert words in found[path]
    assert path in error.text()
    assert "case.json" in error.text()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"format": "michishirube-case", "version": 1, "version": 1}', "version"),
        (
            '{"format": "michishirube-case", "version": 1,'
            ' "answers": {"succession.role": "buyer", "succession.role": "seller"}}',
            "answers.succession.role",
        ),
        (
            '{"format": "michishirube-case", "version": 1, "expenses": [{"label": "a",'
            ' "category": "equipment", "amount": 1, "amount": 2, "tax": "none"}]}',
            "expenses[0].amount",
        ),
    ],
)
def test_a_key_that_stands_twice_is_refused(text, path, catalog):
    (problem,) = refused(text.encode(), catalog).problems
    assert problem.path == path
    assert "2回以上" in problem.reason


def test_all_problems_are_told_at_once(catalog):
    error = refused(
        {
            **HEAD,
            "consulted_on": "昨日",
            "answers": {"succession.role": "x", "applicant.hobby": "囲碁"},
            "expenses": [LATHE, {**LATHE, "amount": -1, "year": 9}, {"amount": 1}],
            "scenarios": ["a", "b"],
        },
        catalog,
    )
    assert [problem.path for problem in error.problems] == [
        "answers.succession.role",
        "answers.applicant.hobby",
        "consulted_on",
        "expenses[1].amount",
        "expenses[1].year",
        "expenses[2].label",
        "expenses[2].category",
        "expenses[2].tax",
        "scenarios[0]",
        "scenarios[1]",
    ]


def test_thousands_of_problems_are_counted_not_listed(catalog):
    error = refused({**HEAD, **{f"key{number}": 1 for number in range(1000)}}, catalog)
    assert len(error.problems) == 201
    assert "800か所" in error.problems[-1].reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空です"),
        (b"  \n", "空です"),
        (b"{", "1行2文字目"),
        (b"[1, 2", "JSON"),
        (b'{"a": 1,}', "JSON"),
        (b"{'a': 1}", "JSON"),
        ('{"title": "相談"}'.encode("shift_jis"), "UTF-8ではありません"),
        ('{"title": "相談"}'.encode("utf-16"), "UTF-16"),
        (b"[" * 100_000, "入れ子"),
        (b'{"a":' * 100_000, "入れ子"),
        (b" " * (MAX_BYTES + 1), "大きすぎます"),
        (b"[" + b"{}," * MAX_OBJECTS + b"{}]", "項目が多すぎます"),
        (b"{" + b",".join(b'"%d":1' % n for n in range(MAX_KEYS + 1)) + b"}", "項目が多すぎます"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"PK\x03\x04\x14", "JSON"),
        (b"\x00\x01\x02", "JSON"),
    ],
)
def test_what_is_no_json_is_refused(data, words, catalog):
    assert words in refused(data, catalog).text()


@pytest.mark.parametrize("data", [b"null", b"[]", b"5", b'"case"', b"NaN", b"1e999"])
def test_json_that_is_no_object_is_refused(data, catalog):
    assert "{ }" in refused(data, catalog).text()


def test_a_number_of_five_thousand_digits_is_refused_by_path(catalog):
    data = json.dumps(with_expense(amount=0)).replace(": 0", f": {'9' * 5000}").encode()
    error = refused(data, catalog)
    assert [problem.path for problem in error.problems] == ["expenses[0].amount"]
    assert len(error.text()) < 500


def test_a_message_shows_no_control_characters_of_the_file(catalog):
    text = refused({**HEAD, "a\u001b[31m\n": "\u001b[0m" * 100}, catalog).text()
    assert "\u001b" not in text
    assert len(text) < 500


def test_answers_to_retired_questions_are_kept_and_ignored(catalog):
    retired = {"old.question": RetiredQuestion("old.question", "昔の質問")}
    older = replace(catalog, retired=retired)
    document = {
        **HEAD,
        "answers": {"old.question": "\u2ea0", "succession.role": "buyer"},
        "scenarios": [{"frames": [FRAME], "answers": {"old.question": 3}}],
    }
    case = read(document, older)
    assert case.answers == {"succession.role": "buyer"}
    assert case.ignored_answers == {"old.question": "民"}
    assert case.scenarios[0].answers == {"old.question": 3}
    assert read(write_case(case).encode(), older) == case
    refused(with_answer("old.question", [1]), older)
    refused(with_answer("old.question", "x" * 300), older)


def test_writing_is_stable_whatever_the_order_of_the_answers(catalog):
    one = read({**HEAD, "answers": {"succession.role": "buyer", "applicant.name": "A"}}, catalog)
    other = read({**HEAD, "answers": {"applicant.name": "A", "succession.role": "buyer"}}, catalog)
    assert write_case(one) == write_case(other)
    assert list(json.loads(write_case(one))) == [
        "format", "version", "title", "office", "advisor", "notes",
        "answers", "expenses", "scenarios",
    ]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_reading_what_was_written_gives_the_same(data, catalog):
    line = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30)
    line = line.filter(lambda text: not any("\u2e80" <= char <= "\u2fdf" for char in text))
    expenses = strategies.expenses(catalog)
    answers = strategies.answers(catalog)
    months = st.none() | st.dates().filter(lambda day: 1900 <= day.year <= 2199).map(
        lambda day: day.isoformat()[:7]
    )
    days = st.dates().filter(lambda day: 1900 <= day.year <= 2199).map(lambda day: day.isoformat())
    scenario = st.builds(
        Scenario,
        frames=st.lists(st.sampled_from(sorted(catalog.entries)), min_size=1, unique=True).map(
            tuple
        ),
        name=st.none() | line,
        answers=answers,
        expenses=st.none() | expenses,
    )
    consultation = data.draw(
        st.builds(
            Consultation,
            title=line,
            consulted_on=st.none() | days,
            office=line,
            advisor=line,
            notes=line.map(lambda text: text.replace(" ", "\n")),
            answers=answers,
            expenses=expenses,
            scenarios=st.lists(scenario, max_size=3).map(tuple),
            cash=strategies.cash_terms(),
        )
    )
    month = data.draw(months)
    consultation = replace(
        consultation,
        expenses=tuple(replace(each, pay_month=month) for each in consultation.expenses),
    )
    written = write_case(consultation)
    assert read_case(written.encode(), catalog, "case.json") == consultation
    assert write_case(read_case(written.encode(), catalog, "case.json")) == written


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["title", "consulted_on", "answers", "expenses", "scenarios", "notes", "label", "amount"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(document=st.dictionaries(KEYS, JSON | st.lists(st.dictionaries(KEYS, JSON), max_size=2)))
def test_any_json_is_read_or_refused_and_never_crashes(document, catalog):
    with contextlib.suppress(UserFacingError):
        read({**HEAD, **document}, catalog)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(junk=st.binary(max_size=60))
def test_any_bytes_are_refused_and_never_crash(junk, catalog):
    assert refused(junk, catalog).problems
