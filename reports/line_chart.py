"""Two ways along one amount as a chart of plain shapes, for paper and screen alike.

The corners are exact; between them the lines are straight. The first line is solid, the second
dashed, and each bears its name at its end: black and white are enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from models.values.money import YEN_PER_MAN, about_man_text
from reports.charts import Anchor, Chart, Line, Pattern, Rect, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.money import YenRange
    from reports.charts import Primitive, TextWidth

_HEIGHT = 12.0
"""Height of the field in letters."""
_LABEL_SHARE = 0.34
"""So much of the width the names at the lines' ends may take."""
_TICKS = 4
_BAND_STEP = 5.0
_LOW_WIDTH, _HIGH_WIDTH, _BAND_WIDTH, _AXIS_WIDTH = 1.5, 0.8, 0.5, 0.6
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Corner:
    """A point of a line: the amount (yen) and the range (yen) at it."""

    x: int
    y: YenRange


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One way: its name and its corners, rising in x."""

    label: str
    corners: tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Two lines over one amount, in yen; `marks` are amounts at which somebody overtakes.

    `plan` is what the plan is called in which the amount is `today`.
    """

    x_title: str
    y_title: str
    first: ChartLine
    second: ChartLine
    today: int
    plan: str
    marks: tuple[int, ...]
    most_x: int

    @property
    def words(self) -> str:
        """What the chart shows, for those who cannot see it."""
        return (
            f"{self.x_title}を動かしたときの{self.y_title}: {self.first.label}、{self.second.label}"
        )


@dataclass(frozen=True, slots=True)
class _Field:
    """Where amounts lie: yen to points."""

    left: float
    top: float
    width: float
    height: float
    most_x: int
    least_y: int
    most_y: int

    def x(self, yen: float) -> float:
        return self.left + self.width * yen / self.most_x

    def y(self, yen: float) -> float:
        share = (yen - self.least_y) / (self.most_y - self.least_y)
        return self.top + self.height * (1 - share)

    @property
    def bottom(self) -> float:
        return self.top + self.height


Point = tuple[float, float]


def layout_line_chart(
    chart: LineChart, width: float, text_width: TextWidth, size: float = 10.5
) -> Chart:
    """Return the two lines with their axes, today's plan and the crossings."""
    small = size * 0.85
    lows = [_visible(line, chart.most_x, "low") for line in (chart.first, chart.second)]
    highs = [_visible(line, chart.most_x, "high") for line in (chart.first, chart.second)]
    values = [y for points in (*lows, *highs) for _, y in points]
    steps = _ticks(min(0.0, *values), max(*values, float(YEN_PER_MAN)))
    x_steps = [step for step in _ticks(0.0, float(chart.most_x)) if step <= chart.most_x]
    tick_room = max(text_width(_man(step), small, False) for step in steps) + size * 0.5
    names = [_cut(line.label, width * _LABEL_SHARE, text_width, small) for line in _lines(chart)]
    name_room = max(text_width(name, small, False) for name in names) + size * 0.6
    field = _Field(
        tick_room,
        size * 3.3,
        width - tick_room - name_room,
        size * _HEIGHT,
        chart.most_x,
        steps[0],
        steps[-1],
    )
    shapes: list[Primitive] = [Text(0.0, size * 0.9, f"{chart.y_title}（万円）", small)]
    shapes += _axes(field, steps, x_steps, small)
    x_title = f"{chart.x_title}（税抜、万円）"
    shapes.append(
        Text(field.left + field.width, field.bottom + size * 2.6, x_title, small, False, Anchor.END)
    )
    for low, high, dashed in ((lows[0], highs[0], False), (lows[1], highs[1], True)):
        shapes += _band(field, low, high)
        if low != high:
            shapes += _polyline(field, high, _HIGH_WIDTH, dashed=dashed)
        shapes += _polyline(field, low, _LOW_WIDTH, dashed=dashed)
    shapes += _today(chart, field, text_width, small)
    shapes += _marks(chart, field, text_width, small)
    shapes += _names(names, [points[-1][1] for points in lows], field, small)
    return Chart(tuple(shapes), width, field.bottom + size * 3.0)


def _lines(chart: LineChart) -> tuple[ChartLine, ChartLine]:
    return chart.first, chart.second


def _visible(line: ChartLine, most_x: int, end: str) -> list[Point]:
    """Return one end of a line up to the chart's edge, where it is cut exactly."""
    points = [(corner.x, getattr(corner.y, end)) for corner in line.corners]
    kept: list[Point] = [(float(x), float(y)) for x, y in points if x <= most_x]
    after = next(((x, y) for x, y in points if x > most_x), None)
    if kept and kept[-1][0] < most_x:
        x, y = kept[-1]
        if after is not None:
            y += (after[1] - y) * (most_x - x) / (after[0] - x)
        kept.append((float(most_x), y))
    return kept


