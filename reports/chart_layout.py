"""Sets charts into a column, lower or not at all where the page is short of room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.charts import layout_chart
from reports.content_blocks import LineChartBlock, MonthsBlock
from reports.flow import Piece
from reports.line_chart import layout_line_chart
from reports.month_chart import layout_months
from reports.pen import chart_text_width

if TYPE_CHECKING:
    from reports.charts import Chart
    from reports.content_blocks import ChartBlock

_LOW_BARS_FROM = 6
"""From this tightness on, the bars of charts are lower."""
CHART_UNTIL = 9
"""From this tightness on, charts are left out."""
MONTHS_UNTIL = 10
"""From this tightness on, the strip of months is left out: no table on the copy repeats it."""


def chart_pieces(
    block: ChartBlock | LineChartBlock | MonthsBlock,
    x: float,
    width: float,
    size: float,
    tightness: int,
) -> list[Piece]:
    """Return the chart as one piece, none where there is nothing to draw or no room."""
    until = MONTHS_UNTIL if isinstance(block, MonthsBlock) else CHART_UNTIL
    chart = _laid_out(block, width, size, low=tightness >= _LOW_BARS_FROM)
    if not chart.primitives or tightness >= until:
        return []
    return [Piece(chart.height, lambda pen, y: pen.chart(x, y, chart), gap=4.0)]


def _laid_out(
    block: ChartBlock | LineChartBlock | MonthsBlock, width: float, size: float, *, low: bool
) -> Chart:
    if isinstance(block, LineChartBlock):
        return layout_line_chart(block.chart, width, chart_text_width, size)
    if isinstance(block, MonthsBlock):
        return layout_months(block.months, width, chart_text_width, size, low=low)
    return layout_chart(block.bars, width, chart_text_width, size, low_bars=low)
