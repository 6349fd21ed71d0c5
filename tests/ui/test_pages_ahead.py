"""Pages are built before somebody visits them, and nothing of that is seen."""

from PySide6.QtWidgets import QApplication

from models.values.consultation import Consultation
from tests.ui.test_verdicts_page import BUYER, LATHE
from ui.steps import Step

CASE = Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,))


def is_ready(window) -> bool:
    return set(window._pages) == set(Step) and window.catalog_page is not None


def test_all_pages_are_built_without_being_shown(opened, qtbot):
    window = opened.window
    window.prepare_pages()
    qtbot.waitUntil(lambda: is_ready(window))
    assert window.current_step is Step.CONSULTATIONS
    assert [page for page in window._pages.values() if page.isVisible()] == [
        window.page(Step.CONSULTATIONS)
    ]
    groups = window.page(Step.APPLICANT).groups
    built = {row for group in groups for row in group.rows}
    assert built == {question.id for group in groups for question in group._questions}


def test_rows_built_ahead_take_the_answers_of_the_consultation(opened, qtbot):
    opened.window.prepare_pages()
    qtbot.waitUntil(lambda: is_ready(opened.window))
    opened.session.start_new(CASE)
    page = opened.window.page(Step.APPLICANT)
    answered = {
        row.question.id
        for group in page.groups
        for row in group.rows.values()
        if row.control.value() in {"m_and_a", "buyer", "company"}
    }
    assert answered == {"succession.kind", "succession.role", "applicant.legal_form"}


def test_a_page_may_be_visited_before_it_is_ready(opened, qtbot):
    opened.session.start_new(CASE)
    steps = opened.window._pages_ahead()
    while Step.VERDICTS not in opened.window._pages:
        next(steps)
    page = opened.window.page(Step.VERDICTS)
    opened.window.go_to(Step.VERDICTS)
    opened.window.go_to(Step.SHEET)
    sheet = opened.window.page(Step.SHEET)
    for _ in steps:
        pass
    assert opened.window.page(Step.VERDICTS) is page
    assert opened.window.page(Step.SHEET) is sheet


def test_nothing_is_built_any_more_once_the_window_closes(opened):
    opened.window.prepare_pages()
    assert opened.window.may_close()
    QApplication.processEvents()
    QApplication.processEvents()
    assert not is_ready(opened.window)
    assert Step.SHEET not in opened.window._pages
