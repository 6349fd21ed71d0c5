"""The owner's comparison: what each way would cost them, as a table and as bars."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.planning.ways import MOST_COLUMNS
from models.values.money import man_text
from models.values.results import VERDICT_SHAPE
from reports.break_even_content import owner_sentences
from reports.cash_content import sheet_money
from reports.charts import bar_of, bar_without_subsidy
from reports.compared_ways import most_telling, owner_ways
from reports.content_blocks import (
    ChartBlock,
    Column,
    ColumnKind,
    Item,
    ListBlock,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)
from reports.owner_names import letter_of, name_for_owner
from reports.wording import ELSEWHERE, NOTHING, WITHOUT_SUBSIDY, range_man

if TYPE_CHECKING:
    from models.values.results import Screening
    from models.values.ways import Way, Ways
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_MOST_SIDE_BY_SIDE = 3
"""With more ways the table lists them below one another: the figures keep their size."""
_FIGURES = ("見込み（以内）", "ご自身の負担", "立て替える最大")


def comparison_sections(given: SheetInput, shown: list[Screening]) -> tuple[Section, ...]:
    """Return the section that compares, or none when nothing is paid anywhere."""
    compared = owner_ways(given)
    if compared is None:
        return ()
    left_out = max(0, len(compared.ways) - MOST_COLUMNS)
    compared = replace(compared, ways=compared.ways[:MOST_COLUMNS])
    notes = list(dict.fromkeys(note for way in compared.ways for note in way.notes))
    sentence = compared.sentence
    if given.options.neutral_title:
        compared, notes, sentence = _neutral(given, compared, shown)
    bars = [bar_of(way.label, way.result) for way in compared.ways]
    blocks: list[Block] = [_comparison_table(compared)]
    if notes:
        blocks.append(TextBlock("\n".join(notes), Weight.SMALL))
    without = bar_without_subsidy(compared.paid)
    blocks.append(ChartBlock((without, *(bar for bar in bars if bar is not None))))
    if sentence:
        blocks.append(TextBlock(sentence, Weight.STRONG))
    if not given.options.neutral_title:
        telling = most_telling(given, compared)
        told = tuple(Item(sentence) for sentence in owner_sentences(telling))
        blocks += [ListBlock(told, at_least=0, rest=ELSEWHERE)] if told else []
    if left_out:
        blocks.append(TextBlock(ELSEWHERE.format(n=left_out), Weight.SMALL))
    # Where the months are shown, they say it in figures.
    paid_later = "" if sheet_money(given) is not None else given.text("sheet_paid_later")
    if paid_later:
        blocks.append(TextBlock(paid_later, Weight.SMALL))
    stages = {given.catalog.entries[part.entry].stage for w in compared.ways for part in w.parts}
    return (Section("くらべると（消費税こみ）", tuple(blocks), frozenset(stages), whole=True),)


def _neutral(
    given: SheetInput, compared: Ways, shown: list[Screening]
) -> tuple[Ways, list[str], str]:
    """Return the ways under letters, what may be told of each, and no sentence."""
    lettered = [replace(way, label=letter_of(given, way.key, shown)) for way in compared.ways]
    names = [
        name_for_owner(given, given.catalog.entries[way.key], shown)
        for way in compared.ways
        if way.key in given.catalog.entries
    ]
    letters = {way.label for way in lettered}
    notes = [name for name in names if name not in letters]
    return replace(compared, ways=tuple(lettered)), notes, ""


def _figures(way: Way) -> tuple[str, str, str]:
    """Return what may be expected, what is left to pay, and the most to be advanced."""
    total, own = way.result.amount.total, way.result.own_burden
    return (
        NOTHING if total is None else range_man(total),
        NOTHING if own is None else range_man(own),
        man_text(way.result.peak_advance),
    )


def _comparison_table(compared: Ways) -> TableBlock:
    paid = man_text(compared.paid)
    columns = [(WITHOUT_SUBSIDY, (NOTHING, paid, paid))]
    for way in compared.ways:
        shape = VERDICT_SHAPE[way.result.screening.verdict]
        columns.append((f"{shape} {way.short}", _figures(way)))
    if len(compared.ways) > _MOST_SIDE_BY_SIDE:
        rows = tuple(Row((title, *figures)) for title, figures in columns)
        heads = (
            Column("", ColumnKind.WORDS, 1.6),
            *(Column(title, ColumnKind.YEN, 1.0) for title in _FIGURES),
        )
        return TableBlock(heads, rows)
    rows = tuple(
        Row((title, *(figures[number] for _, figures in columns)), strong=number == 0)
        for number, title in enumerate(_FIGURES)
    )
    heads = (
        Column("", ColumnKind.WORDS, 0.95),
        Column(WITHOUT_SUBSIDY, ColumnKind.YEN, 0.85),
        *(Column(title, ColumnKind.YEN, 1.1) for title, _ in columns[1:]),
    )
    return TableBlock(heads, rows)
