"""The table model over the typed rows, with an always empty last row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from models.values.case_file import MAX_EXPENSES
from ui.tables.expense_clipboard import LONGEST_PASTE, cells_of, column_plan, text_of
from ui.tables.expense_rows import (
    NAMES,
    TITLES,
    Column,
    ExpenseRow,
    Typing,
    expenses_of,
    merged,
)
from ui.theme import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.values.consultation import Expense

Index = QModelIndex | QPersistentModelIndex
FIGURE_COLUMNS = {Column.AMOUNT}
COLUMNS = tuple(Column)
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = CHOOSABLE | Qt.ItemFlag.ItemIsEditable
FIRST_HINT = "＋ 内容を入れる"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is painted: the text, the role of its colour, and why it cannot be read."""

    text: str
    ink: Role
    problem: str = ""


class ExpenseModel(QAbstractTableModel):
    """Reads what is typed; tells when the expenses changed, in one step per field or paste."""

    committed = Signal(object, str)
    """The expenses changed (tuple, and what was done in Japanese)."""
    previewed = Signal(object)
    """While a cell is being typed: the expenses as they would be."""
    texts_changed = Signal()
    """Something that does not count yet was typed or removed."""

    def __init__(self, typing: Typing) -> None:
        super().__init__()
        self._typing = typing
        self.rows: list[ExpenseRow] = []

    # ------------------------------------------------------------ content

    def set_rows(self, rows: Iterable[ExpenseRow], typing: Typing) -> None:
        """Show other rows altogether."""
        self.beginResetModel()
        self.rows = list(rows)
        self._typing = typing
        self.endResetModel()

    def show_expenses(self, expenses: Sequence[Expense], typing: Typing) -> None:
        """Show expenses that changed elsewhere; what is half typed stays."""
        self._typing = typing
        if expenses_of(self.rows) == tuple(expenses):
            return
        rows = merged(self.rows, expenses)
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows), len(Column) - 1))
            return
        self.set_rows(rows, typing)

    def expenses(self) -> tuple[Expense, ...]:
        """Return the expenses of the rows that count."""
        return expenses_of(self.rows)

    def row_at(self, place: int) -> ExpenseRow:
        """Return a row; the last one is empty."""
        return self.rows[place] if place < len(self.rows) else ExpenseRow()

    def problems(self) -> list[tuple[int, str, str]]:
        """Return (row from 1, name of the column, reason) of everything that does not count."""
        found: list[tuple[int, str, str]] = []
        for place, one in enumerate(self.rows, start=1):
            if one.expense is not None and not one.refused:
                continue
            found += [(place, NAMES[c], reason) for c, (_, reason) in sorted(one.refused.items())]
            if one.expense is None:
                found += [(place, NAMES[c], f"{NAMES[c]}がまだです。") for c in one.missing()]
        return found

    def preview(self, place: int, column: Column, text: str) -> None:
        """Tell what the expenses would be with this text in the cell."""
        changed = self.row_at(place).typed(column, text, self._typing)
        rows = [*self.rows[:place], changed, *self.rows[place + 1 :]]
        self.previewed.emit(expenses_of(rows))

    # ------------------------------------------------------------ changes

    def type_cell(self, place: int, column: Column, text: str) -> None:
        """Take the text of one cell."""
        one = self.row_at(place)
        if one.text(column, self._typing) == text and column not in one.refused:
            return
        changed = one.typed(column, text, self._typing)
        if changed == one:
            return
        name = changed.values.get(Column.LABEL)
        whose = f"経費「{name}」" if name and column is not Column.LABEL else "経費"
        self._take({place: changed}, f"{whose}の{NAMES[column]}を入れました")

    def clear_cells(self, cells: Iterable[tuple[int, Column]]) -> None:
        """Empty cells; rows in which nothing is left go."""
        changed: dict[int, ExpenseRow] = {}
        for place, column in cells:
            if place < len(self.rows):
                one = changed.get(place, self.rows[place])
                changed[place] = one.typed(column, "", self._typing)
        if changed:
            self._take(changed, "経費の欄を消しました")

    def remove_rows(self, places: Iterable[int]) -> None:
        """Take whole rows out."""
        gone = {place for place in places if place < len(self.rows)}
        if gone:
            kept = [one for place, one in enumerate(self.rows) if place not in gone]
            self._replace(kept, f"経費を{len(gone)}行消しました")

    def paste(self, place: int, first: Column, text: str) -> str:
        """Take copied rows from a cell on; return what had no room, in Japanese."""
        if len(text) > LONGEST_PASTE:
            return f"長すぎるため、貼り付けていません（{LONGEST_PASTE:,}文字まで）。"
        cells = cells_of(text)
        if not cells:
            return ""
        plan, titles, without_room = column_plan(cells, first)
        rows = list(self.rows)
        pasted_rows = cells[titles:]
        fitting = pasted_rows[: max(0, MAX_EXPENSES - place)]
        for offset, pasted in enumerate(fitting):
            while len(rows) <= place + offset:
                rows.append(ExpenseRow())
            one = rows[place + offset]
            for column, cell in zip(plan, pasted, strict=False):
                if column is not None:
                    one = one.typed(column, cell, self._typing)
            rows[place + offset] = one
        self._replace(rows, f"経費を{len(fitting)}行貼り付けました")
        left_out = len(pasted_rows) - len(fitting)
        notes = [
            f"{without_room}列は入る場所がないため、貼り付けていません。" if without_room else "",
            f"経費は{MAX_EXPENSES:,}行までのため、{left_out:,}行は貼り付けていません。"
            if left_out
            else "",
        ]
        return "".join(notes)

    def copied(self, cells: Iterable[tuple[int, Column]]) -> str:
        """Return cells as a spreadsheet takes them."""
        by_row: dict[int, list[str]] = {}
        for place, column in sorted(cells):
            text = self.row_at(place).text(column, self._typing)
            plain = text.replace(",", "") if column in FIGURE_COLUMNS else text
            by_row.setdefault(place, []).append(plain)
        return text_of(list(by_row.values()))

    def _take(self, changed: dict[int, ExpenseRow], label: str) -> None:
        if all(place < len(self.rows) and not one.is_blank for place, one in changed.items()):
            before = self.expenses()
            for place, one in changed.items():
                self.rows[place] = one
            places = sorted(changed)
            first, last = self.index(places[0], 0), self.index(places[-1], len(Column) - 1)
            self.dataChanged.emit(first, last)
            self._tell(before, label)
            return
        rows = list(self.rows)
        for place, one in changed.items():
            while len(rows) <= place:
                rows.append(ExpenseRow())
            rows[place] = one
        self._replace([one for one in rows if not one.is_blank], label)

    def _replace(self, rows: list[ExpenseRow], label: str) -> None:
        before = self.expenses()
        # Rows come and go at the end only, so that the view keeps its place and its editor.
        old, new = len(self.rows), len(rows)
        if new > old:
            self.beginInsertRows(QModelIndex(), old + 1, new)
            self.rows = rows
            self.endInsertRows()
        elif new < old:
            self.beginRemoveRows(QModelIndex(), new + 1, old)
            self.rows = rows
            self.endRemoveRows()
        else:
            self.rows = rows
        self.dataChanged.emit(self.index(0, 0), self.index(new, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, new)
        self._tell(before, label)

    def _tell(self, before: tuple[Expense, ...], label: str) -> None:
        after = self.expenses()
        if after != before:
            self.committed.emit(after, label)
        self.texts_changed.emit()

    # ------------------------------------------------------------ what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Return the number of rows with the empty one."""
        return 0 if parent.isValid() else len(self.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into but the mark of a guess, which a key switches."""
        return CHOOSABLE if index.column() == Column.ESTIMATE else EDITABLE

    def cell(self, place: int, column: Column) -> Cell:
        """Return what is painted in a cell."""
        one = self.row_at(place)
        text = one.text(column, self._typing)
        if column in one.refused:
            return Cell(text, Role.NEGATIVE, one.problem(column))
        if place == len(self.rows):
            return Cell(FIRST_HINT if column is Column.LABEL else text, Role.QUIET)
        is_default = column in {Column.TAX, Column.YEAR} and one.values.get(column) is None
        return Cell(text, Role.QUIET if is_default else Role.INK)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, and its words for a screen reader."""
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), column).text
        if role == Qt.ItemDataRole.EditRole:
            return self.row_at(index.row()).text(column, self._typing)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell = self.cell(index.row(), column)
            return f"{NAMES[column]} {cell.text or '空'} {cell.problem}".strip()
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.type_cell(index.row(), Column(index.column()), str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the titles of columns and the numbers of rows."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return TITLES[Column(section)]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                is_figure = Column(section) in FIGURE_COLUMNS
                side = Qt.AlignmentFlag.AlignRight if is_figure else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1) if section < len(self.rows) else "＋"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None
