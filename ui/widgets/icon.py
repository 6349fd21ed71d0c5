"""The icons: a small SVG set drawn with QPainterPath, so that no SVG library has to load.

The files use circles and paths of absolute M, L, C and Z commands only.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from models.values.resources import resource_path

VIEW_BOX = 24.0
STROKE = 1.8
ICON_SIZES = (16, 24, 32, 48)
SHAPE = re.compile(r'<path d="([^"]+)"|<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"')
COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")


@cache
def icon_path(name: str) -> QPainterPath:
    """Return the outline of an icon in a box of 24 units."""
    path = QPainterPath()
    text = resource_path("resources", "icons", f"{name}.svg").read_text(encoding="utf-8")
    for shape in SHAPE.finditer(text):
        if shape.group(1) is None:
            x, y, radius = (float(shape.group(i)) for i in (2, 3, 4))
            path.addEllipse(QPointF(x, y), radius, radius)
        else:
            _add_commands(path, shape.group(1))
    return path


def _add_commands(path: QPainterPath, commands: str) -> None:
    for letter, numbers in COMMAND.findall(commands):
        values = [float(number) for number in numbers.split()]
        points = [QPointF(*values[i : i + 2]) for i in range(0, len(values), 2)]
        if letter == "M":
            path.moveTo(points[0])
        elif letter == "L":
            path.lineTo(points[0])
        elif letter == "C":
            path.cubicTo(*points)
        else:
            path.closeSubpath()


def paint_icon(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Draw an icon into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / VIEW_BOX, box.height() / VIEW_BOX)
    pen = QPen(color, STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon_path(name))
    painter.restore()
