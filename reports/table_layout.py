"""Tables of the sheet: thin rules between rows, no boxes, figures right-aligned."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.content_blocks import Column, ColumnKind
from reports.flow import Piece
from reports.fonts import text_width
from reports.pen import RULE, THIN, Align
from reports.text_layout import break_lines, break_title, limit_lines
from reports.typography import TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.content_blocks import Row, TableBlock
    from reports.pen import Pen
    from reports.typography import Typography

_COLUMN_GAP = 9.0
_DENSE_PADDING = 0.8
_KEPT_TOGETHER = 2
"""So many rows stand with the head, and so many at the end: no row looks lost."""
_SMALLEST = 6.0
"""To this size figures shrink that would not fit their column: a broken figure misleads."""
_MOST_LINES = 24
"""A row with more lines than this may go on on the next page."""
_ASCENT = 0.88
"""Share of the size that lies above the baseline in the shipped fonts."""
_ALIGN = {
    ColumnKind.WORDS: Align.LEFT,
    ColumnKind.ASIDE: Align.LEFT,
    ColumnKind.FINE: Align.LEFT,
    ColumnKind.YEN: Align.RIGHT,
    ColumnKind.CENTERED: Align.CENTER,
}


def baseline(top: float, style: TextStyle) -> float:
    """Return the y of the baseline of a line whose leading begins at `top`."""
    return top + (style.leading - style.size) / 2 + style.size * _ASCENT


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands: left edge and width in points."""

    x: float
    width: float
    kind: ColumnKind

    @property
    def anchor(self) -> float:
        if _ALIGN[self.kind] is Align.LEFT:
            return self.x
        return self.x + self.width if self.kind is ColumnKind.YEN else self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class _Cells:
    """The lines of each cell of a row, set in one style each, and a note below them."""

    lines: tuple[Sequence[str], ...]
    styles: tuple[TextStyle, ...]
    note: Sequence[str]
    note_style: TextStyle
    padding: float

    @property
    def height(self) -> float:
        cells = [
            len(lines) * style.leading for lines, style in zip(self.lines, self.styles, strict=True)
        ]
        return max(cells, default=0.0) + len(self.note) * self.note_style.leading + 2 * self.padding


def _places(columns: Sequence[Column], x: float, width: float) -> list[_Place]:
    shares = sum(column.share for column in columns)
    usable = width - _COLUMN_GAP * (len(columns) - 1)
    places: list[_Place] = []
    for column in columns:
        own = usable * column.share / shares
        places.append(_Place(x, own, column.kind))
        x += own + _COLUMN_GAP
    return places


