"""The expenses that a scenario varies: its own copy of the table, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.planning.cash_plan import paid_in_all
from models.planning.scenario_edits import varied_expense
from models.planning.way_words import expense_changes
from reports.wording import signed_yen
from ui.tables.expense_model import ExpenseModel
from ui.tables.expense_rows import ExpenseRow, Typing
from ui.tables.expense_table import ExpenseTable
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, row

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation, Expense, Scenario
    from ui.theme import Theme

PERCENTS = (-20, -10, 10, 20)
HEIGHT = 190
QUICK = "選んでいる行の金額を"
ROUNDED = "1円未満は切り捨てます。"
SAME = "相談の経費のままです。ここで直すと、この案だけが変わります。"


class VariedExpenses(QWidget):
    """Typed into like the table of the page 経費."""

    expenses_changed = Signal(object, str)
    """The scenario is to have these expenses (tuple; what was done in Japanese)."""
    restored = Signal()
    """The expenses of the consultation are to hold again."""
    note_posted = Signal(str)

    def __init__(self, theme: Theme, catalog: Catalog) -> None:
        super().__init__()
        self._typing = Typing.of(catalog, None)
        self.model = ExpenseModel(self._typing)
        self.table = ExpenseTable(theme, self.model, self._typing)
        self.table.setFixedHeight(theme.px(HEIGHT))
        layout = column(self, gap=8)
        layout.addWidget(self.table)
        quick = row(gap=6)
        quick.addWidget(StyledLabel(theme, QUICK, TextStyle.SMALL, "quiet"))
        self.quick = {percent: make_button(theme, f"{percent:+d}%") for percent in PERCENTS}
        for percent, button in self.quick.items():
            button.setAccessibleName(f"{QUICK}{percent:+d}%")
            button.clicked.connect(lambda _c=False, by=percent: self._on_quick_clicked(by))
            quick.addWidget(button)
        quick.addStretch(1)
        layout.addLayout(quick)
        below = row(gap=6)
        below.addWidget(StyledLabel(theme, ROUNDED, TextStyle.SMALL, "quiet"))
        below.addStretch(1)
        self.back = make_button(theme, "相談の経費に戻す", "link", icon="undo")
        below.addWidget(self.back)
        layout.addLayout(below)
        self.reason = StyledLabel(theme, "", TextStyle.BODY, "negative", wrap=True)
        self.changes = StyledLabel(theme, "", TextStyle.BODY, wrap=True)
        layout.addWidget(self.reason)
        layout.addWidget(self.changes)
        self.back.clicked.connect(self.restored)
        self.model.committed.connect(self.expenses_changed)
        self.model.texts_changed.connect(self._show_reason)
        self.table.note_posted.connect(self.note_posted)

    # ------------------------------------------------------------ public

    def show_scenario(self, own: Consultation, scenario: Scenario, *, afresh: bool) -> None:
        """Show the expenses that count in the scenario, and how they differ."""
        typing = Typing(self._typing.categories, own.consulted_on)
        shown = own.under(scenario).expenses
        if afresh:
            self.model.set_rows([ExpenseRow.of(one) for one in shown], typing)
            self.table.move_to(0, 0)
        else:
            self.model.show_expenses(shown, typing)
        lines = expense_changes(own.expenses, shown)
        varies = scenario.expenses is not None
        self.back.setVisible(varies)
        difference = signed_yen(paid_in_all(shown) - paid_in_all(own.expenses))
        total = f"合計（税込）: 相談の経費との差 {difference}"
        self.changes.setText("\n".join((*lines, total)) if varies else SAME)
        self.changes.set_look("attention" if varies else "quiet")
        self._show_reason()

    def commit(self) -> None:
        """Take what is being typed."""
        self.table.commit_editor()

    def problems(self) -> list[tuple[str, str]]:
        """Return the cells that cannot be read, with the reason."""
        return [
            (f"経費 {place}行目 {name}", reason) for place, name, reason in self.model.problems()
        ]

    # ------------------------------------------------------------ private

    def _on_quick_clicked(self, percent: int) -> None:
        self.commit()
        place, _ = self.table.current_place()
        chosen = self.model.row_at(place).expense
        if chosen is None:
            self.note_posted.emit("金額の入った行を選んでください")
            return
        changed = [one.expense for one in self.model.rows]
        changed[place] = varied_expense(chosen, percent)
        expenses: tuple[Expense, ...] = tuple(one for one in changed if one is not None)
        name = chosen.label or "経費"
        self.expenses_changed.emit(expenses, f"{name}を{percent:+d}%にしました")

    def _show_reason(self) -> None:
        found = self.problems()
        self.reason.setText(f"{found[0][0]}: {found[0][1]}" if found else "")
        self.reason.setVisible(bool(found))
