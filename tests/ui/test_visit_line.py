"""今日のご相談: several chips at once; they order the questions and decide nothing."""

import pytest

from models.values.consultation import Consultation
from tests.ui.keys import CTRL, SHIFT, Key, focused, press
from ui.steps import Step
from ui.widgets.question_row import QuestionRow
from ui.widgets.visit_line import visit_topics, wanted_topics


@pytest.fixture
def page(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    return opened.window.page(Step.APPLICANT)


@pytest.fixture
def chips(page):
    return page.visits[0].bar


def answers(opened):
    return opened.session.consultation.answers


def shown(page):
    """Return the topics of the groups as they stand on the page."""
    return [group.topic.id for group in sorted_by_place(page) if not group.isHidden()]


def sorted_by_place(page):
    layout = page._groups_layout
    return sorted(page.groups, key=layout.indexOf)


def leading_to(catalog, topic):
    return next(q for q in catalog.questions.values() if topic in q.leads_to)


def test_the_data_decides_which_topic_it_is(catalog):
    topics = visit_topics(catalog)
    assert topics
    for questions in topics.values():
        assert all(question.leads_to for question in questions)
    assert all(q.topic in topics for q in catalog.questions.values() if q.leads_to)


def test_a_new_consultation_begins_with_it(page, chips):
    assert focused() is chips
    assert page._groups_layout.indexOf(page.visits[0]) == 0
    assert not any(page.visits[0].holds(row.question.id) for row in page._rows())


def test_digits_switch_several_and_switch_off_again(opened, page, chips, catalog):
    questions = next(iter(visit_topics(catalog).values()))
    press(Key.Key_1, Key.Key_8)
    assert answers(opened) == {questions[0].id: True, questions[7].id: True}
    assert focused() is chips
    press(Key.Key_1)
    assert answers(opened) == {questions[7].id: True}
    assert chips.values_on() == {questions[7].id}
    assert questions[7].label in chips.accessibleDescription()
    assert "外しました" in opened.window.frame.status.message_text()


def test_arrows_space_and_delete_work_too(opened, chips, catalog):
    questions = next(iter(visit_topics(catalog).values()))
    press(Key.Key_Right, Key.Key_Space)
    assert answers(opened) == {questions[1].id: True}
    press(Key.Key_Delete)
    assert answers(opened) == {}
    press(Key.Key_Delete)
    assert answers(opened) == {}


def test_undo_takes_a_chip_back(opened, chips):
    press(Key.Key_3)
    assert chips.values_on()
    press(Key.Key_Z, modifier=CTRL)
    assert not chips.values_on()


def test_a_no_from_elsewhere_is_not_ticked(opened, page, chips, catalog):
    question = next(iter(visit_topics(catalog).values()))[0]
    opened.session.change(opened.session.consultation.with_answer(question.id, False), "x")
    assert chips.values_on() == frozenset()
    press(Key.Key_1)
    assert answers(opened)[question.id] is True


def test_what_was_chosen_comes_first_and_the_rest_is_folded_away(opened, page, catalog):
    before = shown(page)
    assert page.others.isHidden()
    topic = "disaster"
    chosen = leading_to(catalog, topic)
    opened.session.change(opened.session.consultation.with_answer(chosen.id, True), "x")
    wanted = wanted_topics(catalog, opened.session.consultation)
    profiles = [t.id for t in catalog.topics.values() if t.profile and t.id in before]
    assert shown(page) == [*wanted, *profiles]
    assert not page.others.isHidden()
    assert catalog.topics["finance"].title in page.others.line()
    page.others.click()
    assert set(shown(page)) == set(before)
    assert shown(page)[: len(wanted)] == list(wanted)
    page.others.click()
    assert set(shown(page)) != set(before)
    opened.session.change(opened.session.consultation.without_answer(chosen.id), "x")
    assert shown(page) == before
    assert page.others.isHidden()


def test_a_question_of_another_topic_is_still_one_step_away(opened, page, catalog):
    chosen = leading_to(catalog, "disaster")
    opened.session.change(opened.session.consultation.with_answer(chosen.id, True), "x")
    wanted = next(q for q in catalog.questions.values() if q.topic == "finance")
    page.focus_question(wanted.id)
    assert page._active.question is wanted
    assert not page.others.is_folded


def test_a_chip_can_be_jumped_to(page, chips, catalog):
    page.groups[0].head.setFocus()
    page.focus_question(next(iter(visit_topics(catalog).values()))[2].id)
    assert focused() is chips


def test_tab_goes_down_the_page_in_reading_order_and_leaves_it(opened, page, chips, catalog):
    press(Key.Key_7)  # groups change places
    seen = []
    while page.isAncestorOf(focused()) and focused() not in seen:
        seen.append(focused())
        press(Key.Key_Tab)
    assert not page.isAncestorOf(focused())
    inner = page._scroll.widget()
    # A question is read from left to right: its words, then its answer, even if that begins higher.
    rows = page.findChildren(QuestionRow)
    held = [next((row for row in rows if row.isAncestorOf(one)), one) for one in seen]
    tops = [one.mapTo(inner, one.rect().topLeft()).y() for one in held]
    assert tops == sorted(tops)
    for row in rows:
        lefts = [one.mapTo(row, one.rect().topLeft()).x() for one in seen if row.isAncestorOf(one)]
        assert lefts == sorted(lefts)
    assert seen[0] is chips
    assert page.others in seen
    seen[1].setFocus()
    press(Key.Key_Tab, modifier=SHIFT)
    assert focused() is chips
    press(Key.Key_Tab, modifier=SHIFT)
    assert not page.isAncestorOf(focused())


def test_enter_goes_to_the_first_question_and_up_comes_back(page, chips):
    press(Key.Key_Return)
    assert page._rows()[0].isAncestorOf(focused())
    page._rows()[0].move_requested.emit(page._rows()[0], -1)
    assert focused() is chips
