"""F2: what the client may see, and nothing of the advisor's pages."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from models.values.consultation import Consultation
from tests.ui.keys import Key, focused, press
from tests.ui.test_verdicts_page import BUYER, LATHE
from ui.steps import Step

CASE = Consultation(
    consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,), notes="家族には内緒とのこと"
)


def open_view(opened, qtbot):
    press(Key.Key_F2)
    view = opened.window.client_view
    qtbot.waitUntil(lambda: view.isVisible() and view.preview.page_count() > 0)
    return view


def test_the_client_sees_their_copy_over_the_whole_window(opened, qtbot):
    opened.session.start_new(CASE)
    opened.window.go_to(Step.VERDICTS)
    view = open_view(opened, qtbot)
    assert view.geometry() == opened.window.rect()
    assert 1 <= view.preview.page_count() <= 2
    assert view.preview.isAncestorOf(focused()) or focused() is view.preview


def test_leaving_goes_back_to_where_the_work_was(opened, qtbot):
    opened.session.start_new(CASE)
    opened.window.go_to(Step.VERDICTS)
    before = focused()
    for key in (Key.Key_F2, Key.Key_Escape):
        view = open_view(opened, qtbot)
        press(key)
        assert view.isHidden()
        assert focused() is before
    assert opened.window.current_step is Step.VERDICTS


def test_no_key_reaches_the_pages_below(opened, qtbot):
    opened.session.start_new(CASE)
    opened.window.go_to(Step.VERDICTS)
    open_view(opened, qtbot)
    press(Key.Key_1, Key.Key_2)
    assert opened.session.consultation == CASE


def test_without_a_consultation_nobody_is_named(opened):
    opened.session.start_new(CASE)
    opened.session.close()
    press(Key.Key_F2)
    view = opened.window.client_view
    assert view.isVisible()
    assert view.words.text()
    assert view.preview.page_count() == 0


def test_another_step_and_another_consultation_end_the_view(opened, qtbot):
    opened.session.start_new(CASE)
    view = open_view(opened, qtbot)
    opened.window.go_to(Step.EXPENSES)
    assert view.isHidden()
    press(Key.Key_F2)
    assert opened.window.client_view.isHidden()  # in the table this key edits a cell
    opened.window.switch_client_view()
    assert view.isVisible()
    opened.session.change(CASE.with_answer("succession.role", "seller"), "x")
    assert view.isHidden()


def test_a_changed_consultation_is_shown_anew(opened, qtbot):
    opened.session.start_new(CASE)
    view = open_view(opened, qtbot)
    first = view.preview._pages
    press(Key.Key_Escape)
    opened.session.change(opened.session.consultation.with_answer("succession.role", "seller"), "x")
    opened.window.switch_client_view()
    assert not view.preview.isVisible()  # nothing old is shown meanwhile
    qtbot.waitUntil(view.preview.isVisible)
    assert view.preview._pages is not first


def test_what_had_the_focus_may_be_gone_when_the_view_is_left(opened, qtbot):
    opened.session.start_new(CASE)
    opened.window.go_to(Step.COMPARISON)
    open_view(opened, qtbot)
    opened.theme.set_percent(150)  # the cells of the comparison are made anew
    opened.window.page(Step.COMPARISON).show_consultation(opened.session.consultation)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(Key.Key_Escape)
    assert opened.window.client_view.isHidden()
    opened.theme.set_percent(100)
