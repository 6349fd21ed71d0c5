"""The keyboard: every key goes to the widget that has the focus, as on a desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(focused(), key, modifier)
        QApplication.processEvents()


def write(text: str) -> None:
    """Type a text: ASCII key by key, everything else as an input method commits it.

    keyClicks with kana or kanji would abort the whole process.
    """
    for part in _parts(text):
        if part.isascii():
            for char in part:
                QTest.keyClick(focused(), char)
                QApplication.processEvents()
        else:
            event = QInputMethodEvent()
            event.setCommitString(part)
            QApplication.sendEvent(focused(), event)
            QApplication.processEvents()


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for char in text:
        if parts and parts[-1].isascii() == char.isascii():
            parts[-1] += char
        else:
            parts.append(char)
    return parts
