"""Sets the blocks of a copy as pieces for the flow. Only draws: the words come with the blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from models.values.results import VERDICT_SHAPE, Verdict
from reports.chart_layout import chart_pieces
from reports.code_layout import code_pieces
from reports.content_blocks import (
    ChartBlock,
    CodesBlock,
    FactsBlock,
    FilledLine,
    LineChartBlock,
    ListBlock,
    Mark,
    MonthsBlock,
    ProgramsBlock,
    Section,
    TableBlock,
    TermsBlock,
    TextBlock,
    Weight,
    WritingLines,
)
from reports.flow import Piece, bound_together
from reports.fonts import text_width
from reports.pen import THIN, Align
from reports.table_layout import TableSetter, baseline
from reports.text_layout import break_lines, fit_text, limit_lines

if TYPE_CHECKING:
    from reports.content_blocks import Block, Item, ProgramLine
    from reports.pen import Pen
    from reports.typography import TextStyle, Typography

CONSULT_SHAPE = VERDICT_SHAPE[Verdict.CONSULT]
"""One applies for nothing there, so nothing is said about applying."""
_BLANK = re.compile("(＿+)")
_HEADING_LINES = 3
_HIGHEST_PIECE = 360.0
"""Higher pieces are split, in points: a page must be able to hold any piece."""
_INDENT_EM = 1.6
"""Width of the mark before an item, in characters."""
_FACT_LABEL_SHARE = 0.5
_COLUMN_GAP = 16.0
_REPEATED_UNTIL = 5
"""From this tightness on, what each program says already is not said again for all of them."""
LAST_RESORT = 7
"""Beyond this tightness, lists go below what they should show."""
TIGHTEST = 10
"""There is no more than this: what can go is gone."""
_FEWEST_WRITING_LINES = 2
_SMALL_TITLE_FROM = 3
"""From this tightness on, the explained words have no heading of their own size."""
_PLAIN_LINES_UNTIL = 3
"""From this tightness on, programs go without their plain second name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its text, style, x, and the top of its leading below the piece's top."""

    text: str
    style: TextStyle
    x: float
    top: float
    align: Align = Align.LEFT


def lines_piece(lines: list[Line], *, gap: float = 0.0, keep_next: bool = False) -> Piece:
    """Return a piece that shows the lines; its height reaches below the lowest."""

    def draw(pen: Pen, y: float) -> None:
        for line in lines:
            at = (line.x, baseline(y + line.top, line.style))
            pen.text(at, line.text, line.style, line.align)

    height = max((line.top + line.style.leading for line in lines), default=0.0)
    return Piece(height, draw, gap, keep_next)


