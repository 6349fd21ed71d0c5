"""判定: groups, reasons beside the list, the way to the question."""

import pytest

from models.planning.action_value import action_values
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.results import VERDICT_SHAPE, OfferRaised, Verdict
from tests.ui.keys import Key, focused, press
from ui.detail_texts import offer_parts
from ui.steps import Step
from ui.tables.verdict_list import VerdictHead, VerdictLine

LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
BUYER = {
    "applicant.legal_form": "company",
    "applicant.industry_code": "26",
    "applicant.stated_capital": 10_000_000,
    "applicant.regular_employees": 18,
    "applicant.prefecture": "新潟県",
    "applicant.deemed_large_enterprise": False,
    "succession.kind": "m_and_a",
    "succession.role": "buyer",
    "succession.innovation": True,
}


@pytest.fixture
def page(opened):
    opened.session.start_new(
        Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,))
    )
    opened.window.go_to(Step.VERDICTS)
    return opened.window.page(Step.VERDICTS)


def lines(page):
    return [one for one in page.list.list_model.rows if isinstance(one, VerdictLine)]


def test_the_groups_hold_every_judged_entry(opened, page):
    heads = [one for one in page.list.list_model.rows if isinstance(one, VerdictHead)]
    assert [one.shape for one in heads] == ["○", "△", "×", "◇"]
    shown = {one.entry for one in lines(page)}
    expected = {
        one.entry for one in opened.session.screenings() if one.verdict is not Verdict.INFORMATION
    }
    assert shown == expected
    assert sum(head.count for head in heads) == len(shown)


def test_every_line_names_its_stage_and_its_reason(page, catalog):
    for one in lines(page):
        assert one.stage == catalog.stages[catalog.entries[one.entry].stage].label
        assert one.reason


def test_amounts_stand_only_beside_what_can_be_had(page):
    for one in lines(page):
        if one.shape in {"×", "◇"}:
            assert one.amount == ""
    assert any(one.amount.endswith("以内") for one in lines(page))


def test_enter_opens_the_reasons_and_escape_goes_back(page):
    press(Key.Key_Return)
    assert page.pane.isVisible()
    text = page.pane.text()
    assert "満たしている条件" in text
    assert "行" in text  # the line of the source
    assert "出典" in text
    page.pane.body.setFocus()
    press(Key.Key_Escape)
    assert not page.pane.isVisible()
    assert focused() is page.list
    press(Key.Key_Return)
    press(Key.Key_Escape)  # from the list, too
    assert not page.pane.isVisible()


def test_the_open_reasons_follow_the_chosen_line(page):
    press(Key.Key_Return)
    first = page.pane.text()
    press(Key.Key_Down)
    assert page.pane.text() != first


def test_a_missed_condition_is_told_with_its_distance(opened, page):
    large = {**BUYER, "applicant.regular_employees": 400, "applicant.stated_capital": 10**9}
    opened.session.change(Consultation(answers=large, consulted_on="2020-11-17"), "x")
    ruled_out = VERDICT_SHAPE[Verdict.NOT_ELIGIBLE]
    reasons = [one.reason for one in lines(page) if one.shape == ruled_out]
    assert any("上限" in reason for reason in reasons)


def test_the_filters_part_money_from_support(page, catalog):
    page.filters.button(1).click()
    assert all(catalog.entries[one.entry].has_firm_amount for one in lines(page))
    page.filters.button(2).click()
    assert not any(catalog.entries[one.entry].has_firm_amount for one in lines(page))


def test_an_open_question_is_one_step_away(opened, page):
    screening = next(one for one in opened.session.screenings() if one.open_questions)
    question = screening.open_questions[0]
    page.list.entry_opened.emit(screening.entry)
    page.pane.link_followed.emit(f"question:{question}")
    assert opened.window.current_step is Step.APPLICANT
    row = opened.window.page(Step.APPLICANT)._active
    assert row.question.id == question


def test_what_could_still_change_is_told_when_nobody_types(opened, page, qtbot):
    block = page.action_block
    qtbot.waitUntil(block.isVisible)
    sentences = [
        change.sentence for one in opened.session.action_values() for change in one.changes
    ]
    assert sentences[0] in block.text()
    assert f"{len(sentences)}件" in block.all_button.text()
    block.all_button.click()
    for sentence in sentences:
        assert sentence in page.pane.text()
    question = opened.session.action_values()[0].question
    page.pane.link_followed.emit(f"question:{question}")
    assert opened.window.page(Step.APPLICANT)._active.question.id == question


def test_what_was_tried_under_former_answers_is_not_told(opened, page, qtbot):
    told = []
    opened.session.actions_found.connect(lambda: told.append(opened.session.action_values()))
    opened.session.seek_actions()
    changed = opened.session.consultation.with_answer("applicant.regular_employees", 400)
    opened.session.change(changed, "x")
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0] == action_values(opened.session.catalog, changed)


def test_nothing_to_change_takes_no_room(opened, page, qtbot):
    qtbot.waitUntil(page.action_block.isVisible)
    opened.session.change(Consultation(consulted_on="2020-11-17"), "x")
    qtbot.waitUntil(lambda: page.action_block.text() != "" or page.action_block.isHidden())
    page.action_block.show_sentences(())
    assert page.action_block.isHidden()


def test_a_page_out_of_sight_tries_nothing_out(opened, page):
    opened.window.go_to(Step.EXPENSES)
    page.action_block.show_sentences(())
    page._on_idle_timeout()
    assert page.action_block.isHidden()


def test_offers_that_the_answers_raise_come_first(catalog):
    entry = next(one for one in catalog.entries.values() if len(one.offers) > 2)
    raised = tuple(
        OfferRaised(offer.id, {0: False, 1: None}.get(place, True))
        for place, offer in enumerate(entry.offers)
    )
    texts = [part.text for part in offer_parts(entry, raised)[1:]]
    assert entry.offers[2].label in texts[0]
    assert entry.offers[0].label in texts[-1]
    assert entry.offers[2].good_for in texts[0]
    assert f"連絡する人: {entry.offers[2].who_calls}" in texts[0]
    assert texts[0].startswith("○")
    assert texts[-1].startswith("×")
