"""The answers that a scenario varies: only questions that matter to its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.question_row import QuestionRow
from ui.wording import answer_words

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation, Scenario
    from models.values.questions import Question
    from ui.theme import Theme

NOT_ANSWERED = "まだ答えていません"


class VariedRow(QWidget):
    """A question with the answer of the scenario; below it the client's own where they differ."""

    def __init__(self, theme: Theme, question: Question, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self.question = question
        self.row = QuestionRow(theme, question, catalog)
        layout = column(self, gap=0)
        layout.addWidget(self.row)
        self._below = QWidget()
        line = row(self._below, margins=(16, 0, 8, 6), gap=10)
        self.own = StyledLabel(theme, "", TextStyle.SMALL, "attention")
        self.back = make_button(theme, "相談の答えに戻す", "link", icon="undo")
        line.addStretch(1)
        line.addWidget(self.own)
        line.addWidget(self.back)
        self._below.hide()
        layout.addWidget(self._below)

    def show_answer(self, own: Consultation, scenario: Scenario) -> None:
        """Show the answer that counts in the scenario."""
        question = self.question
        self.row.show_answer(dict(own.under(scenario).answers))
        varies = question.id in scenario.answers
        self.row.set_active(varies)
        self._below.setVisible(varies)
        if not varies:
            return
        if question.id in own.answers:
            words = f"「{answer_words(question, own.answers[question.id], self._catalog)}」"
        else:
            words = NOT_ANSWERED
        self.own.setText(f"変えています。相談の答え: {words}")


class VariedQuestions(QWidget):
    """One row a question, in the order of the catalog."""

    answered = Signal(str, object)
    """The scenario is to have this answer (question id, value)."""
    restored = Signal(str)
    """The client's own answer (to this question id) is to hold again."""

    def __init__(self, theme: Theme, catalog: Catalog) -> None:
        super().__init__()
        self._theme = theme
        self._catalog = catalog
        self._layout = column(self, gap=0)
        self.rows: dict[str, VariedRow] = {}

    def show_questions(
        self, questions: tuple[Question, ...], own: Consultation, scenario: Scenario
    ) -> None:
        """Show these questions; rows that are there already keep the focus."""
        wanted = [question.id for question in questions]
        if list(self.rows) != wanted:
            self._arrange(questions)
        for one in self.rows.values():
            one.show_answer(own, scenario)

    def commit(self) -> None:
        """Take what is being typed."""
        for one in list(self.rows.values()):
            one.row.commit()

    def problems(self) -> list[tuple[str, str]]:
        """Return the questions whose text cannot be read, with the reason."""
        return [
            (one.question.label, one.row.problem())
            for one in self.rows.values()
            if one.row.has_problem()
        ]

    def _arrange(self, questions: tuple[Question, ...]) -> None:
        before, self.rows = self.rows, {}
        for place, question in enumerate(questions):
            one = before.pop(question.id, None) or self._build(question)
            self.rows[question.id] = one
            self._layout.insertWidget(place, one)
        for left in before.values():
            self._layout.removeWidget(left)
            left.hide()
            left.deleteLater()

    def _build(self, question: Question) -> VariedRow:
        one = VariedRow(self._theme, question, self._catalog)
        one.row.answered.connect(self.answered)
        one.row.cleared.connect(self.restored)
        one.row.move_requested.connect(self._on_row_move_requested)
        one.back.clicked.connect(lambda: self.restored.emit(question.id))
        return one

    def _on_row_move_requested(self, row_moved: QuestionRow, step: int) -> None:
        ids = list(self.rows)
        place = ids.index(row_moved.question.id) + step
        if 0 <= place < len(ids):
            self.rows[ids[place]].row.control.setFocus()
