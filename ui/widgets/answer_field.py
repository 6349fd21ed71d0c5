"""A one-line field for an answer that is typed: counts, yen, text, corporate numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from models.values.money_input import Refused
from models.values.questions import QuestionType
from ui.theme import TextStyle
from ui.widgets.answer_parsing import amount_in_words, parse_answer, shown_answer
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.choice_bar import LATER_LABEL, UNANSWERED

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from models.values.catalog import Catalog
    from models.values.questions import Question
    from ui.theme import Theme

FIELD_WIDTHS = {QuestionType.COUNT: 110, QuestionType.YEN: 170, QuestionType.CORPORATE_NUMBER: 190}
LATER_KEYS = {"?", "？"}
PLACEHOLDERS = {QuestionType.YEN: "例: 1000万", QuestionType.CORPORATE_NUMBER: "13桁"}


class _Line(QLineEdit):
    """A line edit whose arrows move between questions and whose `?` means 後で調べる."""

    move_requested = Signal(int)
    later_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Catch the keys that mean something here."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.editingFinished.emit()
            self.move_requested.emit(1)
        elif key == Qt.Key.Key_Up:
            self.editingFinished.emit()
            self.move_requested.emit(-1)
        elif event.text() in LATER_KEYS and not self.text():
            self.later_requested.emit()
        else:
            super().keyPressEvent(event)


class AnswerField(QWidget):
    """Typed input with its unit; bad input stays, marked, with the reason below."""

    chosen = Signal(object)
    """An answer was committed; `None` is 後で調べる."""
    cleared = Signal()
    move_requested = Signal(int)

    def __init__(
        self, theme: Theme, question: Question, catalog: Catalog, *, with_later: bool = True
    ) -> None:
        super().__init__()
        self._question = question
        self._catalog = catalog
        self._value: object = UNANSWERED
        self._refused_text = ""
        self.line = _Line()
        self.line.setAccessibleName(question.text)
        self.line.setPlaceholderText(PLACEHOLDERS.get(question.type, ""))
        if width := FIELD_WIDTHS.get(question.type):
            self.line.setMaximumWidth(theme.px(width))
            self.line.setFont(theme.font(TextStyle.FIGURE))
        if question.type in {QuestionType.COUNT, QuestionType.YEN}:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._words = StyledLabel(theme, "", TextStyle.SMALL, "quiet")
        self._reason = StyledLabel(theme, "", TextStyle.SMALL, "negative", wrap=True)
        self._reason.hide()
        self._later = make_button(theme, LATER_LABEL, "link", shortcut_hint="?")
        self._later.setCheckable(True)
        self._later.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if not with_later:
            self._later.hide()  # never shown here: without a parent it would be a window
        self._build(theme)
        self._connect()
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _build(self, theme: Theme) -> None:
        outer = column(self, gap=4)
        inner = row(gap=8)
        wide = self._question.type is QuestionType.TEXT
        inner.addWidget(self.line, 1 if wide else 0)
        unit = "円" if self._question.type is QuestionType.YEN else self._question.unit
        if unit:
            inner.addWidget(StyledLabel(theme, unit))
        inner.addWidget(self._later)
        inner.addWidget(self._words)
        if not wide:
            inner.addStretch(1)
        outer.addLayout(inner)
        outer.addWidget(self._reason)

    def _connect(self) -> None:
        self.line.editingFinished.connect(self.commit)
        self.line.move_requested.connect(self._on_line_move_requested)
        self.line.later_requested.connect(self._on_later_clicked)
        self.line.textEdited.connect(self._on_line_text_edited)
        self._later.clicked.connect(self._on_later_clicked)

    # ------------------------------------------------------------ public

    def value(self) -> object:
        """Return the shown answer, or `UNANSWERED`."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show an answer without telling anybody; refused text that was typed stays."""
        if value is self._value and self._refused_text:
            return
        self._value = value
        stored = None if value is UNANSWERED else value
        self.line.setText(shown_answer(self._question, stored))  # type: ignore[arg-type]
        self._words.setText(amount_in_words(self._question, stored))  # type: ignore[arg-type]
        self._show_later(value is None)
        self._show_reason("")

    def has_problem(self) -> bool:
        """Whether the typed text cannot be an answer."""
        return bool(self._refused_text)

    def reason(self) -> str:
        """Return why the typed text cannot be an answer."""
        return self._reason.text() if self._refused_text else ""

    def commit(self) -> None:
        """Take what was typed as the answer, if it can be one."""
        parsed = parse_answer(self._question, self.line.text(), self._catalog)
        if isinstance(parsed, Refused):
            self._show_reason(parsed.reason)
            return
        self._show_reason("")
        if parsed is None:
            if self._value is not UNANSWERED and self._value is not None:
                self._value = UNANSWERED
                self._words.setText("")
                self.cleared.emit()
            return
        if parsed != self._value or type(parsed) is not type(self._value):
            self.set_value(parsed)
            self.chosen.emit(parsed)
        else:
            self.line.setText(shown_answer(self._question, parsed))

    # ------------------------------------------------------------ private

    def _show_reason(self, reason: str) -> None:
        self._refused_text = self.line.text() if reason else ""
        self._reason.setText(
            f"{reason}（前の答えのままです）" if reason and self._has_answer() else reason
        )
        self._reason.setVisible(bool(reason))
        if bool(self.line.property("bad")) != bool(reason):
            self.line.setProperty("bad", bool(reason))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)

    def _has_answer(self) -> bool:
        return self._value is not UNANSWERED and self._value is not None

    def _show_later(self, later: bool) -> None:
        self._later.setChecked(later)
        self.line.setPlaceholderText(
            f"{LATER_LABEL}（宿題）" if later else PLACEHOLDERS.get(self._question.type, "")
        )

    def _on_line_text_edited(self, text: str) -> None:
        parsed = parse_answer(self._question, text, self._catalog)
        shown = None if isinstance(parsed, Refused) else parsed
        self._words.setText(amount_in_words(self._question, shown))

    def _on_line_move_requested(self, step: int) -> None:
        if not self.has_problem():
            self.move_requested.emit(step)

    def _on_later_clicked(self) -> None:
        if self._value is None:
            self.set_value(UNANSWERED)
            self.cleared.emit()
            return
        self.set_value(None)
        self.chosen.emit(None)
        self.move_requested.emit(1)
