"""Shares expenses among frames so that none is funded twice and the sure amount is largest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.descent import pooled
from models.planning.expense_search import ShareSearch
from models.planning.pace import Pace, finish
from models.planning.plan_frames import PlanFrame, takes
from models.planning.price_bound import Market
from models.planning.scaled_frames import Item, scaled_frames

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from models.planning.cost_bins import CostKey
    from models.planning.scaled_frames import ScaledFrame
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue
    from models.values.consultation import Expense

_TIME_LIMIT_S = 5.0


def allocate(
    catalog: Catalog,
    entries: Sequence[Entry],
    answers: Mapping[str, AnswerValue | None],
    expenses: Sequence[Expense],
) -> list[list[int]]:
    """Return, for each entry, the indices of the expenses that it funds.

    Every expense that an entry takes is given to one, whatever the verdicts and pair rules. Exact
    unless a search takes more than 5 s, then the best found. Ties go to the earlier entry.
    """
    return finish(search_allocation(catalog, entries, answers, expenses))


def search_allocation(
    catalog: Catalog,
    entries: Sequence[Entry],
    answers: Mapping[str, AnswerValue | None],
    expenses: Sequence[Expense],
) -> Generator[None, None, list[list[int]]]:
    """Find the same as `allocate` in slices."""
    problem = ShareProblem(entries, expenses, Pace(_TIME_LIMIT_S))
    return (yield from search_shares(problem, catalog, answers, {}))


def search_shares(
    problem: ShareProblem,
    catalog: Catalog,
    answers: Mapping[str, AnswerValue | None],
    known: Mapping[str, PlanFrame],
) -> Generator[None, None, list[list[int]]]:
    """Search like `allocate` in slices: the one share that a plan and its scenario both have.

    `known` are entries (by id) that were compiled before, under the same answers and expenses.
    """
    yield from problem.compile(catalog, answers, known)
    found = yield from problem.search.best(problem.frames)
    owners = yield from problem.moved_forward(found.owners)
    return problem.shares(owners, range(len(problem.entries)))


class ShareProblem:
    """Expenses and entries that could fund them, compiled for the search.

    `frames` are the entries that pay anything; a frame's number is its place among the entries.
    """

    def __init__(self, entries: Sequence[Entry], expenses: Sequence[Expense], pace: Pace) -> None:
        self.entries = entries
        self.expenses = expenses
        self._pace = pace
        self._numbers: dict[CostKey, int] = {}
        self._supply: dict[CostKey, int] = {}
        self._items: list[Item] = []
        for index, expense in enumerate(expenses):
            key = (expense.category, expense.year)
            number = self._numbers.setdefault(key, len(self._numbers))
            self._items.append(Item(index, number, expense.net))
            self._supply[key] = self._supply.get(key, 0) + expense.net
        self.keys = tuple(self._numbers)
        self.compiled: dict[str, PlanFrame] = {}
        self.all_frames: list[ScaledFrame] = []
        self.frames: list[ScaledFrame] = []
        self.search = ShareSearch(1, (), Market((), 1), pace)

    def compile(
        self,
        catalog: Catalog,
        answers: Mapping[str, AnswerValue | None],
        known: Mapping[str, PlanFrame],
    ) -> Generator[None, None, None]:
        """Compile the entries that are not known yet; after that `search` is ready."""
        for entry in self.entries:
            self.compiled[entry.id] = known.get(entry.id) or PlanFrame(
                catalog, entry, answers, self._supply
            )
            yield from self._pace.rest()
        frames = list(self.compiled.values())
        unit, self.all_frames = scaled_frames(frames, self._numbers, self._items)
        self.frames = [frame for frame in self.all_frames if frame.most]
        yield from self._pace.rest()
        market = Market(self._items, unit)
        self.search = ShareSearch(unit, self._items, market, self._pace)

    def amounts(self, owners: Mapping[int, int]) -> dict[int, int]:
        """Return what each frame that gets an expense surely pays (yen), by frame number."""
        frames = [self.all_frames[number] for number in sorted(set(owners.values()))]
        positions = {frame.number: position for position, frame in enumerate(frames)}
        costs = pooled(
            frames, self.search.items, {index: positions[n] for index, n in owners.items()}
        )
        return {
            frame.number: frame.frame.amount(each)
            for frame, each in zip(frames, costs, strict=True)
        }

    def shares(self, owners: Mapping[int, int], numbers: Iterable[int]) -> list[list[int]]:
        """Return the expense indices of each of these frames.

        What has no owner among them goes to the first that takes it: it lowers no amount.
        """
        shares: dict[int, list[int]] = {number: [] for number in numbers}
        for index, expense in enumerate(self.expenses):
            owner = owners.get(index)
            if owner not in shares:
                owner = next((n for n in shares if takes(self.entries[n], expense.category)), None)
            if owner is not None:
                shares[owner].append(index)
        return list(shares.values())

    def moved_forward(self, owners: Mapping[int, int]) -> Generator[None, None, dict[int, int]]:
        """Return owners with each expense, the largest first, moved to the earliest equal frame."""
        moved = dict(owners)
        amounts = self.amounts(moved)
        total = sum(amounts.values())
        for item in sorted(self.search.items, key=lambda item: -item.net):
            owner = moved.get(item.number)
            if owner is None:
                continue
            for frame in self.frames:
                yield from self._pace.rest()
                if frame.number >= owner:
                    break
                if item.number not in frame.numbers:
                    continue
                tried = {**moved, item.number: frame.number}
                if sum(self.amounts(tried).values()) == total:
                    moved = tried
                    break
        return moved
