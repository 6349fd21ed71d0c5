"""A group of questions that folds to one line once it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Role, TextStyle
from ui.widgets.basics import column
from ui.widgets.drawing import paint_focus_ring
from ui.widgets.icon import paint_icon
from ui.widgets.question_row import QuestionRow
from ui.wording import answer_words, short_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPaintEvent

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.questions import Question, Topic
    from ui.theme import Theme


NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class GroupHead(QAbstractButton):
    """The line over a group: its title and why it is asked, or its answers when it is folded."""

    answer_begun = Signal(str)
    """A digit was typed over open questions: the answer to the first of them."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._title = title
        self._line = ""
        self._state = ""
        self.is_folded = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_state(self, line: str, state: str, *, is_folded: bool) -> None:
        """Show the line behind the title, and a short state at the right."""
        self._line, self._state, self.is_folded = line, state, is_folded
        self.setAccessibleName(f"{self._title} {line} {state}")
        self.setToolTip(line if is_folded else "")
        self.update()

    def line(self) -> str:
        """Return the line behind the title."""
        return self._line

    def sizeHint(self) -> QSize:
        """Return the height of the line."""
        return QSize(300, self._theme.px(44))

    def minimumSizeHint(self) -> QSize:
        """Return a narrow size: the line is cut where there is no room."""
        return QSize(120, self._theme.px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold and unfold with Enter, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.text().isdigit() and not self.is_folded:
            self.answer_begun.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(box, theme.color(Role.HOVER))
        painter.setPen(QPen(theme.color(Role.LINE), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        size = theme.px(14)
        arrow = QRectF(2, box.center().y() - size / 2, size, size)
        paint_icon(painter, "right" if self.is_folded else "down", arrow, theme.color(Role.QUIET))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = theme.px(16) + 8
        painter.setFont(theme.font(TextStyle.SECTION))
        painter.setPen(theme.color(Role.INK))
        painter.drawText(box.adjusted(left, 0, 0, 0), middle, self._title)
        left += QFontMetrics(painter.font()).horizontalAdvance(self._title) + theme.px(16)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        metrics = QFontMetrics(painter.font())
        right = metrics.horizontalAdvance(self._state) + theme.px(12)
        room = box.adjusted(left, theme.px(2), -right - theme.px(12), 0)
        line = metrics.elidedText(self._line, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, middle, line)
        end = box.adjusted(0, theme.px(2), -8, 0)
        painter.drawText(end, middle | Qt.AlignmentFlag.AlignRight, self._state)
        if self.hasFocus():
            paint_focus_ring(painter, box, theme, 3)
        painter.end()


class TopicGroup(QWidget):
    """The questions of one topic; the rows are built when the group is first unfolded."""

    row_built = Signal(object)

    def __init__(
        self, theme: Theme, topic: Topic, questions: tuple[Question, ...], catalog: Catalog
    ) -> None:
        super().__init__()
        self._theme = theme
        self._topic = topic
        self._questions = questions
        self._catalog = catalog
        self._consultation: Consultation | None = None
        self._visible: tuple[Question, ...] = ()
        self._revealed: set[str] = set()
        self._is_shelved = False
        self.rows: dict[str, QuestionRow] = {}
        self.head = GroupHead(theme, topic.title)
        self.head.clicked.connect(self._on_head_clicked)
        self.head.answer_begun.connect(self._on_head_answer_begun)
        self._body = QWidget()
        self._body_layout = column(self._body, margins=(0, 4, 0, 16), gap=0)
        layout = column(self, gap=0)
        layout.addWidget(self.head)
        layout.addWidget(self._body)
        self.is_folded = True
        self._body.hide()

    # ------------------------------------------------------------ public

    def build_ahead(self) -> Iterator[None]:
        """Build the rows one by one, before the group is unfolded."""
        for question in self._questions:
            if question.id not in self.rows:
                self._build_row(question)
                yield

    def show_consultation(
        self, consultation: Consultation, is_asked: Callable[[Question], bool]
    ) -> None:
        """Show the answers; questions that are not asked are hidden."""
        self._consultation = consultation
        answers = consultation.answers
        self._visible = tuple(
            q for q in self._questions if q.id in answers or q.id in self._revealed or is_asked(q)
        )
        self._show_or_hide()
        if self.rows:
            shown = {question.id for question in self._visible}
            for question_id, one in self.rows.items():
                one.setVisible(question_id in shown)
                one.show_answer(answers)
        self._show_head()

    def is_complete(self) -> bool:
        """Whether every visible question has an answer."""
        answers = self._consultation.answers if self._consultation else {}
        bad = any(one.has_problem() for one in self.rows.values())
        return not bad and all(question.id in answers for question in self._visible)

    @property
    def topic(self) -> Topic:
        """The topic of the questions."""
        return self._topic

    def has_questions(self) -> bool:
        """Whether any of its questions is worth asking now."""
        return bool(self._visible)

    def set_shelved(self, shelved: bool) -> None:
        """Put the whole group out of sight, or show it again."""
        if shelved != self._is_shelved:
            self._is_shelved = shelved
            self._show_or_hide()

    def holds(self, question_id: str) -> bool:
        """Whether the question belongs to this topic."""
        return any(question.id == question_id for question in self._questions)

    def reveal(self, question_id: str) -> QuestionRow:
        """Unfold and show a question even if nothing else asks for it; return its row."""
        if all(question.id != question_id for question in self._visible):
            self._revealed.add(question_id)
            shown = {*(question.id for question in self._visible), question_id}
            self._visible = tuple(q for q in self._questions if q.id in shown)
        self._is_shelved = False
        self.show()
        self.set_folded(False)
        self.rows[question_id].show()
        return self.rows[question_id]

    def set_folded(self, folded: bool) -> None:
        """Fold to one line or unfold."""
        if not folded:
            for _ in self.build_ahead():
                pass
        self.is_folded = folded
        self._body.setVisible(not folded)
        self._show_head()

    def visible_rows(self) -> list[QuestionRow]:
        """Return the rows that can be answered now, in reading order."""
        if self.is_folded or self.isHidden():
            return []
        return [self.rows[question.id] for question in self._visible]

    # ------------------------------------------------------------ private

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self._visible) and not self._is_shelved)

    def _build_row(self, question: Question) -> None:
        built = QuestionRow(self._theme, question, self._catalog)
        self.rows[question.id] = built
        self._body_layout.addWidget(built)
        built.setVisible(any(question.id == shown.id for shown in self._visible))
        if self._consultation is not None:
            built.show_answer(self._consultation.answers)
        self.row_built.emit(built)

    def _show_head(self) -> None:
        answers = self._consultation.answers if self._consultation else {}
        done = sum(question.id in answers for question in self._visible)
        total = len(self._visible)
        state = "✓" if done == total else f"{done} / {total}"
        line = self._topic.reason
        if self.is_folded and done:
            line = "　".join(
                f"{q.label} {short_choice(answer_words(q, answers[q.id], self._catalog))}"
                for q in self._visible
                if q.id in answers
            )
        self.head.show_state(line, state, is_folded=self.is_folded)

    def _on_head_answer_begun(self, digit: str) -> None:
        answers = self._consultation.answers if self._consultation else {}
        rows = self.visible_rows()
        first = next((one for one in rows if one.question.id not in answers), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.TabFocusReason)
            typed = QKeyEvent(QEvent.Type.KeyPress, ord(digit), NO_MODIFIER, digit)
            QCoreApplication.sendEvent(self.window().focusWidget(), typed)

    def _on_head_clicked(self) -> None:
        self.set_folded(not self.is_folded)
