"""Shapes that the window draws itself: verdict marks, badges, focus rings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.theme import Role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theme import Theme

MARK_WIDTH = 2.0
BADGE_RADIUS = 3.0


def paint_mark(painter: QPainter, shape: str, box: QRectF, color: QColor) -> None:
    """Draw ○ △ × ◇ ・ as lines, so that they look alike whatever font is there."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, MARK_WIDTH)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
    if shape == "○":
        painter.drawEllipse(inner)
    elif shape == "△":
        painter.drawPath(_polygon(inner, (0.5, 0.04), (1.0, 0.94), (0.0, 0.94)))
    elif shape == "◇":
        painter.drawPath(_polygon(inner, (0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)))
    elif shape == "×":
        cross = inner.adjusted(1, 1, -1, -1)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
    else:
        painter.setBrush(color)
        painter.drawEllipse(inner.center(), MARK_WIDTH, MARK_WIDTH)
    painter.restore()


def _polygon(box: QRectF, *corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in corners]
    path.moveTo(points[0])
    for point in points[1:]:
        path.lineTo(point)
    path.closeSubpath()
    return path


def paint_badge(widget: QWidget, theme: Theme, text: str, role: Role) -> None:
    """Fill a widget with a badge."""
    painter = QPainter(widget)
    paint_badge_into(painter, QRectF(widget.rect()), theme, text, role)
    painter.end()


def paint_badge_into(
    painter: QPainter, box: QRectF, theme: Theme, text: str, role: Role = Role.QUIET
) -> None:
    """Draw a word in a thin rounded frame, in the painter's font."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = theme.color(role)
    painter.setPen(QPen(theme.color(Role.LINE_STRONG), 1))
    painter.setBrush(theme.color(Role.SURFACE))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), BADGE_RADIUS, BADGE_RADIUS)
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_focus_ring(painter: QPainter, box: QRectF, theme: Theme, radius: float = 5.0) -> None:
    """Draw the frame that shows where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(Role.ACCENT), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
