"""The window as it first appears: its frame, before anything else is loaded.

It is put together from labels and a few lines of stylesheet. Painting it would cost more than all
of the rest: the first `fillRect` or `setPen` makes Python classes of every enumeration of Qt, a
fifth of a bare start. The real controls take its place a moment later (benchmarks/start_time.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow

from ui.measures import HEADER_HEIGHT, RAIL_WIDTH, STATUS_HEIGHT, STEP_HEIGHT, STEPS_TOP
from ui.steps import Step
from ui.theme import Role, TextStyle, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from ui.main_window import MainWindow

WINDOW_SIZE = (1280, 720)
STYLE = """
QFrame {{ background: {paper}; }}
QFrame#ground {{ background: {rail}; }}
QFrame#line {{ background: {line}; }}
QLabel {{ background: transparent; color: {ink}; }}
QLabel#name {{ color: {accent}; }}
"""
STYLE_ROLES = (Role.PAPER, Role.RAIL, Role.LINE, Role.INK, Role.ACCENT)


class FirstFrame(QFrame):
    """Rail, steps and title where the real ones will stand."""

    painted = Signal()
    """The frame stands on the screen; emitted once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_painted = False
        self.setStyleSheet(STYLE.format(**{role.value: theme.hex(role) for role in STYLE_ROLES}))
        self._rail, self._status = self._frame("ground"), self._frame("ground")
        self._lines = [self._frame("line") for _ in range(3)]
        name = self._label("みちしるべ", TextStyle.SECTION)
        name.setObjectName("name")
        name.setGeometry(46, 0, RAIL_WIDTH - 46, STEPS_TOP)
        title = self._label(Step.CONSULTATIONS.label, TextStyle.TITLE)
        title.setGeometry(RAIL_WIDTH + 28, 0, 300, HEADER_HEIGHT)
        self._wait = self._label("", TextStyle.BODY)
        self._wait.setGeometry(RAIL_WIDTH + 28, HEADER_HEIGHT + 28, 500, STEP_HEIGHT)
        for place, step in enumerate(Step):
            label = self._label(step.label, TextStyle.BODY)
            top = STEPS_TOP + STEP_HEIGHT * place
            label.setGeometry(42, top, RAIL_WIDTH - 42, STEP_HEIGHT)

    def show_wait(self, text: str) -> None:
        """Say what the user waits for."""
        self._wait.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretch the grounds and the lines to the window."""
        super().resizeEvent(event)
        width, bottom = self.width(), self.height() - STATUS_HEIGHT
        self._rail.setGeometry(0, 0, RAIL_WIDTH, bottom)
        self._status.setGeometry(0, bottom, width, STATUS_HEIGHT)
        beside, below, above = self._lines
        beside.setGeometry(RAIL_WIDTH - 1, 0, 1, bottom)
        below.setGeometry(RAIL_WIDTH, HEADER_HEIGHT - 1, width, 1)
        above.setGeometry(0, bottom, width, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the frame stands."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # What was drawn reaches the screen when this event is over.
            QTimer.singleShot(0, self.painted.emit)

    def _frame(self, name: str) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName(name)
        return frame

    def _label(self, text: str, style: TextStyle) -> QLabel:
        label = QLabel(text, self)
        label.setFont(self._theme.font(style))
        return label


class FirstWindow(QMainWindow):
    """The window of the program; `hold` gives it its real content."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.content: MainWindow | None = None
        self.setWindowTitle("みちしるべ")
        self.resize(*WINDOW_SIZE)
        self.first_frame = FirstFrame(theme)
        self.setCentralWidget(self.first_frame)

    def hold(self, content: MainWindow) -> None:
        """Show the real content in the place of the drawing."""
        self.content = content
        self.setCentralWidget(content)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when the content may."""
        if self.content is None or self.content.may_close():
            super().closeEvent(event)
        else:
            event.ignore()
