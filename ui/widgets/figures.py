"""Amounts as on paper: digits of one width, narrow commas.

A comma of the figure font is as wide as a digit, which tears 8,800,000 apart.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF

from ui.theme import TEXT_FAMILIES

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

NARROW = ","


def figure_width(font: QFont, text: str) -> float:
    """Return the width of an amount in px."""
    return sum(width for _, width, _ in _pieces(font.key(), font.toString(), text))


def paint_figures(painter: QPainter, box: QRectF, text: str) -> None:
    """Draw an amount in the painter's font, at the right of the box and in its middle."""
    font = painter.font()
    pieces = _pieces(font.key(), font.toString(), text)
    x = box.right() - sum(width for _, width, _ in pieces)
    metrics = QFontMetricsF(font)
    baseline = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
    for part, width, is_narrow in pieces:
        painter.setFont(_narrow(font) if is_narrow else font)
        painter.drawText(QPointF(x, baseline), part)
        x += width
    painter.setFont(font)


@lru_cache(maxsize=2000)
def _pieces(_key: str, description: str, text: str) -> tuple[tuple[str, float, bool], ...]:
    """Return the pieces of a text, each with its width and whether it is narrow."""
    font = QFont()
    font.fromString(description)
    found: list[tuple[str, float, bool]] = []
    for is_narrow, letters in groupby(text, NARROW.__eq__):
        part = "".join(letters)
        metrics = QFontMetricsF(_narrow(font) if is_narrow else font)
        found.append((part, metrics.horizontalAdvance(part), is_narrow))
    return tuple(found)


def _narrow(font: QFont) -> QFont:
    narrow = QFont(font)
    narrow.setFamilies(TEXT_FAMILIES)
    return narrow
