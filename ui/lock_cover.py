"""Covers the window while the store is locked: nothing of a client can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.cover import Cover

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from ui.theme import Theme


class LockCover(Cover):
    """Lies over the whole window; its one button unlocks."""

    unlock_requested = Signal()

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
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

    def show_over(self) -> None:
        """Cover the window."""
        super().show_over()
        self.button.setDefault(True)
        self.button.setFocus()
