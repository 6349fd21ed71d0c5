"""A comparison as a grid: every amount opens its working."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from models.values.results import VERDICT_LABEL, VERDICT_SHAPE
from reports.wording import WITHOUT_SUBSIDY
from ui.tables.comparison_rows import ComparedRow, compared_rows
from ui.tables.row_list import SHAPE_ROLES
from ui.theme import Role, TextStyle, Theme
from ui.widgets.basics import Badge, StyledLabel, column, make_button, row
from ui.widgets.drawing import paint_focus_ring, paint_mark
from ui.widgets.figures import figure_width, paint_figures

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QKeyEvent, QPaintEvent

    from models.values.catalog import Catalog
    from models.values.ways import Way, Ways
    from ui.widgets.hint_button import HintButton

TITLE_WIDTH = 114
COLUMN_WIDTH = 104
VARY_FORESEEN, VARY_OWN = "変えてみる", "変える"
ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class GridCell(QAbstractButton):
    """One cell; with `opens` it can be reached by the keyboard and opens a working."""

    arrow_pressed = Signal(int, int)

    def __init__(self, theme: Theme, text: str, one: ComparedRow, *, opens: bool) -> None:
        super().__init__()
        self._theme = theme
        self._one = one
        self._opens = opens
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """Return the room of the text."""
        theme = self._theme
        metrics = QFontMetrics(self._font())
        lines = self.text().split("\n")
        width = math.ceil(max(figure_width(self._font(), line) for line in lines))
        height = len(lines) * round(metrics.height() * 1.3) + theme.px(14)
        return QSize(width + theme.px(18), max(height, theme.px(42)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a figure is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, open with Enter."""
        if event.key() in ARROWS:
            self.arrow_pressed.emit(*ARROWS[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure at the right, the line below."""
        del event
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        if self._opens and self.underMouse():
            painter.fillRect(box, theme.color(Role.HOVER))
        painter.setPen(QPen(theme.color(Role.LINE), 1))
        painter.drawLine(QPointF(0, box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        painter.setFont(self._font())
        painter.setPen(theme.color(Role.INK if self._opens else Role.QUIET))
        room = box.adjusted(theme.px(4), 0, -theme.px(10), 0)
        lines = self.text().split("\n")
        height = round(QFontMetrics(painter.font()).height() * 1.3)
        top = room.center().y() - len(lines) * height / 2
        for place, line in enumerate(lines):
            paint_figures(
                painter, QRectF(room.x(), top + place * height, room.width(), height), line
            )
        if self.hasFocus():
            paint_focus_ring(painter, box, theme, 3)
        painter.end()

    def _font(self) -> QFont:
        if not self._one.is_amount or not any(map(str.isdigit, self.text())):
            return self._theme.font(TextStyle.SMALL)
        return self._theme.font(
            TextStyle.FIGURE_STRONG if self._one.is_strong else TextStyle.FIGURE
        )


class RowTitle(QWidget):
    """The title of a row with its aside; a bar at the left where the columns differ."""

    def __init__(self, theme: Theme, one: ComparedRow) -> None:
        super().__init__()
        self._theme = theme
        self._one = one
        self.setAccessibleName(f"{one.title} {one.aside} {'違いがあります' if one.differs else ''}")
        self.setFixedWidth(theme.px(TITLE_WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the title."""
        del event
        theme, box, one = self._theme, QRectF(self.rect()), self._one
        painter = QPainter(self)
        painter.setPen(QPen(theme.color(Role.LINE), 1))
        painter.drawLine(QPointF(0, box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        if one.differs:
            painter.fillRect(QRectF(0, 0, 3, box.height() - 1), theme.color(Role.ACCENT))
        painter.setFont(theme.font(TextStyle.STRONG if one.is_strong else TextStyle.BODY))
        painter.setPen(theme.color(Role.INK))
        room = box.adjusted(theme.px(9), 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        title = QFontMetrics(painter.font()).height()
        aside = QFontMetrics(theme.font(TextStyle.SMALL)).height() if one.aside else 0
        top = (box.height() - title - aside) / 2
        painter.drawText(QRectF(room.x(), top, room.width(), title), middle, one.title)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        painter.drawText(QRectF(room.x(), top + title, room.width(), aside), middle, one.aside)
        painter.end()


class MarkView(QWidget):
    """The shape of a verdict."""

    def __init__(self, theme: Theme, shape: str) -> None:
        super().__init__()
        self._theme = theme
        self._shape = shape
        self.setFixedSize(theme.px(16), theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        del event
        painter = QPainter(self)
        color = self._theme.color(SHAPE_ROLES[self._shape])
        paint_mark(painter, self._shape, QRectF(self.rect()), color)
        painter.end()


class ComparisonGrid(QWidget):
    """「補助金を使わない」 and the frames side by side."""

    way_opened = Signal(object)
    """An amount of this `Way` was opened."""
    vary_requested = Signal(object)
    """The user wants to vary this `Way`."""

    def __init__(self, theme: Theme, ways: Ways, catalog: Catalog) -> None:
        super().__init__()
        self._theme = theme
        self._catalog = catalog
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.vary_buttons: list[HintButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._build_heads(ways)
        self._build_rows(ways)
        for place in range(1, len(ways.ways) + 2):
            self._grid.setColumnStretch(place, 1)
            self._grid.setColumnMinimumWidth(place, theme.px(COLUMN_WIDTH))

    def _build_heads(self, ways: Ways) -> None:
        theme = self._theme
        without = QWidget()
        inner = column(without, margins=(0, 4, 10, 10), gap=4)
        label = StyledLabel(theme, WITHOUT_SUBSIDY, TextStyle.STRONG, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        inner.addStretch(1)
        inner.addWidget(label)
        self._grid.addWidget(without, 0, 1)
        for place, way in enumerate(ways.ways, start=2):
            self._grid.addWidget(self._build_head(way), 0, place)

    def _build_head(self, way: Way) -> QWidget:
        theme = self._theme
        entry = self._catalog.entries[way.result.entry]
        verdict = way.result.screening.verdict
        head = QWidget()
        inner = column(head, margins=(0, 4, 10, 10), gap=5)
        inner.addStretch(1)
        if way.assumed:
            words = StyledLabel(theme, way.assumed, TextStyle.SMALL, "attention", wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignRight)
            inner.addWidget(words)
        name = StyledLabel(theme, way.label, TextStyle.STRONG, wrap=True)
        name.setAlignment(Qt.AlignmentFlag.AlignRight)
        inner.addWidget(name)
        if way.scenario.name:
            frames = StyledLabel(theme, self._frames_of(way), TextStyle.SMALL, "quiet", wrap=True)
            frames.setAlignment(Qt.AlignmentFlag.AlignRight)
            inner.addWidget(frames)
        state = row(gap=6)
        state.addStretch(1)
        state.addWidget(MarkView(theme, VERDICT_SHAPE[verdict]))
        state.addWidget(StyledLabel(theme, VERDICT_LABEL[verdict], TextStyle.SMALL))
        inner.addLayout(state)
        badge = Badge(theme, self._catalog.stages[entry.stage].label)
        inner.addWidget(badge, 0, Qt.AlignmentFlag.AlignRight)
        vary = make_button(theme, VARY_FORESEEN if way.place is None else VARY_OWN, "link")
        vary.setAccessibleName(f"{way.label} この案を{vary.text()}")
        vary.clicked.connect(lambda _c=False: self.vary_requested.emit(way))
        self.vary_buttons.append(vary)
        inner.addWidget(vary, 0, Qt.AlignmentFlag.AlignRight)
        return head

    def _frames_of(self, way: Way) -> str:
        return "と".join(self._catalog.entries[part.entry].short_name for part in way.parts)

    def _build_rows(self, ways: Ways) -> None:
        rows = compared_rows(ways, self._catalog)
        line, heading = 1, None
        for number, one in enumerate(rows):
            if one.differs is not heading:
                heading = one.differs
                self._add_heading("違うところ" if one.differs else "同じところ", line, ways)
                line += 1
            self._grid.addWidget(RowTitle(self._theme, one), line, 0)
            for place, text in enumerate(one.cells):
                self._add_cell(number, line, place, text, one, ways)
            line += 1

    def _add_heading(self, text: str, line: int, ways: Ways) -> None:
        label = StyledLabel(self._theme, text, TextStyle.SMALL_STRONG, "quiet")
        label.setContentsMargins(0, 8, 0, 4)
        self._grid.addWidget(label, line, 0, 1, len(ways.ways) + 2)

    def _add_cell(  # noqa: PLR0913, PLR0917 - a place in a grid
        self,
        number: int,
        line: int,
        place: int,
        text: str,
        one: ComparedRow,
        ways: Ways,
    ) -> None:
        way = ways.ways[place - 1] if place else None
        opens = way is not None and not way.is_ruled_out
        cell = GridCell(self._theme, text, one, opens=opens)
        title = way.label if way is not None else WITHOUT_SUBSIDY
        cell.setAccessibleName(f"{title} {one.title} {text}")
        self._grid.addWidget(cell, line, place + 1)
        self.cells[number, place] = cell
        if opens:
            cell.clicked.connect(lambda _c=False, chosen=way: self.way_opened.emit(chosen))
            cell.arrow_pressed.connect(
                lambda down, right, at=(number, place): self._move(at, down, right)
            )

    def _move(self, at: tuple[int, int], down: int, right: int) -> None:
        wanted = self.cells.get((at[0] + down, at[1] + right))
        if wanted is not None and wanted.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
