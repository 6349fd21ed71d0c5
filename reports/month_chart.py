"""Money by month as a strip of plain shapes, for paper and screen alike (see charts.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.values.money import YenRange
from reports.charts import Anchor, Chart, Line, Pattern, Rect, Text
from reports.wording import about_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.charts import Primitive, TextWidth

MOST_MONTHS = 24
OUT, IN, UNDECIDED = "出ていくお金", "入るお金", "まだ決まらない分"
HARDEST = "▲ いちばん苦しい月"
GAP = "…"


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month in yen; `year` stands where the year begins or changes, "" elsewhere."""

    year: str
    label: str
    paid: int
    other_money: int
    subsidy: YenRange
    is_hardest: bool = False
    follows_gap: bool = False
    """Whether months in which nothing moves were left out before it."""

    @property
    def least_in(self) -> int:
        """What comes in at least."""
        return self.other_money + self.subsidy.low

    @property
    def most_in(self) -> int:
        """What comes in at most."""
        return self.other_money + self.subsidy.high


@dataclass(frozen=True, slots=True)
class _Strip:
    """Widths and heights in points, all from the room and the size of the letters."""

    months: Sequence[MonthBar]
    width: float
    text_width: TextWidth
    size: float
    low: bool

    @property
    def column(self) -> float:
        return self.width / len(self.months)

    @property
    def line(self) -> float:
        return self.size * (1.2 if self.low else 1.35)

    @property
    def span(self) -> float:
        """Height of the longest bar."""
        return self.size * (1.4 if self.low else 3.4)

    @property
    def largest(self) -> int:
        return max((max(m.paid, m.most_in) for m in self.months), default=0)

    def length(self, yen: int) -> float:
        return self.span * yen / self.largest

    def room(self, place: int, *, above: bool) -> tuple[float, float]:
        """Return from where to where a figure may reach: half way to the next figure."""
        filled = [at for at, m in enumerate(self.months) if (m.most_in if above else m.paid)]
        before = max((at for at in filled if at < place), default=None)
        after = min((at for at in filled if at > place), default=None)
        start = 0.0 if before is None else (before + place + 1) / 2 * self.column
        end = self.width if after is None else (place + after + 1) / 2 * self.column
        return start, end

    def centered(self, words: str, middle: float, bounds: tuple[float, float]) -> float | None:
        """Return the x of words centered near `middle` inside the bounds, `None` if too wide."""
        half = self.text_width(words, self.size, True) / 2
        start, end = bounds
        if 2 * half > end - start:
            return None
        return min(max(middle, start + half), end - half)


def layout_months(
    months: Sequence[MonthBar],
    width: float,
    text_width: TextWidth,
    size: float = 10.5,
    *,
    low: bool = False,
) -> Chart:
    """Return a column a month: what comes in stands on the line, what goes out hangs below it.

    Without money that moves, or with too many months to be read, the chart is empty.
    """
    strip = _Strip(months, width, text_width, size, low)
    if not months or len(months) > MOST_MONTHS or strip.largest <= 0:
        return Chart((), width, 0.0)
    keys, keys_end = _keys(strip)
    above = max(strip.length(month.most_in) for month in months)
    below = max(strip.length(month.paid) for month in months)
    # What comes in stands high and late, so that the keys mostly find room before it.
    zero = max(strip.line + above, strip.line * 1.1 + size * 0.3)
    if any(_reaches(strip, place, zero, keys_end) for place in range(len(months))):
        zero += strip.line * 1.1
    shapes = keys
    names = zero + below + strip.line + size * 0.25
    for place, month in enumerate(months):
        shapes += _column(strip, place, month, zero, names)
    shapes.append(Line(0.0, zero, width, zero, 0.8))
    years = _years(strip, names + strip.line)
    told, height = _hardest(strip, names + strip.line, years)
    return Chart((*shapes, *years, *told), width, height)


def _reaches(strip: _Strip, place: int, zero: float, keys_end: float) -> bool:
    """Whether what comes in a month would touch the keys at the top left."""
    month = strip.months[place]
    top = zero - strip.length(month.most_in) - strip.size * 1.35
    if not month.most_in or top >= strip.line * 1.1:
        return False
    middle = strip.column * (place + 0.5)
    figure = _incoming(strip, place, zero)
    half = strip.text_width(figure[0].text, strip.size, True) / 2 if figure else 0.0
    centers = [middle - strip.size * 1.5, *(text.x - half for text in figure)]
    return min(centers) < keys_end


