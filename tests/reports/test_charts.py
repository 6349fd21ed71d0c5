"""The chart is shapes: one bar a column, to one scale, distinct in black and white."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.money import YenRange
from reports.charts import (
    Anchor,
    Chart,
    ChartBar,
    Line,
    Pattern,
    Rect,
    Text,
    bar_without_subsidy,
    comparison_bars,
    layout_chart,
)
from reports.pen import Pen
from tests.reports.sheets import small_input

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 480.0


def width_of(text: str, size: float, bold: bool) -> float:
    return len(text) * size * (1.05 if bold else 1.0)


def bar(
    label: str, paid: int, subsidy: tuple[int, int], top_up: tuple[int, int] = (0, 0)
) -> ChartBar:
    low, high = subsidy[0] + top_up[0], subsidy[1] + top_up[1]
    return ChartBar(
        label, paid, YenRange(*subsidy), YenRange(*top_up), YenRange(paid - high, paid - low)
    )


def chart(*bars: ChartBar, size: float = 10.0) -> Chart:
    return layout_chart(bars, WIDTH, width_of, size)


def stretches(drawn: Chart) -> list[Rect]:
    """Return the stretches of the bars, without the little squares of the keys."""
    return [shape for shape in drawn.primitives if isinstance(shape, Rect) and shape.h > 10]


def texts(drawn: Chart) -> list[str]:
    return [shape.text for shape in drawn.primitives if isinstance(shape, Text)]


def bounds(drawn: Chart) -> Sequence[tuple[float, float, float, float]]:
    found = []
    for shape in drawn.primitives:
        if isinstance(shape, Rect):
            found.append((shape.x, shape.y, shape.x + shape.w, shape.y + shape.h))
        elif isinstance(shape, Text):
            wide = width_of(shape.text, shape.size, shape.bold)
            left = shape.x - (wide if shape.anchor is Anchor.END else 0.0)
            found.append((left, shape.y - shape.size, left + wide, shape.y))
    return found


def test_the_first_bar_is_doing_without_a_subsidy():
    ways = small_input().ways[0]
    bars = comparison_bars(ways)
    assert bars[0] == bar_without_subsidy(ways.paid)
    assert [each.label for each in bars[1:]] == [
        way.label for way in ways.ways if not way.is_ruled_out
    ]


def test_a_column_without_firm_amount_has_no_bar():
    ways = small_input().ways[0]
    first = ways.ways[0]
    amount = replace(first.result.amount, subsidy=None, top_up=None, total=None)
    result = replace(first.result, amount=amount, own_burden=None)
    changed = replace(ways, ways=(replace(first, result=result),))
    assert comparison_bars(changed) == (bar_without_subsidy(ways.paid),)


def test_the_parts_of_a_bar_are_to_scale_and_in_order():
    drawn = chart(bar("A", 1_000_000, (400_000, 400_000), (100_000, 100_000)))
    found = [(each.pattern, each.x, each.w) for each in stretches(drawn)]
    assert found == [
        (Pattern.SOLID, 0.0, pytest.approx(WIDTH * 0.4)),
        (Pattern.HATCH, pytest.approx(WIDTH * 0.4), pytest.approx(WIDTH * 0.1)),
        (Pattern.WHITE, pytest.approx(WIDTH * 0.5), pytest.approx(WIDTH * 0.5)),
    ]


def test_a_range_is_a_dashed_stretch_between_subsidy_and_burden():
    drawn = chart(bar("A", 1_000_000, (200_000, 600_000)))
    dashed = [each for each in stretches(drawn) if each.pattern is Pattern.DASHED]
    assert [each.w for each in dashed] == [pytest.approx(WIDTH * 0.4)]
    assert any("まだ決まらない" in text for text in texts(drawn))


def test_without_a_range_nothing_is_said_about_dashes():
    assert not any("点線" in text for text in texts(chart(bar("A", 10, (5, 5)))))


def test_all_bars_share_one_scale():
    drawn = chart(bar("A", 500_000, (0, 0)), bar("B", 1_000_000, (0, 0)))
    assert [each.w for each in stretches(drawn)] == [WIDTH / 2, WIDTH]


def test_labels_are_in_man_yen():
    said = texts(chart(bar("A", 15_500_000, (4_000_000, 5_333_333))))
    assert "補助 400万円〜533万円" in said
    assert "ご負担 約1,017万円〜1,150万円" in said


def test_nothing_to_pay_gives_an_empty_chart():
    assert chart(bar_without_subsidy(0)).primitives == ()
    assert chart().height == 0


def test_an_explanation_in_brackets_goes_where_it_finds_no_room():
    wide = "とても長い名前の枠（そのくわしい説明がここに長々といつまでも書いてあります）"
    said = texts(chart(bar(wide, 10_000_000, (1_000_000, 1_000_000))))
    assert "とても長い名前の枠" in said


def test_many_long_keys_take_more_lines_and_stay_inside():
    long = "あ" * 60
    drawn = chart(bar(long, 99_999_999, (30_000_001, 90_000_001), (1_000_001, 2_000_002)), size=14)
    assert len({shape.y for shape in drawn.primitives if isinstance(shape, Text)}) >= 3
    assert max(right for _, _, right, _ in bounds(drawn)) <= WIDTH
    assert any(text.endswith("…") for text in texts(drawn))


yen = st.integers(0, 10**12)


@given(st.lists(st.tuples(yen, yen, yen, yen), max_size=5))
def test_every_shape_stays_inside_the_chart(rows: list[tuple[int, int, int, int]]):
    bars = []
    for number, (subsidy, more, top_up, own) in enumerate(rows):
        paid = subsidy + more + top_up + own
        bars.append(bar(f"枠{number}", paid, (subsidy, subsidy + more), (top_up, top_up)))
    drawn = chart(*bars)
    for left, top, right, bottom in bounds(drawn):
        assert left >= -0.01
        assert top >= -0.01
        assert right <= WIDTH + 0.01
        assert bottom <= drawn.height + 0.01


def test_the_pen_draws_every_shape():
    shapes = (
        Rect(0, 0, 40, 20, Pattern.SOLID),
        Rect(50, 0, 40, 20, Pattern.HATCH),
        Rect(100, 0, 40, 20, Pattern.WHITE),
        Rect(150, 0, 40, 20, Pattern.DASHED),
        Line(0, 30, 200, 30, 0.6, dashed=True),
        Text(100, 50, "まんなか", 12, bold=True, anchor=Anchor.MIDDLE),
    )
    pen = Pen("", "")
    pen.chart(50, 50, Chart(shapes, 200, 60))
    pen.checkbox((50, 140), 12, ticked=True)
    pen.next_page()
    document = pypdfium2.PdfDocument(pen.finish())
    picture = document[0].render(scale=300 / 72, grayscale=True).to_pil()
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert text.strip() == "まんなか"

    def share_of_ink(x: float) -> float:
        box = [round(edge * 300 / 72) for edge in (50 + x + 2, 52, 50 + x + 38, 68)]
        inside = picture.crop(tuple(box)).point(lambda value: 255 if value > 127 else 0)
        return inside.histogram()[0] / (inside.width * inside.height)

    solid, hatch, white, dashed = (share_of_ink(x) for x in (0, 50, 100, 150))
    assert solid == 1
    assert 0.25 < hatch < 0.55
    assert white == dashed == 0
