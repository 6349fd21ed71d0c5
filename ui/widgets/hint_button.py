"""A push button with an icon before its word and, smaller, its key behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton

from ui.theme import Role, TextStyle, Theme
from ui.widgets.icon import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QKeyEvent, QPaintEvent

ICON, GAP, HINT_GAP = 15, 7, 9
HEIGHT = 31
SIDE = {"link": 7, "": 13, "primary": 15}


class HintButton(QPushButton):
    """Its frame comes from the stylesheet, its content is drawn here."""

    def __init__(
        self, theme: Theme, text: str, look: str = "", *, icon: str = "", hint: str = ""
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._look = look
        self._icon_name = icon
        self._hint = hint
        self.setAccessibleName(text)
        if look:
            self.setProperty("look", look)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        theme.changed.connect(self.updateGeometry)

    def set_icon_name(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon, word and key."""
        theme = self._theme
        side = theme.px(SIDE.get(self._look, SIDE[""]))
        return QSize(self._content_width() + 2 * side, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a button is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well as with Space, as people expect outside of a dialog too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame by the stylesheet, then the content."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        theme, box = self._theme, QRectF(self.rect())
        color = theme.color(self._ink())
        x = box.center().x() - self._content_width() / 2
        if self._look == "link":
            x = theme.px(SIDE["link"])
        if self._icon_name:
            size = theme.px(ICON)
            place = QRectF(x, box.center().y() - size / 2, size, size)
            paint_icon(painter, self._icon_name, place, color)
            x += size + theme.px(GAP)
        x += self._paint_text(painter, x, self.text(), self._text_font(), color)
        if self._hint:
            quiet = color if self._look == "primary" else theme.color(Role.QUIET)
            hint_font = theme.font(TextStyle.SMALL)
            self._paint_text(painter, x + theme.px(HINT_GAP), self._hint, hint_font, quiet)
        painter.end()

    def _paint_text(
        self, painter: QPainter, x: float, text: str, font: QFont, color: QColor
    ) -> int:
        painter.setFont(font)
        painter.setPen(color)
        width = QFontMetrics(font).horizontalAdvance(text)
        room = QRectF(x, 0, width + 2, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return width

    def _content_width(self) -> int:
        theme = self._theme
        width = QFontMetrics(self._text_font()).horizontalAdvance(self.text())
        if self._icon_name:
            width += theme.px(ICON) + theme.px(GAP)
        if self._hint:
            hint = QFontMetrics(theme.font(TextStyle.SMALL)).horizontalAdvance(self._hint)
            width += hint + theme.px(HINT_GAP)
        return width

    def _text_font(self) -> QFont:
        strong = self._look == "primary" or self.isChecked()
        return self._theme.font(TextStyle.STRONG if strong else TextStyle.BODY)

    def _ink(self) -> Role:
        if not self.isEnabled():
            return Role.QUIET
        return {"primary": Role.ON_ACCENT, "link": Role.ACCENT}.get(self._look, Role.INK)
