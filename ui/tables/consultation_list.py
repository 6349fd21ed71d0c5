"""The list of earlier consultations: name, date, one line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView

from ui.tables.row_list import LEFT, Index, RowModel, RowPainter, elided, prepare_list
from ui.theme import Role, TextStyle, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from models.stores.consultation_store import ConsultationSummary

DAY_UNITS = "年月日"
DAY_TYPED = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?|(\d{4})年")
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


def listed(summary: ConsultationSummary) -> ListedConsultation:
    """Return the row of a stored consultation."""
    changed = summary.updated_at.astimezone()
    when = f"最後の変更 {changed.year}年{changed.month}月{changed.day}日 {changed:%H:%M}"
    line = "　".join(part for part in (summary.title, when) if part)
    return ListedConsultation(summary.id, summary.client_name, summary.consulted_on or "", line)


def ways_to_search(typed: str) -> tuple[str, ...]:
    """Return the words of a search, and with days (4月20日) as the store writes them (-04-20)."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    return tuple(dict.fromkeys((plain, DAY_TYPED.sub(_stored_day, plain))))


def _stored_day(found: re.Match[str]) -> str:
    year, month, day, year_alone = found.groups()
    if year_alone:
        return f"{year_alone}-"
    if not day:
        return f"{year or ''}-{int(month):02}-"
    return f"{year or ''}-{int(month):02}-{int(day):02}"


class ConsultationListModel(RowModel["ConsultationSummary", ListedConsultation]):
    """Rows of stored consultations; their keys are what the store tells of them."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name for the list, the whole row for a screen reader."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name or NO_NAME
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{row.name or NO_NAME}　{row.day}　{row.line}".strip()
        return row if role == Qt.ItemDataRole.UserRole else None


class _RowPainter(RowPainter):
    row_height = 58

    def paint_row(self, painter: QPainter, box: QRectF, one: ListedConsultation) -> None:
        """Draw name and day, and the one line below."""
        theme = self.theme
        inner = box.adjusted(theme.px(16), theme.px(8), -theme.px(16), -theme.px(8))
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, inner.height() / 2)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.color(Role.QUIET))
        painter.drawText(upper, right, one.day_words)
        day_width = QFontMetrics(painter.font()).horizontalAdvance(one.day_words) + theme.px(16)
        painter.setFont(theme.font(TextStyle.STRONG if one.name else TextStyle.BODY))
        painter.setPen(theme.color(Role.INK if one.name else Role.QUIET))
        name = elided(painter, one.name or NO_NAME, upper.width() - day_width)
        painter.drawText(upper, LEFT, name)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        painter.drawText(lower, LEFT, elided(painter, one.line, lower.width()))


class ConsultationList(QListView):
    """Choose a consultation with the arrows; Enter opens it, Delete asks to take it out."""

    open_requested = Signal(int)
    delete_requested = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list_model = ConsultationListModel()
        self.setModel(self.list_model)
        prepare_list(self, _RowPainter(theme, self), "consultationList", "これまでの相談")
        self.doubleClicked.connect(lambda index: self.open_requested.emit(self._id_at(index)))

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
        return self.list_model.rows.keys[index.row()].id
