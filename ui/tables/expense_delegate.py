"""Editors and painting of the cells of the expense table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.tables.expense_model import COLUMNS, FIGURE_COLUMNS, ExpenseModel
from ui.tables.expense_rows import Column, Typing
from ui.theme import Role, TextStyle, Theme
from ui.widgets.figures import paint_figures
from ui.widgets.icon import paint_icon
from ui.widgets.suggest_field import SuggestField, Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

Index = QModelIndex | QPersistentModelIndex
TAX_OPTIONS = tuple(
    Suggestion(word, word, keys)
    for word, keys in {
        "税込": ("ぜいこみ", "うちぜい"),
        "税抜": ("ぜいぬき", "税別", "そとぜい"),
        "なし": ("税なし", "非課税"),
        "税込8%": (),
        "税抜8%": (),
    }.items()
)
SIDE = 8
SURELY_FITS = 10
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CellChooser(SuggestField):
    """A cell whose text is one of a numbered list, or anything that can be read as one."""

    def __init__(self, theme: Theme, options: Sequence[Suggestion], parent: QWidget) -> None:
        super().__init__(theme, options, parent, numbered=True)
        self._labels = {option.value: option.label for option in options}

    def settle(self) -> None:
        """Take the highlighted option, if one is."""
        chosen = self._highlighted()
        if chosen is not None and self.text().strip():
            self.setText(self._labels[chosen])
        self.hide_list()

    def commit(self) -> bool:
        """Leave the reading of the text to the table."""
        self.settle()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with the first key, so that its numbers can be seen."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete} and not self.text():
            self.browse()


class ExpenseDelegate(QStyledItemDelegate):
    """Line edits in the cells; lists for 区分 and 税."""

    def __init__(self, theme: Theme, typing: Typing, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._typing = typing
        self.editor: QLineEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a cell."""
        del option
        column = Column(index.column())
        if column in {Column.CATEGORY, Column.TAX}:
            options = self._typing.categories if column is Column.CATEGORY else TAX_OPTIONS
            editor: QLineEdit = CellChooser(self._theme, options, parent)
            # Queued, as Qt does with Enter: the editor is still in the middle of its key.
            editor.picked.connect(self._on_editor_picked, Qt.ConnectionType.QueuedConnection)
        else:
            editor = QLineEdit(parent)
        editor.setProperty("look", "cell")
        if column in FIGURE_COLUMNS:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            editor.setFont(self._theme.font(TextStyle.FIGURE))
        editor.setAccessibleName(str(index.model().headerData(column, Qt.Orientation.Horizontal)))
        place = QPersistentModelIndex(index)
        editor.textEdited.connect(lambda text: self._preview(place, text))
        self.editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the editor, then let it go."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the text of the cell in its editor."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Give the typed text to the table."""
        if isinstance(editor, CellChooser):
            editor.settle()
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Let the editor fill its cell."""
        del index
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(super().sizeHint(option, index).width(), self._theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the text; a sign, not only a colour, marks what cannot be read."""
        model = index.model()
        if not isinstance(model, ExpenseModel):
            return
        theme, column = self._theme, COLUMNS[index.column()]
        cell = model.cell(index.row(), column)
        box, state = QRectF(option.rect), option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color(Role.ACCENT_SOFT))
        elif cell.problem:
            painter.fillRect(box, theme.color(Role.NEGATIVE_SOFT))
        room = box.adjusted(SIDE, 0, -SIDE, 0)
        if cell.problem:
            size = theme.px(15)
            sign = QRectF(box.x() + 5, box.center().y() - size / 2, size, size)
            paint_icon(painter, "warning", sign, theme.color(Role.NEGATIVE))
            room.setLeft(sign.right() + 4)
        is_figure = column in FIGURE_COLUMNS
        painter.setFont(theme.font(TextStyle.FIGURE if is_figure else TextStyle.BODY))
        painter.setPen(theme.color(cell.ink))
        shown = cell.text
        if column is Column.LABEL or len(shown) > SURELY_FITS:
            end = Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(shown, end, int(room.width()))
        if is_figure:
            paint_figures(painter, room, shown)
        else:
            painter.drawText(room, LEFT, shown)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color(Role.ACCENT), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _preview(self, place: QPersistentModelIndex, text: str) -> None:
        model = place.model()
        if isinstance(model, ExpenseModel) and place.column() in {Column.AMOUNT, Column.TAX}:
            model.preview(place.row(), Column(place.column()), text)

    def _on_editor_picked(self) -> None:
        """Take the option that was chosen by its number or by a click, and move on."""
        editor = self.editor
        if editor is not None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.EditNextItem)
