"""The verdicts in groups, one line each: shape, name, stage, deciding reason, amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from ui.widgets.drawing import paint_badge_into, paint_focus_ring, paint_mark
from ui.widgets.figures import figure_width, paint_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

Index = QModelIndex | QPersistentModelIndex
LINE_HEIGHT, HEAD_HEIGHT = 42, 44
SHAPE_ROLES = {
    "○": Role.POSITIVE,
    "△": Role.ATTENTION,
    "×": Role.NEGATIVE,
    "◇": Role.ACCENT,
    "・": Role.QUIET,
}
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class VerdictHead:
    """The line over a group."""

    shape: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One entry of the catalog."""

    entry: str
    shape: str
    verdict: str
    name: str
    stage: str
    reason: str
    amount: str = ""


VerdictRow = VerdictHead | VerdictLine


class VerdictListModel(QAbstractListModel):
    """Heads and lines, from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[VerdictRow, ...] = ()

    def set_rows(self, rows: Sequence[VerdictRow]) -> None:
        """Show other rows."""
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if isinstance(self.rows[index.row()], VerdictHead):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, and its words for a screen reader."""
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(one, VerdictHead):
                return f"{one.label} {one.count}件"
            return f"{one.shape} {one.verdict} {one.name} {one.stage} {one.reason} {one.amount}"
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(one, VerdictLine):
            return one.reason
        return None


class _LinePainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        del option
        is_head = isinstance(index.data(Qt.ItemDataRole.UserRole), VerdictHead)
        return QSize(200, self._theme.px(HEAD_HEIGHT if is_head else LINE_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a head or a line."""
        one = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if isinstance(one, VerdictHead):
            self._paint_head(painter, box, one)
        else:
            self._paint_line(painter, box, one, option.state)  # type: ignore[attr-defined]
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRectF, one: VerdictHead) -> None:
        theme = self._theme
        painter.setFont(theme.font(TextStyle.SECTION))
        painter.setPen(theme.color(Role.INK))
        room = box.adjusted(theme.px(14), theme.px(10), 0, 0)
        title = f"{one.shape} {one.label}"
        painter.drawText(room, LEFT, title)
        room.setLeft(room.left() + QFontMetrics(painter.font()).horizontalAdvance(title) + 12)
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.color(Role.QUIET))
        painter.drawText(room, LEFT, f"{one.count}件")
        painter.setPen(QPen(theme.color(Role.LINE_STRONG), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_line(
        self, painter: QPainter, box: QRectF, one: VerdictLine, state: QStyle.StateFlag
    ) -> None:
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color(Role.ACCENT_SOFT))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color(Role.HOVER))
        painter.setPen(QPen(theme.color(Role.LINE), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        size = theme.px(15)
        mark = QRectF(box.x() + theme.px(14), box.center().y() - size / 2, size, size)
        paint_mark(painter, one.shape, mark, theme.color(SHAPE_ROLES[one.shape]))
        x = mark.right() + theme.px(12)
        right = box.right() - theme.px(12)
        right = self._paint_amount(painter, box, one, x, right)
        x = self._paint_name(painter, box, one, x, right)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        room = QRectF(x, box.y(), max(0.0, right - x), box.height())
        painter.drawText(room, LEFT, _fit(painter, one.reason, room.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, box, theme, 2)

    def _paint_amount(
        self, painter: QPainter, box: QRectF, one: VerdictLine, x: float, right: float
    ) -> float:
        """Draw the amount at the right; return where it begins."""
        if not one.amount:
            return right
        painter.setFont(self._theme.font(TextStyle.FIGURE_STRONG))
        painter.setPen(self._theme.color(Role.INK))
        width = figure_width(painter.font(), one.amount)
        paint_figures(painter, QRectF(x, box.y(), right - x, box.height()), one.amount)
        return right - width - self._theme.px(16)

    def _paint_name(
        self, painter: QPainter, box: QRectF, one: VerdictLine, x: float, right: float
    ) -> float:
        """Draw name and stage; return where the reason begins."""
        theme = self._theme
        small = QFontMetrics(theme.font(TextStyle.SMALL))
        badge_width = small.horizontalAdvance(one.stage) + theme.px(14)
        name_room = max(60.0, min(theme.px(310), right - x - badge_width - 8))
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.color(Role.INK))
        name = _fit(painter, one.name, name_room)
        painter.drawText(QRectF(x, box.y(), name_room, box.height()), LEFT, name)
        x += QFontMetrics(painter.font()).horizontalAdvance(name) + theme.px(10)
        height = small.height() + theme.px(5)
        badge = QRectF(x, box.center().y() - height / 2, badge_width, height)
        painter.setFont(theme.font(TextStyle.SMALL))
        paint_badge_into(painter, badge, theme, one.stage)
        return badge.right() + theme.px(14)


def _fit(painter: QPainter, text: str, width: float) -> str:
    metrics = QFontMetrics(painter.font())
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class VerdictList(QListView):
    """Choose an entry with the arrows; Enter or a click opens its reasons."""

    entry_opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list_model = VerdictListModel()
        self.setObjectName("verdictList")
        self.setModel(self.list_model)
        self.setItemDelegate(_LinePainter(theme, self))
        self.setAccessibleName("判定の一覧")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._open)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def current_entry(self) -> str:
        """Return the chosen entry; empty when none is."""
        index = self.currentIndex()
        one = self.list_model.rows[index.row()] if index.isValid() else None
        return one.entry if isinstance(one, VerdictLine) else ""

    def show_rows(self, rows: Sequence[VerdictRow]) -> None:
        """Show other rows; the chosen entry stays chosen."""
        chosen = self.current_entry()
        self.list_model.set_rows(rows)
        self.choose(chosen)

    def choose(self, entry: str) -> None:
        """Choose an entry, or the first where it is not in the list."""
        lines = {
            one.entry: place
            for place, one in enumerate(self.list_model.rows)
            if isinstance(one, VerdictLine)
        }
        if lines:
            place = lines.get(entry, min(lines.values()))
            self.setCurrentIndex(self.list_model.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; digits belong to the next question."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_entry():
            self._open()
        elif event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if entry := self.current_entry():
            self.entry_opened.emit(entry)
