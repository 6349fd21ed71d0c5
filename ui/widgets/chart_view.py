"""Paints the chart that the paper shows, from the same shapes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reports.charts import Anchor, Chart, Line, Pattern, Rect, Text, comparison_bars, layout_chart
from reports.line_chart import layout_line_chart
from reports.month_chart import layout_months
from ui.theme import TEXT_FAMILIES, Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from models.values.ways import Ways
    from reports.line_chart import LineChart
    from reports.month_chart import MonthBar
    from ui.theme import Theme

LEAST_WIDTH = 320
HATCH_STEP = 5.0
POINT = 96 / 72
STRONG_LINE = 0.8
"""From this width on a line is what the chart is about."""


class ShapeView(QWidget):
    """Paints the shapes of a chart; what they are, those who inherit decide."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chart = Chart((), 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._lay_out)

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
                strong = one.width >= STRONG_LINE
                ink = self._theme.color(Role.INK if strong else Role.QUIET)
                pen = QPen(ink, one.width * (POINT if strong else 1))
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
        size = TextStyle.BODY.value[0] * POINT * self._theme.percent / 100
        chart = self._shapes(float(max(self.width(), LEAST_WIDTH) - 2), size)
        if chart is not None:
            self._chart = chart
            self.setFixedHeight(max(1, math.ceil(chart.height) + 2))
            self.update()

    def _shapes(self, width: float, size: float) -> Chart | None:
        """Return the chart for a width and a size of letters, `None` while there is none."""
        raise NotImplementedError


class ChartView(ShapeView):
    """One bar a column: subsidy, top-up, own burden, told apart by patterns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._ways: Ways | None = None

    def show_ways(self, ways: Ways) -> None:
        """Show the bars of a comparison."""
        self._ways = ways
        self.setAccessibleName(f"くらべる図: {ways.title}")
        self.setAccessibleDescription(ways.sentence)
        self._lay_out()

    def _shapes(self, width: float, size: float) -> Chart | None:
        if self._ways is None:
            return None
        return layout_chart(comparison_bars(self._ways), width, chart_text_width, size)


class LineChartView(ShapeView):
    """Two ways along one amount: a solid and a dashed line, today's plan as a mark."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._lines: LineChart | None = None

    def show_lines(self, lines: LineChart, sentences: str) -> None:
        """Show two lines; `sentences` tell those who cannot see them."""
        self._lines = lines
        self.setAccessibleName(lines.words)
        self.setAccessibleDescription(sentences)
        self._lay_out()

    def _shapes(self, width: float, size: float) -> Chart | None:
        if self._lines is None:
            return None
        return layout_line_chart(self._lines, width, chart_text_width, size)


class MonthsView(ShapeView):
    """Money by month: what comes in stands on the line, what goes out hangs below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._months: tuple[MonthBar, ...] = ()

    def show_months(self, months: tuple[MonthBar, ...], sentences: str) -> None:
        """Show the months; `sentences` tell those who cannot see them."""
        self._months = months
        self.setAccessibleName("月ごとのお金の図")
        self.setAccessibleDescription(sentences)
        self._lay_out()

    def _shapes(self, width: float, size: float) -> Chart | None:
        return layout_months(self._months, width, chart_text_width, size)


def _font(size: float, *, bold: bool) -> QFont:
    font = QFont(TEXT_FAMILIES)
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    return font


def chart_text_width(text: str, size: float, bold: bool) -> float:
    """Return how wide a text of a chart is on the screen."""
    return QFontMetricsF(_font(size, bold=bold)).horizontalAdvance(text)
