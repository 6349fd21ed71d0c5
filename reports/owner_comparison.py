"""The owner's comparison: what each way would cost them, as a table and as bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.values.money import man_text
from models.values.results import VERDICT_SHAPE, Verdict
from reports.candidates import letter_of, name_for_owner
from reports.charts import bar_of, bar_without_subsidy
from reports.content_blocks import (
    ChartBlock,
    Column,
    ColumnKind,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)
from reports.wording import ELSEWHERE, NOTHING, WITHOUT_SUBSIDY, range_man

if TYPE_CHECKING:
    from models.values.results import Comparison, Screening, SimulationResult
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class _Compared:
    label: str
    what_if_text: str
    result: SimulationResult


def comparison_sections(given: SheetInput, shown: list[Screening]) -> tuple[Section, ...]:
    """Return the section that compares, or none when nothing is paid anywhere."""
    columns, left_out, sentence = _compared(given, shown)
    if not columns:
        return ()
    notes = [
        f"※ {column.label}は、「{column.what_if_text}」の場合です。"
        for column in columns
        if column.what_if_text
    ]
    if given.options.neutral_title:
        columns, notes, sentence = _neutral(given, columns, shown)
    paid = columns[0].result.paid
    bars = [bar_of(column.label, column.result) for column in columns]
    blocks: list[Block] = [_comparison_table(columns, paid)]
    blocks += [TextBlock(note, Weight.SMALL) for note in notes]
    blocks.append(
        ChartBlock((bar_without_subsidy(paid), *(bar for bar in bars if bar is not None)))
    )
    if sentence:
        blocks.append(TextBlock(sentence, Weight.STRONG))
    if left_out:
        blocks.append(TextBlock(ELSEWHERE.format(n=left_out), Weight.SMALL))
    if paid_later := given.text("sheet_paid_later"):
        blocks.append(TextBlock(paid_later, Weight.SMALL, optional=True))
    stages = {given.catalog.entries[column.result.entry].stage for column in columns}
    return (Section("くらべると（消費税こみ）", tuple(blocks), frozenset(stages), whole=True),)


def _compared(given: SheetInput, shown: list[Screening]) -> tuple[list[_Compared], int, str]:
    """Return the columns to compare, how many are left out, and the sentence about them."""
    block = given.chosen_comparison
    if block is not None:
        columns = [_Compared(c.label, c.what_if_text, c.result) for c in block.columns]
        kept = [column for column in columns if _may_stand(given, column)]
        gone = [column.label for column in columns if column not in kept[:_MOST_COLUMNS]]
        return kept[:_MOST_COLUMNS], max(0, len(kept) - _MOST_COLUMNS), _sentence(block, gone)
    results = [given.own_results.get(screening.entry) for screening in shown]
    columns = [
        _Compared(given.catalog.entries[result.entry].short_name, "", result)
        for result in results
        if result is not None
    ]
    kept = [column for column in columns if _may_stand(given, column)]
    return kept[:_MOST_COLUMNS], max(0, len(kept) - _MOST_COLUMNS), ""


def _sentence(comparison: Comparison, gone: list[str]) -> str:
    """Return the sentence unless it speaks of a column that is not shown."""
    return "" if any(label in comparison.sentence for label in gone) else comparison.sentence


def _may_stand(given: SheetInput, column: _Compared) -> bool:
    """Whether a column pays something and is not ruled out."""
    total = column.result.amount.total
    return (
        total is not None
        and total.high > 0
        and column.result.screening.verdict is not Verdict.NOT_ELIGIBLE
        and column.result.entry not in given.options.left_out
    )


def _neutral(
    given: SheetInput, columns: list[_Compared], shown: list[Screening]
) -> tuple[list[_Compared], list[str], str]:
    """Return the columns under letters, what may be told of each, and no sentence."""
    lettered = [
        _Compared(letter_of(given, column.result.entry, shown), "", column.result)
        for column in columns
    ]
    names = [
        name_for_owner(given, given.catalog.entries[column.result.entry], shown)
        for column in columns
    ]
    notes = [name for name, column in zip(names, lettered, strict=True) if name != column.label]
    return lettered, notes, ""


def _name(label: str) -> str:
    """Return a label without what it explains in brackets: the chart below says it in full."""
    return label.partition("（")[0]


def _comparison_table(columns: list[_Compared], paid: int) -> TableBlock:
    titles = [
        f"{VERDICT_SHAPE[column.result.screening.verdict]} {_name(column.label)}"
        for column in columns
    ]
    totals = [column.result.amount.total for column in columns]
    own = [column.result.own_burden for column in columns]
    rows = (
        Row(
            (
                "見込み（以内）",
                NOTHING,
                *(NOTHING if total is None else range_man(total) for total in totals),
            ),
            strong=True,
        ),
        Row(
            (
                "ご自身の負担",
                man_text(paid),
                *(NOTHING if amount is None else range_man(amount) for amount in own),
            )
        ),
        Row(
            (
                "立て替える最大",
                man_text(paid),
                *(man_text(column.result.peak_advance) for column in columns),
            )
        ),
    )
    heads = (
        Column("", ColumnKind.WORDS, 0.95),
        Column(WITHOUT_SUBSIDY, ColumnKind.YEN, 0.85),
        *(Column(title, ColumnKind.YEN, 1.1) for title in titles),
    )
    return TableBlock(heads, rows)
