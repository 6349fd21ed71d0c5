"""Covers the window while the store is locked: nothing of a client can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, named, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from ui.theme import Theme


class LockCover(QWidget):
    """Lies over the whole window; its one button unlocks."""

    unlock_requested = Signal()

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        named(self, "content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window = window
        layout = column(self, gap=16)
        layout.addStretch(2)
        title = StyledLabel(theme, "鍵をかけています", TextStyle.TITLE)
        words = StyledLabel(theme, "合言葉を入れると、続きから始められます。")
        self.button = make_button(theme, "鍵を開ける", "primary", shortcut_hint="Enter")
        self.button.clicked.connect(self.unlock_requested)
        for widget in (title, words, self.button):
            across = row()
            across.addStretch(1)
            across.addWidget(widget)
            across.addStretch(1)
            layout.addLayout(across)
        layout.addStretch(3)
        window.installEventFilter(self)
        self.hide()

    def show_over(self) -> None:
        """Cover the window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.button.setDefault(True)
        self.button.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False
