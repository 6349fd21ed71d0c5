"""Very many programs: found in slices while the window answers, and the very same in the end."""

import pytest
from PySide6.QtCore import Qt

import ui.large_catalog
from benchmarks.huge_catalog import huge_catalog
from models.catalog_build.compile import write_catalog
from models.judgement.screening import screen
from models.planning.next_question import next_question
from models.planning.simulation import simulate
from models.values.consultation import Consultation, Expense, TaxMode
from tests.ui.conftest import NOW, FakeAsk
from tests.ui.test_verdicts_page import BUYER
from ui.application import WindowGuard, complete_start
from ui.commands.context import CommandContext
from ui.first_window import FirstWindow
from ui.following_results import MANY
from ui.steps import Step
from ui.tables.verdict_list import VerdictLine
from ui.widgets.status_line import JUDGING

LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
VISIT = Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,))


@pytest.fixture(scope="module")
def many(catalog):
    return huge_catalog(catalog, MANY + 200)


@pytest.fixture
def crowded(open_window, many):
    return open_window(many)


def judged(qtbot, opened):
    qtbot.waitUntil(lambda: not opened.session.judges_later(), timeout=20_000)


def test_verdicts_are_found_in_slices_and_are_exact(qtbot, crowded, many):
    session, window = crowded.session, crowded.window
    session.start_new(VISIT)
    assert session.judges_later()
    assert window.frame.status.counts_text() == JUDGING
    judged(qtbot, crowded)
    assert session.screenings() == screen(many, BUYER)
    assert session.next_question() == next_question(many, VISIT)
    qtbot.waitUntil(lambda: window.frame.next_panel.question_id() != "")
    assert window.frame.next_panel.question_id() == next_question(many, VISIT).question
    assert "○" in window.frame.status.counts_text()


def test_a_newer_answer_drops_the_search_for_the_older(qtbot, crowded, many):
    session = crowded.session
    session.start_new(VISIT)
    assert session.judges_later()
    held = session.consultation.without_answer(next(iter(BUYER)))
    session.change(held, "x")
    judged(qtbot, crowded)
    assert session.screenings() == screen(many, held.answers)


def test_who_asks_at_once_is_told_the_truth(crowded, many):
    crowded.session.start_new(VISIT)
    assert crowded.session.judges_later()
    assert crowded.session.screenings() == screen(many, BUYER)


def test_the_pages_show_what_was_found(qtbot, crowded):
    session, window = crowded.session, crowded.window
    session.start_new(VISIT)
    window.go_to(Step.VERDICTS)
    page = window.page(Step.VERDICTS)
    qtbot.waitUntil(lambda: len(page.list.list_model.rows) > MANY / 2, timeout=20_000)
    lines = [page.list.list_model.rows[place] for place in range(30)]
    assert any(isinstance(one, VerdictLine) and one.amount for one in lines)
    window.search_catalog()
    assert all(one.shape for one in window.catalog_page.list.list_model.rows[:50])
    first = next(iter(session.screenings()))
    assert not session.judges_later()
    assert window.catalog_page.list.list_model.rows.place_of(first.entry) >= 0


def test_a_result_alone_is_that_of_all_together(opened, catalog):
    opened.session.start_new(VISIT)
    for result in simulate(catalog, VISIT):
        assert opened.session.result_of(result.entry) == result


def test_a_large_file_is_read_beside_the_window(qtbot, theme, monkeypatch, tmp_path, catalog):
    monkeypatch.setattr(ui.large_catalog, "LARGE", 0)
    file = tmp_path / "catalog.sqlite"
    write_catalog(catalog, file)
    context = CommandContext(file, tmp_path / "相談", {}, lambda: NOW)
    window = FirstWindow(theme)
    qtbot.addWidget(window)
    guard = WindowGuard(window)
    guard._ask = FakeAsk()
    complete_start(lambda: context, theme, window, guard)
    assert window.content is None
    assert ui.large_catalog.WAIT in [
        label.text() for label in window.first_frame.findChildren(type(window.first_frame._wait))
    ]
    qtbot.waitUntil(lambda: window.content is not None, timeout=20_000)
    assert guard.exit_code == 0
    assert window.content.frame.edition.text().startswith(catalog.edition.title)


def test_a_large_file_that_cannot_be_read_is_told(qtbot, theme, monkeypatch, tmp_path):
    monkeypatch.setattr(ui.large_catalog, "LARGE", 0)
    file = tmp_path / "catalog.sqlite"
    file.write_bytes(b"no catalog at all")
    context = CommandContext(file, tmp_path / "相談", {}, lambda: NOW)
    window = FirstWindow(theme)
    qtbot.addWidget(window)
    guard = WindowGuard(window)
    guard._ask = FakeAsk()
    complete_start(lambda: context, theme, window, guard)
    qtbot.waitUntil(lambda: bool(guard._ask.told), timeout=20_000)
    assert "カタログ" in guard._ask.told[0]
    assert guard.exit_code == 3


def test_rows_that_stay_are_not_begun_anew(qtbot, opened):
    opened.window.search_catalog()
    rows = opened.window.catalog_page.list
    rows.setCurrentIndex(rows.list_model.index(3))
    with (
        qtbot.waitSignal(rows.list_model.dataChanged),
        qtbot.assertNotEmitted(rows.list_model.modelReset),
    ):
        opened.window.catalog_page.show_consultation(None)
    assert rows.currentIndex().row() == 3
    assert rows.list_model.index(3).data(Qt.ItemDataRole.UserRole).shape == ""
