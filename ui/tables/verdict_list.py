"""The verdicts in groups, one line each: shape, name, stage, deciding reason, amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from ui.tables.row_list import LEFT, Index, RowModel, RowPainter, elided, prepare_list
from ui.theme import Role, TextStyle, Theme
from ui.widgets.drawing import paint_badge_into
from ui.widgets.figures import figure_width, paint_figures

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.tables.row_list import Rows


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
VerdictKey = VerdictHead | str
"""A head stands for itself, a line for the id of its entry."""


class VerdictListModel(RowModel[VerdictKey, VerdictRow]):
    """Heads and lines, from top to bottom."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if isinstance(self.rows.keys[index.row()], VerdictHead):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, and its words for a screen reader."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            one = self.rows[index.row()]
            if isinstance(one, VerdictHead):
                return f"{one.label} {one.count}件"
            return f"{one.shape} {one.verdict} {one.name} {one.stage} {one.reason} {one.amount}"
        if role == Qt.ItemDataRole.ToolTipRole:
            one = self.rows[index.row()]
            return one.reason if isinstance(one, VerdictLine) else None
        return super().data(index, role)


class _LinePainter(RowPainter):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a head, which cannot be chosen, or a line."""
        rows: Rows[VerdictKey, VerdictRow] = index.model().rows  # type: ignore[attr-defined]
        key = rows.keys[index.row()]
        if isinstance(key, VerdictHead):
            painter.save()
            self._paint_head(painter, QRectF(option.rect), key)  # type: ignore[attr-defined]
            painter.restore()
        else:
            super().paint(painter, option, index)

    def _paint_head(self, painter: QPainter, box: QRectF, one: VerdictHead) -> None:
        theme = self.theme
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

    def paint_row(self, painter: QPainter, box: QRectF, one: VerdictLine) -> None:
        """Draw the mark, the name with its stage, the reason and the amount."""
        theme = self.theme
        x = self.paint_shape(painter, box, one.shape)
        right = box.right() - theme.px(12)
        right = self._paint_amount(painter, box, one, x, right)
        x = self._paint_name(painter, box, one, x, right)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        room = QRectF(x, box.y(), max(0.0, right - x), box.height())
        painter.drawText(room, LEFT, elided(painter, one.reason, room.width()))

    def _paint_amount(
        self, painter: QPainter, box: QRectF, one: VerdictLine, x: float, right: float
    ) -> float:
        """Draw the amount at the right; return where it begins."""
        if not one.amount:
            return right
        painter.setFont(self.theme.font(TextStyle.FIGURE_STRONG))
        painter.setPen(self.theme.color(Role.INK))
        width = figure_width(painter.font(), one.amount)
        paint_figures(painter, QRectF(x, box.y(), right - x, box.height()), one.amount)
        return right - width - self.theme.px(16)

    def _paint_name(
        self, painter: QPainter, box: QRectF, one: VerdictLine, x: float, right: float
    ) -> float:
        """Draw name and stage; return where the reason begins."""
        theme = self.theme
        small = QFontMetrics(theme.font(TextStyle.SMALL))
        badge_width = small.horizontalAdvance(one.stage) + theme.px(14)
        name_room = max(60.0, min(theme.px(310), right - x - badge_width - 8))
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.color(Role.INK))
        name = elided(painter, one.name, name_room)
        painter.drawText(QRectF(x, box.y(), name_room, box.height()), LEFT, name)
        x += QFontMetrics(painter.font()).horizontalAdvance(name) + theme.px(10)
        height = small.height() + theme.px(5)
        badge = QRectF(x, box.center().y() - height / 2, badge_width, height)
        painter.setFont(theme.font(TextStyle.SMALL))
        paint_badge_into(painter, badge, theme, one.stage)
        return badge.right() + theme.px(14)


class VerdictList(QListView):
    """Choose an entry with the arrows; Enter or a click opens its reasons."""

    entry_opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list_model = VerdictListModel()
        self.setModel(self.list_model)
        prepare_list(self, _LinePainter(theme, self), "verdictList", "判定の一覧")
        self.clicked.connect(self._open)

    def current_entry(self) -> str:
        """Return the chosen entry; empty when none is."""
        index = self.currentIndex()
        key = self.list_model.rows.keys[index.row()] if index.isValid() else None
        return key if isinstance(key, str) else ""

    def show_rows(self, rows: Rows[VerdictKey, VerdictRow]) -> None:
        """Show other rows; the chosen entry stays chosen."""
        chosen = self.current_entry()
        self.list_model.set_rows(rows)
        self.choose(chosen)

    def choose(self, entry: str) -> None:
        """Choose an entry, or the first where it is not in the list."""
        keys = self.list_model.rows.keys
        place = self.list_model.rows.place_of(entry) if entry else -1
        if place < 0:
            place = next((at for at, key in enumerate(keys) if isinstance(key, str)), -1)
        if place >= 0:
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
