"""The questions, answered with one key each."""

import pytest
from PySide6.QtCore import Qt

from models.values.consultation import Consultation
from models.values.questions import AnswerRole, QuestionType
from models.values.results import NextQuestion
from tests.ui.keys import CTRL, Key, focused, press, write
from ui.steps import Step
from ui.widgets.next_question_panel import NextQuestionPanel
from ui.widgets.question_controls import industry_options
from ui.widgets.suggest_field import fitting
from ui.widgets.term_label import TermLabel


@pytest.fixture
def page(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    return opened.window.page(Step.APPLICANT)


def rows(page):
    return [row for group in page.groups for row in group.visible_rows()]


def first_of(page, kind):
    return next(row for row in rows(page) if row.question.type is kind)


def answers(opened):
    return opened.session.consultation.answers


def test_the_first_question_has_the_focus(opened, page, catalog):
    name = catalog.question_for(AnswerRole.CLIENT_NAME)
    opened.session.change(opened.session.consultation.with_answer(name.id, "山田"), "x")
    opened.window.go_to(Step.APPLICANT)
    assert rows(page)[0].isAncestorOf(focused())


def test_a_digit_answers_and_moves_on(opened, page):
    one = first_of(page, QuestionType.BOOLEAN)
    one.control.setFocus()
    press(Key.Key_1)
    assert answers(opened)[one.question.id] is True
    after = rows(page)[rows(page).index(one) + 1]
    assert after.isAncestorOf(focused())
    one.control.setFocus()
    press(Key.Key_2)
    assert answers(opened)[one.question.id] is False


def test_later_is_an_answer_and_homework(opened, page):
    row = first_of(page, QuestionType.BOOLEAN)
    row.control.setFocus()
    press(Key.Key_3)
    assert answers(opened)[row.question.id] is None
    row.control.setFocus()
    press(Key.Key_Delete)
    assert row.question.id not in answers(opened)


def test_arrows_choose_and_space_answers(opened, page):
    row = first_of(page, QuestionType.BOOLEAN)
    row.control.setFocus()
    press(Key.Key_Right, Key.Key_Space)
    assert answers(opened)[row.question.id] is False
    press(Key.Key_Left, Key.Key_Space)
    assert answers(opened)[row.question.id] is True


def test_yen_are_typed_with_man_and_checked_in_words(opened, page):
    first_of(page, QuestionType.CHOICE).control.setFocus()
    press(Key.Key_1)  # a company: only companies are asked for their capital
    row = first_of(page, QuestionType.YEN)
    row.control.setFocus()
    write("１０００")
    write("万")
    assert row.control._words.text() == "1,000万円"
    press(Key.Key_Return)
    assert answers(opened)[row.question.id] == 10_000_000
    assert row.control.line.text() == "10,000,000"


def test_a_number_that_cannot_be_stays_with_its_reason(opened, page):
    row = first_of(page, QuestionType.COUNT)
    row.control.setFocus()
    write("18")
    press(Key.Key_Return)
    row.control.setFocus()
    row.control.line.selectAll()
    write("abc")
    press(Key.Key_Return)
    assert answers(opened)[row.question.id] == 18
    assert row.control.line.text() == "abc"
    assert "前の答えのまま" in row.problem()
    assert row.isAncestorOf(focused())
    assert page.problems()[0].path == row.question.label


def test_a_question_mark_means_later_in_a_field(opened, page):
    row = first_of(page, QuestionType.COUNT)
    row.control.setFocus()
    write("?")
    assert answers(opened)[row.question.id] is None


def test_the_industry_is_found_by_what_people_call_it(opened, page, catalog):
    row = first_of(page, QuestionType.INDUSTRY)
    row.control.setFocus()
    write("金型")
    assert row.control.field.is_listing()
    press(Key.Key_Return)
    code = answers(opened)[row.question.id]
    assert "金型" in catalog.industries[code].keywords
    row.control.setFocus()
    row.control.field.selectAll()
    write("ぜったいにない仕事")
    press(Key.Key_Tab)
    assert answers(opened)[row.question.id] == code
    assert "合うものがありません" in row.problem()


@pytest.mark.parametrize("trade", ["和菓子屋", "豆腐屋", "ベーカリー", "畳屋"])
def test_a_trade_that_makes_and_sells_is_offered_both_ways(opened, page, catalog, trade):
    row = first_of(page, QuestionType.INDUSTRY)
    row.control.setFocus()
    write(trade)
    shown = fitting(industry_options(catalog), trade)
    assert len({catalog.industries[one.value].rows for one in shown}) > 1
    assert "売上の多い方を選びます" in row.control.weigh_text()
    press(Key.Key_Return)
    code = answers(opened)[row.question.id]
    assert trade in catalog.industries[code].keywords
    assert all(one.label in row.control.weigh_text() for one in shown)
    row.control.setFocus()
    row.control.field.selectAll()
    write("金型")
    assert row.control.weigh_text() == ""


def test_the_industry_can_be_browsed(opened, page):
    row = first_of(page, QuestionType.INDUSTRY)
    row.control._browse.click()
    press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert answers(opened)[row.question.id] is not None


def test_the_prefecture_is_found_by_part_of_its_name(opened, page, catalog):
    question = catalog.question_for(AnswerRole.PREFECTURE)
    page.focus_question(question.id)
    write("熊")
    press(Key.Key_Return)
    assert answers(opened)[question.id] == "熊本県"


def test_a_corporate_number_is_checked(opened, page, catalog):
    question = next(
        q for q in catalog.questions.values() if q.type is QuestionType.CORPORATE_NUMBER
    )
    page.focus_question(question.id)
    row = next(one for one in rows(page) if one.question is question)
    write("1234567890123")
    press(Key.Key_Return)
    assert question.id not in answers(opened)
    assert row.problem()
    row.control.line.selectAll()
    write("７００００１２０５０００２")
    press(Key.Key_Return)
    assert answers(opened)[question.id] == "7000012050002"


def test_what_hangs_on_an_answer_appears_with_it(opened, page, catalog):
    child = next(q for q in catalog.questions.values() if q.ask_when is not None)
    assert child.id not in {row.question.id for row in rows(page)}
    page.focus_question(child.id)
    assert child.id in {
        row.question.id
        for group in page.groups
        for row in group.rows.values()
        if not row.isHidden()
    }


def test_an_answered_group_folds_to_one_line_when_it_is_left(opened, page, catalog):
    group = page.groups[0]
    while True:
        open_rows = [row for row in group.visible_rows() if row.question.id not in answers(opened)]
        if not open_rows:
            break
        opened.session.change(
            opened.session.consultation.with_answer(open_rows[0].question.id, None), "x"
        )
    assert group.is_complete()
    assert not group.is_folded
    page.groups[1].visible_rows()[0].control.setFocus()
    assert group.is_folded
    assert "後で調べる" in group.head.line()
    group.head.setFocus()
    press(Key.Key_Return)
    assert not group.is_folded


def test_undo_shows_the_answer_before(opened, page):
    row = first_of(page, QuestionType.BOOLEAN)
    row.control.setFocus()
    press(Key.Key_1)
    row.control.setFocus()
    press(Key.Key_2)
    press(Key.Key_Z, modifier=CTRL)
    assert row.control.value() is True


def test_a_click_answers(opened, page, qtbot):
    row = first_of(page, QuestionType.BOOLEAN)
    place = row.control.option_rect(1).center()
    qtbot.mouseClick(row.control, Qt.MouseButton.LeftButton, pos=place)
    assert answers(opened)[row.question.id] is False


def test_the_words_of_a_question_are_explained_with_the_keyboard(opened, page, catalog):
    question = next(
        q
        for q in catalog.questions.values()
        if q.ask_when is None and any(term.term in q.text for term in catalog.glossary)
    )
    page.focus_question(question.id)
    row = next(one for one in rows(page) if one.question is question)
    asked = row.findChildren(TermLabel)[0]
    press(Key.Key_Backtab, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert asked.isAncestorOf(focused())
    press(Key.Key_Return)
    term = asked.words()[0]
    plain = next(one.plain for one in catalog.glossary if one.term == term)
    assert f"{term}＝{plain}" in asked.meaning.text()
    assert question.id not in answers(opened)


def test_the_next_question_explains_its_words(opened, page, catalog):
    panel = opened.window.findChild(NextQuestionPanel)
    terms = {one.term for one in catalog.glossary}
    asked = [q for q in catalog.questions.values() if any(term in q.text for term in terms)]
    for question in asked[:3]:
        panel.show_question(NextQuestion(question.id, question.text, "理由", 1), catalog)
        words = panel.findChild(TermLabel).words()
        assert words
        assert set(words) <= terms


def test_a_digit_over_a_group_answers_its_first_open_question(opened, page):
    unfolded = [one for one in page.groups if one.visible_rows()]
    group = next(one for one in unfolded if one.visible_rows()[0].question.choices)
    first = group.visible_rows()[0].question
    group.head.setFocus()
    press(Key.Key_2)
    assert answers(opened)[first.id] == first.choices[1].value
    group.set_folded(True)
    group.head.setFocus()
    press(Key.Key_1)
    assert answers(opened)[first.id] == first.choices[1].value
