"""Draws the sheet: A4 upright, black on white, rules instead of boxes, the footer in its place.

It only draws. The owner's copy is set again and again, tighter each time, until it fits on two
pages; the advisor's copy takes the pages it needs.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain, product
from typing import TYPE_CHECKING

from reports.block_layout import (
    LAST_RESORT,
    TIGHTEST,
    BlockSetter,
    Line,
    lines_piece,
)
from reports.chart_layout import MONTHS_UNTIL
from reports.content_blocks import CopyContent, CopyKind, Section, TermsBlock, WritingLines
from reports.flow import Page, Piece, height_of, paginate
from reports.fonts import text_width
from reports.pen import HEAVY, PAGE_HEIGHT, PAGE_WIDTH, RULE, THIN, Align, Pen
from reports.printed_terms import terms_in, words_on
from reports.table_layout import baseline
from reports.text_layout import break_lines, limit_lines
from reports.typography import ADVISOR, OWNER

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.content_blocks import SheetContent, Term
    from reports.typography import TextStyle, Typography

_TYPES = {CopyKind.OWNER: OWNER, CopyKind.ADVISOR: ADVISOR}
_OWNER_PAGES = 2
_FEWEST_MEMO_LINES = 2
_MOST_MEMO_LINES = 12
_ASIDE_SHARE = 0.52


class CopySetter:
    """Sets one copy into pages."""

    def __init__(self, content: CopyContent) -> None:
        self._content = content
        self._types: Typography = _TYPES[content.kind]
        self._x = self._types.margin_x
        self._width = PAGE_WIDTH - 2 * self._types.margin_x
        self._footer_count = 0
        self._known: dict[tuple[int, int | None], list[Piece]] = {}
        """Sections set already, by identity and tightness: the tries differ in few of them."""
        self._explained: Section | None = None
        self._first_try = 0
        """What was too loose before words were explained is too loose with them, too."""

    @property
    def _text_height(self) -> float:
        """Height of the text area: the footer's place is the same on every page of the copy."""
        return (
            PAGE_HEIGHT
            - self._types.margin_top
            - self._types.margin_bottom
            - self._footer_height
            - self._types.section_gap
        )

    @property
    def _footer_height(self) -> float:
        return self._footer_count * self._types.footer.leading + 6

    def _set_with_footer(self, attempt: Callable[[], list[Page]]) -> list[Page]:
        """Set the pages with room for the highest footer that any of them needs.

        Which stages a page names is known only once it is set, and how much fits on it only once
        the footer's height is: so it is tried from the lowest footer up.
        """
        self._footer_count = self._footer_lines(frozenset())
        while True:
            pages = attempt()
            needed = max(self._footer_lines(page.stages) for page in pages)
            if needed <= self._footer_count:
                return pages
            self._footer_count = needed

    def _footer_texts(self, stages: frozenset[str]) -> list[str]:
        footer = self._content.footer
        return [*footer.lines, *(text for stage, text in footer.stages.items() if stage in stages)]

    def _footer_lines(self, stages: frozenset[str]) -> int:
        style = self._types.footer
        width = self._width - self._page_number_width
        texts = self._footer_texts(stages)
        return sum(len(break_lines(text, width, style.size, style.face)) for text in texts)

    @property
    def _page_number_width(self) -> float:
        return 5 * self._types.footer.size

    def _set(self, section: Section, tightness: int | None) -> list[Piece]:
        if None not in {section.until, tightness} and (tightness or 0) >= (section.until or 0):
            return []
        key = (id(section), tightness)
        if key not in self._known:
            setter = BlockSetter(self._types, self._x, self._width, tightness)
            self._known[key] = setter.section(section)
        return list(self._known[key])

    # The owner's copy

    def owner_pages(self) -> list[Page]:
        """Return two pages at most, on which every expert word that they bear is explained."""
        pages = self._set_owner_pages()
        terms = self._content.terms
        while terms is not None:
            explained = self._terms_explained()
            needed = terms_in(self._words(pages), terms.terms)
            # Explanations take room, and what gives way may take its words with it.
            if set(needed) <= set(explained):
                break
            shown = tuple(dict.fromkeys((*explained, *needed)))
            self._explained = Section("", (replace(terms, terms=shown),))
            pages = self._set_owner_pages()
        return pages

    def _terms_explained(self) -> tuple[Term, ...]:
        blocks = () if self._explained is None else self._explained.blocks
        return tuple(t for block in blocks if isinstance(block, TermsBlock) for t in block.terms)

    def _words(self, pages: list[Page]) -> str:
        """Return the words of the pages and their footers, without those that explain."""
        own = {
            id(piece)
            for (section, _), pieces in self._known.items()
            for piece in pieces
            if section == id(self._explained)
        }
        footers = [text for page in pages for text in self._footer_texts(page.stages)]
        return "".join([words_on(pages, frozenset(own)), *dict.fromkeys(footers)])

    def _set_owner_pages(self) -> list[Page]:
        """Return two pages at most, set as loosely as they allow.

        What must stand on page 1 and what follows it are tightened apart, the least first.
        """
        levels = range(TIGHTEST + 1)
        tries = sorted(
            product(levels, levels),
            # The strip of months goes last of all. The bars say at a glance what the table says in
            # figures: they give way like words. What the owner does next, on page 1, is cut later
            # than what follows, and below what it should show only when nothing else helps.
            key=lambda pair: (
                *(pair[0] > LAST_RESORT, pair[1] >= MONTHS_UNTIL),
                *(2 * pair[0] + pair[1], pair),
            ),
        )
        pages: list[Page] = []
        for number, (first, after) in enumerate(tries[self._first_try :], self._first_try):
            self._first_try = number
            pages = self._set_with_footer(partial(self._owner_attempt, first, after))
            if len(pages) <= _OWNER_PAGES:
                break
        return pages

    def _owner_attempt(self, first: int, after: int) -> list[Page]:
        """Set page 1 with tightness `first` and the rest with `after`."""
        content = self._content
        opening = self._head_pieces()
        for section in content.first:
            opening += self._set(section, first)
        closing: list[Piece] = []
        if content.appointment is not None:
            closing += self._set(content.appointment, first)
            closing[0] = replace(closing[0], gap=self._types.section_gap)
        explained = () if self._explained is None else (self._explained,)
        movable = [self._set(section, after) for section in (*content.movable, *explained)]
        rest = [self._set(section, after) for section in content.rest]
        room = self._text_height - height_of(opening, at_top=True) - height_of(closing)
        moved, stays = _that_fit(movable, rest, room)
        pages = paginate([*opening, *chain(*moved), *closing], self._text_height)
        if stays:
            pages += paginate(chain(*stays), self._text_height)
        self._fill_with_memo(pages)
        return pages

    def _fill_with_memo(self, pages: list[Page]) -> None:
        """Use what is left of the last page as ruled space to write in."""
        page = pages[-1]
        setter = BlockSetter(self._types, self._x, self._width)
        heading = setter.section(Section(self._content.memo, ()))
        room = page.room - height_of(heading)
        lines = min(int(room // self._types.writing_line), _MOST_MEMO_LINES)
        if lines < _FEWEST_MEMO_LINES:
            return
        page.put(setter.section(Section(self._content.memo, (WritingLines(("",) * lines),))))

    # The advisor's copy

    def advisor_pages(self) -> list[Page]:
        """Return as many pages as there is to say, the rest of the last one for notes."""
        return self._set_with_footer(self._advisor_attempt)

    def _advisor_attempt(self) -> list[Page]:
        content = self._content
        pieces = self._head_pieces()
        for section in (*content.first, *content.movable, *content.rest):
            pieces += self._set(section, None)
        pages = paginate(pieces, self._text_height)
        self._fill_with_memo(pages)
        return pages

    # Head and footer

    def _head_pieces(self) -> list[Piece]:
        head, types = self._content.head, self._types
        small = types.small
        aside: list[str] = []
        for text in head.aside:
            broken = break_lines(text, self._width * _ASIDE_SHARE, small.size, small.face)
            aside += limit_lines(broken, 2, self._width * _ASIDE_SHARE, small.size, small.face)
        right = self._x + self._width
        lines = [Line(head.title, types.title, self._x, 0.0)]
        lines += [
            Line(text, small, right, number * small.leading, Align.RIGHT)
            for number, text in enumerate(aside)
        ]
        bottom = max(types.title.leading, len(aside) * small.leading)
        if head.client:
            broken = break_lines(head.client, self._width, types.client.size, types.client.face)
            shown = limit_lines(broken, 2, self._width, types.client.size, types.client.face)
            for text in shown:
                lines.append(Line(text, types.client, self._x, bottom + 2))
                bottom += types.client.leading
        top = lines_piece(lines)
        height = bottom + 7

        def draw(pen: Pen, y: float) -> None:
            top.draw(pen, y)
            if head.badge:
                self._draw_badge(pen, y, head.badge)
            pen.line((self._x, y + height), (right, y + height), HEAVY)

        return [Piece(height, draw, keep_next=True), *self._warning_pieces()]

    def _draw_badge(self, pen: Pen, y: float, words: str) -> None:
        style = self._types.client
        width = text_width(words, style.size, style.face) + style.size
        left, top = self._x + self._width - width, y + 1
        height = style.leading + 2
        corners = [
            (left, top),
            (left + width, top),
            (left + width, top + height),
            (left, top + height),
        ]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            pen.line(start, end, RULE)
        middle = (left + width / 2, baseline(top + 1, style))
        pen.text(middle, words, style, Align.CENTER)

    def _warning_pieces(self) -> list[Piece]:
        style = self._types.body.bold
        pieces: list[Piece] = []
        for words in self._content.warnings:
            broken = break_lines(f"！ {words}", self._width, style.size, style.face)
            lines = [
                Line(text, style, self._x, number * style.leading)
                for number, text in enumerate(broken)
            ]
            pieces.append(lines_piece(lines, gap=self._types.block_gap + 2))
        return pieces

    def draw(self, pen: Pen, pages: list[Page]) -> None:
        """Draw the pages with their footers."""
        for number, page in enumerate(pages, start=1):
            for piece, y in page.placed:
                piece.draw(pen, self._types.margin_top + y)
            self._draw_footer(pen, page.stages, f"{number}/{len(pages)}")
            pen.next_page()

    def _draw_footer(self, pen: Pen, stages: frozenset[str], number: str) -> None:
        style: TextStyle = self._types.footer
        top = PAGE_HEIGHT - self._types.margin_bottom - self._footer_height
        right = self._x + self._width
        pen.line((self._x, top), (right, top), THIN)
        y = top + 6
        for text in self._footer_texts(stages):
            width = self._width - self._page_number_width
            for line in break_lines(text, width, style.size, style.face):
                pen.text((self._x, baseline(y, style)), line, style)
                y += style.leading
        corner = baseline(top + 6, style)
        if self._content.footer.left:
            pen.text((right, corner), self._content.footer.left, style.bold, Align.RIGHT)
            corner += style.leading
        pen.text((right, corner), number, style.bold, Align.RIGHT)


def _that_fit(
    movable: list[list[Piece]], rest: list[list[Piece]], room: float
) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Return the sections that move up to page 1, and those that stay for page 2.

    All of them when all fit, else those movable ones that fill it best. The contacts close page 2.
    """
    if sum(height_of(pieces) for pieces in (*movable, *rest)) <= room:
        return [*rest[:-1], *movable, *rest[-1:]], []
    subsets = [
        [number for number in range(len(movable)) if chosen >> number & 1]
        for chosen in range(1 << len(movable))
    ]
    heights = {
        tuple(subset): sum(height_of(movable[number]) for number in subset) for subset in subsets
    }
    best = max((s for s in heights if heights[s] <= max(room, 0.0)), key=lambda s: heights[s])
    moved = [movable[number] for number in best]
    kept = [pieces for number, pieces in enumerate(movable) if number not in best]
    return moved, [*rest[:-1], *kept, *rest[-1:]]


def set_copy(content: CopyContent) -> tuple[CopySetter, list[Page]]:
    """Return the setter of a copy with its pages."""
    setter = CopySetter(content)
    if content.kind is CopyKind.OWNER:
        return setter, setter.owner_pages()
    return setter, setter.advisor_pages()


def draw_sheet(content: SheetContent) -> bytes:
    """Return the PDF file; the same content always gives the same bytes."""
    pen = Pen(content.file_title, content.creator)
    for copy in content.copies:
        setter, pages = set_copy(copy)
        setter.draw(pen, pages)
    return pen.finish()
