"""Work in slices of a few milliseconds, for what would let the window stand still."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

SLICE = 0.006
"""Seconds: with a paint it still fits between two pictures of the screen."""


class Gradual(QObject):
    """Goes through the steps of one piece of work whenever nothing else is to be done."""

    finished = Signal(object)
    """The work is done (what its generator returned)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_working(self) -> bool:
        """Whether there is work that is not finished."""
        return self._steps is not None

    def start(self, steps: Iterator[None]) -> None:
        """Begin another piece of work; an earlier one that is not finished is dropped."""
        self._steps = steps
        self._timer.start()

    def stop(self) -> None:
        """Drop what is not finished."""
        self._timer.stop()
        self._steps = None

    def _on_timer_timeout(self) -> None:
        end = perf_counter() + SLICE
        steps = self._steps
        while steps is not None and perf_counter() < end:
            try:
                next(steps)
            except StopIteration as done:
                self.stop()
                self.finished.emit(done.value)
                return