class TableSetter:
    """Sets the tables of one copy."""

    def __init__(self, types: Typography, x: float, width: float) -> None:
        self._types = types
        self._x = x
        self._width = width

    def pieces(self, table: TableBlock) -> list[Piece]:
        """Return the head and the rows; a table may go on on the next page, under its head."""
        places = _places(table.columns, self._x, self._width)
        head = self._head(table, places)
        rows: list[Piece] = []
        for number, row in enumerate(table.rows):
            is_last = number == len(table.rows) - 1
            rows += self._row(row, table, places, closes=is_last)
        rows = [replace(row, repeat=head) for row in rows]
        for number in {*range(_KEPT_TOGETHER - 1), len(rows) - _KEPT_TOGETHER}:
            if 0 <= number < len(rows) - 1:
                rows[number] = replace(rows[number], keep_next=True)
        return rows if head is None else [replace(head, keep_next=True), *rows]

    def _head(self, table: TableBlock, places: list[_Place]) -> Piece | None:
        if not any(column.title for column in table.columns):
            return None
        style = self._types.small.bold
        titles = tuple(
            break_title(column.title, place.width, style.size, style.face)
            for column, place in zip(table.columns, places, strict=True)
        )
        cells = _Cells(titles, (style,) * len(titles), (), style, self._types.item_gap)

        def draw(pen: Pen, y: float) -> None:
            bottom = y + cells.height
            deepest = max(len(lines) for lines in titles)
            for lines, place in zip(titles, places, strict=True):
                # Titles stand on the rule: short ones beside long ones begin lower.
                top = y + cells.padding + (deepest - len(lines)) * style.leading
                _draw_lines(pen, lines, place, style, top)
            pen.line((self._x, bottom), (self._x + self._width, bottom), RULE)

        return Piece(cells.height, draw)

    def _row(
        self, row: Row, table: TableBlock, places: list[_Place], *, closes: bool
    ) -> list[Piece]:
        styles = tuple(
            _fitting(self._cell_style(table, place.kind, strong=row.strong), cell, place)
            for cell, place in zip(row.cells, places, strict=True)
        )
        lines = tuple(
            _cell_lines(cell, place, style, table.most_lines)
            for cell, place, style in zip(row.cells, places, styles, strict=True)
        )
        small = self._types.small
        note_place = self._note_place(table, places)
        note = break_lines(row.note, note_place.width, small.size, small.face)
        chunks = _chunks(lines, note)
        pieces: list[Piece] = []
        for number, (part, part_note) in enumerate(chunks):
            is_last = number == len(chunks) - 1
            padding = _DENSE_PADDING if table.dense else self._types.item_gap
            cells = _Cells(part, styles, part_note, small, padding)
            between = None if table.dense else THIN
            ruled = None if not is_last else RULE if closes else between
            pieces.append(self._row_piece(cells, (*places, note_place), ruled, row.stages))
        return pieces

    def _note_place(self, table: TableBlock, places: list[_Place]) -> _Place:
        x = places[table.notes_under].x if table.notes_under else self._x + _COLUMN_GAP
        return _Place(x, self._x + self._width - x, ColumnKind.WORDS)

    def _cell_style(self, table: TableBlock, kind: ColumnKind, *, strong: bool) -> TextStyle:
        is_small = table.small or kind is ColumnKind.FINE
        body = self._types.small if is_small else self._types.body
        style = body.bold if strong and kind is not ColumnKind.ASIDE else body
        return style.figures if kind is ColumnKind.YEN else style

    def _row_piece(
        self,
        cells: _Cells,
        places: tuple[_Place, ...],
        ruled: float | None,
        stages: frozenset[str],
    ) -> Piece:
        """Return a row; the last of the places is the note's."""
        *columns, note_place = places

        def draw(pen: Pen, y: float) -> None:
            top = y + cells.padding
            for lines, place, style in zip(cells.lines, columns, cells.styles, strict=True):
                _draw_lines(pen, lines, place, style, top)
            note_top = y + cells.height - cells.padding
            note_top -= len(cells.note) * cells.note_style.leading
            _draw_lines(pen, cells.note, note_place, cells.note_style, note_top)
            if ruled is not None:
                bottom = y + cells.height
                pen.line((self._x, bottom), (self._x + self._width, bottom), ruled)

        return Piece(cells.height, draw, stages=stages)


def _fitting(style: TextStyle, cell: str, place: _Place) -> TextStyle:
    """Return the style, smaller where a figure would not fit its column in one piece."""
    if place.kind is not ColumnKind.YEN:
        return style
    figures = re.split("(?<=〜)|\n", cell)
    widest = max(text_width(figure, style.size, style.face) for figure in figures)
    if widest <= place.width:
        return style
    size = max(_SMALLEST, style.size * place.width / widest)
    return TextStyle(style.face, size, style.leading)


def _cell_lines(cell: str, place: _Place, style: TextStyle, most: int | None) -> Sequence[str]:
    lines = break_lines(cell, place.width, style.size, style.face)
    if most is None:
        return lines
    return limit_lines(lines, most, place.width, style.size, style.face)


def _chunks(
    lines: tuple[Sequence[str], ...], note: Sequence[str]
) -> list[tuple[tuple[Sequence[str], ...], Sequence[str]]]:
    """Cut a very high row into parts that fit on a page; the note goes with the last."""
    deepest = max((len(cell) for cell in lines), default=0)
    starts = list(range(0, max(deepest, 1), _MOST_LINES))
    parts = [tuple(cell[start : start + _MOST_LINES] for cell in lines) for start in starts]
    chunks: list[tuple[tuple[Sequence[str], ...], Sequence[str]]] = [
        (part, ()) for part in parts[:-1]
    ]
    return [*chunks, (parts[-1], note)]


def _draw_lines(
    pen: Pen, lines: Sequence[str], place: _Place, style: TextStyle, top: float
) -> None:
    for number, line in enumerate(lines):
        y = baseline(top + number * style.leading, style)
        pen.text((place.anchor, y), line, style, _ALIGN[place.kind])