def _split_pieces(lines: list[Line], gap: float) -> list[Piece]:
    """Return the lines in one piece, or in several where one would be higher than a page may be."""
    parts: dict[int, list[Line]] = {}
    for line in lines:
        part = int(line.top // _HIGHEST_PIECE)
        parts.setdefault(part, []).append(replace(line, top=line.top - part * _HIGHEST_PIECE))
    pieces = [lines_piece(part) for part in parts.values()]
    return [replace(pieces[0], gap=gap), *pieces[1:]]


class BlockSetter:
    """Sets blocks into a column.

    `tightness` is 0 at first; with each further step lists become shorter and texts are cut
    earlier, down to what a block must show at least. `None` means that nothing is ever left out.
    """

    def __init__(
        self, types: Typography, x: float, width: float, tightness: int | None = None
    ) -> None:
        self._types = types
        self._x = x
        self._width = width
        self._tightness = tightness
        self._tables = TableSetter(types, x, width)
        self._left_out = ""
        """What the section being set says about what it left out."""

    def section(self, section: Section, *, first: bool = False) -> list[Piece]:
        """Return heading and blocks; the heading never stays behind alone."""
        pieces: list[Piece] = []
        self._left_out = ""
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            found = self._block(block)
            if found and isinstance(block, TextBlock) and isinstance(following, TableBlock):
                found[-1] = replace(found[-1], keep_next=True)
            if found:
                untitled = 0.0 if section.title else self._types.block_gap * 1.5
                gap = max(found[0].gap, self._types.block_gap) if pieces else untitled
                found[0] = replace(found[0], gap=gap)
            pieces += found
        if section.title:
            pieces.insert(0, self._heading(section, self._left_out or section.aside, first=first))
        pieces = [replace(piece, stages=piece.stages | section.stages) for piece in pieces]
        return bound_together(pieces) if section.whole else pieces

    def _heading(self, section: Section, aside: str, *, first: bool) -> Piece:
        style = self._types.heading if section.level == 1 else self._types.subheading
        # A title may end with the name that the advisor gave a scenario, as long as they like.
        broken = limit_lines(
            break_lines(section.title, self._width, style.size, style.face),
            _HEADING_LINES,
            self._width,
            style.size,
            style.face,
        )
        lines = [
            Line(text, style, self._x, number * style.leading) for number, text in enumerate(broken)
        ]
        if aside:
            small = self._types.small
            drop = (len(broken) - 1) * style.leading + (style.leading - small.leading) / 2
            lines.append(Line(aside, small, self._x + self._width, drop, Align.RIGHT))
        gap = 0.0 if first else self._types.section_gap
        piece = lines_piece(lines, gap=gap * (1.0 if section.level == 1 else 0.75), keep_next=True)
        return replace(piece, height=piece.height + self._types.block_gap * 0.6)

    def _block(self, block: Block) -> list[Piece]:  # noqa: C901, PLR0911  one way a kind
        match block:
            case TextBlock():
                return self._text(block)
            case ProgramsBlock():
                return self._programs(block)
            case ListBlock():
                return self._list(block)
            case WritingLines():
                return [self._writing_line(start) for start in self._starts(block)]
            case FilledLine():
                return [self._filled(block)]
            case TableBlock():
                return self._tables.pieces(block)
            case FactsBlock():
                return self._facts(block)
            case ChartBlock() | LineChartBlock() | MonthsBlock():
                size, tightness = self._types.body.size, self._tightness or 0
                return chart_pieces(block, self._x, self._width, size, tightness)
            case CodesBlock():
                return code_pieces(block, self._types.small, self._x, self._width)
            case TermsBlock():
                return self._terms(block)

    def _style(self, weight: Weight) -> TextStyle:
        body = self._types.body
        return {
            Weight.BODY: body,
            Weight.STRONG: body.bold,
            Weight.SMALL: self._types.small,
        }[weight]

    def _paragraph(self, text: str, style: TextStyle) -> list[Piece]:
        """Return a piece a line; two lines at least stand together at either end."""
        broken = break_lines(text, self._width, style.size, style.face)
        pieces = [lines_piece([Line(line, style, self._x, 0.0)]) for line in broken]
        for number in (0, len(pieces) - 2):
            if 0 <= number < len(pieces) - 1:
                pieces[number] = replace(pieces[number], keep_next=True)
        return pieces

    def _text(self, block: TextBlock) -> list[Piece]:
        style = self._style(block.weight)
        tightness = self._tightness or 0
        if block.weight is Weight.STRONG:
            # A strong line heads what follows it, and never closes a page.
            return [replace(p, keep_next=True) for p in self._paragraph(block.text, style)]
        if block.most_lines is None or self._tightness is None:
            return self._paragraph(block.text, style)
        most = max(2, block.most_lines - tightness)
        broken = break_lines(block.text, self._width, style.size, style.face)
        if len(broken) > most:
            self._left_out = block.rest
        shown = limit_lines(broken, most, self._width, style.size, style.face)
        return [lines_piece([Line(line, style, self._x, 0.0)]) for line in shown]

    def _leave_out(self, block: ProgramsBlock | ListBlock, shown: int, count: int) -> None:
        left_out = block.more + count - shown
        if left_out:
            self._left_out = block.rest.format(n=left_out)

    def _programs(self, block: ProgramsBlock) -> list[Piece]:
        shown = block.programs[: self._room_for(len(block.programs), block.at_least)]
        small = self._types.small
        shapes = {program.shape for program in shown}
        legend = [f"{shape} {words}" for shape, words in block.shapes.items() if shape in shapes]
        pieces = self._paragraph("　".join(legend), small)
        pieces += [self._program(program) for program in shown]
        self._leave_out(block, len(shown), len(block.programs))
        named = {program.stage_id for program in shown if program.shape != CONSULT_SHAPE}
        told = [text for stage, text in block.stages.items() if stage in named]
        if (self._tightness or 0) < _REPEATED_UNTIL:
            told.append(block.told)
        closing = self._paragraph("\n".join(text for text in told if text), small)
        if closing:
            closing[0] = replace(closing[0], gap=self._types.block_gap)
        return [*pieces, *closing]

    def _room_for(self, count: int, at_least: int | None) -> int:
        if self._tightness is None or at_least is None:
            return count
        return max(at_least, min(count, at_least + LAST_RESORT) - self._tightness)

    def _program(self, program: ProgramLine) -> Piece:
        """Set a program: shape and name, its plain name, what may be expected, what is open."""
        name_style, body = self._types.subheading, self._types.body
        indent = name_style.size * _INDENT_EM
        x, width = self._x + indent, self._width - indent
        lines = [Line(program.shape, name_style, self._x, 0.0)]
        top = 0.0

        def add(text: str, style: TextStyle, most: int = 2) -> None:
            nonlocal top
            broken = break_lines(text, width, style.size, style.face)
            for line in limit_lines(broken, most, width, style.size, style.face):
                lines.append(Line(line, style, x, top))
                top += style.leading

        add(program.name, name_style)
        stage = f"［{program.stage}］"
        name_width = text_width(lines[-1].text, name_style.size, name_style.face)
        if name_width + text_width(stage, body.size, body.face) <= width:
            lines.append(Line(stage, body, x + name_width, lines[-1].top))
        else:
            add(stage, body, 1)
        if (self._tightness or 0) < _PLAIN_LINES_UNTIL:
            add(program.plain, body)
        add(program.amount, body.bold, 1)
        add(program.still_open, body)
        piece = lines_piece(lines, gap=self._types.item_gap + 2)
        return replace(piece, stages=frozenset({program.stage_id}))

    def _list(self, block: ListBlock) -> list[Piece]:
        shown = block.items[: self._room_for(len(block.items), self._least(block))]
        width = (self._width - _COLUMN_GAP * (block.columns - 1)) / block.columns
        cells = [
            self._item_lines(item, block.mark, number, width)
            for number, item in enumerate(shown, start=1)
        ]
        pieces: list[Piece] = []
        for start in range(0, len(cells), block.columns):
            row: list[Line] = []
            for column, cell in enumerate(cells[start : start + block.columns]):
                shift = column * (width + _COLUMN_GAP)
                row += [replace(line, x=line.x + shift) for line in cell]
            pieces += _split_pieces(row, self._types.item_gap)
        self._leave_out(block, len(shown), len(block.items))
        return pieces

    def _least(self, block: ListBlock) -> int | None:
        if block.at_least is None or self._tightness is None:
            return block.at_least
        # What may go altogether goes last of all.
        fewest = 0 if not block.at_least and self._tightness >= TIGHTEST else 1
        return max(fewest, block.at_least - max(0, self._tightness - LAST_RESORT))

    def _item_lines(self, item: Item, mark: Mark, number: int, width: float) -> list[Line]:
        body, small = self._types.body, self._types.small
        indent = body.size * _INDENT_EM
        most = 99 if self._tightness is None else max(2, 3 - self._tightness // 3)
        sign = (item.mark or mark).value or f"{number}."
        lines = [Line(sign, body, self._x, 0.0)]
        top = 0.0
        for text, style in ((item.text, body), (item.note, small)):
            broken = break_lines(text, width - indent, style.size, style.face)
            for line in limit_lines(broken, most, width - indent, style.size, style.face):
                lines.append(Line(line, style, self._x + indent, top))
                top += style.leading
        return lines

    def _starts(self, block: WritingLines) -> tuple[str, ...]:
        is_tight = (self._tightness or 0) >= TIGHTEST
        return block.starts[:_FEWEST_WRITING_LINES] if is_tight else block.starts

    def _writing_line(self, start: str) -> Piece:
        style, height = self._types.body, self._types.writing_line

        def draw(pen: Pen, y: float) -> None:
            pen.text((self._x, y + height - style.size * 0.35), start, style)
            indent = style.size * _INDENT_EM if start else 0.0
            pen.line((self._x + indent, y + height), (self._x + self._width, y + height), THIN)

        return Piece(height, draw)

    def _filled(self, block: FilledLine) -> Piece:
        style, height = self._types.body, self._types.writing_line
        heading = self._types.heading
        start = 0.0
        if block.title:
            start = text_width(block.title, heading.size, heading.face) + heading.size
        parts = [part for part in _BLANK.split(block.text) if part]
        if len(parts) == 1:
            parts = [fit_text(parts[0], self._width - start, style.size, style.face)]

        def draw(pen: Pen, y: float) -> None:
            x, base = self._x + start, y + height - style.size * 0.35
            if block.title:
                pen.text((self._x, base), block.title, heading)
            for part in parts:
                if part.startswith("＿"):
                    end = x + len(part) * style.size
                    pen.line((x, base + 3), (min(end, self._x + self._width), base + 3), THIN)
                    x = end
                else:
                    pen.text((x, base), part, style)
                    x += text_width(part, style.size, style.face)

        return Piece(height, draw)

    def _facts(self, block: FactsBlock) -> list[Piece]:
        small = self._types.small
        style = small if block.small else self._types.body
        column_width = (self._width - _COLUMN_GAP * (block.columns - 1)) / block.columns
        indents = [
            self._label_width([label for label, _ in block.pairs[n :: block.columns]], column_width)
            for n in range(block.columns)
        ]
        # A small label stands on the baseline of the value beside it.
        drop = baseline(0.0, style) - baseline(0.0, small)
        pieces: list[Piece] = []
        for start in range(0, len(block.pairs), block.columns):
            lines: list[Line] = []
            for column, (label, value) in enumerate(block.pairs[start : start + block.columns]):
                x = self._x + column * (column_width + _COLUMN_GAP)
                lines.append(Line(label, small, x, drop))
                is_figure = value[:1].isdigit() and value[-1:] == "円"
                own = style.figures.bold if is_figure else style
                room = column_width - indents[column]
                for number, text in enumerate(break_lines(value, room, own.size, own.face)):
                    lines.append(Line(text, own, x + indents[column], number * own.leading))
            pieces += _split_pieces(lines, 1.0)
        # Facts introduce what follows them.
        return [replace(piece, keep_next=True) for piece in pieces]

    def _label_width(self, labels: list[str], column_width: float) -> float:
        small = self._types.small
        widest = max((text_width(label, small.size, small.face) for label in labels), default=0.0)
        return min(widest + small.size, column_width * _FACT_LABEL_SHARE)

    def _terms(self, block: TermsBlock) -> list[Piece]:
        """Set the terms in two columns; what is too long for one takes the whole line."""
        body = self._types.body
        if (self._tightness or 0) >= _SMALL_TITLE_FROM:
            title = lines_piece([Line(block.title, body.bold, self._x, 0.0)], keep_next=True)
        else:
            title = self._heading(Section(block.title, ()), "", first=False)
        half = (self._width - _COLUMN_GAP) / 2
        told = [f"{term.word}＝{term.plain}" for term in block.terms]
        short = [one for one in told if text_width(one, body.size, body.face) <= half]
        pieces = [title]
        for left, right in zip_longest(short[::2], short[1::2], fillvalue=""):
            lines = [Line(left, body, self._x, 0.0)]
            lines.append(Line(right, body, self._x + half + _COLUMN_GAP, 0.0))
            pieces.append(lines_piece(lines))
        for one in told:
            if one not in short:
                pieces += self._paragraph(one, body)
        return bound_together(pieces)
