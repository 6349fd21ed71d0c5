"""Entries of the catalog, two lines each: shape of the verdict, name and stage; the plain name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView

from ui.tables.row_list import LEFT, Index, RowModel, RowPainter, elided, prepare_list
from ui.theme import Role, TextStyle, Theme
from ui.widgets.drawing import paint_badge_into

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.tables.row_list import Rows

NARROW = 380


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry; `shape` and `verdict` are empty while no consultation is open."""

    entry: str
    name: str
    plain_name: str
    stage: str
    shape: str = ""
    verdict: str = ""


class EntryListModel(RowModel[str, EntryLine]):
    """The found entries, best first; the key of a row is the id of its entry."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, and its words for a screen reader."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            one = self.rows[index.row()]
            return f"{one.shape} {one.verdict} {one.name} {one.stage} {one.plain_name}".strip()
        return super().data(index, role)


class _LinePainter(RowPainter):
    row_height = 54

    def paint_row(self, painter: QPainter, box: QRectF, one: EntryLine) -> None:
        """Draw the mark, name and stage, and the plain name below."""
        theme = self.theme
        left = box.x() + theme.px(14)
        if one.shape:
            left = self.paint_shape(painter, box, one.shape)
        inner = box.adjusted(left - box.x(), theme.px(6), -theme.px(10), -theme.px(6))
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, upper.height())
        # Where the list is narrow the name needs its whole line.
        is_narrow = box.width() < theme.px(NARROW)
        taken = self._paint_stage(painter, lower if is_narrow else upper, one)
        painter.setFont(theme.font(TextStyle.STRONG))
        painter.setPen(theme.color(Role.INK))
        upper.adjust(0, 0, 0 if is_narrow else -taken, 0)
        painter.drawText(upper, LEFT, elided(painter, one.name, upper.width()))
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        lower.adjust(0, 0, -taken if is_narrow else 0, 0)
        painter.drawText(lower, LEFT, elided(painter, one.plain_name, lower.width()))

    def _paint_stage(self, painter: QPainter, box: QRectF, one: EntryLine) -> float:
        """Draw the stage at the right; return the room that it takes."""
        theme = self.theme
        small = QFontMetrics(theme.font(TextStyle.SMALL))
        width, height = small.horizontalAdvance(one.stage) + theme.px(14), small.height() + 3
        badge = QRectF(box.right() - width, box.center().y() - height / 2, width, height)
        painter.setFont(theme.font(TextStyle.SMALL))
        paint_badge_into(painter, badge, theme, one.stage)
        return width + theme.px(10)


class EntryList(QListView):
    """Choose an entry with the arrows; Enter tries it out."""

    entry_chosen = Signal(str)
    """Another entry is the present one (id; empty when nothing is found)."""
    trial_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list_model = EntryListModel()
        self.setModel(self.list_model)
        prepare_list(self, _LinePainter(theme, self), "verdictList", "制度の一覧")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_filling = False
        self.selectionModel().currentChanged.connect(lambda *_indexes: self._tell_chosen())

    def current_entry(self) -> str:
        """Return the chosen entry; empty when none is."""
        index = self.currentIndex()
        return self.list_model.rows.keys[index.row()] if index.isValid() else ""

    def show_rows(self, rows: Rows[str, EntryLine], chosen: str = "") -> None:
        """Show other rows, with the chosen entry or else the first as the present one."""
        self._is_filling = True
        self.list_model.set_rows(rows)
        if len(rows):
            place = rows.place_of(chosen) if chosen else 0
            self.setCurrentIndex(self.list_model.index(max(0, place)))
        self._is_filling = False
        self._tell_chosen()

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

    def _tell_chosen(self) -> None:
        # While other rows come in, the present one may change twice; it is told once, at the end.
        if not self._is_filling:
            self.entry_chosen.emit(self.current_entry())
