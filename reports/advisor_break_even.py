"""The break-evens of the advisor's copy: the chart, every sentence, and the exact amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.break_even import Ahead
from models.values.money import yen_text
from reports.break_even_content import Measure, chart_of, costs_sentence, sentences_of
from reports.compared_ways import compared_ways, most_telling
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
    from models.values.break_even import Courses
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
    for each in most_telling(given, first):
        shown.setdefault(tuple(way.label for way in each.ways), each)
    return tuple(_section(given, each) for each in list(shown.values())[:_MOST_SHOWN])


def _section(given: SheetInput, shown: WorthShowing) -> Section:
    first, second = (way.short for way in shown.ways)
    blocks: list[Block] = [
        TextBlock(f"{first}と{second}", Weight.STRONG),
        LineChartBlock(chart_of(shown, Measure.SUBSIDY)),
        ListBlock(tuple(Item(sentence) for sentence in sentences_of(shown))),
    ]
    words = ("補助が多いのは", "ご自身の負担が少ないのは")
    tables = [
        _table(shown, courses, ahead)
        for courses, ahead in zip((shown.found.subsidy, shown.found.burden), words, strict=True)
        if courses is not None and any(course.crossings for course in courses.known)
    ]
    blocks += tables
    if tables:
        blocks.append(TextBlock(costs_sentence(shown), Weight.SMALL))
    stages = frozenset(
        given.catalog.entries[part.entry].stage for way in shown.ways for part in way.parts
    )
    title = f"分かれ目（{shown.found.amount_label}を動かすと）"
    return Section(title, tuple(blocks), stages)


def _table(shown: WorthShowing, courses: Courses, ahead: str) -> TableBlock:
    """Return every change to the yen."""
    columns = (
        Column("比べるところ", ColumnKind.WORDS, 1.6),
        Column(f"{shown.found.amount_label}（税抜）がこの額を超えると", ColumnKind.YEN, 1.6),
        Column(ahead, ColumnKind.WORDS, 2.4),
    )
    first, second = (way.short for way in shown.ways)
    words = {
        Ahead.FIRST: first,
        Ahead.SECOND: second,
        Ahead.SAME: "同じ",
        Ahead.OPEN: "まだ言えません（幅が重なります）",
    }
    known = courses.known
    if len(set(known)) == 1:
        known = known[:1]
    rows = tuple(
        Row((ends, yen_text(crossing.at), words[crossing.ahead]))
        for ends, course in zip(_ENDS, known, strict=False)
        for crossing in course.crossings
    )
    return TableBlock(columns, rows, dense=True, small=True)
