"""One question: its text and reason at the left, its answer at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme import Role, TextStyle
from ui.widgets.basics import column, row
from ui.widgets.choice_bar import UNANSWERED
from ui.widgets.question_controls import make_control
from ui.widgets.rich_text import Terms
from ui.widgets.term_label import text_with_terms

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from models.values.catalog import Catalog
    from models.values.questions import Question
    from ui.theme import Theme

SIDE_BY_SIDE = 640
TEXT_SHARE, CONTROL_SHARE = 45, 55


class QuestionRow(QWidget):
    """A question and its control, side by side where there is room."""

    answered = Signal(str, object)
    """The question (id) was answered; `None` is 後で調べる."""
    cleared = Signal(str)
    move_requested = Signal(object, int)

    def __init__(self, theme: Theme, question: Question, catalog: Catalog) -> None:
        super().__init__()
        self._theme = theme
        self.question = question
        self._is_active = False
        self.control = make_control(theme, question, catalog)
        self._layout = row(self, margins=(16, 10, 8, 10), gap=20)
        words = QWidget()
        inner = column(words, margins=(0, 4, 0, 0), gap=2)
        terms = Terms(catalog.glossary)
        inner.addWidget(text_with_terms(theme, question.text, terms, TextStyle.BODY))
        if question.help:
            told = text_with_terms(theme, question.help, terms, TextStyle.SMALL, "quiet")
            inner.addWidget(told)
        inner.addStretch(1)
        self._layout.addWidget(words, TEXT_SHARE)
        self._layout.addWidget(self.control, CONTROL_SHARE)
        self._layout.setAlignment(self.control, Qt.AlignmentFlag.AlignTop)
        self.control.chosen.connect(lambda value: self.answered.emit(question.id, value))
        self.control.cleared.connect(lambda: self.cleared.emit(question.id))
        self.control.move_requested.connect(lambda step: self.move_requested.emit(self, step))

    def show_answer(self, answers: dict) -> None:
        """Show the stored answer."""
        self.control.set_value(answers.get(self.question.id, UNANSWERED))

    def set_active(self, active: bool) -> None:
        """Mark the question that is being asked."""
        if active != self._is_active:
            self._is_active = active
            self.update()

    def has_problem(self) -> bool:
        """Whether the typed text cannot be an answer."""
        return bool(self.problem())

    def problem(self) -> str:
        """Return why the typed text cannot be an answer."""
        reason = getattr(self.control, "reason", None)
        return reason() if reason is not None else ""

    def commit(self) -> None:
        """Take what is being typed."""
        commit = getattr(self.control, "commit", None)
        if commit is not None and self.control.isAncestorOf(self.window().focusWidget()):
            commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answer below the text where the row is narrow."""
        super().resizeEvent(event)
        across = self.width() >= self._theme.px(SIDE_BY_SIDE)
        wanted = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
            self._layout.setSpacing(20 if across else 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark the active question at its left edge."""
        super().paintEvent(event)
        painter = QPainter(self)
        if self._is_active:
            box = QRectF(self.rect())
            painter.fillRect(
                QRectF(0, box.y() + 4, 3, box.height() - 8), self._theme.color(Role.ACCENT)
            )
        painter.end()
