"""今日のご相談: what the client came for, as chips; it orders the questions, it never decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, row
from ui.widgets.choice_bar import Option
from ui.widgets.toggle_bar import ToggleBar

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.questions import Question, Topic
    from ui.theme import Theme


def visit_topics(catalog: Catalog) -> dict[str, tuple[Question, ...]]:
    """Return the topics whose questions all lead to other topics, with their questions."""
    found: dict[str, tuple[Question, ...]] = {}
    for topic in catalog.topics:
        questions = tuple(q for q in catalog.questions.values() if q.topic == topic)
        if questions and all(question.leads_to for question in questions):
            found[topic] = questions
    return found


def wanted_topics(catalog: Catalog, consultation: Consultation) -> tuple[str, ...]:
    """Return the topics that the client came for, in catalog order."""
    wanted = {
        topic
        for question in catalog.questions.values()
        if question.leads_to and consultation.answers.get(question.id) is True
        for topic in question.leads_to
    }
    return tuple(topic for topic in catalog.topics if topic in wanted)


class VisitLine(QWidget):
    """A title and its chips; a chip is はい or not answered."""

    answered = Signal(str, object)
    cleared = Signal(str)
    move_requested = Signal(int)

    def __init__(self, theme: Theme, topic: Topic, questions: tuple[Question, ...]) -> None:
        super().__init__()
        self._questions = questions
        layout = column(self, margins=(2, 8, 0, 12), gap=10)
        head = row(gap=16)
        head.addWidget(StyledLabel(theme, topic.title, TextStyle.SECTION))
        head.addWidget(StyledLabel(theme, topic.reason, TextStyle.SMALL, "quiet"))
        head.addStretch(1)
        head.addWidget(StyledLabel(theme, "いくつでも", TextStyle.SMALL, "quiet"))
        layout.addLayout(head)
        options = [Option(question.id, question.label) for question in questions]
        self.bar = ToggleBar(theme, topic.title, options)
        layout.addWidget(self.bar)
        self.setFocusProxy(self.bar)
        self.bar.switched.connect(self._on_bar_switched)
        self.bar.move_requested.connect(self.move_requested)

    def show_consultation(self, consultation: Consultation) -> None:
        """Tick what was answered with はい."""
        answers = consultation.answers
        self.bar.set_values_on(q.id for q in self._questions if answers.get(q.id) is True)

    def holds(self, question_id: str) -> bool:
        """Whether the question is one of the chips."""
        return any(question.id == question_id for question in self._questions)

    def _on_bar_switched(self, question: str, is_on: bool) -> None:
        if is_on:
            self.answered.emit(question, True)
        else:
            self.cleared.emit(question)
