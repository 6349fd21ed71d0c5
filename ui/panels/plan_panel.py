"""組合せ: the best combination with its proof, found beside the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from models.planning.simulation import simulate_plan
from models.values.consultation import Scenario
from reports.plan_content import WITHIN_SPOKEN
from ui.detail_texts import QUESTION_LINK, planned_detail
from ui.kept_plans import plan_key
from ui.panels.panel_base import PANEL_MARGIN, PanelBase
from ui.plan_finder import FoundPlans, PlanFinder
from ui.steps import Step
from ui.tables.plan_view import PlanView
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, clear_layout, column, make_button, row
from ui.widgets.detail_pane import DetailPane, SideBySide
from ui.widgets.page_scroll import page_scroll

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from models.values.consultation import Consultation
    from models.values.plan import Plan
    from models.values.problems import UserFacingError
    from models.values.results import SimulationResult
    from ui.page_base import Desk

SEARCHING = "調べています…"
SEARCHING_LONG = "調べています… 組み合わせ方が多いので、もう少しかかります。"
NO_EXPENSES = "経費がまだ入っていません。入れると、いちばん多くなる組合せがここに出ます。"
SCENARIO_NAME = "組み合わせた案"
HINT = "金額の上で Enter を押すと、計算と出典が開きます"
SCOPES = ("すべての枠から", "話に出ている枠だけ")
STALE_MS, LONG_MS = 250, 1000


class PlanPanel(PanelBase):
    """Asks beside the window and shows the answer; an older answer never stands for a newer."""

    plans_shown = Signal()
    """The answer to the newest question stands on the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked: tuple[object, ...] | None = None
        self._found: FoundPlans | None = None
        self._opened = ""
        self._opened_from: QWidget | None = None
        self.view: PlanView | None = None
        self.finder = PlanFinder(desk.catalog_file, lambda: desk.session.catalog, self)
        self.pane = DetailPane(desk.theme, desk.session.catalog.glossary)
        # Nothing flickers where the answer is quick; nothing old stays where it is not.
        self._stale = QTimer(self, singleShot=True, interval=STALE_MS)
        self._long = QTimer(self, singleShot=True, interval=LONG_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self.desk.theme
        scroll, layout = page_scroll((PANEL_MARGIN, 14, PANEL_MARGIN, 24), 8)
        upper = row(gap=14)
        upper.addWidget(StyledLabel(theme, "いちばん多くなる組合せ", TextStyle.SECTION))
        upper.addStretch(1)
        self._hint = StyledLabel(theme, HINT, TextStyle.SMALL, "quiet")
        upper.addWidget(self._hint)
        layout.addLayout(upper)
        layout.addLayout(self._build_scopes())
        layout.addLayout(self._build_progress())
        self._body = column(gap=8)
        layout.addLayout(self._body)
        layout.addStretch(1)
        self._beside = SideBySide(theme, scroll, self.pane)
        column(self, gap=0).addWidget(self._beside)

    def _build_scopes(self):  # noqa: ANN202 - a layout
        line = row(gap=6)
        self.scopes = QButtonGroup(self)
        for place, words in enumerate(SCOPES):
            button = make_button(self.desk.theme, words)
            button.setCheckable(True)
            button.setChecked(not place)
            self.scopes.addButton(button, place)
            line.addWidget(button)
        line.addStretch(1)
        theme = self.desk.theme
        self.kept = StyledLabel(theme, "この組合せは、もう案に入っています。", look="quiet")
        self.keep_button = make_button(theme, "この組合せを案にする", "primary", icon="plus")
        line.addWidget(self.kept)
        line.addWidget(self.keep_button)
        return line

    def _build_progress(self):  # noqa: ANN202 - a layout
        line = row(gap=12)
        self.progress = StyledLabel(self.desk.theme, SEARCHING, look="quiet")
        self.stop_button = make_button(self.desk.theme, "ここまでの答えを見る")
        self.to_expenses = make_button(
            self.desk.theme, "経費を入れる", icon="right", shortcut_hint="Ctrl+3"
        )
        line.addWidget(self.progress)
        line.addWidget(self.stop_button)
        line.addWidget(self.to_expenses)
        line.addStretch(1)
        return line

    def _connect(self) -> None:
        self.finder.plans_found.connect(self._on_finder_plans_found)
        self.finder.search_failed.connect(self._on_finder_search_failed)
        self.scopes.idClicked.connect(self._draw)
        self.stop_button.clicked.connect(self.finder.stop)
        self.keep_button.clicked.connect(self._on_keep_button_clicked)
        self.to_expenses.clicked.connect(lambda: self.step_requested.emit(Step.EXPENSES))
        self.pane.closed.connect(self._on_pane_closed)
        self.pane.link_followed.connect(self._on_pane_link_followed)
        self.desk.theme.changed.connect(self._draw)
        self._stale.timeout.connect(self._on_stale_timeout)
        self._long.timeout.connect(self._on_long_timeout)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation) -> None:
        """Show the plans of a consultation; while nobody looks, nothing is searched."""
        super().show_consultation(consultation)
        if self.isVisible():
            self._ask()

    def plan(self) -> Plan | None:
        """Return the plan on the screen, `None` while there is none for what is asked now."""
        if self._found is None or self.finder.is_searching:
            return None
        plans = self._found.plans
        return plans.spoken if self.scopes.checkedId() else plans.whole

    def focus_first(self) -> None:
        """Begin on the first amount."""
        first = self.view.amounts[0] if self.view is not None and self.view.amounts else self
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def release(self) -> None:
        """End the search and its process."""
        self.finder.release()

    # ------------------------------------------------------------ events

    def showEvent(self, event: QShowEvent) -> None:
        """Ask now for what changed while the panel was out of sight."""
        super().showEvent(event)
        self._ask()

    # ------------------------------------------------------------ slots

    def _on_finder_plans_found(self, found: FoundPlans) -> None:
        self.desk.session.plans.keep(found.asked, found.plans)
        self._found = found
        self._draw()
        self.plans_shown.emit()

    def _on_finder_search_failed(self, error: UserFacingError) -> None:
        self._asked = self._found = None
        self._draw()
        self.desk.ask.tell(self, error.message, error.advice)

    def _on_stale_timeout(self) -> None:
        self._clear()
        self._show_state(SEARCHING)

    def _on_long_timeout(self) -> None:
        self._show_state(SEARCHING_LONG, may_stop=True)

    def _on_keep_button_clicked(self) -> None:
        plan, held = self.plan(), self._shown
        if plan is None or held is None:
            return
        frames = tuple(frame.entry for frame in plan.frames)
        scenario = Scenario(frames, SCENARIO_NAME)
        changed = replace(held, scenarios=(*held.scenarios, scenario))
        self.edited.emit(changed, f"「{SCENARIO_NAME}」を案に加えました")

    def _on_frame_opened(self, result: SimulationResult) -> None:
        self._opened = result.entry
        self._opened_from = self.window().focusWidget()
        self._beside.open(planned_detail(self.desk.session.catalog, result))

    def _on_pane_closed(self) -> None:
        self._opened = ""
        amounts = [] if self.view is None else self.view.amounts
        if self._opened_from in amounts:
            self._opened_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _on_pane_link_followed(self, link: str) -> None:
        if link.startswith(QUESTION_LINK):
            self.question_requested.emit(link.removeprefix(QUESTION_LINK))

    # ------------------------------------------------------------ private

    def _ask(self) -> None:
        """Ask what is new; the answer to an older question is not wanted any more."""
        held = self._shown
        if held is None or self._asked == plan_key(held):
            return
        self._asked = plan_key(held)
        self.finder.cancel()
        self._stale.stop()
        self._long.stop()
        kept = self.desk.session.plans.of(held)
        if not held.expenses:
            self._found = None
            self._draw()
        elif kept is not None:
            self._found = FoundPlans(held, kept)
            self._draw()
            self.plans_shown.emit()
        else:
            self.keep_button.setEnabled(False)
            self._stale.start()
            self._long.start()
            self.finder.search(held)

    def _draw(self) -> None:
        """Show the plan of the chosen scope, or why there is none."""
        if self.finder.is_searching:
            return
        self._stale.stop()
        self._long.stop()
        self._clear()
        held, plan = self._shown, self.plan()
        if held is None:
            return
        if plan is None or self._found is None:
            self._show_state("" if held.expenses else NO_EXPENSES, to_expenses=not held.expenses)
            return
        catalog, plans = self.desk.session.catalog, self._found.plans
        results = simulate_plan(catalog, held, plan)
        within = WITHIN_SPOKEN if self.scopes.checkedId() else ""
        self.view = PlanView(
            self.desk.theme, catalog, held, plan, results, plans.double_funding, within
        )
        self.view.frame_opened.connect(self._on_frame_opened)
        self._body.addWidget(self.view)
        self._show_state("")
        differs = plans.whole.frames != plans.spoken.frames and bool(plans.spoken.frames)
        for button in self.scopes.buttons():
            button.setVisible(differs)
        self._hint.setVisible(bool(plan.frames))
        self._show_kept(held, plan)
        self._show_opened(results)

    def _show_kept(self, held: Consultation, plan: Plan) -> None:
        frames = {frame.entry for frame in plan.frames}
        own = (one for one in held.scenarios if not one.answers and one.expenses is None)
        is_kept = any(set(one.frames) == frames for one in own)
        self.keep_button.setVisible(bool(frames) and not is_kept)
        self.keep_button.setEnabled(True)
        self.kept.setVisible(bool(frames) and is_kept)

    def _show_opened(self, results: tuple[SimulationResult, ...]) -> None:
        """Follow the open working to its new figures."""
        if not self._opened:
            return
        same = [result for result in results if result.entry == self._opened]
        if same:
            self._beside.open(planned_detail(self.desk.session.catalog, same[0]))
        else:
            self.pane.close_pane()

    def _clear(self) -> None:
        self.view = None
        clear_layout(self._body)
        self._hint.hide()
        self.keep_button.hide()
        self.kept.hide()
        for button in self.scopes.buttons():
            button.hide()

    def _show_state(self, text: str, *, may_stop: bool = False, to_expenses: bool = False) -> None:
        self.progress.setText(text)
        self.progress.setVisible(bool(text))
        self.stop_button.setVisible(may_stop)
        self.to_expenses.setVisible(to_expenses)
