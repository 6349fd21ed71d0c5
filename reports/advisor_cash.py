"""月ごとのお金 on the advisor's copy: the whole table, what was reckoned with, steps and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.cash_content import (
    MONTH_HEADS,
    late_payment_words,
    month_rows,
    rule_lines,
    sheet_money,
    terms_pairs,
    total_row,
    year_step_rows,
)
from reports.content_blocks import (
    Column,
    ColumnKind,
    FactsBlock,
    Item,
    ListBlock,
    Mark,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)

if TYPE_CHECKING:
    from models.values.way_money import WayMoney
    from reports.cash_content import MonthRow
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_MOST_MONTHS = 36
"""More months than these stand without those in which nothing moves."""


def cash_sections(given: SheetInput) -> tuple[Section, ...]:
    """Return the money by month of the way that the owner's copy shows; none without any way."""
    money = sheet_money(given)
    if money is None or money.way is None or not money.plan.paid:
        return ()
    stages = frozenset(given.catalog.entries[part.entry].stage for part in money.way.parts)
    found = [_months(money, stages)]
    if money.plan.year_steps:
        found.append(_steps(money))
    return tuple(found)


def _months(money: WayMoney, stages: frozenset[str]) -> Section:
    columns = (
        Column(MONTH_HEADS[0], ColumnKind.WORDS, 1.0),
        *(Column(title, ColumnKind.YEN, 1.0) for title in MONTH_HEADS[1:-1]),
        Column(MONTH_HEADS[-1], ColumnKind.YEN, 1.3),
    )
    rows = month_rows(money)
    if len(rows) > _MOST_MONTHS:
        moving = (row for row, month in zip(rows, money.plan.months, strict=True) if month.moves)
        rows = tuple(moving)
    table = TableBlock(columns, (*map(_row, rows), _row(total_row(money))), dense=True, small=True)
    blocks: list[Block] = [
        FactsBlock(terms_pairs(money), small=True),
        table,
        TextBlock("".join(money.plan.sentences)),
    ]
    ruled = rule_lines(money, [expense.label for expense in money.expenses])
    items = [Item(text) for text in (*ruled, *late_payment_words(money))]
    if items:
        blocks.append(ListBlock(tuple(items), Mark.CAUTION))
    label = "" if money.way is None else money.way.label
    return Section(f"月ごとのお金（{label}）", tuple(blocks), stages)


def _row(row: MonthRow) -> Row:
    notes = [row.expenses, "← いちばん苦しい月" if row.is_hardest else ""]
    return Row(row.cells, strong=row.is_hardest, note="　".join(filter(None, notes)))


def _steps(money: WayMoney) -> Section:
    columns = (
        Column("一年の流れ", ColumnKind.WORDS, 2.4),
        Column("だれが", ColumnKind.WORDS, 1.0),
        Column("かかる期間の目安", ColumnKind.WORDS, 2.0),
    )
    rows = tuple(Row(cells) for cells in year_step_rows(money))
    told = TextBlock("期間は実務で見られる目安です。公募要領で確かめてください。", Weight.SMALL)
    return Section("入金までの一年", (TableBlock(columns, rows, dense=True, small=True), told))
