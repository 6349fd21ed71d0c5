"""The window as it first appears: its frame, drawn before anything else is loaded.

Importing the `Qt` namespace alone takes a tenth of a bare start, so this module does without it;
the real controls take the place of the drawing a moment later (benchmarks/start_time.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.measures import HEADER_HEIGHT, RAIL_WIDTH, STATUS_HEIGHT, STEP_HEIGHT, STEPS_TOP
from ui.steps import Step
from ui.theme import Role, TextStyle, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from ui.main_window import MainWindow

WINDOW_SIZE = (1280, 720)


class FirstFrame(QWidget):
    """Rail, steps and title where the real ones will stand."""

    painted = Signal()
    """The frame stands on the screen; emitted once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        del event
        theme, painter = self._theme, QPainter(self)
        width, height = self.width(), self.height()
        painter.fillRect(self.rect(), theme.color(Role.PAPER))
        painter.fillRect(QRectF(0, 0, RAIL_WIDTH, height), theme.color(Role.RAIL))
        bottom = height - STATUS_HEIGHT
        painter.fillRect(QRectF(0, bottom, width, STATUS_HEIGHT), theme.color(Role.RAIL))
        line = theme.color(Role.LINE)
        painter.fillRect(QRectF(RAIL_WIDTH - 1, 0, 1, bottom), line)
        painter.fillRect(QRectF(RAIL_WIDTH, HEADER_HEIGHT - 1, width, 1), line)
        painter.fillRect(QRectF(0, bottom, width, 1), line)
        painter.setPen(theme.color(Role.ACCENT))
        painter.setFont(theme.font(TextStyle.SECTION))
        painter.drawText(QPointF(46, 32), "みちしるべ")
        painter.setPen(theme.color(Role.INK))
        painter.setFont(theme.font(TextStyle.TITLE))
        painter.drawText(QPointF(RAIL_WIDTH + 28, 34), Step.CONSULTATIONS.label)
        painter.setFont(theme.font(TextStyle.BODY))
        for place, step in enumerate(Step):
            painter.drawText(QPointF(42, STEPS_TOP + STEP_HEIGHT * place + 24), step.label)
        painter.end()
        if not self._is_painted:
            self._is_painted = True
            # What was drawn reaches the screen when this event is over.
            QTimer.singleShot(0, self.painted.emit)


class FirstWindow(QMainWindow):
    """The window of the program; `hold` gives it its real content."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._content: MainWindow | None = None
        self.setWindowTitle("みちしるべ")
        self.resize(*WINDOW_SIZE)
        self.first_frame = FirstFrame(theme)
        self.setCentralWidget(self.first_frame)

    def hold(self, content: MainWindow) -> None:
        """Show the real content in the place of the drawing."""
        self._content = content
        self.setCentralWidget(content)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when the content may."""
        if self._content is None or self._content.may_close():
            super().closeEvent(event)
        else:
            event.ignore()
