"""比較: a frame for the panels that compare; each is built when its tab is first opened."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from ui.page_base import PAGE_MARGIN, Desk, PageBase
from ui.panels.panel_base import PLAN_TAB
from ui.widgets.basics import column, make_button, row

if TYPE_CHECKING:
    from models.values.consultation import Consultation
    from models.values.problems import Problem
    from ui.panels.panel_base import PanelBase


class Tab(NamedTuple):
    """One tab: its words, and the panel behind it."""

    label: str
    module: str
    panel: str


TABS = (
    Tab("金額", "ui.panels.amounts_panel", "AmountsPanel"),
    Tab("分かれ目", "ui.panels.break_even_panel", "BreakEvenPanel"),
    Tab("月ごとのお金", "ui.panels.cash_panel", "CashPanel"),
    Tab(PLAN_TAB, "ui.panels.plan_panel", "PlanPanel"),
)
"""From left to right; each answers to Alt and its number."""


class ComparisonPage(PageBase):
    """Passes everything on to the panel of the chosen tab."""

    title = "比較"
    digits_are_free = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._panels: dict[int, PanelBase] = {}
        self._place = 0
        layout = column(self, gap=0)
        layout.addLayout(self._build_tabs())
        self._stack = QStackedWidget()
        layout.addWidget(self._stack, 1)
        self.open_tab(0)

    def _build_tabs(self):  # noqa: ANN202 - a layout
        line = row(margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 0), gap=6)
        self.tabs = QButtonGroup(self)
        for place, tab in enumerate(TABS):
            key = f"Alt+{place + 1}"
            button = make_button(self.desk.theme, tab.label, shortcut_hint=key)
            button.setCheckable(True)
            self.tabs.addButton(button, place)
            line.addWidget(button)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda at=place: self._on_tab_chosen(at))
        line.addStretch(1)
        self.tabs.idClicked.connect(self._on_tab_chosen)
        return line

    # ------------------------------------------------------------ public

    @property
    def panel(self) -> PanelBase:
        """The panel of the chosen tab."""
        return self._panels[self._place]

    def open_tab(self, place: int) -> PanelBase:
        """Show the panel of a tab (from 0) and return it."""
        if place not in self._panels:
            tab = TABS[place]
            panel: PanelBase = getattr(importlib.import_module(tab.module), tab.panel)(self.desk)
            panel.edited.connect(self.edited)
            panel.question_requested.connect(self.question_requested)
            panel.step_requested.connect(self.step_requested)
            panel.tab_requested.connect(self._on_panel_tab_requested)
            self._panels[place] = panel
            self._stack.addWidget(panel)
        self._place = place
        self.tabs.button(place).setChecked(True)
        self._stack.setCurrentWidget(self.panel)
        if self._shown is not None:
            self.panel.show_consultation(self._shown)
        return self.panel

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show it in the panel in sight; the others follow when they are opened."""
        super().show_consultation(consultation)
        if consultation is not None:
            self.panel.show_consultation(consultation)

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the input on any panel."""
        return tuple(one for panel in self._panels.values() for one in panel.problems())

    def commit_pending(self) -> None:
        """Commit what is being typed in the panel in sight."""
        self.panel.commit_pending()

    def focus_first(self) -> None:
        """Begin where the panel begins."""
        self.panel.focus_first()

    def release(self) -> None:
        """Let go of what the panels hold."""
        for panel in self._panels.values():
            panel.release()

    # ------------------------------------------------------------ slots

    def _on_panel_tab_requested(self, label: str) -> None:
        self._on_tab_chosen([tab.label for tab in TABS].index(label))

    def _on_tab_chosen(self, place: int) -> None:
        self.panel.commit_pending()
        self.open_tab(place).focus_first()
