"""Makes the control that fits a question's data; no question is known by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.values.questions import QuestionType
from ui.theme import TextStyle
from ui.widgets.answer_field import AnswerField
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.choice_bar import LATER_LABEL, UNANSWERED, ChoiceBar, Option, later_option
from ui.widgets.suggest_field import SuggestField, Suggestion, fitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.values.catalog import Catalog
    from models.values.questions import Question
    from ui.theme import Theme

MOST_BUTTONS = 8
MOST_WEIGHED = 4
WEIGH = "作る方と売る方など、いくつか当てはまるときは、売上の多い方を選びます。"
BOOLEAN_OPTIONS = (Option(True, "はい"), Option(False, "いいえ"))


class SuggestControl(QWidget):
    """A question with many possible answers: type a word, or browse the list."""

    chosen = Signal(object)
    cleared = Signal()
    move_requested = Signal(int)

    def __init__(
        self,
        theme: Theme,
        question: Question,
        options: list[Suggestion],
        hint: str,
        kinds: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__()
        self._options = options
        self._kinds = kinds or {}
        self._value: object = UNANSWERED
        self._hint = hint
        self.field = SuggestField(theme, options)
        self.field.setAccessibleName(question.text)
        self.field.setPlaceholderText(hint)
        self._browse = make_button(theme, "一覧", icon="down")
        self._browse.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._later = make_button(theme, LATER_LABEL, "link")
        self._later.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._reason = StyledLabel(theme, "", TextStyle.SMALL, "negative", wrap=True)
        self._reason.hide()
        self._weigh = StyledLabel(theme, "", TextStyle.SMALL, "attention", wrap=True)
        self._weigh.hide()
        outer = column(self, gap=4)
        inner = row(gap=8)
        inner.addWidget(self.field, 1)
        inner.addWidget(self._browse)
        inner.addWidget(self._later)
        outer.addLayout(inner)
        outer.addWidget(self._weigh)
        outer.addWidget(self._reason)
        self.setFocusProxy(self.field)
        self._connect()

    def _connect(self) -> None:
        self.field.textEdited.connect(self._on_field_text_edited)
        self.field.picked.connect(self._on_field_picked)
        self.field.emptied.connect(self._on_field_emptied)
        self.field.left_unmatched.connect(self._on_field_left_unmatched)
        self.field.returnPressed.connect(self._on_field_return_pressed)
        self._browse.clicked.connect(self.field.browse)
        self._later.clicked.connect(self._on_later_clicked)

    def value(self) -> object:
        """Return the shown answer, or `UNANSWERED`."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show an answer without telling anybody; unmatched text that was typed stays."""
        if value is self._value and self.has_problem():
            return
        self._value = value
        self._reason.hide()
        self.field.set_value(value if isinstance(value, str) else None)
        self.field.setCursorPosition(0)
        self.field.setPlaceholderText(f"{LATER_LABEL}（宿題）" if value is None else self._hint)

    def has_problem(self) -> bool:
        """Whether the typed text is none of the options."""
        return not self._reason.isHidden()

    def reason(self) -> str:
        """Return why the typed text cannot be an answer."""
        return self._reason.text() if self.has_problem() else ""

    def commit(self) -> None:
        """Take what was typed, if it matches."""
        self.field.commit()

    def weigh_text(self) -> str:
        """Return what to weigh when a typed trade belongs to classes of different size rows."""
        return "" if self._weigh.isHidden() else self._weigh.text()

    def _on_field_text_edited(self, text: str) -> None:
        """Say what decides between classes that the law measures differently; it stays in sight."""
        found = fitting(self._options, text)
        few = found if len(found) <= MOST_WEIGHED else []
        is_split = len({self._kinds.get(one.value) for one in few}) > 1
        names = "、".join(f"「{one.label}」" for one in few)
        self._weigh.setText(f"{names}に当てはまります。{WEIGH}" if is_split else "")
        self._weigh.setVisible(is_split)

    def _on_field_picked(self, value: str) -> None:
        changed = value != self._value
        self.set_value(value)
        self._reason.hide()
        if changed:
            self.chosen.emit(value)

    def _on_field_emptied(self) -> None:
        self._value = UNANSWERED
        self._reason.hide()
        self.cleared.emit()

    def _on_field_left_unmatched(self, text: str) -> None:
        self._reason.setText(f"「{text}」に合うものがありません。一覧から選んでください。")
        self._reason.show()

    def _on_field_return_pressed(self) -> None:
        if self.field.commit():
            self.move_requested.emit(1)

    def _on_later_clicked(self) -> None:
        self.set_value(None)
        self.chosen.emit(None)
        self.move_requested.emit(1)


QuestionControl = ChoiceBar | AnswerField | SuggestControl


def make_control(
    theme: Theme, question: Question, catalog: Catalog, *, vertical: bool = False
) -> QuestionControl:
    """Return the control for a question."""
    if question.type is QuestionType.BOOLEAN:
        return ChoiceBar(theme, question.text, (*BOOLEAN_OPTIONS, later_option()), vertical=False)
    if question.type is QuestionType.CHOICE:
        if len(question.choices) <= MOST_BUTTONS:
            options = [Option(choice.value, choice.label) for choice in question.choices]
            return ChoiceBar(theme, question.text, (*options, later_option()), vertical=vertical)
        many = [Suggestion(choice.value, choice.label) for choice in question.choices]
        return SuggestControl(theme, question, many, "名前の一部を入れる")
    if question.type is QuestionType.INDUSTRY:
        rows = {code: industry.rows for code, industry in catalog.industries.items()}
        hint = "例: そば屋、金型、建設"
        return SuggestControl(theme, question, industry_options(catalog), hint, rows)
    return AnswerField(theme, question, catalog)


def industry_options(catalog: Catalog) -> list[Suggestion]:
    """Return the classes of the industry classification, found by what people call the trade."""
    return [
        Suggestion(code, f"{code} {industry.name}", (industry.name, *industry.keywords))
        for code, industry in catalog.industries.items()
    ]
