"""経費: what the client plans to spend, typed like in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from models.values.problems import Problem
from models.values.results import VERDICT_SHAPE, Verdict
from ui.page_base import PAGE_MARGIN, Desk, PageBase
from ui.tables.expense_model import ExpenseModel
from ui.tables.expense_rows import (
    NAMES,
    Column,
    ExpenseRow,
    Typing,
    half_typed,
    with_half_typed,
)
from ui.tables.expense_table import ExpenseTable
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, named, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from models.values.consultation import Consultation, Expense

KEYS = (
    "Tab 右へ　Enter 次の行へ　F2 直す　Delete 消す　Ctrl+Delete 行を消す"
    "　Ctrl+V 表計算ソフトから貼り付け"
)
LOW = 470
ONLY_ONE = "（入れられるのは、どれか一つにだけ）"
NOTHING_COVERS = "この費用を対象にする枠は、いまの答えでは見当たりません。"


class ExpensesPage(PageBase):
    """The table, what cannot be read in it, the totals, and the frames that cover it."""

    title = "経費"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._held_id: int | None = None
        self._kept: dict[int, dict[int, str]] = {}
        self._typing = Typing.of(desk.session.catalog, None)
        self.model = ExpenseModel(self._typing)
        self.table = ExpenseTable(desk.theme, self.model, self._typing)
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self.desk.theme
        layout = column(self, margins=(PAGE_MARGIN, 14, PAGE_MARGIN, 16), gap=10)
        self._heading = StyledLabel(theme, "何に使う予定ですか", TextStyle.SECTION)
        layout.addWidget(self._heading)
        layout.addWidget(self.table, 1)
        self.reason = StyledLabel(theme, "", TextStyle.BODY, "negative", wrap=True)
        self.hint = StyledLabel(theme, KEYS, TextStyle.SMALL, "quiet", wrap=True)
        layout.addWidget(self.reason)
        layout.addWidget(self.hint)
        totals = named(QFrame(), "card")
        inner = column(totals, margins=(18, 12, 18, 14), gap=8)
        line = row(gap=10)
        self.paid = StyledLabel(theme, "", TextStyle.FIGURE_LARGE)
        self.net = StyledLabel(theme, "", TextStyle.FIGURE_LARGE)
        line.addWidget(StyledLabel(theme, "合計"))
        line.addWidget(self.paid)
        line.addWidget(StyledLabel(theme, "税込・支払う額", TextStyle.SMALL, "quiet"))
        line.addSpacing(20)
        line.addWidget(self.net)
        line.addWidget(StyledLabel(theme, "税抜・補助の計算に使う額", TextStyle.SMALL, "quiet"))
        line.addStretch(1)
        inner.addLayout(line)
        self.covering = StyledLabel(theme, "", wrap=True)
        self.covering.keep_lines(2)
        inner.addWidget(self.covering)
        layout.addWidget(totals)

    def _connect(self) -> None:
        self.model.committed.connect(self._on_model_committed)
        self.model.previewed.connect(self._show_totals)
        self.model.texts_changed.connect(self._on_model_texts_changed)
        self.table.note_posted.connect(self.desk.session.post)
        self.table.selectionModel().currentChanged.connect(self._on_table_current_changed)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show the expenses; what is half typed stays with its consultation."""
        super().show_consultation(consultation)
        held_id = self.desk.session.consultation_id
        if consultation is None or held_id is None:
            return
        typing = Typing(self._typing.categories, consultation.consulted_on)
        if held_id != self._held_id:
            self._held_id = held_id
            typed = self._kept = self.desk.session.typed_rows(held_id)
            self.model.set_rows(with_half_typed(consultation.expenses, typed, typing), typing)
            self.table.move_to(0, 0)
        else:
            self.model.show_expenses(consultation.expenses, typing)
        self._show_totals(consultation.expenses)
        self._show_row()

    def problems(self) -> tuple[Problem, ...]:
        """Return the cells that cannot be read, also those of other consultations."""
        return tuple(
            Problem("", f"経費 {place}行目 {name}", reason)
            for place, name, reason in self.model.problems()
        )

    def unsaved(self) -> tuple[Problem, ...]:
        """Return nothing: what does not count yet is stored as it was typed."""
        return ()

    def commit_pending(self) -> None:
        """Take what is being typed."""
        self.table.commit_editor()

    def focus_first(self) -> None:
        """Begin in the table, on the empty row of a new list."""
        self.table.setFocus()

    # ------------------------------------------------------------ events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table where the window is low."""
        super().resizeEvent(event)
        is_low = self.height() < self.desk.theme.px(LOW)
        self._heading.setVisible(not is_low)
        self.hint.setVisible(not is_low)

    # ------------------------------------------------------------ slots

    def _on_model_committed(self, expenses: tuple[Expense, ...], label: str) -> None:
        self._commit(label, expenses=expenses)
        self._keep_half_typed()

    def _on_model_texts_changed(self) -> None:
        self._keep_half_typed()
        self._show_totals(self.model.expenses())
        self._show_row()

    def _on_table_current_changed(self) -> None:
        self._show_row()

    # ------------------------------------------------------------ private

    def _keep_half_typed(self) -> None:
        """Store what does not count yet: nothing typed is lost with the battery."""
        consultation = self.desk.session.consultation
        if self._held_id is None or consultation is None:
            return
        rows = half_typed(
            self.model.rows, Typing(self._typing.categories, consultation.consulted_on)
        )
        if rows != self._kept:
            self._kept = rows
            self.desk.session.keep_typed_rows(self._held_id, rows)

    def _show_totals(self, expenses: Sequence[Expense]) -> None:
        self.paid.setText(f"{sum(one.paid for one in expenses):,}円")
        self.net.setText(f"{sum(one.net for one in expenses):,}円")

    def _show_row(self) -> None:
        """Show the reason of the present cell, or of the first that cannot be read."""
        place, where = self.table.current_place()
        here = self.model.row_at(place).problem(where)
        problems = self.model.problems()
        if here:
            text = here
        else:
            # What is still missing in the row that is being typed is no fault yet.
            other = [one for one in problems if one[0] != place + 1 or self._is_refused(one)]
            text = self._problem_line(other)
        self.reason.setText(text)
        self.reason.setVisible(bool(text))
        self.covering.setText(self._covering_line(self.model.row_at(place)))

    def _is_refused(self, problem: tuple[int, str, str]) -> bool:
        row_number, name, _ = problem
        return any(NAMES[one] == name for one in self.model.row_at(row_number - 1).refused)

    @staticmethod
    def _problem_line(problems: Sequence[tuple[int, str, str]]) -> str:
        if not problems:
            return ""
        row_number, name, reason = problems[0]
        more = f"（ほかに{len(problems) - 1}か所）" if len(problems) > 1 else ""
        return f"{row_number}行目の{name}: {reason}{more}"

    def _covering_line(self, one: ExpenseRow) -> str:
        """Name the frames that cover the present row, or any row, with their stage."""
        category = one.values.get(Column.CATEGORY)
        used = {category} if category else {e.category for e in self.model.expenses()}
        if not used:
            return "区分を入れると、この経費が使える枠がここに出ます。"
        catalog = self.desk.session.catalog
        verdicts = {found.entry: found.verdict for found in self.desk.session.screenings()}
        by_stage: dict[str, list[str]] = {}
        for entry in catalog.calculable:
            verdict = verdicts.get(entry.id, Verdict.NOT_ELIGIBLE)
            if verdict is Verdict.NOT_ELIGIBLE:
                continue
            if used & {*entry.base_categories, *entry.top_up_categories}:
                name = f"{VERDICT_SHAPE[verdict]}{entry.short_name}"
                by_stage.setdefault(catalog.stages[entry.stage].label, []).append(name)
        if not by_stage:
            return NOTHING_COVERS
        named = "　".join(f"［{stage}］{' / '.join(names)}" for stage, names in by_stage.items())
        label = catalog.categories[category].label if category else "この経費"
        several = sum(len(names) for names in by_stage.values()) > 1
        once = ONLY_ONE if several and category else ""
        return f"{label}に使える枠{once}:　{named}"
