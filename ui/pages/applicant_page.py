"""申請者: the questions to the client, in topic groups, one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from models.values.problems import Problem
from models.values.truth import Truth
from ui.page_base import PAGE_MARGIN, Desk, PageBase
from ui.widgets.basics import column
from ui.widgets.topic_group import TopicGroup

if TYPE_CHECKING:
    from models.values.consultation import Consultation
    from models.values.questions import Question
    from ui.widgets.question_row import QuestionRow

WIDEST = 1000
ROOM_AROUND_FOCUS = 90


class ApplicantPage(PageBase):
    """Shows what is worth asking; answers move on to the next question by themselves."""

    title = "申請者"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._active: QuestionRow | None = None
        self._held_id: int | None = None
        self.groups: list[TopicGroup] = []
        self._scroll = QScrollArea()
        self._scroll.setObjectName("pageScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(self, gap=0).addWidget(self._scroll)
        self._build_groups()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_app_focus_changed)

    def _build_groups(self) -> None:
        catalog, theme = self.desk.session.catalog, self.desk.theme
        inner = QWidget(objectName="pageBody")
        inner.setMaximumWidth(theme.px(WIDEST) + 2 * PAGE_MARGIN)
        layout = column(inner, margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 24), gap=8)
        for topic in catalog.topics.values():
            questions = tuple(q for q in catalog.questions.values() if q.topic == topic.id)
            group = TopicGroup(theme, topic, questions, catalog)
            group.row_built.connect(self._on_group_row_built)
            self.groups.append(group)
            layout.addWidget(group)
        layout.addStretch(1)
        self._scroll.setWidget(inner)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show the answers and hide what is not worth asking."""
        super().show_consultation(consultation)
        if consultation is None:
            return
        for group in self.groups:
            group.show_consultation(consultation, self._is_asked)
        if self._held_id != self.desk.session.consultation_id:
            self._held_id = self.desk.session.consultation_id
            self._fold_for_start()

    def problems(self) -> tuple[Problem, ...]:
        """Return the answers that were typed but cannot be taken."""
        return tuple(
            Problem("", one.question.label, one.problem())
            for group in self.groups
            for one in group.rows.values()
            if one.has_problem()
        )

    def commit_pending(self) -> None:
        """Take what is being typed."""
        if self._active is not None:
            self._active.commit()

    def focus_first(self) -> None:
        """Begin on the first question without an answer."""
        rows = self._rows()
        answers = self._shown.answers if self._shown else {}
        wanted = next((one for one in rows if one.question.id not in answers), None)
        if wanted is None and rows:
            wanted = rows[0]
        if wanted is not None:
            wanted.control.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.groups:
            self.groups[0].head.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_question(self, question: str) -> None:
        """Unfold the group of a question and put the focus on it."""
        for group in self.groups:
            if group.holds(question):
                row = group.reveal(question)
                row.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------ slots

    def _on_group_row_built(self, built: QuestionRow) -> None:
        built.answered.connect(self._on_row_answered)
        built.cleared.connect(self._on_row_cleared)
        built.move_requested.connect(self._on_row_move_requested)

    def _on_row_answered(self, question_id: str, value: object) -> None:
        if self._shown is not None:
            label = self.desk.session.catalog.questions[question_id].label
            changed = self._shown.with_answer(question_id, value)  # type: ignore[arg-type]
            self.edited.emit(changed, f"「{label}」に答えました")

    def _on_row_cleared(self, question_id: str) -> None:
        if self._shown is not None and question_id in self._shown.answers:
            label = self.desk.session.catalog.questions[question_id].label
            self.edited.emit(
                self._shown.without_answer(question_id), f"「{label}」の答えを消しました"
            )

    def _on_row_move_requested(self, moved_from: QuestionRow, step: int) -> None:
        rows = self._rows()
        if moved_from not in rows:
            return
        place = rows.index(moved_from) + step
        if 0 <= place < len(rows):
            reason = (
                Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
            )
            rows[place].control.setFocus(reason)

    def _on_app_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        active = next((one for one in self._rows() if one.isAncestorOf(new)), None)
        if active is not self._active:
            if self._active is not None:
                self._active.set_active(False)
            self._active = active
        if active is not None:
            active.set_active(True)
            self._fold_answered_except(active)
            self._scroll.ensureWidgetVisible(active, 0, ROOM_AROUND_FOCUS)

    # ------------------------------------------------------------ private

    def _is_asked(self, question: Question) -> bool:
        """Whether the question is worth asking: what it hangs on is answered, and fits."""
        when = question.ask_when
        return when is None or self.desk.session.truth_of(when) is Truth.YES

    def _rows(self) -> list[QuestionRow]:
        return [one for group in self.groups for one in group.visible_rows()]

    def _fold_for_start(self) -> None:
        """Unfold what is not answered yet."""
        for group in self.groups:
            group.set_folded(group.is_complete())

    def _fold_answered_except(self, active: QuestionRow) -> None:
        """Fold the other answered groups; the active question stays where it is on the screen."""
        done = [
            group
            for group in self.groups
            if not group.is_folded and group.is_complete() and active not in group.rows.values()
        ]
        if not done:
            return
        before = self._top_of(active)
        for group in done:
            group.set_folded(True)
        layout = self._scroll.widget().layout()
        if layout is not None:
            layout.activate()
        self._scroll.widget().adjustSize()
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + self._top_of(active) - before)

    def _top_of(self, one: QuestionRow) -> int:
        return one.mapTo(self._scroll.viewport(), QPoint(0, 0)).y()
