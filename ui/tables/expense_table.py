"""The expense table: typed into like a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from ui.tables.expense_delegate import ExpenseDelegate
from ui.tables.expense_rows import Column, Typing

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QMouseEvent, QResizeEvent

    from ui.tables.expense_model import ExpenseModel
    from ui.theme import Theme

WIDTHS = {
    Column.CATEGORY: 172,
    Column.AMOUNT: 124,
    Column.TAX: 74,
    Column.PAY_MONTH: 110,
    Column.YEAR: 68,
    Column.ESTIMATE: 60,
}
NARROWEST_LABEL = 180
Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemDelegate.EndEditHint
EDIT = Qt.Key.Key_F2
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ExpenseTable(QTableView):
    """Tab goes right, Enter down, F2 edits, Delete empties, Ctrl+Delete takes rows out."""

    note_posted = Signal(str)
    """Something about a paste, in Japanese."""

    def __init__(self, theme: Theme, model: ExpenseModel, typing: Typing) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._line_start = Column.LABEL
        self.setObjectName("expenseTable")
        self.setAccessibleName("経費の表")
        self.setModel(model)
        self._delegate = ExpenseDelegate(theme, typing, self)
        self.setItemDelegate(self._delegate)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._build_headers()
        self.doubleClicked.connect(self._on_double_clicked)
        self.setCurrentIndex(model.index(0, 0))

    def _build_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(48)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setHighlightSections(False)
        self._size()
        self._theme.changed.connect(self._size)

    # ------------------------------------------------------------ public

    def current_place(self) -> tuple[int, Column]:
        """Return the row (from 0) and the column where the keyboard is."""
        index = self.currentIndex()
        return (index.row(), Column(index.column())) if index.isValid() else (0, Column.LABEL)

    def move_to(self, row: int, column: int) -> None:
        """Put the keyboard on a cell."""
        index = self._model.index(
            max(0, min(self._model.rowCount() - 1, row)), max(0, min(len(Column) - 1, column))
        )
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    def commit_editor(self) -> None:
        """Take what is being typed."""
        editor = self._delegate.editor
        if editor is not None:
            self.commitData(editor)
            super().closeEditor(editor, Hint.NoHint)

    def paste(self) -> None:
        """Take rows that were copied in a spreadsheet."""
        row, column = self.current_place()
        text = QGuiApplication.clipboard().text()
        if note := self._model.paste(row, column, text):
            self.note_posted.emit(note)

    def copy(self) -> None:
        """Copy the chosen cells."""
        QGuiApplication.clipboard().setText(self._model.copied(self._chosen()))

    def cut(self) -> None:
        """Copy the chosen cells and empty them."""
        self.copy()
        self._model.clear_cells(self._chosen())

    # ------------------------------------------------------------ events

    def event(self, event: QEvent) -> bool:
        """Keep the key that edits a cell from what it means elsewhere in the window."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == EDIT:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a spreadsheet does with the key."""
        key, row_column = event.key(), self.current_place()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._is_clipboard_key(event):
            pass
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._delete(whole_rows=control)
        elif key in ENTER:
            # While a cell is edited, its own Enter closes it and moves on.
            if self._delegate.editor is None:
                self._after_enter(row_column[0])
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._after_tab(*row_column, -1 if key == Qt.Key.Key_Backtab else 1)
        elif key == Qt.Key.Key_Space and row_column[1] is Column.ESTIMATE:
            self._switch_estimate(row_column[0])
        elif event.text() and not control and row_column[1] is Column.ESTIMATE:
            self._type_estimate(row_column[0], event.text())
        else:
            super().keyPressEvent(event)
            if event.text():
                event.accept()  # Qt passes on the key that began an edit, and it would act twice

    def _is_clipboard_key(self, event: QKeyEvent) -> bool:
        """Copy, cut or paste, if the key says so; tell whether it did."""
        actions = {
            QKeySequence.StandardKey.Paste: self.paste,
            QKeySequence.StandardKey.Copy: self.copy,
            QKeySequence.StandardKey.Cut: self.cut,
        }
        for key, action in actions.items():
            if event.matches(key):
                action()
                return True
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Type into the cell also what an input method gives without composing it first."""
        if event.commitString() and not event.preeditString() and self._delegate.editor is None:
            self.edit(self.currentIndex())
            if self._delegate.editor is not None:
                self._delegate.editor.insert(event.commitString())
                self._delegate.editor.textEdited.emit(self._delegate.editor.text())
            return
        super().inputMethodEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Keep Tab inside the table but at its very ends."""
        row, column = self.current_place()
        at_end = row == self._model.rowCount() - 1 and column == len(Column) - 1
        at_start = row == 0 and column == 0
        if (forwards and at_end) or (not forwards and at_start):
            return QWidget.focusNextPrevChild(self, forwards)
        return False

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Move on as the key says that ended the typing."""
        row, column = self.current_place()
        super().closeEditor(
            editor, Hint.RevertModelCache if hint is Hint.RevertModelCache else Hint.NoHint
        )
        self.setFocus()
        if hint is Hint.SubmitModelCache:
            self._after_enter(row)
        elif hint in {Hint.EditNextItem, Hint.EditPreviousItem}:
            self._after_tab(row, column, 1 if hint is Hint.EditNextItem else -1)
        if hint is Hint.RevertModelCache:
            self._model.texts_changed.emit()  # the figures go back to what is stored

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a new line of typing where the user clicks."""
        super().mousePressEvent(event)
        self._line_start = self.current_place()[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit_label()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is, and let an input method begin there.

        Qt's own way paints every cell anew, twice for each edited cell.
        """
        del event
        if not self.currentIndex().isValid():
            self.move_to(0, 0)
        editable = self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, bool(editable))
        self.update(self.currentIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop showing it, without painting every cell anew."""
        del event
        self.update(self.currentIndex())

    # ------------------------------------------------------------ private

    def _after_enter(self, row: int) -> None:
        self.move_to(row + 1, self._line_start)

    def _after_tab(self, row: int, column: int, step: int) -> None:
        if step > 0 and column == len(Column) - 1:
            if row < self._model.rowCount() - 1:
                self._line_start = Column.LABEL
                self.move_to(row + 1, 0)
            else:
                self.focusNextChild()
        elif step < 0 and column == 0:
            if row > 0:
                self.move_to(row - 1, len(Column) - 1)
            else:
                self.focusPreviousChild()
        else:
            self.move_to(row, column + step)

    def _chosen(self) -> list[tuple[int, Column]]:
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        return [(index.row(), Column(index.column())) for index in chosen if index.isValid()]

    def _delete(self, *, whole_rows: bool) -> None:
        rows = {row for row, _ in self._chosen()}
        selection = self.selectionModel()
        whole = all(selection.isRowSelected(row, self.rootIndex()) for row in rows)
        if whole_rows or (whole and rows):
            self._model.remove_rows(rows)
        else:
            self._model.clear_cells(self._chosen())

    def _switch_estimate(self, row: int) -> None:
        is_on = bool(self._model.row_at(row).values.get(Column.ESTIMATE))
        if row < len(self._model.rows):
            self._model.type_cell(row, Column.ESTIMATE, "" if is_on else "1")

    def _type_estimate(self, row: int, text: str) -> None:
        if row < len(self._model.rows) and text.isprintable():
            self._model.type_cell(row, Column.ESTIMATE, text)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.ESTIMATE:
            self._switch_estimate(index.row())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Remember where a line of typing began when the arrows move."""
        super().currentChanged(current, previous)
        if current.isValid() and previous.isValid() and current.row() != previous.row():
            self._line_start = Column(min(current.column(), self._line_start))

    def _fit_label(self) -> None:
        """Give the first column what the others leave, and always enough to read."""
        others = sum(self.columnWidth(column) for column in WIDTHS)
        left = self.viewport().width() - others
        self.setColumnWidth(Column.LABEL, max(self._theme.px(NARROWEST_LABEL), left))

    def _size(self) -> None:
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, self._theme.px(width))
        self._fit_label()
        self.verticalHeader().setDefaultSectionSize(self._theme.px(34))
        self.verticalHeader().setFixedWidth(self._theme.px(44))
        self.horizontalHeader().setFixedHeight(self._theme.px(34))
        self.setMinimumHeight(self._theme.px(120))
