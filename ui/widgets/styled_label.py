"""Plain text in one of the theme's styles; wrapped text has room between its lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import TextStyle, Theme
from ui.widgets.figures import figure_width, paint_figures

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

LINE_HEIGHT = 1.45
NARROWEST = 60


class StyledLabel(QLabel):
    """A label that follows the zoom; with `wrap` it breaks lines and spaces them."""

    def __init__(  # noqa: PLR0913 - what a label is made of
        self,
        theme: Theme,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        look: str = "",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._style = style
        self._wraps = wrap
        self._heights: dict[int, int] = {}
        self._least_lines = 1
        # Client data may hold "<": it is never read as markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if look:
            self.setProperty("look", look)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def set_look(self, look: str) -> None:
        """Change the kind of the text: quiet, attention, negative, accent or nothing."""
        if self.property("look") == look:
            return
        self.setProperty("look", look)
        self.style().unpolish(self)
        self.style().polish(self)

    def keep_lines(self, number: int) -> None:
        """Keep the room of so many lines, so that nothing moves when the text is shorter."""
        self._least_lines = number
        self._heights.clear()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return whether the text wraps: it is higher where it is narrower."""
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped text."""
        if not self._wraps:
            return super().heightForWidth(width)
        # Layouts ask for their own width, also where the label may not become so wide.
        width = min(width, self.maximumWidth())
        # A layout asks again and again; breaking lines anew each time took a tenth of a second.
        if width not in self._heights:
            least = self._least_lines * self._line_height()
            self._heights[width] = math.ceil(max(least, self._lay_out(width)[1]))
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the room for one line, or for the text at its present width."""
        if not self._wraps:
            hint = super().sizeHint()
            if self._style.value[2]:
                hint.setWidth(math.ceil(figure_width(self.font(), self.text())) + 2)
            return hint
        metrics = QFontMetricsF(self.font())
        wanted = max(
            (metrics.horizontalAdvance(line) for line in self.text().split("\n")), default=0
        )
        width = math.ceil(wanted) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a narrow size for wrapped text."""
        if not self._wraps:
            return self.sizeHint() if self._style.value[2] else super().minimumSizeHint()
        return QSize(NARROWEST, math.ceil(self._line_height()))

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self._heights.clear()
            super().setText(text)
            if self._wraps:
                self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wrapped text with its own line height, a figure with narrow commas."""
        is_figure = self._style.value[2] and not self._wraps
        if not self._wraps and not is_figure:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        if is_figure:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.setFont(self.font())
            paint_figures(painter, QRectF(self.contentsRect()), self.text())
            painter.end()
            return
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        layouts, _ = self._lay_out(self.width())
        for layout, y in layouts:
            layout.draw(painter, QPointF(0, y))
        painter.end()

    def _line_height(self) -> float:
        return QFontMetricsF(self.font()).height() * LINE_HEIGHT / 1.15

    def _lay_out(self, width: float) -> tuple[list[tuple[QTextLayout, float]], float]:
        """Break the text; return each paragraph with its top, and the height in all."""
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        step = self._line_height()
        lead = (step - QFontMetricsF(self.font()).height()) / 2
        found: list[tuple[QTextLayout, float]] = []
        y = 0.0
        for paragraph in self.text().split("\n"):
            layout = QTextLayout(paragraph, self.font())
            layout.setTextOption(option)
            if marks := self._marks(paragraph):
                layout.setFormats(marks)
            layout.beginLayout()
            height = 0.0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1))
                line.setPosition(QPointF(0, height + lead))
                height += step
            layout.endLayout()
            found.append((layout, y))
            y += max(height, step)
        return found, y

    def _marks(self, paragraph: str) -> list[QTextLayout.FormatRange]:
        """Return what is drawn differently in a paragraph; here nothing."""
        del paragraph
        return []

    def _on_theme_changed(self) -> None:
        self._heights.clear()
        self.setFont(self._theme.font(self._style))
        self.updateGeometry()
