"""A search field whose arrows move in the list that it searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SearchLine(QLineEdit):
    """The typed words; the focus stays here while the list is walked."""

    moved = Signal(int)
    """The next (1) or the previous (-1) row is wanted."""
    delete_requested = Signal()
    """Delete was pressed where there is nothing to delete in the field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what is meant for the list."""
        if event.key() in STEPS:
            self.moved.emit(STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete and not self.text():
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)
