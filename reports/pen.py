"""Draws on the pages of a PDF. Lengths are points, y runs down from the top of the page.

Everything is pure black on white, so that a printer that knows no grey loses nothing.
"""

from __future__ import annotations

import io
import re
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reports.charts import Anchor, Chart, Line, Pattern, Rect, Text
from reports.fonts import Face, register_fonts, split_runs, text_width
from reports.typography import TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]

PAGE_WIDTH, PAGE_HEIGHT = A4
THIN, RULE, HEAVY = 0.5, 0.75, 1.5
"""Widths of lines; half a point is two dots of a 300-dpi printer."""
_HATCH_STEP = 3.4
_HATCH_WIDTH = 0.9
_DASH = (3, 2)
_BOX_SIZE = 0.84
"""Side of a check box as a share of the letters' size."""


class Align(Enum):
    """Where a text stands in its column."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


_SHIFT = {
    Align.LEFT: 0.0,
    Align.CENTER: 0.5,
    Align.RIGHT: 1.0,
    Anchor.START: 0.0,
    Anchor.MIDDLE: 0.5,
    Anchor.END: 1.0,
}


class Pen:
    """Writes and draws; `finish` returns the file."""

    def __init__(self, title: str, creator: str) -> None:
        register_fonts()
        self._file = io.BytesIO()
        # A canvas starts with Helvetica unless told otherwise, and lists it without embedding it.
        self._canvas = Canvas(
            self._file,
            pagesize=A4,
            invariant=1,
            lang="ja-JP",
            initialFontName=Face.TEXT.value,  # pyright: ignore[reportArgumentType]  mis-inferred
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator(creator)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")

    def text(
        self, at: Point, text: str, style: TextStyle, align: Align | Anchor = Align.LEFT
    ) -> None:
        """Write one line; `at` is the point of its baseline that `align` names."""
        x = at[0] - text_width(text, style.size, style.face) * _SHIFT[align]
        for run in split_runs(text, style.face):
            if not run.font:
                for char in run.text:
                    self.checkbox((x, at[1]), style.size, ticked=char == "☑")
                    x += style.size
                continue
            self._canvas.setFont(run.font, style.size)
            self._canvas.drawString(x, PAGE_HEIGHT - at[1], run.text)
            x += text_width(run.text, style.size, style.face)

    def line(self, start: Point, end: Point, width: float, *, dashed: bool = False) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(width)
        self._dash(on=dashed)
        self._canvas.line(start[0], PAGE_HEIGHT - start[1], end[0], PAGE_HEIGHT - end[1])
        self._dash(on=False)

    def checkbox(self, at: Point, size: float, *, ticked: bool = False) -> None:
        """Draw a box to tick as high as a character of `size`, standing on the baseline."""
        side = size * _BOX_SIZE
        left = at[0] + (size - side) / 2
        bottom = PAGE_HEIGHT - at[1] - size * 0.08
        self._canvas.setLineWidth(max(THIN, size * 0.075))
        self._canvas.rect(left, bottom, side, side, stroke=1, fill=0)
        if ticked:
            self._canvas.setLineWidth(max(THIN, size * 0.12))
            points = ((0.2, 0.55), (0.42, 0.25), (0.85, 0.85))
            for start, end in pairwise(points):
                self._canvas.line(
                    left + side * start[0],
                    bottom + side * start[1],
                    left + side * end[0],
                    bottom + side * end[1],
                )

    def rect(self, x: float, y: float, w: float, h: float, pattern: Pattern) -> None:
        """Draw a rectangle, filled as the pattern says."""
        bottom = PAGE_HEIGHT - y - h
        self._canvas.setLineWidth(RULE)
        if pattern is Pattern.SOLID:
            self._canvas.rect(x, bottom, w, h, stroke=1, fill=1)
            return
        if pattern is Pattern.HATCH:
            self._hatch(x, bottom, w, h)
        self._dash(on=pattern is Pattern.DASHED)
        self._canvas.rect(x, bottom, w, h, stroke=1, fill=0)
        self._dash(on=False)

    def squares(self, x: float, y: float, side: float, rows: Sequence[bytes]) -> None:
        """Fill the squares that are not 0, `side` wide each, as one shape without seams."""
        path = self._canvas.beginPath()
        for number, row in enumerate(rows):
            bottom = PAGE_HEIGHT - y - (number + 1) * side
            for run in re.finditer(rb"[^\0]+", row):
                width = (run.end() - run.start()) * side
                path.rect(  # pyright: ignore[reportUnknownMemberType]  untyped library
                    x + run.start() * side, bottom, width, side
                )
        self._canvas.drawPath(path, stroke=0, fill=1)  # pyright: ignore[reportUnknownMemberType]

    def chart(self, x: float, y: float, chart: Chart) -> None:
        """Draw the shapes of a chart with its top left corner at the point."""
        for shape in chart.primitives:
            match shape:
                case Rect():
                    self.rect(x + shape.x, y + shape.y, shape.w, shape.h, shape.pattern)
                case Line():
                    start, end = (x + shape.x1, y + shape.y1), (x + shape.x2, y + shape.y2)
                    self.line(start, end, shape.width, dashed=shape.dashed)
                case Text():
                    face = Face.TEXT_BOLD if shape.bold else Face.TEXT
                    style = TextStyle(face, shape.size, shape.size)
                    self.text((x + shape.x, y + shape.y), shape.text, style, shape.anchor)

    def next_page(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Return the PDF file."""
        self._canvas.save()
        return self._file.getvalue()

    def _dash(self, *, on: bool) -> None:
        pattern: Sequence[int] = _DASH if on else ()
        self._canvas.setDash(list(pattern))

    def _hatch(self, x: float, bottom: float, w: float, h: float) -> None:
        """Fill with slanting lines, cut off at the frame."""
        canvas = self._canvas
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(x, bottom, w, h)  # pyright: ignore[reportUnknownMemberType]  untyped library
        canvas.clipPath(frame, stroke=0, fill=0)  # pyright: ignore[reportUnknownMemberType]
        canvas.setLineWidth(_HATCH_WIDTH)
        start = x - h
        while start < x + w:
            canvas.line(start, bottom, start + h, bottom + h)
            start += _HATCH_STEP
        canvas.restoreState()


def chart_text_width(text: str, size: float, bold: bool) -> float:
    """Return the width in points that `Pen.chart` gives a text."""
    return text_width(text, size, Face.TEXT_BOLD if bold else Face.TEXT)
