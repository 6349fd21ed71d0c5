"""Paints the chart that the paper shows, from the same shapes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reports.charts import Anchor, Chart, Line, Pattern, Rect, Text, comparison_bars, layout_chart
from ui.theme import TEXT_FAMILIES, Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from models.values.ways import Ways
    from ui.theme import Theme

LEAST_WIDTH = 320
HATCH_STEP = 5.0
POINT = 96 / 72


class ChartView(QWidget):
    """One bar a column: subsidy, top-up, own burden, told apart by patterns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ways: Ways | None = None
        self._chart = Chart((), 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._lay_out)

    def show_ways(self, ways: Ways) -> None:
        """Show the bars of a comparison."""
        self._ways = ways
        self.setAccessibleName(f"くらべる図: {ways.title}")
        self.setAccessibleDescription(ways.sentence)
        self._lay_out()

    def words(self) -> list[str]:
        """Return the texts of the chart."""
        return [one.text for one in self._chart.primitives if isinstance(one, Text)]

    def sizeHint(self) -> QSize:
        """Return the height of the chart at its width."""
        return QSize(LEAST_WIDTH * 2, math.ceil(self._chart.height))

    def minimumSizeHint(self) -> QSize:
        """Return a narrow size."""
        return QSize(LEAST_WIDTH, math.ceil(self._chart.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chart out anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Walk over the shapes."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for one in self._chart.primitives:
            if isinstance(one, Rect):
                self._paint_rect(painter, one)
            elif isinstance(one, Line):
                pen = QPen(self._theme.color(Role.QUIET), one.width)
                if one.dashed:
                    pen.setStyle(Qt.PenStyle.DashLine)
                painter.setPen(pen)
                painter.drawLine(QLineF(one.x1, one.y1, one.x2, one.y2))
            else:
                self._paint_text(painter, one)
        painter.end()

    def _paint_rect(self, painter: QPainter, one: Rect) -> None:
        accent = self._theme.color(Role.ACCENT)
        box = QRectF(one.x + 0.5, one.y + 0.5, max(one.w - 1, 1), max(one.h - 1, 1))
        pen = QPen(accent, 1)
        if one.pattern is Pattern.DASHED:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        is_solid = one.pattern is Pattern.SOLID
        painter.setBrush(QBrush(accent) if is_solid else QBrush(self._theme.color(Role.SURFACE)))
        painter.drawRect(box)
        if one.pattern is Pattern.HATCH:
            self._paint_hatch(painter, box)

    @staticmethod
    def _paint_hatch(painter: QPainter, box: QRectF) -> None:
        painter.save()
        painter.setClipRect(box)
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += HATCH_STEP
        painter.restore()

    def _paint_text(self, painter: QPainter, one: Text) -> None:
        painter.setFont(_font(one.size, bold=one.bold))
        painter.setPen(self._theme.color(Role.INK))
        width = QFontMetricsF(painter.font()).horizontalAdvance(one.text)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[one.anchor]
        painter.drawText(QPointF(one.x - shift, one.y), one.text)

    def _lay_out(self) -> None:
        if self._ways is None:
            return
        size = TextStyle.BODY.value[0] * POINT * self._theme.percent / 100
        bars = comparison_bars(self._ways)
        width = float(max(self.width(), LEAST_WIDTH) - 2)
        self._chart = layout_chart(bars, width, _text_width, size)
        self.setFixedHeight(max(1, math.ceil(self._chart.height) + 2))
        self.update()


def _font(size: float, *, bold: bool) -> QFont:
    font = QFont(TEXT_FAMILIES)
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    return font


def _text_width(text: str, size: float, bold: bool) -> float:
    return QFontMetricsF(_font(size, bold=bold)).horizontalAdvance(text)
