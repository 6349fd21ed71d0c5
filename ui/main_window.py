"""What the window holds: brings the session, the pages and the frame together."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.gradual import Gradual
from ui.pages.start_page import StartPage
from ui.steps import Step
from ui.theme import MIN_PERCENT, PERCENT_STEP
from ui.widgets.basics import column
from ui.window_frame import CLIENT_VIEW_KEY, WindowFrame
from ui.window_marks import status_counts, step_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from models.values.conditions import AnswerValue
    from models.values.problems import UserFacingError
    from ui.client_view import ClientView
    from ui.page_base import Desk, PageBase

MOST_LOST_NAMED = 5
FIRST_OF_ALL = (
    "models.planning.allocation",
    "models.planning.best_combination",
    "models.planning.break_even",
    "models.planning.ways",
    "ui.widgets.question_row",
    "ui.widgets.chart_view",
    "ui.tables.expense_table",
    "ui.tables.comparison_grid",
    "ui.panels.amounts_panel",
    "reports.sheet_input",
    "ui.pdf_pages",
)
"""What many pages need: loaded one after the other, no step takes long."""
CATALOG_PAGE = ("ui.pages.catalog_page", "CatalogPage")


class MainWindow(QWidget):
    """Holds the pages and passes on what they ask for; it knows nothing of their content."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._session = desk.session
        self._pages: dict[Step, PageBase] = {}
        self._step = Step.CONSULTATIONS
        self.catalog_page: PageBase | None = None
        self.client_view: ClientView | None = None
        self._focus_before: QWidget | None = None
        # The next question is found after the page has shown its new figures.
        self._follow_up = QTimer(self)
        self._follow_up.setSingleShot(True)
        self._ahead = Gradual(self)
        self.frame = WindowFrame(desk.theme)
        column(self, gap=0).addWidget(self.frame)
        self._page: PageBase
        self._start_page = StartPage(desk)
        self._add_page(Step.CONSULTATIONS, self._start_page)
        self._connect()
        self._bind_keys()
        self._show_step(Step.CONSULTATIONS)

    def _connect(self) -> None:
        session, frame = self._session, self.frame
        session.consultation_opened.connect(self._on_session_consultation_opened)
        session.consultation_changed.connect(self._on_session_consultation_changed)
        session.figures_found.connect(self._on_session_figures_found)
        session.message_posted.connect(self._on_session_message_posted)
        session.trouble_met.connect(self._on_session_trouble_met)
        frame.steps.step_chosen.connect(self.go_to)
        frame.status.undo_requested.connect(self.undo)
        frame.next_panel.answered.connect(self._on_next_panel_answered)
        frame.next_panel.question_requested.connect(self._on_page_question_requested)
        frame.catalog_button.clicked.connect(self.search_catalog)
        frame.client_button.clicked.connect(self.switch_client_view)
        frame.empty.new_requested.connect(self.start_new)
        self._follow_up.timeout.connect(self._on_follow_up_timeout)

    def _bind_keys(self) -> None:
        keys = {f"Ctrl+{step.number}": lambda step=step: self.go_to(step) for step in Step}
        keys |= {"Ctrl+Z": self.undo, "Ctrl+Y": self.redo, "Ctrl+Shift+Z": self.redo}
        keys |= {"Ctrl+N": self.start_new, "Ctrl+P": self.print_sheet}
        keys |= {"Ctrl+F": self.search_catalog, "Ctrl+J": self.frame.next_panel.focus_answer}
        keys[CLIENT_VIEW_KEY] = self.switch_client_view
        zoom_in, zoom_out = (lambda: self._zoom(PERCENT_STEP)), (lambda: self._zoom(-PERCENT_STEP))
        # + stands above ; on a Japanese keyboard and above = on others.
        keys |= dict.fromkeys(("Ctrl++", "Ctrl+=", "Ctrl+;"), zoom_in)
        keys |= {"Ctrl+-": zoom_out, "Ctrl+0": lambda: self._zoom(-MIN_PERCENT)}
        for key, slot in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    # ------------------------------------------------------------ public

    def complete_start(self) -> None:
        """Load what the first paint did without: the store, then the catalog."""
        self._start_page.refresh()
        self._start_page.focus_first()
        self.frame.show_edition(self._session.catalog.edition)
        if self._session.is_read_only:
            self._session.post("別のみちしるべが開いているため、見るだけで開きました。")

    def prepare_pages(self) -> None:
        """Build the pages in small steps while nothing else is to be done: no visit waits then."""
        self._ahead.start(self._pages_ahead())

    def go_to(self, step: Step) -> None:
        """Show the page of a step, building it where that is not done yet."""
        self._commit_pending()
        self._built(step)
        self._show_step(step)

    def search_catalog(self) -> None:
        """Show the whole catalog from anywhere; Esc goes back to the page before."""
        self._commit_pending()
        self._show_page(self._built_catalog_page())

    def switch_client_view(self) -> None:
        """Show the client what concerns them and nothing else; F2 again goes back."""
        if self.client_view is None:
            from ui.client_view import ClientView  # noqa: PLC0415 - only when used

            self.client_view = ClientView(self, self._desk, CLIENT_VIEW_KEY)
            self.client_view.left.connect(self._on_client_view_left)
        if self.client_view.isVisible():
            self.client_view.leave()
            return
        self._commit_pending()
        self._focus_before = self.window().focusWidget()
        self.client_view.show_over()

    @property
    def current_step(self) -> Step:
        """The step whose page is shown."""
        return self._step

    def page(self, step: Step) -> PageBase:
        """Return the page of a step, which must have been visited."""
        return self._pages[step]

    def start_new(self) -> None:
        """Begin a consultation today."""
        self._commit_pending()
        self._start_page.start_new()

    def undo(self) -> None:
        """Take back the last change; what is being typed counts as one."""
        self._commit_pending()
        self._session.undo()

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._session.redo()

    def print_sheet(self) -> None:
        """Print from anywhere."""
        if self._session.consultation is None:
            self.frame.status.show_message("印刷する相談がまだありません", can_undo=False)
            return
        self.go_to(Step.SHEET)
        self._pages[Step.SHEET].print_sheet()

    def may_close(self) -> bool:
        """Commit what is being typed; ask only where something would be lost; then let go."""
        self._commit_pending()
        lost = [problem for page in self._pages.values() for problem in page.unsaved()]
        shown = "\n".join(f"{one.path}　{one.reason}" for one in lost[:MOST_LOST_NAMED])
        text = f"まだ保存できていない入力が{len(lost)}か所あります。"
        if lost and not self._desk.ask.confirm(self, text, shown, "消して閉じる"):
            return False
        self._ahead.stop()
        for page in self._pages.values():
            page.release()
        if self.client_view is not None:
            self.client_view.release()
        self._session.release()
        return True

    # ------------------------------------------------------------ events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give digits that mean nothing on the page to the next question."""
        free = self._page.digits_are_free
        if not (free and self.frame.next_panel.press_digit(event)):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing would be lost."""
        if self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    # ------------------------------------------------------------ slots

    def _on_session_consultation_opened(self) -> None:
        held = self._session.consultation is not None
        self.frame.next_panel.hide()
        self.go_to(Step.APPLICANT if held else Step.CONSULTATIONS)

    def _on_session_consultation_changed(self) -> None:
        self._leave_client_view()
        self._page.show_consultation(self._session.consultation)
        self._show_step_state()
        self._follow_up.start()

    def _on_session_figures_found(self) -> None:
        self._page.show_figures()
        self._show_step_state()
        self._follow_up.start()

    def _on_follow_up_timeout(self) -> None:
        if self._session.consultation is None:
            self.frame.next_panel.hide()
            return
        if self._session.judges_later():
            self.frame.next_panel.show_searching()
            return
        self._show_step_marks()
        found = self._session.next_question()
        self.frame.next_panel.show_question(found, self._session.catalog)

    def _on_session_message_posted(self, text: str, can_undo: bool) -> None:
        self.frame.status.show_message(text, can_undo=can_undo)

    def _on_session_trouble_met(self, error: UserFacingError) -> None:
        self.frame.status.show_message(error.message, can_undo=False)
        self._desk.ask.tell(self, error.message, error.advice)

    def _on_next_panel_answered(self, question: str, value: AnswerValue | None) -> None:
        held = self._session.consultation
        if held is not None:
            label = self._session.catalog.questions[question].label
            self._session.change(held.with_answer(question, value), f"「{label}」に答えました")

    def _on_client_view_left(self) -> None:
        before = self._focus_before
        # A page may have been built anew meanwhile, for another size of letters say.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._page.focus_first()

    def _on_page_question_requested(self, question: str) -> None:
        self.go_to(Step.APPLICANT)
        self._pages[Step.APPLICANT].focus_question(question)

    def _on_catalog_page_trial_requested(self, entry: str) -> None:
        self.go_to(Step.VERDICTS)
        self._pages[Step.VERDICTS].open_entry(entry)

    # ------------------------------------------------------------ private

    def _pages_ahead(self) -> Iterator[None]:
        modules = [step.value[1] for step in Step]
        for module in (*FIRST_OF_ALL, *modules, CATALOG_PAGE[0]):
            importlib.import_module(module)
            yield
        for step in Step:
            page = self._built(step)
            yield
            yield from page.build_ahead()
        self._built_catalog_page()

    def _built(self, step: Step) -> PageBase:
        if step not in self._pages:
            _, module, name = step.value
            self._add_page(step, getattr(importlib.import_module(module), name)(self._desk))
        return self._pages[step]

    def _built_catalog_page(self) -> PageBase:
        page = self.catalog_page
        if page is None:
            page = getattr(importlib.import_module(CATALOG_PAGE[0]), CATALOG_PAGE[1])(self._desk)
            self.catalog_page = page
            self.frame.stack.addWidget(page)
            page.left.connect(lambda: self._show_step(self._step))
            page.trial_requested.connect(self._on_catalog_page_trial_requested)
        return page

    def _add_page(self, step: Step, page: PageBase) -> None:
        self._pages[step] = page
        self.frame.stack.addWidget(page)
        page.edited.connect(self._session.change)
        page.question_requested.connect(self._on_page_question_requested)
        page.step_requested.connect(self.go_to)

    def _show_step(self, step: Step) -> None:
        self._step = step
        self.frame.steps.set_current(step)
        self._show_page(self._pages[step])
        self._show_step_state()

    def _show_page(self, page: PageBase) -> None:
        self._leave_client_view()
        self._page, held = page, self._session.consultation
        self.frame.title.setText(page.title)
        is_empty = page.needs_consultation and held is None
        if not is_empty:
            page.show_consultation(held)  # out of sight, so that it is laid out only once
        self.frame.stack.setCurrentWidget(self.frame.empty if is_empty else page)
        if not is_empty:
            page.focus_first()

    def _leave_client_view(self) -> None:
        if self.client_view is not None:
            self.client_view.leave()

    def _show_step_state(self) -> None:
        self.frame.client.set_full_text(self._session.client_line())
        if self._session.judges_later():
            self.frame.status.show_judging()
            return
        counts = status_counts(self._session)
        found = None if counts is None else self._session.open_questions()
        self.frame.status.show_counts(counts, found)

    def _show_step_marks(self) -> None:
        for step, mark in step_marks(self._session).items():
            self.frame.steps.set_mark(step, mark)

    def _commit_pending(self) -> None:
        if self._session.consultation is not None:
            self._page.commit_pending()

    def _zoom(self, change: int) -> None:
        theme = self._desk.theme
        theme.set_percent(theme.percent + change)
        self.frame.status.show_message(f"表示の大きさ {theme.percent}%", can_undo=False)
