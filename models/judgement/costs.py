"""Sums planned expenses by category and year, the form in which calculations ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.values.consultation import Expense


class Costs:
    """Cost in yen per category and program year, without and with consumption tax."""

    __slots__ = ("_net", "_paid")

    def __init__(self, expenses: Iterable[Expense]) -> None:
        self._net: dict[str, dict[int, int]] = {}
        self._paid: dict[str, dict[int, int]] = {}
        for expense in expenses:
            for sums, amount in ((self._net, expense.net), (self._paid, expense.paid)):
                years = sums.setdefault(expense.category, {})
                years[expense.year] = years.get(expense.year, 0) + amount

    def of(self, category: str, year: int | None = None, *, tax_in: bool = False) -> int:
        """Return the cost (yen) of a category, in one year or in all."""
        years = (self._paid if tax_in else self._net).get(category)
        if years is None:
            return 0
        return sum(years.values()) if year is None else years.get(year, 0)

    def computed(self) -> dict[str, int]:
        """Return the net cost of every category as computed subjects of notes."""
        return {f"cost.{category}": sum(years.values()) for category, years in self._net.items()}

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories with any expense."""
        return tuple(self._net)
