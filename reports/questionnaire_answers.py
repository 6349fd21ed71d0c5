"""Draws the space for the answer to one question of the blank questionnaire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from reports.charts import Pattern
from reports.fonts import text_width
from reports.pen import THIN, Align, Pen
from reports.questionnaire_content import Blank, Digits, Ticks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.questionnaire_content import Ask
    from reports.typography import TextStyle

DrawAnswer = Callable[[Pen, float], None]
"""Draws an answer's space on a piece whose top is at this y."""
COLUMN_GAP = 12.0
_BOX = 15.0
"""Size of the letters that a box to tick is as high as: it is ticked by an unsteady hand."""
_BOX_GAP = 3.0
_OPTION_GAP = 11.0
_STOPS = (4, 6, 8, 12, 24)
"""Options below a question begin at so many places: the fewer, the more they stand in columns."""
_OPTION_LEADING = 21.0
_WRITING_HEIGHT = 27.0
_BELOW_BASELINE = 4.0
_DIGIT_WIDTH, _DIGIT_HEIGHT, _DIGIT_GAP = 18.0, 22.0, 7.0


@dataclass(frozen=True, slots=True)
class Slots:
    """Where yes, no and later stand in every row of the paper, and the right edge."""

    first: float
    second: float
    later: float
    right: float


@dataclass(frozen=True, slots=True)
class _OptionPlace:
    """Where an option stands: x from the left of the column, and its row."""

    label: str
    x: float
    row: int


class AnswerSetter:
    """Sets the spaces for answers, in one style, with the boxes of all rows in line."""

    def __init__(self, style: TextStyle, right: float, asks: Iterable[Ask]) -> None:
        self._style = style
        short = next((ask for ask in asks if _is_short(ask)), None)
        words = ("", "", "") if short is None else (*_options(short), short.later)
        later = right - self._option_width(words[2])
        second = later - _OPTION_GAP - self._option_width(words[1])
        first = second - _OPTION_GAP - self._option_width(words[0])
        self.slots = Slots(first, second, later, right)

    def is_beside(self, ask: Ask) -> bool:
        """Return whether the answer has room at the right of the question."""
        answer = ask.answer
        if not isinstance(answer, Ticks):
            return isinstance(answer, Blank) and not answer.wide
        slots = self.slots
        rooms = [end - start for start, end in pairwise((slots.first, slots.second, slots.later))]
        return _is_short(ask) and all(
            self._option_width(option) <= room
            for option, room in zip(answer.options, rooms, strict=True)
        )

    def beside(self, ask: Ask, at: float) -> DrawAnswer:
        """Return what draws the answer with its baseline `at` below the top."""
        slots, answer, style = self.slots, ask.answer, self._style

        def draw(pen: Pen, y: float) -> None:
            if isinstance(answer, Blank):
                end = slots.later - COLUMN_GAP
                line = end - text_width(answer.unit, style.size, style.face) - 2
                bottom = y + at + _BELOW_BASELINE
                pen.line((slots.first, bottom), (line, bottom), THIN)
                pen.text((end, y + at), answer.unit, style, Align.RIGHT)
            else:
                for option, x in zip(_options(ask), (slots.first, slots.second), strict=True):
                    self._draw_option(pen, option, x, y + at)
            if ask.later:
                self._draw_option(pen, ask.later, slots.later, y + at)

        return draw

    def below(self, ask: Ask, x: float, top: float) -> tuple[DrawAnswer, float]:
        """Return what draws the answer below the question, from `x` on, and its height."""
        if isinstance(ask.answer, Ticks):
            return self._ticks((*ask.answer.options, ask.later), x, top)
        slots, answer = self.slots, ask.answer

        def draw(pen: Pen, y: float) -> None:
            bottom = y + top + _WRITING_HEIGHT - _BELOW_BASELINE
            if isinstance(answer, Digits):
                _draw_digits(pen, answer, x, bottom)
            else:
                end = slots.later - COLUMN_GAP if ask.later else slots.right
                pen.line((x, bottom), (end, bottom), THIN)
            if ask.later:
                self._draw_option(pen, ask.later, slots.later, bottom - _BELOW_BASELINE)

        return draw, _WRITING_HEIGHT

    def _ticks(self, options: tuple[str, ...], x: float, top: float) -> tuple[DrawAnswer, float]:
        """Set options in columns, as few as take the fewest rows."""
        width = self.slots.right - x
        tries = [self._option_places(options, width, stops) for stops in _STOPS]
        places = min(tries, key=lambda placed: placed[-1].row)

        def draw(pen: Pen, y: float) -> None:
            for place in places:
                base = y + top + (place.row + 0.75) * _OPTION_LEADING
                self._draw_option(pen, place.label, x + place.x, base)

        return draw, (places[-1].row + 1) * _OPTION_LEADING

    def _option_places(
        self, options: tuple[str, ...], width: float, stops: int
    ) -> list[_OptionPlace]:
        """Put options at `stops` places a row; one that is wider takes more than one of them."""
        stop = (width + _OPTION_GAP) / stops
        places: list[_OptionPlace] = []
        row, column = 0, 0
        for option in options:
            needed = min(stops, ceil((self._option_width(option) + _OPTION_GAP) / stop))
            if column + needed > stops:
                row, column = row + 1, 0
            places.append(_OptionPlace(option, column * stop, row))
            column += needed
        return places

    def _option_width(self, label: str) -> float:
        return _BOX + _BOX_GAP + text_width(label, self._style.size, self._style.face)

    def _draw_option(self, pen: Pen, label: str, x: float, base: float) -> None:
        pen.checkbox((x, base + 1), _BOX)
        pen.text((x + _BOX + _BOX_GAP, base), label, self._style)


def _options(ask: Ask) -> tuple[str, ...]:
    return ask.answer.options if isinstance(ask.answer, Ticks) else ()


def _is_short(ask: Ask) -> bool:
    return len(_options(ask)) == 2  # noqa: PLR2004  yes and no


def _draw_digits(pen: Pen, digits: Digits, x: float, bottom: float) -> None:
    for size in digits.groups:
        for _ in range(size):
            pen.rect(x, bottom - _DIGIT_HEIGHT, _DIGIT_WIDTH, _DIGIT_HEIGHT, Pattern.WHITE)
            x += _DIGIT_WIDTH
        x += _DIGIT_GAP
