"""The sheet over the real catalog: any consultation prints, and prints nothing it must not."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.judgement.screening import screen
from models.planning.simulation import simulate
from models.values.consultation import Consultation
from models.values.money import yen_text
from models.values.office import LocalContact, Office
from models.values.results import Verdict
from reports.content_blocks import CopyKind, FactsBlock, TableBlock
from reports.fonts import lost_characters
from reports.sheet import sheet_of
from reports.sheet_input import CopyChoice, SheetOptions
from reports.sheet_layout import set_copy
from tests import strategies
from tests.reports.sheets import MADE_ON, OFFICE, words_of
from tests.scenario_file import read_scenarios

if TYPE_CHECKING:
    from models.values.catalog import Catalog

VERDICTS = ("判定の一覧", "話に出ていない制度・枠")
CASES = read_scenarios()
SOME = CASES[:: max(1, len(CASES) // 25)]


def strings_in(value: object, seen: set[int]) -> list[str]:
    """Return every string inside a value of the catalog."""
    if isinstance(value, str):
        return [value]
    if id(value) in seen:
        return []
    seen.add(id(value))
    if isinstance(value, dict):
        return [s for part in (*value.keys(), *value.values()) for s in strings_in(part, seen)]
    if isinstance(value, (tuple, list)):
        return [s for part in value for s in strings_in(part, seen)]
    if is_dataclass(value):
        return [s for f in fields(value) for s in strings_in(getattr(value, f.name), seen)]
    return []


def test_the_catalog_has_no_character_that_the_paper_lacks(catalog: Catalog):
    assert lost_characters("".join(strings_in(catalog, set()))) == ""


def owner_pages(catalog: Catalog, consultation: Consultation) -> int:
    copy = sheet_of(catalog, consultation, OFFICE, MADE_ON).copies[0]
    assert copy.kind is CopyKind.OWNER
    _, pages = set_copy(copy)
    return len(pages)


@pytest.mark.parametrize("case", SOME, ids=[case.id for case in SOME])
def test_the_cases_of_advisors_fit_on_two_pages(catalog: Catalog, case):
    homework = dict.fromkeys(list(catalog.questions)[-6:])
    consultation = replace(case.consultation, answers={**homework, **case.consultation.answers})
    assert owner_pages(catalog, consultation) <= 2


def figures_of(copy) -> str:
    """Return the words of tables and facts, where figures stand."""
    blocks = [block for part in (*copy.first, *copy.rest) for block in part.blocks]
    return repr([block for block in blocks if isinstance(block, (TableBlock, FactsBlock))])


@pytest.mark.parametrize("case", SOME, ids=[case.id for case in SOME])
def test_every_figure_is_on_the_advisors_copy(catalog: Catalog, case):
    copy = sheet_of(catalog, case.consultation, OFFICE, MADE_ON).copies[1]
    words = figures_of(copy)
    named = {frame for scenario in case.consultation.scenarios for frame in scenario.frames}
    for result in simulate(catalog, case.consultation):
        amount, total = result.amount, result.amount.total
        is_out = result.screening.verdict is Verdict.NOT_ELIGIBLE
        if total is None or total.high == 0 or (is_out and result.entry not in named):
            continue
        assert yen_text(total.low) in words
        assert yen_text(total.high) in words
        if result.entry not in named:
            continue
        for found in (amount.subsidy, amount.top_up, result.own_burden):
            assert found is not None
            assert yen_text(found.low) in words
            assert yen_text(found.high) in words
        for figure in (amount.eligible_cost, amount.closure_cost):
            assert yen_text(figure) in words


@pytest.mark.parametrize("case", SOME, ids=[case.id for case in SOME])
def test_every_entry_is_on_the_advisors_copy(catalog: Catalog, case):
    copy = sheet_of(catalog, case.consultation, OFFICE, MADE_ON).copies[1]
    words = repr([part for part in copy.rest if part.title in VERDICTS])
    for entry in catalog.entries.values():
        assert entry.official_name in words or entry.short_name in words


def test_a_neutral_sheet_says_none_of_the_words_that_tell(catalog: Catalog):
    telling = catalog.texts["sheet_neutral_words"].split("、")
    assert len(telling) > 5
    office = Office("拠点", (), (LocalContact("承継センター", "1"), LocalContact("商工会", "2")))
    options = SheetOptions(copies=CopyChoice.OWNER, neutral_title=True, show_client_name=False)
    for case in CASES:
        homework = dict.fromkeys(catalog.questions)
        consultation = replace(case.consultation, answers={**homework, **case.consultation.answers})
        for given_answers in (case.consultation, consultation):
            copy = sheet_of(catalog, given_answers, office, MADE_ON, options).copies[0]
            words = words_of(replace(copy, footer=replace(copy.footer, stages={})))
            assert [word for word in telling if word in words] == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_consultation_prints_and_names_nothing_ruled_out(catalog: Catalog, data: st.DataObject):
    answers = data.draw(strategies.answers(catalog))
    put_off = data.draw(st.lists(st.sampled_from(sorted(catalog.questions)), max_size=8))
    consultation = Consultation(
        answers={**dict.fromkeys(put_off), **answers},
        expenses=data.draw(strategies.expenses(catalog, most=12)),
    )
    owner, advisor = sheet_of(catalog, consultation, OFFICE, MADE_ON).copies
    assert len(set_copy(owner)[1]) <= 2
    assert set_copy(advisor)[1]
    words = words_of(replace(owner, first=owner.first[1:2], movable=(), rest=()))
    for screening in screen(catalog, consultation.answers):
        if screening.verdict is Verdict.NOT_ELIGIBLE:
            name = catalog.entries[screening.entry].official_name
            assert f"'{name}'" not in words


def test_where_only_the_occasion_is_known_the_talk_goes_on(catalog: Catalog):
    occasion = next(one.id for one in catalog.questions.values() if one.leads_to)
    profile = {"applicant.legal_form": "company", "applicant.prefecture": "新潟県"}
    begun = Consultation(consulted_on="2020-11-17", answers={occasion: True, **profile})
    text = words_of(sheet_of(catalog, begun, OFFICE, MADE_ON).copies[0])
    assert "これからお話をうかがって" in text
    assert "見つかりませんでした" not in text
