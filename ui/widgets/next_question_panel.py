"""次に聞くこと: the question worth asking next, answered with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, clear_layout, column, make_button, row
from ui.widgets.rich_text import Terms
from ui.widgets.term_label import TermLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from models.values.catalog import Catalog
    from models.values.results import NextQuestion
    from ui.theme import Theme

SEARCHING = "次に聞くことを探しています…"
NOTHING_OPEN = "いま聞くことはありません。"


class NextQuestionPanel(QWidget):
    """Shows the next question with its answers; nothing while no consultation is open."""

    answered = Signal(str, object)
    """The client answered this question (id); `None` is 後で調べる."""
    question_requested = Signal(str)
    """The question is answered on its page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._question_id = ""
        self._control: QWidget | None = None
        self.setObjectName("nextPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("次に聞くこと")
        layout = column(self, margins=(20, 14, 16, 12), gap=8)
        self._title = StyledLabel(theme, "次に聞くこと", TextStyle.SMALL_STRONG, "quiet")
        self._text = TermLabel(theme, "", Terms(()), TextStyle.STRONG)
        self._why = StyledLabel(theme, "", TextStyle.SMALL, "quiet", wrap=True)
        self._answers = column(gap=6)
        head = row(gap=8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(StyledLabel(theme, "Ctrl+J", TextStyle.SMALL, "quiet"))
        layout.addLayout(head)
        layout.addWidget(self._text)
        layout.addLayout(self._answers)
        layout.addWidget(self._why)
        self.hide()

    def question_id(self) -> str:
        """Return the shown question; empty when there is none."""
        return self._question_id

    def show_question(self, found: NextQuestion | None, catalog: Catalog) -> None:
        """Show a question, or that nothing is open."""
        self.show()
        if found is None:
            self._question_id = ""
            self._drop_control()
            self._text.set_text(NOTHING_OPEN)
            self._why.setText("")
            return
        self._text.set_text(found.text, Terms(catalog.glossary))
        self._why.setText(found.why)
        if found.question != self._question_id:
            self._question_id = found.question
            self._drop_control()
            self._make_control(catalog)

    def show_searching(self) -> None:
        """Take the answered question away while the next one is being found."""
        self.show()
        self._question_id = ""
        self._drop_control()
        self._text.set_text(SEARCHING)
        self._why.setText("")

    def focus_answer(self) -> None:
        """Put the focus where the question is answered."""
        if self._control is not None:
            self._control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def press_digit(self, event: QKeyEvent) -> bool:
        """Answer with a digit that nobody else wanted; tell whether it meant anything."""
        from ui.widgets.choice_bar import ChoiceBar  # noqa: PLC0415 - not for the first paint

        if not isinstance(self._control, ChoiceBar) or self.isHidden():
            return False
        return self._control.press_digit(event)

    def _make_control(self, catalog: Catalog) -> None:
        from models.values.questions import QuestionType  # noqa: PLC0415 - not for first paint
        from ui.widgets.question_controls import MOST_BUTTONS, make_control  # noqa: PLC0415

        question = catalog.questions[self._question_id]
        long_list = question.type is QuestionType.INDUSTRY or len(question.choices) > MOST_BUTTONS
        if long_list:
            button = make_button(self._theme, "答えを入れる", icon="right")
            button.clicked.connect(lambda: self.question_requested.emit(question.id))
            self._control = button
        else:
            control = make_control(self._theme, question, catalog, vertical=True)
            control.chosen.connect(lambda value: self.answered.emit(question.id, value))
            self._control = control
        self._answers.addWidget(self._control)
        if self.hasFocus():
            self.focus_answer()

    def _drop_control(self) -> None:
        if self._control is not None and self._has_focus_within(self._control):
            # Whoever answers here answers the next question here: nothing else takes the keys.
            self.setFocus()
        clear_layout(self._answers)
        self._control = None

    @staticmethod
    def _has_focus_within(control: QWidget) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is control or control.isAncestorOf(focused))
