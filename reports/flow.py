"""Puts pieces on pages: what belongs together stays together, and no heading stands alone.

Knows nothing of what the pieces show. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.pen import Pen

Draw = Callable[["Pen", float], None]
"""Draws a piece whose top is at this y."""
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is never split.

    `gap` stands above it, but not at the top of a page. `keep_next` binds it to the next piece.
    `repeat` (the head of a table) is drawn above it when it opens a page.
    """

    height: float
    draw: Draw
    gap: float = 0.0
    keep_next: bool = False
    stages: frozenset[str] = frozenset()
    repeat: Piece | None = None


@dataclass(slots=True)
class Page:
    """Pieces with the y of their tops, counted from the top of the text area."""

    height: float
    placed: list[tuple[Piece, float]] = field(default_factory=list["tuple[Piece, float]"])
    used: float = 0.0

    @property
    def room(self) -> float:
        """What is left below the last piece."""
        return self.height - self.used

    @property
    def stages(self) -> frozenset[str]:
        """The stages that the page names."""
        return frozenset(stage for piece, _ in self.placed for stage in piece.stages)

    def put(self, pieces: Iterable[Piece]) -> None:
        """Place pieces below what is there."""
        for piece in pieces:
            if not self.placed and piece.repeat is not None:
                self.put([replace(piece.repeat, repeat=None)])
            y = self.used + (piece.gap if self.placed else 0.0)
            self.placed.append((piece, y))
            self.used = y + piece.height


def height_of(pieces: Sequence[Piece], *, at_top: bool = False) -> float:
    """Return the height of the pieces below one another, their first gap included."""
    height = sum(piece.gap + piece.height for piece in pieces)
    if at_top and pieces:
        repeated = pieces[0].repeat
        height += (0.0 if repeated is None else repeated.height) - pieces[0].gap
    return height


def bound_together(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces so that no page ends between them."""
    return [*(replace(piece, keep_next=True) for piece in pieces[:-1]), *pieces[-1:]]


def _chains(pieces: Iterable[Piece]) -> list[list[Piece]]:
    chains: list[list[Piece]] = []
    is_open = False
    for piece in pieces:
        if is_open:
            chains[-1].append(piece)
        else:
            chains.append([piece])
        is_open = piece.keep_next
    return chains


def paginate(pieces: Iterable[Piece], height: float) -> list[Page]:
    """Put the pieces on pages with text areas of `height`.

    A chain of pieces that is higher than a page is broken where it must be.
    """
    pages = [Page(height)]
    for chain in _chains(pieces):
        page = pages[-1]
        if page.placed and height_of(chain) > page.room + _TOLERANCE:
            if height_of(chain, at_top=True) <= height + _TOLERANCE:
                page = Page(height)
                pages.append(page)
            else:
                _put_broken(chain, pages, height)
                continue
        if height_of(chain, at_top=not page.placed) <= page.room + _TOLERANCE:
            page.put(chain)
        else:
            _put_broken(chain, pages, height)
    return pages


def _put_broken(chain: list[Piece], pages: list[Page], height: float) -> None:
    for piece in chain:
        if pages[-1].placed and piece.gap + piece.height > pages[-1].room + _TOLERANCE:
            pages.append(Page(height))
        pages[-1].put([piece])
