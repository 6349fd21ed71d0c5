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
from reports.wording import WITHOUT_SUBSIDY, about_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.results import SimulationResult
    from models.values.ways import Ways

TextWidth = Callable[[str, float, bool], float]
"""Width in points of a text at a size in points, regular or bold (`True`)."""

_SUBSIDY = "補助"
_TOP_UP = "上乗せ"
_UNDECIDED = "点線のところは、まだ決まらない分です"
_OWN = "ご負担"


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
    """One bar: what is paid in all (yen, tax in), and who bears it.

    `label` may end with an explanation in brackets; it is left out where it finds no room.
    """

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


def comparison_bars(ways: Ways) -> tuple[ChartBar, ...]:
    """Return the bars of a comparison, 「補助金を使わない」 first; none for what is ruled out."""
    bars = [bar_of(way.label, way.result) for way in ways.ways if not way.is_ruled_out]
    return (bar_without_subsidy(ways.paid), *(bar for bar in bars if bar is not None))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a bar in yen, and the words that go with it ("" for none)."""

    yen: int
    pattern: Pattern
    words: str


def _segments(bar: ChartBar) -> list[_Segment]:
    low = bar.subsidy.low + bar.top_up.low
    undecided = max(0, min(bar.paid - bar.own_burden.low, bar.paid) - low)
    own = max(0, bar.paid - low - undecided)
    subsidy = f"{_SUBSIDY} {about_range(bar.subsidy)}" if bar.subsidy.high else ""
    top_up = f"{_TOP_UP} {about_range(bar.top_up)}" if bar.top_up.high else ""
    return [
        _Segment(bar.subsidy.low, Pattern.SOLID, subsidy),
        _Segment(bar.top_up.low, Pattern.HATCH, top_up),
        _Segment(undecided, Pattern.DASHED, ""),
        _Segment(own, Pattern.WHITE, f"{_OWN} {about_range(bar.own_burden)}"),
    ]


@dataclass(frozen=True, slots=True)
class _Measures:
    """Distances in points, all from the size of the letters."""

    size: float
    low_bars: bool = False

    @property
    def label_drop(self) -> float:
        return self.size * 1.1

    @property
    def bar_height(self) -> float:
        return self.size * (1.3 if self.low_bars else 1.6)

    @property
    def line(self) -> float:
        return self.size * 1.6

    @property
    def gap(self) -> float:
        return self.size * (0.35 if self.low_bars else 0.7)

    @property
    def key_gap(self) -> float:
        return self.size * 1.1

    @property
    def swatch(self) -> float:
        return self.size * 0.78


@dataclass(frozen=True, slots=True)
class _Frame:
    """Width of the chart, its distances, and how wide its texts are."""

    width: float
    at: _Measures
    text_width: TextWidth

    def key_width(self, segment: _Segment) -> float:
        """Width of the words of a segment with their swatch and the space after them."""
        words = self.text_width(segment.words, self.at.size, False)
        return self.at.swatch * 1.5 + words + self.at.key_gap

    def length(self, segment: _Segment, largest: int) -> float:
        """Length of a segment when `largest` yen take the whole width."""
        return self.width * segment.yen / largest

    def fits_inside(self, segment: _Segment, largest: int) -> bool:
        """Whether a white segment is long enough for its words."""
        words = self.text_width(segment.words, self.at.size, False)
        room = self.length(segment, largest)
        return segment.pattern is Pattern.WHITE and words + self.at.size <= room


def _key(words: str, pattern: Pattern, x: float, baseline: float, at: _Measures) -> list[Primitive]:
    """Return words behind a swatch of the pattern that they explain."""
    return [
        Rect(x, baseline - at.swatch * 0.92, at.swatch, at.swatch, pattern),
        Text(x + at.swatch * 1.5, baseline, words, at.size),
    ]


def _cut(label: str, frame: _Frame) -> str:
    """Return the name as far as the chart is wide."""
    if frame.text_width(label, frame.at.size, True) <= frame.width:
        return label
    while label and frame.text_width(f"{label}…", frame.at.size, True) > frame.width:
        label = label[:-1]
    return f"{label}…"


def _undecided_key(first: ChartBar, frame: _Frame) -> tuple[list[Primitive], float]:
    """Return what the dashed frames mean, and where the first bar may begin.

    It stands beside the first bar's name, which seldom has figures there, else above it.
    """
    at = frame.at
    needed = at.swatch * 1.5 + frame.text_width(_UNDECIDED, at.size, False)
    x = frame.width - needed
    shapes = _key(_UNDECIDED, Pattern.DASHED, x, at.label_drop, at)
    name_end = frame.text_width(first.label, at.size, True) + at.key_gap
    has_figures = first.subsidy.high > 0 or first.top_up.high > 0
    return shapes, at.line if has_figures or name_end > x else 0.0


def _caption(
    label: str, keyed: Sequence[_Segment], top: float, frame: _Frame
) -> tuple[list[Primitive], float]:
    """Return the name of a bar with the figures that stand outside of it, and where they end.

    The figures close the line of the name when all of them fit there, else they begin the next.
    """
    at = frame.at
    needed = sum(frame.key_width(segment) for segment in keyed) - at.key_gap
    name_end = frame.text_width(label, at.size, True) + at.key_gap
    x, y = max(frame.width - needed, name_end), top
    if keyed and name_end + needed > frame.width:
        short = label.partition("（")[0]
        if short != label:
            return _caption(short, keyed, top, frame)
        x, y = 0.0, y + at.line
    label = _cut(label, frame)
    shapes: list[Primitive] = [Text(0.0, top + at.label_drop, label, at.size, bold=True)]
    for segment in keyed:
        if x > 0 and x + frame.key_width(segment) - at.key_gap > frame.width + 0.01:
            x, y = 0.0, y + at.line
        pattern = segment.pattern if segment.yen else Pattern.DASHED
        shapes += _key(segment.words, pattern, x, y + at.label_drop, at)
        x += frame.key_width(segment)
    return shapes, y + at.line


def _bar(segments: Sequence[_Segment], top: float, largest: int, frame: _Frame) -> list[Primitive]:
    """Return the stretches of a bar, the white one with its words where it is long enough."""
    at = frame.at
    shapes: list[Primitive] = []
    x = 0.0
    for segment in segments:
        length = frame.length(segment, largest)
        if length > 0:
            shapes.append(Rect(x, top, length, at.bar_height, segment.pattern))
        if frame.fits_inside(segment, largest):
            end = x + length - at.size * 0.5
            baseline = top + at.bar_height / 2 + at.size * 0.38
            shapes.append(Text(end, baseline, segment.words, at.size, anchor=Anchor.END))
        x += length
    return shapes


def layout_chart(
    bars: Sequence[ChartBar],
    width: float,
    text_width: TextWidth,
    size: float = 10.5,
    *,
    low_bars: bool = False,
) -> Chart:
    """Return one horizontal bar per column, all to the scale of the largest sum paid.

    Without anything to pay there is nothing to draw, and the chart is empty.
    """
    largest = max((bar.paid for bar in bars), default=0)
    if largest <= 0:
        return Chart((), width, 0.0)
    frame = _Frame(width, _Measures(size, low_bars), text_width)
    at = frame.at
    shapes: list[Primitive] = []
    y = 0.0
    if any(not bar.own_burden.is_certain for bar in bars):
        shapes, y = _undecided_key(bars[0], frame)
    for bar in bars:
        segments = _segments(bar)
        keyed = [s for s in segments if s.words and not frame.fits_inside(s, largest)]
        caption, y = _caption(bar.label, keyed, y, frame)
        shapes += [*caption, *_bar(segments, y, largest, frame)]
        y += at.bar_height + at.gap
    return Chart(tuple(shapes), width, y - at.gap)
