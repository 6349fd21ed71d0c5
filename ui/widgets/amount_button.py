"""An amount that opens its working: a click or Enter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import Role, TextStyle, Theme
from ui.widgets.drawing import paint_focus_ring
from ui.widgets.figures import figure_width, paint_figures

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

SIDE, HEIGHT = 8, 10


class AmountButton(QAbstractButton):
    """A figure at the right of its room; it looks like one, and answers "why?"."""

    def __init__(self, theme: Theme, amount: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(amount)
        self.setAccessibleName(f"{name} {amount}")
        self.setAccessibleDescription("Enter で計算と出典が開きます")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the room of the figure."""
        font = self._theme.font(TextStyle.FIGURE_STRONG)
        width = math.ceil(figure_width(font, self.text())) + 2 * self._theme.px(SIDE)
        return QSize(width, QFontMetrics(font).height() + self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a figure is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as well as with Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure, underlined by its hover and its focus."""
        del event
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(box, theme.color(Role.HOVER))
        painter.setFont(theme.font(TextStyle.FIGURE_STRONG))
        painter.setPen(theme.color(Role.INK if self.isEnabled() else Role.QUIET))
        side = theme.px(SIDE)
        paint_figures(painter, box.adjusted(side, 0, -side, 0), self.text())
        if self.hasFocus():
            paint_focus_ring(painter, box, theme, 3)
        painter.end()
