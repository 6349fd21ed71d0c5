"""The comparison as a bar chart of plain shapes, laid out once for paper and screen alike.

Nothing here draws: a painter (reports/pen.py on paper, QPainter on the screen) walks over the
shapes. Lengths are points, y runs down from the chart's top, the y of a text is its baseline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from models.values.money import YenRange
from reports.wording import WITHOUT_SUBSIDY, about_man, about_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.results import Comparison, SimulationResult

TextWidth = Callable[[str, float, bool], float]
"""Width in points of a text at a size in points, regular or bold (`True`)."""

_SUBSIDY = "補助"
_TOP_UP = "上乗せ"
_UNDECIDED = "まだ決まらない分"
_OWN = "ご自身の負担"


class Pattern(Enum):
    """How a rectangle is filled, distinct on a printer that only knows black and white."""

    SOLID = "solid"
    """Black."""
    HATCH = "hatch"
    """Diagonal lines, framed."""
    WHITE = "white"
    """White, framed."""
    DASHED = "dashed"
    """White with a dashed frame: the part of a range that is not certain."""


class Anchor(Enum):
    """Which point of a text its x names."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its top left corner."""

    x: float
    y: float
    w: float
    h: float
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Line:
    """A straight black line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.6
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One line of black text; y is the baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    anchor: Anchor = Anchor.START


Primitive = Rect | Line | Text


@dataclass(frozen=True, slots=True)
class Chart:
    """Shapes in reading order, inside `width` x `height` points."""

    primitives: tuple[Primitive, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: what is paid in all (yen, tax in), and who bears it."""

    label: str
    paid: int
    subsidy: YenRange
    top_up: YenRange
    own_burden: YenRange


def bar_of(label: str, result: SimulationResult) -> ChartBar | None:
    """Return the bar of a result, `None` where the catalog gives no firm amount."""
    amount = result.amount
    if amount.subsidy is None or amount.top_up is None or result.own_burden is None:
        return None
    return ChartBar(label, result.paid, amount.subsidy, amount.top_up, result.own_burden)


def bar_without_subsidy(paid: int) -> ChartBar:
    """Return the first bar, to which every other one is compared."""
    none = YenRange(0, 0)
    return ChartBar(WITHOUT_SUBSIDY, paid, none, none, YenRange(paid, paid))


def comparison_bars(comparison: Comparison) -> tuple[ChartBar, ...]:
    """Return the bars of a comparison, 「補助金を使わない」 first."""
    bars = [bar_of(column.label, column.result) for column in comparison.columns]
    return (bar_without_subsidy(comparison.paid), *(bar for bar in bars if bar is not None))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a bar in yen, and the words that go with it."""

    yen: int
    pattern: Pattern
    words: str


def _segments(bar: ChartBar) -> list[_Segment]:
    low = bar.subsidy.low + bar.top_up.low
    undecided = max(0, min(bar.paid - bar.own_burden.low, bar.paid) - low)
    own = max(0, bar.paid - low - undecided)
    found = [
        _Segment(bar.subsidy.low, Pattern.SOLID, f"{_SUBSIDY} {about_range(bar.subsidy)}"),
        _Segment(bar.top_up.low, Pattern.HATCH, f"{_TOP_UP} {about_range(bar.top_up)}"),
        _Segment(undecided, Pattern.DASHED, f"{_UNDECIDED} {about_man(undecided)}"),
        _Segment(own, Pattern.WHITE, f"{_OWN} {about_range(bar.own_burden)}"),
    ]
    shown = {Pattern.WHITE}
    if bar.subsidy.high > 0:
        shown.add(Pattern.SOLID)
    if bar.top_up.high > 0:
        shown.add(Pattern.HATCH)
    if undecided > 0:
        shown.add(Pattern.DASHED)
    return [segment for segment in found if segment.pattern in shown]


@dataclass(frozen=True, slots=True)
class _Measures:
    """Distances in points, all from the size of the letters."""

    size: float

    @property
    def label_drop(self) -> float:
        return self.size * 1.1

    @property
    def bar_height(self) -> float:
        return self.size * 1.25

    @property
    def line(self) -> float:
        return self.size * 1.6

    @property
    def gap(self) -> float:
        return self.size * 1.0

    @property
    def key_gap(self) -> float:
        return self.size * 1.3

    @property
    def swatch(self) -> float:
        return self.size * 0.78


def _caption(
    bar: ChartBar, top: float, width: float, at: _Measures, text_width: TextWidth
) -> tuple[list[Primitive], float]:
    """Return the name of a bar with its figures, each behind its pattern, and where they end."""
    shapes: list[Primitive] = [Text(0.0, top + at.label_drop, bar.label, at.size, bold=True)]
    x, y = text_width(bar.label, at.size, True) + at.key_gap, top
    for segment in _segments(bar):
        needed = at.swatch * 1.5 + text_width(segment.words, at.size, False)
        if x > at.key_gap and x + needed > width:
            x, y = at.key_gap, y + at.line
        baseline = y + at.label_drop
        shapes += [
            Rect(x, baseline - at.swatch * 0.92, at.swatch, at.swatch, segment.pattern),
            Text(x + at.swatch * 1.5, baseline, segment.words, at.size),
        ]
        x += needed + at.key_gap
    return shapes, y + at.line


def layout_chart(
    bars: Sequence[ChartBar], width: float, text_width: TextWidth, size: float = 10.5
) -> Chart:
    """Return one horizontal bar per column, all to the scale of the largest sum paid.

    Without anything to pay there is nothing to draw, and the chart is empty.
    """
    largest = max((bar.paid for bar in bars), default=0)
    if largest <= 0:
        return Chart((), width, 0.0)
    at = _Measures(size)
    shapes: list[Primitive] = []
    y = 0.0
    for bar in bars:
        caption, y = _caption(bar, y, width, at, text_width)
        shapes += caption
        x = 0.0
        for segment in _segments(bar):
            length = width * segment.yen / largest
            if length > 0:
                shapes.append(Rect(x, y, length, at.bar_height, segment.pattern))
            x += length
        y += at.bar_height + at.gap
    return Chart(tuple(shapes), width, y - at.gap)
