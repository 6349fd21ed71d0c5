"""Which expert words the pages of a copy really bear, once it is known what found room on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.pen import Align, Pen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.charts import Anchor, Pattern
    from reports.content_blocks import Term
    from reports.flow import Page
    from reports.pen import Point
    from reports.typography import TextStyle


class _Listener(Pen):
    """Hears the words that pieces would write, and draws nothing."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def text(
        self, at: Point, text: str, style: TextStyle, align: Align | Anchor = Align.LEFT
    ) -> None:
        """Hear a line."""
        del at, style, align
        self.heard.append(text)

    def line(self, start: Point, end: Point, width: float, *, dashed: bool = False) -> None:
        """Draw nothing."""

    def rect(self, x: float, y: float, w: float, h: float, pattern: Pattern) -> None:
        """Draw nothing."""


def words_on(pages: Iterable[Page], but: frozenset[int]) -> str:
    """Return the words of the pages in their order, without those of the pieces with these ids.

    Lines are joined: a word may run on from one to the next.
    """
    listener = _Listener()
    for page in pages:
        for piece, _ in page.placed:
            if id(piece) not in but:
                piece.draw(listener, 0.0)
    return "".join(listener.heard)


def terms_in(words: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms that stand in the words, in their order; a part of a longer one is none.

    A term that the words themselves explain (「…」は、 or in brackets) needs no explanation.
    """
    known = {term.word: term for term in terms}
    longest = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
    found: dict[str, None] = dict.fromkeys(pattern.findall(words))
    told = {word for word in found if _is_told(word, words)}
    return tuple(known[word] for word in found if word not in told)


def _is_told(word: str, words: str) -> bool:
    known = re.escape(word)
    return re.search(f"「[^」]*{known}[^」]*」は、|（{known}）", words) is not None
