"""Draws the blank questionnaire: A4 upright, black on white, room for a hand that writes large.

It only draws. A questionnaire that may fill two pages only is set again and again, tighter each
time, until it does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, product
from typing import TYPE_CHECKING

from reports.block_layout import BlockSetter, Line, lines_piece
from reports.content_blocks import Section
from reports.flow import Page, Piece, bound_together, paginate
from reports.fonts import Face, text_width
from reports.pen import HEAVY, PAGE_HEIGHT, PAGE_WIDTH, THIN, Align, Pen
from reports.questionnaire_answers import COLUMN_GAP, AnswerSetter
from reports.questionnaire_content import Blank
from reports.table_layout import baseline
from reports.text_layout import break_lines
from reports.typography import OWNER, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.questionnaire_content import Ask, AskGroup, QuestionnaireContent

TYPES = replace(
    OWNER,
    title=TextStyle(Face.TEXT_BOLD, 20, 26),
    heading=TextStyle(Face.TEXT_BOLD, 14, 20),
    body=TextStyle(Face.TEXT, 12, 17),
    small=TextStyle(Face.TEXT, 12, 17),
    margin_x=42,
    margin_top=36,
    margin_bottom=26,
)
_NUMBER_WIDTH = 25.0
_INDENT = 12.0
_RULE_X = 9.0
"""Where the rule stands beside the questions that are not for everybody."""
_LEAST_WRITING = 23.0
"""Height that a hand needs above a line beside a question."""
_BELOW_LINE = 4.0
_MOST_MEMO_LINES = 12
_FEWEST_MEMO_LINES = 2


@dataclass(frozen=True, slots=True)
class _Level:
    """How loosely a paper is set: space between questions, rows for expenses, help texts.

    Without `all_helps` only those are printed that were written for the paper.
    """

    gap: float
    all_helps: bool
    rows: int


_GAPS = (*((gap, True) for gap in (11, 9, 8, 7)), *((gap, False) for gap in (9, 8, 7, 6, 5)))
_LEVELS = (
    *(_Level(*gap, rows) for gap, rows in product(_GAPS, (8, 6, 5))),
    _Level(5, False, 4),
    _Level(4, False, 3),
)
_UNLIMITED = _LEVELS[3]


class QuestionnaireSetter:
    """Sets a questionnaire into pages."""

    def __init__(self, content: QuestionnaireContent) -> None:
        self._content = content
        self._x = TYPES.margin_x
        self._right = PAGE_WIDTH - TYPES.margin_x
        self._setter = BlockSetter(TYPES, self._x, self._right - self._x)
        asks = (ask for group in content.groups for ask in group.asks)
        self._answers = AnswerSetter(TYPES.body, self._right, asks)
        self._footer_height = len(content.footer) * TYPES.footer.leading + 6
        self._text_height = (
            PAGE_HEIGHT
            - TYPES.margin_top
            - TYPES.margin_bottom
            - self._footer_height
            - TYPES.block_gap
        )

    def pages(self) -> list[Page]:
        """Return the pages, set as loosely as their number allows."""
        most = self._content.most_pages
        pages: list[Page] = []
        for level in (_UNLIMITED,) if most is None else _LEVELS:
            pages = paginate(self._pieces(level), self._text_height)
            if most is not None and len(pages) <= most:
                break
        self._fill_with_memo(pages)
        return pages

    def draw(self, pen: Pen, pages: list[Page]) -> None:
        """Draw the pages with their footers."""
        for number, page in enumerate(pages, start=1):
            for piece, y in page.placed:
                piece.draw(pen, TYPES.margin_top + y)
            self._draw_footer(pen, f"{number}/{len(pages)}")
            pen.next_page()

    def _draw_footer(self, pen: Pen, number: str) -> None:
        style = TYPES.footer
        top = PAGE_HEIGHT - TYPES.margin_bottom - self._footer_height
        pen.line((self._x, top), (self._right, top), THIN)
        for place, text in enumerate(self._content.footer):
            pen.text((self._x, baseline(top + 6 + place * style.leading, style)), text, style)
        pen.text((self._right, baseline(top + 6, style)), number, style.bold, Align.RIGHT)

    def _pieces(self, level: _Level) -> list[Piece]:
        pieces = self._head()
        for group in self._content.groups:
            pieces += self._group(group, level)
        if self._content.expenses:
            table = self._content.expense_section(level.rows)
            heading = self._heading(table.title, self._content.expense_reason)
            rows = self._setter.section(Section("", table.blocks))
            pieces += bound_together([heading, *rows])
        return pieces

    def _fill_with_memo(self, pages: list[Page]) -> None:
        """Use what is left of the last page as ruled space to write in."""
        page = pages[-1]
        heading = self._heading(self._content.memo_section(0).title, "")
        room = page.room - heading.gap - heading.height
        lines = min(int(room // TYPES.writing_line), _MOST_MEMO_LINES)
        if lines >= _FEWEST_MEMO_LINES:
            blocks = self._content.memo_section(lines).blocks
            ruled = self._setter.section(Section("", blocks))
            page.put([heading, *(replace(piece, gap=0.0) for piece in ruled)])

    # Head and headings

    def _head(self) -> list[Piece]:
        content = self._content
        title = [Line(content.title, TYPES.title, self._x, 0.0)]
        if content.subject:
            drop = TYPES.title.leading - TYPES.client.leading
            title.append(Line(content.subject, TYPES.client, self._right, drop, Align.RIGHT))
        top = lines_piece(title)
        height = top.height + 4

        def draw(pen: Pen, y: float) -> None:
            top.draw(pen, y)
            pen.line((self._x, y + height), (self._right, y + height), HEAVY)

        fields = self._setter.section(Section("", content.head))
        guide = lines_piece(self._paragraph(content.guide, TYPES.body, self._x), gap=9.0)
        return bound_together(
            [Piece(height, draw), *(replace(field, gap=3.0) for field in fields), guide]
        )

    def _paragraph(self, text: str, style: TextStyle, x: float, top: float = 0.0) -> list[Line]:
        return _lines_at(break_lines(text, self._right - x, style.size, style.face), style, x, top)

    def _heading(self, title: str, reason: str) -> Piece:
        style, small = TYPES.heading, TYPES.small
        lines = [Line(title, style, self._x, 0.0)]
        start = self._x + text_width(title, style.size, style.face) + style.size
        if start + text_width(reason, small.size, small.face) <= self._right:
            lines.append(Line(reason, small, start, (style.leading - small.leading) / 2 + 1))
        else:
            lines += self._paragraph(reason, small, self._x, style.leading)
        words = lines_piece(lines)
        height = words.height + 3

        def draw(pen: Pen, y: float) -> None:
            words.draw(pen, y)
            pen.line((self._x, y + height), (self._right, y + height), THIN)

        return Piece(height, draw, gap=TYPES.section_gap, keep_next=True)

    # Questions

    def _group(self, group: AskGroup, level: _Level) -> list[Piece]:
        pieces = [self._heading(group.title, group.reason)]
        for only_for, asks in groupby(group.asks, key=lambda ask: ask.only_for):
            if not only_for:
                pieces += [self._ask(ask, level, 0.0) for ask in asks]
                continue
            label = self._label(only_for, level)
            indented = [self._ask(ask, level, _INDENT) for ask in asks]
            pieces += [label, *(replace(each, repeat=label) for each in indented)]
        return pieces

    def _label(self, words: str, level: _Level) -> Piece:
        """Return the line that says for whom the indented questions below are."""
        style = TYPES.body
        lines = self._paragraph(words, style, self._x + _RULE_X - style.size / 2)
        return lines_piece(lines, gap=level.gap, keep_next=True)

    def _ask(self, ask: Ask, level: _Level, indent: float) -> Piece:
        """Return a question with its number, its help and the space for the answer."""
        bold = TYPES.body.bold
        x = self._x + indent + _NUMBER_WIDTH
        is_beside = self._answers.is_beside(ask)
        has_line = is_beside and isinstance(ask.answer, Blank)
        right = self._answers.slots.first - COLUMN_GAP if is_beside else self._right
        broken = _phrase_lines(ask.text, right - x, bold)
        height = len(broken) * bold.leading
        drop = max(0.0, _LEAST_WRITING - level.gap - height) if has_line else 0.0
        lines = [
            Line(f"{ask.number}", bold.figures, x - 8, drop, Align.RIGHT),
            *_lines_at(broken, bold, x, drop),
        ]
        top = drop + height
        if ask.help and (level.all_helps or ask.help_is_for_paper):
            top += _BELOW_LINE if has_line else 0.0
            lines += self._paragraph(ask.help, TYPES.small, x, top)
            top = lines[-1].top + TYPES.small.leading
        if is_beside:
            at = baseline(drop + height - bold.leading, bold)
            answer, below = self._answers.beside(ask, at), 0.0
        else:
            answer, below = self._answers.below(ask, x, top + 2)
        words = lines_piece(lines)
        bottom = max(words.height, top + below)
        rule = self._x + _RULE_X

        def draw(pen: Pen, y: float) -> None:
            words.draw(pen, y)
            answer(pen, y)
            if indent:
                pen.line((rule, y - level.gap + 2), (rule, y + bottom), THIN)

        return Piece(bottom, draw, gap=level.gap)


def _lines_at(texts: Sequence[str], style: TextStyle, x: float, top: float) -> list[Line]:
    return [Line(text, style, x, top + n * style.leading) for n, text in enumerate(texts)]


def _phrase_lines(text: str, width: float, style: TextStyle) -> Sequence[str]:
    """Break a question after its commas, where that takes no more lines: it is read aloud."""
    plain = break_lines(text, width, style.size, style.face)
    phrases = text.replace("、", "、\0").split("\0")
    lines = [""]
    for phrase in phrases:
        if text_width(lines[-1] + phrase, style.size, style.face) <= width:
            lines[-1] += phrase
        else:
            lines.append(phrase)
    fits = all(text_width(line, style.size, style.face) <= width for line in lines)
    return lines if fits and len(lines) <= len(plain) else plain


def set_questionnaire(content: QuestionnaireContent) -> tuple[QuestionnaireSetter, list[Page]]:
    """Return the setter of a questionnaire with its pages."""
    setter = QuestionnaireSetter(content)
    return setter, setter.pages()


def draw_questionnaire(content: QuestionnaireContent) -> bytes:
    """Return the PDF file; the same content always gives the same bytes."""
    pen = Pen(content.file_title, content.creator)
    setter, pages = set_questionnaire(content)
    setter.draw(pen, pages)
    return pen.finish()
