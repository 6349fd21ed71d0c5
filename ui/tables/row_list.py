"""What the lists of the window share: rows that are made when they are shown, and their ground."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme import Role, Theme
from ui.widgets.drawing import paint_focus_ring, paint_mark

Index = QModelIndex | QPersistentModelIndex
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MARK_SIZE = 15
ROWS_AT_ONCE = 500
SHAPE_ROLES = {
    "○": Role.POSITIVE,
    "△": Role.ATTENTION,
    "×": Role.NEGATIVE,
    "◇": Role.ACCENT,
    "・": Role.QUIET,
}


class Rows(Sequence[Row], Generic[Key, Row]):
    """Rows known by their keys, each made when it is looked at: a list may have thousands."""

    def __init__(self, keys: Sequence[Key], make: Callable[[Key], Row]) -> None:
        self.keys = keys
        self._make = make

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Rows[Key, Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Rows[Key, Row]:
        """Make the row at a place."""
        if isinstance(place, slice):
            return Rows(self.keys[place], self._make)
        return self._make(self.keys[place])

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Rows[Row, Row]:
        """Return rows that are there already, each its own key."""
        return Rows(rows, lambda row: row)

    def place_of(self, key: object) -> int:
        """Return where the row of a key stands; -1 when there is none."""
        return next((place for place, one in enumerate(self.keys) if one == key), -1)


class RowModel(QAbstractListModel, Generic[Key, Row]):
    """The rows of a list; the subclass says what a row is for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows[Key, Row] = Rows((), lambda _key: None)  # type: ignore[arg-type,return-value]

    def set_rows(self, rows: Rows[Key, Row]) -> None:
        """Show other rows; where they are the same ones, what they hold may have changed."""
        same = list(rows.keys) == list(self.rows.keys)
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
        elif len(rows):
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row itself for the painter."""
        return self.rows[index.row()] if role == Qt.ItemDataRole.UserRole else None


class RowPainter(QStyledItemDelegate):
    """Draws the ground of a row, its line and the focus; the subclass draws what is on it."""

    row_height = 42

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height, the same for all rows."""
        del option, index
        return QSize(200, self.theme.px(self.row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        theme, state = self.theme, option.state  # type: ignore[attr-defined]
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color(Role.ACCENT_SOFT))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color(Role.HOVER))
        painter.setPen(QPen(theme.color(Role.LINE), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self.paint_row(painter, box, index.data(Qt.ItemDataRole.UserRole))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, box, theme, 2)
        painter.restore()

    def paint_row(self, painter: QPainter, box: QRectF, one: Any) -> None:
        """Draw what the row says."""
        raise NotImplementedError

    def paint_shape(self, painter: QPainter, box: QRectF, shape: str) -> float:
        """Draw the mark of a verdict at the left; return where the text after it begins."""
        size = self.theme.px(MARK_SIZE)
        mark = QRectF(box.x() + self.theme.px(14), box.center().y() - size / 2, size, size)
        paint_mark(painter, shape, mark, self.theme.color(SHAPE_ROLES[shape]))
        return mark.right() + self.theme.px(12)


def elided(painter: QPainter, text: str, width: float) -> str:
    """Return the text as it fits into a width, in the painter's font."""
    metrics = QFontMetrics(painter.font())
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


def prepare_list(view: QListView, painter: RowPainter, name: str, words: str) -> None:
    """Give a list its painter, its names and the manners that all lists have."""
    view.setObjectName(name)
    view.setItemDelegate(painter)
    view.setAccessibleName(words)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    # Asked for the height and the place of each of many rows at once, a list would stand still.
    view.setUniformItemSizes(True)
    view.setLayoutMode(QListView.LayoutMode.Batched)
    view.setBatchSize(ROWS_AT_ONCE)
    painter.theme.changed.connect(view.scheduleDelayedItemsLayout)
