"""Varies one scenario: its name, its frames, some answers and the expenses; figures follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from models.judgement.screening import screen
from models.planning import scenario_edits as edits
from models.values.answer_check import line_problem
from models.values.problems import Problem
from models.values.text import replace_radicals
from reports.wording import difference_yen, range_yen
from ui.scenarios.frame_chooser import FrameChooser
from ui.scenarios.varied_expenses import VariedExpenses
from ui.scenarios.varied_questions import VariedQuestions
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, named, row
from ui.widgets.page_scroll import page_scroll

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from models.values.conditions import AnswerValue
    from models.values.consultation import Consultation, Expense, Scenario
    from models.values.results import Screening
    from models.values.ways import Way
    from ui.page_base import Desk

MARGIN = 28
LONGEST_NAME = 40
FRAMES = "組み合わせる枠（○ 該当の見込み　△ 要確認　× 該当しない）"
ANSWERS = "答えを変える（この案の枠に関わる質問だけ）"
EXPENSES = "経費を変える"
RULED_OUT = "この案の枠は、この答えでは該当しないため、金額を出しません。"


class NameLine(QLineEdit):
    """A line that leaves undo and redo to the window while nothing is typed into it."""

    def event(self, event: QEvent) -> bool:
        """Let the window's own keys through."""
        if event.type() == QEvent.Type.ShortcutOverride and not self.isModified():
            key = cast("QKeyEvent", event)
            standard = QKeySequence.StandardKey
            if key.matches(standard.Undo) or key.matches(standard.Redo):
                event.ignore()
                return False
        return super().event(event)


