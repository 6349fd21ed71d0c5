"""Entries of the catalog, two lines each: shape of the verdict, name and stage; the plain name."""

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

from ui.tables.verdict_list import SHAPE_ROLES
from ui.theme import Role, TextStyle, Theme
from ui.widgets.drawing import paint_badge_into, paint_focus_ring, paint_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

Index = QModelIndex | QPersistentModelIndex
LINE_HEIGHT = 54
NARROW = 380
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry; `shape` and `verdict` are empty while no consultation is open."""

    entry: str
    name: str
    plain_name: str
    stage: str
    shape: str = ""
    verdict: str = ""


class EntryListModel(QAbstractListModel):
    """The found entries, best first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[EntryLine, ...] = ()

    def set_rows(self, rows: Sequence[EntryLine]) -> None:
        """Show other rows."""
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, and its words for a screen reader."""
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{one.shape} {one.verdict} {one.name} {one.stage} {one.plain_name}".strip()
        return None


class _LinePainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        del option, index
        return QSize(200, self._theme.px(LINE_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        one = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        theme = self._theme
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color(Role.ACCENT_SOFT))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color(Role.HOVER))
        painter.setPen(QPen(theme.color(Role.LINE), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        left = theme.px(14)
        if one.shape:
            size = theme.px(15)
            mark = QRectF(box.x() + left, box.center().y() - size / 2, size, size)
            paint_mark(painter, one.shape, mark, theme.color(SHAPE_ROLES[one.shape]))
            left += size + theme.px(12)
        inner = box.adjusted(left, theme.px(6), -theme.px(10), -theme.px(6))
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, upper.height())
        # Where the list is narrow the name needs its whole line.
        is_narrow = box.width() < theme.px(NARROW)
        taken = self._paint_stage(painter, lower if is_narrow else upper, one)
        painter.setFont(theme.font(TextStyle.STRONG))
        painter.setPen(theme.color(Role.INK))
        upper.adjust(0, 0, 0 if is_narrow else -taken, 0)
        painter.drawText(upper, LEFT, _fit(painter, one.name, upper.width()))
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        lower.adjust(0, 0, -taken if is_narrow else 0, 0)
        painter.drawText(lower, LEFT, _fit(painter, one.plain_name, lower.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, box, theme, 2)
        painter.restore()

    def _paint_stage(self, painter: QPainter, box: QRectF, one: EntryLine) -> float:
        """Draw the stage at the right; return the room that it takes."""
        theme = self._theme
        small = QFontMetrics(theme.font(TextStyle.SMALL))
        width, height = small.horizontalAdvance(one.stage) + theme.px(14), small.height() + 3
        badge = QRectF(box.right() - width, box.center().y() - height / 2, width, height)
        painter.setFont(theme.font(TextStyle.SMALL))
        paint_badge_into(painter, badge, theme, one.stage)
        return width + theme.px(10)


def _fit(painter: QPainter, text: str, width: float) -> str:
    metrics = QFontMetrics(painter.font())
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class EntryList(QListView):
    """Choose an entry with the arrows; Enter tries it out."""

    entry_chosen = Signal(str)
    """Another entry is the present one (id; empty when nothing is found)."""
    trial_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list_model = EntryListModel()
        self.setObjectName("verdictList")
        self.setModel(self.list_model)
        self.setItemDelegate(_LinePainter(theme, self))
        self.setAccessibleName("制度の一覧")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(
            lambda *_indexes: self.entry_chosen.emit(self.current_entry())
        )
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def current_entry(self) -> str:
        """Return the chosen entry; empty when none is."""
        index = self.currentIndex()
        return self.list_model.rows[index.row()].entry if index.isValid() else ""

    def show_rows(self, rows: Sequence[EntryLine], chosen: str = "") -> None:
        """Show other rows, with the chosen entry or else the first as the present one."""
        self.list_model.set_rows(rows)
        places = [place for place, one in enumerate(rows) if one.entry == chosen]
        if rows:
            self.setCurrentIndex(self.list_model.index(places[0] if places else 0))
        self.entry_chosen.emit(self.current_entry())

    def step_by(self, step: int) -> None:
        """Choose the next or the previous entry."""
        place = self.currentIndex().row() + step
        if 0 <= place < len(self.list_model.rows):
            self.setCurrentIndex(self.list_model.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Try the entry out with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.trial_requested.emit()
        else:
            super().keyPressEvent(event)
