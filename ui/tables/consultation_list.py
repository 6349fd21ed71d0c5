"""The list of earlier consultations: name, date, one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme import Role, TextStyle, Theme
from ui.widgets.drawing import paint_focus_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 58
DAY_UNITS = "年月日"
NO_NAME = "お名前未記入"


@dataclass(frozen=True, slots=True)
class ListedConsultation:
    """What a row shows of a stored consultation."""

    id: int
    name: str
    day: str
    line: str

    @property
    def day_words(self) -> str:
        """The day in Japanese (2021年4月20日)."""
        parts = self.day.split("-")
        if len(parts) != len(DAY_UNITS):
            return self.day
        return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, DAY_UNITS, strict=True))

    @property
    def searched(self) -> str:
        """The text that a search looks into."""
        return f"{self.name} {self.day} {self.day_words} {self.line}"


class ConsultationListModel(QAbstractListModel):
    """Rows of stored consultations."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ListedConsultation, ...] = ()

    def set_rows(self, rows: Sequence[ListedConsultation]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name for the list, the whole row for a screen reader."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name or NO_NAME
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{row.name or NO_NAME}　{row.day}　{row.line}".strip()
        return row if role == Qt.ItemDataRole.UserRole else None


class _RowPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        del option, index
        return QSize(200, self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw name and day, and the one line below."""
        theme, row = self._theme, index.data(Qt.ItemDataRole.UserRole)
        box, state = QRectF(option.rect), option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color(Role.ACCENT_SOFT))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color(Role.HOVER))
        painter.setPen(QPen(theme.color(Role.LINE), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(theme.px(16), theme.px(8), -theme.px(16), -theme.px(8))
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, inner.height() / 2)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.color(Role.QUIET))
        painter.drawText(upper, right, row.day_words)
        day_width = QFontMetrics(painter.font()).horizontalAdvance(row.day_words) + theme.px(16)
        painter.setFont(theme.font(TextStyle.STRONG if row.name else TextStyle.BODY))
        painter.setPen(theme.color(Role.INK if row.name else Role.QUIET))
        name = self._fit(painter, row.name or NO_NAME, upper.width() - day_width)
        painter.drawText(upper, left, name)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        painter.drawText(lower, left, self._fit(painter, row.line, lower.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, box, theme, 2)
        painter.restore()

    @staticmethod
    def _fit(painter: QPainter, text: str, width: float) -> str:
        metrics = QFontMetrics(painter.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class ConsultationList(QListView):
    """Choose a consultation with the arrows; Enter opens it, Delete asks to take it out."""

    open_requested = Signal(int)
    delete_requested = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list_model = ConsultationListModel()
        self.setModel(self.list_model)
        self.setItemDelegate(_RowPainter(theme, self))
        self.setObjectName("consultationList")
        self.setAccessibleName("これまでの相談")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.doubleClicked.connect(lambda index: self.open_requested.emit(self._id_at(index)))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def selected_id(self) -> int | None:
        """Return the chosen consultation."""
        index = self.currentIndex()
        return self._id_at(index) if index.isValid() else None

    def step_by(self, step: int) -> None:
        """Choose the next or the previous consultation."""
        place = self.currentIndex().row() + step
        if 0 <= place < len(self.list_model.rows):
            self.setCurrentIndex(self.list_model.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, delete with Delete."""
        chosen = self.selected_id()
        if chosen is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_requested.emit(chosen)
        elif chosen is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(chosen)
        else:
            super().keyPressEvent(event)

    def _id_at(self, index: Index) -> int:
        return self.list_model.rows[index.row()].id
