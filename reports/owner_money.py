"""お金の動き on the owner's copy: what goes out and comes in by month, and the hardest month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.cash_content import month_bars, rule_lines, sheet_money
from reports.content_blocks import Item, ListBlock, Mark, MonthsBlock, Section, TextBlock, Weight
from reports.owner_names import letter_of, tells_a_stranger
from reports.wording import ELSEWHERE

if TYPE_CHECKING:
    from models.values.results import Screening
    from models.values.way_money import WayMoney
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_UNTOLD = "ほかの経費"


def money_sections(given: SheetInput, shown: list[Screening]) -> tuple[Section, ...]:
    """Return the section, none where there is nothing to pay or no way to compare."""
    money = sheet_money(given)
    if money is None or money.way is None or not money.plan.paid:
        return ()
    blocks: list[Block] = [MonthsBlock(month_bars(money))]
    blocks.append(TextBlock("".join(money.plan.sentences), Weight.BODY))
    if lines := rule_lines(money, _labels(given, money)):
        items = tuple(Item(line) for line in lines)
        blocks.append(ListBlock(items, Mark.CAUTION, at_least=len(items), rest=ELSEWHERE))
    name = letter_of(given, money.way.key, shown) if _is_neutral(given) else money.way.short
    stages = {given.catalog.entries[part.entry].stage for part in money.way.parts}
    title = f"お金の動き（{name}なら）"
    return (Section(title, tuple(blocks), frozenset(stages), whole=True),)


def _is_neutral(given: SheetInput) -> bool:
    return given.options.neutral_title


def _labels(given: SheetInput, money: WayMoney) -> list[str]:
    """Return the names of the expenses as far as a stranger may read them."""
    return [
        _UNTOLD if tells_a_stranger(given, expense.label) else expense.label
        for expense in money.expenses
    ]
