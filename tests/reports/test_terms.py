"""No expert word stands unexplained on the owner's copy, and none is explained without need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reports.content_blocks import CopyKind, Term, TermsBlock
from reports.printed_terms import terms_in
from reports.sheet import make_sheet, sheet_of, write_sheet
from reports.sheet_input import SheetOptions
from tests.reports.sheets import MADE_ON, OFFICE, ONLY_OWNER, all_text, page_texts, small_sheet
from tests.scenario_file import read_scenarios

if TYPE_CHECKING:
    from models.values.catalog import Catalog

CASES = read_scenarios()
SOME = CASES[:: max(1, len(CASES) // 12)]
TITLE = "ことばの意味"
PLAN, PLAN_OF_NEW, DEAL = Term("計画", "あ"), Term("革新計画", "い"), Term("M&A", "う")


def squeezed(text: str) -> str:
    return "".join(text.split())


def explanations(catalog: Catalog) -> dict[str, str]:
    return {one.term: squeezed(f"{one.term}＝{one.plain}") for one in catalog.glossary}


def told_elsewhere(catalog: Catalog, printed: str) -> str:
    """Return the printed words without those that explain."""
    for told in sorted(explanations(catalog).values(), key=len, reverse=True):
        printed = printed.replace(told, "")
    return printed


@pytest.mark.parametrize("case", SOME, ids=[case.id for case in SOME])
def test_every_expert_word_of_the_owners_copy_is_explained(catalog: Catalog, case):
    content = sheet_of(catalog, case.consultation, OFFICE, MADE_ON, ONLY_OWNER)
    pages = page_texts(write_sheet(content))
    printed = squeezed("".join(pages))
    terms = [Term(one.term, one.plain) for one in catalog.glossary]
    needed = [one.word for one in terms_in(told_elsewhere(catalog, printed), terms)]
    assert needed
    assert [word for word in needed if explanations(catalog)[word] not in printed] == []
    assert len(pages) <= 2


def test_only_words_that_stand_there_are_explained(catalog: Catalog):
    case = next(one for one in CASES if one.consultation.answers)
    printed = all_text(make_sheet(catalog, case.consultation, OFFICE, MADE_ON, ONLY_OWNER))
    shown = [word for word, told in explanations(catalog).items() if told in printed]
    assert shown
    assert set(shown) < {one.term for one in catalog.glossary}
    rest = told_elsewhere(catalog, printed)
    assert [word for word in shown if word not in rest] == []


def test_a_neutral_copy_explains_nothing_that_tells(catalog: Catalog):
    case = CASES[0]
    content = sheet_of(
        catalog, case.consultation, OFFICE, MADE_ON, SheetOptions(neutral_title=True)
    )
    (owner,) = [copy for copy in content.copies if copy.kind is CopyKind.OWNER]
    assert owner.terms is not None
    assert "M&A" not in {term.word for term in owner.terms.terms}


def test_the_advisors_copy_explains_none(catalog: Catalog):
    content = sheet_of(catalog, CASES[0].consultation, OFFICE, MADE_ON)
    (advisor,) = [copy for copy in content.copies if copy.kind is CopyKind.ADVISOR]
    assert advisor.terms is None


def test_a_copy_without_expert_words_has_no_such_block():
    assert TITLE not in all_text(write_sheet(small_sheet(options=ONLY_OWNER)))


def test_a_word_in_a_table_and_a_word_over_two_lines_are_explained():
    content = small_sheet(options=ONLY_OWNER)
    words = ("お客様", "補助金を使わない")
    terms = TermsBlock(TITLE, tuple(Term(word, "そういう意味") for word in words))
    copy = replace(content.copies[0], terms=terms)
    printed = all_text(write_sheet(replace(content, copies=(copy,))))
    assert "補助金を使わない＝そういう意味" in printed


def test_the_longer_word_wins_and_the_order_is_that_of_the_page():
    assert terms_in("M&Aの革新計画", (PLAN, PLAN_OF_NEW, DEAL)) == (DEAL, PLAN_OF_NEW)
    assert terms_in("計画と革新計画と計画", (PLAN, PLAN_OF_NEW)) == (PLAN, PLAN_OF_NEW)
    assert terms_in("何もない", (PLAN,)) == ()
    assert terms_in("計画", ()) == ()


def test_a_word_that_the_page_explains_itself_is_left_out():
    assert terms_in("「計画・未定」は、まだ決まっていないことです", (PLAN,)) == ()
    assert terms_in("新しいことの予定（計画）を立てる", (PLAN,)) == ()
    assert terms_in("「計画」を出す", (PLAN,)) == (PLAN,)
