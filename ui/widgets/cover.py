"""What lies over a whole window: nothing below it can be seen or reached with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.basics import named


class Cover(QWidget):
    """Stays as large as the window that it covers; hidden at first."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        named(self, "content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window = window
        window.installEventFilter(self)
        self.hide()

    def show_over(self) -> None:
        """Cover the window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False
