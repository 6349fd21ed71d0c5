"""月ごとのお金: what must be paid when, when the subsidy comes, and what must be bridged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from models.planning.way_money import chosen_way, money_ways, way_money
from models.values.problems import Problem, UserFacingError
from reports.cash_content import (
    expense_rules,
    late_payment_words,
    month_bars,
    terms_pairs,
    way_title,
    year_step_rows,
)
from ui.panels.panel_base import PANEL_MARGIN, PanelBase
from ui.steps import Step
from ui.tables.month_table import MonthTable
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, clear_layout, column, make_button, row
from ui.widgets.cash_form import CashForm
from ui.widgets.chart_view import MonthsView
from ui.widgets.page_scroll import page_scroll

if TYPE_CHECKING:
    from models.values.cash import CashTerms
    from models.values.consultation import Consultation
    from models.values.way_money import WayMoney
    from models.values.ways import Way
    from ui.page_base import Desk

NO_EXPENSES = "経費がまだ入っていません。入れると、月ごとのお金が出ます。"
ORDER_TITLE = "注文してよい時期"
FREE = "決まりはありません（この案では補助の対象にしません）"
STEPS_TITLE = "入金までの一年（期間は実務で見られる目安です）"


class CashPanel(PanelBase):
    """Shows the money of one way; the way is chosen here for the sheet too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ways: tuple[Way, ...] = ()
        self._held_id: int | None = None
        self.money: WayMoney | None = None
        self.way_group = QButtonGroup(self)
        self._build()
        self.form.terms_edited.connect(self._on_form_terms_edited)
        self.expenses_button.clicked.connect(lambda: self.step_requested.emit(Step.EXPENSES))
        self.way_group.idClicked.connect(self._on_way_group_clicked)

    def _build(self) -> None:
        theme = self.desk.theme
        scroll, layout = page_scroll((PANEL_MARGIN, 14, PANEL_MARGIN, 24), 10)
        column(self, gap=0).addWidget(scroll)
        self._way_line = row(gap=6)
        layout.addLayout(self._way_line)
        self._hint = row(gap=12)
        self.hint = StyledLabel(theme, NO_EXPENSES, look="attention")
        self.expenses_button = make_button(
            theme, "経費を入れる", icon="right", shortcut_hint="Ctrl+3"
        )
        self._hint.addWidget(self.hint)
        self._hint.addWidget(self.expenses_button)
        self._hint.addStretch(1)
        layout.addLayout(self._hint)
        self._told = column(gap=4)
        layout.addLayout(self._told)
        self.chart = MonthsView(theme)
        layout.addWidget(self.chart)
        self.form = CashForm(theme)
        layout.addWidget(self.form)
        self.table = MonthTable(theme)
        layout.addWidget(self.table)
        self._details = column(gap=4)
        layout.addLayout(self._details)
        layout.addStretch(1)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation) -> None:
        """Show the money by month under the present answers, expenses and terms."""
        super().show_consultation(consultation)
        session = self.desk.session
        if session.consultation_id != self._held_id:
            self._held_id = session.consultation_id
            self.form.forget()
        self.form.show_terms(consultation.cash, consultation.consulted_on)
        self._ways = money_ways(session.ways())
        way = self._chosen()
        self.money = way_money(session.catalog, consultation, session.screenings(), way)
        self._draw_ways(way)
        self._draw(self.money)

    def commit_pending(self) -> None:
        """Take what is being typed."""
        self.form.commit()

    def problems(self) -> tuple[Problem, ...]:
        """Return what cannot be taken among the fields."""
        return tuple(Problem("", name, why) for name, why in self.form.reasons().items())

    def focus_first(self) -> None:
        """Begin on the own funds."""
        self.form.own_funds.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> list[str]:
        """Return the sentences and details as shown."""
        labels = self.findChildren(StyledLabel)
        return [one.text() for one in labels if one.isVisible()]

    # ------------------------------------------------------------ slots

    def _on_form_terms_edited(self, terms: CashTerms, label: str) -> None:
        if self._shown is not None:
            self.edited.emit(replace(self._shown, cash=terms), label)

    def _on_way_group_clicked(self, place: int) -> None:
        session, held_id = self.desk.session, self._held_id
        if held_id is None or self._shown is None:
            return
        key = self._ways[place].key
        if not session.is_read_only:
            try:
                settings = session.store.sheet_settings(held_id)
                session.store.keep_sheet_settings(held_id, replace(settings, money_way=key))
            except UserFacingError as error:
                session.trouble_met.emit(error)
                return
        way = self._ways[place]
        self.money = way_money(session.catalog, self._shown, session.screenings(), way)
        self._draw(self.money)

    # ------------------------------------------------------------ private

    def _chosen(self) -> Way | None:
        """Return the way whose money is shown: the chosen one, else the first."""
        if self._held_id is None:
            return None
        settings = self.desk.session.store.sheet_settings(self._held_id)
        return chosen_way(self._ways, settings.money_way)

    def _draw_ways(self, way: Way | None) -> None:
        for button in self.way_group.buttons():
            self.way_group.removeButton(button)
        clear_layout(self._way_line)
        for place, one in enumerate(self._ways):
            button = make_button(self.desk.theme, one.short)
            button.setCheckable(True)
            button.setChecked(one is way)
            self.way_group.addButton(button, place)
            self._way_line.addWidget(button)
        self._way_line.addStretch(1)

    def _draw(self, money: WayMoney) -> None:
        theme = self.desk.theme
        pays = bool(money.plan.paid)
        self.hint.setVisible(not pays)
        self.expenses_button.setVisible(not pays)
        for part in (self.chart, self.table):
            part.setVisible(pays)
        clear_layout(self._told)
        clear_layout(self._details)
        if not pays:
            return
        self._told.addWidget(StyledLabel(theme, way_title(money), TextStyle.SECTION, wrap=True))
        for sentence in money.plan.sentences:
            self._told.addWidget(StyledLabel(theme, sentence, TextStyle.STRONG, wrap=True))
        self.chart.show_months(month_bars(money), "".join(money.plan.sentences))
        self.table.show_money(money)
        self._draw_details(money)

    def _draw_details(self, money: WayMoney) -> None:
        pairs = [(name, value) for name, value in terms_pairs(money) if value]
        self._add_rows("計算のもと", pairs)
        if money.way is not None:
            rules = expense_rules(money, money.expenses)
            labels = [expense.label for expense in money.expenses]
            self._add_rows(
                ORDER_TITLE,
                [(label, rule or FREE) for label, rule in zip(labels, rules, strict=True)],
            )
        for words in late_payment_words(money):
            self._details.addWidget(
                StyledLabel(self.desk.theme, words, look="attention", wrap=True)
            )
        steps = [(name, f"{who}　{time}") for name, who, time in year_step_rows(money)]
        self._add_rows(STEPS_TITLE, steps)

    def _add_rows(self, title: str, pairs: list[tuple[str, str]]) -> None:
        """Add a heading and pairs of words below it."""
        if not pairs:
            return
        theme = self.desk.theme
        heading = StyledLabel(theme, title, TextStyle.SMALL_STRONG, "quiet")
        heading.setContentsMargins(0, 12, 0, 0)
        self._details.addWidget(heading)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(pairs):
            grid.addWidget(StyledLabel(theme, name), line, 0)
            grid.addWidget(StyledLabel(theme, value), line, 1)
        self._details.addWidget(holder)