def _keys(strip: _Strip) -> tuple[list[Primitive], float]:
    """Return what the patterns mean, on one line, and the x where they end."""
    keys = [(OUT, Pattern.SOLID), (IN, Pattern.HATCH)]
    if any(not month.subsidy.is_certain for month in strip.months):
        keys.append((UNDECIDED, Pattern.DASHED))
    side = strip.size * 0.78
    shapes: list[Primitive] = []
    x = 0.0
    for words, pattern in keys:
        shapes.append(Rect(x, strip.size * 1.1 - side * 0.92, side, side, pattern))
        shapes.append(Text(x + side * 1.5, strip.size * 1.1, words, strip.size))
        x += side * 1.5 + strip.text_width(words, strip.size, False) + strip.size * 1.1
    return shapes, x


def _column(
    strip: _Strip, place: int, month: MonthBar, zero: float, names: float
) -> list[Primitive]:
    middle = strip.column * (place + 0.5)
    wide = min(strip.column * 0.62, strip.size * 3)
    left = middle - wide / 2
    shapes: list[Primitive] = []
    least, most = strip.length(month.least_in), strip.length(month.most_in)
    if least > 0:
        shapes.append(Rect(left, zero - least, wide, least, Pattern.HATCH))
    if most > least:
        shapes.append(Rect(left, zero - most, wide, most - least, Pattern.DASHED))
    if month.paid:
        shapes.append(Rect(left, zero, wide, strip.length(month.paid), Pattern.SOLID))
    shapes += _incoming(strip, place, zero)
    if month.paid:
        below = zero + strip.length(month.paid) + strip.size
        outgoing = YenRange(month.paid, month.paid)
        shapes += _figure(strip, middle, below, outgoing, strip.room(place, above=False))
    if month.follows_gap:
        gap = strip.column * place
        shapes.append(Text(gap, names + strip.size, GAP, strip.size, anchor=Anchor.MIDDLE))
    x = strip.centered(month.label, middle, (0.0, strip.width))
    if x is not None:
        bold = month.is_hardest
        shapes.append(Text(x, names + strip.size, month.label, strip.size, bold, Anchor.MIDDLE))
    return shapes


def _years(strip: _Strip, top: float) -> list[Text]:
    """Return the years under the months in which they begin, as far as they do not touch."""
    found: list[Text] = []
    end = -strip.size
    for place, month in enumerate(strip.months):
        x = strip.centered(month.year, strip.column * (place + 0.5), (0.0, strip.width))
        half = strip.text_width(month.year, strip.size, False) / 2
        if month.year and x is not None and x - half > end:
            found.append(Text(x, top + strip.size, month.year, strip.size, anchor=Anchor.MIDDLE))
            end = x + half + strip.size
    return found


def _incoming(strip: _Strip, place: int, zero: float) -> list[Text]:
    """Return the figure above what comes in."""
    month = strip.months[place]
    if not month.most_in:
        return []
    amount = YenRange(month.least_in, month.most_in)
    baseline = zero - strip.length(month.most_in) - strip.size * 0.35
    room = strip.room(place, above=True)
    return _figure(strip, strip.column * (place + 0.5), baseline, amount, room)


def _figure(
    strip: _Strip, middle: float, baseline: float, amount: YenRange, room: tuple[float, float]
) -> list[Text]:
    """Return the figure of a bar, shorter where there is little room, none where it has none."""
    full = about_range(amount)
    for words in (full, full.replace("円", "")):
        x = strip.centered(words, middle, room)
        if x is not None:
            return [Text(x, baseline, words, strip.size, anchor=Anchor.MIDDLE)]
    return []


def _hardest(strip: _Strip, top: float, years: Sequence[Text]) -> tuple[list[Primitive], float]:
    """Return the words under the hardest month and where the strip ends.

    They stand beside the years, or below them where they would touch one.
    """
    bottom = top + strip.line
    place = next((at for at, month in enumerate(strip.months) if month.is_hardest), None)
    if place is None:
        return [], bottom
    x = strip.centered(HARDEST, strip.column * (place + 0.5), (0.0, strip.width))
    if x is None:
        return [], bottom
    half = strip.text_width(HARDEST, strip.size, True) / 2 + strip.size
    touches = any(
        abs(x - year.x) < half + strip.text_width(year.text, strip.size, False) / 2
        for year in years
    )
    baseline = (bottom if touches else top) + strip.size
    words = Text(x, baseline, HARDEST, strip.size, bold=True, anchor=Anchor.MIDDLE)
    return [words], bottom + (strip.line if touches else 0.0)
