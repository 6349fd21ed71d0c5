"""What leaves the house without a name gives the same verdicts and no way back to a person."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from models.judgement.screening import screen
from models.planning.simulation import simulate
from models.values.anonymous import anonymous
from models.values.case_file import read_case, write_case
from models.values.cash import CashTerms, OtherMoney
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.questions import QuestionType

TELLING = "山田製作所の秘密"
LATHE = Expense(TELLING, "equipment", 8_800_000, TaxMode.INCLUDED)
FRAME = "jigyo-shokei/ma/gensoku"


def telling_case(catalog):
    words = {q.id: TELLING for q in catalog.questions.values() if q.type is QuestionType.TEXT}
    assert len(words) >= 2
    return Consultation(
        title=TELLING,
        consulted_on="2021-04-20",
        office=TELLING,
        advisor=TELLING,
        notes=TELLING,
        answers={
            **words,
            "applicant.corporate_number": "7000012050002",
            "applicant.regular_employees": 18,
            "succession.kind": "m_and_a",
            "succession.role": None,
        },
        expenses=(LATHE,),
        scenarios=(
            Scenario((FRAME,), TELLING, {**words, "succession.role": "buyer"}, (LATHE, LATHE)),
            Scenario((FRAME,)),
        ),
        cash=CashTerms(12, 5, (OtherMoney(TELLING, 3, "2021-09"),), Fraction(2)),
        ignored_answers={"retired.question": TELLING},
    )


def test_nothing_telling_is_left(catalog):
    written = write_case(anonymous(telling_case(catalog), catalog))
    for word in (TELLING, "7000012050002", "retired"):
        assert word not in written
    assert "経費1" in written
    assert "案1" in written
    assert "お金1" in written


def test_it_is_judged_and_calculated_as_before(catalog):
    case = telling_case(catalog)
    hidden = read_case(write_case(anonymous(case, catalog)).encode(), catalog, "x")
    assert screen(catalog, hidden.answers) == screen(catalog, case.answers)
    assert [r.own_burden for r in simulate(catalog, hidden)] == [
        r.own_burden for r in simulate(catalog, case)
    ]
    assert replace(hidden.cash, other_money=()) == replace(case.cash, other_money=())
    assert hidden.cash.other_money == (OtherMoney("お金1", 3, "2021-09"),)
    assert hidden.answers["succession.role"] is None