def _ticks(least: float, most: float) -> list[int]:
    """Return round amounts (yen) from at most the least to at least the most."""
    step = YEN_PER_MAN
    place = 0
    while step * _TICKS < most - least:
        place += 1
        step = YEN_PER_MAN * _STEPS[place % 3] * 10 ** (place // 3)
    first = int(least // step)
    last = -int(-most // step)
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def _man(yen: int) -> str:
    return f"{yen // YEN_PER_MAN:,}"


def _axes(
    field: _Field, steps: Sequence[int], x_steps: Sequence[int], small: float
) -> list[Primitive]:
    right = field.left + field.width
    shapes: list[Primitive] = []
    for step in steps:
        # A rule across the field could hide a line that lies on it.
        y = field.y(step)
        end = right if step == 0 else field.left - small * 0.3
        shapes.append(Line(field.left, y, end, y, _AXIS_WIDTH))
        shapes.append(
            Text(field.left - small * 0.45, y + small * 0.35, _man(step), small, False, Anchor.END)
        )
    shapes.append(Line(field.left, field.top, field.left, field.bottom, _AXIS_WIDTH))
    for step in x_steps:
        x = field.x(step)
        shapes.append(Line(x, field.bottom, x, field.bottom + small * 0.3, _AXIS_WIDTH))
        shapes.append(Text(x, field.bottom + small * 1.35, _man(step), small, False, Anchor.MIDDLE))
    return shapes


def _polyline(
    field: _Field, points: Sequence[Point], width: float, *, dashed: bool
) -> list[Primitive]:
    corners = _without_level_points(points)
    return [
        Line(field.x(x1), field.y(y1), field.x(x2), field.y(y2), width, dashed)
        for (x1, y1), (x2, y2) in pairwise(corners)
        if (x1, y1) != (x2, y2)
    ]


def _without_level_points(points: Sequence[Point]) -> Sequence[Point]:
    """Return the points without those on a level stretch: dashes begin anew at each point."""
    inner = (
        here
        for (before, here), (_, after) in pairwise(pairwise(points))
        if not before[1] == here[1] == after[1]
    )
    return (points[0], *inner, points[-1]) if points else ()


def _band(field: _Field, low: Sequence[Point], high: Sequence[Point]) -> list[Primitive]:
    """Return thin strokes between the ends of a range."""
    if low == high:
        return []
    shapes: list[Primitive] = []
    x = field.left + _BAND_STEP
    while x < field.left + field.width:
        yen = (x - field.left) / field.width * field.most_x
        bottom, top = _at(low, yen), _at(high, yen)
        if bottom != top:
            shapes.append(Line(x, field.y(bottom), x, field.y(top), _BAND_WIDTH))
        x += _BAND_STEP
    return shapes


def _at(points: Sequence[Point], x: float) -> float:
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 <= x <= x2 and x2 > x1:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return points[-1][1]


def _today(chart: LineChart, field: _Field, text_width: TextWidth, small: float) -> list[Primitive]:
    words = f"{chart.plan} {about_man_text(chart.today)}"
    x = field.x(chart.today)
    text = _inside(words, x, field, text_width, small)
    return [
        Line(x, field.top - small * 0.5, x, field.bottom, _AXIS_WIDTH, dashed=True),
        Text(text, field.top - small * 0.8, words, small, bold=True),
    ]


def _inside(words: str, x: float, field: _Field, text_width: TextWidth, small: float) -> float:
    """Return where a text centred over x starts so that it stays over the field."""
    width = text_width(words, small, True)
    return max(field.left, min(x - width / 2, field.left + field.width - width))


def _marks(chart: LineChart, field: _Field, text_width: TextWidth, small: float) -> list[Primitive]:
    """Return a square where lines cross, the amount above the field beside today's plan."""
    shapes: list[Primitive] = []
    end = 0.0
    low = [_visible(line, chart.most_x, "low") for line in _lines(chart)]
    for mark in chart.marks:
        if mark > chart.most_x:
            continue
        x, y = field.x(mark), field.y(max(_at(points, mark) for points in low))
        side = small * 0.55
        words = f"◆ {about_man_text(mark)}"
        shapes.append(Rect(x - side / 2, y - side / 2, side, side, Pattern.SOLID))
        start = _inside(words, x, field, text_width, small)
        if start >= end:
            shapes.append(Text(start, field.top - small * 2.0, words, small))
            end = start + text_width(words, small, True) + small * 0.5
    return shapes


def _names(
    names: Sequence[str], ends: Sequence[float], field: _Field, small: float
) -> list[Primitive]:
    """Return the names at the lines' ends, one above the other where both end alike."""
    places = [field.y(end) + small * 0.35 for end in ends]
    apart = small * 1.25
    if abs(places[0] - places[1]) < apart:
        upper, lower = (0, 1) if places[0] <= places[1] else (1, 0)
        middle = (places[0] + places[1]) / 2
        places[upper], places[lower] = middle - apart / 2, middle + apart / 2
    x = field.left + field.width + small * 0.5
    return [Text(x, place, name, small) for place, name in zip(places, names, strict=True)]


def _cut(label: str, room: float, text_width: TextWidth, size: float) -> str:
    if text_width(label, size, False) <= room:
        return label
    while label and text_width(f"{label}…", size, False) > room:
        label = label[:-1]
    return f"{label}…"
