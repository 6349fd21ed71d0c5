"""金額: doing without, and the ways side by side, with the chart of the paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.planning.scenario_edits import MOST_SCENARIOS, with_new_scenario
from models.planning.ways import MOST_COLUMNS
from models.values.ways import Origin
from reports.plan_content import DOUBLE_MARK, double_line
from ui.detail_texts import QUESTION_LINK, amount_detail
from ui.double_search import DoubleSearch
from ui.kept_plans import plan_key
from ui.panels.panel_base import PANEL_MARGIN, PLAN_TAB, PanelBase
from ui.steps import Step
from ui.tables.comparison_grid import ComparisonGrid
from ui.theme import Role, TextStyle
from ui.widgets.basics import (
    Badge,
    ElidedLabel,
    StyledLabel,
    clear_layout,
    column,
    make_button,
    row,
)
from ui.widgets.chart_view import ChartView
from ui.widgets.detail_pane import DetailPane, SideBySide
from ui.widgets.page_scroll import page_scroll

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout

    from models.values.consultation import Consultation, Scenario
    from models.values.plan import DoubleFunding
    from models.values.problems import Problem
    from models.values.ways import Way, Ways
    from ui.page_base import Desk
    from ui.scenarios.scenario_editor import ScenarioEditor

NARROW, NARROW_MARGIN = 700, 14
NOTHING_YET = "比べられる枠がまだありません。「2 申請者」の質問に答えると、ここに並びます。"
ADD_KEY = "Alt+N"
HINT = "金額の上で Enter を押すと、計算と出典が開きます"
MORE = "ほか{n}件の案は、左の案を消すとここに並びます。"
NO_EXPENSES = "経費がまだ入っていません。入れると、ここに金額が出ます。"


class AmountsPanel(PanelBase):
    """The ways from the planning; Enter on an amount opens its working."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._drawn: tuple[Ways, ...] | None = None
        self._opened: tuple[str, str] | None = None
        self._opened_from: QWidget | None = None
        self._asked: tuple[object, ...] | None = None
        self._double: DoubleFunding | None = None
        self._double_place: QHBoxLayout | None = None
        self.double_search = DoubleSearch(self)
        self.double_search.found.connect(self._on_double_search_found)
        self.grids: list[ComparisonGrid] = []
        self.charts: list[ChartView] = []
        self.pane = DetailPane(desk.theme, desk.session.catalog.glossary)
        scroll, self._blocks = page_scroll((PANEL_MARGIN, 14, PANEL_MARGIN, 24), 10)
        self.scroll_area = scroll
        self._beside = SideBySide(desk.theme, scroll, self.pane)
        self.editor: ScenarioEditor | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._beside)
        column(self, gap=0).addWidget(self._stack)
        add = QShortcut(QKeySequence(ADD_KEY), self)
        add.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        add.activated.connect(self.add_scenario)
        self.pane.closed.connect(self._on_pane_closed)
        self.pane.link_followed.connect(self._on_pane_link_followed)
        desk.theme.changed.connect(self._on_theme_changed)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation) -> None:
        """Show the comparisons that follow from the answers and the expenses."""
        super().show_consultation(consultation)
        self._ask_for_double(consultation)
        found = self.desk.session.ways()
        if found != self._drawn:
            self._drawn = found
            self._draw()
        if self.is_editing and self.editor is not None:
            self.editor.show_consultation(consultation)

    @property
    def is_editing(self) -> bool:
        """Whether a scenario is being varied."""
        return self.editor is not None and self._stack.currentWidget() is self.editor

    def add_scenario(self) -> None:
        """Make a new scenario and open it: of the best way, to be changed from there."""
        first = next(iter(self._drawn or ()), None)
        ways = [] if first is None else [way for way in first.ways if not way.is_ruled_out]
        if ways:
            self._make(ways[0].held)

    def vary(self, way: Way) -> None:
        """Open the scenario of a way; one that the catalog foresees becomes a scenario first."""
        if way.place is None:
            self._make(way.held)
        else:
            self._edit(way.place)

    def commit_pending(self) -> None:
        """Take what is being typed in the editor."""
        if self.is_editing and self.editor is not None:
            self.editor.commit()

    def problems(self) -> tuple[Problem, ...]:
        """Return what cannot be read in the editor."""
        return self.editor.problems() if self.is_editing and self.editor is not None else ()

    def focus_first(self) -> None:
        """Begin on the first amount."""
        if self.is_editing and self.editor is not None:
            self.editor.focus_first()
            return
        for grid in self.grids:
            for cell in grid.cells.values():
                if cell.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                    cell.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
        self.setFocus()

    def release(self) -> None:
        """End the search for what would be doubled."""
        self.double_search.cancel()

    # ------------------------------------------------------------ events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the figures on a narrow window."""
        super().resizeEvent(event)
        side = NARROW_MARGIN if self.width() < self.desk.theme.px(NARROW) else PANEL_MARGIN
        self._blocks.setContentsMargins(side, 14, side, 24)

    # ------------------------------------------------------------ slots

    def _on_grid_way_opened(self, ways: str, way: Way) -> None:
        self._opened = (ways, way.label)
        self._opened_from = self.window().focusWidget()
        self._beside.open(amount_detail(self.desk.session.catalog, way))

    def _on_pane_closed(self) -> None:
        self._opened = None
        cells = {cell for grid in self.grids for cell in grid.cells.values()}
        if self._opened_from in cells:
            self._opened_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _on_pane_link_followed(self, link: str) -> None:
        if link.startswith(QUESTION_LINK):
            self.question_requested.emit(link.removeprefix(QUESTION_LINK))

    def _on_double_search_found(self, double: DoubleFunding | None) -> None:
        self._double = double
        self._show_double()

    def _on_theme_changed(self) -> None:
        if self._drawn is not None:
            self._draw()

    def _on_clear_clicked(self) -> None:
        if self._shown is not None:
            self.edited.emit(replace(self._shown, scenarios=()), "作った案をすべて外しました")

    def _on_editor_closed(self) -> None:
        self._stack.setCurrentWidget(self._beside)
        self.focus_first()

    # ------------------------------------------------------------ private

    def _make(self, scenario: Scenario) -> None:
        """Make a scenario at the end, and open it once it is held."""
        own = self._shown
        if own is None:
            return
        if len(own.scenarios) >= MOST_SCENARIOS:
            self.desk.session.post(f"比べる案は{MOST_SCENARIOS}つまでです")
            return
        beside = next(iter(self._drawn or ()), None)
        changed = with_new_scenario(own, scenario, beside)
        self.edited.emit(changed, "比べる案を作りました")
        if self._shown == changed:
            self._edit(len(changed.scenarios) - 1)

    def _edit(self, place: int) -> None:
        if self._shown is None:
            return
        if self.editor is None:
            from ui.scenarios.scenario_editor import ScenarioEditor  # noqa: PLC0415 - when used

            self.editor = ScenarioEditor(self.desk)
            self.editor.edited.connect(self.edited)
            self.editor.closed.connect(self._on_editor_closed)
            self._stack.addWidget(self.editor)
        self.editor.open(self._shown, place)
        self._stack.setCurrentWidget(self.editor)
        self.editor.focus_first()

    def _ask_for_double(self, consultation: Consultation) -> None:
        """Look for what the scenarios would fund twice; an older answer never stays."""
        if self._asked == plan_key(consultation):
            return
        self._asked = plan_key(consultation)
        self.double_search.cancel()
        kept = self.desk.session.plans.of(consultation)
        several = len(consultation.scenarios) > 1
        self._double = kept.double_funding if several and kept is not None else None
        self._show_double()
        if several and kept is None:
            self.double_search.search(self.desk.session.catalog, consultation)

    def _show_double(self) -> None:
        """Show it below the ways of the scenarios, where they are drawn."""
        if self._double_place is None:
            return
        clear_layout(self._double_place)
        if self._double is None or self._shown is None:
            return
        theme = self.desk.theme
        text = double_line(self.desk.session.catalog, self._shown.expenses, self._double)
        self._double_place.addWidget(Badge(theme, DOUBLE_MARK, Role.ATTENTION))
        self._double_place.addWidget(StyledLabel(theme, text, wrap=True), 1)
        self.double_button = make_button(theme, "組合せで見る", "link", icon="right")
        self.double_button.clicked.connect(lambda: self.tab_requested.emit(PLAN_TAB))
        self._double_place.addWidget(self.double_button)

    def _draw(self) -> None:
        clear_layout(self._blocks)
        self._double_place = None
        self.grids.clear()
        self.charts.clear()
        theme = self.desk.theme
        if not self._drawn:
            self._blocks.addWidget(StyledLabel(theme, NOTHING_YET, wrap=True))
        elif self._shown is not None and not self._shown.expenses:
            self._blocks.addLayout(self._build_expense_hint())
        for place, ways in enumerate(self._drawn or ()):
            self._add_ways(ways, is_first=place == 0)
        self._blocks.addStretch(1)
        self._show_opened()

    def _build_expense_hint(self):  # noqa: ANN202 - a layout
        line = row(gap=12)
        line.addWidget(StyledLabel(self.desk.theme, NO_EXPENSES, look="attention"))
        button = make_button(self.desk.theme, "経費を入れる", icon="right", shortcut_hint="Ctrl+3")
        button.clicked.connect(lambda: self.step_requested.emit(Step.EXPENSES))
        line.addWidget(button)
        line.addStretch(1)
        return line

    def _add_ways(self, ways: Ways, *, is_first: bool) -> None:
        theme = self.desk.theme
        upper = row(gap=14)
        upper.addWidget(StyledLabel(theme, ways.title, TextStyle.SECTION))
        hint = ElidedLabel(theme, TextStyle.SMALL, "quiet")
        hint.set_full_text(HINT)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        upper.addWidget(hint, 1)
        if is_first:
            self._add_buttons(upper, ways)
        self._blocks.addLayout(upper)
        more = len(ways.ways) - MOST_COLUMNS
        if more > 0:
            ways = replace(ways, ways=ways.ways[:MOST_COLUMNS])
        grid = ComparisonGrid(theme, ways, self.desk.session.catalog)
        grid.way_opened.connect(lambda way, of=ways.id: self._on_grid_way_opened(of, way))
        grid.vary_requested.connect(self.vary)
        self.grids.append(grid)
        self._blocks.addWidget(grid)
        if ways.origin is Origin.OWN:
            self._double_place = row(gap=8)
            self._blocks.addLayout(self._double_place)
            self._show_double()
        self._blocks.addSpacing(6)
        for sentence in ways.sentences:
            self._blocks.addWidget(StyledLabel(theme, sentence, TextStyle.STRONG, wrap=True))
        if ways.paid:
            chart = ChartView(theme)
            chart.show_ways(ways)
            self.charts.append(chart)
            self._blocks.addWidget(chart)
        if more > 0:
            self._blocks.addWidget(StyledLabel(theme, MORE.format(n=more), TextStyle.SMALL))
        self._blocks.addSpacing(20)

    def _add_buttons(self, line: QHBoxLayout, ways: Ways) -> None:
        if ways.origin is Origin.OWN:
            self.clear_button = clear = make_button(
                self.desk.theme, "はじめの比較に戻す", "link", icon="undo"
            )
            clear.clicked.connect(self._on_clear_clicked)
            line.addWidget(clear)
        self.add_button = make_button(
            self.desk.theme, "比べる案を作る", icon="plus", shortcut_hint=ADD_KEY
        )
        self.add_button.clicked.connect(self.add_scenario)
        line.addWidget(self.add_button)

    def _show_opened(self) -> None:
        """Follow the open working to its new figures."""
        if self._opened is None:
            return
        for ways in self._drawn or ():
            for way in ways.ways:
                if (ways.id, way.label) == self._opened:
                    self._beside.open(amount_detail(self.desk.session.catalog, way))
