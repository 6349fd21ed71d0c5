"""Keeps long searches polite: small slices of work, and an end when the time is over."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

Result = TypeVar("Result")

SLICE_S = 0.002
"""A slice ends soon after this long, so that it stays under 4 ms."""


class Pace:
    """Tells a search when to pause and when to stop; only working time counts, in seconds."""

    def __init__(self, time_limit_s: float, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._left = time_limit_s
        self._started = clock()

    def due(self) -> bool:
        """Return whether it is time to pause; the time until now is then counted as work."""
        worked = self._clock() - self._started
        if worked < SLICE_S:
            return False
        self._left -= worked
        return True

    def resume(self) -> None:
        """Note that work goes on after a pause."""
        self._started = self._clock()

    def rest(self) -> Generator[None, None, None]:
        """Pause if it is time."""
        if self.due():
            yield
            self.resume()

    def stop(self) -> None:
        """End the search early: somebody wants the answer found so far."""
        self._left = 0.0

    @property
    def over(self) -> bool:
        """Whether the time limit is reached."""
        return self._left <= 0


def finish(search: Generator[None, None, Result]) -> Result:
    """Run a search in slices to its end and return what it found."""
    while True:
        try:
            next(search)
        except StopIteration as done:
            return done.value
