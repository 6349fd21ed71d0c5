"""What frames pay together where their expenses can be shared in too many ways to go through."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from models.planning.pace import finish
from models.planning.profiles import value_at
from models.values.consultation import MAX_YEN
from models.values.money import YenRange

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from models.planning.profiles import Profile
    from models.planning.proven_line import ProvenLine

    Share = Callable[[int], Generator[None, None, YenRange]]
    """Shares the expenses at one amount of the lever (yen), in small steps."""


class ProvenCurve:
    """The range (yen) that competing frames pay together, its low end proven stretch by stretch.

    The high end is that of the low end, or open: then it is what no sharing exceeds.
    """

    blur = 0
    high_rises = True

    def __init__(self, line: ProvenLine, most: Profile | None, shared: Share) -> None:
        """`shared` shares the expenses at one amount; `most` is the bound of an open high end."""
        self._shared = shared
        self.low, self.rough, self.over = line.low, line.rough, line.over
        self.noise = line.noise + line.over
        self.high = self.low if most is None else most
        self.high_is_open = most is not None
        self._known: dict[int, YenRange] = {}

    @property
    def bends(self) -> tuple[int, ...]:
        """The amounts (yen, rising, from 0) at which the low or the high end changes its course."""
        starts = {ceil(piece.start) for piece in (*self.low, *self.high)}
        return tuple(sorted(each for each in starts if each <= MAX_YEN))

    def at(self, net: int) -> YenRange:
        """Return what the frames pay when the lever stands at `net` yen."""
        return finish(self.search(net))

    def search(self, net: int) -> Generator[None, None, YenRange]:
        """Find the same in small steps."""
        found = self._known.get(net)
        if found is None:
            found = yield from self._shared(net)
            if self.high_is_open:
                found = YenRange(found.low, floor(value_at(self.high, net)))
            self._known[net] = found
        return found

    def gap(self, net: int) -> int | None:  # noqa: ARG002 - the same at any amount
        """Return how far the high ends of what ties differ (yen), `None` where nobody knows."""
        return None if self.high_is_open else 0
