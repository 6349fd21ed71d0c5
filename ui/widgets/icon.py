"""The icons: a small SVG set drawn with QPainterPath, so that no SVG library has to load.

The files use circles and paths of absolute M, L, C and Z commands only.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from models.values.resources import resource_path
from ui.theme import Role, Theme

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


def make_icon(theme: Theme, name: str, role: Role = Role.INK) -> QIcon:
    """Return an icon for a button, in the colour of a role."""
    icon = QIcon()
    for size in ICON_SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, name, QRectF(0, 0, size, size), theme.color(role))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
