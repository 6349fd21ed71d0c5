"""The break-evens of the advisor's copy: the chart, every sentence, and the exact amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.break_even_choices import most_telling
from models.values.break_even import Ahead
from models.values.money import yen_text
from reports.break_even_content import SAME_COSTS, Measure, chart_of, sentences_of
from reports.compared_ways import compared_ways
from reports.content_blocks import (
    Column,
    ColumnKind,
    Item,
    LineChartBlock,
    ListBlock,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)

if TYPE_CHECKING:
    from models.planning.break_even_choices import WorthShowing
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_MOST_SHOWN = 2
_ENDS = ("どう見積もっても", "少ない方どうし", "多い方どうし")


def break_even_sections(given: SheetInput) -> tuple[Section, ...]:
    """Return the most telling break-evens of what is compared first, each pair once."""
    first = next(iter(compared_ways(given)), None)
    if first is None:
        return ()
    shown: dict[tuple[str, ...], WorthShowing] = {}
    for each in most_telling(given.catalog, given.consultation, first):
        shown.setdefault(tuple(way.label for way in each.ways), each)
    return tuple(_section(given, each) for each in list(shown.values())[:_MOST_SHOWN])


def _section(given: SheetInput, shown: WorthShowing) -> Section:
    first, second = (way.short for way in shown.ways)
    blocks: list[Block] = [
        TextBlock(f"{first}と{second}", Weight.STRONG),
        LineChartBlock(chart_of(shown, Measure.SUBSIDY)),
        ListBlock(tuple(Item(sentence) for sentence in sentences_of(shown))),
    ]
    rows = _rows(shown)
    if rows:
        columns = (
            Column("比べるところ", ColumnKind.WORDS, 1.6),
            Column(f"{shown.found.amount_label}（税抜）がこの額を超えると", ColumnKind.YEN, 1.6),
            Column("補助が多いのは", ColumnKind.WORDS, 2.4),
        )
        blocks.append(TableBlock(columns, rows, dense=True, small=True))
        blocks.append(TextBlock(SAME_COSTS, Weight.SMALL))
    stages = frozenset(
        given.catalog.entries[part.entry].stage for way in shown.ways for part in way.parts
    )
    title = f"分かれ目（{shown.found.amount_label}を動かすと）"
    return Section(title, tuple(blocks), stages)


def _rows(shown: WorthShowing) -> tuple[Row, ...]:
    found = shown.found
    first, second = (way.short for way in shown.ways)
    words = {
        Ahead.FIRST: first,
        Ahead.SECOND: second,
        Ahead.SAME: "同じ",
        Ahead.OPEN: "まだ言えません（幅が重なります）",
    }
    courses = [course for course in (found.surely, found.low, found.high) if course is not None]
    if len(set(courses)) == 1:
        courses = courses[:1]
    return tuple(
        Row((ends, yen_text(crossing.at), words[crossing.ahead]))
        for ends, course in zip(_ENDS, courses, strict=False)
        for crossing in course.crossings
    )
