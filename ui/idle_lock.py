"""Tells when nobody has used the window for a while, or when the machine has slept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

TICK = 15_000
SLEPT = timedelta(seconds=90)
"""So long without a tick, the machine was asleep: no work of the program takes that long."""
USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleLock(QObject):
    """Watches the events of the whole program.

    It reckons with the clock on the wall: a machine that wakes up shows at once that it slept, for
    however short a time, and the first key is not given to anybody any more.
    """

    expired = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit = timedelta(0)
        self._last_use = self._last_tick = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)

    def watch(self, minutes: int) -> None:
        """Expire after so many idle minutes; 0 stops watching."""
        self._limit = timedelta(minutes=minutes)
        self._last_use = self._last_tick = self._clock()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def tick(self) -> None:
        """Look at the clock; called every `TICK` milliseconds while the machine is awake."""
        if not self.check():
            self._last_tick = self._clock()

    def check(self) -> bool:
        """Return whether it has expired; tell so once."""
        if not self._timer.isActive():
            return False
        now = self._clock()
        if now - self._last_use < self._limit and now - self._last_tick < SLEPT:
            return False
        self._timer.stop()
        self.expired.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody uses the program; drop what comes after the time is over."""
        del watched
        if event.type() not in USE or not self._timer.isActive():
            return False
        if self.check():
            return True
        self._last_use = self._clock()
        return False
