"""申請者: the questions to the client, in topic groups, one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from models.values.problems import Problem
from models.values.truth import Truth
from ui.page_base import PAGE_MARGIN, Desk, PageBase
from ui.widgets.basics import column, named
from ui.widgets.topic_group import GroupHead, TopicGroup
from ui.widgets.visit_line import VisitLine, visit_topics, wanted_topics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.values.consultation import Consultation
    from models.values.questions import Question
    from ui.widgets.question_row import QuestionRow

WIDEST = 1000
OTHERS = "ほかの話題"
ROOM_AROUND_FOCUS = 90


class ApplicantPage(PageBase):
    """Shows what is worth asking; answers move on to the next question by themselves."""

    title = "申請者"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._active: QuestionRow | None = None
        self._held_id: int | None = None
        self._wanted: tuple[str, ...] | None = None
        self._others_are_open = False
        self.visits: list[VisitLine] = []
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
        inner = self._inner = named(QWidget(), "pageBody")
        inner.setMaximumWidth(theme.px(WIDEST) + 2 * PAGE_MARGIN)
        layout = column(inner, margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 24), gap=8)
        visits = visit_topics(catalog)
        for topic, questions in visits.items():
            line = VisitLine(theme, catalog.topics[topic], questions)
            line.answered.connect(self._on_visit_answered)
            line.cleared.connect(self._on_visit_cleared)
            line.move_requested.connect(self._on_visit_move_requested)
            self.visits.append(line)
            layout.addWidget(line)
        for topic in catalog.topics.values():
            if topic.id in visits:
                continue
            questions = tuple(q for q in catalog.questions.values() if q.topic == topic.id)
            group = TopicGroup(theme, topic, questions, catalog)
            group.row_built.connect(self._on_group_row_built)
            self.groups.append(group)
            layout.addWidget(group)
        self.others = GroupHead(theme, OTHERS)
        self.others.clicked.connect(self._on_others_clicked)
        self.others.hide()
        layout.addWidget(self.others)
        layout.addStretch(1)
        self._groups_layout = layout
        self._scroll.setWidget(inner)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)

    # ------------------------------------------------------------ public

    def build_ahead(self) -> Iterator[None]:
        """Build the rows of all groups."""
        for group in self.groups:
            yield from group.build_ahead()

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show the answers and hide what is not worth asking."""
        super().show_consultation(consultation)
        if consultation is None:
            return
        for line in self.visits:
            line.show_consultation(consultation)
        for group in self.groups:
            group.show_consultation(consultation, self._is_asked)
        self._order_groups(consultation)
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
        """Begin with what the client came for, later on the first question without an answer."""
        rows = self._rows()
        answers = self._shown.answers if self._shown else {}
        if self.visits and not answers:
            self.visits[0].bar.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wanted = next((one for one in rows if one.question.id not in answers), None)
        if wanted is None and rows:
            wanted = rows[0]
        if wanted is not None:
            wanted.control.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.groups:
            self.groups[0].head.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_question(self, question: str) -> None:
        """Unfold the group of a question and put the focus on it."""
        for line in self.visits:
            if line.holds(question):
                line.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        for group in self.groups:
            if group.holds(question):
                if self._is_other(group):
                    self._others_are_open = True
                    self._shelve_others()
                row = group.reveal(question)
                row.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Go on in reading order: groups change places, and their rows are built late."""
        stops = self._tab_stops()
        now = self.window().focusWidget()
        if now in stops:
            place = stops.index(now) + (1 if forwards else -1)
            if 0 <= place < len(stops):
                reason = Qt.FocusReason.TabFocusReason
                stops[place].setFocus(reason if forwards else Qt.FocusReason.BacktabFocusReason)
                return True
            self._leave(stops, forwards=forwards)
            return True
        return super().focusNextPrevChild(forwards)

    # ------------------------------------------------------------ slots

    def _on_visit_answered(self, question_id: str, value: object) -> None:
        if self._shown is not None:
            label = self.desk.session.catalog.questions[question_id].label
            changed = self._shown.with_answer(question_id, value)  # type: ignore[arg-type]
            self.edited.emit(changed, f"今日のご相談に「{label}」を入れました")

    def _on_visit_cleared(self, question_id: str) -> None:
        if self._shown is not None:
            label = self.desk.session.catalog.questions[question_id].label
            changed = self._shown.without_answer(question_id)
            self.edited.emit(changed, f"今日のご相談から「{label}」を外しました")

    def _on_visit_move_requested(self, step: int) -> None:
        rows = self._rows()
        if step > 0 and rows:
            rows[0].control.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_others_clicked(self) -> None:
        self._others_are_open = not self._others_are_open
        self._shelve_others()

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
        if place < 0 and self.visits:
            self.visits[-1].bar.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif 0 <= place < len(rows):
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

    def _order_groups(self, consultation: Consultation) -> None:
        """Put what the client came for first, then who they are; fold the rest away."""
        catalog = self.desk.session.catalog
        wanted = wanted_topics(catalog, consultation)
        if wanted != self._wanted or self._held_id != self.desk.session.consultation_id:
            self._wanted = wanted
            self._others_are_open = False
            order = list(catalog.topics)
            self.groups.sort(key=lambda group: (self._shelf(group), order.index(group.topic.id)))
            for group in self.groups:
                self._groups_layout.removeWidget(group)
            first = [group for group in self.groups if not self._is_other(group)]
            for place, group in enumerate(self.groups):
                after_head = 0 if group in first else 1
                self._groups_layout.insertWidget(len(self.visits) + place + after_head, group)
            self._groups_layout.removeWidget(self.others)
            self._groups_layout.insertWidget(len(self.visits) + len(first), self.others)
            for group in first:
                if group.topic.id in wanted and not group.is_complete():
                    group.set_folded(False)
        self._shelve_others()

    def _shelf(self, group: TopicGroup) -> int:
        """Return where a group belongs: wanted 0, who the client is 1, another topic 2."""
        if not self._wanted or group.topic.id in self._wanted:
            return 0
        return 1 if group.topic.profile else 2

    def _is_other(self, group: TopicGroup) -> bool:
        return self._shelf(group) == 2  # noqa: PLR2004 - the last shelf

    def _shelve_others(self) -> None:
        others = [group for group in self.groups if self._is_other(group)]
        for group in self.groups:
            group.set_shelved(group in others and not self._others_are_open)
        named = "、".join(group.topic.title for group in others if group.has_questions())
        self.others.setVisible(bool(named))
        self.others.show_state(named, "", is_folded=not self._others_are_open)

    def _tab_stops(self) -> list[QWidget]:
        """Return what Tab reaches on the page, as it is read."""
        inner = self._inner
        found = [
            one
            for one in inner.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
            and one.isVisible()
            and one.isEnabled()
        ]

        rows = self._rows()

        def place(one: QWidget) -> tuple[int, int, int]:
            corner = one.mapTo(inner, QPoint(0, 0))
            held = next((row for row in rows if row.isAncestorOf(one)), one)
            # Within a question its words come before its answer, even where they begin lower.
            return (held.mapTo(inner, QPoint(0, 0)).y(), corner.x(), corner.y())

        return sorted(found, key=place)

    def _leave(self, stops: list[QWidget], *, forwards: bool) -> None:
        """Go to what comes after the page, or before it."""
        step = QWidget.nextInFocusChain if forwards else QWidget.previousInFocusChain
        reason = Qt.FocusReason.TabFocusReason
        reason = reason if forwards else Qt.FocusReason.BacktabFocusReason
        inside: set[QWidget] = set(stops)
        one = step(self)
        while one is not None and one is not self:
            can = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
            if can and one.isEnabled() and one not in inside and not self.isAncestorOf(one):
                one.setFocus(reason)
                return
            one = step(one)

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
        layout = self._inner.layout()
        if layout is not None:
            layout.activate()
        self._inner.adjustSize()
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + self._top_of(active) - before)

    def _top_of(self, one: QuestionRow) -> int:
        return one.mapTo(self._scroll.viewport(), QPoint(0, 0)).y()