class ScenarioEditor(QWidget):
    """Takes the room of the comparison; every change is one step that can be undone."""

    edited = Signal(object, str)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._own: Consultation | None = None
        self.place = 0
        theme, catalog = desk.theme, desk.session.catalog
        self.frames = FrameChooser(theme, catalog)
        self.questions = VariedQuestions(theme, catalog)
        self.expenses = VariedExpenses(theme, catalog)
        layout = column(self, margins=(0, 10, 0, 0), gap=8)
        layout.addLayout(self._build_head())
        layout.addLayout(self._build_name())
        layout.addWidget(self._build_figures())
        layout.addWidget(self._build_body(), 1)
        self._connect()

    def _build_head(self):  # noqa: ANN202 - a layout
        theme = self._desk.theme
        line = row(margins=(MARGIN, 0, MARGIN, 0), gap=8)
        self.back = make_button(theme, "比較に戻る", icon="undo", shortcut_hint="Esc")
        self.copy = make_button(theme, "写しを作る", icon="copy")
        self.left = make_button(theme, "左へ")
        self.right = make_button(theme, "右へ")
        self.remove = make_button(theme, "案を消す", icon="trash")
        line.addWidget(self.back)
        line.addStretch(1)
        for button in (self.copy, self.left, self.right, self.remove):
            line.addWidget(button)
        return line

    def _build_name(self):  # noqa: ANN202 - a layout
        line = row(margins=(MARGIN, 0, MARGIN, 0), gap=10)
        self.name = NameLine()
        self.name.setAccessibleName("案の名前")
        self.name.setMaxLength(LONGEST_NAME)
        line.addWidget(StyledLabel(self._desk.theme, "案の名前"))
        line.addWidget(self.name, 1)
        return line

    def _build_figures(self) -> QWidget:
        outer = QWidget()
        frame = named(QFrame(), "card")
        column(outer, margins=(MARGIN, 0, MARGIN, 0)).addWidget(frame)
        inner = column(frame, margins=(16, 8, 16, 8), gap=2)
        self.assumed = StyledLabel(self._desk.theme, "", TextStyle.SMALL, "attention", wrap=True)
        self.figures = StyledLabel(self._desk.theme, "", TextStyle.STRONG, wrap=True)
        inner.addWidget(self.assumed)
        inner.addWidget(self.figures)
        return outer

    def _build_body(self) -> QWidget:
        theme = self._desk.theme
        scroll, body = page_scroll((MARGIN, 4, MARGIN, 24), 8)
        parts = {FRAMES: self.frames, ANSWERS: self.questions, EXPENSES: self.expenses}
        for title, part in parts.items():
            body.addWidget(StyledLabel(theme, title, TextStyle.SECTION))
            body.addWidget(part)
            body.addSpacing(10)
        body.addStretch(1)
        return scroll

    def _connect(self) -> None:
        session = self._desk.session
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._on_back_clicked)
        self.back.clicked.connect(self._on_back_clicked)
        self.name.editingFinished.connect(self._on_name_finished)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.left.clicked.connect(lambda: self._move(-1))
        self.right.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._on_remove_clicked)
        self.frames.frame_switched.connect(self._on_frame_switched)
        self.questions.answered.connect(self._on_question_answered)
        self.questions.restored.connect(self._on_question_restored)
        self.expenses.expenses_changed.connect(self._on_expenses_changed)
        self.expenses.restored.connect(self._on_expenses_restored)
        self.expenses.note_posted.connect(session.post)

    # ------------------------------------------------------------ public

    def open(self, own: Consultation, place: int) -> None:
        """Show the scenario at a place of the consultation."""
        self.place = place
        self._show(own, afresh=True)

    def show_consultation(self, own: Consultation) -> None:
        """Follow a change; without its scenario the editor closes."""
        if self.place >= len(own.scenarios):
            self._own = own
            self.closed.emit()
            return
        self._show(own, afresh=False)

    def focus_first(self) -> None:
        """Begin on the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def commit(self) -> None:
        """Take what is being typed."""
        self.questions.commit()
        self.expenses.commit()
        self._on_name_finished()

    def problems(self) -> tuple[Problem, ...]:
        """Return what cannot be read, in the words of the page."""
        found = [*self.questions.problems(), *self.expenses.problems()]
        return tuple(Problem("", f"案「{self._named()}」の{path}", text) for path, text in found)

    # ------------------------------------------------------------ slots

    def _on_back_clicked(self) -> None:
        self.commit()
        self.closed.emit()

    def _on_name_finished(self) -> None:
        name = replace_radicals(" ".join(self.name.text().split()))
        typed = self.name.isModified()
        self.name.setModified(False)
        scenario = self._scenario
        if scenario is None or not typed or name == (scenario.name or ""):
            return
        problem = line_problem(name) if name else ""
        if problem:
            self._desk.session.post(problem)
            self.name.setText(scenario.name or "")
            return
        self._change(_renamed(scenario, name), f"案の名前を「{name}」にしました")

    def _on_copy_clicked(self) -> None:
        self.commit()
        if self._own is None or self._scenario is None:
            return
        if len(self._own.scenarios) >= edits.MOST_SCENARIOS:
            self._desk.session.post(f"比べる案は{edits.MOST_SCENARIOS}つまでです")
            return
        label = f"案「{self._named()}」の写しを作りました"
        changed = edits.with_copy(self._own, self.place)
        self.edited.emit(changed, label)
        self._follow(changed, self.place + 1)
        self.focus_first()

    def _on_remove_clicked(self) -> None:
        if self._own is not None and self._scenario is not None:
            label = f"案「{self._named()}」を消しました"
            changed = edits.without_scenario(self._own, self.place)
            self.closed.emit()
            self.edited.emit(changed, label)

    def _on_frame_switched(self, frame: str, is_on: bool) -> None:
        own, scenario = self._own, self._scenario
        if own is None or scenario is None:
            return
        catalog = self._desk.session.catalog
        name = catalog.entries[frame].short_name
        if not is_on:
            kept = edits.without_frame(scenario, frame)
            if kept == scenario:
                self.frames.show_frames(scenario.frames, self._screenings(own, scenario))
                self._desk.session.post("案には、枠が1つは要ります")
                return
            self._change(kept, f"案「{self._named()}」から{name}を外しました")
            return
        changed, leaving = edits.with_frame(catalog, scenario, frame)
        aside = ""
        if leaving:
            names = "、".join(catalog.entries[each].short_name for each in leaving)
            aside = f"（どちらか一つのため、{names}は外しました）"
        self._change(changed, f"案「{self._named()}」に{name}を加えました{aside}")

    def _on_question_answered(self, question: str, value: AnswerValue | None) -> None:
        if self._own is not None and self._scenario is not None:
            label = self._desk.session.catalog.questions[question].label
            changed = edits.with_answer(self._own, self._scenario, question, value)
            self._change(changed, f"案「{self._named()}」の「{label}」を変えました")

    def _on_question_restored(self, question: str) -> None:
        scenario = self._scenario
        if self._own is None or scenario is None:
            return
        if question not in scenario.answers:
            self._show(self._own, afresh=False)  # the client's own answer stays
            return
        label = self._desk.session.catalog.questions[question].label
        changed = edits.without_answer(scenario, question)
        self._change(changed, f"案「{self._named()}」の「{label}」を相談の答えに戻しました")

    def _on_expenses_changed(self, expenses: tuple[Expense, ...], label: str) -> None:
        if self._own is not None and self._scenario is not None:
            changed = edits.with_expenses(self._own, self._scenario, expenses)
            self._change(changed, f"案「{self._named()}」: {label}")

    def _on_expenses_restored(self) -> None:
        if self._own is not None and self._scenario is not None:
            changed = edits.with_expenses(self._own, self._scenario, self._own.expenses)
            self._change(changed, f"案「{self._named()}」を相談の経費に戻しました")

    # ------------------------------------------------------------ private

    @property
    def _scenario(self) -> Scenario | None:
        if self._own is None or self.place >= len(self._own.scenarios):
            return None
        return self._own.scenarios[self.place]

    def _named(self) -> str:
        scenario = self._scenario
        if scenario is None:
            return ""
        entries = self._desk.session.catalog.entries
        return scenario.name or "と".join(entries[each].short_name for each in scenario.frames)

    def _move(self, step: int) -> None:
        self.commit()
        if self._own is None:
            return
        changed = edits.moved(self._own, self.place, step)
        if changed != self._own:
            label = f"案「{self._named()}」を{'右' if step > 0 else '左'}に移しました"
            self.edited.emit(changed, label)
            self._follow(changed, self.place + step)

    def _follow(self, changed: Consultation, place: int) -> None:
        """Go where a scenario went, if the change is held."""
        if self._own == changed:
            self.open(changed, place)

    def _change(self, scenario: Scenario, label: str) -> None:
        if self._own is not None:
            self.edited.emit(edits.with_scenario(self._own, self.place, scenario), label)

    def _screenings(self, own: Consultation, scenario: Scenario) -> tuple[Screening, ...]:
        return screen(self._desk.session.catalog, own.under(scenario).answers)

    def _show(self, own: Consultation, *, afresh: bool) -> None:
        self._own = own
        scenario = own.scenarios[self.place]
        catalog = self._desk.session.catalog
        if afresh or not self.name.isModified():
            self.name.setText(scenario.name or "")
        self.name.setPlaceholderText(self._named())
        self.left.setEnabled(self.place > 0)
        self.right.setEnabled(self.place + 1 < len(own.scenarios))
        self.frames.show_frames(scenario.frames, self._screenings(own, scenario))
        asked = edits.questions_that_matter(catalog, own, scenario)
        self.questions.show_questions(asked, own, scenario)
        self.expenses.show_scenario(own, scenario, afresh=afresh)
        self._show_figures()

    def _show_figures(self) -> None:
        found = [way for ways in self._desk.session.ways() for way in ways.ways]
        mine = [way for way in found if way.place == self.place]
        assumed = next((way.assumed for way in mine if way.assumed), "")
        self.assumed.setText(assumed)
        self.assumed.setVisible(bool(assumed))
        several = len(mine) > 1
        self.figures.setText("\n".join(_figures(way, named=several) for way in mine))


def _renamed(scenario: Scenario, name: str) -> Scenario:
    return replace(scenario, name=name or None)


def _figures(way: Way, *, named: bool) -> str:
    head = f"{way.label}　" if named else ""
    if way.is_ruled_out:
        return f"{head}{RULED_OUT}"
    result = way.result
    words = [
        f"補助の合計 {range_yen(result.amount.total)}",
        f"ご自身の負担 {range_yen(result.own_burden)}",
    ]
    if way.base is not None:
        words[0] += (
            f"（変える前との差 {difference_yen(result.amount.total, way.base.amount.total)}）"
        )
        words[1] += f"（差 {difference_yen(result.own_burden, way.base.own_burden)}）"
    return head + "　".join(words)
