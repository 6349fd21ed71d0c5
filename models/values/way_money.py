"""The money by month of one way (案), and when each of its expenses may be ordered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.values.cash import CashPlan
    from models.values.catalog import Advice, OrderRule
    from models.values.consultation import Expense
    from models.values.ways import Way


@dataclass(frozen=True, slots=True)
class WayMoney:
    """The money by month of one way; `way` is `None` for 「補助金を使わない」.

    `order_rules` holds for each of the `expenses` the advice that says when it may be ordered,
    `None` where nothing says so.
    """

    way: Way | None
    expenses: tuple[Expense, ...]
    plan: CashPlan
    order_rules: tuple[Advice | None, ...]

    def ordered_by(self, rule: OrderRule) -> tuple[int, ...]:
        """Return the places of the expenses to which a rule applies."""
        return tuple(
            place
            for place, advice in enumerate(self.order_rules)
            if advice is not None and advice.order_rule is rule
        )
