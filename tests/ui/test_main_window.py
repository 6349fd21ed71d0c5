"""The frame: steps, next question, undo, zoom, closing, a second program."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from models.values.consultation import Consultation, Expense, TaxMode
from models.values.problems import Problem
from models.values.questions import AnswerRole
from tests.ui.keys import CTRL, Key, focused, press, write
from ui.following_results import OpenQuestions
from ui.steps import Step
from ui.widgets.status_line import open_words


def test_every_step_can_be_jumped_to(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    for step in Step:
        press(getattr(Key, f"Key_{step.number}"), modifier=CTRL)
        assert opened.window.current_step is step
        assert opened.window.frame.title.text() == step.label


def test_without_a_consultation_a_step_says_what_to_do(opened):
    opened.window.go_to(Step.EXPENSES)
    assert opened.window.frame.stack.currentWidget() is opened.window.frame.empty
    opened.window.frame.empty.button.click()
    assert opened.session.consultation == Consultation(consulted_on="2020-11-17")


def test_the_bottom_line_counts(opened):
    assert opened.window.frame.status.counts_text() == ""
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    text = opened.window.frame.status.counts_text()
    assert "○ 0件" in text
    assert "問で決まります" in text


def test_the_bottom_line_counts_what_is_in_play_first(opened):
    opened.window.page(Step.CONSULTATIONS).sample_button.click()
    found = opened.session.open_questions()
    assert 0 < found.in_play < found.all
    text = opened.window.frame.status.counts_text()
    assert f"あと{found.in_play}問で決まります（ほかの制度も見るなら {found.all}問）" in text
    opened.window._on_follow_up_timeout()
    assert opened.window.frame.steps.buttons[Step.APPLICANT].mark() == f"あと{found.in_play}"


def test_the_words_for_open_questions():
    assert open_words(OpenQuestions(None, 31)) == "あと31問で決まります"
    assert open_words(OpenQuestions(3, 3)) == "あと3問で決まります"
    assert open_words(OpenQuestions(0, 0)) == "答えはそろっています"
    assert open_words(OpenQuestions(0, 9)) == "答えはそろっています（ほかの制度も見るなら 9問）"


def test_a_digit_that_no_field_wants_answers_the_next_question(opened, qtbot, catalog):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    opened.window.go_to(Step.VERDICTS)
    panel = opened.window.frame.next_panel
    qtbot.waitUntil(lambda: panel.question_id() != "")
    asked = panel.question_id()
    press(Key.Key_1)
    assert asked in opened.session.consultation.answers
    assert catalog.questions[asked].label in opened.window.frame.status.message_text()
    qtbot.waitUntil(lambda: panel.question_id() != asked)


def test_who_answers_beside_the_page_finds_the_next_question_under_the_keys(opened, qtbot):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    panel = opened.window.frame.next_panel
    qtbot.waitUntil(lambda: panel.question_id() != "")
    asked = panel.question_id()
    press(Key.Key_J, modifier=CTRL)
    press(Key.Key_1)
    assert asked in opened.session.consultation.answers
    qtbot.waitUntil(lambda: panel.question_id() not in {"", asked})
    assert panel.isAncestorOf(focused())


def test_undo_and_redo_outlive_the_program(open_window, catalog):
    first = open_window()
    question = catalog.question_for(AnswerRole.CLIENT_NAME)
    first.session.start_new(Consultation(consulted_on="2020-11-17"))
    held_id = first.session.consultation_id
    named = first.session.consultation.with_answer(question.id, "山田")
    first.session.change(named, "名前を入れました")
    first.window.close()

    again = open_window()
    again.session.open(held_id)
    assert again.session.consultation == named
    press(Key.Key_Z, modifier=CTRL)
    assert question.id not in again.session.consultation.answers
    assert "名前を入れました" in again.window.frame.status.message_text()
    press(Key.Key_Y, modifier=CTRL)
    assert again.session.consultation == named


def test_nothing_to_undo_is_said_quietly(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    opened.window.undo()
    assert "これより前には戻せません" in opened.window.frame.status.message_text()
    opened.window.redo()
    assert "やり直す変更はありません" in opened.window.frame.status.message_text()


def test_a_second_program_only_looks(open_window):
    first = open_window()
    first.session.start_new(Consultation(title="先の相談", consulted_on="2020-11-17"))
    second = open_window()
    assert "見るだけ" in second.window.frame.status.message_text()
    second.session.open(first.session.consultation_id)
    before = second.session.consultation
    second.session.change(Consultation(title="別の題"), "題を変えました")
    assert second.session.consultation == before
    assert "見るだけ" in second.window.frame.status.message_text()


def test_the_zoom_stays_between_100_and_200(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    for _ in range(12):
        press(Key.Key_Plus, modifier=CTRL)
    assert opened.theme.percent == 200
    assert "200%" in opened.window.frame.status.message_text()
    for step in Step:
        opened.window.go_to(step)
        assert not opened.window.grab().isNull()
    press(Key.Key_Minus, modifier=CTRL)
    assert opened.theme.percent == 190
    press(Key.Key_0, modifier=CTRL)
    assert opened.theme.percent == 100


def test_closing_asks_only_where_something_would_be_lost(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    page = opened.window.page(Step.APPLICANT)
    page.problems = lambda: (Problem("", "資本金", "読み取れません。"),)
    opened.ask.answers = [False]
    assert not opened.window.close()
    assert "資本金" in opened.ask.asked[0]
    assert opened.window.isVisible()


def test_closing_does_not_ask_about_half_typed_rows_which_are_stored(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    opened.window.go_to(Step.EXPENSES)
    write("NC旋盤")
    press(Key.Key_Tab)
    assert opened.window.close()
    assert opened.ask.asked == []


def test_closing_with_everything_stored_asks_nothing(opened):
    line = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
    opened.session.start_new(Consultation(consulted_on="2020-11-17", expenses=(line,)))
    opened.window.go_to(Step.EXPENSES)
    assert opened.window.close()
    assert opened.ask.asked == []


def test_the_edition_stands_in_the_header(opened, catalog):
    assert catalog.edition.title in opened.window.frame.edition.text()
    assert opened.window.frame.edition.isVisible()


def test_every_control_has_a_name(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    for step in Step:
        opened.window.go_to(step)
        seen = set()
        while focused() not in seen:
            seen.add(focused())
            name = focused().accessibleName() or getattr(focused(), "text", str)()
            assert name, f"{focused()} on {step.label}"
            focused().focusNextChild()
            if len(seen) > 300:
                break


def test_no_part_of_a_page_appears_as_a_window(opened, qapp):
    shown = []

    class Watcher(QObject):
        def eventFilter(self, thing, event):
            if event.type() == QEvent.Type.Show and isinstance(thing, QWidget) and thing.isWindow():
                shown.append(thing)
            return False

    watcher = Watcher()
    qapp.installEventFilter(watcher)
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    for step in Step:
        opened.window.go_to(step)
    qapp.removeEventFilter(watcher)
    assert shown == []
