"""Shares expenses among frames so that none is funded twice and the sure amount is largest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.judgement.subsidy_amount import total_range

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue
    from models.values.consultation import Expense


def takes(entry: Entry, expense: Expense) -> bool:
    """Return whether an entry can fund an expense of this category."""
    return (
        expense.category in entry.base_categories or expense.category in entry.top_up_categories
    )


def allocate(
    catalog: Catalog,
    entries: Sequence[Entry],
    answers: Mapping[str, AnswerValue | None],
    expenses: Sequence[Expense],
) -> list[list[int]]:
    """Return, for each entry, the indices of the expenses that it funds.

    Exact: a depth-first search over the expenses that several entries could take, cut off where
    even giving each entry everything still open could not beat the best found. That bound holds
    because more cost never lowers an amount. Ties go to the earlier entry.
    """
    shares: list[list[int]] = [[] for _ in entries]
    shared: list[tuple[int, list[int]]] = []
    for index, expense in enumerate(expenses):
        takers = [number for number, entry in enumerate(entries) if takes(entry, expense)]
        if len(takers) == 1:
            shares[takers[0]].append(index)
        elif takers:
            shared.append((index, takers))
    # Large amounts first: they move the bound most.
    shared.sort(key=lambda item: -expenses[item[0]].net)
    search = _Search(catalog, entries, answers, expenses, shared)
    search.descend(0, shares)
    return [sorted(share) for share in search.best]


class _Search:
    """The state of one allocation search."""

    def __init__(
        self,
        catalog: Catalog,
        entries: Sequence[Entry],
        answers: Mapping[str, AnswerValue | None],
        expenses: Sequence[Expense],
        shared: list[tuple[int, list[int]]],
    ) -> None:
        self._catalog = catalog
        self._entries = entries
        self._answers = answers
        self._expenses = expenses
        self._shared = shared
        self._known: dict[tuple[int, frozenset[int]], int] = {}
        self.best: list[list[int]] = []
        self.best_total = -1

    def descend(self, depth: int, shares: list[list[int]]) -> None:
        """Try every taker of the next shared expense."""
        if self._bound(depth, shares) <= self.best_total:
            return
        if depth == len(self._shared):
            self.best_total = self._bound(depth, shares)
            self.best = [list(share) for share in shares]
            return
        index, takers = self._shared[depth]
        for number in takers:
            shares[number].append(index)
            self.descend(depth + 1, shares)
            shares[number].pop()

    def _bound(self, depth: int, shares: list[list[int]]) -> int:
        still_open: list[list[int]] = [[] for _ in self._entries]
        for index, takers in self._shared[depth:]:
            for number in takers:
                still_open[number].append(index)
        return sum(
            self._low(number, frozenset([*share, *still_open[number]]))
            for number, share in enumerate(shares)
        )

    def _low(self, number: int, indices: frozenset[int]) -> int:
        key = (number, indices)
        if key not in self._known:
            costs = Costs(self._expenses[index] for index in indices)
            entry = self._entries[number]
            self._known[key] = total_range(self._catalog, entry, self._answers, costs).low
        return self._known[key]
